"""Hostile and broken input, given to the command as a process: one clear line, or text read safely."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

import allegata
from tests.cli.process import TIMEOUT, command, complaint, environment, lines, run
from tests.cli.stories import document, many, story

LAUGHS = "\n".join(
    [
        '<?xml version="1.0"?>',
        '<!DOCTYPE rss [<!ENTITY a "ha">',
        *(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise("abcdefghi")),
        "]>",
        '<rss version="2.0"><channel><title>t</title>',
        "<item><title>&i;</title><description>&i;</description></item>",
        "</channel></rss>",
    ]
)
"""A feed of a few hundred bytes that holds a hundred million laughs."""


def missing(path: Path) -> None:
    pass


def folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.touch()


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")


def junk(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(40_000))


def cut_gzip(path: Path) -> None:
    whole = gzip.compress(random.Random(7).randbytes(20_000).hex().encode())
    path.write_bytes(whole[: len(whole) // 2])


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"<html><body><p>begins well</p>")
        file.truncate(200_000_000)


def bomb(path: Path) -> None:
    path.write_text(LAUGHS)


BAD: dict[str, Callable[[Path], None]] = {
    "missing.html": missing,
    "folder": folder,
    "empty.txt": empty,
    "report.pdf": pdf,
    "junk.bin": junk,
    "cut.html.gz": cut_gzip,
    "huge.html": huge,
    "bomb.xml": bomb,
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_one_line_and_leaves_the_store_whole(name: str, tmp_path: Path) -> None:
    bad, store = tmp_path / name, tmp_path / "case.db"
    BAD[name](bad)
    read = run("read", "--json", bad)
    assert name in complaint(read)
    assert read.stdout == b""
    assert name in complaint(run("add", bad, "--store", store))
    with allegata.open(store) as library:
        assert library.verify().checked == 0 and list(library.documents()) == []


def test_the_bad_are_reported_one_line_each_and_the_good_are_stored(tmp_path: Path) -> None:
    store, sources = tmp_path / "case.db", []
    for name, make in BAD.items():
        make(tmp_path / name)
        sources.append(tmp_path / name)
    good = story(tmp_path)
    result = run("add", *sources[:4], good, *sources[4:], "--store", store, "--json")
    assert result.returncode == 2
    said = result.stderr.decode().splitlines()
    assert len(said) == len(BAD) and all(line.startswith("allegata: ") for line in said)
    assert all(name in line for name, line in zip(BAD, said, strict=True))
    assert [json.loads(row)["document"] for row in result.stdout.splitlines()] == ["d1", "d2", "d3"]
    assert run("verify", "--store", store).returncode == 0
    assert lines(run("claims", "--store", store, "--json"))


def test_a_script_in_a_title_is_text(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title><script>alert(1)</script>\x1b[31mNorland \x07denies it</title></head><body>"
        "<article><h1>Norland denies it</h1><p>Norland denied on Monday that its gunboats shelled the port "
        "of Vell, a claim that the harbour office had made on Sunday.</p></article>"
        "<script>alert(2)</script></body></html>"
    )
    (reading,) = lines(run("read", "--json", page))
    assert "alert(2)" not in reading["text"]
    assert "\x1b" not in (reading["document"]["title"] or "")
    shown = run("read", page)
    assert shown.returncode == 0
    assert b"\x1b" not in shown.stdout and b"\x07" not in shown.stdout


def test_lone_surrogates_and_a_date_in_year_0(tmp_path: Path) -> None:
    store, given = tmp_path / "case.db", tmp_path / "documents.jsonl"
    odd = document(
        "odd\ud83d", "Mayor Tam Rell said the \ud83d bridge \udc00 was mined by Dunmoor.", 3, "A\udfffB"
    )
    old = document("old", "Mayor Tam Rell said the bridge was mined by Dunmoor.", 3, "Old Post")
    old["published"] = "0000-00-00T00:00:00Z"
    given.write_text(json.dumps(odd) + "\n" + json.dumps(old) + "\n")
    raw = tmp_path / "raw.txt"
    raw.write_bytes(b"Mayor Tam Rell said \xed\xa0\xbd the bridge was mined by Dunmoor.")
    readings = lines(run("read", "--json", given, raw))
    assert len(readings) == 3
    assert readings[1]["document"]["id"] == "old" and readings[1]["document"]["published"] is None
    for reading in readings:
        spans = [(s["start"], s["end"]) for s in reading["sentences"]]
        assert spans and all(0 <= a < b <= len(reading["text"]) for a, b in spans)
    assert run("add", given, raw, "--store", store).returncode == 0
    assert lines(run("claims", "--store", store, "--json", "--all"))
    for arguments in (("claims", "--all"), ("changes",), ("export", "csv"), ("export", "jsonl"), ("verify",)):
        assert run(*arguments, "--store", store).returncode == 0, arguments


@pytest.mark.parametrize("kind", ["text", "database", "folder", "truncated"])
def test_a_store_that_is_not_a_store(kind: str, tmp_path: Path) -> None:
    store = tmp_path / "case.db"
    if kind == "text":
        store.write_text("dear diary, " * 500)
    elif kind == "database":
        with sqlite3.connect(store) as other:
            other.execute("create table recipes (name text)")
        other.close()
    elif kind == "folder":
        store.mkdir()
    else:
        store.write_bytes(b"SQLite format 3\0" + b"\0" * 40)
    before = store.read_bytes() if store.is_file() else b""
    for arguments in (("claims",), ("verify",), ("add", story(tmp_path))):
        assert "case.db" in complaint(run(*arguments, "--store", store))
    assert (store.read_bytes() if store.is_file() else b"") == before


def test_a_store_in_use_by_another_process(tmp_path: Path) -> None:
    store = tmp_path / "case.db"
    assert run("add", story(tmp_path), "--store", store).returncode == 0
    before = lines(run("claims", "--store", store, "--json"))
    other = sqlite3.connect(store, isolation_level=None)
    try:
        other.execute("begin immediate")
        assert lines(run("claims", "--store", store, "--json")) == before  # readers need not wait
        assert "case.db" in complaint(run("add", many(tmp_path, 2), "--store", store))
    finally:
        other.execute("rollback")
        other.close()
    assert run("add", many(tmp_path, 2), "--store", store).returncode == 0
    assert run("verify", "--store", store).returncode == 0


def test_kill_9_loses_nothing_that_was_reported_and_a_second_run_completes_it(tmp_path: Path) -> None:
    given = many(tmp_path, 24)
    broken, whole = tmp_path / "broken.db", tmp_path / "whole.db"
    adding = subprocess.Popen(
        command("add", given, "--store", broken, "--json", "--jobs", "2"),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(), start_new_session=True,
    )  # fmt: skip
    assert adding.stdout is not None
    reported = [json.loads(adding.stdout.readline())["document"] for _ in range(12)]
    os.kill(adding.pid, signal.SIGKILL)
    adding.wait(TIMEOUT)
    adding.stdout.close()
    with allegata.open(broken) as library:
        assert {d.id for d in library.documents()} >= set(reported)
        assert library.verify().whole
    assert run("add", given, "--store", broken).returncode == 0
    again = run("add", given, "--store", broken)
    assert again.returncode == 0 and b"nothing new" in again.stdout
    with allegata.open(broken) as one, allegata.open(whole) as other:
        other.add(given)
        assert one.claims(all=True) == other.claims(all=True) != []


def test_kill_9_while_reading_keeps_what_was_read(tmp_path: Path) -> None:
    given, store = many(tmp_path, 24), tmp_path / "case.db"
    adding = subprocess.Popen(
        command("add", given, "--store", store, "--jobs", "1"), stderr=subprocess.DEVNULL, env=environment()
    )
    while adding.poll() is None and not (store.exists() and read_in(store)):
        time.sleep(0.05)
    os.kill(adding.pid, signal.SIGKILL)
    adding.wait(TIMEOUT)
    before = read_in(store)
    assert before
    result = run("add", given, "--store", store)
    assert result.returncode == 0 and b"24 already there" in result.stdout
    assert f"read {24 - before}," in result.stdout.decode()


def read_in(store: Path) -> int:
    """How many documents of a store in use were read."""
    with allegata.open(store) as library:
        return sum(1 for _ in library.readings())


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    given = many(tmp_path, 3)
    reading = subprocess.Popen(
        command("read", "--json", "--jobs", "1", given),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert reading.stdout is not None and reading.stderr is not None
    reading.stdout.close()
    assert reading.stderr.read() == b""
    assert reading.wait(TIMEOUT) == 141
    reading.stderr.close()
