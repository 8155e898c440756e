"""Sentences of a parsed Document: spaCy's, repaired at line ends, abbreviations, quotation marks and dashes.

A line end closes a sentence (headings, list items and captions have no full stop), unless the text is wrapped
at a fixed width, where a blank line does. Within a line, spaCy's boundaries are dropped where what goes
before is no end, and added where an end stands that spaCy overlooked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from spacy.tokens import Doc

from allegata.model import Span
from allegata.reading.parsing import is_hard_wrapped
from allegata.vocab import load

LINE_END = re.compile(r"[\n\r\u2028\u2029]+")
PARAGRAPH_END = re.compile(r"(?:\r?\n[ \t]*){2,}|[\u2028\u2029]+")

TERMINAL = frozenset(".!?…‽")
CLOSERS = frozenset("”’\"'»)]}")
OPENING_MARKS = frozenset(["“", "‘", '"', "''", "``", "'", "(", "[", "«"])

_WORD = re.compile(r"[^\W_](?:[\w.&'’-]*\w)?")


_GLUED = re.compile(r"[a-z]{2}[.!?][A-Z][a-z]")
"""Two sentences that lost the space between them."""

_SAID = re.compile(
    r"\s*(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|wrote|writes|added|told|tweeted|shouted|wondered)\b"
)
"""Who said it, after a quotation that ends in a question or exclamation mark."""


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load("abbreviations").items()}


def segment(doc: Doc) -> tuple[Span, ...]:
    """Sentences of the text: sorted, disjoint spans without white space at their ends; none is empty."""
    text = doc.text
    cuts = _starts(doc, text)
    spans: list[Span] = []
    for begin, end in _lines(text, is_hard_wrapped(text)):
        spans += _sentences_of_line(text, begin, end, cuts)
    return tuple(spans)


def _lines(text: str, wrapped: bool) -> list[Span]:
    """Stretches of text that no sentence reaches out of."""
    breaks = PARAGRAPH_END if wrapped else LINE_END
    lines: list[Span] = []
    begin = 0
    for found in breaks.finditer(text):
        lines.append((begin, found.start()))
        begin = found.end()
    lines.append((begin, len(text)))
    return lines


def _sentences_of_line(text: str, begin: int, end: int, cuts: list[int]) -> list[Span]:
    """The sentences of one line, given where sentences may start (``cuts``, sorted, of the whole text)."""
    spans: list[Span] = []
    here = _trimmed(text, begin, end)
    if here is None:
        return spans
    begin, end = here
    start = begin
    open_quote = False  # a straight quotation mark opens or closes by how many went before it in the line
    counted = begin
    for at in cuts[bisect_left(cuts, begin + 1) : bisect_left(cuts, end)]:
        open_quote ^= bool(text.count('"', counted, at) % 2)
        counted = at
        at = _past_closers(text, at, end, open_quote)
        if at <= start or at >= end or not _is_boundary(text, start, at, end):
            continue
        span = _trimmed(text, start, at)
        if span is not None:
            spans.append(span)
        start = at
    span = _trimmed(text, start, end)
    if span is not None:
        spans.append(span)
    return spans


def _past_closers(text: str, at: int, end: int, open_quote: bool) -> int:
    """Where the next sentence starts once closing marks have gone to the sentence that they close."""
    while at < end:
        char = text[at]
        closes = (
            char in "”»)]}"
            or (char == '"' and open_quote)
            or (char in "’'" and (at + 1 == end or not text[at + 1].isalnum()) and text[at - 1 : at] != " ")
        )
        if not closes:
            break
        if char == '"':
            open_quote = False
        at += 1
    return at


def _is_boundary(text: str, start: int, at: int, end: int) -> bool:
    """True where the stretch ``start..at`` can be a whole sentence, and one can start at ``at``."""
    head = text[max(start, at - 60) : at].rstrip()
    bare = head.rstrip("".join(CLOSERS)).rstrip()
    if not any(c.isalnum() for c in text[start : min(at, start + 400)]):
        return False  # a bullet, a dash, an opening quotation mark: it goes with what follows
    if not any(c.isalnum() for c in text[at : min(end, at + 400)]):
        return False  # nothing but marks are left: they go with what was before
    if not bare or bare[-1] not in TERMINAL:
        return (bool(bare) and bare[-1] in "—–|•") or _after_credit(text, at)
    if not (text[at - 1].isspace() or text[at].isspace()) and not _GLUED.match(text, max(at - 3, 0), at + 2):
        return False  # inside a ticker, an address, a file name
    if bare != head and bare[-1] in "?!" and _SAID.match(text, at, min(end, at + 120)):
        return False
    following = _WORD.search(text, at, min(end, at + 80))
    word = following.group() if following else ""
    if bare.endswith("."):
        known = _abbreviations()
        last = bare[:-1].rsplit(None, 1)[-1].lstrip("(“‘\"'[") if bare[:-1].strip() else ""
        if bare == head and (
            last in known["titles"] or (last.casefold() in known["numbered"] and word[:1].isdigit())
        ):
            return False
        opening = word.casefold() in known["opening"]
        if len(last) == 1 and last.isupper() and word[:1].isupper() and not opening:
            return False  # an initial: "John F. Kennedy"
        if last in known["ending"] and not opening:
            return text[at] in "“‘" or bare != head
    # a small letter carries the sentence on, after `?” he asked` as much as after an abbreviation
    return not word[:1].islower() or text[at] in "“‘•-–—*@#"


def _after_credit(text: str, at: int) -> bool:
    """True where a hash tag, a list mark or a signature dash starts something of its own."""
    return text[at] in "•—" and (at == 0 or text[at - 1] in " \t")


def _starts(doc: Doc, text: str) -> list[int]:
    """Where sentences may start: at spaCy's, and after a full stop, question or exclamation mark of its own.

    spaCy keeps the stop of an abbreviation within its token, so a stop that is a token closes a sentence. An
    opening mark goes with the sentence that it opens.
    """
    starts: list[int] = []
    ended = False
    opener = -1  # where an opening mark stands, with a space in front and the token right behind
    for token in doc:
        word, at = token.text, token.idx
        if token.is_space:
            continue
        if token.is_sent_start or (ended and word[:1].isupper()):
            start = opener if opener >= 0 else at
            if start == 0 or token.is_sent_start or text[start - 1].isspace():
                starts.append(start)
        spaced = at > 0 and text[at - 1].isspace()
        stops = word in (".", "!", "?", "…") and at > 0 and not spaced and text[at - 1] not in "(["
        if word in OPENING_MARKS and spaced and not token.whitespace_:
            opener = at
            continue
        opener = -1
        ended = stops or (ended and (word in CLOSERS or word == "''"))
    return starts


def _trimmed(text: str, begin: int, end: int) -> Span | None:
    """The span without white space at its ends, or None where nothing is left."""
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return (begin, end) if begin < end else None
