"""Who says what in one sentence: around a verb of saying, after "according to", in what is only hearsay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allegata.model import Span
from allegata.reading.foreign.phrases import RELATIVE, Phrase, phrase
from allegata.reading.foreign.tokens import Token, span
from allegata.reading.foreign.words import CALL, Cue, Words

LEAST = 12
"""Characters of what is said; less is no proposition."""
QUOTATION = 8
ASIDE = 45
"""Tokens of what is set off by commas between a speaker and the verb."""

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


def read_sentence(s: Sequence[Token], words: Words) -> list[Found]:
    """The statements of a sentence, in order; the outermost speaker's only."""
    found = [*_refusals(s, words), *_ours(s, words)]
    if not found:
        found += _by_verbs(s, words)
    if not found:
        found += _by_sources(s, words)
    used = {c for f in found for c in f.content}
    for token in s:
        if (
            token.kind == "quote"
            and (inside := _inside(token, words)) is not None
            and (token.start, token.end) not in used
        ):
            found.append(inside)
    return found or list(_hearsay(s, words))


def _refusals(s: Sequence[Token], words: Words) -> Iterator[Found]:
    for i in range(len(s)):
        if (m := words.match(s, i, "refusals")) is not None:
            who = subject(s, i, 0, words)
            if who is None and words.language in ("ru", "de"):
                begins = 1 if s[0].low in ("в", "in") else 0
                who = phrase(s, begins, i, words)
            if isinstance(who, Phrase):
                yield Found(who, (i, m[0]), (), "no_comment", s)
            return


def _ours(s: Sequence[Token], words: Words) -> Iterator[Found]:
    """What the writers themselves demand, deny or take back."""
    for i in range(len(s)):
        if (m := words.match(s, i, "ours")) is not None:
            rest = trimmed(s, m[0], len(s))
            if (
                rest
                and not words.has(s[m[0]], "not_ours")
                and (i == 0 or not words.has(s[i - 1], "negations"))
            ):
                yield Found(NOBODY, (i, m[0]), (rest,), m[1], s)
            return


def _by_verbs(s: Sequence[Token], words: Words) -> list[Found]:
    found: list[Found] = []
    i = opened = 0
    while i < len(s):
        if s[i].low in (";", "¿") or (s[i].low == ":" and not found):
            opened = i + 1
        cue = words.cue(s, i) if not _is_noun(s, i, words) else None
        if cue is None:
            i += 1
            continue
        if found:
            again = _again(s, cue, found[-1], words)
            if again is not None:
                found[-1], more = again
                found.append(more)
        elif (one := _around(s, cue, opened, words)) is not None:
            found.append(one)
        i = cue.end
    return found


def _is_noun(s: Sequence[Token], i: int, words: Words) -> bool:
    """ "la cuenta", "une demande": the verb is a noun there."""
    if s[i].low not in words.sets["nouns"]:
        return False
    if i == 0:
        return False
    before = s[i - 1]
    small = words.has(before, "articles") or words.has(before, "links") or words.has(before, "told")
    return small and not (before.low in ("lo",) or (before.low == "se"))


def _again(s: Sequence[Token], cue: Cue, first: Found, words: Words) -> tuple[Found, Found] | None:
    """A second verb of the same speaker: "admitted that …, but denies that …"."""
    j = cue.start
    negated = False
    while j > 0 and (words.has(s[j - 1], "clitics") or words.has(s[j - 1], "negations")):
        negated = negated or words.has(s[j - 1], "negations")
        j -= 1
    if negated or j < 2 or not words.has(s[j - 1], "and") or j - 1 <= first.cue[1]:
        return None
    content = _head_content(s, cue, words)
    if content is None:
        return None
    cut = s[j - 2].end
    shorter = tuple((a, min(b, cut)) for a, b in first.content if a < cut)
    return (
        Found(first.who, first.cue, _stripped(shorter), first.stance, s),
        Found(first.who, (cue.start, cue.end), (content,), cue.stance, s),
    )


def _stripped(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(x for x in spans if x[1] > x[0])


def _around(s: Sequence[Token], cue: Cue, opened: int, words: Words) -> Found | None:
    """The statement around a verb."""
    at = (cue.start, cue.end)
    j = _before_verb(s, cue.start, opened, words)
    if any(words.has(t, "negations") for t in s[j : cue.start]):
        return None
    previous = s[j - 1] if j > opened else None
    meant = next((m for k in range(j, cue.start) if (m := words.match(s, k, "objects")) is not None), None)
    if previous is not None and words.has(previous, "relative") and (j < 2 or words.language != "de"):
        return None
    if words.language == "de" and cue.last is not None and s[cue.start].low in ("heißt", "hieß"):
        return _it_says(s, cue, j, words)
    if words.language == "de" and (wie := _wie(s, cue, opened, words)) is not None:
        return wie
    # "as X said"
    if (led := _led(s, j, opened, words)) is not None:
        return _as_said(s, cue, led, words)
    # "…", said X
    quoted = previous is not None and (previous.kind == "quote" or previous.low in (",", "—", "–", "-"))
    if quoted and cue.stance not in ("assert", CALL) and previous is not None and previous.low == ",":
        first = _transitive(s, cue, opened, words)
        if first is not None:
            return first
    if (
        quoted
        and cue.stance != CALL
        and (cue.start == j or cue.pronoun or words.language == "de" or words.has(s[j], "clitics"))
    ):
        tail = _tail(s, cue, j, opened, words)
        if tail is not None:
            return tail
    # X said that …
    who: Who | None = subject(s, cue.start, opened, words)
    if who == LAST and j == opened and not cue.pronoun:
        after = _after(s, cue, words)
        if after is not None and isinstance(after[0], Phrase):
            who = after[0]
            if meant is not None or _closed(s, after[1]):
                return Found(who, at, (), cue.stance, s)
            content = _head_content(s, cue, words, since=after[1])
            return None if content is None else Found(who, at, (content,), cue.stance, s)
        if words.language in ("de", "fr"):
            who = None
    if who is None and words.language == "de" and _inverted(s, j, opened, words):
        after = _after(s, cue, words)
        if after is not None:
            since = after[1]
            if isinstance(after[0], Phrase) and after[0].title is not None:
                since = after[0].title[1] + (after[0].title[1] < len(s) and s[after[0].title[1]].low == ",")
            content = _head_content(s, cue, words, since=since)
            call = _call_stance(s, cue, words)
            if cue.stance == CALL and call is None:
                return None
            if call is not None:
                content = trimmed(s, since, len(s))
            if content is not None:
                return Found(after[0], at, (content,), _call_stance(s, cue, words) or cue.stance, s)
            if after[1] >= len(s) - 2 or cue.last is not None:
                return Found(after[0], at, (), cue.stance, s)
        return None
    if who is None and meant is not None and (j == opened or s[j - 1].low in (",", ":", "así")):
        after = _after(s, cue, words)
        if after is not None and isinstance(after[0], Phrase):
            before = trimmed(s, opened, j)
            whole = before is not None and before[1] - before[0] >= LEAST
            return Found(after[0], at, (before,) if whole and before else (), cue.stance, s)
    if who is None or (cue.pronoun and who != LAST):
        return None
    call = _call_stance(s, cue, words)
    if cue.stance == CALL and call is None:
        return None
    if call is not None or meant is not None:
        content = trimmed(s, cue.end, len(s)) if call else None
        if call is None and trimmed(s, cue.end, len(s)) is not None:
            content = _head_content(s, cue, words)
        return Found(who, at, (content,) if content else (), call or cue.stance, s)
    content = _head_content(s, cue, words)
    if content is None:
        bare = cue.stance in ("deny", "confirm") and _closed(s, cue.end)
        just = (
            cue.end - cue.start > 2
            and words.match(s, cue.start, "just") is not None
            and s[cue.end - 2].low in words.sets["objects"]
        )
        return Found(who, at, (), cue.stance, s) if bare or just else None
    return Found(who, at, (content,), _denied(s, content, words) or cue.stance, s)


def _transitive(s: Sequence[Token], cue: Cue, opened: int, words: Words) -> Found | None:
    """ "The director, Ana Roth, has rejected these accusations."""
    who = subject(s, cue.start, opened, words)
    if not isinstance(who, Phrase):
        return None
    j = _before_verb(s, cue.start, opened, words)
    pronoun = j - who.end == 3  # "les salariés, eux, …"
    if who.name is None and not pronoun and not _told_of(s, who, words):
        return None
    content = _head_content(s, cue, words)
    return None if content is None else Found(who, (cue.start, cue.end), (content,), cue.stance, s)


def _told_of(s: Sequence[Token], who: Phrase, words: Words) -> bool:
    return any(words.named(t, k) for t in s[who.start : who.end] for k in ("persons", "bodies"))


def _before_verb(s: Sequence[Token], at: int, opened: int, words: Words) -> int:
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


def _led(s: Sequence[Token], j: int, opened: int, words: Words) -> int | None:
    """Where "as", "according to what" begins, if that is what the verb stands after."""
    for back in range(1, 4):
        if j - back < opened:
            break
        if (m := words.match(s, j - back, "as")) is not None and m[0] == j:
            return j - back
    for back in range(1, 6):
        i = j - back
        if i < opened:
            break
        if (m := words.match(s, i, "by")) is not None:
            more = words.match(s, m[0], "whatever")
            if (more is not None and more[0] == j) or m[0] == j:
                return i
    return None


def _it_says(s: Sequence[Token], cue: Cue, j: int, words: Words) -> Found | None:
    """ "…, heißt es in der Erklärung", "In einer Mitteilung heißt es, …": the last speaker's, or the paper's."""
    end = (cue.last or cue.start) + 1
    paper = phrase(s, end + 1, len(s), words) if end < len(s) and words.has(s[end], "told") else None
    if paper is not None and j > 2:
        content = trimmed(s, 0, j)
        return Found(paper, (cue.start, end), (content,), "assert", s) if content else None
    content = trimmed(s, end, len(s)) if end < len(s) and s[end].low in (",", ":", "dass") else None
    return Found(LAST, (cue.start, end), (content,), "assert", s) if content else None


def _wie(s: Sequence[Token], cue: Cue, opened: int, words: Words) -> Found | None:
    """ "Wie X meldet, …", "…, wie X am Montag mitteilte"."""
    led = next(
        (k for k in range(cue.start - 1, max(opened, cue.start - 20) - 1, -1) if s[k].low == ","), None
    )
    led = opened if led is None else led + 1
    if led >= cue.start or s[led].low != "wie" or not _closed(s, cue.end):
        return None
    found = phrase(s, led + 1, cue.start, words)
    if found is None:
        return None
    content = _rest(s, led, cue.end, words)
    return Found(found, (led, cue.end), (content,), "assert", s) if content else None


def _as_said(s: Sequence[Token], cue: Cue, led: int, words: Words) -> Found | None:
    """ "as X said, …", "…, as X told Y"."""
    after = _after(s, cue, words, passive=True)
    if after is None or not isinstance(after[0], Phrase):
        return None
    content = _rest(s, led, after[1], words)
    if led > 0 and content is not None and _led_only(s, led, words):
        content = None
    stance = cue.stance
    return Found(after[0], (led, cue.end), (content,) if content else (), stance, s)


def _led_only(s: Sequence[Token], led: int, words: Words) -> bool:
    return all(t.kind != "word" for t in s[:led])


def _tail(s: Sequence[Token], cue: Cue, j: int, opened: int, words: Words) -> Found | None:
    """ "…", said X."""
    if cue.end < len(s) and words.has(s[cue.end], "that"):
        return None
    before = s[j - 1]
    content = trimmed(s, opened, j)
    if content is None:
        return None
    alone = before.kind == "quote" or (
        before.low in (",", "—", "–", "-") and j > 1 and s[j - 2].kind == "quote"
    )
    quote = (before if before.kind == "quote" else s[j - 2]) if alone else None
    if quote is not None and (
        len(quote.text) >= 25 or s[0] is quote or (s[0].kind == "mark" and s[1] is quote)
    ):
        content = (quote.start, quote.end)
    least = QUOTATION if quote is not None else LEAST
    if content[1] - content[0] < least:
        return None
    dashed = before.low in ("—", "–", "-")
    if cue.pronoun:
        return Found(LAST, (cue.start, cue.end), (content,), cue.stance, s)
    after = _after(s, cue, words)
    if after is None:
        free = cue.last is None and words.language in ("es", "pt", "it") and quote is not None
        if not free or not _closed(s, cue.end, words):
            return None
        return Found(LAST, (cue.start, cue.end), (content,), cue.stance, s)
    if not dashed and quote is None and not _closed(s, after[1], words):
        return None
    return Found(after[0], (cue.start, cue.end), (content,), cue.stance, s)


def _closed(s: Sequence[Token], at: int, words: Words | None = None) -> bool:
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


def _after(s: Sequence[Token], cue: Cue, words: Words, *, passive: bool = False) -> tuple[Who, int] | None:
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
    described = found.name is None and _told_of(s, found, words) and not s[found.end - 1].capital
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
    j = _before_verb(s, at, opened, words)
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


def _inverted(s: Sequence[Token], j: int, opened: int, words: Words) -> bool:
    """German: something else than the subject stands before the verb."""
    if j <= opened:
        return False
    before = s[opened:j]
    return len(before) < 14 and (
        words.has(before[0], "settings") or words.has(before[0], "objects") or words.has(before[0], "clitics")
    )


def _head_content(s: Sequence[Token], cue: Cue, words: Words, *, since: int | None = None) -> Span | None:
    """What is said after the verb: after "that", after a colon, a quotation, or what is denied or demanded."""
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


def _call_stance(s: Sequence[Token], cue: Cue, words: Words) -> str | None:
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


def _denied(s: Sequence[Token], content: Span, words: Words) -> str | None:
    """ "said that it is false"."""
    inside = [t for t in s if content[0] <= t.start and t.end <= content[1]]
    near = (*range(min(4, len(inside))), *range(max(4, len(inside) - 6), len(inside)))
    return "deny" if any(words.match(inside, k, "denials") is not None for k in near) else None


def _by_sources(s: Sequence[Token], words: Words) -> Iterator[Found]:
    for i in range(len(s)):
        m = words.match(s, i, "by")
        if m is None:
            if (passive := _passive(s, i, words)) is not None:
                yield passive
                return
            if (
                words.language == "de"
                and s[i].low == "zufolge"
                and (post := _zufolge(s, i, words)) is not None
            ):
                yield post
                return
            if words.language == "de" and s[i].low == "so" and (post := _so(s, i, words)) is not None:
                yield post
                return
            continue
        begins = i == 0 or s[i - 1].kind != "word" or words.language != "pt"
        more = words.match(s, m[0], "whatever")
        if more is not None and (passive := _passive(s, more[0], words, free=True)) is not None:
            content = _rest(s, i, passive.who.end, words) if isinstance(passive.who, Phrase) else None
            if content is not None:
                yield Found(passive.who, (i, passive.cue[1]), (content,), "assert", s)
            return
        k = m[0] + (m[0] < len(s) and s[m[0]].low == ":")
        found = phrase(s, k, len(s), words) if begins else None
        if found is None or (found.end < len(s) and words.has(s[k], "relative") and words.language != "de"):
            continue
        closed = found.end >= len(s) or s[found.end].kind != "word" or words.has(s[found.end], "relative")
        name = any(t.capital for t in s[found.start : found.end])
        if not closed and not name and i > 0:
            continue
        if found.end < len(s) and words.has(s[found.end], "relative") and words.language != "de":
            inner = next((x for x in range(found.end, len(s)) if s[x].kind == "mark"), len(s))
            if inner - found.end <= RELATIVE and _told_of(s, Phrase(found.start, found.start + 3), words):
                found = Phrase(found.start, inner, found.name)
        yield Found(found, (i, m[0]), _split(s, i, found.end, words), "assert", s)
        return


def _passive(s: Sequence[Token], i: int, words: Words, *, free: bool = False) -> Found | None:
    """ "… was reported by X"."""
    low = s[i].low
    if i + 2 > len(s) or s[i].kind != "word" or not words.has(s[min(i + 1, len(s) - 1)], "agents"):
        return None
    if not free and (i == 0 or not words.has(s[i - 1], "passive")):
        return None
    bases = (
        low,
        low.rstrip("s"),
        low.rstrip("s")[:-1] + "o",
        low.removesuffix("s").removesuffix("e"),
        low[:-1] + "o",
    )
    stance = next((words.done[b] for b in bases if b in words.done), None)
    found = phrase(s, i + 2, len(s), words) if stance == "assert" else None
    if found is None or not _closed(s, found.end, words):
        return None
    before = trimmed(s, 0, i)
    whole = before is not None and before[1] - before[0] >= 3 * LEAST
    return Found(found, (i, i + 2), (before,) if whole and before else (), "assert", s)


def _split(s: Sequence[Token], a: int, b: int, words: Words) -> tuple[Span, ...]:
    """What stands on both sides of a credit in the middle of a sentence."""
    before, after = trimmed(s, 0, a), trimmed(s, b, len(s))
    follows = next((t for t in s[b:] if t.kind == "word"), None)
    more = follows is not None and not words.has(follows, "relative")
    if before is not None and after is not None and more and after[1] - after[0] >= LEAST:
        return (before, after)
    content = _rest(s, a, b, words)
    return (content,) if content else ()


def _rest(s: Sequence[Token], a: int, b: int, words: Words) -> Span | None:
    """What is left of the sentence: before the credit, or after one that stands first."""
    before = trimmed(s, 0, a)
    comma = next((k for k in range(b, len(s)) if s[k].low == ","), None)
    after = trimmed(s, b, len(s))
    if before is not None and before[1] - before[0] >= LEAST:
        return before
    if comma is not None and comma - b < 25 and comma > b:
        after = trimmed(s, comma, len(s)) or after
    return after if after is not None and after[1] - after[0] >= LEAST else None


def _zufolge(s: Sequence[Token], i: int, words: Words) -> Found | None:
    for b in range(max(0, i - 8), i):
        found = phrase(s, b, i, words)
        if found is not None and found.end == i:
            content = _rest(s, b, i + 1, words)
            return Found(found, (i, i + 1), (content,) if content else (), "assert", s)
    return None


def _so(s: Sequence[Token], i: int, words: Words) -> Found | None:
    """ "…", so die Ministerin."""
    if i == 0 or not (s[i - 1].low == "," or s[i - 1].kind == "quote"):
        return None
    found = phrase(s, i + 1, len(s), words)
    if found is None or not _closed(s, found.end, words):
        return None
    quote = next((t for t in reversed(s[:i]) if t.kind == "quote"), None)
    content = (quote.start, quote.end) if quote is not None and len(quote.text) > 24 else trimmed(s, 0, i)
    return Found(found, (i, i + 1), (content,), "assert", s) if content else None


def _inside(token: Token, words: Words) -> Found | None:
    """« …, dit-il. … »: the verb stands inside the quotation."""
    from allegata.reading.foreign.tokens import tokenise

    inner = [
        Token(t.text, t.low, t.start + token.start, t.end + token.start, t.kind)
        for t in tokenise(token.text, words.language)
    ]
    for i in range(2, len(inner)):
        if inner[i - 1].low not in (",", "—", "–"):
            continue
        cue = words.cue(inner, i)
        if cue is None or cue.stance not in ("assert", "confirm"):
            continue
        after = _after(inner, cue, words)
        if after is None or after[1] >= len(inner) or inner[after[1]].kind != "mark":
            continue
        return Found(after[0], (cue.start, cue.end), ((token.start, token.end),), cue.stance, inner)
    return None


_WHICH = frozenset("lequel laquelle lesquels lesquelles cual cuales qual quale quali".split())


def _hearsay(s: Sequence[Token], words: Words) -> Iterator[Found]:
    """What somebody is said to have done, nobody says by whom: "aurait été tué", "soll … haben"."""
    if any(
        t.low in ("si", "se", "wenn", "falls", "?", "s'", "ob") and k < 12
        for k, t in enumerate(s)
        if not (t.low in ("se", "s'") and words.language != "pt")
    ):
        return
    for i in range(len(s)):
        end = None
        m = words.match(s, i, "hearsay")
        if m is not None:
            end = m[0]
        elif words.has(s[i], "hearsay_aux"):
            end = _hearsay_end(s, i, words)
        if end is None:
            continue
        begins = max((k + 1 for k in range(i) if s[k].low in _WHICH), default=0)
        parts = tuple(p for p in (trimmed(s, begins, i), trimmed(s, end, len(s))) if p is not None)
        if parts and sum(b - a for a, b in parts) >= LEAST:
            yield Found(NOBODY, (i, end), parts, "allege", s)
            return


def _hearsay_end(s: Sequence[Token], i: int, words: Words) -> int | None:
    """The end of the auxiliary where a participle follows ("soll": where an infinitive of the past ends it)."""
    if words.language == "de":
        tail = [t for t in s[i:] if t.kind == "word"][-3:]
        ends = [
            k
            for k in range(i + 2, min(len(s), i + 45))
            if s[k].low in ("haben", "sein") and (k + 1 == len(s) or s[k + 1].kind == "mark")
        ]
        return i + 1 if ends and tail else None
    ending = {
        "fr": (
            "é",
            "ée",
            "és",
            "ées",
            "i",
            "is",
            "ie",
            "u",
            "us",
            "ue",
            "mort",
            "morte",
            "morts",
            "mis",
            "pris",
            "fait",
        ),
        "es": ("ado", "ido", "cho", "sto", "rto", "ito"),
        "pt": ("ado", "ido", "ito", "sto", "erto", "ados", "idos", "gue"),
        "it": (
            "ato",
            "ata",
            "ati",
            "ate",
            "uto",
            "uta",
            "uti",
            "ito",
            "ita",
            "iti",
            "so",
            "tto",
            "sto",
            "rto",
            "sa",
            "tta",
            "rta",
        ),
    }[words.language]
    for k in range(i + 1, min(len(s), i + 4)):
        if s[k].kind != "word" or s[k].low in words.sets["wishes"] or words.has(s[k], "negations"):
            return None
        if s[k].low in ("été", "stato", "stata", "stati", "state", "sido") or (
            len(s[k].low) > 2 and s[k].low.endswith(ending)
        ):
            return i + 1
        if s[k].low in ("à",):
            return i + 1
    return None
