"""The commands that pages name are for the store that is served; who may not run them learns no path."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from allegata.store import open_store
from allegata.web import commands
from allegata.web.app import create_app
from allegata.web.visitors import VISITOR, Visitor


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("allegata.db", "allegata add page.html</code>"),
        ("cases/the mill.db", "allegata add page.html --store &#39;cases/the mill.db&#39;</code>"),
        (None, "allegata add page.html --store STORE</code>"),
    ],
)
def test_an_empty_page_names_the_store_that_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str | None, expected: str
) -> None:
    monkeypatch.setattr(commands.sys, "argv", ["allegata", "serve"])
    store = open_store(str(tmp_path / "empty.db"))
    client = TestClient(create_app(store, address=address), base_url="http://localhost")
    assert expected in client.get("/situation").text
    for page in ("", "tour", "inbox", "feeds", "forecasts", "watches", "sources", "dyads", "map", "review"):
        assert "case.db" not in client.get(f"/{page}").text
    store.close()


def test_a_program_off_the_path_is_named_as_it_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, str | None] = {"allegata": None}
    monkeypatch.setattr(commands.shutil, "which", found.get)
    commands.program.cache_clear()
    assert commands.program(".venv/bin/allegata") == ".venv/bin/allegata"
    assert commands.program("/home/a b/allegata") == "'/home/a b/allegata'"
    assert commands.program("/usr/lib/python3/uvicorn") == "allegata"
    found["allegata"] = "/usr/bin/allegata"
    commands.program.cache_clear()
    assert commands.program(".venv/bin/allegata") == "allegata"
    commands.program.cache_clear()


def test_who_runs_nothing_here_learns_no_path() -> None:
    served = commands.SERVED.set("/srv/desk/mill.db")
    visitor = VISITOR.set(Visitor("Ben", "viewer"))
    try:
        assert commands.command("add PAGE").endswith("add PAGE --store mill.db")
        VISITOR.set(Visitor("Ana", "admin"))
        assert commands.command("add PAGE").endswith("add PAGE --store /srv/desk/mill.db")
    finally:
        VISITOR.reset(visitor)
        commands.SERVED.reset(served)
