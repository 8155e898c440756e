"""Data that the code reads, one TOML file a kind, each with its sources in its head."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The vocabulary ``name`` (a file ``vocab/<name>.toml``). Callers must not change what they get.

    Raises FileNotFoundError where there is no such vocabulary.
    """
    return tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
