"""What a text expects to happen: consequences under "will", "could lead to", "is likely to", "unless …".

A forecast is a sentence with a verb in the future or under a modal of possibility, a word of likelihood, or a
condition with its consequence. Past possibility ("could have", "would sleep there for years"), ability
("can"), wishes, duties and questions are none. Words are in ``vocab/likelihood.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from allegata.model import Document, Forecast, Sentence, Statement
from allegata.model import Span as Chars
from allegata.reading.boilerplate import mark_boilerplate
from allegata.reading.conditions import find_condition, is_conditional
from allegata.reading.consequences import find_actor, find_consequence
from allegata.reading.hemispheres import is_southern
from allegata.reading.horizons import Found, find_horizons, nearest
from allegata.reading.periods import period
from allegata.reading.signals import Around, find_signal, may_look_ahead
from allegata.vocab import load

MAX_SENTENCE = 1200
"""Characters of a sentence that are looked at."""

_NEGATED = re.compile(
    r"(?:\b(?:not|never|hardly|no longer|far from|nothing is|neither)|n[’']t)(?: \w{1,20})?\s+$",
    re.IGNORECASE,
)
_WITHOUT_BAND = {"likely": "unlikely", "very likely": "unlikely", "unlikely": "likely"}
"""What "not" makes of a band; of the others it makes nothing that the directive names."""


@lru_cache(maxsize=1)
def _bands() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of likelihood words with their band, the longest wording first."""
    rows = [(word, band["name"]) for band in load("likelihood")["band"] for word in band["words"]]
    rows.sort(key=lambda row: -len(row[0]))
    return tuple((re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE), name) for word, name in rows)


def find_forecasts(
    document: Document, doc: Doc, sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> tuple[Forecast, ...]:
    """Forecasts in order, one a sentence at the most; ``start`` and ``end`` are the sentence's."""
    whole, starts = doc.text, [token.idx for token in doc]
    published, southern = _day(document.published), is_southern(doc)
    forecasts: list[Forecast] = []
    spans = [(s.start, s.end) for s in sentences]
    for sentence, boilerplate in zip(sentences, mark_boilerplate(whole, spans, document.title), strict=True):
        if boilerplate:
            continue
        end = min(sentence.end, sentence.start + MAX_SENTENCE)
        said = whole[sentence.start : end]
        if said.rstrip("\"'”’").endswith("?") or not may_look_ahead(said):
            continue
        tokens = doc[bisect_left(starts, sentence.start) : bisect_left(starts, end)]
        found = _forecast(tokens, sentence, statements, published, southern) if len(tokens) else None
        if found is not None:
            forecasts.append(found)
    return tuple(forecasts)


def look_around(tokens: Span, expected: bool) -> tuple[Around, list[Found]]:
    """What bears on a sentence's looking ahead, and its horizons. ``expected``: its role is expectation."""
    condition = find_condition(tokens)
    barred, begin = _chars(condition), tokens.start_char
    horizons = [
        h for h in find_horizons(tokens.text) if not barred or not barred[0] <= begin + h[0] < barred[1]
    ]
    said = tuple(words.lower() for _, _, words in horizons)
    conditional = condition is not None or is_conditional(tokens)
    return Around(condition, conditional, said, expected), horizons


def _forecast(
    tokens: Span, sentence: Sentence, statements: Sequence[Statement], published: date | None, southern: bool
) -> Forecast | None:
    text, begin = tokens.text, tokens.start_char
    around, horizons = look_around(tokens, sentence.role == "expectation")
    signal = find_signal(tokens, around)
    if signal is None:
        return None
    at = signal.word.idx - begin
    consequence = find_consequence(signal.head, signal.carrier, tokens, around.condition)
    actor = find_actor(signal.actor, signal.governor, tokens) if signal.actor is not None else None
    found = nearest(_beside(horizons, text, at), at)
    horizon = found[2] if found else None
    earliest, latest = period(horizon, published, southern)
    condition = _chars(around.condition)
    return Forecast(
        start=sentence.start,
        end=sentence.end,
        conditional=around.conditional,
        horizon=horizon,
        likelihood=_likelihood(text, at, (condition[0] - begin, condition[1] - begin) if condition else None),
        speaker=_speaker((signal.word, consequence.root, consequence[0]), statements),
        consequence=_chars(consequence),
        condition=condition,
        actor=_chars(actor),
        earliest=earliest.isoformat() if earliest else None,
        latest=latest.isoformat() if latest else None,
    )


def _chars(span: Span | None) -> Chars | None:
    return (span.start_char, span.end_char) if span is not None and len(span) else None


def _beside(horizons: Sequence[Found], text: str, at: int) -> list[Found]:
    """Those that no colon or semicolon parts from the word of the future."""
    return [h for h in horizons if not any(c in text[min(h[0], at) : max(h[0], at)] for c in ":;")]


def _likelihood(text: str, at: int, barred: Chars | None) -> str | None:
    """The ICD 203 band of the words of likelihood that stand nearest to the word of the future, outside the
    condition, or None: "may" and "could" give none."""
    best: tuple[int, str | None] | None = None
    taken: list[Chars] = []
    for pattern, band in _bands():
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken) or (barred and barred[0] <= start < barred[1]):
                continue
            taken.append((start, end))
            negated = _NEGATED.search(text[max(0, start - 24) : start])
            if best is None or abs(start - at) < best[0]:
                best = (abs(start - at), _WITHOUT_BAND.get(band) if negated else band)
    return best[1] if best else None


def _speaker(tokens: Sequence[Token], statements: Sequence[Statement]) -> str | None:
    """Who says it: the speaker of the shortest content that covers what is to come."""
    for token in tokens:
        around = [s for s in statements if any(a <= token.idx < b for a, b in s.content)]
        around.sort(key=lambda s: sum(b - a for a, b in s.content))
        found = next((s.speaker for s in around if s.speaker), None)
        if found:
            return found
    return None


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
