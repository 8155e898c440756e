"""Where claims lie, as a facet: a point of the earth, no finer than its text says."""

from __future__ import annotations

import math
from dataclasses import dataclass

from allegata.model import Claim

COUNTRY = 6
"""Precision of a whole country, which has no point."""

_PARTS = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of claims. ``precision`` as in `model.Place`, ``country`` as ISO 3166 alpha-3 or empty."""

    name: str
    lat: float
    lon: float
    precision: int | None
    country: str


def spot_of(claim: Claim) -> str | None:
    """The value of the facet: "34.1230|69.2000|4|AFG|Paktika"; ``None`` where the claim has no point."""
    place = claim.place
    if place is None or place.lat is None or place.lon is None or place.precision == COUNTRY:
        return None
    if not (math.isfinite(place.lat) and math.isfinite(place.lon)):
        return None
    if abs(place.lat) > 90 or abs(place.lon) > 180:
        return None
    country = (place.country or "").replace("|", " ")
    return f"{place.lat:.4f}|{place.lon:.4f}|{place.precision or ''}|{country}|{place.name}"


def read_spot(value: str) -> Spot | None:
    """The inverse of `spot_of`; ``None`` for what is none."""
    parts = value.split("|", _PARTS - 1)
    if len(parts) != _PARTS:
        return None
    lat, lon, precision, country, name = parts
    try:
        return Spot(name, float(lat), float(lon), int(precision) if precision else None, country)
    except ValueError:
        return None
