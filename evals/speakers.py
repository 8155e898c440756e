"""Who is meant: pronouns and descriptions as sources, in labelled articles of PolNeAR dev and our own texts.

``data/speakers_dev.jsonl`` holds article ids, spans and labels (203 sources in 60 articles; its first line
says how they were drawn); the texts lie outside the project. The statements are PolNeAR's own, so that only
the resolution is measured. ``data/speakers_own.jsonl`` holds invented texts and who speaks where; they are
read as any text is, so that a heading or an idiom that becomes a speaker counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from allegata.model import Document, Span, Statement
from allegata.reading.parsing import parse
from allegata.reading.sentences import segment
from allegata.reading.speakers import resolve_speakers
from allegata.reading.statements import find_statements
from evals.figures import run
from evals.shared import rows

DATA = Path(__file__).with_name("data")
Finder = Callable[[Document, Doc, tuple[Span, ...]], tuple[Statement, ...]]
_WORD = re.compile(r"\w[\w.’'-]*")
_PREPOSITIONS = frozenset({"of", "for", "at", "from", "in", "by", "on", "with"})
_LITTLE = frozenset({"the", "a", "an"})


def labels() -> list[dict[str, Any]]:
    """The labels, without the line at the head of the file that says how they were drawn."""
    lines = (DATA / "speakers_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[1:]]


def statements_of(row: dict[str, Any]) -> tuple[Statement, ...]:
    """The gold attributions of an article as Statements without speakers."""

    def spans(value: list[list[int]]) -> tuple[tuple[int, int], ...]:
        return tuple((start, end) for start, end in value)

    return tuple(
        Statement(a["id"], spans(a["source"]), spans(a["cue"]), spans(a["content"]), "assert", a["nested_in"])
        for a in row["attributions"]
    )


def words_of(text: str) -> list[str]:
    """The words of a name or description, without possessive marks, full stops and articles."""
    found = (re.sub(r"[’']s?$", "", w).strip(".’'-") for w in _WORD.findall(text))
    return [w for w in found if w and w.lower() not in _LITTLE]


def is_named(speaker: str, referent: str) -> bool:
    """True where ``speaker`` is a fuller or shorter name of ``referent``, with its last word in common."""
    given, wanted = words_of(speaker), words_of(referent)
    low, gold = [w.lower() for w in given], [w.lower() for w in wanted]
    names = {w.lower() for w in wanted if w[:1].isupper()}
    if not low or not gold or (names and not names & set(low)):
        return False
    if set(low) <= set(gold):
        return gold[-1] in low or not names
    before = next((i for i, w in enumerate(low) if i and w in _PREPOSITIONS), len(low))
    return set(gold) <= set(low) and (gold[-1] in (low[-1], low[before - 1]) or not names)


def is_described(speaker: str | None, source: str, owner: str = "") -> bool:
    """True where there is no speaker, or the speaker is the source's own words (and whose it is)."""
    given = {w.lower() for w in words_of(speaker or "")}
    own = {w.lower() for w in words_of(source)}
    return not given or (bool(given & own) and given <= own | {w.lower() for w in words_of(owner)})


def is_right(speaker: str | None, label: dict[str, Any], text: str) -> bool:
    """Whether the speaker of a labelled source is who is meant. An invented one is wrong."""
    if label["described"]:
        start, end = label.get("owner", (0, 0))
        if is_described(speaker, text[label["start"] : label["end"]], text[start:end]):
            return True
    return speaker is not None and any(is_named(speaker, text[a:b]) for a, b in label["referents"])


def kind_of(label: dict[str, Any]) -> str:
    """``pronoun`` or ``description`` where somebody is meant who is named elsewhere, else ``described``."""
    return str(label["kind"]) if label["referents"] else "described"


def judged() -> Iterable[tuple[dict[str, Any], str | None, bool]]:
    """Each label, the speaker found for it, and whether that is right."""
    found: dict[str, list[dict[str, Any]]] = {}
    for label in labels():
        found.setdefault(label["article"], []).append(label)
    articles = [row for row in rows("polnear/dev.jsonl") if row["id"] in found]
    for row, doc in zip(articles, parse(row["text"] for row in articles), strict=True):
        document = Document(row["id"], row["text"], outlet=row["outlet"], title=row["title"])
        resolved, _ = resolve_speakers(document, doc, statements_of(row))
        speakers = {span: s.speaker for s in resolved for span in s.source}
        for label in found[row["id"]]:
            speaker = speakers.get((label["start"], label["end"]))
            yield label, speaker, is_right(speaker, label, row["text"])


def heard(
    finder: Finder = find_statements,
) -> Iterable[tuple[dict[str, Any], dict[str, Any], str | None, bool]]:
    """Each text of our own with each of its sources, the speaker read there, and whether that is right.

    Where nobody may be found (a heading, an idiom), any speaker is wrong; elsewhere a source that is not
    found is wrong too.
    """
    lines = (DATA / "speakers_own.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line) for line in lines]
    for text, doc in zip(texts, parse(t["text"] for t in texts), strict=True):
        document = Document(text["id"], text["text"], outlet=text.get("outlet"), title=text.get("title"))
        statements, _ = resolve_speakers(document, doc, finder(document, doc, segment(doc)))
        for source in text["sources"]:
            start, end = source["start"], source["end"]
            found = [
                s.speaker
                for s in statements
                if s.speaker is not None and any(a < end and start < b for a, b in s.source)
            ]
            wanted = [name for name in source["speakers"] if name is not None]
            right = [any(is_named(speaker, name) for name in wanted) for speaker in found]
            ok = all(right) if found else None in source["speakers"]
            yield text, source, found[0] if found else None, ok


def measure() -> dict[str, float]:
    """Shares of right speakers, from 0 to 1: of all, by part of the articles, and by what is meant.

    ``own`` is over our texts (``own_held``: their part that nothing was tuned on), ``nobody`` over the
    spots in them where nobody speaks.
    """
    tally: dict[str, list[bool]] = {"accuracy": []}
    for label, _, right in judged():
        for key in ("accuracy", label["part"], kind_of(label)):
            tally.setdefault(key, []).append(right)
    for text, source, _, right in heard():
        keys = ["own", *(["own_held"] if text["part"] == "held" else [])]
        for key in (*keys, *(["nobody"] if source["speakers"] == [None] else [])):
            tally.setdefault(key, []).append(right)
    return {key: sum(hits) / len(hits) for key, hits in tally.items() if hits}


if __name__ == "__main__":
    run(measure)
