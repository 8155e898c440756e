"""What kind of Document something is: article, post, statement or transcript, by its address, types and
shape."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from allegata.capture.embeds import post_address
from allegata.capture.markup import fold
from allegata.vocab import load

_TURN = re.compile(r"(?:\*{0,2})(?P<who>[A-ZÀ-Þ][A-ZÀ-Þ .,'’()-]{1,50}|Q|A|[A-Z][a-z]+ [A-Z][a-z]+):\**\s+\S")
_TURNS = 3
_SHARE_OF_TURNS = 0.5


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Any]:
    return dict(load("pages")["kinds"])


@lru_cache(maxsize=1)
def _office() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _vocabulary()['offices']))})\b")


def kind_of(
    lines: Iterable[str],
    url: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    types: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> str:
    """One of `model.DOCUMENT_KINDS`. ``lines`` are the text's; ``notes`` short lines that stand around it."""
    words = _vocabulary()
    if post_address(url):
        return "post"
    path = [p for p in re.split(r"[/?=&]", urlsplit(url).path.lower()) if p] if url else []
    text = [t for line in lines if (t := line.strip())]
    around = {_bare(n) for n in notes}
    if (
        set(path) & set(words["transcript_paths"])
        or around & set(words["transcript_words"])
        or (title and re.match(r"(?:full |rough )?transcript\b", fold(title)))
        or is_spoken(text)
    ):
        return "transcript"
    if set(types) & set(words["statement_types"]) or set(path) & set(words["statement_paths"]):
        return "statement"
    first = fold(text[0])[:200] if text else ""
    if first.startswith(tuple(words["statement_openings"])) or around & set(words["statement_openings"]):
        return "statement"
    official = bool(outlet and _office().search(fold(outlet)))
    titled = bool(title and any(w in fold(title) for w in words["statement_titles"]))
    return "statement" if official and (titled or "statements" in around or not types) else "article"


def is_transcript_heading(text: str) -> bool:
    """True for "TRANSCRIPT (excerpt)" and the like, alone on a line."""
    return len(text) < 80 and _bare(text) in _vocabulary()["transcript_words"]


def _bare(text: str) -> str:
    return re.sub(r"\s*[([].*|:\Z", "", fold(text)).strip()


def is_spoken(lines: list[str]) -> bool:
    """True where at least half the lines are turns of speakers: "PRESENTER: Good evening."."""
    turns = sum(1 for line in lines if _TURN.match(line))
    return turns >= _TURNS and turns >= _SHARE_OF_TURNS * len(lines)
