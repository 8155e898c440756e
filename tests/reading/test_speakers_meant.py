"""Whom a pronoun, a relative or a part of a name means, in invented texts."""

from __future__ import annotations

import pytest

from allegata.model import Statement
from tests.reading.said import one, resolve, says, span


def test_surnames_spellings_and_pronouns_are_one_person() -> None:
    text = (
        "Zahid Mujahid, the spokesperson for the border authority, said the gate was shut. "
        "Mujahed said nobody had been hurt. He alleged that the fire was started on purpose. "
        "The spokesman later said the gate would stay shut."
    )
    speakers, sources = resolve(
        text,
        says(text, "Zahid Mujahid, the spokesperson for the border authority", "said", "the gate was shut"),
        says(text, "Mujahed", "said", "nobody had been hurt", key="s2", after=80),
        says(text, "He", "alleged", "the fire was started on purpose", "allege", key="s3"),
        says(text, "The spokesman", "said", "the gate would stay shut", key="s4", after=160),
    )
    assert speakers == ["Zahid Mujahid"] * 4
    source = sources["Zahid Mujahid"]
    assert (source.title, source.organisation) == ("spokesperson", "border authority")
    assert "Mujahed" in source.aliases


def test_gender_tells_two_persons_apart() -> None:
    text = (
        "Governor Anna Keller met the union leader Peter Brandt on Tuesday. She said the talks were useful. "
        "He said they were not."
    )
    speakers, _ = resolve(
        text,
        says(text, "She", "said", "the talks were useful"),
        says(text, "He", "said", "they were not", key="s2", after=text.index("He said")),
    )
    assert speakers == ["Anna Keller", "Peter Brandt"]


def test_a_pronoun_in_a_quotation_is_not_the_one_who_is_quoted() -> None:
    text = 'Omar Said met Karim Bey in Homs. "He told me the well is dry," Omar Said said.'
    speakers, _ = resolve(
        text,
        Statement(
            "s1",
            (span(text, "Omar Said", text.index('dry,"')),),
            (span(text, "said", text.index('dry,"')),),
            (span(text, "He told me the well is dry"),),
            "assert",
        ),
        says(text, "He", "told", "the well is dry", key="s2", inside="s1", after=text.index('"He')),
    )
    assert speakers[0] == "Omar Said"
    assert speakers[1] == "Karim Bey"


def test_first_person_is_the_quoted_speaker_inside_and_the_author_outside() -> None:
    text = '"I say the soldiers paid them," Halima Oumar said. I have learned that the bridge is mined.'
    quoted = "I say the soldiers paid them"
    speakers, _ = resolve(
        text,
        Statement(
            "s1", (span(text, "Halima Oumar"),), (span(text, "said"),), (span(text, quoted),), "assert"
        ),
        Statement(
            "s2",
            (span(text, "I"),),
            (span(text, "say"),),
            (span(text, "the soldiers paid them"),),
            "assert",
            "s1",
        ),
        says(text, "I", "have learned", "the bridge is mined", key="s3", after=text.index("said. I")),
        author="@kabul_desk",
        kind="post",
    )
    assert speakers == ["Halima Oumar", "Halima Oumar", "@kabul_desk"]


def test_the_words_of_somebody_are_his_own() -> None:
    text = "Anna Keller's statement suggests the bridge is mined. Her remarks imply it is not safe."
    speakers, _ = resolve(
        text,
        says(text, "Anna Keller's statement", "suggests", "the bridge is mined"),
        says(text, "Her remarks", "imply", "it is not safe", key="s2"),
    )
    assert speakers == ["Anna Keller", "Anna Keller"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The road is mined, said Ida Brunn of the port police, who asked for patience.", "Ida Brunn"),
        ("The town thanked the brother of Ida Brunn, who asked for patience.", "Ida Brunn"),
    ],
)
def test_who_is_the_person_and_not_the_body_they_are_of(text: str, who: str) -> None:
    speakers, _ = resolve(text, says(text, "who", "asked for", "patience"))
    assert speakers == [who]


def test_which_is_the_body_and_not_the_person_of_it() -> None:
    text = "The ship was sunk, said Ana Roth of the Blue Coast group, which asked for an inquiry."
    speakers, _ = resolve(text, says(text, "which", "asked for", "an inquiry"))
    assert speakers == ["Blue Coast group"]


def test_a_relative_does_not_take_the_surname_over() -> None:
    text = (
        "Carly Brandt runs the firm. Brandt declined to comment. Her husband, Frank Brandt, waited outside. "
        "Brandt later said the sale was off."
    )
    start = text.index("Brandt later")
    speakers, _ = resolve(text, says(text, "Brandt", "said", "the sale was off", after=start))
    assert speakers == ["Carly Brandt"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "name"),
    [
        (
            "Fever spreads in Karsh. WHO director Ida Roth said tests ran.",
            "WHO director Ida Roth",
            "said",
            "Ida Roth",
        ),
        ("Fever spreads in Karsh, a town near Vell. WHO said tests ran.", "WHO", "said", "WHO"),
        ("Fever spreads in Karsh. US said it would help.", "US", "said", "US"),
        ("Fever spreads, said the clerk, who said tests ran.", "who", "said tests", "clerk"),
        ("THE CLERK OF KARSH, WHO SAID THE TESTS RAN, LEFT.", "WHO", "SAID", "Clerk"),
    ],
)
def test_capitals_tell_a_body_from_a_pronoun(text: str, source: str, cue: str, name: str) -> None:
    assert one(text, source, cue).name == name


def test_the_former_and_the_latter() -> None:
    text = (
        "The union chief Anders Holt and Mayor Tomas Reyle both spoke. "
        "The former said the strike would go on; the latter said it was illegal."
    )
    speakers, _ = resolve(
        text,
        says(text, "The former", "said", "the strike would go on", after=60),
        says(text, "the latter", "said", "it was illegal", key="s2", after=100),
    )
    assert speakers == ["Anders Holt", "Tomas Reyle"]


def test_two_who_speak_together_are_they() -> None:
    text = "Mr. Falk and Mr. Lind say other changes are needed. The fund has grown too fast, they say."
    speakers, sources = resolve(
        text,
        says(text, "Mr. Falk and Mr. Lind", "say", "other changes are needed"),
        says(text, "they", "say", "The fund has grown too fast", key="s2", after=50),
    )
    assert speakers == ["Mr. Falk and Mr. Lind"] * 2
    assert sources["Mr. Falk and Mr. Lind"].kind == "unknown"


def test_it_is_whom_the_paper_quotes_and_not_the_paper() -> None:
    text = "The airline Aerovia has denied the delay, the Valley Gazette reported. It said crews were rested."
    speakers, _ = resolve(
        text,
        says(text, "The airline Aerovia", "has denied", "the delay", "deny", inside="s2"),
        says(text, "the Valley Gazette", "reported", "The airline Aerovia has denied the delay", key="s2"),
        says(text, "It", "said", "crews were rested", key="s3", after=70),
    )
    assert speakers == ["Aerovia", "Valley Gazette", "Aerovia"]


def test_a_river_is_not_it() -> None:
    text = "The upper Amazon has always been a place of trade. It said that more ships would come."
    start = text.index("It said")
    statement = Statement(
        "s1", ((start, start + 2),), ((start + 3, start + 7),), ((start + 8, len(text) - 1),), "assert"
    )
    assert resolve(text, statement)[0] == [None]
