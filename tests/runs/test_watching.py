"""Looking, the outbox, and what goes out: each thing once, whatever happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from allegata.model import Document
from allegata.monitoring.ledger import Registered
from allegata.runs.rounds import run_watches
from allegata.runs.sending import ATTEMPTS, LEASE
from allegata.runs.targets import TargetError
from allegata.runs.watching import digest_due, look, preview
from allegata.store import ClaimQuery, Store

from .watched import Clock, Memory, claim, put, store_at, watch

DESK, OTHER = "mailto:desk@paper.example", "mailto:other@paper.example"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("ALLEGATA_SMTP", "smtp://mail.example")
    monkeypatch.setenv("ALLEGATA_MAIL_FROM", "allegata@paper.example")
    made = store_at(tmp_path)
    yield made
    made.close()


def sent(store: Store, memory: Memory, clock: Clock | None = None) -> list[list[str]]:
    """The kinds of each message of one round."""
    memory.got.clear()
    run_watches(store, clock=clock or Clock(), sender=memory)
    return [kinds for _, kinds in memory.got]


def test_what_was_there_sets_nothing_off_and_what_comes_does_once(store: Store) -> None:
    put(store, claim(("d1",)))
    watch(store, targets=(DESK,))
    memory = Memory()
    assert sent(store, memory) == []
    put(store, claim(("d1", "d2"), ("Vell", "Red Cross"), denied_in="d2"))
    assert sent(store, memory) == [["new_origin", "first_denial"]]
    assert sent(store, memory) == []
    put(store, claim(("d1", "d2"), ("Vell", "Red Cross"), denied_in="d2"))
    assert sent(store, memory) == []


def test_triggers_queries_and_targets_are_each_watch_s_own(store: Store) -> None:
    watch(store, "denials", triggers=("first_denial",), targets=(DESK, OTHER))
    watch(store, "elsewhere", query=ClaimQuery(accused="Sudland"), targets=(DESK,))
    put(store, claim(("d1", "d2"), denied_in="d2"))
    memory = Memory()
    assert sent(store, memory) == [["first_denial"], ["first_denial"]]
    assert {target for target, _ in memory.got} == {"desk@paper.example", "other@paper.example"}


def test_fifty_documents_without_an_origin_more_are_one_alarm(store: Store) -> None:
    put(store, claim(("d1",)))
    watch(store, triggers=("amplification", "new_origin", "new_claim"), targets=(DESK,))
    memory = Memory()
    put(store, claim(tuple(f"d{i}" for i in range(1, 51))))
    assert sent(store, memory) == [["amplification"]]


def test_a_forecast_of_the_ledger_comes_up_once_it_is_due(store: Store) -> None:
    watch(store, query=ClaimQuery(text="strait"), triggers=("forecast_due",), targets=(DESK,))
    store.register(Registered("the strait closes", "2020-01-31", "two papers", "Union", "ana", "case 7"))
    store.register(Registered("a bridge opens", "2020-01-31", "two papers", "Union", "ana", "case 7"))
    store.register(Registered("the strait opens", "2999-01-31", "two papers", "Union", "ana", "case 7"))
    memory = Memory()
    assert sent(store, memory) == [["forecast_due"]]
    assert sent(store, memory) == []


def test_a_message_that_fails_is_tried_later_under_its_id_and_given_up_in_the_end(store: Store) -> None:
    watch(store, targets=(DESK,))
    put(store, claim(("d1",)))
    clock, memory = Clock(), Memory()
    memory.error = TargetError("answered with status 500")
    assert sent(store, memory, clock) == [] and len(memory.ids) == 1
    assert sent(store, memory, clock) == [] and len(memory.ids) == 1  # not before its time
    waits = []
    for _ in range(ATTEMPTS - 1):
        (delivery,) = store.deliveries()
        before = clock()
        due = datetime.fromisoformat(delivery.due)
        waits.append((due - before).total_seconds())
        clock.ahead += due - before + timedelta(seconds=1)
        sent(store, memory, clock)
    assert len(memory.ids) == ATTEMPTS and len(set(memory.ids)) == 1
    assert waits == sorted(waits) and waits[-1] > 100 * waits[0] / 2
    (delivery,) = store.deliveries()
    assert delivery.state == "failed" and "status 500" in delivery.note and "given up" in delivery.note
    clock.ahead += timedelta(days=30)
    assert sent(store, memory, clock) == [] and len(memory.ids) == ATTEMPTS


def test_a_target_that_breaks_a_library_keeps_nobody_waiting(store: Store) -> None:
    watch(store, "one", targets=(DESK,))
    put(store, claim(("d1",)))
    memory = Memory()
    memory.error = RuntimeError("inside\nout")
    (one,) = run_watches(store, clock=Clock(), sender=memory).sent
    assert one.state == "waiting" and "RuntimeError" in one.note and "\n" not in one.note


def test_a_digest_waits_for_the_morning(store: Store) -> None:
    watch(store, targets=(DESK,), digest="day")
    put(store, claim(("d1",)))
    clock, memory = Clock(), Memory()
    assert sent(store, memory, clock) == []
    put(store, claim(("d1", "d2"), ("Vell", "Red Cross")))
    assert sent(store, memory, clock) == []
    clock.ahead += timedelta(days=1, hours=7)
    assert sent(store, memory, clock) == [["new_claim", "new_origin"]]
    monday, sunday = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 8, 9, tzinfo=UTC)
    assert digest_due("week", monday) == digest_due("week", sunday) == "2026-03-09T06:00:00+00:00"


def test_a_preview_counts_the_last_days_of_the_collection(store: Store) -> None:
    put(store, claim(tuple(f"d{i}" for i in range(1, 6)), ("Vell", "Red Cross"), denied_in="d2"))
    now = datetime.now(UTC)
    found = preview(store, ClaimQuery(), ("new_claim", "new_origin", "first_denial"), 30, now)
    assert sorted(e.kind for e in found.events) == ["first_denial", "new_claim", "new_origin"]
    assert found.until == "2026-03-03"
    assert preview(store, ClaimQuery(accused="Sudland"), ("new_claim",), 30, now).events == ()
    assert preview(store, ClaimQuery(), ("forecast_due", "tension_break"), 30, now).events == ()


def test_an_event_whose_claim_was_cut_anew_before_it_was_shown_is_not_lost(store: Store) -> None:
    watch(store, query=ClaimQuery(accused="Norland"), targets=(DESK,))
    put(store, claim(("d1",)))
    look(store, datetime.now(UTC), store.start_run("watches", ""))  # killed here
    put(store, replace(claim(("d1", "d2")), id="c2"))
    assert sent(store, Memory()) == [["new_claim"]]


def test_a_break_of_tension_is_told_once_with_what_moved_it(store: Store) -> None:
    today = datetime.now(UTC)
    for week in range(30, 0, -1):
        put_at(store, f"w{week}", today - timedelta(weeks=week))
    watch(store, query=ClaimQuery(accused="Norland"), triggers=("tension_break",), targets=(DESK,))
    memory = Memory()
    assert sent(store, memory) == []
    for n in range(20):
        put_at(store, f"now{n}", today)
    assert sent(store, memory) == [["tension_break", "tension_break"]]  # accusations, and what is alleged
    events = [e for _, e in store.events() if e.kind == "tension_break"]
    assert all(
        "Vell → Norland" in e.title and "rises" in e.title and "moved by c" in e.detail for e in events
    )
    assert sent(store, memory) == []
    breaks = preview(store, ClaimQuery(accuser="Vell"), ("tension_break",), 30, today).events
    assert {e.key for e in breaks} == {e.key for e in events}
    assert preview(store, ClaimQuery(accuser="Sudland"), ("tension_break",), 30, today).events == ()


def put_at(store: Store, document: str, moment: datetime) -> None:
    """An accusation that came out then."""
    store.put_document(Document(document, f"Text of {document}.", published=moment.isoformat()))
    made = replace(claim((document,)), id=f"c-{document}", last_seen=moment.isoformat())
    put(store, replace(made, first_seen=moment.isoformat()))


def test_feed_files_are_whole_and_hold_hostile_titles_harmless(store: Store, tmp_path: Path) -> None:
    atom, feed = tmp_path / "out.xml", tmp_path / "out.json"
    watch(store, targets=(f"atom:{atom}", f"json:{feed}"))
    hostile = "</title><script>alert(1)</script>\x00\x1b[2J & \ufffe\u202e"
    put(store, replace(claim(("d1",)), proposition=hostile))
    run_watches(store, clock=Clock())
    tree = ElementTree.fromstring(atom.read_bytes())
    (entry,) = tree.findall("{http://www.w3.org/2005/Atom}entry")
    title = entry.findtext("{http://www.w3.org/2005/Atom}title") or ""
    assert title.startswith("new claim: Alleged: </title><script>") and "\x1b" not in title
    held = json.loads(feed.read_text(encoding="utf-8"))
    assert held["version"].endswith("1.1") and [i["tags"] for i in held["items"]] == [["new_claim"]]
    assert {p.name for p in tmp_path.iterdir() if p.name.startswith(".")} == set()
    before = atom.read_bytes()
    run_watches(store, clock=Clock())
    assert atom.read_bytes() == before


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "x\x1b[2J"}, "name of a watch"),
        ({"triggers": ("explosion",)}, "no trigger"),
        ({"targets": ("fax:123",)}, "no target"),
        ({"targets": ("mailto:a@b\nBcc: c@d",)}, "no mail address"),
        ({"targets": ("https://user:pw@host/",)}, "user name"),
        ({"targets": ("atom:/nowhere/at/all.xml",)}, "cannot be written"),
        ({"targets": ("https://hook.example/a",)}, "ALLEGATA_WEBHOOK_SECRET"),
        ({"targets": ("apprise:$NO_SUCH_NAME",)}, "no such variable"),
        ({"query": ClaimQuery(since="31 February")}, "no date"),
    ],
)
def test_what_cannot_be_watched_is_refused_in_one_line(
    store: Store, monkeypatch: pytest.MonkeyPatch, fields: dict[str, object], words: str
) -> None:
    monkeypatch.delenv("ALLEGATA_WEBHOOK_SECRET", raising=False)
    with pytest.raises((ValueError, TargetError), match=words) as caught:
        watch(store, **fields)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value) and store.watches() == []


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from allegata.runs.rounds import run_watches
    from tests.runs.watched import store_at

    folder, moment = Path(sys.argv[1]), sys.argv[2]

    def sender(target, watch, message):
        if moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        with (folder / "received").open("a") as file:
            file.write(message.id + " " + str(len(message.events)) + "\\n")
        if moment == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    store = store_at(folder, timeout=60.0)  # on a busy machine the other round may hold the store for long
    if moment == "outbox":
        store.next_delivery = lambda *a: os.kill(os.getpid(), signal.SIGKILL)
    run_watches(store, sender=sender)
"""


@pytest.mark.parametrize(("moment", "times"), [("outbox", 0), ("before", 0), ("after", 1)])
def test_killed_at_any_moment_nothing_is_lost_and_nothing_counts_twice(
    store: Store, tmp_path: Path, moment: str, times: int
) -> None:
    watch(store, targets=(DESK,))
    put(store, claim(("d1",)))
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), moment],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    received = tmp_path / "received"
    assert len(received.read_text().splitlines() if received.exists() else ()) == times
    clock, memory = Clock(), Memory()
    clock.ahead += timedelta(seconds=LEASE + 1)
    assert sent(store, memory, clock) == [["new_claim"]]
    ids = [line.split()[0] for line in received.read_text().splitlines()] if times else []
    assert len({*ids, *memory.ids}) == 1  # whoever got it twice knows it by its id
    assert sent(store, memory, clock) == []


def test_two_rounds_at_once_send_each_thing_once(store: Store, tmp_path: Path) -> None:
    for n in range(4):
        watch(store, f"w{n}", targets=(DESK, OTHER))
    put(store, claim(("d1",)))
    program = KILLED.replace("os.kill(os.getpid(), signal.SIGKILL)", "None")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program), str(tmp_path), "none"],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        for _ in range(2)
    ]
    assert [p.wait(timeout=120) for p in both] == [0, 0]
    lines = (tmp_path / "received").read_text().splitlines()
    assert len(lines) == len(set(lines)) == 8 and all(line.endswith(" 1") for line in lines)
