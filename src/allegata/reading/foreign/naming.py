"""Whom a description means: somebody named, now or before, a body, or somebody who is only described."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from allegata.model import Source
from allegata.reading.foreign.phrases import Phrase, is_name
from allegata.reading.foreign.tokens import Token
from allegata.reading.foreign.words import Words

STEM = 5
"""Letters by which two forms of a noun are the same."""


@dataclass(slots=True)
class Memory:
    """Who was heard so far: the sources by name, who spoke last, who was brought in last."""

    sources: dict[str, Source] = field(default_factory=dict)
    last: Source | None = None
    body: Source | None = None

    def heard(self, source: Source, *, speaks: bool = True) -> None:
        """It is the last one now."""
        self.last = source
        if source.kind in ("organisation", "outlet"):
            self.body = source
        if speaks:
            self.sources.setdefault(source.name, source)


def name_of(tokens: Sequence[Token], found: Phrase, text: str, words: Words, memory: Memory) -> Source | None:
    """The Source that is described there; the last speaker for "the man"."""
    held = list(tokens[found.start : found.end])
    if not held:
        return None
    if found.name is not None:
        name = _printed(_without_honorific(tokens[slice(*found.name)], words), text)
        title = _described(tokens[found.start : found.name[0] - 1], text, words)
        return _person(name, title, held, words, memory)
    opened = (
        words.has(held[0], "articles")
        and len(held) > 1
        and not (held[0].capital and is_name(held, words) and held[0].start > 0 and found.start > 0)
    )
    nouns = held
    while opened and len(nouns) > 1 and words.has(nouns[0], "articles"):
        nouns = nouns[1:]
    nouns = _without_honorific(nouns, words)
    if words.language == "ar":
        return _arabic(nouns, text, words, memory)
    if words.language == "tr":
        return _turkish(nouns, text, words, memory)
    if not nouns:
        return None
    if (before := _taken_up(held, nouns, opened, words, memory)) is not None:
        return before
    head = next((t for t in nouns if words.named(t, "persons") or words.named(t, "bodies")), None)
    person = head is not None and words.named(head, "persons")
    at = _name_at(nouns, words)
    name = _printed(nouns[at:], text)
    if nouns[-1].low[0] == "@":
        return Source(nouns[-1].text, "account", title=_described(nouns[:-1], text, words))
    if head is not None and not person:
        outlet = any(words.named(t, "outlets") for t in nouns[:at])
        if outlet and nouns[-1].kind == "quote":
            return Source(nouns[-1].text, "outlet")
        own = nouns[0].capital and words.language != "de"  # "Radio Chott"
        if words.named(nouns[0], "outlets") and len(nouns) > 1 and not own and is_name(nouns[1:], words):
            return Source(_printed(nouns[1:], text), "outlet")
        if outlet and at < len(nouns) and not own:
            return Source(name, "outlet")
        return Source(_described(nouns, text, words) or name, "organisation")
    if found.title is not None:
        office = tokens[slice(*found.title)]
        return _person(name, _described(office, text, words), office, words, memory)
    alone = at == 0
    if alone and words.language in (
        "de",
        "ru",
        "tr",
    ):  # "Bürgermeister Kurt Löffler": a title has a capital too
        cut = 1 if person and head is nouns[0] and len(nouns) > 1 else 0
        if cut == 0 and opened and len(nouns) > 2:
            cut = 1
        at, name, alone = (cut, _printed(nouns[cut:], text), cut == 0)
    if words.language == "de" and at < len(nouns) and nouns[at] is head:  # "früheren Offizier"
        at, name = at + 1, _printed(nouns[at + 1 :], text)
    size = len(nouns) - at
    if at < len(nouns) and (not opened or not alone) and nouns[-1].kind == "word":
        title = _described(nouns[:at], text, words)
        if size > 1 or person:
            return _person(name, title, nouns, words, memory)
        if alone:
            return memory_of(name, memory) or (Source(name, "unknown") if len(name) > 2 else None)
    whole = _described(nouns, text, words)
    if whole is None:
        return None
    paper = any(words.named(t, "papers") for t in nouns[:2])
    kind = "anonymous" if person else "document" if paper else "unknown"
    return memory.sources.get(whole) or Source(whole, kind, organisation=_organisation(nouns, words))


def _without_honorific(held: Sequence[Token], words: Words) -> list[Token]:
    while len(held) > 1 and (words.has(held[0], "honorifics") or held[0].low == "."):
        held = held[1:]
    return list(held)


def memory_of(name: str, memory: Memory) -> Source | None:
    """Who was called that, or ended in that name, before."""
    known = [memory.last] if memory.last is not None else []
    known += memory.sources.values()
    return next((s for s in known if s.name == name or s.name.endswith(f" {name}")), None)


def _person(name: str, title: str | None, held: Sequence[Token], words: Words, memory: Memory) -> Source:
    known = memory_of(name, memory)
    if known is not None:
        return known
    body = _organisation(held, words)
    if words.sets["possessives"] and words.has(held[0], "possessives") and memory.body is not None:
        body = memory.body.name
    return Source(name, "person", title=title, organisation=body)


def _organisation(held: Sequence[Token], words: Words) -> str | None:
    """For whom somebody speaks who is described with a body: "portavoz del banco"."""
    for i, token in enumerate(held[1:], 1):
        if words.named(token, "bodies") and (
            words.has(held[i - 1], "links") or words.has(held[i - 1], "articles")
        ):
            end = next(
                (j for j in range(i, len(held)) if held[j].kind != "word" or held[j].low == ","), len(held)
            )
            return " ".join(t.text for t in held[i:end])
    return None


def _taken_up(
    held: Sequence[Token], nouns: Sequence[Token], opened: bool, words: Words, memory: Memory
) -> Source | None:
    """Who spoke before, of "the man", "ce soignant", "der Offizier", "el ministerio"."""
    noun = nouns[0]
    told = len(nouns) > 1 and words.language == "de" and words.has(nouns[1], "articles")
    if told and words.has(noun, "anybody"):
        return memory.last  # "der Mann der Wochenschau"
    if len(nouns) > 1 or not opened or noun.kind != "word":
        return None
    if words.has(held[0], "demonstratives") and not words.named(noun, "bodies"):
        return memory.last
    if words.has(noun, "anybody"):
        return memory.last
    stem = noun.low[: max(STEM, len(noun.low) - 2)]
    for source in reversed([*memory.sources.values(), *([memory.last] if memory.last else [])]):
        described = (source.name if source.kind != "person" else source.title or "").lower().split()
        if any(w.startswith(stem) for w in described[:3]):
            return source
    return None


def _name_at(nouns: Sequence[Token], words: Words) -> int:
    """Where the name begins that ends the description; after "of" it is a place's."""
    for i in range(len(nouns)):
        if is_name(nouns[i:], words):
            if i and (words.has(nouns[i - 1], "links") or nouns[i - 1].low in ("la", "el", "l'")):
                return len(nouns)
            return i
    return len(nouns)


def _printed(held: Sequence[Token], text: str) -> str:
    if not held:
        return ""
    name = text[held[0].start : held[-1].end]
    return " ".join(name.split()).strip(' .,"«»“”')


def _described(held: Sequence[Token], text: str, words: Words) -> str | None:
    nouns = list(held)
    while len(nouns) > 1 and words.has(nouns[0], "articles") and not nouns[0].low.isdigit():
        if nouns[0].low in words.sets["counts"]:
            break
        nouns = nouns[1:]
    return _printed(nouns, text) or None


def _arabic(nouns: Sequence[Token], text: str, words: Words, memory: Memory) -> Source | None:
    """Names have no capitals: a description with a name at its end stays whole."""
    name = _printed(nouns, text)
    if len(nouns) == 1 and (before := _known_body(nouns[0].low, memory)) is not None:
        return before
    head = nouns[0].low.removeprefix("ال")
    kind = "organisation" if head in words.sets["bodies"] else "person" if len(nouns) > 2 else "unknown"
    kind = "outlet" if head in words.sets["outlets"] else kind
    kind = "anonymous" if head in words.sets["persons"] and len(nouns) < 3 else kind
    return memory.sources.get(name) or Source(name, kind) if len(name) > 2 else None


def _known_body(low: str, memory: Memory) -> Source | None:
    stem = low.removeprefix("ال")
    return next((s for s in memory.sources.values() if s.name.split()[0].removeprefix("ال") == stem), None)


def _turkish(nouns: Sequence[Token], text: str, words: Words, memory: Memory) -> Source | None:
    """Titles stand before names and have capitals too; the last word may have the ending of a case."""
    last = nouns[-1]
    word = last.text.replace("’", "'").partition("'")[0]
    if word == last.text and not last.capital:
        word = _nominative(word, words)
    body = next(
        (i for i, t in enumerate(nouns) if words.named(t, "bodies") or word.lower() in words.sets["bodies"]),
        None,
    )
    titles = [i for i, t in enumerate(nouns) if words.has(t, "persons")]
    cut = titles[-1] + 1 if titles and all(t.capital for t in nouns[titles[-1] + 1 :]) else 0
    names = [*(t.text for t in nouns[cut:-1]), word] if cut < len(nouns) else []
    name = " ".join(names)
    title = " ".join(t.text for t in nouns[:cut]) or None
    if names and all(n[0].isupper() for n in names):
        known = memory_of(name, memory)
        if known is not None:
            return known
        if body is not None and body >= cut:
            return Source(name, "organisation")
        kind = "person" if title or len(names) > 1 else "unknown"
        return Source(name, kind, title=title) if len(name) > 2 else None
    whole = " ".join([*(t.text for t in nouns[:-1]), word])
    return memory.sources.get(whole) or Source(whole, "organisation" if body is not None else "anonymous")


def _nominative(word: str, words: Words) -> str:
    """A noun without the ending of the dative: "kaynağına" -> "kaynağı"."""
    low = word.lower()
    known = words.sets["persons"] | words.sets["bodies"]
    return next((word[: len(word) - n] for n in (2, 1) if low[:-n] in known and low not in known), word)
