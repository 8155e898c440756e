"""Character spans to tokens."""

from __future__ import annotations

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
