"""A claim as it stood on a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from .process import complaint, lines, run
from .stories import story


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("as-of")
    run("add", story(folder), "--store", folder / "case.db")
    return folder / "case.db"


def test_a_claim_is_counted_from_what_was_out_by_then(store: Path) -> None:
    (claim, *_) = lines(run("claims", "--json", "--store", store))
    days = sorted({m["published"][:10] for m in claim["mentions"]})
    (now,) = lines(run("show", claim["id"], "--json", "--store", store))
    (last,) = lines(run("show", claim["id"], "--as-of", days[-1], "--json", "--store", store))
    (first,) = lines(run("show", claim["id"], "--as-of", days[0], "--json", "--store", store))
    assert last["mentions"] == now["mentions"]
    assert {m["published"][:10] for m in first["mentions"]} == {days[0]}
    assert not any(
        r["document"] not in {m["document"] for m in first["mentions"]} for r in first["responses"]
    )
    (why,) = lines(run("why", claim["id"], "--as-of", days[0], "--json", "--store", store))
    assert why["why"]
    brief = run("brief", claim["id"], "--as-of", days[0], "--store", store).stdout.decode()
    assert "As of the end of" in brief and f"{len(first['mentions'])} mention" in brief


def test_days_that_mean_nothing_are_refused(store: Path) -> None:
    (claim, *_) = lines(run("claims", "--json", "--store", store))
    assert "is no day" in complaint(run("why", claim["id"], "--as-of", "2025-02-31", "--store", store))
    assert "was out by" in complaint(run("brief", claim["id"], "--as-of", "1999-01-01", "--store", store))
    assert "was out by" in complaint(run("show", claim["id"], "--as-of", "1999-01-01", "--store", store))
