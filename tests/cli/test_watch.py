"""The commands of watching, as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .process import complaint, lines, run
from .stories import document, story, write

DENIAL = (
    "The Norland navy denied on Wednesday that its gunboats shelled the fish market of Vell.\n\n"
    '"No ship of ours was in the strait," navy spokesman Pavel Drost told reporters.'
)
WHY = ("--why", "case 7", "--by", "ana")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the first page of a story, watched, and then the rest of it."""
    folder = tmp_path_factory.mktemp("case")
    pages = [json.loads(line) for line in story(folder).read_text(encoding="utf-8").splitlines()]
    pages[2:] = [document("d3", DENIAL, 5, "Sea Courier")]
    store = ("--store", folder / "case.db")
    lines(run("add", "--json", write(folder / "first.jsonl", pages[:1]), *store))
    target = f"json:{folder / 'found.json'}"
    (made,) = lines(run("watch", "add", "port", "--text", "market", "--to", target, "--json", *WHY, *store))
    assert (made["person"], made["reason"], made["name"]) == ("ana", "case 7", "port") and made["at"]
    lines(run("add", "--json", write(folder / "rest.jsonl", pages[1:]), *store))
    return folder


def test_what_came_since_is_sent_once(case: Path) -> None:
    store = ("--store", case / "case.db")
    sent = lines(run("watch", "run", "--json", *store))
    assert [s["state"] for s in sent] == ["sent"]
    items = json.loads((case / "found.json").read_text(encoding="utf-8"))["items"]
    assert "first_denial" in {tag for item in items for tag in item["tags"]}
    assert all("Alleged: " in item["title"] for item in items)
    assert lines(run("watch", "run", "--json", *store)) == []
    (listed,) = lines(run("watch", "list", "--json", *store))
    assert listed["deliveries"] == {"sent": 1}


def test_what_was_found_is_worked_through(case: Path) -> None:
    store = ("--store", case / "case.db")
    found = lines(run("watch", "inbox", "port", "--json", *store))
    assert found and {(i["name"], i["state"]) for i in found} == {("port", "unread")}
    number = str(found[0]["number"])
    done = ("--snooze", "2099-03-09", "--assign", "ben", "--note", "ring", "--by", "ana")
    said = complaint(run("watch", "mark", number, *done, *store))
    assert "within ten years" in said
    assert run("watch", "mark", number, "--read", "--by", "ana", *store).returncode == 0
    assert len(lines(run("watch", "inbox", "--json", *store))) == len(found) - 1
    assert run("watch", "mark", number, "--unread", *done[2:], *store).returncode == 0
    (mine,) = lines(run("watch", "inbox", "--show", "mine", "--by", "ben", "--json", *store))
    assert (mine["note"], mine["state"]) == ("ring", "unread")
    for wrong, said in (((), "nothing is to be done"), (("--read", "--by", "ana", "99"), "no item 99")):
        assert said in complaint(run("watch", "mark", number, *wrong, *store))
    assert "no watch" in complaint(run("watch", "inbox", "none", *store))
    held = len(lines(run("watch", "inbox", "--json", *store)))
    every = ("watch", "mark", "--all", "--read", "--by", "ana", *store)
    assert "no watch" in complaint(run(*every, "--watch", "none"))
    for wrong in (
        (*every, number),
        (*every, "--note", "x"),
        ("watch", "mark", "--read", "--by", "ana", *store),
    ):
        assert "--all" in complaint(run(*wrong))
    oldest = min(i["number"] for i in lines(run("watch", "inbox", "--json", *store)))
    assert run(*every, "--through", str(oldest)).stdout.decode().strip() == "1 marked, by ana"
    assert run(*every, "--watch", "port").stdout.decode().strip() == f"{held - 1} marked, by ana"
    assert lines(run("watch", "inbox", "--json", *store)) == []
    assert run(*every).stdout.decode().strip() == "0 marked, by ana"


def test_a_preview_says_how_often(case: Path) -> None:
    result = run("watch", "preview", "--text", "market", "--store", case / "case.db")
    assert result.returncode == 0
    assert b"2025-02-03 to 2025-03-05:" in result.stdout and b"1 \xc3\x97 first denial" in result.stdout
    (denial,) = lines(
        run("watch", "preview", "port", "-t", "first_denial", "--json", "--store", case / "case.db")
    )
    assert denial["documents"] == ["d3"]


def test_a_forecast_needs_its_rule_and_then_counts(case: Path) -> None:
    store = ("--store", case / "case.db")
    suggested = lines(run("forecast", "list", "--suggested", "--json", *store))
    (one,) = [s for s in suggested if s["document"] == "d2"]
    assert one["status"] == "speculation, not counted"
    said = complaint(run("forecast", "add", "d2", "--deadline", "2025-03-07", *WHY, *store))
    assert "speculation, not counted" in said
    given = ("--event", "the strait is closed", "--deadline", "2025-03-07", "--rule", "two papers say so")
    made = lines(run("forecast", "add", "d2", *given, "--probability", "0.9", "--json", *WHY, *store))[0]
    assert (made["document"], made["start"], made["person"]) == ("d2", one["start"], "ana")
    due = lines(run("forecast", "list", "--due", "--json", *store))
    assert [f["number"] for f in due] == [made["number"]]
    number = str(made["number"])
    assert run("forecast", "resolve", number, "no", "--evidence", "d9", *WHY, *store).returncode == 0
    listed = lines(run("forecast", "list", "--json", *store))
    record = next(row for row in listed if row["kind"] == "record")
    assert (record["decided"], record["scored"]) == (1, 1) and record["brier"] == pytest.approx(0.81)
    assert lines(run("forecast", "list", "--due", "--json", *store)) == []


def test_a_dyad_of_a_few_events_is_shown_as_that(case: Path) -> None:
    result = run("tension", "norland", "--store", case / "case.db")
    assert result.returncode == 0
    assert "too few to say whether it changed" in result.stdout.decode()
    rows = lines(run("tension", "--json", "--unit", "day", "--store", case / "case.db"))
    assert rows and {r["kind"] for r in rows} == {"tension"} and {r["unit"] for r in rows} == {"day"}
    none = run("tension", "nobody of that name", "--store", case / "case.db")
    assert none.returncode == 0 and b"no tension to show" in none.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("watch", "add", "x", "--trigger", "boom", *WHY), "no trigger"),
        (("watch", "add", "x", "--to", "fax:1", *WHY), "no target"),
        (("watch", "add", "x", "--to", "https://hook.example/", *WHY), "ALLEGATA_WEBHOOK_SECRET"),
        (("watch", "add", "port", *WHY), "already"),
        (("watch", "add", "x"), "--why"),
        (("watch", "add", "x", "--why", " "), "no reason"),
        (("watch", "remove", "nothing", *WHY), "no watch"),
        (("watch", "preview", "nothing"), "no watch"),
        (("feed", "remove", "https://paper.example/", *WHY), "no such feed"),
        (("feed", "poll", "https://paper.example/"), "no such feed"),
        (("feed", "add", "ftp://paper.example/", *WHY), "only http"),
        (("feed", "add", "https://ana:pw@paper.example/", *WHY), "user name"),
        (("forecast", "add", "nothing", *WHY), "no document"),
        (("forecast", "add", "d3", *WHY), "nothing is foretold"),
        (
            (
                "forecast",
                "add",
                "--event",
                "e",
                "--rule",
                "r",
                "--source",
                "s",
                "--deadline",
                "31 February",
                *WHY,
            ),
            "no date",
        ),
        (("forecast", "resolve", "99", "yes", "--evidence", "d1", *WHY), "no forecast"),
    ],
)
def test_bad_input_is_one_line(case: Path, arguments: tuple[str, ...], words: str) -> None:
    assert words in complaint(run(*arguments, "--store", case / "case.db"))


def test_a_feed_that_cannot_be_had_is_told_and_listed(tmp_path: Path) -> None:
    store = ("--store", tmp_path / "case.db")
    added = run("feed", "add", "http://127.0.0.1:9/rss", *WHY, *store)
    assert added.returncode == 0, added.stderr
    result = run("feed", "poll", *store)
    assert result.returncode == 0 and result.stderr.count(b"\n") == 1
    (feed,) = lines(run("feed", "list", "--json", *store))
    assert (feed["failures"], feed["late"], feed["person"]) == (1, False, "ana") and feed["note"]
    assert b"0 of 1 feeds asked" in run("feed", "poll", *store).stdout  # not before its time


def test_watching_an_empty_store_and_later_its_first_page(tmp_path: Path) -> None:
    store = ("--store", tmp_path / "case.db")
    run("feed", "add", "http://127.0.0.1:9/rss", *WHY, *store)  # makes the store
    lines(run("watch", "add", "all", "--to", f"atom:{tmp_path / 'a.xml'}", "--json", *WHY, *store))
    page = document(
        "d1", "Norland gunboats shelled the port of Vell, the Vell harbour office said.", 3, "Post"
    )
    lines(run("add", "--json", write(tmp_path / "one.jsonl", [page]), *store))
    assert [s["state"] for s in lines(run("watch", "run", "--json", *store))] == ["sent"]
    assert b"new claim: Alleged: " in (tmp_path / "a.xml").read_bytes()
