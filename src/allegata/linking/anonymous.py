"""Which sources without a proper name are one: unnamed voices that share a distinctive phrase, and documents
seen by several outlets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum

from allegata.linking.access import BODY, NUMBERED_PAPER
from allegata.linking.credits import fold
from allegata.linking.parties import Apart, Party, never_apart
from allegata.linking.polarity import Core
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.linking.words import weight, words
from allegata.model import Merge

PHRASE, TURN = 5, 3
"""Words in a row that two people do not choose alike by chance, where they hold something telling: of any
kind, and of such as are neither names nor the Claim's own words."""

TELLING_SUM = 11.0
"""Least sum of background weights (nats) of a phrase that counts as distinctive."""

FACT = 9.0
"""Least sum of the weights of what two descriptions have in common ("nineteen years on the night shift")."""

OFTEN = 0.4
"""Share of a Claim's passages that have a word from which it is of the Claim and describes nobody."""

MOST_SAID = 6000
"""Characters of what one voice says that are compared."""


@dataclass(slots=True)
class _Voice:
    """What an unnamed party says, in phrases, and by what words it is described."""

    party: Party
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)


def join_unnamed(
    mine: Sequence[Text],
    told: Mapping[str, list[Telling]],
    parties: Sequence[Party],
    core: Core,
    apart: Apart = never_apart,
) -> tuple[dict[str, Party], list[Merge]]:
    """Party id -> the party it is counted as, for unnamed parties whose words share a distinctive phrase or
    whose descriptions share a distinctive fact. ``core`` are the words of the Claim, which all use."""
    said = _said(mine)
    claims = {w: v for w, v in core.items() if w in said and v >= OFTEN * weight(w)}
    voices = [_heard(p, mine, told, claims) for p in sorted(parties, key=lambda p: p.id) if p.anonymous]
    out: dict[str, Party] = {}
    merges = []
    for i, v in enumerate(voices):
        for w in voices[:i]:
            reason = None if apart(v.party, w.party) else _one(v, w)
            if reason:
                kept = out.get(w.party.id, w.party)
                out[v.party.id] = kept
                merges.append(Merge(kept.name, v.party.name, *reason))
                break
    return out, merges


def _said(mine: Sequence[Text]) -> set[str]:
    """The words that somebody says: a word that only describes who speaks is none of the Claim's."""
    return {
        w.norm
        for t in mine
        for s in t.reading.statements
        for a, b in s.content
        for w in words(t.document.text[a : min(b, a + MOST_SAID)])
    }


def _one(v: _Voice, w: _Voice) -> tuple[str, float] | None:
    shared = v.phrases & w.phrases
    if shared:
        return f"both say “{' '.join(min(shared))}”", 0.8
    fact = v.described & w.described
    if not v.documents & w.documents and len(fact) > 1 and fsum(map(weight, sorted(fact))) >= FACT:
        return f"both are described with “{', '.join(sorted(fact))}”", 0.7
    return None


def _heard(party: Party, mine: Sequence[Text], told: Mapping[str, list[Telling]], core: Core) -> _Voice:
    voice = _Voice(party)
    names = {fold(n) for n in (party.name, *party.members)}
    for text in mine:
        passages = [x for t in told[text.id] if t.chain and t.chain[0].id == party.id for x in t.passages]
        if not passages:
            continue
        voice.documents.add(text.id)
        body = text.document.text
        own = [s for s in text.reading.statements if s.speaker and fold(s.speaker) in names]
        spans = [(p.start, p.end) for p in passages if p.document == text.id]
        spans += [span for s in own for span in s.content]
        for start, end in dict.fromkeys(spans):
            voice.phrases |= set(_phrases(body[start : min(end, start + MOST_SAID)], core))
        described = [body[a:b] for s in own for a, b in s.source]
        norms = {w.norm for part in (party.name, *described) for w in words(part)}
        voice.described |= {n for n in norms if n not in core and weight(n) > 1.5}
    return voice


def _phrases(said: str, core: Core) -> Iterator[tuple[str, ...]]:
    """The distinctive phrases of what somebody says."""
    found = words(said)
    for size in (PHRASE, TURN):
        for i in range(len(found) - size + 1):
            part = found[i : i + size]
            if size == TURN and any(w.capital or w.norm.isdigit() or w.norm in core for w in part):
                continue
            norms = tuple(w.norm for w in part)
            if fsum(map(weight, norms)) >= TELLING_SUM:
                yield norms


_GROUP = re.compile(
    r"(two|three|four|five|both|2|3|4|5)\s+(?:of\s+)?(?:the\s+|its\s+|their\s+)?(.+)", re.IGNORECASE
)
_SIZE = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}


def each_of(party: Party, name: str) -> list[tuple[str, str]]:
    """(id, name) of each person of an unnamed party: "two officials of the port" are two."""
    m = _GROUP.fullmatch(name) if party.anonymous else None
    if m is None:
        return [(party.id, name)]
    size = _SIZE.get(m.group(1).lower()) or int(m.group(1))
    return [
        (party.id if n == 1 else f"{party.id}/{n}", f"{m.group(2)} ({n} of {size})")
        for n in range(1, size + 1)
    ]


_IDENTIFIER = re.compile(r"\b\w*\d[\w/.-]*\b")


def join_documents(
    parties: Sequence[Party], mine: Sequence[Text], apart: Apart = never_apart
) -> tuple[dict[str, Party], list[Merge]]:
    """Party id -> the document it is counted as. A document is one origin however many outlets saw it: two
    descriptions are one unless both carry a number and the numbers differ. One that is described only is
    called by the number that the texts give it."""
    papers = sorted(
        (p for p in parties if p.kind == "document"), key=lambda p: (not _numbers(p), -len(p.name), p.name)
    )
    out: dict[str, Party] = {}
    merges: list[Merge] = []
    kept: list[Party] = []
    for p in papers:
        numbers = _numbers(p)
        like = (k for k in kept if not numbers or not _numbers(k) or numbers & _numbers(k))
        same = next((k for k in like if not apart(p, k)), None)
        if same is None:
            kept.append(p)
            continue
        out[p.id] = same
        reason = "both carry one number" if numbers else "a document is one origin, however many saw it"
        merges.append(Merge(same.name, p.name, reason, 0.9 if numbers else 0.6))
    name = _numbered(mine)
    if name and len(kept) == 1 and not _numbers(kept[0]):
        called = replace(kept[0], name=name, members=(name, *kept[0].members))
        merges.append(Merge(name, kept[0].name, "the one numbered document that the texts name", 0.6))
        out = {p.id: called for p in papers}
    return out, merges


def _numbered(mine: Sequence[Text]) -> str | None:
    """The numbered document that the texts of a Claim name, where it is one only."""
    named = Counter(n for t in mine for n in set(NUMBERED_PAPER.findall(t.document.text[:BODY])))
    one = len({n.split()[-1] for n in named}) == 1
    return min(named, key=lambda n: (-named[n], n)) if one else None


def _numbers(p: Party) -> set[str]:
    return {n for m in (p.name, *p.members) for n in _IDENTIFIER.findall(m)}
