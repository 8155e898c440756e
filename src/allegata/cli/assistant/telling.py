"""Claims and Readings as an assistant is told of them: our words as they are, all others' as quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from allegata.cli.assistant.quoting import LONG, listed, quoted
from allegata.linking.why import explain
from allegata.model import Claim, Document, Passage, Reading
from allegata.reading.xray import xray
from allegata.store.base import Store
from allegata.store.cards import Card
from allegata.web import words
from allegata.web.api.standing import Stood
from allegata.web.views.claims import held_documents

MOST_ORIGINS, MOST_MENTIONS, MOST_EDGES, MOST_LINES, MOST_STATEMENTS = 20, 25, 25, 60, 60


def card(found: Card) -> dict[str, Any]:
    """A claim in a list."""
    place = found.place
    return {
        "id": found.id,
        "alleged": quoted(found.proposition, LONG),
        "counts": str(words.strip_of(found)),
        "act": found.act,
        "accuser": quoted(found.accuser),
        "accused": quoted(found.accused),
        "place": quoted(place.name) if place else None,
        "first_seen": quoted(found.first_seen, 40),
        "last_seen": quoted(found.last_seen, 40),
        "denied_by": [quoted(d) for d in found.deniers],
        "no_denial": None if found.denials else _no_denial(found.searched),
    }


def claim(store: Store, stood: Stood, first: int) -> dict[str, Any]:
    """A claim with its origins, mentions and citations."""
    found = stood.claim
    held = held_documents(store, found)
    count = found.independent_origins
    return {
        **_head(stood),
        "act": found.act,
        "accuser": quoted(found.accuser),
        "accused": quoted(found.accused),
        "independent_origins": {
            "low": count.low,
            "high": count.high,
            "named": count.named,
            "anonymous": count.anonymous,
            "unresolved": count.unresolved,
        },
        "origins": listed(
            [
                {
                    "source": quoted(o.source),
                    "kind": words.origin_words(o),
                    "first_document": quoted(o.first_document),
                    "withdrawn_at": quoted(o.withdrawn_at, 40),
                    "says": _said(o.passages, held),
                }
                for o in found.origins
            ],
            MOST_ORIGINS,
        ),
        "mentions": listed(
            [
                {
                    "document": quoted(m.document),
                    "outlet": quoted(m.outlet),
                    "published": quoted(m.published, 40),
                    "stance": m.stance,
                    "speakers": [quoted(s) for s in m.speakers[:6]],
                    "says": _said(m.passages, held),
                }
                for m in found.mentions
            ],
            MOST_MENTIONS,
            first,
        ),
        "citations": listed(
            [
                {
                    "downstream": quoted(e.downstream),
                    "had_it_from": quoted(e.upstream),
                    "kind": e.kind,
                    "inferred": e.inferred,
                    "reason": quoted(e.reason, LONG),
                }
                for e in found.edges
            ],
            MOST_EDGES,
        ),
        "decided_by_persons": [
            {"judgement": j.id, "person": quoted(j.person), "kind": j.kind, "reason": quoted(j.reason, LONG)}
            for j in found.judgements[:MOST_ORIGINS]
        ],
    }


def reasons(store: Store, stood: Stood) -> dict[str, Any]:
    """Why the count is what it is, edge by edge."""
    lines = explain(stood.claim, held_documents(store, stood.claim))
    return {**_head(stood), "why": listed([quoted(line, LONG) for line in lines], MOST_LINES)}


def answers(store: Store, stood: Stood) -> dict[str, Any]:
    """Who answers a claim."""
    found = stood.claim
    held = held_documents(store, found)
    rows = [
        {
            "source": quoted(r.source),
            "stance": r.stance,
            "document": quoted(r.document),
            "says": _said(r.passages, held),
        }
        for r in found.responses
    ]
    denied = None if words.deniers(found) else _no_denial(len(words.documents_of(found)))
    return {**_head(stood), "responses": listed(rows, MOST_LINES), "no_denial": denied}


def reading(found: Reading) -> dict[str, Any]:
    """What was read out of a text: who says what, through whom, and what nobody stands for."""
    text = found.document.text
    seen = xray(found)

    def said(spans: Iterable[tuple[int, int]]) -> dict[str, Any] | None:
        return quoted(" … ".join(text[a:b] for a, b in sorted(spans)), LONG) if spans else None

    return {
        "sentences": seen.sentences,
        "shares": [{"kind": s.kind, "share": round(s.share, 2)} for s in seen.shares],
        "origins": [quoted(o.name) for o in seen.origins.found[:MOST_ORIGINS]],
        "statements": listed(
            [
                {
                    "id": s.id,
                    "speaker": quoted(s.speaker),
                    "channel": quoted(s.channel),
                    "stance": s.stance,
                    "says": said(s.content),
                    "nested_in": s.nested_in,
                }
                for s in found.statements
            ],
            MOST_STATEMENTS,
        ),
        "allegations": listed(
            [
                {
                    "statement": a.statement,
                    "claimant": quoted(a.claimant),
                    "accused": quoted(a.accused),
                    "act": a.act,
                    "victim": quoted(a.victim),
                    "place": quoted(a.place.name) if a.place else None,
                }
                for a in found.allegations
            ],
            MOST_STATEMENTS,
        ),
        "forecasts": listed(
            [
                {
                    "says": quoted(text[f.start : f.end], LONG),
                    "speaker": quoted(f.speaker),
                    "likelihood": f.likelihood,
                    "horizon": quoted(f.horizon),
                }
                for f in found.forecasts
            ],
            MOST_LINES,
        ),
    }


def _head(stood: Stood) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": stood.claim.id,
        "alleged": quoted(stood.claim.proposition, LONG),
        "counts": str(words.strip_of(stood.claim)),
    }
    if stood.day:
        told |= {"as_of": stood.day.isoformat(), "recounted": stood.recounted}
    return told


def _said(passages: Iterable[Passage], held: Mapping[str, Document]) -> list[dict[str, Any]]:
    """The first passages with their words, and where they stand, as a decision names them."""
    out = []
    for p in list(passages)[:2]:
        document = held.get(p.document)
        if document is not None:
            place = {"document": quoted(p.document), "start": p.start, "end": p.end}
            out.append({"passage": place, "words": quoted(document.text[p.start : p.end], LONG)})
    return out


def _no_denial(documents: int) -> str:
    return f"no denial found in {words.counted(documents, 'document')}; that is not assent"


def before_and_after(old: Claim, new: Claim | None) -> dict[str, Any]:
    """A claim that a decision touches."""
    return {
        "id": old.id,
        "alleged": quoted(old.proposition, LONG),
        "before": str(words.strip_of(old)),
        "after": str(words.strip_of(new)) if new else None,
    }
