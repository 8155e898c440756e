"""What is said, where it is a clause: finite, infinitive or gerund (frames of vocab/cues)."""

from __future__ import annotations

from allegata.reading.statements.cues import lemmas, nouns
from allegata.reading.statements.tree import SUBJECTS, Tree

Range = tuple[int, int]
"""Tokens first..last, both inclusive."""

ADDED = frozenset({"while", "whereas", "though", "although", "despite", "compared", "notwithstanding"})
ADVERBIAL = frozenset({"as", "while", "after", "before", "because", "since", "although", "though", "until"})
DATED = frozenset({"DATE", "TIME"})
LONG = 150
"""Tokens of a clause that are looked through for its tail."""
SHIFTED = frozenset({"would", "could", "might", "had", '"', "“", "''"})
"""What shows that a clause after "said ..., but" is still reported: tenses moved back, quotation marks."""
STOPPERS = frozenset(
    {"as", "while", "after", "before", "when", "although", "though", "since", "who", "which", "but", "and"}
)


def clause(tree: Tree, v: int) -> Range | None:
    """The finite clause that follows the verb: "said [that] ...", "asked whether ..."."""
    for k in tree.kids[v]:
        if k <= v or tree.dep[k] not in ("ccomp", "xcomp", "advcl", "dep", "acl", "relcl", "pcomp"):
            continue
        if tree.dep[k] in ("advcl", "dep", "acl", "relcl") and not _marked(tree, k):
            continue
        if any(tree.dep[j] == "mark" and tree.word[j] in ADVERBIAL for j in tree.kids[k]):
            continue
        if not tree.is_finite(k) and not (tree.dep[k] == "ccomp" and _bare(tree, k)):
            continue
        return _with_noun(tree, v, _begin(tree, v, k), _end(tree, v, k))
    found = _after_that(tree, v)
    if found is None and tree.lemma[v] == "say":
        state = tree.child(v, "acomp")  # "TV says all quiet"
        return (v + 1, tree.right[state]) if state is not None and state > v else _unhung(tree, v)
    return found


def _unhung(tree: Tree, v: int) -> Range | None:
    """ "as saying guards fired ...": a clause right after the verb that the parser took apart."""
    stop = tree.bounds[v][1]
    if v + 2 >= stop or tree.pos[v + 1] not in ("DET", "PRON", "NOUN", "PROPN", "ADJ", "NUM"):
        return None
    if tree.entity[v + 1] in DATED:
        return None
    for i in range(v + 2, min(stop, v + 20)):
        if tree.tag[i] in ("VBD", "VBZ", "VBP", "MD"):
            last = max(tree.right[i], i)
            return v + 1, min(_tail(tree, i, last), stop - 1)
        if tree.word[i] in (",", ";", ":", "who", "which", "as", "while", "when", "after", '"', "“", "''"):
            return None
    return None


def _bare(tree: Tree, k: int) -> bool:
    """A clause without a finite verb, as headlines have them; no infinitive, no gerund."""
    if tree.tag[k] == "VBG" or any(tree.tag[j] == "TO" for j in tree.kids[k]):
        return False
    return tree.child(k, "nsubj", "nsubjpass", "expl") is not None


def _marked(tree: Tree, k: int) -> bool:
    return tree.word[tree.left[k]] in ("that", "whether")


def _after_that(tree: Tree, v: int) -> Range | None:
    """A "that" clause which the parser hung elsewhere."""
    if tree.dep[v] == "pcomp":
        return None
    stop = tree.bounds[v][1]
    for i in range(v + 1, min(v + 16, stop - 1)):
        if (
            tree.word[i] == "that"
            and tree.tag[i] in ("IN", "WDT")
            and (tree.tag[i] == "IN" or _doubled(tree, v, i))
        ):
            return _with_noun(tree, v, i + 1, tree.phrase_end(i + 1, v))
        if tree.tag[i] == "VBG" and tree.word[i - 1] == ",":
            return None
        if tree.tag[i] in ("VBD", "VBZ", "VBP", "MD") or tree.word[i] in (";", ":", ".", '"', "“", "''"):
            return None
    return None


def _doubled(tree: Tree, v: int, that: int) -> bool:
    """A "that" read as a relative pronoun, though its clause is full or the verb has nothing else to say."""
    inner = [k for k in tree.kids[tree.head[that]] if k != that]
    if any(tree.dep[k] == tree.dep[that] for k in inner):
        return True
    return tree.child(v, "dobj") is None and any(tree.dep[k] in SUBJECTS and k > that for k in inner)


def _with_noun(tree: Tree, v: int, first: int, last: int) -> Range:
    """ "refuted a newspaper's report that ...": the noun of saying is part of the content."""
    noun = tree.child(v, "dobj")
    if noun is not None and v < noun < first and tree.word[noun] in nouns():
        return tree.left[noun], last
    return first, last


def _begin(tree: Tree, v: int, clause: int) -> int:
    """Where the content begins: after "that" or "whether", and after the time of speaking before it."""
    first = max(tree.left[clause], v + 1)
    for i in range(v + 1, min(first, v + 12)):  # "told agents that sometime last week, he realised"
        if tree.word[i] == "that" and tree.dep[i] == "mark":
            return i + 1
        if tree.tag[i] in ("VBD", "VBZ", "VBP", "MD"):
            break
    for i in range(first, min(first + 12, tree.n)):
        if tree.word[i] in ("that", "whether") and tree.dep[i] == "mark":
            return i + 1
        if tree.is_finite(i) or tree.dep[i] in ("nsubj", "nsubjpass", "expl"):
            break
    if (
        tree.word[first] == "if"
        and tree.dep[first] == "mark"
        and tree.lemma[v] in ("ask", "know", "wonder", "see", "say")
    ):
        return first + 1
    own = next((k for k in tree.kids[clause] if tree.dep[k] in SUBJECTS), clause)
    i = first
    while i < min(first + 5, tree.left[own], tree.n - 1) and (
        (tree.entity[i] in ("DATE", "TIME") and tree.dep[i] not in ("nsubj", "poss", "nsubjpass"))
        or (
            i + 1 < tree.n
            and tree.word[i] in ("on", "late", "early", "in")
            and tree.entity[i + 1] in ("DATE", "TIME")
        )
        or (tree.word[i] in ("late", "early") and tree.word[i + 1] == "on")
    ):
        i += 1
    return i


def _end(tree: Tree, v: int, k: int) -> int:
    """Where the clause ends: what the parser hung on the verb after it belongs to it, up to a new clause."""
    end = tree.right[k]
    for j in tree.kids[v]:
        if tree.left[j] <= end or tree.dep[j] == "punct":
            continue
        if tree.dep[j] == "conj" and _goes_on(tree, v, j):
            end = tree.right[j]
            continue
        if tree.dep[j] == "cc":
            continue
        if tree.dep[j] not in ("prep", "advmod", "npadvmod", "advcl", "acl"):
            break
        comma = tree.word[tree.left[j] - 1] == ","
        opener = tree.word[tree.left[j]]
        if opener in STOPPERS or (
            comma and (tree.tag[j] in ("VBG", "VBN") or opener not in ("if", "unless", "because"))
        ):
            break
        end = tree.right[j]
    return _tail(tree, max(tree.left[k], v), max(end, k))


def _goes_on(tree: Tree, v: int, j: int) -> bool:
    """ "said A, but B would follow": a second clause with a subject of its own that attributes nothing."""
    own = tree.child(j, "nsubj", "nsubjpass", "expl")
    if own is None or own > j or tree.word[j] in lemmas() or tree.tag[v] == "VBG":
        return False
    return any(
        tree.word[i] in SHIFTED for i in range(tree.left[j], min(tree.right[j] + 1, tree.left[j] + LONG))
    )


def _tail(tree: Tree, first: int, end: int) -> int:
    """Ends a reported clause before what the writer adds after a comma or dash: ", while others ..."."""
    for i in range(first + 1, min(end, first + LONG)):
        if tree.word[i] == ";":
            return i - 1
        if tree.word[i] in (",", "–", "—", "-", "--") and (
            tree.word[i + 1] in ADDED
            or (tree.word[i + 1] == "as" and tree.dep[i + 1] == "mark")
            or (tree.word[i] != "," and tree.word[i + 1] in ("and", "but", "a", "an"))
        ):
            return i - 1
    return end


def infinitive(tree: Tree, v: int) -> Range | None:
    """ "vowed to attack ..." """
    for k in tree.kids[v]:
        fits = k > v and tree.dep[k] in ("xcomp", "ccomp", "advcl") and has_to(tree, k)
        if fits and tree.child(k, "nsubj") is None and not _between(tree, v, k):
            return max(tree.left[k], v + 1), _end(tree, v, k)
    return None


def object_infinitive(tree: Tree, v: int) -> tuple[Range, int] | None:
    """ "urged shopkeepers to stay": the content with the object, and where the infinitive begins."""
    thing = tree.child(v, "dobj", "dative")
    for k in tree.kids[v]:
        if k <= v or tree.dep[k] not in ("xcomp", "ccomp", "advcl") or not has_to(tree, k):
            continue
        own = tree.child(k, "nsubj")
        if own is not None and v < own < k:
            to = next(j for j in tree.kids[k] if tree.tag[j] == "TO")
            return (max(tree.left[k], v + 1), _end(tree, v, k)), to
        if thing is not None and v < thing < k:
            return (tree.left[thing], _end(tree, v, k)), tree.left[k]
    return None


def has_to(tree: Tree, k: int) -> bool:
    return any(tree.tag[j] == "TO" and j < k for j in tree.kids[k])


def _between(tree: Tree, v: int, k: int) -> bool:
    return any(v < j < k and tree.dep[j] == "dobj" and tree.entity[j] not in DATED for j in tree.kids[v])


def gerund(tree: Tree, v: int) -> Range | None:
    """ "denied arming ..." """
    for k in tree.kids[v]:
        if v < k and tree.dep[k] in ("xcomp", "ccomp", "dobj", "pcomp") and tree.left[k] <= v + 2:
            verbal = tree.tag[k] == "VBG" or any(
                tree.tag[j] == "VBG" and tree.dep[j] in ("aux", "auxpass") for j in tree.kids[k]
            )
            if verbal:
                return max(tree.left[k], v + 1), tree.right[k]
    return None
