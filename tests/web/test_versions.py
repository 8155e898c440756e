"""What changed between two versions of a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegata.web.versions import MOST_PARAGRAPHS, Difference, compare

OLD = "\n\n".join(
    [
        "The ferry sank on Monday.",
        "Two sailors died, the harbour master said.",
        "A.",
        "B.",
        "C.",
        "D.",
        "The end.",
    ]
)
NEW = OLD.replace("Two sailors", "Three sailors") + "\n\nCorrection: an earlier version said two."


def text_of(found: Difference, kind: str) -> list[str]:
    return [text for p in found.paragraphs for k, text in p.pieces if k == kind]


def test_a_changed_word_and_a_new_paragraph() -> None:
    found = compare(OLD, NEW)
    assert text_of(found, "out") == ["Two"]
    assert text_of(found, "in") == ["Three", "Correction: an earlier version said two."]
    assert (found.out, found.put_in, found.cut) == (1, 7, False)


def test_what_did_not_change_is_folded_but_beside_a_change() -> None:
    found = compare(OLD, NEW)
    assert [p.folded for p in found.paragraphs if p.folded] == [3]
    assert "The end." in text_of(found, "same")


def test_a_paragraph_that_was_taken_out_and_one_that_is_another() -> None:
    found = compare("One two three.\n\nFour five six.", "Four five seven.")
    assert text_of(found, "out") == ["One two three.", "six"]
    assert compare("Alpha beta.", "Gamma, delta!").paragraphs[0].pieces == (("in", "Gamma, delta!"),)


def test_the_same_text_has_no_change() -> None:
    found = compare(OLD, OLD)
    assert found.out == found.put_in == 0
    assert [p.folded for p in found.paragraphs] == [7]


def test_a_text_of_any_size_is_compared_in_bounds() -> None:
    found = compare("\n".join(f"line {n}" for n in range(3 * MOST_PARAGRAPHS)), "word " * 200_000)
    assert found.cut


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_both_texts_can_be_had_back(old: str, new: str) -> None:
    found = compare(old, new)
    if not any(p.folded for p in found.paragraphs):
        for text, kind in ((old, "out"), (new, "in")):
            kept = "".join(t for p in found.paragraphs for k, t in p.pieces if k in ("same", kind))
            assert sorted("".join(text.split())) == sorted("".join(kept.split()))
