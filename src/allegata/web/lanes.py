"""The provenance drawing: time from left to right, a lane an origin, a dot a document. Layout only, pure.

Documents hang below the line of their origin. Each stands in the first row of its lane where its label, and
the way of its citation (down from the line, or down and right from the document it had it from), meet no
other label; so labels stay readable however many documents come at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from allegata.model import Claim, Document
from allegata.monitoring.moments import instant
from allegata.web import paths, words
from allegata.web.lane_rows import Rows, Way, elbow, wrap
from allegata.web.lane_ways import Box, Ways
from allegata.web.scene import CITED, MAX_DRAWN, RESPONSES, UNRESOLVED, Scene
from allegata.web.timescale import Cut, Tick, TimeScale, fit

__all__ = ["MAX_DRAWN", "SHAPES", "Chart", "Dot", "Lane", "Line", "draw"]

WIDTH = 1180.0
GUTTER = 216.0
"""Width of the column with the lanes' names."""

LEFT = GUTTER + 24
MAX_ROOM = 330.0
"""Most room that is kept right of the last moment for its label; labels stand right of their dots."""

UNDATED = 92.0
"""Least width of the column of documents that have no date."""

HEAD = 34.0
LINE = 20.0
ROW = 22.0
FOOT = 16.0
MIN_LANE = 78.0
MIN_OTHER = 58.0
CHARACTER = 6.3
"""Width of a character of a label, taken large: fonts differ."""

SHAPES = {
    "speaker": "circle",
    "credit": "ring",
    "wire": "diamond",
    "link": "square",
    "embed": "up",
    "repost": "down",
    "copy": "open-square",
    "rewrite": "open-diamond",
    "decided": "star",
    None: "cross",
}
"""Kind of the citation by which a document had it -> shape of its dot."""

OTHER_LANES = {
    UNRESOLVED: ("Unresolved", "hidden copies, or new origins", "#who"),
    CITED: ("Cited documents", "do not carry the claim", "#evidence"),
    RESPONSES: ("Responses", "documents that answer the claim", "#responses"),
}


@dataclass(frozen=True, slots=True)
class Dot:
    document: str
    href: str
    x: float
    y: float
    shape: str
    label: str
    title: str
    response: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """An edge, numbered from 1. ``start`` is a document, or ``None`` where a source is upstream."""

    number: int
    d: str
    kind: str
    inferred: bool
    title: str
    start: str | None
    end: str
    main: bool = True
    """Whether it is the one by which the document is shown to have it; the others are drawn thinner."""


@dataclass(frozen=True, slots=True)
class Lane:
    """``line`` is the origin's line as (x from, x to, y), ``None`` for lanes that are no origin."""

    name: tuple[str, ...]
    note: str
    href: str
    y: float
    height: float
    line: tuple[float, float, float] | None
    withdrawn: float | None
    folded: int
    alert: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """``stems`` join documents to their origin's line where no edge says how they had it."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    loops: tuple[Line, ...]
    stems: tuple[str, ...]
    ticks: tuple[Tick, ...]
    cuts: tuple[Cut, ...]
    undated: float | None
    folded: int

    @property
    def shapes(self) -> list[tuple[str | None, str]]:
        """(kind, shape) of the dots there are, in the legend's order."""
        used = {dot.shape for dot in self.dots}
        return [(kind, shape) for kind, shape in SHAPES.items() if shape in used]

    @property
    def stances(self) -> list[str]:
        return list(dict.fromkeys(dot.response for dot in self.dots if dot.response))

    @property
    def inferred(self) -> bool:
        return any(line.inferred for line in self.lines)


def draw(
    claim: Claim,
    documents: Mapping[str, Document],
    stretch: tuple[datetime | None, datetime | None] = (None, None),
) -> Chart:
    """Lay out a Claim's provenance, or a stretch of its time. ``documents`` are those its mentions, responses
    and edges name."""
    return _Layout(Scene(claim, documents, stretch)).chart()


class _Layout:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        dated = [d for d in scene.drawn if d in scene.moments]
        undated = [d for d in scene.drawn if d not in scene.moments]
        end = WIDTH
        if undated:
            end -= max(UNDATED, *(self._reach(d) for d in undated)) if dated else 0.0
            self.undated: float | None = round(end, 1) if dated else LEFT
        else:
            self.undated = None
        self.scale = self._fit(dated, end - (UNDATED / 2 if undated and dated else 0.0))
        self.x = {
            d: self.scale.x(scene.moments[d]) if d in scene.moments else self.undated or LEFT
            for d in scene.drawn
        }
        self._members: dict[str, list[str]] = defaultdict(list)
        for document in scene.drawn:
            self._members[scene.lane_of[document]].append(document)
        self._all = Counter(scene.lane_of.values())
        self.y: dict[str, float] = {}
        self.line_y: dict[str, float] = {}
        self.on_way: set[str] = set()

    def _reach(self, document: str) -> float:
        """How far a document's label reaches to the right of it."""
        return 14 + CHARACTER * len(self.scene.label(document))

    def _fit(self, documents: list[str], end: float) -> TimeScale:
        """A scale with room right of it for the labels of the last documents."""
        moments = [self.scene.moments[d] for d in documents]
        room = 20.0
        for _ in range(6):
            scale = fit(moments, LEFT, end - room)
            over = (
                max((scale.x(self.scene.moments[d]) + self._reach(d) for d in documents), default=end) - end
            )
            if over <= 0:
                break
            room = min(room + over + 2, MAX_ROOM)
        return scale

    def chart(self) -> Chart:
        lanes: list[Lane] = []
        y = HEAD
        for key in self.scene.lanes():
            lanes.append(self._fill(key, y))
            y += lanes[-1].height
        ways = Ways(self._boxes())
        return Chart(
            width=WIDTH,
            height=round(y + 8, 1),
            lanes=tuple(lanes),
            dots=tuple(self._dot(d) for d in self.scene.drawn),
            lines=tuple(self._lines(ways)),
            loops=tuple(self._loops(ways)),
            stems=tuple(self._stems()),
            ticks=self.scale.ticks,
            cuts=self.scale.cuts,
            undated=self.undated,
            folded=len(self.scene.lane_of) - len(self.scene.drawn),
        )

    def _fill(self, key: str, y: float) -> Lane:
        """Place the documents of a lane whose top is at ``y``."""
        origin = self.scene.origins.get(key)
        line_y = y + LINE
        top = line_y + (ROW if origin else 2)
        members = self._members[key]
        rows = Rows()
        at: dict[str, int] = {}
        for document in members:
            x = self.x[document]
            extent = (x - (11 if origin else 22), x + self._reach(document))
            at[document], follows = rows.put(x, extent, self._way(document, at, bool(origin)))
            if follows:
                self.on_way.add(document)
            self.y[document] = round(top + at[document] * ROW, 1)
        folded = self._all[key] - len(members)
        withdrawn = instant(origin.withdrawn_at) if origin else None
        gone = self.scale.x(withdrawn) if withdrawn else None
        end = gone or max((self.x[d] for d in members), default=LEFT)
        if origin:
            self.line_y[key] = line_y
            number = self.scene.claim.origins.index(origin) + 1
            name, href = wrap(origin.source, 26, 3), f"#origin-{number}"
            note = words.origin_words(origin)
        else:
            heading, note, href = OTHER_LANES[key]
            name = (heading,)
        least = MIN_LANE + 15 * (len(name) - 2) if origin else MIN_OTHER
        return Lane(
            name=name,
            note=note,
            href=href,
            y=round(y, 1),
            height=round(max(least, top - y + rows.depth * ROW + FOOT - 8), 1),
            line=(GUTTER, end, line_y) if origin else None,
            withdrawn=gone,
            folded=folded,
            alert=key == RESPONSES,
        )

    def _way(self, document: str, at: Mapping[str, int], has_line: bool) -> Way | None:
        hang = self.scene.hangs.get(document)
        if hang and hang.edge.upstream in at and self.x[hang.edge.upstream] < self.x[document]:
            return self.x[hang.edge.upstream], at[hang.edge.upstream]
        if has_line and (hang is None or hang.edge.upstream not in self.scene.lane_of):
            return self.x[document], -1
        return None

    def _dot(self, document: str) -> Dot:
        return Dot(
            document=document,
            href=paths.document(document),
            x=self.x[document],
            y=self.y[document],
            shape=self._shape(document),
            label=self.scene.label(document),
            title=self.scene.title(document),
            response=self.scene.response(document),
        )

    def _shape(self, document: str) -> str:
        answers = self.scene.lane_of[document] == RESPONSES and document not in self.scene.hangs
        return "dot" if answers else SHAPES[self.scene.kind(document)]

    def _stems(self) -> list[str]:
        return [
            f"M{self.x[d]:g} {self.line_y[lane]:g}V{self.y[d]:g}"
            for d in self.scene.drawn
            if d not in self.scene.hangs and (lane := self.scene.lane_of[d]) in self.line_y
        ]

    def _boxes(self) -> Iterator[Box]:
        """What a line should not cross: marks and labels."""
        for d in self.scene.drawn:
            x, y = self.x[d], self.y[d]
            yield x - 8, y - 8, x + 8, y + 8
            if label := self.scene.label(d):
                yield x + 11, y - 7, x + 12 + CHARACTER * len(label), y + 6

    def _lines(self, ways: Ways) -> list[Line]:
        lines = []
        stubs: Counter[str] = Counter()
        for number, edge in enumerate(self.scene.claim.edges, 1):
            if edge.downstream not in self.y:
                continue
            hang = self.scene.hangs.get(edge.downstream)
            main = hang is not None and hang.number == number
            x, y = self.x[edge.downstream], self.y[edge.downstream]
            if edge.upstream in self.y:
                ux, uy = self.x[edge.upstream], self.y[edge.upstream]
                hung = main and edge.downstream in self.on_way
                d = elbow(ux, uy, x, y) if hung else ways.way((ux, uy), (x, y))
            elif edge.upstream in self.scene.lane_of:
                continue
            elif (lane := self._lane_of_source(edge.upstream, edge.downstream, main)) is not None:
                d = f"M{x:g} {self.line_y[lane]:g}V{y:g}"
            else:
                # a name that is no origin of the claim: a short line that comes in from the left
                lift = 5 + 5 * (stubs[edge.downstream] % 3)
                stubs[edge.downstream] += 1
                d = f"M{x - 18:g} {y - lift:g}L{x:g} {y:g}"
            title = self.scene.edge_title(edge)
            start = edge.upstream if edge.upstream in self.y else None
            lines.append(Line(number, d, edge.kind, edge.inferred, title, start, edge.downstream, main))
        return lines

    def _lane_of_source(self, name: str, document: str, main: bool) -> str | None:
        origin = self.scene.origin_named(name)
        if origin is not None and origin.id in self.line_y:
            return origin.id
        lane = self.scene.lane_of[document]
        return lane if main and lane in self.line_y else None

    def _loops(self, ways: Ways) -> list[Line]:
        """A line back from the document that "confirms" to the one its chain began with."""
        loops = []
        for number, (first, last) in enumerate(self.scene.claim.circular, 1):
            if first in self.y and last in self.y:
                d = ways.way((self.x[last], self.y[last]), (self.x[first], self.y[first]))
                title = f"Circular: {self.scene.name(last)} leads back to {self.scene.name(first)}"
                loops.append(Line(number, d, "circular", False, title, last, first))
        return loops
