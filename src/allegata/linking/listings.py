"""Outlets, their other names and who owns them: the shipped list, and what a user adds in a file of their own
to which `FILE` points."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from allegata.vocab import load

FILE = "ALLEGATA_OUTLETS"
"""The environment variable with the path of a TOML file that has the tables ``outlets`` (name = other names
and sites) and ``families`` (owner = its outlets), each as in ``vocab/outlets.toml``."""

MOST_BYTES = 4_000_000


class OutletsError(Exception):
    """The user's file cannot be used. The message is one line: what is wrong and what to do."""


@cache
def listed_outlets() -> dict[str, tuple[str, ...]]:
    """Name -> other names and sites. Raises OutletsError where the user's file cannot be used."""
    names = {name: tuple(others) for name, others in load("outlets")["outlets"].items()}
    for name, others in _own("outlets").items():
        names[name] = tuple(dict.fromkeys((*names.get(name, ()), *others)))
    return names


@cache
def listed_families() -> dict[str, str]:
    """Outlet -> its owner or syndicate; what the user says of an outlet replaces what is shipped. Raises
    OutletsError where the user's file cannot be used."""
    shipped = {n: owner for owner, names in load("outlets")["families"].items() for n in names}
    return shipped | {n: owner for owner, names in _own("families").items() for n in names}


def check_listings() -> None:
    """Raises OutletsError where the user's file cannot be used: asked before anything is stored."""
    listed_outlets()
    listed_families()


def _own(table: str) -> Mapping[str, tuple[str, ...]]:
    path = os.environ.get(FILE)
    return _read(Path(path)).get(table, {}) if path else {}


@cache
def _read(path: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise OutletsError(f"{FILE}: {path} has more than {MOST_BYTES:,} bytes; list fewer outlets")
        tables = tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise OutletsError(f"{FILE}: {path}: {error.strerror}; give the path of a TOML file") from error
    except (ValueError, RecursionError) as error:
        raise OutletsError(f"{FILE}: {path} is not TOML ({error}); mend it or unset {FILE}") from error
    return {name: _table(path, name, tables[name]) for name in ("outlets", "families") if name in tables}


def _table(path: Path, name: str, table: Any) -> dict[str, tuple[str, ...]]:
    good = isinstance(table, dict) and all(
        isinstance(v, list) and all(isinstance(x, str) and x.strip() for x in v) for v in table.values()
    )
    if not good:
        raise OutletsError(f'{FILE}: {path}: [{name}] must hold lines like "Name" = ["other name"]')
    return {key: tuple(values) for key, values in table.items()}
