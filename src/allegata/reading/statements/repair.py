"""What the parser gets wrong around cues, mended before anything is read."""

from __future__ import annotations

from functools import lru_cache

from allegata.reading.statements.cues import lemmas, nouns, senses
from allegata.reading.statements.tree import Tree

CLIMB = 12
"""How far up the tree an attachment is followed."""
REACH = 25
"""Tokens between a comma and the verb of saying that ends its sentence."""
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
ASIDE = frozenset({",", '"', "”", "''", "—", "–", "-", "--", "’"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"})


@lru_cache(maxsize=1)
def saying() -> frozenset[str]:
    """Verbs that report words or findings in a clause of their own."""
    return frozenset(
        lemma
        for (lemma, particle), found in senses().items()
        if not particle and any(s.kind in ("speech", "finding") and "clause" in s.frames for s in found)
    )


@lru_cache(maxsize=1)
def speaking() -> frozenset[str]:
    """Verbs that attribute in any construction, attitudes aside."""
    return saying() | {
        lemma for (lemma, _), found in senses().items() if any(s.kind == "speech" for s in found)
    }


@lru_cache(maxsize=1)
def following() -> frozenset[str]:
    """Verbs that may follow what they report."""
    return frozenset(
        lemma for (lemma, _), found in senses().items() if any("paren" in s.frames for s in found)
    )


def repair(tree: Tree) -> None:
    known = lemmas()
    for v, word in enumerate(tree.word):
        lemma = known.get(word)
        if lemma is None:
            continue
        if lemma not in speaking():
            continue
        if (
            tree.tag[v] == "VBN"
            and tree.dep[v] == "acl"
            and tree.dep[tree.head[v]] == "ROOT"
            and tree.child(v, "dobj", "ccomp") is not None
        ):
            tree.tag[v] = "VBD"  # a participle has no object of its own: "the minister repeated his claim"
        if _is_mistagged(tree, v):
            _make_verb(tree, v)
        if tree.pos[v] == "VERB" and tree.is_finite(v) and lemma in following():
            _hang_speaker(tree, v)
        if tree.pos[v] != "VERB" or tree.head[v] == v:
            continue
        if tree.tag[v] == "VBG":
            _hang_participle(tree, v)
        elif tree.dep[v] == "conj":
            _hang_conjunct(tree, v)


def _is_mistagged(tree: Tree, v: int) -> bool:
    """ "A daily reports that ...", "Some allege that ...", "My uncle texts: ..." read as nouns."""
    word = tree.word[v]
    first, stop = tree.bounds[v]
    if v == first or v + 2 >= stop or tree.dep[v] in ("aux", "auxpass", "amod") or word.endswith("ing"):
        return False
    if any(tree.dep[k] in ("nsubj", "nsubjpass", "aux", "auxpass") and k < v for k in tree.kids[v]):
        return False
    following = tree.word[v + 1]
    noun = tree.pos[v] in ("NOUN", "PROPN", "ADJ", "X")
    if tree.is_verb(v) and tree.tag[v] in ("VBZ", "VBP", "VBD"):
        return (
            any(tree.dep[k] in ("det", "nmod", "poss") and k < v for k in tree.kids[v])
            and v - 1 > tree.left[v]
        )
    if not noun or tree.pos[v - 1] not in NOMINAL or tree.tag[v - 1] in ("PRP$", "POS", "IN", "CD"):
        return False
    if tree.pos[v - 1] in ("ADJ", "DET") and word in nouns():
        return False
    if any(tree.is_finite(i) for i in range(max(first, v - 30), v)):
        return False
    if following == "that":
        return word not in nouns() or (word.endswith("s") and tree.tag[v - 1] in ("NN", "NNP"))
    if following == ":":
        return word.endswith(("s", "ed")) and tree.pos[v - 1] in ("NOUN", "PROPN", "PRON")
    return word not in nouns() and word.endswith(("s", "ed")) and tree.pos[v - 1] == "PROPN"


def _make_verb(tree: Tree, v: int) -> None:
    """Makes ``v`` a finite verb, what stands before it its subject, the clause after it its content."""
    word = tree.word[v]
    tree.pos[v] = "VERB"
    if tree.tag[v] not in ("VBZ", "VBP", "VBD"):
        tree.tag[v] = "VBZ" if word.endswith("s") else "VBD" if word.endswith("ed") else "VBP"
    s = v - 1
    for _ in range(CLIMB):
        h = tree.head[s]
        if h == s or h >= v or tree.pos[h] not in (*NOMINAL, "ADP"):
            break
        s = h
    if tree.head[s] == v and tree.pos[tree.head[v]] == "ADP" and tree.head[v] < v:  # "uncle in Kherson texts"
        above = tree.head[tree.head[v]]
        if tree.bounds[v][0] <= above < v and tree.pos[above] in NOMINAL:
            tree.hang(s, tree.head[v], "pobj")
            s = above
    if tree.pos[s] == "ADP":
        s = v - 1
    if tree.head[v] < v and tree.head[v] >= tree.left[s]:  # the verb must not hang below its own subject
        tree.hang(v, tree.head[s] if tree.head[s] not in (s, v) else v, "ROOT")
    low = min(tree.left[v], tree.left[s])
    for k in [
        k
        for k in tree.kids[v]
        if k < v and k != s and tree.dep[k] in ("det", "amod", "nmod", "compound", "poss", "nummod", "advmod")
    ]:
        tree.hang(k, s, tree.dep[k])
    tree.hang(s, v, "nsubj")
    tree.left[s], tree.right[s] = max(low, tree.bounds[v][0]), v - 1
    thing = next(
        (k for k in tree.kids[v] if k > v and tree.dep[k] in ("appos", "dep") and tree.pos[k] == "NOUN"), None
    )
    if thing is not None:
        tree.dep[thing] = "dobj"
    nxt = v + 1
    if tree.word[nxt] == ":" and nxt + 1 < tree.bounds[v][1]:
        return
    k = tree.head[nxt] if tree.word[nxt] == "that" else -1
    if k > v and k != tree.head[k] and tree.is_verb(k):
        tree.hang(k, v, "ccomp")
        tree.right[v] = max(tree.right[v], tree.right[k])


def _hang_speaker(tree: Tree, v: int) -> None:
    """ "..., killing nine, the union's secretary said." where the secretary was hung on the nine."""
    own = tree.child(v, "nsubj", "nsubjpass")
    low, stop = tree.bounds[v]
    last = v - 1
    while last > low and (tree.pos[last] in ("AUX", "ADV", "PART") or tree.dep[last] in ("aux", "neg")):
        last -= 1
    comma = next((i for i in range(last, max(low, last - REACH), -1) if tree.word[i] == ","), None)
    if comma is None or comma == last or (own is not None and own > comma) or not _ends_clause(tree, v, stop):
        return
    if not any(tree.is_finite(i) for i in range(max(low, comma - 40), comma)):
        return
    first = comma + 1
    if tree.pos[first] not in ("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM") or tree.word[first] in RELATIVE:
        return
    root = next((i for i in range(first, last + 1) if not first <= tree.head[i] <= last), None)
    if (
        root is None
        or tree.pos[root] not in ("NOUN", "PROPN", "PRON", "NUM")
        or tree.entity[root] in ("DATE", "TIME")
    ):
        return
    if any(tree.is_finite(i) and not _in_relative(tree, i, root) for i in range(first, last + 1)):
        return
    tree.hang(root, v, "nsubj")
    tree.left[root], tree.right[root] = first, last


def _ends_clause(tree: Tree, v: int, stop: int) -> bool:
    """True where no clause follows that the verb might report."""
    for i in range(v + 1, min(stop, v + REACH)):
        if tree.word[i] in (",", ";", "as", "while", "when", "after", "before", "but"):
            return True
        if tree.word[i] in ("that", ":", '"', "“", "''") or tree.tag[i] in ("VBD", "VBZ", "VBP", "MD"):
            return False
    return True


def _in_relative(tree: Tree, i: int, root: int) -> bool:
    """True where a verb stands in a relative clause of the noun."""
    for _ in range(CLIMB):
        if tree.dep[i] in ("relcl", "acl"):
            return True
        if i == root or tree.head[i] == i:
            return False
        i = tree.head[i]
    return False


def _hang_participle(tree: Tree, v: int) -> None:
    """ "X accused Y of ramming Z, calling it W": "calling" belongs to the outermost cue, not to "ramming"."""
    if tree.dep[v] not in ("advcl", "acl", "conj", "xcomp", "ccomp", "dep", "prep", "pobj"):
        return
    first = v
    while first > tree.bounds[v][0] and tree.pos[first - 1] == "ADV" and tree.word[first - 1] not in ASIDE:
        first -= 1
    if first == tree.bounds[v][0] or tree.word[first - 1] not in ASIDE:
        return
    if any(tree.dep[k] in ("aux", "nsubj") for k in tree.kids[v]):
        return
    top = _outermost(tree, v)
    if top is None and tree.dep[v] == "acl" and tree.pos[tree.head[v]] in ("NOUN", "PROPN"):
        top = _verb_above(tree, v)
    if top is not None and top < v and top != tree.head[v]:
        tree.cut(v, top, "advcl")


def _outermost(tree: Tree, v: int) -> int | None:
    """The highest verb of saying above ``v`` whose complement ``v`` stands in."""
    found = None
    i = v
    for _ in range(CLIMB):
        h = tree.head[i]
        if h == i:
            break
        if h < v and tree.is_verb(h) and lemmas().get(tree.word[h]) in saying() and tree.is_finite(h):
            found = h
        i = h
    return found


def _verb_above(tree: Tree, v: int) -> int | None:
    i = tree.head[v]
    for _ in range(CLIMB):
        if tree.is_verb(i):
            return i
        if tree.head[i] == i:
            return None
        i = tree.head[i]
    return None


def _hang_conjunct(tree: Tree, v: int) -> None:
    """ "said that A, and added that B": "added" belongs to "said", not to the verb of A."""
    h = tree.head[v]
    own = tree.child(v, "nsubj", "nsubjpass", "expl")
    if own is not None and not (_has_clause(tree, v) and _after_comma(tree, tree.left[own], h)):
        return
    if lemmas().get(tree.word[h]) in saying() and tree.is_verb(h) and tree.dep[h] != "ccomp":
        return
    i = h
    for _ in range(CLIMB):
        g = tree.head[i]
        if g == i:
            return
        if (
            tree.dep[i] in ("ccomp", "xcomp", "advcl")
            and tree.is_verb(g)
            and g < i
            and lemmas().get(tree.word[g]) in saying()
            and _tense(tree, v) in (_tense(tree, g), "VBN")
            and (_has_clause(tree, v) or not (tree.is_verb(h) and _tense(tree, h) == _tense(tree, v)))
        ):
            tree.cut(v, g, "conj")
            return
        i = g


def _after_comma(tree: Tree, first: int, h: int) -> bool:
    """ "..., and others said": a comma and a conjunction before the second speaker."""
    return first - 2 > h and tree.word[first - 2] == "," and tree.word[first - 1] in ("and", "but", "while")


def _has_clause(tree: Tree, v: int) -> bool:
    return tree.child(v, "ccomp") is not None or (
        v + 1 < tree.n and tree.word[v + 1] in ("that", '"', "“", "''")
    )


def _tense(tree: Tree, v: int) -> str:
    for k in tree.kids[v]:
        if tree.dep[k] in ("aux", "auxpass") and k < v:
            return tree.word[k]
    return tree.tag[v]
