"""`allegata serve`: the pages."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from allegata.cli.errors import OK
from allegata.cli.options import STORE, StoreOption, held_library


def serve(
    store: StoreOption = STORE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0: a free one.")] = 8008,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="Another host name that leads here, through a proxy say; more than one."),
    ] = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Show only: nothing can be decided on the pages.")
    ] = False,
) -> int:
    """Show the store in the browser until Ctrl-C."""
    with held_library(store) as library, suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
        from allegata.web.server import serve_store

        serve_store(library.store, host, port, name or (), writable=not read_only, address=store)
    return OK


COMMANDS = (serve,)
