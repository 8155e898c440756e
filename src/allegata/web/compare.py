"""Which words two passages share: what makes a copy or a rewrite visible. Linear in the passages' length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from allegata.linking.words import normalise, weight

Shared = Literal["run", "word", ""]
"""How a word is shared: within a run of words in the same order, by itself, or not at all."""

RUN = 3
"""Words in the same order from which on they are marked as a run: two in a row meet by chance."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")

TELLING = 1.5
"""Weight from which on a shared word is marked: below stand words of grammar and "said", in every text."""

Piece = tuple[int, int, Shared]
"""[start, end) in the passage, and how its words are shared."""


def compare(text: str, other: str) -> list[Piece]:
    """A passage cut into pieces that cover it, those that it shares with another marked as such."""
    theirs = _words(other)
    return _cut(text, _words(text), theirs, _runs(theirs))


def shared_share(pieces: Sequence[Piece]) -> float:
    """The share of a passage's characters that stand in marked pieces."""
    total = sum(end - start for start, end, _ in pieces)
    return sum(end - start for start, end, shared in pieces if shared) / total if total else 0.0


def _words(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m[0].casefold().replace("’", "'")) for m in _WORD.finditer(text)]


def _runs(words: Sequence[tuple[int, int, str]]) -> set[tuple[str, ...]]:
    forms = [form for _, _, form in words]
    return {tuple(forms[i : i + RUN]) for i in range(len(forms) - RUN + 1)}


def _cut(
    text: str,
    words: Sequence[tuple[int, int, str]],
    others: Sequence[tuple[int, int, str]],
    runs: set[tuple[str, ...]],
) -> list[Piece]:
    forms = [form for _, _, form in words]
    vocabulary = {form for _, _, form in others if _tells(form)}
    kinds: list[Shared] = ["word" if form in vocabulary else "" for form in forms]
    for i in range(len(forms) - RUN + 1):
        if tuple(forms[i : i + RUN]) in runs:
            kinds[i : i + RUN] = ["run"] * RUN
    pieces: list[Piece] = []
    at = 0
    for i, (start, end, _) in enumerate(words):
        kind = kinds[i]
        if kind == "run" and i and kinds[i - 1] == "run":
            # the space between two words of a run belongs to the run
            pieces[-1] = (pieces[-1][0], end, "run")
        elif kind:
            if start > at:
                pieces.append((at, start, ""))
            pieces.append((start, end, kind))
        else:
            continue
        at = end
    if at < len(text):
        pieces.append((at, len(text), ""))
    return pieces


@lru_cache(maxsize=20_000)
def _tells(form: str) -> bool:
    return weight(normalise(form)) >= TELLING
