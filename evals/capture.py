"""Pages against the same documents in JSON Lines: fields, words of the text (F1), links and embeds.
embeds.

    python evals/capture.py [FOLDER] [--show]

FOLDER holds one folder a story, each with ``documents.jsonl`` and ``html/<id>.html`` (default: the shared
scenarios beside the checkout; skipped where absent). A field counts where the collection gives it; "found" is
the share of those that the page yielded at all, "right" the share that agrees.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from allegata.capture.items import Retrieval
from allegata.capture.pages import read_page
from allegata.model import Document
from evals.figures import run
from evals.shared import data

FIELDS = ("url", "outlet", "author", "title", "published", "kind")


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(predicted: Counter[Any], gold: Counter[Any]) -> float:
    if not predicted and not gold:
        return 1.0
    both = (predicted & gold).total()
    return 2 * both / (predicted.total() + gold.total()) if both else 0.0


def without_embeds(document: Document) -> str:
    text = document.text
    for start, end in sorted((e.span for e in document.embeds if e.span), reverse=True):
        text = text[:start] + text[end:]
    return text


def same_time(predicted: str, gold: str) -> bool:
    """The same instant; or the same clock or day where the page gives no offset or no time."""
    if len(predicted) == 10:
        return predicted == gold[:10]
    here, there = datetime.fromisoformat(predicted), datetime.fromisoformat(gold)
    if here.tzinfo is None:
        return here == there.replace(tzinfo=None)
    return here.astimezone(UTC) == there.astimezone(UTC)


def agrees(field: str, predicted: Any, gold: str) -> bool:
    if field == "published":
        return same_time(predicted, gold)
    return str(predicted).casefold() == gold.casefold()


def evaluate(root: Path, show: bool = False) -> dict[str, float]:
    totals: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for story in sorted(p for p in root.iterdir() if (p / "html").is_dir()):
        rows = [json.loads(line) for line in (story / "documents.jsonl").open(encoding="utf-8")]
        urls = {row["id"]: row["url"] for row in rows}
        for row in rows:
            page = story / "html" / f"{row['id']}.html"
            if not page.exists():
                continue
            retrieval = Retrieval(page.name, page.name, "eval", "2026-01-01T00:00:00+00:00")
            document = read_page(page.read_bytes(), retrieval)
            totals["pages"] += 1
            sums["text f1"] += f1(words(without_embeds(document)), words(row["text"]))
            kept = words(without_embeds(document))
            sums["text recall"] += (kept & words(row["text"])).total() / words(row["text"]).total()
            for field in FIELDS:
                gold, value = row[field], getattr(document, field)
                if not gold:
                    continue
                totals[field] += 1
                sums[f"{field} found"] += value is not None
                right = value is not None and agrees(field, value, gold)
                sums[f"{field} right"] += right
                if show and not right:
                    print(f"{story.name}/{row['id']} {field}: {value!r} for {gold!r}")
            links = Counter({link.url for link in document.links})
            gold_links = Counter(set(row["links"]))
            refs = Counter({e.ref for e in document.embeds})
            gold_refs = Counter({urls.get(e, e) for e in row["embeds"]})
            for name, here, there in (("links", links, gold_links), ("embeds", refs, gold_refs)):
                sums[f"{name} hit"] += (here & there).total()
                sums[f"{name} predicted"] += here.total()
                sums[f"{name} gold"] += there.total()
                if show and here != there:
                    print(f"{story.name}/{row['id']} {name}: {sorted(here)} for {sorted(there)}")
            if show and f1(words(without_embeds(document)), words(row["text"])) < 0.98:
                print(f"{story.name}/{row['id']} text:\n{document.text}\n---")
    pages = totals["pages"]
    out = {
        "text_f1": sums["text f1"] / pages,
        "text_recall": sums["text recall"] / pages,
    }
    for field in FIELDS:
        out[f"{field}_found"] = sums[f"{field} found"] / totals[field]
        out[f"{field}_right"] = sums[f"{field} right"] / totals[field]
    for name in ("links", "embeds"):
        whole = sums[f"{name} predicted"] + sums[f"{name} gold"]
        out[f"{name}_f1"] = 2 * sums[f"{name} hit"] / whole if whole else 1.0
    return out


def measure() -> dict[str, float]:
    return evaluate(data("scenarios"))


if __name__ == "__main__":
    if "--show" in sys.argv:
        evaluate(data("scenarios"), show=True)
    run(measure)
