"""A round of watching: look, put into the outbox, send. And adding a watch, which begins where things
stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from allegata.monitoring.events import TRIGGERS
from allegata.runs.sending import Sender, Sent, send_due
from allegata.runs.targets import check, parse
from allegata.runs.watching import enqueue, look
from allegata.store.base import ClaimQuery, Store
from allegata.store.records import Digest, Watch

_NAME = re.compile(r"\w[\w .,:'()/-]{0,79}")


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did: events found, events put into the outbox, and what became of each delivery."""

    found: int
    put: int
    sent: tuple[Sent, ...]


def _utc() -> datetime:
    return datetime.now(UTC)


def run_watches(
    store: Store,
    *,
    clock: Callable[[], datetime] = _utc,
    allow_private: bool = False,
    sender: Sender | None = None,
) -> Round:
    """One round. Without a watch nothing is looked at, but what is in the outbox still goes."""
    found = put = 0
    if store.watches():
        run = store.start_run("watches", f"{len(store.watches())} watches")
        try:
            found = look(store, clock(), run)
            put = enqueue(store, clock(), run)
        except BaseException:
            store.finish_run(run, "failed")
            raise
        store.finish_run(run, "done")
    return Round(found, put, tuple(send_due(store, clock, allow_private=allow_private, sender=sender)))


def add_watch(
    store: Store,
    name: str,
    query: ClaimQuery,
    triggers: Sequence[str],
    targets: Sequence[str],
    digest: Digest,
    person: str,
    reason: str,
    clock: Callable[[], datetime] = _utc,
) -> Watch:
    """Save a watch. What is in the store already is looked at first, so that it sets nothing off. ValueError
    and TargetError say in one line what is wrong."""
    if not _NAME.fullmatch(name):
        raise ValueError("the name of a watch is 1 to 80 letters, digits, spaces and .,:'()/-")
    if unknown := [t for t in triggers if t not in TRIGGERS]:
        raise ValueError(f"there is no trigger {unknown[0][:40]!r}; there are {', '.join(TRIGGERS)}")
    if not person.strip():
        raise ValueError("a watch says who made it: give a name")
    store.claims_among(query, ["none"])  # a date that is none is refused now, not in a month
    for words in targets:
        check(parse(words))
    chosen = tuple(dict.fromkeys(triggers)) or TRIGGERS
    run = store.start_run("watches", f"before the watch {name}")
    look(store, clock(), run, "tension_break" in chosen)
    store.finish_run(run, "done")
    kept = tuple(_absolute(words) for words in dict.fromkeys(targets))
    return store.put_watch(
        Watch(0, name, query, chosen, kept, digest, person, "", reason, store.newest_event())
    )


def _absolute(words: str) -> str:
    """A file's target by its whole path: the next round may be started elsewhere."""
    target = parse(words)
    return f"{target.kind}:{target.value}" if target.kind in ("atom", "json") else words.strip()
