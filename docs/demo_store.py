"""The store that the pictures are taken of: the demo collection, and a little of what persons do with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import allegata
from allegata.model import Claim, Document
from allegata.monitoring.ledger import Registered
from allegata.store.base import ClaimQuery

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
PADDED = "World Pulse Hub"
PERSON = "Ana"
EDITED = "an hour later the page was changed"


def fill(library: allegata.Library) -> None:
    """Two invented stories and a padded page; one page edited, a watch, a feed, a forecast, a judgement."""
    library.watch("Walnut mill", person=PERSON, reason="the pictures", query=ClaimQuery("camp"))
    stories = sorted(p for folder in EXAMPLES.iterdir() if folder.is_dir() for p in folder.iterdir())
    library.add(*stories, EXAMPLES / "padded-page.html")
    claim = main_claim(library)
    library.add(_edited(library, claim))
    claim = main_claim(library)
    library.watch_run()
    library.store.put_feed("https://news.example/feed.xml", 900, PERSON, "the pictures")
    library.register_forecast(
        Registered(
            event="an independent inquiry into the camp is opened",
            deadline="2025-12-31",
            rule="a named body announces an inquiry, in its own words",
            source=claim.accuser or "a spokesman",
            person=PERSON,
            reason="the pictures",
            probability=0.6,
        )
    )
    edge = next(e for e in claim.edges if e.upstream in claim.documents)
    library.judge(PERSON, "edge", [edge.downstream, edge.upstream], "no", "both have it from the wire")


def main_claim(library: allegata.Library) -> Claim:
    return library.claims("camp")[0]


def padded(library: allegata.Library) -> Document:
    return next(d for d in library.documents() if d.outlet == PADDED)


def _edited(library: allegata.Library, claim: Claim) -> Document:
    """A page of the claim as its outlet changed it: its title, some words, a sentence at its end."""
    document = library.document(claim.documents[0])
    assert document is not None
    text = document.text.rstrip().replace("two hundred fighters", "some two hundred men", 1)
    return replace(
        document,
        title=f"{document.title} (corrected)",
        text=f"{text}\n\nCorrection: {EDITED}; an earlier version named another district.",
    )
