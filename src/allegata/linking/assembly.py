"""A proposal to a Claim: tellings, edges, roots, origins, count and responses, with their evidence."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from allegata.linking.accused import find_accused
from allegata.linking.answers import find_answers
from allegata.linking.blame import is_blamed, name_accused
from allegata.linking.circles import find_circles
from allegata.linking.citations import Told, find_upstream
from allegata.linking.cited import find_cites, sift
from allegata.linking.commentators import find_commentators
from allegata.linking.counting import at_first_hand, count_origins
from allegata.linking.decisions import NONE, Decisions
from allegata.linking.dissent import separate
from allegata.linking.ground import Ground, Wording
from allegata.linking.grounds import named, timed
from allegata.linking.identity import Identities
from allegata.linking.judging import applied, as_decided, drawn_speakers, is_struck, obey_edges, own_voices
from allegata.linking.mentions import find_mentions
from allegata.linking.naming import as_written
from allegata.linking.oddities import Oddities
from allegata.linking.origins import find_origins, label
from allegata.linking.passing import find_passed_on
from allegata.linking.placing import finer, place_of
from allegata.linking.polarity import core_words, is_negative
from allegata.linking.presuming import behind, beside_the_matter, denials_of_less, on_the_matter, presume
from allegata.linking.proposals import Proposal
from allegata.linking.provenance import find_roots
from allegata.linking.responses import find_responses
from allegata.linking.rounds import with_rounds
from allegata.linking.settling import set_apart, settle
from allegata.linking.shown import how_shown
from allegata.linking.tellings import Telling, first_heard, is_nobody, speaks_here, tell, unanswered
from allegata.linking.texts import Text
from allegata.linking.topic import Topic, widen
from allegata.linking.uncredited import presumed_to_rest
from allegata.linking.unions import find_unions, united
from allegata.linking.variants import find_variants
from allegata.model import (
    AFFIRMING,
    OPPOSING,
    Claim,
    Edge,
    Merge,
    Origin,
    Passage,
    Span,
)


def assemble(
    proposal: Proposal, texts: Sequence[Text], identities: Identities, decisions: Decisions = NONE
) -> Claim:
    """The Claim of one proposal. The same documents give the same Claim, whatever their order of arrival."""
    mine = [texts[i] for i in proposal.texts()]
    spans = {t.id: tuple(sorted(proposal.spans[i])) for i, t in zip(proposal.texts(), mine, strict=True)}
    passages = [t.document.text[a:b] for t in mine for a, b in spans[t.id]]
    core = core_words(passages)
    negative = is_negative(_put_forward(mine, spans), core)

    @cache
    def telling(text: Text, of: tuple[Span, ...]) -> list[Telling]:
        return tell(text, of, identities, core, negative=negative)

    def tellings(of: Mapping[str, tuple[Span, ...]]) -> dict[str, list[Telling]]:
        return separate({t.id: telling(t, of[t.id]) for t in mine}, mine)

    told = tellings(find_answers(mine, spans))
    doers = (proposal.fullest.accused, proposal.seed.accused)
    sides = find_accused(told, mine, spans, proposal.sides, doers)
    told = settle(told, sides)
    topic = Topic(mine, spans)
    relevant = sift(mine, told, settle(tellings(widen(mine, spans, topic)), sides), topic)
    told = {
        d: [t for t in ts if t in relevant[d] or t.own or t.stance in OPPOSING] or ts
        for d, ts in told.items()
    }
    distant, against = ({texts[d].id for d in ds} for ds in (proposal.distant, proposal.against))
    told = set_apart(told, distant, against)
    undated = frozenset(t.id for t in mine if t.when is None)
    one, unions = find_unions({d: [*told[d], *relevant[d]] for d in told}, undated, decisions.apart)
    told = {d: united(ts, one) for d, ts in told.items()}
    relevant = {d: united(ts, one) for d, ts in relevant.items()}
    told, apart = own_voices(told, mine, spans, decisions)
    near = {t.id: relevant[t.id] if t.id in undated else on_the_matter(relevant[t.id], t, core) for t in mine}
    heard = {d: ts if d in distant | against else behind(ts, near[d]) for d, ts in told.items()}
    every = {d: [*ts, *relevant[d]] if d in undated else ts for d, ts in heard.items()}
    first = first_heard(mine, told)
    own = {t.id for t in mine if t.id in first or any(x.own for x in told[t.id]) or speaks_here(t)}
    ground = Ground(timed([Told(t, spans[t.id], t.id in own) for t in mine]))
    odd = Oddities(mine)
    found_edges = (e for g in ground.told for e in find_upstream(g, ground, odd))
    cited = obey_edges(found_edges, mine, spans, apart, decisions)
    fed = {e.downstream for e in cited if not (e.inferred and undated & {e.upstream, e.downstream})}
    spoken = list(_spoken(mine, heard, fed))
    spoken += _named(mine, told, {e.downstream for e in cited} | {s.edge.downstream for s in spoken})
    spoken = [s for s in spoken if not is_struck(s.edge, decisions)]
    drawn = drawn_speakers(told, [*cited, *(s.edge for s in spoken)], decisions)
    spoken += [_Spoken(p.id, e) for p, e in drawn]
    affirming = {d for d, ts in told.items() if any(t.stance in AFFIRMING for t in ts)}
    silent = told.keys() - affirming
    named = {s.edge.downstream for s in spoken}
    graph = [(e.upstream, e.downstream) for e in cited if e.downstream in fed or e.downstream not in named]
    graph += [(s.party, s.edge.downstream) for s in spoken]
    roots = find_roots(
        [t.id for t in mine if t.id in affirming],
        [(up, down) for up, down in graph if down in affirming and up not in silent],
        find_passed_on(mine, every),
    )
    known = {p.id: p for ts in every.values() for t in ts for p in t.chain}
    beside = beside_the_matter(heard, mine, topic) | find_commentators(mine, heard, identities)
    roots, parties, presumed = presume(roots, heard, known, undated, beside, decisions.apart)
    copies = {e.downstream for e in cited if e.inferred}
    borrowed = frozenset(d for d in told if decisions.borrowed(d, spans[d]))
    resting = presumed_to_rest(mine, spans, proposal.fullest.act, sides, identities)
    found = find_origins(mine, heard, roots, sides, core, copies, parties, borrowed, resting, decisions.apart)
    edges = (*cited, *(as_decided(s.party, s.edge, apart) for s in spoken), *_unheard(mine, told, cited))
    into: dict[str, list[Edge]] = defaultdict(list)
    for e in edges:
        into[e.downstream].append(e)
    variants = find_variants(mine, spans)
    fullest = proposal.fullest
    dated = [p for t in sorted(mine, key=Text.sort_key) if t.when and (p := t.document.published)]
    return Claim(
        id=_claim_id(mine[0], spans[mine[0].id]),
        proposition=_proposition(proposal.said.unit.text),
        act=fullest.act,
        accuser=_accuser(mine, told, found.origins),
        accused=name_accused(fullest.accused, mine, spans, told, identities)
        if is_blamed(fullest.act, told)
        else None,
        place=finer(
            place_of(texts[proposal.seed.text], proposal.seed.unit.span),
            place_of(texts[fullest.text], fullest.unit.span),
        ),
        first_seen=dated[0] if dated else None,
        last_seen=dated[-1] if dated else None,
        mentions=tuple(
            m
            for t in mine
            for m in find_mentions(
                t,
                told[t.id],
                find_cites(t, told[t.id], relevant[t.id]),
                into[t.id],
                found.of_document.get(t.id, ()),
                variants.get(t.id),
            )
        ),
        origins=with_rounds(found.origins, mine, told, {e.downstream for e in cited}),
        independent_origins=count_origins(found.origins, found.joined, at_first_hand(heard)),
        responses=tuple(
            find_responses(mine, told, found.origins, sides, denials_of_less(told, mine, topic, undated))
        ),
        circular=tuple(find_circles(mine, told, edges, roots.reached)),
        edges=edges,
        merges=(*found.merges, *unions, *presumed, *_merges(identities, told, found.origins)),
        judgements=applied(told, spans, decisions),
    )


def _put_forward(mine: Sequence[Text], spans: Mapping[str, Sequence[Span]]) -> Iterable[str]:
    """The passages of the Claim in which nothing is answered."""
    for t in mine:
        for a, b in unanswered(t, spans[t.id]):
            yield t.document.text[a:b]


def _claim_id(first: Text, spans: Sequence[tuple[int, int]]) -> str:
    """Stable over re-runs: from the first document that tells the Claim and where in it."""
    return "c" + hashlib.sha256(f"{first.id}\n{spans[0][0]}".encode("utf-8", "replace")).hexdigest()[:12]


def next_id(claim_id: str) -> str:
    """Another id for a second claim that starts where the first one does."""
    return "c" + hashlib.sha256(claim_id.encode()).hexdigest()[:12]


_LABEL = re.compile(r"^(?:#\w+|[A-Z]{4,}(?: NEWS)?)\s*[:|–-]\s*")
_DATELINE = re.compile(r"^[A-Z][A-Z .'’/-]{2,40}(?:,[^\n(:]{0,30})?\s*(?:\([^)\n]{2,40}\)\s*)?[-–—:]\s+")


def _proposition(passage: str) -> str:
    text = _DATELINE.sub("", _LABEL.sub("", re.sub(r"\s+", " ", passage).strip()))
    return text if len(text) <= 400 else text[:397].rsplit(" ", 1)[0] + " …"


def _accuser(
    mine: Sequence[Text], told: Mapping[str, list[Telling]], origins: Sequence[Origin]
) -> str | None:
    """Who puts the Claim forward in most documents, the first of several; where that is neither an origin nor
    one of the outlets, the first origin."""
    once = {
        (x.id, t.chain[0].id): t.chain[0]
        for x in mine
        for t in told[x.id]
        if t.stance in AFFIRMING and t.chain and not is_nobody(t.chain[0])
    }
    counts = Counter(party for _, party in once)
    most = max(once.values(), key=lambda p: counts[p.id], default=None)
    if most is None:
        return None
    name = label(most, told)
    named = [o.source for o in origins if o.kind != "unattributed"]
    return name if not named or name in named or name in {x.document.outlet for x in mine} else named[0]


@dataclass(frozen=True, slots=True)
class _Spoken:
    party: str
    edge: Edge


def _spoken(mine: Sequence[Text], told: Mapping[str, list[Telling]], fed: set[str]) -> Iterable[_Spoken]:
    """Edges from who speaks to the documents that have it from them: where no document stands upstream, or
    the speaker spoke to this very outlet."""
    for text in mine:
        seen = set()
        for t in told[text.id]:
            if t.stance not in AFFIRMING or not t.chain or is_nobody(t.chain[0]):
                continue
            party = t.chain[0]
            if party.id in seen or (text.id in fed and not t.own):
                continue
            seen.add(party.id)
            name = as_written(t.names[0])
            through = f" through {', '.join(map(as_written, t.names[1:]))}" if len(t.names) > 1 else ""
            itself = party.name in (text.document.outlet, text.document.author)
            reason = (
                "it says how it knows"
                if itself
                else f"it has this from {how_shown(text.document, name)}{through}"
            )
            edge = Edge(
                label(party, {text.id: told[text.id]}),
                text.id,
                "speaker",
                0.9 if t.own else 0.8,
                reason,
                t.passages[:2],
            )
            yield _Spoken(party.id, edge)


def _named(mine: Sequence[Text], told: Mapping[str, list[Telling]], known: set[str]) -> list[_Spoken]:
    """Pages that carry the Claim in their own voice and name somebody who puts it forward in other pages: a
    page in a language that is not read, a recap. They rest on whom they name."""
    parties = {
        t.chain[0].id: (t.chain[0], t.names[0])
        for ts in reversed(list(told.values()))
        for t in ts
        if t.stance in AFFIRMING and t.chain and not is_nobody(t.chain[0]) and not t.chain[0].anonymous
    }
    wording = Wording((name for _, name in parties.values()), lambda name: [as_written(name)])
    out = []
    for text in mine:
        bare = [t for t in told[text.id] if t.stance in AFFIRMING and not t.chain]
        foreign = text.tongue != "en"
        later = text.when is not None and text.id != mine[0].id
        if text.id in known or not bare or text.document.kind == "post" or not (foreign or later):
            continue
        possible = wording.possible(text.document.text)
        for party, name in parties.values():
            spot = named(as_written(name), text) if len(name) > 6 and name in possible else None
            if spot is None or party.name == text.document.outlet:
                continue
            evidence = (Passage(text.id, *spot), *bare[0].passages[:1])
            reason = f"it names {as_written(name)}, who says so in other pages"
            edge = Edge(label(party, told), text.id, "speaker", 0.6, reason, evidence)
            out.append(_Spoken(party.id, edge))
    return out


def _unheard(
    mine: Sequence[Text], told: Mapping[str, list[Telling]], cited: Sequence[Edge]
) -> Iterable[Edge]:
    """Posts whose author says it without saying how they know: shown as theirs, counted as unresolved."""
    fed = {e.downstream for e in cited}
    for text in mine:
        d = text.document
        bare = [t for t in told[text.id] if t.stance in AFFIRMING and not t.chain]
        if d.kind == "post" and d.author and bare and d.id not in fed:
            reason = f"{d.author} says it without saying how they know"
            yield Edge(d.author, d.id, "speaker", 0.5, reason, bare[0].passages[:1])


def _merges(
    identities: Identities, told: Mapping[str, list[Telling]], origins: Sequence[Origin]
) -> Iterable[Merge]:
    """The joins of names that matter here: of parties that are origins, and of names heard in this Claim."""
    heard = {n for ts in told.values() for t in ts for n in t.names}
    kept = {o.source.split(" (")[0] for o in origins} | {m for o in origins for m in o.members}
    return (m for m in identities.merges if m.merged in heard and m.kept in kept)
