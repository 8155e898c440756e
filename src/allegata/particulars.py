"""Parts of the words of `model`: when something was, whom a name means, which places it may mean, and what
persons hold of claims and sources."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was, in the words of ``[start, end)``.

    ``earliest`` and ``latest`` are the ISO days that the words allow, ``None`` where they set none ("before
    the vote"). ``precision``: how exact the words are: "day", "week", "month" or "year"; ``None`` where
    they set no days, or more than a year.
    """

    start: int
    end: int
    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a party's name means, as far as its words and lists tell; no person has looked at it.

    ``id`` is the same for all spellings: "AFG", "AFG-GOV-foreign", "hamas"; where the name is not known it is
    the name itself after "name:". ``country`` is ISO 3166 alpha-3; where several are possible it is ``None``
    and they are the ``candidates``. ``sector`` is PLOVER's (GOV, MIL, REB, MED, ...), ``None`` for a country
    as such, ``office`` what it holds there ("foreign").
    """

    id: str
    country: str | None = None
    sector: str | None = None
    office: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that a name may mean. ``score`` is from 0 to 1, over all that it may mean 1 together."""

    name: str
    score: float
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a person holds of a Claim; the machine never says so, and nothing averages two of them.

    ``credibility`` is an Admiralty figure (1 to 6), ``likelihood`` a band of ICD 203's words, ``confidence``
    how sure the person is of the assessment itself ("low", "moderate", "high"), ``alternatives`` what else
    was considered. ``origins`` is the interval at which the Claim stood then. ``number`` is that of the
    Judgement that keeps it.
    """

    number: int
    person: str
    at: str
    claim: str
    credibility: int | None
    likelihood: str | None
    confidence: str | None
    alternatives: tuple[str, ...]
    note: str
    origins: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """How reliable a person holds a Source to be: an Admiralty letter, A to F, with the reason."""

    number: int
    person: str
    at: str
    source: str
    letter: str
    reason: str
