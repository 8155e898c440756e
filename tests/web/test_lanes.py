from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.model import Claim, Document, Edge, Mention, Origin, OriginCount, Response
from allegata.web.lane_rows import wrap
from allegata.web.lane_ways import MANY, Ways, _holds, _points, _through_gaps
from allegata.web.lanes import CHARACTER, MAX_DRAWN, Chart, Dot, draw
from tests.web.stories import DOCUMENTS, attack, camp, crowd


def box(dot: Dot) -> tuple[float, float, float, float]:
    return dot.x - 8, dot.y - 8, dot.x + 13 + CHARACTER * len(dot.label), dot.y + 8


def overlapping(chart: Chart) -> list[tuple[str, str]]:
    boxes = [(d.document, box(d)) for d in chart.dots]
    return [
        (a, b)
        for i, (a, p) in enumerate(boxes)
        for b, q in boxes[i + 1 :]
        if p[0] < q[2] and q[0] < p[2] and p[1] < q[3] and q[1] < p[3]
    ]


def walked(path: str) -> list[tuple[float, float]]:
    """Points of a path of absolute commands, close together."""
    found: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([MLHVCQ])([^MLHVCQ]*)", path):
        given = [float(n) for n in numbers.split()]
        if command in "HV":
            x, y = found[-1]
            given = [given[0], y] if command == "H" else [x, given[0]]
        knots = [*found[-1:], *zip(given[::2], given[1::2], strict=True)]
        for i in range(1, 51):
            level = knots  # de Casteljau
            while len(level) > 1:
                level = [(a + (c - a) * i / 50, b + (d - b) * i / 50) for (a, b), (c, d) in pairwise(level)]
            found.append(level[0])
    return found


def test_one_origin_one_lane_and_one_for_the_answers() -> None:
    chart = draw(camp(), DOCUMENTS)
    assert [" ".join(lane.name) for lane in chart.lanes] == ["Government of Pakistan", "Responses"]
    assert {d.document for d in chart.dots} == set(camp().documents)
    assert chart.folded == 0
    shapes = {d.document: d.shape for d in chart.dots}
    assert shapes["d01"] == "circle"
    assert shapes["d04"] == "up"
    assert shapes["d05"] == "open-diamond"
    assert {d.document: d.response for d in chart.dots}["d06"] == "deny"
    assert {d.document: d.response for d in chart.dots}["d10"] == "doubt"


def test_every_edge_is_a_line_and_inferred_ones_are_told_apart() -> None:
    chart = draw(camp(), DOCUMENTS)
    assert [line.number for line in chart.lines] == list(range(1, len(camp().edges) + 1))
    assert [line.number for line in chart.lines if line.inferred] == [5]
    assert [(loop.start, loop.end) for loop in chart.loops] == [("d08", "d01")]


def test_documents_stand_in_the_lane_of_their_origin() -> None:
    chart = draw(attack(), DOCUMENTS)
    lanes = {" ".join(lane.name): (lane.y, lane.y + lane.height) for lane in chart.lanes}
    y = {d.document: d.y for d in chart.dots}
    assert lanes["Shawal Front"][0] < y["d12"] < lanes["Shawal Front"][1]
    assert all(
        lanes["Government of Pakistan"][0] < y[d] < lanes["Government of Pakistan"][1] for d in ("d01", "d13")
    )


def test_labels_do_not_collide() -> None:
    assert overlapping(draw(camp(), DOCUMENTS)) == []
    documents, claim = crowd(140)
    assert overlapping(draw(claim, {d.id: d for d in documents})) == []


def test_a_line_goes_round_labels_and_marks() -> None:
    label, mark = (20.0, 34.0, 70.0, 45.0), (130.0, 54.0, 146.0, 70.0)
    straight = Ways([]).way((10.0, 10.0), (200.0, 90.0))
    assert straight.count("C") == 1
    for ends in ((10.0, 10.0), (200.0, 90.0)), ((200.0, 90.0), (10.0, 10.0)), ((30.0, 18.0), (30.0, 62.0)):
        ways = Ways([label, mark])
        assert all(not ways.meets(p) for p in walked(ways.way(*ends)))
    boxed = Ways([(x, y, x + 400.0, y + 400.0) for x, y in ((-300.0, -300.0),)])
    assert boxed.way((10.0, 10.0), (200.0, 90.0)).startswith("M10 10")  # shut in: it is drawn all the same


def test_what_a_way_meets_is_what_its_points_meet() -> None:
    rng = random.Random(4)
    for _ in range(5):
        corners = [(rng.uniform(0, 600), 22.0 * rng.randrange(16)) for _ in range(70)]
        boxes = [(x + 11, y - 7, x + 12 + rng.uniform(10, 120), y + 6) for x, y in corners]
        ways = Ways([*boxes, *((x - 8, y - 8, x + 8, y + 8) for x, y in corners)])
        for _ in range(6):
            start, end = rng.sample(corners, 2)
            for way in _through_gaps(start, end, 0.0, 3.0):
                points = [p for n in range(0, len(way) - 1, 3) for p in _points(tuple(way[n : n + 4]))]  # type: ignore[arg-type]
                met = {b for p in points for b in ways.meets(p) if not _holds(b, (start, end))}
                assert ways._met(way, MANY) == len(met) < MANY


def test_lines_in_one_gap_lie_beside_each_other() -> None:
    ways = Ways([(20.0, 4.0, 120.0, 15.0)])
    assert len({ways.way((10.0, 10.0), (200.0, 10.0)) for _ in range(3)}) == 3


def test_no_line_crosses_a_label() -> None:
    for claim in camp(), attack():
        chart = draw(claim, DOCUMENTS)
        ways = Ways((d.x + 11, d.y - 6, d.x + 12 + CHARACTER * len(d.label), d.y + 5) for d in chart.dots)
        for line in (*chart.lines, *chart.loops):
            assert not [p for p in walked(line.d) if ways.meets(p)], line.title


def test_many_documents_are_folded_and_counted() -> None:
    documents, claim = crowd(500)
    chart = draw(claim, {d.id: d for d in documents})
    assert len(chart.dots) == MAX_DRAWN
    assert chart.folded == 350
    assert sum(lane.folded for lane in chart.lanes) == 350
    drawn = {d.document for d in chart.dots}
    assert {o.first_document for o in claim.origins} <= drawn


def test_undated_documents_have_a_column_of_their_own() -> None:
    documents = {**DOCUMENTS, "d04": replace(DOCUMENTS["d04"], published=None)}
    mentions = tuple(replace(m, published=None) if m.document == "d04" else m for m in camp().mentions)
    chart = draw(replace(camp(), mentions=mentions), documents)
    assert chart.undated is not None
    assert next(d.x for d in chart.dots if d.document == "d04") == chart.undated
    assert max(d.x for d in chart.dots if d.document != "d04") < chart.undated


def test_a_withdrawn_origin_ends() -> None:
    origin = replace(camp().origins[0], withdrawn_at="2025-09-12")
    lane = draw(replace(camp(), origins=(origin,)), DOCUMENTS).lanes[0]
    assert lane.withdrawn is not None
    assert lane.line is not None
    assert lane.line[1] == lane.withdrawn


def test_documents_that_nobody_holds_are_drawn_from_their_mentions() -> None:
    chart = draw(camp(), {})
    assert {d.document for d in chart.dots} == set(camp().documents)
    assert "Tochi TV" in {d.label for d in chart.dots}


names = st.sampled_from([f"n{i}" for i in range(9)])
dates = (
    st.none()
    | st.integers(0, 40).map(lambda i: f"2025-03-{1 + i // 4:02d}T{i % 4:02d}:00:00Z")
    | st.just("odd")
)


@st.composite
def graphs(draw_from: st.DrawFn) -> tuple[Claim, dict[str, Document]]:
    published = {n: draw_from(dates) for n in {draw_from(names) for _ in range(draw_from(st.integers(1, 9)))}}
    origins = tuple(
        Origin(
            f"o{i}",
            draw_from(st.text(max_size=80)),
            draw_from(st.sampled_from(["anonymous", "unattributed"])),
            False,
            draw_from(names),
        )
        for i in range(draw_from(st.integers(0, 3)))
    )
    stances = st.sampled_from(["assert", "deny", "predict", "no_comment"])
    mentions = tuple(
        Mention(
            n,
            None,
            draw_from(st.none() | st.text(max_size=50)),
            p,
            draw_from(stances),
            (),
            (),
            None,
            tuple(draw_from(st.lists(st.sampled_from(["o0", "o1", "o2", "gone"]), max_size=2))),
        )
        for n, p in published.items()
    )
    ends = names | st.sampled_from(["Somebody", "o0", ""])
    edges = tuple(
        Edge(
            draw_from(ends), draw_from(names), draw_from(st.sampled_from(["speaker", "copy", "odd"])), 0.5, ""
        )
        for _ in range(draw_from(st.integers(0, 14)))
    )
    claim = Claim(
        "c",
        "p",
        None,
        None,
        None,
        None,
        None,
        None,
        mentions,
        origins,
        OriginCount(0, 0, 0, 0, 0),
        (Response("x", "deny", draw_from(names)),),
        ((draw_from(names), draw_from(names)),),
        edges,
    )
    held = {
        n: Document(n, "t", outlet=draw_from(st.text(max_size=60)), published=p) for n, p in published.items()
    }
    return claim, {n: d for n, d in held.items() if draw_from(st.booleans())}


@settings(max_examples=150)
@given(graphs())
def test_any_graph_is_drawn_without_collisions(graph: tuple[Claim, dict[str, Document]]) -> None:
    claim, documents = graph
    chart = draw(claim, documents)
    assert overlapping(chart) == []
    assert len({d.document for d in chart.dots}) == len(chart.dots)
    for dot in chart.dots:
        assert dot.x >= 0
        assert box(dot)[2] <= chart.width + 1
        assert 0 <= dot.y <= chart.height
    for line in (*chart.lines, *chart.loops):
        assert re.fullmatch(r"[MVHLQC0-9e.\- ]+", line.d)


@given(st.text(max_size=200), st.integers(5, 30), st.integers(1, 4))
def test_lane_names_keep_to_their_column(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, most)
    assert 1 <= len(lines) <= most
    assert all(len(line) <= max(width, len("(no name)")) for line in lines)
