"""Which parties stand on the accused side of a Claim, whatever verb the accusation has.

Who is named as the doer in what others put forward, and answers it, is accused; who speaks for them, owns
them or serves with them stands on their side. A thing that nobody speaks for is no side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from allegata.linking.access import BODY
from allegata.linking.credits import core, fold
from allegata.linking.naming import country_in
from allegata.linking.parties import Party
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Span

OFTEN = 0.3
"""Share of the documents that put a Claim forward in which a party is named as the doer by somebody else."""

LATE = 0.6
"""How far into what is said a doer is named at the latest, without "by" or a word of blame."""

_BLAMED = re.compile(
    r"\b(?:by|accus\w+|blam\w+|charg(?:ed|es|ing)|suspect\w*|fault(?:ed|s))\s+(?:[\w'’-]+\s+){0,4}$",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"\b(?:in|at|on|of|near|against|from|to|for|with|told|over|outside|inside|between|about|upon|into|towards?)\s+"
    r"(?:(?:the|a|an|its|his|her|their|our)\s+)?(?:[a-z][\w-]*\s+){0,1}$",
    re.IGNORECASE,
)
FORCES = re.compile(
    r"[\w’'-]+\s+(?:\w+\s+)?(?:army|navy|air force|forces|troops|soldiers|military|drones?|warplanes?|"
    r"artillery|"
    r"gunners?|border guards?|coast ?guard|intelligence|police|secret service|agents)\b"
)
"""A country's name before what acts for it: "a drone of the Velmian army"."""
_PROPER = re.compile(r"[A-ZÀ-Þ][\w'’&.-]+(?:\s+(?:of\s+)?[A-ZÀ-Þ0-9][\w'’&.-]*)*")
_FORMS_OF_OWNING = (
    r"{who}[^.;]{{0,60}}\b(?:(?:unit|subsidiary|arm|branch|property|part)\s+of|"
    r"(?:owned|run|operated|controlled|managed|led|commanded|skippered) by|belongs? to)\s+(?:the\s+)?{other}",
    r"{other}[^.;]{{0,40}}\b(?:owns?|owner of|operates?|operator of|runs|parent of|manager of|crew of)\s+"
    r"(?:the\s+)?"
    r"(?:[\w-]+\s){{0,3}}{who}",
    r"{other}['’]s?\s+(?:[\w-]+\s){{0,3}}{who}",
)


@dataclass(slots=True)
class _Figure:
    """A party of the Claim: its names, the documents that name it as the doer, and whether it answers."""

    party: Party
    names: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    answers: bool = False


def find_accused(
    told: Mapping[str, Sequence[Telling]],
    mine: Sequence[Text],
    spans: Mapping[str, Sequence[Span]],
    sides: frozenset[str],
    doers: Iterable[str | None],
) -> frozenset[str]:
    """The party ids of the accused side: the ``sides`` that the accusing verbs name or, where these are none,
    who is named as the doer and answers; and who belongs to them. ``doers`` are the accused as passages
    print them."""
    figures = _figures(told)
    forward = _put_forward(told, mine, spans)
    texts = {t.id: t for t in mine}
    for document, speaker, said in forward:
        for f in figures.values():
            if f.party.id != speaker and _is_doer(said, f):
                f.named.add(document)
    whole = len({d for d, _, _ in forward}) or 1
    accused = {s for s in sides if not s.startswith("anonymous:")}
    if all(s.startswith("actor:") for s in accused):  # whom no verb accuses, or a thing
        accused |= {p for p, f in figures.items() if f.answers and len(f.named) >= OFTEN * whole}
    names = {n for p in accused & figures.keys() for n in figures[p].names if not p.startswith("state:")}
    names |= {core(n) for d in doers if d for n in _PROPER.findall(d)}
    names = {n for n in names if len(n) > 4 and country_in(n.title()) is None}
    for p, f in figures.items():
        if p not in accused and f.answers and _belongs(f, names, told, texts):
            accused.add(p)
    return frozenset(accused)


def _figures(told: Mapping[str, Sequence[Telling]]) -> dict[str, _Figure]:
    out: dict[str, _Figure] = {}
    for ts in told.values():
        for t in ts:
            if not t.chain or t.chain[0].generic or t.chain[0].anonymous:
                continue
            party = t.chain[0]
            if party.kind in ("outlet_own_reporting", "document"):
                continue
            f = out.setdefault(party.id, _Figure(party))
            f.names |= {n for n in map(core, (party.name, *party.members, t.names[0])) if len(n) > 3}
            f.answers |= t.stance in ("deny", "doubt") or t.negated or t.contrary
    return out


def _put_forward(
    told: Mapping[str, Sequence[Telling]], mine: Sequence[Text], spans: Mapping[str, Sequence[Span]]
) -> list[tuple[str, str | None, str]]:
    """(document, speaker's party id, words) of what affirms the Claim."""
    out: list[tuple[str, str | None, str]] = []
    for text in mine:
        body = text.document.text
        for t in told[text.id]:
            if t.stance not in AFFIRMING or t.negated:
                continue
            speaker = t.chain[0].id if t.chain else None
            for p in t.passages:
                out += [
                    (text.id, speaker, body[max(a, p.start) : min(b, p.end)])
                    for a, b in spans[text.id]
                    if a < p.end and p.start < b
                ]
    return out


def _is_doer(said: str, figure: _Figure) -> bool:
    """Whether a passage names a party as the one that acts: early on and not after "in" or "near", after "by"
    or a word of blame, or a country before what acts for it."""
    if figure.party.id.startswith("state:"):
        found = _of_state(said, figure.party.id.removeprefix("state:"))
    else:
        found = _of_names(said, figure)
    return any(
        bool(_BLAMED.search(said[:at]))
        or FORCES.match(said[at:]) is not None
        or (at <= LATE * len(said) and not BESIDE.search(said[:at]))
        for at in found
    )


def _of_names(said: str, figure: _Figure) -> list[int]:
    plain = figure.names if figure.party.kind != "named_person" else {n.split()[-1] for n in figure.names}
    return [m.start() for n in plain for m in _pattern(n).finditer(said)]


def _of_state(said: str, state: str) -> list[int]:
    """Where a country is named, by its name, its people or an invented one's own word."""
    out = []
    for m in re.finditer(r"\b[A-Z][\w’'-]+", said):
        if (country_in(m.group()) or fold(m.group()).removesuffix("n")) in (state, state.lower()):
            out.append(m.start())
    return out


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        r"\b" + r"\W+(?:the\W+|of\W+)*".join(map(re.escape, name.split())) + r"\b", re.IGNORECASE
    )


def _belongs(
    figure: _Figure, names: set[str], told: Mapping[str, Sequence[Telling]], texts: Mapping[str, Text]
) -> bool:
    """Whether a party speaks for one of the named, or is its owner or parent."""
    said: dict[str, set[str]] = defaultdict(set)
    for d, ts in told.items():
        for t in ts:
            if t.chain and t.chain[0].id == figure.party.id:
                said[d].add(t.names[0])
    for d, spoken in said.items():
        for s in texts[d].reading.sources:
            if s.name in spoken and any(
                n in core(f"{s.title or ''} {s.organisation or ''} {s.name}") for n in names
            ):
                return True
    others = [n for n in figure.names if len(n) > 5]
    for text in texts.values():
        body = text.document.text[:BODY].lower()
        for n in names:
            if n not in body:
                continue
            for o in others:
                if o in body and any(
                    re.search(form.format(who=re.escape(n), other=re.escape(o)), body)
                    for form in _FORMS_OF_OWNING
                ):
                    return True
    return False
