"""The tagger's run-time side: windows, marks, decoding, and the shipped model on sentences of our own."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.model import Document
from allegata.reading.parsing import parse
from allegata.reading.sentences import segment
from allegata.reading.statements.drafts import Draft
from allegata.reading.tagger import encode, find_statements, shipped
from allegata.reading.tagger.decode import CONTENT, CUE, SOURCE, Attribution
from allegata.reading.tagger.joint import join
from allegata.reading.tagger.nesting import nest
from allegata.reading.tagger.sieve import sift
from allegata.reading.tagger.windows import (
    INSIDE,
    LENGTH,
    LINE,
    LOWER,
    OPENING,
    PARAGRAPH,
    QUOTE,
    TITLE,
    UPPER,
    split,
    windows,
)


def find_attributions(text: str, model: Any, drafts: tuple[Draft, ...] = ()) -> list[Attribution]:
    return join(text, encode(text, model), drafts, model)


class Scripted:
    """Knows one cue word: what stands before it is the source, what follows is the content, up to a stop."""

    def __init__(self, cue: str, stop: str = ".") -> None:
        (self.cue,), (self.stop,) = split(cue).ids.tolist(), split(stop).ids.tolist()

    def cues(self, ids: Any, marks: Any) -> tuple[Any, Any]:
        out = np.zeros((len(ids), 3), dtype=np.float32)
        out[:, 0] = 1
        out[ids == self.cue] = (0, 1, 0)
        return np.stack([ids == self.cue, ids == self.stop], axis=1).astype(np.float32), out

    def roles(self, states: Any, anchors: Any) -> Any:
        out = np.zeros((len(anchors), len(states), 4), dtype=np.float32)
        out[:, :, 0] = 1
        stops = [-1, *np.flatnonzero(states[:, 1]).tolist(), len(states)]
        for row, at in zip(out, anchors.tolist(), strict=True):
            begin, end = max(s for s in stops if s < at), min(s for s in stops if s > at)
            row[begin + 1 : at] = np.eye(4)[SOURCE]
            row[at] = np.eye(4)[CUE]
            row[at + 1 : end] = np.eye(4)[CONTENT]
        return out


def test_marks_keep_what_lower_casing_and_joining_lose() -> None:
    text = "NATO met.\nThe “quiet man” left.\n\nHe"
    pieces = split(text)
    words = {
        text[a:b]: marks for (a, b), marks in zip(pieces.spans.tolist(), pieces.marks.tolist(), strict=True)
    }
    assert words["NATO"][:2] == [UPPER, OPENING]
    assert words["The"][:2] == [TITLE, LINE]
    assert words["quiet"][0] == LOWER and words["quiet"][2] == INSIDE
    assert words["“"][2] == QUOTE
    assert words["left"][2] != INSIDE
    assert words["He"][1] == PARAGRAPH


def test_a_quotation_ends_with_its_line() -> None:
    text = 'She said "we will not\nleave the town'
    inside = [
        text[a:b]
        for (a, b), m in zip(split(text).spans.tolist(), split(text).marks.tolist(), strict=True)
        if m[2] == INSIDE
    ]
    assert inside == ["we", "will", "not"]


@given(st.integers(0, 5000))
def test_windows_cover_all_pieces_and_share_out_the_cues(count: int) -> None:
    found = list(windows(count))
    owned = [i for w in found for i in range(w.low, w.high)]
    assert owned == list(range(count))
    assert all(w.start <= w.low < w.high <= w.end <= w.start + LENGTH - 2 for w in found)
    assert all(w.low - w.start >= 30 for w in found if w.start)


def test_decoding_gives_words_of_the_text() -> None:
    text = "Orla Venn said the bridge was unsafe. Nobody answered. The tongue-tied Mr Szczurzyk said no."
    found = find_attributions(text, Scripted("said"))
    read = [(_read(text, f.source), _read(text, f.cue), _read(text, f.content)) for f in found]
    assert read == [
        ("Orla Venn", "said", "the bridge was unsafe"),
        ("The tongue-tied Mr Szczurzyk", "said", "no"),
    ]


def test_every_cue_of_a_long_text_is_found_once() -> None:
    sentence = "The warden of block {} said the keys were lost. "
    text = "".join(sentence.format(i) for i in range(200))
    found = find_attributions(text, Scripted("said"))
    assert len(found) == 200
    assert {_read(text, f.source) for f in found} == {f"The warden of block {i}" for i in range(200)}


@given(
    st.text(alphabet=st.sampled_from("said \n\"“”.’'éA9\u200b\u202e\ud800:—") | st.characters(), max_size=300)
)
@settings(max_examples=60, deadline=None)
def test_any_text_has_valid_spans(text: str) -> None:
    for f in find_attributions(text, Scripted("said")):
        _check(text, f)


def _attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    def at(part: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(part), text.index(part) + len(part)),) if part else ()

    return Attribution(at(source), at(cue), at(content), 1.0)


def test_nesting_takes_the_innermost_and_never_a_circle() -> None:
    text = "Radio Ostra said the mayor believed that Orla had promised a bridge."
    outer = _attribution(text, "Radio Ostra", "said", "the mayor believed that Orla had promised a bridge")
    middle = _attribution(text, "the mayor", "believed", "Orla had promised a bridge")
    inner = _attribution(text, "Orla", "promised", "a bridge")
    assert nest([outer, middle, inner]) == (None, 0, 1)
    twin = Attribution(((0, 5),), ((6, 10),), ((0, 60),), 1.0)
    other = Attribution(((0, 5),), ((12, 15),), ((0, 60),), 1.0)
    assert nest([twin, other]) == (None, 0)


def test_acts_and_ones_own_withdrawn_claim_are_no_further_speakers() -> None:
    text = "A weekly withdrew its report that Orla had agreed to sell the quarry."
    outer = _attribution(text, "A weekly", "withdrew", "its report that Orla had agreed to sell the quarry")
    own = _attribution(text, "", "report", "Orla had agreed to sell the quarry")
    act = _attribution(text, "Orla", "agreed", "to sell the quarry")
    (kept,), parents = sift(text, [outer, own, act], [None, 0, 1])
    assert _read(text, kept.cue) == "withdrew | report"
    assert _read(text, kept.content) == "Orla had agreed to sell the quarry"
    assert parents == [None]


def test_a_speaker_inside_stays() -> None:
    text = "A weekly repeated the report by Orla that the quarry was sold."
    outer = _attribution(text, "A weekly", "repeated", "the report by Orla that the quarry was sold")
    inner = _attribution(text, "Orla", "report", "the quarry was sold")
    assert sift(text, [outer, inner], [None, 0]) == ([outer, inner], [None, 0])


def _read(text: str, spans: Any) -> str:
    return " | ".join(text[s:e] for s, e in spans)


def _check(text: str, found: Attribution) -> None:
    assert found.cue
    for spans in (found.source, found.cue, found.content):
        assert all(0 <= s < e <= len(text) for s, e in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


def _statements(text: str) -> Any:
    doc = next(parse([text]))
    return find_statements(Document("d", text), doc, segment(doc))


def _by_cue(text: str) -> dict[str, Any]:
    return {_read(text, s.cue): s for s in _statements(text)}


def test_shipped_model_reads_a_plain_statement() -> None:
    text = "Prices will fall by autumn, the trade ministry said on Tuesday."
    (found,) = _statements(text)
    assert _read(text, found.source) == "the trade ministry"
    assert _read(text, found.cue) == "said"
    assert _read(text, found.content) == "Prices will fall by autumn"
    assert found.nested_in is None and found.stance == "assert"


def test_shipped_model_reads_a_chain() -> None:
    text = "Radio Ostra reported that the quarry's foreman had accused two surveyors of forging the map."
    found = _statements(text)
    outer, inner = found
    assert _read(text, outer.source) == "Radio Ostra"
    assert _read(text, inner.source) == "the quarry's foreman"
    assert inner.nested_in == outer.id
    assert inner.stance == "allege"
    assert "two surveyors" in _read(text, inner.content)


def test_shipped_model_reads_an_interrupted_quotation() -> None:
    text = "“The ferry was full,” said Ilse Brandt, a ticket clerk, “and nobody counted the passengers.”"
    (found,) = _statements(text)
    assert "Ilse Brandt" in _read(text, found.source)
    assert "ferry was full" in _read(text, found.content) and "nobody counted" in _read(text, found.content)


def test_shipped_model_leaves_the_writers_facts_alone() -> None:
    assert _statements("The ferry left at noon with forty lorries. Rain fell until evening.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "“" * 3000,
        "said " * 3000,
        "a" * 20_000,
        "\ud800 said \udfff",
        "he said that " * 800,
        "\u202eتصريح\u200b" * 400,
    ],
    ids=["empty", "lines", "quotes", "cues", "one word", "surrogates", "deep", "right to left"],
)
def test_shipped_model_on_hostile_text(text: str) -> None:
    for f in find_attributions(text, shipped()):
        _check(text, f)
