"""What persons hold of Claims and Sources, as Judgements keep it: Admiralty figures and letters, and the
likelihood words of ICD 203.

Linking does not obey these: they stand beside the machine's counts and change none. Their subjects are JSON:

    assessment  [claim id, PASSAGE]     the value is JSON too: credibility, likelihood, confidence, ...
    grade       [name of a source]      the value is a letter, A to F

An assessment names its Claim by the id and by a passage that told it (as `decisions` has them), by which it
is found again where the Claim moved. What another person assesses replaces nothing: each keeps their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from allegata.linking.credits import fold
from allegata.model import Assessment, Claim, Grade, Judgement
from allegata.vocab import load

ASSESSMENT, GRADE = "assessment", "grade"
OPINIONS = (ASSESSMENT, GRADE)
"""Kinds of Judgements that linking does not obey."""

ORIGINS_OF_CONFIRMED = 2
"""Origins that are certainly distinct without which nothing is confirmed by other sources."""


@cache
def credibilities() -> Mapping[int, tuple[str, str]]:
    """Admiralty figure -> (what it is called, what it means)."""
    return {c["figure"]: (c["name"], c["means"]) for c in load("admiralty")["credibility"]}


@cache
def reliabilities() -> Mapping[str, tuple[str, str]]:
    """Admiralty letter -> (what it is called, what it means)."""
    return {r["letter"]: (r["name"], r["means"]) for r in load("admiralty")["reliability"]}


@cache
def confidences() -> Mapping[str, str]:
    return {c["name"]: c["means"] for c in load("admiralty")["confidence"]}


@cache
def likelihoods() -> Mapping[str, tuple[int, int]]:
    """ICD 203's words -> the range that is understood by them, in per cent."""
    return {b["name"]: (b["percent"][0], b["percent"][1]) for b in load("likelihood")["band"]}


def head(source: str) -> str:
    """The name without those who speak for it: "Government of Pakistan (Sidra Alvi)"."""
    return source.split(" (")[0]


def assessment_of(j: Judgement) -> Assessment | None:
    """The Assessment that a Judgement keeps; ``None`` where it keeps none, or cannot be read."""
    if j.kind != ASSESSMENT or j.undoes is not None:
        return None
    try:
        claim, given = json.loads(j.subject)[0], json.loads(j.value)
        origins = given.get("origins")
        return Assessment(
            j.id,
            j.person,
            j.at,
            str(claim),
            given.get("credibility"),
            given.get("likelihood"),
            given.get("confidence"),
            tuple(map(str, given.get("alternatives", ()))),
            j.reason,
            (int(origins[0]), int(origins[1])) if origins else None,
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def grade_of(j: Judgement) -> Grade | None:
    """The Grade that a Judgement keeps; ``None`` where it keeps none, or cannot be read."""
    if j.kind != GRADE or j.undoes is not None:
        return None
    try:
        (source,) = json.loads(j.subject)
    except (ValueError, TypeError, RecursionError):
        return None
    return Grade(j.id, j.person, j.at, str(source), j.value, j.reason)


def matter_of(j: Judgement) -> tuple[str, str]:
    """What an opinion is about: a person's on one Claim or Source is one matter, whatever else it says."""
    try:
        about = str(json.loads(j.subject)[0])
    except (ValueError, TypeError, LookupError, RecursionError):
        about = j.subject
    return j.kind, json.dumps([j.person, fold(about) if j.kind == GRADE else about])


def is_about(j: Judgement, claim: Claim, known: Iterable[str] = ()) -> bool:
    """Whether an assessment is one of ``claim``: by its id, or where no claim of ``known`` has that id any
    more, by the passage that it names."""
    try:
        claim_id, place = json.loads(j.subject)
        if claim_id == claim.id:
            return True
        if claim_id in known or not place:
            return False
        document, start, end = str(place[0]), int(place[1]), int(place[2])
    except (ValueError, TypeError, LookupError, RecursionError):
        return False
    passages = (p for m in claim.mentions for p in m.passages)
    return any(p.document == document and p.start < end and start < p.end for p in passages)


def in_words(j: Judgement) -> str | None:
    """An opinion as a sentence without its full stop; ``None`` for other Judgements."""
    held, grade = assessment_of(j), grade_of(j)
    if held is not None:
        return f"claim {held.claim} is assessed: {said(held)}"
    if grade is not None:
        return f"{grade.source} is graded {graded(grade.letter)}"
    return None


def said(a: Assessment) -> str:
    """What an Assessment says, each part for itself: "credibility 2, probably true; likely (55–80 %)"."""
    parts = []
    if a.credibility is not None:
        parts.append(f"credibility {a.credibility}, {credibilities().get(a.credibility, ('', ''))[0]}")
    if a.likelihood:
        low, high = likelihoods().get(a.likelihood, (0, 100))
        parts.append(f"{a.likelihood} ({low}–{high} %)")
    if a.confidence:
        parts.append(f"confidence {a.confidence}")
    if a.alternatives:
        parts.append("considered: " + "; ".join(a.alternatives))
    return "; ".join(parts)


def graded(letter: str) -> str:
    """ "B, usually reliable"."""
    return f"{letter}, {reliabilities().get(letter, ('unknown', ''))[0]}"


def newest_each(grades: Sequence[Grade]) -> list[Grade]:
    """The newest Grade of each person, newest first."""
    newest: dict[str, Grade] = {}
    for grade in sorted(grades, key=lambda g: g.number):
        newest[grade.person] = grade
    return sorted(newest.values(), key=lambda g: -g.number)


def plain_value(values: Mapping[str, Any]) -> str:
    """What is kept of an Assessment: nothing that is empty."""
    return json.dumps({k: v for k, v in values.items() if v}, ensure_ascii=False)
