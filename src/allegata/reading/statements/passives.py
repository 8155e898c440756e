"""Passive cues: "was accused by Y of Z", "is said to have", "it is feared that", "was quoted as saying"."""

from __future__ import annotations

from allegata.model import Span
from allegata.reading.statements import clauses
from allegata.reading.statements.clauses import Range
from allegata.reading.statements.cues import Sense, listed, nouns
from allegata.reading.statements.drafts import Draft
from allegata.reading.statements.sources import agent, phrase, subject
from allegata.reading.statements.tree import Tree

TOLD = frozenset({"tell", "inform", "advise", "assure", "remind", "ask", "warn", "notify", "brief"})
"""Verbs whose passive subject is the one who hears."""
NAMING = frozenset({"call", "name", "dub", "label", "brand", "term", "know", "find"})
"""Without an agent these only name: "the company was called X"."""


def is_passive(tree: Tree, v: int) -> bool:
    if tree.tag[v] not in ("VBN", "VBD"):
        return False
    if tree.child(v, "auxpass") is not None or tree.child(v, "nsubjpass") is not None:
        return True
    if tree.tag[v] != "VBN":
        return False
    if any(tree.dep[k] in ("aux", "nsubj") for k in tree.kids[v]):
        return any(tree.word[k] in ("stand", "stands", "stood") for k in tree.kids[v])
    return tree.dep[v] in ("acl", "advcl") or (
        tree.dep[v] in ("acomp", "oprd", "xcomp") and tree.lemma[tree.head[v]] == "stand"
    )


def passive(tree: Tree, v: int, lemma: str, found: tuple[Sense, ...], cue: Range) -> Draft | None:
    by = agent(tree, v)
    if tree.dep[v] == "acl" and tree.word[tree.head[v]] in nouns():
        return None  # "the theory, promoted by X, that ...": the noun is the cue
    source = phrase(tree, by) if by is not None else None
    own = _patient(tree, v)
    impersonal = own is None or tree.word[own] in ("it", "there")
    about = phrase(tree, own, v) if own is not None and not impersonal else None
    frames = {f: s for s in reversed(found) for f in s.frames}
    sense, content = _content(tree, v, lemma, frames, own, about, by)
    if sense is None or not content:
        return None
    stance = (
        "allege"
        if source is None and lemma in listed("hearsay_verbs") and sense.stance == "assert"
        else sense.stance
    )
    return Draft(
        v, sense.kind, [source] if source else [], [tree.span(*cue)], content, frame="passive", stance=stance
    )


def _patient(tree: Tree, v: int) -> int | None:
    own = tree.child(v, "nsubjpass", "nsubj")
    if own is None and tree.dep[v] == "acl":
        return tree.head[v]
    return own if own is not None else subject(tree, v)


def _content(
    tree: Tree,
    v: int,
    lemma: str,
    frames: dict[str, Sense],
    own: int | None,
    about: Span | None,
    by: int | None,
) -> tuple[Sense | None, list[Span]]:
    impersonal = own is None or tree.word[own] in ("it", "there")
    if "blame" in frames and about is not None:
        for k in sorted([*tree.kids[v], *(tree.kids[by] if by is not None else [])]):
            if (
                k > v
                and tree.word[k] in frames["blame"].prepositions
                and tree.dep[k] == "prep"
                and tree.right[k] > k
            ):
                target = tree.child(k, "pobj", "pcomp")
                if target is not None and tree.entity[target] in ("DATE", "TIME"):
                    continue
                return frames["blame"], [about, tree.span(k + 1, tree.right[k])]
    clausal = frames.get("clause") or frames.get("small") or frames.get("objto")
    if clausal is not None:
        if lemma in ("suppose", "know"):  # "was supposed to", "is known to": no saying
            return None, []
        if (to := clauses.infinitive(tree, v)) is not None and lemma not in TOLD:
            return clausal, [about, tree.span(*to)] if about is not None else [tree.span(*to)]
        if (
            "clause" in frames
            and (impersonal or lemma in TOLD)
            and (c := clauses.clause(tree, v)) is not None
        ):
            return clausal, [tree.span(*c)]
    if about is None:
        return None, []
    if by is not None and "relay" in frames and own is not None and tree.word[own] in nouns():
        return frames["relay"], [about]
    if ("as" in frames or "small" in frames) and (by is not None or lemma not in NAMING):
        for k in tree.kids[v]:
            if k > v and (
                (tree.word[k] == "as" and tree.right[k] > k) or tree.dep[k] in ("oprd", "attr", "acomp")
            ):
                return frames.get("as") or frames["small"], [about, tree.span(k, tree.right[k])]
    if by is not None and ("np" in frames or "blame" in frames):
        return frames.get("np") or frames["blame"], [about]
    return None, []
