"""How origins are counted, how well that works, and where it fails: said on a page, with the figures."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Any

FIGURES = "accuracy.json"
"""Beside the templates; ``python -m evals.accuracy`` writes it with docs/accuracy.md."""


@lru_cache(maxsize=1)
def _figures() -> list[dict[str, Any]]:
    text = resources.files("allegata.web").joinpath(FIGURES).read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def context() -> dict[str, Any]:
    return {"modules": _figures(), "twin": "/method.json"}


def plain() -> list[dict[str, Any]]:
    return _figures()
