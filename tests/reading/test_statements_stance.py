"""The stance of any statement from its spans alone, as a tagger without a lexicon gives them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.model import STANCES
from allegata.reading.parsing import parse
from allegata.reading.statements import find_stance

CASES = [
    # (source) [cue] {content}
    ("assert", "(The mayor) [said] {the pier was mined}."),
    ("assert", "(The mayor) [has no doubt] that {the pier was mined}."),
    ("assert", "(The mayor) [added] that {no shots had been exchanged}."),
    ("assert", "(A Mero daily) [reported] that {the mayor accused the guards of theft}."),
    ("allege", "(The mayor) [claims] {the pier was mined}."),
    ("allege", "(The mayor) [blamed] {the guards for hiding the men who mined the pier}."),
    ("allege", "[Reportedly], {the pier was mined}."),
    ("allege", "{The guards} [are said] {to have mined the pier}."),
    ("allege", "(The mayor) [repeated] {the charge}."),
    ("confirm", "(The guards) [admitted] {having mined the pier}."),
    ("confirm", "(The guards) [cannot deny] that {they mined the pier}."),
    ("deny", "(The guards) [denied] {mining the pier}."),
    ("deny", "(The guards) [do not accept] that {they mined the pier}."),
    ("deny", "(The guards) [said] {they had never fired on the crowd}."),
    ("assert", "(The mayor) [said] {the guards, who had never trained, fired on the crowd}."),
    ("deny", "(The guards) [called] {the report a fabrication}."),
    ("deny", "(The guards) [say] {there are no soldiers in the village}."),
    ("doubt", "(The monitors) [said they had seen no evidence] that {the pier was mined}."),
    ("doubt", "(The monitors) [could not verify] {the footage}."),
    ("doubt", "(The monitors) [said] {it was unclear who had mined the pier}."),
    ("doubt", "(The monitors) [do not believe] {the pier was mined}."),
    ("retract", "(The weekly) [withdrew its report] that {the pier was mined}."),
    ("retract", "(The cook) [no longer claims] {the pier was mined}."),
    ("no_comment", "(The palace) [has not confirmed] {the arrest}."),
    ("no_comment", "(The palace) [declined to say] whether {the heir had left}."),
    ("no_comment", "(The palace) [did not deny] that {the heir had left}."),
    ("no_comment", "(The palace) [has not said] whether {the heir had left}."),
    ("no_comment", "(The committee) [has not alleged] that {the heir had left}."),
    ("predict", "(The mayor) [warned] that {the dam would burst}."),
    ("predict", "(The rebels) [vowed] {to burn the bridge}."),
    ("predict", "(The traders) [expect] {the crossing to reopen}."),
    ("demand", "(The widow) [urged] {the judge to open the grave}."),
    ("demand", "(The widow) [called for] {an inquiry}."),
    ("demand", "(The lawmakers) [want to know] {who signed the contract}."),
]

AROUND = [
    # cues that hold too little or too much
    ("deny", "(The guards) [have] always denied {mining the pier}."),
    ("deny", "(The guards') [denial] that {they mined the pier} was brief."),
    ("retract", "(The weekly) withdrew its [report] that {the pier was mined}."),
    ("retract", "(The weekly) deleted its post [saying] {the pier was mined}."),
    ("retract", "(The cook) was wrong to [claim] {the pier was mined}."),
    ("retract", "(The cook) no longer [claims] {the pier was mined}."),
    ("allege", "(The widow) [pointed] {the finger at the guards}."),
    ("allege", "(The widow) [stood by] {her accusation that the guards mined the pier}."),
    ("no_comment", "(The palace) [declined] {to say who mined the pier}."),
    ("no_comment", "The (palace's) [refusal] {to comment on the pier} was noted."),
    ("no_comment", "(The palace) stopped short of [confirming] {the arrest}."),
    ("doubt", "(The monitors) were unable to [verify] {the footage}."),
    ("confirm", "(The sergeant) [admitted under questioning] {that he mined the pier}."),
    ("demand", "(The widow) [insisted] on {a public hearing}."),
]
TURNED = [
    ("allege", "(The cook) [has never stopped accusing] {the guards of theft}."),
    ("assert", "(The clerk) [did not hesitate to say] that {the pier was mined}."),
    ("assert", "(Nobody in the port) [disputes] that {the pier was mined}."),
    ("assert", "(The clerk) [does not question] that {the pier was mined}."),
    ("confirm", "(We) [can't deny] {the pier was mined}."),
    ("deny", "(The guards) [denied having denied] {the sale}."),
    ("deny", "(I) [never said] {the pier was mined}."),
    ("doubt", "(Few in the port) [believe] {the official account}."),
    ("allege", "(Nobody but the widow) [blames] {the guards for the fire}."),
    ("no_comment", "(The palace) [refused either to confirm or to deny] {the sale}."),
    ("no_comment", "(The palace) [has yet to confirm] {the sale}."),
    ("no_comment", "(The palace) [did not rule out] {a sale}."),
    ("deny", "(The palace) [not only denied] {the sale} but mocked it."),
]
BY_CONTENT = [
    ("deny", "(The palace)[:] {not true}"),
    ("deny", "{Nonsense}, [says] (the palace)"),
    ("deny", "(The palace) [says] {the leaked letter is fake}."),
    ("deny", "(The captain) [answered]: {We did not}."),
    ("deny", "(The captain) [said] {no shells had been fired by his men}."),
    ("assert", "(The captain) [said] {he could not support the mayor}."),
    ("assert", "(The captain) [noted] that {no rain had fallen}."),
    ("assert", "(The captain) [said that] {the story of the siege was long}."),
    ("demand", "(The widow) [insisted] that {the captain be dismissed}."),
    ("predict", "(The captain) [swears] {the bridge will hold}."),
    ("allege", "(Unconfirmed reports) [spoke of] {a mutiny}."),
    ("allege", "(The captain) [is said to] {have sold the boat}."),
    ("assert", "(The captain) [reportedly said] {the boat was his}."),
]


def spans(marked: str, opening: str, closing: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without any marks, and the spans between these."""
    plain, found, start = "", [], 0
    for c in marked:
        if c == opening:
            start = len(plain)
        elif c == closing:
            found.append((start, len(plain)))
        elif c not in "()[]{}":
            plain += c
    return plain, tuple(found)


@pytest.mark.parametrize(
    ("stance", "marked"),
    [*CASES, *AROUND, *TURNED, *BY_CONTENT],
    ids=[m[:50] for _, m in [*CASES, *AROUND, *TURNED, *BY_CONTENT]],
)
def test_stance_from_spans(stance: str, marked: str) -> None:
    text, source = spans(marked, "(", ")")
    doc = next(parse([text]))
    assert find_stance(doc, spans(marked, "[", "]")[1], spans(marked, "{", "}")[1], source) == stance


def test_every_stance_is_covered() -> None:
    assert {stance for stance, _ in CASES} == set(STANCES)


@given(
    st.lists(
        st.sampled_from(
            [
                "no",
                "not",
                "never",
                "said",
                "denied",
                "to",
                "that",
                "claim",
                "its",
                "refused",
                ",",
                ":",
                "I",
                ".",
                "nor",
                "could",
            ]
        )
    ),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_any_spans_have_a_stance(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces) or "."
    doc = next(parse([text]))
    spot = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda s: (min(s), max(s)))
    several = st.lists(spot, max_size=2).map(tuple)
    assert find_stance(doc, data.draw(several), data.draw(several), data.draw(several)) in STANCES


def test_without_a_cue_it_is_an_assertion() -> None:
    doc = next(parse(["The pier was mined."]))
    assert find_stance(doc, (), ((0, 18),)) == "assert"


def test_spans_at_the_end_of_the_text() -> None:
    text = "The pier was mined, the mayor said. "
    doc = next(parse([text]))
    whole = ((0, len(text)),)
    assert find_stance(doc, whole, whole, ((len(text) - 1, len(text)),)) in STANCES
