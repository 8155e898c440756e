"""Who says something in a document, and which documents had it from somebody first."""

from __future__ import annotations

import numpy as np

from allegata.linking.identity import Identities
from allegata.linking.parties import Party
from allegata.linking.polarity import core_words
from allegata.linking.tellings import Telling, first_heard, tell
from allegata.linking.texts import Text
from allegata.model import Document, Reading, Source, Statement

MIRTA = Party("person:mirta solane", "Mirta Solane", "named_person")
TOMEK = Party("person:tomek arvid", "Tomek Arvid", "named_person")
PAPER = Party("outlet:velmar courier", "Velmar Courier", "outlet")


def text(name, hour):
    document = Document(name, "", published=f"2025-03-03T{hour:02}:00:00Z")
    return Text(Reading(document), (), np.zeros((0, 384), np.float32))


def telling(name, *chain, stance="allege"):
    return Telling(name, stance, chain, tuple(p.name for p in chain), ())


def test_the_first_page_with_a_person_heard_them():
    texts = [text("late", 12), text("early", 8), text("other", 10), text("relay", 9)]
    told = {
        "early": [telling("early", MIRTA)],
        "relay": [telling("relay", TOMEK, PAPER)],
        "other": [telling("other", TOMEK), telling("other", PAPER)],
        "late": [telling("late", MIRTA)],
    }
    assert first_heard(texts, told) == {"early"}
    assert first_heard([texts[0], texts[2]], told) == {"late", "other"}


def test_an_answer_and_a_paper_are_no_witness():
    texts = [text("denial", 8), text("paper", 9)]
    told = {"denial": [telling("denial", MIRTA, stance="deny")], "paper": [telling("paper", PAPER)]}
    assert first_heard(texts, told) == set()


def told_in(body, *statements, kind="article"):
    """The tellings of the whole of a document in which everybody is known by name."""
    sources = tuple(Source(n, "person") for n in sorted({s.speaker for s in statements if s.speaker}))
    document = Document("d", body, outlet="Radio Velm", kind=kind)
    made = Text(Reading(document, statements=statements, sources=sources), (), np.zeros((0, 384), np.float32))
    return tell(made, [(0, len(body))], Identities([made]), core_words([body]))


def test_words_that_nobody_says_do_not_hide_who_says_what_is_around_them():
    body = "Mirta Solane said that managers were warned that the drain was blocked."
    outer = Statement("s1", ((0, 12),), ((13, 17),), ((18, 71),), "assert", None, "Mirta Solane")
    inner = Statement("s2", (), ((32, 43),), ((44, 71),), "predict", "s1", None)
    assert [t.names for t in told_in(body, outer, inner)] == [("Mirta Solane",)]


def test_a_question_of_the_outlet_puts_nothing_forward():
    body = "HOST: Was the gold sold?\nSOLANE: Yes, I weighed the gold."
    host = Statement("s1", ((0, 4),), ((4, 5),), ((6, 23),), "assert", None, "Radio Velm")
    guest = Statement("s2", ((25, 31),), ((31, 32),), ((33, 56),), "assert", None, "Mirta Solane")
    assert [t.names for t in told_in(body, host, guest, kind="transcript")] == [("Mirta Solane",)]
    as_article = {t.names for t in told_in(body, host, guest)}
    assert ("Radio Velm",) in as_article
