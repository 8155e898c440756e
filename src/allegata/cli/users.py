"""`allegata user`: who may come in, and what they did."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.persons import ByOption, named
from allegata.cli.terminal import plain, print_json

if TYPE_CHECKING:
    from allegata.store.user_records import User

app = typer.Typer(
    help="Who may sign in to the pages, with which role, and what they did.", no_args_is_help=True
)


class Role(StrEnum):
    VIEWER = "viewer"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    ADMIN = "admin"


class Scope(StrEnum):
    READ = "read"
    JUDGE = "judge"
    ADMIN = "admin"


NameArgument = Annotated[str, typer.Argument(help="The user's name, in any case.")]
LONGEST_LINE = 4096


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What the user is called; it stands beside decisions.")],
    role: Annotated[
        Role, typer.Option(help="viewer reads, analyst decides, reviewer undoes others', admin sees users.")
    ] = Role.VIEWER,
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Let somebody in. The password is asked for, or is the first line of stdin."""
    from allegata.runs import accounts

    with held_library(store) as library:
        who, called = named(by), accounts.checked_name(name)
        if library.store.user(called) is not None:
            raise CommandError(f"there is a user {called} already; take another name")
        made = accounts.add_user(library.store, called, _password(called), role.value, who)
    return _tell(made, f"{made.name} may sign in as {made.role}", json=json)


@app.command()
def role(
    name: NameArgument,
    role: Annotated[Role, typer.Argument(help="What the user may do from now on.")],
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Give a user another role. It holds at once."""
    from allegata.runs import accounts

    with held_library(store) as library:
        made = accounts.set_role(library.store, name, role.value, named(by))
    return _tell(made, f"{made.name} is {made.role} now", json=json)


@app.command()
def disable(
    name: NameArgument,
    undo: Annotated[bool, typer.Option("--undo", help="Let the user in again.")] = False,
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Let a user in no more: sessions end, tokens stop. What they decided stays."""
    from allegata.runs import accounts

    with held_library(store) as library:
        made = accounts.set_disabled(library.store, name, not undo, named(by))
    return _tell(made, f"{made.name} may {'' if undo else 'not '}sign in", json=json)


@app.command()
def password(
    name: NameArgument, by: ByOption = None, store: StoreOption = STORE, json: JsonOption = False
) -> int:
    """Give a user another password, asked for or from the first line of stdin. Sessions end."""
    from allegata.runs import accounts

    with held_library(store) as library:
        held = library.store.user(name)
        if held is None:
            raise CommandError(f"there is no user “{name[:80]}”; 'allegata user list' shows them")
        called = held[0].name
        made = accounts.set_password(library.store, called, _password(called), named(by))
    return _tell(made, f"{made.name} has another password and is signed out everywhere", json=json)


@app.command()
def token(
    name: NameArgument,
    scope: Annotated[Scope, typer.Option(help="How far it goes; never further than the user.")] = Scope.READ,
    label: Annotated[str, typer.Option("--for", help="What it is for, shown in the list.")] = "",
    days: Annotated[int | None, typer.Option(help="How long it works; for good if left out.")] = None,
    revoke: Annotated[int | None, typer.Option(help="Stop this token, by its number.")] = None,
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Make a token for a machine, shown this once; or stop one."""
    from allegata.contract import to_plain
    from allegata.runs import accounts

    with held_library(store) as library:
        if revoke is not None:
            owners = {t.number: t.user for t in library.store.tokens()}
            held = library.store.user(name)
            if held is None or owners.get(revoke) != held[0].name:
                raise CommandError(f"{name[:80]} has no token {revoke}; 'allegata user list' shows them")
            gone = accounts.revoke_token(library.store, revoke, named(by))
            if json:
                print_json(to_plain(gone))
            else:
                print(plain(f"token {gone.number} of {gone.user} works no more"))
            return OK
        made, secret = accounts.make_token(library.store, name, scope.value, label, days, named(by))
    if json:
        print_json(to_plain(made) | {"secret": secret})
    else:
        print(plain(f"token {made.number} of {made.user} ({made.scope}), not shown again:"), file=sys.stderr)
        print(secret)
    return OK


@app.command("list")
def listing(store: StoreOption = STORE, json: JsonOption = False) -> int:
    """The users, with their tokens."""
    from allegata.contract import to_plain

    with held_library(store) as library:
        users, tokens = library.store.users(), library.store.tokens()
    for user in users:
        mine = [t for t in tokens if t.user == user.name]
        if json:
            print_json(to_plain(user) | {"tokens": [to_plain(t) for t in mine]})
            continue
        state = f", disabled since {user.disabled[:10]}" if user.disabled else ""
        print(plain(f"{user.name}: {user.role}{state}"))
        for t in mine:
            until = f", until {t.ends[:10]}" if t.ends else ""
            works = f", stopped on {t.revoked[:10]}" if t.revoked else until
            print(f"  {plain(f'token {t.number} {t.label} ({t.scope}{works})')}")
    if not users and not json:
        print("no user yet; make one with: allegata user add NAME --role admin")
    return OK


@app.command()
def log(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1_000_000, help="Acts to show.")] = 50,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """What persons did last, newest first."""
    from allegata.contract import to_plain

    with held_library(store) as library:
        acts = library.store.acts(limit)
    for act in acts:
        if json:
            print_json(to_plain(act))
        else:
            print(plain(f"{act.number} · {act.at[:19]} · {act.person or '?'} · {act.act} · {act.subject}"))
    if not acts and not json:
        print("nothing was done yet")
    return OK


def _password(name: str) -> str:
    """From the keyboard, twice and unseen, or the first line of stdin."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline(LONGEST_LINE).rstrip("\r\n")
        if not line:
            raise CommandError("no password is given; type it when asked, or put it into stdin as one line")
        return line
    import getpass

    from allegata.runs.accounts import checked_password

    first = checked_password(getpass.getpass(f"Password of {plain(name)}: "), name)
    if getpass.getpass("The same again: ") != first:
        raise CommandError("the two passwords differ; run the command again")
    return first


def _tell(user: User, words: str, *, json: bool) -> int:
    from allegata.contract import to_plain

    if json:
        print_json(to_plain(user))
    else:
        print(plain(words))
    return OK
