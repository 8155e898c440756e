"""Invented pages for the tests of the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

OFFICE = (
    "VELL - Norland gunboats shelled the fish market of Vell on Monday and killed four porters, "
    "the Vell harbour office said in a statement.\n\n"
    "Harbour master Ines Okafor told reporters that eleven shells fell within ten minutes."
)
RELAY = (
    "Norland gunboats shelled the fish market of Vell on Monday and killed four porters, "
    "the Vell harbour office said, according to the Vell Post.\n\n"
    "Observers warn that the strait will be closed by Friday."
)
DENIAL = (
    "Norland denied on Tuesday that its gunboats shelled the fish market of Vell.\n\n"
    '"No ship of ours was in the strait," Norland navy spokesman Pavel Drost said.'
)


def document(key: str, text: str, day: int, outlet: str) -> dict[str, Any]:
    return {
        "id": key,
        "url": f"https://{outlet.lower().replace(' ', '')}.example/{key}",
        "outlet": outlet,
        "published": f"2025-03-{day:02d}T09:00:00+00:00",
        "title": text.split(",")[0][:60],
        "text": text,
    }


def story(folder: Path) -> Path:
    """Three documents about one allegation: its origin, a relay and a denial."""
    return write(
        folder / "documents.jsonl",
        [
            document("d1", OFFICE, 3, "Vell Post"),
            document("d2", RELAY, 4, "Strait Times"),
            document("d3", DENIAL, 5, "Norland Gazette"),
        ],
    )


def write(path: Path, documents: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
    return path


def many(folder: Path, number: int) -> Path:
    """Documents of a few hundred words each, no two of which tell the same."""
    rows = []
    for i in range(number):
        town = f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[i % 26]}orv{'aeiou'[i % 5]}{i}"
        told = " ".join(
            f"The mayor of {town} said that {n + 2} trucks left the depot at {n % 12 + 1} o'clock on day {i}."
            for n in range(12)
        )
        lead = f"The council of {town} accused the Dunmoor company of dumping {i + 3} barrels in the lake."
        text = f"{lead}\n\n{told}"
        rows.append(document(f"m{i:03}", text, i % 28 + 1, f"{town} Courier"))
    return write(folder / "many.jsonl", rows)
