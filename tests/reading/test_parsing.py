import pytest

from allegata.reading.parsing import parse


@pytest.mark.parametrize("sign", ["(", "()", "-.", "\u201c"])
def test_signs_without_white_space_do_not_reach_the_tokenizer(sign: str) -> None:
    """It takes quadratic time over them; the words about them keep their places."""
    text = "The mayor (Ida Roth) spoke. " + sign * 40_000 + " The harbour is shut."
    (doc,) = parse([text])
    assert len(doc.text) == len(text)
    assert doc.text.count(sign[0]) <= 1
    assert text[doc[-2].idx :] == "shut."


def test_a_lone_surrogate_is_parsed_as_unknown() -> None:
    (doc,) = parse(["The mayor \ud800 spoke."])
    assert doc.text == "The mayor \ufffd spoke."
