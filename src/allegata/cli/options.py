"""Options that several commands share, and the store that they name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import CommandError
from allegata.reading import Reader

if TYPE_CHECKING:
    from allegata.library import Library

STORE = "allegata.db"

StoreOption = Annotated[
    str, typer.Option("--store", envvar="ALLEGATA_STORE", help="The store: a file, or a database's URL.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, and nothing else there.")]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, max=256, help="Processes that read; all cores from 8 documents on."),
]
ReaderOption = Annotated[
    Reader,
    typer.Option("--reader", help="What finds statements: trained models and rules, or the rules alone."),
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from loopback and private addresses too.")
]


@contextmanager
def held_library(store: str) -> Iterator[Library]:
    """The store at ``store``, which must be there: looking something up makes no store."""
    if "://" not in store and not Path(store).exists():
        raise CommandError(f"there is no store at {store}; make one with: allegata add PATH --store {store}")
    import allegata

    with allegata.open(store) as library:
        yield library
