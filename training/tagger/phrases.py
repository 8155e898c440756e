"""Texts made of tagged pieces. A tag is (statement, role); a content tags every piece of what it holds."""

from __future__ import annotations

from typing import Any

Tag = tuple[int, str]
Piece = tuple[str, frozenset[Tag]]
Phrase = list[Piece]

CLOSE = ",.;:!?”’) "
"""Characters that take no space before them."""


def flat(text: str) -> Phrase:
    """A phrase without tags."""
    return [(text, frozenset())] if text else []


def mark(phrase: Phrase, number: int, role: str) -> Phrase:
    """The phrase with every piece tagged."""
    return [(text, tags | {(number, role)}) for text, tags in phrase]


def tagged(text: str, number: int, role: str) -> Phrase:
    return mark(flat(text), number, role)


def upper(phrase: Phrase) -> Phrase:
    """The phrase with a capital at its start."""
    if not phrase:
        return phrase
    text, tags = phrase[0]
    return [(text[:1].upper() + text[1:], tags), *phrase[1:]]


def join(*phrases: Phrase) -> Phrase:
    """Phrases in a row, with a space where one belongs."""
    out: Phrase = []
    for phrase in phrases:
        if not phrase:
            continue
        opened = out and (out[-1][0][-1] in "“(" or out[-1][0] in ('"', ': "'))
        if out and phrase[0][0][0] not in CLOSE and not opened:
            out.append((" ", out[-1][1] & phrase[0][1]))
        out += phrase
    return out


def spans(whole: Phrase) -> dict[str, Any]:
    """Pieces to text and spans; what a statement is nested in follows from whose content tags its cue."""
    text = ""
    found: dict[int, dict[str, list[list[int]]]] = {}
    holders: dict[int, list[int]] = {}
    for piece, tags in whole:
        start, text = len(text), text + piece
        for number, role in tags:
            runs = found.setdefault(number, {"source": [], "cue": [], "content": []})[role]
            if runs and not text[runs[-1][1] : start].strip():
                runs[-1][1] = len(text)
            elif piece.strip():
                runs.append([start, len(text)])
            if role == "cue":
                holders[number] = sorted(n for n, r in tags if r == "content" and n != number)
    rows = [
        {**roles, "nested_in": holders.get(number) or None}
        for number, roles in sorted(found.items())
        if roles["cue"]
    ]
    return {"text": text, "attributions": rows, "complete": True}
