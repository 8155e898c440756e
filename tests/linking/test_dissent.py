"""Who breaks with their body is a voice of their own."""

from dataclasses import replace

import numpy as np
import pytest

from allegata.linking.dissent import separate
from allegata.linking.parties import Party
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.model import Document, Passage, Reading, Source

FIRM = Party("body:halder flour", "Halder Flour", "named_official", ("Halder Flour", "Dace Holm"))
STATE = Party("state:north", "Government of North", "named_official")
BODY = "Halder Flour says that nobody opened the sluice. Dace Holm says that she opened it."
CLERK = Source("Dace Holm", "person", title="clerk")


def text(document_id: str, *sources: Source) -> Text:
    return Text(Reading(Document(document_id, BODY), sources=sources), (), np.zeros((0, 384), np.float32))


def telling(document: str, name: str, stance: str, party: Party = FIRM, **more: bool) -> Telling:
    return Telling(document, stance, (party,), (name,), (Passage(document, 0, 48),), **more)


def parties(*told: Telling, clerk: Source = CLERK) -> list[str]:
    mine = [text("d1", clerk), text("d2")]
    by_document = {t.id: [x for x in told if x.document == t.id] for t in mine}
    return [t.chain[0].id for ts in separate(by_document, mine).values() for t in ts]


DENIAL = telling("d2", "Halder Flour", "deny")
ADMISSION = telling("d1", "Dace Holm", "assert", own=True)


def test_a_clerk_who_says_what_the_firm_denies_is_a_voice_of_her_own():
    assert parties(ADMISSION, DENIAL) == ["person:dace holm", FIRM.id]


def test_without_a_denial_of_the_firm_she_speaks_for_it():
    assert parties(ADMISSION, replace(DENIAL, stance="assert")) == [FIRM.id, FIRM.id]


def test_a_spokeswoman_stays_the_firms_voice():
    assert parties(ADMISSION, DENIAL, clerk=replace(CLERK, title="spokeswoman")) == [FIRM.id, FIRM.id]


def test_who_denies_it_too_does_not_break_with_the_firm():
    assert parties(ADMISSION, DENIAL, telling("d2", "Dace Holm", "deny")) == [FIRM.id] * 3


@pytest.mark.parametrize(("admits", "apart"), [(True, "person:dace holm"), (False, STATE.id)])
def test_an_official_breaks_with_a_government_only_by_an_admission(admits: bool, apart: str):
    said = telling("d1", "Dace Holm", "assert", STATE, own=True, admits=admits)
    assert parties(said, telling("d2", "ministry", "deny", STATE)) == [apart, STATE.id]


def test_what_the_body_says_of_her_by_name_is_its_answer_for_her():
    named = replace(DENIAL, passages=(Passage("d2", 49, len(BODY)),))
    assert parties(ADMISSION, named) == [FIRM.id, FIRM.id]
