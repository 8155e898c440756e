"""The page the project grew from: one post, told twice and padded. What must be found in it, as a share."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import allegata
from allegata.contract import claim_json, reading_json
from evals.figures import run
from evals.shared import data

SPEAKER = "Zabihullah Mujahid"


def words(reading: dict[str, Any], spans: list[list[int]]) -> str:
    return " ".join(reading["text"][start:end] for start, end in spans).lower()


def about(claim: dict[str, Any], *wanted: str) -> bool:
    return any(word in claim["proposition"].lower() for word in wanted)


def checks_of_reading(reading: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    theirs = [s for s in reading["statements"] if s["speaker"] == SPEAKER]
    for topic in ("camp", "support"):
        yield f"he is the speaker on the {topic}", any(topic in words(reading, s["content"]) for s in theirs)
    through = [
        s for s in theirs if "post" in (s["channel"] or "").lower() or "kaul" in (s["channel"] or "").lower()
    ]
    handles = [s for s in reading["sources"] if (s["handle"] or "").lower().lstrip("@") == "adityarajkaul"]
    yield "the post is a source of its own, with its handle", bool(handles)
    names = {s["name"] for s in handles}
    outer = {s["id"] for s in reading["statements"] if s["speaker"] in names}
    nested = [s for s in theirs if s["nested_in"] in outer]
    yield "his statements come through the post", bool(nested or through)
    mastung = [p for p in reading["places"] if p["name"].startswith("Mastung")]
    placed = [p for p in mastung if p["country"] == "PAK" and p["lat"] is not None and 28.5 < p["lat"] < 31]
    yield "Mastung is placed in Balochistan, Pakistan", bool(mastung) and len(placed) == len(mastung)
    text = reading["text"]
    teasers = [s for s in reading["sentences"] if "YOUTUBE" in text[s["start"] : s["end"]]]
    lines = [s for s in reading["sentences"] if text[s["start"] : s["end"]].strip() in headings(text)]
    yield (
        "the teaser is not_applicable",
        bool(teasers) and all(s["role"] == "not_applicable" for s in teasers),
    )
    yield "headings are not_applicable", bool(lines) and all(s["role"] == "not_applicable" for s in lines)


def headings(text: str) -> set[str]:
    """Short lines without a full stop, but the first, which is the title."""
    lines = [line.strip() for line in text.split("\n")[1:]]
    return {
        line for line in lines if line[:1].isalpha() and len(line.split()) <= 8 and line[-1] not in ".!:”"
    }


def checks_of_claims(claims: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    for topic in ("camp", "support"):
        found = [c for c in claims if about(c, topic)]
        yield f"there is a claim on the {topic}", bool(found)
        for claim in found[:1]:
            count = claim["independent_origins"]
            yield f"{topic}: one origin", (count["named"], count["anonymous"]) == (1, 0)
            named = [o for o in claim["origins"] if o["party_to_dispute"] and known(o["source"])]
            yield f"{topic}: named, and a party to the dispute", len(named) == 1
            yield f"{topic}: no response", not claim["responses"]


def known(source: str) -> bool:
    return any(name in source for name in ("Mujahid", "Taliban", "Afghan"))


def checks() -> list[tuple[str, bool]]:
    page = data("seed-page") / "page.txt"
    found = list(checks_of_reading(reading_json(allegata.read(page))))
    with tempfile.TemporaryDirectory() as folder, allegata.open(f"{folder}/seed.db") as library:
        library.add(page)
        found += checks_of_claims([claim_json(claim) for claim in library.claims()])
    return found


def measure() -> dict[str, float]:
    """Share of the checks that hold; those that do not are named on stderr."""
    found = checks()
    for name, holds in found:
        if not holds:
            print(f"seed page: not so: {name}", file=sys.stderr)
    return {"checks": sum(holds for _, holds in found) / len(found)}


if __name__ == "__main__":
    run(measure)
