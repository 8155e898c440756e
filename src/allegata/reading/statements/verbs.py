"""Verbs that attribute: for each, the construction it stands in, its source and its content."""

from __future__ import annotations

from collections.abc import Iterator

from allegata.reading.statements import clauses, objects
from allegata.reading.statements.asides import around, interrupts, zone
from allegata.reading.statements.clauses import Range
from allegata.reading.statements.cues import Sense, inflect, lemmas, listed, nouns, particles, senses
from allegata.reading.statements.drafts import Draft
from allegata.reading.statements.passives import is_passive, passive
from allegata.reading.statements.sources import OPENERS, RELATIVE, can_speak, is_abstract, phrase, subject
from allegata.reading.statements.tree import Tree

ADDRESSED = frozenset({"ask", "tell", "remind", "promise"})
"""Verbs whose object with an infinitive is who hears it, not part of what is asked."""
DATED = frozenset({"DATE", "TIME"})

Found = tuple[Sense, str, list[Range], int | None]
"""Sense, frame, content, and the last token of the cue where it is longer than the verb."""


def find_verbs(tree: Tree) -> Iterator[Draft]:
    """One draft at most for each verb. Those without content may still be given a quotation."""
    known, by_lemma, with_particle = lemmas(), senses(), particles()
    for v, word in enumerate(tree.word):
        lemma = known.get(word)
        if lemma is None or not _is_cue(tree, v) or is_unsaid(tree, v):
            continue
        particle = _particle(tree, v, with_particle.get(lemma, frozenset()))
        found = by_lemma.get((lemma, tree.word[particle] if particle is not None else ""))
        if not found or (_is_purely_infinitive(tree, v) and not any(s.kind == "speech" for s in found)):
            continue
        if is_passive(tree, v) and not _trails(tree, v, found):
            first, last = cue_range(tree, v)
            draft = passive(tree, v, lemma, found, (first, max(last, particle or 0)))
        else:
            draft = _active(tree, v, lemma, found, particle)
        if draft is not None:
            yield draft


def _is_cue(tree: Tree, v: int) -> bool:
    if tree.pos[v] not in ("VERB", "AUX") or tree.dep[v] in (
        "amod",
        "compound",
        "aux",
        "auxpass",
        "case",
        "prep",
    ):
        return False
    if tree.dep[v] == "pcomp" and tree.word[tree.head[v]] == "under":  # "admitted under questioning"
        return False
    # "if he says so": nobody has said it
    return not any(tree.dep[k] == "mark" and tree.word[k] in ("if", "unless", "lest") for k in tree.kids[v])


def _is_purely_infinitive(tree: Tree, v: int) -> bool:
    """ "met them to find out": thoughts and findings that somebody was after."""
    return tree.dep[v] in ("advcl", "xcomp", "acl") and any(tree.tag[k] == "TO" for k in tree.kids[v])


def is_unsaid(tree: Tree, v: int) -> bool:
    """What nobody has carried out: "plans to say", "a decision to deny"; orders: "Say that ..."."""
    if tree.tag[v] != "VB":
        return False
    if any(tree.dep[k] == "aux" and tree.tag[k] == "TO" for k in tree.kids[v]):
        if tree.dep[v] in ("xcomp", "ccomp"):
            return not (_governs(tree, tree.head[v], v) or _is_purpose(tree, tree.head[v], v))
        return tree.dep[v] in ("acl", "relcl")
    return tree.child(v, "aux", "nsubj") is None and tree.dep[v] != "conj"


def _is_purpose(tree: Tree, g: int, v: int) -> bool:
    """ "used a speech to accuse Beijing": the subject of the first verb did it."""
    thing = tree.child(g, "dobj")
    return thing is not None and g < thing < v and tree.lemma[g] not in listed("causing")


def _trails(tree: Tree, v: int, found: tuple[Sense, ...]) -> bool:
    """ "..., two dailies reported on Wednesday." read as "two dailies [that were] reported"."""
    if tree.dep[v] != "acl" or tree.child(v, "auxpass", "agent") is not None:
        return False
    if tree.word[v] != inflect(lemmas()[tree.word[v]])[2]:  # "written" is no past tense
        return False
    low = tree.left[tree.head[v]]
    after = tree.right[v] + 1
    stop = tree.bounds[v][1]
    return (
        any("paren" in s.frames for s in found)
        and low > tree.bounds[v][0]
        and tree.word[low - 1] in OPENERS
        and (after >= stop or tree.pos[after] == "PUNCT")
    )


def _particle(tree: Tree, v: int, wanted: frozenset[str]) -> int | None:
    if not wanted:
        return None
    for k in tree.kids[v]:
        if k > v and tree.word[k] in wanted and tree.dep[k] in ("prt", "advmod", "prep"):
            return k
    return v + 1 if v + 1 < tree.n and tree.word[v + 1] in wanted else None


def cue_range(tree: Tree, v: int) -> Range:
    """The verb with its auxiliaries, negation and the adverbs between, and what governs it with "to"."""
    first, low = v, tree.bounds[v][0]
    for i in range(v - 1, max(low, v - 9) - 1, -1):
        if (
            (
                tree.dep[i] in ("aux", "auxpass", "neg")
                or tree.tag[i] in ("MD", "TO")
                or tree.word[i] in ("n't", "not", "never")
            )
            or (tree.pos[i] == "AUX" and tree.head[i] in (v, first))
            or (tree.tag[i] in ("RB", "RBR") and tree.word[i].endswith("ly") and tree.head[i] == v)
        ):
            first = i
        elif not (tree.pos[i] == "ADV" or tree.word[i] in ("neither", "either", "long")):
            break
    g = tree.head[v]
    if (
        tree.dep[v] in ("xcomp", "ccomp", "pcomp", "advcl")
        and g < first
        and not tree.is_finite(v)
        and _governs(tree, g, v)
    ):
        if tree.dep[v] == "pcomp" and not tree.is_verb(g):
            return first, v
        if tree.is_verb(g):
            return cue_range(tree, g)[0], v
        copula = tree.head[g]
        return (cue_range(tree, copula)[0] if tree.dep[g] == "acomp" and copula < g else g), v
    return first, v


def _governs(tree: Tree, g: int, v: int) -> bool:
    if v - g >= 8 or any(g < k < v and tree.dep[k] == "dobj" for k in tree.kids[g]):
        return False
    return tree.lemma[g] in listed("governors") or tree.word[g] in listed("governors")


def _active(tree: Tree, v: int, lemma: str, found: tuple[Sense, ...], particle: int | None) -> Draft | None:
    head = subject(tree, v)
    if head is None or not can_speak(tree, head):
        return None
    if tree.word[head] == "it" and tree.head[head] != v and not tree.is_finite(v) and tree.tag[v] != "VBN":
        return None  # "it is worth noting"
    source = phrase(tree, head, v)
    if source is None:
        return None
    first, last = cue_range(tree, v)
    last = max(last, particle or 0)
    chosen = next(_frames(tree, v, lemma, found, head, first), None)
    if chosen is None:
        return None
    sense, frame, content, extra = chosen
    cue = [tree.span(first, last)]
    if extra is not None:
        cue = [tree.span(first, extra)] if extra == last + 1 else [*cue, tree.span(extra, extra)]
    draft = Draft(
        v, sense.kind, [source], cue, [tree.span(*r) for r in content], frame=frame, stance=sense.stance
    )
    draft.quotable = any("quote" in s.frames for s in found)
    if frame in ("paren", "quote", "weak"):
        draft.zone = zone(tree, v, head, first)
    elif frame == "relative" and (start := _aside(tree, v)) is not None:
        draft.zone = tree.span(start, max(tree.right[v], v))  # the writer's own, not part of what goes before
    return draft


def _frames(
    tree: Tree, v: int, lemma: str, found: tuple[Sense, ...], head: int, first: int
) -> Iterator[Found]:
    """The constructions that fit, best first."""
    on = {frame: sense for sense in reversed(found) for frame in sense.frames}
    if (
        (s := on.get("paren"))
        and interrupts(tree, v, head, first)
        and (parts := around(tree, v, head, first))
    ):
        yield s, "paren", parts, None
    if (s := on.get("objto")) and (both := clauses.object_infinitive(tree, v)):
        content, to = both
        if not _anonymity(tree, to):
            yield s, "objto", [(to, content[1]) if lemma in ADDRESSED else content], None
    if (s := on.get("blame")) and (c := objects.blamed(tree, v, s.prepositions)):
        yield s, "blame", [c], None
    if (s := on.get("clause")) and (c := clauses.clause(tree, v)):
        yield s, "clause", [c], None
    for frame, find in (
        ("to", clauses.infinitive),
        ("ing", clauses.gerund),
        ("as", objects.described),
        ("small", objects.predicated),
        ("relay", objects.told_of),
        ("cite", objects.cited),
    ):
        if (s := on.get(frame)) and (c := find(tree, v)) and not (frame == "to" and _anonymity(tree, c[0])):
            yield s, frame, [c], None
    if (s := on.get("paren")) and tree.word[v - 1] in OPENERS and (parts := around(tree, v, head, first)):
        yield s, "paren", parts, None
    if (s := on.get("np")) and (c := objects.thing(tree, v)) and c[0] > head and _shows(tree, head, s):
        yield s, "np", [c], None
    for sense in found:
        if "prep" in sense.frames and (led := objects.object_of(tree, v, sense.prepositions)):
            yield sense, "prep", [led[1]], led[0]
    if (
        (s := on.get("paren"))
        and (parts := around(tree, v, head, first))
        and (s.kind != "thought" or _ends(tree, v, head))
    ):
        yield s, "paren", parts, None
    if (s := on.get("np") or on.get("clause")) and _relative(tree, v, head):
        yield s, "relative", [], None
    if s := on.get("quote"):
        strong = "clause" in on or "paren" in on
        yield s, "quote" if strong else "weak", [], None
    if s := on.get("alone"):
        yield s, "alone", [], None


def _shows(tree: Tree, head: int, sense: Sense) -> bool:
    """False where the subject has or is the thing, rather than tells of it."""
    return not is_abstract(tree, head) and (
        sense.kind != "finding" or tree.lemma[head].lower() in listed("documents")
    )


def _anonymity(tree: Tree, first: int) -> bool:
    """ "who asked not to be named"."""
    return any(
        tree.word[i] in ("named", "identified", "quoted") and tree.word[i - 1] == "be"
        for i in range(first, min(first + 5, tree.n))
    )


def _ends(tree: Tree, v: int, head: int) -> bool:
    """True where nothing but a stop or a comma follows the cue: "..., he believes." """
    i = max(v, head) + 1
    return i >= tree.bounds[v][1] or tree.pos[i] in ("PUNCT", "SPACE")


def _aside(tree: Tree, v: int) -> int | None:
    """Where ", which Georgetown denies" or ", a finding he disputes" begins."""
    noun = tree.head[v]
    for first in (tree.left[v], tree.left[noun]):
        if (
            first > 0
            and tree.word[first - 1] == ","
            and (first != tree.left[v] or tree.word[first] == "which")
        ):
            return first
    return None


def _relative(tree: Tree, v: int, head: int) -> bool:
    """ "..., which Georgetown denies"."""
    if tree.dep[v] != "relcl":
        return False
    if tree.word[tree.head[v]] in nouns() and tree.child(v, "dobj", "ccomp") is None:
        return True  # "a finding he disputes"
    return any(
        k < v and tree.word[k] in RELATIVE and tree.dep[k] in ("dobj", "nsubj", "attr") and k != head
        for k in tree.kids[v]
    )
