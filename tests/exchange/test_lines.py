import json

from hypothesis import given
from hypothesis import strategies as st

from allegata.exchange.jsonl import line

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=40)


@given(ANY_TEXT)
def test_a_value_is_one_line_in_utf8_and_keeps_its_length(text: str) -> None:
    written = line({"text": text})
    assert written.encode().decode().splitlines() == [written.removesuffix("\n")]
    back = json.loads(written)["text"]
    assert len(back) == len(text)
    assert all(a == b or 0xD800 <= ord(a) < 0xE000 for a, b in zip(text, back, strict=True))


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert json.loads(line("a\ud83db")) == "a\ufffdb"
