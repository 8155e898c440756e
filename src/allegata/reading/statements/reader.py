"""The finders, put together: drafts found, joined, given their quotations, cut, nested and weighed."""

from __future__ import annotations

from allegata.model import Document, Span
from allegata.reading.parsing import is_hard_wrapped
from allegata.reading.statements.drafts import CONTENTLESS, Draft
from allegata.reading.statements.idioms import find_idioms
from allegata.reading.statements.lines import find_lines
from allegata.reading.statements.merging import complete, cut_zones, merge
from allegata.reading.statements.nesting import nest
from allegata.reading.statements.nominals import find_nominals
from allegata.reading.statements.phrases import find_phrases
from allegata.reading.statements.quotes import Quotes, find_quotes
from allegata.reading.statements.repair import repair
from allegata.reading.statements.speech import attach_quotes
from allegata.reading.statements.stance import find_stance
from allegata.reading.statements.tree import Tree
from allegata.reading.statements.verbs import find_verbs

ANSWERS = frozenset({"deny", "doubt", "no_comment", "confirm", "retract"})
"""Stances that answer what another has said."""


def find_drafts(document: Document, tree: Tree) -> tuple[list[Draft], list[int | None]]:
    """The drafts in the order of the text, and the index of what each is nested in. Mends the tree."""
    repair(tree)
    quotes = find_quotes(tree.text, is_hard_wrapped(tree.text))
    drafts = [*find_idioms(tree), *find_nominals(tree), *find_verbs(tree), *find_phrases(tree)]
    drafts = merge(tree, quotes, drafts)
    drafts = [*attach_quotes(tree, quotes, drafts), *find_lines(document, tree)]
    complete(tree, drafts)
    cut_zones(tree, drafts)
    drafts = [d for d in drafts if (d.content or d.frame in CONTENTLESS) and not _is_writers(tree, quotes, d)]
    for d in drafts:
        if d.frame != "framed":
            d.stance = find_stance(tree, d.cue, d.content, d.source, d.stance)
    drafts.sort(key=lambda d: d.place)
    parents = nest([place_of(d) for d in drafts], [d.content for d in drafts])
    kept = [_stands(quotes, drafts, i, p) for i, p in enumerate(parents)]
    if not all(kept):
        drafts = [d for d, keep in zip(drafts, kept, strict=True) if keep]
        parents = nest([place_of(d) for d in drafts], [d.content for d in drafts])
    return drafts, parents


def place_of(draft: Draft) -> Span:
    """The stretch that must lie in another's content for the draft to be nested there."""
    return (draft.cue or draft.source or draft.content)[0]


def _stands(quotes: Quotes, drafts: list[Draft], i: int, parent: int | None) -> bool:
    """False for attitudes inside another's words, and for nouns of saying that are no answer's object."""
    d = drafts[i]
    if d.frame == "account":
        if parent is None:
            return False
        p = drafts[parent]
        return p.stance in ANSWERS and p.content[0][0] <= d.source[0][0] <= p.content[0][0] + 12
    outer = None if parent is None else drafts[parent]
    if d.frame == "anybody":
        return outer is not None and outer.stance in ANSWERS
    if d.kind == "attitude":
        return (outer is None or outer.kind in ("post", "turn")) and quotes.holding(d.place) is None
    if d.kind == "thought" and outer is None:
        return quotes.holding(d.place) is None
    return True


def _is_writers(tree: Tree, quotes: Quotes, draft: Draft) -> bool:
    """True where the writer speaks, or nobody in particular: "there is no doubt", "I think", "what is"."""
    if draft.frame == "there":
        return True
    if not draft.source:
        return False
    words = tree.text[slice(*draft.source[0])].lower().split()
    if words[0] in ("what", "how", "whatever", "why") or (words[0] == "which" and len(words) > 1):
        return True
    if words[0] not in ("i", "we", "you") or len(words) > 1:
        return False
    quoted = quotes.holding(draft.source[0][0]) is not None
    return draft.kind in ("thought", "attitude", "finding") or words[0] == "you" or not quoted
