"""What linking keeps of a Document: units with their vectors, and the keys by which others find it. Pure,
so that it runs in any process."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from allegata.linking.addresses import canonical
from allegata.linking.fingerprints import fingerprints, key
from allegata.linking.sketches import pack, sketch
from allegata.linking.texts import (
    MAX_WORDS,
    Text,
    Vectors,
    find_units,
    moment,
    telling,
    term_weights,
)
from allegata.linking.words import words
from allegata.model import Document, Reading
from allegata.vectors import embed

GRAMS, TERMS, RECENT, ADDRESSES, REFERENCES = "gram", "term", "recent", "address", "reference"
"""Key spaces: shared text, telling words, telling words with the time of writing, what a Document is found
under (URL, id), what it links to or embeds."""

PERIOD = 30 * 86_400
"""Seconds, as long as `stories.DAYS`: documents of one period or of two that follow each other may be of one
story with little in common."""


@dataclass(frozen=True, slots=True)
class Features:
    """Rows for the store. ``payload`` is a `sketches.Sketch`, packed; ``vectors`` are float16, one of 384 a
    unit, in the order of `texts.find_units`."""

    document_id: str
    payload: bytes
    keys: dict[str, list[int]]
    vectors: bytes


def make_features(readings: Sequence[Reading]) -> list[Features]:
    """Features of each Reading, in order; sentence vectors are computed for all of them together."""
    units = [find_units(r) for r in readings]
    flat = [u.text for us in units for u in us]
    rows = embed(flat) if flat else np.zeros((0, 384), np.float32)
    out, at = [], 0
    for reading, us in zip(readings, units, strict=True):
        mine = rows[at : at + len(us)].astype("<f2")
        at += len(us)
        payload = pack(sketch(Text(reading, us, mine.astype(np.float32))))
        out.append(Features(reading.document.id, payload, find_keys(reading), mine.tobytes()))
    return out


def find_keys(reading: Reading) -> dict[str, list[int]]:
    """The keys of a Document by space, each sorted and without repeats."""
    d = reading.document
    norms = [w.norm for w in words(d.text)[:MAX_WORDS]]
    own = {canonical(d.url), d.id}
    refs = {canonical(u) for u in (*(x.url for x in d.links), *(e.ref for e in d.embeds))}
    refs |= {e.ref for e in d.embeds}
    terms = telling(term_weights(d))
    return {
        GRAMS: fingerprints(norms),
        TERMS: sorted(key(t) for t in terms),
        RECENT: recent(terms, period(d)),
        ADDRESSES: sorted(key(a) for a in own if a),
        REFERENCES: sorted(key(r) for r in refs if r),
    }


def period(document: Document) -> int | None:
    """The number of the period in which a Document was published."""
    when = moment(document.published)
    return math.floor(when.timestamp() / PERIOD) if when else None


def recent(terms: Iterable[str], number: int | None) -> list[int]:
    """The keys of words in a period; documents without a time have one of their own."""
    return sorted(key(f"{t} {'' if number is None else number}") for t in terms)


def restore(reading: Reading, vectors: bytes) -> Text:
    """The Text of a Reading with vectors as they rest in the store; rows that no longer fit are made
    anew."""
    units = find_units(reading)
    rows = unpack_vectors(vectors)
    if len(rows) != len(units):
        rows = embed([u.text for u in units]) if units else np.zeros((0, 384), np.float32)
    return Text(reading, units, rows)


def unpack_vectors(content: bytes) -> Vectors:
    """Vectors as they rest in the store: (units, 384)."""
    return np.frombuffer(content, "<f2").astype(np.float32).reshape(-1, 384)
