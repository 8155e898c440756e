"""Tension between two parties, counted by week and kept, so that no page loads claims or readings.

What changes claims and readings marks the weeks of the dyads that it tells otherwise (`tellings`), and
`refresh_dyads` counts those anew: the cost of a document is that of the weeks it touches, however much the
two are told of in all.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, tuple_, update

from allegata.contract import to_plain
from allegata.monitoring.names import same_party, titles
from allegata.monitoring.periods import Unit, periods_between
from allegata.store import dyad_schema as tables
from allegata.store.database import Database, chunks
from allegata.store.dyad_records import DyadRow, DyadSeries

if TYPE_CHECKING:  # what counts loads numpy, and opening a store loads nothing heavy
    from allegata.monitoring.breaks import Break
    from allegata.monitoring.tension import Tension
    from allegata.store.dyad_counting import Week

FEWEST = 6
"""Tellings of a dyad without which no series of it has a break (`monitoring.history.FEWEST`)."""

_AT_ONCE = 64
_MILLION = 1_000_000
_parties, _names, _dyads = tables.parties, tables.party_names, tables.dyads
_weeks, _stale, _totals, _breaks = (
    tables.dyad_weeks,
    tables.dyad_stale,
    tables.told_weeks,
    tables.dyad_breaks,
)


class Dyads(Database):
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
            shown = _shown(connection, {n for row in rows for n in (row.first, row.second)})
        return [
            DyadRow(
                _pair(shown[row.first], shown[row.second]),
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
            shown = _shown(connection, (low, high))
            bodies = connection.execute(select(_breaks.c.body).where(_breaks.c.dyad == row.number)).scalars()
            breaks = in_order(_break(body, shown) for body in bodies)
        named = tuple(_titled(t, _keyed(shown)) for t in found)
        return DyadSeries(named, tuple(breaks), row.checked, waiting)

    def each_dyad(self, unit: Unit = "week", words: Sequence[str] = ()) -> Iterator[list[Tension]]:
        from allegata.monitoring.tension import measure
        from allegata.store import dyad_counting as counting

        wanted = [word.casefold() for word in words]
        for rows in self._in_batches(select(_dyads)):
            for row in rows:
                with self._reading() as connection:
                    shown = _shown(connection, (row.first, row.second))
                    names = [name.casefold() for _, name in shown.values()]
                    if not all(any(word in name for name in names) for word in wanted):
                        continue
                    if unit == "week":
                        found, _ = counting.series(connection, row, None)
                    else:
                        mine = select(_dyads.c.number).where(_dyads.c.number == row.number)
                        found = measure(*counting.rows_of(connection, mine), unit)
                if found:
                    yield [_titled(t, _keyed(shown)) for t in found]

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

    def breaks_since(self, day: str) -> list[Break]:
        from allegata.monitoring.breaks import in_order

        query = (
            select(_breaks.c.body, _dyads.c.first, _dyads.c.second)
            .join(_dyads, _dyads.c.number == _breaks.c.dyad)
            .where(_breaks.c.at >= day)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
            shown = _shown(connection, {n for row in rows for n in (row.first, row.second)})
        return in_order(_break(row.body, shown) for row in rows)

    def dyads_changed(self, since: str) -> Iterator[list[Tension]]:
        from allegata.store import dyad_counting as counting

        query = select(_dyads).where(_dyads.c.tellings >= FEWEST, _dyads.c.changed >= since)
        for rows in self._in_batches(query):
            for row in rows:
                with self._reading() as connection:
                    found, _ = counting.series(connection, row, None)
                    shown = _shown(connection, (row.first, row.second))
                if found:
                    yield [_titled(t, _keyed(shown)) for t in found]

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

    def _to_check(self, most: int) -> list[int]:
        with self._reading() as connection:
            newest = connection.execute(select(func.max(_totals.c.week))).scalar() or ""
            query = (
                select(_dyads.c.number)
                .where(_dyads.c.checked < newest, _dyads.c.tellings >= FEWEST)
                .order_by(_dyads.c.checked, _dyads.c.number)
                .limit(most)
            )
            return list(connection.execute(query).scalars())

    def _check(self, number: int) -> None:
        """Look for breaks in a dyad, with what stands of all others."""
        from allegata.monitoring.breaks import breaks_of, tracks_of
        from allegata.store import dyad_counting as counting

        with self._reading() as connection:
            row = connection.execute(select(_dyads).where(_dyads.c.number == number)).one()
            found, _ = counting.series(connection, row, None)
            told = counting.all_told(connection)
        if not found or not told:
            return
        periods = periods_between(min(told), max(told), "week")
        broken = [b for t in tracks_of(found, told, periods) for b in breaks_of(t)]
        with self._writing() as connection:
            settled = (
                update(_dyads)
                .where(_dyads.c.number == number, _dyads.c.changed == row.changed)
                .values(checked=max(told))
            )
            if not connection.execute(settled).rowcount:
                return  # told otherwise meanwhile: the next look finds it
            connection.execute(delete(_breaks).where(_breaks.c.dyad == number))
            if broken:
                connection.execute(
                    insert(_breaks),
                    [{"dyad": number, "at": b.at, "body": counting.as_json(to_plain(b))} for b in broken],
                )


def _titled(one: Tension, shown: Mapping[str, str]) -> Tension:
    return replace(one, source=shown[one.source], target=shown[one.target])


def _shown(connection: Connection, parties: Iterable[int]) -> dict[int, tuple[str, str]]:
    """number -> key and the name that a party is shown under."""
    names: dict[int, list[str]] = defaultdict(list)
    keys: dict[int, str] = {}
    wanted = sorted(set(parties))
    for chunk in chunks(wanted):
        found = select(_parties).where(_parties.c.number.in_(chunk))
        keys.update((row.number, row.key) for row in connection.execute(found))
        said = select(_names.c.party, _names.c.name).where(_names.c.party.in_(chunk), _names.c.rows > 0)
        for row in connection.execute(said):
            names[row.party].append(row.name)
    titled_as = titles(name for listed in names.values() for name in listed)
    return {number: (keys[number], titled_as.get(keys[number], keys[number])) for number in wanted}


def _keyed(shown: Mapping[int, tuple[str, str]]) -> dict[str, str]:
    return dict(shown.values())


def _pair(*both: tuple[str, str]) -> tuple[str, str]:
    first, second = sorted((name for _, name in both), key=str.casefold)
    return first, second


def _break(body: str, shown: Mapping[int, tuple[str, str]]) -> Break:
    from allegata.monitoring.breaks import Break
    from allegata.monitoring.tension import Mover

    held = json.loads(body)
    found = Break(**{**held, "movers": tuple(Mover(**one) for one in held["movers"])})
    names = _keyed(shown)
    return replace(
        found,
        source=names.get(found.source, found.source),
        target=names.get(found.target, found.target),
    )
