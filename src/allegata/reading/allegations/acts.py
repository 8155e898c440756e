"""Acts in a stretch of text: verbs and nouns with a PLOVER root, and whether they are said to be real."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from allegata.reading.allegations.lexicon import lexicon

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NEGATORS = frozenset(
    {"no", "not", "n't", "never", "nobody", "none", "neither", "nothing", "without", "hardly"}
)
_MODALS = frozenset(
    {"would", "could", "may", "might", "will", "should", "must", "can", "shall", "'ll", "wo", "ca", "'d"}
)
_CONDITIONAL = frozenset({"if", "unless", "should", "lest", "once", "until"})
"""Words whose infinitive has happened ("paid a gang to beat")."""
_CLAUSES = frozenset({"relcl", "advcl", "acl"})
_MAX_CLIMB = 40
"""Steps up the tree at the most; parses of hostile text can be very deep."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb or noun that names an act; ``root`` is empty where the lexicon has none for it.

    ``depth`` is how far it stands from the main verb of its stretch.
    """

    token: Token
    root: str
    nominal: bool
    depth: float
    real: bool
    """False where the text puts it in the future, under a condition, or as a mere wish."""
    negated: bool


def find_acts(tokens: Iterable[Token]) -> list[Act]:
    """All acts among ``tokens``, in their order."""
    words = lexicon()
    inside = list(tokens)
    indexes = {t.i for t in inside}
    out: list[Act] = []
    for token in inside:
        pos = token.pos_
        if pos in _VERBAL:
            root = words.verb_root(token)
            nominal = False
        elif pos in _NOMINAL:
            root, nominal = words.noun_root(token), True
        else:
            continue
        if root is None or _is_modifier(token):
            continue
        depth, real, negated = circumstances(token, indexes, nominal)
        out.append(Act(token, root, nominal, depth, real, negated))
    return out


def _is_modifier(token: Token) -> bool:
    """True for a word that only describes a noun ("attack helicopters", "striking miners")."""
    return token.dep_ in ("compound", "nmod", "amod", "npadvmod") and token.head.i > token.i


def circumstances(token: Token, inside: set[int], nominal: bool) -> tuple[float, bool, bool]:
    """How deep the act lies, whether it is real, whether it is negated, by what governs it in the stretch."""
    depth, real, negated = (2.0 if nominal else 0.0), True, False
    here: Token = token
    words = lexicon().context
    for _ in range(_MAX_CLIMB):
        if here.pos_ in _VERBAL or here is token:
            for child in here.children:
                low = child.lower_
                if child.dep_ == "neg" or (low in _NEGATORS and child.i < here.i):
                    negated = True
                elif child.dep_ in ("aux", "advmod", "mark"):
                    conditional = low in _CONDITIONAL and child.dep_ != "aux"
                    conditional = conditional and (low != "once" or child.dep_ == "mark")
                    if conditional or (low in _MODALS and not _is_perfect_past(here, low)):
                        real = False
                elif child.dep_ in ("nsubj", "nsubjpass", "dobj") and _is_nobody(child):
                    negated = True
        elif here.pos_ in _NOMINAL and any(c.lower_ == "no" for c in here.children):
            negated = True
        head = here.head
        if head.i == here.i or head.i not in inside:
            if not nominal and here.tag_ == "VB" and here is token and not _is_done(here):
                # "to attack every convoy" by itself, imperatives; "paid a gang to beat" has its verb inside.
                real = False
            break
        dep = here.dep_
        if dep in _CLAUSES:
            depth += 3.0 if dep == "relcl" else 1.5
            if (
                dep == "advcl"
                and here.tag_ == "VB"
                and _has_to(here)
                and head.lemma_.lower() not in words["causing"]
            ):
                real = False
        elif dep in ("ccomp", "xcomp", "pcomp"):
            depth += 0.5
            if (
                here.tag_ == "VB"
                and _has_to(here)
                and head.lemma_.lower() in words["unreal"]
                and not _has_have(here)
            ):
                real = False
        elif dep == "conj":
            depth += 0.25
        elif dep in ("pobj", "nmod", "appos", "poss"):
            depth += 0.5
        here = head
    return depth, real, negated


def _is_perfect_past(verb: Token, modal: str) -> bool:
    """ "must have shot", "may have sold" speak of something past; "would have shown" of something unreal."""
    return modal in ("may", "might", "must", "can", "could") and _has_have(verb)


def _is_done(verb: Token) -> bool:
    """True for a bare form that an auxiliary or subject makes a statement ("did shoot", "to have shot")."""
    if _has_have(verb):
        return True
    return not _has_to(verb) and any(c.dep_ in ("aux", "nsubj", "nsubjpass") for c in verb.children)


def _has_have(verb: Token) -> bool:
    return any(c.lower_ in ("have", "having", "had") and c.dep_ == "aux" for c in verb.children)


def _has_to(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _is_nobody(noun: Token) -> bool:
    if noun.lower_ in _NEGATORS:
        return True
    return any(c.lower_ in ("no", "not", "neither") for c in noun.children)


def is_finite(verb: Token) -> bool:
    """True for a verb that makes a statement of its own: finite, or with a finite auxiliary."""
    if verb.tag_ in _FINITE:
        return True
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in _FINITE for c in verb.children)
