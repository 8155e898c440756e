"""Statements to speakers, in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from allegata.model import Document, Source, Statement
from allegata.reading.speakers.anaphora import Place, resolve_pronoun
from allegata.reading.speakers.channels import find_channel
from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity, View
from allegata.reading.speakers.kinds import Description
from allegata.reading.speakers.phrases import describe
from allegata.reading.speakers.resolver import Resolver
from allegata.reading.speakers.sayings import Saying
from allegata.reading.speakers.spans import completed, subject_of, tokens_of
from allegata.reading.speakers.words import source_words

_KEY = "allegata.directory"
"""Where a parsed text keeps its directory, so that later steps need not build it again."""


def resolve_speakers(
    document: Document, doc: Doc, statements: tuple[Statement, ...]
) -> tuple[tuple[Statement, ...], tuple[Source, ...]]:
    """The statements with ``speaker`` and ``channel`` filled in, and the Sources that speak, in order.

    A source that the Document does not resolve keeps its own description; an empty one stays without
    speaker, unless the quotation only goes on from the one before.
    """
    view = View(doc)
    sayings = [_saying(doc, s) for s in statements]
    directory = Directory(document, doc, view)
    told = [describe(s.source) if s.source else None for s in sayings]
    for description in told:
        if description is not None and description.name:
            _enter(directory, description)
    directory.finish()
    for saying, description in zip(sayings, told, strict=True):
        if description is not None and description.name:
            _tell(directory, description, saying)
    doc.user_data[_KEY] = directory
    resolver = Resolver(directory, view, sayings, told)
    # what is called by marks alone ("- who" without the pronoun) is nobody
    speakers = [e if e and any(c.isalnum() for c in _shown(e)) else None for e in resolver.run()]
    out = tuple(
        replace(s.statement, speaker=_shown(e) if e else None, channel=find_channel(doc, s.cue, s.content))
        for s, e in zip(sayings, speakers, strict=True)
    )
    used = {id(e): e for e in speakers if e is not None}
    return out, tuple(_source(directory, e) for e in used.values())


def owner_of(doc: Doc, pronoun: Token, barred: Sequence[tuple[int, int]]) -> str | None:
    """Whom a third-person pronoun in ``doc`` means, after `resolve_speakers` has been over it.

    None where it did not run, where nobody fits, or for a plural. ``barred`` are token ranges that
    cannot hold the one who is meant.
    """
    directory: Directory | None = doc.user_data.get(_KEY)
    kind = source_words().pronouns.get(pronoun.lower_)
    if directory is None or kind not in ("male", "female", "neuter"):
        return None
    view = directory.view
    place = Place(
        pronoun.i,
        view.sentence[pronoun.i],
        view.quoted[pronoun.i],
        None,
        0,
        (*barred, (pronoun.i, pronoun.i + 1)),
    )
    found = resolve_pronoun(directory, kind, place)
    return _shown(found) if found else None


def organisation_of(doc: Doc, speaker: str) -> str | None:
    """The organisation that a person or office speaks for, after `resolve_speakers` has been over ``doc``."""
    directory: Directory | None = doc.user_data.get(_KEY)
    if directory is None:
        return None
    for entity in (*directory.persons.all, *directory.described.values()):
        if _shown(entity) == speaker:
            return _whose(directory, entity)
    return None


def _saying(doc: Doc, statement: Statement) -> Saying:
    cue = tokens_of(doc, statement.cue)
    source = completed(subject_of(tokens_of(doc, statement.source), cue), cue)
    content = [(r[0].i, r[-1].i + 1) for r in (tokens_of(doc, (p,)) for p in statement.content) if r]
    starts = [t.i for t in (*source[:1], *cue[:1])] + [a for a, _ in content[:1]]
    return Saying(statement, source, cue, content, min(starts, default=0))


def _enter(directory: Directory, told: Description) -> None:
    """Make a source's name known before resolution starts."""
    assert told.name is not None
    if directory.publisher_named(told.name) is not None:
        return
    if told.kind == "person" or told.handle:
        entity = (
            directory.persons.add(told.name)
            if told.kind == "person"
            else directory.body(told.name, told.kind)
        )
    else:
        last = told.name.split()[-1].lower()
        if len(told.name.split()) == 1 and directory.persons.named(last):
            return
        entity = directory.body(told.name, told.kind)
    if entity is not None:
        entity.handle = entity.handle or told.handle


def _tell(directory: Directory, told: Description, saying: Saying) -> None:
    """Let the entity that a source names know what the source's phrase says of it."""
    last = (told.name or "").split()[-1].lower()
    for token in saying.source:
        if directory.view.word[token.i].endswith(last) and token.i in directory.at:
            directory.tell(directory.at[token.i], told)
            return


def _source(directory: Directory, entity: Entity) -> Source:
    name = _shown(entity)
    aliases = tuple(f for f in entity.forms if f != name and f.lower() not in source_words().pronouns)
    title = entity.title or entity.rank
    kind = entity.kind
    if entity.is_person and not (
        entity.first or entity.roles or entity.rank or entity.gender or entity.handle
    ):
        kind = "unknown"  # one word, and nothing that tells a person from a firm
    return Source(name, kind, aliases[:12], title, _whose(directory, entity), entity.handle)


def _shown(entity: Entity) -> str:
    """The name as it is shown: a surname alone with its rank, capitals of a transcript as in other text."""
    name = entity.name
    if entity.is_person and name.isupper() and len(name) > 4:
        name = name.title()
    if entity.is_person and not entity.first and entity.rank and entity.rank.lower() not in name.lower():
        return f"{entity.rank} {name}"
    return name


def _whose(directory: Directory, entity: Entity) -> str | None:
    """The organisation a source speaks for. A bare "ministry" is the one that is named in full elsewhere.

    In a press note the officials without an organisation speak for the body that published it.
    """
    name = entity.organisation
    words, publisher = source_words(), directory.outlet
    if name is not None and name.lower() in words.organisations:
        low = name.lower()
        if publisher is not None and low in publisher.name.lower().split():
            return publisher.name
        full = (
            e for e in (*directory.bodies.values(), *directory.described.values()) if e.kind == "organisation"
        )
        return next((e.name for e in full if len(e.name) > len(name) and low in e.name.lower().split()), name)
    if name is None and directory.document.kind == "statement" and entity.roles and publisher is not None:
        return publisher.name if entity.roles & words.officials else None
    return name
