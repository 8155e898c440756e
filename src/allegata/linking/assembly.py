"""A proposal to a Claim: tellings, edges, roots, origins, count and responses, with their evidence."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from allegata.linking.anonymous import join_documents, join_unnamed
from allegata.linking.citations import Told, find_upstream
from allegata.linking.identity import Identities, Party
from allegata.linking.propositions import Proposal
from allegata.linking.provenance import count, find_roots
from allegata.linking.responses import find_circles, find_responses
from allegata.linking.tellings import Telling, is_nobody, settle, speaks_here, tell
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Citation, Claim, Edge, Mention, Merge, Origin, Place


def assemble(proposal: Proposal, texts: Sequence[Text], identities: Identities) -> Claim:
    """The Claim of one proposal. The same documents give the same Claim, whatever their order of arrival."""
    mine = [texts[i] for i in proposal.texts()]
    told: dict[str, list[Telling]] = {
        t.id: tell(t, proposal.spans[i], identities) for i, t in zip(proposal.texts(), mine, strict=True)
    }
    told = settle(told, proposal.sides)
    ground = [
        Told(t, tuple(sorted(proposal.spans[i])), any(x.own for x in told[t.id]) or speaks_here(t))
        for i, t in zip(proposal.texts(), mine, strict=True)
    ]
    edges = [e for g in ground for e in find_upstream(g, ground)]
    affirming = {d for d, ts in told.items() if any(t.stance in AFFIRMING for t in ts)}
    edges += _source_edges(mine, told, edges)
    silent = told.keys() - affirming
    graph = [
        (e.upstream, e.downstream) for e in edges if e.downstream in affirming and e.upstream not in silent
    ]
    roots = find_roots([t.id for t in mine if t.id in affirming], graph)
    parties = {p.id: p for ts in told.values() for t in ts for p in t.chain}
    origins, reached, merges, unresolved = _origins(mine, told, roots.reached, parties, proposal)
    responses = find_responses(mine, told, origins)
    claim_id = _claim_id(proposal, texts)
    named = sum(o.kind not in ("anonymous", "unattributed") and o.withdrawn_at is None for o in origins)
    anonymous = sum(o.kind == "anonymous" and o.withdrawn_at is None for o in origins)
    foldable = anonymous if named else max(0, anonymous - 1)
    seed = texts[proposal.seed.text]
    dates = sorted(t.document.published for t in mine if t.document.published and t.when)
    used = {p.name for p in parties.values()}
    return Claim(
        id=claim_id,
        proposition=_proposition(proposal),
        act=proposal.seed.act,
        accuser=_accuser(mine, told),
        accused=proposal.seed.accused,
        place=_place(seed, proposal),
        first_seen=dates[0] if dates else None,
        last_seen=dates[-1] if dates else None,
        mentions=tuple(m for t in mine for m in _mentions(t, told[t.id], edges, reached.get(t.id, ()))),
        origins=tuple(origins),
        independent_origins=count(named, anonymous, unresolved, foldable),
        responses=tuple(responses),
        circular=tuple(find_circles(mine, told, edges, roots.loops, parties)),
        edges=tuple(edges),
        merges=tuple(m for m in (*merges, *identities.merges) if m.kept in used or m in merges),
    )


def _claim_id(proposal: Proposal, texts: Sequence[Text]) -> str:
    """Stable over re-runs: from the first document that tells the Claim and where in it."""
    first = texts[proposal.texts()[0]]
    start = min(s for s, _ in proposal.spans[proposal.texts()[0]])
    return "c" + hashlib.sha256(f"{first.id}\n{start}".encode("utf-8", "replace")).hexdigest()[:12]


def _proposition(proposal: Proposal) -> str:
    text = re.sub(r"\s+", " ", proposal.seed.unit.text).strip()
    return text if len(text) <= 400 else text[:397].rsplit(" ", 1)[0] + " …"


def _accuser(mine: Sequence[Text], told: Mapping[str, list[Telling]]) -> str | None:
    names = Counter(
        t.chain[0].name
        for x in mine
        for t in told[x.id]
        if t.stance in AFFIRMING and t.chain and not is_nobody(t.chain[0])
    )
    return min(names, key=lambda n: (-names[n], n)) if names else None


def _place(seed: Text, proposal: Proposal) -> Place | None:
    """The place that the seed's own passage names: actor, act and place come from one passage."""
    span = proposal.seed.unit.span
    if span is None:
        return None
    for a in seed.reading.allegations:
        if a.place and a.span and a.span[0] < span[1] and span[0] < a.span[1]:
            return a.place
    return next((p for p in seed.reading.places if span[0] <= p.start < span[1]), None)


def _source_edges(
    mine: Sequence[Text], told: Mapping[str, list[Telling]], known: Sequence[Edge]
) -> list[Edge]:
    """Edges from parties to the documents that have it from them: where no document stands upstream, or the
    party spoke to this very outlet."""
    fed = {e.downstream for e in known}
    out: dict[tuple[str, str], Edge] = {}
    for text in mine:
        for t in told[text.id]:
            if t.stance not in AFFIRMING or not t.chain or is_nobody(t.chain[0]):
                continue
            if text.id in fed and not t.own:
                continue
            party = t.chain[0]
            name = t.names[0] if t.names else party.name
            through = f" through {', '.join(t.names[1:])}" if len(t.names) > 1 else ""
            reason = (
                f"it has this from {name}{through}" if not _is_itself(party, text) else "it says how it knows"
            )
            out.setdefault(
                (party.id, text.id),
                Edge(party.name, text.id, "speaker", 0.9 if t.own else 0.8, reason, t.passages[:2]),
            )
    return list(out.values())


def _is_itself(party: Party, text: Text) -> bool:
    return party.name in (text.document.outlet, text.document.author)


def _origins(
    mine: Sequence[Text],
    told: Mapping[str, list[Telling]],
    reached: Mapping[str, frozenset[str]],
    parties: Mapping[str, Party],
    proposal: Proposal,
) -> tuple[list[Origin], dict[str, tuple[str, ...]], list[Merge], int]:
    """Origins, the origin ids of each document, merges of unnamed voices, number of unresolved roots."""
    by_name: dict[str, Party] = {p.name: p for p in parties.values()}
    roots = sorted({r for rs in reached.values() for r in rs})
    voices = [by_name[r] for r in roots if r in by_name]
    joined, merges = join_unnamed(mine, told, voices)
    papers, more = join_documents(voices)
    joined |= papers
    merges += more
    origins: dict[str, Origin] = {}
    of_root: dict[str, str] = {}
    withdrawn = _withdrawn(mine, told)
    sides = proposal.sides
    for root in roots:
        first = next((t for t in mine if root in reached.get(t.id, ())), mine[0])
        party = by_name.get(root)
        if party is None:  # a document that nothing stands behind
            origin_id = f"unattributed:{root}"
            document = next(t for t in mine if t.id == root).document
            name = (document.author if document.kind == "post" else document.outlet) or document.title or root
            kind = "unattributed"
            members: tuple[str, ...] = (name,)
            spots = tuple(p for t in told.get(root, []) for p in t.passages[:1])
            flag = False
        else:
            party = joined.get(party.id, party)
            origin_id, name, members, kind = party.id, party.name, party.members, party.kind
            if party.anonymous and kind != "anonymous":
                kind = "eyewitness"
            spots = tuple(
                p for t in told[first.id] if t.chain and t.chain[0].id == party.id for p in t.passages[:2]
            )
            flag = party.country is not None and f"state:{party.country}" in _state_sides(
                sides, parties, told
            )
            flag = flag or party.id in sides or _is_accuser_side(party)
        of_root[root] = origin_id
        if origin_id not in origins:
            origins[origin_id] = Origin(
                origin_id, name, kind, flag, first.id, members, withdrawn.get(origin_id), spots
            )
    ids = {d: tuple(sorted({of_root[r] for r in rs})) for d, rs in reached.items()}
    unresolved = sum(o.kind == "unattributed" for o in origins.values())
    order = {t.id: i for i, t in enumerate(mine)}
    listed = sorted(origins.values(), key=lambda o: (o.kind == "unattributed", order[o.first_document], o.id))
    return listed, ids, merges, unresolved


def _state_sides(
    sides: frozenset[str], parties: Mapping[str, Party], told: Mapping[str, list[Telling]]
) -> set[str]:
    """The states on both sides of the quarrel: the accused, and those that speak on it for themselves."""
    out = {s for s in sides if s.startswith("state:")}
    return out | {p.id for p in parties.values() if p.id.startswith("state:")} if out else out


def _is_accuser_side(party: Party) -> bool:
    """A government's or an organisation's official accusing somebody speaks for a side."""
    return party.kind == "named_official"


def _withdrawn(mine: Sequence[Text], told: Mapping[str, list[Telling]]) -> dict[str, str]:
    """Parties that took their own statement back, with the day."""
    out: dict[str, str] = {}
    for text in mine:
        for t in told[text.id]:
            if t.stance == "retract" and t.chain and text.document.published:
                out.setdefault(t.chain[0].id, text.document.published[:10])
    return out


def _mentions(
    text: Text, tellings: Sequence[Telling], edges: Sequence[Edge], origin_ids: tuple[str, ...]
) -> list[Mention]:
    d = text.document
    copy_of = next(
        (e.upstream for e in edges if e.downstream == d.id and e.kind in ("copy", "rewrite")), None
    )
    if copy_of is None:
        copy_of = next((e.upstream for e in edges if e.downstream == d.id and e.kind == "wire"), None)
    out: dict[tuple[str, tuple[str, ...]], Mention] = {}
    for t in tellings:
        role = (
            "supports"
            if t.stance in AFFIRMING
            else "denies"
            if t.stance in ("deny", "retract")
            else "noncommittal"
        )
        cites = tuple(
            Citation(n, t.names[i + 1] if i + 1 < len(t.names) else None, role)
            for i, n in enumerate(t.names[:1])
        ) + tuple(Citation(n, None, role) for n in t.names[1:])
        out.setdefault(
            (t.stance, t.names),
            Mention(
                d.id,
                d.url,
                d.outlet,
                d.published,
                t.stance,
                t.names,
                cites,
                copy_of,
                origin_ids if t.stance in AFFIRMING else (),
                t.passages,
            ),
        )
    return list(out.values())
