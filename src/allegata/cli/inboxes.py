"""`allegata watch inbox` and `allegata watch mark`: what watches found, and working through it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.persons import ByOption, decider, named
from allegata.cli.terminal import plain, print_json

if TYPE_CHECKING:
    from allegata.library import Library
    from allegata.store.inbox_records import ItemChange

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
        _check_watch(library, name)
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
    numbers: Annotated[list[int] | None, typer.Argument(help="Items, by their numbers in `inbox`.")] = None,
    all: Annotated[
        bool, typer.Option("--all", help="With --read: all that is unread, but for what is snoozed.")
    ] = False,
    watch: Annotated[str | None, typer.Option(help="With --all: of this watch alone.")] = None,
    through: Annotated[
        int | None, typer.Option(min=1, help="With --all: up to this item; what came later stays unread.")
    ] = None,
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
    from allegata.store.inbox_records import ItemChange

    change = ItemChange(read, snooze, assign, note)
    if change == ItemChange():
        raise CommandError("nothing is to be done; give --read, --unread, --snooze, --assign or --note")
    if all and (numbers or change != ItemChange(read=True)):
        raise CommandError("--all goes with --read and nothing else; give numbers for the rest")
    if not all and (watch is not None or through is not None):
        raise CommandError("--watch and --through go with --all --read")
    if not all and not numbers:
        raise CommandError("no item is given: name numbers of allegata watch inbox, or --all")
    with held_library(store) as library:
        person = decider(library, by)
        if all:
            marked = _read_all(library, watch, through, person)
        else:
            marked = _change(library, numbers or [], change, person)
    print(plain(f"{marked} marked, by {person}"))
    return OK


def _change(library: Library, numbers: list[int], change: ItemChange, person: str) -> int:
    from allegata.runs import working

    for number in numbers:
        if library.store.item(number) is None:
            raise CommandError(f"there is no item {number}; see allegata watch inbox --show all")
    for number in numbers:
        try:
            working.change_item(library.store, number, change, person)
        except (working.BadChangeError, KeyError) as error:
            raise CommandError(str(error)) from error
    return len(numbers)


def _read_all(library: Library, watch: str | None, through: int | None, person: str) -> int:
    """What comes while this runs stays unread."""
    from allegata.runs import working

    _check_watch(library, watch)
    newest = library.store.newest_item() if through is None else through
    return library.store.read_items(working.query("unread", watch), newest, person)


def _check_watch(library: Library, name: str | None) -> None:
    if name is not None and name not in {w.name for w in library.watches()}:
        raise CommandError(f"there is no watch {plain(name)!r}; see allegata watch list")
