"""The folder with data and scorers that lies outside the project."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent


class SkippedError(Exception):
    """A figure that cannot be measured here. The message says what is missing, in one line."""


def folder() -> Path:
    return Path(os.environ.get("ALLEGATA_SHARED") or ROOT.parent / "shared")


def data(name: str) -> Path:
    """``data/<name>`` of the shared folder."""
    path = folder() / "data" / name
    if not path.exists():
        raise SkippedError(f"no data/{name} in the shared folder (set ALLEGATA_SHARED to where it lies)")
    return path


def rows(name: str) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file of the data."""
    # texts hold line ends other than "\n", at which str.splitlines would cut a row
    return [json.loads(line) for line in data(name).read_text(encoding="utf-8").split("\n") if line.strip()]


def scorer(name: str) -> ModuleType:
    """``scorers/<name>.py``, imported from where it lies: the figures are the scorer's, not ours."""
    path = folder() / "scorers" / f"{name}.py"
    if not path.exists():
        raise SkippedError(
            f"no scorers/{name}.py in the shared folder (set ALLEGATA_SHARED to where it lies)"
        )
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
