"""A Claim as it stood at the end of a day, and the days on which something of it came out."""

from __future__ import annotations

import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from allegata.library import Library
from allegata.linking.counting import count_origins
from allegata.model import Claim, Document, Origin, OriginCount
from allegata.monitoring.moments import instant
from allegata.store.base import Store
from allegata.web import words
from allegata.web.query import BadQuery, Pairs

RECOUNTED = 40
"""Documents of a Claim up to which a past state is counted anew, as if nothing later were known; of larger
ones what is known now is cut at the day, since nobody waits for the other."""

HELD = 64
"""Past states that are kept for the next look."""

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?")


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What the page of a Claim is asked for: a day at whose end it stood, a stretch of time to draw, a page
    of the table of its mentions and one of its edges."""

    as_of: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    rows: int = 1
    edges: int = 1

    @property
    def standing(self) -> list[tuple[str, str]]:
        """The parameters that say which state is shown, for the pages of its edges."""
        return [("as_of", self.as_of.isoformat())] if self.as_of else []

    def params(self, **changes: Any) -> list[tuple[str, str]]:
        view = replace(self, **changes)
        given = [("from", view.start), ("to", view.end)]
        pages = [(n, str(page)) for n, page in (("rows", view.rows), ("edges", view.edges)) if page > 1]
        return [*view.standing, *((n, f"{m:%Y-%m-%dT%H:%M}") for n, m in given if m), *pages]


def read_claim_view(pairs: Pairs) -> ClaimView:
    """The view in an address: ``as_of=2025-03-06``, ``from=2025-03-06&to=2025-03-07T12:00``. BadQuery."""
    given = {name: value.strip() for name, value in pairs if value.strip()}
    day = _moment("as_of", given.get("as_of"))
    if day is not None and "T" in given["as_of"]:
        raise BadQuery("“as_of” is a day, such as 2025-03-06.")
    start, end = _moment("from", given.get("from")), _moment("to", given.get("to"))
    if end is not None and "T" not in given["to"]:
        end = min(end, datetime.max.replace(tzinfo=UTC) - timedelta(days=1)) + timedelta(days=1)
    if start and end and start >= end:
        raise BadQuery("“from” is not before “to”: swap them.")
    pages = [_page(name, of, given.get(name, "1")) for name, of in (("rows", "table"), ("edges", "evidence"))]
    return ClaimView(day.date() if day else None, start, end, *pages)


def _page(name: str, of: str, value: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", value) or int(value) < 1:
        raise BadQuery(f"“{name}” is a page of the {of}, a whole number from 1.")
    return int(value)


def _moment(name: str, value: str | None) -> datetime | None:
    if value is None:
        return None
    match = _DAY.fullmatch(value)
    try:
        if match:
            clock = time.fromisoformat(match[2]) if match[2] else time()
            return datetime.combine(date.fromisoformat(match[1]), clock, UTC)
    except ValueError:
        pass
    also = "" if name == "as_of" else ", or with a time, 2025-03-06T12:00"
    raise BadQuery(f"“{name}” is a day, such as 2025-03-06{also}.")


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which so many documents of a Claim came out."""

    day: date
    documents: int

    @property
    def label(self) -> str:
        return f"{words.day(self.day.isoformat())} · {words.counted(self.documents, 'document')}"


@dataclass(frozen=True, slots=True)
class Past:
    """Where a page stands among the ``days`` of its Claim. ``asked`` is ``None`` where it shows what is known
    now; ``recounted`` says whether the state was counted anew or cut out of what is known now."""

    days: tuple[Day, ...]
    asked: date | None = None
    before: date | None = None
    after: date | None = None
    recounted: bool = True

    @property
    def at(self) -> int:
        """The number of the last day that is shown, from 0; -1 where the first is yet to come."""
        if self.asked is None:
            return len(self.days) - 1
        return sum(d.day <= self.asked for d in self.days) - 1


def days_of(claim: Claim, documents: Mapping[str, Document]) -> tuple[Day, ...]:
    """The days (UTC) on which documents of a Claim came out."""
    published = {m.document: m.published for m in claim.mentions}
    found: Counter[date] = Counter()
    for name in words.documents_of(claim):
        held = documents.get(name)
        moment = instant((held.published if held else None) or published.get(name))
        if moment is not None:
            found[moment.date()] += 1
    return tuple(Day(day, n) for day, n in sorted(found.items()))


class States:
    """Past states of the Claims of a store, the last ones kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: OrderedDict[Hashable, Claim | None] = OrderedDict()
        self._lock = threading.Lock()

    def of(
        self, claim: Claim, documents: Mapping[str, Document], asked: date | None
    ) -> tuple[Claim | None, Past]:
        """The Claim as it is, or as it stood at the end of the day asked for (``None``: nothing of it was
        out), under the id of today."""
        days = days_of(claim, documents)
        if asked is None or not days or asked >= days[-1].day:
            before = days[-2].day if len(days) > 1 else None
            return claim, Past(days, before=before)
        past = Past(
            days,
            asked,
            max((d.day for d in days if d.day < asked), default=None),
            min((d.day for d in days if d.day > asked), default=None),
            len(claim.documents) <= RECOUNTED,
        )
        # between two days with documents nothing changes
        day = days[past.at].day if past.at >= 0 else days[0].day - timedelta(days=1)
        return self._get(claim, documents, day, past.recounted), past

    def _get(
        self, claim: Claim, documents: Mapping[str, Document], day: date, recounted: bool
    ) -> Claim | None:
        judged = max((j.id for j in self._store.judgements()), default=0)
        key = (claim.id, day, judged, hash(claim))
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        found = Library(self._store).claim(claim.id, as_of=day) if recounted else cut(claim, documents, day)
        found = replace(found, id=claim.id) if found else None
        with self._lock:
            self._held[key] = found
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        return found


def cut(claim: Claim, documents: Mapping[str, Document], day: date) -> Claim | None:
    """What is known now of a Claim, without what came out after ``day``. What nobody can date counts as known
    from the start. The interval stays as wide, at either end, as that of today."""
    published = {m.document: m.published for m in claim.mentions}

    def out(document: str) -> bool:
        held = documents.get(document)
        moment = instant((held.published if held else None) or published.get(document))
        return moment is None or moment.date() <= day

    mentions = tuple(m for m in claim.mentions if out(m.document))
    if not mentions:
        return None
    heard = {o for m in mentions for o in m.origin_ids}
    origins = tuple(_then(o, day) for o in claim.origins if o.id in heard or out(o.first_document))
    known = {n for o in origins for n in (o.id, o.source)}
    moments = [(at.timestamp(), m.published) for m in mentions if (at := instant(m.published))]
    return replace(
        claim,
        mentions=mentions,
        origins=origins,
        independent_origins=_count(claim, origins),
        responses=tuple(r for r in claim.responses if out(r.document)),
        circular=tuple(pair for pair in claim.circular if all(map(out, pair))),
        edges=tuple(e for e in claim.edges if out(e.downstream) and out(e.upstream)),
        merges=tuple(m for m in claim.merges if m.kept in known),
        last_seen=max(moments, default=(0.0, None))[1],
    )


def _then(origin: Origin, day: date) -> Origin:
    gone = instant(origin.withdrawn_at)
    rounds = tuple(r for r in origin.rounds if (m := instant(r.published)) is None or m.date() <= day)
    return replace(
        origin, rounds=rounds, withdrawn_at=origin.withdrawn_at if gone and gone.date() <= day else None
    )


def _count(claim: Claim, origins: Iterable[Origin]) -> OriginCount:
    """The interval of ``origins``, as far from their bare number as that of today is from today's."""
    then, now, held = count_origins(tuple(origins)), count_origins(claim.origins), claim.independent_origins
    named, anonymous, unresolved = (
        max(0, getattr(then, part) + getattr(held, part) - getattr(now, part))
        for part in ("named", "anonymous", "unresolved")
    )
    low = max(min(then.low, 1), then.low + min(0, held.low - now.low))
    return OriginCount(low, max(low, then.high + max(0, held.high - now.high)), named, anonymous, unresolved)
