"""Who answers a Claim, and which documents confirm it with what came from themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from allegata.linking.credits import core
from allegata.linking.identity import Party
from allegata.linking.naming import body_phrases
from allegata.linking.origins import label
from allegata.linking.own_voice import is_check
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Edge, Origin, Response

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
            out.setdefault((party.id, stance), Response(label(party, told), stance, text.id, t.passages))
    return list(out.values())


def _confirms(
    party: Party, text: Text, first: Mapping[str, str], mine: Sequence[Text], accused: frozenset[str]
) -> bool:
    """Whether an origin that says the same as others before it confirms them."""
    if first.get(party.id) != text.id or mine[0].id == text.id:
        return False
    finds_out = any(body_phrases("independent").search(n) for n in (party.name, *party.members))
    return (finds_out and party.kind in ("named_official", "organisation")) or party.id in accused


def _is_relay(text: Text, t: Telling) -> bool:
    """An outlet that says it could not verify what it relays does not respond; one that checks it does."""
    d = text.document
    if d.kind != "article" or not t.names or t.names[0] not in (d.outlet, d.author):
        return t.stance != "deny" and any(n in (d.outlet, d.author) for n in t.names) and not is_check(d)
    return not is_check(d)


def find_circles(
    mine: Sequence[Text], told: Mapping[str, list[Telling]], edges: Sequence[Edge]
) -> list[tuple[str, str]]:
    """Pairs (a, b): b shows as confirmation what leads back to a, where both are of one outlet or party and
    the way leads through others."""
    downstream: dict[str, set[str]] = defaultdict(set)
    for e in edges:
        downstream[e.upstream].add(e.downstream)
    publisher = {t.id: core(t.document.outlet or t.document.author or t.id) for t in mine}
    affirming = {d for d, ts in told.items() if any(t.stance in AFFIRMING for t in ts)}
    out: set[tuple[str, str]] = set()
    for a in publisher:
        todo = [(d, publisher.get(d) != publisher[a]) for d in downstream[a]]
        seen: set[tuple[str, bool]] = set()
        while todo:
            d, away = todo.pop()
            if (d, away) in seen or d not in publisher:
                continue
            seen.add((d, away))
            if away and d != a and publisher[d] == publisher[a] and d in affirming:
                out.add((a, d))
            todo += [(n, away or publisher.get(n) != publisher[a]) for n in downstream[d]]
    return sorted(out | set(_closed_by_party(mine, told)))


def _closed_by_party(mine: Sequence[Text], told: Mapping[str, list[Telling]]) -> Iterable[tuple[str, str]]:
    """A party's own statement that rests on "reports" and names nobody, where all that was told before
    leads back to that party: (where the party first said it, the statement)."""
    first: dict[str, str] = {}
    voices: set[str] = set()
    for text in mine:
        tellings = [t for t in told[text.id] if t.stance in AFFIRMING]
        d = text.document
        by_party = {t.chain[0].id for t in tellings if t.chain and not is_nobody(t.chain[0])}
        rests_on_reports = d.kind == "statement" and any(t.chain and is_nobody(t.chain[0]) for t in tellings)
        if rests_on_reports:
            own = {p for p in voices if p in first and voices == {p}}
            for p in sorted(own):
                if any(x.chain and x.chain[0].id == p for x in tellings) or _publishes(text, p, told):
                    yield first[p], d.id
        voices |= by_party
        for p in by_party:
            first.setdefault(p, d.id)


def _publishes(text: Text, party: str, told: Mapping[str, list[Telling]]) -> bool:
    return any(p.id == party for t in told[text.id] for p in t.chain)
