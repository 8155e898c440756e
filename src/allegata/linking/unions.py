"""Which unnamed voices of a Claim are one: "a hospital official told the Courier" in one page, "the Courier
quoted an official at the hospital" in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from allegata.linking.called import find_described
from allegata.linking.parties import Apart, Party, never_apart
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.voices import head
from allegata.linking.words import words
from allegata.model import AFFIRMING, Merge
from allegata.vocab import load

LONGEST = 8
"""Words of the longest description that names a group of them."""


@dataclass(slots=True)
class _Voice:
    """An unnamed party: the documents that have it and the parties through which they have it."""

    party: Party
    said: frozenset[str]
    documents: set[str] = field(default_factory=set)
    through: set[str] = field(default_factory=set)


def find_unions(
    told: Mapping[str, Sequence[Telling]], undated: Container[str], apart: Apart = never_apart
) -> tuple[dict[str, Party], list[Merge]]:
    """Party id -> the party it is one with, for unnamed parties of a Claim's tellings, and why. In
    ``undated`` documents, those that nothing tells apart are one; ``apart`` tells what persons did."""
    groups, merges = _groups(_voices(told), apart)
    groups, more = _pooled(groups, undated, apart)
    merges += more
    one, described = find_described(told, undated)
    merges += described
    for group in groups:
        party = _party(group)
        for v in group:
            one.setdefault(v.party.id, party)
    return one, merges


def united(tellings: Iterable[Telling], one: Mapping[str, Party]) -> list[Telling]:
    """The tellings with each party as the one that `find_unions` says it is."""
    out = []
    for t in tellings:
        chain = tuple(one.get(p.id, p) for p in t.chain)
        out.append(replace(t, chain=chain) if chain != t.chain else t)
    return out


def _voices(told: Mapping[str, Sequence[Telling]]) -> list[_Voice]:
    found: dict[str, _Voice] = {}
    for document, ts in sorted(told.items()):
        for t in ts:
            for n, p in enumerate(t.chain):
                if not p.anonymous or is_nobody(p) or t.stance not in AFFIRMING:
                    continue
                v = found.setdefault(p.id, _Voice(p, _said(p.name)))
                v.documents.add(document)
                v.through |= {o.id for o in t.chain[n + 1 : n + 2] if not o.anonymous and not is_nobody(o)}
    return sorted(found.values(), key=lambda v: (-len(v.said), v.party.id))


def _groups(voices: Sequence[_Voice], apart: Apart) -> tuple[list[list[_Voice]], list[Merge]]:
    """Groups of voices, the fullest description of each first."""
    out: list[list[_Voice]] = []
    merges = []
    for v in voices:
        may = (g for g in out if not any(apart(v.party, w.party) for w in g))
        fits = [(reason, g) for g in may if (reason := _one(v, g))]
        if not fits:
            out.append([v])
            continue
        (why, score), group = max(fits, key=lambda f: (f[0][1], len(f[1])))
        if group[0].party.name != v.party.name:
            merges.append(Merge(group[0].party.name, v.party.name, why, score))
        group.append(v)
    return out, merges


def _one(v: _Voice, group: Sequence[_Voice]) -> tuple[str, float] | None:
    """Why a voice belongs to a group, with a score."""
    if any(v.through & g.through for g in group) and all(_may_be_one(v.party, g.party) for g in group):
        return "both spoke through one and the same", 0.7
    if any(v.said == g.said for g in group):
        return "the same description", 0.7
    if any(v.said < g.said and not v.documents & g.documents for g in group):
        return "the description fits", 0.6
    return None


def _may_be_one(a: Party, b: Party) -> bool:
    """Whether two descriptions may be of one: of the same noun, or of one that says nothing, and not of two
    places or bodies."""
    one, other = head(a.name).removesuffix("s"), head(b.name).removesuffix("s")
    names, others = _proper(a.name), _proper(b.name)
    return (one == other or "source" in (one, other)) and not (names and others and not names & others)


def _proper(name: str) -> set[str]:
    """The capitalised words of a description but its noun."""
    return {w for w in re.findall(r"[A-Z][\w-]+", name) if w.lower() != head(name)}


def _pooled(
    groups: Sequence[list[_Voice]], undated: Container[str], apart: Apart
) -> tuple[list[list[_Voice]], list[Merge]]:
    """Groups with those made one that nothing tells apart: people who were there, and mere "sources"."""
    out: list[list[_Voice]] = []
    pools: dict[str, list[_Voice]] = {}
    merges = []
    for group in sorted(groups, key=lambda g: (-len({d for v in g for d in v.documents}), g[0].party.id)):
        kinds = {_kind(v.party.name) for v in group} - {""}
        open_ended = all(d in undated for v in group for d in v.documents)
        pool = next((pools[k] for k in sorted(kinds) if k in pools), None) if open_ended else None
        if pool is not None and not any(apart(v.party, w.party) for v in group for w in pool):
            merges.append(Merge(pool[0].party.name, group[0].party.name, "nothing tells them apart", 0.5))
            pool += group
        else:
            out.append(list(group))
            pool = out[-1]
        if open_ended:
            for k in kinds:
                pools.setdefault(k, pool)
    return out, merges


def _kind(name: str) -> str:
    """The kind of description that may stand for any other of its kind."""
    noun = head(name)
    if noun in ("source", "sources"):
        return "source"
    here = load("citations")["voices"]["present"]
    return "present" if noun in here or any(w in here for w in name.lower().split()[:-1]) else ""


def _said(name: str) -> frozenset[str]:
    """What a description says beside that its bearer is not named."""
    return frozenset(w.norm for w in words(name)) - _empty()


def _empty() -> frozenset[str]:
    return frozenset(load("citations")["voices"]["unnamed"])


def _party(group: Sequence[_Voice]) -> Party:
    """One party of a group, under the description that most documents have of those that say something."""
    held: Counter[str] = Counter()
    for v in group:
        held[_trimmed(v.party.name)] += len(v.documents)
    telling = [n for n in held if len(_said(n)) > 1 and len(n.split()) <= LONGEST] or list(held)
    label = min(telling, key=lambda n: (-held[n], -len(_said(n)), -len(n), n))
    first = min(group, key=lambda v: v.party.id).party
    members = dict.fromkeys([v.party.name for v in group] + [m for v in group for m in v.party.members])
    return replace(first, name=label, members=tuple(members))


def _trimmed(name: str) -> str:
    return re.split(r"\s*[(,]", name)[0].strip() or name
