"""Who speaks: the subject of a cue verb, through conjunction, control and what the parser got wrong."""

from __future__ import annotations

from allegata.model import Span
from allegata.reading.statements.cues import listed, nouns
from allegata.reading.statements.tree import Tree

NOBODY = frozenset({"nobody", "none", "no-one", "nothing", "neither", "anybody", "anyone", "whoever"})
TIMES = frozenset({"week", "month", "day", "year", "decade", "moment", "time"})
NOT_A_SOURCE = frozenset({"there", "what", "this", "these", "those", "here"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
OPENERS = frozenset({",", '"', "”", "''", "?", "!", "’", "'", "–", "—", "--"})
"""What stands before a cue that follows its content."""


INVERTED = frozenset({"nsubj", "dobj", "attr", "oprd", "appos", "dep", "npadvmod"})
"""What the parser makes of a speaker after the verb."""
QUOTED = frozenset({'"', "”", "''", "’"})
INVERTING = frozenset({"say", "add", "argue", "insist"})
"""Verbs that take no noun as object, so that one after them is their subject."""


def subject(tree: Tree, verb: int) -> int | None:
    """The head of the noun phrase that is the subject of a verb, in the active."""
    inverted = _inverted(tree, verb)
    if inverted is not None:
        return inverted
    v = verb
    for _ in range(8):
        own = _nearest(tree, v)
        if own is not None and not (own > v and v != verb):
            return own
        dep, head = tree.dep[v], tree.head[v]
        if head == v:
            break
        if dep in ("conj", "dep", "parataxis") and (tree.is_verb(head) or tree.dep[head] == "ROOT"):
            v = head
        elif dep == "xcomp":
            thing = tree.child(head, "dobj", "dative")
            if (
                thing is not None
                and thing < v
                and (tree.lemma[head] in listed("causing") or tree.tag[v] != "VB")
            ):
                return thing
            v = head
        elif dep in ("acomp", "attr"):
            v = head
        elif dep in ("advcl", "pcomp", "prep") and not tree.is_finite(v):
            anchor = head
            if not tree.is_verb(head):
                if tree.word[head] == "as" and (thing := _cited(tree, tree.head[head], head)) is not None:
                    return thing
                anchor = tree.head[head]
            if (
                any(tree.word[k] == "as" for k in tree.kids[v])
                and (thing := _cited(tree, anchor, v)) is not None
            ):
                return thing
            if not tree.is_verb(anchor) or anchor == v:
                break
            v = anchor
        elif dep in ("acl", "relcl") and not tree.is_verb(head):
            return head if tree.pos[head] in ("NOUN", "PROPN", "PRON") else None
        elif dep in ("aux", "auxpass", "ccomp") and tree.is_verb(head) and not tree.is_finite(v):
            v = head
        else:
            break
    return _before(tree, verb)


def _nearest(tree: Tree, v: int) -> int | None:
    """The subject of a verb; of two before it ("BREAKING: X claims") the nearer."""
    own = list(tree.children(v, "nsubj", "nsubjpass"))
    return max((k for k in own if k < v), default=own[0] if own else None)


def _cited(tree: Tree, v: int, before: int) -> int | None:
    """ "quoted a colonel as saying": the colonel says it."""
    if tree.lemma[v] in ("quote", "cite"):
        thing = tree.child(v, "dobj")
        return thing if thing is not None and v < thing < before else None
    return None


def _inverted(tree: Tree, verb: int) -> int | None:
    """ "..., said the minister", whatever the parser made of the minister."""
    first, stop = tree.bounds[verb]
    if verb == first or tree.word[verb - 1] not in OPENERS or not tree.is_finite(verb):
        return None
    own = tree.child(verb, "nsubj")
    if own is not None and not (
        own < verb
        and (tree.word[verb - 1] in QUOTED or (tree.word[verb - 1] == "," and tree.lemma[verb] in INVERTING))
    ):
        return own
    if tree.dep[verb] == "conj" and tree.word[verb - 1] == ",":
        following = tree.kids[verb]
        if (
            not any(k > verb and tree.dep[k] in ("dobj", "npadvmod") for k in following)
            or tree.tag[verb] != "VBD"
        ):
            return None
    for k in tree.kids[verb]:
        if verb < k < verb + 8 and tree.dep[k] in INVERTED and tree.left[k] == verb + 1 and k < stop:
            if tree.pos[k] not in ("PROPN", "NOUN", "PRON", "NUM"):
                continue
            return k if tree.entity[k] not in ("DATE", "TIME") else own
    return own


def _before(tree: Tree, verb: int) -> int | None:
    """The noun phrase right before a verb that the parser gave no subject."""
    if not tree.is_finite(verb) and tree.tag[verb] != "VBG":
        return None
    first = tree.bounds[verb][0]
    if verb - 1 > first and tree.word[verb - 1] == ",":
        return _before_aside(tree, verb, first)
    i = verb - 1
    while i >= first and (tree.pos[i] in ("AUX", "ADV", "PART") or tree.dep[i] in ("aux", "neg", "auxpass")):
        i -= 1
    if i < first or tree.pos[i] not in ("PROPN", "NOUN", "PRON", "DET", "X") or tree.tag[i] == "POS":
        return None
    for _ in range(12):
        h = tree.head[i]
        if h == i or not first <= h < verb or tree.pos[h] not in ("NOUN", "PROPN", "PRON", "ADP"):
            break
        i = h
    if tree.dep[i] == "dobj":  # "lol the ministry said": no object stands between two verbs without a comma
        above = tree.head[i]
        return i if tree.dep[above] == "advcl" and tree.head[above] == verb else None
    return i if tree.pos[i] != "ADP" and tree.dep[i] not in ("pobj", "npadvmod") else None


def _before_aside(tree: Tree, verb: int, first: int) -> int | None:
    """ "General Osei, who commands the brigade, said": the noun before a relative clause between commas."""
    opener = next((i for i in range(verb - 2, max(first, verb - 25), -1) if tree.word[i] == ","), None)
    if opener is None or tree.word[opener + 1] not in ("who", "which", "whose") or not tree.is_finite(verb):
        return None
    i = opener - 1
    comma = next((j for j in range(i, first - 1, -1) if tree.word[j] == ","), first - 1)
    while comma < tree.head[i] < i and tree.pos[tree.head[i]] in ("NOUN", "PROPN", "ADP"):
        i = tree.head[i]
    return i if tree.pos[i] in ("NOUN", "PROPN") else None


def agent(tree: Tree, verb: int) -> int | None:
    """The noun after "by" of a passive."""
    for k in tree.kids[verb]:
        if tree.dep[k] in ("agent", "prep") and tree.word[k] == "by":
            by = tree.child(k, "pobj")
            return by if by is not None and tree.entity[by] not in ("DATE", "TIME") else None
    return None


def phrase(tree: Tree, noun: int, verb: int | None = None) -> Span | None:
    """Characters of the whole noun phrase, without what only says through which medium or when it spoke.

    ``verb`` is the cue; the phrase never reaches over it.
    """
    if tree.word[noun] in RELATIVE and tree.left[noun] == noun:
        return tree.span(noun, noun)
    first, stop = tree.bounds[noun]
    low, high = max(tree.left[noun], first), min(tree.right[noun], stop - 1)
    if verb is not None and low <= verb <= high:
        if verb > noun:
            high = _group(tree, verb, noun)
        else:
            low = verb + 1
    low, high = _from_colon(tree, low, high), _adjuncts(tree, noun, high, verb is None)
    for k in tree.kids[noun]:  # "State television, quoting the ministry, said"
        if noun < k <= high and tree.tag[k] == "VBG" and tree.word[k - 1] == ",":
            high = k - 1
    while low < high and (tree.pos[low] in ("PUNCT", "CCONJ", "SPACE") and tree.dep[low] != "preconj"):
        low += 1
    while high > low and tree.pos[high] in ("PUNCT", "SPACE", "CCONJ") and tree.word[high] != ")":
        high -= 1
    span = tree.span(low, high) if high >= low else None
    return span if span and any(c.isalnum() for c in tree.text[slice(*span)]) else None


def _group(tree: Tree, verb: int, noun: int) -> int:
    """The last token before a verb and its auxiliaries and adverbs."""
    high = verb - 1
    while high > noun and (
        tree.pos[high] == "PUNCT"
        or (
            tree.pos[high] in ("AUX", "ADV", "PART")
            and (tree.head[high] == verb or tree.pos[high + 1] in ("AUX", "ADV"))
        )
        or (tree.dep[high] in ("aux", "neg", "auxpass") and tree.head[high] == verb)
    ):
        high -= 1
    return noun if tree.word[high] in RELATIVE and high > noun else high


def _from_colon(tree: Tree, low: int, high: int) -> int:
    """ "BREAKING: X" is X; so is "Capital, Aug. 24 (Agency) — X"."""
    for i in range(min(high - 1, low + 20), low, -1):
        if tree.word[i] == ":":
            return i + 1
        if tree.word[i] in ("—", "–", "--", "-") and tree.end[i - 1] < tree.start[i]:
            paired = any(tree.word[j] == tree.word[i] for j in range(i + 1, high))
            return low if paired else i + 1  # a pair of dashes encloses an aside
    return low


def _adjuncts(tree: Tree, noun: int, high: int, agentive: bool) -> int:
    """Ends the phrase before its time, its medium, and the act that the parser hung on it."""
    for k in tree.kids[noun]:
        if not noun < k <= high or tree.dep[k] not in ("prep", "npadvmod", "advmod"):
            continue
        target = tree.child(k, "pobj", "pcomp") if tree.dep[k] == "prep" else k
        if target is None:
            continue
        medium = tree.word[target] in listed("channels") and tree.word[k] in (
            "in",
            "on",
            "at",
            "during",
            "via",
            "to",
        )
        act = agentive and tree.word[k] in ("of", "for") and tree.tag[target] == "VBG"
        if tree.entity[target] in ("DATE", "TIME") or medium or act:
            return k - 1
    return high


def can_speak(tree: Tree, noun: int) -> bool:
    """False for subjects that stand for nobody: "there", "nobody", "no official", a bare "what"."""
    if tree.word[noun] in NOBODY or tree.word[noun] in NOT_A_SOURCE:
        return False
    if tree.lemma[noun] in TIMES:  # "the coming weeks will reveal"
        return False
    if tree.word[noun] == "that":
        return tree.dep[noun] in ("nsubj", "nsubjpass") and tree.head[noun] > noun
    return not any(
        tree.dep[k] in ("det", "neg") and tree.word[k] in ("no", "neither") for k in tree.kids[noun]
    )


def is_abstract(tree: Tree, noun: int) -> bool:
    """True for subjects that only bear on a thing: "the presence of a camp raises questions"."""
    word = tree.word[noun]
    if tree.pos[noun] == "PRON":
        return word in ("this", "that", "which")
    return tree.lemma[noun].lower() in listed("abstract") or any(
        cue.name not in ("statement", "belief") for cue in nouns().get(word, ())
    )
