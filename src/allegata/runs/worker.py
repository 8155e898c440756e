"""What one worker process does: Documents in, Readings and the linker's features out.

Loaded by spawned processes, so it imports nothing heavy until it has work.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegata.model import Document, Reading
from allegata.reading import DEFAULT, Reader

if TYPE_CHECKING:
    from allegata.linking.features import Features

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Each process computes on one thread: the spreading is done by processes. Read when NumPy is loaded."""


DEBUG = "ALLEGATA_DEBUG"
"""The environment variable that asks for tracebacks and logs."""

_log = logging.getLogger(__name__)

UNUSED = ("torch", "tensorflow", "mxnet")
"""Libraries that the parser loads wherever they are installed, at the cost of seconds and hundreds of
megabytes. Nothing here uses them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one Document: a Reading (and features, where asked for), or the reason there is none."""

    document: Document
    reading: Reading | None
    features: Features | None = None
    reason: str | None = None


def start() -> None:
    """Set up a worker process: Ctrl-C is the parent's business, and it ends when its parent is gone."""
    travel_light()
    if os.environ.get(DEBUG):
        logging.basicConfig(level=logging.DEBUG)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def travel_light() -> None:
    """Before anything heavy is loaded: one thread, and without libraries that would only be loaded. For
    processes that are ours alone."""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # as `import` finds it, it is not there


def read_batch(documents: Sequence[Document], with_features: bool, reader: Reader = DEFAULT) -> list[Outcome]:
    """One Outcome a Document, in order. Where the batch fails its Documents are read one by one, so that a
    Document that cannot be read costs nobody else."""
    try:
        return _read(documents, with_features, reader)
    except Exception as error:
        _log.debug("%s", [d.id for d in documents], exc_info=True)
        if len(documents) == 1:
            return [Outcome(documents[0], None, reason=said(error))]
        return [outcome for d in documents for outcome in read_batch([d], with_features, reader)]


def _read(documents: Sequence[Document], with_features: bool, reader: Reader) -> list[Outcome]:
    from allegata.reading.pipeline import read_documents

    readings = list(read_documents(documents, reader))
    if not with_features:
        return [Outcome(d, r) for d, r in zip(documents, readings, strict=True)]
    from allegata.linking.features import make_features

    made = make_features(readings)
    return [Outcome(d, r, f) for d, r, f in zip(documents, readings, made, strict=True)]


def said(error: Exception) -> str:
    """The error in one line, with its kind: the words alone ("list index out of range") say too little."""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _follow_parent() -> None:
    """End with the parent, even one that was killed: a pool's workers would wait for it for ever."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
