"""Tension between two Actors, a week at a time.

Three series, which never mix: *accusation* (accuser ACCUSE accused), *alleged_act* (what the accused is said
to have done) and *act* (what writers assert as fact). An accusation or an alleged act weighs its intensity
times the independent origins that came in that week, not the mentions, and keeps the interval of that number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from allegata.model import AFFIRMING, Claim, Dyad, Reading
from allegata.monitoring.moments import Clock
from allegata.monitoring.names import party, same_party
from allegata.vocab import load

SERIES = ("accusation", "alleged_act", "act")


@dataclass(frozen=True, slots=True)
class Tension:
    """One dyad's one week in one series. ``value`` is signed: below 0 is hostile; ``low`` and ``high`` are
    the values at the low and the high count of origins. ``evidence``: claim ids, or document ids for acts."""

    source: str
    target: str
    week: str
    series: str
    value: float
    low: float
    high: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one Claim, or one act, adds to a week: an intensity and how many origins stand behind it."""

    source: str
    target: str
    week: str
    series: str
    intensity: float
    point: int
    low: int
    high: int
    evidence: tuple[str, ...]


def weekly_tension(claims: Iterable[Claim], readings: Iterable[Reading], when: Clock) -> list[Tension]:
    """Tension by directed dyad, week (its Monday, ISO 8601) and series, in that order."""
    held = list(claims)
    copies = {m.document for claim in held for m in claim.mentions if m.copy_of}
    weeks: dict[tuple[str, str, str, str], list[_Part]] = {}
    for parts in (_told(held, when), _done(readings, copies, when)):
        for part in parts:
            key = (same_party(part.source), same_party(part.target), part.week, part.series)
            weeks.setdefault(key, []).append(part)
    return [
        Tension(
            party(parts[0].source),
            party(parts[0].target),
            week,
            series,
            round(sum(p.intensity * p.point for p in parts), 6),
            round(sum(p.intensity * p.low for p in parts), 6),
            round(sum(p.intensity * p.high for p in parts), 6),
            tuple(dict.fromkeys(e for p in parts for e in p.evidence)),
        )
        for (_, _, week, series), parts in sorted(weeks.items())
    ]


def dyads(tension: Iterable[Tension], series: str) -> list[Dyad]:
    """One Dyad a directed pair, with the (week, value) pairs of one series."""
    grouped: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for t in tension:
        if t.series == series:
            grouped.setdefault((t.source, t.target), []).append((t.week, t.value))
    return [Dyad(s, t, tuple(sorted(points))) for (s, t), points in sorted(grouped.items())]


def _told(claims: Iterable[Claim], when: Clock) -> Iterator[_Part]:
    """Accusations, and the acts alleged in them, in the weeks their origins came in."""
    roots: Mapping[str, float] = load("intensity")["roots"]
    accusing: float = load("intensity")["modes"]["allege"]
    for claim in claims:
        if not claim.accuser or not claim.accused:
            continue
        for week, point, low, high in _arrivals(claim, when):
            counts = (point, low, high, (claim.id,))
            yield _Part(claim.accuser, claim.accused, week, "accusation", accusing, *counts)
            if claim.act is not None and claim.act in roots:
                yield _Part(claim.accuser, claim.accused, week, "alleged_act", roots[claim.act], *counts)


def _arrivals(claim: Claim, when: Clock) -> Iterator[tuple[str, int, int, int]]:
    """(week, point, low, high), one row an Origin. The rows add up to the Claim's own interval: the earliest
    origins are those that are distinct for certain, and what the high count has more is laid on the first."""
    counted = [o for o in claim.origins if o.kind != "unattributed" and not o.withdrawn_at]
    moments = sorted(m for o in counted if (m := when(o.first_document)) is not None)
    total = claim.independent_origins
    for i, moment in enumerate(moments):
        high = max(1, total.high - len(moments) + 1) if i == 0 else 1
        yield _monday(moment), 1, int(i < total.low), high
    if not moments:
        carrying = [
            m for x in claim.mentions if x.stance in AFFIRMING and (m := when(x.document)) is not None
        ]
        if carrying:
            yield _monday(min(carrying)), total.point, total.low, total.high


def _done(readings: Iterable[Reading], copies: set[str], when: Clock) -> Iterator[_Part]:
    """Acts asserted as fact. One actor doing one kind of act to one target in one week counts once, however
    many tell it; the high count is the documents that tell it and are copies of no other."""
    roots: Mapping[str, float] = load("intensity")["roots"]
    told: dict[tuple[str, str, str, str], list[tuple[str, str, str]]] = {}
    for reading in readings:
        document = reading.document.id
        moment = when(document)
        if moment is None or document in copies:
            continue
        for event in reading.events:
            if event.actor and event.target and event.act in roots:
                key = (same_party(event.actor), same_party(event.target), event.act, _monday(moment))
                told.setdefault(key, []).append((event.actor, event.target, document))
    for (_, _, act, week), tellings in told.items():
        documents = tuple(dict.fromkeys(d for _, _, d in tellings))
        source, target, _ = tellings[0]
        yield _Part(source, target, week, "act", roots[act], 1, 1, len(documents), documents)


def _monday(moment: datetime) -> str:
    return (moment.date() - timedelta(days=min(moment.weekday(), moment.toordinal() - 1))).isoformat()
