"""The state of a page as its address holds it, read strictly: a value that means nothing is an error."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from allegata.model import PLOVER_ROOTS
from allegata.store.base import ClaimQuery
from allegata.web.marks import LAYERS

SORTS = {
    "documents": "documents",
    "newest": "newest",
    "oldest": "oldest",
    "origins": "most origins",
    "few-origins": "fewest origins",
}

SIZE = 25
MAX_SIZE = 200
MAX_PAGE = 100_000
MAX_WORDS = 300

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")

Pairs = Iterable[tuple[str, str]]


class BadQuery(ValueError):  # noqa: N818 (a value, not a fault of ours)
    """A value in an address that means nothing. The message is one line, for the reader of the page."""


@dataclass(frozen=True, slots=True)
class ClaimSearch:
    """What the list of claims is asked for. Times are dates as typed; ``None`` does not filter."""

    q: str | None = None
    accuser: str | None = None
    accused: str | None = None
    act: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    min_documents: int = 1
    sort: str = "documents"
    page: int = 1
    size: int = SIZE

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, besides the words searched for: parameter -> value."""
        named = {k: getattr(self, k) for k in ("accuser", "accused", "act", "country", "since", "until")}
        if self.min_documents > 1:
            named["min_documents"] = str(self.min_documents)
        return {k: v for k, v in named.items() if v}

    def params(self, **changes: Any) -> list[tuple[str, str]]:
        """The parameters of the address, with ``changes``; what stands at its default is left out."""
        search, plain = replace(self, **changes), ClaimSearch()
        return [
            (name, str(value))
            for name in ClaimSearch.__dataclass_fields__
            if (value := getattr(search, name)) != getattr(plain, name)
        ]

    def store_query(self, limit: int | None, offset: int) -> ClaimQuery:
        return ClaimQuery(
            text=self.q,
            accuser=self.accuser,
            accused=self.accused,
            act=self.act,
            country=self.country,
            since=_bound(self.since, first=True),
            until=_bound(self.until, first=False),
            min_documents=self.min_documents,
            limit=limit,
            offset=offset,
        )


def read_search(pairs: Pairs) -> ClaimSearch:
    """The search in an address. Unknown parameters are ignored, empty ones do not filter. BadQuery."""
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in ClaimSearch.__dataclass_fields__ and value.strip():
            if name in given:
                raise BadQuery(f"“{name}” is given twice: give it once.")
            given[name] = _words(name, value)
    numbers = {
        name: _number(name, given.pop(name), top)
        for name, top in (("min_documents", 1_000_000), ("page", MAX_PAGE), ("size", MAX_SIZE))
        if name in given
    }
    if "act" in given:
        given["act"] = _one_of("act", given["act"].upper(), PLOVER_ROOTS)
    if "sort" in given:
        given["sort"] = _one_of("sort", given["sort"], tuple(SORTS))
    if "country" in given:
        given["country"] = given["country"].upper()
        if not re.fullmatch("[A-Z]{3}", given["country"]):
            raise BadQuery("“country” is a code of three letters, such as PAK or AFG.")
    first, last = _bound(given.get("since"), first=True), _bound(given.get("until"), first=False)
    if first and last and first > last:
        raise BadQuery("“since” is later than “until”: swap them.")
    return ClaimSearch(**given, **numbers)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """How a document is shown: the layers of marks, a passage to point at, a version (``None``: newest), and
    with which other version it is compared."""

    show: tuple[str, ...] = LAYERS
    at: tuple[int, int] | None = None
    version: int | None = None
    against: int | None = None


def read_view(pairs: Pairs) -> DocumentView:
    """The view in an address: ``show=source&show=cue`` (or ``show=none``), ``at=120-180``. BadQuery."""
    show: list[str] | None = None
    at: tuple[int, int] | None = None
    version: int | None = None
    against: int | None = None
    for name, value in pairs:
        if name == "show":
            wanted = [w for w in value.split(",") if w and w != "none"]
            show = (show or []) + [_one_of("show", w, (*LAYERS, "none")) for w in wanted]
        elif name == "at" and value:
            match = _SPAN.fullmatch(value)
            if not match or int(match[1]) >= int(match[2]):
                raise BadQuery("“at” is a passage in characters, such as 120-180.")
            at = (int(match[1]), int(match[2]))
        elif name == "version" and value:
            version = _number("version", value, 1_000_000)
        elif name == "against" and value:
            against = _number("against", value, 1_000_000)
    layers = LAYERS if show is None else tuple(name for name in LAYERS if name in show)
    return DocumentView(layers, at, version, against)


def _words(name: str, value: str) -> str:
    words = " ".join(value.split())
    if len(words) > MAX_WORDS:
        raise BadQuery(f"“{name}” is longer than {MAX_WORDS} characters: shorten it.")
    if any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in words):
        raise BadQuery(f"“{name}” holds a character that is no text: type it anew.")
    return words


def _number(name: str, value: str, top: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value.strip()) or not 1 <= int(value) <= top:
        raise BadQuery(f"“{name}” is a whole number from 1 to {top:,}.")
    return int(value)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise BadQuery(f"“{name}” is one of {', '.join(known)}.")
    return value


def _bound(value: str | None, first: bool) -> str | None:
    """The first or the last day of a year, a month or a day."""
    if value is None:
        return None
    name = "since" if first else "until"
    match = _DATE.fullmatch(value)
    year, month, day = (int(g) if g else None for g in match.groups()) if match else (None, None, None)
    if not year or (month is not None and not 1 <= month <= 12):
        raise BadQuery(f"“{name}” is a date, such as 2025-03-06, 2025-03 or 2025.")
    month = month or (1 if first else 12)
    last = monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        raise BadQuery(f"“{name}” is a date, such as 2025-03-06, 2025-03 or 2025.")
    return f"{year:04d}-{month:02d}-{day or (1 if first else last):02d}"
