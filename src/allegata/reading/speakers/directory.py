"""Who and what a Document names, gathered before anything is resolved: titled persons, and bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from allegata.model import Document
from allegata.reading.speakers.entities import MAX_ENTITIES, Entity, Persons, View, without_article
from allegata.reading.speakers.kinds import Description, kind_of_head
from allegata.reading.speakers.layout import is_dateline, opens_line
from allegata.reading.speakers.names import is_title, join
from allegata.reading.speakers.phrases import describe
from allegata.reading.speakers.recognised import names_in, titled_in
from allegata.reading.speakers.words import source_words

_BODY_LABELS = frozenset({"ORG", "GPE", "NORP"})
_REACHES = frozenset({"upper", "lower", "middle"})
"""What only a river, a valley or a region has: "the upper Amazon"."""
_STOPS = frozenset({",", ".", ";", ":", "!", "?", "—", "–", '"', "“", "”", "(", ")", "\n"})
_PLAIN = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "chief", "deputy"})
"""Forms of address that are no part of how a person is named."""
_LEAD = 7
"""Tokens before a name that its title may take."""
_APPOSITION = 16
"""Tokens after a name, and its comma, that an apposition may take."""


_WIRES = frozenset({"press", "news", "media", "wire"})
"""What ends the name of an outlet that is also called by the rest of it alone."""


def _names_body(ent: Span) -> bool:
    """Whether what the recogniser found is a body, as its label or its first word says ("Harakat al-Nur")."""
    return ent.label_ in _BODY_LABELS or (len(ent) > 1 and ent[0].lower_ in source_words().first_of_body)


class Directory:
    """The entities of one Document. ``at`` gives the entity that the token of this index names."""

    def __init__(self, document: Document, doc: Doc, view: View) -> None:
        self.document = document
        self.view = view
        self.persons = Persons(view)
        self.bodies: dict[str, Entity] = {}
        self.described: dict[str, Entity] = {}
        self.at: dict[int, Entity] = {}
        self._publishers: list[Entity] = []
        self.outlet = self._publisher(document.outlet)
        self.author = self._author(document)
        self._names = [(name, tokens) for name, tokens in names_in(doc) if self.publisher_named(name) is None]
        for name, _ in self._names:
            self.persons.add(name)
        for name, _ in titled_in(doc):
            if self.publisher_named(name) is None:
                self.persons.add(name)
        self._ents = [e for e in doc.ents if _names_body(e) and len(e) <= 8 and e.root.pos_ != "ADJ"]

    def _publisher(self, outlet: str | None) -> Entity | None:
        if not outlet:
            return None
        entity = Entity(name=outlet, kind="outlet")
        entity.forms.setdefault(outlet)
        self.bodies[outlet.lower().removeprefix("the ")] = entity
        self._publishers.append(entity)
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
        last = parts[-1].lower()
        if any(p.lower() in words.bylines for p in parts):
            return self.outlet
        body = (
            len(parts) < 2 or last in words.organisations or last in words.outlets or last in words.agencies
        )
        if body and all(p[:1].isupper() for p in parts):
            kind = "agency" if last in words.agencies or self.outlet is not None else "outlet"
            self._publishers.append(self.body(name, kind) or Entity(name=name, kind=kind))
            return self.outlet or self._publishers[-1]
        if not all(p[:1].isupper() for p in parts) or len(parts) > 4:
            return self.outlet or Entity(name=name, kind="unknown", forms={name: None})
        return self.persons.add(name)

    def _add_body(self, ent: Span) -> None:
        tokens = [t for t in ent if not t.is_space]
        while tokens and tokens[-1].lower_ in ("'s", "’s", "'", "’"):
            tokens.pop()
        while tokens and tokens[0].lower_ in ("the", "a", "an"):
            tokens.pop(0)
        name = join(tokens)
        if tokens and opens_line(self.view.doc, tokens[0].i) and is_dateline(self.view.doc, tokens):
            return
        if not name or (" " not in name and self.persons.named(name.lower())):
            return
        if any(e.name.lower() == name.lower() for e in self.persons.named(self.view.word[tokens[-1].i])):
            return
        if ent.label_ == "NORP" and name.lower() in source_words().countries:
            return  # "Afghan" is no body, but "Taliban" is one
        entity = self.body(name, None)
        if entity is not None:
            entity.spot = self._is_spot(ent.label_, name, tokens[0].i)
            self._read_noun(entity, tokens[0].i)
            entity.mentions.append(self.view.mention(tokens[-1]))
            self.at.setdefault(tokens[-1].i, entity)

    def _is_spot(self, label: str, name: str, at: int) -> bool:
        """True for a town, river or region: by its label, or by "town of" or "the upper" before its name."""
        words, doc = source_words(), self.view.doc
        if name.lower() in words.countries:
            return False
        if at > 1 and doc[at - 1].lower_ in _REACHES and doc[at - 2].lower_ == "the":
            return True
        if at > 1 and doc[at - 1].lower_ == "of" and doc[at - 2].lower_ in words.things["place"]:
            return True
        return label == "GPE" and not self._noun_before(at)

    def _noun_before(self, at: int) -> str:
        """ "airline" of "the airline Aerovia": the noun for a body right before its name; empty if none."""
        doc, words = self.view.doc, source_words()
        noun = doc[at - 1] if at else None
        if noun is None or noun.pos_ != "NOUN" or self.view.sentence[at - 1] != self.view.sentence[at]:
            return ""
        low = noun.lower_
        known = low in words.organisations or low in words.outlets or low in words.agencies
        return low if known and low not in words.roles and low not in words.things["place"] else ""

    def _read_noun(self, entity: Entity, at: int) -> None:
        noun = self._noun_before(at)
        if noun and entity not in self._publishers:
            entity.noun = noun
            kind = kind_of_head(noun, noun, source_words())
            entity.kind = kind if entity.kind == "organisation" else entity.kind

    def finish(self) -> None:
        """Find all mentions and titles, once every name is in (those of the sources too)."""
        for ent in self._ents:
            self._add_body(ent)
        self.persons.scan()
        for entity in self.persons.all:
            for mention in entity.mentions:
                self.at[mention.token] = entity
            self._read_headline(entity)
        lasts = {tokens[-1].i: tokens for _, tokens in self._names}
        for entity in self.persons.all:
            for mention in entity.mentions[:12]:
                self._read_title(entity, lasts.get(mention.token) or [self.view.doc[mention.token]])
        for body in self.bodies.values():
            body.mentions.sort(key=lambda m: m.token)

    def _read_headline(self, entity: Entity) -> None:
        """The fuller name and the title that the headline gives somebody named by surname alone."""
        title = self.document.title
        if entity.first or not title or len(title) > 300:
            return
        found = re.search(r"((?:[^\W\d_][\w'’.-]*\s+){1,6})" + re.escape(entity.last), title, re.IGNORECASE)
        if found is None:
            return
        lead = found.group(1).split()
        at = len(lead)
        while at and lead[at - 1][:1].isupper() and not is_title(lead[at - 1]):
            at -= 1
        names, titles = lead[at:], lead[:at]
        while titles and not titles[0][:1].isupper():
            titles.pop(0)
        if names:
            entity.first = names[0].lower()
            entity.name = " ".join([*names, title[found.end(1) : found.end()]])
        if titles and is_title(titles[-1]):
            entity.title = entity.title or " ".join(titles)
            entity.roles |= {t.lower() for t in titles if is_title(t)}

    def _read_title(self, entity: Entity, name: Sequence[Token]) -> None:
        """Titles right before a name, and in the apposition after or before it."""
        doc, words = self.view.doc, source_words()
        sentence, parts = self.view.sentence[name[0].i], entity.name.lower().split()
        while len(name) < len(parts) and name[0].i and doc[name[0].i - 1].lower_ in parts:
            name = [doc[name[0].i - 1], *name]
        start = name[0].i
        while start > 0 and name[0].i - start < _LEAD:
            token = doc[start - 1]
            if (
                self.view.sentence[start - 1] != sentence
                or token.text in _STOPS
                or token.pos_ in ("VERB", "AUX", "ADP")
                or (token.lower_ == "and" and start > 1 and doc[start - 2].pos_ == "PROPN")
            ):
                break
            start -= 1
        if start and doc[start - 1].lower_ in ("on", "in", "at"):
            while start < name[0].i and doc[start].ent_type_ in ("DATE", "TIME", "GPE", "LOC"):
                start += 1  # "On Monday Colonel X", "In Kyiv President Y"
        apposed = False
        before = doc[start - 1] if start > 0 else None
        if start == name[0].i and before is not None and before.text == "," and start > 1:
            word = doc[start - 2]
            aside = word.dep_ == "pobj" and name[-1].dep_ in ("nsubj", "nsubjpass")
            if not aside and word.lower_ in words.roles and self.view.sentence[start - 2] == sentence:
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
        kind = doc[name[0].i - 1] if name[0].i else None
        if kind is not None and kind.pos_ == "NOUN" and self.view.sentence[kind.i] == sentence:
            low = kind.lower_
            named = low in words.organisations or low in words.outlets
            if named and low not in words.roles and entity.gender is None:
                entity.kind, entity.gender = kind_of_head(low, low, words), None  # "the contractor X"
                return
        if end - start > 1:
            self.tell(entity, describe(list(doc[start:end])), apposed)

    def tell(self, entity: Entity, told: Description, whole: bool = False) -> None:
        """Let an entity know what a description of it says."""
        if not told.roles and not told.gender and not told.organisation and not told.rank:
            return
        named = (told.name or "").lower().split()
        if (
            not whole
            and entity.is_person
            and named
            and not any(without_article(n) == entity.last for n in named)
        ):
            return
        entity.roles |= told.roles
        entity.modifiers |= {m for m in told.modifiers if len(m) > 2}
        entity.title = entity.title or told.title
        if told.rank and told.rank.lower() not in _PLAIN:
            entity.rank = entity.rank or told.rank
        entity.organisation = entity.organisation or told.organisation
        entity.gender = entity.gender or told.gender
        entity.handle = entity.handle or told.handle

    def body(self, name: str, kind: str | None) -> Entity | None:
        """The body of this name, made if need be. "Orbis" is Orbis Press, "CNS" what has these initials."""
        key = name.lower().removeprefix("the ").strip()
        if not key:
            return None
        key = source_words().states.get(key, key).lower()
        found = self.bodies.get(key) or self.publisher_named(key) or self._as_initials(name)
        if found is None:
            if len(self.bodies) >= MAX_ENTITIES:
                return None
            if kind is None:
                kind = "organisation"
            found = Entity(name=name.removeprefix("The ").removeprefix("the "), kind=kind)
        elif kind in ("outlet", "agency", "document") and found.kind == "organisation":
            found.kind = kind
        if len(name) > len(found.name) and name.lower().removeprefix("the ") in source_words().states:
            found.name = name.removeprefix("The ").removeprefix("the ")
        self.bodies[key] = found
        found.forms.setdefault(name)
        return found

    def publisher_named(self, name: str) -> Entity | None:
        """The outlet or agency of this Document that ``name`` is a part of: "Orbis" is Orbis Press, but a
        paper begins with the name of its town or country ("Norland Gazette")."""
        key = name.lower().removeprefix("the ")
        part, words = key.split(), source_words()
        for entity in self._publishers:
            whole = entity.name.lower().removeprefix("the ").split()
            wire = entity.kind == "agency" or whole[-1] in words.agencies or whole[-1] in _WIRES
            begins = whole[: len(part)] == part and key not in words.countries and len(key) > 3
            ends = whole[-len(part) :] == part and (len(part) > 1 or key in words.outlets)
            if whole == part or ends or (begins and wire):
                return entity
        return None

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
            entity.note(self.view.mention(token))
            self.at.setdefault(token.i, entity)
        return entity
