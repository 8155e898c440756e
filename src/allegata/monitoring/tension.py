"""Tension between two Actors, a day or a week at a time.

Four series, which never mix: *act* (deeds that writers assert), *threat* (threats, demands and refusals that
they assert), *accusation* (accuser ACCUSE accused) and *alleged_act* (what the accused is said to have done).
In each, hostile and cooperative are apart. An act, an accusation or an alleged act weighs its intensity times
the independent origins that came in, never the mentions; what is reprinted or cited moves nothing.

Beside each value stand the two volumes of the collection on the pair of parties: ``volume``, the independent
tellings, by which the value is normalised (`Tension.rate`), and ``coverage``, all documents, so that
attention is not read as tension.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from allegata.model import AFFIRMING, Claim, Dyad, Reading
from allegata.monitoring.intervals import bootstrap
from allegata.monitoring.moments import Clock
from allegata.monitoring.names import acting_as, is_actor, same_party, titles
from allegata.monitoring.periods import Unit, first_day
from allegata.vocab import load

SERIES = ("act", "threat", "accusation", "alleged_act")

Side = Literal["hostile", "cooperative"]


@dataclass(frozen=True, slots=True)
class Mover:
    """What moved a value, and by how much. ``id``: a Claim's, or a Document's for an act that it asserts."""

    id: str
    weight: float


@dataclass(frozen=True, slots=True)
class Tension:
    """One dyad's one period in one series, on one side. ``value`` is intensity times independent origins, 0
    or more on either side; ``low`` and ``high`` are its bootstrap interval, in which the interval of the
    origins is contained. ``tellings`` is how many origins and acts it rests on; ``period`` its first day."""

    source: str
    target: str
    period: str
    unit: Unit
    series: str
    side: Side
    value: float
    low: float
    high: float
    tellings: int
    volume: int
    coverage: int
    rate: float
    movers: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one Claim, or one act, adds to a period: an intensity and how many origins stand behind it."""

    source: str
    target: str
    period: str
    series: str
    intensity: float
    point: int
    low: int
    high: int
    evidence: tuple[str, ...]

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((same_party(self.source), same_party(self.target)))


@dataclass(frozen=True, slots=True)
class _Act:
    """An act that a Document asserts, and the words of its sentence, by which a reprint is known."""

    actor: str
    target: str
    root: str
    intensity: float
    period: str
    document: str
    words: str


def measure_tension(
    claims: Iterable[Claim], readings: Iterable[Reading], when: Clock, unit: Unit = "week"
) -> list[Tension]:
    """Tension by directed dyad, period, series and side, in that order."""
    held = list(claims)
    acts = list(_acts(readings, when, unit))
    found = [
        *_told(held, when, unit),
        *_done(acts, {m.document for c in held for m in c.mentions if m.copy_of}),
    ]
    parts = [p for p in found if is_actor(p.source) and is_actor(p.target)]
    tellings = Counter[tuple[frozenset[str], str]]()
    cells: dict[tuple[str, str, str, int, Side], list[_Part]] = {}
    for part in parts:
        names = (same_party(part.source), same_party(part.target))
        if part.high and names[0] != names[1]:
            side: Side = "hostile" if part.intensity < 0 else "cooperative"
            cells.setdefault((*names, part.period, SERIES.index(part.series), side), []).append(part)
            if part.series != "alleged_act":  # the accusation that it stands in is counted already
                tellings[part.pair, part.period] += part.point
    coverage = _coverage(held, acts, when, unit)
    shown = titles(n for p in parts for n in (p.source, p.target))
    return [
        _sum(
            mine,
            (shown[source], shown[target]),
            side,
            unit,
            tellings[mine[0].pair, period],
            len(coverage[mine[0].pair, period]),
        )
        for (source, target, period, _, side), mine in sorted(cells.items(), key=lambda cell: cell[0])
    ]


def _sum(
    parts: list[_Part], names: tuple[str, str], side: Side, unit: Unit, volume: int, coverage: int
) -> Tension:
    """One cell of the table, of the parties of these names."""
    first = parts[0]
    value = sum(abs(p.intensity) * p.point for p in parts)
    low, high = bootstrap(
        [abs(p.intensity) for p in parts],
        [p.low for p in parts],
        [p.high for p in parts],
        "\n".join((same_party(first.source), same_party(first.target), first.period, first.series, side)),
    )
    return Tension(
        *names,
        first.period,
        unit,
        first.series,
        side,
        round(value, 6),
        round(min(low, value), 6),
        round(max(high, value), 6),
        sum(p.point for p in parts),
        volume,
        coverage,
        round(value / max(1, volume), 6),
        _movers(parts),
    )


def _coverage(
    claims: Iterable[Claim], acts: Iterable[_Act], when: Clock, unit: Unit
) -> Mapping[tuple[frozenset[str], str], set[str]]:
    """The documents that tell anything between two parties, copies too, by pair and period."""
    out: dict[tuple[frozenset[str], str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.accuser and claim.accused:
            pair = frozenset((same_party(claim.accuser), same_party(claim.accused)))
            for document in claim.documents:
                if (moment := when(document)) is not None:
                    out[pair, first_day(moment, unit)].add(document)
    for act in acts:
        out[frozenset((same_party(act.actor), same_party(act.target))), act.period].add(act.document)
    return out


def dyads(tension: Iterable[Tension], series: str, side: Side = "hostile") -> list[Dyad]:
    """One Dyad a directed pair, with the (period, value) pairs of one series and side."""
    grouped: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for t in tension:
        if t.series == series and t.side == side:
            grouped.setdefault((t.source, t.target), []).append((t.period, t.value))
    return [Dyad(s, t, tuple(sorted(points))) for (s, t), points in sorted(grouped.items())]


def _movers(parts: Iterable[_Part]) -> tuple[Mover, ...]:
    """Claims and documents by what they add, most first. Documents that tell one act share its weight."""
    weights: dict[str, float] = {}
    for part in parts:
        for one in part.evidence:
            share = abs(part.intensity) * part.point / len(part.evidence)
            weights[one] = weights.get(one, 0.0) + share
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Mover(one, round(weight, 6)) for one, weight in ranked)


def _told(claims: Iterable[Claim], when: Clock, unit: Unit) -> Iterator[_Part]:
    """Accusations, and the acts alleged in them, in the periods their origins came in."""
    roots: Mapping[str, float] = load("intensity")["roots"]
    accusing: float = load("intensity")["modes"]["allege"]
    for claim in claims:
        if not claim.accuser or not claim.accused:
            continue
        for period, point, low, high in _arrivals(claim, when, unit):
            counts = (point, low, high, (claim.id,))
            yield _Part(claim.accuser, claim.accused, period, "accusation", accusing, *counts)
            if claim.act is not None and claim.act in roots:
                yield _Part(claim.accuser, claim.accused, period, "alleged_act", roots[claim.act], *counts)


def _arrivals(claim: Claim, when: Clock, unit: Unit) -> Iterator[tuple[str, int, int, int]]:
    """(period, point, low, high), one row an Origin. The rows add up to the Claim's own interval: the
    earliest origins are those that are distinct for certain, and what the high count has more is laid on the
    first."""
    counted = [o for o in claim.origins if o.kind != "unattributed" and not o.withdrawn_at]
    moments = sorted(m for o in counted if (m := when(o.first_document)) is not None)
    total = claim.independent_origins
    for i, moment in enumerate(moments):
        high = max(1, total.high - len(moments) + 1) if i == 0 else 1
        yield first_day(moment, unit), 1, int(i < total.low), high
    if not moments:
        carrying = [
            m for x in claim.mentions if x.stance in AFFIRMING and (m := when(x.document)) is not None
        ]
        if carrying:
            yield first_day(min(carrying), unit), total.point, total.low, total.high


def _acts(readings: Iterable[Reading], when: Clock, unit: Unit) -> Iterator[_Act]:
    """Every asserted act that has both parties and a date. Its intensity is that of its CAMEO code, where it
    has one, or of its root."""
    roots: Mapping[str, float] = load("intensity")["roots"]
    codes: Mapping[str, float] = load("intensity")["codes"]
    for reading in readings:
        if not reading.events or (moment := when(reading.document.id)) is None:
            continue
        text = reading.document.text
        for event in reading.events:
            if event.actor and event.target and event.act in roots:
                start, end = next(
                    ((s.start, s.end) for s in reading.sentences if s.start <= event.start < s.end),
                    (event.start, event.end),
                )
                words = " ".join(text[start:end].casefold().split())
                period = first_day(moment, unit)
                yield _Act(
                    acting_as(event.actor, event.actor_is),
                    acting_as(event.target, event.target_is),
                    event.act,
                    codes.get(event.cameo or "", roots[event.act]),
                    period,
                    reading.document.id,
                    words,
                )


def _done(acts: Iterable[_Act], copies: set[str]) -> Iterator[_Part]:
    """Acts asserted as fact. One actor doing one kind of act to one target in one period counts once, however
    many tell it; the high count is the different sentences that tell it outside of copies. Its intensity is
    the one that most tell it with, of two the greater."""
    kinds = load("intensity")["series"]
    told: dict[tuple[str, str, str, str], list[_Act]] = {}
    for act in acts:
        if act.document not in copies:
            key = (same_party(act.actor), same_party(act.target), act.root, act.period)
            told.setdefault(key, []).append(act)
    for (_, _, root, period), tellings in told.items():
        documents = tuple(dict.fromkeys(a.document for a in tellings))
        high = len({a.words or a.document for a in tellings})
        first = tellings[0]
        said = Counter(a.intensity for a in tellings)
        intensity = max(said, key=lambda one: (said[one], abs(one)))
        yield _Part(first.actor, first.target, period, kinds[root], intensity, 1, 1, high, documents)
