"""The commands that pages tell people to run, as they would type them for the store that is served."""

from __future__ import annotations

import shlex
import shutil
import sys
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from allegata.web import visitors

PROGRAM = "allegata"
USUAL = "allegata.db"
"""The store of commands that are told none (`cli.options.STORE`)."""

SERVED: ContextVar[str | None] = ContextVar("served", default=None)
"""The store's address as `allegata serve` was given it; set by `guard`. ``None``: no command serves it."""


def command(rest: str, *, store: bool = True) -> str:
    """``command("add PAGE")``: "allegata add PAGE --store demo/demo.db"."""
    return f"{program(sys.argv[0])} {rest}{_on_store() if store else ''}"


def _on_store() -> str:
    address = SERVED.get()
    if address == USUAL:
        return ""
    if address is None:
        return " --store STORE"
    # where the machine keeps it is the business of those who look after it
    shown = address if visitors.may("admin") else Path(address).name
    return f" --store {shlex.quote(shown)}"


@lru_cache(maxsize=8)
def program(started: str) -> str:
    """What to type: the program that serves, where it is not found by its name alone (in a .venv that is not
    active)."""
    own = Path(started)
    if own.stem != PROGRAM or len(own.parts) == 1 or shutil.which(PROGRAM):
        return PROGRAM
    return shlex.quote(started)
