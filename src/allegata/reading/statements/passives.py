"""Passive cues: "was accused by Y of Z", "is said to have", "it is feared that", "was quoted as saying"."""

from __future__ import annotations

from allegata.model import Span
from allegata.reading.statements import contents
from allegata.reading.statements.contents import Range
from allegata.reading.statements.cues import Sense
from allegata.reading.statements.drafts import Draft
from allegata.reading.statements.sources import agent, phrase, subject
from allegata.reading.statements.tree import Tree

TOLD = frozenset({"tell", "inform", "advise", "assure", "remind", "ask", "warn", "notify", "brief"})
"""Verbs whose passive subject is the one who hears."""
HEARSAY = frozenset(
    {
        "say",
        "report",
        "believe",
        "think",
        "understand",
        "suppose",
        "presume",
        "assume",
        "rumour",
        "rumor",
        "gossip",
    }
)
"""Without an agent these mark what they report as unproven: "is said to have shelled"."""


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
    source = phrase(tree, by) if by is not None else None
    own = _patient(tree, v)
    impersonal = own is None or tree.word[own] in ("it", "there")
    about = phrase(tree, own, v) if own is not None and not impersonal else None
    sense, content = _content(
        tree, v, lemma, {f: s for s in reversed(found) for f in s.frames}, about, impersonal, by
    )
    if sense is None or not content:
        return None
    stance = "allege" if source is None and lemma in HEARSAY and sense.stance == "assert" else sense.stance
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
    about: Span | None,
    impersonal: bool,
    by: int | None,
) -> tuple[Sense | None, list[Span]]:
    if "blame" in frames and about is not None:
        for k in sorted([*tree.kids[v], *(tree.kids[by] if by is not None else [])]):
            if k > v and tree.word[k] in contents.BLAME and tree.dep[k] == "prep" and tree.right[k] > k:
                target = tree.child(k, "pobj", "pcomp")
                if target is not None and tree.entity[target] in ("DATE", "TIME"):
                    continue
                return frames["blame"], [about, tree.span(k + 1, tree.right[k])]
    clausal = frames.get("clause") or frames.get("small") or frames.get("objto")
    if clausal is not None:
        if (to := contents.infinitive(tree, v)) is not None and lemma not in TOLD:
            return clausal, [about, tree.span(*to)] if about is not None else [tree.span(*to)]
        if (
            "clause" in frames
            and (impersonal or lemma in TOLD)
            and (c := contents.clause(tree, v)) is not None
        ):
            return clausal, [tree.span(*c)]
    if about is None:
        return None, []
    if "as" in frames or "small" in frames:
        for k in tree.kids[v]:
            if k > v and (
                (tree.word[k] == "as" and tree.right[k] > k) or tree.dep[k] in ("oprd", "attr", "acomp")
            ):
                return frames.get("as") or frames["small"], [about, tree.span(k, tree.right[k])]
    if by is not None and ("np" in frames or "blame" in frames):
        return frames.get("np") or frames["blame"], [about]
    return None, []
