"""Forecasts whose day has come: whoever foretold something by Friday can be asked on Saturday."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allegata.model import Forecast, Reading
from allegata.monitoring.moments import local_day


@dataclass(frozen=True, slots=True)
class Due:
    """A Forecast with the last day on which it could come true, and its words."""

    document: str
    published: str
    deadline: str
    text: str
    forecast: Forecast


def dues_of(reading: Reading) -> Iterator[Due]:
    """What a Reading foretells by a day. Forecasts without one, and documents without a date, are left out:
    nothing can be asked of them."""
    document = reading.document
    published = local_day(document.published)
    if published is None:
        return
    for forecast in reading.forecasts:
        if forecast.latest is not None:
            text = " ".join(document.text[forecast.start : forecast.end].split())
            yield Due(document.id, published.isoformat(), forecast.latest, text, forecast)
