"""`allegata judge`, as people run it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .process import complaint, lines, run
from .stories import OFFICE, RELAY, document, write

WHY = ("--why", "I rang them", "--by", "ana")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judge")
    pages = [document("d1", OFFICE, 3, "Vell Post"), document("d2", RELAY, 4, "Strait Times")]
    lines(run("add", "--json", write(folder / "pages.jsonl", pages), "--store", folder / "case.db"))
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    shutil.copytree(made, tmp_path / "copy")
    return ("--store", tmp_path / "copy" / "case.db")


def told(store: tuple[str, Path]) -> dict[str, Any]:
    """The claim of both pages."""
    found: list[dict[str, Any]] = lines(run("claims", "--all", "--json", *store))
    return next(c for c in found if {"d1", "d2"} <= {m["document"] for m in c["mentions"]})


def passage(claim: dict[str, Any], document_id: str) -> str:
    p = next(p for m in claim["mentions"] if m["document"] == document_id for p in m["passages"])
    return f"{p['document']}:{p['start']}-{p['end']}"


def test_a_decision_is_shown_before_kept_obeyed_and_taken_back(store: tuple[str, Path]) -> None:
    before = told(store)
    where = passage(before, "d2")
    dry = run("judge", "origin", where, *WHY, "--dry-run", *store)
    assert dry.returncode == 0 and "origins 1 → 2" in dry.stdout.decode()
    (effect,) = lines(run("judge", "origin", where, *WHY, "--dry-run", "--json", *store))
    assert [c["independent_origins"]["high"] for c in effect["before"]] == [1]
    assert [c["independent_origins"]["high"] for c in effect["after"]] == [2]
    assert lines(run("judge", "list", "--json", *store)) == []
    assert told(store) == before

    (kept,) = lines(run("judge", "origin", where, *WHY, "--json", *store))
    assert (kept["id"], kept["person"], kept["kind"], kept["value"]) == (1, "ana", "origin", "own")
    assert json.loads(kept["subject"])[3].startswith("Norland gunboats")
    after = told(store)
    assert after["independent_origins"]["high"] == 2
    assert [j["person"] for j in after["judgements"]] == ["ana"]
    why = run("why", after["id"], *store).stdout.decode()
    assert "Decided: Strait Times (d2) has an origin of its own for “Norland" in why
    assert "ana decided so on" in why

    (undone,) = lines(run("judge", "undo", "1", "--why", "a mistake", "--by", "bela", "--json", *store))
    assert (undone["undoes"], undone["person"]) == (1, "bela")
    assert told(store) == before
    assert lines(run("judge", "list", "--json", *store)) == []
    listed = run("judge", "list", "--all", *store).stdout.decode().splitlines()
    assert len(listed) == 2 and "judgement 1 is taken back" in listed[1]


def test_every_kind_has_its_command(store: tuple[str, Path]) -> None:
    claim = told(store)
    first, second = passage(claim, "d1"), passage(claim, "d2")
    for given in (
        ("edge", "d1", "d2", "no"),
        ("source", "Vell Post", "Strait Times", "different"),
        ("source", "Vell harbour office", "Strait Times", "same", "--second-in", "d2"),
        ("claim", first, second, "different"),
        ("stance", second, "doubt"),
    ):
        said = run("judge", *given, *WHY, "--dry-run", *store)
        assert (said.returncode, said.stderr) == (0, b""), given
        assert said.stdout
    moved = run("judge", "claim", first, second, "different", *WHY, *store).stdout.decode()
    assert "d2, in “Norland" in moved and "tells of another claim than d1" in moved
    assert "claims 1 → 2" in moved


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("edge", "Nobody", "d2", "no"), "no claim says that “d2” had it from “Nobody”"),
        (("edge", "d1", "d2", "perhaps"), "perhaps"),
        (("origin", "d2"), "is no passage; write DOCUMENT:START-END"),
        (("origin", "d2:0-9999999999"), "is no passage"),
        (("origin", "nowhere:0-5"), "there is no document “nowhere”"),
        (("source", "Vell Post", "Vell Post", "same"), "cannot be about"),
        (("stance", "d2:0-20", "shout"), "a judgement on stance says one of"),
        (("undo", "7"), "there is no judgement 7; 'allegata judge list --all' shows them"),
        (("colour", "red"), "colour"),
    ],
)
def test_bad_input_is_one_line(made: Path, given: tuple[str, ...], words: str) -> None:
    asked = () if given[0] == "colour" else WHY
    assert words in complaint(run("judge", *given, *asked, "--store", made / "case.db"))


def test_a_decision_needs_a_reason_and_a_store(store: tuple[str, Path], tmp_path: Path) -> None:
    assert "--why" in complaint(run("judge", "edge", "d1", "d2", "no", *store))
    assert "--why" in complaint(run("judge", "edge", "d1", "d2", "no", "--why", " ", *store))
    long = run("judge", "edge", "d1", "d2", "no", "--why", "x" * 2001, *store)
    assert "2000 characters at most" in complaint(long)
    nowhere = run("judge", "edge", "d1", "d2", "no", *WHY, "--store", tmp_path / "none.db")
    assert "there is no store" in complaint(nowhere) and not (tmp_path / "none.db").exists()


def test_the_person_may_come_from_the_environment(store: tuple[str, Path]) -> None:
    (kept,) = lines(
        run("judge", "edge", "d1", "d2", "no", "--why", "x", "--json", *store, ALLEGATA_PERSON="Cleo Marsh")
    )
    assert kept["person"] == "Cleo Marsh"
    assert "no judgement yet" not in run("judge", "list", *store).stdout.decode()


def test_the_review_lists_what_to_decide_and_a_user_decides_it(store: tuple[str, Path]) -> None:
    import allegata
    from allegata.model import Document
    from allegata.runs import accounts

    with allegata.open(store[1]) as library:
        shot = (
            "Gunboats of the Orrin navy fired on two trawlers off Vell on Monday and the crews swam ashore."
        )
        library.add(Document(**document("d3", shot, 5, "Harbour Echo")))
        accounts.add_user(library.store, "Ana Reis", "four tired herons", "analyst", "root")
        accounts.add_user(library.store, "Vik", "five tired herons", "viewer", "root")
    (asked,) = lines(run("review", "--json", *store))
    assert (asked["kind"], asked["subject"], asked["stands"]) == ("edge", ["d1", "d3"], "no")
    assert asked["question"] == "Did Harbour Echo have it from Vell Post?" and asked["change"] == [0, 0, -1]
    assert "Harbour Echo have it" in run("review", "--kind", "edge", *store).stdout.decode()
    assert run("review", "--kind", "stance", *store).stdout.decode() == "nothing to decide\n"
    assert "no claim" in complaint(run("review", "--claim", "x", *store))
    given = ("judge", "edge", "d1", "d3", "yes", "--why", "the same words", *store)
    for name, said in (("ana", "is none"), ("vik", "is a viewer")):
        assert said in complaint(run(*given, "--by", name))
    (kept,) = lines(run(*given, "--by", "ANA REIS", "--json"))
    assert kept["person"] == "Ana Reis"
    assert lines(run("review", "--json", *store)) == []


def test_a_statement_is_put_right(store: tuple[str, Path]) -> None:
    (shown,) = lines(run("show", "d1", "--json", *store))
    said = next(s for s in shown["statements"] if s["content"])
    spans = [tuple(p) for p in (*said["cue"], *said["content"])]
    where = f"d1:{min(a for a, _ in spans)}-{max(b for _, b in spans)}"
    assert "say what is other" in complaint(run("judge", "reading", where, *WHY, *store))
    (kept,) = lines(run("judge", "reading", where, "--speaker", "Ines Okafor", *WHY, "--json", *store))
    assert json.loads(kept["value"]) == {"speaker": "Ines Okafor"}
    (after,) = lines(run("show", "d1", "--json", *store))
    assert next(s for s in after["statements"] if s["id"] == said["id"])["speaker"] == "Ines Okafor"
    assert "said by Ines Okafor" in run("judge", "list", *store).stdout.decode()
    run("judge", "undo", "1", *WHY, *store)
    (again,) = lines(run("show", "d1", "--json", *store))
    assert again == shown
