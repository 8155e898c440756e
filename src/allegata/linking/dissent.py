"""Who breaks with the body they belong to: a clerk who confirms what the firm denies, an official who admits
what the ministry calls invented. Such a person is a voice of their own, not the body's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from allegata.linking.credits import core
from allegata.linking.parties import Party
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.model import AFFIRMING

_SPEAKS_FOR = re.compile(r"\b(?:spokes\w+|press|media|communications)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Members:
    """The names under which a party is for the Claim at first hand, those under which it denies, and the
    words of its denials: what a body says of a person by name is its answer for them."""

    party: Party
    admitting: set[str] = field(default_factory=set)
    denying: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)


def separate(told: Mapping[str, Sequence[Telling]], mine: Sequence[Text]) -> dict[str, list[Telling]]:
    """The tellings with those persons under a party of their own who put the Claim forward, at first hand or
    as an admission, where their body denies it under other names."""
    people = _people(mine)
    own: dict[tuple[str, str], Party] = {}
    for party_id, members in _parties(told, {t.id: t for t in mine}).items():
        for name in sorted(members.admitting - members.denying):
            surname = core(name).split()[-1:]
            itself = not set(core(name).split()) - set(core(members.party.name).split())
            if name in people and not itself and not members.denied.intersection(surname):
                country = members.party.country
                own[party_id, name] = Party(f"person:{core(name)}", name, "named_person", (name,), country)
    return {d: [_apart(t, own) for t in ts] for d, ts in told.items()}


def _people(mine: Sequence[Text]) -> set[str]:
    """Names of persons who are nobody's mouthpiece."""
    titles: dict[str, str] = defaultdict(str)
    for text in mine:
        for s in text.reading.sources:
            if s.kind == "person":
                titles[s.name] += f" {s.title or ''}"
    return {name for name, title in titles.items() if not _SPEAKS_FOR.search(title)}


def _parties(told: Mapping[str, Sequence[Telling]], texts: Mapping[str, Text]) -> dict[str, _Members]:
    """The parties that deny the Claim under one name at least and are for it under another."""
    found: dict[str, _Members] = {}
    for ts in told.values():
        for t in ts:
            if not t.chain or t.chain[0].generic or t.chain[0].anonymous:
                continue
            members = found.setdefault(t.chain[0].id, _Members(t.chain[0]))
            if t.stance == "deny" or t.negated:
                members.denying.add(t.names[0])
                said = (texts[p.document].document.text[p.start : p.end] for p in t.passages)
                members.denied.update(w for passage in said for w in core(passage).split())
            elif t.stance in AFFIRMING and (t.admits or (t.own and not t.chain[0].id.startswith("state:"))):
                members.admitting.add(t.names[0])
    return {p: m for p, m in found.items() if m.denying and m.admitting}


def _apart(t: Telling, own: Mapping[tuple[str, str], Party]) -> Telling:
    person = own.get((t.chain[0].id, t.names[0])) if t.chain else None
    return replace(t, chain=(person, *t.chain[1:])) if person else t
