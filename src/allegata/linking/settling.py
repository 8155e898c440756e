"""Stances in the light of the whole Claim: who is for it, who against, whatever single sentences say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from allegata.linking.tellings import Telling
from allegata.model import AFFIRMING


@dataclass(slots=True)
class _Standing:
    """The documents in which a party is for or against the Claim, and whether it is so at first hand; the
    place in time of the last in which it confirms and the last in which it denies, -1 for none."""

    plain: set[str]
    against: set[str]
    demands: set[str]
    confirms: set[str]
    own_plain: bool = False
    own_against: bool = False
    last_confirmed: int = -1
    last_denied: int = -1

    def came_round(self) -> bool:
        """Whether the party denied the Claim and confirms it now, in its own name."""
        return self.last_confirmed >= self.last_denied >= 0


def settle(told: Mapping[str, list[Telling]], accused: frozenset[str]) -> dict[str, list[Telling]]:
    """Who puts the Claim forward without a negation is for it, and a negation of theirs is a turn of phrase;
    a negated statement of anybody else denies it. Who denies it more than they affirm it, or denies it at
    first hand where others report an assent, or asks for an inquiry, says other things beside it: these carry
    it no further. Nor does what the ``accused`` (party ids) say, unless they confirm it. Who confirms it
    after their last denial is for it from then on; ``told`` is in the order in which its documents came out.
    """
    told = {d: [_unnamed_as_said(t) for t in ts] for d, ts in told.items()}
    standing = _standing(told)
    forward = {p for p, s in standing.items() if _is_for(s) and (p not in accused or _has_confirmed(s))}
    since = {p: s.last_confirmed for p, s in standing.items() if s.came_round()} | dict.fromkeys(forward, 0)
    denying = {p for p, s in standing.items() if s.against and p not in forward}
    out: dict[str, list[Telling]] = {}
    for n, (document, ts) in enumerate(told.items()):
        settled = []
        for t in ts:
            party = t.chain[0].id if t.chain else None
            if party is not None and n < since.get(party, len(told)) and t.stance in AFFIRMING:
                if t.negated or (party in accused and t.contrary):
                    t = replace(t, stance="deny")
                elif party in denying or party in accused or standing[party].demands:
                    if len(t.chain) < 2 or not t.admits:
                        continue
                    t = _as_reported(t)
            settled.append(t)
        out[document] = settled
    return out


def _as_reported(t: Telling) -> Telling:
    """An assent that is not so, as the word of who reports it."""
    return replace(t, stance="assert", chain=t.chain[1:], names=t.names[1:], own=False, admits=False)


def set_apart(
    told: Mapping[str, list[Telling]], distant: Container[str], against: Container[str]
) -> dict[str, list[Telling]]:
    """The tellings without those that would carry the Claim in ``distant`` documents; those in documents
    ``against`` it, which tell its opposite, deny it."""
    out: dict[str, list[Telling]] = {}
    for d, ts in told.items():
        if d in distant:
            ts = [t for t in ts if t.stance not in AFFIRMING]
        elif d in against:
            ts = [replace(t, stance="deny") if t.stance in AFFIRMING and t.chain else t for t in ts]
        out[d] = ts
    return out


def _standing(told: Mapping[str, list[Telling]]) -> dict[str, _Standing]:
    found: dict[str, _Standing] = defaultdict(lambda: _Standing(set(), set(), set(), set()))
    for n, (document, ts) in enumerate(told.items()):
        for t in ts:
            if not t.chain:
                continue
            s = found[t.chain[0].id]
            if t.stance == "demand":
                s.demands.add(document)
            if t.stance == "deny" or (t.negated and t.stance in AFFIRMING):
                s.against.add(document)
                s.last_denied = n
                s.own_against |= t.own
            elif t.stance in AFFIRMING:
                s.plain.add(document)
                s.own_plain |= t.own
                if t.admits or (t.stance == "confirm" and not t.contrary):
                    s.confirms.add(document)
                if t.stance == "confirm" and not t.contrary and len(t.chain) == 1:
                    s.last_confirmed = n
    return found


def _is_for(s: _Standing) -> bool:
    if not s.plain or (s.demands and s.plain <= s.demands):
        return False
    if s.own_against != s.own_plain:
        return s.own_plain
    return len(s.plain) >= len(s.against)


def _has_confirmed(s: _Standing) -> bool:
    """Whether an accused party is for the Claim: it confirms it in so many words, and denies it in fewer
    Documents than it confirms it."""
    return len(s.confirms) > len(s.against)


def _unnamed_as_said(t: Telling) -> Telling:
    """Who speaks without a name denies only where the sentence is built as a denial."""
    anonymous = bool(t.chain) and t.chain[0].anonymous
    return replace(t, negated=False) if anonymous and t.negated and t.stance in AFFIRMING else t
