"""What Documents tell between two parties, in small rows, from which tension is counted.

A `Telling` is what one Claim says: who accuses whom, and on which days its origins came in. A `Deed` is one
act that one Document asserts. All that tension needs of claims and readings is in them, so that a store keeps
them by pair of parties and a page loads neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allegata.model import AFFIRMING, Claim, Reading
from allegata.monitoring.moments import Clock
from allegata.monitoring.names import acting_as, is_actor, party, same_party
from allegata.vocab import load

LONGEST = 200
"""Characters of a name that are looked at."""
_WORDS_BYTES = 8


@dataclass(frozen=True, slots=True)
class Arrived:
    """That origins of a Claim came in on a day (ISO 8601): one as a rule, no fewer than ``low`` and no more
    than ``high``."""

    day: str
    point: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Telling:
    """What one Claim tells of ``source`` (who accuses) and ``target``. ``documents`` are those that carry it,
    copies too, each with its day; what nobody can date is left out."""

    claim: str
    source: str
    target: str
    act: str | None
    arrived: tuple[Arrived, ...]
    documents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that a Document asserts. ``words`` is equal for equal sentences, by which a reprint is known."""

    document: str
    day: str
    source: str
    target: str
    root: str
    intensity: float
    words: str


def pair_of(row: Telling | Deed) -> tuple[str, str] | None:
    """The two parties, who acts first; ``None`` for what a party does to itself, which is no dyad."""
    source, target = same_party(row.source), same_party(row.target)
    return (source, target) if source != target else None


def is_named(row: Telling | Deed) -> bool:
    """Whether both parties are told by name. What "militants" do is coverage, and no tension."""
    return is_actor(row.source) and is_actor(row.target)


def telling_of(claim: Claim, when: Clock) -> Telling | None:
    """What a Claim tells; ``None`` where it names no two parties or nobody knows when it came."""
    if not claim.accuser or not claim.accused:
        return None
    documents = tuple(
        (moment.date().isoformat(), d) for d in claim.documents if (moment := when(d)) is not None
    )
    arrived = tuple(_arrivals(claim, when))
    if not documents and not arrived:
        return None
    return Telling(claim.id, _name(claim.accuser), _name(claim.accused), claim.act, arrived, documents)


def _name(name: str) -> str:
    """A party's own name, bounded."""
    return party(name)[:LONGEST]


def copies_of(claim: Claim) -> set[str]:
    """The Documents that only copy, as far as one Claim shows it."""
    return {m.document for m in claim.mentions if m.copy_of}


def _arrivals(claim: Claim, when: Clock) -> Iterator[Arrived]:
    """One a day and Origin. They add up to the Claim's own interval: the earliest origins are those that are
    distinct for certain, and what the high count has more is laid on the first."""
    counted = [o for o in claim.origins if o.kind != "unattributed" and not o.withdrawn_at]
    moments = sorted(m for o in counted if (m := when(o.first_document)) is not None)
    total = claim.independent_origins
    for i, moment in enumerate(moments):
        high = max(1, total.high - len(moments) + 1) if i == 0 else 1
        yield Arrived(moment.date().isoformat(), 1, int(i < total.low), high)
    if not moments:
        carrying = [
            m for x in claim.mentions if x.stance in AFFIRMING and (m := when(x.document)) is not None
        ]
        if carrying:
            yield Arrived(min(carrying).date().isoformat(), total.point, total.low, total.high)


def deeds_of(reading: Reading, when: Clock) -> Iterator[Deed]:
    """Every asserted act that has both parties and a date. Its intensity is that of its CAMEO code, where it
    has one, or of its root."""
    if not reading.events or (moment := when(reading.document.id)) is None:
        return
    roots: Mapping[str, float] = load("intensity")["roots"]
    codes: Mapping[str, float] = load("intensity")["codes"]
    text, day = reading.document.text, moment.date().isoformat()
    for event in reading.events:
        if event.actor and event.target and event.act in roots:
            start, end = next(
                ((s.start, s.end) for s in reading.sentences if s.start <= event.start < s.end),
                (event.start, event.end),
            )
            words = " ".join(text[start:end].casefold().split()) or reading.document.id
            yield Deed(
                reading.document.id,
                day,
                _name(acting_as(event.actor, event.actor_is)),
                _name(acting_as(event.target, event.target_is)),
                event.act,
                codes.get(event.cameo or "", roots[event.act]),
                hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=_WORDS_BYTES).hexdigest(),
            )
