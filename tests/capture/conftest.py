"""Helpers for capture: where the pages are, and a way to read bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from allegata.capture import DEFAULT_LIMITS, Item, Limits, Refusal, open_source
from allegata.model import Document

PAGES = Path(__file__).parents[1] / "data" / "capture"


@pytest.fixture
def pages() -> Path:
    return PAGES


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    """Write bytes under a name, read them, give the one Document."""

    def read_one(data: bytes | str, name: str = "page.html", limits: Limits = DEFAULT_LIMITS) -> Document:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        (item,) = open_source(str(path), limits=limits)
        assert isinstance(item, Item)
        assert item.document.capture == item.capture.sha256
        return item.document

    return read_one


@pytest.fixture
def read_all(tmp_path: Path) -> Callable[..., list[Item | Refusal]]:
    def read_many(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> list[Item | Refusal]:
        path = tmp_path / name
        path.write_bytes(data)
        return list(open_source(str(path), limits=limits))

    return read_many
