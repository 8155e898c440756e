"""Addresses of the pages. An id is whatever the input gave, so it is spelled so that no browser changes it.

Every byte that is not a letter, a digit, "-" or "_" becomes "~" and two hexadecimal digits: an id such as
"a/../b.json" stays one path segment and is never taken for a folder or for a page's JSON twin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_CODED = re.compile(r"(?:~[0-9A-F]{2})+")


@lru_cache(maxsize=20_000)
def encode(name: str) -> str:
    return "".join(chr(b) if b in _PLAIN else f"~{b:02X}" for b in name.encode("utf-8", "surrogatepass"))


def decode(segment: str) -> str:
    """The inverse of `encode`; anything else, a path typed by hand say, stays as it is."""

    def character(match: re.Match[str]) -> str:
        try:
            return bytes.fromhex(match[0].replace("~", "")).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return match[0]

    return _CODED.sub(character, segment)


def claims(params: Iterable[tuple[str, str]] = (), twin: bool = False) -> str:
    return ("/claims.json" if twin else "/") + _query(params)


def claim_list_table(params: Iterable[tuple[str, str]] = ()) -> str:
    """What a search finds as CSV."""
    return table("claims", params)


def table(name: str, params: Iterable[tuple[str, str]] = ()) -> str:
    """The twin of a list as CSV."""
    return f"/{name}.csv{_query(params)}"


def comparing(params: Iterable[tuple[str, str]] = (), twin: bool = False) -> str:
    """Claims beside each other."""
    return _page("claims/compare", params, twin)


def new_watch(params: Iterable[tuple[str, str]] = ()) -> str:
    """The form to watch what a search finds."""
    return _page("claims/watch", params, False)


def claim(claim_id: str, twin: bool = False, params: Iterable[tuple[str, str]] = ()) -> str:
    return _page(f"claims/{encode(claim_id)}", params, twin)


def claim_table(claim_id: str, params: Iterable[tuple[str, str]] = ()) -> str:
    """The mentions of a Claim as CSV."""
    return f"/claims/{encode(claim_id)}.csv{_query(params)}"


def edge(claim_id: str, number: int, twin: bool = False, params: Iterable[tuple[str, str]] = ()) -> str:
    """The page of the evidence for one edge; edges of a Claim are numbered from 1."""
    return _page(f"claims/{encode(claim_id)}/edges/{number}", params, twin)


def assessing(claim_id: str) -> str:
    return f"/claims/{encode(claim_id)}/assessments"


def grading(source_name: str, twin: bool = False) -> str:
    """What persons say of how reliable a source is, and the form to say so."""
    return f"/sources/{encode(source_name)}/grades" + (".json" if twin else "")


def document(
    document_id: str,
    at: tuple[int, int] | None = None,
    version: int | None = None,
    twin: bool = False,
    against: int | None = None,
) -> str:
    """The X-ray of a document, opened at a passage where one is given."""
    passage = f"{at[0]}-{at[1]}" if at is not None else None
    given = (("version", version), ("against", against), ("at", passage))
    query = "&".join(f"{name}={value}" for name, value in given if value is not None)  # nothing to encode
    anchor = "#at" if at is not None and not twin else ""
    return f"/documents/{encode(document_id)}" + (".json" if twin else "") + (query and f"?{query}") + anchor


def _page(name: str, params: Iterable[tuple[str, str]], twin: bool) -> str:
    return f"/{name}" + (".json" if twin else "") + _query(params)


def _query(params: Iterable[tuple[str, str]]) -> str:
    listed = list(params)  # most addresses have none, and a page has hundreds of them
    return f"?{urlencode(listed)}" if listed else ""


def situation(params: Iterable[tuple[str, str]] = (), twin: bool = False) -> str:
    return _page("situation", params, twin)


def dyads(params: Iterable[tuple[str, str]] = (), twin: bool = False) -> str:
    return _page("dyads", params, twin)


def dyad(first: str, second: str, twin: bool = False) -> str:
    """Both directions of two parties, whichever is named first."""
    return f"/dyads/{encode(first)}/{encode(second)}" + (".json" if twin else "")


def actor(name: str, twin: bool = False) -> str:
    """What a party says of others, and others of it."""
    return f"/actors/{encode(name)}" + (".json" if twin else "")


def map_page(params: Iterable[tuple[str, str]] = (), form: str = "") -> str:
    """The map, or with ``form`` ("json", "csv") its lists."""
    return f"/map{'.' if form else ''}{form}{_query(params)}"


def forecasts(twin: bool = False) -> str:
    return _page("forecasts", (), twin)


def watches(twin: bool = False) -> str:
    return _page("watches", (), twin)


def watch(name: str, twin: bool = False, params: Iterable[tuple[str, str]] = ()) -> str:
    return _page(f"watches/{encode(name)}", params, twin)


def inbox(params: Iterable[tuple[str, str]] = (), twin: bool = False) -> str:
    """What all watches found."""
    return _page("inbox", params, twin)


def feeds(twin: bool = False) -> str:
    return _page("feeds", (), twin)


def source(name: str, twin: bool = False) -> str:
    """What a source said, and whose word it passed on."""
    return f"/sources/{encode(name)}" + (".json" if twin else "")


def method() -> str:
    return "/method"


def sources(twin: bool = False) -> str:
    return _page("sources", (), twin)


def mention(claim_id: str, document_id: str, twin: bool = False) -> str:
    """A document as one of those that tell a Claim."""
    return f"/claims/{encode(claim_id)}/mentions/{encode(document_id)}" + (".json" if twin else "")


def judgements(params: Iterable[tuple[str, str]] = (), twin: bool = False) -> str:
    """What persons decided; filters in ``params``."""
    return _page("judgements", params, twin)


def review(params: Iterable[tuple[str, str]] = (), twin: bool = False) -> str:
    """The questions to decide; which, and from where on, in ``params``."""
    return _page("review", params, twin)


def correcting(document_id: str, number: int) -> str:
    """Where a statement is put right, by its number as the machine read it."""
    return f"/readings/{encode(document_id)}/{number}"


def missed(document_id: str, at: tuple[int, int]) -> str:
    """Where a statement is added that the machine missed."""
    return f"{correcting(document_id, 0)}?at={at[0]}-{at[1]}"


def judging(params: Iterable[tuple[str, str]], twin: bool = False) -> str:
    """What a decision would change, and the form to make it."""
    return _page("judgements/new", params, twin)


def undoing(number: int, claim_id: str | None = None, twin: bool = False) -> str:
    """What taking back a Judgement would change, and the form to do it."""
    return _page(f"judgements/{number}/undo", [("claim", claim_id)] if claim_id else (), twin)
