"""The review: questions about claims one after the other, and what persons answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from allegata.linking.decisions import VALUES, Name, matter, standing, undone
from allegata.linking.doubts import Doubt
from allegata.model import STANCES, Claim, Judgement, Passage

Naming = Callable[[str], str]
"""A document's id to how it is called."""


def values_of(doubt: Doubt) -> tuple[str, ...]:
    """What can be answered, that first which says yes."""
    order = {"edge": ("yes", "no"), "stance": (doubt.stands, *(s for s in STANCES if s != doubt.stands))}
    return order.get(doubt.kind, VALUES[doubt.kind][:2])


def in_question(doubt: Doubt, called: Naming, claim: Claim | None = None) -> str:
    """The question in words. ``claim``, the one it is about, tells who responds."""
    subject: Any = json.loads(doubt.subject)
    match doubt.kind:
        case "edge":
            return f"Did {called(subject[1])} have it from {called(subject[0])}?"
        case "source":
            first, second = (_name(Name(*n), called) for n in subject)
            return f"Are {first} and {second} one source?"
        case "claim":
            return f"Do {called(subject[0][0])} and {called(subject[1][0])} tell one claim here?"
        case "origin":
            return f"Does {called(subject[0])} know this itself?"
    at = tuple(subject[:3])
    who = next(
        (r.source for r in (claim.responses if claim else ()) for p in r.passages[:1] if _spot(p) == at), ""
    )
    outlet = called(subject[0])
    return (
        f"What does {who.split(' (')[0]} say of it, in {outlet}?" if who else f"What does {outlet} say of it?"
    )


def _spot(passage: Passage) -> tuple[str, int, int]:
    return (passage.document, passage.start, passage.end)


def _name(name: Name, called: Naming) -> str:
    return f"“{name.name}”" + (f" in {called(name.document)}" if name.document else "")


def documents_in(doubt: Doubt) -> list[str]:
    """The documents that a question is about. What an edge comes from may be a source."""
    subject: Any = json.loads(doubt.subject)
    if doubt.kind == "edge":
        return list(subject)
    if doubt.kind in ("source", "claim"):
        return [part[0] for part in subject if part[0] is not None]
    return [subject[0]]


def question_of(judgement: Judgement) -> str:
    """The id of the question that a Judgement answers (`Doubt.id`)."""
    try:
        subject: Any = json.loads(judgement.subject)
    except (ValueError, RecursionError):
        return ""
    if judgement.kind == "claim":
        bare = f"[{', '.join(_dumped(part[:3]) for part in subject)}]"
    else:
        bare = _dumped(subject[:3] if judgement.kind in ("origin", "stance") else subject)
    return hashlib.sha256(f"{judgement.kind}\n{bare}".encode("utf-8", "replace")).hexdigest()[:12]


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def answered(judgements: Iterable[Judgement], question: str) -> Judgement | None:
    """What was decided on a question, and holds."""
    held = (j for j in standing(judgements) if j.kind in VALUES and question_of(j) == question)
    return max(held, key=lambda j: j.id, default=None)


def replaced_by(judgements: Iterable[Judgement], made: Judgement, seen: int) -> Judgement | None:
    """What another decided on the same matter after ``seen``, and ``made`` took the place of: both decided at
    once."""
    listed = list(judgements)
    gone = undone(listed)
    others = (
        j
        for j in listed
        if seen < j.id < made.id
        and j.person != made.person
        and j.id not in gone
        and matter(j) == matter(made)
    )
    return max(others, key=lambda j: j.id, default=None)
