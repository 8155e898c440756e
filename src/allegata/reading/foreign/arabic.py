"""Who says what in an Arabic sentence, whose verb stands first: "قال X إن …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allegata.model import Span
from allegata.reading.foreign.contents import LAST, LEAST, NOBODY, Found, Who, trimmed
from allegata.reading.foreign.phrases import Phrase
from allegata.reading.foreign.tokens import Token
from allegata.reading.foreign.words import Words

LONGEST = 9
"""Tokens of a description."""
AWAY = 22
"""Tokens between a verb and "that"."""
_JOINED = ("و", "ف")
"""What is written together with the verb after it: "and"."""


def read_arabic(s: Sequence[Token], words: Words) -> list[Found]:
    """The statements of a sentence, in order."""
    s = [_bare(t, words) for t in s]
    return list(_by_verbs(s, words)) or list(_by_sources(s, words))


def _bare(token: Token, words: Words) -> Token:
    """The token without the "and" before a verb of saying."""
    low = token.low.replace("ٱ", "ا")
    if low[:1] in _JOINED and token.kind == "word" and len(low) > 2:
        kinds = (words.finite, words.phrases["by"], words.phrases["hearsay"], words.phrases["refusals"])
        if any(low[1:] in kind for kind in kinds) and not any(low in kind for kind in kinds):
            return Token(token.text, low[1:], token.start, token.end, token.kind)
    return token


def _by_verbs(s: Sequence[Token], words: Words) -> Iterator[Found]:
    for i in range(len(s)):
        rumour = words.match(s, i, "hearsay")
        if rumour is not None and _that(s, rumour[0], words, near=1) is not None:
            content = trimmed(s, rumour[0] + 1, len(s))
            if content is not None:
                yield Found(NOBODY, (i, rumour[0]), (content,), "allege", s)
            return
        refused = words.match(s, i, "refusals")
        if refused is not None:
            end = _described(s, refused[0], words)
            if end > refused[0]:
                yield Found(Phrase(refused[0], end), (i, refused[0]), (), "no_comment", s)
            return
        ours = words.match(s, i, "ours")
        rest = trimmed(s, i + 1, len(s))
        if ours is not None and i < 2 and rest is not None:
            yield Found(NOBODY, (i, i + 1), (rest,), ours[1], s)
            return
        cue = words.cue(s, i)
        if cue is None:
            continue
        one = _around(s, cue.start, cue.stance, words)
        if one is not None:
            yield one
            return


def _around(s: Sequence[Token], i: int, stance: str, words: Words) -> Found | None:
    quote = i - 2 if i > 1 and s[i - 1].kind == "mark" else i - 1
    at = (i, i + 1)
    end = _described(s, i + 1, words)
    if stance in ("allege", "deny", "demand") and _that(s, i + 1, words) is None:
        return _object(s, i, end, stance, words)
    who: Who = Phrase(i + 1, end) if end > i + 1 else LAST
    if i + 1 < len(s) and s[i + 1].low in ("عنه", "عنها", "عنهم"):
        who = LAST
    if i > 0 and quote >= 0 and s[quote].kind == "quote" and end > i + 1:
        return Found(who, at, ((s[quote].start, s[quote].end),), stance, s)
    that = _that(s, end, words)
    if that is None:
        return None
    content = _quoted(s, that) or trimmed(s, that + 1, len(s))
    if content is None or content[1] - content[0] < LEAST:
        return None
    leads = i == 0 or s[i - 1].kind != "word" or s[i].text[0] in _JOINED
    if not leads:  # "X said": the verb stands after who says it
        first = _described(s, 0, words)
        if first != i:
            return None
        who = Phrase(0, i)
    return Found(who, at, (content,), stance, s)


def _quoted(s: Sequence[Token], that: int) -> Span | None:
    near = next((t for t in s[that + 1 : that + 3] if t.kind == "quote"), None)
    return (near.start, near.end) if near is not None and s[that].low == ":" else None


def _object(s: Sequence[Token], i: int, end: int, stance: str, words: Words) -> Found | None:
    """ "X denied the accusations", "X accused Y of …": whom it is about stands behind who says it."""
    content = trimmed(s, i + 1, len(s))
    if content is None or content[1] - content[0] < 3:
        return None
    if i > 0 and s[i - 1].kind == "word" and s[i].text[0] not in _JOINED:
        first = _described(s, 0, words)
        return Found(Phrase(0, i), (i, i + 1), (content,), stance, s) if first == i else None
    stop = i + 2
    if stop < end and not s[i + 1].low.startswith("ال") and s[i + 2].low.startswith("ال"):
        stop += 1
    if end <= i + 1 or s[i].text[0] == "ك":
        return None
    content = trimmed(s, stop, len(s))
    return Found(Phrase(i + 1, stop), (i, i + 1), (content,), stance, s) if content else None


def _that(s: Sequence[Token], at: int, words: Words, near: int = AWAY) -> int | None:
    """Where "that" or a colon opens what is said."""
    for k in range(at, min(len(s), at + near)):
        if words.has(s[k], "that") or s[k].low == ":":
            return k
        if s[k].low in (".", "؛"):
            return None
    return None


def _described(s: Sequence[Token], at: int, words: Words) -> int:
    """The end of the description that begins there."""
    i = at
    while i < len(s) and i - at < LONGEST:
        token = s[i]
        if token.kind == "quote" and i > at and len(token.text) < 40:
            return i + 1
        if token.kind != "word" or words.has(token, "stops") or words.has(token, "that"):
            break
        if words.has(token, "days") or words.cue(s, i) is not None or token.low[:1].isdigit():
            break
        i += 1
    return i


def _by_sources(s: Sequence[Token], words: Words) -> Iterator[Found]:
    for i in range(len(s)):
        m = words.match(s, i, "by")
        if m is None:
            continue
        begins = m[0]
        if begins < len(s) and (words.cue(s, begins) or s[begins].low[:-1] in words.finite):
            begins += 1  # "according to what X said"
        if begins < len(s) and s[begins].low == "ما":
            begins += 2
        end = _described(s, begins, words)
        if end == begins or end - begins > LONGEST:
            continue
        start = s[begins]
        if s[i].low == "وفقا" and start.low[:1] == "ل" and len(start.low) > 2:
            whole = "ال" + start.low[2:] if start.low.startswith("لل") else start.low[1:]
            cut = Token(
                start.text[1:] if not start.low.startswith("لل") else whole,
                whole,
                start.start + 1,
                start.end,
                "word",
            )
            s = [*s[:begins], cut, *s[begins + 1 :]]
        before, after = trimmed(s, 0, i), trimmed(s, end, len(s))
        content = before if before is not None and before[1] - before[0] >= LEAST else after
        if content is not None and content[1] - content[0] >= LEAST:
            yield Found(Phrase(begins, end), (i, m[0]), (content,), "assert", s)
        return
