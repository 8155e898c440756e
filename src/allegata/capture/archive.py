"""The evidence: bodies of Captures, each in a file named by its SHA-256, written once and never changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}\Z")


class Archive:
    """A folder of bodies: ``ab/cdef…`` under it, the SHA-256 in hexadecimal with its first two digits
    apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, sha256: str) -> Path:
        if not _NAME.match(sha256):
            raise KeyError(sha256)
        return self._folder / sha256[:2] / sha256[2:]

    def put(self, sha256: str, body: bytes) -> bool:
        """Keep ``body``. False where it is held already. ValueError where ``sha256`` is not its hash.

        When this returns the bytes are on disk under their name, or nothing is: they are written aside,
        synced and renamed.
        """
        if hashlib.sha256(body).hexdigest() != sha256:
            raise ValueError("the body does not have the hash of its capture")
        path = self._path(sha256)
        if path.exists():
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).chmod(0o444)
            Path(aside).rename(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(aside).unlink()
            raise
        _sync_folder(path.parent)
        return True

    def get(self, sha256: str) -> bytes:
        """The bytes. KeyError where there are none."""
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise KeyError(sha256) from error

    def check(self, sha256: str) -> str | None:
        """What is wrong with a body, or None: it is read again and hashed."""
        digest = hashlib.sha256()
        try:
            with self._path(sha256).open("rb") as file:
                while part := file.read(1_000_000):
                    digest.update(part)
        except FileNotFoundError:
            return "is missing from the archive"
        except OSError as error:
            return f"cannot be read ({error.strerror})"
        return None if digest.hexdigest() == sha256 else "does not have its hash any more: it was changed"

    def names(self) -> Iterator[str]:
        """Hashes of all bodies held, sorted."""
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            for file in sorted(folder.iterdir()):
                if _NAME.match(folder.name + file.name):
                    yield folder.name + file.name


def _sync_folder(folder: Path) -> None:
    """The name of a new file is on disk once its folder is; not every system can sync one."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
