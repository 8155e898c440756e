"""What is said: after "that", after a colon, before the verb, on both sides of a credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allegata.model import Span
from allegata.reading.foreign.phrases import Phrase
from allegata.reading.foreign.tokens import Token, span
from allegata.reading.foreign.words import Cue, Words

LEAST = 12


"""Characters of what is said; less is no proposition."""


QUOTATION = 8


LAST = "last"


"""Who spoke last: a pronoun, or nobody where the language leaves it out."""


NOBODY = "nobody"


Who = Phrase | str


@dataclass(frozen=True, slots=True)
class Found:
    """A statement of a sentence. ``tokens`` are those the phrase counts in; without ``content`` what is said
    stands in the sentence before."""

    who: Who
    cue: tuple[int, int]
    content: tuple[Span, ...]
    stance: str
    tokens: Sequence[Token]

    @property
    def cue_span(self) -> Span:
        """The cue in the text."""
        held = self.tokens[slice(*self.cue)]
        return span(list(held)) if held else (0, 0)


def kept(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(x for x in spans if x[1] > x[0])


def head_content(s: Sequence[Token], cue: Cue, words: Words, *, since: int | None = None) -> Span | None:
    """What is said after the verb: after "that" or a colon, a quotation, or what is denied or demanded."""
    i = cue.end if since is None else since
    stop = len(s)
    for k in range(i, min(stop, i + 16)):
        token = s[k]
        if words.has(token, "that") and not (
            words.language == "es" and k > i and s[k - 1].low in ("el", "la", "lo", "los", "las")
        ):
            told = any(words.has(t, x) for t in s[i:k] for x in ("told", "days"))
            relative = words.language != "de" and k - i > 5 and s[k - 1].capital and not told
            if not relative:
                return _least(s, k + 1, stop, cue)
        if k > i and words.has(token, "and") and k + 1 < stop and words.cue(s, k + 1) is not None:
            stop = k
            break
        if token.low == ":":
            return _least(s, k + 1, stop, cue)
        if token.kind == "quote" and (k == i or s[k - 1].low in (",", ":")) and len(token.text) >= 15:
            return (token.start, token.end)
        if token.low in (".", ";"):
            break
    if cue.last is not None and cue.stance == "allege":
        return _least(s, i, stop, cue)
    if cue.last is not None and i <= cue.last:
        after = cue.last + 1
        if after < stop and s[after].low == "," and cue.stance in ("assert", "confirm"):
            return _least(s, after + 1, stop, cue)
        return _least(s, i, cue.last, cue)
    if words.language == "de":
        comma = next((k for k in range(i, min(stop, i + 9)) if s[k].low == ","), None)
        if comma is not None and (comma == i or words.has(s[i], "told")):
            return _least(s, comma + 1, stop, cue)
    if i < stop and words.has(s[i], "told") and cue.stance == "assert":
        return None
    if i < stop and (s[i].kind == "mark" or words.has(s[i], "not_ours")):
        return None
    if words.language == "de" and cue.stance == "assert":
        return None
    return _least(s, i, stop, cue)


def _least(s: Sequence[Token], a: int, b: int, cue: Cue) -> Span | None:
    found = trimmed(s, a, b)
    if found is None or found[1] - found[0] < (LEAST if cue.stance in ("assert", "demand") else 3):
        return None
    return found


def trimmed(s: Sequence[Token], a: int, b: int) -> Span | None:
    """The text of the tokens, without marks at its ends, and without a credit in brackets at its end."""
    while a < b and s[a].kind == "mark" and s[a].low not in ("¿", "¡", "@", "(", "#"):
        a += 1
    if b - a > 2 and s[b - 1].low == ")":
        opened = next((k for k in range(b - 2, max(a, b - 8), -1) if s[k].low == "("), b)
        b = opened if opened > a and s[opened - 1].low == "." else b
    while b > a and s[b - 1].kind == "mark" and s[b - 1].low not in (")", "%", "€", "$", "?", "!"):
        b -= 1
    return (s[a].start, s[b - 1].end) if b > a else None


def called(s: Sequence[Token], cue: Cue, words: Words) -> str | None:
    """ "called it false", "rejects as false": a denial."""
    if s[cue.start].low not in words.sets["call"] and not any(
        t.low in words.sets["call"] for t in s[cue.start : cue.end]
    ):
        return None
    for token in s[cue.end : cue.end + 25]:
        low = token.low if token.kind == "word" else token.text.lower()
        if any(w in words.sets["false"] for w in low.split()) or words.has(token, "false"):
            return "deny"
    return None


def denied(s: Sequence[Token], content: Span, words: Words) -> str | None:
    """ "said that it is false"."""
    inside = [t for t in s if content[0] <= t.start and t.end <= content[1]]
    near = (*range(min(4, len(inside))), *range(max(4, len(inside) - 6), len(inside)))
    return "deny" if any(words.match(inside, k, "denials") is not None for k in near) else None


def around(s: Sequence[Token], a: int, b: int, words: Words) -> tuple[Span, ...]:
    """What stands on both sides of a credit in the middle of a sentence."""
    before, after = trimmed(s, 0, a), trimmed(s, b, len(s))
    follows = next((t for t in s[b:] if t.kind == "word"), None)
    more = follows is not None and not words.has(follows, "relative")
    if before is not None and after is not None and more and after[1] - after[0] >= LEAST:
        return (before, after)
    content = rest_of(s, a, b, words)
    return (content,) if content else ()


def rest_of(s: Sequence[Token], a: int, b: int, words: Words) -> Span | None:
    """What is left of the sentence: before the credit, or after one that stands first."""
    before = trimmed(s, 0, a)
    comma = next((k for k in range(b, len(s)) if s[k].low == ","), None)
    after = trimmed(s, b, len(s))
    if before is not None and before[1] - before[0] >= LEAST:
        return before
    if comma is not None and comma - b < 25 and comma > b:
        after = trimmed(s, comma, len(s)) or after
    return after if after is not None and after[1] - after[0] >= LEAST else None
