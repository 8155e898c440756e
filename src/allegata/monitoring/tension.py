"""Tension between two Actors, a day or a week at a time.

Four series, which never mix: *act* (deeds that writers assert), *threat* (threats, demands and refusals that
they assert), *accusation* (accuser ACCUSE accused) and *alleged_act* (what hostile act they are accused of).
In each, hostile and cooperative are apart. An act, an accusation or an alleged act weighs its intensity times
the independent origins that came in, never the mentions; what is reprinted or cited moves nothing.

Beside each value stand the two volumes of the collection on the pair of parties: ``volume``, the independent
tellings, by which the value is normalised (`Tension.rate`), and ``coverage``, all documents, so that
attention is not read as tension.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from allegata.model import Claim, Dyad, Reading
from allegata.monitoring.intervals import bootstrap
from allegata.monitoring.moments import Clock
from allegata.monitoring.names import titles
from allegata.monitoring.periods import Unit, first_day_of
from allegata.monitoring.tellings import (
    Deed,
    Telling,
    copies_of,
    deeds_of,
    is_named,
    pair_of,
    telling_of,
)
from allegata.vocab import load

SERIES = ("act", "threat", "accusation", "alleged_act")
SUMMED = ("act", "threat", "accusation")
"""Series that are summed; an alleged act stands in an accusation that is counted already."""

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
        return frozenset((self.source, self.target))


_Told = tuple[tuple[str, str], Telling]
_Done = tuple[tuple[str, str], Deed]


def measure_tension(
    claims: Iterable[Claim], readings: Iterable[Reading], when: Clock, unit: Unit = "week"
) -> list[Tension]:
    """Tension by directed dyad, period, series and side, in that order. The order of claims and readings says
    nothing."""
    tellings: list[Telling] = []
    copies: set[str] = set()
    for claim in claims:
        copies |= copies_of(claim)
        if (telling := telling_of(claim, when)) is not None:
            tellings.append(telling)
    deeds = [deed for reading in readings for deed in deeds_of(reading, when)]
    every: list[Telling | Deed] = [*tellings, *deeds]
    rows = [r for r in every if pair_of(r) and is_named(r)]
    shown = titles(n for r in rows for n in (r.source, r.target))
    return [titled(t, shown) for t in measure(tellings, deeds, copies, unit)]


def titled(one: Tension, shown: Mapping[str, str]) -> Tension:
    """As `measure` gives it, with the names that the parties are shown under."""
    return replace(one, source=shown.get(one.source, one.source), target=shown.get(one.target, one.target))


def measure(
    tellings: Iterable[Telling], deeds: Iterable[Deed], copies: Collection[str], unit: Unit = "week"
) -> list[Tension]:
    """As `measure_tension`, of rows and with the keys of parties (`same_party`) for names. ``copies`` are the
    documents that only copy: they tell no act of their own."""
    told = [(pair, row) for row in tellings if (pair := pair_of(row)) is not None]
    done = [(pair, row) for row in deeds if (pair := pair_of(row)) is not None]
    parts = [p for p in (*_told(told, unit), *_done(done, copies, unit)) if p.high]
    counts = Counter[tuple[frozenset[str], str]]()
    cells: dict[tuple[str, str, str, int, Side], list[_Part]] = {}
    for part in parts:
        side: Side = "hostile" if part.intensity < 0 else "cooperative"
        key = (part.source, part.target, part.period, SERIES.index(part.series), side)
        cells.setdefault(key, []).append(part)
        if part.series != "alleged_act":  # the accusation that it stands in is counted already
            counts[part.pair, part.period] += part.point
    coverage = _coverage(told, done, unit)
    return [
        _sum(mine, side, unit, counts[mine[0].pair, period], len(coverage[mine[0].pair, period]))
        for (_, _, period, _, side), mine in sorted(cells.items(), key=lambda cell: cell[0])
    ]


def collected(
    tellings: Iterable[Telling], deeds: Iterable[Deed], copies: Collection[str], unit: Unit
) -> Counter[str]:
    """How much is told in each period, as `breaks.counted` counts what `measure` gives of these rows."""
    told = [(pair, row) for row in tellings if (pair := pair_of(row)) is not None]
    done = [(pair, row) for row in deeds if (pair := pair_of(row)) is not None]
    out = Counter[str]()
    for part in (*_told(told, unit), *_done(done, copies, unit)):
        if part.high and part.series != "alleged_act":
            out[part.period] += part.point
    return out


def _sum(parts: list[_Part], side: Side, unit: Unit, volume: int, coverage: int) -> Tension:
    """One cell of the table."""
    parts = sorted(parts, key=lambda p: (p.evidence, p.intensity, p.low, p.high))  # the draws go by place
    first = parts[0]
    value = sum(abs(p.intensity) * p.point for p in parts)
    low, high = bootstrap(
        [abs(p.intensity) for p in parts],
        [p.low for p in parts],
        [p.high for p in parts],
        "\n".join((first.source, first.target, first.period, first.series, side)),
    )
    return Tension(
        first.source,
        first.target,
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
    told: Iterable[_Told], done: Iterable[_Done], unit: Unit
) -> Mapping[tuple[frozenset[str], str], set[str]]:
    """The documents that tell anything between two parties, copies too, by pair and period."""
    out: dict[tuple[frozenset[str], str], set[str]] = defaultdict(set)
    for pair, telling in told:
        for day, document in telling.documents:
            out[frozenset(pair), first_day_of(day, unit)].add(document)
    for pair, deed in done:
        out[frozenset(pair), first_day_of(deed.day, unit)].add(deed.document)
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


def _told(told: Iterable[_Told], unit: Unit) -> Iterator[_Part]:
    """Accusations, and the acts alleged in them, in the periods their origins came in."""
    roots: Mapping[str, float] = load("intensity")["roots"]
    accusing: float = load("intensity")["modes"]["allege"]
    for pair, telling in told:
        if not is_named(telling):
            continue
        for one in telling.arrived:
            period = first_day_of(one.day, unit)
            part = _Part(
                *pair, period, "accusation", accusing, one.point, one.low, one.high, (telling.claim,)
            )
            yield part
            # help that somebody is accused of ("arms the rebels") is none to the accuser
            if telling.act is not None and roots.get(telling.act, 0.0) < 0:
                yield replace(part, series="alleged_act", intensity=roots[telling.act])


def _done(done: Iterable[_Done], copies: Collection[str], unit: Unit) -> Iterator[_Part]:
    """Acts asserted as fact. One actor doing one kind of act to one target in one period counts once, however
    many tell it; the high count is the different sentences that tell it outside of copies. Its intensity is
    the one that most tell it with, of two the greater."""
    kinds = load("intensity")["series"]
    grouped: dict[tuple[str, str, str, str], list[Deed]] = {}
    for pair, deed in done:
        if deed.document not in copies and is_named(deed):
            grouped.setdefault((*pair, deed.root, first_day_of(deed.day, unit)), []).append(deed)
    for (source, target, root, period), deeds in grouped.items():
        documents = tuple(sorted({d.document for d in deeds}))
        high = len({d.words for d in deeds})
        said = Counter(d.intensity for d in deeds)
        intensity = max(said, key=lambda one: (said[one], abs(one)))
        yield _Part(source, target, period, kinds[root], intensity, 1, 1, high, documents)
