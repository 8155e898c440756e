"""`allegata read`: one page or many, with nothing stored."""

from __future__ import annotations

from typing import Annotated

import typer

from allegata.cli.errors import BAD_INPUT, OK, collecting, complain
from allegata.cli.options import JobsOption, JsonOption, PrivateOption, ReaderOption
from allegata.cli.terminal import console, print_json
from allegata.reading import DEFAULT


def read(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|-...", help="Pages, texts, documents.jsonl, feeds, WARC; - is stdin."
        ),
    ],
    json: JsonOption = False,
    reader: ReaderOption = DEFAULT,
    jobs: JobsOption = None,
    allow_private: PrivateOption = False,
) -> int:
    """Read pages and print an X-ray of each: who is quoted, through whom, and what nobody stands for."""
    from allegata.runs import local

    failures, failed = collecting()
    out = None if json else console()
    for reading in local.read(sources, reader=reader, jobs=jobs, allow_private=allow_private, failed=failed):
        if local.is_cut(reading):
            complain(f"{reading.document.id}: is too long to be read whole; its end was left out")
        if out is None:
            from allegata.contract import reading_json, to_plain
            from allegata.reading.xray import xray

            print_json(reading_json(reading) | {"xray": to_plain(xray(reading))})
        else:
            from allegata.cli.xray_text import print_xray

            print_xray(out, reading)
    return BAD_INPUT if failures else OK


COMMANDS = (read,)
