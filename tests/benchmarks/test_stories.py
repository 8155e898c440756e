"""The invented news of the benchmarks: the same each time, and news-like enough to measure with."""

from __future__ import annotations

import random

from benchmarks.process import run
from benchmarks.stories import documents, long_text, story


def test_same_seed_same_documents_and_another_seed_others() -> None:
    assert documents(60, seed=3) == documents(60, seed=3)
    assert documents(60, seed=3) != documents(60, seed=4)


def test_documents_have_ids_of_their_own_and_as_many_as_asked_for() -> None:
    rows = documents(300)
    assert len({row["id"] for row in rows}) == len(rows) == 300
    assert len({row["text"] for row in rows}) > 280


def test_a_story_has_copies_credits_relays_and_denials() -> None:
    stories = [list(story(random.Random(seed), seed)) for seed in range(40)]
    rows = [row for rows in stories for row in rows[1:]]
    copies = [rows for rows in stories for row in rows[1:] if row["text"].split("\n\n")[0] in rows[0]["text"]]
    assert len(copies) > 20
    assert any(row["links"] for row in rows)
    assert any(row["kind"] == "post" and row["author"].startswith("@") for row in rows)
    assert any("denied" in row["text"] for row in rows)


def test_a_long_text_has_its_length() -> None:
    assert {len(long_text(500, seed).split()) for seed in range(5)} == {500}


def test_the_cost_of_a_process_is_its_own(tmp_path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "out"
    cost = run(["--version"], out)
    assert out.read_text().startswith("allegata ")
    assert 0 < cost.cpu < 60
    assert 5 < cost.peak_mb < 2000
