"""Acts: those alleged inside Statements, and, apart from them, those that the writer asserts as fact."""

from __future__ import annotations

from spacy.tokens import Doc

from allegata.model import Allegation, Document, Event, Place, Source, Statement
from allegata.reading.allegations.alleged import find_alleged
from allegata.reading.allegations.details import Details
from allegata.reading.allegations.events import find_events
from allegata.reading.allegations.stretches import lay_out
from allegata.reading.allegations.timing import Times

__all__ = ["Times", "find_allegations"]


def find_allegations(
    document: Document,
    doc: Doc,
    statements: tuple[Statement, ...],
    places: tuple[Place, ...],
    sources: tuple[Source, ...] = (),
    times: Times | None = None,
) -> tuple[tuple[Allegation, ...], tuple[Event, ...]]:
    """The act inside each Statement that has one, innermost first, and the writer's own Events.

    An Allegation has its claimant from the speakers of the statements, and actor, act and place from one
    passage: the content of its Statement. ``sources`` are what the Document says of those it names, ``times``
    its datings. Predictions, demands, conditions and acts that are said not to have happened (other than by
    way of denial) are no Allegations.
    """
    passage = lay_out(document, doc, statements, places)
    alleged, events = find_alleged(passage), find_events(passage)
    if not alleged and not events:
        return (), ()
    details = Details(doc, statements, sources, times or Times(doc, document.published))
    return tuple(map(details.of_allegation, alleged)), tuple(map(details.of_event, events))
