"""Spreading work over processes, with work that is quick and obeys the text of its documents."""

import os
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from allegata.model import Document, Reading
from allegata.reading import Reader
from allegata.runs import pool
from allegata.runs.worker import Outcome, read_batch


def obey(documents: list[Document], with_features: bool) -> list[Outcome]:
    for document in documents:
        if document.text == "die":
            os._exit(3)
    return [Outcome(d, Reading(d, reader=str(os.getpid()))) for d in documents]


def documents(number: int, text: str = "x") -> list[Document]:
    return [Document(f"d{i}", text) for i in range(number)]


def outcomes(given: list[Document], jobs: int | None) -> list[Outcome]:
    return [o for batch in pool.read_in_order(given, jobs, work=obey) for o in batch]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_input(jobs: int) -> None:
    given = documents(70)
    assert [o.document.id for o in outcomes(given, jobs)] == [d.id for d in given]


def test_few_documents_are_read_in_this_process_and_many_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "cores", lambda: 2)
    here = str(os.getpid())
    few = outcomes(documents(pool.FEW - 1), None)
    assert {o.reading.reader for o in few if o.reading} == {here}
    many = outcomes(documents(pool.FEW), None)
    assert here not in {o.reading.reader for o in many if o.reading}


def test_a_document_that_kills_its_process_costs_nobody_else() -> None:
    given = documents(40)
    given[5] = Document("killer", "die")
    found = outcomes(given, 2)
    assert [o.document.id for o in found] == [d.id for d in given]
    assert [o.document.id for o in found if o.reading is None] == ["killer"]
    assert "died" in (found[5].reason or "")


def test_no_process_stays_when_the_reader_stops_halfway() -> None:
    before = set(active_children())
    results = pool.read_in_order(documents(200), 2, work=obey)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert set(active_children()) <= before


def test_little_is_taken_ahead_of_what_was_asked_for() -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document(f"d{taken}", "x")

    results = pool.read_in_order(endless(), 2, work=obey)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert taken <= (2 * pool.AHEAD + 2) * pool.BATCH_DOCUMENTS


def test_batches_are_bounded_in_documents_and_in_text() -> None:
    long = documents(3, "x" * (pool.BATCH_CHARACTERS // 2 + 1))
    assert [len(b) for b in pool.gather(long)] == [1, 1, 1]
    assert [len(b) for b in pool.gather(documents(20))] == [pool.BATCH_DOCUMENTS, 20 - pool.BATCH_DOCUMENTS]
    assert list(pool.gather([])) == []


def test_a_batch_that_fails_is_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(given: list[Document], with_features: bool, reader: Reader) -> list[Outcome]:
        if any(d.text == "bad" for d in given):
            raise ValueError("no\nway")
        return [Outcome(d, Reading(d)) for d in given]

    monkeypatch.setattr("allegata.runs.worker._read", read)
    found = read_batch([Document("a", ""), Document("b", "bad"), Document("c", "")], False)
    assert [(o.document.id, o.reason) for o in found] == [
        ("a", None),
        ("b", "ValueError: no way"),
        ("c", None),
    ]
