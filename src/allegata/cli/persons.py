"""Who decides something, and why: options of every command by which a person does."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from allegata.cli.errors import CommandError

ByOption = Annotated[
    str | None, typer.Option("--by", envvar="ALLEGATA_PERSON", help="Who decides; else your login name.")
]
WhyOption = Annotated[str, typer.Option("--why", help="Why; it is kept with the decision.")]


def named(person: str | None) -> str:
    """The person, as given, or by the login."""
    name = (person or "").strip()
    if not name:
        try:
            name = getpass.getuser()
        except (OSError, KeyError) as error:
            raise CommandError("nobody is named; say who decides with --by NAME") from error
    return name


def given(reason: str) -> str:
    """The reason, which must be one."""
    if not reason.strip():
        raise CommandError("no reason is given; say why with --why WORDS")
    return " ".join(reason.split())
