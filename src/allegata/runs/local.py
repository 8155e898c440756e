"""The way of the data on this machine: capture, store, read, link.

Each step is a transaction of the store, so that what was stored stays stored whatever happens, and a second
run completes what the first left undone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from os import PathLike, fspath

from allegata.capture import CaptureError, Item, Refusal, open_source
from allegata.linking.listings import check_listings
from allegata.model import Document, Reading
from allegata.reading import DEFAULT, Reader, version
from allegata.runs.pool import read_in_order
from allegata.runs.worker import Outcome, read_batch, said
from allegata.store.base import Put, Store

_log = logging.getLogger(__name__)

CHECKED, A_DOCUMENT = 20, 10
"""Dyads in which breaks of tension are looked for after an `add`, and one more for every so many documents:
what that costs is in proportion to what was added."""

Source = str | PathLike[str] | Document
"""What can be read: a path, an ``http(s)`` address, ``-`` (standard input), or a Document from elsewhere."""

Progress = Callable[[str, int, int | None], None]
"""Called with a stage ("store", "read", "link"), how many are done, and how many there are if known."""

Stored = Callable[[str, Put], None]
"""Called with a document's id and what became of it, once its rows survive a kill."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source, or a Document, that could not be read. ``reason`` is one line."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add` did. ``new``, ``versions`` and ``same`` count documents that were given; ``read`` and
    ``linked`` those that were worked on, which may have been left undone by an earlier run; ``cut`` names
    those too long to be read to their end."""

    new: int = 0
    versions: int = 0
    same: int = 0
    read: int = 0
    linked: int = 0
    failures: tuple[Failure, ...] = ()
    cut: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.new or self.versions or self.read or self.linked)


def add(
    store: Store,
    sources: Iterable[Source],
    *,
    reader: Reader = DEFAULT,
    jobs: int | None = None,
    allow_private: bool = False,
    progress: Progress | None = None,
    stored: Stored | None = None,
    failed: Callable[[Failure], None] | None = None,
) -> Added:
    """Put ``sources`` into the store, read what is unread and link what is unlinked. Documents that another
    reader has read are unread to this one.

    A source that cannot be read is a Failure, told to ``failed`` as it happens, and the rest go on; a
    StoreError ends it.
    """
    check_listings()
    tell = progress or _silent
    puts: list[Put] = []
    failures: list[Failure] = []

    def fail(failure: Failure) -> None:
        failures.append(failure)
        if failed is not None:
            failed(failure)

    for item in items(sources, allow_private, fail):
        document_id, put = put_item(store, item)
        puts.append(put)
        if stored is not None:
            stored(document_id, put)
        tell("store", len(puts), None)
    done = complete(store, reader=reader, jobs=jobs, progress=progress, failed=fail)
    return replace(
        done,
        new=puts.count("new"),
        versions=puts.count("version"),
        same=puts.count("same"),
        failures=tuple(failures),
    )


def complete(
    store: Store,
    *,
    reader: Reader = DEFAULT,
    jobs: int | None = None,
    progress: Progress | None = None,
    failed: Callable[[Failure], None],
) -> Added:
    """Read the documents that this reader has not read and link those not yet linked. Nothing is written
    where nothing is left to do."""
    if not store.count_documents():
        return Added()
    tell = progress or _silent
    made_by = version(reader)
    unread = store.unread(made_by)
    if not unread and not store.unlinked():
        store.refresh_dyads(CHECKED)  # a killed run may have left some, and an upgrade leaves all
        return Added()
    seen = read = 0
    cut: list[str] = []
    with _run(store, made_by, f"{len(unread)} to read") as run:
        work = partial(read_batch, reader=reader)
        for outcomes in read_in_order(_newest(store, unread), jobs, with_features=True, work=work):
            for outcome in outcomes:
                seen += 1
                if outcome.reading is None or outcome.features is None:
                    failed(_unread(outcome))
                else:
                    f = outcome.features
                    store.put_features(f.document_id, f.payload, f.keys, f.vectors, run)
                    store.put_reading(outcome.reading, run)
                    read += 1
                    if is_cut(outcome.reading):
                        cut.append(outcome.document.id)
                tell("read", seen, len(unread))
        waiting = len(store.unlinked())
        if waiting:
            from allegata.linking import link

            link(store, run, lambda done, total: tell("link", done, total))
        store.refresh_dyads(CHECKED + waiting // A_DOCUMENT)
    return Added(read=read, linked=waiting, cut=tuple(cut))


def read(
    sources: Iterable[Source],
    *,
    reader: Reader = DEFAULT,
    jobs: int | None = None,
    allow_private: bool = False,
    failed: Callable[[Failure], None],
) -> Iterator[Reading]:
    """The Readings of ``sources``, in their order, nothing stored. What cannot be read goes to ``failed``."""
    documents = (
        item.document if isinstance(item, Item) else item for item in items(sources, allow_private, failed)
    )
    version(reader)  # an unknown one is refused before anything is fetched
    for outcomes in read_in_order(documents, jobs, work=partial(read_batch, reader=reader)):
        for outcome in outcomes:
            if outcome.reading is not None:
                yield outcome.reading
            else:
                failed(_unread(outcome))


def is_cut(reading: Reading) -> bool:
    """Whether the end of the text was left unread, as it is of texts of a length that no page has."""
    from allegata.reading.parsing import MAX_CHARACTERS

    return len(reading.document.text) > MAX_CHARACTERS


def items(
    sources: Iterable[Source], allow_private: bool, failed: Callable[[Failure], None]
) -> Iterator[Item | Document]:
    """What the sources hold, one Document at a time; a Document given as such has no Capture."""
    for source in sources:
        if isinstance(source, Document):
            yield source
            continue
        try:
            for item in open_source(fspath(source), allow_private=allow_private):
                if isinstance(item, Refusal):
                    failed(Failure(item.source, item.reason))
                else:
                    yield item
        except CaptureError as error:
            # the message begins with the source, its cause does not
            failed(Failure(fspath(source), str(error.__cause__ or error)))
        except Exception as error:  # a page that breaks a parser of ours must not cost the others
            _log.debug("%s", source, exc_info=True)
            failed(Failure(fspath(source), f"could not be taken in ({said(error)}); the rest went on"))


def put_item(store: Store, item: Item | Document) -> tuple[str, Put]:
    """Store one Document, and its Capture if it comes with one."""
    if isinstance(item, Item):
        store.put_capture(item.capture, item.body)
        document, put = store.put_document(item.document)
        return document.id, put
    bare = replace(item, capture=None)  # the Capture is not here, or was stored with its own Item
    held = store.document(item.id, item.version)  # an export holds every version: an old one is no new edit
    if held is not None and replace(held, capture=None) == bare:
        return item.id, "same"
    document, put = store.put_document(bare)
    return document.id, put


def _unread(outcome: Outcome) -> Failure:
    return Failure(outcome.document.id, f"could not be read ({outcome.reason}); the rest went on")


def _newest(store: Store, ids: list[str]) -> Iterator[Document]:
    for document_id in ids:
        document = store.document(document_id)
        if document is not None:
            yield document


@contextmanager
def _run(store: Store, component: str, arguments: str) -> Iterator[int]:
    """A run of the machine, marked with how it ended."""
    run = store.start_run(component, arguments)
    try:
        yield run
    except BaseException as error:
        store.finish_run(run, "interrupted" if isinstance(error, KeyboardInterrupt) else "failed")
        raise
    store.finish_run(run, "done")


def _silent(stage: str, done: int, total: int | None) -> None:
    return None
