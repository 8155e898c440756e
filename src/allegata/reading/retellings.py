"""Which statements of a text are told as said, which of them are roots, and which say one thing again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from allegata.model import Reading, Sentence, Span, Statement
from allegata.vocab import load

SAME_WORDS = 0.6
"""Share of the words of the shorter of two contents that the other has, for one to say the other again."""
MIN_SAME_WORDS = 2
MAX_STATEMENTS = 600
"""Statements of one document that are compared with one another."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_MODAL = re.compile(r"\b(?:will|would|could|may|might|can|cannot|should|must|shall)\b", re.IGNORECASE)


def told_statements(reading: Reading) -> list[Statement]:
    """The statements that the story tells as made: none of a heading or teaser, none that somebody may yet
    make, nor one that stands in a condition ("if the records confirm it")."""
    unsaid = _unsaid(reading)
    begins = [begin for begin, _ in unsaid]
    starts = [s.start for s in reading.sentences]
    text = reading.document.text
    dated = reading.document.kind != "transcript"  # there "BETTANI:" is who speaks
    return [
        s
        for s in reading.statements
        if not _is_outside(s, reading.sentences, starts)
        and not any(_holds(unsaid, begins, at) for at, _ in s.cue)
        and not any(_MODAL.search(text[a:b][:80]) for a, b in s.cue)
        and not (dated and _is_dateline(s, text))
    ]


def root_statements(statements: Sequence[Statement]) -> list[Statement]:
    """Statements at the inner end of their chain: those that hold no statement of another speaker."""
    by_id = {s.id: s for s in statements}
    outer = set()
    for statement in statements:
        around = by_id.get(statement.nested_in or "")
        if around is not None and statement.speaker is not None:
            outer.add(around.id)
    return [s for s in statements if s.id not in outer][:MAX_STATEMENTS]


def content_words(text: str, statement: Statement) -> frozenset[str]:
    """Words of four letters and more of what is said, the first seven letters of each; of a long text its
    first part. Words that only point back ("the charge") are none."""
    said = " ".join(text[a:b] for a, b in statement.content)[:2000].casefold()
    return frozenset(w[:7] for w in _WORD.findall(said) if w.rstrip("s") not in _pointing())


def same_things(
    roots: Sequence[Statement], words: Mapping[str, frozenset[str]], keys: Mapping[str, str]
) -> dict[str, str]:
    """Statement id -> id of the first statement that says the same, by one origin or by nobody named.
    ``keys`` are those of the speakers' names."""
    groups: dict[str, str] = {}
    heads: list[tuple[Statement, str | None]] = []
    for statement in sorted(roots, key=lambda s: (s.speaker is None, s.content or s.cue)):
        key = keys.get(statement.speaker or "")
        mine = words[statement.id]
        least = 1 if key is not None else MIN_SAME_WORDS
        again = next(
            (h for h, k in heads if key in (None, k) and _same(mine, words[h.id], least)),
            None,
        )
        if again is None and key is not None and not mine:  # "she repeated the charge"
            again = next((h for h, k in reversed(heads) if k == key), None)
        if again is None:
            heads.append((statement, key))
        groups[statement.id] = again.id if again is not None else statement.id
    return groups


def _same(a: frozenset[str], b: frozenset[str], least: int) -> bool:
    """True where one says the other again; ``least`` words must be shared, unless both have the same."""
    shared, shorter = len(a & b), min(len(a), len(b))
    if shared == 0 or (shared < least and a != b):
        return False
    return shared >= min(MIN_SAME_WORDS, shorter) and shared >= SAME_WORDS * shorter


@lru_cache(maxsize=1)
def _pointing() -> frozenset[str]:
    return frozenset(load("storyline")["sayings"])


def _unsaid(reading: Reading) -> list[Span]:
    """Where the text speaks of what is to come, or may be: what is "said" there, nobody has said."""
    spans = [span for f in reading.forecasts for span in (f.consequence, f.condition) if span is not None]
    return merged(spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches of text as sorted spans that do not touch."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _is_dateline(statement: Statement, text: str) -> bool:
    """True for a town in capitals and a colon or dash at the head of a report: it says where, not who."""
    source = "".join(text[a:b] for a, b in statement.source)
    cue = "".join(text[a:b] for a, b in statement.cue).strip()
    return bool(source) and source.isupper() and len(source.split()) <= 3 and cue in (":", "—", "–", "-")


def _holds(spans: Sequence[Span], begins: Sequence[int], at: int) -> bool:
    number = bisect_right(begins, at) - 1
    return number >= 0 and at < spans[number][1]


def _is_outside(statement: Statement, sentences: Sequence[Sentence], starts: Sequence[int]) -> bool:
    """True where what is said stands in a heading, a teaser, a caption."""
    places = statement.content or statement.cue
    if not places:
        return False
    number = bisect_right(starts, min(places)[0]) - 1
    return number >= 0 and sentences[number].role == "not_applicable"
