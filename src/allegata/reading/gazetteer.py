"""Places by name: 280,000 countries, administrative areas, cities, regions and seas, in flat arrays.

Names are looked up by a 64-bit hash of their folded form in one sorted array, so that nothing is parsed at
the start and memory stays small. Names from other scripts are also found by their consonants
(`place_spelling`). Made by ``training/gazetteer.py``, see ``weights/gazetteer.md``.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from allegata.reading.place_spelling import alike, skeleton

COUNTRY, ADMIN1, ADMIN2, CITY, REGION, SEA = range(6)
"""Kinds of places. ADMIN2 is anything administrative under the first level."""

MAX_NAME = 80
"""Characters of the longest name that is looked up."""

MAX_ALIKE = 200
"""Places of the same consonants that are compared."""

_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def fold(name: str) -> str:
    """A name as it is compared: small letters without accents, words parted by one space, no marks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name[:MAX_NAME]) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else "" if c in "'’ʻʿ.`" else " " for c in plain).casefold().split()
    if len(words) > 1:
        words = [_SHORT.get(w, w) for w in words[:-1]] + words[-1:]
        if words[0] == "the":
            words = words[1:]
    return " ".join(words)


def name_key(name: str) -> int:
    """The 64-bit hash of a folded name; 0 for a name without letters."""
    folded = fold(name)
    return _hash(folded) if any(c.isalpha() for c in folded) else 0


def loose_key(name: str) -> int:
    """The 64-bit hash of a name's consonants; 0 where they are too few."""
    bones = skeleton(fold(name))
    return _hash(bones) if bones else 0


def _hash(folded: str) -> int:
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer, as one name finds it. ``primary`` where that is the place's first name.

    ``lat`` and ``lon`` are not numbers (NaN) for an area that no source gives a point. ``loose`` where only
    the spelling is alike. ``within`` are rows of the areas that hold it, from the smallest to the country.
    """

    row: int
    name: str
    primary: bool
    kind: int
    lat: float
    lon: float
    geonames_id: int | None
    country: str | None
    population: int
    within: tuple[int, ...]
    loose: bool = False

    @property
    def has_point(self) -> bool:
        return not math.isnan(self.lat)


class Gazetteer:
    """Look-ups over the arrays of ``gazetteer.npz``."""

    def __init__(self, arrays: dict[str, npt.NDArray[np.generic]]) -> None:
        self._keys = arrays["keys"].astype(np.uint64)
        self._rows = arrays["rows"].astype(np.int32)
        self._primary = np.unpackbits(arrays["primary"].astype(np.uint8), count=len(self._keys)).astype(bool)
        self._loose_keys = arrays["loose_keys"].astype(np.uint64)
        self._loose_rows = arrays["loose_rows"].astype(np.int32)
        self._ids = arrays["geonames"]
        self._lat, self._lon = arrays["lat"], arrays["lon"]
        self._people, self._land = arrays["people"], arrays["land"]
        self._parent, self._kind = arrays["parent"], arrays["kind"]
        self._codes = [str(c) for c in arrays["countries"]]
        self._names = arrays["names"].tobytes()
        ends = np.flatnonzero(arrays["names"] == ord("\n"))
        self._name_at = np.concatenate([[0], ends + 1, [len(self._names) + 1]]).astype(np.int32)

    def __len__(self) -> int:
        return len(self._kind)

    def look_up(self, name: str, limit: int = 80) -> tuple[Entry, ...]:
        """Places of that name, primary names first, then by population; at most ``limit``."""
        key = name_key(name)
        if not key:
            return ()
        first, last = (
            np.searchsorted(self._keys, np.uint64(key), "left"),
            np.searchsorted(self._keys, np.uint64(key), "right"),
        )
        found = [(bool(self._primary[i]), int(self._rows[i])) for i in range(int(first), int(last))]
        found.sort(key=lambda f: (not f[0], self._kind[f[1]] != COUNTRY, -int(self._people[f[1]]), f[1]))
        return tuple(self.entry(row, primary) for primary, row in found[:limit])

    def look_up_alike(self, name: str, limit: int = 40) -> tuple[Entry, ...]:
        """Places whose name may be another spelling of this one, by population; at most ``limit``."""
        key = loose_key(name)
        if not key:
            return ()
        first = int(np.searchsorted(self._loose_keys, np.uint64(key), "left"))
        last = int(np.searchsorted(self._loose_keys, np.uint64(key), "right"))
        rows = sorted(
            {int(row) for row in self._loose_rows[first : min(last, first + MAX_ALIKE)]},
            key=lambda row: (-int(self._people[row]), row),
        )
        folded = fold(name)
        found = (self.entry(row, primary=False, loose=True) for row in rows)
        return tuple(e for e in found if alike(folded, fold(e.name)))[:limit]

    def holds(self, name: str) -> bool:
        """True where some place has that name."""
        key = name_key(name)
        at = int(np.searchsorted(self._keys, np.uint64(key)))
        return bool(key) and at < len(self._keys) and int(self._keys[at]) == key

    def entry(self, row: int, primary: bool = True, loose: bool = False) -> Entry:
        """The place of a row."""
        land = int(self._land[row])
        gid = int(self._ids[row])
        return Entry(
            row=row,
            name=self._names[self._name_at[row] : self._name_at[row + 1] - 1].decode(),
            primary=primary,
            kind=int(self._kind[row]),
            lat=round(float(self._lat[row]), 5),
            lon=round(float(self._lon[row]), 5),
            geonames_id=gid or None,
            country=self._codes[land] if land >= 0 else None,
            population=int(self._people[row]),
            within=self._within(row),
            loose=loose,
        )

    def _within(self, row: int) -> tuple[int, ...]:
        areas: list[int] = []
        parent = int(self._parent[row])
        while parent >= 0 and len(areas) < 8:
            areas.append(parent)
            parent = int(self._parent[parent])
        return tuple(areas)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once a process."""
    with (
        resources.files("allegata.reading").joinpath("weights/gazetteer.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as held,
    ):
        return Gazetteer({name: held[name] for name in held.files})
