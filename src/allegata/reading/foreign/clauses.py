"""Who says what in one sentence: around a verb of saying, after "according to", in what is only hearsay."""

from __future__ import annotations

from collections.abc import Sequence

from allegata.reading.foreign.contents import (
    LAST,
    LEAST,
    QUOTATION,
    Found,
    Who,
    called,
    denied,
    head_content,
    kept,
    rest_of,
    trimmed,
)
from allegata.reading.foreign.credits import by_sources, cited, hearsay, own_words, refusals
from allegata.reading.foreign.phrases import Phrase, phrase
from allegata.reading.foreign.subjects import (
    after_verb,
    before_verb,
    is_closed,
    is_inverted,
    subject,
    tells_of_person,
)
from allegata.reading.foreign.tokens import Token, tokenise
from allegata.reading.foreign.words import CALL, Cue, Words


def read_sentence(s: Sequence[Token], words: Words) -> list[Found]:
    """The statements of a sentence, in order; the outermost speaker's only."""
    found = [*refusals(s, words), *own_words(s, words)]
    if not found:
        found += _by_verbs(s, words)
    if not found:
        found += by_sources(s, words)
    found += cited(s, found, words)
    used = {c for f in found for c in f.content}
    for token in s:
        if (
            token.kind == "quote"
            and (inside := _inside(token, words)) is not None
            and (token.start, token.end) not in used
        ):
            found.append(inside)
    return found or list(hearsay(s, words))


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
    content = head_content(s, cue, words)
    if content is None:
        return None
    cut = s[j - 2].end
    shorter = tuple((a, min(b, cut)) for a, b in first.content if a < cut)
    return (
        Found(first.who, first.cue, kept(shorter), first.stance, s),
        Found(first.who, (cue.start, cue.end), (content,), cue.stance, s),
    )


def _around(s: Sequence[Token], cue: Cue, opened: int, words: Words) -> Found | None:
    """The statement around a verb."""
    at = (cue.start, cue.end)
    j = before_verb(s, cue.start, opened, words)
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
        after = after_verb(s, cue, words)
        if after is not None and isinstance(after[0], Phrase):
            who = after[0]
            if meant is not None or is_closed(s, after[1]):
                return Found(who, at, (), cue.stance, s)
            content = head_content(s, cue, words, since=after[1])
            return None if content is None else Found(who, at, (content,), cue.stance, s)
        if words.language in ("de", "fr"):
            who = None
    if who is None and words.language == "de" and is_inverted(s, j, opened, words):
        after = after_verb(s, cue, words)
        if after is not None:
            since = after[1]
            if isinstance(after[0], Phrase) and after[0].title is not None:
                since = after[0].title[1] + (after[0].title[1] < len(s) and s[after[0].title[1]].low == ",")
            content = head_content(s, cue, words, since=since)
            call = called(s, cue, words)
            if cue.stance == CALL and call is None:
                return None
            if call is not None:
                content = trimmed(s, since, len(s))
            if content is not None:
                return Found(after[0], at, (content,), called(s, cue, words) or cue.stance, s)
            if after[1] >= len(s) - 2 or cue.last is not None:
                return Found(after[0], at, (), cue.stance, s)
        return None
    if who is None and meant is not None and (j == opened or s[j - 1].low in (",", ":", "así")):
        after = after_verb(s, cue, words)
        if after is not None and isinstance(after[0], Phrase):
            before = trimmed(s, opened, j)
            whole = before is not None and before[1] - before[0] >= LEAST
            return Found(after[0], at, (before,) if whole and before else (), cue.stance, s)
    if who is None or (cue.pronoun and who != LAST):
        return None
    call = called(s, cue, words)
    if cue.stance == CALL and call is None:
        return None
    if call is not None or meant is not None:
        content = trimmed(s, cue.end, len(s)) if call else None
        if call is None and trimmed(s, cue.end, len(s)) is not None:
            content = head_content(s, cue, words)
        return Found(who, at, (content,) if content else (), call or cue.stance, s)
    content = head_content(s, cue, words)
    if content is None:
        bare = cue.stance in ("deny", "confirm") and is_closed(s, cue.end)
        just = (
            cue.end - cue.start > 2
            and words.match(s, cue.start, "just") is not None
            and s[cue.end - 2].low in words.sets["objects"]
        )
        return Found(who, at, (), cue.stance, s) if bare or just else None
    return Found(who, at, (content,), denied(s, content, words) or cue.stance, s)


def _transitive(s: Sequence[Token], cue: Cue, opened: int, words: Words) -> Found | None:
    """ "The director, Ana Roth, has rejected these accusations."""
    who = subject(s, cue.start, opened, words)
    if not isinstance(who, Phrase):
        return None
    j = before_verb(s, cue.start, opened, words)
    pronoun = j - who.end == 3  # "les salariés, eux, …"
    if who.name is None and not pronoun and not tells_of_person(s, who, words):
        return None
    content = head_content(s, cue, words)
    return None if content is None else Found(who, (cue.start, cue.end), (content,), cue.stance, s)


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
    """ "…, heißt es in der Erklärung", "In einem Brief heißt es, …": the last speaker's, or the paper's."""
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
    if led >= cue.start or s[led].low != "wie" or not is_closed(s, cue.end):
        return None
    found = phrase(s, led + 1, cue.start, words)
    if found is None:
        return None
    content = rest_of(s, led, cue.end, words)
    return Found(found, (led, cue.end), (content,), "assert", s) if content else None


def _as_said(s: Sequence[Token], cue: Cue, led: int, words: Words) -> Found | None:
    """ "as X said, …", "…, as X told Y"."""
    after = after_verb(s, cue, words, passive=True)
    if after is None or not isinstance(after[0], Phrase):
        return None
    content = rest_of(s, led, after[1], words)
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
    after = after_verb(s, cue, words)
    if after is None:
        free = cue.last is None and words.language in ("es", "pt", "it") and quote is not None
        if not free or not is_closed(s, cue.end, words):
            return None
        return Found(LAST, (cue.start, cue.end), (content,), cue.stance, s)
    if not dashed and quote is None and not is_closed(s, after[1], words):
        return None
    return Found(after[0], (cue.start, cue.end), (content,), cue.stance, s)


def _inside(token: Token, words: Words) -> Found | None:
    """« …, dit-il. … »: the verb stands inside the quotation."""
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
        after = after_verb(inner, cue, words)
        if after is None or after[1] >= len(inner) or inner[after[1]].kind != "mark":
            continue
        return Found(after[0], (cue.start, cue.end), ((token.start, token.end),), cue.stance, inner)
    return None
