"""Who speaks, where the text or the statements were made to break the reader."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from allegata.model import Document, Statement
from allegata.reading.parsing import language
from allegata.reading.speakers import resolve_speakers
from tests.reading.said import parsed, resolve, says

_PIECES = (
    "Karim Bey",
    "the spokesman",
    "He",
    "she",
    "their",
    "the latter",
    "it",
    "Urgent:",
    "LONDON —",
    "\u200b",
    "\u202e",
    "\u2066Sana\u2069",
    "بيان",
    "“",
    '"',
    "said",
    "says that",
    "'s",
    "-",
    "al-Tamimi",
    "\n\n",
    ", ",
    ".",
    "😀",
    "and",
    "who",
    "@x_y",
    "A" * 400,
)
"""What hostile pages are put together from: names, anaphors, marks that change no glyph, layout."""


@st.composite
def page(draw: st.DrawFn) -> tuple[str, tuple[Statement, ...]]:
    """A text of pieces, and statements whose spans may be anything, in the text or past it."""
    text = draw(st.sampled_from(["", " "])).join(draw(st.lists(st.sampled_from(_PIECES), max_size=30)))
    ends = st.integers(-2, len(text) + 5)
    spans = st.lists(st.tuples(ends, ends), max_size=2).map(tuple)
    keys = st.sampled_from(["a", "b", "c", None])
    made = draw(st.lists(st.tuples(spans, spans, spans, keys), max_size=4))
    return text, tuple(
        Statement(key, source, cue, content, "assert", inside)
        for key, (source, cue, content, inside) in zip("abcd", made, strict=False)
    )


@given(page())
@example(("- who", (Statement("a", ((0, 3),), (), (), "assert"),)))
@example(("Karim Bey", (Statement("a", ((6, 9), (0, 5)), (), (), "assert"),)))
@example(("“@x_y", (Statement("a", ((0, 2),), (), (), "assert"),)))
@settings(max_examples=60, deadline=None)
def test_any_page_and_any_statements_give_speakers_that_are_sources(
    made: tuple[str, tuple[Statement, ...]],
) -> None:
    text, statements = made
    document, doc = parsed(text)
    resolved, sources = resolve_speakers(document, doc, statements)
    names = {s.name for s in sources}
    for before, after in zip(statements, resolved, strict=True):
        assert (after.source, after.cue, after.content) == (before.source, before.cue, before.content)
        assert after.speaker is None or after.speaker in names
    assert all(name.strip() for name in names)
    assert all(any(c.isalnum() for c in name) for name in names)


def test_marks_that_nobody_sees_do_not_make_two_of_one() -> None:
    text = "On Monday Omar\u200b Farouk said the well was dry. Later Farouk\u200e said nobody had come."
    speakers, _ = resolve(
        text,
        says(text, "Omar\u200b Farouk", "said", "the well was dry"),
        says(text, "Farouk\u200e", "said", "nobody had come", key="s2"),
    )
    assert speakers == ["Omar Farouk", "Omar Farouk"]


def test_a_name_of_five_kilobytes_is_cut_and_kept_in_its_place() -> None:
    name = "Baron " + "Maximilian " * 450 + "Holt"
    text = f"{name} said the bridge was closed. He said it would stay so."
    speakers, sources = resolve(
        text,
        says(text, name, "said", "the bridge was closed"),
        says(text, "He", "said", "it would stay so", key="s2", after=len(name)),
    )
    assert all(len(s or "") <= 200 for s in speakers)
    assert all(len(alias) <= 200 for s in sources.values() for alias in (s.name, *s.aliases))


def test_ten_thousand_quotations_are_each_given_a_speaker() -> None:
    intro, unit = "Karim Bey came. ", '"It is over," he said. '
    nlp, count = language(), 10_000
    doc = Doc.from_docs([nlp(intro), *([nlp(unit)] * count)], ensure_whitespace=False)
    assert doc is not None and doc.text == intro + unit * count
    places = (len(intro) + i * len(unit) for i in range(count))
    statements = tuple(
        Statement(f"s{i}", ((a + 14, a + 16),), ((a + 17, a + 21),), ((a + 1, a + 12),), "assert")
        for i, a in enumerate(places)
    )
    resolved, sources = resolve_speakers(Document("d", doc.text), doc, statements)
    assert {s.speaker for s in resolved} == {"Karim Bey"}
    assert [s.name for s in sources] == ["Karim Bey"]
