"""`allegata match`: which known claims a post or a sentence speaks of."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.terminal import console, plain, print_json

LONGEST = 100_000
"""Characters read from standard input; what is compared is less."""


def match(
    text: Annotated[str, typer.Argument(metavar="TEXT|-", help="What somebody says; - is stdin.")],
    store: StoreOption = STORE,
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most so many claims.")] = 5,
    json: JsonOption = False,
) -> int:
    """Find the claims of the store that a post or a sentence speaks of, likeliest first."""
    said = sys.stdin.read(LONGEST) if text == "-" else text
    if not said.strip():
        raise CommandError("there is no text to match; give a sentence, or - and the text on standard input")
    with held_library(store) as library:
        found = library.match(said, limit)
    if json:
        for claim, likeness in found:
            counted = claim.independent_origins
            print_json(
                {
                    "id": claim.id,
                    "score": round(likeness.score, 4),
                    "shared": list(likeness.shared),
                    "proposition": claim.proposition,
                    "independent_origins": {"low": counted.low, "high": counted.high},
                }
            )
        return OK
    out = console()
    if not found:
        out.print("no claim here shares a telling word with it")
    for claim, likeness in found:
        counted = claim.independent_origins
        origins = f"{counted.low}" if counted.low == counted.high else f"{counted.low} to {counted.high}"
        out.print(
            f"{likeness.score:4.0%}  {claim.id}  {plain(claim.proposition)}  "
            f"(alleged; origins: {origins}; shared: {plain(', '.join(likeness.shared))})",
            markup=False,
            soft_wrap=True,
        )
    return OK


COMMANDS = (match,)
