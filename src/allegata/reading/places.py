"""Places named in a document, each with its point, its country, and how exact the text is about it.

The point is that of the gazetteer's place, never of anything finer than the text names; a name that the
gazetteer does not have stays without a point.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc

from allegata.model import Document, Place
from allegata.reading.gazetteer import ADMIN1, ADMIN2, CITY, COUNTRY, REGION, SEA, Entry, fold
from allegata.reading.place_mentions import PlaceMention, find_mentions
from allegata.reading.place_resolution import resolve
from allegata.vocab.countries import country_of_demonym

PRECISION = {CITY: 1, ADMIN2: 3, ADMIN1: 4, REGION: 5, COUNTRY: 6, SEA: 7}
"""UCDP's scale of how exactly a place is known, by the kind of place named."""
NEAR = 2
"""UCDP's precision of "near", "30 km north of"."""


def find_places(document: Document, doc: Doc) -> tuple[Place, ...]:
    """The places of a text, in order. A capital that stands for its government is none, nor is a people."""
    mentions = find_mentions(doc)
    entries = resolve(mentions, _peoples(doc))
    lands = _lands(mentions, entries)
    places = []
    for mention, entry in zip(mentions, entries, strict=True):
        start = doc[mention.first].idx
        last = doc[mention.last - 1]
        end = last.idx + len(last.text)
        if entry is None:
            places.append(Place(start, end, mention.name, country=lands.get(fold(mention.name))))
        else:
            places.append(_place(start, end, mention, entry))
    return tuple(places)


def _lands(mentions: Sequence[PlaceMention], entries: Sequence[Entry | None]) -> dict[str, str]:
    """Folded name -> country of what is said, somewhere in the text, to hold the place of that name."""
    lands: dict[str, str] = {}
    for mention in mentions:
        holder = entries[mention.within] if mention.within is not None else None
        if holder is not None and holder.country is not None:
            lands.setdefault(fold(mention.name), holder.country)
    return lands


def _place(start: int, end: int, mention: PlaceMention, entry: Entry) -> Place:
    precision = PRECISION[entry.kind]
    if mention.near and precision == 1:
        precision = NEAR
    if mention.facility and entry.kind == CITY and fold(mention.name) != fold(entry.name):
        # a facility that only its town is known of: the town's point, under the facility's name
        return Place(start, end, mention.name, entry.lat, entry.lon, None, entry.country, NEAR)
    name = entry.name if mention.name.isupper() or fold(mention.name) != fold(entry.name) else mention.name
    return Place(start, end, name, entry.lat, entry.lon, entry.geonames_id, entry.country, precision)


def _peoples(doc: Doc) -> Counter[str]:
    """Countries whose people or adjective the text names, with how often."""
    found = (country_of_demonym(ent.text) for ent in doc.ents if ent.label_ == "NORP")
    return Counter(code for code in found if code)
