"""`allegata brief`: one page on a claim, to hand on."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from allegata.cli.claims import AsOfOption, day_of, standing_at
from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, StoreOption, held_library


class Form(StrEnum):
    MD = "md"
    PDF = "pdf"
    JSON = "json"


def brief(
    claim: Annotated[str, typer.Argument(help="The claim, by its id.")],
    form: Annotated[Form, typer.Option("--format", "-f", help="Markdown, PDF or JSON.")] = Form.MD,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; else the standard output.")
    ] = None,
    as_of: AsOfOption = None,
    store: StoreOption = STORE,
) -> int:
    """A claim on one page: where it comes from, who answers, what is unknown, the sources with hashes."""
    import json
    from dataclasses import asdict

    from allegata.web import brief_formats
    from allegata.web.brief import of_claim

    day = day_of(as_of)
    with held_library(store) as library:
        found = standing_at(library, claim, day)
        if found is None:
            raise CommandError(f"there is no claim {claim}; 'allegata claims --store {store}' lists them")
        shown = of_claim(library.store, found, day)
    if form is Form.PDF:
        if output is None and sys.stdout.isatty():
            raise CommandError("a PDF is no text for a terminal; name a file with --output")
        body = brief_formats.pdf(shown)
    elif form is Form.JSON:
        body = (json.dumps(asdict(shown)) + "\n").encode()
    else:
        body = brief_formats.markdown(shown).encode("utf-8", "replace")
    if output is None:
        sys.stdout.buffer.write(body)
    else:
        _write(output, body)
    return OK


def _write(path: Path, body: bytes) -> None:
    """The whole file or none of it."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(body)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error


COMMANDS = (brief,)
