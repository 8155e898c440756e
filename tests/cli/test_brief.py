"""`allegata brief`: a claim on one page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .process import complaint, lines, run
from .stories import story


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief")
    run("add", story(folder), "--store", folder / "case.db")
    return folder / "case.db"


def test_a_brief_in_every_format(store: Path, tmp_path: Path) -> None:
    (claim, *_) = lines(run("claims", "--json", "--store", store))
    text = run("brief", claim["id"], "--store", store).stdout.decode()
    assert text.startswith("# ") and "## Sources" in text and "independent origin" in text
    twin = json.loads(run("brief", claim["id"], "-f", "json", "--store", store).stdout)
    assert twin["kind"] == "Claim" and twin["title"].startswith("Alleged")
    run("brief", claim["id"], "-f", "pdf", "-o", tmp_path / "b.pdf", "--store", store)
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF-")
    assert [p.name for p in tmp_path.iterdir()] == ["b.pdf"]


def test_what_cannot_be_done_says_why(store: Path, tmp_path: Path) -> None:
    assert "no claim c-none" in complaint(run("brief", "c-none", "--store", store))
    (claim, *_) = lines(run("claims", "--json", "--store", store))
    missing = tmp_path / "nowhere" / "b.md"
    assert "cannot be written" in complaint(run("brief", claim["id"], "-o", missing, "--store", store))
