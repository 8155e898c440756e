"""The evidence archive: written once, whole or not at all, and hashed again on demand."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from allegata.capture import Archive


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def test_bodies_lie_under_their_hash(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "case.captures")
    body = b"evidence"
    assert archive.put(sha(body), body) is True
    assert archive.put(sha(body), body) is False
    assert archive.get(sha(body)) == body
    path = tmp_path / "case.captures" / sha(body)[:2] / sha(body)[2:]
    assert path.read_bytes() == body
    assert path.stat().st_mode & 0o222 == 0
    assert list(archive.names()) == [sha(body)]
    assert archive.check(sha(body)) is None


def test_a_wrong_hash_is_refused(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with pytest.raises(ValueError, match="hash"):
        archive.put(sha(b"one"), b"two")
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_names_that_are_no_hash_are_unknown(tmp_path: Path, name: str) -> None:
    with pytest.raises(KeyError):
        Archive(tmp_path).get(name)


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path)

    def fail(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(KeyboardInterrupt):
        archive.put(sha(b"x"), b"x")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
    monkeypatch.undo()
    assert archive.put(sha(b"x"), b"x") is True


def test_a_check_tells_what_is_wrong(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(sha(b"x"), b"x")
    path = tmp_path / sha(b"x")[:2] / sha(b"x")[2:]
    path.chmod(0o644)
    path.write_bytes(b"y")
    assert "changed" in (archive.check(sha(b"x")) or "")
    path.unlink()
    assert "missing" in (archive.check(sha(b"x")) or "")
