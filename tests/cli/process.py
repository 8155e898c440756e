"""The command as a process, as people run it."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, TextIO

TIMEOUT = 180
ROOT = Path(__file__).parents[2]


def environment(**more: str) -> dict[str, str]:
    """The process's environment without what a developer may have set for the command."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ALLEGATA_")}
    return kept | {"NO_COLOR": "1"} | more


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "allegata", *map(str, arguments)]


def run(*arguments: str | Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process that is forked off from one that has it loaded (`forked`)."""
    with tempfile.TemporaryDirectory() as folder:
        streams = {name: Path(folder, name) for name in ("stdin", "stdout", "stderr")}
        for path in streams.values():
            path.write_bytes(stdin if path.name == "stdin" else b"")
        asked = {
            "arguments": [*map(str, arguments)],
            "env": environment(**env),
            "folder": str(Path.cwd()),
            "seconds": TIMEOUT,
            **{name: str(path) for name, path in streams.items()},
        }
        asking = _loaded()
        asking.write(json.dumps(asked) + "\n")
        asking.flush()
        status = int(asking.readline())
        said = (streams["stdout"].read_bytes(), streams["stderr"].read_bytes())
        return subprocess.CompletedProcess(command(*arguments), status, *said)


@cache
def _loaded() -> TextIO:
    """The process that has the command loaded; it ends when this one does."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.forked", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(),
        )
    asking: TextIO = ours.makefile("rw", encoding="utf-8")
    ours.close()  # the file keeps it open

    def end() -> None:
        asking.close()
        process.wait()

    atexit.register(end)
    assert asking.readline() == "ready\n", "the command cannot be loaded"
    return asking


def lines(result: subprocess.CompletedProcess[bytes]) -> list[Any]:
    """What was printed as JSON Lines, of a command that ended well."""
    assert result.returncode == 0, result.stderr.decode()
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def complaint(result: subprocess.CompletedProcess[bytes]) -> str:
    """The one line of a command that refused its input."""
    said = result.stderr.decode()
    assert result.returncode == 2, (result.returncode, said)
    assert said.startswith("allegata: ") and said.count("\n") == 1 and said.endswith("\n"), said
    return said.strip()
