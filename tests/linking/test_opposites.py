"""Who saw that it was the one side denies that it was the other."""

from dataclasses import replace

import numpy as np
import pytest

from allegata.linking.opposites import Sided, answer_each_other
from allegata.linking.texts import Text
from allegata.model import Claim, Document, Mention, Origin, OriginCount, Reading

NORTH, SOUTH = "state:north", "state:south"
GOVERNMENT = Origin(NORTH, "Government of North", "named_official", True, "d1")
RIVAL = Origin(SOUTH, "Government of South", "named_official", True, "d2")
HERDER = Origin("person:hatt", "Bruno Hatt", "named_person", False, "d3")


def claim(claim_id: str, documents: tuple[str, ...], *origins: Origin, act: str = "ASSAULT") -> Claim:
    mentions = tuple(Mention(d, None, d, None, "allege", ()) for d in documents)
    count = OriginCount(1, 1, 1, 0, 0)
    return Claim(claim_id, "x", act, None, None, None, None, None, mentions, origins, count)


def text(document_id: str, kind: str = "article") -> Text:
    return Text(Reading(Document(document_id, "x", kind=kind)), (), np.zeros((0, 384), np.float32))


TEXTS = [text("d1"), text("d2"), text("d3"), text("d4", "statement")]


def denials(accusing_south: Claim, accusing_north: Claim) -> list[list[str]]:
    pair = [Sided(accusing_south, frozenset([SOUTH])), Sided(accusing_north, frozenset([NORTH]))]
    return [[r.source for r in c.responses] for c in answer_each_other(pair, TEXTS)]


def test_a_witness_for_the_one_side_denies_the_claim_of_the_other():
    one = claim("a", ("d1", "d3"), GOVERNMENT, HERDER)
    assert denials(one, claim("b", ("d2", "d3"), RIVAL)) == [[], ["Bruno Hatt"]]


def test_who_spoke_before_the_opposite_was_put_forward_answers_nothing():
    early = replace(HERDER, first_document="d1")
    assert denials(claim("a", ("d1",), GOVERNMENT, early), claim("b", ("d1", "d2"), RIVAL)) == [[], []]


def test_a_counter_accusation_of_a_side_is_no_denial():
    assert denials(claim("a", ("d1", "d2"), GOVERNMENT), claim("b", ("d2",), RIVAL)) == [[], []]


def test_claims_that_no_page_tells_together_are_no_opposites():
    one = claim("a", ("d1", "d3"), GOVERNMENT, HERDER)
    assert denials(one, claim("b", ("d2",), RIVAL)) == [[], []]


def test_claims_of_unlike_acts_are_no_opposites():
    one = claim("a", ("d1", "d3"), GOVERNMENT, HERDER)
    assert denials(one, claim("b", ("d2", "d3"), RIVAL, act="AID")) == [[], []]


@pytest.mark.parametrize(("document", "denying"), [("d3", []), ("d4", ["Line Watch"])])
def test_what_a_body_publishes_as_its_own_finding_counts_and_a_papers_word_does_not(
    document: str, denying: list[str]
):
    body = Origin("body:line watch", "Line Watch", "outlet_own_reporting", False, document)
    one = claim("a", ("d1", document), GOVERNMENT, body)
    assert denials(one, claim("b", ("d2", document), RIVAL)) == [[], denying]
