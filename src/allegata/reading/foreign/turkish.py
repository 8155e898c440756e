"""Who says what in a Turkish sentence, whose verb stands last: "X, … olduğunu söyledi"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allegata.model import Span
from allegata.reading.foreign.contents import LAST, LEAST, NOBODY, QUOTATION, Found, Who, trimmed
from allegata.reading.foreign.phrases import Phrase
from allegata.reading.foreign.tokens import Token
from allegata.reading.foreign.words import Cue, Words

LONGEST = 12
"""Tokens of a description."""


def read_turkish(s: Sequence[Token], words: Words) -> list[Found]:
    """The statements of a sentence, in order."""
    found = list(_by_verbs(s, words))
    return found or list(_by_others(s, words))


def _by_verbs(s: Sequence[Token], words: Words) -> Iterator[Found]:
    for i in range(len(s)):
        if words.match(s, i, "hearsay") is not None:
            return
        if (refused := words.match(s, i, "refusals")) is not None:
            who = _opening(s, i, words)
            if isinstance(who, Phrase):
                yield Found(who, (i, refused[0]), (), "no_comment", s)
            return
        if (ours := words.match(s, i, "ours")) is not None:
            content = trimmed(s, 0, i)
            if content is not None:
                yield Found(NOBODY, (i, ours[0]), (content,), ours[1], s)
            return
        cue = words.cue(s, i)
        if cue is None:
            continue
        after = _after_quotation(s, cue, words)
        if after is not None:
            yield after
            return
        if cue.end < len(s) and s[cue.end].kind == "word":
            continue
        yield from _last_verb(s, cue, words)
        return


def _after_quotation(s: Sequence[Token], cue: Cue, words: Words) -> Found | None:
    """ "…" dedi X."""
    i = cue.start - 1
    if i >= 0 and s[i].low == "," and i > 0:
        i -= 1
    if i < 0 or s[i].kind != "quote" or cue.end >= len(s) or s[cue.end].kind != "word":
        return None
    end = next((k for k in range(cue.end, len(s)) if s[k].kind != "word"), len(s))
    if end - cue.end > LONGEST or not any(t.capital for t in s[cue.end : end]):
        return None
    return Found(Phrase(cue.end, end), (cue.start, cue.end), ((s[i].start, s[i].end),), cue.stance, s)


def _last_verb(s: Sequence[Token], cue: Cue, words: Words) -> Iterator[Found]:
    quote = next((k for k in range(cue.start - 1, -1, -1) if s[k].kind == "quote"), None)
    near = quote is not None and cue.start - quote <= 3
    who = _opening(s, quote if near and quote is not None else cue.start, words)
    if who is None:
        return
    begins = who.end if isinstance(who, Phrase) else 0
    content: Span | None = trimmed(s, begins, cue.start)
    if near and quote is not None and (len(s[quote].text) >= 25 or quote <= begins + 1):
        content = (s[quote].start, s[quote].end)
    least = LEAST if cue.stance == "assert" and not near else min(3, QUOTATION)
    if content is not None and content[1] - content[0] >= least:
        yield Found(who, (cue.start, cue.end), (content,), cue.stance, s)


def _opening(s: Sequence[Token], stop: int, words: Words) -> Who | None:
    """Who the sentence begins with: up to a comma, or a name in the nominative; the last speaker where it
    begins with what is said."""
    b = next((i for i in range(stop) if s[i].kind == "word"), stop)
    if b == stop or s[b].low == "o":
        return LAST
    comma = next((i for i in range(b, stop) if s[i].kind != "word"), stop)
    nominal = s[comma - 1] if comma > b else s[b]
    if b < comma < stop and s[comma].low == "," and comma - b <= LONGEST and _nominative(nominal, words):
        known = any(t.capital for t in s[b + 1 : comma]) or any(
            words.named(t, k) for t in s[b:comma] for k in ("persons", "bodies")
        )
        one = next((i for i in range(b, comma) if s[i].low == "bir"), None)
        if known or comma - b == 1:
            return Phrase(one if one is not None else b, comma)
    end = b
    while end < stop and s[end].capital and _nominative(s[end], words):
        end += 1
    while end < stop and end - b < 6 and (words.has(s[end], "persons") or words.has(s[end], "bodies")):
        end += 1
    follows = s[end].low if end < stop else ""
    titled = any(words.named(t, k) for t in s[b:end] for k in ("persons", "bodies"))
    if (
        end > b
        and (end - b > 1 or titled or follows in ("ise", "de", "da"))
        and _nominative(s[end - 1], words)
    ):
        return Phrase(b, end)
    return LAST if s[stop - 1].kind != "word" and stop < len(s) and s[stop].kind == "quote" else None


def _nominative(token: Token, words: Words) -> bool:
    """Whether the word has no ending of a case."""
    if token.kind != "word" or "'" in token.low or words.has(token, "stops"):
        return False
    cased = token.low.endswith(
        ("nda", "nde", "ndan", "nden", "nın", "nin", "nun", "nün", "ken", "ınca", "ince")
    )
    return not cased


def _by_others(s: Sequence[Token], words: Words) -> Iterator[Found]:
    for i in range(len(s)):
        if words.match(s, i, "by") is not None and i > 0 and (one := _according(s, i, words)) is not None:
            yield one
            return
        said = words.match(s, i, "hearsay")
        content = trimmed(s, 0, i) if i > 1 else trimmed(s, said[0], len(s)) if said else None
        if said is not None and content is not None and content[1] - content[0] >= LEAST:
            yield Found(NOBODY, (i, said[0]), (content,), "allege", s)
            return


def _according(s: Sequence[Token], i: int, words: Words) -> Found | None:
    """ "X'e göre, …"."""
    b = i
    while b > 0 and i - b < LONGEST and s[b - 1].kind == "word" and s[b - 1].low not in ("ve", "ama"):
        b -= 1
    last = s[i - 1]
    proper = "'" in last.low
    person = any(
        last.low.startswith(p[: max(4, len(p) - 1)]) for p in words.sets["persons"] | words.sets["bodies"]
    )
    if i - b > LONGEST or not (proper or person):
        return None
    content = trimmed(s, i + 1, len(s)) if b < 2 else trimmed(s, 0, b)
    if content is None or content[1] - content[0] < LEAST:
        return None
    return Found(Phrase(b, i), (i, i + 1), (content,), "assert", s)
