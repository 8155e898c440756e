"""Words to PLOVER roots: the vocabulary ``plover``, laid out for lookup by lemma."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from allegata.model import PLOVER_ROOTS
from allegata.reading.speakers.words import source_words
from allegata.vocab import load

_OBJECTS = frozenset({"dobj", "nsubjpass", "dative", "attr", "oprd"})
_SUBJECTS = frozenset({"nsubj", "agent"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A root that a verb has only with an object, or a subject, of some kind (and a word of ``near``)."""

    root: str
    objects: frozenset[str]
    subjects: frozenset[str]
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``phrases``, ``frames`` and ``verbs`` by the verb's lemma, ``nouns`` by the noun's, each to roots."""

    verbs: dict[str, str]
    phrases: dict[str, tuple[tuple[frozenset[str], str], ...]]
    frames: dict[str, tuple[Frame, ...]]
    nouns: dict[str, str]
    compounds: dict[str, str]
    light: frozenset[str]
    weak: frozenset[str]
    blamed: frozenset[str]
    hostile: frozenset[str]
    persons: frozenset[str]
    forces: frozenset[str]
    instruments: frozenset[str]
    things: frozenset[str]
    bodies: frozenset[str]
    """Organisations and roles of persons, as the vocabularies of sources have them."""
    context: dict[str, frozenset[str]]
    heads: frozenset[str]
    """Every lemma a verb must have to be looked at."""

    def verb_root(self, verb: Token) -> str | None:
        """The root of the act that ``verb`` names with its particles, objects and subject, if any."""
        lemma = next((w for w in lemmas_of(verb) if w in self.heads), None)
        children = list(verb.children)
        if lemma is None:
            return self._struck_root(children)
        near = near_words(verb, children) if lemma in self.phrases or lemma in self.frames else frozenset()
        if lemma in self.phrases:
            for words, root in self.phrases[lemma]:
                if words <= near:
                    return root
        if lemma in self.frames:
            objects = {w for c in children if c.dep_ in _OBJECTS for w in object_words(c)}
            subjects = {w for c in children if c.dep_ in _SUBJECTS for w in object_words(c)}
            if verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl"):
                objects |= {w for noun in antecedents(verb) for w in object_words(noun)}
            if lemma in self.context["given_with"]:
                objects |= {
                    w for c in children if c.lower_ == "with" for g in c.children for w in object_words(g)
                }
            for frame in self.frames[lemma]:
                if frame.objects & objects and (not frame.near or frame.near & near):
                    return frame.root
            for frame in self.frames[lemma]:
                if frame.subjects & subjects:
                    return frame.root
        if lemma in self.verbs and self._is_literal(lemma, children):
            shown = self.verbs[lemma] == "PROTEST" and any(c.dep_ in ("dobj", "ccomp") for c in children)
            return None if shown else self.verbs[lemma]
        if lemma in self.light:
            for child in children:
                if child.dep_ in ("dobj", "nsubjpass"):
                    light = self.noun_root(child)
                    if light is not None:
                        return light
        return None

    def _is_literal(self, lemma: str, children: Sequence[Token]) -> bool:
        """False for verbs of force in a figure of speech: "fighting to save its firm", "killed the bill"."""
        if any(c.dep_ == "dobj" and c.lower_.endswith(("self", "selves")) for c in children):
            return False
        if lemma not in self.context["figurative"]:
            return True
        harmed = [c for c in children if c.dep_ in _OBJECTS]
        if any(self._is_concrete(c) for c in harmed):
            return True
        if harmed or any(c.dep_ == "xcomp" for c in children):
            return False
        return any(
            c.dep_ in _SUBJECTS and object_words(c) & (self.forces | self.instruments) for c in children
        )

    def _is_concrete(self, noun: Token) -> bool:
        """True for a person, a thing of property, a weapon or anything with a name."""
        if noun.ent_type_ in ("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC") or noun.pos_ in ("PROPN", "PRON"):
            return True
        return bool(object_words(noun) & (self.persons | self.forces | self.things))

    def _struck_root(self, children: Sequence[Token]) -> str | None:
        """Whatever a bomb does to something, it is an ASSAULT ("a glide bomb levelled the ward")."""
        subject = next((c for c in children if c.dep_ == "nsubj"), None)
        if subject is None or subject.lemma_.lower() not in self.instruments:
            return None
        return "ASSAULT" if any(c.dep_ == "dobj" for c in children) else None

    def noun_root(self, noun: Token) -> str | None:
        """The root of the event that ``noun`` names by itself, if it names one."""
        for child in noun.children:
            if child.dep_ in ("compound", "amod"):
                root = self.compounds.get(f"{child.lower_} {noun.lemma_.lower()}")
                if root is not None:
                    return root
        return self.nouns.get(noun.lemma_.lower()) or self.nouns.get(noun.lower_)


def lemmas_of(verb: Token) -> list[str]:
    """The verb's lemma, then what its ending shows, for the lemmatiser's slips ("raping" to "rap")."""
    low = verb.lower_
    out = [verb.lemma_.lower()]
    if low.endswith("ing") and len(low) > 5:
        out += [low[:-3] + "e", low[:-3], low[:-4]]
    elif low.endswith("ed") and len(low) > 4:
        out += [low[:-1], low[:-2], low[:-3]]
    return out


def antecedents(verb: Token) -> list[Token]:
    """The nouns a participle or relative clause may hang on: its head, and what a place there belongs to.

    "A camp in Mastung, Balochistan, which is supported by ...": a parser hangs the clause on the place.
    """
    out = [verb.head]
    here = verb.head
    for _ in range(4):
        if here.dep_ not in ("pobj", "appos", "prep", "conj", "acl") or here.head.i == here.i:
            break
        here = here.head
        if here.pos_ in ("NOUN", "PROPN"):
            out.append(here)
    return out


def near_words(verb: Token, children: Iterable[Token] | None = None) -> frozenset[str]:
    """Lemmas that stand with a verb: its particles, prepositions and objects, with what modifies those."""
    out: set[str] = set()
    for child in verb.children if children is None else children:
        if child.dep_ in ("nsubj", "csubj", "advcl", "ccomp", "relcl") or child.i == verb.i:
            continue
        out.add(child.lemma_.lower())
        for grandchild in child.children:
            if grandchild.dep_ in ("compound", "amod", "pobj", "prep"):
                out.add(grandchild.lemma_.lower())
                out.update(c.lemma_.lower() for c in grandchild.children if c.dep_ == "pobj")
    if verb.i + 1 < len(verb.doc):
        out.add(verb.nbor(1).lower_)
    return frozenset(out)


def object_words(noun: Token) -> set[str]:
    """What an object is, in words that a class may hold: its head, and what it is a number or part of."""
    if noun.dep_ == "agent":
        return {w for c in noun.children if c.dep_ == "pobj" for w in object_words(c)}
    words = {noun.lemma_.lower(), noun.lower_, noun.lower_.removesuffix("s")}
    if noun.ent_type_ in ("PERSON", "MONEY"):
        words.add(noun.ent_type_.lower())
    if noun.lemma_.lower() not in lexicon().persons:
        words |= {c.lemma_.lower() for c in noun.children if c.dep_ == "compound"}
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            words |= {w for c in child.children if c.dep_ == "pobj" for w in (c.lemma_.lower(), c.lower_)}
        elif child.dep_ == "conj":
            words |= {child.lemma_.lower(), child.lower_}
    return words


def _split(text: str) -> list[str]:
    return [w.strip() for w in text.split(",") if w.strip()]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The vocabulary, laid out once a process. Where roots share a word, the more hostile one has it."""
    data, sources = load("plover"), source_words()
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    phrases: dict[str, list[tuple[frozenset[str], str]]] = {}
    for root in PLOVER_ROOTS:
        entry = data[root]
        verbs.update(dict.fromkeys(_split(entry["verbs"]), root))
        nouns.update(dict.fromkeys(_split(entry["nouns"]), root))
        for phrase in _split(entry["phrases"]):
            first, *rest = phrase.split()
            phrases.setdefault(first, []).append((frozenset(rest), root))
    classes = {k: frozenset(_split(v)) for k, v in data["classes"].items()}
    frames: dict[str, list[Frame]] = {}
    for entry in data["frames"]:
        objects = frozenset(w for k in _split(entry.get("objects", "")) for w in classes[k])
        subjects = frozenset(w for k in _split(entry.get("subjects", "")) for w in classes[k])
        for verb in _split(entry["verbs"]):
            frames.setdefault(verb, []).append(
                Frame(entry["root"], objects, subjects, frozenset(_split(entry.get("near", ""))))
            )
    light = frozenset(_split(data["light"]["verbs"]))
    return Lexicon(
        verbs=verbs,
        phrases={k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in phrases.items()},
        frames={k: tuple(v) for k, v in frames.items()},
        nouns=nouns,
        compounds=dict(data["compounds"]),
        light=light,
        weak=frozenset(_split(data["nouns"]["weak"])),
        blamed=frozenset(_split(data["nouns"]["blamed"])),
        hostile=frozenset(_split(data["hostile"]["roots"])),
        persons=classes["persons"],
        forces=classes["forces"],
        instruments=classes["munitions"],
        things=classes["property"] | classes["vehicles"] | classes["weapons"] | classes["fighters"],
        bodies=sources.organisations
        | sources.outlets
        | sources.roles
        | sources.witnesses
        | sources.anonymous,
        context={k: frozenset(_split(v)) for k, v in data["context"].items()},
        heads=frozenset(verbs) | frozenset(phrases) | frozenset(frames) | light,
    )
