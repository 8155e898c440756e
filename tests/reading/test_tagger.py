"""The tagger's run-time side: windows, marks, decoding, and the shipped model on sentences of our own."""

from __future__ import annotations

from dataclasses import replace
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
from allegata.reading.tagger.joint import join, paired
from allegata.reading.tagger.judge import FEATURES, features, overlap, weights
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
            if not states[at, 0]:
                continue
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


def test_a_pass_gives_each_piece_its_state_and_the_pieces_of_a_stretch() -> None:
    text = "The warden of block nine said the keys were lost. " * 60
    seen = encode(text, Scripted("said"))
    states = seen.states()
    assert len(states) == len(seen.pieces) == len(seen.cues) > LENGTH
    said = [seen.within(i, i + 4) for i in range(len(text)) if text.startswith("said", i)]
    assert len(said) == 60
    assert all(states[pieces, 0].all() and seen.cues[pieces, 1].all() for pieces in said)
    assert states[:, 0].sum() == 60
    assert encode("", Scripted("said")).states().shape[0] == 0


def _draft(text: str, source: str, cue: str, content: str, kind: str = "speech") -> Draft:
    found = _attribution(text, source, cue, content)
    return Draft(
        0, kind, list(found.source), list(found.cue), list(found.content), frame="clause", stance="deny"
    )


def test_what_the_rules_alone_have_stands_beside_the_networks() -> None:
    text = "Orla Venn said the bridge was unsafe. Brno denies that the bridge was ever closed."
    draft = _draft(text, "Brno", "denies", "the bridge was ever closed")
    first, second = find_attributions(text, Scripted("said"), (draft,))
    assert (_read(text, first.cue), first.stance) == ("said", None)
    assert (_read(text, second.source), _read(text, second.content)) == ("Brno", "the bridge was ever closed")
    assert second.stance == "deny"


def test_one_cue_is_one_statement_with_the_networks_spans_and_the_stance_of_the_rules() -> None:
    text = "Orla Venn said the bridge was unsafe."
    (found,) = find_attributions(
        text, Scripted("said"), (_draft(text, "Orla Venn", "said", "the bridge was unsafe"),)
    )
    assert _read(text, found.content) == "the bridge was unsafe"
    assert found.stance == "deny" and found.score > 0.9


def test_layout_is_read_by_the_rules() -> None:
    text = "Orla Venn said no. But the bridge was unsafe"
    turn = _draft(text, "Orla Venn", "said", "no. But the bridge was unsafe", kind="turn")
    (found,) = find_attributions(text, Scripted("said"), (turn,))
    assert _read(text, found.content) == "no. But the bridge was unsafe"


def test_a_source_that_the_rules_rule_out_is_none() -> None:
    text = "Orla Venn said the bridge was unsafe."
    (found,) = find_attributions(
        text, Scripted("said"), (_draft(text, "", "said", "the bridge was unsafe", kind="adverb"),)
    )
    assert found.source == ()


def test_a_post_without_a_cue_word_stands() -> None:
    text = "A page\nThe ferry sank. @harbour"
    post = Draft(-1, "post", [(23, 31)], [], [(7, 22)], frame="embed", stance="assert")
    (found,) = find_attributions(text, Scripted("said"), (post,))
    assert (found.cue, found.content, found.source) == ((), ((7, 22),), ((23, 31),))


def test_the_judge_has_a_weight_for_each_feature() -> None:
    text = "Orla Venn said the bridge was unsafe."
    seen = encode(text, Scripted("said"))
    ((candidate, spelt, draft),) = paired(text, seen, (), Scripted("said"))
    assert draft is None
    candidate = replace(candidate, begins=0.6)
    agreed = _draft(text, "Orla Venn", "said", "the bridge was unsafe")
    apart = _draft(text, "", "said", "Orla")
    alone, both, other = (features(text, candidate, spelt, d) for d in (None, agreed, apart))
    assert len(alone) == len(both) == len(FEATURES) == len(weights())
    assert np.dot(both, weights()) > np.dot(other, weights())
    assert np.dot(both, weights()) > np.dot(alone, weights())


def test_overlap_is_of_characters_and_symmetric() -> None:
    assert overlap([(0, 10)], [(5, 15)]) == overlap([(5, 15)], [(0, 10)]) == pytest.approx(1 / 3)
    assert overlap([], []) == 0


def test_what_the_network_alone_finds_inside_anothers_words_must_tell_words() -> None:
    text = "A weekly said the miller knew of the fire, the smith claimed the mill was old."
    outer = _attribution(
        text, "A weekly", "said", "the miller knew of the fire, the smith claimed the mill was old"
    )
    known = _attribution(text, "the miller", "knew of", "the fire")
    claimed = _attribution(text, "the smith", "claimed", "the mill was old")
    assert sift(text, [outer, known, claimed], [None, 0, 0]) == ([outer, claimed], [None, 0])
    assert sift(text, [known, claimed], [None, None]) == ([known, claimed], [None, None])


def test_what_the_rules_alone_have_stands_inside_anothers_words_or_where_the_network_sees_a_cue() -> None:
    text = "A weekly said the smith denied a theft. Brno denies a theft."
    outer = _attribution(text, "A weekly", "said", "the smith denied a theft")
    inner = replace(_attribution(text, "the smith", "denied", "a theft"), score=-1.0, stance="deny")
    apart = replace(_attribution(text, "Brno", "denies", "a theft"), score=-1.0, stance="deny")
    assert sift(text, [outer, inner, apart], [None, 0, None]) == ([outer, inner], [None, 0])
    seen = replace(apart, score=-0.5)
    assert sift(text, [outer, inner, seen], [None, 0, None]) == ([outer, inner, seen], [None, 0, None])


def test_the_writers_own_acts_are_no_statements() -> None:
    text = "We misread the ledger. We said the ledger was old. The dean was shown in."
    misread = _attribution(text, "We", "misread", "the ledger")
    said = Attribution(((23, 25),), ((26, 30),), ((31, 49),), 0.9)
    shown = _attribution(text, "The dean", "was shown", "")
    assert sift(text, [misread, said, shown], [None, None, None]) == ([said], [None])


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


def test_an_act_that_tells_no_words_answers_nobody() -> None:
    for found in _statements(
        "Brussels has kept its distance from the plan, and the mayor wants a new bridge."
    ):
        assert found.stance in ("assert", "demand")


def test_shipped_model_reads_posts_and_their_chains() -> None:
    text = "RT @harbourwatch: a customs officer tells me two dhows were seized off Mtwara"
    outer, inner = _statements(text)
    assert _read(text, outer.source) == "@harbourwatch" and inner.nested_in == outer.id
    assert "customs officer" in _read(text, inner.source)


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
