"""The page of one Claim, as it is or as it stood at the end of a day, and its twins in JSON and CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allegata.contract import to_plain
from allegata.linking.assessments import (
    ORIGINS_OF_CONFIRMED,
    confidences,
    credibilities,
    head,
    likelihoods,
    reliabilities,
    said,
)
from allegata.linking.credits import fold
from allegata.model import Assessment, Claim, Document, Judgement
from allegata.monitoring.moments import instant
from allegata.runs import assessing
from allegata.store.base import Store
from allegata.web import paths, words
from allegata.web.locator import locate
from allegata.web.past import ClaimView, Past, States
from allegata.web.views import around, claims, judged, putting_right
from allegata.web.zoom import zoom

FORMATS = (("Brief", "brief"), ("PDF", "brief.pdf"), ("Markdown", "brief.md"))


def context(
    store: Store, states: States, now: Claim, view: ClaimView, news: str | None, writable: bool
) -> dict[str, Any]:
    """What ``claim.html`` shows. ``now`` is the Claim as it is, ``news`` the number of a Judgement that was
    just made."""
    documents = claims.held_heads(store, now)
    claim, past = states.of(now, documents, view.as_of)
    documents |= claims.quoted_documents(store, claim or now, view.edges)
    listed = store.judgements()
    others = around.beside(store, now)
    shown: dict[str, Any] = _state(claim, documents, view) if claim is not None else {}
    shown |= {
        "now": now,
        "claim": claim or now,
        "there": claim is not None,
        "past": past,
        "view": view,
        "at": view.standing,
        "writable": writable and past.asked is None,
        "twin": paths.claim(now.id, twin=True, params=view.params()),
        "exports": _exports(now, view),
        "steps": _steps(now, past, view),
        "kept": view.params(as_of=None, rows=1, edges=1),
    }
    if claim is not None:
        shown["graded"] = graded(claim, listed)
    shown |= putting_right.claim_context(store, now, documents, news, [b.card for b in others])
    shown |= _around(store, now, documents, others)
    return shown | assessment_context(store, now, listed) | {"judged_rows": _judged(store, now, listed)}


def _state(claim: Claim, documents: Mapping[str, Document], view: ClaimView) -> dict[str, Any]:
    moments = [
        m
        for d in words.documents_of(claim)
        if (m := instant(documents[d].published if d in documents else None)) is not None
    ]
    stretch = (view.start, view.end)
    return claims.claim_context(claim, documents, stretch, view.rows, view.edges) | {
        "zoom": zoom(claim.id, view, moments),
        "firsts": around.firsts(claim, documents),
        "again": around.told_again(moments),
        "page_of": lambda **page: paths.claim(claim.id, params=view.params(**page)),
        "locator": locate(claim.place) if claim.place else None,
    }


def _around(
    store: Store, now: Claim, documents: Mapping[str, Document], related: list[around.Beside]
) -> dict[str, Any]:
    expected, more_expected = around.foretold(store, now, documents)
    return {
        "related": [(b, words.strip_of(b.card)) for b in related[: around.MOST_CLAIMS]],
        "more_related": max(0, len(related) - around.MOST_CLAIMS),
        "expected": expected,
        "more_expected": more_expected,
        "registered": around.registered(store, now),
        "history": around.history(now, documents),
    }


def _exports(claim: Claim, view: ClaimView) -> list[tuple[str, str]]:
    page = paths.claim(claim.id)
    day = f"?as_of={view.as_of}" if view.as_of else ""
    return [
        *((name, f"{page}/{rest}{day}") for name, rest in FORMATS),
        ("JSON", paths.claim(claim.id, twin=True, params=view.standing)),
        ("CSV", paths.claim_table(claim.id, view.standing)),
    ]


def _steps(claim: Claim, past: Past, view: ClaimView) -> dict[str, str | None]:
    """The addresses of the days before and after, and of what is known now."""

    def to(day: Any) -> str:
        return paths.claim(claim.id, params=view.params(as_of=day, rows=1, edges=1))

    last = past.days[-1].day if past.days else None
    return {
        "before": to(past.before) if past.before else None,
        "after": to(past.after if past.after != last else None) if past.after else None,
        "now": to(None),
    }


def graded(claim: Claim, listed: list[Judgement]) -> dict[str, list[Any]]:
    """The grades that hold, of each origin by its id."""
    found = assessing.grades_now(listed)
    return {o.id: g for o in claim.origins if (g := found.get(fold(head(o.source))))}


def assessment_context(store: Store, claim: Claim, listed: list[Judgement]) -> dict[str, Any]:
    """What persons hold of a Claim, and the words with which another may say so."""
    kept = assessing.assessments(store, claim, listed)
    return {
        "assessed": [k for k in kept if k.holds],
        "assessed_before": [k for k in kept if not k.holds],
        "credibilities": credibilities(),
        "likelihoods": likelihoods(),
        "confidences": confidences(),
        "reliabilities": reliabilities(),
        "assessed_in_words": {
            k.opinion.number: said(k.opinion) for k in kept if isinstance(k.opinion, Assessment)
        },
        "confirmed": claim.independent_origins.low >= ORIGINS_OF_CONFIRMED,
        "fields": {},
        "complaint": None,
        "token": None,
        "person": None,
    }


def _judged(store: Store, claim: Claim, listed: list[Judgement]) -> list[judged.Row]:
    numbers = judged.concerning(claim, listed)
    return judged.rows_of(store, [j for j in reversed(listed) if j.id in numbers][: judged.SIZE], listed)


def plain(store: Store, claim: Claim | None, now: Claim, past: Past) -> dict[str, Any]:
    """The Claim of the contract, with what persons hold of it and the days on which something came out."""
    held = [{**to_plain(k.opinion), "state": k.state} for k in assessing.assessments(store, now)]
    return {
        **(claims.claim_plain(claim) if claim is not None else {"id": now.id, "page": paths.claim(now.id)}),
        "as_of": past.asked.isoformat() if past.asked else None,
        "days": [d.day.isoformat() for d in past.days],
        "assessments": held,
    }
