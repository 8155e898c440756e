"""What the parser gets wrong around cues, mended before anything is read."""

from __future__ import annotations

from functools import lru_cache

from allegata.reading.statements.cues import lemmas, nouns, senses
from allegata.reading.statements.tree import Tree

CLIMB = 12
"""How far up the tree an attachment is followed."""
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


def repair(tree: Tree) -> None:
    known = lemmas()
    for v, word in enumerate(tree.word):
        lemma = known.get(word)
        if lemma not in saying():
            continue
        if _is_mistagged(tree, v):
            _make_verb(tree, v)
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
    nxt = v + 1
    if tree.word[nxt] == ":" and nxt + 1 < tree.bounds[v][1]:
        return
    k = tree.head[nxt] if tree.word[nxt] == "that" else -1
    if k > v and k != tree.head[k] and tree.is_verb(k):
        tree.hang(k, v, "ccomp")
        tree.right[v] = max(tree.right[v], tree.right[k])


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
    if any(tree.dep[k] in ("nsubj", "nsubjpass", "expl") for k in tree.kids[v]):
        return
    h = tree.head[v]
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
            and _tense(tree, g) == _tense(tree, v)
            and (_has_clause(tree, v) or not (tree.is_verb(h) and _tense(tree, h) == _tense(tree, v)))
        ):
            tree.cut(v, g, "conj")
            return
        i = g


def _has_clause(tree: Tree, v: int) -> bool:
    return tree.child(v, "ccomp") is not None or (
        v + 1 < tree.n and tree.word[v + 1] in ("that", '"', "“", "''")
    )


def _tense(tree: Tree, v: int) -> str:
    for k in tree.kids[v]:
        if tree.dep[k] in ("aux", "auxpass") and k < v:
            return tree.word[k]
    return tree.tag[v]
