"""The command as a process, as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

TIMEOUT = 180


def environment(**more: str) -> dict[str, str]:
    """The process's environment without what a developer may have set for the command."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ALLEGATA_")}
    return kept | {"NO_COLOR": "1"} | more


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "allegata", *map(str, arguments)]


def run(*arguments: str | Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*arguments), input=stdin, capture_output=True, timeout=TIMEOUT, env=environment(**env)
    )


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
