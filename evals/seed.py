"""The page the project grew from: one post, told twice and padded. What must be found in it, as a share.

Also the roles of its sentences (``data/seed_roles.jsonl``: offsets, hashes and labels, no text), how many of
its expectations are found as forecasts, and the origins that its X-ray counts; the same on padded pages of
our own (``padded.py``), of which the roles of "sluices" were not looked at while the rules were made.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import allegata
from allegata.contract import claim_json, reading_json
from allegata.model import Document, Reading
from allegata.reading.pipeline import read_documents
from allegata.reading.xray import xray
from evals import padded
from evals.figures import run
from evals.padded import Labelled, role_pairs
from evals.shared import data

ROLES = Path(__file__).with_name("data") / "seed_roles.jsonl"

PUBLISHED = "2025-03-06"

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


def labels(text: str) -> tuple[Labelled, ...]:
    """The sentences as we labelled them. ValueError where the page is not the one that was labelled."""
    found = []
    for line in ROLES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        words = " ".join(text[row["start"] : row["end"]].split())
        if hashlib.sha256(words.encode()).hexdigest()[:16] != row["sha256"]:
            raise ValueError(
                f"{ROLES.name}: characters {row['start']}-{row['end']} are not what was labelled"
            )
        found.append(Labelled((row["start"], row["end"]), row["role"], row["speech"]))
    return tuple(found)


def roles_right(reading: Reading, labelled: Sequence[Labelled]) -> float:
    return sum(gold == read for gold, read in role_pairs(reading, labelled)) / len(labelled)


def expectations_found(reading: Reading, labelled: Sequence[Labelled]) -> int:
    """How many sentences labelled as expectations hold a forecast."""
    spans = [s.span for s in labelled if s.role == "expectation"]
    return sum(any(f.start < end and start < f.end for f in reading.forecasts) for start, end in spans)


def measure() -> dict[str, float]:
    """The figures. Checks that do not hold are named on stderr."""
    found = checks()
    for name, holds in found:
        if not holds:
            print(f"seed page: not so: {name}", file=sys.stderr)
    text = (data("seed-page") / "page.txt").read_text(encoding="utf-8")
    labelled = labels(text)
    reading = next(iter(read_documents([Document("seed", text, published=PUBLISHED, language="en")])))
    figures = {
        "checks": sum(holds for _, holds in found) / len(found),
        "roles_right": roles_right(reading, labelled),
        "expectations_found": float(expectations_found(reading, labelled)),
        "origins_in_xray": float(xray(reading).origins.count),
    }
    pages = padded.pages()
    readings = padded.read(pages)
    for page, theirs in zip(pages, readings, strict=True):
        figures[f"{page.document.id}_roles_right"] = roles_right(theirs, page.sentences)
    wrong = [abs(xray(r).origins.count - p.origins) for p, r in zip(pages, readings, strict=True)]
    figures["padded_origin_error"] = sum(wrong) / len(wrong)
    return figures


if __name__ == "__main__":
    run(measure)
