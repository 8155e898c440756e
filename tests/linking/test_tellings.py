"""Who says something in a document, and which documents had it from somebody first."""

from __future__ import annotations

import numpy as np

from allegata.linking.parties import Party
from allegata.linking.tellings import Telling, first_heard
from allegata.linking.texts import Text
from allegata.model import Document, Reading

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
