"""Tension between two parties, counted by week and kept, so that no page loads claims or readings.

What changes claims and readings marks the weeks of the dyads that it tells otherwise (`tellings`), and
`refresh_dyads` counts those anew: the cost of a document is that of the weeks it touches, however much the
two are told of in all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, func, or_, select, tuple_

from allegata.monitoring.names import same_party
from allegata.monitoring.periods import Unit, first_day_of
from allegata.store import dyad_schema as tables
from allegata.store.dyad_breaks import FEWEST, DyadBreaks, break_of
from allegata.store.dyad_names import keyed, pair, shown, titled
from allegata.store.dyad_records import DyadRow, DyadSeries
from allegata.store.tellings import party_numbers

if TYPE_CHECKING:  # what counts loads numpy, and opening a store loads nothing heavy
    from allegata.monitoring.tension import Tension
    from allegata.store.dyad_counting import Week

_AT_ONCE = 64
_MILLION = 1_000_000
_LAST = "9999"
_parties, _dyads = tables.parties, tables.dyads
_weeks, _stale, _breaks = tables.dyad_weeks, tables.dyad_stale, tables.dyad_breaks


class Dyads(DyadBreaks):
    """The part of the store that says how tense it is between two parties."""

    def refresh_dyads(self, most_checked: int = 0) -> None:
        from allegata.store import dyad_counting as counting

        with self._reading() as connection:
            waiting = connection.execute(select(_stale.c.dyad).limit(1)).first() is not None
        while waiting:
            with self._writing() as connection:
                waiting = counting.count_stale(connection)
        for number in self._to_check(most_checked) if most_checked else ():
            self._check(number)

    def dyad_rows(self, limit: int, offset: int = 0) -> list[DyadRow]:
        query = (
            select(_dyads)
            .where(_dyads.c.last > "")
            .order_by(_dyads.c.hostile.desc(), _dyads.c.cooperative.desc(), _dyads.c.number)
            .limit(limit)
            .offset(offset)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
            named = shown(connection, {n for row in rows for n in (row.first, row.second)})
        return [
            DyadRow(
                pair(named[row.first], named[row.second]),
                row.hostile / _MILLION,
                row.cooperative / _MILLION,
                row.tellings,
                row.last,
            )
            for row in rows
        ]

    def count_dyads(self) -> int:
        with self._reading() as connection:
            query = select(func.count()).select_from(_dyads).where(_dyads.c.last > "")
            return int(connection.execute(query).scalar_one())

    def dyads_waiting(self, most: int = 1000) -> int:
        some = select(_stale.c.dyad).distinct().limit(most).subquery()
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(some)).scalar_one())

    def dyad_series(self, first: str, second: str, most_waiting: int | None = None) -> DyadSeries | None:
        from allegata.monitoring.breaks import in_order
        from allegata.store import dyad_counting as counting

        one, other = (
            select(_parties.c.number).where(_parties.c.key == same_party(n)) for n in (first, second)
        )
        with self._reading() as connection:
            numbers = [connection.execute(query).scalar() for query in (one, other)]
            if None in numbers:
                return None
            low, high = sorted(int(n) for n in numbers if n is not None)
            query = select(_dyads).where(_dyads.c.first == low, _dyads.c.second == high)
            row = connection.execute(query).first()
            if row is None:
                return None
            found, waiting = counting.series(connection, row, most_waiting)
            if not found and not waiting:
                return None
            both = shown(connection, (low, high))
            bodies = connection.execute(select(_breaks.c.body).where(_breaks.c.dyad == row.number)).scalars()
            breaks = in_order(break_of(body, both) for body in bodies)
        named = tuple(titled(t, keyed(both)) for t in found)
        return DyadSeries(named, tuple(breaks), row.checked, waiting)

    def tension_between(
        self, since: str | None = None, until: str | None = None, unit: Unit = "week"
    ) -> list[Tension]:
        from allegata.store import dyad_counting as counting

        begin, end = first_day_of(since, unit) if since else "", until or _LAST
        monday = first_day_of(since, "week") if since else ""
        with self._reading() as connection:
            # a day with any tension lies in a week with some
            found = [t for t in counting.between(connection, monday, end, unit) if begin <= t.period <= end]
            keys = {key for t in found for key in (t.source, t.target)}
            names = keyed(shown(connection, party_numbers(connection, keys).values()))
        return [titled(t, names) for t in found]

    def each_dyad(self, unit: Unit = "week", words: Sequence[str] = ()) -> Iterator[list[Tension]]:
        from allegata.monitoring.tension import measure
        from allegata.store import dyad_counting as counting

        query = select(_dyads)
        if words:
            with self._reading() as connection:
                query = _named(connection, words)
        for rows in self._in_batches(query):
            if unit == "week":
                yield from self._series(rows)
                continue
            for row in rows:
                with self._reading() as connection:
                    mine = select(_dyads.c.number).where(_dyads.c.number == row.number)
                    found = measure(*counting.rows_of(connection, mine), unit)
                    names = keyed(shown(connection, (row.first, row.second)))
                if found:
                    yield [titled(t, names) for t in found]

    def collected(self, unit: Unit = "week") -> Counter[str]:
        from allegata.monitoring.breaks import counted
        from allegata.monitoring.tension import collected
        from allegata.store import dyad_counting as counting

        out = Counter[str]()
        if unit == "week":
            with self._reading() as connection:
                out.update(counting.all_told(connection))
                picked = select(_stale.c.dyad, _stale.c.week).subquery()
                held = select(_weeks.c.week, func.sum(_weeks.c.told).label("told")).join(
                    picked, and_(picked.c.dyad == _weeks.c.dyad, picked.c.week == _weeks.c.week)
                )
                out.subtract({row.week: row.told for row in connection.execute(held.group_by(_weeks.c.week))})
            for weeks in self._stale_in_batches():
                for (_, week), found in weeks.items():
                    out[week] += sum(map(counted, found))
            return +out
        for rows in self._in_batches(select(_dyads)):
            with self._reading() as connection:
                some = select(_dyads.c.number).where(_dyads.c.number.between(rows[0].number, rows[-1].number))
                out.update(collected(*counting.rows_of(connection, some), unit))
        return out

    def dyads_changed(self, since: str) -> Iterator[list[Tension]]:
        query = select(_dyads).where(_dyads.c.tellings >= FEWEST, _dyads.c.changed >= since)
        for rows in self._in_batches(query):
            yield from self._series(rows)

    def _series(self, rows: Sequence[Any]) -> Iterator[list[Tension]]:
        """All tension by week of some dyads."""
        from allegata.store import dyad_counting as counting

        with self._reading() as connection:
            found = counting.all_series(connection, rows)
            names = keyed(shown(connection, {n for row in rows for n in (row.first, row.second)}))
        for row in rows:
            if mine := found.get(row.number):
                yield [titled(t, names) for t in mine]

    def _in_batches(self, query: Select[Any]) -> Iterator[Sequence[Any]]:
        """Rows of dyads, some at a time."""
        after = 0
        while True:
            with self._reading() as connection:
                found = query.where(_dyads.c.number > after).order_by(_dyads.c.number).limit(_AT_ONCE)
                rows = connection.execute(found).all()
            if not rows:
                return
            yield rows
            after = rows[-1].number

    def _stale_in_batches(self) -> Iterator[dict[Week, list[Tension]]]:
        from allegata.store import dyad_counting as counting

        after = (0, "")
        while True:
            with self._reading() as connection:
                query = select(_stale).where(tuple_(_stale.c.dyad, _stale.c.week) > after)
                rows = connection.execute(query.order_by(_stale.c.dyad, _stale.c.week).limit(_AT_ONCE)).all()
                weeks: list[Week] = [(row.dyad, row.week) for row in rows]
                found = counting.measured(connection, weeks)
            if not weeks:
                return
            yield found
            after = weeks[-1]


def _named(connection: Connection, words: Sequence[str]) -> Select[Any]:
    """The dyads that have all words in the names of their parties, each in one of the two."""
    numbers = connection.execute(select(_parties.c.number)).scalars()
    names = {number: name.casefold() for number, (_, name) in shown(connection, numbers).items()}
    query = select(_dyads)
    for word in words:
        found = [number for number, name in names.items() if word.casefold() in name]
        having: BindParameter[Sequence[int]] = bindparam(
            "having", found, unique=True, expanding=True, literal_execute=True
        )
        query = query.where(or_(_dyads.c.first.in_(having), _dyads.c.second.in_(having)))
    return query
