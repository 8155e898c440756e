"""Forecasts that come due, as a store keeps them, against a walk over every Reading."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from allegata.library import Library
from allegata.model import Document, Forecast, Reading
from allegata.monitoring.due import Due, dues_of
from allegata.store import Store, open_store
from tests.store.conftest import Open, set_back

TEXT = "The union will strike by Friday. War will come soon. The dam will break in May."
SENTENCES = ((0, 32), (33, 52), (53, len(TEXT)))
DAYS = [f"2024-{month:02}-{day:02}" for month in (2, 5, 6) for day in (1, 15, 28)]
ASKED = [date(2024, 1, 1), *map(date.fromisoformat, DAYS), date(2030, 1, 1)]


def foreseen(rng: random.Random) -> tuple[Forecast, ...]:
    return tuple(
        Forecast(*rng.choice(SENTENCES), rng.random() < 0.3, "by then", rng.choice(("likely", None)),
                 rng.choice(("the union", "Ä. Vell", None)), latest=rng.choice((*DAYS, None)))
        for _ in range(rng.choice((0, 0, 1, 2, 4)))
    )  # fmt: skip


def put(store: Store, rng: random.Random, name: str, run: int, reader: str = "first") -> None:
    """A page as it was published some day, or a new version of it, and mostly its reading."""
    text = f"{TEXT} {rng.random()}" if rng.random() < 0.4 else TEXT
    published = rng.choice(("2024-01-31T23:30:00-05:00", "2024-02-02", None, "soon"))
    stored, _ = store.put_document(Document(name, text, published=published))
    if rng.random() < 0.8:
        store.put_reading(Reading(stored, forecasts=foreseen(rng), reader=reader), run)


def picked(found: list[Due], before: date, since: date | None) -> list[Due]:
    least = since.isoformat() if since else ""
    some = [d for d in found if least <= d.deadline < before.isoformat()]
    return sorted(some, key=lambda d: (d.deadline, d.document, d.forecast.start))


def check(store: Store) -> int:
    library, found = Library(store), 0
    walked = [d for reading in library.readings() for d in dues_of(reading)]
    for before in ASKED:
        for since in (None, *ASKED[::3]):
            expected = picked(walked, before, since)
            assert library.due(before, since) == expected
            found += len(expected)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_what_is_due_is_what_a_walk_over_all_readings_finds(store: Store, seed: int) -> None:
    rng = random.Random(seed)
    run = store.start_run("test", "")
    for n in rng.sample(range(24), 24):
        put(store, rng, f"d{n:02}", run)
    assert check(store)
    for _ in range(12):  # edited, read again by the same reader or by another
        put(store, rng, f"d{rng.randrange(24):02}", run, rng.choice(("first", "second")))
    old = store.versions("d03")[0]  # an older version tells nothing
    store.put_reading(Reading(old, forecasts=foreseen(rng), reader="third"), run)
    assert check(store)


def test_a_page_that_is_edited_foretells_nothing_before_it_is_read_again(store: Store) -> None:
    run = store.start_run("test", "")
    strike = Forecast(0, 32, False, "by Friday", "likely", latest="2024-06-21")
    stored, _ = store.put_document(Document("d1", TEXT, published="2024-06-19"))
    store.put_reading(Reading(stored, forecasts=(strike,), reader="test"), run)
    assert [d.forecast for d in store.foretold("2024-06-22")] == [strike]
    assert store.foretold("2024-06-21") == [] == store.foretold("2025-01-01", "2024-06-22")
    edited, _ = store.put_document(replace(stored, text=f"{TEXT} More."))
    assert store.foretold("2024-06-22") == []
    store.put_reading(Reading(edited, forecasts=(strike,), reader="test"), run)
    assert len(store.foretold("2024-06-22")) == 1


def test_what_is_due_is_found_without_reading_all(opener: Open, tmp_path: Path) -> None:
    from contextlib import closing

    from sqlalchemy import select

    from allegata.store.foretold_schema import foretold
    from allegata.store.sqlite import open_sqlite

    with closing(open_sqlite(tmp_path / "case.db", 1.0)) as store, store._reading() as held:
        query = select(foretold).where(foretold.c.deadline < "2024", foretold.c.deadline >= "2023")
        asked = query.compile(held, compile_kwargs={"literal_binds": True})
        (step,) = [row.detail for row in held.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    assert step.startswith("SEARCH") and "foretold_by_deadline" in step


@pytest.mark.parametrize("revision", ["0010", "0011"])
def test_an_older_store_is_filled_when_it_is_opened(tmp_path: Path, revision: str) -> None:
    path, rng = tmp_path / "case.db", random.Random(9)
    with Library(open_store(str(path))) as library:
        run = library.store.start_run("test", "")
        for n in range(24):
            put(library.store, rng, f"d{n:02}", run)
        put(library.store, rng, "d05", run, "second")
        expected = library.due(date(2030, 1, 1))
        assert expected
    set_back(path, revision)
    with Library(open_store(str(path))) as library:
        assert library.due(date(2030, 1, 1)) == expected
        check(library.store)
