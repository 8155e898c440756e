"""The names that parties of dyads are shown under; what is counted has their keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from allegata.monitoring.names import titles
from allegata.store import dyad_schema as tables
from allegata.store.database import chunks

if TYPE_CHECKING:
    from allegata.monitoring.tension import Tension

_parties, _names = tables.parties, tables.party_names


def shown(connection: Connection, parties: Iterable[int]) -> dict[int, tuple[str, str]]:
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


def keyed(named: Mapping[int, tuple[str, str]]) -> dict[str, str]:
    """key -> name, of what `shown` gives."""
    return dict(named.values())


def titled(one: Tension, names: Mapping[str, str]) -> Tension:
    """With names for keys."""
    return replace(one, source=names[one.source], target=names[one.target])


def pair(*both: tuple[str, str]) -> tuple[str, str]:
    """Two parties as `shown` gives them, by their names in order."""
    first, second = sorted((name for _, name in both), key=str.casefold)
    return first, second
