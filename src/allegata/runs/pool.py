"""Reading spread over processes, its results in the order of its input, with little in memory at a time."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice

from allegata.model import Document
from allegata.runs.worker import Outcome, read_batch, start

FEW = 8
"""Documents from which it pays to start processes, where the number of jobs is left to us."""

BATCH_DOCUMENTS = 16
BATCH_CHARACTERS = 120_000
"""A batch ends at either: long pages must not gather in one process."""

AHEAD = 3
"""Batches a worker may have waiting, done or undone; more would only fill the memory."""


Work = Callable[[list[Document], bool], list[Outcome]]
"""What is done with a batch, in this process or another: `worker.read_batch`, but for tests."""


def read_in_order(
    documents: Iterable[Document],
    jobs: int | None = None,
    with_features: bool = False,
    work: Work = read_batch,
) -> Iterator[list[Outcome]]:
    """Batches of Outcomes, in the order of ``documents``. ``jobs``: 1 reads in this process, ``None`` takes
    every core where there are at least `FEW` documents."""
    stream = iter(documents)
    first = list(islice(stream, FEW))
    workers = jobs if jobs is not None else (cores() if len(first) >= FEW else 1)
    batches = gather(chain(first, stream))
    if workers <= 1:
        for batch in batches:
            yield work(batch, with_features)
    else:
        yield from _spread(batches, workers, with_features, work)


def gather(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in batches of a like amount of text."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        if batch and (len(batch) >= BATCH_DOCUMENTS or size + len(document.text) > BATCH_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.text)
    if batch:
        yield batch


def cores() -> int:
    """The cores this process may use."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def _spread(
    batches: Iterator[list[Document]], jobs: int, with_features: bool, work: Work
) -> Iterator[list[Outcome]]:
    waiting: deque[tuple[list[Document], Future[list[Outcome]]]] = deque()
    more = True
    while more:
        with _pool(jobs) as pool:
            stranded: list[list[Document]] = []
            while not stranded:
                while more and len(waiting) < jobs * AHEAD:
                    batch = next(batches, None)
                    if batch is None:
                        more = False
                        break
                    waiting.append((batch, pool.submit(work, batch, with_features)))
                if not waiting:
                    break
                batch, future = waiting.popleft()
                try:
                    yield future.result()
                except BrokenProcessPool:
                    stranded = [batch, *(b for b, _ in waiting)]
                    waiting.clear()
        yield from _read_apart(stranded, with_features, work)


def _read_apart(batches: list[list[Document]], with_features: bool, work: Work) -> Iterator[list[Outcome]]:
    """Documents that were with a pool when one of its processes died: one at a time, each at its own risk."""
    left = deque(d for b in batches for d in b)
    while left:
        with _pool(1) as pool:
            while left:
                document = left.popleft()
                try:
                    yield pool.submit(work, [document], with_features).result()
                except BrokenProcessPool:
                    yield [Outcome(document, None, reason="the process that read it died (out of memory?)")]
                    break


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes are gone when the block ends, whatever ends it."""
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=start)
    before = set(multiprocessing.active_children())
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
