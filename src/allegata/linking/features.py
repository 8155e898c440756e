"""What linking keeps of a Document: units with their vectors, and the keys by which others find it. Pure,
so that it runs in any process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from allegata.linking.fingerprints import fingerprints, key
from allegata.linking.texts import MAX_WORDS, Text, canonical, find_units, telling, term_weights
from allegata.linking.words import words
from allegata.model import Reading
from allegata.vectors import embed

VERSION = "linking-1"

GRAMS, TERMS, ADDRESSES = "gram", "term", "address"
"""Key spaces: shared text, telling words, URLs that a Document has, links to or embeds."""


@dataclass(frozen=True, slots=True)
class Features:
    """Rows for the store. ``vectors`` are float16, one of 384 a unit, in the order of
    `texts.find_units`."""

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
        out.append(Features(reading.document.id, VERSION.encode(), find_keys(reading), mine.tobytes()))
    return out


def find_keys(reading: Reading) -> dict[str, list[int]]:
    """The keys of a Document by space, each sorted and without repeats."""
    d = reading.document
    norms = [w.norm for w in words(d.text)[:MAX_WORDS]]
    addresses = {canonical(u) for u in (d.url, *(x.url for x in d.links), *(e.ref for e in d.embeds))}
    addresses |= {d.id, *(e.ref for e in d.embeds)}
    return {
        GRAMS: fingerprints(norms),
        TERMS: sorted(key(t) for t in telling(term_weights(d))),
        ADDRESSES: sorted(key(a) for a in addresses if a),
    }


def restore(reading: Reading, vectors: bytes) -> Text:
    """The Text of a Reading with vectors as they rest in the store; rows that no longer fit are made
    anew."""
    units = find_units(reading)
    rows = np.frombuffer(vectors, "<f2").astype(np.float32).reshape(-1, 384)
    if len(rows) != len(units):
        rows = embed([u.text for u in units]) if units else np.zeros((0, 384), np.float32)
    return Text(reading, units, rows)
