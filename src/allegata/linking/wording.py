"""Judgements as sentences."""

from __future__ import annotations

from collections.abc import Callable

from allegata.linking import assessments
from allegata.linking.corrections import Correction
from allegata.linking.decisions import (
    VALUES,
    WORDS,
    At,
    BadJudgementError,
    Edges,
    Name,
    Names,
    Passages,
    Readings,
    Said,
    parse,
)
from allegata.model import Judgement

SHOWN = 60
"""Characters of a passage that are quoted."""

Naming = Callable[[str], str]
"""A document's id to how it is called."""


def said_by(judgement: Judgement) -> str:
    """Who decided it, when and why, in a line."""
    reason = f": {judgement.reason}" if judgement.reason else ""
    return f"{judgement.person} decided so on {judgement.at[:10]}{reason}"


def in_words(judgement: Judgement, naming: Naming = str) -> str:
    """What was decided, as a sentence without its full stop."""
    try:
        found = parse(judgement) if judgement.kind in VALUES else None
    except BadJudgementError:
        found = None
    match found:
        case Edges(up, down):
            return f"{naming(down)} {'had' if found.drawn else 'did not have'} it from {naming(up)}"
        case Names(first, second):
            one = "one source" if found.same else "two sources"
            return f"{_called(first, naming)} and {_called(second, naming)} are {one}"
        case Passages(left, right) if found.moves:
            return f"{_where(right, naming)} belongs to the claim of {_where(left, naming)} instead"
        case Passages(left, right) if found.same:
            return f"{_where(left, naming)} and {_where(right, naming)} tell of one claim"
        case Passages(left, right):
            return f"{_where(right, naming)} tells of another claim than {_where(left, naming)}"
        case At(said) if judgement.value == "borrowed":
            return f"{naming(said.passage.document)} has it from somebody else, for {_quoted(said)}"
        case At(said) if judgement.kind == "origin":
            return f"{naming(said.passage.document)} has an origin of its own for {_quoted(said)}"
        case At(said):
            stance = judgement.value.replace("_", " ")
            return f"the stance of {naming(said.passage.document)} in {_quoted(said)} is: {stance}"
        case Readings(said, right):
            where = f"{_quoted(said)} in {naming(said.passage.document)}"
            return f"{where} is no statement" if right.none else f"{where} is read as: {_read_as(right)}"
    if judgement.undoes is not None:
        return f"judgement {judgement.undoes} is taken back"
    if held := assessments.in_words(judgement):
        return held
    return f"{judgement.kind}: {judgement.subject} {judgement.value}".strip()


def _read_as(right: Correction) -> str:
    """What is other about a statement."""
    said = []
    if right.speaker is not None:
        said.append(f"said by {right.speaker or 'nobody named'}")
    if right.stance is not None:
        said.append(f"stance {right.stance.replace('_', ' ')}")
    for what, parts in (("source", right.source), ("cue", right.cue), ("words", right.content)):
        if parts is not None:
            said.append(f"{what} {', '.join(map(_quoted, parts)) or 'none'}")
    return "; ".join(said)


def _called(name: Name, naming: Naming) -> str:
    return name.name if name.document is None else f"{name.name} in {naming(name.document)}"


def _where(said: Said, naming: Naming) -> str:
    return f"{naming(said.passage.document)}, in {_quoted(said)},"


def _quoted(said: Said) -> str:
    """The words a passage begins with, to the end of a word, or where it stands."""
    words = " ".join(said.words.split())
    if not words:
        return f"characters {said.passage.start}–{said.passage.end}"
    if len(words) > SHOWN or len(said.words) == WORDS:
        words = f"{words[:SHOWN].rpartition(' ')[0] or words[:SHOWN]} …"
    return f"“{words}”"
