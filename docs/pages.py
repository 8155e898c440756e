"""Every page that there is, with an address in a given store: what the pictures and the tests go through."""

from __future__ import annotations

import json
import re

from allegata.model import Claim
from allegata.store.base import Store
from allegata.web import paths
from allegata.web.rights import LEAST
from allegata.web.views import dyads

MORE = {
    "claims, nothing found": "/?q=zeppelin",
    "claims, filtered": "/?act=AID&sort=newest",
    "inbox, all": "/inbox?show=all",
    "situation, all": "/situation?since=2020-01-01",
    "not found": "/nothing",
}
"""Pages in another state, by what they are called."""

SIGNED_IN = {"/sign-in", "/sign-out", "/users"}
"""Pages of those who have to sign in."""

_FILE = re.compile(r"\.(?:json|csv|\{form\})$")
_BLANK = re.compile(r"\{(\w+)(?::\w+)?\}")


def every_page(store: Store, claim: Claim) -> dict[str, str]:
    """What a page is called -> its address. Every route of the site is in it, as far as the store has what it
    shows and `values` fills its blanks; files and the pages of those who have to sign in are not."""
    known = values(store, claim)
    found = {}
    for route in routes():
        filled = _fill(route, known)
        if filled is not None:
            found[called(route)] = filled
    edge = next(((e.downstream, e.upstream) for e in claim.edges if e.upstream in claim.documents), None)
    if edge is None:
        found.pop("judgements, new", None)
    else:
        asked = [("kind", "edge"), ("subject", json.dumps(edge)), ("value", "no"), ("claim", claim.id)]
        found["judgements, new"] = paths.judging(asked)
    return found | MORE


def routes() -> list[str]:
    """The routes of pages, as `rights` has them."""
    others = {"/static", "/healthz", "/claims", "/claims/found"}  # one leads on, one is a part of a page
    return sorted(
        path
        for method, path in LEAST
        if method == "GET"
        and path not in others | SIGNED_IN
        and not _FILE.search(path)
        and not path.startswith("/api/v1/")
    )


def values(store: Store, claim: Claim) -> dict[str, str | None]:
    """What stands in an address after a word: "claims" -> an id. ``None`` where the store has none."""
    pair = next((r["names"] for r in dyads.list_context(store)["rows"]), (None, None))
    watch = next((w.name for w in store.watches()), None)
    judgement = next((str(j.id) for j in store.judgements() if j.undoes is None), None)
    origin = next((o for o in claim.origins if o.kind != "unattributed"), None)
    edge = next((n for n, e in enumerate(claim.edges, 1) if e.inferred), 1)
    named: dict[str, str | None] = {
        "claims": claim.id,
        "edges": str(edge) if claim.edges else None,
        "mentions": claim.documents[0],
        "documents": claim.documents[0],
        "readings": claim.documents[0],
        "readings, second": "1",
        "dyads": pair[0],
        "dyads, second": pair[1],
        "sources": origin.source.split(" (")[0] if origin else None,
        "actors": claim.accused or claim.accuser,
        "watches": watch,
        "judgements": judgement,
    }
    return {word: value if value is None else paths.encode(value) for word, value in named.items()}


def _fill(route: str, known: dict[str, str | None]) -> str | None:
    parts: list[str] = []
    word = ""
    for part in route.split("/"):
        blank = _BLANK.fullmatch(part)
        if blank is None:
            word = part or word
            parts.append(part)
            continue
        value = known.get(f"{word}, second" if parts[-1] != word else word)
        if value is None:
            return None
        parts.append(value)
    return "/".join(parts)


def called(route: str) -> str:
    """ "/claims/{name}/edges/{number}" -> "claims, one, edges, one"."""
    words = [_BLANK.sub("one", part) for part in route.strip("/").split("/")]
    return ", ".join(words) if route != "/" else "claims"
