from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegata.model import Statement
from allegata.web.marks import LAYERS, MAX_DEPTH, Mark, layer, marks_of, nesting, paragraphs
from tests.web.stories import readings

spans = st.tuples(st.integers(-5, 60), st.integers(-5, 60))
marks = st.lists(
    st.builds(
        lambda s, name, depth: Mark(*s, name, "r", depth),
        spans,
        st.sampled_from(LAYERS),
        st.integers(1, MAX_DEPTH),
    ),
    max_size=12,
)


@given(marks, st.integers(0, 50), st.lists(st.integers(-3, 60), max_size=4))
def test_pieces_cover_the_text_and_say_what_holds_there(
    held: list[Mark], length: int, cuts: list[int]
) -> None:
    pieces = layer(held, length, cuts)
    assert [p.start for p in pieces] == [0, *(p.end for p in pieces)][: len(pieces)]
    assert (pieces[-1].end if pieces else 0) == length
    for piece in pieces:
        here = [m for m in held if m.start <= piece.start and piece.end <= m.end]
        assert piece.layers == tuple(sorted({m.layer for m in here}))
        assert piece.depth == max((m.depth for m in here if m.layer == "content"), default=0)
    for cut in cuts:
        assert not any(p.start < cut < p.end for p in pieces)


@given(marks, st.integers(1, 50))
def test_every_mark_that_is_seen_opens_once(held: list[Mark], length: int) -> None:
    opened = [m for p in layer(held, length) for m in p.opens]
    seen = [m for m in held if max(0, m.start) < min(length, m.end)]
    assert sorted(map(repr, opened)) == sorted(map(repr, seen))


def test_overlap_is_split_at_the_borders() -> None:
    pieces = layer([Mark(0, 6, "content"), Mark(4, 9, "place")], 10)
    assert [(p.start, p.end, p.layers) for p in pieces] == [
        (0, 4, ("content",)),
        (4, 6, ("content", "place")),
        (6, 9, ("place",)),
        (9, 10, ()),
    ]


def test_nested_statements_are_deeper() -> None:
    reading = next(r for r in readings() if r.document.id == "d05")
    depths = {m.ref: m.depth for m in marks_of(reading) if m.layer == "content"}
    assert depths == {"1": 1, "2": 2, "3": 1}


def test_a_ring_of_statements_ends() -> None:
    ring = [
        Statement("a", (), (), (), "assert", nested_in="b"),
        Statement("b", (), (), (), "assert", nested_in="a"),
    ]
    assert [s.id for s in nesting(ring)["a"]] == ["a", "b"]


@given(st.text(alphabet="ab \n\r\t\u2028", max_size=60))
def test_paragraphs_hold_all_that_is_not_blank(text: str) -> None:
    found = paragraphs(text)
    assert "".join(text[a:b] for a, b in found).split() == text.split()
    assert all(text[a:b].strip() for a, b in found)


def test_paragraphs_part_at_blank_lines() -> None:
    text = "one\ntwo\n \nthree"
    assert [text[a:b] for a, b in paragraphs(text)] == ["one\ntwo\n", "three"]


def test_a_long_line_is_a_paragraph_of_its_own() -> None:
    text = "Heading\n" + "word " * 60 + "\nnext\n"
    assert [text[a:b].split()[0] for a, b in paragraphs(text)] == ["Heading", "word", "next"]
