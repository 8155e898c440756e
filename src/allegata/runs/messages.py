"""What a delivery says, in a body for machines and in words for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allegata.contract import to_plain
from allegata.monitoring.syndication import Found, text, title

MOST = 200
"""Events that are written out in one message; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Message:
    """``id`` is that of the delivery, the same over every attempt, and so is all else in it."""

    id: str
    watch: str
    made: str
    events: tuple[Found, ...]

    @property
    def subject(self) -> str:
        if len(self.events) == 1:
            return _short(f"[{self.watch}] {title(self.events[0][2])}")
        return _short(f"[{self.watch}] {len(self.events)} events")

    @property
    def words(self) -> str:
        """For people: each event with its evidence."""
        parts = [f"{title(event)}\n{text(event)}" for _, _, event in self.events[:MOST]]
        left = len(self.events) - MOST
        return "\n\n".join([*parts, f"and {left} more"] if left > 0 else parts) + "\n"

    @property
    def body(self) -> bytes:
        """For machines: JSON."""
        value = {"id": self.id, "watch": self.watch, "made": self.made, "events": _plain(self.events)}
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _plain(events: Sequence[Found]) -> list[dict[str, Any]]:
    return [{"number": number, "found": moment, **to_plain(event)} for number, moment, event in events]


def _short(words: str) -> str:
    """One line for a subject: no control of a header can be in it."""
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line if len(line) <= 180 else line[:178] + " …"
