from hypothesis import given
from hypothesis import strategies as st

from allegata.cli.terminal import plain


@given(st.text(st.characters(codec=None, categories=None)))
def test_nothing_a_terminal_obeys_comes_through(text: str) -> None:
    shown = plain(text)
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in shown)
    assert not any(c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f" for c in shown)
    shown.encode()


def test_an_escape_sequence_is_harmless_words() -> None:
    assert plain("\x1b[31mred\x1b[0m\r\nnext\x9b1m") == "[31mred [0m next 1m"


def test_ordinary_text_is_untouched() -> None:
    assert plain("Țîrgu Mureș – “quoted”, 日本") == "Țîrgu Mureș – “quoted”, 日本"
