"""The demo collection is what its README says, and can be told apart from the labels it was made with."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parent.parent / "examples"
STORIES = ("walnut-mill-camp", "berth-eleven-shots")
FIELDS = {"id", "url", "outlet", "kind", "author", "published", "title", "text", "links", "embeds"}


def rows() -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for story in STORIES
        for line in (EXAMPLES / story / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_ids_are_unique_over_both_stories_and_pages_stand_for_no_row() -> None:
    ids = [row["id"] for row in rows()]
    pages = [page.stem for story in STORIES for page in (EXAMPLES / story).glob("*.html")]
    assert max(Counter(ids + pages).values()) == 1
    assert len(pages) > 5


def test_rows_have_the_fields_of_a_document_and_no_labels() -> None:
    assert all(set(row) == FIELDS for row in rows())
    assert {p.suffix for story in STORIES for p in (EXAMPLES / story).iterdir()} == {".html", ".jsonl"}


def test_what_is_linked_or_embedded_is_in_the_collection() -> None:
    text = "".join(p.read_text(encoding="utf-8") for s in STORIES for p in (EXAMPLES / s).glob("*.html"))
    urls = {row["url"] for row in rows()}
    for row in rows():
        for ref in (*row["links"], *row["embeds"]):
            assert ref in urls or ref in text, f"{row['id']} refers to {ref}"


def test_every_address_is_of_the_reserved_kind() -> None:
    assert all(".example/" in row["url"] for row in rows())
