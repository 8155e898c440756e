"""What can set off a watch: changes of claims, forecasts that come due, breaks of tension. Each happens
once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegata.monitoring import changes
from allegata.monitoring.changes import Change
from allegata.monitoring.ledger import Registered
from allegata.monitoring.names import same_name, same_party

if TYPE_CHECKING:
    from allegata.monitoring.breaks import Break

TRIGGERS = (*changes.KINDS, "forecast_due", "tension_break")

WORDS = {
    "new_claim": "new claim",
    "new_origin": "new independent origin",
    "first_denial": "first denial",
    "first_confirmation": "first confirmation",
    "retraction": "retraction",
    "circular": "circular reporting",
    "amplification": "amplified without corroboration",
    "forecast_due": "forecast due",
    "tension_break": "tension break",
}

LONGEST = 400
"""Characters of a title: pages can put a whole book into one."""

MOST_DOCUMENTS = 20


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``key`` is the same whenever the same thing is found again. ``subject`` is a
    claim's id, a forecast's number or a dyad; ``names`` are parties, by which a watch may find it."""

    key: str
    kind: str
    subject: str
    title: str
    detail: str
    at: str | None
    documents: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def event_of_change(change: Change) -> Event:
    """A Change of a Claim. The title says that it is alleged."""
    who = "; ".join(change.sources)
    counts = (
        f"documents {change.mentions_before} → {change.mentions_after}, "
        f"origins {change.origins_before} → {change.origins_after}"
    )
    parts = sorted(same_name(s) for s in change.sources) or [""]
    if change.kind in ("amplification", "circular"):
        parts = sorted(change.documents)
    elif change.kind in ("new_claim", "first_denial", "first_confirmation"):
        parts = []  # there is one first
    return Event(
        _key(change.kind, change.claim, *parts),
        change.kind,
        change.claim,
        f"Alleged: {_clean(change.proposition)}",
        _clean(f"{who} · {counts}" if who else counts),
        change.at,
        change.documents[:MOST_DOCUMENTS],
    )


def events_of_due(forecasts: Iterable[Registered]) -> list[Event]:
    """Forecasts of the ledger whose day has passed and that nobody has decided."""
    return [
        Event(
            _key("forecast_due", str(f.number)),
            "forecast_due",
            str(f.number),
            f"Foretold by {_clean(f.source)}: {_clean(f.event)}",
            _clean(f"due since {f.deadline}; decided by: {f.rule}"),
            f.deadline,
            (f.document,) if f.document else (),
            (f.source,),
        )
        for f in forecasts
    ]


def event_of_break(found: Break) -> Event:
    """A break of tension. One that began in the same period is the same one, whenever it is seen."""
    names = (found.source, found.target)
    series = f"{found.side} {found.series.replace('_', ' ')}"
    moved = ", ".join(m.id for m in found.movers[:5])
    return Event(
        _key("tension_break", *map(same_party, names), found.series, found.side, found.unit, found.at),
        "tension_break",
        " → ".join(names),
        _clean(f"{names[0]} → {names[1]}: {series} {'rises' if found.direction == 'rise' else 'falls'}"),
        _clean(
            f"{found.before:g} → {found.after:g} a {found.unit} since {found.since} (documents "
            f"{found.coverage_before:g} → {found.coverage_after:g}); moved by {moved or 'nothing new'}"
        ),
        found.at,
        (),
        names,
    )


def _key(*parts: str) -> str:
    return parts[0] + ":" + hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def _clean(text: str) -> str:
    """One line without controls, of bounded length."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * LONGEST]).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 2].rsplit(" ", 1)[0] + " …"
