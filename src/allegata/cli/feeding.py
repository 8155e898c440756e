"""`allegata feed`: the feeds that are polled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from allegata.cli.errors import BAD_INPUT, OK, CommandError, collecting, complain
from allegata.cli.options import (
    STORE,
    JobsOption,
    JsonOption,
    PrivateOption,
    ReaderOption,
    StoreOption,
    held_library,
)
from allegata.cli.persons import ByOption, WhyOption, decider, given
from allegata.cli.terminal import plain, print_json
from allegata.reading import DEFAULT

app = typer.Typer(help="Feeds that are polled into the store.", no_args_is_help=True)


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="An RSS or Atom feed.")],
    why: WhyOption,
    every: Annotated[int, typer.Option(min=5, max=1440, help="Minutes between two polls.")] = 30,
    by: ByOption = None,
    store: StoreOption = STORE,
) -> int:
    """Poll a feed from now on. The store is made where there is none."""
    import allegata
    from allegata.capture.exchange import check_address
    from allegata.capture.items import CaptureError

    try:
        check_address(url)
    except CaptureError as error:
        raise CommandError(f"{plain(url)}: {error}") from error
    reason = given(why)
    with allegata.open(store) as library:
        person = decider(library, by)
        try:
            library.store.put_feed(url, every * 60, person, reason)
        except ValueError as error:
            raise CommandError(str(error)) from error
    print(plain(f"{url} is polled every {every} minutes, by: allegata feed poll --store {store}"))
    return OK


@app.command(name="list")
def list_(store: StoreOption = STORE, json: JsonOption = False) -> int:
    """The feeds, what they answered last, and which are late."""
    from allegata.contract import to_plain
    from allegata.runs.polling import is_late

    now = datetime.now(UTC)
    with held_library(store) as library:
        feeds = library.feeds()
    for feed in feeds:
        late = is_late(feed, now)
        if json:
            print_json({**to_plain(feed), "late": late})
            continue
        name = f"{feed.title} " if feed.title else ""
        answered = feed.answered[:16] if feed.answered else "never"
        print(plain(f"{'LATE  ' if late else ''}{name}{feed.url}"))
        print(plain(f"  answered {answered}, every {feed.every // 60} minutes, next {feed.due[:16]}"))
        if feed.failures:
            print(plain(f"  failed {feed.failures} times since: {feed.note}"))
    if not feeds and not json:
        print("no feed is polled")
    return OK


@app.command()
def remove(
    url: Annotated[str, typer.Argument(help="The feed's address.")],
    why: WhyOption,
    by: ByOption = None,
    store: StoreOption = STORE,
) -> int:
    """Poll a feed no longer. Its documents stay, and so does the record of its polls."""
    with held_library(store) as library:
        try:
            library.store.remove_feed(url, decider(library, by), given(why))
        except KeyError as error:
            raise CommandError(f"{plain(url)}: no such feed is polled; see allegata feed list") from error
    print(plain(f"{url} is no longer polled"))
    return OK


@app.command()
def poll(
    urls: Annotated[
        list[str] | None, typer.Argument(metavar="[URL]...", help="These, due or not; else all that are due.")
    ] = None,
    reader: ReaderOption = DEFAULT,
    jobs: JobsOption = 1,
    allow_private: PrivateOption = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Ask the feeds that are due, and add what they bring. To be run again and again, by cron or a timer."""
    from allegata.contract import to_plain
    from allegata.runs import polling

    failures, failed = collecting()
    with held_library(store) as library:
        known = {feed.url for feed in library.feeds()}
        if unknown := [url for url in urls or () if url not in known]:
            raise CommandError(f"{plain(unknown[0])}: no such feed is polled; add it with allegata feed add")
        polled, added = polling.poll(
            library.store,
            datetime.now(UTC),
            urls=frozenset(urls or ()),
            reader=reader,
            jobs=jobs,
            allow_private=allow_private,
            failed=failed,
        )
    for one in polled:
        if json:
            print_json({"feed": one.feed.url, **to_plain(one.poll), "due": one.feed.due})
        if one.poll.outcome in ("failed", "refused"):
            complain(f"{one.feed.url}: {one.poll.note}; asked again after {one.feed.due[:16]}")
    if not json:
        new = sum(one.poll.new for one in polled)
        print(f"{len(polled)} of {len(known)} feeds asked; {new} documents new or changed; read {added.read}")
    return BAD_INPUT if failures else OK
