"""Descriptions that stand for a body which their own text names: "a monitoring group said … the Coast
Observatory, which …"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence

from allegata.linking.parties import Party
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.voices import head
from allegata.model import AFFIRMING, Merge
from allegata.vocab import load

BODIES = ("organisation", "named_official")


def find_described(
    told: Mapping[str, Sequence[Telling]], undated: Container[str]
) -> tuple[dict[str, Party], list[Merge]]:
    """Party id -> the body it is, for descriptions of a body in ``undated`` documents, and why: of the bodies
    that put the Claim forward, or deny it, in the same documents the one that most do."""
    one: dict[str, Party] = {}
    merges: list[Merge] = []
    for stances in (AFFIRMING, frozenset({"deny"})):
        found, why = _of_side(told, undated, stances)
        merges += [m for m, p in zip(why, found, strict=True) if p not in one]
        one = {**found, **one}
    return one, merges


def _of_side(
    told: Mapping[str, Sequence[Telling]], undated: Container[str], stances: Container[str]
) -> tuple[dict[str, Party], list[Merge]]:
    """The same, of those who speak in one of the ``stances``, a reason each."""
    parties = {p.id: p for ts in told.values() for t in ts for p in t.chain}
    heard = {
        d: {p.id for t in ts if t.stance in stances for p in t.chain if not is_nobody(p)}
        for d, ts in told.items()
    }
    held = Counter(p for ids in heard.values() for p in ids)
    bodies = {p.id for p in parties.values() if _is_named_body(p)}
    one: dict[str, Party] = {}
    merges = []
    for p in sorted(parties.values(), key=lambda p: p.id):
        mine = [d for d, ids in sorted(heard.items()) if p.id in ids]
        if not mine or not _describes_body(p) or not all(d in undated for d in mine):
            continue
        beside = {b for d in mine for b in heard[d] & bodies} - {p.id}
        best = min(beside or bodies, key=lambda b: (-held[b], b), default=None)
        if best is not None and held[best] > 1:
            one[p.id] = parties[best]
            merges.append(Merge(parties[best].name, p.name, "no other body says so in the same texts", 0.5))
    return one, merges


def _describes_body(party: Party) -> bool:
    """Whether a party is called by what it is alone: "group monitoring the war"."""
    if party.kind not in ("organisation", "anonymous"):
        return False
    noun = head(party.name)
    return noun in load("citations")["voices"]["bodies"] and noun in party.name.split()


def _is_named_body(party: Party) -> bool:
    """Whether a party is a body by name that is no state."""
    named = party.kind in BODIES and party.name[:1].isupper() and not party.id.startswith("state:")
    return named and not _describes_body(party)
