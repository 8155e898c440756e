"""The page of a document: its versions, its bytes, what is told in what."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from allegata.model import Capture, Document, Reading, Statement
from allegata.store import Store, open_store
from allegata.web.app import create_app

BODY = b"<p>The pier at Lowmere burned, Tamsin Hale said.</p>"
FIRST = Document(
    "pier", "The pier burned, Tamsin Hale said the mayor told her.\n\nNobody died.", title="Pier burns"
)
NESTED = (
    Statement("a", ((29, 40),), ((41, 45),), ((46, 66),), "assert", None, "Tamsin Hale"),
    Statement("b", ((46, 55),), ((56, 60),), ((0, 16),), "assert", "a", "the mayor"),
)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Store, TestClient]]:
    store = open_store(str(tmp_path / "case.db"))
    digest = hashlib.sha256(BODY).hexdigest()
    store.put_capture(
        Capture(
            digest,
            "https://pier.example/a",
            None,
            "2025-05-02T08:00:00+00:00",
            "allegata/1",
            "text/html",
            len(BODY),
        ),
        BODY,
    )
    document, _ = store.put_document(replace(FIRST, capture=digest))
    run = store.start_run("test", "")
    edited, _ = store.put_document(
        replace(document, text=document.text.replace("Nobody", "One docker"), title="Pier burns, one dead")
    )
    store.put_reading(Reading(edited, statements=NESTED, reader="r"), run)
    store.put_document(Document("row", "A row of a file."))
    yield store, TestClient(create_app(store), base_url="http://localhost")
    store.close()


def test_versions_stand_beside_each_other_as_a_difference(held: tuple[Store, TestClient]) -> None:
    client = held[1]
    page = client.get("/documents/pier").text
    assert "a new version is no new mention" in page and "against=1" in page
    changed = client.get("/documents/pier?version=2&against=1")
    assert changed.status_code == 200
    assert "<del>Nobody</del>" in changed.text and "<ins>One docker</ins>" in changed.text
    assert "What changed from version 1 to version 2" in changed.text
    assert "Pier burns, one dead" in changed.text
    twin = client.get("/documents/pier.json?against=1").json()
    assert twin["changes"]["against"] == 1 and twin["changes"]["out"] == 1
    # the other way round is told from the earlier to the later all the same
    assert "<ins>One docker</ins>" in client.get("/documents/pier?version=1&against=2").text


def test_a_version_that_is_not_there_is_an_error_with_words(held: tuple[Store, TestClient]) -> None:
    answer = held[1].get("/documents/pier?against=9")
    assert answer.status_code == 400 and "goes from 1 to 2" in answer.text


def test_one_version_has_no_difference(held: tuple[Store, TestClient]) -> None:
    page = held[1].get("/documents/row")
    assert "Changed since" not in page.text and "No capture is held" in page.text
    assert held[1].get("/documents/row?against=1").status_code == 200


def test_the_bytes_are_hashed_again(held: tuple[Store, TestClient], tmp_path: Path) -> None:
    store, client = held
    digest = hashlib.sha256(BODY).hexdigest()
    page = client.get("/documents/pier").text
    assert digest in page and "hashed again for this page: the same" in page and "allegata/1" in page
    assert client.get("/documents/pier.json").json()["custody"]["state"] == "whole"
    body = next(p for p in (tmp_path / "case.db.captures").rglob("*") if p.is_file())
    body.chmod(0o644)
    body.write_bytes(BODY.replace(b"burned", b"stands"))
    assert "do not have their hash any more" in client.get("/documents/pier").text
    body.unlink()
    assert "missing from the archive" in client.get("/documents/pier").text
    assert store.verify()


def test_what_is_told_in_a_statement_stands_under_it(held: tuple[Store, TestClient]) -> None:
    page = held[1].get("/documents/pier").text
    assert page.index('id="s1"') < page.index('id="s2" class="nested n1"')
    assert 'href="#s1"><span class="hidden">told </span>in 1</a>' in page
