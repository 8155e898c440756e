"""One command in a process of its own, and what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds (user and system, with all child processes), seconds on the clock, peak resident MB."""

    cpu: float
    seconds: float
    peak_mb: float


def run(arguments: Sequence[str | Path], output: Path) -> Cost:
    """Run `allegata` with ``arguments``, its stdout into ``output``. Raises where it fails."""
    command = [sys.executable, "-m", "allegata", *map(str, arguments)]
    start = time.monotonic()
    with output.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.DEVNULL, env=os.environ | ONE_THREAD
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    # ru_maxrss is in kB on Linux, in bytes on macOS
    peak = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start, peak)
