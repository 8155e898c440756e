"""Bytes to text, safely: byte order marks, UTF-8, declared and guessed encodings, no lone surrogates."""

from __future__ import annotations

import codecs
import re

from allegata.capture.items import CaptureError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.02
"""Share of control characters above which a file is no text: random bytes have about a tenth."""
_GUESS_BYTES = 200_000
"""How much of a file the encoding is guessed from."""


def mend(text: str) -> str:
    """``text`` with each half of a character (a lone surrogate) replaced by U+FFFD, spans kept."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``: by its byte order mark, as UTF-8, as ``declared``, or as guessed.

    A byte order mark is not part of the text; nothing else is changed. Bytes that fit no encoding become
    U+FFFD. Raises CaptureError where the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mend(_checked(data[len(mark) :].decode(encoding, "replace")))
    if b"\0" in data:
        return _checked(_without_mark(data))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if declared and (text := _as_declared(data, declared)) is not None:
        return _checked(text)
    return _checked(_damaged_utf8(data) or _guessed(data))


def _as_declared(data: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name
        if name in ("iso8859-1", "ascii"):
            name = "cp1252"  # as browsers read these labels (WHATWG Encoding Standard)
        return mend(data.decode(name, "strict"))
    except (LookupError, ValueError):
        return None


def _without_mark(data: bytes) -> str:
    """UTF-16 without a byte order mark shows zeros in every second byte."""
    sample = data[:4_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.7 * half and even < 0.1 * half:
        return mend(data.decode("utf-16-le", "replace"))
    if even > 0.7 * half and odd < 0.1 * half:
        return mend(data.decode("utf-16-be", "replace"))
    raise CaptureError("is binary, not text: give a text, HTML, JSON Lines, feed or WARC file")


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with halves of characters in it, or with a few broken bytes among many good ones."""
    try:
        return mend(data.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for c in text[:_GUESS_BYTES] if c > "\x7f" and c != "\ufffd")
    return text if good > 2 * broken else None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESS_BYTES]).best()
    if best is not None:
        try:
            return mend(data.decode(best.encoding, "strict"))
        except (LookupError, ValueError):
            pass
    return data.decode("cp1252", "replace")


def _checked(text: str) -> str:
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls and controls > _MOST_CONTROLS * len(text):
        raise CaptureError("is binary, not text: give a text, HTML, JSON Lines, feed or WARC file")
    return text
