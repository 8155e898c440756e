"""One page on a claim, a dyad or a watch, as parts that every format can show: who says it, since when, how
many know, who disagrees, what is unknown, and the sources with their hashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from allegata.linking.assessments import said
from allegata.linking.why import explain
from allegata.linking.wording import in_words, said_by
from allegata.model import AFFIRMING, Assessment, Claim, Document
from allegata.runs import assessing
from allegata.store.base import Store
from allegata.store.records import Watch
from allegata.web import words
from allegata.web.passages import name_of
from allegata.web.views import dyads
from allegata.web.views.claims import held_documents

MOST_LINES = 12
"""Lines of a list; what is left out is counted."""
MOST_SOURCES = 60
LONGEST_QUOTE = 320

FOOT = "Allegata says who says so, from whom they had it, and who disagrees. It never says what is true."


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list, a quotation (its last line says whose) or a table (its first row is the head)."""

    kind: Literal["paragraph", "list", "quote", "table"]
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Plain text throughout, unescaped: each format escapes what it is given."""

    kind: str
    title: str
    standing: str
    sections: tuple[Section, ...]
    foot: str = FOOT


def of_claim(store: Store, claim: Claim, day: date | None = None, recounted: bool = True) -> Brief:
    """The brief of a Claim, or of one as it stood at the end of ``day``: counted anew from what was out by
    then or, where it is not ``recounted``, cut out of what is known now."""
    documents = held_documents(store, claim)
    strip = words.strip_of(claim)
    span = words.time_range(claim.first_seen, claim.last_seen)
    sections = [
        _origins(claim, documents),
        _answers(claim, documents),
        Section("What is unknown", (Block("list", _unknown(claim, documents)),)),
    ]
    held = [k for k in assessing.assessments(store, claim) if k.holds]
    if day is not None:
        held = [k for k in held if k.opinion.at[:10] <= day.isoformat()]
    if held:
        sections.append(_assessed(held))
    if claim.judgements:
        lines = tuple(f"{in_words(j)} ({said_by(j)})" for j in claim.judgements)
        sections.append(Section("What persons decided", (_listed(lines),)))
    sections.append(_sources(claim, documents))
    standing = f"{strip}; {span}"
    if day is not None:
        how = "counted from what was out by then" if recounted else "cut out of what is known now"
        standing = f"As of the end of {words.day(day.isoformat())} (UTC), {how}: {standing}"
    return Brief("Claim", words.alleged(claim.proposition), standing, tuple(sections))


def _assessed(held: Sequence[assessing.Kept]) -> Section:
    """What persons hold of it, each for themselves."""
    lines = tuple(
        f"{k.opinion.person}, {words.day(k.opinion.at[:10])}: {said(k.opinion)}. {k.opinion.note}".strip()
        for k in held
        if isinstance(k.opinion, Assessment)
    )
    foot = "This changes no count, and nothing averages two of them."
    return Section("What persons hold of it", (_listed(lines), Block("paragraph", (foot,))))


def _origins(claim: Claim, documents: Mapping[str, Document]) -> Section:
    blocks: list[Block] = []
    for origin in claim.origins[:MOST_LINES]:
        first = documents.get(origin.first_document)
        when = words.when(first.published) if first else "no date"
        where = name_of(origin.first_document, documents)
        line = f"{origin.source} ({words.origin_words(origin)}), first in {where}, {when}"
        if origin.withdrawn_at:
            line += f"; withdrawn on {words.day(origin.withdrawn_at)} and no longer counted"
        blocks.append(Block("paragraph", (line,)))
        quoted = _quoted(origin.passages, documents)
        if quoted:
            blocks.append(Block("quote", quoted))
    if len(claim.origins) > MOST_LINES:
        blocks.append(Block("paragraph", (f"and {len(claim.origins) - MOST_LINES} more",)))
    if not claim.origins:
        blocks.append(Block("paragraph", ("Nobody was found from whom it came.",)))
    carrying = {m.document: m.outlet for m in claim.mentions if m.stance in AFFIRMING}
    inferred = sum(e.inferred for e in claim.edges)
    blocks.append(
        Block(
            "paragraph",
            (
                f"{words.counted(len(carrying), 'document')} put it forward; "
                f"{words.counted(len(claim.edges), 'citation')} were found, {inferred} of them inferred "
                "from the texts.",
            ),
        )
    )
    return Section("Where it comes from", tuple(blocks))


def _quoted(passages: Sequence[Any], documents: Mapping[str, Document]) -> tuple[str, ...]:
    for p in passages:
        document = documents.get(p.document)
        if document and document.text[p.start : p.end].strip():
            said = words.clip(document.text[p.start : p.end], LONGEST_QUOTE)
            return (said, f"{name_of(p.document, documents)}, {words.when(document.published)}")
    return ()


def _answers(claim: Claim, documents: Mapping[str, Document]) -> Section:
    lines = tuple(
        f"{r.source} {words.STANCE_WORDS.get(r.stance, r.stance)}, in {name_of(r.document, documents)}"
        for r in claim.responses
    )
    blocks = [_listed(lines)] if lines else []
    if not words.deniers(claim):
        said = words.no_denial(claim)
        blocks.append(Block("paragraph", (said[0].upper() + said[1:] + ".",)))
    return Section("Who answers", tuple(blocks))


def _unknown(claim: Claim, documents: Mapping[str, Document]) -> tuple[str, ...]:
    lines = [
        line
        for line in explain(claim, documents)
        if line.startswith(("Why not one number", "Unresolved", "Circular", "Counted as one"))
    ]
    undated = sum(d.published is None for d in documents.values())
    if undated:
        lines.append(f"{words.counted(undated, 'document')} without a date: which came first is unknown.")
    unread = sum((d.language or "en")[:2] != "en" for d in documents.values())
    if unread:
        lines.append(
            f"{words.counted(unread, 'document')} in another language than English: linked by credits and "
            "copying only."
        )
    lines.append("Whether it is true. Only what was collected is known; an origin is the earliest in it.")
    return tuple(lines[:MOST_LINES])


def _sources(claim: Claim, documents: Mapping[str, Document]) -> Section:
    head = ("document", "published", "address", "SHA-256 of the page as retrieved")
    ids = words.documents_of(claim)
    rows = []
    for i in ids[:MOST_SOURCES]:
        d = documents.get(i)
        if d is not None:
            rows.append(
                (name_of(i, documents), words.when(d.published), d.url or "none", d.capture or "none kept")
            )
    more = len(ids) - len(rows)
    tail = (Block("paragraph", (f"and {more} more",)),) if more > 0 else ()
    return Section("Sources", (Block("table", rows=(head, *rows)), *tail))


def _listed(lines: Sequence[str]) -> Block:
    shown = tuple(lines[:MOST_LINES])
    more = len(lines) - len(shown)
    return Block("list", (*shown, f"and {more} more") if more else shown)


def of_dyad(store: Store, first: str, second: str) -> Brief | None:
    """The brief of two parties; ``None`` where nothing between them was told."""
    found = dyads.context(store, first, second)
    if found is None:
        return None
    head = ("week of", "who to whom", "what", "value (interval)", "tellings", "documents")
    rows = tuple(
        (
            words.day(t.period),
            f"{t.source} → {t.target}",
            f"{t.side} {t.series.replace('_', ' ')}",
            f"{t.value:.1f} ({t.low:.1f}–{t.high:.1f})",
            str(t.tellings),
            str(t.coverage),
        )
        for t, _ in found["rows"][:MOST_SOURCES]
    )
    moved = tuple(
        f"{words.day(b.at)}, {b.source} → {b.target}: {words.broke(b)}" for b, _ in found["breaks"]
    ) or (
        "No break was found: the level stayed, or there are too few tellings to say."
        if found["checked"] or found["few"]
        else "Nobody has looked for breaks since the newest tellings came.",
    )
    behind = dict.fromkeys(
        words.alleged(x["claim"].proposition) if x["claim"] else x["name"]
        for _, movers in found["rows"]
        for x in movers
    )
    names = found["names"]
    sections = (
        Section("What moved it", (_listed(moved),)),
        Section("What is behind it", (_listed(tuple(words.clip(b, 200) for b in behind)),)),
        Section("Week by week", (Block("table", rows=(head, *rows)),)),
    )
    standing = "intensity times independent origins, never mentions; accusations are alleged"
    return Brief("Dyad", f"{names[0]} and {names[1]}", standing, sections)


def of_watch(store: Store, watch: Watch, most: int = MOST_SOURCES) -> Brief:
    """The brief of a watch: what it looks for, and what it found."""
    events = store.events_of(watch.number, most)
    head = ("found", "what", "about", "more")
    rows = tuple(
        (words.when(at), e.kind.replace("_", " "), words.clip(e.title, 200), words.clip(e.detail, 160))
        for _, at, e in events
    )
    found = (Block("table", rows=(head, *rows)),) if rows else (Block("paragraph", ("Nothing yet.",)),)
    asks = [
        f"{n}: {v}"
        for n in ("text", "accuser", "accused", "act", "country")
        if (v := getattr(watch.query, n))
    ]
    sections = (
        Section("What it looks for", (_listed(tuple(asks) or ("any claim",)),)),
        Section("What it found", found),
    )
    return Brief(
        "Watch", watch.name, f"kept by {watch.person} since {words.day(watch.at)}: {watch.reason}", sections
    )
