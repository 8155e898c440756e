"""Claims as the API's addresses ask for them: as they are, or as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from pydantic import Field, WithJsonSchema

from allegata.model import Claim
from allegata.store.base import Store
from allegata.store.cards import Card, card_of
from allegata.store.facets import statuses_of
from allegata.web import words
from allegata.web.api.paging import Asked, Bare
from allegata.web.errors import NotFoundError, id_of
from allegata.web.past import States
from allegata.web.query import FIRST_YEAR, BadQuery
from allegata.web.views.claims import held_documents

Day = Annotated[
    str | None,
    Field(description="As it stood at the end of this day, from what was out by then."),
    WithJsonSchema({"type": "string", "format": "date", "pattern": "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$"}),
]


class AsOf(Bare):
    as_of: Day = None


class ListAsOf(Asked):
    as_of: Day = None


@dataclass(frozen=True, slots=True)
class Stood:
    """A claim at the end of ``day`` (``None``: now). ``recounted``: counted anew as if nothing later were
    known, rather than cut out of what is known now."""

    claim: Claim
    day: date | None = None
    recounted: bool = True


class Standing:
    """The claims of a store by their addresses, with the past states that the pages hold of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._states = States(store)

    def of(self, name: str, as_of: str | None) -> Stood:
        """NotFoundError; BadQuery for what is no day."""
        day = read_day(as_of)
        claim_id = id_of(name)
        claim = self._store.claim(claim_id)
        if claim is None:
            raise NotFoundError(
                f"There is no claim “{words.clip(claim_id, 80)}”.",
                "Claims are formed anew when documents are added and may move: look for its words.",
            )
        if day is None:
            return Stood(claim)
        then, past = self._states.of(claim, held_documents(self._store, claim), day)
        if then is None:
            raise NotFoundError(
                f"Nothing of this claim was out by {day}.",
                f"It was first seen {words.day(claim.first_seen)}.",
            )
        return Stood(then, day, past.recounted)

    def cards(self, cards: Iterable[Card], day: date) -> list[Card]:
        """Each as it stood; those of which nothing was out are left out."""
        out = []
        for card in cards:
            claim = self._store.claim(card.id)
            if claim is not None:
                then, _ = self._states.of(claim, held_documents(self._store, claim), day)
                out += [replace(card_of(then, statuses_of(then)), id=card.id)] if then else []
        return out


def read_day(text: str | None) -> date | None:
    """BadQuery."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or day.year < FIRST_YEAR:
        raise BadQuery("“as_of” is a day, such as 2025-03-06.")
    return day
