"""A store taken out and put in again."""

import json
from pathlib import Path

import pytest

import allegata
from allegata.contract import claim_json, reading_json
from allegata.exchange.jsonl import (
    FORMAT,
    ExchangeError,
    export_records,
    exported_documents,
    is_export,
    line,
)
from allegata.library import Library
from tests.cli.stories import DENIAL, OFFICE, document, story, write


def export(library: Library, path: Path) -> Path:
    path.write_text("".join(line(r) for r in export_records(library.store)), encoding="utf-8")
    return path


def contents(library: Library) -> tuple[list[object], ...]:
    documents = [v for d in library.documents() for v in library.store.versions(d.id)]
    return (
        [(d.id, d.version, d.text, d.url, d.outlet, d.published, d.links, d.embeds) for d in documents],
        [reading_json(r) for r in library.readings()],
        [claim_json(c) for c in library.claims(all=True)],
    )


def test_a_store_comes_back_from_its_export(tmp_path: Path) -> None:
    with allegata.open(tmp_path / "a.db") as one, allegata.open(tmp_path / "b.db") as two:
        one.add(story(tmp_path))
        one.add(
            write(tmp_path / "edit.jsonl", [document("d1", OFFICE.replace("four", "nine"), 3, "Vell Post")])
        )
        assert [v.version for v in one.store.versions("d1")] == [1, 2]
        taken = export(one, tmp_path / "export.jsonl")
        two.add(exported_documents(taken))
        assert contents(two) == contents(one)
        again = two.add(exported_documents(taken))
        assert (again.same, again.changed) == (4, False)


def test_an_export_says_what_it_is_and_names_its_records(tmp_path: Path) -> None:
    with allegata.open(tmp_path / "a.db") as library:
        library.add(story(tmp_path))
        taken = export(library, tmp_path / "export.jsonl")
        claims = library.claims(all=True)
    records = [json.loads(row) for row in taken.read_text().splitlines()]
    assert records[0] == {"record": FORMAT, "version": 1}
    assert [r["id"] for r in records if r["record"] == "document"] == ["d1", "d2", "d3"]
    assert [r["document"] for r in records if r["record"] == "reading"] == ["d1", "d2", "d3"]
    assert [r["id"] for r in records if r["record"] == "claim"] == [c.id for c in claims]
    assert is_export(taken)


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "not json", '{"record": "other"}', '{"id": "d1", "text": "x"}']
)
def test_other_files_are_no_exports(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text)
    assert not is_export(path)
    assert not is_export(tmp_path)
    assert not is_export(tmp_path / "none")


@pytest.mark.parametrize(
    "broken",
    [
        '{"record": "document", "id": "d1"}',
        '{"record": "document", "id": "d1", "text": 5}',
        '{"record": "document", "id": "d1", "text": "x", "kind": "post", "links": 7}',
        '{"record": "document", "id": "d1", "text": "x", "kind": "post", "links": [7]}',
        '{"record": "document", "id": "d1", "text": "x", "kind": "post", "published": 7}',
        '{"no": "record"}',
        "[]",
        "half a li",
    ],
)
def test_a_broken_line_is_named(broken: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    good = {"record": "document", "id": "d0", "text": DENIAL, "kind": "article"}
    path.write_text(line({"record": FORMAT, "version": 1}) + line(good) + broken + "\n")
    documents = exported_documents(path)
    assert next(documents).id == "d0"
    with pytest.raises(ExchangeError, match="line 3"):
        next(documents)


def test_an_export_of_a_later_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(line({"record": FORMAT, "version": 2}))
    with pytest.raises(ExchangeError, match="newer"):
        list(exported_documents(path))
