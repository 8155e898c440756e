"""`allegata watch inbox` and `allegata watch mark`: what watches found, and working through it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.persons import ByOption, decider, named
from allegata.cli.terminal import plain, print_json

MOST = 1000
SHOWN = 50


class Shown(StrEnum):
    UNREAD = "unread"
    MINE = "mine"
    SNOOZED = "snoozed"
    ALL = "all"


def inbox(
    name: Annotated[str | None, typer.Argument(help="A watch; else all of them.")] = None,
    show: Annotated[Shown, typer.Option(help="Which: mine are those assigned to --by.")] = Shown.UNREAD,
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """What watches found, newest first, with the numbers that `mark` takes."""
    from allegata.contract import to_plain
    from allegata.runs import working

    with held_library(store) as library:
        if name is not None and all(w.name != name for w in library.watches()):
            raise CommandError(f"there is no watch {plain(name)!r}; see allegata watch list")
        asked = working.query(show.value, name, named(by) if show is Shown.MINE else "")
        found = library.store.inbox(asked, MOST if json else SHOWN)
        total = library.store.count_inbox(asked)
    for item in found:
        state = item.state(asked.today)
        if json:
            print_json({**to_plain(item), "state": state})
            continue
        until = f" until {item.until}" if state == "snoozed" else ""
        whose = f" · for {item.assignee}" if item.assignee else ""
        kind = item.event.kind.replace("_", " ")
        print(plain(f"{item.number:>5}  {item.name}: {kind}: {item.event.title}"))
        print(plain(f"       {state}{until}{whose} · {item.found[:10]} · {item.event.detail}"))
        if item.note:
            print(plain(f"       note: {item.note}"))
    if not json:
        more = f"; the last {len(found)} of {total}" if total > len(found) else ""
        print(f"{total} {show.value if show is not Shown.ALL else 'in all'}{more}")
    return OK


def mark(
    numbers: Annotated[list[int], typer.Argument(help="Items, by their numbers in `inbox`.", min=1)],
    read: Annotated[bool | None, typer.Option("--read/--unread", help="Read, or unread again.")] = None,
    snooze: Annotated[
        str | None, typer.Option(help="Hide it until a day such as 2026-03-09; empty: wake it.")
    ] = None,
    assign: Annotated[
        str | None, typer.Option(help="Who is to look after it, a user where there are any; empty: nobody.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="A note; it replaces the one before.")] = None,
    by: ByOption = None,
    store: StoreOption = STORE,
) -> int:
    """Read, snooze, assign or note what a watch found. It is logged with your name."""
    from allegata.runs import working
    from allegata.store.inbox_records import ItemChange

    change = ItemChange(read, snooze, assign, note)
    if change == ItemChange():
        raise CommandError("nothing is to be done; give --read, --unread, --snooze, --assign or --note")
    with held_library(store) as library:
        person = decider(library, by)
        for number in numbers:
            if library.store.item(number) is None:
                raise CommandError(f"there is no item {number}; see allegata watch inbox --show all")
        for number in numbers:
            try:
                working.change_item(library.store, number, change, person)
            except (working.BadChangeError, KeyError) as error:
                raise CommandError(str(error)) from error
    print(plain(f"{len(numbers)} marked, by {person}"))
    return OK
