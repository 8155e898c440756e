"""What a phrase says of a source, and what kind of source that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from allegata.reading.speakers.words import SourceWords

_INDEFINITE = frozenset(
    {"a", "an", "some", "several", "many", "other", "another", "one", "two", "three", "few"}
)
_SPOKES = frozenset({"spokesman", "spokeswoman", "spokesperson"})


@dataclass(slots=True)
class Description:
    """What a phrase says of a source. Names as the text spells them, ``roles`` and ``head`` in lower case."""

    text: str
    kind: str = "unknown"
    name: str | None = None
    title: str | None = None
    rank: str | None = None
    """A form of address or a military rank ("Mr", "Captain")."""
    organisation: str | None = None
    handle: str | None = None
    pronoun: str | None = None
    short: str = ""
    """The phrase without its determiner and without what follows its first comma."""
    possessor: str | None = None
    """A possessive pronoun that begins the phrase ("its" of "its spokesman")."""
    head: str = ""
    plural: bool = False
    definite: bool = False
    roles: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    gender: str | None = None
    body: bool = False
    """True where the name is a body's (organisation, outlet, country, text) and not a person's."""


def kind_of(out: Description, lowered: Sequence[str], words: SourceWords) -> str:
    """The kind of a source that is neither a pronoun nor a handle."""
    if out.name is None:
        return _kind_of_description(out, lowered, words)
    name = out.name.lower().removeprefix("the ")
    last = name.split()[-1]
    if name in words.agency_names:
        return "agency"
    if name in words.outlet_names:
        return "outlet"
    named_by_kind = out.body and out.head not in name.split()
    if named_by_kind:
        return kind_of_head(out.head, name, words)
    if not out.body:
        if (
            not out.roles
            and out.gender is None
            and (out.head in words.outlets or out.head in words.organisations)
        ):
            return kind_of_head(out.head, name, words)
        return "person"
    return kind_of_head(last, name, words)


def kind_of_head(head: str, phrase: str, words: SourceWords) -> str:
    """The kind of a body by the last word of its name or description."""
    if head in words.agencies:
        near = phrase.split()
        place = near.index(head) if head in near else 0
        return "agency" if place and near[place - 1] in words.before_agency else "organisation"
    if head in words.outlets:
        return "outlet"
    if head in words.documents and head not in words.organisations:
        return "document"
    return "organisation"


def _kind_of_description(out: Description, lowered: Sequence[str], words: SourceWords) -> str:
    """The kind of a source that has no name."""
    head = out.head
    phrase = " ".join(lowered)
    if any(p in phrase for p in words.anonymous_phrases):
        return "anonymous"
    if head in words.witnesses or (any(w in words.saw for w in lowered) and head not in words.officials):
        return "eyewitness"
    if head in words.officials or (head in words.offices and head not in words.organisations):
        named_office = bool(out.organisation or out.modifiers) and head not in words.anonymous
        if head in _SPOKES or (named_office and out.plural):
            return "office"
        if out.plural or head in words.anonymous or (lowered and lowered[0] in _INDEFINITE):
            return "anonymous"
        return "office"
    if head in words.anonymous:
        return "anonymous"
    if head in words.documents and head not in words.organisations:
        return "document"
    if not out.roles and (head in words.organisations or head in words.outlets or head in words.agencies):
        return kind_of_head(head, phrase, words)
    return "anonymous" if out.plural or out.roles else "unknown"
