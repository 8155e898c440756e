"""Readings of texts as ``allegata read --json`` gives them, kept while the reader stays the same."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import numpy.typing as npt

import allegata
from allegata.contract import reading_json
from allegata.model import Document, Reading
from allegata.reading import DEFAULT, Reader
from allegata.reading.pipeline import read_documents
from allegata.runs.worker import Outcome
from allegata.vectors import WIDTH, embed

PACKAGE = Path(allegata.__file__).parent
ROOMS = (
    *("model.py", "particulars.py", "terms.py", "contract.py"),
    *("vocab", "capture", "reading", "vectors.py", "weights"),
)
"""What a Reading depends on: a change in any of these makes all readings anew."""

LATER = frozenset(
    ["citations.toml", "intensity.toml", "intent.toml", "numbers.toml", "outlets.toml", "wires.toml"]
)
"""Words that only linking and what comes after it know."""


@lru_cache(maxsize=1)
def reader_version() -> str:
    """A hash over the code and data that make a Reading."""
    digest = hashlib.sha256()
    for room in ROOMS:
        base = PACKAGE / room
        for path in [base] if base.is_file() else sorted(base.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and path.name not in LATER:
                digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    path = Path(tempfile.gettempdir()) / f"allegata-evals-{os.getuid()}" / reader_version()
    path.mkdir(parents=True, exist_ok=True)
    return path


def read_texts(texts: Mapping[str, str], reader: Reader = DEFAULT) -> dict[str, dict[str, Any]]:
    """id -> the object that ``allegata read --json`` prints for a plain-text file of this content."""
    cache = cache_folder() / reader
    cache.mkdir(exist_ok=True)
    kept = {
        name: cache / (hashlib.sha256(text.encode()).hexdigest()[:32] + ".json")
        for name, text in texts.items()
    }
    missing = [name for name, path in kept.items() if not path.exists()]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, name in enumerate(missing):
            path = Path(folder) / f"{number:05}.txt"
            path.write_text(texts[name], encoding="utf-8", newline="")
            paths.append(path)
        for name, reading in zip(missing, allegata.read_all(paths, reader=reader), strict=True):
            plain = reading_json(reading)
            if plain["text"] != texts[name]:
                raise AssertionError(f"{name}: the text of a plain-text file was changed")
            part = kept[name].with_suffix(".part")
            part.write_text(json.dumps(plain), encoding="utf-8")
            part.rename(kept[name])
    return {name: json.loads(path.read_text(encoding="utf-8")) for name, path in kept.items()}


@contextmanager
def keeping() -> Iterator[None]:
    """Inside, ``add`` takes readings and sentence vectors that were made before from where they are kept, so
    that linking can be measured without reading anew. What is stored and linked stays the same."""
    with (
        mock.patch("allegata.runs.local.read_batch", _read_batch),
        mock.patch("allegata.linking.features.embed", _embed),
    ):
        yield


def kept_readings(documents: Sequence[Document], reader: Reader = DEFAULT) -> list[Reading]:
    """The Readings of ``documents``, in order."""
    cache = cache_folder() / f"{reader}-documents"
    cache.mkdir(exist_ok=True)
    paths = [cache / f"{_digest(repr(replace(d, capture=None)))}.pickle" for d in documents]
    missing = [n for n, path in enumerate(paths) if not path.exists()]
    for n, reading in zip(missing, read_documents([documents[n] for n in missing], reader), strict=True):
        _write(paths[n], pickle.dumps(reading))
    found = (pickle.loads(path.read_bytes()) for path in paths)
    return [replace(reading, document=d) for reading, d in zip(found, documents, strict=True)]


def _read_batch(documents: Sequence[Document], with_features: bool, reader: Reader) -> list[Outcome]:
    from allegata.linking.features import make_features

    readings = kept_readings(documents, reader)
    made = make_features(readings) if with_features else [None] * len(readings)
    return [Outcome(d, r, f) for d, r, f in zip(documents, readings, made, strict=True)]


def _embed(sentences: Sequence[str]) -> npt.NDArray[np.float32]:
    """As `vectors.embed`, one file for all sentences that are asked for together."""
    path = cache_folder() / f"{_digest(repr(list(sentences)))}.npy"
    if not path.exists():
        _write(path, embed(sentences).astype("<f4").tobytes())
    return np.frombuffer(path.read_bytes(), "<f4").reshape(len(sentences), WIDTH)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, though two processes may write the same."""
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.rename(path)
