"""`allegata mcp`: the same verbs for an assistant, over stdin and stdout."""

from __future__ import annotations

from typing import Annotated

import typer

from allegata.cli.errors import OK
from allegata.cli.options import STORE, StoreOption, held_library
from allegata.cli.persons import ByOption, decider


def mcp(
    store: StoreOption = STORE,
    allow_judging: Annotated[
        bool, typer.Option("--allow-judging", help="Let the assistant decide too, in the name of --by.")
    ] = False,
    by: ByOption = None,
) -> int:
    """Serve the store to an assistant by the Model Context Protocol, on stdin and stdout. It only reads."""
    with held_library(store) as library:
        person = decider(library, by) if allow_judging else None
        from allegata.cli.assistant.server import build

        build(library, person).run("stdio")
    return OK


COMMANDS = (mcp,)
