"""A store with invented claims, and what sends nothing but remembers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from allegata.model import Claim, Document, Mention, Origin, OriginCount, Reading, Response
from allegata.runs.messages import Message
from allegata.runs.rounds import add_watch
from allegata.runs.targets import Target
from allegata.store import ClaimQuery, Store, open_store
from allegata.store.records import Watch

PROPOSITION = "Norland shelled the port of Vell."


def store_at(folder: Path, timeout: float = 2.0) -> Store:
    return open_store(str(folder / "case.db"), timeout=timeout)


def claim(
    documents: tuple[str, ...], origins: tuple[str, ...] = ("Vell",), denied_in: str | None = None
) -> Claim:
    """Each document carries the claim, the nth origin stands in the nth of them."""
    mentions = tuple(
        Mention(d, None, None, None, "allege", origin_ids=(f"o{min(i, len(origins) - 1)}",))
        for i, d in enumerate(documents)
    )
    found = tuple(
        Origin(f"o{i}", o, "named_official", False, documents[min(i, len(documents) - 1)])
        for i, o in enumerate(origins)
    )
    n = len(origins)
    return Claim(
        "c1", PROPOSITION, "ASSAULT", "Vell", "Norland", None, "2026-03-01", "2026-03-03", mentions, found,
        OriginCount(n, n, n, 0, 0), (Response("Norland", "deny", denied_in),) if denied_in else (),
    )  # fmt: skip


def put(store: Store, made: Claim) -> None:
    """The claim with the documents that it needs, as an `add` leaves them."""
    run = store.start_run("test", "")
    for n, document_id in enumerate(made.documents):
        if store.reading(document_id) is None:
            text, day = f"Text of {document_id}.", f"2026-03-{n + 1:02d}"
            document = store.document(document_id)
            if document is None:
                document, _ = store.put_document(Document(document_id, text, published=day))
            store.put_reading(Reading(document, reader="test"), run)
    store.replace_claims(made.documents, [made], run)


def watch(store: Store, name: str = "port", **fields: Any) -> Watch:
    given = {"query": ClaimQuery(), "triggers": (), "targets": (), "digest": "none"} | fields
    return add_watch(store, name, person="ana", reason="case 7", **given)


class Clock:
    """A time that goes on when it is told to."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Memory:
    """Remembers what it was to send; fails while it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, list[str]]] = []
        self.ids: list[str] = []
        self.error: Exception | None = None

    def __call__(self, target: Target, watch: Watch, message: Message) -> None:
        self.ids.append(message.id)
        if self.error is not None:
            raise self.error
        self.got.append((target.value, [e.kind for _, _, e in message.events]))


@contextmanager
def server(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server of the test's own."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    made.daemon_threads = True
    thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{made.server_address[1]}"
    finally:
        made.shutdown()
        made.server_close()
        thread.join()
