"""A store filled with documents that are read and linked, by script: what `allegata add` would have left.

A few thousand pages of `corpus` are made in full; the rest are variations of them, later by as much as the
first ones span, with other names: their keys are other keys but for the words that all stories share.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allegata.linking.features import PERIOD, Features, find_keys, recent, restore
from allegata.linking.fingerprints import key
from allegata.linking.sketches import Sketch, pack, sketch
from allegata.linking.texts import Text, find_units
from allegata.linking.words import weight
from allegata.linking.words import words as words_of
from allegata.model import Reading
from allegata.store import open_store
from allegata.store.readings import pack as pack_reading
from benchmarks.corpus import Page, read_by_hand

BASE = 5_000
"""Pages made in full."""

COMMON = 0.01
"""Share of the base's pages from which a telling word is one that all stories share (a town, a country)."""

Row = tuple[object, ...]


def vectors_of(reading: Reading) -> bytes:
    """Vectors made of the words of each unit, float16: like units lie near each other, as with the encoder's,
    at a hundredth of the cost."""
    rows = [_vector(u.text) for u in find_units(reading)]
    return np.array(rows, "<f2").tobytes()


def _vector(text: str) -> NDArray[np.float32]:
    total = sum((_word(w.norm) for w in words_of(text)), np.zeros(384, np.float32))
    length = float(np.linalg.norm(total))
    return total / length if length else total


@lru_cache(maxsize=100_000)
def _word(norm: str) -> NDArray[np.float32]:
    direction = np.random.default_rng(key(norm) & 0xFFFFFFFF).standard_normal(384).astype(np.float32)
    return direction * np.float32(weight(norm))


def features_of(reading: Reading) -> Features:
    """As `make_features` makes them, with the vectors of `vectors_of`."""
    rows = vectors_of(reading)
    return Features(reading.document.id, pack(sketch(restore(reading, rows))), find_keys(reading), rows)


def fill(path: Path, pages: Sequence[Page], count: int) -> datetime:
    """Make a store of ``count`` documents at ``path`` and give the time of the last. Claims are left
    out: what is linked later makes those that it touches anew."""
    store = open_store(str(path))
    run = store.start_run("filling", "")
    store.close()
    texts = [_text(read_by_hand(p)) for p in pages[:count]]
    sketches = [sketch(t) for t in texts]
    keys = [find_keys(t.raw) for t in texts]
    terms = [sorted(t.found_by) for t in texts]
    held = Counter(t for ts in terms for t in ts)
    shared = {t for t, n in held.items() if n >= COMMON * len(texts)}
    times = [datetime.fromisoformat(str(t.document.published)) for t in texts]
    span = max(times) - min(times) + timedelta(days=1)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("DROP INDEX keys_by_document")
    for n, space in enumerate(SPACES, 1):
        connection.execute("INSERT INTO key_spaces VALUES (?, ?)", (n, space))
    number = 0
    last = times[0]
    kept: list[NDArray[np.int64]] = []
    while number < count:
        turn = number // len(texts)
        first = number
        for text, made, mine, words, when in zip(texts, sketches, keys, terms, times, strict=True):
            if number == count:
                break
            number += 1
            then = when + turn * span
            last = max(last, then)
            _put(connection, number, run, text, _varied(made, words, turn, span, shared), turn, then)
            kept.append(_keys(number, mine, words, turn, then, shared))
        _pair(connection, [t.id for t in texts[: number - first]], first)
    _put_keys(connection, np.concatenate(kept))
    connection.execute("CREATE INDEX keys_by_document ON keys (document)")
    connection.commit()
    connection.close()
    return last


SPACES = ("gram", "term", "recent", "address", "reference")


def _text(reading: Reading) -> Text:
    return restore(reading, vectors_of(reading))


def _varied(made: Sketch, terms: Sequence[str], turn: int, span: timedelta, shared: set[str]) -> Sketch:
    """The sketch of a variation: another time, other words but for those that all stories share."""
    new = {key(t): key(f"{t}~{turn}") for t in terms if turn and t not in shared}
    rows = made.terms.copy()
    rows["key"] = [new.get(k, k) for k in rows["key"].tolist()]
    when = made.when + turn * span.total_seconds()
    return replace(made, when=when, terms=np.sort(rows, order="key"))


def _keys(
    number: int, keys: dict[str, list[int]], terms: Sequence[str], turn: int, then: datetime, shared: set[str]
) -> NDArray[np.int64]:
    """Rows of (space, key, document) of one document."""
    mine = {space: np.array(keys[space], np.int64) for space in SPACES}
    if turn:
        own = [t if t in shared else f"{t}~{turn}" for t in terms]
        salt = np.int64(key(f"turn {turn}"))
        mine = {space: values ^ salt for space, values in mine.items()}
        mine["term"] = np.array([key(t) for t in own], np.int64)
        mine["recent"] = np.array(recent(own, int(then.timestamp() // PERIOD)), np.int64)
    return np.concatenate(
        [
            np.column_stack([np.full(len(v), n), v, np.full(len(v), number)])
            for n, v in enumerate(mine.values(), 1)
        ]
    )


def _put(
    connection: sqlite3.Connection, number: int, run: int, text: Text, made: Sketch, turn: int, then: datetime
) -> None:
    d = text.document
    added = then.isoformat()
    row: Row = (number, f"{d.id}~{turn}", 1, 1, added)
    connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", row)
    row = (number, 1, f"{number:064x}", added, f"{d.url}~{turn}", d.outlet, d.author, d.title, added)
    row = (*row, d.language, d.kind, d.text, "[]", "[]", None)
    connection.execute(f"INSERT INTO document_versions VALUES ({', '.join('?' * 15)})", row)
    body = pack_reading(text.raw)
    connection.execute(
        "INSERT INTO readings (document, version, reader, run, body) VALUES (?, 1, 'hand', ?, ?)",
        (number, run, body),
    )
    connection.execute("INSERT INTO features VALUES (?, ?, ?)", (number, pack(made), run))
    content = text.vectors.astype("<f2").tobytes()
    connection.execute("INSERT INTO vectors (document, content) VALUES (?, ?)", (number, content))


def _pair(connection: sqlite3.Connection, ids: Sequence[str], first: int) -> None:
    """Pairs of each document with those of its story, the first eight of them."""
    stories: dict[str, list[int]] = {}
    for n, document_id in enumerate(ids, first + 1):
        stories.setdefault(document_id.split("-")[0], []).append(n)
    pairs = [
        (a, b, 0.5) for story in stories.values() for i, a in enumerate(story[:8]) for b in story[i + 1 :]
    ]
    connection.executemany("INSERT INTO pairs VALUES (?, ?, ?)", pairs)


def _put_keys(connection: sqlite3.Connection, rows: NDArray[np.int64]) -> None:
    order = np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))

    def sorted_rows() -> Iterator[tuple[int, int, int]]:
        for start in range(0, len(order), 100_000):
            yield from map(tuple, rows[order[start : start + 100_000]].tolist())

    connection.executemany(
        "INSERT OR IGNORE INTO keys (space, key, document) VALUES (?, ?, ?)", sorted_rows()
    )
