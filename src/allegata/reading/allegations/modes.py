"""PLOVER's mode of an act and its CAMEO code, where the words make them certain (``vocab/modes.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from allegata.reading.allegations.lexicon import lemmas_of, lexicon, near_words, object_words
from allegata.vocab import load

Coded = tuple[str | None, str | None]
"""A mode and a CAMEO code."""

_MEANS = frozenset({"with", "by", "in", "from", "using"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_CARRIED = frozenset({"armed", "wielding", "carrying", "using"})
_FIRING = frozenset(
    {
        "fire",
        "launch",
        "drop",
        "lob",
        "hurl",
        "throw",
        "train",
        "use",
        "detonate",
        "deploy",
        "station",
        "send",
    }
    | {"move", "mass", "position", "place", "dispatch", "turn"}
)
"""Verbs whose object is what the act is done with."""


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: str | None
    cameo: str | None
    words: frozenset[str]
    phrases: tuple[tuple[str, frozenset[str]], ...]
    means: frozenset[str]
    weak: frozenset[str]
    objects: frozenset[str]
    inner: str | None


def find_mode(act: Token, root: str | None) -> Coded:
    """(mode, code) of an act by its verb or noun; None for what is not certain."""
    if not root:
        return None, None
    entries, code = _entries().get(root, ()), load("modes")["roots"].get(root)
    found = _certain(act, entries)
    return (found.mode, found.cameo or (code if found.mode is None else None)) if found else (None, code)


def _certain(act: Token, entries: tuple[_Entry, ...]) -> _Entry | None:
    names = _names(act)
    near = near_words(act)
    done_to: set[str] | None = None
    for entry in entries:
        said = bool(names & entry.words) or any(v in names and rest <= near for v, rest in entry.phrases)
        if said and entry.objects:
            done_to = _done_to(act) if done_to is None else done_to
            said = bool(done_to & entry.objects)
        if said:
            return entry
    means = _means(act)
    matched = [(e, means & e.means) for e in entries if means & e.means]
    compound = [e for e, words in matched if any(" " in w for w in words)]
    by_means = compound or [e for e, _ in matched]  # a suicide bomber is no bomber
    if by_means:
        return by_means[0] if len({e.mode for e in by_means}) == 1 else None
    for entry in entries:
        if names & entry.weak or (entry.inner is not None and entry.inner in _threatened(act)):
            return entry
    return None


def _names(act: Token) -> set[str]:
    """The act's own word, in the forms in which an entry may have it, and with what stands before it."""
    forms = {*lemmas_of(act), act.lower_}
    for child in act.children:
        if child.dep_ in ("compound", "amod", "nmod") and child.i == act.i - 1:
            forms |= {f"{child.lower_} {form}" for form in tuple(forms)}
    return forms | {_plain(act.lower_)}


def _plain(word: str) -> str:
    """ "bombings" as "bombing": the lemmatiser leaves some plurals as they are."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _done_to(act: Token) -> set[str]:
    return {w for c in act.children if c.dep_ in _OBJECTS for w in object_words(c)}


def _means(act: Token) -> set[str]:
    """Words for who or what does it, and with what."""
    out: set[str] = set()
    fires = act.lemma_.lower() in _FIRING
    for child in act.children:
        if child.dep_ == "nsubj" or (child.dep_ in _OBJECTS and fires):
            out |= _thing(child)
        elif child.dep_ in ("prep", "agent") and child.lower_ in _MEANS:
            out |= {w for c in child.children if c.dep_ in ("pobj", "pcomp") for w in _thing(c)}
        elif child.dep_ in ("advcl", "acl", "prep") and child.lower_ in _CARRIED:
            out |= {w for c in child.subtree if c.dep_ in ("dobj", "pobj") for w in _thing(c)}
        elif child.dep_ == "compound":
            out.add(child.lemma_.lower())
    if act.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in act.children):
        out |= {w for c in act.head.children if c.dep_ == "nsubj" for w in _thing(c)}
    return out


def _thing(noun: Token) -> set[str]:
    """A noun with what stands before it, what it is a number of, and what it carries."""
    out = {noun.lemma_.lower(), _plain(noun.lower_)}
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "nmod") and child.i == noun.i - 1:
            out.add(f"{child.lower_} {_plain(noun.lower_)}")
        elif child.dep_ == "conj":
            out |= {child.lemma_.lower(), _plain(child.lower_)}
        elif child.dep_ == "prep" and child.lower_ == "of":
            out |= {w for c in child.children if c.dep_ == "pobj" for w in (c.lemma_.lower(), c.lower_)}
        elif child.dep_ == "acl" and child.lower_ in _CARRIED:
            out |= {w for c in child.subtree if c.dep_ in ("dobj", "pobj") for w in _thing(c)}
    return out


def _threatened(act: Token) -> set[str]:
    """The root, and "root:mode", of the act that somebody threatens with."""
    out: set[str] = set()
    for child in act.children:
        if child.dep_ in ("xcomp", "ccomp"):
            root = lexicon().verb_root(child)
            if root is not None and root != "THREATEN":
                out |= {root, f"{root}:{find_mode(child, root)[0]}"}
    return out


def _split(text: str) -> list[str]:
    return [w.strip() for w in text.split(",") if w.strip()]


@lru_cache(maxsize=1)
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """The entries of each root, in their order."""
    classes = load("plover")["classes"]
    out: dict[str, list[_Entry]] = {}
    for row in load("modes")["modes"]:
        objects = [w for o in _split(row.get("objects", "")) for w in _split(classes.get(o, o))]
        parts = [p.split() for p in _split(row.get("phrases", ""))]
        out.setdefault(row["root"], []).append(
            _Entry(
                row.get("mode"),
                row.get("cameo"),
                frozenset(_split(row.get("verbs", "")) + _split(row.get("nouns", ""))),
                tuple((first, frozenset(rest)) for first, *rest in parts),
                frozenset(_split(row.get("means", ""))),
                frozenset(_split(row.get("weak", ""))),
                frozenset(objects),
                row.get("inner"),
            )
        )
    return {root: tuple(rows) for root, rows in out.items()}
