"""The medium of a saying, as the sentence names it: "interview with local TV", "post on X"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token

from allegata.vocab import load

_REACH = 9
"""Tokens between a preposition and the noun of the medium, at the most."""
_AFTER = 8
"""Tokens that may follow that noun ("with local TV", "to the Security Council")."""
_BY = frozenset(
    {"telephone", "phone", "e-mail", "email", "letter", "text", "fax", "telegram", "radio", "video"}
)
_TELLING = frozenset({"tell", "inform", "brief", "write", "say", "speak", "explain"})


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str], dict[str, str], frozenset[str]]:
    data = load("channels")

    def split(text: str) -> frozenset[str]:
        return frozenset(w.strip() for w in text.split(",") if w.strip())

    nouns = data["nouns"]
    return (
        split(nouns["words"]),
        split(nouns["prepositions"]),
        split(nouns["platforms"]),
        dict(data["verbs"]),
        split(data["told"]["audience"]),
    )


def find_channel(doc: Doc, cue: Sequence[Token], content: Sequence[tuple[int, int]]) -> str | None:
    """The channel of the statement with this cue. ``content`` are the token ranges of what is said."""
    if not cue:
        return None
    nouns, prepositions, platforms, verbs, audience = _words()
    sent = cue[0].sent
    barred = [*content, *((t.i, t.i + 1) for t in cue)]
    best: tuple[int, str] | None = None
    for i in range(sent.start, sent.end):
        if doc[i].lower_ not in prepositions or any(a <= i < b for a, b in content):
            continue
        phrase = _phrase(doc, i, min(sent.end, i + _REACH), nouns, platforms, barred)
        if phrase and (best is None or abs(i - cue[0].i) < best[0]):
            best = (abs(i - cue[0].i), phrase)
    if best is not None:
        return best[1]
    for token in cue:
        if token.lemma_.lower() in verbs:
            return verbs[token.lemma_.lower()]
        if token.lemma_.lower() in _TELLING:
            told = _audience(doc, token, audience, content)
            if told:
                return told
    return None


def _phrase(
    doc: Doc,
    preposition: int,
    stop: int,
    nouns: frozenset[str],
    platforms: frozenset[str],
    content: Sequence[tuple[int, int]],
) -> str | None:
    """The noun phrase after ``preposition`` if a medium heads it, with the "with X" that follows."""
    start = preposition + 1
    while start < stop and doc[start].pos_ in ("DET", "PRON", "NUM"):
        start += 1
    for i in range(start, stop):
        token = doc[i]
        if (
            any(a <= i < b for a, b in content)
            or token.text in (",", ";", ":", ".", '"', "“")
            or token.pos_ in ("VERB", "AUX")
        ):
            return None
        if token.pos_ == "ADP":
            return None
        known = token.lower_ in nouns or token.lemma_.lower() in nouns or token.lower_ in platforms
        if known and not (
            i + 1 < stop and doc[i + 1].pos_ in ("NOUN", "PROPN") and not _ends(doc, i + 1, content)
        ):
            end = i + 1
            if doc[preposition].lower_ == "by" and token.lower_ not in _BY:
                return None
            if token.lower_ in platforms and doc[preposition].lower_ not in (
                "on",
                "via",
                "by",
                "through",
                "over",
            ):
                return None
            if end < len(doc) and doc[end].lower_ in ("with", "to", "on", "by", "at", "from"):
                end = _extend(doc, end, content)
            return " ".join(doc[start:end].text.split())
    return None


def _ends(doc: Doc, i: int, content: Sequence[tuple[int, int]]) -> bool:
    return doc[i].text[:1] in ",;.:" or any(a <= i < b for a, b in content)


def _extend(doc: Doc, at: int, content: Sequence[tuple[int, int]]) -> int:
    """The end of the phrase that the preposition at ``at`` begins."""
    end = at + 1
    while end < len(doc) and end - at <= _AFTER:
        token = doc[end]
        inside = any(a <= end < b for a, b in content)
        if (
            inside
            or token.pos_ in ("VERB", "AUX", "ADP", "SCONJ", "PRON", "CCONJ")
            or token.text[:1] in ',;.:"“(\n'
        ):
            break
        if token.ent_type_ in ("DATE", "TIME"):
            break
        end += 1
    return end if end > at + 1 else at


def _audience(
    doc: Doc, verb: Token, audience: frozenset[str], content: Sequence[tuple[int, int]]
) -> str | None:
    """ "told Tochi TV": the medium that was spoken to."""
    end = verb.i + 1
    while end < len(doc) and end - verb.i <= 6 and not any(a <= end < b for a, b in content):
        if doc[end].pos_ not in ("PROPN", "NOUN", "ADJ", "DET", "PART"):
            break
        end += 1
    tokens = [t for t in doc[verb.i + 1 : end] if t.pos_ != "DET"]
    if tokens and tokens[-1].lower_ in audience and any(t.text[:1].isupper() for t in tokens):
        return " ".join(doc[tokens[0].i : tokens[-1].i + 1].text.split())
    return None
