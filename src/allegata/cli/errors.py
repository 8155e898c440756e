"""How a command ends: its exit status, and one line on stderr where something is wrong."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from allegata.cli.terminal import plain
from allegata.runs.worker import DEBUG

if TYPE_CHECKING:
    from allegata.runs.local import Failure

OK, FAILED_CHECK, BAD_INPUT, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141
"""130 and 141 are what a shell gives for SIGINT and SIGPIPE."""

_OURS = (
    "CaptureError",
    "StoreError",
    "ExchangeError",
    "ServeError",
    "BadQuery",
    "CommandError",
    "OutletsError",
    "AccountError",
)
"""Errors whose message is one line for people. By name: to import their rooms here would cost seconds."""

_INTERRUPTED = "interrupted; what was stored is kept, run the command again to complete it"


class CommandError(Exception):
    """Something a command cannot do. The message is one line: what is wrong and what to do."""


def complain(message: str) -> None:
    """One line on stderr."""
    print(f"allegata: {plain(message)}", file=sys.stderr, flush=True)


def collecting() -> tuple[list[Failure], Callable[[Failure], None]]:
    """A list of what cannot be read, and what to call for each: it is told at once, and counts at the end."""
    failures: list[Failure] = []

    def failed(failure: Failure) -> None:
        failures.append(failure)
        complain(str(failure))

    return failures, failed


def ending(command: Callable[[], int]) -> int:
    """The exit status of ``command``, whatever happens in it. No traceback unless ALLEGATA_DEBUG is set."""
    try:
        status = command()
        sys.stdout.flush()
        if status == INTERRUPTED:  # typer's answer to Ctrl-C
            complain(_INTERRUPTED)
        return status
    except (BrokenPipeError, SystemExit):  # typer and rich end the process where the reader has gone
        # what is still buffered for that reader would fail again when the interpreter ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except (KeyboardInterrupt, EOFError):
        complain(_INTERRUPTED)
        return INTERRUPTED
    except Exception as error:
        if os.environ.get(DEBUG):
            traceback.print_exc()
        return _explain(error)


def _explain(error: Exception) -> int:
    kind = type(error)
    if kind.__name__ == "Abort":  # the answer of older ones
        complain(_INTERRUPTED)
        return INTERRUPTED
    if hasattr(error, "format_message"):  # a usage error, as typer gives it
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "allegata"
        complain(f"{_clause(error.format_message())}; see {command} --help")
    elif kind.__name__ in _OURS and kind.__module__.startswith("allegata."):
        complain(str(error))
    elif isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename is not None else ""
        complain(f"{where}{error.strerror or error}; check the path, its rights and the space left")
    elif isinstance(error, MemoryError):
        complain("out of memory; give fewer or smaller documents, or --jobs 1")
    else:
        words = f"{kind.__name__}: {str(error)[:200]}"
        complain(f"internal error ({words}); set {DEBUG}=1 to see where, and report it")
    return BAD_INPUT


def _clause(message: str) -> str:
    """A message of several lines as the first part of one."""
    return " ".join(message.replace("Value error, ", "").split()).rstrip(".")
