"""Breaks of tension as they are kept: looked for some dyads at a time, those that changed first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, literal_column, select, update

from allegata.contract import to_plain
from allegata.monitoring.periods import periods_between
from allegata.store import dyad_schema as tables
from allegata.store.database import Database
from allegata.store.dyad_names import keyed, shown

if TYPE_CHECKING:  # what counts loads numpy, and opening a store loads nothing heavy
    from allegata.monitoring.breaks import Break

FEWEST = 6
"""Tellings of a dyad without which no series of it has a break (`monitoring.history.FEWEST`)."""

_dyads, _totals, _breaks = tables.dyads, tables.told_weeks, tables.dyad_breaks


class DyadBreaks(Database):
    """The part of the store that looks for breaks and gives them back."""

    def breaks_since(self, day: str, most: int | None = None) -> list[Break]:
        from allegata.monitoring.breaks import in_order

        query = (
            select(_breaks.c.body, _dyads.c.first, _dyads.c.second)
            .join(_dyads, _dyads.c.number == _breaks.c.dyad)
            .where(_breaks.c.at >= day)
            .order_by(_breaks.c.at.desc(), _breaks.c.number.desc())
            .limit(most)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
            named = shown(connection, {n for row in rows for n in (row.first, row.second)})
        return in_order(break_of(row.body, named) for row in rows)

    def count_breaks(self, day: str) -> int:
        query = select(func.count()).select_from(_breaks).where(_breaks.c.at >= day)
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    def dyads_unchecked(self, most: int = 10_000) -> int:
        with self._reading() as connection:
            some = select(_dyads.c.number).where(_waits(connection)).limit(most).subquery()
            return int(connection.execute(select(func.count()).select_from(some)).scalar_one())

    def _to_check(self, most: int) -> list[int]:
        with self._reading() as connection:
            query = (
                select(_dyads.c.number)
                .where(_waits(connection))
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


def _waits(connection: Connection) -> ColumnElement[bool]:
    """Whether a dyad has tellings enough for a break, and was not looked at since it changed or since the
    newest week began. Written as the index `dyads_to_check` has it, which else is not used."""
    newest = connection.execute(select(func.max(_totals.c.week))).scalar() or ""
    return and_(_dyads.c.checked < newest, _dyads.c.tellings > literal_column(str(FEWEST - 1)))


def break_of(body: str, named: Mapping[int, tuple[str, str]]) -> Break:
    """A Break as it was kept, with the names of parties."""
    from allegata.monitoring.breaks import Break
    from allegata.monitoring.tension import Mover

    held = json.loads(body)
    found = Break(**{**held, "movers": tuple(Mover(**one) for one in held["movers"])})
    names = keyed(named)
    return replace(
        found,
        source=names.get(found.source, found.source),
        target=names.get(found.target, found.target),
    )
