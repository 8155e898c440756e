"""From which documents of a Claim a Document had it: links, embeds, credits, named outlets and authors,
copied passages, rewrites, translations. Each edge keeps its kind, its evidence and a confidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from allegata.linking.copies import LEAST_RUN, LEAST_SHARED, Overlap, compare, passages
from allegata.linking.credits import Credit, core, find_credits, fold
from allegata.linking.stories import links_to
from allegata.linking.tellings import is_check
from allegata.linking.texts import Text, canonical
from allegata.linking.words import weight
from allegata.model import Document, Edge, Passage, Span

REWRITE_SHARE, REWRITE_WORDS = 0.45, 10
"""Share (of the poorer text) and number of common telling words that make one text a rewrite of another."""

MOST_ALIGNED = 24
"""Earlier documents with which one text is aligned word by word; a thousand copies need no more."""

MOST_COPIED = 6
"""Documents that one text may be shown to carry passages of."""

SHORT = 60
"""Words below which a text has too few sampled grams to judge by."""

DERIVED_SHARE, DERIVED_WORDS = 0.22, 6
"""The same for a page that shows no access of its own: no dateline, nobody who spoke to it."""

_OWN_DATELINE = re.compile(
    r"^\W{0,3}[A-Z][A-Z .'’/-]{2,40}(?:,[^\n]{0,30})?\s*(?:\([^)\n]{2,40}\)\s*)?[-–—:]\s"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A Document of the Claim before its upstream is looked for: its spans that tell the Claim, and whether
    it shows access of its own."""

    text: Text
    spans: tuple[Span, ...]
    own: bool


def find_upstream(told: Told, others: Sequence[Told]) -> list[Edge]:
    """Edges into one Document from other documents of its Claim, the surest first, one a document."""
    text = told.text
    earlier = [o for o in others if o.text.id != text.id and _may_precede(o.text, text)]
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

    for o in earlier:
        for edge in _linked(told, o):
            add(edge)
    credits = find_credits(text.document, frozenset(x.text.document.outlet or "" for x in others) - {""})
    for edge in _named(told, earlier, credits):
        add(edge)
    for copied in _copied(told, earlier, credits):
        for inherited in _inherited(copied, found, earlier):
            del found[inherited]
        add(copied)
    if not found and not told.own:
        rewritten = _rewritten(told, earlier)
        if rewritten:
            add(rewritten)
    return sorted(found.values(), key=lambda e: (-e.confidence, e.upstream))


def _inherited(copied: Edge, found: Mapping[str, Edge], earlier: Sequence[Told]) -> list[str]:
    """Links and names that came along with the copied text: the copied Document has them too."""
    source = next(o for o in earlier if o.text.id == copied.upstream)
    others = {o.text.id: o for o in earlier}
    out = []
    for upstream, edge in found.items():
        o = others[upstream]
        if upstream == copied.upstream or o.text.sort_key() > source.text.sort_key():
            continue
        voice = o.text.document.outlet
        if (edge.kind in ("link", "embed") and links_to(source.text, o.text)) or (
            edge.kind == "credit" and voice and _mentioned(voice, source.text.document.text)
        ):
            out.append(upstream)
    return out


def _may_precede(a: Text, b: Text) -> bool:
    """Whether ``b`` may have it from ``a`` by time; unknown times allow either, ties go by what is said."""
    if a.when is None or b.when is None:
        return True
    return a.when <= b.when


@lru_cache(maxsize=4096)
def _leaning(text: Text) -> tuple[int, int, str]:
    """How far a text without a time seems from the source, least first: other outlets that it credits, then
    its length, since who passes a text on shortens it."""
    kinds = {s.name: s.kind for s in text.reading.sources}
    own = core(text.document.outlet or "")
    credited = {
        core(s.speaker)
        for s in text.reading.statements
        if s.speaker and kinds.get(s.speaker) in ("outlet", "agency") and core(s.speaker) != own
    }
    return len(credited), -len(text.words), text.id


def _precedes(o: Told, told: Told) -> bool:
    """Whether a text may have been taken from ``o``: by time where both have one, else by what each says of
    its sources. Never both ways, so that no loops are made here."""
    a, b = o.text, told.text
    if a.when is not None and b.when is not None:
        return a.sort_key() < b.sort_key()
    a_names = _names(a, b.document.outlet)
    b_names = _names(b, a.document.outlet)
    if a_names != b_names:
        return b_names
    return (not o.own, *_leaning(a)) < (not told.own, *_leaning(b))


def _earliest(told: Told) -> tuple[object, ...]:
    """Sorts documents by who comes first: by time, those without one after them by what they say."""
    t = told.text
    return (0, t.sort_key()) if t.when is not None else (1, not told.own, _leaning(t))


def _names(text: Text, outlet: str | None) -> bool:
    return outlet is not None and _mentioned(outlet, text.document.text) is not None


def _lead(told: Told) -> tuple[Passage, ...]:
    return tuple(Passage(told.text.id, *s) for s in told.spans[:1])


def _linked(told: Told, o: Told) -> list[Edge]:
    d, u = told.text.document, o.text.document
    if not links_to(told.text, o.text):
        return []
    refs = {u.id, *([o.text.url] if o.text.url else [])}
    embed = next((e for e in d.embeds if e.ref in refs or canonical(e.ref) in refs), None)
    if embed:
        spot = [Passage(d.id, *embed.span)] if embed.span else []
        return [Edge(u.id, d.id, "embed", 0.97, f"it embeds {_label(u)}", (*spot, *_lead(o)))]
    link = next(x for x in d.links if canonical(x.url) == o.text.url)
    spot = [Passage(d.id, *link.span)] if link.span else list(_lead(told))
    kind = "repost" if d.kind == "post" and d.text.lstrip().startswith("RT ") else "link"
    return [Edge(u.id, d.id, kind, 0.95, f"it links to {_label(u)}", (*spot, *_lead(o)))]


def _label(d: Document) -> str:
    who = d.author if d.kind == "post" and d.author else d.outlet
    return f"“{d.title}” ({who})" if d.title and who else who or d.title or d.id


def _named(told: Told, earlier: Sequence[Told], credits: Sequence[Credit]) -> list[Edge]:
    """Credits to, and namings of, an outlet or author that has a Document in the Claim."""
    d = told.text.document
    by_voice: dict[str, list[Told]] = {}
    for o in earlier:
        u = o.text.document
        voices = [u.author] if u.kind == "post" else [u.outlet, u.author if _is_person(u.author) else None]
        for voice in voices:
            if voice and core(voice) != core(d.outlet or "") and u.kind != "statement":
                by_voice.setdefault(voice, []).append(o)
    out = []
    for voice, mine in sorted(by_voice.items()):
        credit = next((c for c in credits if c.name == voice), None)
        spot = credit.span if credit else _mentioned(voice, d.text)
        if credit is None and spot is None:
            continue
        where = (Passage(d.id, *spot),) if spot else _lead(told)
        if credit:
            kind, sure, reason = "wire", 0.9, f"it is credited to {voice}"
        else:
            kind, sure, reason = "credit", 0.85, f"it names {voice}"
        # a fact-check that names an outlet speaks of all that it published on the matter
        for best in mine if is_check(d) else [_likeliest(told, mine)]:
            out.append(Edge(best.text.id, d.id, kind, sure, reason, (*where, *_lead(best))))
    return out


def _is_person(author: str | None) -> bool:
    """A by-line of a first name or initial and a surname, not a desk's."""
    return bool(
        author and re.fullmatch(r"[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]+){1,3}", author)
    ) and not re.search(
        r"(?i)\b(?:desk|staff|team|reporter|correspondent|editors?|news\w*|agenc\w+|admin|office|service|press)\b",
        author or "",
    )


def _mentioned(voice: str, body: str) -> Span | None:
    for name in _short_forms(voice):
        if name not in body:
            continue
        m = re.search(rf"(?<![\w@]){re.escape(name)}(?!\w)", body)
        if m:
            return m.span()
    return None


@lru_cache(maxsize=10_000)
def _short_forms(voice: str) -> tuple[str, ...]:
    """A name as texts shorten it: without the article, its distinctive words; a handle's spelled-out name
    is not guessed."""
    bare = re.sub(r"^The\s+", "", voice)
    kept = core(voice).split()
    words = bare.split()
    short = (
        " ".join(words[: len(kept)]) if words and fold(" ".join(words[: len(kept)])) == " ".join(kept) else ""
    )
    forms = [voice, bare]
    if len(short) >= 6 and short != bare:
        forms.append(short)
    if len(words) > 1 and len(words[0]) >= 6 and weight(words[0].lower()) >= 6.5:
        forms.append(words[0])  # a first word that no other text has: "Gazeta", "StratBrief"
    return tuple(dict.fromkeys(forms))


def _likeliest(told: Told, mine: Sequence[Told]) -> Told:
    """Of several documents of one outlet the one that shares most; the latest of equals."""

    def score(o: Told) -> tuple[int, float, str]:
        when = o.text.when.timestamp() if o.text.when else 0.0
        return (len(told.text.telling & o.text.telling), when, o.text.id)

    return max(mine, key=score)


def _copied(told: Told, earlier: Sequence[Told], credits: Sequence[Credit]) -> list[Edge]:
    """The documents whose text this one carries: of those that share nearly most the credited one, else the
    earliest; and further ones that share a passage which those before do not explain. Where no time says
    who was first, all that share text stand: it may be from any of them."""
    text = told.text
    overlaps: list[tuple[Overlap, Told]] = []
    for o in _nearest(told, earlier):
        if not (o.text.grams & text.grams) and min(len(o.text.words), len(text.words)) > SHORT:
            continue  # no sampled gram in common: no passage long enough to be a copy
        overlap = compare(o.text.words, text.words, o.text.quoted, text.quoted)
        if overlap.is_copy:
            overlaps.append((overlap, o))
    explained = bytearray(len(text.words))
    edges: list[Edge] = []
    while overlaps and len(edges) < MOST_COPIED:
        most = max(v.plain for v, _ in overlaps)
        near = [(v, o) for v, o in overlaps if v.plain >= 0.8 * most]
        credited = [(v, o) for v, o in near if any(c.name == o.text.document.outlet for c in credits)]
        overlap, origin = min(credited or near, key=lambda vo: _earliest(vo[1]))
        edges.append(_copy_edge(overlap, origin, text))
        for r in overlap.runs:
            explained[r.b : r.b + r.length] = b"\1" * r.length
        undated = text.when is None or origin.text.when is None
        overlaps = [(v, o) for v, o in overlaps if o is not origin and (undated or _adds(v, text, explained))]
    return edges


def _adds(overlap: Overlap, text: Text, explained: bytearray) -> bool:
    """Whether an overlap holds a passage outside quotation marks that is not explained yet."""
    new = [
        sum(not (explained[k] or text.quoted[k]) for k in range(r.b, r.b + r.length)) for r in overlap.runs
    ]
    return sum(new) >= LEAST_SHARED and max(new, default=0) >= LEAST_RUN


def _copy_edge(overlap: Overlap, origin: Told, text: Text) -> Edge:
    runs = passages(overlap, origin.text.words, text.words)
    evidence = tuple(p for a, b in runs for p in (Passage(text.id, *b), Passage(origin.text.id, *a)))
    share = max(overlap.share_a, overlap.share_b)
    reason = (
        f"{overlap.plain} words outside quotation marks are those of {_label(origin.text.document)} "
        f"({overlap.share_b:.0%} of this text)"
    )
    return Edge(origin.text.id, text.id, "copy", min(0.99, 0.75 + share / 4), reason, evidence)


def _nearest(told: Told, earlier: Sequence[Told]) -> list[Told]:
    """The documents before this one that are worth aligning: of very many, the first and those that share
    most grams."""
    text = told.text
    before = [o for o in earlier if _precedes(o, told)]
    if len(before) <= MOST_ALIGNED:
        return before
    sharing = [(len(o.text.grams & text.grams), o) for o in before]
    first = sorted((o for n, o in sharing if n), key=_earliest)[: MOST_ALIGNED // 3]
    most = sorted(sharing, key=lambda no: (-no[0], _earliest(no[1])))[: MOST_ALIGNED - len(first)]
    return list({o.text.id: o for o in (*first, *(o for _, o in most))}.values())


def _rewritten(told: Told, earlier: Sequence[Told]) -> Edge | None:
    """A page without access of its own that shares rare words with an earlier one is taken for a
    rewrite."""
    text = told.text
    mine = text.telling
    scored: list[tuple[int, float, Told]] = []
    dateline = bool(_OWN_DATELINE.match(text.document.text[:120])) and text.document.kind == "article"
    for o in earlier:
        if not _precedes(o, told):
            continue
        if core(o.text.document.outlet or "?") == core(text.document.outlet or "!"):
            continue
        shared = mine & o.text.telling
        share = len(shared) / max(1, min(len(mine), len(o.text.telling)))
        strong = share >= REWRITE_SHARE and len(shared) >= REWRITE_WORDS
        weak = not dateline and share >= DERIVED_SHARE and len(shared) >= DERIVED_WORDS
        if strong or weak:
            scored.append((len(shared), share, o))
    if not scored:
        return None
    most = max(n for n, _, _ in scored)
    n, share, origin = min((s for s in scored if s[0] >= 0.85 * most), key=lambda s: _earliest(s[2]))
    rare = sorted(mine & origin.text.telling, key=lambda w: (-weight(w), w))[:6]
    reason = (
        f"no source of its own, and {n} telling words as in {_label(origin.text.document)}, among them "
        + ", ".join(rare)
    )
    evidence = (*_lead(told), *_lead(origin))
    return Edge(origin.text.id, text.id, "rewrite", round(min(0.9, 0.5 + share / 2), 2), reason, evidence)
