"""Sentences: boundaries at line ends, abbreviations and quotation marks, and spans that always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.reading.parsing import language
from allegata.reading.sentences import segment


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in segment(language()(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Brig. Gen. Tariq Hosseini met Lt. Gen. Orlov on Monday. He left early.",
            ["Brig. Gen. Tariq Hosseini met Lt. Gen. Orlov on Monday.", "He left early."],
        ),
        (
            "The U.S. Senate met in Washington, D.C. The vote failed.",
            ["The U.S. Senate met in Washington, D.C.", "The vote failed."],
        ),
        ("“We won. We did,” he said. He smiled.", ["“We won.", "We did,” he said.", "He smiled."]),
        ('"It is over." He walked away.', ['"It is over."', "He walked away."]),
        ("Nine people died. ''We ran,'' a baker said.", ["Nine people died.", "''We ran,'' a baker said."]),
        ("“Why now?” Marlow said. Nobody answered.", ["“Why now?” Marlow said.", "Nobody answered."]),
        ("He felt ill. Nobody came. The art. It hung there.", None),
    ],
)
def test_boundaries_within_a_line(text: str, expected: list[str] | None) -> None:
    expected = expected or ["He felt ill.", "Nobody came.", "The art.", "It hung there."]
    assert sentences(text) == expected


def test_headings_and_list_items_end_with_their_line() -> None:
    text = "Why the bridge fell\nThe bridge fell on Monday\n- one span\n- two piers\n\nInspectors warned."
    assert sentences(text) == [
        "Why the bridge fell",
        "The bridge fell on Monday",
        "- one span",
        "- two piers",
        "Inspectors warned.",
    ]


def test_wrapped_text_is_not_cut_at_its_line_ends() -> None:
    line = "the committee went on to look at the ledgers of the port and of its yards"
    text = "\n".join(["When it met again in March", *[line] * 8]) + ".\n\nThe harbour master was not asked."
    found = sentences(text)
    assert len(found) == 2
    assert found[0].count("\n") == 8


def test_a_file_name_or_ticker_is_not_cut() -> None:
    assert sentences("Shares of Norrland (NRLb.ST) fell by a tenth.") == [
        "Shares of Norrland (NRLb.ST) fell by a tenth."
    ]


def test_nothing_gives_nothing() -> None:
    assert sentences("") == []
    assert sentences(" \n\t \n") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB .\n\r\t“”\"'’()!?…—-•U.S.é漢\u2028\u200b0"), max_size=120))
def test_spans_are_sorted_disjoint_trimmed_and_cover_every_letter(text: str) -> None:
    spans = segment(language()(text))
    last = 0
    covered = [False] * len(text)
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        covered[start:end] = [True] * (end - start)
        last = end
    assert all(covered[i] or c.isspace() for i, c in enumerate(text))
