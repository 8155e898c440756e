"""Along which speakers a statement came, in sentences of our own."""

import numpy as np

from allegata.linking.chains import chain_of
from allegata.linking.saying import is_said
from allegata.linking.texts import Text
from allegata.model import Document, Reading, Source, Statement


def make(words, statements, kinds, kind="article", outlet="Lower Ore Courier"):
    """Statements as (source words, cue words, content words, speaker)."""

    def find(part):
        at = words.index(part)
        return ((at, at + len(part)),)

    made = tuple(
        Statement(f"s{n}", find(source), find(cue), find(content), "assert", None, speaker)
        for n, (source, cue, content, speaker) in enumerate(statements)
    )
    document = Document("d", words, outlet=outlet, kind=kind)
    reading = Reading(document, (), made, sources=tuple(Source(*s) for s in kinds))
    return Text(reading, (), np.zeros((0, 384), np.float32))


def chains(text):
    by_id = {s.id: s for s in text.raw.statements}
    return [chain_of(text, s, by_id) for s in text.raw.statements if is_said(text, s)]


def test_whom_a_witness_quotes_without_a_name_is_not_heard_beside_the_witness():
    text = make(
        "“The toll keeper said it was an order,” Runa Holt said.",
        [
            ("toll keeper", "said", "it was an order", "toll keeper"),
            ("Runa Holt", "said.", "The toll keeper", "Runa Holt"),
        ],
        [("toll keeper", "unknown"), ("Runa Holt", "person")],
    )
    assert chains(text)[0] == ("Runa Holt",)


def test_an_act_is_no_saying():
    text = make(
        "The reeve signed the order. The reeve said the order stands.",
        [
            ("The reeve", "signed", "the order", "Reeve Holt"),
            ("The reeve", "said", "the order stands", "Reeve Holt"),
        ],
        [("Reeve Holt", "person")],
    )
    assert len(chains(text)) == 1


def test_the_pictures_that_an_outlet_bought_are_its_own():
    images = "Radar images bought by Lower Ore Courier"
    text = make(
        "Radar images bought by Lower Ore Courier show a gap.",
        [(images, "show", "a gap", images)],
        [(images, "unknown")],
    )
    assert chains(text) == [("Lower Ore Courier",)]


def test_a_source_that_runs_on_to_the_outlet_is_the_outlet():
    text = make(
        "The weir belongs to the mayor, Lower Ore Courier has learned.",
        [("the mayor, Lower Ore Courier", "has learned", "The weir belongs to", "mayor")],
        [("mayor", "office")],
    )
    assert chains(text) == [("Lower Ore Courier",)]
