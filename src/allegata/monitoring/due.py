"""Forecasts whose day has come: whoever foretold something by Friday can be asked on Saturday."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


def find_due(readings: Iterable[Reading], today: date) -> list[Due]:
    """The forecasts whose deadline lies before ``today``, oldest deadline first. Forecasts without a day, and
    documents without a date, are left out: nothing can be asked of them."""
    out = []
    for reading in readings:
        published = local_day(reading.document.published)
        if published is None:
            continue
        for forecast in reading.forecasts:
            if forecast.latest is not None and forecast.latest < today.isoformat():
                text = " ".join(reading.document.text[forecast.start : forecast.end].split())
                out.append(Due(reading.document.id, published.isoformat(), forecast.latest, text, forecast))
    return sorted(out, key=lambda d: (d.deadline, d.document, d.forecast.start))
