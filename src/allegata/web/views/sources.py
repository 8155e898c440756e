"""Sources: what goes back to each, what each denies, who passes it on; whose word an outlet passes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allegata.contract import to_plain
from allegata.library import Library
from allegata.linking.assessments import reliabilities
from allegata.linking.credits import fold
from allegata.runs.assessing import grades
from allegata.store.base import Store, Tied
from allegata.store.ties import source_key
from allegata.web import paths, words
from allegata.web.memo import Memo

MOST = 100
"""Outlets or sources in one table."""
SHOWN = 12
"""Claims of a source that its page shows; the list of claims has all."""
BAR = 300.0
"""Width of the bar of own and borrowed, in units of its drawing."""


def list_context(store: Store, memo: Memo) -> dict[str, Any]:
    """The sources that most claims go back to."""
    rows = memo.get("sources", lambda: _listed(store))
    return {"rows": rows, "most": 2 * MOST, "twin": paths.sources(twin=True), "table": paths.table("sources")}


def list_json(store: Store, memo: Memo) -> list[dict[str, Any]]:
    return [dict(row) for row in memo.get("sources", lambda: _listed(store))]


def _listed(store: Store) -> list[dict[str, Any]]:
    held = {t.name: t.claims for t in store.greatest("origin", 2 * MOST)}
    answering = [t.name for t in store.greatest("answer", MOST) if t.name not in held]
    rows = []
    for name in (*held, *answering):
        denies = store.count_tied("answer", name, other="deny")
        if name in held or denies:
            kinds = store.tied("origin", name, 1)
            rows.append(
                {
                    "source": name,
                    "kind": kinds[0].name if kinds else None,
                    "answers": [] if kinds else _answers(store, name),
                    "origin_of": held.get(name, 0),
                    "denies": denies,
                    "page": paths.source(name),
                }
            )
    return rows


def _answers(store: Store, name: str) -> list[str]:
    """How somebody answers claims who is an origin of none, what is most first."""
    return [t.name for t in store.tied("answer", name, 20)]


def context(store: Store, memo: Memo, name: str) -> dict[str, Any] | None:
    """The page of a source; ``None`` where no claim knows it."""
    del memo
    heard = store.tied("heard", name, MOST)
    own, borrowed = _own_and_borrowed(heard, name)
    passed = [t for t in store.tied("heard", name, MOST, turned=True) if not _same(t.name, name)]
    kinds = store.tied("origin", name, 3)
    withdrawn = store.tied("withdrawn", name, 3)
    answers = store.tied("answer", name, 20)
    if not (heard or passed or kinds or withdrawn or answers):
        return None
    record = next((r for r in Library(store).forecast_records() if fold(r.source) == fold(name)), None)
    kind = next((t.name for t in (*kinds, *withdrawn)), None)
    return {
        "name": store.spelling(name) or name,
        "kind": kind,
        "members": [t.name for t in store.tied("speaks", name, 12)],
        "origin_of": _cards(store, store.claims_tied("origin", name, SHOWN)),
        "origins": store.count_tied("origin", name),
        "withdrew": _cards(store, store.claims_tied("withdrawn", name, SHOWN)),
        "withdrawals": store.count_tied("withdrawn", name),
        "denied": _cards(store, store.claims_tied("answer", name, SHOWN, other="deny")),
        "denials": store.count_tied("answer", name, other="deny"),
        "answers": [(t.name, t.claims) for t in answers],
        "passed_on_by": [(t.name, t.documents) for t in passed],
        "own": own,
        "borrowed": borrowed,
        "bar": _bar(own, borrowed),
        "copies": [(t.name, t.documents) for t in store.tied("took", name, MOST)],
        "copied_by": [(t.name, t.documents) for t in store.tied("took", name, MOST, turned=True)],
        "record": record,
        "is_actor": store.spelling(name, party=True) is not None,
        "graded": grades(store, name),
        "reliabilities": reliabilities(),
        "twin": paths.source(name, twin=True),
    }


def plain(store: Store, memo: Memo, name: str) -> dict[str, Any] | None:
    found = context(store, memo, name)
    if found is None:
        return None
    return {
        "source": found["name"],
        "kind": found["kind"],
        "members": found["members"],
        "origin_of": [c.id for c, _ in found["origin_of"]],
        "origin_of_total": found["origins"],
        "withdrew": [c.id for c, _ in found["withdrew"]],
        "denies": [c.id for c, _ in found["denied"]],
        "denies_total": found["denials"],
        "responses": [{"stance": s, "claims": n} for s, n in found["answers"]],
        "passed_on_by": [{"outlet": o, "documents": n} for o, n in found["passed_on_by"]],
        "own": found["own"],
        "borrowed": [{"source": s, "documents": n} for s, n in found["borrowed"]],
        "copies": [{"outlet": o, "documents": n} for o, n in found["copies"]],
        "copied_by": [{"outlet": o, "documents": n} for o, n in found["copied_by"]],
        "forecasts": to_plain(found["record"]) if found["record"] else None,
        "grades": [{**to_plain(k.opinion), "state": k.state} for k in found["graded"]],
    }


def _cards(store: Store, ids: Sequence[str]) -> list[tuple[Any, words.Strip]]:
    """What a list shows of claims, in the order of their ids."""
    held = store.cards_of(ids)
    return [(held[i], words.strip_of(held[i])) for i in ids if i in held]


def _same(one: str, other: str) -> bool:
    return source_key(one) == source_key(other)


def _own_and_borrowed(heard: Sequence[Tied], name: str) -> tuple[int, list[tuple[str, int]]]:
    """Of the claims that an outlet put forward: in how many documents from its own access, and from whom it
    had the others."""
    own = sum(t.documents for t in heard if _same(t.name, name))
    return own, [(t.name, t.documents) for t in heard if not _same(t.name, name)]


def _bar(own: int, borrowed: Sequence[tuple[str, int]]) -> tuple[float, int] | None:
    """(width of its own part, its per cent); ``None`` where there is nothing to divide."""
    whole = own + sum(n for _, n in borrowed)
    return (round(BAR * own / whole, 1), round(100 * own / whole)) if whole else None
