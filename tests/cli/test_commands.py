"""Each command as a process, over one store."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest

import allegata
from allegata.contract import claim_json, reading_json
from allegata.model import Claim
from tests.cli.process import TIMEOUT, command, complaint, environment, lines, run
from tests.cli.stories import OFFICE, many, story


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case")
    with allegata.open(folder / "case.db") as library:
        library.add(story(folder))
    return folder / "case.db"


@pytest.fixture(scope="module")
def claim(store: Path) -> Claim:
    with allegata.open(store) as library:
        return library.claims()[0]


def text(result: subprocess.CompletedProcess[bytes]) -> str:
    assert result.returncode == 0, result.stderr.decode()
    assert result.stderr == b""
    return " ".join(result.stdout.decode().split())


def test_claims_in_json_is_the_contract_and_nothing_else(store: Path) -> None:
    with allegata.open(store) as library:
        assert lines(run("claims", "--store", store, "--json")) == [claim_json(c) for c in library.claims()]
        every = library.claims(all=True)
    assert lines(run("claims", "--store", store, "--json", "--all")) == [claim_json(c) for c in every]
    assert lines(run("claims", "nosuchword", "--store", store, "--json")) == []


def test_claims_for_people(store: Path, claim: Claim) -> None:
    shown = text(run("claims", ALLEGATA_STORE=str(store)))
    assert claim.id in shown
    assert "lleged" in shown
    assert "independent origin" in shown and "mention" in shown and "outlet" in shown
    assert "denied by" in shown or "no denial found in" in shown
    with allegata.open(store) as library:
        left = len(library.claims(all=True)) - len(library.claims())
    assert (f"{left} more claim" in shown) == (left > 0)
    assert "no claims found" in text(run("claims", "nosuchword", "--store", store))


def test_show_and_why(store: Path, claim: Claim) -> None:
    shown = text(run("show", claim.id, "--store", store))
    assert all(word in shown for word in ("lleged", "Origins", "Mentions", "Responses"))
    assert all(document in shown for document in claim.documents)
    assert lines(run("show", claim.id, "--store", store, "--json")) == [claim_json(claim)]
    (reasons,) = lines(run("why", claim.id, "--store", store, "--json"))
    assert reasons["claim"] == claim.id and reasons["why"]
    assert " ".join(" ".join(reasons["why"]).split()) in text(run("why", claim.id, "--store", store))


def test_show_a_document(store: Path, claim: Claim) -> None:
    shown = text(run("show", "d1", "--store", store))
    assert "Vell Post" in shown and "told by somebody" in shown
    with allegata.open(store) as library:
        reading = library.reading("d1")
        assert all(c.id in shown for c in library.store.claims_of("d1"))
    assert reading is not None
    assert lines(run("show", "d1", "--store", store, "--json")) == [
        json.loads(json.dumps(reading_json(reading)))
    ]
    assert "'nothing'" in complaint(run("show", "nothing", "--store", store))
    assert "'d1'" in complaint(run("why", "d1", "--store", store))


def test_changes(store: Path) -> None:
    rows = lines(run("changes", "--since", "2025-03-01", "--store", store, "--json"))
    kinds = {row["kind"] for row in rows}
    assert {"new_claim", "forecast_due"} <= kinds
    shown = text(run("changes", "--since", "2025-03-01", "--store", store))
    assert "new claim" in shown and "will be closed by Friday" in shown
    assert "lleged" in shown
    later = lines(
        run("changes", "--since", "2025-04-01", "--until", "2025-04-02", "--store", store, "--json")
    )
    assert later == []
    assert "swap" in complaint(
        run("changes", "--since", "2025-04-02", "--until", "2025-04-01", "--store", store)
    )


def test_verify(store: Path) -> None:
    assert "3 captures" in text(run("verify", "--store", store))
    (found,) = lines(run("verify", "--store", store, "--json"))
    assert found == {
        "checked": 3, "missing": [], "altered": [], "acts": 0, "head": "0" * 64, "broken_act": None
    }  # fmt: skip


def test_verify_names_what_was_altered(tmp_path: Path) -> None:
    with allegata.open(tmp_path / "case.db") as library:
        library.add(story(tmp_path))
    body = next(p for p in tmp_path.rglob("*") if p.is_file() and len(p.parent.name + p.name) == 64)
    body.chmod(0o644)
    body.write_bytes(b"other")
    result = run("verify", "--store", tmp_path / "case.db")
    assert result.returncode == 1
    assert body.name in result.stderr.decode() and result.stderr.count(b"\n") == 1


def test_export_goes_out_whole_and_comes_back(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "export.jsonl"
    assert text(run("export", "jsonl", "-o", target, "--store", store)) == ""
    assert run("export", "jsonl", "--store", store).stdout == target.read_bytes()
    other = tmp_path / "other.db"
    assert "3 new" in text(run("add", target, "--store", other))
    assert "nothing new: 3 already there" in text(run("add", target, "--store", other))
    listed = [lines(run("claims", "--all", "--json", "--store", s)) for s in (store, other)]
    assert listed[0] == listed[1]
    table = run("export", "csv", "--store", store).stdout.decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == [row["id"] for row in listed[0]]
    assert "folder" in complaint(run("export", "jsonl", "-o", tmp_path, "--store", store))
    assert "none" in complaint(run("export", "jsonl", "-o", tmp_path / "none" / "x.jsonl", "--store", store))


def test_read_shows_an_xray_or_json_and_stores_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(OFFICE)
    shown = text(run("read", page))
    assert "told by somebody" in shown and "origin" in shown and "harbour office" in shown
    (reading,) = lines(run("read", "--json", "-", stdin=OFFICE.encode()))
    assert reading["text"] == OFFICE
    assert sorted(reading) == sorted(
        [
            "document",
            "text",
            "sentences",
            "statements",
            "allegations",
            "events",
            "places",
            "forecasts",
            "sources",
            "xray",
        ]
    )
    assert reading["xray"]["origins"]["count"] == len(reading["xray"]["origins"]["found"]) == 2
    assert list(tmp_path.iterdir()) == [page]


def test_readings_keep_their_ids_and_their_order(tmp_path: Path) -> None:
    given = many(tmp_path, 20)
    rows = lines(run("read", "--json", "--jobs", "2", given))
    assert [row["document"]["id"] for row in rows] == [f"m{i:03}" for i in range(20)]


def test_ctrl_c_while_adding(tmp_path: Path) -> None:
    given, store = many(tmp_path, 24), tmp_path / "case.db"
    adding = subprocess.Popen(
        command("add", given, "--store", store, "--json", "--jobs", "2"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True,
    )  # fmt: skip
    assert adding.stdout is not None
    for _ in range(24):
        adding.stdout.readline()
    os.killpg(adding.pid, signal.SIGINT)
    _, said = adding.communicate(timeout=TIMEOUT)
    assert adding.returncode == 130
    assert said.startswith(b"allegata: interrupted") and said.count(b"\n") == 1
    with allegata.open(store) as library:
        assert library.add(given).same == 24
        assert library.claims()


def test_serve_answers_and_ends_with_ctrl_c(store: Path, claim: Claim) -> None:
    serving = subprocess.Popen(
        command("serve", "--port", "0", "--store", store), stderr=subprocess.PIPE, env=environment()
    )
    assert serving.stderr is not None
    address = next(w for w in serving.stderr.readline().decode().split() if w.startswith("http://"))
    with urllib.request.urlopen(f"{address}/claims/{claim.id}.json", timeout=TIMEOUT) as answer:
        assert json.load(answer)["id"] == claim.id
    serving.send_signal(signal.SIGINT)
    assert serving.wait(TIMEOUT) == 0
    assert b"Traceback" not in serving.stderr.read()
    serving.stderr.close()


def test_private_addresses_are_not_fetched_unless_allowed() -> None:
    assert "127.0.0.1" in complaint(run("read", "http://127.0.0.1:9/"))
    assert "allow-private" not in complaint(run("read", "http://127.0.0.1:9/", "--allow-private"))
