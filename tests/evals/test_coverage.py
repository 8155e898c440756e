"""The labels of real coverage: whole, without texts, and closed where they are only measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals import coverage, show
from evals.shared import SkippedError

CLAIMS = coverage.labels()
each_claim = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["claim_id"])


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield key
            yield from strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from strings(held)


@each_claim
def test_labels_hold_names_and_ids_but_no_text(claim: dict[str, Any]) -> None:
    rest = {key: value for key, value in claim.items() if key != "claim"}
    assert max(len(text.split()) for text in strings(rest)) <= 6


@each_claim
def test_what_labels_speak_of_is_labelled(claim: dict[str, Any]) -> None:
    sources = set(claim["sources"])
    bodies = {body["body_id"] for body in claim["bodies"]}
    roots = {root["source"] for root in claim["roots"]}
    cites = [cite for body in claim["bodies"] for cite in body["cites"]]
    assert {cite["source"] for cite in cites} | {cite["via"] for cite in cites if cite["via"]} <= sources
    assert (
        roots | {end for edge in claim["source_edges"] for end in edge} | set(claim["source_bodies"])
        <= sources
    )
    assert {origin for body in claim["bodies"] for origin in body["origins"]} <= roots
    assert {body for link in claim["copy_links"] for body in link[:2]} <= bodies
    assert {body for link in claim["derived_from"] for body in link[:2]} <= bodies


@each_claim
@pytest.mark.parametrize(("count", "role"), [("n_origins", "supports"), ("n_denying", "denies")])
def test_counts_are_those_of_the_roots(claim: dict[str, Any], count: str, role: str) -> None:
    roots = [root["counted"] for root in claim["roots"] if root["role"] == role]
    assert claim[count] == roots.count("yes")
    assert claim[f"{count}_lo"] <= claim[count]
    assert claim[f"{count}_hi"] == roots.count("yes") + roots.count("maybe")


def test_the_untouched_are_the_last_three() -> None:
    names = [claim["claim_id"] for claim in sorted(CLAIMS, key=lambda claim: claim["emergent_id"])]
    assert set(names[-3:]) == coverage.UNTOUCHED
    assert [claim["claim_id"] for claim in coverage.used()] == names[:3]


@pytest.mark.parametrize("name", sorted(coverage.UNTOUCHED))
def test_the_untouched_are_not_shown(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert show.main(["coverage", "woods-suspension", name]) == 2
    assert name in capsys.readouterr().err


def test_without_the_texts_it_is_skipped_aloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLEGATA_SHARED", str(tmp_path))
    with pytest.raises(SkippedError, match="shared folder"):
        coverage.measure()
