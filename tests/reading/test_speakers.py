"""Who speaks, in invented texts."""

from __future__ import annotations

import pytest

from allegata.model import Statement
from allegata.reading.speakers import owner_of, resolve_speakers
from tests.reading.said import one, parsed, resolve, says, span


@pytest.mark.parametrize(
    ("phrase", "name", "kind", "title", "organisation"),
    [
        (
            "Lidia Marchuk, spokeswoman for the Odesa port authority,",
            "Lidia Marchuk",
            "person",
            "spokeswoman",
            "Odesa port authority",
        ),
        (
            "Interior Ministry spokesman Karim Wahab",
            "Karim Wahab",
            "person",
            "spokesman",
            "Interior Ministry",
        ),
        ("Colonel Issa Traoré, who runs the garrison,", "Issa Traoré", "person", "Colonel", None),
        ("their lawyer, Leila Rostami,", "Leila Rostami", "person", "lawyer", None),
        ("Turkey's Foreign Ministry", "Turkey's Foreign Ministry", "organisation", None, None),
        ("the defence ministry", "defence ministry", "organisation", None, None),
        ("the mayor of Agadez", "mayor of Agadez", "office", "mayor", "Agadez"),
        ("a spokesman for the union", "spokesman for the union", "office", "spokesman", "union"),
        ("the Lakeside Herald", "Lakeside Herald", "outlet", None, None),
        ("the newspaper Sahil", "Sahil", "outlet", None, None),
        ("a news agency in Baku", "news agency in Baku", "agency", None, None),
        ("Reuters", "Reuters", "agency", None, None),
        ("a leaked memo", "leaked memo", "document", None, None),
        ("three villagers", "three villagers", "eyewitness", None, None),
        ("a shopkeeper who saw the blast", "shopkeeper", "eyewitness", None, None),
        (
            "a senior official at the Finance Ministry",
            "senior official at the Finance Ministry",
            "anonymous",
            None,
            "Finance Ministry",
        ),
        ("an aide who asked not to be named", "aide", "anonymous", None, None),
        ("sources", "sources", "anonymous", None, None),
        ("Tehran", "Tehran", "organisation", None, None),
        ("DC North Waziristan", "DC North Waziristan", "office", "DC", "North Waziristan"),
    ],
)
def test_a_phrase_is_taken_apart(
    phrase: str, name: str, kind: str, title: str | None, organisation: str | None
) -> None:
    text = f"On Monday {phrase} said the road was open."
    found = one(text, phrase)
    assert (found.name.lower(), found.kind) == (name.lower(), kind)
    assert (found.title, found.organisation) == (title, organisation)


def test_a_signature_is_a_name_with_a_handle() -> None:
    text = "The bridge is down, I saw it.\n— Mirza Anwar (@mirzaanwar) March 6, 2024"
    signature = "Mirza Anwar (@mirzaanwar)"
    statement = says(text, signature, "—", "The bridge is down, I saw it")
    speakers, sources = resolve(text, statement)
    assert speakers == ["Mirza Anwar"]
    assert sources["Mirza Anwar"].handle == "@mirzaanwar"


def test_a_handle_alone_is_an_account() -> None:
    text = "RT @kunar_watch: the pass is closed."
    _, sources = resolve(text, says(text, "@kunar_watch", "RT", "the pass is closed"))
    assert sources["@kunar_watch"].kind == "account"


def test_the_outlets_own_reporter_is_the_outlet() -> None:
    text = "Our reporter heard shots. Lakeside has learned that the depot is empty."
    speakers, _ = resolve(
        text,
        says(text, "Our reporter", "heard", "shots"),
        says(text, "Lakeside", "has learned", "the depot is empty", key="s2"),
        outlet="Lakeside Press",
    )
    assert speakers == ["Lakeside Press", "Lakeside Press"]


def test_a_country_is_not_the_paper_that_has_its_name() -> None:
    text = "Norland denied that it had mined the pier. The Gazette has learned that it is closed."
    speakers, _ = resolve(
        text,
        says(text, "Norland", "denied", "it had mined the pier", stance="deny"),
        says(text, "The Gazette", "has learned", "it is closed", key="s2"),
        outlet="Norland Gazette",
    )
    assert speakers == ["Norland", "Norland Gazette"]


def test_a_transcript_names_its_speakers_in_capitals() -> None:
    text = "PRESENTER: Is it true?\n\nBETTANI: There is a camp behind the mill."
    speakers, sources = resolve(
        text,
        says(text, "PRESENTER", ":", "Is it true"),
        says(text, "BETTANI", ":", "There is a camp behind the mill", key="s2", after=20),
        outlet="Tochi TV",
        kind="transcript",
        title="Evening Talk: Deputy Commissioner Rahim Gul Bettani on the border",
    )
    assert speakers == ["Tochi TV", "Rahim Gul Bettani"]
    assert sources["Rahim Gul Bettani"].title == "Deputy Commissioner"


def test_a_bare_ministry_in_a_press_note_is_the_one_that_publishes_it() -> None:
    text = "Ministry spokesman Asad Qayyum said that the border was quiet."
    _, sources = resolve(
        text,
        says(text, "Ministry spokesman Asad Qayyum", "said", "the border was quiet"),
        outlet="Ministry of Interior, Ruritania",
        kind="statement",
    )
    assert sources["Asad Qayyum"].organisation == "Ministry of Interior, Ruritania"


def test_a_lead_gives_the_office_and_the_next_sentence_the_name() -> None:
    text = (
        "A former governor has alleged that the camp shelters fighters. "
        "Speaking at a seminar, Inamullah Yusufkhel said it had been set up in May."
    )
    speakers, sources = resolve(
        text,
        says(text, "A former governor", "has alleged", "the camp shelters fighters", "allege"),
        says(text, "Inamullah Yusufkhel", "said", "it had been set up in May", key="s2"),
    )
    assert speakers == ["Inamullah Yusufkhel", "Inamullah Yusufkhel"]
    assert sources["Inamullah Yusufkhel"].title == "former governor"


def test_things_said_to_be_something_are_taken_up_by_it() -> None:
    text = (
        "A monitoring group said the image showed a crater. Sahel Imagery Watch said it was new. "
        "The group gave no date. The market was hit, the newspaper Wadi Voice reported. "
        "The newspaper said three had died."
    )
    speakers, sources = resolve(
        text,
        says(text, "A monitoring group", "said", "the image showed a crater"),
        says(text, "Sahel Imagery Watch", "said", "it was new", key="s2", after=50),
        says(text, "The group", "gave", "no date", key="s3"),
        says(text, "the newspaper Wadi Voice", "reported", "The market was hit", key="s4"),
        says(text, "The newspaper", "said", "three had died", key="s5", after=text.index("The newspaper")),
    )
    assert speakers == [*["Sahel Imagery Watch"] * 3, "Wadi Voice", "Wadi Voice"]
    assert sources["Wadi Voice"].kind == "outlet"


def test_a_quotation_goes_on_from_the_statement_before() -> None:
    text = (
        '"They came at night," said Mariam Dossa. "They took the grain and left."\n\n'
        '"Nobody has come back since."'
    )
    speakers, _ = resolve(
        text,
        says(text, "Mariam Dossa", "said", ("They came at night", "They took the grain and left")),
        says(text, "", "", "Nobody has come back since", key="s2"),
    )
    assert speakers == ["Mariam Dossa", "Mariam Dossa"]


def test_a_source_without_words_has_no_speaker() -> None:
    text = "The mill was allegedly burned by soldiers."
    speakers, sources = resolve(text, says(text, "", "allegedly", "burned by soldiers", "allege"))
    assert speakers == [None]
    assert not sources


@pytest.mark.parametrize(
    ("text", "cue", "channel"),
    [
        (
            "In an interview with local TV, Karim Bey said the road was open.",
            "said",
            "interview with local TV",
        ),
        ("Karim Bey wrote in a post on X that the road was open.", "wrote", "post on X"),
        ("Karim Bey said at a news conference that the road was open.", "said", "news conference"),
        ("Karim Bey said by telephone that the road was open.", "said", "telephone"),
        ("Karim Bey told Tochi TV that the road was open.", "told", "Tochi TV"),
        ("Karim Bey tweeted that the road was open.", "tweeted", "tweet"),
        ("Karim Bey said that the road was open.", "said", None),
    ],
)
def test_the_channel_is_a_phrase_of_the_text(text: str, cue: str, channel: str | None) -> None:
    document, doc = parsed(text)
    resolved, _ = resolve_speakers(document, doc, (says(text, "Karim Bey", cue, "the road was open"),))
    assert resolved[0].channel == channel


def test_spans_outside_the_text_are_left_alone() -> None:
    document, doc = parsed("Karim Bey said the road was open.")
    broken = Statement("s1", ((500, 510),), ((0, 0),), ((20, 9000),), "assert")
    resolved, sources = resolve_speakers(document, doc, (broken,))
    assert resolved[0].speaker is None
    assert sources == ()


def test_statements_nested_in_a_circle_end() -> None:
    text = "Karim Bey said I know the road."
    ring = (
        says(text, "I", "know", "the road", key="a", inside="b"),
        says(text, "Karim Bey", "said", "I know the road", key="b", inside="a"),
    )
    document, doc = parsed(text)
    resolved, _ = resolve_speakers(document, doc, ring)
    assert resolved[1].speaker == "Karim Bey"


def test_nobody_is_found_where_resolution_has_not_run() -> None:
    _, doc = parsed("Karim Bey said he knew.")
    assert owner_of(doc, doc[3], []) is None


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Urgent: Depot burns in Karsh.", "Urgent", ":"),
        ("You May Also Like\nTen ways to save on heating.", "You May Also Like", "Ten"),
        ("OSLO (Nordpress) — The ferry sank on Tuesday.", "OSLO", "—"),
        ("Riga: A crane fell on Tuesday.", "Riga", ":"),
        ("Only time will tell whether it holds.", "Only time", "tell"),
        ("History suggests that it will not.", "History", "suggests"),
        ("Friday will show who is right.", "Friday", "show"),
        ("Find the best deals on Amazon: Subscribe now.", "Amazon", ":"),
        ("Water, as we all know, is scarce.", "we all", "know"),
    ],
)
def test_labels_datelines_and_turns_of_phrase_are_nobody(text: str, source: str, cue: str) -> None:
    after = text.index(source)
    rest = text[text.index(cue, after + len(source)) + len(cue) :].strip()
    speakers, sources = resolve(text, says(text, source, cue, rest, after=after))
    assert speakers == [None]
    assert not sources


def test_a_known_speaker_before_a_colon_speaks() -> None:
    text = "Colonel Issa Barro came late.\n\nBarro: The road is open.\n\nPolice: Nobody was hurt."
    speakers, _ = resolve(
        text,
        says(text, "Barro", ":", "The road is open", after=30),
        says(text, "Police", ":", "Nobody was hurt", key="s2"),
    )
    assert speakers == ["Issa Barro", "Police"]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Norwegian astronomer Ida Lund", "Ida Lund"),
        ("32-year-old Ada Horn", "Ada Horn"),
        ("panel Chairman Jason Reid", "Jason Reid"),
        ("lawmaker Kim Seo-yeon", "Kim Seo-yeon"),
    ],
)
def test_a_name_is_found_after_what_its_bearer_is(phrase: str, name: str) -> None:
    found = one(f"On Monday {phrase} said the road was open.", phrase)
    assert (found.name, found.kind) == (name, "person")


def test_half_of_a_name_with_a_hyphen_is_all_of_it() -> None:
    text = "Hamish Bretton-Gordon said the gas was old. Mr Bretton-Gordon said it had leaked. He blamed rust."
    speakers, _ = resolve(
        text,
        says(text, "Hamish Bretton-Gordon", "said", "the gas was old"),
        says(text, "Gordon", "said", "it had leaked", key="s2", after=45),
        says(text, "He", "blamed", "rust", key="s3", after=70),
    )
    assert speakers == ["Hamish Bretton-Gordon"] * 3


def test_a_source_that_was_cut_short_is_completed() -> None:
    text = "The claim was denied by the army on Monday."
    speakers, _ = resolve(text, says(text, "the", "denied", "The claim", "deny"))
    assert speakers == ["army"]


def test_the_end_of_a_dateline_is_no_part_of_a_name() -> None:
    text = "VELL, Sept 11 (Orbis) - Norland's Foreign Office said on Thursday that the port was closed."
    assert one(text, "Orbis) - Norland's Foreign Office").name == "Norland's Foreign Office"
    bracketed = "Norland's Foreign Office (in Vell) said on Thursday that the port was closed."
    assert one(bracketed, "Norland's Foreign Office (in Vell)").name == "Norland's Foreign Office"


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Some analysts say that the bridge is shut.", "Some analysts", "say"),
        ("Both governments have promised more patrols.", "Both governments", "have promised"),
        ("If there is any truth in it, it could point to a bargain.", "it", "could point to"),
    ],
)
def test_a_bare_noun_that_tells_not_which_is_nobody(text: str, source: str, cue: str) -> None:
    at = text.index(cue)
    place = text.rindex(source, 0, at)
    statement = Statement(
        "s1",
        ((place, place + len(source)),),
        (span(text, cue),),
        ((at + len(cue) + 1, len(text) - 1),),
        "assert",
    )
    assert resolve(text, statement)[0] == [None]


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("The parents sent a letter to the board. The letter said that fees rise.", "The letter", "letter"),
        ("The flood came at night, police said.", "police", "police"),
        ("A report by the Water Institute said that wells are dry.", "A report by the Water Institute", None),
        ("Two governments of the valley said that the dam stays.", "Two governments of the valley", None),
    ],
)
def test_who_was_brought_in_or_is_told_apart_stays(text: str, source: str, name: str | None) -> None:
    found = one(text, source).name
    assert found == name if name else found


def test_a_heading_is_no_part_of_the_name_after_it() -> None:
    text = "The Claim\n\nOrrin Vale’s bold statement raises questions about how far it goes."
    source = "The Claim\n\nOrrin Vale’s bold statement"
    found = one(text, source, "raises questions about")
    assert found.name == "Orrin Vale"
    assert not any("Claim" in alias for alias in found.aliases)
