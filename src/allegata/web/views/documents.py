"""The X-ray of a document: its archived text with marks, its statements, and the claims it carries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from allegata.contract import reading_json, to_plain
from allegata.linking.decisions import placed_reading
from allegata.model import Document, Edge, Forecast, Reading, Span, Statement
from allegata.reading.xray import Xray, xray
from allegata.store.base import Store
from allegata.web import paths, words
from allegata.web.custody import custody_of
from allegata.web.marks import LAYERS, Mark, Piece, layer, marks_of, nesting, paragraphs
from allegata.web.passages import name_of
from allegata.web.query import BadQuery, DocumentView
from allegata.web.versions import Difference, compare

MAX_TEXT = 400_000
"""Characters of a text that the page shows; the twin has them all."""

MAX_STATEMENTS = 1000

LAYER_WORDS = {
    "source": "speaker",
    "cue": "cue (said, alleged …)",
    "content": "what is said",
    "place": "place",
    "expectation": "expectation or forecast",
    "evaluation": "evaluation",
    "not_applicable": "not news text",
    "borrowed": "borrowed passage",
}


SHARE_WORDS = {
    "sourced": "told by a source",
    "unattributed": "told by nobody named",
    "expectation": "expectation",
    "evaluation": "evaluation",
    "own": "in the writer’s own name",
    "boilerplate": "not news text",
}

MAX_EXPECTATIONS = 300
MAX_SPEAKERS = 12
BAR = 300
"""Width of the bar of shares, in units of its drawing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The X-ray as the page shows it. ``bar`` are (kind, x, width), ``shares`` (kind, words, count, %)."""

    xray: Xray
    bar: tuple[tuple[str, float, float], ...]
    shares: tuple[tuple[str, str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A passage that a Claim's evidence shows to come from elsewhere."""

    claim: str
    number: int
    edge: Edge
    spans: tuple[tuple[int, int], ...]
    name: str
    href: str
    """Where the passage stands upstream, or the evidence where upstream is no document."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A small link before a piece: to a statement in the list, or to where a passage comes from."""

    href: str
    text: str
    label: str
    layer: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece as the template prints it."""

    text: str
    classes: str
    openings: tuple[Opening, ...]
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A statement in the list, with its chain of speakers, innermost first. ``depth`` is in how many others
    it stands, ``outer`` the number of the one it stands in."""

    number: int
    depth: int
    outer: int | None
    statement: Statement
    chain: tuple[str, ...]
    words: str
    cue: str
    at: str | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """A forecast in the list: its consequence, its condition, who would act, the days its horizon allows."""

    forecast: Forecast
    words: str
    condition: str
    actor: str
    days: str
    at: str


def context(store: Store, document: Document, view: DocumentView) -> dict[str, Any]:
    """What the page shows. BadQuery where the address asks for what this document has not."""
    reading = _reading(store, document, view)
    claims = store.cards_mentioning(document.id)
    length = min(len(document.text), MAX_TEXT)
    borrowed = _borrowed(store, document.id) if view.version is None else []
    marks = _marks(reading, borrowed, view)
    versions = store.versions(document.id)
    other = _against(versions, document, view)
    return {
        "document": document,
        "reading": reading,
        "view": view,
        "layers": [(name, LAYER_WORDS[name], name in view.show) for name in LAYERS],
        "counts": _counts(marks),
        "paragraphs": _paragraphs(document.text, length, marks, borrowed),
        "length": length,
        "versions": versions,
        "newest": versions[-1].version if versions else document.version,
        "other": other,
        "difference": _difference(document, other) if other else None,
        "custody": custody_of(store, document),
        "figures": _figures(reading) if reading else None,
        "most_speakers": MAX_SPEAKERS,
        "numbers": _as_read(store, document) if reading else {},
        "rows": _rows(reading)[:MAX_STATEMENTS] if reading else [],
        "expectations": _expectations(reading)[:MAX_EXPECTATIONS] if reading else [],
        "claims": [(claim, words.strip_of(claim)) for claim in claims],
        "borrowed": borrowed,
        "twin": paths.document(
            document.id, at=view.at, version=view.version, against=view.against, twin=True
        ),
    }


def plain(store: Store, document: Document, view: DocumentView) -> dict[str, Any]:
    """The twin: the object of ``allegata read --json`` with the marks shown and the claims carried.
    BadQuery as for the page."""
    reading = _reading(store, document, view)
    claims = store.cards_mentioning(document.id)
    borrowed = _borrowed(store, document.id) if view.version is None else []
    marks = [m for m in _marks(reading, borrowed, view) if m.layer in (*view.show, "at")]
    versions = store.versions(document.id)
    other = _against(versions, document, view)
    custody = custody_of(store, document)
    return {
        **reading_json(reading or Reading(document)),
        "version": document.version,
        "versions": [v.version for v in versions],
        "changes": to_plain(_difference(document, other)) | {"against": other.version} if other else None,
        "capture": document.capture,
        "custody": to_plain(custody) if custody else None,
        "reader": reading.reader if reading else None,
        "xray": to_plain(xray(reading)) if reading else None,
        "show": list(view.show),
        "marks": [to_plain(m) for m in marks],
        "claims": [
            {
                "id": c.id,
                "proposition": c.proposition,
                "counts": str(words.strip_of(c)),
                "page": paths.claim(c.id),
            }
            for c in claims
        ],
    }


def _against(versions: Sequence[Document], document: Document, view: DocumentView) -> Document | None:
    """The version that the one shown is compared with. BadQuery where there is no such version."""
    if view.against is None:
        return None
    other = next((v for v in versions if v.version == view.against), None)
    if other is None:
        raise BadQuery(f"“against” goes from 1 to {len(versions)} for this document.")
    return other if other.version != document.version else None


def _difference(document: Document, other: Document) -> Difference:
    """What was changed, from the earlier version to the later."""
    old, new = sorted((document, other), key=lambda d: d.version)
    return compare(old.text, new.text)


def _reading(store: Store, document: Document, view: DocumentView) -> Reading | None:
    """The Reading of the version that is shown: only the newest has one. BadQuery for a passage beyond it."""
    if view.at and view.at[0] >= len(document.text):
        raise BadQuery(f"“at” leaves the text, which has {len(document.text):,} characters.")
    if view.version is not None:
        newest = store.document(document.id)
        if newest is not None and newest.version != view.version:
            return None
    read = store.reading(document.id)
    return placed_reading(read, store.judgements()) if read is not None else None


def _as_read(store: Store, document: Document) -> dict[str, int]:
    """The number of each statement as the machine read it, by its id: what a person puts right is known by
    that."""
    read = store.reading(document.id)
    return {s.id: n for n, s in enumerate(read.statements, 1)} if read is not None else {}


def _marks(reading: Reading | None, borrowed: Iterable[Borrowed], view: DocumentView) -> list[Mark]:
    marks = marks_of(reading) if reading else []
    for index, passage in enumerate(borrowed):
        marks += [
            Mark(start, end, "borrowed", f"b{index}" if first else None)
            for first, (start, end) in zip((True, *[False] * len(passage.spans)), passage.spans, strict=False)
        ]
    if view.at:
        marks.append(Mark(*view.at, "at"))
    return marks


def _borrowed(store: Store, document: str) -> list[Borrowed]:
    """Passages of this document that edges of the inferred kinds give as their evidence, each once."""
    found: dict[tuple[str, tuple[tuple[int, int], ...]], tuple[str, int, Edge]] = {}
    for claim, number, edge in store.edges_to(document):
        spans = tuple(sorted((p.start, p.end) for p in edge.evidence if p.document == document))
        if edge.inferred and spans:
            found.setdefault((edge.upstream, spans), (claim, number, edge))
    held = store.heads({upstream for upstream, _ in found})
    passages = []
    for (upstream, spans), (claim, number, edge) in found.items():
        theirs = next(((p.start, p.end) for p in edge.evidence if p.document == upstream), None)
        if theirs and theirs[0] >= theirs[1]:
            theirs = None
        href = paths.document(upstream, at=theirs) if upstream in held else paths.edge(claim, number)
        passages.append(Borrowed(claim, number, edge, spans, name_of(upstream, held), href))
    return passages


def _figures(reading: Reading) -> Figures:
    figures = xray(reading)
    bar, at = [], 0.0
    for share in figures.shares:
        bar.append((share.kind, round(at, 1), round(share.share * BAR, 1)))
        at += share.share * BAR
    shares = tuple(
        (s.kind, SHARE_WORDS.get(s.kind, s.kind), s.sentences, round(100 * s.share)) for s in figures.shares
    )
    return Figures(figures, tuple(b for b in bar if b[2]), shares)


def _counts(marks: Iterable[Mark]) -> dict[str, int]:
    """How many stretches each layer marks; a sentence that is a forecast and an expectation counts once."""
    spans: dict[str, set[tuple[int, int]]] = {name: set() for name in LAYERS}
    for mark in marks:
        if mark.layer in spans:
            spans[mark.layer].add((mark.start, mark.end))
    return {name: len(found) for name, found in spans.items()}


def _paragraphs(text: str, length: int, marks: list[Mark], borrowed: list[Borrowed]) -> list[list[Stretch]]:
    spans = paragraphs(text, length)
    pieces = layer(marks, length, [border for span in spans for border in span])
    shown: list[list[Stretch]] = []
    index = 0
    anchored = False
    for start, end in spans:
        while pieces[index].end <= start:
            index += 1
        stretches = []
        while index < len(pieces) and pieces[index].start < end:
            piece = pieces[index]
            anchor = "at" if "at" in piece.layers and not anchored else None
            anchored = anchored or anchor is not None
            stretches.append(_stretch(text, piece, borrowed, anchor))
            index += 1
        shown.append(stretches)
    return shown


def _stretch(text: str, piece: Piece, borrowed: list[Borrowed], anchor: str | None) -> Stretch:
    classes = [f"x-{name.replace('_', '-')}" for name in piece.layers]
    if piece.depth > 1:
        classes.append(f"d{piece.depth}")
    openings = []
    for mark in piece.opens:
        ref = mark.ref or ""
        if mark.layer == "borrowed":
            source = borrowed[int(ref[1:])]
            openings.append(Opening(source.href, source.name, f"taken from {source.name}", "borrowed"))
        else:
            openings.append(Opening(f"#s{ref}", ref, f"statement {ref}", mark.layer))
    return Stretch(text[piece.start : piece.end], " ".join(classes), tuple(openings), anchor)


def _rows(reading: Reading) -> list[Row]:
    chains = nesting(reading.statements)
    numbers = {s.id: number for number, s in enumerate(reading.statements, 1)}
    text = reading.document.text

    def said(spans: Iterable[tuple[int, int]], most: int) -> str:
        return words.clip(" … ".join(text[a:b] for a, b in sorted(spans)), most)

    rows = []
    for number, statement in enumerate(reading.statements, 1):
        names: list[str] = []
        for step in chains[statement.id]:
            name = step.speaker or said(step.source, 60)
            if name and (not names or names[-1] != name):
                names.append(name)
        spans = sorted(statement.content or statement.cue)
        at = paths.document(reading.document.id, at=spans[0]) if spans and spans[0][0] < spans[0][1] else None
        outer = numbers.get(statement.nested_in or "")
        rows.append(
            Row(
                number,
                len(chains[statement.id]) - 1,
                outer,
                statement,
                tuple(names),
                said(statement.content, 240),
                said(statement.cue, 60),
                at,
            )
        )
    return _as_tree(rows)


def _as_tree(rows: Sequence[Row]) -> list[Row]:
    """Each statement before those that stand in it, as they follow each other in the text."""
    inner: dict[int | None, list[Row]] = {}
    known = {row.number for row in rows}
    for row in rows:
        inner.setdefault(row.outer if row.outer in known and row.depth else None, []).append(row)
    ordered: list[Row] = []
    waiting = inner.get(None, [])[::-1]
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting += inner.pop(row.number, [])[::-1]
    placed = {row.number for row in ordered}
    return ordered + [row for row in rows if row.number not in placed]


def _expectations(reading: Reading) -> list[Expectation]:
    text = reading.document.text

    def said(span: Span | None, most: int) -> str:
        return words.clip(text[span[0] : span[1]], most) if span else ""

    return [
        Expectation(
            forecast=f,
            words=said(f.consequence or (f.start, f.end), 240),
            condition=said(f.condition, 120),
            actor=said(f.actor, 60),
            days=_days(f),
            at=paths.document(reading.document.id, at=f.consequence or (f.start, f.end)),
        )
        for f in reading.forecasts
    ]


def _days(forecast: Forecast) -> str:
    """The days that a horizon allows: one, from one to another, or from one on."""
    first, last = forecast.earliest, forecast.latest
    if first and last:
        return words.day(first) if first == last else f"{words.day(first)} to {words.day(last)}"
    return f"from {words.day(first)}" if first else f"until {words.day(last)}" if last else ""
