"""Where a phrase stands on the page: alone in its line, before a colon, in a dateline."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

_DASHES = frozenset({"—", "–", "-", "--"})
_DATELINE = 12
"""Tokens that a dateline's date and agency may take, brackets and all."""


def is_dateline(doc: Doc, source: Sequence[Token]) -> bool:
    """ "ALMATY (Steppe Agency) —", "DAMASCUS, March 3 —": the place and the wire before the news begins."""
    first = source[0]
    if not (first.text.isupper() and len(first) > 2) and first.ent_type_ not in ("GPE", "LOC"):
        return False
    if first.i and doc[first.i - 1].text == "(":
        return False  # "(Orbis) —" is a wire's line
    at = source[-1].i + 1
    if at >= len(doc) or doc[at].text not in (",", "(", *_DASHES):
        return False
    if doc[at].text in _DASHES:
        return first.text.isupper() or source[-1].ent_type_ == "GPE"
    if not first.text.isupper():
        return False
    for i in range(at, min(len(doc), at + _DATELINE)):
        if "\n" in doc[i].text or doc[i].pos_ in ("VERB", "AUX"):
            return False
        if doc[i].text in _DASHES and doc[i - 1].whitespace_:
            return True
    return False


def after_heading(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without space, and without a heading that was taken into them: "The Claim¶¶Ferreyros"."""
    words = [t for t in tokens if not t.is_space]
    ends = (n for n, t in enumerate(words[:-1], 1) if "\n\n" in follows(t.doc, t.i + 1))
    return words[max(ends, default=0) :]


def follows(doc: Doc, at: int) -> str:
    return doc[at].text if at < len(doc) else ""


def opens_line(doc: Doc, at: int) -> bool:
    """Whether nothing but signs stands before the token in its line."""
    for i in range(at - 1, max(-1, at - 5), -1):
        if "\n" in doc[i].text:
            return True
        if doc[i].is_alpha or doc[i].is_digit:
            return False
    return at < 5


def ends_line(doc: Doc, at: int) -> bool:
    return at >= len(doc) or "\n" in doc[at].text
