"""What is new about the claims of a store, against a comparison of the claims themselves."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import allegata
from allegata.library import Library
from allegata.model import Claim, Document
from allegata.monitoring.changes import KINDS, Change, find_changes
from allegata.monitoring.news import as_added, clock_of, micros, moment_at
from allegata.runs.clocks import publication
from allegata.store import Store, open_store
from tests.cli.stories import DENIAL, OFFICE, RELAY, document
from tests.monitoring.test_news import DAYS, by_chance
from tests.store.conftest import capture_of, document_of, set_back

DAY = timedelta(days=1)
MOMENTS = [datetime(2025, 2, 27, 12, tzinfo=UTC) + n * DAY for n in range(16)]
MOMENTS += [datetime(2000, 1, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)]


def filled(store: Store, claims: Iterable[Claim]) -> list[Claim]:
    """Documents by the day, and claims that they carry. d0 has no day, d11 only that of its retrieval."""
    captured = capture_of(b"x")
    store.put_capture(replace(captured, retrieved="2025-03-12T00:00:00+00:00"), b"x")
    for name, day in DAYS.items():
        given = {"capture": captured.sha256} if name == "d11" else {"published": day}
        store.put_document(document_of(name, f"Text of {name}.", **given))
    made = [
        replace(
            claim,
            id=f"c{n}",
            proposition=f"Norland shelled port {n}",
            mentions=tuple(replace(m, published=None) if m.document == "d11" else m for m in claim.mentions),
        )
        for n, claim in enumerate(claims)
    ]
    run = store.start_run("test", "")
    store.replace_claims([], made, run)
    return made


def plain(changes: Iterable[Change]) -> list[str]:
    return sorted(json.dumps(asdict(c)) for c in changes)


def test_changes_are_those_that_a_comparison_of_all_claims_finds(store: Store) -> None:
    rng = random.Random(3)
    claims = filled(store, (by_chance(rng) for _ in range(24)))
    library, when, told = Library(store), publication(store, claims), 0
    for since in MOMENTS:
        found = find_changes(claims, since, None, when)
        assert library.changes(since) == found
        assert sum(store.count_news(since).values()) == len(found)
        told += len(found)
        for until in (since + DAY, since + 4 * DAY):
            assert library.changes(since, until) == find_changes(claims, since, until, when)
    assert told > 300
    store.replace_claims(DAYS, [], store.start_run("test", ""))
    assert library.changes(MOMENTS[-2]) == [] and store.count_news(MOMENTS[-2]) == {}


def test_news_come_last_first_some_at_a_time_and_by_kind(store: Store) -> None:
    rng = random.Random(5)
    filled(store, (by_chance(rng) for _ in range(24)))
    since = datetime(2025, 3, 4, tzinfo=UTC)
    every = store.news(since)
    assert [c.at or "" for c in every] == sorted((c.at or "" for c in every), reverse=True)
    pages = [store.news(since, limit=7, offset=n) for n in range(0, len(every), 7)]
    assert [c for page in pages for c in page] == every
    counted = store.count_news(since)
    assert list(counted) == [k for k in KINDS if k in counted]
    for kind in KINDS:
        assert len(store.news(since, kind=kind)) == counted.get(kind, 0)
    last = store.last_news(MOMENTS[-1])
    assert last is not None and every[0].at == last.isoformat()
    assert store.last_news(since) is not None and store.last_news(datetime(2000, 1, 1, tzinfo=UTC)) is None
    short = store.news(since, most_documents=1)
    assert [c.documents for c in short] == [c.documents[-1:] for c in every]


def test_news_by_adding_are_those_of_a_comparison_by_that_clock(store: Store) -> None:
    rng = random.Random(9)
    claims = filled(store, (by_chance(rng) for _ in range(24)))
    added = store.added(DAYS)
    out, came = clock_of({d: day or "" for d, day in DAYS.items()}), clock_of(dict(added))
    shifted = [as_added(c, out, came) for c in claims]
    for since in sorted(datetime.fromisoformat(a) for a in added.values()):
        found = find_changes(shifted, since, None, lambda d: moment_at(came(d)))
        assert plain(store.news(since, by="added")) == plain(found)


def test_a_store_from_before_there_were_news_has_them_when_it_is_opened(tmp_path: Path) -> None:
    path, rng = tmp_path / "case.db", random.Random(3)
    store = open_store(str(path))
    filled(store, (by_chance(rng) for _ in range(10)))
    held = {by: plain(store.news(MOMENTS[-2], by=by)) for by in ("published", "added")}  # type: ignore[arg-type]
    store.close()
    set_back(path, "0007")
    again = open_store(str(path))
    found = {by: plain(again.news(MOMENTS[-2], by=by)) for by in ("published", "added")}  # type: ignore[arg-type]
    assert found == held and held["published"]
    again.close()


def test_a_look_never_goes_back(store: Store) -> None:
    assert store.last_look("ana") is None
    late, early = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
    assert store.put_look("ana", late) == late
    assert store.put_look("ana", early) == late and store.last_look("ana") == late
    assert store.last_look("bela") is None


def test_what_came_in_is_told_up_to_the_first_document_that_is_not_linked_yet(store: Store) -> None:
    now = datetime.now(UTC)
    assert store.told_until(now) == now - timedelta(minutes=1)
    filled(store, [by_chance(random.Random(4))])
    store.replace_claims(DAYS, [], store.start_run("test", ""))
    rng = random.Random(3)
    claims = [replace(by_chance(rng), id=f"n{n}") for n in range(9)]
    store.replace_claims(DAYS, claims, store.start_run("test", ""))
    until = store.told_until(now)
    assert until > now and store.count_news(until, by="added") == {}
    waiting, _ = store.put_document(document_of("waiting"))
    first = datetime.fromisoformat(store.added(["waiting"])["waiting"])
    assert micros(store.told_until(now + timedelta(hours=1))) == micros(first) - 1
    assert store.told_until(now + 2 * DAY) > first  # left behind by a run that was killed
    store.replace_claims([waiting.id], [], store.start_run("test", ""))
    assert store.told_until(now) == until


def test_the_order_of_adding_and_what_persons_decide_change_no_telling(tmp_path: Path) -> None:
    pages = [
        Document(**document("d1", OFFICE, 3, "Vell Post")),
        Document(**document("d2", RELAY, 4, "Strait Times")),
        Document(**document("d3", DENIAL, 6, "Quay Courier")),
    ]
    told = []
    for turn, order in enumerate((pages, pages[::-1])):
        with allegata.open(tmp_path / f"{turn}.db") as library:
            for page in order:
                library.add(page)
            told.append(_told(library))
            if turn == 0:
                claim = next(c for c in library.claims(all=True) if {"d1", "d2"} <= set(c.documents))
                p = next(p for m in claim.mentions if m.document == "d2" for p in m.passages)
                made = library.judge("Ana", "origin", [p.document, p.start, p.end], "own", "I rang them")
                told.append(_told(library))
                library.undo("Ana", made.id)
                told.append(_told(library))
    assert told[0] == told[2] == told[3] and told[1] != told[0]


def _told(library: Library) -> list[list[str]]:
    """The changes since several moments, which are those of a comparison."""
    claims = library.store.claims()
    when = publication(library.store, claims)
    out = []
    for since in MOMENTS[:9]:
        found = library.changes(since)
        assert found == find_changes(claims, since, None, when)
        out.append(plain(found))
    assert any(out)
    return out
