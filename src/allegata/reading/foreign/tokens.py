"""Words, marks and whole quotations of a text in a language that no parser reads, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from allegata.model import Span

LONGEST_QUOTATION = 1500
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c"
"""Signs above and below Arabic letters."""
_PIECE = re.compile(
    rf"@\w+|[\w{_MARKS}]+(?:['’.&/-][\w{_MARKS}]+)*|\n|[^\w\s]",
)
_CLOSERS = {"«": "»", "»": "«", "„": "“”", "“": "”", '"': '"', "‹": "›"}
_ELIDED = {
    "fr": re.compile(r"(?:l|d|qu|n|s|j|m|t|c|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE),
    "it": re.compile(
        r"(?:l|d|un|c|s|m|v|quest|quell|(?:d|n|s)?[aeu]ll)['’](?=\w)|(?:dell|nell|sull|dall|all)['’](?=\w)",
        re.IGNORECASE,
    ),
}
_JOINED = {
    "fr": re.compile(r"(\w+?)(-t)?(-(?:il|elle|ils|elles|on))$", re.IGNORECASE),
    "pt": re.compile(r"(\w+?)()(-(?:se|lhe|lhes|nos|me))$", re.IGNORECASE),
}
_CAPITALS = r"[^\W\d_a-zß-öø-ÿа-яё][\w'’-]*"
_DATELINE = re.compile(
    rf"\W{{0,3}}{_CAPITALS}(?:[ ,]{{1,2}}{_CAPITALS}){{0,4}} ?(?:\([^()\n]{{2,40}}\))?"
    r"(?:\.? ?[-–—]|\.-|:|(?<=\))\.)\s"
)
_NUMBERED = frozenset(("nr", "no", "art", "abs", "núm", "num", "pág", "р", "ст"))
_ENDS = frozenset(".!?…؟۔")


@dataclass(frozen=True, slots=True)
class Token:
    """``low`` is how it is compared: lower case, straight apostrophes, no signs above Arabic letters. Of a
    whole quotation ``start`` and ``end`` are what is inside."""

    text: str
    low: str
    start: int
    end: int
    kind: str

    @property
    def capital(self) -> bool:
        """Whether it is printed like a name."""
        return self.kind == "word" and (self.text[0].isupper() or self.text[0] == "@")


def tokenise(text: str, language: str) -> list[Token]:
    """The tokens of the text; a quotation is one."""
    tokens: list[Token] = []
    at = 0
    while (m := _PIECE.search(text, at)) is not None:
        at = m.end()
        piece = m.group()
        if piece == "\n":
            tokens.append(Token(piece, piece, m.start(), at, "break"))
        elif piece[0].isalnum() or piece[0] in "@_":
            tokens += _split(piece, m.start(), language)
        elif piece in _CLOSERS and (close := _closing(text, m.start(), language)) is not None:
            inside = text[at:close]
            lead = len(inside) - len(inside.lstrip())
            tokens.append(
                Token(inside.strip(), "«»", at + lead, at + lead + max(1, len(inside.strip())), "quote")
            )
            at = close + 1
        else:
            tokens.append(Token(piece, piece, m.start(), at, "mark"))
    return tokens


def _split(piece: str, start: int, language: str) -> Iterator[Token]:
    """The words that one printed word is made of: "l'usine", "a-t-il"."""
    elided = _ELIDED.get(language)
    while elided is not None and (m := elided.match(piece)) is not None:
        yield _word(m.group(), start)
        piece, start = piece[m.end() :], start + m.end()
    joined = _JOINED.get(language)
    if joined is not None and "-" in piece and (m := joined.match(piece)) is not None:
        yield _word(m.group(1), start)
        yield _word(m.group(3), start + m.start(3))
    elif piece:
        yield _word(piece, start)


_SIGNS = re.compile(f"[{_MARKS}]")


def _word(piece: str, start: int) -> Token:
    low = piece.replace("’", "'").replace("İ", "i").lower()
    return Token(piece, _SIGNS.sub("", low) or low, start, start + len(piece), "word")


def _closing(text: str, at: int, language: str) -> int | None:
    """Where the quotation that opens there is closed."""
    opener = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or (opener in '"»' and (after.isspace() or before.isalnum())):
        return None
    if opener == "»" and language not in ("de", "sv", "da"):
        return None
    window = text[at + 1 : at + 1 + LONGEST_QUOTATION]
    blank = window.find("\n\n")
    window = window if blank < 0 else window[:blank]
    closes = "“”" if language == "de" and opener == "“" else _CLOSERS[opener]
    found = [p for p in (window.find(c) for c in closes) if p > 0]
    return at + 1 + min(found) if found and window[: min(found)].strip() else None


def sentences(tokens: list[Token]) -> Iterator[list[Token]]:
    """The sentences, without their line breaks; a quotation belongs to the sentence that goes on after it."""
    held: list[Token] = []
    for token, following in pairwise([*tokens, Token("\n", "\n", 0, 0, "break")]):
        if token.kind == "break":
            if held:
                yield held
            held = []
            continue
        held.append(token)
        if _closes(token, held[-2] if len(held) > 1 else None, following):
            yield held
            held = []
    if held:
        yield held


def _closes(token: Token, before: Token | None, following: Token) -> bool:
    fresh = following.capital or following.kind in ("quote", "break") or following.low in ("—", "¿", "¡", "«")
    fresh = fresh or following.low[:1].isdigit() or not following.low[:1].isascii()
    fresh = fresh and not (following.kind == "word" and following.text[0].islower())
    if token.kind == "quote":
        return token.text[-1:] in _ENDS and (following.capital or following.kind == "quote")
    if token.low not in _ENDS or not fresh:
        return False
    initial = before is not None and before.kind == "word" and len(before.text) == 1 and before.capital
    counted = before is not None and before.low.isdigit() and len(before.low) < 3 and following.capital
    numbered = before is not None and before.low in _NUMBERED and following.low[:1].isdigit()
    return not (token.low == "." and following.kind == "word" and (initial or counted or numbered))


def dateline(text: str, start: int) -> int:
    """How many characters of a line are where it was written ("PARIS (Agences) - ")."""
    line = text[start : start + 90].partition("\n")[0]
    m = _DATELINE.match(line)
    if m is None or not line[: m.end()].split()[0].strip(".,").isupper():
        return 0
    return m.end()


def span(tokens: list[Token]) -> Span:
    """From the first to the last."""
    return (tokens[0].start, tokens[-1].end)
