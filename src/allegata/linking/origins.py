"""The roots of a Claim as origins: who they are, whom they speak for, whether they are a side of the
quarrel."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from allegata.linking.anonymous import each_of, join_documents, join_unnamed
from allegata.linking.credits import core
from allegata.linking.families import join_families
from allegata.linking.naming import as_written, names_somebody
from allegata.linking.parties import Apart, Party, never_apart
from allegata.linking.polarity import Core
from allegata.linking.provenance import Roots
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.texts import Text
from allegata.linking.withdrawals import find_withdrawn
from allegata.model import AFFIRMING, Merge, Origin
from allegata.vocab import countries

MOST_MEMBERS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """Origins in the order of their first documents, the ids of those each document leads back to, and why
    roots were counted as one. ``joined`` is how many more there may be: unnamed voices that were counted with
    another for what they say or are, and one where documents were presumed to rest on others."""

    origins: tuple[Origin, ...]
    of_document: Mapping[str, tuple[str, ...]]
    merges: tuple[Merge, ...]
    joined: int = 0


def find_origins(
    mine: Sequence[Text],
    told: Mapping[str, list[Telling]],
    roots: Roots,
    sides: frozenset[str],
    core_of_claim: Core,
    copies: Container[str],
    parties: Mapping[str, Party],
    borrowed: Container[str] = (),
    resting: Container[str] = (),
    apart: Apart = never_apart,
) -> Found:
    """Roots to origins. A root is a party id, or the id of a document that nothing stands behind; one that
    credits nobody in particular ("local media say"), and comes after others, rests on these. So does one of
    those presumed to be ``resting`` on them, and one that a person says to be ``borrowed``; ``apart`` tells
    which parties a person says are two."""
    listed = sorted({r for rs in roots.reached.values() for r in rs})
    voices = [parties[r] for r in listed if r in parties]
    unnamed, merges = join_unnamed(mine, told, voices, core_of_claim, apart)
    papers, more = join_documents(voices, mine, apart)
    houses, owned = join_families(mine, told, voices)
    counted_as = {**unnamed, **papers, **houses}
    quarrel = _sides_of_the_quarrel(sides, parties, told)
    others = [r for r in listed if r in parties or r not in borrowed]
    presumed = False
    origins: dict[str, Origin] = {}
    ids_of: dict[str, tuple[str, ...]] = {}
    for root in listed:
        first = next(t for t in mine if root in roots.reached.get(t.id, ()))
        party = parties.get(root)
        if party is None:
            if root in borrowed and others:
                continue
            if root != mine[0].id and len(listed) > 1 and _credits_nobody(told[root]):
                continue
            if len(listed) > 1 and root in resting:
                presumed = True
                continue
            found = [_unattributed(root, mine, told)]
        else:
            party = counted_as.get(party.id, party)
            found = _persons(party, root, first, told, party.id in quarrel)
        ids_of[root] = tuple(o.id for o in found)
        for origin in found:
            origins.setdefault(origin.id, origin)
    withdrawn = find_withdrawn(mine, told, origins.values(), core_of_claim, copies)
    origins = {i: replace(o, withdrawn_at=withdrawn.get(i)) for i, o in origins.items()}
    order = {t.id: i for i, t in enumerate(mine)}
    ranked = sorted(origins.values(), key=lambda o: (o.kind == "unattributed", order[o.first_document], o.id))
    of_document = {
        d: tuple(sorted({i for r in rs for i in ids_of.get(r, ())})) for d, rs in roots.reached.items()
    }
    return Found(tuple(ranked), of_document, (*merges, *more, *owned), len(merges) + presumed)


def _persons(
    party: Party, root: str, first: Text, told: Mapping[str, list[Telling]], quarrels: bool
) -> list[Origin]:
    """The origins that a party is: one, or as many as an unnamed group is said to have."""
    spots = tuple(p for t in told[first.id] if t.chain and t.chain[0].id == root for p in t.passages[:2])
    return [
        Origin(i, name, party.kind, quarrels, first.id, party.members, None, spots)
        for i, name in each_of(party, label(party, told))
    ]


def _credits_nobody(tellings: Sequence[Telling]) -> bool:
    carried = [t for t in tellings if t.stance in AFFIRMING]
    return any(t.chain for t in carried) and all(is_nobody(t.chain[0]) for t in carried if t.chain)


_BARE = re.compile(r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) )?[a-z-]+")
""" "The spokesman", "company": whoever it is has a name elsewhere, or none."""


def label(party: Party, told: Mapping[str, list[Telling]], stances: Container[str] = AFFIRMING) -> str:
    """A party with those who speak for it in this Claim in one of the ``stances``: "Government of Pakistan
    (Sidra Alvi; Asad Qayyum)"."""
    spoken = dict.fromkeys(
        as_written(n)
        for ts in told.values()
        for t in ts
        if t.stance in stances
        for n, p in zip(t.names, t.chain, strict=True)
        if p.id == party.id
    )
    if party.anonymous:
        start = f"{party.name.lower()} "
        return next((m for m in party.members if m.lower().startswith(start)), party.name)
    if party.kind == "social_account":
        signed = [m for m in party.members if m != party.name and names_somebody(m) and m[0] != "@"]
        return f"{party.name} ({'; '.join(signed[:MOST_MEMBERS])})" if signed else party.name
    own = set(core(party.name).split())
    members = [
        n
        for n in spoken
        if core(n) != core(party.name)
        and not countries.actor_country(n)
        and set(core(n).split()) - own
        and not _BARE.fullmatch(n)
    ]
    if party.kind not in ("named_official", "organisation") or not members:
        return as_written(party.name)
    return f"{party.name} ({'; '.join(members[:MOST_MEMBERS])})"


def _unattributed(root: str, mine: Sequence[Text], told: Mapping[str, list[Telling]]) -> Origin:
    d = next(t for t in mine if t.id == root).document
    name = (d.author if d.kind == "post" else d.outlet) or d.title or root
    spots = tuple(p for t in told.get(root, []) for p in t.passages[:1])
    return Origin(f"unattributed:{root}", name, "unattributed", False, root, (name,), None, spots)


def _sides_of_the_quarrel(
    sides: frozenset[str], parties: Mapping[str, Party], told: Mapping[str, list[Telling]]
) -> set[str]:
    """Party ids of the accused, of those who answer for themselves, and of governments and organisations
    whose officials accuse somebody."""
    officials = {
        t.chain[0].id
        for ts in told.values()
        for t in ts
        if t.chain and t.stance in AFFIRMING and t.chain[0].kind == "named_official"
    }
    states = {p for p in parties if p.startswith("state:")}
    return set(sides) | officials | (states if any(s.startswith("state:") for s in sides) else set())
