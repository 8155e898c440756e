"""What voices are called and whom they are: unnamed ones in full, firms taken for persons, offices."""

from __future__ import annotations

from allegata.linking.anonymous import join_unnamed
from allegata.linking.chains import chain_of
from allegata.linking.identity import Identities
from allegata.linking.origins import label
from allegata.linking.own_voice import signatory
from allegata.linking.parties import Party
from allegata.linking.tellings import Telling
from allegata.model import Document, Passage, Source

from .conftest import make_reading


def test_an_unnamed_voice_is_shown_as_it_was_brought_in_but_not_why_it_has_no_name(texts):
    nurse = Source(
        "nurse",
        "anonymous",
        ("A nurse who worked at the Tolm camp in May, who asked not to be named", "the nurse"),
    )
    guard = Source("guard", "anonymous", ("a guard who spoke on condition of anonymity",))
    lines = [("Tents burned, a nurse said.", nurse, "assert"), ("A guard saw it.", guard, "assert")]
    identities = Identities(texts([make_reading("n1", lines, outlet="Tolm Post")]))
    assert label(identities.party("n1", "nurse"), {}) == "nurse who worked at the Tolm camp in May"
    assert label(identities.party("n1", "guard"), {}) == "guard"


def test_a_firm_that_publishes_a_statement_is_nowhere_a_person(texts):
    owner = Source("Hollin Dredging", "person", title="owner")
    story = texts(
        [
            make_reading("s1", ["Our barge was in port."], outlet="Hollin Dredging Ltd", kind="statement"),
            make_reading(
                "a1", [("The barge was in port, its owner said.", owner, "deny")], outlet="Velm Post"
            ),
        ]
    )
    party = Identities(story).party("a1", owner.name)
    assert party.kind == "organisation"
    assert party.name == "Hollin Dredging Ltd"


def test_a_name_that_some_page_knows_as_a_paper_is_no_officer(texts):
    paper, wrong = Source("Morze Vesti", "outlet"), Source("Morze Vesti", "person", title="Ambassador")
    story = texts(
        [
            make_reading("a1", [("The letter is real, it wrote.", paper, "assert")], outlet="Velm Post"),
            make_reading("a2", [("The letter is real.", wrong, "assert")], outlet="Other Post"),
        ]
    )
    assert Identities(story).party("a2", wrong.name).kind == "outlet_own_reporting"


def test_an_office_does_not_begin_in_the_sentence_before(texts):
    minister = Source("Arna Vikdal", "person", title="Justice Minister")
    ministry = Source("Justice Ministry of Iceland", "organisation")
    story = texts(
        [
            make_reading(
                "a1",
                [
                    "The ship called at the Faroe Islands.",
                    ("Justice Minister Arna Vikdal said it ran.", minister, "allege"),
                ],
                outlet="Velm Post",
            ),
            make_reading("a2", [("It ran, the ministry said.", ministry, "allege")], outlet="Other Post"),
        ]
    )
    assert Identities(story).party("a1", minister.name).id == "state:ISL"


def test_a_bare_body_of_an_official_is_the_one_of_its_text_that_is_called_more(texts):
    head = Source("Bo Tranh", "person", title="deputy head", organisation="sub-office")
    body = Source("harbour sub-office of Tolm province", "organisation")
    lines = [("It sank, the sub-office said.", body, "assert"), ("It was hit, he said.", head, "assert")]
    identities = Identities(texts([make_reading("b1", lines, outlet="Tolm Post")]))
    assert identities.party("b1", body.name).id == identities.party("b1", head.name).id


def test_a_body_with_its_country_after_a_comma_is_the_body(texts):
    story = texts(
        [
            make_reading(
                "c1", ["We saw it."], outlet="Directorate of Reef Watch, Indonesia", kind="statement"
            ),
            make_reading(
                "c2",
                [("It saw it.", Source("Directorate of Reef Watch", "organisation"), "assert")],
                outlet="Tolm Post",
            ),
        ]
    )
    identities = Identities(story)
    one = identities.party("c1", "Directorate of Reef Watch, Indonesia")
    assert identities.party("c2", "Directorate of Reef Watch").id == one.id


def test_who_signs_off_a_statement_is_its_signatory():
    text = "The Front shelled nobody.\n\nPour le Front, le porte-parole, Tarek Olmane."
    assert signatory(Document("d", text, outlet="Front", kind="statement")) == "Tarek Olmane"
    assert signatory(Document("d", text, outlet="Front", kind="article")) is None


def test_words_that_describe_a_voice_are_none_of_the_claims_even_where_many_print_them(texts):
    first = Source("signal clerk with eleven winters in the tower", "anonymous")
    other = Source("railway man with eleven winters in the tower", "anonymous")
    story = texts(
        [
            make_reading("u1", [("The points were frozen.", first, "assert")], outlet="A Post"),
            make_reading("u2", [("Nobody salted the rails.", other, "assert")], outlet="B Post"),
        ]
    )
    identities = Identities(story)
    told = {
        t.id: [
            Telling(t.id, "assert", (identities.party(t.id, s.name),), (s.name,), (Passage(t.id, 0, 10),))
            for s in t.reading.sources
        ]
        for t in story
    }
    parties = [ts[0].chain[0] for ts in told.values()]
    joined, merges = join_unnamed(story, told, parties, {"eleven": 1.0, "winter": 1.0, "tower": 1.0})
    assert len(joined) == len(merges) == 1


def test_whom_a_voice_on_air_only_supposes_is_not_heard(texts):
    host, somebody = Source("ODO", "unknown"), Source("somebody", "anonymous")
    reading = make_reading(
        "t1",
        [("If somebody said they paid him, I would believe it.", host, "assert")],
        outlet="Radio Tolm",
        kind="transcript",
    )
    (outer,) = reading.statements
    inner = type(outer)("s2", (), (), ((3, 30),), "assert", "s1", somebody.name)
    whole = type(reading)(reading.document, reading.sentences, (outer, inner), (), sources=(host, somebody))
    (text,) = texts([whole])
    assert chain_of(text, inner, {"s1": outer, "s2": inner}) == ("ODO",)


def test_whom_a_text_takes_up_as_the_man_is_whom_it_brought_in(texts):
    builder = Source("contractor", "organisation", ("A contractor who has worked at the Pell mine",))
    man = Source("man", "anonymous", ("The man, who asked not to be named",))
    lines = [
        ("A contractor who has worked at the Pell mine said the pond spilled.", builder, "assert"),
        ("The man, who asked not to be named, said he saw it.", man, "assert"),
    ]
    identities = Identities(texts([make_reading("n1", lines, outlet="Tolm Post")]))
    party = identities.party("n1", "contractor")
    assert party.anonymous and identities.party("n1", "man") == party
    assert label(party, {}) == "contractor who has worked at the Pell mine"
    assert "the text calls so whom it brought in before" in {m.reason for m in identities.merges}


def test_of_two_unnamed_persons_the_man_may_be_either(texts):
    first = Source("porter", "anonymous", ("A porter",))
    second = Source("driver", "anonymous", ("a driver",))
    man = Source("man", "anonymous", ("The man",))
    lines = [
        ("A porter and a driver saw it.", first, "assert"),
        ("It burned, a driver said.", second, "assert"),
        ("The man said no more.", man, "assert"),
    ]
    identities = Identities(texts([make_reading("n1", lines, outlet="Tolm Post")]))
    parties = {identities.party("n1", n).id for n in ("porter", "driver", "man")}
    assert len(parties) == 3


def test_those_who_speak_for_a_party_are_shown_by_name() -> None:
    party = Party("state:PAK", "Government of Pakistan", "named_official", ("Sidra Alvi",), "PAK")
    told = {
        f"d{n}": [Telling(f"d{n}", "allege", (party,), (name,), ())]
        for n, name in enumerate(("The spokesman", "Sidra Alvi", "company", "Press Wing"))
    }
    assert label(party, told) == "Government of Pakistan (Sidra Alvi; Press Wing)"
