"""`allegata match`, given to the command as a process."""

from __future__ import annotations

from pathlib import Path

from tests.cli.process import complaint, lines, run
from tests.cli.stories import story


def test_a_post_finds_its_claim(tmp_path: Path) -> None:
    store = tmp_path / "case.db"
    lines(run("add", story(tmp_path), "--store", store, "--json"))
    claims = lines(run("claims", "--all", "--store", store, "--json"))
    wanted = claims[0]
    found = lines(run("match", "-", "--store", store, "--json", stdin=wanted["proposition"].encode()))
    assert found[0]["id"] == wanted["id"] and found[0]["score"] > 0.9
    assert set(found[0]) == {"id", "score", "shared", "proposition", "independent_origins"}
    said = run("match", wanted["proposition"], "--store", store).stdout.decode()
    assert wanted["id"] in said and "alleged" in said
    assert len(lines(run("match", wanted["proposition"], "--store", store, "--json", "--limit", "1"))) == 1
    assert b"no claim here" in run("match", "Quuxly", "--store", store).stdout


def test_nothing_to_match(tmp_path: Path) -> None:
    assert "no text to match" in complaint(run("match", " ", "--store", tmp_path / "none.db"))
    assert "no store at" in complaint(run("match", "words", "--store", tmp_path / "none.db"))
