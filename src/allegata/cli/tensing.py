"""`allegata tension`: between whom, how much, whether it broke, and what moved it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import OK
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.terminal import plain, print_json

if TYPE_CHECKING:
    from allegata.monitoring.breaks import Break, Track

MOST_MOVERS = 3


class UnitChoice(StrEnum):
    DAY = "day"
    WEEK = "week"


def tension(
    parties: Annotated[
        list[str] | None, typer.Argument(metavar="[PARTY]...", help="Only dyads with these in their names.")
    ] = None,
    unit: Annotated[UnitChoice, typer.Option(help="Count by day or by week.")] = UnitChoice.WEEK,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Tension between two parties: intensity times independent origins, beside the volume of the coverage."""
    from allegata.contract import to_plain
    from allegata.monitoring.breaks import breaks_of, in_order
    from allegata.runs.tensing import tracks

    found: list[Break] = []
    shown = False
    with held_library(store) as library:
        for track in tracks(library.store, unit.value, parties or ()):
            shown = True
            mine = in_order(breaks_of(track))
            found += mine
            if json:
                for point in track.points:
                    if point is not None:
                        print_json({"kind": "tension", **to_plain(point)})
            else:
                _print(track, mine)
    if json:
        for one in in_order(found):
            print_json({"kind": "break", **to_plain(one)})
    elif not shown:
        print("no act and no accusation between two such parties was told, so there is no tension to show")
    return OK


def _print(track: Track, breaks: list[Break]) -> None:
    from allegata.monitoring.history import FEWEST

    last = next(p for p in reversed(track.points) if p is not None)
    told = sum(p.tellings for p in track.points if p is not None)
    print(plain(f"{track.source} → {track.target}, {track.side} {track.series.replace('_', ' ')}"))
    print(
        plain(
            f"  {track.unit} of {last.period}: {last.value:g} ({last.low:g} to {last.high:g}) from "
            f"{last.tellings} tellings, {last.rate:g} a telling · {last.coverage} documents"
        )
    )
    if not track.is_told:
        print(f"  {told} tellings in all are too few to say whether it changed; {FEWEST:g} are needed")
    for one in breaks:
        moved = ", ".join(m.id for m in one.movers[:MOST_MOVERS])
        how = "alarm" if one.found_by == "alarm" else "change"
        print(
            plain(
                f"  {how} {one.at}: {one.direction} since {one.since}, {one.before:g} → {one.after:g} a "
                f"{one.unit} (documents {one.coverage_before:g} → {one.coverage_after:g}); moved by {moved}"
            )
        )


COMMANDS = (tension,)
