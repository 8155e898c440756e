"""A walk of five minutes through the pages, on the claim of the store that most documents carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allegata.contract import to_plain
from allegata.model import Claim
from allegata.store.base import ClaimQuery, Store
from allegata.web import paths, words


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, where, and what to look at there."""

    title: str
    href: str
    link: str
    text: str


def context(store: Store) -> dict[str, Any]:
    steps = steps_of(store)
    return {"steps": steps, "held": store.count_documents(), "twin": "/tour.json"}


def plain(store: Store) -> list[dict[str, Any]]:
    return [dict(to_plain(step)) for step in steps_of(store)]


def steps_of(store: Store) -> list[Step]:
    """The steps, as far as the store has what they show; none where it has no claim."""
    cards = store.cards(ClaimQuery(limit=1))
    claim = store.claim(cards[0].id) if cards else None
    if claim is None:
        return []
    strip, page = words.strip_of(claim), paths.claim(claim.id)
    steps = [
        Step(
            "The list",
            "/",
            "Claims",
            "Each line is one claim, however many pages carry it, with three counts that stand together: "
            "mentions, outlets, independent origins. Narrow it with the facets; the address keeps it.",
        ),
        Step(
            "One claim",
            page,
            words.clip(words.alleged(claim.proposition), 90),
            f"{strip}. The drawing has a lane for each origin and a line for each “had it from”. "
            "Point at a document: its way to the origin stands out.",
        ),
        Step(
            "Why this count",
            f"{page}#origins",
            "Origins and what was merged",
            "Nothing is counted without its reason: each origin, each name taken for another, each root that "
            "nobody could resolve, which is why the count is an interval.",
        ),
    ]
    edge = _edge(claim)
    if edge:
        steps.append(
            Step(
                "The evidence",
                paths.edge(claim.id, edge),
                f"Citation {edge}",
                "Two passages side by side, shared words marked. If you know better, put it right here: you "
                "see what your decision would change before you make it, and it can be taken back.",
            )
        )
    return [
        *steps,
        Step(
            "One document",
            paths.document(claim.documents[0]),
            "The X-ray",
            "The archived text with who speaks, by which words, what they say, and in whose words they do. "
            "Switch the layers off one by one. Below: versions, capture and hash.",
        ),
        *_overviews(claim),
        Step(
            "Take it with you",
            f"{page}/brief",
            "Brief",
            "One page with the interval, the evidence, what is unknown and the hashes; as PDF and Markdown.",
        ),
    ]


def _overviews(claim: Claim) -> list[Step]:
    origin = next((o for o in claim.origins if o.kind != "unattributed"), None)
    steps = [
        Step(
            "What changed",
            "/situation?since=2000-01-01",
            "Situation",
            "New origins, first denials, retractions, and claims that grow louder without a new origin.",
        ),
        Step("Where", "/map", "Map", "A dot where the text names a place, a ring where it is less exact."),
    ]
    if origin is not None:
        name = origin.source.split(" (")[0]
        steps.append(
            Step(
                "Whom it goes back to",
                paths.source(name),
                words.clip(name, 60),
                "What goes back to a source, who passes its word on, what it denies, and how reliable "
                "persons hold it to be, with their reasons.",
            )
        )
    return steps


def _edge(claim: Claim) -> int | None:
    """The number of the citation that shows most: one that the texts show, else the first."""
    inferred = next((n for n, e in enumerate(claim.edges, 1) if e.inferred and e.evidence), None)
    return inferred or (1 if claim.edges else None)
