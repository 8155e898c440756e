"""Which stored documents a new one is compared with, and how much of the store that takes."""

from __future__ import annotations

from collections import Counter

import pytest

from allegata.linking import linker, make_features, screening, stories
from allegata.linking.features import restore
from allegata.linking.screening import Screen
from allegata.linking.stories import pair
from allegata.model import Document, Reading

from .test_hostile import linked, reading

RAID = "Masked men boarded a gravel barge at Velmar and beat the skipper, Orlan Tisk, said the lock keeper."
AGAIN = "The skipper Orlan Tisk was beaten on his barge at Velmar by masked men, the lock keeper said."
BREAD = "The bakers of Kumrat have put up the price of bread for the third time since the harvest failed."


class Features:
    """A store's features, and how often each was asked for."""

    def __init__(self, *pages):
        readings = [Reading(page) for page in pages]
        rows = make_features(readings)
        self.texts = {r.document.id: restore(r, f.vectors) for r, f in zip(readings, rows, strict=True)}
        self.rows = {f.document_id: f for f in rows}
        self.asked = Counter()

    def features(self, ids):
        self.asked.update(ids)
        return {d: self.rows[d].payload for d in ids if d in self.rows}

    def vectors_of(self, ids):
        return {d: self.rows[d].vectors for d in ids if d in self.rows}


@pytest.fixture
def store():
    return Features(
        Document("a", RAID, published="2025-03-04"),
        Document("b", AGAIN, published="2025-03-05"),
        Document("c", BREAD, published="2025-03-05"),
        Document("d", AGAIN, published="2027-03-05"),
        Document("e", AGAIN),
    )


def test_what_tells_of_something_else_or_of_another_time_is_ruled_out(store):
    assert Screen(store).likely(store.texts["a"], {"b", "c", "d", "e"}) == {"b", "e"}


def test_what_no_sketch_is_kept_of_is_not_ruled_out(store):
    assert Screen(store).likely(store.texts["a"], {"c", "unknown"}) == {"unknown"}
    assert Screen(store).likely(store.texts["a"], set()) == set()


def test_a_document_is_asked_for_once_and_few_are_held(store, monkeypatch):
    screen = Screen(store)
    for _ in range(3):
        screen.likely(store.texts["a"], {"b", "c", "e"})
    assert max(store.asked.values()) == 1
    monkeypatch.setattr(screening, "MOST_HELD", 2)
    assert screen.likely(store.texts["a"], {"b", "c", "d", "e"}) == {"b", "e"}
    assert len(screen._held) == 2


def test_documents_come_by_time_those_without_one_last(store):
    assert Screen(store).in_order(["e", "d", "c", "b", "a"]) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("count", [40, 80])
def test_each_of_very_many_copies_is_compared_with_a_bounded_number(tmp_path, monkeypatch, count):
    compared = 0

    def counted(a, b):
        nonlocal compared
        compared += 1
        return pair(a, b)

    monkeypatch.setattr(linker, "pair", counted)
    monkeypatch.setattr(stories, "MOST_NEAR", 6)
    monkeypatch.setattr(stories, "MOST_LIKE", 6)
    copies = [reading(f"d{n:02}", outlet=f"Paper {n}", published="2025-03-03") for n in range(count)]
    (claim,) = linked(tmp_path, copies).claims()
    assert len(claim.documents) == count
    assert compared <= count * 12
