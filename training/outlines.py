"""Builds ``web/outlines.json``, the outlines of countries that the maps draw, from Natural Earth.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python training/outlines.py package/countries-50m.json

Natural Earth (public domain) at 1:50 million, as the npm package `world-atlas` 2.0.2 (ISC licence) has it, in
TopoJSON. There an arc that two countries share is stored once, so that a border can be drawn in its own way.
Arcs are simplified and rounded to hundredths of a degree. Which of them are contested stands in `CONTESTED`,
and by whom; what lies inside of one country there (Abkhazia, the front in Ukraine) or at sea has no line.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from allegata.vocab.countries import country_of

OUT = Path(__file__).parent.parent / "src" / "allegata" / "web" / "outlines.json"

SCALE = 100
"""Steps of a degree."""
TOLERANCE = 0.017
"""Degrees by which a simplified line may lie beside the true one: a pixel of a small map of 5 degrees."""
SMALLEST = 0.006
"""Square degrees of an island that is still drawn, where its country has a greater one."""
SOUTH = -60.0
"""Antarctica is left out."""

CODES = {
    "Marshall Is.": "MHL", "N. Mariana Is.": "MNP", "U.S. Virgin Is.": "VIR", "S. Geo. and the Is.": "SGS",
    "Br. Indian Ocean Ter.": "IOT", "Pitcairn Is.": "PCN", "Falkland Is.": "FLK", "Cayman Is.": "CYM",
    "British Virgin Is.": "VGB", "Turks and Caicos Is.": "TCA", "S. Sudan": "SSD", "Solomon Is.": "SLB",
    "St. Vin. and Gren.": "VCT", "Cook Is.": "COK", "W. Sahara": "ESH", "Wallis and Futuna Is.": "WLF",
    "St-Martin": "MAF", "St-Barthélemy": "BLM", "Fr. Polynesia": "PYF", "Fr. S. Antarctic Lands": "ATF",
    "Eq. Guinea": "GNQ", "Dominican Rep.": "DOM", "Faeroe Is.": "FRO", "Dem. Rep. Congo": "COD",
    "Central African Rep.": "CAF", "Bosnia and Herz.": "BIH", "Heard I. and McDonald Is.": "HMD",
    "Antigua and Barb.": "ATG", "Indian Ocean Ter.": "CXR", "Ashmore and Cartier Is.": "AUS",
    # no country of ISO 3166: drawn with a code of their own, filled as the state that is recognised there
    "Somaliland": "SOM-L", "N. Cyprus": "CYP-N", "Siachen Glacier": "IND-S",
}  # fmt: skip
"""Names of the source that the vocabulary does not know."""

EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)
CONTESTED: tuple[tuple[str, str, tuple[float, float, float, float], str], ...] = (
    ("IND", "PAK", (73.5, 32.9, 78.0, 36.0), "Line of Control in Kashmir (India, Pakistan)"),
    ("IND", "IND-S", EVERYWHERE, "Siachen Glacier (India, Pakistan)"),
    ("PAK", "IND-S", EVERYWHERE, "Siachen Glacier (India, Pakistan)"),
    ("CHN", "IND-S", EVERYWHERE, "Siachen Glacier (India, Pakistan)"),
    ("CHN", "PAK", EVERYWHERE, "Shaksgam (India does not recognise the line of China and Pakistan)"),
    ("CHN", "IND", (76.0, 31.0, 80.5, 36.0), "Line of Actual Control at Aksai Chin (China, India)"),
    ("CHN", "IND", (91.5, 27.0, 98.0, 30.0), "McMahon Line (China, India)"),
    ("AFG", "PAK", EVERYWHERE, "Durand Line (Afghanistan does not recognise it)"),
    ("RUS", "UKR", (32.0, 45.0, 36.0, 46.5), "Crimea (Ukraine, Russia)"),
    ("MAR", "ESH", EVERYWHERE, "Western Sahara (Morocco, Polisario)"),
    ("SOM", "SOM-L", EVERYWHERE, "Somaliland (not recognised)"),
    ("CYP", "CYP-N", EVERYWHERE, "Northern Cyprus (recognised by Turkey alone)"),
    ("SRB", "XKX", EVERYWHERE, "Kosovo (Serbia does not recognise it)"),
    ("ISR", "PSE", EVERYWHERE, "Armistice line of 1949 (Israel, Palestine)"),
    ("ISR", "SYR", EVERYWHERE, "Golan Heights (Israel, Syria)"),
    ("KOR", "PRK", EVERYWHERE, "Armistice line of 1953 (North Korea, South Korea)"),
    ("SDN", "SSD", (27.5, 9.2, 29.2, 10.6), "Abyei (Sudan, South Sudan)"),
    ("EGY", "SDN", (33.0, 21.5, 37.5, 23.5), "Halaib (Egypt, Sudan)"),
    ("KEN", "SSD", EVERYWHERE, "Ilemi (Kenya, South Sudan)"),
    ("GUY", "VEN", EVERYWHERE, "Essequibo (Venezuela, Guyana)"),
    ("BLZ", "GTM", EVERYWHERE, "Belize (Guatemala, Belize)"),
    ("ARG", "CHL", (-74.0, -51.0, -72.5, -49.0), "Southern Patagonian Ice Field (Argentina, Chile)"),
)
"""(country, country, the part of their border as west, south, east, north, name and who contests it)."""

Point = tuple[float, float]
Ring = list[int]
"""Arcs in order; ``~n`` is arc n backwards, as in TopoJSON."""


def read_arcs(world: dict[str, Any]) -> list[list[Point]]:
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for deltas in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def rings_of(geometry: dict[str, Any]) -> list[Ring]:
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    return [ring for polygon in geometry["arcs"] for ring in polygon]


def simplify(points: list[Point]) -> list[Point]:
    """Douglas and Peucker, without recursion. The ends stay; of a closed line the farthest point too."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        worst, at = TOLERANCE, None
        for i in range(first + 1, last):
            px, py = points[i]
            if length:
                off = abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length
            else:
                off = ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
            if off > worst:
                worst, at = off, i
        if at is not None:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def cut(points: list[Point], box: tuple[float, float, float, float]) -> list[tuple[bool, list[Point]]]:
    """The line in pieces that lie in the box or outside of it."""
    west, south, east, north = box
    pieces: list[tuple[bool, list[Point]]] = []
    for a, b in pairwise(points):
        x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
        inside = west <= x <= east and south <= y <= north
        if pieces and pieces[-1][0] == inside:
            pieces[-1][1].append(b)
        else:
            pieces.append((inside, [a, b]))
    return pieces


def area(points: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]]))) / 2


class Topology:
    """Arcs and rings, with arcs cut where a contested stretch begins."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.arcs = read_arcs(world)
        self.rings: dict[str, list[Ring]] = defaultdict(list)
        for geometry in world["objects"]["countries"]["geometries"]:
            name = geometry["properties"]["name"]
            code = CODES.get(name) or country_of(name)
            if code is None:
                sys.exit(f"no code for {name}: put it into CODES")
            if code != "ATA":
                self.rings[code] += rings_of(geometry)
        self.owners: dict[int, set[str]] = defaultdict(set)
        for code, rings in self.rings.items():
            for ring in rings:
                for arc in ring:
                    self.owners[arc if arc >= 0 else ~arc].add(code)
        self.contested: dict[str, list[int]] = defaultdict(list)
        self.parts: dict[int, list[int]] = {}

    def cut_contested(self) -> None:
        for one, other, box, name in CONTESTED:
            for arc in [a for a, owners in self.owners.items() if owners == {one, other}]:
                pieces = cut(self.arcs[arc], box)
                if not any(inside for inside, _ in pieces):
                    continue
                numbers = []
                for inside, points in pieces:
                    numbers.append(self._new_arc(points))
                    self.owners[numbers[-1]] = {one, other}
                    if inside:
                        self.contested[name].append(numbers[-1])
                del self.owners[arc]
                self.parts[arc] = numbers
            if not self.contested[name]:
                sys.exit(f"no border is found for {name}")
        for rings in self.rings.values():
            rings[:] = [[part for arc in ring for part in self._parts(arc)] for ring in rings]

    def _parts(self, arc: int) -> list[int]:
        number = arc if arc >= 0 else ~arc
        if number not in self.parts:
            return [arc]
        found = [p for part in self.parts[number] for p in self._parts(part)]
        return found if arc >= 0 else [~p for p in reversed(found)]

    def cut_date_line(self) -> None:
        """Cut rings at 180 degrees: the source has them go on beyond it."""
        for rings in self.rings.values():
            rings[:] = [part for ring in rings for part in self._halves(ring)]

    def _halves(self, ring: Ring) -> list[Ring]:
        """The ring, or its parts east and west of the date line."""
        runs: list[Ring] = [[]]
        for arc in ring:
            if all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(self.arcs[arc if arc >= 0 else ~arc])):
                runs[-1].append(arc)
                continue
            points = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
            piece = [points[0]]
            for a, b in pairwise(points):
                if abs(a[0] - b[0]) > 180:
                    side = 180.0 if a[0] > 0 else -180.0
                    span = b[0] + 2 * side - a[0]
                    lat = a[1] + (b[1] - a[1]) * ((side - a[0]) / span if span else 0.0)
                    runs[-1].append(self._new_arc([*piece, (side, lat)]))
                    runs.append([])
                    piece = [(-side, lat)]
                piece.append(b)
            runs[-1].append(self._new_arc(piece))
        if len(runs) == 1:
            return runs
        if len(runs) != 3:
            sys.exit(f"a ring meets the date line {len(runs) - 1} times: only 0 and 2 are known")
        return [runs[2] + runs[0], runs[1]]

    def _new_arc(self, points: list[Point]) -> int:
        self.arcs.append(points)
        return len(self.arcs) - 1

    def drop_small(self) -> None:
        """Leave out islands that no map shows, and what lies in the Antarctic."""
        for rings in self.rings.values():
            sized = []
            for ring in rings:
                points = [p for arc in ring for p in self.arcs[arc if arc >= 0 else ~arc]]
                if max(y for _, y in points) > SOUTH:
                    sized.append((area(points), ring))
            greatest = max((size for size, _ in sized), default=0.0)
            rings[:] = [ring for size, ring in sized if size >= SMALLEST or size == greatest]


def write(topology: Topology) -> None:
    used = sorted({a if a >= 0 else ~a for rings in topology.rings.values() for ring in rings for a in ring})
    number = {arc: i for i, arc in enumerate(used)}
    arcs = []
    for arc in used:
        deltas: list[int] = []
        x = y = 0
        for px, py in simplify(topology.arcs[arc]):
            nx, ny = round(px * SCALE), round(py * SCALE)
            if not deltas or (nx, ny) != (x, y):
                deltas += [nx - x, ny - y]
            x, y = nx, ny
        arcs.append(deltas)
    plain = {
        "source": "Natural Earth 1:50m (public domain), by way of world-atlas 2.0.2 (training/outlines.py)",
        "scale": SCALE,
        "arcs": arcs,
        "countries": {
            code: [[number[a] if a >= 0 else ~number[~a] for a in ring] for ring in rings]
            for code, rings in sorted(topology.rings.items())
        },
        "contested": [[name, [number[a] for a in found]] for name, found in topology.contested.items()],
    }
    OUT.write_text(json.dumps(plain, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    points = sum(len(a) // 2 for a in arcs)
    print(f"{OUT.name}: {len(arcs)} arcs, {points} points, {OUT.stat().st_size / 1000:.0f} kB")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python training/outlines.py package/countries-50m.json")
    topology = Topology(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    topology.cut_contested()
    topology.cut_date_line()
    topology.drop_small()
    write(topology)


if __name__ == "__main__":
    main()
