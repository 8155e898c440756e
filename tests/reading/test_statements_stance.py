"""The stance of any statement from its spans alone, as a tagger without a lexicon gives them."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(("stance", "marked"), CASES, ids=[m[:50] for _, m in CASES])
def test_stance_from_spans(stance: str, marked: str) -> None:
    text, source = spans(marked, "(", ")")
    doc = next(parse([text]))
    assert find_stance(doc, spans(marked, "[", "]")[1], spans(marked, "{", "}")[1], source) == stance


def test_every_stance_is_covered() -> None:
    assert {stance for stance, _ in CASES} == set(STANCES)


def test_without_a_cue_it_is_an_assertion() -> None:
    doc = next(parse(["The pier was mined."]))
    assert find_stance(doc, (), ((0, 18),)) == "assert"
