"""Small invented claims for the tests of this room."""

from __future__ import annotations

from datetime import datetime

from allegata.model import Claim, Mention, Origin, OriginCount, Response
from allegata.monitoring.moments import instant

DAYS = {"d1": "2025-03-03", "d2": "2025-03-05", "d3": "2025-03-12", "d4": "2025-03-13", "d5": "2025-03-14"}


def when(document: str) -> datetime | None:
    """When a document of these stories came out."""
    return instant(DAYS.get(document))


def mention(
    document: str, stance: str = "allege", origins: tuple[str, ...] = ("o1",), copy_of: str | None = None
) -> Mention:
    return Mention(document, None, None, DAYS.get(document), stance, (), (), copy_of, origins)


def origin(
    name: str, document: str, key: str = "o1", kind: str = "named_official", gone: str | None = None
) -> Origin:
    return Origin(key, name, kind, False, document, withdrawn_at=gone)


def claim(
    mentions: tuple[Mention, ...],
    origins: tuple[Origin, ...],
    responses: tuple[Response, ...] = (),
    low: int | None = None,
    high: int | None = None,
) -> Claim:
    n = sum(o.kind != "unattributed" for o in origins)
    return Claim(
        id="c1",
        proposition="Norland shelled the port of Vell.",
        act="ASSAULT",
        accuser="Vell",
        accused="Norland",
        place=None,
        first_seen=None,
        last_seen=None,
        mentions=mentions,
        origins=origins,
        independent_origins=OriginCount(n if low is None else low, n if high is None else high, n, 0, 0),
        responses=responses,
    )
