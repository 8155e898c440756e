"""A lead says what somebody is, the next sentence what he is called: the two are one source."""

from __future__ import annotations

from collections.abc import Sequence

from allegata.reading.speakers.descriptions import described_by, is_such
from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity, View
from allegata.reading.speakers.words import source_words

_SPOKES = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_OPENING = 1
"""Number of the last sentence of a document's lead, counted from 0."""
_GAP = 2
"""Sentences between the lead and the name, at the most."""


def described_before(
    directory: Directory, view: View, spoken: Sequence[tuple[int, Entity]], named: Entity, here: int
) -> Entity | None:
    """The description that ``named``, who speaks at token ``here`` for the first time, was brought in by.

    "A former governor has alleged ... X Y said ...", "a monitoring group said ... Harbour Watch said ...":
    taken for one where the name is new and comes without a description of its own. A spokesperson mostly
    stays unnamed, and is not taken for the next person who speaks.
    """
    if not spoken or named.roles or named.organisation or named.kind in ("outlet", "agency"):
        return None
    at, lead = max((s for s in spoken[-8:] if s[0] < here), key=lambda s: s[0], default=(0, named))
    if named.mentions and named.mentions[0].token < at:
        return None
    gap = view.sentence[here] - view.sentence[at]
    if not 0 < gap <= _GAP or lead not in directory.described.values() or lead.plural or lead.roles & _SPOKES:
        return None
    if not named.is_person:
        text = next(iter(lead.forms), "").lower()
        if lead.kind != "organisation" or named.kind != "organisation" or not text.startswith(("a ", "an ")):
            return None
        kinds = source_words().kinds_of(described_by(lead))  # no inspectorate is "a monitoring group"
        return lead if not kinds or any(is_such(named, kind) for kind in kinds) else None
    if lead.gender not in (None, named.gender) and named.gender is not None:
        return None
    office = lead.kind == "office" or bool(lead.roles & source_words().officials)
    sure = office or named.gender is not None or view.sentence[at] <= _OPENING
    return lead if lead.roles and lead.kind in ("office", "anonymous", "eyewitness") and sure else None


def take_over(lead: Entity, named: Entity) -> None:
    """Let the name know what its description says."""
    named.title, named.organisation, named.roles = lead.title, lead.organisation, set(lead.roles)
    if named.is_person and named.title is None:
        named.title = lead.name
    named.forms.update(lead.forms)
    named.mentions = sorted((*named.mentions, *lead.mentions), key=lambda m: m.token)
