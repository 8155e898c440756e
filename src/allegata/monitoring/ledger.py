"""The ledger of forecasts: who foretold what by when, how it was decided, and how often they were right.

A forecast counts only when it is registered: with an event, a deadline, and the rule that decides it. The
machine suggests them from the text; a person completes them. All else is speculation and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from allegata.model import Forecast, Reading, Span
from allegata.monitoring.names import party, same_name
from allegata.vocab import load

SPECULATION = "speculation, not counted"

OUTCOMES = ("yes", "no", "void")
"""Void: the condition did not come about, or the rule cannot decide it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a Document foretells, as far as its words say it. ``missing`` is what a person has to add."""

    document: str
    start: int
    end: int
    text: str
    event: str | None
    condition: str | None
    source: str | None
    deadline: str | None
    probability: float | None
    rule: str | None
    missing: tuple[str, ...]
    status: str = SPECULATION


@dataclass(frozen=True, slots=True)
class Registered:
    """A forecast that counts. ``probability`` (0 to 1) is ``None`` where the source gave no likelihood; the
    document and its span are where it was said."""

    event: str
    deadline: str
    rule: str
    source: str
    person: str
    reason: str
    condition: str | None = None
    probability: float | None = None
    document: str | None = None
    start: int | None = None
    end: int | None = None
    at: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a forecast came out, with what shows it, by a person."""

    forecast: int
    outcome: Literal["yes", "no", "void"]
    evidence: str
    person: str
    reason: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A source's record. ``brier`` is the mean of (probability - outcome)² over the ``scored`` forecasts:
    those that were decided and carried a likelihood. 0 is perfect, 0.25 is what "half and half" always
    gets."""

    source: str
    registered: int
    decided: int
    void: int
    open: int
    scored: int
    brier: float | None


def probability_of(likelihood: str | None) -> float | None:
    """The middle of a band of likelihood words, as a share."""
    for band in load("likelihood")["band"]:
        if band["name"] == likelihood:
            low, high = band["percent"]
            return float(low + high) / 200
    return None


def suggest(readings: Iterable[Reading]) -> list[Suggestion]:
    """A Suggestion for each forecast of the readings, earliest deadline first, those without one last."""
    found = [_suggestion(reading, forecast) for reading in readings for forecast in reading.forecasts]
    return sorted(found, key=lambda s: (s.deadline is None, s.deadline or "", s.document, s.start))


def _suggestion(reading: Reading, forecast: Forecast) -> Suggestion:
    text, document = reading.document.text, reading.document
    event, condition = _words(text, forecast.consequence), _words(text, forecast.condition)
    source = forecast.speaker or document.author or document.outlet
    rule = None
    if event and forecast.latest:
        rule = f"yes where an independent origin reports by {forecast.latest} that it happened; else no"
    missing = [
        name
        for name, value in (("event", event), ("deadline", forecast.latest), ("source", source))
        if not value
    ]
    return Suggestion(
        document.id,
        forecast.start,
        forecast.end,
        " ".join(text[forecast.start : forecast.end].split()),
        event,
        condition,
        source,
        forecast.latest,
        probability_of(forecast.likelihood),
        rule,
        (*missing, "rule, confirmed by a person"),
    )


def _words(text: str, span: Span | None) -> str | None:
    return " ".join(text[span[0] : span[1]].split()) or None if span else None


def check(forecast: Registered) -> Registered:
    """The forecast with its parts in order. ValueError, in one line, where it cannot be registered."""
    for name, value in (("event", forecast.event), ("deadline", forecast.deadline), ("rule", forecast.rule)):
        if not value.strip():
            raise ValueError(f"a forecast without its {name} is {SPECULATION}: give the {name}")
    if not forecast.source.strip():
        raise ValueError("nobody is named who foretold it: give the source")
    try:
        date.fromisoformat(forecast.deadline)
    except ValueError:
        raise ValueError(
            f'the deadline is no date: "{forecast.deadline[:40]}"; give one like 2026-03-31'
        ) from None
    if forecast.probability is not None and not 0 <= forecast.probability <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not at {forecast.probability:g}")
    return forecast


def find_open(
    registered: Iterable[Registered], outcomes: Mapping[int, Outcome], today: date
) -> list[Registered]:
    """Forecasts whose deadline lies before ``today`` and that nobody has decided, oldest deadline first."""
    due = [f for f in registered if f.number not in outcomes and f.deadline < today.isoformat()]
    return sorted(due, key=lambda f: (f.deadline, f.number))


def records(registered: Iterable[Registered], outcomes: Mapping[int, Outcome]) -> list[Record]:
    """One Record a source, most forecasts first."""
    grouped: dict[str, list[Registered]] = {}
    for forecast in registered:
        grouped.setdefault(same_name(forecast.source), []).append(forecast)
    out = []
    for forecasts in grouped.values():
        given = [(f, outcomes[f.number].outcome) for f in forecasts if f.number in outcomes]
        decided = [(f, o == "yes") for f, o in given if o != "void"]
        errors = [(f.probability - came) ** 2 for f, came in decided if f.probability is not None]
        out.append(
            Record(
                party(forecasts[0].source),
                len(forecasts),
                len(decided),
                len(given) - len(decided),
                len(forecasts) - len(given),
                len(errors),
                round(sum(errors) / len(errors), 6) if errors else None,
            )
        )
    return sorted(out, key=lambda r: (-r.registered, r.source))
