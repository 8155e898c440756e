"""Counting tension by week, from the rows of what is told to the values that are kept."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from allegata.monitoring.breaks import counted
from allegata.monitoring.periods import Unit
from allegata.monitoring.tellings import Arrived, Deed, Telling
from allegata.monitoring.tension import SERIES, SUMMED, Mover, Side, Tension, measure
from allegata.store import dyad_schema as tables
from allegata.store import schema
from allegata.store.database import chunks, now
from allegata.store.tellings import unpack

MILLION = 1_000_000
"""Sums are kept in millionths, whole: they are the same in whatever order they came about."""

AT_ONCE = 64
"""Weeks that are counted in one transaction."""

_tellings, _deeds, _copies = tables.tellings, tables.deeds, tables.copies
_parties, _dyads = tables.parties, tables.dyads
_weeks, _stale, _totals = tables.dyad_weeks, tables.dyad_stale, tables.told_weeks
_claims, _heads = schema.claims, schema.documents

_Rows = tuple[list[Telling], list[Deed], set[str]]
Week = tuple[int, str]
"""Number of a dyad, and the week's first day."""


def count_stale(connection: Connection) -> bool:
    """Count some of the weeks that were told otherwise. False where none are left."""
    picked = select(_stale).order_by(_stale.c.dyad, _stale.c.week).limit(AT_ONCE)
    weeks: list[Week] = [(row.dyad, row.week) for row in connection.execute(picked)]
    if not weeks:
        return False
    found = measured(connection, weeks)
    moved: dict[int, Counter[str]] = defaultdict(Counter)
    told = Counter[str]()
    keys = ("hostile", "cooperative", "tellings")
    for row in connection.execute(select(_weeks).where(_within(_weeks, weeks))):
        for key in keys:
            moved[row.dyad][key] -= getattr(row, key)
        told[row.week] -= row.told
    rows = []
    for dyad, week in weeks:
        cells = found.get((dyad, week), [])
        sums = _sums(cells)
        for key in keys:
            moved[dyad][key] += sums[key]
        told[week] += sums["told"]
        if cells:
            rows.append({"dyad": dyad, "week": week, **sums, "body": as_json([_packed(t) for t in cells])})
    connection.execute(delete(_weeks).where(_within(_weeks, weeks)))
    connection.execute(delete(_stale).where(_within(_stale, weeks)))
    if rows:
        connection.execute(insert(_weeks), rows)
    at = now()
    for dyad in sorted({dyad for dyad, _ in weeks}):
        last = select(func.coalesce(func.max(_weeks.c.week), "")).where(_weeks.c.dyad == dyad)
        values = {key: _dyads.c[key] + moved[dyad][key] for key in keys}
        connection.execute(
            update(_dyads)
            .where(_dyads.c.number == dyad)
            .values(**values, last=last.scalar_subquery(), changed=at, checked="")
        )
    put = upsert(_totals)
    connection.execute(
        put.on_conflict_do_update(index_elements=["week"], set_={"told": _totals.c.told + put.excluded.told}),
        [{"week": week, "told": n} for week, n in sorted(told.items())],
    )
    connection.execute(delete(_totals).where(_totals.c.told == 0))
    return True


def all_told(connection: Connection) -> dict[str, int]:
    return {row.week: row.told for row in connection.execute(select(_totals)) if row.told}


def series(connection: Connection, row: Any, most_waiting: int | None) -> tuple[list[Tension], int]:
    """The tension of a dyad, with keys for names, and how many of its weeks are not counted in."""
    both = _keys(connection, [row.number])[row.number]
    stale = list(connection.execute(select(_stale.c.week).where(_stale.c.dyad == row.number)).scalars())
    fresh = sorted(stale)[-most_waiting:] if most_waiting else [] if most_waiting == 0 else stale
    bodies = select(_weeks.c.week, _weeks.c.body).where(_weeks.c.dyad == row.number)
    found = [
        _unpacked(cell, week, both)
        for week, body in connection.execute(bodies)
        if week not in fresh
        for cell in json.loads(body)
    ]
    for start in range(0, len(fresh), AT_ONCE):
        some = [(row.number, week) for week in fresh[start : start + AT_ONCE]]
        for cells in measured(connection, some).values():
            found += cells
    found.sort(key=_in_order)
    return found, len(stale) - len(fresh)


def all_series(connection: Connection, rows: Sequence[Any]) -> dict[int, list[Tension]]:
    """All tension of some dyads by their numbers, in the order of `series`; of few rows at a time."""
    numbers = [row.number for row in rows]
    out: dict[int, list[Tension]] = {}
    for chunk in chunks(numbers):
        found = _standing(connection, lambda table, some=chunk: table.c.dyad.in_(some))  # type: ignore[misc]
        for (dyad, _), cells in found.items():
            out.setdefault(dyad, []).extend(cells)
    for mine in out.values():
        mine.sort(key=_in_order)
    return out


def between(connection: Connection, first: str, last: str, unit: Unit) -> list[Tension]:
    """All tension in the weeks that begin from ``first`` to ``last``, by direction, period, series and
    side."""

    def within(table: Table) -> ColumnElement[bool]:
        return and_(table.c.week >= first, table.c.week <= last) if first else table.c.week <= last

    if unit == "week":
        cells = _standing(connection, within)
    else:
        cells = {}
        listed = (select(t.c.dyad, t.c.week).where(within(t)) for t in (_weeks, _stale))
        weeks = sorted({(row.dyad, row.week) for query in listed for row in connection.execute(query)})
        for start in range(0, len(weeks), AT_ONCE):
            cells |= measured(connection, weeks[start : start + AT_ONCE], unit)
    return sorted((t for found in cells.values() for t in found), key=_in_order)


def _standing(
    connection: Connection, pick: Callable[[Table], ColumnElement[bool]]
) -> dict[Week, list[Tension]]:
    """The tension of picked weeks of dyads: as it is kept, or counted now where that is not what is told."""
    stale = {(row.dyad, row.week) for row in connection.execute(select(_stale).where(pick(_stale)))}
    query = select(_weeks.c.dyad, _weeks.c.week, _weeks.c.body).where(pick(_weeks))
    kept = [row for row in connection.execute(query) if (row.dyad, row.week) not in stale]
    keys = _keys(connection, {row.dyad for row in kept})
    out = {
        (dyad, week): [_unpacked(cell, week, keys[dyad]) for cell in json.loads(body)]
        for dyad, week, body in kept
    }
    waiting = sorted(stale)
    for start in range(0, len(waiting), AT_ONCE):
        out |= measured(connection, waiting[start : start + AT_ONCE])
    return out


def _keys(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """number of a dyad -> the keys of its two parties."""
    pairs: dict[int, tuple[int, int]] = {}
    for chunk in chunks(sorted(numbers)):
        rows = connection.execute(
            select(_dyads.c.number, _dyads.c.first, _dyads.c.second).where(_dyads.c.number.in_(chunk))
        )
        pairs.update((row.number, (row.first, row.second)) for row in rows)
    keys: dict[int, str] = {}
    for chunk in chunks(sorted({n for pair in pairs.values() for n in pair})):
        numbered = select(_parties).where(_parties.c.number.in_(chunk))
        keys.update((party.number, party.key) for party in connection.execute(numbered))
    return {number: (keys[first], keys[second]) for number, (first, second) in pairs.items()}


def _in_order(t: Tension) -> tuple[str, str, str, int, str]:
    return t.source, t.target, t.period, SERIES.index(t.series), t.side


def measured(connection: Connection, weeks: Sequence[Week], unit: Unit = "week") -> dict[Week, list[Tension]]:
    """The tension of these weeks of dyads, from their rows."""
    out: dict[Week, list[Tension]] = {}
    for week, (tellings, deeds, copies) in _rows(
        connection, _within(_tellings, weeks), _within(_deeds, weeks)
    ).items():
        if cells := measure(tellings, deeds, copies, unit):
            out[week] = cells
    return out


def rows_of(connection: Connection, picked: Select[Any]) -> _Rows:
    """The rows of some dyads."""
    tellings: list[Telling] = []
    deeds: list[Deed] = []
    copies: set[str] = set()
    found = _rows(connection, _tellings.c.dyad.in_(picked), _deeds.c.dyad.in_(picked))
    for some in found.values():
        tellings += some[0]
        deeds += some[1]
        copies |= some[2]
    return tellings, deeds, copies


def _rows(connection: Connection, told: Any, done: Any) -> dict[Week, _Rows]:
    """The rows by dyad and week that two conditions pick. Documents are named by their numbers where only
    their number counts, and by their ids where they are evidence."""
    out: dict[Week, _Rows] = defaultdict(lambda: ([], [], set()))
    query = select(_tellings, _claims.c.id.label("name")).join(_claims, _claims.c.number == _tellings.c.claim)
    carried: dict[Week, list[int]] = defaultdict(list)
    drafts = []
    for row in connection.execute(query.where(told)).all():
        documents = list(unpack(row.week, row.documents))
        carried[row.dyad, row.week] += [n for _, n in documents]
        drafts.append((row, documents))
    acts = connection.execute(select(_deeds).where(done).order_by(_deeds.c.document, _deeds.c.place)).all()
    known: dict[int, str] = {}
    copied: set[int] = set()
    for chunk in chunks(sorted({row.document for row in acts})):
        named = select(_heads.c.number, _heads.c.id).where(_heads.c.number.in_(chunk))
        known.update(map(tuple, connection.execute(named)))
        twice = select(_copies.c.document).where(_copies.c.document.in_(chunk)).distinct()
        copied.update(connection.execute(twice).scalars())
    for row, documents in drafts:
        arrived = tuple(Arrived(*one) for one in json.loads(row.arrived))
        # a number that is no evidence stands for its document, by the same name as in acts
        days = tuple((day, known.get(n, f"number {n}")) for day, n in documents)
        out[row.dyad, row.week][0].append(
            Telling(row.name, row.source, row.target, row.act or None, arrived, days)
        )
    for row in acts:
        mine = out[row.dyad, row.week]
        name = known[row.document]
        mine[1].append(Deed(name, row.day, row.source, row.target, row.root, row.intensity, row.words))
        if row.document in copied:
            mine[2].add(name)
    return out


def _within(table: Any, weeks: Sequence[Week]) -> Any:
    """The weeks of dyads, filled up to full lengths so that there are few different statements. SQLite
    finds pairs by no index: dyads and weeks apart lead to the rows, the pairs pick among them."""
    for chunk in chunks(weeks):
        dyads, mondays = zip(*chunk, strict=True)
        return and_(
            table.c.dyad.in_(dyads), table.c.week.in_(mondays), tuple_(table.c.dyad, table.c.week).in_(chunk)
        )
    return table.c.dyad.is_(None)


def _sums(cells: Iterable[Tension]) -> dict[str, int]:
    out = {"hostile": 0, "cooperative": 0, "tellings": 0, "told": 0}
    for t in cells:
        out["told"] += counted(t)
        if t.series in SUMMED:
            out[t.side] += round(t.value * MILLION)
            out["tellings"] += t.tellings
    return out


def _packed(t: Tension) -> list[object]:
    movers = [[m.id, m.weight] for m in t.movers]
    turned = int(t.source > t.target)
    return [
        turned, SERIES.index(t.series), int(t.side == "cooperative"), t.value, t.low, t.high, t.tellings,
        t.volume, t.coverage, t.rate, movers,
    ]  # fmt: skip


def _unpacked(cell: Sequence[Any], week: str, both: tuple[str, str]) -> Tension:
    low, high = sorted(both)
    turned, series, cooperative, value, least, most, tellings, volume, coverage, rate, movers = cell
    source, target = (high, low) if turned else (low, high)
    side: Side = "cooperative" if cooperative else "hostile"
    moved = tuple(Mover(*one) for one in movers)
    counts = (tellings, volume, coverage)
    return Tension(
        source, target, week, "week", SERIES[series], side, value, least, most, *counts, rate, moved
    )


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
