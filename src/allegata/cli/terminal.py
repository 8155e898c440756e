"""Words and lines for a terminal. Text from outside may hold anything; what a terminal obeys is taken out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from allegata.runs.local import Progress

WIDTH = 110
"""Columns where the output is no terminal that says its own."""

_OBEYED = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " "),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF], ""),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
"""Controls (escape sequences begin with one), marks that turn the direction of text, lone surrogates."""


def plain(text: object) -> str:
    """``text`` on one line, without anything that a terminal would obey."""
    return " ".join(str(text).translate(_OBEYED).split())


def console() -> Console:
    """Where people read the results: stdout, without markup, so that nobody's text is taken for a style."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDTH
    return Console(markup=False, highlight=False, emoji=False, width=width)


def print_json(value: Any) -> None:
    """One object as a line of JSON on stdout, in UTF-8 whatever the terminal's encoding."""
    from allegata.exchange.jsonl import line

    sys.stdout.buffer.write(line(value).encode())
    sys.stdout.buffer.flush()


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A bar a stage on stderr, while somebody is there to see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:6}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def tell(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield tell
