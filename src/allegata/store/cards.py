"""A claim in short: what a list shows of it, kept beside it so that no list loads whole claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allegata.model import AFFIRMING, Claim, OriginCount, Response
from allegata.store.hosts import host_of

DENIERS = 3
"""Names of those who deny that a card holds."""


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where the act is said to have been."""

    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """``mentions`` and ``outlets`` are of the documents that carry the claim, ``documents`` of all that
    mention it; ``searched`` adds those in which only a response was found. ``deniers`` are the first, of
    ``denials`` in all."""

    id: str
    proposition: str
    act: str | None
    accuser: str | None
    accused: str | None
    place: CardPlace | None
    first_seen: str | None
    last_seen: str | None
    documents: int
    mentions: int
    outlets: int
    independent_origins: OriginCount
    deniers: tuple[str, ...]
    denials: int
    searched: int
    statuses: tuple[str, ...] = ()


def card_of(claim: Claim, statuses: Iterable[str] = ()) -> Card:
    mentions, outlets = carried(claim)
    denying = deniers(claim)
    return Card(
        claim.id,
        claim.proposition,
        claim.act,
        claim.accuser,
        claim.accused,
        CardPlace(claim.place.name, claim.place.country) if claim.place else None,
        claim.first_seen,
        claim.last_seen,
        len(claim.documents),
        len(mentions),
        len(outlets),
        claim.independent_origins,
        tuple(r.source for r in denying[:DENIERS]),
        len(denying),
        len(documents_of(claim)),
        tuple(statuses),
    )


def card_from(plain: Mapping[str, Any]) -> Card:
    """A card as it was stored (`contract.to_plain`)."""
    place = plain["place"]
    made = {
        "place": CardPlace(place["name"], place["country"]) if place else None,
        "independent_origins": OriginCount(**plain["independent_origins"]),
        "deniers": tuple(plain["deniers"]),
        "statuses": tuple(plain["statuses"]),
    }
    return Card(**{**plain, **made})


def carried(claim: Claim) -> tuple[set[str], set[str]]:
    """(documents that carry the claim, their outlets). A document that only responds to it is no mention of
    it here, and an outlet that no page names is known by the host of its address."""
    carrying = [m for m in claim.mentions if m.stance in AFFIRMING]
    outlets = {name for m in carrying if (name := m.outlet or host_of(m.url))}
    return {m.document for m in carrying}, outlets


def documents_of(claim: Claim) -> tuple[str, ...]:
    """Ids of the documents in which the Claim or a response to it was found, each once."""
    return tuple(dict.fromkeys([*claim.documents, *(r.document for r in claim.responses)]))


def deniers(claim: Claim) -> tuple[Response, ...]:
    """The first denial of each source that denies."""
    first: dict[str, Response] = {}
    for response in claim.responses:
        if response.stance == "deny":
            first.setdefault(response.source, response)
    return tuple(first.values())
