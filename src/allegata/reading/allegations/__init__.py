"""Acts: those alleged inside Statements, and, apart from them, those that the writer asserts as fact."""

from __future__ import annotations

from spacy.tokens import Doc

from allegata.model import Allegation, Document, Event, Place, Statement
from allegata.reading.allegations.alleged import find_alleged
from allegata.reading.allegations.events import find_events
from allegata.reading.allegations.stretches import lay_out

__all__ = ["find_allegations"]


def find_allegations(
    document: Document, doc: Doc, statements: tuple[Statement, ...], places: tuple[Place, ...]
) -> tuple[tuple[Allegation, ...], tuple[Event, ...]]:
    """The act inside each Statement that has one, innermost first, and the writer's own Events.

    An Allegation has its claimant from the speakers of the statements, and actor, act and place from one
    passage: the content of its Statement. Predictions, demands, conditions and acts that are said not to have
    happened (other than by way of denial) are no Allegations.
    """
    passage = lay_out(document, doc, statements, places)
    return find_alleged(passage), find_events(passage)
