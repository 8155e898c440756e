"""Where decisions of persons (`decisions`) take hold in linking: which passages are one Claim, whose origin
is its own, who had it from whom. What they change says who decided it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from allegata.linking.credits import fold
from allegata.linking.decisions import DECIDED, Decisions, Passages, touches
from allegata.linking.parties import Party
from allegata.linking.proposals import Proposal
from allegata.linking.spots import Spot
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.texts import Text
from allegata.linking.wording import said_by
from allegata.model import AFFIRMING, Edge, Judgement, Passage, Span


def own_voices(
    told: Mapping[str, list[Telling]],
    texts: Iterable[Text],
    spans: Mapping[str, Sequence[Span]],
    decisions: Decisions,
) -> tuple[dict[str, list[Telling]], dict[str, Judgement]]:
    """The tellings, those of documents that a person gave an origin of their own with a party of their own;
    and the documents concerned, each with the Judgement. An edge drawn since into such a document outranks
    it."""
    out = dict(told)
    concerned: dict[str, Judgement] = {}
    for text in texts:
        judgement = decisions.own_origin(text.id, spans[text.id])
        if judgement and _is_fed_since(text.id, judgement, spans, decisions):
            continue
        if judgement and any(t.stance in AFFIRMING for t in out.get(text.id, ())):
            concerned[text.id] = judgement
            out[text.id] = [_apart(t, text) if t.stance in AFFIRMING else t for t in out[text.id]]
    return out, concerned


def _is_fed_since(
    document: str, judgement: Judgement, documents: Iterable[str], decisions: Decisions
) -> bool:
    return any(
        e.drawn and e.downstream == document and e.upstream in documents and e.judgement.id > judgement.id
        for e in decisions.edges
    )


def _apart(t: Telling, text: Text) -> Telling:
    key = f"{DECIDED}{text.id}"
    if t.chain and not is_nobody(t.chain[0]):
        return replace(t, chain=(replace(t.chain[0], id=key), *t.chain[1:]), own=True)
    d = text.document
    name = (d.author if d.kind == "post" else d.outlet) or d.title or d.id
    kind = "social_account" if d.kind == "post" else "outlet_own_reporting"
    return replace(t, chain=(Party(key, name, kind, (name,)),), names=(name,), own=True)


def drawn_speakers(
    told: Mapping[str, Sequence[Telling]], edges: Iterable[Edge], decisions: Decisions
) -> list[tuple[Party, Edge]]:
    """What persons say that documents have from speakers of the Claim, where linking does not find it (any
    more)."""
    found: list[tuple[Party, Edge]] = []
    there = {(fold(e.upstream.split(" (")[0]), e.downstream) for e in edges}
    parties = {fold(n): p for ts in told.values() for t in ts for p in t.chain for n in (*p.members, p.name)}
    for e in decisions.edges:
        name = fold(e.upstream.split(" (")[0])
        party = parties.get(name)
        if not e.drawn or e.upstream in told or e.downstream not in told or (name, e.downstream) in there:
            continue
        if party is not None and not is_nobody(party):
            passages = tuple(p for t in told[e.downstream] for p in t.passages[:1])[:1]
            edge = Edge(e.upstream, e.downstream, "decided", 1.0, said_by(e.judgement), passages)
            found.append((party, edge))
    return found


def as_decided(party: str, edge: Edge, concerned: Mapping[str, Judgement]) -> Edge:
    """The edge from a speaker to a document; where a person said that its word is its own, it says so."""
    judgement = concerned.get(edge.downstream)
    if judgement is None or not party.startswith(DECIDED):
        return edge
    return replace(edge, kind="decided", confidence=1.0, reason=said_by(judgement))


def obey_edges(
    edges: Iterable[Edge],
    texts: Sequence[Text],
    spans: Mapping[str, Sequence[Span]],
    concerned: Iterable[str],
    decisions: Decisions,
) -> list[Edge]:
    """Edges between documents without those that a person struck out or that lead into a document with an
    origin of its own, and with those that a person drew."""
    apart = set(concerned)
    drawn = {(e.upstream, e.downstream): e for e in decisions.edges if e.drawn}
    struck = {(e.upstream, e.downstream) for e in decisions.edges if not e.drawn}
    by_id = {t.id for t in texts}
    out = [e for e in edges if (e.upstream, e.downstream) not in struck and e.downstream not in apart]
    there = {(e.upstream, e.downstream) for e in out}
    for (up, down), decided in sorted(drawn.items()):
        if up in by_id and down in by_id and (up, down) not in there and down not in apart:
            evidence = tuple(Passage(d, *spans[d][0]) for d in (up, down) if spans[d])
            out.append(Edge(up, down, "decided", 1.0, said_by(decided.judgement), evidence))
    return out


def is_struck(edge: Edge, decisions: Decisions) -> bool:
    """Whether a person struck out an edge from a source."""
    name = fold(edge.upstream.split(" (")[0])
    return any(
        not e.drawn and e.downstream == edge.downstream and fold(e.upstream.split(" (")[0]) == name
        for e in decisions.edges
    )


def obey_claims(
    proposals: list[Proposal],
    spots: Callable[[], Sequence[Spot]],
    texts: Sequence[Text],
    decisions: Decisions,
) -> list[Proposal]:
    """The proposals as persons joined and parted them, oldest decision first. ``spots`` gives the passages of
    the story. What was parted from one passage of a proposal stays together."""
    place = {t.id: i for i, t in enumerate(texts)}
    out = list(proposals)
    parted: dict[tuple[int, Passage], Proposal] = {}
    for c in decisions.claims:
        if c.same:
            out = _join(out, c.first, c.second, spots, place)
            continue
        if c.moves:
            out = _move(out, c.first, c.second, spots, place)
            continue
        for p in [p for p in out if _holds(p, c.first, place) and _holds(p, c.second, place)]:
            (new,) = _split(p, [c.second], spots, place) or (None,)
            before = parted.get((id(p), c.first))
            if new and before and before in out:
                _absorb(before, new)
            elif new:
                out.append(new)
                parted[id(p), c.first] = new
    return [p for p in out if p.spans]


def _holds(p: Proposal, passage: Passage, place: Mapping[str, int]) -> bool:
    return any(a < passage.end and passage.start < b for a, b in p.spans.get(place[passage.document], ()))


def _join(
    proposals: list[Proposal],
    first: Passage,
    second: Passage,
    spots: Callable[[], Sequence[Spot]],
    place: Mapping[str, int],
) -> list[Proposal]:
    having = [[p for p in proposals if _holds(p, x, place)] for x in (first, second)]
    if any(p in having[1] for p in having[0]):
        return proposals
    if not having[0] and not having[1]:
        return proposals
    if not having[0] or not having[1]:  # one of the two was told nowhere: it joins the other
        p, passage = (having[0][0], second) if having[0] else (having[1][0], first)
        n = place[passage.document]
        spans = [s.unit.span for s in spots() if s.text == n and _meets(s, passage)]
        p.spans[n].extend(s for s in spans if s is not None)
        if not p.spans[n]:
            del p.spans[n]
        return proposals
    kept, gone = sorted((having[0][0], having[1][0]), key=lambda p: -len(p.spans))
    _absorb(kept, gone)
    return [p for p in proposals if p is not gone]


def _move(
    proposals: list[Proposal],
    first: Passage,
    second: Passage,
    spots: Callable[[], Sequence[Spot]],
    place: Mapping[str, int],
) -> list[Proposal]:
    """The second passage leaves what it is in, unless the first is there too, and joins the first's."""
    out = list(proposals)
    for p in proposals:
        if _holds(p, second, place) and not _holds(p, first, place):
            out += _split(p, [second], spots, place)
    return _join([p for p in out if p.spans], first, second, spots, place)


def _absorb(kept: Proposal, gone: Proposal) -> None:
    for n, more in gone.spans.items():
        kept.spans[n] = sorted({*kept.spans[n], *more})
    kept.sides |= gone.sides


def _split(
    p: Proposal,
    passages: Sequence[Passage],
    spots: Callable[[], Sequence[Spot]],
    place: Mapping[str, int],
) -> list[Proposal]:
    """A proposal of the passages, taken from ``p``: the whole document of each, but where the seed of ``p``
    stands there too."""
    moved: dict[int, list[Span]] = {}
    for x in passages:
        n = place[x.document]
        if n in p.spans:
            whole = p.spans[n]
            here = [s for s in whole if s[0] < x.end and x.start < s[1]]
            moved.setdefault(n, [])
            moved[n] += [s for s in (here if p.seed.text == n else whole) if s not in moved[n]]
    seeds = [s for s in spots() if s.unit.span is not None and s.unit.span in moved.get(s.text, ())]
    if not seeds:
        return []
    for n, gone in moved.items():
        p.spans[n] = [s for s in p.spans[n] if s not in gone]
        if not p.spans[n]:
            del p.spans[n]
    new = Proposal(max(seeds, key=lambda s: (s.act is not None, bool(s.claimants), -s.text)))
    new.sides = p.sides
    for n, spans in moved.items():
        new.spans[n] = spans
    return [new]


def _meets(spot: Spot, passage: Passage) -> bool:
    return (
        spot.unit.span is not None and spot.unit.span[0] < passage.end and passage.start < spot.unit.span[1]
    )


def applied(
    told: Mapping[str, Sequence[Telling]], spans: Mapping[str, Sequence[Span]], decisions: Decisions
) -> tuple[Judgement, ...]:
    """The Judgements that speak of the documents, passages and sources of a Claim, in the order they were
    made."""
    heard = {fold(n) for ts in told.values() for t in ts for n in (*t.names, *(p.name for p in t.chain))}
    found = [
        e.judgement
        for e in decisions.edges
        if e.downstream in told and (e.upstream in told or fold(e.upstream.split(" (")[0]) in heard)
    ]
    found += [
        a.judgement
        for a in decisions.origins
        if touches(a.passage, a.passage.document, spans.get(a.passage.document, ()))
    ]
    found += [a.judgement for a in decisions.stances if a.passage.document in told]
    found += [r.judgement for r in decisions.readings if r.passage.document in told]
    found += [c.judgement for c in decisions.claims if _concerns(c, spans)]
    found += [
        s.judgement
        for s in decisions.sources
        if any(fold(n.name) in heard and n.document in (None, *told) for n in (s.first, s.second))
    ]
    return tuple(sorted(found, key=lambda j: j.id))


def _concerns(c: Passages, spans: Mapping[str, Sequence[Span]]) -> bool:
    return any(touches(p, p.document, spans.get(p.document, ())) for p in (c.first, c.second))
