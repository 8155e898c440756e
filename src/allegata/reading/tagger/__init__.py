"""Statements of a Document by the trained tagger and the rules together: the main path.

`find_statements` is the whole. `encode` is the network's pass over a text, for whoever else needs its states:
``encode(text, shipped())`` gives the word pieces, the state of each, and the probability of a cue at each.
"""

from __future__ import annotations

from spacy.tokens import Doc

from allegata.model import Document, Span, Statement
from allegata.reading.parsing import MAX_CHARACTERS
from allegata.reading.statements.reader import find_drafts
from allegata.reading.statements.stance import find_stance
from allegata.reading.statements.tree import Tree
from allegata.reading.tagger.decode import Attribution
from allegata.reading.tagger.encoding import Pass, encode
from allegata.reading.tagger.joint import join
from allegata.reading.tagger.nesting import nest
from allegata.reading.tagger.onnx import shipped
from allegata.reading.tagger.sieve import sift

__all__ = ["Pass", "encode", "find_statements", "shipped"]


def find_statements(
    document: Document, doc: Doc, sentences: tuple[Span, ...], seen: Pass | None = None
) -> tuple[Statement, ...]:
    """Statements in the order of their cues, nested by containment, with their stance.

    ``seen`` is the pass over the parsed part of the text, where it has been made already. What lies past that
    part is not read.
    """
    text = document.text[:MAX_CHARACTERS]
    tree = Tree(doc.text, doc, sentences)
    drafts, _ = find_drafts(document, tree)
    raw = join(text, seen or encode(text, shipped()), drafts, shipped())
    raw = [f for f in raw if f.stance or not _is_attribute(tree, f)]
    found, parents = sift(text, raw, nest(raw))
    return tuple(
        Statement(
            id=f"s{i + 1}",
            source=f.source,
            cue=f.cue,
            content=f.content,
            stance=f.stance or find_stance(tree, f.cue, f.content, f.source),
            nested_in=None if outer is None else f"s{outer + 1}",
        )
        for i, (f, outer) in enumerate(zip(found, parents, strict=True))
    )


def _is_attribute(tree: Tree, found: Attribution) -> bool:
    """True where the cue is a noun that only tells what kind of thing another is ("warning shots")."""
    first, last = tree.at(found.cue[0][0]), tree.at(found.cue[-1][1] - 1)
    return first == last < tree.n and tree.dep[last] == "compound" and tree.head[last] > last
