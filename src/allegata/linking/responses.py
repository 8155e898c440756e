"""Who answers a Claim, and which documents confirm it with what came from themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping, Sequence
from functools import lru_cache

from allegata.linking.credits import core
from allegata.linking.naming import body_phrases
from allegata.linking.origins import label
from allegata.linking.own_voice import checks, is_check
from allegata.linking.parties import Party
from allegata.linking.stories import is_far
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Origin, Response
from allegata.vocab import load

_RESPONSE = {"deny": "deny", "doubt": "doubt", "confirm": "confirm", "demand": "demand_investigation"}

BODIES = ("named_official", "organisation")
"""Kinds of `Party` that answer for more than themselves."""


def find_responses(
    mine: Sequence[Text],
    told: Mapping[str, list[Telling]],
    origins: Sequence[Origin],
    accused: frozenset[str],
    beside: Container[Telling] = (),
) -> list[Response]:
    """Responses once a party and stance, where first carried. Once a party asserts the Claim, it does not
    respond to it, save that one whose business it is to find out (a court, a prosecutor, an inspectorate),
    that admits it or that stands on the side of the ``accused`` confirms it where others said it first.
    Tellings ``beside`` the matter answer nothing."""
    bodies = any(o.kind in BODIES for o in origins)
    first = {o.id: o.first_document for o in origins}
    places = {t.id: n for n, t in enumerate(mine)}
    asserting = {o.id: places[o.first_document] for o in origins if o.kind != "unattributed"}
    out: dict[tuple[str, str], Response] = {}
    heard: dict[tuple[str, str], set[str]] = {}
    for at, text in enumerate(mine):
        for t in told[text.id]:
            if not t.chain or is_nobody(t.chain[0]) or t.beside or t in beside:
                continue
            party = t.chain[0]
            stance = _RESPONSE.get(t.stance)
            heard_here = first.get(party.id) == text.id or (t.admits and party.id in first)
            later = text.id != mine[0].id and heard_here
            if stance is None and later and _confirms(t, accused):
                stance = "confirm"
            if stance is None or _is_relay(text, t):
                continue
            if stance != "confirm" and at >= asserting.get(party.id, len(mine)):
                continue
            if not _may_respond(t, stance, text) or (stance == "doubt" and not _was_told(text, mine, told)):
                continue
            if re.fullmatch(r"[a-z]+", party.name) and (bodies or any(s == stance for _, s in out)):
                continue  # "the company" where a company has answered or said it by name
            names = _names(party) | {_plain(t.names[0])}
            if any(s == stance and names & known for (_, s), known in heard.items()):
                continue  # one person, or one body, that other pages place elsewhere
            heard[party.id, stance] = names
            out[party.id, stance] = Response(label(party, told, (t.stance,)), stance, text.id, t.passages)
    return _without_bare(out, {t.id for t in mine if t.when is None})


def _without_bare(found: Mapping[tuple[str, str], Response], undated: Container[str]) -> list[Response]:
    """The responses without those of nobody further described ("officials"), in ``undated`` documents, where
    somebody else said the same: they are who it was."""
    named = {stance for (party, stance) in found if not party.startswith("anonymous:")}
    return [
        r
        for (party, stance), r in found.items()
        if not (
            party.startswith("anonymous:")
            and stance in named
            and r.document in undated
            and _is_bare(r.source)
        )
    ]


def _is_bare(description: str) -> bool:
    """Whether a description has no name of a place or a body: "health officials"."""
    first = description.split()[0]
    return not re.search(r"\b[A-Z]", description[1:]) and not body_phrases("government").search(first)


def _names(party: Party) -> set[str]:
    """A party's names as they are compared."""
    return {_plain(n) for n in (party.name, *party.members) if _plain(n)}


def _plain(name: str) -> str:
    return core(name).replace("isation", "ization")


def _confirms(t: Telling, accused: Collection[str]) -> bool:
    """Whether an origin that says the same as others before it confirms them. What somebody without a name
    says of a court is not yet the court's word."""
    party = t.chain[0]
    if any(p.anonymous or p.kind == "named_person" for p in t.chain[1:]):
        return False
    return t.admits or party.id in accused or (party.kind in BODIES and _finds_out(t.names[0], party))


def _finds_out(name: str, party: Party) -> bool:
    """Whether it is somebody's business to find out what happened, by the name under which they speak."""
    spoken = (name, *party.members) if party.kind != "named_official" else (name, party.name)
    return any(body_phrases("independent").search(n) or _investigators().search(n) for n in spoken)


@lru_cache(maxsize=1)
def _investigators() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, load('citations')['voices']['investigators']))})\b", re.I
    )


def _may_respond(t: Telling, stance: str, text: Text) -> bool:
    """Whether a party can have such a stance: a picture has none, an outlet doubts where it checks, and who
    has no name is heard only where they deny."""
    party = t.chain[0]
    if stance == "deny":  # an outlet denies on its own page, or where checking is its business
        own = t.names[0] in (text.document.outlet, text.document.author)
        return party.kind != "outlet_own_reporting" or own or checks(t.names[0]) or _found_out(t, text)
    if party.anonymous or party.kind == "document":
        return False
    if stance == "confirm":
        return party.kind in BODIES or t.admits
    return stance != "doubt" or party.kind != "outlet_own_reporting" or is_check(text.document)


_FOUND_OUT = re.compile(
    r"\b(?:investigation|analysis|verification|review|fact[- ]check|inquiry) by\b"
    r"|\b(?:investigated|verified|debunked|geolocated|analy[sz]ed|traced)\b",
    re.IGNORECASE,
)


def _found_out(t: Telling, text: Text) -> bool:
    """Whether an outlet is said to have looked into the matter itself."""
    return any(_FOUND_OUT.search(text.document.text[p.start : p.end]) for p in t.passages)


def _was_told(text: Text, mine: Sequence[Text], told: Mapping[str, Sequence[Telling]]) -> bool:
    """Whether what a text doubts was told in its own days: a fact-check that calls up an old report, to show
    where a picture comes from, does not doubt that one."""
    return not is_check(text.document) or any(
        other.id != text.id and not is_far(other, text) and any(t.stance in AFFIRMING for t in told[other.id])
        for other in mine
    )


def _is_relay(text: Text, t: Telling) -> bool:
    """An outlet that says it could not verify what it relays does not respond; one that checks it does."""
    d = text.document
    if d.kind == "statement":
        return False
    speaks_itself = bool(t.names) and t.names[0] in (d.outlet, d.author)
    if d.kind != "article" or not speaks_itself:
        return t.stance != "deny" and speaks_itself and not is_check(d)
    return not is_check(d)
