"""What is told between two parties, kept as claims and readings are: what tension is counted from."""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from allegata.model import Claim, Reading
from allegata.monitoring.names import is_actor, same_party
from allegata.monitoring.periods import first_day_of
from allegata.monitoring.tellings import (
    Deed,
    Telling,
    copies_of,
    deeds_of,
    pair_of,
    telling_of,
)
from allegata.store import dyad_schema as tables
from allegata.store import schema
from allegata.store.database import chunks
from allegata.store.publication import Moments, published

_tellings, _deeds, _copies = tables.tellings, tables.deeds, tables.copies
_parties, _names, _dyads, _stale = tables.parties, tables.party_names, tables.dyads, tables.dyad_stale

_TELLING = ("week", "dyad", "turned", "act", "source", "target", "arrived", "documents")
_DEED = ("day", "week", "dyad", "turned", "root", "intensity", "words", "source", "target")

_Row = tuple[Any, ...]


@dataclass(slots=True)
class Taken:
    """Rows that were taken out, to be held against those that are put in their place: the weeks of a dyad are
    counted anew only where they differ."""

    rows: set[_Row] = field(default_factory=set)
    copies: set[int] = field(default_factory=set)


def put_tellings(
    connection: Connection,
    filed: Sequence[tuple[int, Claim]],
    numbers: Mapping[str, int],
    moments: Moments,
    taken: Taken,
) -> None:
    """What claims tell, by their numbers, in place of what was ``taken``. ``numbers`` are those of their
    documents, ``moments`` when they came out."""
    found = [
        (number, telling)
        for number, claim in filed
        if (telling := telling_of(claim, moments.get)) is not None and pair_of(telling) is not None
    ]
    dyads = _numbered(connection, (telling for _, telling in found))
    rows = []
    put: set[_Row] = set()
    for number, telling in found:
        for row in _by_week(telling, dyads, numbers):
            rows.append({"claim": number, **dict(zip(_TELLING, row, strict=True))})
            put.add((telling.claim, *row))
    copied = [(number, numbers[d]) for number, claim in filed for d in sorted(copies_of(claim))]
    if rows:
        connection.execute(insert(_tellings), rows)
    if copied:
        connection.execute(insert(_copies), [{"claim": c, "document": d} for c, d in copied])
    _count_names(connection, ((r[5], r[6]) for r in taken.rows), ((r[5], r[6]) for r in put))
    mark_stale(connection, ((row[2], row[1]) for row in taken.rows ^ put))
    _copies_changed(connection, taken.copies ^ {d for _, d in copied})


def take_tellings(connection: Connection, numbers: Sequence[int]) -> Taken:
    """Take out what claims tell, by their numbers."""
    taken = Taken()
    ids = schema.claims
    for chunk in chunks(numbers):
        query = (
            select(ids.c.id, *(_tellings.c[name] for name in _TELLING))
            .join(ids, ids.c.number == _tellings.c.claim)
            .where(_tellings.c.claim.in_(chunk))
        )
        taken.rows.update(map(tuple, connection.execute(query)))
        copied = select(_copies.c.document).where(_copies.c.claim.in_(chunk))
        taken.copies.update(connection.execute(copied).scalars())
        connection.execute(delete(_tellings).where(_tellings.c.claim.in_(chunk)))
        connection.execute(delete(_copies).where(_copies.c.claim.in_(chunk)))
    return taken


def put_deeds(connection: Connection, document: int, reading: Reading | None) -> None:
    """The acts that the last reading of a document's newest version asserts, in place of those before."""
    query = select(*(_deeds.c[name] for name in _DEED)).where(_deeds.c.document == document)
    before = [tuple(row) for row in connection.execute(query)]
    found: list[Deed] = []
    if reading is not None and reading.events:
        moment = published(connection, [reading.document.id]).get(reading.document.id)
        found = [d for d in deeds_of(reading, lambda _: moment) if pair_of(d) is not None]
    if not before and not found:
        return
    dyads = _numbered(connection, found)
    after = [_row(deed, dyads) for deed in found]
    if after == before:
        return
    connection.execute(delete(_deeds).where(_deeds.c.document == document))
    if after:
        connection.execute(
            insert(_deeds),
            [
                {"document": document, "place": n, **dict(zip(_DEED, row, strict=True))}
                for n, row in enumerate(after)
            ],
        )
    _count_names(connection, (row[-2:] for row in before), (row[-2:] for row in after))
    mark_stale(connection, ((row[2], row[1]) for row in (*before, *after)))


def mark_stale(connection: Connection, weeks: Iterable[tuple[int, str]]) -> None:
    rows = [{"dyad": dyad, "week": week} for dyad, week in sorted(set(weeks))]
    if rows:
        connection.execute(upsert(_stale).on_conflict_do_nothing(), rows)


def unpack(week: str, packed: bytes) -> Iterator[tuple[str, int]]:
    """(day, number of the document), as a row of `dyad_schema.tellings` keeps them."""
    monday = date.fromisoformat(week).toordinal()
    for one in struct.unpack(f"<{len(packed) // 8}q", packed):
        yield date.fromordinal(monday + one % 7).isoformat(), one // 7


def _by_week(
    telling: Telling, dyads: Mapping[tuple[str, str], tuple[int, bool]], numbers: Mapping[str, int]
) -> Iterator[_Row]:
    arrived: dict[str, list[list[object]]] = {}
    documents: dict[str, list[int]] = {}
    for one in telling.arrived:
        week = first_day_of(one.day, "week")
        arrived.setdefault(week, []).append([one.day, one.point, one.low, one.high])
    for day, document in telling.documents:
        week = first_day_of(day, "week")
        weekday = date.fromisoformat(day).toordinal() - date.fromisoformat(week).toordinal()
        documents.setdefault(week, []).append(numbers[document] * 7 + weekday)
    dyad, turned = dyads[same_party(telling.source), same_party(telling.target)]
    for week in sorted({*arrived, *documents}):
        packed = sorted(documents.get(week, ()))
        yield (
            week,
            dyad,
            turned,
            telling.act or "",
            telling.source,
            telling.target,
            json.dumps(arrived.get(week, []), separators=(",", ":")),
            struct.pack(f"<{len(packed)}q", *packed),
        )


def _row(deed: Deed, dyads: Mapping[tuple[str, str], tuple[int, bool]]) -> _Row:
    dyad, turned = dyads[same_party(deed.source), same_party(deed.target)]
    week = first_day_of(deed.day, "week")
    return (
        deed.day, week, dyad, turned, deed.root, deed.intensity, deed.words, deed.source, deed.target,
    )  # fmt: skip


def _count_names(
    connection: Connection, before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]
) -> None:
    """Count by which names parties are told, of rows that went and that came, whoever acts."""
    moved = Counter[str]()
    for sign, pairs in ((-1, before), (1, after)):
        for source, target in pairs:
            if is_actor(source) and is_actor(target):
                moved[source] += sign
                moved[target] += sign
    listed = [(same_party(name), name, by) for name, by in sorted(moved.items()) if by]
    if not listed:
        return
    known = party_numbers(connection, {key for key, _, _ in listed})
    put = upsert(_names)
    connection.execute(
        put.on_conflict_do_update(
            index_elements=["party", "name"], set_={"rows": _names.c.rows + put.excluded.rows}
        ),
        [{"party": known[key], "name": name, "rows": by} for key, name, by in listed],
    )


def _copies_changed(connection: Connection, documents: set[int]) -> None:
    """A document that became a copy, or is none any more, tells its acts otherwise."""
    for chunk in chunks(sorted(documents)):
        rows = connection.execute(
            select(_deeds.c.dyad, _deeds.c.week).where(_deeds.c.document.in_(chunk)).distinct()
        )
        mark_stale(connection, ((row.dyad, row.week) for row in rows.all()))


def _numbered(
    connection: Connection, rows: Iterable[Telling | Deed]
) -> dict[tuple[str, str], tuple[int, bool]]:
    """(who acts, on whom) -> number of the dyad, made where there is none yet, and whether its second party
    acts."""
    pairs = {pair for row in rows if (pair := pair_of(row)) is not None}
    if not pairs:
        return {}
    keys = {key for pair in pairs for key in pair}
    known = party_numbers(connection, keys)
    new = [{"key": key} for key in sorted(keys - known.keys())]
    if new:
        connection.execute(insert(_parties), new)
        known |= party_numbers(connection, [row["key"] for row in new])
    wanted = {tuple(sorted((known[a], known[b]))) for a, b in pairs}
    dyads: dict[tuple[int, ...], int] = {}
    for first, second in sorted(wanted):
        query = select(_dyads.c.number).where(_dyads.c.first == first, _dyads.c.second == second)
        number = connection.execute(query).scalar()
        if number is None:
            made = insert(_dyads).values(
                first=first, second=second, hostile=0, cooperative=0, tellings=0, last="", changed="",
                checked="",
            )  # fmt: skip
            number = connection.execute(made.returning(_dyads.c.number)).scalar_one()
        dyads[first, second] = int(number)
    return {
        (a, b): (dyads[tuple(sorted((known[a], known[b])))], known[a] > known[b]) for a, b in sorted(pairs)
    }


def party_numbers(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """key -> number, for the parties that there are."""
    out: dict[str, int] = {}
    for chunk in chunks(sorted(keys)):
        rows = connection.execute(select(_parties.c.key, _parties.c.number).where(_parties.c.key.in_(chunk)))
        out.update((row.key, row.number) for row in rows)
    return out
