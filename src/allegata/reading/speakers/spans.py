"""Character spans to tokens."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from allegata.model import Spans


def tokens_of(doc: Doc, spans: Spans) -> list[Token]:
    """The tokens that the spans touch, white space left out; none for a span outside what was parsed."""
    out: list[Token] = []
    length = doc[-1].idx + len(doc[-1]) if len(doc) else 0  # doc.text would be joined anew each time
    for start, end in spans:
        if 0 <= start < end <= length:
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                out.extend(t for t in span if not t.is_space)
    return out


_UNFINISHED = frozenset({"compound", "det", "amod", "nmod", "nummod"})
"""What a token is to the head of its phrase where the phrase cannot end with it."""
_REST = 4
"""Tokens by which a phrase that was cut short is completed, at the most."""


def completed(source: list[Token], cue: Sequence[Token]) -> list[Token]:
    """A source that ends before its head ("the", "Deputy Governor Hamid") with the rest of its phrase."""
    if not source or source[-1].dep_ not in _UNFINISHED:
        return source
    last, head = source[-1], source[-1].head
    if not last.i < head.i <= last.i + _REST or head.pos_ not in ("NOUN", "PROPN") or head.sent != last.sent:
        return source
    rest = list(last.doc[last.i + 1 : head.i + 1])
    barred = {t.i for t in cue}
    return source if any(t.is_space or t.is_punct or t.i in barred for t in rest) else source + rest


def subject_of(source: list[Token], cue: Sequence[Token]) -> list[Token]:
    """ "The order came from Minister X, a person close to the board said": a name that hangs on a preposition
    belongs to what is said, and what reads as its apposition is the source."""
    if not source or source[0].i == 0 or not cue or cue[0].i < source[-1].i:
        return source
    before = source[0].nbor(-1)
    if before.dep_ == "compound" and before.head in source and before.i > 0:  # a title cut off its name
        before = before.nbor(-1)
    aside = next((n for n, t in enumerate(source[:-1]) if t.text == ","), None)
    if before.pos_ != "ADP" or before.sent != source[0].sent or aside is None:
        return source
    after = source[aside + 1 :]
    return after if after[0].lower_ in ("a", "an") and len(after) > 1 else source
