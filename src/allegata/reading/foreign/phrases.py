"""Where a description of somebody ends: "la alcaldesa de Puerto Lindo", "einen Offizier des Büros"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allegata.reading.foreign.tokens import Token
from allegata.reading.foreign.words import Words

LONGEST = 16
"""Tokens of a description."""
LOWER = 4
"""Words in lower case one after the other."""
RELATIVE = 16
"""Tokens of a clause that describes somebody and is not set off."""
_PARTICLES = frozenset(
    (
        *("de", "del", "la", "da", "do", "dos", "das", "von", "van", "zu", "di"),
        *("della", "du", "des", "el", "al", "ag", "bin", "bint", "ben", "ould", "ibn", "abu"),
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens of the sentence that say who speaks; ``name`` are those of the name that stands in apposition,
    ``title`` those of the office after a name."""

    start: int
    end: int
    name: tuple[int, int] | None = None
    title: tuple[int, int] | None = None


def phrase_end(tokens: Sequence[Token], at: int, stop: int, words: Words) -> int | None:
    """The end of the description that begins there; None where none does."""
    i = at
    while (
        i < stop and i - at < 2 and words.has(tokens[i], "articles") and not _is_name(tokens, i, stop, words)
    ):
        i += 1
    opened = i > at
    end = None
    limit = min(stop, at + LONGEST)
    while i < limit:
        run = _run(tokens, i, limit, words, bare=not opened and end is None)
        if run is None:
            break
        end = run
        i = _linked(tokens, at, end, limit, words)
        if i == end:
            break
    return end


def _linked(tokens: Sequence[Token], at: int, end: int, limit: int, words: Words) -> int:
    """Where the description goes on after "of the"; ``end`` where it does not."""
    source = words.language == "ru" and end < limit and tokens[end].low in ("в", "на")
    if end >= limit or not (words.has(tokens[end], "links") or source):
        return end
    link = tokens[end].low
    i = end + 1
    place = link in (
        *(
            "en",
            "em",
            "in",
            "no",
            "na",
            "nos",
            "au",
            "à",
            "y",
            "e",
            "et",
            "и",
            "im",
            "bei",
            "am",
            "aus",
            "für",
        ),
        *("al", "alla", "all'"),
    )
    if words.language == "ru":
        return i if tokens[at].low.startswith("источник") and link in ("в", "на") else end
    if place and (
        is_name(tokens[at:end], words) or (i < limit and tokens[i].low in ("la", "el", "le", "il", "o", "a"))
    ):
        return end
    if (
        not place
        and i < limit
        and tokens[i].low
        in ("la", "el", "los", "las", "l'", "les", "le", "den", "dem", "der", "des", "einem", "einer")
    ):
        i += 1
    if (
        i >= limit
        or tokens[i].kind == "mark"
        or words.named(tokens[i], "days")
        or words.has(tokens[i], "months")
    ):
        return end
    if place and not (tokens[i].capital and not words.has(tokens[i], "days")):
        return end
    return i


def _run(tokens: Sequence[Token], at: int, limit: int, words: Words, *, bare: bool) -> int | None:
    """A run of words without a joint: adjectives and nouns, then a name."""
    i = at
    if words.language == "de":
        return _german(tokens, at, limit, words)
    if words.language == "ru":
        return _russian(tokens, at, limit, words)
    lower = LOWER
    while i < limit and i - at < lower and _plain(tokens, i, words, first=i == at and not bare):
        i += 1
    if bare and i > at and not any(words.named(t, k) for t in tokens[at:i] for k in ("persons", "bodies")):
        return None
    if i < limit and tokens[i].kind == "quote" and len(tokens[i].text) < 50 and i > at:
        return i + 1
    end = _name(tokens, i, limit, words)
    if (
        end > i
        and end < limit
        and _plain(tokens, end, words, first=False)
        and words.named(tokens[at], "bodies")
    ):
        end += not _verbal(tokens[end], words) and words.cue(tokens, end) is None
    return end if end > at else None


def _german(tokens: Sequence[Token], at: int, limit: int, words: Words) -> int | None:
    i = at
    while i < limit and i - at < 3 and tokens[i].kind == "word" and tokens[i].text[0].islower():
        if not tokens[i].low.endswith(("e", "en", "er", "es", "em")) or words.has(tokens[i], "stops"):
            break
        i += 1
    end = _name(tokens, i, limit, words)
    if end == i and i < limit and tokens[i].kind == "quote" and i > at and len(tokens[i].text) < 50:
        return i + 1
    return end if end > i else None


def _russian(tokens: Sequence[Token], at: int, limit: int, words: Words) -> int | None:
    """Nouns in a row, each the genitive of the one before, then a name."""
    i = at
    while i < limit and i - at < 9:
        named = tokens[i].capital and not (words.has(tokens[i], "stops") and i == at)
        if tokens[i].kind == "quote" and i > at and len(tokens[i].text) < 50:
            return i + 1
        if not named and not _plain(tokens, i, words, first=i == at):
            break
        if not named and i - at > 1 and tokens[i - 1].capital and tokens[i - 2].capital:
            break
        i += 1
    return i if i > at and (tokens[at].capital or at > 0) else None


def _name(tokens: Sequence[Token], at: int, limit: int, words: Words) -> int:
    """The end of the run of names that begins there."""
    i = end = at
    while i < limit and i - at < 8:
        token = tokens[i]
        if token.capital and not (words.named(token, "days") and i > at):
            i = end = i + 1
            if i < limit and tokens[i].low == "." and (len(token.text) <= 2 or "." in token.text):
                i = end = i + 1
        elif end > at and token.low in _PARTICLES and i + 1 < limit and tokens[i + 1].capital and i == end:
            if words.language == "de" and token.low == "des":
                break
            i += 1
        elif token.kind == "word" and token.low.isdigit() and end > at and len(token.low) < 3:
            i = end = i + 1
        else:
            break
    return end


def _is_name(tokens: Sequence[Token], at: int, stop: int, words: Words) -> bool:
    """ "La Voz de Tacopata" in the middle of a sentence: the article is part of it."""
    return (
        at > 0 and tokens[at].capital and at + 1 < stop and tokens[at + 1].capital and words.language != "de"
    )


def _plain(tokens: Sequence[Token], at: int, words: Words, *, first: bool) -> bool:
    """Whether the word may stand inside a description."""
    token = tokens[at]
    if token.kind != "word" or not token.text[0].isalpha() or token.capital:
        return token.kind == "word" and token.low.isdigit() and not first and len(token.low) < 4
    if token.low in words.sets["persons"] or token.low in words.sets["bodies"]:
        return True
    if words.has(token, "stops") or words.has(token, "links") or words.has(token, "articles"):
        return False
    if words.named(token, "days") or _verbal(token, words) or token.low[-1] == "'":
        return False
    return (first and token.low in words.sets["nouns"]) or words.cue(tokens, at) is None


def _verbal(token: Token, words: Words) -> bool:
    return bool(words.verbal) and len(token.low) > 5 and token.low.endswith(words.verbal)


def is_name(tokens: Sequence[Token], words: Words) -> bool:
    """Whether these are all of a name."""
    return bool(tokens) and tokens[0].capital and _name(tokens, 0, len(tokens), words) == len(tokens)


def phrase(tokens: Sequence[Token], at: int, stop: int, words: Words) -> Phrase | None:
    """The description that begins there, with the name that is set beside it: "the prefect, Ana Roth"."""
    end = phrase_end(tokens, at, stop, words)
    if end is None:
        return None
    if end + 1 < stop and tokens[end].low == "," and tokens[end + 1].capital:
        named = _name(tokens, end + 1, stop, words)
        closed = named >= stop or tokens[named].kind in ("mark", "quote") or words.has(tokens[named], "told")
        closed = closed or words.has(tokens[named], "stops") or words.has(tokens[named], "links")
        described = not is_name(tokens[at:end], words) or any(
            words.named(t, k) for t in tokens[at:end] for k in ("persons", "bodies")
        )
        described = described and not words.named(tokens[end + 1], "persons")
        if named > end + 1 and closed and described:
            return Phrase(at, named, (end + 1, named))
    if end + 1 < stop and tokens[end].low == "," and is_name(tokens[at:end], words) and end - at > 1:
        office = phrase_end(tokens, end + 1, stop, words)
        if office is not None and any(words.named(t, "persons") for t in tokens[end + 1 : office][:3]):
            return Phrase(at, end, None, (end + 1, office))
    return Phrase(at, end)
