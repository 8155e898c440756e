"""What a text expects to happen: consequences under "will", "could lead to", "is likely to", "unless …".

A forecast is a sentence with a verb in the future or under a modal of possibility, a word of likelihood, or a
condition with its consequence. Past possibility ("could have", "would sleep there for years"), ability
("can") and questions are none. Words are in ``vocab/likelihood.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from allegata.model import Document, Forecast, Sentence, Statement
from allegata.reading.boilerplate import mark_boilerplate
from allegata.vocab import load

MAX_SENTENCE = 1200
"""Characters of a sentence that are looked at."""

_NUMBER = (
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several"
    r"|(?:a )?few|(?:a )?couple of)"
)
_UNIT = r"(?:hours?|days?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|terms?|seasons?)"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:january|february|march|april|(?-i:May)|june|july|august|september|october|november|december"
    r"|jan\.|feb\.|aug\.|sept\.|oct\.|nov\.|dec\.)"
)
_DATE = rf"(?:{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|20\d\d)"
_SEASON = (
    r"(?:spring|summer|autumn|fall|winter|easter|christmas|ramadan|eid|new year|midnight|dawn|nightfall)"
)
_POINT = rf"(?:{_DAY}|{_DATE}|{_SEASON}|tomorrow|tonight|then|year-end|month-end)"
_SPAN = rf"(?:(?:the )?(?:coming|next|following) )?(?:{_NUMBER} )?(?:(?:more|coming) )?{_UNIT}"
_THIS = rf"(?:this|next|(?:the )?(?:coming|following)) (?:{_UNIT}|{_DAY}|{_MONTH}|{_SEASON})"
_HORIZONS = tuple(
    re.compile(rf"\b{pattern}\b", re.IGNORECASE)
    for pattern in (
        rf"(?:by|before|until|till) (?:the )?(?:early |late |mid-?|(?:end|start|close) of )*"
        rf"(?:{_POINT}|{_THIS}|(?:the )?{_UNIT})",
        rf"(?:within|in|over|during|inside) (?:the )?(?:coming|next|following) {_UNIT}(?: and {_UNIT})?",
        rf"(?:within|inside) {_SPAN}",
        rf"(?:in|over|during) {_SPAN}(?! ago)",
        rf"(?:early |late |later |earlier )?(?:in )?{_THIS}",
        rf"the coming {_UNIT}(?: and {_UNIT})?",
        rf"(?:on|from|after|starting) (?:{_DAY}|{_MONTH} \d{{1,2}}(?:,? \d{{4}})?"
        rf"|\d{{1,2}} {_MONTH}(?: \d{{4}})?)",
        rf"(?:in|for) {_MONTH}(?: \d{{4}})?|in 20[2-9]\d",
        r"tomorrow|tonight|soon|shortly|imminently|in the near future",
        r"in the (?:short|long|medium) (?:term|run)",
        rf"for (?:{_NUMBER} )?{_UNIT}(?: to come)?",
        rf"{_DAY}",
    )
)
_PAST = re.compile(r"\b(?:last|past|previous|since|ago|earlier this|yesterday)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load("likelihood")["future"].items()}


@lru_cache(maxsize=1)
def _bands() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of likelihood words with their band, the longest wording first."""
    rows = [(word, band["name"]) for band in load("likelihood")["band"] for word in band["words"]]
    rows.sort(key=lambda row: -len(row[0]))
    return tuple((re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE), name) for word, name in rows)


def find_forecasts(
    document: Document, doc: Doc, sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> tuple[Forecast, ...]:
    """Forecasts in order, one a sentence at the most; the span is the sentence's."""
    whole, starts = doc.text, [token.idx for token in doc]
    forecasts: list[Forecast] = []
    spans = [(s.start, s.end) for s in sentences]
    for sentence, boilerplate in zip(sentences, mark_boilerplate(whole, spans, document.title), strict=True):
        if boilerplate:
            continue
        end = min(sentence.end, sentence.start + MAX_SENTENCE)
        text = whole[sentence.start : end]
        if text.rstrip("\"'”’").endswith("?"):
            continue
        tokens = doc[bisect_left(starts, sentence.start) : bisect_left(starts, end)]
        condition, horizons = _condition(tokens), _horizons(text)
        signal = _signal(tokens, condition, bool(horizons), sentence.role == "expectation")
        if signal is None:
            continue
        horizon = _nearest(horizons, signal.idx - sentence.start)
        forecasts.append(
            Forecast(
                start=sentence.start,
                end=sentence.end,
                conditional=condition,
                horizon=horizon,
                likelihood=_likelihood(text),
                speaker=_speaker(signal.idx, statements),
            )
        )
    return tuple(forecasts)


def _condition(tokens: Span) -> bool:
    """True where the sentence sets a condition: "if", "unless", "should they refuse"."""
    words = _words()
    for token in tokens:
        word = token.lower_
        if word not in words["conditions"]:
            continue
        before = token.nbor(-1).lower_ if token.i else ""
        if word == "if" and before not in words["asking"]:
            return True
        if word in ("unless", "lest", "otherwise", "assuming"):
            return True
        if word == "provided" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "that":
            return True
        inverted = token.i == tokens[0].i or before in (",", "“", '"')
        if word in ("should", "were") and inverted and token.dep_ in ("aux", "ROOT", "auxpass"):
            return True
    return False


def _signal(tokens: Span, condition: bool, horizon: bool, expected: bool) -> Token | None:
    """The word that makes the sentence a forecast, the firmest one first, or None."""
    possible = None
    for token in tokens:
        strength = _strength(token, condition, horizon, expected)
        if strength == FIRM:
            return token
        if strength == POSSIBLE and possible is None:
            possible = token
    return possible


FIRM, POSSIBLE, NONE = 2, 1, 0


def _strength(token: Token, condition: bool, horizon: bool, expected: bool) -> int:
    """How surely a word speaks of what is to come."""
    words, word = _words(), token.lower_
    if token.tag_ == "MD":
        return _modal(token, condition, horizon, expected)
    follows = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if word in words["set"] and follows is not None and follows.lower_ == "to" and _is_infinitive(follows):
        return FIRM if _is_now(token) else NONE
    if (
        token.pos_ == "VERB"
        and token.lemma_.lower() in words["announcing"]
        and token.dep_ not in ("amod", "aux")
    ):
        clause = any(c.dep_ in ("xcomp", "ccomp") for c in token.children)
        return (
            FIRM
            if clause and (horizon or condition or expected or token.lemma_ in ("threaten", "vow"))
            else NONE
        )
    if word == "likely" and token.dep_ == "advmod" and token.head.tag_ in ("VB", "MD"):
        return POSSIBLE
    if (
        token.lemma_.lower() in words["nouns"]
        and follows is not None
        and follows.lower_ in ("of", "that", "for")
    ):
        return POSSIBLE if horizon or (expected and condition) else NONE
    return NONE


def _modal(token: Token, condition: bool, horizon: bool, expected: bool) -> int:
    words, word = _words(), token.lower_
    verb = token.head
    if (
        _is_perfect(verb)
        or verb.i < token.i
        or (verb.tag_ == "VB" and verb.lemma_.lower() in words["telling"])
    ):
        return NONE
    if word in ("will", "shall", "’ll", "'ll", "wo", "sha"):
        return FIRM
    if word == "would":
        return POSSIBLE if condition or horizon or expected else NONE
    if word in ("could", "may", "might"):
        negated = any(c.dep_ == "neg" for c in verb.children)
        if word == "could" and negated and not (condition or horizon):
            return NONE
        result = verb.lemma_.lower() in words["consequences"] or any(
            c.dep_ == "auxpass" for c in verb.children
        )
        return POSSIBLE if expected or condition or horizon or (result and word != "may") else NONE
    if word in ("should", "must"):
        return POSSIBLE if horizon and not _PAST.search(token.sent.text[:MAX_SENTENCE]) else NONE
    return NONE


def _is_perfect(verb: Token) -> bool:
    """True for "could have gone": a possibility of the past."""
    return verb.tag_ == "VBN" and any(
        c.lower_ in ("have", "'ve", "’ve") and c.dep_ == "aux" for c in verb.children
    )


def _is_infinitive(to: Token) -> bool:
    return to.i + 1 < len(to.doc) and (to.nbor(1).tag_ == "VB" or to.nbor(1).pos_ == "ADV")


def _is_now(token: Token) -> bool:
    """False for "had been expected to", and for "was expected to have"."""
    helpers = [c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass", "cop")]
    return "had" not in helpers


def _horizons(text: str) -> list[tuple[int, str]]:
    """Words that say by when, with where they start; of two that overlap the earlier pattern's."""
    found: list[tuple[int, int, str]] = []
    for pattern in _HORIZONS:
        for match in pattern.finditer(text):
            start, end = match.span()
            past = _PAST.search(text[max(0, start - 12) : end + 6])
            if not past and all(end <= a or start >= b for a, b, _ in found):
                found.append((start, end, " ".join(match.group().split())))
    return [(start, words) for start, _, words in sorted(found)]


def _nearest(horizons: Sequence[tuple[int, str]], at: int) -> str | None:
    """The first horizon behind the word that speaks of what is to come, else the last before it."""
    behind = [words for start, words in horizons if start >= at]
    before = [words for start, words in horizons if start < at]
    return behind[0] if behind else before[-1] if before else None


def _likelihood(text: str) -> str | None:
    """The ICD 203 band of the sentence's word of likelihood, or None: "may" and "could" give none."""
    for pattern, band in _bands():
        if pattern.search(text):
            return band
    return None


def _speaker(at: int, statements: Sequence[Statement]) -> str | None:
    """Who says it: the speaker of the shortest content that covers the word."""
    around = [s for s in statements if any(a <= at < b for a, b in s.content)]
    around.sort(key=lambda s: sum(b - a for a, b in s.content))
    return next((s.speaker for s in around if s.speaker), None)
