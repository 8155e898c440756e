"""Tension that a store keeps, against what claims and readings give when they are measured afresh."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from allegata.library import Library
from allegata.model import Claim, Document, Event, Mention, Origin, OriginCount, Reading, Sentence
from allegata.monitoring.breaks import counted, find_breaks
from allegata.monitoring.periods import first_day_of
from allegata.monitoring.tension import Tension, measure_tension
from allegata.runs.clocks import publication
from allegata.store import Store, open_store
from allegata.store.dyad_breaks import _waits
from allegata.store.dyad_counting import _within
from allegata.store.dyad_schema import deeds, dyad_stale, dyad_weeks, dyads, tellings
from allegata.store.sqlite import open_sqlite
from tests.store.conftest import set_back

PARTIES = ("Norland", "the Norland", "Vell", "Sudland", "Orlan Front", "militants")
ACTS = ("ASSAULT", "AID", "THREATEN", None)
WEEKS = 40


def day(n: int) -> str:
    month, rest = divmod(n, 28)
    return f"2024-{1 + month % 12:02}-{1 + rest:02}"


def page(rng: random.Random, n: int) -> Reading:
    text = rng.choice(("Norland shelled the port of Vell.", "Vell sent food.", f"Page {n} tells more."))
    document = Document(f"d{n:03}", text, published=day(rng.randrange(7 * WEEKS)) if n % 9 else None)
    events = tuple(
        Event(rng.choice(("ASSAULT", "AID", "THREATEN")), rng.choice(PARTIES), rng.choice(PARTIES), 0, 4)
        for _ in range(rng.choice((0, 0, 1, 2)))
    )
    return Reading(document, (Sentence(0, len(text)),), events=events, reader="test")


def story(rng: random.Random, n: int, pages: list[Reading]) -> Claim:
    told = rng.sample(pages, rng.randint(1, 4))
    origins = tuple(
        Origin(f"o{k}", rng.choice(("A", "B")), rng.choice(("named_official", "unattributed")), False,
               p.document.id, withdrawn_at="2024-09-01" if rng.random() < 0.1 else None)
        for k, p in enumerate(told[:2])
    )  # fmt: skip
    mentions = tuple(
        Mention(p.document.id, None, None, p.document.published, rng.choice(("allege", "assert", "deny")), (),
                (), told[0].document.id if k and rng.random() < 0.3 else None, ("o0",))
        for k, p in enumerate(told)
    )  # fmt: skip
    accuser, accused = rng.choice((*PARTIES, None)), rng.choice(PARTIES)
    return Claim(
        f"c{n:03}", "It was told.", rng.choice(ACTS), accuser, accused, None, None, None, mentions, origins,
        OriginCount(rng.randint(0, 2), 2, 1, 0, 0),
    )  # fmt: skip


def collection(seed: int) -> tuple[list[Reading], list[Claim]]:
    rng = random.Random(seed)
    pages = [page(rng, n) for n in range(60)]
    return pages, [story(rng, n, pages) for n in range(120)]


def afresh(store: Store, unit: str = "week") -> list[Tension]:
    """As it was measured before anything was kept: from all claims and readings."""
    claims = store.claims()
    return measure_tension(claims, Library(store).readings(), publication(store, claims), unit)  # type: ignore[arg-type]


def put(store: Store, pages: list[Reading], claims: list[Claim], run: int) -> None:
    for reading in pages:
        stored, _ = store.put_document(reading.document)
        store.put_reading(replace(reading, document=stored), run)
    for start in range(0, len(claims), 7):
        store.replace_claims([], claims[start : start + 7], run)


def check(store: Store) -> None:
    """All that is kept is what is measured afresh."""
    library = Library(store)
    week = afresh(store)
    assert library.tension() == week
    assert store.collected() == Counter(
        {p: n for p in {t.period for t in week} if (n := sum(counted(t) for t in week if t.period == p))}
    )
    assert library.tension("day") == afresh(store, "day")
    assert library.breaks() == find_breaks(week)
    for unit in ("week", "day"):
        every = library.tension(unit)
        for since, until in ((None, "2024-03-03"), ("2024-03-01", "2024-03-10"), ("2024-09-12", None)):
            first, last = (date.fromisoformat(d) if d else None for d in (since, until))
            begin = first_day_of(since, unit) if since else ""
            expected = [t for t in every if begin <= t.period <= (until or "~")]
            assert library.tension(unit, since=first, until=last) == expected
    for words in (("norl",), ("VELL", "front"), ("nobody",), ("norland", "norl")):
        found = [t for mine in store.each_dyad("week", words) for t in mine]
        named = [
            t
            for t in week
            if all(any(w.casefold() in n.casefold() for n in (t.source, t.target)) for w in words)
        ]
        assert sorted(found, key=repr) == sorted(named, key=repr)


@pytest.mark.parametrize("seed", [1, 2])
def test_it_is_what_is_measured_afresh_in_any_order(store: Store, seed: int) -> None:
    pages, claims = collection(seed)
    random.Random(seed).shuffle(pages)
    random.Random(seed + 1).shuffle(claims)
    run = store.start_run("test", "")
    put(store, pages, claims, run)
    check(store)  # nothing is counted yet: what is asked for is counted when asked
    assert store.dyads_waiting() and not store.count_dyads()
    store.refresh_dyads(1000)
    assert not store.dyads_waiting() and store.count_dyads()
    check(store)
    assert store.breaks_since("0") == find_breaks(afresh(store))


def test_what_is_made_anew_edited_or_gone_is_counted_anew(store: Store) -> None:
    pages, claims = collection(3)
    run = store.start_run("test", "")
    put(store, pages, claims, run)
    store.refresh_dyads()
    # some claims go, some are cut otherwise, one is of another party
    some = [m.document for c in claims[:5] for m in c.mentions]
    kept = [replace(c, accused="Sudland", origins=c.origins[:1]) for c in claims[10:13]]
    store.replace_claims(some, kept, run)
    check(store)
    store.refresh_dyads()
    check(store)
    # a page is edited: until it is read again it tells no act
    edited, _ = store.put_document(replace(pages[0].document, text="Norland sent food to Vell."))
    check(store)
    events = (Event("AID", "Norland", "Vell", 0, 4),)
    store.put_reading(replace(pages[0], document=edited, events=events, reader="new"), run)
    check(store)
    store.replace_claims([r.document.id for r in pages], [], run)
    store.refresh_dyads()
    check(store)
    assert {t.series for t in Library(store).tension()} <= {"act", "threat"}


def test_the_list_and_the_series_say_what_is_counted(store: Store) -> None:
    pages, claims = collection(4)
    run = store.start_run("test", "")
    put(store, pages, claims, run)
    store.refresh_dyads(1000)
    rows = store.dyad_rows(100)
    tension = afresh(store)
    assert [r.hostile for r in rows] == sorted((r.hostile for r in rows), reverse=True)
    assert store.dyad_rows(2, 1) == rows[1:3] and len(rows) == store.count_dyads()
    for row in rows:
        found = store.dyad_series(*row.names)
        assert found is not None and not found.waiting
        mine = [t for t in tension if {t.source, t.target} == set(row.names)]
        assert list(found.tension) == mine
        hostile = [t.value for t in mine if t.side == "hostile" and t.series != "alleged_act"]
        assert row.hostile == pytest.approx(sum(hostile)) and row.last == max(t.period for t in mine)
        breaks = [b for b in find_breaks(tension) if {b.source, b.target} == set(row.names)]
        assert list(found.breaks) == breaks
    assert store.dyad_series("Norland", "nobody") is None
    # what comes in is marked, counted when asked for within a bound, and then kept
    more = replace(claims[0], id="more", accuser="Vell", accused="Norland")
    store.replace_claims([], [more], run)
    waiting = store.dyad_series("Vell", "Norland", 0)
    assert waiting is not None and waiting.waiting and store.dyads_waiting() == 1
    now = store.dyad_series("Vell", "Norland")
    store.refresh_dyads()
    assert now is not None and store.dyad_series("Vell", "Norland") == replace(now, checked="")


def test_breaks_are_kept_as_they_are_found_afresh(store: Store) -> None:
    run = store.start_run("test", "")
    claims = []
    for week in range(WEEKS):
        document, _ = store.put_document(Document(f"d{week}", f"Week {week}.", published=day(7 * week)))
        mention = Mention(document.id, None, None, document.published, "allege", (), (), None, ("o",))
        origin = Origin("o", "A", "named_official", False, document.id)
        claims += [
            Claim(f"c{week}-{n}", "It was told.", None, "Vell", "Norland", None, None, None, (mention,),
                  (origin,), OriginCount(1, 1, 1, 0, 0))
            for n in range(1 if week < 25 else 12)
        ]  # fmt: skip
    store.replace_claims([], claims, run)
    store.refresh_dyads(1)
    expected = find_breaks(afresh(store))
    assert expected and store.breaks_since("0") == expected == Library(store).breaks()
    found = store.dyad_series("Norland", "Vell")
    assert found is not None and list(found.breaks) == expected and found.checked
    assert store.breaks_since("2099-01-01") == [] and store.count_breaks("2099-01-01") == 0
    assert store.breaks_since("0", 1) == expected[-1:] and store.count_breaks("0") == len(expected) > 1


def test_what_waits_for_a_look_is_counted(store: Store) -> None:
    pages, claims = collection(4)
    run = store.start_run("test", "")
    assert store.dyads_unchecked() == 0
    put(store, pages, claims, run)
    store.refresh_dyads()
    enough = [r for r in store.dyad_rows(100) if r.tellings >= 6]
    assert store.dyads_unchecked() == len(enough) > 3
    assert store.dyads_unchecked(2) == 2  # no further than asked for
    store.refresh_dyads(3)
    assert store.dyads_unchecked() == len(enough) - 3
    store.refresh_dyads(1000)
    assert store.dyads_unchecked() == 0
    # one that is told otherwise waits again; a new week makes all of them wait
    store.replace_claims([], [replace(claims[0], id="more", accuser="Vell", accused="Norland")], run)
    store.refresh_dyads()
    assert store.dyads_unchecked() == 1
    late, _ = store.put_document(Document("late", "Vell sent food.", published="2026-01-01"))
    event = Event("AID", "Vell", "Norland", 0, 4)
    store.put_reading(Reading(late, (Sentence(0, 15),), events=(event,), reader="test"), run)
    store.refresh_dyads()
    assert store.dyads_unchecked() == len(enough)


@pytest.mark.parametrize("column", ["week", "checked"])
def test_dyads_are_found_by_index(tmp_path: Path, column: str) -> None:
    with closing(open_sqlite(tmp_path / "case.db", 1.0)) as store, store._reading() as held:
        if column == "week":
            query = select(dyad_weeks).where(dyad_weeks.c.week >= "2024", dyad_weeks.c.week <= "2025")
        else:
            query = select(dyads.c.number).where(_waits(held)).order_by(dyads.c.checked, dyads.c.number)
        asked = query.compile(held, compile_kwargs={"literal_binds": True})
        plan = [row.detail for row in held.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    assert len(plan) == 1 and plan[0].startswith("SEARCH") and "INDEX dyad" in plan[0]


def test_claims_put_again_as_they_were_change_nothing(store: Store) -> None:
    pages, claims = collection(5)
    run = store.start_run("test", "")
    put(store, pages, claims, run)
    store.refresh_dyads(1000)
    store.replace_claims([], claims[:20], run)
    assert not store.dyads_waiting()


@pytest.mark.parametrize("table", (tellings, deeds, dyad_weeks, dyad_stale), ids=lambda table: table.name)
def test_weeks_are_found_without_looking_through_all(tmp_path: Path, table: Table) -> None:
    with closing(open_sqlite(tmp_path / "case.db", 1.0)) as store, store._reading() as held:
        weeks = [(n, day(7 * n)) for n in range(20)]
        asked = (
            select(table).where(_within(table, weeks)).compile(held, compile_kwargs={"literal_binds": True})
        )
        plan = [row.detail for row in held.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    found = [step for step in plan if f" {table.name} " in f"{step} "]
    assert len(found) == 1 and found[0].startswith("SEARCH") and "(dyad=? AND week=?)" in found[0]


def test_an_older_store_is_counted_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    pages, claims = collection(6)
    with Library(open_store(str(path))) as library:
        put(library.store, pages, claims, library.store.start_run("test", ""))
        expected = library.tension()
    set_back(path, "0010")
    with Library(open_store(str(path))) as library:
        assert library.tension() == expected
        assert not library.store.dyads_waiting() and library.store.count_dyads()
        check(library.store)
