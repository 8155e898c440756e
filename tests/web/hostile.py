"""A store in which every word tries to run a script."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from allegata.model import Claim, Reading
from tests.web import stories
from tests.web.fake_store import FakeStore

ATTACK = """'"></title></text></svg><script>window.ran=1</script><img src=x onerror="window.ran=1">"""
ADDRESS = "javascript:window.ran=1//" + ATTACK

KEPT = {
    "stance",
    "role",
    "kind",
    "published",
    "act",
    "first_seen",
    "last_seen",
    "country",
    "withdrawn_at",
    "retrieved",
}
"""Fields whose values decide what a page does; `store` spoils these too for the claims of its second half."""


def spoil(value: Any, keep: set[str], field: str = "") -> Any:
    """``value`` with `ATTACK` behind every string in it, the same strings staying the same."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: spoil(getattr(value, f.name), keep, f.name) for f in dataclasses.fields(value)}
        return type(value)(**changes)
    if isinstance(value, tuple):
        return tuple(spoil(v, keep, field) for v in value)
    if not isinstance(value, str) or field in keep:
        return value
    return ADDRESS if field == "url" else value + ATTACK


def store() -> FakeStore:
    claims: list[Claim] = []
    readings: list[Reading] = []
    documents, captures = [], []
    spoilers: list[Callable[[Any], Any]] = [lambda v: spoil(v, KEPT), lambda v: _apart(spoil(v, set()))]
    for change in spoilers:
        claims += [change(c) for c in (stories.camp(), stories.attack())]
        readings += [change(r) for r in stories.readings()]
        documents += [change(d) for d in stories.DOCUMENTS.values()]
        captures.append(change(stories.capture()))
    return FakeStore(documents, readings, claims, captures)


def _apart(value: Any) -> Any:
    """Claims and documents of the second half under ids of their own."""
    if isinstance(value, Claim):
        return dataclasses.replace(value, id="2" + value.id)
    return value
