"""`allegata add`: into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import BAD_INPUT, OK, collecting, complain
from allegata.cli.options import STORE, JobsOption, JsonOption, PrivateOption, ReaderOption, StoreOption
from allegata.cli.terminal import plain, print_json, progress
from allegata.reading import DEFAULT

if TYPE_CHECKING:
    from allegata.runs.local import Added, Failure, Source


def add(
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH|URL...", help="Pages, texts, documents.jsonl, feeds, WARC.")
    ],
    store: StoreOption = STORE,
    reader: ReaderOption = DEFAULT,
    jobs: JobsOption = None,
    allow_private: PrivateOption = False,
    json: JsonOption = False,
) -> int:
    """Read into the store, and link. The same again changes nothing; an interrupted run is completed."""
    import allegata
    from allegata.runs import local

    failures, failed = collecting()

    def stored(document: str, put: str) -> None:
        print_json({"document": document, "stored": put})

    with allegata.open(store) as library, progress() as tell:
        report = local.add(
            library.store,
            _sources(sources, failed),
            reader=reader,
            jobs=jobs,
            allow_private=allow_private,
            progress=tell,
            stored=stored if json else None,
            failed=failed,
        )
    for document in report.cut:
        complain(f"{document}: is too long to be read whole; its end was left out")
    if not json:
        print(plain(_said(report, store)))
    return BAD_INPUT if failures else OK


def _sources(names: list[str], failed: Callable[[Failure], None]) -> Iterator[Source]:
    """The names given, where an export of ours stands for the documents in it."""
    from allegata.exchange.jsonl import ExchangeError, exported_documents, is_export
    from allegata.runs.local import Failure

    for name in names:
        if "://" in name or not is_export(Path(name)):
            yield name
            continue
        try:
            yield from exported_documents(Path(name))
        except ExchangeError as error:
            failed(Failure(name, str(error)))


def _said(report: Added, store: str) -> str:
    """What was done, in one line."""
    parts = [
        f"{number:,} {words}"
        for number, words in (
            (report.new, "new"),
            (report.versions, "changed"),
            (report.same, "already there"),
        )
        if number
    ]
    given = ", ".join(parts) or "nothing"
    if not report.changed:
        return f"nothing new: {given}; {store} is as it was"
    return f"documents: {given}; read {report.read:,}, linked {report.linked:,}; stored in {store}"


COMMANDS = (add,)
