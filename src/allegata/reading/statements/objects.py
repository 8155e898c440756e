"""What is said, where it is no clause: objects, what is said of them, sayings passed on (vocab/cues)."""

from __future__ import annotations

from allegata.reading.statements.clauses import DATED, Range, clause, has_to
from allegata.reading.statements.cues import lemmas, listed, nouns, particles
from allegata.reading.statements.tree import Tree


def thing(tree: Tree, v: int) -> Range | None:
    """The direct object, and the clause of time or place it drags along left out."""
    k = tree.child(v, "dobj")
    if k is None or k < v or tree.entity[k] in DATED:
        return None
    if tree.lemma[v] == "question" and (tree.pos[k] == "PRON" or tree.entity[k] == "PERSON"):
        return None  # "were questioning her"
    return tree.left[k], _complement(tree, v, tree.right[k])


def _complement(tree: Tree, v: int, end: int) -> int:
    """Takes in what follows the object ("praised her for showing ..."), but for time and medium."""
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
        elif not has_to(tree, j):
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


def blamed(tree: Tree, v: int, prepositions: frozenset[str]) -> Range | None:
    """ "accused Iran of arming X", "blamed X for Y", "blamed Y on X": object to the end of the act."""
    whom = tree.child(v, "dobj", "dative", "ccomp")
    if whom is None or whom < v:
        return None
    end = -1
    for k in sorted([*tree.kids[v], *tree.kids[whom]]):
        if (
            k > whom
            and tree.dep[k] in ("prep", "agent", "pcomp")
            and tree.word[k] in prepositions
            and tree.right[k] > k
        ):
            end = max(end, tree.right[k])
            break
    if end < 0:
        end = tree.right[whom]
        if not any(tree.word[i] in prepositions for i in range(whom, end)):
            return None
    return tree.left[whom], end


def predicated(tree: Tree, v: int) -> Range | None:
    """ "called it a mistake": the object with what is said of it."""
    for k in tree.kids[v]:
        if k > v and tree.dep[k] in ("oprd", "ccomp", "xcomp", "acomp", "attr") and not has_to(tree, k):
            if tree.is_finite(k) or tree.tag[k] == "VBG":
                continue
            whom = tree.child(v, "dobj")
            whom = tree.child(k, "nsubj") if whom is None else whom
            if whom is not None and v < whom and not tree.word[whom].endswith(("self", "selves")):
                return min(tree.left[whom], tree.left[k]), max(tree.right[k], tree.right[whom])
    things = [
        k for k in tree.children(v, "dative", "dobj") if k > v and tree.pos[k] in ("NOUN", "PROPN", "PRON")
    ]
    if len(things) == 2:  # "branded the leak a forgery"
        return tree.left[things[0]], tree.right[things[1]]
    whom = tree.child(v, "dobj")
    if whom is not None and whom > v:  # 'called the step "a mistake"', with the predicate hung elsewhere
        after = tree.right[whom] + 1
        for i in range(after, min(after + 3, tree.bounds[v][1] - 1)):
            if tree.word[i] in ('"', "“", "''", "``"):
                return tree.left[whom], tree.phrase_end(i + 1, i)
            if tree.pos[i] not in ("DET", "ADV"):
                break
    return None


def cited(tree: Tree, v: int) -> Range | None:
    """ "quoted a colonel as saying ...": the whole of it."""
    whom = tree.child(v, "dobj")
    if whom is None or whom < v:
        return None
    for k in sorted([*tree.kids[v], *tree.kids[whom]]):
        if k > whom and tree.dep[k] == "relcl" and tree.word[k] in lemmas():  # "cited a man who said ..."
            return tree.left[whom], tree.right[whom]
        if k > whom and tree.right[k] > k and (tree.word[k] == "as" or tree.word[tree.left[k]] == "as"):
            return tree.left[whom], max(tree.right[k], _said_after(tree, k))
    return None


def _said_after(tree: Tree, k: int) -> int:
    """Where the clause after "as saying" ends."""
    said = next((i for i in range(k, min(k + 3, tree.n)) if tree.tag[i] == "VBG"), None)
    found = clause(tree, said) if said is not None else None
    return found[1] if found is not None else k


def described(tree: Tree, v: int) -> Range | None:
    """ "described the step as a surprise"."""
    whom = tree.child(v, "dobj")
    if whom is None or whom < v:
        return None
    for k in sorted([*tree.kids[v], *tree.kids[whom]]):
        if (
            k > whom
            and tree.word[k] in (("to", "with") if tree.lemma[v] in ("compare", "liken") else ("as",))
            and tree.dep[k] in ("prep", "mark", "advcl")
            and tree.right[k] > k
        ):
            return tree.left[whom], tree.right[k]
    return None


def told_of(tree: Tree, v: int) -> Range | None:
    """The object where it is itself a saying: "relayed Tehran's warning that ...", "repeated the charge"."""
    k = tree.child(v, "dobj")
    if k is None:  # "passed on his client's denial", the particle read as a preposition
        led = next(
            (j for j in tree.children(v, "prep") if tree.word[j] in particles().get(tree.lemma[v], ())), None
        )
        k = tree.child(led, "pobj") if led is not None else None
    if k is None or k < v:
        return None
    if tree.word[k] in listed("channels") and any(tree.dep[j] == "relcl" for j in tree.kids[k]):
        return tree.left[k], tree.right[k]  # "carried an interview in which ..."
    if tree.word[k] not in nouns():
        return None
    if any(tree.dep[j] in ("poss", "acl", "relcl", "ccomp") for j in tree.kids[k]) or any(
        tree.dep[j] == "det" and tree.word[j] in ("the", "that", "this", "these", "those")
        for j in tree.kids[k]
    ):
        return tree.left[k], tree.right[k]
    if any(tree.dep[j] == "prep" and tree.word[j] in ("by", "from", "of", "that") for j in tree.kids[k]):
        return tree.left[k], tree.right[k]
    return None
