"""The whole of reading, by either reader: whatever the text, what comes out fits it and fits together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allegata.model import ROLES, STANCES, Document, Reading, Spans
from allegata.reading import VERSIONS, Reader
from allegata.reading.pipeline import read_documents

READERS: list[Reader] = list(VERSIONS)

PIECES = (
    "The mayor of Velm said that Norland's army shelled Tarn Bridge on Monday . He denied it . According to",
    "Radio Velm , officials could not confirm who mined the pier . If talks fail , the border may close",
    "within weeks . — Ada Rune (@adarune) March 6, 2025 RT @x : \" “ ” ' « » ( ) [ ] … !!! ??? 😡",
    "نعم قال ﷽ 発表した said said: told her lawyer 12/03/2025 http://a.b/c 31 February 99999999999999999999",
    "Share this ADVERTISEMENT You May Also Like",
)
WORDS = [word for line in PIECES for word in line.split()]
GAPS = (
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\t",
    "\u200b",
    "\u200f",
    "\u202e",
    "\u00a0",
    "\ufeff",
    "\x00",
    "\ud800",
    "",
)

HOSTILE = {
    "nothing": "",
    "white space": " \n\t\u3000\n" * 50,
    "one paragraph": "The mayor said the army shelled the bridge and that it would do so again, " * 400,
    "no punctuation": "the mayor said the army shelled the bridge she denied it he claimed " * 400,
    "quotes": '"' * 10_000,
    "opened quotes": "“He said " * 2_000,
    "brackets": "(" * 5_000 + ")" * 5_000,
    "one word": "a" * 50_000,
    "a line each": "said\n" * 4_000,
    "zero width": "T\u200bh\u200be m\u200bayor s\u200baid n\u200bo. " * 400,
    "right to left": "\u202eThe mayor said \u202dno\u202c. قال العمدة إن الجيش قصف الجسر. " * 200,
    "marks on a letter": "The mayor said e" + "\u0301" * 20_000,
    "handles": "RT @a: " * 3_000,
    "numbers": "9" * 20_000 + " said " + "1,000,000 " * 2_000,
    "nul": "The mayor\x00 said\x00 that\x00 he\x00 knew. " * 300,
}


def read(document: Document, reader: Reader) -> Reading:
    return next(read_documents([document], reader))


def check(reading: Reading) -> None:
    """What every Reading promises about its spans and its references."""
    size = len(reading.document.text)

    def fits(spans: Spans) -> bool:
        ordered = all(b <= c for (_, b), (c, _) in pairwise(spans))
        return ordered and all(0 <= a < b <= size for a, b in spans)

    sentences = [(s.start, s.end) for s in reading.sentences]
    assert fits(tuple(sentences))
    assert all(s.role in ROLES for s in reading.sentences)
    names = {s.name for s in reading.sources}
    parents = {s.id: s.nested_in for s in reading.statements}
    assert len(parents) == len(reading.statements)
    for s in reading.statements:
        assert s.stance in STANCES and fits(s.source) and fits(s.cue) and fits(s.content)
        assert s.cue or s.content
        assert s.speaker is None or s.speaker in names
        up, seen = s.nested_in, {s.id}
        while up is not None:
            assert up in parents and up not in seen
            seen.add(up)
            up = parents[up]
    assert all(a.statement is None or a.statement in parents for a in reading.allegations)
    for place in reading.places:
        assert 0 <= place.start < place.end <= size
    for forecast in reading.forecasts:
        assert 0 <= forecast.start < forecast.end <= size


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=70))
def test_any_words_in_any_order(reader: Reader, pieces: list[tuple[str, str]]) -> None:
    check(read(Document("d", "".join(a + b for a, b in pieces), language="en"), reader))


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_signs(reader: Reader, text: str) -> None:
    check(read(Document("d", text, language="en", published="2025-03-06"), reader))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts(kind: str, reader: Reader) -> None:
    check(read(Document("d", HOSTILE[kind], language="en"), reader))


@pytest.mark.parametrize("reader", READERS)
def test_another_language_is_said_to_be_unread(reader: Reader) -> None:
    text = "De woordvoerder van de regering zei maandag dat het leger de brug niet had beschoten. " * 3
    reading = read(Document("d", text), reader)
    assert reading.document.language == "nl" and reading.reader == VERSIONS[reader]
    assert not reading.sentences and not reading.statements and not reading.sources


@pytest.mark.parametrize("reader", READERS)
def test_a_document_does_not_depend_on_its_neighbours(reader: Reader) -> None:
    texts = [
        "The harbour office said on Monday that a barge had sunk. Its captain denied that it was overloaded.",
        "",
        "“We saw no boat,” said Ada Rune, a fisher. " * 40,
        "Officials fear that the strait may close within weeks if the talks fail.",
    ]
    documents = [Document(str(n), text, language="en") for n, text in enumerate(texts)]
    together = list(read_documents(documents, reader))
    assert together == [read(d, reader) for d in documents]
    assert [len(r.statements) > 0 for r in together] == [True, False, True, True]
