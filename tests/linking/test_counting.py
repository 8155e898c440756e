"""The interval, and who of unnamed voices and documents is one, in words of our own."""

from allegata.linking.anonymous import each_of, join_documents
from allegata.linking.counting import count_origins
from allegata.linking.parties import Party
from allegata.linking.texts import Text
from allegata.model import Document, Origin, Reading


def origin(name, kind, withdrawn_at=None):
    return Origin(name, name, kind, False, "d", withdrawn_at=withdrawn_at)


def interval(origins, joined=0):
    n = count_origins(origins, joined)
    return n.low, n.point, n.high


def test_unnamed_voices_may_be_the_named_one():
    assert interval([origin("Runa Holt", "named_person"), origin("a ferryman", "anonymous")]) == (1, 2, 2)


def test_one_unnamed_voice_alone_is_certain():
    assert interval([origin("a ferryman", "anonymous")]) == (1, 1, 1)


def test_a_body_without_a_name_may_be_one_that_has_one():
    assert (
        interval([origin("Port of Velm", "organisation"), origin("harbour office", "organisation")])[0] == 1
    )


def test_voices_that_were_joined_may_be_two():
    assert interval([origin("a ferryman", "anonymous")], joined=1) == (1, 1, 2)


def test_what_was_taken_back_and_what_nobody_is_credited_for_is_not_in_the_point():
    found = [origin("Runa Holt", "named_person", "2024-03-01"), origin("Velm Post", "unattributed")]
    assert interval(found) == (0, 0, 1)


def test_one_of_several_whom_no_page_heard_itself_may_rest_on_another():
    pair = [origin("Runa Holt", "named_person"), origin("Ivo Pell", "named_person")]
    assert count_origins(pair, heard={"Runa Holt"}).low == 1
    assert count_origins(pair, heard={"Runa Holt", "Ivo Pell"}).low == 2
    assert count_origins(pair[:1], heard=set()).low == 1


def test_two_officials_are_two():
    party = Party("anonymous:d:two officials of the port", "two officials of the port", "anonymous")
    assert [name for _, name in each_of(party, party.name)] == [
        "officials of the port (1 of 2)",
        "officials of the port (2 of 2)",
    ]
    assert len({i for i, _ in each_of(party, party.name)}) == 2


def test_a_document_that_is_only_described_has_the_number_that_the_texts_give_it():
    texts = [
        Text(Reading(Document("a", "Order 41/25 closes the ferry.")), (), None),
        Text(Reading(Document("b", "A two-page paper closes the ferry.")), (), None),
    ]
    papers = [Party("x", "two-page paper", "document", ("two-page paper",))]
    counted, merges = join_documents(papers, texts)
    assert counted["x"].name == "Order 41/25"
    assert merges
