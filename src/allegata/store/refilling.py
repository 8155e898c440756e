"""What is kept beside claims and readings, made for a store from a time when it was not kept."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from allegata.model import Claim
from allegata.store import facet_schema, schema
from allegata.store.claim_bodies import every_claim
from allegata.store.claim_index import ClaimIndex
from allegata.store.database import numbers_of
from allegata.store.doubts import put_doubts
from allegata.store.dyad_counting import count_stale
from allegata.store.foretold import put_foretold
from allegata.store.news import put_news
from allegata.store.publication import publication
from allegata.store.reading_bodies import every_reading
from allegata.store.tellings import Taken, put_deeds, put_tellings
from allegata.store.ties import put_ties

_log = logging.getLogger(__name__)

DOUBTS = "0006"
"""The revision from which on stores keep what persons are asked."""
TIES = "0007"
"""The revision from which on stores keep who is tied to whom."""
NEWS = "0009"
"""The revision from which on stores keep what was ever new about claims."""
TELLINGS = "0011"
"""The revision from which on stores keep what is told between two parties."""
FORETOLD = "0012"
"""The revision from which on stores keep what is foretold by a day."""

_MANY = 20_000
"""Claims from which on it is said how far the work is."""


def refill(connection: Connection, store: ClaimIndex, name: str, found: str) -> None:
    """Fill what a store of revision ``found`` did not keep yet, each claim decoded once. ``name`` is the
    store's, for the lines that say how far it is."""
    for filed in _with_progress(connection, name) if found < TELLINGS or _has_unfiled(connection) else ():
        claims = [claim for _, claim in filed]
        unfiled = _without_card(connection, filed[0][0], filed[-1][0])
        store._file(connection, [pair for pair in filed if pair[0] in unfiled])
        if found < DOUBTS:
            put_doubts(connection, filed)
        if found < TIES:
            put_ties(connection, filed)
        if found < TELLINGS:
            numbers = numbers_of(connection, (d for claim in claims for d in claim.documents))
            moments = publication(connection, claims)
            if found < NEWS:
                put_news(connection, filed, numbers, moments)
            put_tellings(connection, filed, numbers, moments, Taken())
    if found < FORETOLD:
        for number, reading in every_reading(connection):
            put_foretold(connection, number, reading)
            if found < TELLINGS:
                put_deeds(connection, number, reading)
    while found < TELLINGS and count_stale(connection):
        pass


def _with_progress(connection: Connection, name: str) -> Iterator[list[tuple[int, Claim]]]:
    """The claims, some at a time; of many, a line a tenth."""
    total = connection.execute(select(func.count()).select_from(schema.claims)).scalar_one()
    done = tenths = 0
    for filed in every_claim(connection):
        yield filed
        done += len(filed)
        if total >= _MANY and 10 * done // total > tenths:
            tenths = 10 * done // total
            _log.warning("%s: %d of %d claims brought up to date", name, done, total)


def _has_unfiled(connection: Connection) -> bool:
    claims, cards = schema.claims, facet_schema.cards
    query = select(claims.c.number).where(claims.c.number.not_in(select(cards.c.claim))).limit(1)
    return connection.execute(query).first() is not None


def _without_card(connection: Connection, first: int, last: int) -> set[int]:
    """Which claims of a range of numbers are in no index yet."""
    claims, cards = schema.claims, facet_schema.cards
    query = select(claims.c.number).where(
        claims.c.number.between(first, last), claims.c.number.not_in(select(cards.c.claim))
    )
    return set(connection.execute(query).scalars())
