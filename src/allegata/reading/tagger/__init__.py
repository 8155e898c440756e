"""Statements of a Document by the trained tagger: the same spans as the rules', found by a network."""

from __future__ import annotations

from spacy.tokens import Doc

from allegata.model import Document, Span, Statement
from allegata.reading.parsing import MAX_CHARACTERS
from allegata.reading.statements.stance import find_stance
from allegata.reading.statements.tree import Tree
from allegata.reading.tagger.decode import find_attributions
from allegata.reading.tagger.nesting import nest
from allegata.reading.tagger.onnx import shipped
from allegata.reading.tagger.sieve import sift


def find_statements(document: Document, doc: Doc, sentences: tuple[Span, ...]) -> tuple[Statement, ...]:
    """Statements in the order of their cues, nested by containment, with the stance of the rules.

    ``doc`` and ``sentences`` serve the stance alone. What lies past the parsed part of a text is not read.
    """
    text = document.text[:MAX_CHARACTERS]
    raw = find_attributions(text, shipped())
    found, parents = sift(text, raw, nest(raw))
    tree = Tree(document.text, doc, sentences)
    return tuple(
        Statement(
            id=f"s{i + 1}",
            source=f.source,
            cue=f.cue,
            content=f.content,
            stance=find_stance(tree, f.cue, f.content, f.source),
            nested_in=None if outer is None else f"s{outer + 1}",
        )
        for i, (f, outer) in enumerate(zip(found, parents, strict=True))
    )
