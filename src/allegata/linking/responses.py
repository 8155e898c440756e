"""Who answers a Claim, and which documents confirm it with what came from themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from allegata.linking.naming import body_phrases
from allegata.linking.origins import label
from allegata.linking.own_voice import is_check
from allegata.linking.parties import Party
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.texts import Text
from allegata.model import Origin, Response

_RESPONSE = {"deny": "deny", "doubt": "doubt", "confirm": "confirm", "demand": "demand_investigation"}


def find_responses(
    mine: Sequence[Text],
    told: Mapping[str, list[Telling]],
    origins: Sequence[Origin],
    accused: frozenset[str],
) -> list[Response]:
    """Responses once a party and stance, where first carried. A party that asserts the Claim does not respond
    to it, save that one whose business it is to find out (a court, a prosecutor, an inspectorate) or that
    stands on the side of the ``accused`` confirms it where others said it first."""
    asserting = {o.id for o in origins if o.kind != "unattributed"}
    first = {o.id: o.first_document for o in origins}
    out: dict[tuple[str, str], Response] = {}
    for text in mine:
        for t in told[text.id]:
            if not t.chain or is_nobody(t.chain[0]):
                continue
            party = t.chain[0]
            stance = _RESPONSE.get(t.stance)
            if stance is None and _confirms(party, text, first, mine, accused):
                stance = "confirm"
            if stance is None or _is_relay(text, t):
                continue
            if stance != "confirm" and party.id in asserting:
                continue
            if stance != "deny" and (
                party.anonymous
                or (stance == "confirm" and party.kind not in ("named_official", "organisation"))
                or (
                    stance == "doubt" and party.kind == "outlet_own_reporting" and not is_check(text.document)
                )
            ):
                continue
            if re.fullmatch(r"[a-z]+", party.name) and any(s == stance for _, s in out):
                continue  # "the company" where a company has answered by name
            out.setdefault(
                (party.id, stance), Response(label(party, told, (t.stance,)), stance, text.id, t.passages)
            )
    return list(out.values())


def _confirms(
    party: Party, text: Text, first: Mapping[str, str], mine: Sequence[Text], accused: frozenset[str]
) -> bool:
    """Whether an origin that says the same as others before it confirms them."""
    if first.get(party.id) != text.id or mine[0].id == text.id:
        return False
    finds_out = any(body_phrases("independent").search(n) for n in (party.name, *party.members))
    official = party.kind in ("named_official", "organisation")
    return (official and (finds_out or text.document.kind == "statement")) or party.id in accused


def _is_relay(text: Text, t: Telling) -> bool:
    """An outlet that says it could not verify what it relays does not respond; one that checks it does."""
    d = text.document
    if d.kind == "statement":
        return False
    if d.kind != "article" or not t.names or t.names[0] not in (d.outlet, d.author):
        return t.stance != "deny" and any(n in (d.outlet, d.author) for n in t.names) and not is_check(d)
    return not is_check(d)
