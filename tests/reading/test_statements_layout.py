"""Attribution by layout: headlines, reposts, signed and embedded posts, transcripts."""

from __future__ import annotations

import pytest

from allegata.model import Document, Embed
from allegata.reading.parsing import parse
from allegata.reading.statements import find_statements
from tests.reading.test_statements import read, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kyiv: Russian saboteurs blew up train", ("Kyiv", ":", "Russian saboteurs blew up train")),
        (
            "Soldiers torched monastery in Sagaing – monks",
            ("monks", "–", "Soldiers torched monastery in Sagaing"),
        ),
        ("Ceasefire has collapsed, says UN envoy", ("UN envoy", "says", "Ceasefire has collapsed")),
        (
            "@kivu_watch: the bridge at Rutshuru was mined",
            ("@kivu_watch", ":", "the bridge at Rutshuru was mined"),
        ),
        ("RT @kivu_watch: the bridge was mined again", ("@kivu_watch", "RT", "the bridge was mined again")),
    ],
)
def test_headlines_and_reposts(text: str, expected: tuple[str, str, str]) -> None:
    assert [row[1:] for row in told(text, read(text))] == [expected]


@pytest.mark.parametrize(
    "text",
    ["Update: the bridge was mined again", "Analysis: why the truce has collapsed", "Opening hours: 9 to 5"],
)
def test_labels_are_no_speakers(text: str) -> None:
    assert read(text) == ()


POST = "BREAKING: the envoy has alleged that there is a camp near Tarn. More to come."


@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_a_signed_post_holds_what_it_reports(between: str) -> None:
    text = (
        f"A post made the rounds.\n{POST}{between}— Lena Orth (@lena_orth) March 6, 2025\nNobody answered it."
    )
    post, inner = sorted(read(text), key=lambda s: s.nested_in is not None)
    assert told(text, (post, inner)) == [
        ("assert", "Lena Orth (@lena_orth)", "—", POST.rstrip(".")),
        ("allege", "the envoy", "has alleged", "there is a camp near Tarn"),
    ]
    assert inner.nested_in == post.id


def test_an_embedded_post_is_its_authors() -> None:
    text = "A page about boats.\nLena Orth had more: the guards say a mine sank the ferry.\nThe end."
    start, end = text.index("Lena"), text.index("\nThe end")
    embed = Embed(ref="p1", author="Lena Orth", handle="@lena_orth", span=(start, end))
    doc = next(parse([text]))
    sentences = tuple((s.start_char, s.end_char) for s in doc.sents)
    statements = find_statements(Document("d", text, embeds=(embed,)), doc, sentences)
    sources = {text[slice(*s.source[0])]: s for s in statements}
    assert sources["the guards"].nested_in == sources["Lena Orth"].id


TRANSCRIPT = (
    "PRESENTER: People ask where these men come from.\n\n"
    "BETTANI: There is a camp behind the mill.\nThe mayor says it is large.\n\n"
    "SPOKESMAN A. ZAKIR (by telephone): There is no such camp."
)


def test_turns_of_a_transcript_are_statements() -> None:
    statements = read(TRANSCRIPT, kind="transcript")
    turns = [s for s in statements if s.nested_in is None]
    assert [row[1:3] for row in told(TRANSCRIPT, tuple(turns))] == [
        ("PRESENTER", ":"),
        ("BETTANI", ":"),
        ("SPOKESMAN A. ZAKIR (by telephone)", ":"),
    ]
    (mayor,) = (s for s in statements if TRANSCRIPT[slice(*s.source[0])] == "The mayor")
    assert mayor.nested_in == turns[1].id
    assert TRANSCRIPT[slice(*turns[1].content[0])].endswith("says it is large")


def test_one_shouted_label_makes_no_transcript() -> None:
    assert read("WARNING: the road to the pier is closed until further notice today.") == ()
