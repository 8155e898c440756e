"""The words of one language, as they are looked up: verbs by their forms, and what bounds a description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from allegata.reading.foreign.tokens import Token
from allegata.reading.foreign.verbs import forms
from allegata.vocab import load

STANCES = {
    "say": "assert",
    "allege": "allege",
    "confirm": "confirm",
    "deny": "deny",
    "demand": "demand",
    "doubt": "doubt",
}
CALL = "call"
"""In place of a stance: a verb of calling, which denies where it calls a thing false."""
FURTHEST = 40
"""Tokens between a German verb and the particle or participle at the end of its clause."""

Sequences = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By their first words: the words and what they mean, the longest first."""


@dataclass(frozen=True, slots=True)
class Cue:
    """The tokens ``start`` to ``end`` say that somebody says. ``last`` is the token at the end of the clause
    that belongs to a German one, ``pronoun`` whether its speaker is a pronoun inside it ("a-t-il dit")."""

    start: int
    end: int
    stance: str
    last: int | None = None
    pronoun: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of a language (`vocab/foreign_speech.toml`)."""

    language: str
    finite: Sequences
    done: Mapping[str, str]
    infinitives: Mapping[str, str]
    parted: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, Sequences]
    sets: Mapping[str, frozenset[str]]
    verbal: tuple[str, ...]
    compounds: tuple[str, ...]

    def has(self, token: Token, kind: str) -> bool:
        """Whether the token is one of the words of that kind."""
        return token.kind == "word" and token.low in self.sets[kind]

    def named(self, token: Token, kind: str) -> bool:
        """Whether the token is a noun of that kind, in German also as the end of a longer one."""
        low = token.low
        if low in self.sets[kind]:
            return True
        if self.language != "de" or not token.capital:
            return False
        return any(len(b) > 3 and low.endswith((b, f"{b}s", f"{b}es", f"{b}in")) for b in self.sets[kind])

    def match(self, tokens: Sequence[Token], at: int, kind: str) -> tuple[int, str] | None:
        """The end and the meaning of the words of that kind that stand there."""
        return _match(self.phrases[kind], tokens, at)

    def cue(self, tokens: Sequence[Token], at: int) -> Cue | None:
        """The verb of saying that begins at that token."""
        token = tokens[at]
        if token.kind != "word":
            return None
        if token.low in self.sets["aux"] and (found := self._compound(tokens, at)) is not None:
            return found
        if (just := self.match(tokens, at, "just")) is not None:
            end = just[0] + (just[0] < len(tokens) and self.has(tokens[just[0]], "objects"))
            if end < len(tokens) and tokens[end].low in self.infinitives:
                return Cue(at, end + 1, self.infinitives[tokens[end].low])
        if (parts := self.parted.get(token.low)) is not None:
            last = self._particle(tokens, at, parts)
            if last is not None:
                return Cue(at, at + 1, parts[tokens[last].low], last)
        if (plain := _match(self.finite, tokens, at)) is not None:
            pronoun = plain[0] < len(tokens) and tokens[plain[0]].low[0] == "-" and self.language == "fr"
            return Cue(at, plain[0] + pronoun, plain[1], pronoun=pronoun)
        return None

    def _compound(self, tokens: Sequence[Token], at: int) -> Cue | None:
        if self.language == "de":
            last = self._particle(tokens, at, self.done)
            return None if last is None else Cue(at, at + 1, self.done[tokens[last].low], last, done=True)
        end, pronoun = at + 1, False
        while end < len(tokens) and end - at < 5:
            token = tokens[end]
            found = self._participle(tokens, end)
            if found is not None:
                return Cue(at, found[0], found[1], pronoun=pronoun, done=True)
            pronoun = pronoun or token.low in ("-il", "-elle", "-ils", "-elles")
            small = token.low[0] == "-" or self.has(token, "clitics") or token.low.endswith(("ment", "mente"))
            if token.kind != "word" or not small:
                return None
            end += 1
        return None

    def _participle(self, tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
        found = self.match(tokens, at, "done")
        if found is None and tokens[at].low in self.done:
            return at + 1, self.done[tokens[at].low]
        return found

    def _particle(self, tokens: Sequence[Token], at: int, parts: Mapping[str, str]) -> int | None:
        """The particle or participle at the end of the clause."""
        for i in range(at + 1, min(len(tokens), at + FURTHEST)):
            token = tokens[i]
            closes = (
                i + 1 == len(tokens) or tokens[i + 1].kind != "word" or tokens[i + 1].low in ("und", "aber")
            )
            if token.low in parts and (closes or token.low in ("es", "für", "sich")):
                return i
            if token.low in (";", ":", ".") or (
                token.low == "," and i + 1 < len(tokens) and self.has(tokens[i + 1], "that")
            ):
                return None
        return None


def _match(sequences: Sequences, tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
    if at >= len(tokens):
        return None
    for words, meaning in sequences.get(tokens[at].low, ()):
        held = tokens[at : at + len(words)]
        if len(held) == len(words) and all(t.low == w for t, w in zip(held, words, strict=True)):
            return at + len(words), meaning
    return None


def languages() -> tuple[str, ...]:
    """The languages in which statements are found, beside English (ISO 639-1)."""
    return tuple(load("foreign_speech"))


@lru_cache(maxsize=16)
def words_of(language: str) -> Words:
    """The words of one of `languages`."""
    held: dict[str, str] = load("foreign_speech")[language]
    finite: dict[str, str] = {}
    done: dict[str, str] = {}
    infinitives: dict[str, str] = {}
    for kind, stance in STANCES.items():
        for infinitive in held.get(kind, "").split():
            some, participles = forms(infinitive, language)
            finite.update(dict.fromkeys(some, stance))
            for participle in participles:
                done.setdefault(participle, stance)
            infinitives[infinitive] = stance
        finite.update(dict.fromkeys(held.get(f"{kind}_forms", "").split(), stance))
        done.update(dict.fromkeys(held.get(f"{kind}_done", "").split(), stance))
    infinitives.update(e.partition(":")[::2] for e in held.get("infinitives", "").split())
    finite = dict.fromkeys(held.get("call", "").split(), CALL) | finite
    parted: dict[str, dict[str, str]] = {}
    for form, stance in finite.items():
        verb, _, particle = form.partition(":")
        if particle:
            parted.setdefault(verb, {})[particle] = stance
    phrases = {
        kind: _sequences((e, "") for e in held.get(kind, "").split())
        for kind in ("by", "whatever", "as", "refusals", "hearsay", "denials", "just", "objects", "citing")
    }
    phrases["done"] = _sequences(done.items())
    phrases["ours"] = _sequences(e.rpartition(":")[::2] for e in held.get("ours", "").split())
    return Words(
        language,
        _sequences((f, s) for f, s in finite.items() if ":" not in f),
        {d: s for d, s in done.items() if "+" not in d},
        infinitives,
        parted,
        phrases,
        _Sets({k: frozenset(v.split()) for k, v in held.items()}),
        tuple(held.get("verbal", "").split()),
        tuple(b for b in held["bodies"].split() if language == "de" and len(b) > 4),
    )


class _Sets(dict[str, frozenset[str]]):
    """What a language has no words for is empty."""

    def __missing__(self, key: str) -> frozenset[str]:
        return frozenset()


def _sequences(entries: Iterable[Any]) -> Sequences:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry, meaning in entries:
        words = tuple(entry.split("+"))
        found.setdefault(words[0], []).append((words, meaning))
    return {first: tuple(sorted(some, key=lambda s: -len(s[0]))) for first, some in found.items()}
