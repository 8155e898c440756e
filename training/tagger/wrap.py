"""Chains over real sentences: a sentence that holds a statement gets another speaker around it.

    python training/tagger/wrap.py silver.jsonl OUT.jsonl [--seed 5] [--share 0.2]

"The senator said the bill was dead." becomes "Radio Tamral reported that the senator said the bill was
dead.", "RT @x: ...", "According to ..., ..." and so on, in its place in its article; spans move along. This
writes a second version of each article ("of" names it); training takes one or the other.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path
from typing import Any

import grammar

_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?](?=\S)[^\n.!?]*)*[.!?]?")
QUOTES = '"“”'
NAMES = re.compile(
    r"(?:The|A|An|In|On|But|And|He|She|They|It|His|Her|Their|This|These|One|Two|Some|Many|Most|As|At|For) "
)


def frame(writer: grammar.Writer, body: str) -> tuple[str, str, list[int], list[int]]:
    """What stands before the body or after it, and the spans of source and cue in that."""
    luck = writer.luck
    who = writer.relay() if luck.random() < 0.6 else writer.who().rstrip(",")
    verb = writer.finite(
        writer.pick(("say", "report", "write", "claim", "tell", "note", "add", "reveal", "allege", "recall"))
    )
    style = luck.random()
    if style < 0.4:
        told = (
            f" {writer.pick(('reporters', 'the court', 'me', 'the inquiry', 'Radio Tamral'))}"
            if verb[:1] == "t"
            else ""
        )
        link = " that " if luck.random() < 0.6 else " "
        name = who[0].upper() + who[1:]
        return f"{name} {verb}{told}{link}", "", [0, len(name)], [len(name) + 1, len(name) + 1 + len(verb)]
    if style < 0.6:
        return f"According to {who}, ", "", [13, 13 + len(who)], [0, 12]
    if style < 0.72:
        handle = writer.handle()
        return f"RT {handle}: ", "", [3, 3 + len(handle)], [0, 2]
    if style < 0.86:
        return "", f", {who} {verb}", [2, 2 + len(who)], [3 + len(who), 3 + len(who) + len(verb)]
    return "", f", according to {who}", [15, 15 + len(who)], [2, 14]


def wrap(row: dict[str, Any], writer: grammar.Writer, share: float) -> dict[str, Any]:
    """The article with ``share`` of its fit sentences wrapped."""
    text, out, rows = row["text"], "", [json.loads(json.dumps(a)) for a in row["attributions"]]
    moves: list[tuple[int, int]] = []
    added: list[dict[str, Any]] = []
    at = 0
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        body = text[start:end]
        inside = [a for a in row["attributions"] if _within(a, start, end)]
        touch = [a for a in row["attributions"] if _touches(a, start, end)]
        fit = (
            inside
            and len(inside) == len(touch)
            and 25 < len(body) < 300
            and body[-1] == "."
            and body[0].isupper()
        )
        if not fit or any(q in body for q in QUOTES) or writer.luck.random() > share:
            continue
        before, after, source, cue = frame(writer, body)
        out += text[at:start]
        shift = 0 if before else len(body) - 1
        new = len(out)
        base = new + shift
        held = [new + len(before), new + len(before) + len(body) - 1]
        added.append(
            {"source": [[base + s for s in source]], "cue": [[base + s for s in cue]], "content": [held]}
        )
        first = body[0].lower() + body[1:] if before and before[-2:] != ": " and NAMES.match(body) else body
        moves.append((start, len(before)))
        moves.append((end - 1, len(after)))
        out += before + first[:-1] + after + "."
        at = end
    out += text[at:]
    for a in rows:
        for role in ("source", "cue", "content"):
            a[role] = [[_moved(s, moves, True), _moved(e, moves, False)] for s, e in a[role]]
    return {"id": row["id"] + "+", "of": row["id"], "text": out, "attributions": rows + added}


def _within(a: dict[str, Any], start: int, end: int) -> bool:
    return all(start <= s and e <= end for role in ("source", "cue", "content") for s, e in a[role])


def _touches(a: dict[str, Any], start: int, end: int) -> bool:
    return any(s < end and e > start for role in ("source", "cue", "content") for s, e in a[role])


def _moved(at: int, moves: list[tuple[int, int]], begins: bool) -> int:
    return at + sum(by for place, by in moves if place < at or (place == at and begins))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--share", type=float, default=0.2)
    given = parser.parse_args()
    writer = grammar.Writer(random.Random(given.seed))
    count = 0
    with given.data.open(encoding="utf-8") as source, given.out.open("w", encoding="utf-8") as out:
        for line in source:
            row = json.loads(line)
            made = wrap(row, writer, given.share)
            count += len(made["attributions"]) - len(row["attributions"])
            out.write(json.dumps(made, ensure_ascii=False) + "\n")
    print(f"{count} sentences wrapped")


if __name__ == "__main__":
    main()
