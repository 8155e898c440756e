"""From which documents of a Claim a Document had it: links, embeds, credits, named outlets and authors,
copied passages, rewrites, translations. Each edge keeps its kind, its evidence and a confidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from allegata.linking.addresses import canonical
from allegata.linking.credits import Credit, core, find_credits
from allegata.linking.descent import find_copied, find_erring, find_rewritten, find_translated
from allegata.linking.forgeries import account_of, plain
from allegata.linking.ground import Ground, Mask
from allegata.linking.grounds import Told, label, lead, mentioned
from allegata.linking.oddities import Oddities
from allegata.linking.stories import links_to
from allegata.linking.tellings import is_check
from allegata.linking.texts import Text
from allegata.model import Edge, Passage

__all__ = ["Told", "find_upstream"]


def find_upstream(told: Told, ground: Ground, oddities: Oddities) -> list[Edge]:
    """Edges into one Document from other documents of its Claim, the surest first, one a document. The times
    of all are `grounds.timed`; ``oddities`` are those of all of them."""
    text = told.text
    earlier = ground.earlier(told)
    if text.forged:
        for n in np.flatnonzero(earlier).tolist():
            earlier[n] = not _is_impersonated(ground.told[n].text, text)
    before = earlier & ground.before(told)
    found: dict[str, Edge] = {}

    def add(edge: Edge) -> None:
        old = found.get(edge.upstream)
        if old is None:
            found[edge.upstream] = edge
        else:  # what is said outranks what is inferred; the evidence of both stands
            kept = old if not old.inferred or edge.inferred else edge
            evidence = tuple(dict.fromkeys((*old.evidence, *edge.evidence)))
            reason = kept.reason if old.reason == edge.reason else f"{old.reason}; {edge.reason}"
            found[edge.upstream] = Edge(
                kept.upstream,
                kept.downstream,
                kept.kind,
                max(old.confidence, edge.confidence),
                reason,
                evidence,
            )

    for n in ground.linked(told):
        for edge in _linked(told, ground.told[n]) if earlier[n] else ():
            add(edge)
    credits = find_credits(text.document, ground.outlets)
    for edge in (
        *_named(told, ground, earlier, credits, found.keys()),
        *_taken_back(told, ground, before),
    ):
        add(edge)
    for copied in find_copied(told, ground, before, credits):
        for inherited in _inherited(copied, found, ground):
            del found[inherited]
        add(copied)
    unnamed = any(c.unnamed for c in credits)
    translated = find_translated(told, ground, before, credited=True) if unnamed else None
    if translated:
        for inherited in _inherited(translated, found, ground):
            del found[inherited]
        add(translated)
    for erring in find_erring(told, ground, before, oddities, found):
        add(erring)
    if not found and not told.own:
        rewritten = find_translated(told, ground, before) or find_rewritten(told, ground, before, oddities)
        if rewritten:
            add(rewritten)
    return sorted(found.values(), key=lambda e: (-e.confidence, e.upstream))


def _inherited(copied: Edge, found: Mapping[str, Edge], ground: Ground) -> list[str]:
    """Links and names that came along with the copied text: the copied Document has them too."""
    source = ground.told[ground.at[copied.upstream]]
    out = []
    for upstream, edge in found.items():
        o = ground.told[ground.at[upstream]]
        if upstream == copied.upstream or o.text.sort_key() > source.text.sort_key():
            continue
        voice = o.text.document.outlet
        if (edge.kind in ("link", "embed") and links_to(source.text, o.text)) or (
            edge.kind == "credit" and voice and mentioned(voice, source.text)
        ):
            out.append(upstream)
    return out


def _is_impersonated(a: Text, b: Text) -> bool:
    """Whether ``b`` shows a forged post as one of the account whose post ``a`` is."""
    account = account_of(a.document) if b.forged and a.document.kind == "post" else None
    return account is not None and any(plain(account) in f.accounts for f in b.forged)


def _linked(told: Told, o: Told) -> list[Edge]:
    d, u = told.text.document, o.text.document
    if not links_to(told.text, o.text):
        return []
    refs = {u.id, *([o.text.url] if o.text.url else [])}
    embed = next((e for e in d.embeds if e.ref in refs or canonical(e.ref) in refs), None)
    if embed:
        spot = [Passage(d.id, *embed.span)] if embed.span else []
        return [Edge(u.id, d.id, "embed", 0.97, f"it embeds {label(u)}", (*spot, *lead(o)))]
    link = next(x for x in d.links if canonical(x.url) == o.text.url)
    spot = [Passage(d.id, *link.span)] if link.span else list(lead(told))
    kind = "repost" if d.kind == "post" and d.text.lstrip().startswith("RT ") else "link"
    return [Edge(u.id, d.id, kind, 0.95, f"it links to {label(u)}", (*spot, *lead(o)))]


def _named(
    told: Told, ground: Ground, earlier: Mask, credits: Sequence[Credit], linked: Collection[str]
) -> list[Edge]:
    """Credits to, and namings of, an outlet or author that has a Document in the Claim: the one to which it
    links (``linked``), else the likeliest."""
    d = told.text.document
    itself = core(d.outlet or "")
    out = []
    for voice in sorted(ground.names(told) | {c.name for c in credits}):
        mine = [n for n in ground.voiced(voice) if earlier[n]] if core(voice) != itself else []
        if not mine:
            continue
        credit = next((c for c in credits if c.name == voice), None)
        spot = credit.span if credit else mentioned(voice, told.text)
        if credit is None and spot is None:
            continue
        where = (Passage(d.id, *spot),) if spot else lead(told)
        if credit:
            kind, sure, reason = "wire", 0.9, f"it is credited to {voice}"
        else:
            kind, sure, reason = "credit", 0.85, f"it names {voice}"
        # a fact-check that names an outlet speaks of all that it published on the matter
        all_of_it = [ground.told[n] for n in mine]
        meant = [o for o in all_of_it if o.text.id in linked]
        for best in all_of_it if is_check(d) else meant or [_likeliest(told, ground, mine)]:
            out.append(Edge(best.text.id, d.id, kind, sure, reason, (*where, *lead(best))))
    return out


_OF_ITSELF = re.compile(
    r"\b(?:we|this newspaper) (?:wrote|reported|published|said|carried|wrongly|incorrectly)\b"
    r"|\b(?:our|an|a|the) (?:earlier |previous |original )?(?:article|report|story|version|page) "
    r"(?:of|on|published|that|said|has been|wrongly|incorrectly|from)\b",
    re.IGNORECASE,
)


def _taken_back(told: Told, ground: Ground, before: Mask) -> list[Edge]:
    """What an outlet says of its own earlier page: a correction, an apology, an update."""
    d = told.text.document
    m = _OF_ITSELF.search(d.text[:2000]) if d.kind == "article" and d.outlet else None
    if m is None:
        return []
    own = [
        n for n in ground.of_outlet(d.outlet) if before[n] and ground.told[n].text.document.kind == "article"
    ]
    if not own:
        return []
    best = _likeliest(told, ground, own)
    where = (Passage(d.id, *m.span()), *lead(best))
    return [
        Edge(best.text.id, d.id, "credit", 0.85, f"it speaks of its own {label(best.text.document)}", where)
    ]


def _likeliest(told: Told, ground: Ground, mine: Sequence[int]) -> Told:
    """Of several documents of one outlet the one that shares most; the latest of equals."""
    if len(mine) == 1:
        return ground.told[mine[0]]
    shared = ground.shared_words(told)

    def score(n: int) -> tuple[int, float, str]:
        text = ground.told[n].text
        when = text.when.timestamp() if text.when else 0.0
        return (int(shared[n]), when, text.id)

    return ground.told[max(mine, key=score)]
