"""Nested attributions inside the contents of PolNeAR, which marks none, found by a few sure patterns.

    python training/tagger/silver.py train.jsonl OUT.jsonl

Verbs of saying with a subject and a clause, accusing and blaming, nouns of saying with a "that" clause. Each
lies wholly inside one content; what no pattern finds stays undecided in training (see `examples`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from allegata.reading.parsing import parse
from allegata.reading.statements.cues import lemmas, nouns, senses

SELF = frozenset({"i", "we", "you", "that", "which", "what", "this", "it", "there"})
"""Subjects that make no speaker of their own inside another's words."""

Row = dict[str, Any]


def verbs(frame: str) -> frozenset[str]:
    """Verbs without particle that take ``frame`` and report words or findings."""
    found = {
        v
        for (v, p), ss in senses().items()
        if not p
        for s in ss
        if frame in s.frames and s.kind in ("speech", "finding")
    }
    return frozenset(found)


def nested(doc: Doc) -> Iterator[Row]:
    """Attributions of a parsed text by the patterns."""
    forms, saying, blaming = (
        lemmas(),
        verbs("clause"),
        verbs("blame") & {"accuse", "blame", "suspect", "fault"},
    )
    for token in doc:
        lemma = forms.get(token.lower_, token.lemma_)
        if token.pos_ == "VERB" and lemma in saying:
            body = next(
                (
                    c
                    for c in token.children
                    if c.dep_ == "ccomp" and c.i > token.i and _has(c, "nsubj", "nsubjpass")
                ),
                None,
            )
            who = next((c for c in token.children if c.dep_ == "nsubj" and c.i < token.i), None)
            if body is not None and who is not None and who.lower_ not in SELF:
                yield _row(doc, who, _verb(token), _tree(body, token.i + 1))
        if token.pos_ == "VERB" and lemma in blaming:
            who = next((c for c in token.children if c.dep_ == "nsubj" and c.i < token.i), None)
            whom = next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i), None)
            if who is not None and whom is not None and who.lower_ not in SELF:
                act = next(
                    (
                        c
                        for n in (token, whom)
                        for c in n.children
                        if c.dep_ == "prep" and c.lower_ in ("of", "for") and c.i > whom.i
                    ),
                    None,
                )
                if act is not None:
                    yield _row(doc, who, _verb(token), (whom.left_edge.i, act.right_edge.i + 1))
        if token.pos_ == "NOUN" and any("clause" in n.frames for n in nouns().get(token.lower_, ())):
            body = next(
                (
                    c
                    for c in token.children
                    if c.dep_ in ("acl", "ccomp") and c.i > token.i and _has(c, "nsubj", "nsubjpass")
                ),
                None,
            )
            if body is not None and doc[body.left_edge.i].lower_ == "that" and body.left_edge.dep_ == "mark":
                owner = next((c for c in token.children if c.dep_ == "poss"), None)
                yield _row(doc, owner, (token.i, token.i + 1), (body.left_edge.i + 1, body.right_edge.i + 1))


def _has(token: Token, *deps: str) -> bool:
    return any(c.dep_ in deps for c in token.children)


def _verb(token: Token) -> tuple[int, int]:
    """The verb with the auxiliaries and negations right before it."""
    start = token.i
    while (
        start
        and token.doc[start - 1].head == token
        and token.doc[start - 1].dep_ in ("aux", "auxpass", "neg", "advmod")
    ):
        start -= 1
    return start, token.i + 1


def _tree(token: Token, least: int) -> tuple[int, int]:
    return max(token.left_edge.i, least), token.right_edge.i + 1


def _row(doc: Doc, who: Token | None, cue: tuple[int, int], body: tuple[int, int]) -> Row:
    source = []
    if who is not None:
        start, end = who.left_edge.i, who.right_edge.i + 1
        if who.dep_ == "poss" and doc[end - 1].lower_ in ("'s", "’s", "'", "’"):
            end -= 1
        source = [_span(doc, start, end)]
    return {"source": source, "cue": [_span(doc, *cue)], "content": [_span(doc, *body)], "nested_in": True}


def _span(doc: Doc, start: int, end: int) -> list[int]:
    while end > start + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return [doc[start].idx, doc[end - 1].idx + len(doc[end - 1])]


def add(row: Row, doc: Doc) -> int:
    """Add to an annotated text what the patterns find inside its contents; how many."""
    gold, added = row["attributions"], []
    for found in nested(doc):
        cue = found["cue"][0]
        for a in gold:
            holds = next((s for s in a["content"] if s[0] <= cue[0] and cue[1] <= s[1]), None)
            if holds is None:
                continue
            parts = [*found["source"], *found["content"]]
            if all(holds[0] <= s[0] and s[1] <= holds[1] for s in parts):
                added.append(found)
            break
    row["attributions"] = gold + added
    return len(added)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.data.open(encoding="utf-8")]
    count = 0
    with given.out.open("w", encoding="utf-8") as out:
        for row, doc in zip(rows, parse(r["text"] for r in rows), strict=True):
            count += add(row, doc)
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{count} nested attributions in {len(rows)} texts")


if __name__ == "__main__":
    main()
