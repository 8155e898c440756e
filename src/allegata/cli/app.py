"""The commands together."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Sequence
from typing import Annotated

import typer

from allegata.cli import (
    adding,
    assessing,
    assisting,
    briefing,
    claims,
    feeding,
    foretelling,
    judging,
    keeping,
    matching,
    reading,
    reviewing,
    serving,
    tensing,
    users,
    watches,
    watching,
)
from allegata.cli.errors import OK, ending
from allegata.runs.worker import DEBUG, travel_light

app = typer.Typer(
    name="allegata",
    help="For every allegation: who said it, who they had it from, how many independent origins it has.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
FAMILIES = (
    reading, adding, claims, briefing, matching, reviewing, assessing, watching, tensing, serving, assisting,
    keeping,
)  # fmt: skip
for family in FAMILIES:
    for command in family.COMMANDS:
        app.command()(command)
GROUPS = (
    ("judge", judging.app),
    ("watch", watches.app),
    ("feed", feeding.app),
    ("forecast", foretelling.app),
    ("user", users.app),
)
for name, group in GROUPS:
    app.add_typer(group, name=name)


def _show_version(wanted: bool) -> None:
    if wanted:
        import allegata

        print(f"allegata {allegata.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


def _tell_of_stores() -> None:
    """Let the store say on stderr what keeps it, such as an upgrade."""
    log = logging.getLogger("allegata.store")
    if not log.handlers:
        told = logging.StreamHandler()
        told.setFormatter(logging.Formatter("allegata: %(message)s"))
        log.addHandler(told)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit status. Libraries' warnings and logs are shown only for debugging."""
    travel_light()
    if os.environ.get(DEBUG):
        logging.basicConfig(level=logging.DEBUG)
    else:
        warnings.simplefilter("ignore")
        logging.getLogger().addHandler(logging.NullHandler())
        _tell_of_stores()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

    def command() -> int:
        status = app(args=list(arguments), prog_name="allegata", standalone_mode=False)
        return status if isinstance(status, int) else OK

    return ending(command)
