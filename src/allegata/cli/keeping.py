"""`allegata verify` and `allegata export`: the evidence kept, and taken elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from allegata.cli.errors import FAILED_CHECK, OK, CommandError, complain
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.terminal import print_json


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


def verify(store: StoreOption = STORE, json: JsonOption = False) -> int:
    """Hash every archived capture and the log of acts anew. Status 1 where anything is gone or altered."""
    with held_library(store) as library:
        found = library.verify()
    if json:
        captures = {"checked": found.checked, "missing": found.missing, "altered": found.altered}
        print_json(captures | {"acts": found.acts, "head": found.head, "broken_act": found.broken_act})
    elif found.whole:
        print(f"{found.checked:,} captures checked, all are what was captured")
        if found.acts:
            print(
                f"{found.acts:,} acts of persons checked, none is altered or gone; the last has {found.head}"
            )
    for sha256 in found.altered:
        complain(f"capture {sha256} was altered; restore it from a backup of the store's captures")
    for sha256 in found.missing:
        complain(f"capture {sha256} is missing; restore it from a backup of the store's captures")
    if found.broken_act is not None:
        complain(f"act {found.broken_act} of the log is altered or gone; restore the store from a backup")
    return OK if found.whole else FAILED_CHECK


def export(
    format: Annotated[Format, typer.Argument(help="jsonl: documents, readings, claims. csv: claims.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write, whole or not at all; else stdout.")
    ] = None,
    store: StoreOption = STORE,
) -> int:
    """Take the store's contents elsewhere. `allegata add` takes a jsonl export in again."""
    if output is not None and output.is_dir():
        raise CommandError(f"{output} is a folder; name a file in it")
    with held_library(store) as library:
        from allegata.exchange.files import replacing
        from allegata.exchange.jsonl import export_records, line
        from allegata.exchange.tables import claim_rows

        if format is Format.CSV:
            lines: Iterable[str] = claim_rows(library.claims(all=True))
        else:
            lines = (line(record) for record in export_records(library.store))
        if output is None:
            for part in _encoded(lines):
                sys.stdout.buffer.write(part)
            sys.stdout.buffer.flush()
        else:
            with replacing(output) as file:
                file.writelines(_encoded(lines))
    return OK


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    return (text.encode() for text in lines)


COMMANDS = (verify, export)
