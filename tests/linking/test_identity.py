"""Who is who: states that no list knows, offices without a state, descriptions, short forms, outlets."""

from dataclasses import replace

from allegata.linking.identity import Identities
from allegata.model import Place, Source

from .conftest import make_reading


def office(name: str, **more: str) -> Source:
    return Source(name, "organisation", **more)


def test_bodies_of_a_state_that_no_list_knows_are_one_voice(texts):
    army, ministry, staff = (
        office("Torvenian Army"),
        office("Torvenia's defence ministry"),
        office("General Staff"),
    )
    story = texts(
        [
            make_reading(
                "a1", [("The bridge at Ulm Vale was shelled by rebels.", army, "assert")], outlet="A"
            ),
            make_reading("a2", [("Rebels shelled the bridge at Ulm Vale.", ministry, "assert")], outlet="B"),
            make_reading("a3", [("The bridge at Ulm Vale was hit by rebels.", staff, "assert")], outlet="C"),
        ]
    )
    identities = Identities(story)
    parties = {identities.party(d, s.name).id for d, s in (("a1", army), ("a2", ministry), ("a3", staff))}
    assert parties == {"state:torvenia"}
    assert identities.party("a1", army.name).name == "Government of Torvenia"


def test_a_lead_that_goes_on_with_a_name_means_its_bearer_but_never_one_who_asked_not_to_be_named(texts):
    engineer = Source("shift engineer", "anonymous")
    named = Source("Orla Tamm", "person")
    lines = [
        ("The siren was broken, a shift engineer said.", engineer, "assert"),
        ("Orla Tamm opened the gate at two.", named, "assert"),
    ]
    open_one = make_reading("o1", lines, outlet="Mill Herald")
    hidden = make_reading("h1", [*lines, "The engineer asked not to be named."], outlet="Dam Post")
    identities = Identities(texts([open_one]))
    assert identities.party("o1", engineer.name) == identities.party("o1", named.name)
    assert any(m.merged == "shift engineer" for m in identities.merges)
    assert Identities(texts([hidden])).party("h1", engineer.name).anonymous


def test_a_short_form_of_one_body_is_the_body(texts):
    long, short = office("Grabenholt Transit"), office("Grabenholt")
    story = texts(
        [
            make_reading("g1", [("It paid nobody.", long, "deny")], outlet="A"),
            make_reading("g2", [("It paid nobody at all.", short, "deny")], outlet="B"),
        ]
    )
    identities = Identities(story)
    assert identities.party("g1", long.name).id == identities.party("g2", short.name).id


def test_an_outlet_of_the_story_is_no_officer_of_a_state(texts):
    wrong = Source("Gazeta Lutra", "person", title="Transport Minister")
    story = texts(
        [
            make_reading("p1", ["The minister's brother owns the mill."], outlet="Gazeta Lutra"),
            make_reading("p2", [("The mill is his, it wrote.", wrong, "assert")], outlet="Other Paper"),
        ]
    )
    assert not Identities(story).party("p2", wrong.name).id.startswith("state:")


def test_of_two_spellings_the_one_that_most_documents_print_is_shown(texts):
    right, wrong = (Source(n, "person") for n in ("Josphat Kilmor", "Josaphat Kilmor"))
    story = texts(
        [
            make_reading(f"k{n}", [("Guards shot at porters.", right, "assert")], outlet=f"P{n}")
            for n in range(3)
        ]
        + [make_reading("k9", [("Guards shot at porters.", wrong, "assert")], outlet="Q")]
    )
    assert Identities(story).fullest("k9", wrong.name) == "Josphat Kilmor"


def test_a_person_who_is_called_like_a_town_is_not_from_there(texts):
    minister = Source("Aden Kiruvel", "person", title="defence minister")
    line = "The bridge at Ulm Vale was shelled, defence minister Aden Kiruvel said."
    reading = make_reading("p1", [(line, minister, "assert")], outlet="Vale Wire")
    start = line.index("Aden")
    town = Place(start, start + 4, "Aden", 12.8, 45.0, None, "YEM", 3)
    party = Identities(texts([replace(reading, places=(town,))])).party("p1", minister.name)
    assert party.country is None and "Yemen" not in party.name


def test_a_first_name_and_a_joint_byline_mean_who_stands_above_the_transcript(texts):
    turn, other = Source("MAREN", "person"), Source("Maren Holt", "person")
    lines = [("MAREN: The pier at Ulm Vale was mined by the guards.", turn, "assert")]
    episode = make_reading(
        "t1", lines, outlet="Pier Talk", author="Maren Holt and Ivo Pell", kind="transcript"
    )
    far = make_reading("t2", [("The pier was mined, Maren Holt said.", other, "assert")], outlet="Vale Wire")
    identities = Identities(texts([episode, far]))
    assert identities.party("t1", "MAREN") == identities.party("t1", "Maren Holt")
    assert identities.fullest("t1", "MAREN") == "Maren Holt"
    assert identities.fullest("t1", "Ivo Pell") == "Ivo Pell"


def test_a_state_is_not_the_paper_that_is_called_after_it(texts):
    state = Source("Norvale", "organisation")
    denial = [("Norvale denied that its boats shelled the market of Ulm Vale.", state, "deny")]
    identities = Identities(texts([make_reading("g1", denial, outlet="Norvale Gazette")]))
    assert identities.party("g1", "Norvale") != identities.party("g1", "Norvale Gazette")


def test_a_bare_noun_makes_no_two_bodies_one(texts):
    lines = [
        ("Nadie cobró, dijo el Banco Ulmera.", office("Banco Ulmera"), "assert"),
        ("El Banco Torvena lo niega.", office("Banco Torvena"), "deny"),
        ("El banco no abrió, dijo el banco.", office("banco"), "assert"),
    ]
    identities = Identities(texts([make_reading("b1", lines, outlet="A")]))
    parties = {identities.party("b1", name).id for name in ("Banco Ulmera", "Banco Torvena", "banco")}
    assert len(parties) == 3


def test_a_place_of_a_country_that_the_story_is_silent_of_gives_no_state(texts):
    ministry = office("Ministry of Security of Velmar State")
    line = "Herders were shot in Norway, the Ministry of Security of Velmar State said."
    reading = make_reading("p1", [(line, ministry, "assert")], outlet="Vale Wire")
    at, nation = line.index("Velmar"), line.index("Norway")
    elsewhere = Place(at, at + 6, "Velmar", 40.0, 120.0, None, "CHN", 3)
    named = Place(nation, nation + 6, "Norway", 60.0, 10.0, None, "NOR", 6)

    def country(*places: Place) -> str | None:
        return Identities(texts([replace(reading, places=places)])).party("p1", ministry.name).country

    assert country(elsewhere, named) != "CHN"
    assert country(elsewhere) == "CHN"


def test_a_body_is_called_by_its_name_and_not_by_the_account_that_spells_it(texts):
    body, account = (
        Source("Open Jetty", "organisation"),
        Source("@OpenJetty_Aid", "account", handle="OpenJetty_Aid"),
    )
    lines = [("The jetty burned, Open Jetty said.", body, "assert"), ("It burned twice.", account, "assert")]
    party = Identities(texts([make_reading("b1", lines, outlet="Vale Wire")])).party("b1", account.name)
    assert (party.name, party.kind) == ("Open Jetty", "organisation")


def test_a_description_right_after_a_name_takes_it_up_and_any_other_does_not(texts):
    named = Source("Ada Velt", "person")
    described = Source("pharmacist of the hospital", "anonymous", ("the pharmacist of the hospital",))
    first = ("Ada Velt does not trust paper.", named, "assert")
    then = ("In April the pharmacist of the hospital read eleven degrees.", described, "assert")

    def same(*lines) -> bool:
        identities = Identities(texts([make_reading("n1", list(lines), outlet="Vale Wire")]))
        return identities.party("n1", named.name) == identities.party("n1", described.name)

    filler = "The road to the hospital is closed for half of the year, and " * 4 + "nobody minds."
    other = ("Ivo Pell carried the box.", Source("Ivo Pell", "person"), "assert")
    asked = "She is not named because she fears for her post."
    assert same(first, then)
    assert not same(first, filler, then)
    assert not same(other, first, then)
    assert not same(first, then, asked)


def test_what_a_spokeswoman_says_of_an_officer_makes_her_none(texts):
    officer = Source("officer of the engineers", "anonymous", ("An officer of the engineers",))
    woman = Source("Isa Menk", "person", title="spokeswoman", organisation="Vale Front")
    lines = [
        ("The rifles were laid out, an officer of the engineers said.", officer, "assert"),
        ("Isa Menk, its spokeswoman, said that she knew of no such officer.", woman, "assert"),
    ]
    identities = Identities(texts([make_reading("n1", lines, outlet="Vale Wire")]))
    assert identities.party("n1", officer.name).anonymous
