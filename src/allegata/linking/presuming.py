"""What a Document rests on where it names only who passed the Claim on: "the Courier reports", "local media
say"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from math import fsum

from allegata.linking.parties import Apart, Party, never_apart
from allegata.linking.polarity import Core, refutes
from allegata.linking.provenance import Roots
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.texts import Text
from allegata.linking.topic import Topic
from allegata.linking.voices import head
from allegata.linking.words import words
from allegata.model import AFFIRMING, Merge, Passage
from allegata.vocab import load

Told = Mapping[str, Sequence[Telling]]


def behind(told: Sequence[Telling], relevant: Sequence[Telling]) -> list[Telling]:
    """The tellings of a Document that say whom it has the Claim from: those of the passages that state it;
    where these name nobody, those of its other passages on the matter (``relevant``)."""
    if any(_names(t) for t in told):
        return list(told)
    return [*told, *(t for t in relevant if _names(t))]


NEARLY = 0.3
"""Share of the weight of a Claim's words that a passage has which speaks of the very matter."""


def on_the_matter(tellings: Sequence[Telling], text: Text, core: Core) -> list[Telling]:
    """Those tellings of a Document of which the passages have many of the Claim's words."""
    least = NEARLY * fsum(core.values())

    def share(t: Telling) -> float:
        said = " ".join(text.document.text[p.start : p.end] for p in t.passages)
        return fsum(core.get(w, 0.0) for w in sorted({w.norm for w in words(said)}))

    return [t for t in tellings if share(t) >= least]


def _names(t: Telling) -> bool:
    return t.stance in AFFIRMING and bool(t.chain) and not is_nobody(t.chain[0])


FEW = 2
"""Documents that have it from nameless media alone, from which these are one origin."""

LITTLE = 0.45
"""Share of the score of what is said closest to the Claim under which a party speaks of something else."""


def beside_the_matter(told: Told, texts: Sequence[Text], topic: Topic) -> frozenset[str]:
    """Ids of the parties that say nothing close to the Claim in any Document: experts on the background,
    people moved by it. Who was there speaks of the matter, in however few words."""
    by_id = {t.id: t for t in texts}
    closest: dict[str, float] = {}
    for document, ts in told.items():
        for t in ts:
            if _names(t):
                score = max((topic.score(_sentence(by_id[document], p)) for p in t.passages), default=0.0)
                closest[t.chain[0].id] = max(closest.get(t.chain[0].id, 0.0), score)
    best = max(closest.values(), default=0.0)
    there = {t.chain[0].id for ts in told.values() for t in ts if _names(t) and _was_there(t.chain[0])}
    return frozenset(p for p, score in closest.items() if score < LITTLE * best and p not in there)


def _was_there(party: Party) -> bool:
    return party.anonymous and head(party.name) in load("citations")["voices"]["present"]


def denials_of_less(
    told: Told, texts: Sequence[Text], topic: Topic, undated: Container[str]
) -> frozenset[Telling]:
    """Negations in ``undated`` Documents that are of something else than the Claim: neither near it in words
    nor with a word that refutes."""
    by_id = {t.id: t for t in texts}
    scored = [(t, " ".join(_sentence(by_id[d], p) for p in t.passages)) for d, ts in told.items() for t in ts]
    best = max((topic.score(said) for _, said in scored), default=0.0)
    return frozenset(
        t
        for t, said in scored
        if t.stance == "deny"
        and t.negated
        and t.document in undated
        and topic.score(said) < LITTLE * best
        and not refutes(said)
    )


def _sentence(text: Text, passage: Passage) -> str:
    """A passage with the sentences that it is part of."""
    spans = [
        (s.start, s.end) for s in text.reading.sentences if s.start < passage.end and passage.start < s.end
    ]
    start = min((a for a, _ in spans), default=passage.start)
    end = max((b for _, b in spans), default=passage.end)
    return text.document.text[min(start, passage.start) : max(end, passage.end)]


def presume(
    roots: Roots,
    told: Told,
    parties: Mapping[str, Party],
    undated: Container[str],
    beside: Container[str],
    apart: Apart = never_apart,
) -> tuple[Roots, Mapping[str, Party], list[Merge]]:
    """Roots of the ``undated`` Documents without outlets that only pass on and parties that speak ``beside``
    the matter. In a Document that names a source too they are no root of it; one that names nobody else
    rests on the source that most Documents of the Claim lead back to, or on nameless media together where
    more name these alone. What is presumed so is a `Merge` with its reason; the parties come with it. Where
    times are known, they say who was first."""
    first_hand = {t.chain[0].id for ts in told.values() for t in ts if t.own and t.chain}
    relays = {
        p.id
        for p in parties.values()
        if p.id in beside or (p.kind == "outlet_own_reporting" and p.id not in first_hand)
    }
    sources = {p for p in parties if p not in relays and not is_nobody(parties[p])}
    posted = _posted(roots, parties, sources)
    relays |= posted
    sources -= posted
    held = Counter(r for rs in roots.reached.values() for r in rs & sources)
    main = min(held, key=lambda r: (-held[r], r), default=None)
    media = _nameless_media(
        {d: told[d] for d, rs in roots.reached.items() if d in undated and not rs & sources}
    )
    if media and (main is None or held[main] < media[1]):
        parties = {**parties, media[0].id: media[0]}
        if main is None or held[main] < FEW:
            main = media[0].id
    else:
        media = None
    if main:
        relays = {p for p in relays if not apart(parties[main], parties[p])}
    reached: dict[str, frozenset[str]] = {}
    merges: dict[str, Merge] = {}
    for document, rs in roots.reached.items():
        known = rs & sources
        if document not in undated:
            reached[document] = rs
        elif known:
            reached[document] = rs - relays
            if media and _credits_media(told[document]):
                reached[document] |= {media[0].id}
        elif media and _credits_media(told[document]):
            reached[document] = frozenset({media[0].id})
        elif main and (rs <= relays or _credits_nobody(told[document])):
            reached[document] = frozenset({main})
            for r in sorted(rs & relays):
                merges[r] = _merge(parties[main], parties[r], beside)
        else:
            reached[document] = rs
    return replace(roots, reached=reached), parties, list(merges.values())


def _credits_media(tellings: Sequence[Telling]) -> bool:
    return any(is_nobody(t.chain[0]) for t in tellings if t.chain and t.stance in AFFIRMING)


def _nameless_media(told: Told) -> tuple[Party, int] | None:
    """Those whom Documents without any other source credit ("local reports say"), as one voice under the name
    that most give them, and how many Documents that are."""
    named = Counter[str]()
    parties: dict[str, Party] = {}
    documents = 0
    for ts in told.values():
        nameless = {t.chain[0].id: t.chain[0] for t in ts if t.stance in AFFIRMING and t.chain}
        nameless = {i: p for i, p in nameless.items() if is_nobody(p)}
        parties |= nameless
        named.update(nameless.keys())
        documents += bool(nameless)
    if documents < FEW:
        return None
    most = min(named, key=lambda p: (-named[p], len(p), p))
    return replace(parties[most], kind="anonymous", generic=False), documents


def _posted(roots: Roots, parties: Mapping[str, Party], sources: Container[str]) -> set[str]:
    """The pictures that no Document rests on alone: whoever is named beside them took or posted them."""
    pictures = {p for p in parties if parties[p].kind == "document" and head(parties[p].name) in _pictures()}
    alone = {
        p
        for rs in roots.reached.values()
        if not any(r in sources for r in rs - pictures)
        for p in rs & pictures
    }
    return pictures - alone


def _pictures() -> frozenset[str]:
    return frozenset(load("citations")["platforms"]["pictures"])


def _credits_nobody(tellings: Sequence[Telling]) -> bool:
    carried = [t for t in tellings if t.stance in AFFIRMING and t.chain]
    return bool(carried) and all(is_nobody(t.chain[0]) for t in carried)


def _merge(main: Party, relay: Party, beside: Container[str]) -> Merge:
    what = (
        f"what {relay.name} says is less than that"
        if relay.id in beside
        else f"no text says where {relay.name} had it"
    )
    return Merge(main.name, relay.name, f"{what}, and most have it from {main.name}", 0.5)
