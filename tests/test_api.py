"""What ``import allegata`` gives."""

import subprocess
import sys
from pathlib import Path

import pytest

import allegata
from tests.cli.stories import OFFICE, document, story, write


def test_everything_public_is_there() -> None:
    assert all(getattr(allegata, name) is not None for name in allegata.__all__)
    with pytest.raises(AttributeError):
        allegata.no_such_name  # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, allegata; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split()
    assert {m for m in loaded if m.startswith("allegata.")} == {"allegata.reading"}
    assert not {"numpy", "spacy", "onnxruntime", "sqlalchemy"} & set(loaded)


def test_read_one_page(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(OFFICE)
    reading = allegata.read(page)
    assert reading.document.text == OFFICE
    assert any("harbour office" in (s.speaker or "") for s in reading.statements)
    assert allegata.read(str(page)) == reading
    assert allegata.read(reading.document) == reading


def test_read_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(allegata.CaptureError, match="no such file"):
        allegata.read(tmp_path / "none.html")
    with pytest.raises(ValueError, match="read_all"):
        allegata.read(story(tmp_path))


def test_read_all_goes_on_where_it_is_told_to(tmp_path: Path) -> None:
    failures: list[object] = []
    found = list(allegata.read_all([tmp_path / "none", story(tmp_path)], failed=failures.append))
    assert [r.document.id for r in found] == ["d1", "d2", "d3"]
    assert len(failures) == 1


def test_a_library_from_pages_to_reasons(tmp_path: Path) -> None:
    with allegata.open(tmp_path / "case.db") as library:
        library.add(story(tmp_path))
        (claim,) = [c for c in library.claims("fish market") if "d1" in c.documents][:1]
        assert library.claim(claim.id) == claim
        assert claim.independent_origins.low <= claim.independent_origins.high
        reasons = library.why(claim.id)
        assert reasons and all(isinstance(r, str) for r in reasons)
        document_ = library.document("d1")
        assert document_ is not None and document_.outlet == "Vell Post"
        assert library.verify().whole
        with pytest.raises(KeyError):
            library.why("none")
        assert library.claim("none") is None and library.document("none") is None


def test_claims_of_one_document_are_listed_where_there_are_no_others(tmp_path: Path) -> None:
    with allegata.open(tmp_path / "case.db") as library:
        library.add(write(tmp_path / "one.jsonl", [document("d1", OFFICE, 3, "Vell Post")]))
        assert library.claims() == library.claims(all=True) != []
        library.add(story(tmp_path))
        assert all(len(c.documents) > 1 for c in library.claims())


def test_a_sentence_that_no_claim_is_headed_with_finds_those_of_the_documents_that_have_it(
    tmp_path: Path,
) -> None:
    other = "Cellists rehearse beside lukewarm radiators."
    rows = [document(f"d{n}", f"{OFFICE}\n\n{other}", n, f"Vell Post {n}") for n in (1, 2)]
    with allegata.open(tmp_path / "case.db") as library:
        library.add(write(tmp_path / "two.jsonl", rows))
        found = library.claims("cellists rehearse beside radiators")
        assert found and all({"d1", "d2"} <= set(c.documents) for c in found)
        assert library.claims("cellists rehearse beside sofas") == []


def test_changes_between_two_days(tmp_path: Path) -> None:
    from datetime import UTC, date, datetime

    with allegata.open(tmp_path / "case.db") as library:
        library.add(story(tmp_path))
        found = library.changes(datetime(2025, 3, 1, tzinfo=UTC))
        assert "new_claim" in {c.kind for c in found}
        assert library.changes(datetime(2025, 4, 1, tzinfo=UTC)) == []
        due = library.due(date(2025, 4, 1))
        assert [d.deadline for d in due] == ["2025-03-07"]
