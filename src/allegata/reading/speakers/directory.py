"""Who and what a Document names, gathered before anything is resolved: titled persons, and bodies."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from allegata.model import Document
from allegata.reading.speakers.entities import MAX_ENTITIES, Entity, Persons, View, names_in, titled_in
from allegata.reading.speakers.kinds import Description
from allegata.reading.speakers.phrases import describe
from allegata.reading.speakers.words import source_words

_BODY_LABELS = frozenset({"ORG", "GPE", "NORP"})
_STOPS = frozenset({",", ".", ";", ":", "!", "?", "—", "–", '"', "“", "”", "(", ")", "\n"})
_LEAD = 7
"""Tokens before a name that its title may take."""
_APPOSITION = 16
"""Tokens after a name, and its comma, that an apposition may take."""


class Directory:
    """The entities of one Document. ``at`` gives the entity that the token of this index names."""

    def __init__(self, document: Document, doc: Doc, view: View) -> None:
        self.document = document
        self.view = view
        self.persons = Persons(view)
        self.bodies: dict[str, Entity] = {}
        self.described: dict[str, Entity] = {}
        self.at: dict[int, Entity] = {}
        self.outlet = self._publisher(document.outlet)
        self.author = self._author(document)
        self._names = list(names_in(doc))
        for name, _ in self._names:
            self.persons.add(name)
        for name, _ in titled_in(doc):
            self.persons.add(name)
        for ent in doc.ents:
            if ent.label_ in _BODY_LABELS and len(ent) <= 8:
                self._add_body(ent)

    def _publisher(self, outlet: str | None) -> Entity | None:
        if not outlet:
            return None
        entity = Entity(name=outlet, kind="outlet")
        entity.forms.setdefault(outlet)
        self.bodies[outlet.lower().removeprefix("the ")] = entity
        return entity

    def _author(self, document: Document) -> Entity | None:
        """Who "I" is outside every quotation: the account of a post, else the author, else the outlet."""
        name = (document.author or "").strip()
        if not name:
            return self.outlet
        if name.startswith("@"):
            return Entity(name=name, kind="account", handle=name, forms={name: None})
        words = source_words()
        parts = name.split()
        alone = (
            len(parts) < 2 or parts[-1].lower() in words.organisations or parts[-1].lower() in words.outlets
        )
        if alone or not all(p[:1].isupper() for p in parts) or len(parts) > 4:
            return self.outlet or Entity(name=name, kind="unknown", forms={name: None})
        return self.persons.add(name)

    def _add_body(self, ent: Span) -> None:
        tokens = [t for t in ent if not t.is_space]
        while tokens and tokens[-1].lower_ in ("'s", "’s", "'", "’"):
            tokens.pop()
        while tokens and tokens[0].lower_ in ("the", "a", "an"):
            tokens.pop(0)
        if not tokens or (len(tokens) == 1 and self.persons.named(tokens[0].lower_)):
            return
        entity = self.body(" ".join(" ".join(t.text for t in tokens).split()), None)
        if entity is not None:
            entity.mentions.append(self.view.mention(tokens[-1]))
            self.at.setdefault(tokens[-1].i, entity)

    def finish(self) -> None:
        """Find all mentions and titles, once every name is in (those of the sources too)."""
        self.persons.scan()
        for entity in self.persons.all:
            for mention in entity.mentions:
                self.at[mention.token] = entity
        lasts = {tokens[-1].i: tokens for _, tokens in self._names}
        for entity in self.persons.all:
            for mention in entity.mentions[:12]:
                self._read_title(entity, lasts.get(mention.token) or [self.view.doc[mention.token]])
        for body in self.bodies.values():
            body.mentions.sort(key=lambda m: m.token)

    def _read_title(self, entity: Entity, name: Sequence[Token]) -> None:
        """Titles right before a name, and in the apposition after or before it."""
        doc, words = self.view.doc, source_words()
        sentence = self.view.sentence[name[0].i]
        start = name[0].i
        while start > 0 and name[0].i - start < _LEAD:
            token = doc[start - 1]
            if (
                self.view.sentence[start - 1] != sentence
                or token.text in _STOPS
                or token.pos_ in ("VERB", "AUX", "ADP")
            ):
                break
            start -= 1
        apposed = False
        before = doc[start - 1] if start > 0 else None
        if start == name[0].i and before is not None and before.text == "," and start > 1:
            word = doc[start - 2]
            if word.lower_ in words.roles and self.view.sentence[start - 2] == sentence:
                start, apposed = max(word.left_edge.i, word.i - _LEAD), True
        end = name[-1].i + 1
        if len(name) > 1 and not apposed and end < len(doc) and doc[end].text == ",":
            stop = end + 1
            while stop < len(doc) and stop - end < _APPOSITION and self.view.sentence[stop] == sentence:
                if doc[stop].text in _STOPS or doc[stop].pos_ == "AUX" or doc[stop].tag_ in ("VBD", "VBZ"):
                    break
                stop += 1
            lead = [t.lower_ for t in doc[end + 1 : stop]]
            if lead and (
                lead[0] in ("a", "an", "the", "his", "her", "their")
                or any(w in words.roles for w in lead[:4])
            ):
                end = stop
        if end - start > 1:
            self.tell(entity, describe(list(doc[start:end])), apposed)

    def tell(self, entity: Entity, told: Description, whole: bool = False) -> None:
        """Let an entity know what a description of it says."""
        if not told.roles and not told.gender and not told.organisation and not told.rank:
            return
        named = (told.name or "").lower().split()
        if not whole and entity.is_person and named and entity.last not in named:
            return
        entity.roles |= told.roles
        entity.modifiers |= {m for m in told.modifiers if len(m) > 2}
        entity.title = entity.title or told.title
        if told.rank and told.rank.lower() in source_words().ranks:
            entity.rank = entity.rank or told.rank
        entity.organisation = entity.organisation or told.organisation
        entity.gender = entity.gender or told.gender
        entity.handle = entity.handle or told.handle

    def body(self, name: str, kind: str | None) -> Entity | None:
        """The body of this name, made if need be. "Orbis" is Orbis Press, "CNS" what has these initials."""
        key = name.lower().removeprefix("the ").strip()
        if not key:
            return None
        found = self.bodies.get(key) or self._as_outlet(key) or self._as_initials(name)
        if found is None:
            if len(self.bodies) >= MAX_ENTITIES:
                return None
            if kind is None:
                kind = "organisation"
            found = Entity(name=name.removeprefix("The ").removeprefix("the "), kind=kind)
        elif kind in ("outlet", "agency", "document") and found.kind == "organisation":
            found.kind = kind
        self.bodies[key] = found
        found.forms.setdefault(name)
        return found

    def _as_outlet(self, key: str) -> Entity | None:
        if self.outlet is None:
            return None
        whole = self.outlet.name.lower().removeprefix("the ").split()
        part = key.split()
        known = source_words().countries
        same = whole[: len(part)] == part and key not in known and len(key) > 3
        return self.outlet if same or (whole[-len(part) :] == part and len(part) > 1) else None

    def _as_initials(self, name: str) -> Entity | None:
        letters = name.replace(".", "")
        if not (2 < len(letters) <= 6 and letters.isupper()):
            return None
        for key, entity in self.bodies.items():
            words = [w for w in key.split() if w not in ("of", "for", "the", "and", "on")]
            if len(words) == len(letters) and "".join(w[0] for w in words) == letters.lower():
                return entity
        return None

    def describe_as(self, told: Description, name: str, token: Token | None) -> Entity:
        """A source that has no name, known by its description."""
        key = name.lower()
        entity = self.described.get(key)
        if entity is None:
            entity = Entity(name=name, kind=told.kind, plural=told.plural, gender=told.gender)
            entity.title, entity.organisation = told.title, told.organisation
            entity.roles, entity.modifiers = set(told.roles), set(told.modifiers)
            if len(self.described) < MAX_ENTITIES:
                self.described[key] = entity
        entity.forms.setdefault(told.text)
        if token is not None:
            entity.mentions.append(self.view.mention(token))
            self.at.setdefault(token.i, entity)
        return entity
