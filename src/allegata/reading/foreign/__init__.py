"""Who says what in Spanish, French, German, Portuguese, Italian, Russian, Turkish and Arabic, by patterns
around verbs of saying.

No parser of these languages is at hand. What is found is what news says plainly: "X, shepherd of Y, told
this weekly that …", "… , the prefect said", a quotation and its speaker, "according to X, …". Pronouns and
speakers left out mean who spoke last, or who was brought in last. Precision before recall: a speaker is a
name, or a description.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allegata.model import Document, Source, Span, Statement
from allegata.reading.foreign.arabic import read_arabic
from allegata.reading.foreign.clauses import read_sentence
from allegata.reading.foreign.contents import LAST, LEAST, NOBODY, Found
from allegata.reading.foreign.naming import Memory, name_of
from allegata.reading.foreign.phrases import Phrase, phrase
from allegata.reading.foreign.tokens import Token, dateline, sentences, span, tokenise
from allegata.reading.foreign.turkish import read_turkish
from allegata.reading.foreign.words import Words, languages, words_of

__all__ = ["find_foreign_statements", "languages"]

MOST = 20_000
"""Characters of a text that are read."""
MOST_STATEMENTS = 80
LONGEST = 250
"""Tokens of a sentence that is read."""

_READERS = {"tr": read_turkish, "ar": read_arabic}


def find_foreign_statements(
    document: Document, language: str
) -> tuple[tuple[Statement, ...], tuple[Source, ...]]:
    """The statements of a Document in one of `languages`, in order, with their sources; none for others."""
    if language not in languages():
        return (), ()
    words = words_of(language)
    text = document.text[:MOST]
    memory = Memory()
    statements: list[Statement] = []
    for found, before in _search(text, words, memory):
        statement = _statement(found, before, len(statements) + 1, text, words, memory)
        if statement is not None:
            statements.append(statement)
        if len(statements) >= MOST_STATEMENTS:
            break
    named = {s.speaker for s in statements}
    return tuple(statements), tuple(s for s in memory.sources.values() if s.name in named)


def _search(text: str, words: Words, memory: Memory) -> Iterator[tuple[Found, Span | None]]:
    """What each sentence says, each with the span of the sentence before."""
    before: Span | None = None
    goes_on = False
    for whole in sentences(tokenise(text, words.language)):
        s = _without_dateline(whole, text)
        if not s or len(s) > LONGEST:
            goes_on = False
            continue
        found = _READERS.get(words.language, read_sentence)(s, words)
        if not found and goes_on:
            found = list(_continued(s, words))
        for one in found:
            yield one, before
        goes_on = any(f.who != NOBODY for f in found)
        if not found:
            goes_on = _bring_in(s, text, words, memory)
            if goes_on and (quote := _opened_by_colon(s)) is not None:
                yield quote, before
        before = span(list(s))


def _without_dateline(s: list[Token], text: str) -> list[Token]:
    skipped = dateline(text, s[0].start)
    return [t for t in s if t.start >= s[0].start + skipped]


def _continued(s: Sequence[Token], words: Words) -> Iterator[Found]:
    """What the last speaker goes on to say: a quotation alone, a German sentence in the conjunctive."""
    spoken = [t for t in s if t.kind != "mark"]
    if len(spoken) == 1 and spoken[0].kind == "quote" and len(spoken[0].text) > LEAST:
        yield Found(LAST, (0, 0), ((spoken[0].start, spoken[0].end),), "assert", s)
    elif _free_speech(s, words) and not any(t.low == "ich" for t in s):
        yield Found(LAST, (0, 0), (span(list(s)),), "assert", s)


def _opened_by_colon(s: Sequence[Token]) -> Found | None:
    """What the person says with whom a sentence begins that ends in a colon and a quotation."""
    spoken = [i for i, t in enumerate(s) if t.low == ":" or t.kind == "quote"]
    if len(spoken) != 2 or spoken[1] != spoken[0] + 1 or spoken[1] < len(s) - 2 or s[spoken[0]].low != ":":
        return None
    quote = s[spoken[1]]
    if len(quote.text) <= LEAST:
        return None
    return Found(LAST, (spoken[0], spoken[1]), ((quote.start, quote.end),), "assert", s)


def _free_speech(s: Sequence[Token], words: Words) -> bool:
    """German: the verb of the main clause is in the conjunctive."""
    comma = next((i for i, t in enumerate(s) if t.low == ","), len(s))
    return any(words.has(t, "conjunctive") for t in s[:comma])


def _bring_in(s: Sequence[Token], text: str, words: Words, memory: Memory) -> bool:
    """Remember the person a sentence is about, who may be "he" in the next."""
    begins = next((i for i, t in enumerate(s) if t.kind == "word"), len(s))
    if begins < len(s) and words.has(s[begins], "settings"):
        begins = next((i + 1 for i, t in enumerate(s[:-1]) if t.low == ","), len(s))
    found = phrase(s, begins, len(s), words) if begins < len(s) else None
    if found is None:
        return False
    person = any(words.named(t, "persons") for t in s[found.start : found.end][:3])
    source = name_of(s, found, text, words, memory)
    aged = found.end + 1 < len(s) and s[found.end].low == "," and s[found.end + 1].low.isdigit()
    person = person or found.name is not None or found.title is not None or aged
    if source is None or source.kind not in ("person", "anonymous") or not person:
        return False
    memory.heard(source, speaks=False)
    return True


def _statement(
    found: Found, before: Span | None, number: int, text: str, words: Words, memory: Memory
) -> Statement | None:
    """The Statement with its speaker; None where nobody can be told."""
    printed: tuple[Span, ...] = ()
    speaker: str | None = None
    if isinstance(found.who, Phrase):
        source = name_of(found.tokens, found.who, text, words, memory)
        if source is None:
            return None
        memory.heard(source)
        speaker = source.name
        printed = (span(list(found.tokens[found.who.start : found.who.end])),)
    elif found.who == LAST:
        if memory.last is None:
            return None
        memory.heard(memory.last)
        speaker = memory.last.name
    content = found.content
    if not content and found.stance != "no_comment" and before is not None:
        content = (before,)
    if not content and found.stance != "no_comment":
        if found.stance == "assert" and found.cue[0] < 2:
            return None
        content = (span(list(found.tokens)),)
    cue = (found.cue_span,) if found.cue[1] > found.cue[0] else ()
    return Statement(f"s{number}", printed, cue, content, found.stance, None, speaker)
