"""Readings of texts as ``allegata read --json`` gives them, kept while the reader stays the same."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import allegata
from allegata.contract import reading_json
from allegata.reading import DEFAULT, Reader

PACKAGE = Path(allegata.__file__).parent
ROOMS = ("model.py", "contract.py", "vocab", "capture", "reading", "weights")
"""What a Reading depends on: a change in any of these makes all readings anew."""


@lru_cache(maxsize=1)
def reader_version() -> str:
    """A hash over the code and data that make a Reading."""
    digest = hashlib.sha256()
    for room in ROOMS:
        base = PACKAGE / room
        for path in [base] if base.is_file() else sorted(base.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
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
