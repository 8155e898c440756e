"""`allegata changes`: what is new about the claims, which forecasts came due, how tension moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.terminal import console, plain, print_json

if TYPE_CHECKING:
    from rich.padding import Padding

    from allegata.library import Library
    from allegata.monitoring.changes import Change
    from allegata.monitoring.due import Due
    from allegata.monitoring.tension import Tension

WEEK = timedelta(days=7)
MOST_DOCUMENTS = 5


def changes(
    since: Annotated[
        str | None,
        typer.Option(help="A date, or 7d, 12h, 2w before now; a week before the newest claim otherwise."),
    ] = None,
    until: Annotated[str | None, typer.Option(help="A date. Else now.")] = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """What came out between two moments: claims, origins, denials, retractions, forecasts due, tension."""
    now = datetime.now(UTC)
    end = _moment(until, now, "--until")
    begin = _moment(since, now, "--since")
    with held_library(store) as library:
        start = begin or _week_before_newest(library) or now - WEEK
        if end is not None and start > end:
            raise CommandError("--since is later than --until; swap them")
        found = library.changes(start, end)
        first, last = start.date(), (end or now).date()
        due = library.due(last, first)
        tension = library.tension(since=first, until=last)
    if json:
        _print_json(found, due, tension)
    else:
        _print_text(start, found, due, tension)
    return OK


def _print_json(found: list[Change], due: list[Due], tension: list[Tension]) -> None:
    from allegata.contract import to_plain

    for change in found:
        print_json(to_plain(change))
    for forecast in due:
        print_json({"kind": "forecast_due", **to_plain(forecast)})
    for week in tension:
        print_json({"kind": "tension", **to_plain(week)})


def _print_text(start: datetime, found: list[Change], due: list[Due], tension: list[Tension]) -> None:
    from allegata.monitoring.events import WORDS
    from allegata.web import words

    out = console()
    out.print(f"since {words.day(start.date().isoformat())}:", style="bold")
    for change in found:
        out.print(f"\n{words.day((change.at or '')[:10] or None)}  {WORDS[change.kind]}", style="cyan")
        for line in (words.alleged(change.proposition), _evidence(change)):
            out.print(_indented(line))
    if not found:
        out.print("  nothing new about the claims")
    if due:
        out.print("\nForecasts whose day has passed", style="bold")
        for d in due:
            by = f"{d.forecast.speaker}, " if d.forecast.speaker else ""
            out.print(_indented(f"{words.day(d.deadline)}  “{d.text}” ({by}{d.document})"))
    if tension:
        out.print("\nTension by week (intensity × independent origins)", style="bold")
        for t in tension:
            series = f"{t.side} {t.series.replace('_', ' ')}"
            said = f"{t.period}  {t.source} → {t.target}, {series}: {t.value:g} ({t.low:g} to {t.high:g})"
            out.print(_indented(f"{said} · {t.volume} tellings, {t.coverage} documents"))


def _indented(line: str) -> Padding:
    from rich.padding import Padding

    return Padding(plain(line), (0, 0, 0, 2), expand=False)


def _evidence(change: Change) -> str:
    """The sources and documents that show the change, and the counts on both sides of it."""
    listed = change.documents[:MOST_DOCUMENTS]
    left = len(change.documents) - len(listed)
    documents = ", ".join(listed) + (f" and {left} more" if left > 0 else "")
    sources = f"{'; '.join(change.sources)}, " if change.sources else ""
    return (
        f"{sources}in {documents} · documents {change.mentions_before} → {change.mentions_after}, "
        f"origins {change.origins_before} → {change.origins_after} · claim {change.claim}"
    )


def _moment(words: str | None, now: datetime, option: str) -> datetime | None:
    from allegata.monitoring.moments import moment_of

    if words is None:
        return None
    moment = moment_of(words, now)
    if moment is None:
        raise CommandError(f"{option} {plain(words)!r} is no date; give one like 2025-03-06, or 7d")
    return moment


def _week_before_newest(library: Library) -> datetime | None:
    from allegata.monitoring.moments import instant

    newest = instant(library.store.newest_seen())
    return newest - WEEK if newest is not None and newest.year > 1 else None


COMMANDS = (changes,)
