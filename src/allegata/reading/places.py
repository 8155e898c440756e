"""Places named in a document, each with its point, its country, and how exact the text is about it.

The point is that of the gazetteer's place, never of anything finer than the text names; a name that the
gazetteer does not have stays without a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from allegata.model import Document, Place, PlaceCandidate
from allegata.reading.gazetteer import ADMIN1, ADMIN2, CITY, COUNTRY, REGION, SEA, Entry, fold
from allegata.reading.place_mentions import PLACE, PlaceMention, find_mentions
from allegata.reading.place_resolution import resolve

PRECISION = {CITY: 1, ADMIN2: 3, ADMIN1: 4, REGION: 5, COUNTRY: 6, SEA: 7}
"""UCDP's scale of how exactly a place is known, by the kind of place named."""
LEAST_SCORE = 0.01
"""Of a place that a name may mean, from which it is told beside the likeliest."""
NEAR = 2
"""UCDP's precision of "near", "30 km north of"."""


def find_places(document: Document, doc: Doc) -> tuple[Place, ...]:
    """Places, peoples, governments and parts of other names, each with which of these it is, in order."""
    mentions = find_mentions(doc)
    resolved = resolve(mentions)
    entries = [r.entry for r in resolved]
    lands = _lands(mentions, entries)
    told: dict[int, tuple[PlaceCandidate, ...]] = {}
    named = []
    for mention, entry, found in zip(mentions, entries, resolved, strict=True):
        start = doc[mention.first].idx
        last = doc[mention.last - 1]
        end = last.idx + len(last.text)
        if entry is None:
            place = Place(start, end, mention.name, country=lands.get(fold(mention.name)))
        else:
            place = _place(start, end, mention, entry)
        candidates = told.get(id(found.candidates))
        if candidates is None:
            candidates = told[id(found.candidates)] = _candidates(found.candidates)
        named.append(replace(place, use=mention.use, candidates=candidates))
    return tuple(named)


def _candidates(found: Sequence[tuple[float, Entry]]) -> tuple[PlaceCandidate, ...]:
    """What a name may mean, where that is in doubt: unlikely ones are left out, and so is one alone."""
    told = [(score, e) for n, (score, e) in enumerate(found) if n == 0 or score >= LEAST_SCORE]
    if len(told) < 2:
        return ()
    return tuple(
        PlaceCandidate(
            e.name,
            round(score, 3),
            e.lat if e.has_point else None,
            e.lon if e.has_point else None,
            e.geonames_id,
            e.country,
        )
        for score, e in told
    )


def only_places(places: Iterable[Place]) -> tuple[Place, ...]:
    """Those that are meant as places."""
    return tuple(p for p in places if p.use == PLACE)


def _lands(mentions: Sequence[PlaceMention], entries: Sequence[Entry | None]) -> dict[str, str]:
    """Folded name -> country of what is said, somewhere in the text, to hold the place of that name."""
    lands: dict[str, str] = {}
    for mention in mentions:
        holder = entries[mention.within] if mention.within is not None else None
        if holder is not None and holder.country is not None:
            lands.setdefault(fold(mention.name), holder.country)
    return lands


def _place(start: int, end: int, mention: PlaceMention, entry: Entry) -> Place:
    """The entry under the text's own words, less exact where the text is."""
    if not entry.has_point:
        return Place(start, end, mention.name, None, None, entry.geonames_id, entry.country, None)
    precision = PRECISION[entry.kind]
    if mention.near and precision == 1:
        precision = NEAR
    gid = entry.geonames_id
    if mention.facility and entry.kind == CITY and fold(mention.name) != fold(entry.name):
        # a facility that only its town is known of: the town's point, under the facility's name
        gid, precision = None, NEAR
    return Place(start, end, mention.name, entry.lat, entry.lon, gid, entry.country, precision)
