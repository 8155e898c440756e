"""How much of what invented news in eight languages says is found, and how much of what is found is right."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from allegata.model import Document, Statement
from allegata.reading.foreign import MOST, find_foreign_statements, languages

DATA = Path(__file__).parent.parent / "data"
FLOORS = {"foreign_passages.toml": (0.97, 0.95), "foreign_unseen.toml": (0.88, 0.95)}
"""The least recall and precision."""
SLOWEST = 5.0
"""Seconds that the worst text may take; it takes a tenth of that."""


def says(statement: Statement, text: str, wanted: list[str]) -> bool:
    """Whether it is the statement that is wanted: its speaker, its stance and how its content begins."""
    speaker, stance, start = wanted
    content = " ".join(text[a:b] for a, b in statement.content)
    known = statement.speaker is None if not speaker else (statement.speaker or "").startswith(speaker)
    return known and statement.stance == stance and start in content


@pytest.mark.parametrize("file", FLOORS)
def test_what_news_in_other_languages_says(file: str) -> None:
    wanted = found = right = 0
    for language, passages in tomllib.loads((DATA / file).read_text(encoding="utf-8")).items():
        for passage in passages:
            text = passage["text"]
            left = list(find_foreign_statements(Document("d", text), language)[0])
            wanted, found = wanted + len(passage["said"]), found + len(left)
            for one in passage["said"]:
                hit = next((s for s in left if says(s, text, one)), None)
                if hit is not None:
                    left.remove(hit)
                    right += 1
    recall, precision = FLOORS[file]
    assert right / wanted >= recall and right / found >= precision


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "unit",
    [
        '"',
        "«",
        "„",
        "« a",
        "a-t-il ",
        "de la ",
        "El A de ",
        ", ",
        "la la la ",
        "según ",
        "A, dijo ",
        "a ",
        "(",
        "\n",
        "hat ",
        "wie ",
        "teilte ",
        "X, Y, ",
        "и ",
        "В А ",
        "قال ",
        "وفق ما ",
        "göre ",
        "A'na göre ",
        "aurait été ",
        "A",
        "A A",
        "A" * 88 + "\n",
    ],
)
def test_no_text_is_slow(language: str, unit: str) -> None:
    started = time.perf_counter()
    find_foreign_statements(Document("d", unit * (MOST // len(unit))), language)
    assert time.perf_counter() - started < SLOWEST
