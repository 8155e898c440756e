"""Who decides something, and why: options of every command by which a person does."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import CommandError
from allegata.cli.terminal import plain

if TYPE_CHECKING:
    from allegata.library import Library

ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        envvar="ALLEGATA_PERSON",
        help="Who decides, a user where the store has any; else your login name.",
    ),
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


def decider(library: Library, person: str | None) -> str:
    """The person who decides in a store. Where it has users, one of them who may decide: what stands beside a
    decision is then a name that somebody answers to."""
    name = named(person)
    if library.store.count_users() == 0:
        return name
    found = library.store.user(name)
    if found is None:
        raise CommandError(f"this store has users and {plain(name)!r} is none; give one with --by NAME")
    user = found[0]
    if user.disabled is not None:
        raise CommandError(f"{plain(user.name)} was disabled on {user.disabled[:10]} and decides nothing")
    if user.role == "viewer":
        raise CommandError(f"{plain(user.name)} is a viewer; an analyst or reviewer decides")
    return user.name


def given(reason: str) -> str:
    """The reason, which must be one."""
    if not reason.strip():
        raise CommandError("no reason is given; say why with --why WORDS")
    return " ".join(reason.split())
