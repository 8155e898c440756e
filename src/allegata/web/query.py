"""The state of a page as its address holds it, read strictly: a value that means nothing is an error."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from allegata.model import PLOVER_ROOTS, STANCES
from allegata.store.base import ClaimQuery, Order
from allegata.store.facets import MOST_ORIGINS, SHOWN, STATUSES
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
MAX_TABLE = 1_000
"""Claims in one table (CSV): it has whole claims, with the documents behind them."""
MAX_PAGE = 100_000
MAX_CHOSEN = 200
MAX_WORDS = 300

FIRST_YEAR = 1000
"""Times before are not compared (`store.moments`)."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")

Pairs = Iterable[tuple[str, str]]


class BadQuery(ValueError):  # noqa: N818 (a value, not a fault of ours)
    """A value in an address that means nothing. The message is one line, for the reader of the page."""


@dataclass(frozen=True, slots=True)
class ClaimSearch:
    """What the list of claims is asked for. Times are dates as typed; ``None`` does not filter. ``id`` are
    claims that were chosen; ``more`` is the facet of which more values are shown."""

    q: str | None = None
    accuser: str | None = None
    accused: str | None = None
    act: str | None = None
    place: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    min_documents: int = 1
    origins: str | None = None
    status: str | None = None
    stance: str | None = None
    language: str | None = None
    outlet: str | None = None
    id: tuple[str, ...] = ()
    more: str | None = None
    sort: Order = "documents"
    page: int = 1
    size: int = SIZE

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, besides the words searched for: parameter -> value."""
        named = {k: getattr(self, k) for k in ("since", "until", *SHOWN)}
        if self.min_documents > 1:
            named["min_documents"] = str(self.min_documents)
        if self.id:
            named["id"] = f"{len(self.id)} chosen"
        return {k: v for k, v in named.items() if v}

    def params(self, **changes: Any) -> list[tuple[str, str]]:
        """The parameters of the address, with ``changes``; what stands at its default is left out."""
        search, plain = replace(self, **changes), ClaimSearch()
        return [
            (name, str(one))
            for name in ClaimSearch.__dataclass_fields__
            if (value := getattr(search, name)) != getattr(plain, name)
            for one in (value if isinstance(value, tuple) else (value,))
        ]

    def without(self, name: str) -> list[tuple[str, str]]:
        """The parameters without one filter."""
        return self.params(page=1, **{name: getattr(ClaimSearch(), name)})

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
            place=self.place,
            origins=self.origins,
            status=self.status,
            stance=self.stance,
            language=self.language,
            outlet=self.outlet,
            ids=self.id,
            typing=True,
            order=self.sort,
        )


_CHOICES = {
    "act": PLOVER_ROOTS,
    "sort": tuple(SORTS),
    "status": (*STATUSES, "new"),
    "stance": (*STANCES, "demand_investigation"),
    "more": SHOWN,
}


def read_search(pairs: Pairs, max_size: int = MAX_SIZE) -> ClaimSearch:
    """The search in an address. Unknown parameters are ignored, empty ones do not filter. BadQuery."""
    given: dict[str, str] = {}
    ids: list[str] = []
    for name, value in pairs:
        if name == "id" and value:
            ids.append(_name(name, value))
        elif name in ClaimSearch.__dataclass_fields__ and value.strip():
            if name in given:
                raise BadQuery(f"“{name}” is given twice: give it once.")
            given[name] = _words(name, value)
    if len(ids) > MAX_CHOSEN:
        raise BadQuery(f"At most {MAX_CHOSEN} claims can be chosen at once.")
    numbers = {
        name: _number(name, given.pop(name), top)
        for name, top in (("min_documents", 1_000_000), ("page", MAX_PAGE), ("size", max_size))
        if name in given
    }
    for name in ("act", "country"):
        if name in given:
            given[name] = given[name].upper()
    for name, known in _CHOICES.items():
        if name in given:
            _one_of(name, given[name], known)
    if "country" in given and not re.fullmatch("[A-Z]{3}", given["country"]):
        raise BadQuery("“country” is a code of three letters, such as PAK or AFG.")
    if "origins" in given and not re.fullmatch(r"\d-\d", given["origins"]):
        raise BadQuery(f"“origins” is an interval such as 1-2, where {MOST_ORIGINS} stands for more too.")
    first, last = _bound(given.get("since"), first=True), _bound(given.get("until"), first=False)
    if first and last and first > last:
        raise BadQuery("“since” is later than “until”: swap them.")
    return ClaimSearch(**given, **numbers, id=tuple(dict.fromkeys(ids)))  # type: ignore[arg-type]


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


def _name(name: str, value: str) -> str:
    if len(value) > MAX_WORDS or any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in value):
        raise BadQuery(f"“{name}” is longer than {MAX_WORDS} characters, or no text: take it from a page.")
    return value


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
    if not year or year < FIRST_YEAR or (month is not None and not 1 <= month <= 12):
        raise BadQuery(f"“{name}” is a date, such as 2025-03-06, 2025-03 or 2025.")
    month = month or (1 if first else 12)
    last = monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        raise BadQuery(f"“{name}” is a date, such as 2025-03-06, 2025-03 or 2025.")
    return f"{year:04d}-{month:02d}-{day or (1 if first else last):02d}"
