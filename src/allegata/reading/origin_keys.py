"""What a speaker counts as: the government, body or person whose knowledge it is, under one name a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from allegata.model import Source
from allegata.vocab import load
from allegata.vocab.countries import (
    country_name,
    country_of,
    country_of_capital,
    country_of_demonym,
    country_of_government,
)

_GOVERNMENT = "government of "
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*['’]?")
_JOINING = frozenset({"of", "for", "in", "at", "on", "and", "to"})
_MERGED = frozenset({"organisation", "office", "agency", "outlet", "unknown"})
"""Kinds of sources of which a shorter name, or a description, may mean another that is named in full."""


def origin_key(source: Source | None) -> str | None:
    """What a source counts as: its government, the body it speaks for, else itself. None for no source."""
    if source is None:
        return None
    for name in (source.organisation, source.name):
        country = government_country(name) if name else None
        if country:
            return f"{_GOVERNMENT}{country}"
    if source.kind in ("person", "office") and source.organisation:
        return source.organisation.casefold()
    return source.name.casefold()


def origin_keys(sources: Sequence[Source]) -> dict[str, str]:
    """Source name -> its key, where names of one body on one page have one key: "River Authority" and "Tarn
    River Authority", "a seafarers' union" and the only union that is named."""
    keys = {s.name: key for s in sources if (key := origin_key(s))}
    named = {key: _words(key) for s in sources if (key := keys.get(s.name)) and _is_named(s)}
    known = {key: _words(key) for key in keys.values()}
    merged = {}
    for source in sources:
        key = keys.get(source.name)
        if key and not key.startswith(_GOVERNMENT) and (source.kind in _MERGED or source.organisation):
            merged[key] = _fuller(key, known[key], named, described=not _is_named(source))
    return {name: merged.get(key, key) for name, key in keys.items()}


def origin_name(key: str, sources: Iterable[Source]) -> str:
    """How a key reads: "government of Afghanistan", or the name as the page writes it."""
    if key.startswith(_GOVERNMENT):
        return f"{_GOVERNMENT}{country_name(key.removeprefix(_GOVERNMENT))}"
    names = [n for s in sources for n in (s.organisation, s.name) if n and n.casefold() == key]
    return names[0] if names else key


def government_country(name: str) -> str | None:
    """The country whose government a name is, or is part of: "Taliban", "Afghan foreign ministry"."""
    bodies = set(load("xray")["government_words"])
    words = name.replace("’s", "").replace("'s", "").split()
    rest = [w for w in words if w.casefold().strip(",.") not in bodies]
    if len(rest) == len(words):
        return country_of_government(name) or country_of_capital(name)
    for end in range(len(rest), 0, -1):
        for start in range(len(rest) - end + 1):
            part = " ".join(rest[start : start + end])
            found = country_of(part) or country_of_demonym(part) or country_of_government(part)
            if found or (found := country_of_capital(part)):
                return found
    return None


def _fuller(key: str, words: tuple[str, ...], named: Mapping[str, tuple[str, ...]], described: bool) -> str:
    """The key of the only named body that these words may mean too, else the key itself."""
    fuller = [
        other
        for other, theirs in named.items()
        if other != key and len(theirs) > len(words) and _ends_like(words, theirs)
    ]
    if not fuller and (described or len(words) == 1):
        fuller = [o for o, theirs in named.items() if o != key and _head(theirs) == _head(words)]
    return fuller[0] if len(fuller) == 1 else key


def _ends_like(words: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return len(words) > 1 and theirs[-len(words) :] == words


def _head(words: tuple[str, ...]) -> str:
    """The noun that says what a body is: the last one, or the last before "of" or "for"."""
    for at, word in enumerate(words):
        if word in _JOINING and at:
            return words[at - 1]
    return words[-1] if words else ""


def _is_named(source: Source) -> bool:
    """True where the body's name is one: capitals on all but small words, and more than one word."""
    words = _WORD.findall(source.organisation or source.name)
    telling = [w for w in words if w.casefold() not in _JOINING and w.casefold() != "the"]
    return len(telling) > 1 and all(w[:1].isupper() for w in telling)


def _words(name: str) -> tuple[str, ...]:
    return tuple(w for w in _WORD.findall(name.casefold()) if w not in ("the", "a", "an"))
