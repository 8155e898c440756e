"""Which unnamed voices of a Claim are one: "a hospital official told the Courier" in one page, "the Courier
quoted an official at the hospital" in another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from allegata.linking.parties import Party
from allegata.linking.tellings import Telling
from allegata.linking.words import words
from allegata.model import AFFIRMING, Merge
from allegata.vocab import load

LONGEST = 8
"""Words of the longest description that names a group of them."""


@dataclass(slots=True)
class _Voice:
    """An unnamed party: the documents that have it and the outlets through which they have it."""

    party: Party
    said: frozenset[str]
    documents: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)


def find_unions(told: Mapping[str, Sequence[Telling]]) -> tuple[dict[str, Party], list[Merge]]:
    """Party id -> the party it is one with, for unnamed parties of a Claim's tellings, and why."""
    groups, merges = _groups(_voices(told))
    one: dict[str, Party] = {}
    for group in groups:
        party = _party(group)
        one.update((v.party.id, party) for v in group)
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
                if not p.anonymous or p.generic or t.stance not in AFFIRMING:
                    continue
                v = found.setdefault(p.id, _Voice(p, _said(p.name)))
                v.documents.add(document)
                v.outlets |= {o.id for o in t.chain[n + 1 :] if o.kind == "outlet_own_reporting"}
    return sorted(found.values(), key=lambda v: (-len(v.said), v.party.id))


def _groups(voices: Sequence[_Voice]) -> tuple[list[list[_Voice]], list[Merge]]:
    """Groups of voices, the fullest description of each first."""
    out: list[list[_Voice]] = []
    merges = []
    for v in voices:
        fits = [(reason, g) for g in out if (reason := _one(v, g))]
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
    outlets = {o for g in group for o in g.outlets}
    if v.outlets & outlets:
        return "both spoke through one outlet", 0.7
    if any(v.said == g.said for g in group):
        return "the same description", 0.7
    if any(v.said < g.said and not v.documents & g.documents for g in group):
        return "the description fits", 0.6
    return None


def _said(name: str) -> frozenset[str]:
    """What a description says beside that its bearer is not named."""
    return frozenset(w.norm for w in words(name)) - _empty()


def _empty() -> frozenset[str]:
    return frozenset(load("citations")["voices"]["unnamed"])


def _party(group: Sequence[_Voice]) -> Party:
    names = list(dict.fromkeys(n for v in group for n in (v.party.name, *v.party.members)))
    fit = [n for n in names if len(n.split()) <= LONGEST] or names
    label = min(fit, key=lambda n: (-len(_said(n)), -len(n), n))
    first = min(group, key=lambda v: v.party.id).party
    return replace(first, name=label, members=tuple(names))
