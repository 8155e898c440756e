"""The way of the data, over a real store and the real reader."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import allegata
from allegata.capture import Item, Refusal
from allegata.contract import claim_json
from allegata.library import Library
from allegata.model import Document
from allegata.reading import VERSIONS, Reader
from allegata.runs import local, worker
from allegata.runs.verify import verify
from tests.cli.stories import OFFICE, document, story, write


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with allegata.open(tmp_path / "case.db") as opened:
        yield opened


def fail(failure: local.Failure) -> None:
    pytest.fail(str(failure))


def claims(library: Library) -> list[str]:
    return [json.dumps(claim_json(c)) for c in library.claims(all=True)]


def test_the_same_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    given = story(tmp_path)
    first = library.add(given)
    assert (first.new, first.read, first.linked, first.failures) == (3, 3, 3, ())
    before = claims(library)
    assert before
    second = library.add(given)
    assert (second.new, second.versions, second.same, second.read, second.linked) == (0, 0, 3, 0, 0)
    assert not second.changed
    assert claims(library) == before


def test_an_edited_page_is_a_new_version_and_no_new_mention(library: Library, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(OFFICE)
    library.add(page)
    page.write_text(OFFICE.replace("four", "nine"))
    report = library.add(page)
    assert (report.new, report.versions, report.read) == (0, 1, 1)
    (kept,) = library.documents()
    assert kept.version == 2 and "nine porters" in kept.text
    assert all(c.documents == (kept.id,) for c in library.claims(all=True))


def test_stages_report_their_progress_and_what_is_stored(library: Library, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int | None]] = []
    stored: list[tuple[str, str]] = []
    library.add(
        story(tmp_path), progress=lambda *s: seen.append(s), stored=lambda d, p: stored.append((d, p))
    )
    assert stored == [("d1", "new"), ("d2", "new"), ("d3", "new")]
    assert [s for s in seen if s[0] == "store"] == [("store", n, None) for n in (1, 2, 3)]
    assert ("read", 3, 3) in seen
    assert list(dict.fromkeys(stage for stage, _, _ in seen)) == ["store", "read", "link"]


def test_what_was_only_stored_is_read_by_the_next_run(library: Library, tmp_path: Path) -> None:
    for item in local.items([str(story(tmp_path))], False, fail):
        assert not isinstance(item, Document)
        library.store.put_document(item.document)
    report = library.add()
    assert (report.new, report.read, report.linked) == (0, 3, 3)
    assert claims(library)


def test_what_was_only_read_is_linked_by_the_next_run(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("allegata.linking.link", stop)
        library.add(story(tmp_path))
    assert claims(library) == []
    report = library.add(story(tmp_path))
    assert (report.same, report.read, report.linked) == (3, 0, 3)
    with allegata.open(tmp_path / "whole.db") as whole:
        whole.add(story(tmp_path))
        assert claims(whole) == claims(library)


def test_another_reader_reads_anew(library: Library, tmp_path: Path) -> None:
    library.add(story(tmp_path), reader="rules")
    assert {r.reader for r in library.readings()} == {VERSIONS["rules"]}
    report = library.add(reader="tagger")
    assert (report.new, report.read, report.linked) == (0, 3, 3)
    assert {r.reader for r in library.readings()} == {VERSIONS["tagger"]}
    with pytest.raises(ValueError, match="no reader 'oracle'; there are: tagger, rules"):
        library.add(reader="oracle")  # type: ignore[arg-type]


def test_a_document_that_cannot_be_read_is_reported_and_tried_again(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = worker._read

    def read(documents: Sequence[Document], with_features: bool, reader: Reader) -> list[worker.Outcome]:
        if any(d.id == "d2" for d in documents):
            raise ValueError("no good")
        return real(documents, with_features, reader)

    with monkeypatch.context() as patch:
        patch.setattr(worker, "_read", read)
        report = library.add(story(tmp_path))
    assert [f.source for f in report.failures] == ["d2"]
    assert "no good" in report.failures[0].reason
    assert (report.new, report.read, report.linked) == (3, 2, 2)
    report = library.add()
    assert (report.read, report.linked, report.failures) == (1, 1, ())


def test_documents_made_elsewhere_have_no_capture(library: Library) -> None:
    made = Document("mine", OFFICE, outlet="Vell Post", published="2025-03-03")
    assert library.add([made]).new == 1
    assert library.add(made).same == 1
    assert library.document("mine") == made
    assert verify(library.store).checked == 0


def test_verify_tells_altered_from_missing(library: Library, tmp_path: Path) -> None:
    library.add(story(tmp_path))
    assert library.verify().whole and library.verify().checked == 3
    bodies = sorted(p for p in tmp_path.rglob("*") if p.is_file() and len(p.parent.name + p.name) == 64)
    bodies[0].chmod(0o644)
    bodies[0].write_bytes(b"other")
    bodies[1].unlink()
    found = library.verify()
    assert not found.whole and found.checked == 3
    assert found.altered == (bodies[0].parent.name + bodies[0].name,)
    assert found.missing == (bodies[1].parent.name + bodies[1].name,)


def test_readings_come_in_the_order_of_the_sources(tmp_path: Path) -> None:
    given = write(
        tmp_path / "documents.jsonl", [document(f"d{i}", f"Mayor {i} said so.", 3, "V") for i in range(3)]
    )
    page = tmp_path / "z.txt"
    page.write_text("The mayor of Vell resigned.")
    failures: list[local.Failure] = []
    found = list(local.read([page, tmp_path / "none", given], failed=failures.append))
    assert [r.document.id for r in found[1:]] == ["d0", "d1", "d2"]
    assert found[0].document.text == "The mayor of Vell resigned."
    assert [f.source for f in failures] == [str(tmp_path / "none")]


def test_readings_of_several_processes_are_the_same(tmp_path: Path) -> None:
    given = write(tmp_path / "documents.jsonl", [document(f"d{i}", OFFICE, 3, f"V{i}") for i in range(20)])
    alone = list(local.read([given], jobs=1, failed=fail))
    assert list(local.read([given], jobs=2, failed=fail)) == alone


def test_a_source_that_breaks_a_parser_costs_nobody_else(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = local.open_source

    def open_source(source: str, *, allow_private: bool) -> Iterator[Item | Refusal]:
        yield from real(source, allow_private=allow_private)
        if source.endswith("page.txt"):
            raise RecursionError("too\ndeep")

    monkeypatch.setattr(local, "open_source", open_source)
    page = tmp_path / "page.txt"
    page.write_text(OFFICE)
    report = library.add(page, story(tmp_path))
    assert [f.source for f in report.failures] == [str(page)]
    assert "RecursionError: too deep" in str(report.failures[0])
    assert (report.new, report.read, report.linked) == (4, 4, 4)


def test_a_text_too_long_to_be_read_whole_is_named(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("allegata.reading.parsing.MAX_CHARACTERS", len(OFFICE))
    pages = [tmp_path / "long.txt", tmp_path / "short.txt"]
    pages[0].write_text(OFFICE + " And so on.")
    pages[1].write_text(OFFICE)
    report = library.add(pages)
    (name,) = report.cut
    document_ = library.document(name)
    assert document_ is not None and document_.text.endswith("And so on.")
    assert report.failures == ()
