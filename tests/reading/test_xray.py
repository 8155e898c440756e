"""The X-ray: shares of sentences, speakers at the root of chains, restatements, origins of a page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from allegata.contract import to_plain
from allegata.model import Allegation, Document, Forecast, Reading, Sentence, Source, Statement
from allegata.reading.origin_keys import government_country, origin_key, origin_keys
from allegata.reading.xray import xray

TEXT = (
    "Norland runs a camp near Tarvik, said Ida Holm, spokeswoman for the Osterland government. "
    "Holm alleged again that Norland runs a camp near Tarvik. "
    "Norland's army rejected the camp claim. "
    "The camp was allegedly built in May. "
    "The rift could widen. "
    "It is a sorry affair. "
    "Tarvik lies on the border. "
    "Subscribe to our newsletter."
)


def spans(*parts: str) -> tuple[tuple[int, int], ...]:
    return tuple((TEXT.index(p), TEXT.index(p) + len(p)) for p in parts)


def reading(*, statements: tuple[Statement, ...] | None = None) -> Reading:
    roles = ["main_event"] * 3 + ["previous_event", "expectation", "evaluation", "current_context"]
    roles.append("not_applicable")
    sentences, at = [], 0
    for part, role in zip(TEXT.split(". "), roles, strict=True):
        end = min(at + len(part) + 1, len(TEXT))
        sentences.append(Sentence(at, end, role))
        at = end + 1
    second = TEXT.index("Norland runs", 20)
    told = (
        Statement(
            "s1",
            spans("Ida Holm, spokeswoman"),
            spans("said"),
            spans("Norland runs a camp near Tarvik"),
            "allege",
            None,
            "Ida Holm",
        ),
        Statement("s2", (), (), ((second, second + 31),), "allege", "s5", "Ida Holm", "post on X"),
        Statement("s5", (), (), ((second - 20, second + 31),), "assert", None, "Reporter Rune"),
        Statement(
            "s3",
            spans("Norland's army"),
            spans("rejected"),
            spans("the camp claim"),
            "deny",
            None,
            "Norland's army",
        ),
        Statement("s4", (), (), spans("The camp was", "built in May"), "allege"),
    )
    sources = (
        Source("Ida Holm", "person", organisation="Osterland government"),
        Source("Reporter Rune", "person"),
        Source("Norland's army", "organisation"),
    )
    acts = (Allegation("s1", "Ida Holm", "Norland", "AID", None, None),)
    return Reading(
        Document("d", TEXT),
        tuple(sentences),
        statements if statements is not None else told,
        acts,
        sources=sources,
    )


def test_each_sentence_is_of_one_kind() -> None:
    shares = {s.kind: s.sentences for s in xray(reading()).shares}
    assert shares == {
        "sourced": 3,
        "unattributed": 1,
        "expectation": 1,
        "evaluation": 1,
        "own": 1,
        "boilerplate": 1,
    }
    assert sum(s.share for s in xray(reading()).shares) == pytest.approx(1)


def test_root_speakers_and_through_whom() -> None:
    found = xray(reading())
    names = [s.name for s in found.speakers]
    assert names[0] == "Ida Holm" and "Reporter Rune" not in names
    holm = found.speakers[0]
    assert (holm.statements, holm.restatements) == (1, 1)
    assert holm.through == ("Reporter Rune",)
    assert holm.channels == ("post on X",)


def test_one_origin_and_the_denier_is_none() -> None:
    origins = xray(reading()).origins
    assert (origins.count, origins.named, origins.anonymous, origins.unattributed) == (1, 1, 0, 1)
    denier = next(s for s in xray(reading()).speakers if s.name == "Norland's army")
    assert denier.origin is None and denier.stances == ("deny",)


def test_nothing_read_gives_zeroes_and_json() -> None:
    empty = xray(Reading(Document("d", "")))
    assert empty.sentences == 0 and empty.origins.count == 0
    assert json.loads(json.dumps(to_plain(empty)))["shares"][0] == {
        "kind": "sourced",
        "sentences": 0,
        "share": 0.0,
    }


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Taliban", "AFG"),
        ("Afghan Taliban government", "AFG"),
        ("the Pakistani foreign ministry", "PAK"),
        ("Kabul", "AFG"),
        ("Foreign Office of Pakistan", "PAK"),
        ("Kenya Ports Authority", None),
        ("Acme Shipping", None),
        ("India", None),
    ],
)
def test_governments_by_name(name: str, country: str | None) -> None:
    assert government_country(name) == country


def test_spokespeople_of_one_government_are_one_origin() -> None:
    one = Source("A. Khan", "person", organisation="Pakistani foreign ministry")
    two = Source("government of Pakistan", "office")
    assert origin_key(one) == origin_key(two) == "government of PAK"
    assert origin_key(Source("B. Roe", "person", organisation="Roe Lines")) == "roe lines"


def test_every_count_is_that_of_what_is_listed() -> None:
    found = xray(reading())
    assert found.statements == sum(s.statements for s in found.speakers) + found.origins.unattributed
    assert found.restatements == sum(s.restatements for s in found.speakers)
    assert found.origins.count == len(found.origins.found)
    assert [(o.name, o.speakers) for o in found.origins.found] == [("Osterland government", ("Ida Holm",))]


def test_what_goes_back_to_one() -> None:
    leading = xray(reading()).leading
    assert leading is not None and leading.name == "Osterland government"
    assert (leading.sentences, leading.statements) == (2, 1)
    assert leading.of_sourced == pytest.approx(2 / 3) and leading.of_story == pytest.approx(2 / 7)


def test_headings_and_what_nobody_has_said_yet_count_for_nobody() -> None:
    whole = reading()
    heading = replace(whole.sentences[0], role="not_applicable")
    found = xray(replace(whole, sentences=(heading, *whole.sentences[1:])))
    assert next(s for s in found.speakers if s.name == "Ida Holm").restatements == 0
    denial = whole.statements[3]
    future = Forecast(denial.cue[0][0] - 1, denial.content[0][1], False, None, None, None, denial.cue[0])
    assert "Norland's army" not in [s.name for s in xray(replace(whole, forecasts=(future,))).speakers]


def test_names_of_one_body_have_one_key() -> None:
    keys = origin_keys(
        [
            Source("Sela Water Board", "organisation"),
            Source("Water Board", "organisation"),
            Source("seamen's union", "organisation"),
            Source("Ida Holm", "person", organisation="Northern Seamen's Union"),
            Source("Rune Lines", "organisation"),
        ]
    )
    assert keys["Water Board"] == keys["Sela Water Board"]
    assert keys["seamen's union"] == keys["Ida Holm"] == "northern seamen's union"
    assert keys["Rune Lines"] == "rune lines"


@pytest.mark.parametrize(("name", "heard"), [("statement", 0), ("leaked memo", 1), ("Ida Holm", 1)])
def test_a_bare_statement_or_report_is_nobody(name: str, heard: int) -> None:
    told = Statement("s1", (), spans("said"), spans("Norland runs a camp near Tarvik"), "assert", None, name)
    kind = "person" if name.istitle() else "document"
    found = xray(replace(reading(statements=(told,)), sources=(Source(name, kind),)))
    assert len(found.speakers) == found.statements == heard


def test_in_a_transcript_capitals_before_a_colon_speak() -> None:
    text = "MAREK: The mill was sold to the bank."
    told = Statement("s1", ((0, 5),), ((5, 6),), ((7, 36),), "assert", None, "Jan Marek")
    sentence = Sentence(0, len(text), "main_event")
    document = Document("d", text, kind="transcript")
    found = xray(Reading(document, (sentence,), (told,), sources=(Source("Jan Marek", "person"),)))
    assert [(s.name, s.statements) for s in found.speakers] == [("Jan Marek", 1)]
    assert {s.kind: s.sentences for s in found.shares}["sourced"] == 1
    assert found.origins.named == 1


def test_a_dateline_passes_nothing_on() -> None:
    text = "TARVIK: The board accused the mill of fraud."
    outer = Statement("s1", ((0, 6),), ((6, 7),), ((8, 43),), "assert", None, "Tarvik")
    inner = Statement("s2", ((8, 17),), ((18, 25),), ((26, 43),), "allege", "s1", "board")
    sources = (Source("Tarvik", "organisation"), Source("board", "organisation"))
    sentence = Sentence(0, len(text), "main_event")
    found = xray(Reading(Document("d", text), (sentence,), (outer, inner), sources=sources))
    assert [(s.name, s.through) for s in found.speakers] == [("board", ())]
