"""What claims are counted and filtered by, besides their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allegata.model import Claim
from allegata.store.hosts import host_of
from allegata.store.moments import sortable
from allegata.store.spots import spot_of

SHOWN = (
    "accuser",
    "accused",
    "act",
    "place",
    "country",
    "origins",
    "status",
    "stance",
    "language",
    "outlet",
)
"""Facets that a person chooses from. Each is a field of `base.ClaimQuery` of the same name."""

KINDS = (*SHOWN, "all", "documents", "first", "last", "spot")
"""All there are; the place in this list is kept in the store, so that new ones come last. ``all`` holds every
claim, ``first`` and ``last`` the year, the month and the day in which it was first and last seen, ``spot``
its point on the map (`spots`)."""

STATUSES = ("denied", "confirmed", "disputed", "doubted", "retracted", "inquiry", "circular", "unanswered")
"""``disputed``: denied or doubted by one and confirmed by another. ``retracted``: an origin took it back.
``inquiry``: somebody demands one. ``unanswered``: no response was found."""

NEW_DAYS = 7
"""Days before the newest claim from which on a claim is "new"; counted when it is asked for."""

MOST_ORIGINS = 6
"""An interval's ends are counted up to here: 6 stands for all that are more."""

LONGEST = 200


def named(value: str | None) -> str:
    """A name as it is filed: one line, of bounded length."""
    return " ".join((value or "")[: 4 * LONGEST].split())[:LONGEST]


def facets_of(claim: Claim, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(kind, value), of which none is empty. ``languages`` are those of its documents."""
    yield "all", "all"
    yield "documents", str(len(claim.documents))
    place = claim.place
    single = {
        "accuser": claim.accuser,
        "accused": claim.accused,
        "act": claim.act,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "origins": interval_of(claim),
        "spot": spot_of(claim),
    }
    many: dict[str, list[str | None]] = {
        "status": [*statuses_of(claim)],
        "stance": [*(m.stance for m in claim.mentions), *(r.stance for r in claim.responses)],
        "language": list(languages),
        "outlet": [m.outlet or host_of(m.url) for m in claim.mentions],
    }
    found = dict.fromkeys(
        [(k, named(v)) for k, v in single.items()] + [(k, named(v)) for k, vs in many.items() for v in vs]
    )
    yield from (one for one in found if one[1])
    for kind, seen in (("first", claim.first_seen), ("last", claim.last_seen)):
        day = sortable(seen)[:10]
        yield from ((kind, part) for part in (day[:4], day[:7], day) if part)


def interval_of(claim: Claim) -> str:
    """The interval of the origins, "2-3", its ends counted up to `MOST_ORIGINS`."""
    count = claim.independent_origins
    return f"{min(count.low, MOST_ORIGINS)}-{min(count.high, MOST_ORIGINS)}"


def statuses_of(claim: Claim) -> list[str]:
    """Those of `STATUSES` that hold of a claim as a whole."""
    answers = {r.stance for r in claim.responses}
    holds = {
        "denied": "deny" in answers,
        "confirmed": "confirm" in answers,
        "disputed": "confirm" in answers and not answers.isdisjoint(("deny", "doubt")),
        "doubted": "doubt" in answers,
        "retracted": "retract" in answers or any(o.withdrawn_at for o in claim.origins),
        "inquiry": "demand_investigation" in answers,
        "circular": bool(claim.circular),
        "unanswered": not claim.responses,
    }
    return [status for status in STATUSES if holds[status]]
