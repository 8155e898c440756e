"""Statements of a Document, by rules over the parse: who says what, how firmly, inside whose words.

`find_statements` reads a parsed Document. `find_stance` weighs any statement, given its spans, also one that
was found by other means.
"""

from __future__ import annotations

from spacy.tokens import Doc

from allegata.model import Document, Span, Spans, Statement
from allegata.reading.statements import stance
from allegata.reading.statements.reader import find_drafts
from allegata.reading.statements.tree import Tree

__all__ = ["find_stance", "find_statements"]


def find_statements(document: Document, doc: Doc, sentences: tuple[Span, ...]) -> tuple[Statement, ...]:
    """The Statements of a Document in the order of the text, nested, with their stance; speakers unresolved.

    ``sentences`` are the spans of the sentences, in order. What lies beyond the parse is not read.
    """
    drafts, parents = find_drafts(document, Tree(doc.text, doc, sentences))
    return tuple(
        Statement(
            id=f"s{i + 1}",
            source=tuple(draft.source),
            cue=tuple(draft.cue),
            content=tuple(draft.content),
            stance=draft.stance or "assert",
            nested_in=None if parent is None else f"s{parent + 1}",
        )
        for i, (draft, parent) in enumerate(zip(drafts, parents, strict=True))
    )


def find_stance(doc: Doc, cue: Spans, content: Spans, source: Spans = ()) -> str:
    """One of model.STANCES: what the source commits itself to. For many statements of one Doc, make one Tree
    and call `stance.find_stance`."""
    tree = Tree(doc.text, doc, tuple((s.start_char, s.end_char) for s in doc.sents))
    return stance.find_stance(tree, cue, content, source)
