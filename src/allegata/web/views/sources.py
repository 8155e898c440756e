"""Sources: what goes back to each, what each denies, who passes it on; whose word an outlet passes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from allegata.contract import to_plain
from allegata.library import Library
from allegata.linking.assessments import reliabilities
from allegata.linking.credits import core, fold
from allegata.model import AFFIRMING, Claim
from allegata.runs.assessing import grades
from allegata.store.base import ClaimQuery, Store
from allegata.web import paths, words
from allegata.web.memo import Memo

LOOKED_AT = 2000
"""Claims from which the list of sources is made: those with most documents."""

MOST = 100
"""Claims, outlets or sources in one table."""


def _head(name: str) -> str:
    """The name without those who speak for it: "Government of Pakistan (Sidra Alvi)"."""
    return name.split(" (")[0]


def list_context(store: Store, memo: Memo) -> dict[str, Any]:
    """The sources that most claims go back to."""
    rows, looked = memo.get("sources", lambda: _listed(store))
    return {
        "rows": rows[: 2 * MOST],
        "unshown": max(0, len(rows) - 2 * MOST),
        "looked": looked,
        "limit": LOOKED_AT,
        "twin": paths.sources(twin=True),
    }


def list_json(store: Store, memo: Memo) -> list[dict[str, Any]]:
    return [dict(row) for row in memo.get("sources", lambda: _listed(store))[0]]


def _listed(store: Store) -> tuple[list[dict[str, Any]], int]:
    claims = store.claims(ClaimQuery(limit=LOOKED_AT))
    origins, denials = Counter[str](), Counter[str]()
    kinds: dict[str, str] = {}
    for claim in claims:
        for origin in claim.origins:
            if origin.kind != "unattributed":
                origins[_head(origin.source)] += 1
                kinds.setdefault(_head(origin.source), origin.kind)
        denials.update({_head(r.source) for r in claim.responses if r.stance == "deny"})
    names = sorted(origins.keys() | denials.keys(), key=lambda n: (-origins[n], -denials[n], n.casefold()))
    return [
        {
            "source": n,
            "kind": kinds.get(n),
            "origin_of": origins[n],
            "denies": denials[n],
            "page": paths.source(n),
        }
        for n in names
    ], len(claims)


def _claims(store: Store, name: str) -> list[Claim]:
    """The claims in which a source is heard, or that an outlet of that name carries."""
    return store.claims(ClaimQuery(name, limit=5 * MOST))


def context(store: Store, memo: Memo, name: str) -> dict[str, Any] | None:
    """The page of a source; ``None`` where no claim knows it."""
    del memo
    wanted = fold(name)
    claims = _claims(store, name)
    mine = [c for c in claims if _origin_ids(c, wanted)]
    denied = [
        c for c in claims if any(r.stance == "deny" and fold(_head(r.source)) == wanted for r in c.responses)
    ]
    carried = [c for c in claims if any(_is_outlet(m.outlet, name) for m in c.mentions)]
    if not mine and not denied and not carried:
        return None
    own, borrowed = _own_and_borrowed(carried, name, wanted)
    record = next((r for r in Library(store).forecast_records() if fold(r.source) == wanted), None)
    return {
        "name": _printed(mine, denied, wanted) or name,
        "kind": next((o.kind for c in mine for o in c.origins if fold(_head(o.source)) == wanted), None),
        "members": _members(mine, wanted),
        "origin_of": [(c, words.strip_of(c)) for c in mine[:MOST]],
        "denied": [(c, words.strip_of(c)) for c in denied[:MOST]],
        "passed_on_by": _passed_on_by(mine, wanted, name),
        "own": own,
        "borrowed": borrowed,
        "record": record,
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
        "denies": [c.id for c, _ in found["denied"]],
        "passed_on_by": [{"outlet": o, "documents": n} for o, n in found["passed_on_by"]],
        "own": found["own"],
        "borrowed": [{"source": s, "documents": n} for s, n in found["borrowed"]],
        "forecasts": to_plain(found["record"]) if found["record"] else None,
        "grades": [{**to_plain(k.opinion), "state": k.state} for k in found["graded"]],
    }


def _printed(mine: Iterable[Claim], denied: Iterable[Claim], wanted: str) -> str | None:
    for claim in (*mine, *denied):
        for source in (*(o.source for o in claim.origins), *(r.source for r in claim.responses)):
            if fold(_head(source)) == wanted:
                return _head(source)
    return None


def _origin_ids(claim: Claim, wanted: str) -> set[str]:
    return {o.id for o in claim.origins if fold(_head(o.source)) == wanted and o.kind != "unattributed"}


def _members(mine: Iterable[Claim], wanted: str) -> list[str]:
    found = Counter(
        m
        for c in mine
        for o in c.origins
        if fold(_head(o.source)) == wanted
        for m in o.members
        if fold(m) != wanted
    )
    return [name for name, _ in found.most_common(12)]


def _is_outlet(outlet: str | None, name: str) -> bool:
    return bool(outlet) and core(outlet or "") == core(name)


def _passed_on_by(mine: Iterable[Claim], wanted: str, name: str) -> list[tuple[str, int]]:
    """Outlets whose documents go back to the source, and how many documents."""
    found: Counter[str] = Counter()
    for claim in mine:
        ids = _origin_ids(claim, wanted)
        seen = {(m.document, m.outlet) for m in claim.mentions if ids & set(m.origin_ids)}
        found.update(outlet for _, outlet in seen if outlet and not _is_outlet(outlet, name))
    return found.most_common(MOST)


def _own_and_borrowed(carried: Iterable[Claim], name: str, wanted: str) -> tuple[int, list[tuple[str, int]]]:
    """Of the claims that an outlet put forward: in how many documents from its own access, and from whom it
    had the others."""
    own = 0
    borrowed: Counter[str] = Counter()
    for claim in carried:
        origins = {o.id: _head(o.source) for o in claim.origins}
        for document in {m.document for m in claim.mentions if _is_outlet(m.outlet, name)}:
            ids = {
                i
                for m in claim.mentions
                if m.document == document and m.stance in AFFIRMING
                for i in m.origin_ids
            }
            sources = {origins[i] for i in ids if i in origins}
            own += any(fold(s) == wanted for s in sources)
            borrowed.update(s for s in sources if fold(s) != wanted)
    return own, borrowed.most_common(MOST)
