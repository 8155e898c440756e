"""`allegata review`: what to decide next, in the order of what the answer would move."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.terminal import plain, print_json


class Kind(StrEnum):
    EDGE = "edge"
    ORIGIN = "origin"
    SOURCE = "source"
    CLAIM = "claim"
    STANCE = "stance"


def review(
    kind: Annotated[Kind | None, typer.Option(help="Only such questions.")] = None,
    claim: Annotated[str | None, typer.Option(help="Only those about this claim.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 20,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """List the questions whose answers would move a count of origins furthest; 'allegata judge' answers."""
    from allegata.web.views.review import Queue, rows

    with held_library(store) as library:
        if claim is not None and library.claim(claim) is None:
            raise CommandError(f"{store} holds no claim {plain(claim)!r}; see allegata claims --all")
        asked = Queue(kind.value if kind else None, claim)
        found = rows(library.store, asked, limit)
        left = library.store.count_doubts(asked.kind, asked.claim)
    for row in found:
        if json:
            print_json(row)
            continue
        print(plain(f"{row['question']}"))
        low, point, high = row["change"]
        moves = f"low {low:+d}, point {point:+d}, high {high:+d}" if any(row["change"]) else "no count moves"
        print(plain(f"  {row['kind']} of {row['claim']}: {row['why']}"))
        print(plain(f"  if {row['other'].replace('_', ' ')}: about {moves}"))
    if not json and left > len(found):
        print(f"{left - len(found):,} more: raise --limit")
    if not found and not json:
        print("nothing to decide")
    return OK


COMMANDS = (review,)
