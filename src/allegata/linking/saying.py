"""Whether a Statement's cue tells that words were said, written or shown."""

from __future__ import annotations

import re
from functools import lru_cache

from allegata.linking.stances import is_unsaid
from allegata.linking.texts import Text
from allegata.model import Statement
from allegata.reading.statements.cues import lemmas, nouns, particles, senses

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CREDIT = frozenset(["according", "per", "via", "courtesy", "citing", "source", "credit", "words"])
"""Words of turns of phrase that credit somebody without a verb or noun of saying."""

_HEARING = frozenset(["hear", "hears", "heard", "hearing"])
_THAT = re.compile(r"\W*(?:that|how|from|of|why|whether)\b", re.IGNORECASE)

_QUOTES = "“”\"„«»‘’'"


def is_said(text: Text, s: Statement) -> bool:
    """Whether a Statement passes on somebody's words at all. In other languages than English nothing else is
    read as one."""
    if is_unsaid(text, s):
        return False
    return s.stance != "assert" or s.id.startswith("r") or text.tongue != "en" or tells_words(text, s)


def tells_words(text: Text, s: Statement) -> bool:
    """False for a cue that is an act and no saying ("signed", "heard", "carries"): whoever did it is not the
    source of what stands beside it. A turn of a transcript or a credit line needs no cue in words."""
    body = text.document.text
    words = [w.lower() for a, b in s.cue for w in _WORD.findall(body[a:b])]
    if not words:
        return True
    if _HEARING.intersection(words):  # "the panel heard four witnesses" tells what no panel said
        return any(_THAT.match(body[a:b]) for a, b in s.content)
    quoted = any(body[max(0, a - 1) : a + 1].strip()[:1] in _QUOTES for a, _ in s.content if body[a : a + 1])
    return any(_is_saying(w, quoted) for w in words)


@lru_cache(maxsize=20_000)
def _is_saying(word: str, quoted: bool) -> bool:
    if word in nouns() or word in _CREDIT:
        return True
    lemma = lemmas().get(word, word)
    if lemma in particles():
        return True
    frames = {f for sense in senses().get((lemma, ""), ()) for f in sense.frames}
    return bool(frames if quoted else frames - {"quote"})
