"""Which claims a query finds, in which order, and how many of them have what: from the index alone."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    cast,
    func,
    or_,
    select,
    union_all,
)

from allegata.store import facet_schema as tables
from allegata.store import schema
from allegata.store.base import ClaimQuery, Facet, Survey
from allegata.store.bits import Bits, unpack
from allegata.store.cards import Card, card_from
from allegata.store.claim_index import ClaimIndex, packed_facets, unpacked
from allegata.store.database import chunks, these
from allegata.store.facets import KINDS, NEW_DAYS, SHOWN, named
from allegata.store.moments import END_OF_DAY, START_OF_DAY, bound

_claims = schema.claims
_cards, _facets, _blocks = tables.cards, tables.facets, tables.facet_blocks

_ORDERS: Mapping[str, tuple[ColumnElement[int], tuple[ColumnElement[object], ...]]] = {
    "documents": (_claims.c.number, (_claims.c.documents.desc(), _claims.c.last_seen.desc(), _claims.c.id)),
    "newest": (_cards.c.claim, (_cards.c.last_seen.desc(), _cards.c.id)),
    "oldest": (_cards.c.claim, (_cards.c.first_seen, _cards.c.id)),
    "origins": (_cards.c.claim, (_cards.c.point.desc(), _cards.c.high.desc(), _cards.c.id)),
    "few-origins": (_cards.c.claim, (_cards.c.high, _cards.c.point, _cards.c.documents.desc(), _cards.c.id)),
}
"""Order -> the number of a claim, and what it is ordered by. For each there is an index that holds both."""

_FEW = 1_500
"""Claims up to which they are sorted, or counted, one by one; for more the indexes are walked."""

_SAMPLE = 250
"""Claims of which the facets are looked at, where there are many, to see which values to count."""

_MORE = 6
"""Values that are counted beyond those that are shown."""


class ClaimFinding(ClaimIndex):
    """The part of the store that finds claims."""

    def cards(self, query: ClaimQuery | None = None) -> list[Card]:
        query = query or ClaimQuery()
        with self._reading() as connection:
            return self._cards(connection, self._found(connection, query))

    def cards_of(self, ids: Iterable[str]) -> dict[str, Card]:
        out: dict[str, Card] = {}
        with self._reading() as connection:
            for chunk in chunks(sorted(set(ids))):
                rows = connection.execute(
                    select(_cards.c.card)
                    .join(_claims, _claims.c.number == _cards.c.claim)
                    .where(_claims.c.id.in_(chunk))
                ).scalars()
                out.update((card.id, card) for row in rows if (card := card_from(json.loads(row))))
        return out

    def count_claims(self, query: ClaimQuery | None = None) -> int:
        with self._reading() as connection:
            found = self._matching(connection, query or ClaimQuery())
            return self._total(connection) if found is None else len(found)

    def survey(self, query: ClaimQuery, kinds: Iterable[str], most: int) -> Survey:
        with self._reading() as connection:
            parts = self._parts(connection, query)
            found = _all_of(parts.values())
            return Survey(
                self._total(connection) if found is None else len(found),
                tuple(self._cards(connection, self._ordered(connection, found, query))),
                self._facets(connection, parts, kinds, most),
                tuple(self._seen_in(connection, parts)),
            )

    def facets(self, query: ClaimQuery, kinds: Iterable[str], most: int) -> dict[str, list[Facet]]:
        with self._reading() as connection:
            return self._facets(connection, self._parts(connection, query), kinds, most)

    def periods(self, query: ClaimQuery) -> list[Facet]:
        with self._reading() as connection:
            return self._seen_in(connection, self._parts(connection, query))

    def _facets(
        self, connection: Connection, parts: Mapping[str, Bits], kinds: Iterable[str], most: int
    ) -> dict[str, list[Facet]]:
        wanted = list(kinds)
        whole = _all_of(parts.values())
        groups = [(_without(parts, kind), [kind]) for kind in wanted if kind in parts]
        groups.append((whole, [kind for kind in wanted if kind not in parts]))
        counted: dict[str, list[Facet]] = {}
        for found, mine in groups:
            if found is None:
                counted |= {kind: self._greatest(connection, kind, most) for kind in mine}
            elif mine:
                counted |= self._counted(connection, found, mine, most)
            if "status" in mine:
                new = self._with(connection, "status", "new")
                fresh = len(new) if found is None else new.shared(found)
                counted["status"] = ([Facet("new", fresh)] if fresh else []) + counted["status"]
        return {kind: counted[kind] for kind in wanted}

    def _seen_in(self, connection: Connection, parts: Mapping[str, Bits]) -> list[Facet]:
        found = _without(parts, "since", "until")
        if found is None:
            found = self._bits(connection, self._values("all", _facets.c.value == "all"))
        years = self._periods(connection, found, func.length(_facets.c.value) == 4)
        if len(years) != 1:
            return years
        within = and_(func.length(_facets.c.value) == 7, _facets.c.value.startswith(years[0].value))
        return self._periods(connection, found, within)

    def _periods(self, connection: Connection, found: Bits, which: ColumnElement[bool]) -> list[Facet]:
        first, last = (
            {v: b & found for v, b in self._each(connection, kind, which)} for kind in ("first", "last")
        )
        names = sorted({*first, *last})
        since, after = Bits({}), {}
        for name in reversed(names):
            since = since | last.get(name, Bits({}))
            after[name] = since
        out, until = [], Bits({})
        for name in names:
            until = until | first.get(name, Bits({}))
            if claims := until.shared(after[name]):
                out.append(Facet(name, claims))
        return out

    def _each(
        self, connection: Connection, kind: str, which: ColumnElement[bool]
    ) -> Iterator[tuple[str, Bits]]:
        wanted = select(_facets.c.number, _facets.c.value).where(_facets.c.kind == KINDS.index(kind), which)
        values = {row.number: row.value for row in connection.execute(wanted)}
        for number, bits in self._held(connection, list(values)).items():
            yield values[number], bits

    def _matching(self, connection: Connection, query: ClaimQuery) -> Bits | None:
        """The claims that the query finds; ``None`` for all there are."""
        return _all_of(self._parts(connection, query).values())

    def _found(self, connection: Connection, query: ClaimQuery) -> list[int]:
        """Numbers of the claims that the query finds, in its order, within its limit."""
        return self._ordered(connection, self._matching(connection, query), query)

    def _ordered(self, connection: Connection, found: Bits | None, query: ClaimQuery) -> list[int]:
        if query.order not in _ORDERS:
            raise ValueError(f"order is one of {', '.join(_ORDERS)}")
        number, order = _ORDERS[query.order]
        ordered = select(number.label("number")).order_by(*order)
        if found is None:
            page = ordered.limit(query.limit).offset(query.offset)
            return list(connection.execute(page).scalars())
        wanted = None if query.limit is None else query.offset + query.limit
        return self._first(connection, ordered, found, wanted)[query.offset :]

    def _first(
        self, connection: Connection, ordered: Select[Any], found: Bits | None, wanted: int | None
    ) -> list[int]:
        """The first numbers of ``ordered`` that are among those found."""
        if found is None:
            return list(connection.execute(ordered.limit(wanted)).scalars())
        held = len(found)
        most = held if wanted is None else min(held, wanted)
        if not most:
            return []
        if held <= _FEW:
            page = ordered.where(ordered.selected_columns[0].in_(these(found.numbers()))).limit(most)
            return list(connection.execute(page).scalars())
        # So many claims on as it takes, on average, and then ever more.
        out: list[int] = []
        at, stretch = 0, 2 * most * self._total(connection) // held + 100
        while len(out) < most:
            piece = ordered.limit(stretch).offset(at).subquery()
            listed = select(func.aggregate_strings(cast(piece.c.number, Text), ","))
            text = connection.execute(listed).scalar()
            if not text:
                break
            out += found.among(text)
            at, stretch = at + stretch, 4 * stretch
        return out[:most]

    def _total(self, connection: Connection) -> int:
        every = select(_facets.c.claims).where(_facets.c.value == "all", _facets.c.kind == KINDS.index("all"))
        return int(connection.execute(every).scalar() or 0)

    def _cards(self, connection: Connection, numbers: Sequence[int]) -> list[Card]:
        held: dict[int, Card] = {}
        for chunk in chunks(numbers):
            rows = connection.execute(select(_cards.c.claim, _cards.c.card).where(_cards.c.claim.in_(chunk)))
            held.update((row.claim, card_from(json.loads(row.card))) for row in rows)
        return [held[number] for number in numbers]

    def _parts(self, connection: Connection, query: ClaimQuery) -> dict[str, Bits]:
        """Filter -> the claims that it finds, for those that the query sets."""
        parts: dict[str, Bits] = {}
        for kind in SHOWN:
            value = getattr(query, kind)
            if value:
                parts[kind] = self._with(connection, kind, value)
        if query.ids:
            parts["ids"] = self._of_ids(connection, query.ids)
        if query.since:
            parts["since"] = self._seen_since(connection, bound(query.since, "since"))
        if query.until:
            parts["until"] = self._seen_until(connection, bound(query.until, "until", END_OF_DAY))
        if query.min_documents > 1:
            parts["documents"] = self._wide(connection, query.min_documents)
        if query.text:
            near = _all_of(parts[k] for k in _NEAR if k in parts)
            told = self._full_text.claims(connection, query.text, query.typing, near)
            if told is not None:
                parts["text"] = told
        return parts

    def _with(self, connection: Connection, kind: str, value: str) -> Bits:
        if kind in ("accuser", "accused"):
            exact = value.strip()
            if len(exact) < 3 or not (exact[0] == exact[-1] == '"'):
                return self._full_text.claims_naming(connection, kind, value)
            value = exact[1:-1]
        if kind in ("act", "country"):
            value = value.upper()
        if (kind, value) == ("status", "new"):
            newest = connection.execute(select(func.max(_cards.c.last_seen))).scalar()
            if not newest:
                return Bits({})
            day = date.fromisoformat(newest[:10]) - timedelta(days=NEW_DAYS)
            return self._bits(connection, self._values("first", _days(day.isoformat(), onward=True)))
        return self._bits(connection, self._values(kind, _facets.c.value == named(value)))

    def _of_ids(self, connection: Connection, ids: Sequence[str]) -> Bits:
        numbers: list[int] = []
        for chunk in chunks(sorted(set(ids))):
            numbers += connection.execute(select(_claims.c.number).where(_claims.c.id.in_(chunk))).scalars()
        return Bits.of(numbers)

    def _seen_since(self, connection: Connection, moment: str) -> Bits:
        if moment.endswith(START_OF_DAY):
            return self._bits(connection, self._values("last", _days(moment[:10], onward=True)))
        return self._listed(connection, _cards.c.last_seen >= moment)

    def _seen_until(self, connection: Connection, moment: str) -> Bits:
        if moment.endswith(END_OF_DAY):
            return self._bits(connection, self._values("first", _days(moment[:10], onward=False)))
        return self._listed(connection, _cards.c.first_seen <= moment)

    def _listed(self, connection: Connection, which: ColumnElement[bool]) -> Bits:
        listed = select(func.aggregate_strings(cast(_cards.c.claim, Text), ",")).where(which)
        return Bits.listed(connection.execute(listed).scalar() or "")

    def _wide(self, connection: Connection, least: int) -> Bits:
        """Claims of at least so many documents."""
        rows = connection.execute(
            select(_facets.c.number, _facets.c.value).where(_facets.c.kind == KINDS.index("documents"))
        ).all()
        wide = [r.number for r in rows if int(r.value) >= least]
        narrow = [r.number for r in rows if int(r.value) < least]
        if len(wide) <= len(narrow):
            return self._bits(connection, wide)
        every = self._bits(connection, self._values("all", _facets.c.value == "all"))
        return every - self._bits(connection, narrow)

    def _values(self, kind: str, which: ColumnElement[bool]) -> Select[Any]:
        return select(_facets.c.number).where(_facets.c.kind == KINDS.index(kind), which)

    def _bits(self, connection: Connection, facets: Select[Any] | Sequence[int]) -> Bits:
        """The claims that have any of these facets."""
        numbers = list(connection.execute(facets).scalars()) if isinstance(facets, Select) else facets
        return reduce(Bits.__or__, self._held(connection, numbers).values(), Bits({}))

    def _held(self, connection: Connection, numbers: Sequence[int]) -> dict[int, Bits]:
        blocks: dict[int, dict[int, int]] = {number: {} for number in numbers}
        for facet, block, bits in connection.execute(_blocks_of(numbers)).all():
            blocks[facet][block] = unpack(bits)
        return {number: Bits(held) for number, held in blocks.items()}

    def _greatest(self, connection: Connection, kind: str, most: int) -> list[Facet]:
        """The values that most claims of the store have."""
        rows = connection.execute(
            select(_facets.c.value, _facets.c.claims)
            .where(_facets.c.kind == KINDS.index(kind))
            .order_by(_facets.c.claims.desc(), _facets.c.value)
            .limit(most)
        )
        return [Facet(row.value, row.claims) for row in rows]

    def _counted(
        self, connection: Connection, found: Bits, kinds: Sequence[str], most: int
    ) -> dict[str, list[Facet]]:
        """The values of each facet that most of the claims found have. Of few claims all values are counted,
        claim by claim; of many those that are great in the store or in a sample of them."""
        held = len(found)
        tally = self._tally(connection, found.numbers() if held <= _FEW else found.sample(_SAMPLE))
        if held > _FEW:
            tried = self._tried(connection, tally, kinds, most)
            counts = self._shared(connection, tried, found)
        else:
            tried = [n for kind in kinds for n, _ in tally[KINDS.index(kind)].most_common(most + _MORE)]
            counts = sum((tally[KINDS.index(kind)] for kind in kinds), Counter())
        out: dict[str, list[Facet]] = {kind: [] for kind in kinds}
        wanted = select(_facets.c.number, _facets.c.kind, _facets.c.value)
        some = these([n for n in tried if counts[n]])
        for number, kind, value in connection.execute(wanted.where(_facets.c.number.in_(some))).all():
            out[KINDS[kind]].append(Facet(value, counts[number]))
        return {kind: sorted(f, key=lambda f: (-f.claims, f.value))[:most] for kind, f in out.items()}

    def _tally(self, connection: Connection, numbers: Sequence[int]) -> dict[int, Counter[int]]:
        """Facets of claims by kind, with how many of the claims have each."""
        out: dict[int, Counter[int]] = defaultdict(Counter)
        mine = select(_cards.c.facets).where(_cards.c.claim.in_(these(numbers)))
        every: Counter[int] = Counter()
        for row in connection.execute(mine).scalars().all():
            every.update(packed_facets(row))
        for packed, claims in every.items():
            kind, facet = unpacked(packed)
            out[kind][facet] = claims
        return out

    def _tried(
        self, connection: Connection, tally: Mapping[int, Counter[int]], kinds: Iterable[str], most: int
    ) -> list[int]:
        wanted = [KINDS.index(kind) for kind in kinds]
        tried = {n for k in wanted for n, _ in tally.get(k, Counter[int]()).most_common(most + _MORE)}
        greatest = (
            select(_facets.c.number)
            .where(_facets.c.kind == kind)
            .order_by(_facets.c.claims.desc(), _facets.c.value)
            .limit(most + _MORE)
            .subquery()
            for kind in wanted
        )
        tried.update(connection.execute(union_all(*(select(g.c.number) for g in greatest))).scalars())
        return sorted(tried)

    def _shared(self, connection: Connection, numbers: Sequence[int], found: Bits) -> Counter[int]:
        """How many of the claims found carry each of these facets."""
        out: Counter[int] = Counter()
        for facet, block, stored in connection.execute(_blocks_of(numbers)).all():
            out[facet] += found.shared_with(block, stored)
        return out


_NEAR = ("documents", "accuser", "accused")
"""Filters within which claims have to be that match nearly."""


def _blocks_of(facets: Sequence[int]) -> Select[Any]:
    return select(_blocks).where(_blocks.c.facet.in_(these(facets)))


def _all_of(parts: Iterable[Bits]) -> Bits | None:
    """What is in every part; ``None``, for all there is, where there is none."""
    held = list(parts)
    return reduce(Bits.__and__, held) if held else None


def _without(parts: Mapping[str, Bits], *names: str) -> Bits | None:
    return _all_of(bits for name, bits in parts.items() if name not in names)


def _days(day: str, onward: bool) -> ColumnElement[bool]:
    """The fewest years, months and days that make up all time from a day on, or up to it."""
    value = _facets.c.value
    year, month = day[:4], day[:7]

    def beyond(name: str) -> ColumnElement[bool]:
        return value > name if onward else value < name

    return or_(
        and_(func.length(value) == 4, beyond(year)),
        and_(func.length(value) == 7, value.startswith(year), beyond(month)),
        and_(func.length(value) == 10, value.startswith(month), or_(value == day, beyond(day))),
    )
