"""What is said: the content of a cue verb, construction by construction (the frames of vocab/cues)."""

from __future__ import annotations

from allegata.reading.statements.cues import listed, nouns
from allegata.reading.statements.tree import SUBJECTS, Tree

Range = tuple[int, int]
"""Tokens first..last, both inclusive."""

STOPPERS = frozenset(
    {"as", "while", "after", "before", "when", "although", "though", "since", "who", "which", "but", "and"}
)
BLAME = frozenset({"of", "for", "on", "over", "with"})


def clause(tree: Tree, v: int) -> Range | None:
    """The finite clause that follows the verb: "said [that] ...", "asked whether ..."."""
    for k in tree.kids[v]:
        if k <= v or tree.dep[k] not in ("ccomp", "xcomp", "advcl", "dep", "acl", "relcl", "pcomp"):
            continue
        if tree.dep[k] in ("advcl", "dep", "acl", "relcl") and not _marked(tree, k):
            continue
        if not tree.is_finite(k) and not (tree.dep[k] == "ccomp" and _bare(tree, k)):
            continue
        return _with_noun(tree, v, _begin(tree, v, k), _end(tree, v, k))
    found = _after_that(tree, v)
    if found is None and tree.lemma[v] == "say" and (k := tree.child(v, "acomp")) is not None and k > v:
        return v + 1, tree.right[k]  # "TV says all quiet"
    return found


def _bare(tree: Tree, k: int) -> bool:
    """A clause without a finite verb, as headlines and slips of the tagger have them; no infinitive, no gerund."""
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
            and (tree.dep[i] == "mark" or _doubled(tree, i))
        ):
            return _with_noun(tree, v, i + 1, tree.phrase_end(i + 1, v))
        if tree.tag[i] in ("VBD", "VBZ", "VBP", "MD") or tree.word[i] in (";", ":", ".", '"', "“", "''"):
            return None
    return None


def _doubled(tree: Tree, that: int) -> bool:
    """A "that" read as a relative pronoun, though its clause has that place filled: no relative pronoun at all."""
    return any(k != that and tree.dep[k] == tree.dep[that] for k in tree.kids[tree.head[that]])


def _with_noun(tree: Tree, v: int, first: int, last: int) -> Range:
    """ "refuted a newspaper's report that ...": the noun of saying is part of the content."""
    noun = tree.child(v, "dobj")
    if noun is not None and v < noun < first and tree.word[noun] in nouns():
        return tree.left[noun], last
    return first, last


def _begin(tree: Tree, v: int, clause: int) -> int:
    """Where the content begins: after "that" or "whether", and after the time of speaking before it."""
    first = max(tree.left[clause], v + 1)
    for i in range(first, min(first + 12, tree.n)):
        if tree.word[i] in ("that", "whether") and tree.dep[i] == "mark":
            return i + 1
        if tree.is_verb(i) or tree.dep[i] in ("nsubj", "nsubjpass", "expl"):
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
        if tree.dep[j] not in ("prep", "advmod", "npadvmod", "advcl", "acl"):
            break
        comma = tree.word[tree.left[j] - 1] == ","
        opener = tree.word[tree.left[j]]
        if opener in STOPPERS or (
            comma and (tree.tag[j] in ("VBG", "VBN") or opener not in ("if", "unless", "because"))
        ):
            break
        end = tree.right[j]
    return max(end, k)


def infinitive(tree: Tree, v: int) -> Range | None:
    """ "vowed to attack ..." """
    for k in tree.kids[v]:
        if k > v and tree.dep[k] in ("xcomp", "ccomp", "advcl") and _has_to(tree, k):
            if tree.child(k, "nsubj") is None and not _between(tree, v, k):
                return max(tree.left[k], v + 1), _end(tree, v, k)
    return None


def object_infinitive(tree: Tree, v: int) -> tuple[Range, int] | None:
    """ "urged shopkeepers to stay": the content with the object, and the token where the infinitive begins."""
    thing = tree.child(v, "dobj", "dative")
    for k in tree.kids[v]:
        if k <= v or tree.dep[k] not in ("xcomp", "ccomp", "advcl") or not _has_to(tree, k):
            continue
        own = tree.child(k, "nsubj")
        if own is not None and v < own < k:
            to = next(j for j in tree.kids[k] if tree.tag[j] == "TO")
            return (max(tree.left[k], v + 1), _end(tree, v, k)), to
        if thing is not None and v < thing < k:
            return (tree.left[thing], _end(tree, v, k)), tree.left[k]
    return None


def _has_to(tree: Tree, k: int) -> bool:
    return any(tree.tag[j] == "TO" and j < k for j in tree.kids[k])


def _between(tree: Tree, v: int, k: int) -> bool:
    return any(v < j < k and tree.dep[j] in ("dobj",) for j in tree.kids[v])


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


def thing(tree: Tree, v: int) -> Range | None:
    """The direct object, and the clause of time or place it drags along left out."""
    k = tree.child(v, "dobj")
    if k is None or k < v:
        return None
    return tree.left[k], _complement(tree, v, tree.right[k])


def _complement(tree: Tree, v: int, end: int) -> int:
    """Takes in what the verb has after its object ("praised Cruz for showing ..."), but for time and medium."""
    for j in tree.kids[v]:
        if tree.left[j] != end + 1:
            continue
        if tree.dep[j] not in ("prep", "advcl", "xcomp") or tree.word[j] in (
            "on",
            "during",
            "after",
            "before",
            "since",
            "until",
        ):
            break
        if tree.dep[j] == "prep":
            target = tree.child(j, "pobj")
            if target is not None and (
                tree.entity[target] in ("DATE", "TIME") or tree.word[target] in listed("channels")
            ):
                break
        elif not _has_to(tree, j):
            break
        end = tree.right[j]
    return end


def object_of(tree: Tree, v: int, prepositions: frozenset[str]) -> tuple[int, Range] | None:
    """ "called for talks": the preposition's token and its object."""
    for k in tree.kids[v]:
        if (
            k > v
            and tree.word[k] in prepositions
            and tree.dep[k] in ("prep", "prt", "agent", "advmod", "dative")
        ):
            if k + 1 < tree.n and tree.entity[k + 1] in ("DATE", "TIME"):
                continue
            if tree.right[k] > k:
                return k, (k + 1, _complement(tree, v, tree.right[k]))
            following = next(
                (j for j in tree.kids[v] if j > k and tree.dep[j] in ("pobj", "dobj", "pcomp")), None
            )
            if following is not None:
                return k, (max(k + 1, tree.left[following]), tree.right[following])
    return None


def blamed(tree: Tree, v: int) -> Range | None:
    """ "accused Iran of arming X", "blamed X for Y", "blamed Y on X": object to the end of the act."""
    whom = tree.child(v, "dobj", "dative", "ccomp")
    if whom is None or whom < v:
        return None
    end = -1
    for k in sorted([*tree.kids[v], *tree.kids[whom]]):
        if (
            k > whom
            and tree.dep[k] in ("prep", "agent", "pcomp")
            and tree.word[k] in BLAME
            and tree.right[k] > k
        ):
            end = max(end, tree.right[k])
            break
    if end < 0:
        end = tree.right[whom]
        if not any(tree.word[i] in ("of", "for") for i in range(whom, end)):
            return None
    return tree.left[whom], end


def predicated(tree: Tree, v: int) -> Range | None:
    """ "called it a mistake": the object with what is said of it."""
    for k in tree.kids[v]:
        if k > v and tree.dep[k] in ("oprd", "ccomp", "xcomp", "acomp", "attr") and not _has_to(tree, k):
            if tree.is_finite(k) or tree.tag[k] == "VBG":
                continue
            whom = tree.child(v, "dobj") or tree.child(k, "nsubj")
            if whom is not None and v < whom:
                return min(tree.left[whom], tree.left[k]), max(tree.right[k], tree.right[whom])
    return None


def cited(tree: Tree, v: int) -> Range | None:
    """ "quoted a colonel as saying ...": the whole of it."""
    whom = tree.child(v, "dobj")
    if whom is None or whom < v:
        return None
    for k in sorted([*tree.kids[v], *tree.kids[whom]]):
        if k > whom and tree.right[k] > k and (tree.word[k] == "as" or tree.word[tree.left[k]] == "as"):
            return tree.left[whom], tree.right[k]
    return None


def described(tree: Tree, v: int) -> Range | None:
    """ "described the step as a surprise"."""
    whom = tree.child(v, "dobj")
    if whom is None or whom < v:
        return None
    for k in sorted([*tree.kids[v], *tree.kids[whom]]):
        if (
            k > whom
            and tree.word[k] in ("as", "to", "with")
            and tree.dep[k] in ("prep", "mark", "advcl")
            and tree.right[k] > k
        ):
            return tree.left[whom], tree.right[k]
    return None


def told_of(tree: Tree, v: int) -> Range | None:
    """The object where it is itself a saying: "relayed Tehran's warning that ...", "repeated the charge"."""
    k = tree.child(v, "dobj")
    if k is None or k < v or tree.word[k] not in nouns():
        return None
    if any(tree.dep[j] in ("poss", "acl", "relcl", "ccomp") for j in tree.kids[k]) or any(
        tree.dep[j] == "det" and tree.word[j] in ("the", "that", "this", "these", "those")
        for j in tree.kids[k]
    ):
        return tree.left[k], tree.right[k]
    if any(tree.dep[j] == "prep" and tree.word[j] in ("by", "from", "of", "that") for j in tree.kids[k]):
        return tree.left[k], tree.right[k]
    return None
