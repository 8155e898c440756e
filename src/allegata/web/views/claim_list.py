"""The list of claims: what a search finds, with its facets, as a page, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from allegata.contract import to_plain
from allegata.exchange.tables import claim_rows
from allegata.model import PLOVER_ROOTS
from allegata.store.base import Facet, Store, Survey
from allegata.store.cards import Card
from allegata.store.facets import MOST_ORIGINS, SHOWN
from allegata.web import paths, words
from allegata.web.query import MAX_TABLE, SORTS, ClaimSearch
from allegata.web.views.claims import claim_plain

VALUES = 6
"""Values of a facet that are shown unasked."""

MORE_VALUES = 100

BATCH = 50
"""Whole claims that are held at once while a table is made."""

NAMES = {
    "accuser": "Accuser",
    "accused": "Accused",
    "act": "Alleged act",
    "place": "Place",
    "country": "Country",
    "origins": "Independent origins",
    "status": "Status",
    "stance": "Stances",
    "language": "Language",
    "outlet": "Outlet",
}

STATUS_WORDS = {
    "new": "new, seen first in its last week",
    "denied": "denied",
    "confirmed": "confirmed",
    "disputed": "disputed",
    "doubted": "doubted",
    "retracted": "taken back",
    "inquiry": "an inquiry is demanded",
    "circular": "circular reporting",
    "unanswered": "no response found",
}


def found(store: Store, search: ClaimSearch) -> dict[str, Any]:
    """What a search finds: the part of the page that follows the words while they are typed."""
    surveyed = survey_of(store, search)
    total = surveyed.total
    pages = max(1, -(-total // search.size))
    return {
        "search": search,
        "rows": [(card, words.strip_of(card)) for card in surveyed.cards],
        "total": total,
        "held": store.count_documents(),
        "pages": pages,
        "first": (search.page - 1) * search.size + 1,
        "chips": [
            (
                NAMES.get(name, name.replace("_", " ")),
                value_words(name, value),
                paths.claims(search.without(name)),
            )
            for name, value in search.filters.items()
        ],
        "before": paths.claims(search.params(page=min(search.page - 1, pages))) if search.page > 1 else None,
        "after": paths.claims(search.params(page=search.page + 1)) if search.page < pages else None,
        "facets": facets(store, search, surveyed),
        "periods": _periods(search, surveyed.periods),
        "twin": paths.claims(search.params(), twin=True),
        "table": paths.claim_list_table(search.params(page=1, size=MAX_TABLE)),
        "in_table": min(total, MAX_TABLE),
        "watch": paths.new_watch(search.params(page=1)),
    }


def page(store: Store, search: ClaimSearch) -> dict[str, Any]:
    """All that the page shows."""
    shown = found(store, search)
    options = {name: [v["value"] for v in f["values"]] for name, f in shown["facets"].items()}
    return shown | {
        "acts": PLOVER_ROOTS,
        "sorts": SORTS,
        "options": {name: options.get(name, []) for name in ("accuser", "accused", "country")},
        "kept": [(k, v) for k, v in search.params(page=1) if k in _KEPT],
    }


_KEPT = ("place", "origins", "status", "stance", "language", "outlet", "id", "size")
"""Parameters that the form has no field for."""


def survey_of(store: Store, search: ClaimSearch, most: int = VALUES + 1) -> Survey:
    return store.survey(search.store_query(search.size, (search.page - 1) * search.size), SHOWN, most)


def facets(store: Store, search: ClaimSearch, surveyed: Survey) -> dict[str, dict[str, Any]]:
    """Facet -> its values with their counts and where they lead; those without a value are left out."""
    counted = dict(surveyed.facets)
    if search.more:
        counted |= store.facets(search.store_query(None, 0), [search.more], MORE_VALUES)
    out = {}
    for kind, values in counted.items():
        chosen = getattr(search, kind)
        most = MORE_VALUES if kind in (search.more, "status") else VALUES
        if kind == "origins":
            values = sorted(values[:most], key=lambda f: [int(n) for n in f.value.split("-")])
        if values:
            out[kind] = {
                "name": NAMES[kind],
                "values": [_value(search, kind, f, chosen) for f in values[:most]],
                "more": paths.claims(search.params(page=1, more=kind)) if len(values) > most else None,
            }
    return out


def _value(search: ClaimSearch, kind: str, facet: Facet, chosen: str | None) -> dict[str, Any]:
    given = f'"{facet.value}"' if kind in ("accuser", "accused") else facet.value
    is_chosen = chosen == given
    wanted = search.without(kind) if is_chosen else search.params(page=1, **{kind: given})
    return {
        "value": facet.value,
        "words": value_words(kind, facet.value),
        "claims": facet.claims,
        "chosen": is_chosen,
        "to": paths.claims(wanted),
    }


def _periods(search: ClaimSearch, counted: Sequence[Facet]) -> list[dict[str, Any]]:
    """When claims were seen, with bars as long as the counts are great."""
    most = max((f.claims for f in counted), default=0)
    return [
        {
            "value": f.value,
            "claims": f.claims,
            "share": max(1, round(20 * f.claims / most)),
            "chosen": search.since == search.until == f.value,
            "to": paths.claims(search.params(page=1, since=f.value, until=f.value)),
        }
        for f in counted
    ]


def name_of(kind: str) -> str:
    """How a page calls a filter."""
    return NAMES.get(kind, kind.replace("_", " "))


def value_words(kind: str, value: str) -> str:
    """How a page calls the value of a filter."""
    if kind == "origins":
        low, high = value.split("-")
        ends = [n if int(n) < MOST_ORIGINS else f"{n} or more" for n in dict.fromkeys((low, high))]
        return "–".join(ends)
    if kind == "status":
        return STATUS_WORDS.get(value, value)
    if kind == "stance":
        return words.STANCE_WORDS.get(value, value)
    return value.lower() if kind == "act" else value


def twin(store: Store, search: ClaimSearch) -> dict[str, Any]:
    """The same as JSON, with whole claims."""
    query = search.store_query(search.size, (search.page - 1) * search.size)
    surveyed = survey_of(store, search, MORE_VALUES)
    return {
        "total": surveyed.total,
        "page": search.page,
        "size": search.size,
        "sort": search.sort,
        "claims": [claim_plain(c) for c in store.claims(query)],
        "facets": {k: to_plain(v) for k, v in surveyed.facets.items()},
        "periods": to_plain(surveyed.periods),
    }


def table(store: Store, search: ClaimSearch) -> Iterator[str]:
    """The same as lines of CSV, one a claim."""
    cards = store.cards(search.store_query(search.size, (search.page - 1) * search.size))

    def whole() -> Iterator[Any]:
        for start in range(0, len(cards), BATCH):
            ids = tuple(c.id for c in cards[start : start + BATCH])
            held = {c.id: c for c in store.claims(replace(ClaimSearch(), id=ids).store_query(None, 0))}
            yield from (held[i] for i in ids if i in held)

    return claim_rows(whole())


def chosen(store: Store, search: ClaimSearch) -> list[Card]:
    """The claims that were chosen, in the order of choosing."""
    held = store.cards_of(search.id)
    return [held[i] for i in search.id if i in held]
