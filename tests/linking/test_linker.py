"""Linking over a store: what an edited page and an interrupted run leave behind."""

import pytest

from allegata.contract import to_plain
from allegata.linking.features import make_features
from allegata.linking.linker import link
from allegata.model import Claim, Reading
from allegata.store import Store, open_store

from .test_story import copy, make_reading, rewrite, wire


def put(store: Store, run: int, *readings: Reading) -> None:
    for reading, features in zip(readings, make_features(list(readings)), strict=True):
        document, _ = store.put_document(reading.document)
        stored = Reading(
            document,
            **{
                k: getattr(reading, k)
                for k in ("sentences", "statements", "allegations", "sources", "reader")
            },
        )
        store.put_reading(stored, run)
        store.put_features(features.document_id, features.payload, features.keys, features.vectors, run)


def shown(store: Store) -> list[object]:
    """The claims, less the versions of the documents they stand on."""
    return sorted((to_plain(c) for c in store.claims()), key=lambda c: c["id"])


def moved(document_id: str) -> Reading:
    """A page of that id that now tells of another matter."""
    return make_reading(
        document_id,
        ["The council of Oberau will plant ninety lime trees along the canal before Easter, the mayor said."],
        outlet="Gazette 2",
        published="2025-03-04T10:00:00+00:00",
    )


def test_an_edited_page_that_leaves_its_story_takes_no_claim_with_it(tmp_path):
    store = open_store(str(tmp_path / "edited.db"))
    run = store.start_run("test", "")
    put(store, run, wire(), copy(1, 9), copy(2, 10), rewrite())
    link(store, run)
    assert any("c2" in c.documents for c in store.claims())
    put(store, run, moved("c2"))
    link(store, run)
    new = open_store(str(tmp_path / "new.db"))
    run = new.start_run("test", "")
    put(new, run, wire(), copy(1, 9), rewrite(), moved("c2"))
    link(new, run)
    assert shown(store) == shown(new)
    assert any({"w1", "c1", "r1"} == set(c.documents) for c in store.claims())


class KilledError(Exception):
    pass


def brief(document_id: str, words: str) -> Reading:
    """A report loosely like the others of its story."""
    return make_reading(
        document_id,
        [f"{words}, the bulletin of Oberau writes."],
        outlet=f"Bulletin {document_id}",
        published="2025-03-05T18:00:00+00:00",
    )


class Failing:
    """A store whose process is killed after some of its claims are written."""

    def __init__(self, store: Store, writes: int) -> None:
        self._store, self._writes = store, writes

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def replace_claims(self, documents: list[str], claims: list[Claim], run: int) -> None:
        if self._writes == 0:
            raise KilledError
        self._writes -= 1
        self._store.replace_claims(documents, claims, run)


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_a_killed_run_is_completed_by_the_next(tmp_path, monkeypatch, writes):
    """A new document that makes a story fall apart: the part without it must not be lost either."""
    for bound in ("MOST_LINKED", "MOST_WEIGHED"):
        monkeypatch.setattr(f"allegata.linking.grouping.{bound}", 4)
    first = [
        wire(),
        copy(1, 9),
        copy(2, 10),
        brief("b1", "Masked men boarded a gravel barge at Velm and beat the skipper"),
    ]
    last = brief("a1", "The skipper of a gravel barge was beaten by masked men at Velm")
    seen = []
    for name, limit in (("killed", writes), ("whole", 99)):
        store = open_store(str(tmp_path / f"{name}.db"))
        run = store.start_run("test", "")
        put(store, run, *first)
        link(store, run)
        before = {frozenset(c.documents) for c in store.claims()}
        put(store, run, last)
        try:
            link(Failing(store, limit), run)
        except KilledError:
            link(store, run)
        assert store.unlinked() == []
        seen.append(shown(store))
        told = {d for c in store.claims() for d in c.documents}
        assert before != {frozenset(c.documents) for c in store.claims() if "a1" not in c.documents}
        assert told == {"w1", "c1", "c2", "b1", "a1"}
    assert seen[0] == seen[1]
