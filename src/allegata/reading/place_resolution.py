"""Which place of the gazetteer a mention means: what is said to hold it, what else is named, how big it is.

All mentions of one name in a document mean one place. The first round goes by peoples, unambiguous names and
containment, the later ones also by the places that the round before found.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from allegata.reading.gazetteer import ADMIN1, ADMIN2, CITY, COUNTRY, REGION, SEA, Entry, fold, gazetteer
from allegata.reading.place_mentions import AREA, PEOPLE, TOWN, PlaceMention
from allegata.reading.place_names import looked_up_as, people_of
from allegata.reading.place_spelling import SCRIPTS
from allegata.vocab.countries import country_of, country_of_capital

MAX_NAMES = 400
"""Different names of one document that are resolved; the rest stay unresolved."""

# these weights were set on the development halves of LGL, TR-News and GeoWebNews; figures are flat about them
SIZE = 0.5
"""Weight of the decimal logarithm of the population."""
KIND = {COUNTRY: 2.5, REGION: 4.0, SEA: 4.0, ADMIN1: 1.2, ADMIN2: -0.6, CITY: 0.0}
ALIAS = {COUNTRY: 0.0, REGION: 0.0, SEA: 0.0, ADMIN1: -3.0, ADMIN2: -0.6, CITY: -1.5}
CAPITAL = 2.0
NAMESAKE = -1.5
"""For an area that is called like a town in it, which is mostly what is meant: Idlib, Dar es Salaam."""
SEAT, SEAT_KM = 1.5, 40.0
"""For a town with a district about it that has its name; counties of the US are rarely so called."""
POINTLESS = -2.5
"""For an area that the gazetteer has no point of."""
HINTED, MISSED_HINT = 3.0, -2.0
CONTAINED, NOT_CONTAINED = 6.0, -4.0
IN_COUNTRY, IN_AREA, CLOSE = 2.6, 1.6, 1.6
CLOSE_KM = 120.0
EARTH_KM = 6371.0
ROUNDS = 3
LARGE = 20_000
"""People of a town that a facility may be named after without the text saying so."""
MAX_CANDIDATES = 5
"""Places that a name may mean which are told."""
MAX_POINTS = 40
"""Places found that a candidate's distance is taken to."""


@dataclass(slots=True)
class _Name:
    """All mentions of one name: its candidates, and what the text says about it."""

    candidates: tuple[Entry, ...]
    count: int = 0
    people: bool = False
    kinds: Counter[str] = field(default_factory=Counter)
    holders: set[str] = field(default_factory=set)
    chosen: Entry | None = None
    scored: list[tuple[float, Entry]] = field(default_factory=list)


@dataclass(slots=True)
class _Context:
    """What the text's names speak for: weights by country and by area, whose they are, and points found."""

    countries: dict[str, float]
    areas: dict[int, float]
    given: dict[str, tuple[float, str | None, tuple[int, ...]]]
    points: list[tuple[float, float, str]]

    def of_country(self, key: str, code: str) -> float:
        """From 0 to 1: how much the other names speak for a country."""
        weight, own, _ = self.given.get(key, (0.0, None, ()))
        total = sum(self.countries.values()) - weight
        return (
            (self.countries.get(code, 0.0) - (weight if own == code else 0.0)) / total if total > 0 else 0.0
        )

    def of_area(self, key: str, row: int) -> float:
        """From 0 to 1: how much the other names speak for an area. One name beside it makes a half."""
        weight, _, own = self.given.get(key, (0.0, None, ()))
        others = self.areas.get(row, 0.0) - (weight if row in own else 0.0)
        return others / (others + 1.0) if others > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entry of a mention, if any, and the likeliest of all that it may mean, each with its weight from 0
    to 1, the best first; none where it can mean one only."""

    entry: Entry | None
    candidates: tuple[tuple[float, Entry], ...] = ()


def resolve(mentions: Sequence[PlaceMention]) -> list[Resolved]:
    """The gazetteer's entry for each mention; peoples and governments tell what the text is about."""
    names: dict[str, _Name] = {}
    for mention in mentions:
        key = fold(mention.name)
        if key not in names:
            if len(names) >= MAX_NAMES:
                continue
            names[key] = _Name(_candidates(mention) or (_town_of(mention.name) if mention.facility else ()))
        name = names[key]
        name.count += 1
        name.people = mention.use == PEOPLE
        if mention.kind:
            name.kinds[mention.kind] += 1
        if mention.within is not None and _may_hold(mentions[mention.within].name, name):
            name.holders.add(fold(mentions[mention.within].name))
    for _ in range(ROUNDS):
        context = _context(names)
        for key, name in names.items():
            name.chosen = _best(key, name, names, context)
    candidates = {key: _candidates_of(name) for key, name in names.items()}
    out = []
    for mention in mentions:
        key = fold(mention.name)
        out.append(Resolved(_of_mention(mention, names.get(key)), candidates.get(key, ())))
    return out


def _candidates_of(name: _Name) -> tuple[tuple[float, Entry], ...]:
    """The likeliest places of a name, by the scores of the last round: what one score leads another by is the
    logarithm of how much likelier it is."""
    if len(name.scored) < 2:
        return ()
    best = max(score for score, _ in name.scored)
    weights = [(math.exp(score - best), entry) for score, entry in name.scored]
    total = sum(weight for weight, _ in weights)
    ranked = sorted(weights, key=lambda w: (-w[0], w[1].row))[:MAX_CANDIDATES]
    return tuple((weight / total, entry) for weight, entry in ranked)


def _of_mention(mention: PlaceMention, name: _Name | None) -> Entry | None:
    """A mention's own kind may differ from the others' of its name: "Idlib province", "the city of Idlib"."""
    if name is None or name.chosen is None:
        return None
    chosen = name.chosen
    wanted = {AREA: (ADMIN1, ADMIN2), TOWN: (CITY,)}.get(mention.kind or "", ())
    if not wanted or chosen.kind in wanted:
        return chosen
    alike = [
        c
        for c in name.candidates
        if c.kind in wanted and _distance(c, (chosen.lat, chosen.lon)) < 2 * CLOSE_KM
    ]
    return alike[0] if alike else chosen


def _may_hold(holder: str, name: _Name) -> bool:
    """False for "Mexico, the US": a country holds another's name only where it has an area of that name."""
    country = country_of(holder)
    if country is None or not any(c.kind == COUNTRY for c in name.candidates):
        return True
    return any(c.kind == ADMIN1 and c.primary and c.country == country for c in name.candidates)


def _candidates(mention: PlaceMention) -> tuple[Entry, ...]:
    people = people_of(mention.name) if mention.use == PEOPLE else None
    names = [people] if people else looked_up_as(mention.name)
    for name in names:
        found = gazetteer().look_up(name)
        if found:
            return found[:1] if people else found
    return gazetteer().look_up_alike(mention.name)


def _town_of(facility: str) -> tuple[Entry, ...]:
    """Cities that a facility's name opens with: "Manila Cathedral", and not "France Stadium"."""
    words = facility.split()
    for end in range(len(words) - 1, 0, -1):
        found = tuple(
            e for e in gazetteer().look_up(" ".join(words[:end])) if e.kind == CITY and e.population > LARGE
        )
        if found:
            return found
    return ()


def _context(names: dict[str, _Name]) -> _Context:
    """What the text is about: peoples it names, countries, and the places of the round before."""
    context = _Context(defaultdict(float), defaultdict(float), {}, [])
    for key, name in names.items():
        entry = name.chosen
        if entry is None and len(name.candidates) == 1 and name.candidates[0].kind in (COUNTRY, ADMIN1):
            entry = name.candidates[0]
        if entry is None or entry.kind in (REGION, SEA):
            continue
        weight = math.sqrt(name.count) * (0.5 if name.people else 1.0)
        areas = (entry.row, *entry.within)
        context.given[key] = (weight, entry.country, areas)
        if entry.country:
            context.countries[entry.country] += weight
        for row in areas:
            context.areas[row] += weight
        if entry.kind in (CITY, ADMIN2) and entry.has_point:
            context.points.append((entry.lat, entry.lon, key))
    del context.points[MAX_POINTS:]
    return context


def _best(key: str, name: _Name, names: dict[str, _Name], context: _Context) -> Entry | None:
    if not name.candidates:
        return None
    holders = [h for h in (names.get(k) for k in name.holders) if h is not None and h.candidates]
    name.scored = [(_score(key, c, name, holders, context), c) for c in name.candidates]
    return max(name.scored, key=lambda s: (s[0], -s[1].row))[1]


def _score(key: str, entry: Entry, name: _Name, holders: list[_Name], context: _Context) -> float:
    score = KIND[entry.kind] + SIZE * math.log10(entry.population + 10)
    if not entry.primary:
        score += ALIAS[entry.kind]
    if entry.kind == CITY and entry.country and country_of_capital(entry.name) == entry.country:
        score += CAPITAL
    if not entry.has_point:
        score += POINTLESS
    if (
        entry.kind == CITY
        and entry.country in SCRIPTS
        and any(
            c.kind == ADMIN2 and c.country == entry.country and _distance(c, (entry.lat, entry.lon)) < SEAT_KM
            for c in name.candidates
        )
    ):
        score += SEAT
    score += _hint(entry, name)
    if entry.kind == ADMIN1 and any(
        c.kind == CITY and c.primary and entry.row in c.within for c in name.candidates
    ):
        score += NAMESAKE
    if holders:
        score += CONTAINED if any(_holds(holder, entry) for holder in holders) else NOT_CONTAINED
    if entry.country and entry.kind not in (REGION, SEA):
        score += IN_COUNTRY * context.of_country(key, entry.country)
    if entry.kind in (COUNTRY, REGION, SEA):
        return score
    areas = [context.of_area(key, row) for row in entry.within[:-1]]
    score += IN_AREA * max(areas, default=0.0)
    near = [_distance(entry, (lat, lon)) for lat, lon, other in context.points if other != key]
    if near and entry.has_point:
        score += CLOSE * math.exp(-min(near) / CLOSE_KM)
    return score


def _hint(entry: Entry, name: _Name) -> float:
    """Agreement with the kind that the text gives, weighed by how often it does."""
    score = 0.0
    for kind, wanted in ((AREA, (ADMIN1, ADMIN2)), (TOWN, (CITY,))):
        if name.kinds[kind] and entry.kind not in (COUNTRY, REGION, SEA):
            score += (HINTED if entry.kind in wanted else MISSED_HINT) * name.kinds[kind] / name.count
    return score


def _holds(holder: _Name, entry: Entry) -> bool:
    """True where some place of the holder's name holds the entry (the chosen one, once there is one)."""
    places = [holder.chosen] if holder.chosen is not None else holder.candidates
    return any(place.row in entry.within for place in places) or (
        any(place.row in entry.within for place in holder.candidates if place.kind in (COUNTRY, ADMIN1))
    )


def _distance(entry: Entry, point: tuple[float, float]) -> float:
    """Kilometres between a place and (latitude, longitude); infinite for a place without a point."""
    if not entry.has_point:
        return math.inf
    a, b, c, d = map(math.radians, (entry.lat, entry.lon, *point))
    x = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(x)))
