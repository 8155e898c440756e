"""Who stands before a verb of saying, and who after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allegata.reading.foreign.contents import LAST, Who
from allegata.reading.foreign.phrases import RELATIVE, Phrase, phrase
from allegata.reading.foreign.tokens import Token
from allegata.reading.foreign.words import Cue, Words

ASIDE = 45


"""Tokens of what is set off by commas between a speaker and the verb."""


def tells_of_person(s: Sequence[Token], who: Phrase, words: Words) -> bool:
    return any(words.named(t, k) for t in s[who.start : who.end] for k in ("persons", "bodies"))


def before_verb(s: Sequence[Token], at: int, opened: int, words: Words) -> int:
    """Where the small words begin that stand before the verb: "no lo", "nous l'"."""
    j = at
    while j > opened:
        t = s[j - 1]
        small = words.has(t, "clitics") or words.has(t, "negations") or words.has(t, "objects")
        noun = words.named(t, "bodies") or (j - 1 > opened and words.has(s[j - 2], "articles"))
        if not small and not (len(t.low) > 6 and t.low.endswith(("mente", "ment")) and not noun):
            break
        j -= 1
    return j


def is_closed(s: Sequence[Token], at: int, words: Words | None = None) -> bool:
    """Whether the clause ends there."""
    if at >= len(s) or s[at].kind in ("mark", "quote"):
        return True
    if words is None:
        return False
    return (
        any(
            words.has(s[at], k)
            for k in (
                "told",
                "stops",
                "links",
                "relative",
                "days",
                "objects",
                "settings",
                "dayed",
                "that",
                "and",
            )
        )
        or at >= len(s) - 2
    )


def after_verb(
    s: Sequence[Token], cue: Cue, words: Words, *, passive: bool = False
) -> tuple[Who, int] | None:
    """Who stands after the verb, and where that ends. Times and to whom it was told are passed over."""
    if cue.pronoun:
        return LAST, cue.end
    i = cue.end
    stop = cue.last if cue.last is not None else len(s)
    if passive and i < stop and s[i].low in ("da", "dal", "dalla", "dall'", "por", "par", "von"):
        i += 1
    for _ in range(4):
        moved = _past_time(s, i, stop, words)
        if moved == i and i < stop and words.has(s[i], "told"):
            told = phrase(s, i + 1, stop, words)
            end = told.end if told is not None else i + 1
            if told is not None and end < stop and (words.has(s[end], "articles") or s[end].capital):
                moved = end
            elif told is None and words.language == "ru":
                moved = i + 1
        if (
            moved == i
            and i + 2 < stop
            and words.has(s[i], "stops")
            and s[i + 2].capital
            and not words.has(s[i + 1], "articles")
        ):
            moved = i + 2  # "entre risas Ana Roth"
        if moved == i and i < stop and words.has(s[i], "clitics") and not words.has(s[i], "articles"):
            moved = i + 1
        if moved == i:
            break
        i = moved
    if (
        i < stop
        and words.has(s[i], "pronouns")
        and not (i + 1 < stop and s[i + 1].capital and words.language == "es")
    ):
        return LAST, i + 1
    found = phrase(s, i, stop, words)
    if found is None or (i < stop and words.has(s[i], "relative") and words.language != "de"):
        return None
    described = found.name is None and tells_of_person(s, found, words) and not s[found.end - 1].capital
    if described and found.end < stop and words.has(s[found.end], "relative") and words.language != "de":
        inner = next((k for k in range(found.end, stop) if s[k].kind != "word"), stop)
        if inner - found.end <= RELATIVE:
            return Phrase(found.start, inner), inner
    return found, found.end


def _past_time(s: Sequence[Token], at: int, stop: int, words: Words) -> int:
    """The end of "on Monday", "ayer por la tarde"."""
    i = at
    timed = False
    while i < stop and i - at < 5:
        token = s[i]
        day = words.has(token, "days") or words.has(token, "months")
        number = token.low.isdigit() and timed
        opens = (
            words.has(token, "dayed")
            or words.has(token, "articles")
            or words.has(token, "links")
            or token.low in ("am", "en", "nesta", "neste", "в", "во")
        )
        soon = opens and i + 1 < stop and (words.has(s[i + 1], "days") or words.has(s[i + 1], "months"))
        part = timed and words.has(token, "dayed") and not words.has(token, "articles")
        if not (day or number or soon or part):
            break
        timed = timed or day
        i += 1
    return i if timed else at


def subject(s: Sequence[Token], at: int, opened: int, words: Words) -> Who | None:
    """Who stands before the verb at ``at``."""
    j = before_verb(s, at, opened, words)
    if (
        j > opened
        and words.has(s[j - 1], "pronouns")
        and (j - 1 == opened or not words.has(s[j - 1], "articles"))
    ):
        begins = j - 1 == opened or s[j - 2].low == "," or words.has(s[j - 2], "and")
        return LAST if begins else None
    b = opened
    while b < j and (s[b].kind == "mark" or words.has(s[b], "and")):
        b += 1
    if b >= j:
        return LAST
    if words.language == "ru" and s[b].low in ("в", "во"):  # "в полиции сообщили"
        inside = phrase(s, b + 1, j, words)
        return inside if inside is not None and inside.end == j else None
    for start in _starts(s, b, j, words):
        found = _covering(s, start, j, words)
        if found is not None:
            return found
    return None


def _starts(s: Sequence[Token], b: int, j: int, words: Words) -> Iterator[int]:
    """Where the subject may begin: at once, or after what stands before it and a comma."""
    if not words.has(s[b], "settings"):
        yield b
    commas = [i for i in range(b, j) if s[i].low in (",", "—")]
    if words.has(s[b], "settings") or s[b].kind == "quote":
        yield from (i + 1 for i in commas[:3])
    yield from (i for i in range(b + 1, j) if s[i - 1].low == "," and words.has(s[i], "and"))
    yield from (
        i + 1 for i in range(b, j) if i > b and s[i].low in ("pero", "mais", "aber", "mas", "ma", "но")
    )


def _covering(s: Sequence[Token], b: int, j: int, words: Words) -> Who | None:
    """The subject that reaches from there to the verb, with what is set off behind it."""
    if b >= j:
        return None
    found = phrase(s, b, j, words)
    if found is None:
        return None
    e = found.end
    if e < j and s[e].low == "(":
        e = next((k + 1 for k in range(e, j) if s[k].low == ")"), e)
    if e == j:
        return found
    if s[e].low == "," and j - e <= ASIDE:
        if s[j - 1].low == "," and j - 1 > e:
            return found
        if words.language == "de" and found.name is None and j - e > 3:
            return None
        return found if found.name is not None and j - e == 1 else None
    if words.has(s[e], "relative") and words.language != "de" and j - e > 1:
        inner = next((k for k in range(e, j) if s[k].low == ","), j)
        if inner == j and j - e <= RELATIVE:
            return Phrase(found.start, j, None)
        return Phrase(found.start, inner) if s[j - 1].low == "," and inner - e <= RELATIVE else None
    described = (
        s[e - 1].kind == "word"
        and not s[e - 1].capital
        and s[e].low.endswith(("ée", "é", "ido", "ida", "ado", "ada", "ato", "ata", "uto", "uta"))
    )
    described = described and s[e].kind == "word"
    by = next((k for k in range(b, j) if words.has(s[k], "agents")), None)
    if (
        by is not None
        and j - b <= RELATIVE
        and not any(t.kind == "mark" for t in s[b:j])
        and words.language in ("fr", "es", "pt", "it")
    ):
        return Phrase(b, j)  # "une infirmière citée par ce journal"
    if (described or words.has(s[e], "told") or words.has(s[e], "links")) and s[j - 1].low == ",":
        inner = next((k for k in range(e, j) if s[k].low == ","), j)
        return found if inner - e <= RELATIVE else None
    return None


def is_inverted(s: Sequence[Token], j: int, opened: int, words: Words) -> bool:
    """German: something else than the subject stands before the verb."""
    if j <= opened:
        return False
    before = s[opened:j]
    return len(before) < 14 and (
        words.has(before[0], "settings") or words.has(before[0], "objects") or words.has(before[0], "clitics")
    )
