"""The form that saves what a search finds as a watch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from allegata.monitoring.events import TRIGGERS, WORDS
from allegata.store.base import ClaimQuery, Store
from allegata.web import paths
from allegata.web.query import MAX_CHOSEN, BadQuery, ClaimSearch, read_search
from allegata.web.views.claim_list import name_of, value_words

DIGESTS = (("none", "at once"), ("day", "once a day"), ("week", "once a week"))


def query_of(search: ClaimSearch) -> ClaimQuery:
    """What a watch of this search looks for: its filters, not its order and page."""
    return replace(search.store_query(None, 0), order="documents")


def kept(search: ClaimSearch) -> str:
    """The search as one field of the form."""
    return urlencode(replace(search, sort="documents", more=None).params(page=1))


def read_kept(field: str) -> ClaimSearch:
    """The inverse of `kept`. BadQuery."""
    try:
        pairs = parse_qsl(field, max_num_fields=MAX_CHOSEN + 30, errors="strict")
    except ValueError:
        raise BadQuery("This form does not say what to watch: go to it from a page.") from None
    return read_search(pairs)


def context(store: Store, search: ClaimSearch) -> dict[str, Any]:
    asked = [("words", search.q)] if search.q else []
    asked += [(name_of(k), value_words(k, v)) for k, v in search.filters.items()]
    return {
        "asked": asked,
        "total": store.count_claims(query_of(search)),
        "kept": kept(search),
        "back": paths.claims(search.params()),
        "triggers": [(t, WORDS[t]) for t in TRIGGERS],
        "digests": DIGESTS,
    }
