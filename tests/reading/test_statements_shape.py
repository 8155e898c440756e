"""The shape of what is read from any text: spans inside the text, not empty, nesting without circles."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allegata.model import STANCES, Document, Embed, Statement
from allegata.reading.parsing import parse
from allegata.reading.statements import find_statements
from allegata.reading.statements.nesting import nest

WORDS = """
she he it they the The mayor guards navy Mero pier ferry was mined sank had said says saying claims denied
deny told that which who whether if as by of for to and or not never no accused blamed allegedly according
report claim allegation evidence there is are reports warned asked declined comment confirm nor neither said,
said: RT @x: @y — – - ( ) : ; , . ! ? ' ’ " “ ” '' « » … 😡 MERO: Q: نعم
"""
GAPS = ("\n", "\n\n", "\t", "\u200b", "\u200f", "\u202e", "\u00a0", "— A B (@ab) March 6, 2025")


def check(text: str, statements: tuple[Statement, ...]) -> None:
    ids = [s.id for s in statements]
    assert ids == [f"s{i + 1}" for i in range(len(ids))]
    parents = {s.id: s.nested_in for s in statements}
    for s in statements:
        assert s.stance in STANCES
        assert s.cue or s.content
        for spans in (s.source, s.cue, s.content):
            assert list(spans) == sorted(spans)
            assert all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in spans)
            assert all(b <= c for (_, b), (c, _) in pairwise(spans))
        seen, at = set(), s.nested_in
        while at is not None:
            assert at in parents and at not in seen and at != s.id
            seen.add(at)
            at = parents[at]


def read_any(text: str, sentences: tuple[tuple[int, int], ...] | None = None, **fields: object) -> None:
    doc = next(parse([text]))
    if sentences is None:
        sentences = tuple((s.start_char, s.end_char) for s in doc.sents)
    check(text, find_statements(Document("d", text, **fields), doc, sentences))  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from((*re.split(r"\s+", WORDS.strip()), *GAPS)), max_size=60),
    st.sampled_from(["article", "post", "transcript"]),
)
def test_words_of_attribution_in_any_order(pieces: list[str], kind: str) -> None:
    read_any(" ".join(pieces), kind=kind)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    read_any(text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6))
def test_any_sentences(bounds: list[tuple[int, int]]) -> None:
    text = 'The mayor said "no", and the guards denied that they had mined the pier.'
    read_any(text, tuple(sorted((min(b), max(b)) for b in bounds)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(-5, 200), st.integers(-5, 200))
def test_any_embed(start: int, end: int) -> None:
    text = "Lena Orth wrote that the pier was mined. — Lena Orth (@lena) March 6, 2025"
    read_any(text, embeds=(Embed(ref=None, author="Lena Orth", handle="@lena", span=(start, end)),))


HOSTILE = {
    "quotation marks": '"a said b" ' * 2_000,
    "opening marks": "“he said " * 2_000,
    "marks in paragraphs": "“He said so many things to us all today\n\n" * 1_000,
    "single marks": "'tis the 'said ' " * 1_500,
    "no stops": "the army said the rebels claimed that " * 1_500,
    "asides": "he said, " * 3_000,
    "relative clauses": "which he denies, " * 1_500,
    "handles": "— a (@b) " * 3_000,
    "colons": "Mero: " * 3_000,
    "turns": "A: he said so.\nQ: why?\n" * 1_000,
    "invisible and right-to-left": "\u200bhe\u200b said\u200f \u200fno\u202e yes\u200b " * 1_000,
    "blank": " \n\t" * 5_000,
    "one word": "a" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_read_whole(text: str) -> None:
    read_any(text)


def test_nothing_is_read_from_nothing() -> None:
    doc = next(parse([""]))
    assert find_statements(Document("d", ""), doc, ()) == ()


def test_a_document_longer_than_its_parse_is_read_as_far_as_it_was_parsed() -> None:
    text = "The mayor said the pier was mined. "
    doc = next(parse([text]))
    (statement,) = find_statements(Document("d", text * 3), doc, ((0, len(text)),))
    assert text[slice(*statement.content[0])] == "the pier was mined"


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=12),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), max_size=12),
)
def test_nesting_has_no_circles(places: list[tuple[int, int]], contents: list[tuple[int, int]]) -> None:
    n = min(len(places), len(contents))
    spans = [(a, a + b) for a, b in places[:n]]
    holders = [[(a, a + b)] for a, b in contents[:n]]
    parents = nest(spans, holders)
    for i, p in enumerate(parents):
        if p is not None:
            assert any(a <= spans[i][0] and spans[i][1] <= b for a, b in holders[p])
        seen = {i}
        while p is not None:
            assert p not in seen
            seen.add(p)
            p = parents[p]


def test_nesting_takes_the_innermost() -> None:
    assert nest([(0, 1), (10, 12), (20, 22)], [[(2, 40)], [(13, 40)], [(23, 40)]]) == [None, 0, 1]
