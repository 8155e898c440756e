"""What is in the outbox goes out: each message is taken by one process, tried again while its target fails,
and given up in the end, always with the reason on record.

A message is marked as taken before it is sent and as sent after. Killed between the two, it is sent again
when the time for which it was taken is over, under the same id: a webhook's receiver and a mail program know
it by that, and a feed file is written whole each time. So nothing is lost, and nothing is counted twice.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from allegata.monitoring.syndication import atom, json_feed
from allegata.runs import mail, services, webhooks
from allegata.runs.messages import Message
from allegata.runs.targets import Target, TargetError, apprise_url, mail_settings, parse, secret
from allegata.store.base import Store
from allegata.store.records import Delivery, Watch

LEASE = 180.0
"""Seconds for which a message is one process's: longer than any target is waited for."""

FIRST, LAST = 60.0, 21_600.0
"""Seconds until the second attempt, which double with each, and the most between two."""

ATTEMPTS = 10
"""Then a message is given up: after somewhat more than a day."""

IN_A_FILE = 100
"""Events in a feed file, the newest."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one delivery. ``note`` says why, where it was not sent."""

    delivery: int
    watch: str
    target: str
    state: str
    note: str


Sender = Callable[[Target, Watch, Message], None]


def send_due(
    store: Store,
    clock: Callable[[], datetime],
    *,
    allow_private: bool = False,
    sender: Sender | None = None,
) -> list[Sent]:
    """Send all that is due, once. What fails is tried again by a later call."""
    watches = {w.number: w for w in store.watches()}
    deliver = sender or _Sender(store, clock, allow_private)
    out: list[Sent] = []
    while True:
        now = clock()
        delivery = store.next_delivery(now.isoformat(), (now + timedelta(seconds=LEASE)).isoformat())
        if delivery is None:
            return out
        watch = watches.get(delivery.watch)
        if watch is None:
            state, note, due = "failed", "the watch was removed", now.isoformat()
        else:
            state, note, due = _try(store, watch, delivery, deliver, clock)
        store.settle_delivery(delivery.number, state, note, due)
        out.append(Sent(delivery.number, watch.name if watch else "", delivery.target, state, note))


def _try(
    store: Store, watch: Watch, delivery: Delivery, deliver: Sender, clock: Callable[[], datetime]
) -> tuple[str, str, str]:
    """(state, note, when due)."""
    message = Message(delivery.id, watch.name, delivery.made, tuple(store.events_in(delivery.number)))
    try:
        deliver(parse(delivery.target), watch, message)
        return "sent", "", clock().isoformat()
    except TargetError as error:
        note = str(error)
    except Exception as error:  # a target that breaks a library must not keep the others waiting
        note = f"could not be sent ({type(error).__name__}: {' '.join(str(error).split())[:120]})"
    if delivery.attempts >= ATTEMPTS:
        return "failed", f"given up after {delivery.attempts} attempts: {note}", clock().isoformat()
    wait = min(LAST, FIRST * 2 ** (delivery.attempts - 1))
    return "waiting", note, (clock() + timedelta(seconds=wait)).isoformat()


class _Sender:
    """Sends a Message to a Target."""

    def __init__(self, store: Store, clock: Callable[[], datetime], allow_private: bool) -> None:
        self._store = store
        self._clock = clock
        self._allow_private = allow_private

    def __call__(self, target: Target, watch: Watch, message: Message) -> None:
        if target.kind in ("atom", "json"):
            self._write(target, watch)
        elif target.kind == "mail":
            mail.send(*mail_settings(), target.value, message)
        elif target.kind == "webhook":
            webhooks.send(target.value, message, secret(), self._clock(), allow_private=self._allow_private)
        else:
            services.send(apprise_url(target), message)

    def _write(self, target: Target, watch: Watch) -> None:
        found = self._store.events_of(watch.number, IN_A_FILE)
        feed_id = f"urn:allegata:watch:{watch.number}:{watch.at}"
        if target.kind == "atom":
            content = atom(watch.name, feed_id, found, watch.at)
        else:
            content = json_feed(watch.name, feed_id, found)
        try:
            _replace(Path(target.value), content.encode("utf-8", "replace"))
        except OSError as error:
            raise TargetError(f"the file cannot be written ({error.strerror}): check its folder") from error


def _replace(path: Path, content: bytes) -> None:
    """The file whole or as it was: a reader never sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
