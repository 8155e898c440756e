"""The act inside a Statement, and the writer's own events, in invented texts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allegata.model import PLOVER_ROOTS, Allegation, Event, Place, Statement
from allegata.reading.allegations import find_allegations
from allegata.reading.allegations.lexicon import lexicon
from allegata.reading.speakers import resolve_speakers
from allegata.vocab import load
from tests.reading.said import parsed, place, says, span


def read(
    text: str, *statements: Statement, places: tuple[Place, ...] = ()
) -> tuple[tuple[Allegation, ...], tuple[Event, ...]]:
    document, doc = parsed(text)
    resolved, _ = resolve_speakers(document, doc, statements)
    return find_allegations(document, doc, resolved, places)


def alleged(text: str, *statements: Statement, places: tuple[Place, ...] = ()) -> Allegation | None:
    found, _ = read(text, *statements, places=places)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("content", "accused", "act", "victim"),
    [
        ("soldiers had shot a student near the gate", "soldiers", "ASSAULT", "student"),
        ("a student had been shot by soldiers near the gate", "soldiers", "ASSAULT", "student"),
        ("gunmen opened fire on a wedding convoy", "gunmen", "ASSAULT", "wedding convoy"),
        ("Ruritanian jets had bombed the bridge", "Ruritanian jets", "ASSAULT", "bridge"),
        ("rockets had struck the bridge", None, "ASSAULT", "bridge"),
        ("border guards detained two of its engineers", "border guards", "COERCE", "two of its engineers"),
        ("the militia is holding 14 traders in a school", "militia", "COERCE", "14 traders"),
        ("the army had cut the water supply", "army", "COERCE", None),
        ("a colonel has been supplying fuel to a smuggling ring", "colonel", "AID", None),
        ("Afghan intelligence supplied it with flour and diesel", "Afghan intelligence", "AID", None),
        ("its neighbour was sheltering the gunmen", "its neighbour", "AID", None),
        ("the garrison moved two tanks closer to the river", "garrison", "MOBILIZE", None),
        ("the two envoys met twice in May", "two envoys", "CONSULT", None),
        ("the rebels had agreed to share the toll", "rebels", "AGREE", None),
        ("the governor had refused to send observers", "governor", "REJECT", None),
        ("the soldiers pulled out of the outpost", "soldiers", "RETREAT", None),
        ("the officers paid a gang to beat three drivers", "officers", "ASSAULT", "three drivers"),
        ("servicemen dressed as workers shot at a patrol", "servicemen", "ASSAULT", "patrol"),
    ],
)
def test_actor_act_and_victim_come_from_the_content(
    content: str, accused: str | None, act: str, victim: str | None
) -> None:
    text = f"The mayor said {content}."
    found = alleged(text, says(text, "The mayor", "said", content))
    assert found is not None
    assert (found.claimant, found.accused, found.act, found.victim) == ("mayor", accused, act, victim)
    assert found.statement == "s1"
    assert found.span is not None
    assert text[slice(*found.span)] in content
    assert found.span[0] >= text.index(content)


@pytest.mark.parametrize(
    "content",
    [
        "prices had doubled since June",
        "the army would attack within days",
        "the soldiers want to shoot the governor",
        "if troops had crossed the river, the radar would have shown them",
        "nobody had shot at the convoy",
        "the soldiers did not shoot at the convoy",
        "the law killed the bill",
        "the museum had opened in May",
    ],
)
def test_what_did_not_happen_and_what_is_no_act_are_no_allegations(content: str) -> None:
    text = f"The mayor said {content}."
    assert alleged(text, says(text, "The mayor", "said", content)) is None


@pytest.mark.parametrize("stance", ["predict", "demand"])
def test_predictions_and_demands_are_no_allegations(stance: str) -> None:
    text = "The mayor expects soldiers shot the students."
    assert alleged(text, says(text, "The mayor", "expects", "soldiers shot the students", stance)) is None


def test_accuse_x_of() -> None:
    text = "Kabul accused the Ruritanian coast guard of ramming a supply boat off Sandy Point."
    content = "the Ruritanian coast guard of ramming a supply boat off Sandy Point"
    found = alleged(
        text, says(text, "Kabul", "accused", content, "allege"), places=(place(text, "Sandy Point"),)
    )
    assert found is not None
    assert (found.claimant, found.accused, found.act) == ("Kabul", "Ruritanian coast guard", "ASSAULT")
    assert found.place is not None
    assert found.place.name == "Sandy Point"


def test_blame_x_for_a_mere_noun() -> None:
    text = "Survivors blame militiamen for the deaths of two nurses in Zalam."
    found = alleged(
        text, says(text, "Survivors", "blame", "militiamen for the deaths of two nurses in Zalam", "allege")
    )
    assert found is not None
    assert (found.accused, found.act, found.victim) == ("militiamen", "ASSAULT", "two nurses")


def test_the_accused_of_a_passive_is_the_first_piece() -> None:
    text = "A deputy governor was accused on Sunday of arming a gang."
    found = alleged(text, says(text, "", "was accused", ("A deputy governor", "arming a gang"), "allege"))
    assert found is not None
    assert (found.claimant, found.accused, found.act) == (None, "deputy governor", "AID")


def test_an_accusation_whose_act_has_no_root_keeps_claimant_and_accused() -> None:
    text = "The union accused the owner of mislabelling the crates."
    found = alleged(
        text, says(text, "The union", "accused", "the owner of mislabelling the crates", "allege")
    )
    assert found is not None
    assert (found.claimant, found.accused, found.act) == ("union", "owner", None)


@pytest.mark.parametrize(
    ("text", "cue", "content", "stance"),
    [
        (
            "Northland denied that its jets had bombed the camp.",
            "denied",
            "its jets had bombed the camp",
            "deny",
        ),
        ("Northland denied bombing the camp.", "denied", "bombing the camp", "deny"),
        ("Northland said it never bombed the camp.", "said", "it never bombed the camp", "deny"),
        (
            "Northland denied any role in the bombing of the camp.",
            "denied",
            "any role in the bombing of the camp",
            "deny",
        ),
    ],
)
def test_who_denies_an_act_is_the_accused_and_nobody_the_claimant(
    text: str, cue: str, content: str, stance: str
) -> None:
    found = alleged(text, says(text, "Northland", cue, content, stance))
    assert found is not None
    assert (found.claimant, found.accused, found.act) == (None, "Northland", "ASSAULT")


def test_its_jets_are_those_of_who_rejects_the_charge() -> None:
    text = "Northland rejected Southland's charge that its drones had bombed a pumping station."
    content = "its drones had bombed a pumping station"
    found = alleged(
        text,
        says(text, "Northland", "rejected", f"Southland's charge that {content}", "deny", key="outer"),
        says(text, "Southland", "charge", content, "allege", key="inner", inside="outer"),
    )
    assert found is not None
    assert (found.statement, found.claimant, found.accused) == ("inner", "Southland", "Northland")


def test_a_label_of_the_page_is_no_claimant() -> None:
    text = "URGENT: soldiers had shot a student near the gate."
    found = alleged(text, says(text, "URGENT", ":", "soldiers had shot a student near the gate"))
    assert found is not None
    assert (found.claimant, found.accused, found.act) == (None, "soldiers", "ASSAULT")


def test_the_innermost_source_is_the_claimant_and_its_act_comes_first() -> None:
    text = "A weekly reported that a colonel said rebels had burned the school."
    found, _ = read(
        text,
        says(text, "A weekly", "reported", "a colonel said rebels had burned the school", key="outer"),
        says(text, "a colonel", "said", "rebels had burned the school", key="inner", inside="outer"),
    )
    assert [(a.statement, a.claimant) for a in found] == [("inner", "colonel")]


def test_a_threat_that_somebody_is_said_to_have_made_is_an_act() -> None:
    text = "State radio said the protesters had threatened to storm the depot."
    found = alleged(
        text,
        says(text, "State radio", "said", "the protesters had threatened to storm the depot", key="outer"),
        says(
            text,
            "the protesters",
            "had threatened",
            "to storm the depot",
            "predict",
            key="in",
            inside="outer",
        ),
    )
    assert found is not None
    assert (found.claimant, found.accused, found.act, found.victim) == (
        "State radio",
        "protesters",
        "THREATEN",
        "depot",
    )


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("police from Alphaville had sealed the mill in Betatown", "Betatown"),
        ("police from Alphaville had sealed the mill", None),
        ("the Alphaville government had bombed the mill near Betatown", "Betatown"),
        ("Alphaville was sheltering men who planned the raid on Betatown", None),
        ("soldiers in Alphaville beat a driver", "Alphaville"),
        ("soldiers bombed the mill in Betatown, Alphaville", "Betatown"),
    ],
)
def test_the_place_is_where_the_act_happened(content: str, where: str | None) -> None:
    text = f"The mayor said {content}."
    places = tuple(place(text, n) for n in ("Alphaville", "Betatown") if n in text)
    found = alleged(text, says(text, "The mayor", "said", content), places=places)
    assert found is not None
    assert (found.place.name if found.place else None) == where


def test_this_camp_is_where_the_camp_was_said_to_be() -> None:
    text = (
        "The envoy said there is a training camp for gunmen in Betatown. "
        "He alleged that this camp is supported by the Ruritanian government."
    )
    found, _ = read(
        text,
        says(text, "The envoy", "said", "there is a training camp for gunmen in Betatown"),
        says(
            text, "He", "alleged", "this camp is supported by the Ruritanian government", "allege", key="s2"
        ),
        places=(place(text, "Betatown"),),
    )
    assert [(a.act, a.accused, a.place.name if a.place else None) for a in found] == [
        ("AID", None, "Betatown"),
        ("AID", "Ruritanian government", "Betatown"),
    ]


def test_events_are_what_the_writer_asserts() -> None:
    text = (
        "Ruritania recalled its ambassador on Friday. Police said gunmen had killed two men. "
        "The army would attack if it rained. Nobody was arrested. Critics accused the minister of theft."
    )
    said = says(text, "Police", "said", "gunmen had killed two men")
    accused = says(text, "Critics", "accused", "the minister of theft", "allege", key="s2")
    _, events = read(text, said, accused)
    assert [(e.act, e.actor) for e in events] == [("SANCTION", "Ruritania")]
    assert text[events[0].start : events[0].end] == "recalled"


def test_every_root_is_one_of_plovers_and_every_class_is_used() -> None:
    words = lexicon()
    roots = {*words.verbs.values(), *words.nouns.values(), *words.compounds.values(), *words.hostile}
    roots |= {root for rows in words.phrases.values() for _, root in rows}
    roots |= {frame.root for rows in words.frames.values() for frame in rows}
    assert roots <= set(PLOVER_ROOTS)
    assert set(PLOVER_ROOTS) <= set(load("plover"))
    assert sum(map(len, (words.verbs, words.nouns, words.phrases))) > 400


def test_places_and_spans_outside_the_text_are_left_alone() -> None:
    text = "The mayor said soldiers shot a man."
    broken = Statement("s1", ((900, 910),), ((5, 4),), ((40, 9000),), "assert")
    document, doc = parsed(text)
    assert find_allegations(document, doc, (broken,), (Place(700, 710, "Nowhere"),)) == ((), ())


TEXT = (
    'Kabul said its envoy had met them. He denied that "they shot him", and the army\'s spokesman, Ali Bey, '
    "accused it of arming men in Herat; she wrote: we took nobody. It was burned, allegedly, by guards."
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(st.integers(0, 210), st.integers(0, 210)), max_size=2),
            st.lists(st.tuples(st.integers(0, 210), st.integers(0, 210)), max_size=2),
            st.lists(st.tuples(st.integers(0, 210), st.integers(0, 210)), max_size=2),
            st.sampled_from(["assert", "allege", "deny", "doubt", "no_comment", "predict", "retract"]),
            st.sampled_from([None, "s0", "s1", "s2"]),
        ),
        max_size=5,
    )
)
def test_any_spans_and_nesting_give_valid_results(
    rows: list[tuple[list, list, list, str, str | None]],
) -> None:  # type: ignore[type-arg]
    statements = tuple(
        Statement(f"s{n}", tuple(source), tuple(cue), tuple(content), stance, inside)
        for n, (source, cue, content, stance, inside) in enumerate(rows)
    )
    document, doc = parsed(TEXT)
    resolved, sources = resolve_speakers(document, doc, statements)
    names = {s.name for s in sources}
    assert all(s.speaker is None or s.speaker in names for s in resolved)
    found, events = find_allegations(document, doc, resolved, (Place(*span(TEXT, "Herat"), "Herat"),))
    assert {a.statement for a in found} <= {s.id for s in statements}
    assert all(a.act is None or a.act in PLOVER_ROOTS for a in found)
    assert all(0 <= e.start < e.end <= len(TEXT) for e in events)
