"""Plain text to a Document: the text is the file's content, unchanged."""

from __future__ import annotations

from allegata.capture import identity
from allegata.capture.decoding import decode
from allegata.capture.items import CaptureError, Retrieval
from allegata.capture.kinds import kind_of
from allegata.model import Document


def read_text(body: bytes, retrieval: Retrieval) -> Document:
    """The Document of a plain text. Raises CaptureError where it is empty or no text."""
    text = decode(body, retrieval.charset)
    if not text.strip():
        raise CaptureError("holds no text")
    lines = [line for line in text[:200_000].splitlines() if line.strip()]
    address = identity.clean_url(retrieval.address)
    return Document(
        id=identity.id_of_url(address)
        if address
        else identity.id_of_key(identity.stem(retrieval.label), retrieval.key),
        text=text,
        url=address,
        kind=kind_of(lines, address, notes=lines[:3]),
    )
