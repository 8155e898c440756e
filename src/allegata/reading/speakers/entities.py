"""The persons and bodies a Document names, with every place where it names them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from allegata.reading.speakers.names import MAX_NAME, gender, visible
from allegata.reading.speakers.words import source_words

MAX_ENTITIES = 400
"""Entities kept of one Document; a page of names (a list, a table) has more, and no speaker among them."""

_LONGEST_WORD = 60
"""Characters kept of a word with hyphens: a line of dashes and letters is no name."""
_QUOTED = re.compile(r"“[^”“]{1,3000}”|\"[^\"\n]{1,3000}\"|‘‘[^’]{1,3000}’’|''[^'\n]{1,3000}''")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ul"})
_VOWELS = re.compile(r"(?<!^)[aeiouy'’-]+")
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(slots=True)
class Mention:
    """Where an entity is named: token, sentence, and what part it plays there."""

    token: int
    sentence: int
    subject: bool
    quoted: bool
    possessive: bool = False
    paragraph: int = 0


@dataclass(slots=True, eq=False)
class Entity:
    """A possible speaker. ``first`` and ``last`` are lower-case parts of a person's name."""

    name: str
    kind: str
    first: str = ""
    last: str = ""
    title: str | None = None
    rank: str | None = None
    organisation: str | None = None
    handle: str | None = None
    gender: str | None = None
    plural: bool = False
    spot: bool = False
    """True for a town or region that is nobody's government: "it" is not that."""
    noun: str = ""
    """What a body is called right before its name ("airline" of "the airline Aerovia")."""
    forms: dict[str, None] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        return self.kind == "person"

    def note(self, mention: Mention) -> None:
        """Add a mention in its place, unless it is known; a source may be named ten thousand times."""
        at = bisect_left(self.mentions, mention.token, key=lambda m: m.token)
        if at == len(self.mentions) or self.mentions[at].token != mention.token:
            self.mentions.insert(at, mention)


class View:
    """What resolution needs to know of a parsed text again and again, worked out once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.sentence = [0] * len(doc)
        for number, sent in enumerate(doc.sents):
            for i in range(sent.start, sent.end):
                self.sentence[i] = number
        self.paragraph = [0] * len(doc)
        number = 0
        for token in doc:
            self.paragraph[token.i] = number
            number += "\n" in token.text
        self.quotes = [m.span() for m in _QUOTED.finditer(doc.text)]
        self.word = [visible(t.lower_) for t in doc]
        """The lower-case word that ends at a token, hyphens and all: "yeon" of "Seo-yeon" is "seo-yeon"."""
        for i in range(2, len(doc)):
            if doc[i - 1].text == "-" and not doc[i - 1].whitespace_ and not doc[i - 2].whitespace_:
                self.word[i] = f"{self.word[i - 2]}-{self.word[i]}"[-_LONGEST_WORD:]
        self.quoted = [False] * len(doc)
        spans = iter(self.quotes)
        here = next(spans, None)
        for token in doc:
            while here is not None and token.idx >= here[1]:
                here = next(spans, None)
            if here is not None and here[0] <= token.idx:
                self.quoted[token.i] = True

    def mention(self, token: Token) -> Mention:
        """The mention that the phrase headed by ``token`` makes."""
        return Mention(
            token.i,
            self.sentence[token.i],
            token.dep_ in ("nsubj", "nsubjpass"),
            self.quoted[token.i],
            token.dep_ == "poss",
            self.paragraph[token.i],
        )


def skeleton(word: str) -> str:
    """A name's consonants, so that transliterations agree: Mujahid and Mujahed, Mohammed and Muhammad."""
    low = word.lower().replace("q", "k").replace("kh", "h").replace("dh", "d").replace("ph", "f")
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", low))


def same_word(one: str, other: str) -> bool:
    """True for one word in two spellings. Short words must be equal: Osama is not Obama."""
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 2:
        return False
    bones = skeleton(one)
    return len(bones) >= 3 and bones == skeleton(other) and _beat(one) == _beat(other)


def _beat(word: str) -> str:
    """Consonants and vowels in turn: spellings change vowels and do not move them (Bashir, not Bushra)."""
    low = _DOUBLED.sub(r"\1", word.lower().replace("kh", "h"))
    return _DOUBLED.sub(r"\1", "".join("v" if c in "aeiouy" else "c" for c in low if c.isalpha()))


def without_article(name: str) -> str:
    """A lower-case family name without the Arabic article: "al-Hashimi" is "Hashimi" by himself."""
    article, mark, rest = name.partition("-")
    return rest if mark and article in _ARTICLES and len(rest) > 2 else name


class Persons:
    """Persons by their names. A surname alone is the person of that surname who was named last."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.all: list[Entity] = []
        self._by_last: dict[str, list[Entity]] = {}
        self._by_bones: dict[str, list[str]] = {}

    def add(self, name: str) -> Entity | None:
        """The person of this name, made if the Document has not given it before. The fullest name is kept."""
        parts = [p for p in name.replace(".", ". ").split() if p]
        while len(parts) > 1 and parts[-1].lower() in _SUFFIXES:
            parts.pop()
        if not parts or len(self.all) >= MAX_ENTITIES:
            return None
        last, first = without_article(parts[-1].lower()), parts[0].lower() if len(parts) > 1 else ""
        found = self._find(first, last)
        if found is None and not first:
            called = [e for e in self.all if e.first == last]
            found = called[0] if len(called) == 1 else None  # "Jane" is Jane Sanders
        if found is None:
            found = Entity(name=name, kind="person", first=first, last=last)
            if first:
                found.gender = gender(parts, source_words())
            self.all.append(found)
            self._by_last.setdefault(last, []).append(found)
            self._by_bones.setdefault(skeleton(last), []).append(last)
        elif len(name.split()) > len(found.name.split()):
            found.name = name
            if first and not found.first:
                found.first = first
                found.gender = found.gender or gender(parts, source_words())
        found.forms.setdefault(name)
        return found

    def _spellings(self, last: str) -> list[str]:
        if last in self._by_last:
            return [last]
        return [w for w in self._by_bones.get(skeleton(last), ()) if same_word(w, last)][:4]

    def _find(self, first: str, last: str) -> Entity | None:
        for spelling in self._spellings(last):
            for entity in self._by_last[spelling]:
                if (
                    not first
                    or not entity.first
                    or same_word(first, entity.first)
                    or _initial(first, entity.first)
                ):
                    return entity
        return None

    def named(self, last: str) -> list[Entity]:
        """Everybody of this surname, in whatever spelling."""
        return [e for spelling in self._spellings(without_article(last)) for e in self._by_last[spelling]]

    def scan(self) -> None:
        """Find every mention by surname (or by a given name that only one person has)."""
        words = source_words()
        given: dict[str, list[Entity]] = {}
        for entity in self.all:
            if entity.first:
                given.setdefault(entity.first, []).append(entity)
        latest: dict[str, Entity] = {}
        alone: dict[int, int] = {}
        for token in self.view.doc:
            text = visible(token.text)[:MAX_NAME]
            hyphened = "-" in self.view.word[token.i]
            if not hyphened and (
                not text[:1].isupper() or token.pos_ not in ("PROPN", "NOUN", "ADJ", "VERB", "X")
            ):
                continue
            low = without_article(self.view.word[token.i])
            first = max(0, token.i - 2 * self.view.word[token.i].count("-"))
            before = self.view.doc[first - 1] if first > 0 else None
            after = self.view.doc[token.i + 1] if token.i + 1 < len(self.view.doc) else None
            found: Entity | None = None
            if low in self._by_last:
                sharing = self._by_last[low]
                if before is not None and before.text[:1].isupper():
                    lead = before.lower_
                    found = next(
                        (e for e in sharing if e.first and lead and lead in e.name.lower().split()), None
                    )
                    sex = words.gender.get(lead) if lead in words.honorifics else None
                    if found is None and sex:
                        found = next((e for e in sharing if e.gender == sex), None)
                if found is None:
                    # a relative is named in full: the surname alone is whom it stood for most
                    found = max(
                        sharing, key=lambda e: (alone.get(id(e), 0), e is latest.get(low), len(e.name))
                    )
                    alone[id(found)] = alone.get(id(found), 0) + 1
                else:
                    latest[low] = found
            elif len(low) > 4 and token.pos_ == "PROPN" and (spelled := self._spellings(low)):
                found = latest.get(spelled[0]) or self._by_last[spelled[0]][0]
            elif low in given and len(given[low]) == 1 and not (after is not None and after.pos_ == "PROPN"):
                found = given[low][0]
            if found is not None:
                found.mentions.append(self.view.mention(token))
                if text not in found.forms and len(found.forms) < 12:
                    found.forms.setdefault(text)
                if before is not None and before.lower_ in words.honorifics and not found.gender:
                    found.gender = words.gender.get(before.lower_)


def _initial(one: str, other: str) -> bool:
    """True where one given name may be the initial or short form of the other ("J.", "Don", "Donald")."""
    one, other = one.strip("."), other.strip(".")
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= 3)
