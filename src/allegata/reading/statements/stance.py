"""The source's commitment to what it says: from the cue, what negates or governs it, and the content."""

from __future__ import annotations

from collections.abc import Sequence

from allegata.model import Span
from allegata.reading.statements.answers import OWNED, answered, tokens_of, words
from allegata.reading.statements.cues import Sense, lemmas, listed, nouns, retracting_phrases, senses
from allegata.reading.statements.idioms import match_at
from allegata.reading.statements.passives import is_passive
from allegata.reading.statements.tree import MARKS, Tree

REPEATING = frozenset({"repeat", "reiterate", "renew", "restate", "echo", "level", "hurl", "levy", "press"})
PROTESTING = frozenset({"insist", "swear", "maintain", "retort", "counter"})
FRAMES_TO = ("to", "objto", "clause", "quote")
FRAMES_CLAUSE = ("clause", "blame", "quote", "small", "as", "np")
FRAMES_ING = ("ing", "clause", "np")
FRAMES_THING = ("blame", "np", "as", "small", "relay", "clause", "quote")


def find_stance(
    tree: Tree, cue: Sequence[Span], content: Sequence[Span], source: Sequence[Span], base: str | None = None
) -> str:
    """The stance of a statement, given its spans. ``base``: what its cue commits to by itself, if known."""
    inside = [i for span in cue for i in tokens_of(tree, span)]
    lexical, head, sense = _lexical(tree, inside, content, source)
    stance = base or lexical
    first = next((i for span in content for i in tokens_of(tree, span)), None)
    if head is not None and not _fixed(tree, head, inside):
        stance = _turned(tree, inside, head, stance, sense)
    if stance != "assert" or first is None:
        return stance
    if sense is not None and sense.name == "describe":
        told = [tree.word[i] for span in content for i in tokens_of(tree, span)[-4:]]
        return "deny" if words("falsity", "words") & set(told) else stance
    if (
        head is not None
        and lemmas().get(tree.word[head]) in REPEATING
        and (again := _repeated(tree, content))
    ):
        return again
    firm = head is not None and lemmas().get(tree.word[head]) in PROTESTING
    return (answered(tree, content, source, firm) if _plain(tree, inside, head) else None) or stance


def _lexical(
    tree: Tree, inside: list[int], content: Sequence[Span], source: Sequence[Span]
) -> tuple[str, int | None, Sense | None]:
    """What the lexicon says of the cue: stance, the token it rests on, the sense of a verb."""
    wanted = set(inside)
    for i in inside:
        phrase = match_at(tree, i)
        if phrase is not None and _within(tree, phrase[1], wanted):
            return phrase[0].stance, i, None
    if (taking := _taking_back(tree, inside)) is not None:
        return "retract", taking, None
    for i in reversed(inside):
        word = tree.word[i]
        if word in listed("hearsay_adverbs") or (
            word in listed("hearsay_adjectives") and tree.dep[i] == "amod"
        ):
            return "allege", i, None
        lemma = lemmas().get(word)
        if (lemma is not None and tree.pos[i] in ("VERB", "AUX", "ADJ")) or (
            lemma and len(inside) == 1 and word not in nouns()
        ):
            assert lemma is not None
            after = tree.word[i + 1] if i + 1 < tree.n else ""
            found = senses().get((lemma, after)) if (i + 1) in wanted else None
            found = found or senses().get((lemma, ""))
            if found:
                sense = _fitting(tree, found, inside, i, content)
                hearsay = not source and lemma in listed("hearsay_verbs") and is_passive(tree, i)
                return "allege" if hearsay and sense.stance == "assert" else sense.stance, i, sense
        if word in nouns():
            return nouns()[word][0].stance, i, None
    return "assert", None, None


def _within(tree: Tree, last: int, wanted: set[int]) -> bool:
    """True where a phrase ends inside the cue, or with the "that" after it."""
    return last in wanted or (tree.word[last] in (*MARKS, "of", "for") and last - 1 in wanted)


def _taking_back(tree: Tree, inside: list[int]) -> int | None:
    """ "withdrew its report": the verb, where the cue holds one that takes back a saying of one's own."""
    if not any(tree.word[i] in OWNED for i in inside) or not any(tree.word[i] in nouns() for i in inside):
        return None
    present = {"", *(tree.word[i] for i in inside)}
    for i in inside:
        lemma = lemmas().get(tree.word[i])
        if lemma is not None and any(verb == lemma and p in present for verb, p in retracting_phrases()):
            return i
    return None


def _fitting(
    tree: Tree, found: tuple[Sense, ...], inside: list[int], i: int, content: Sequence[Span]
) -> Sense:
    """The sense whose constructions go with what follows."""
    cue_words = {tree.word[j] for j in inside if j > i}
    for sense in found:
        if "prep" in sense.frames and sense.prepositions & cue_words:
            return sense
    first = next((j for span in content for j in tokens_of(tree, span)), None)
    if first is None:
        order: tuple[str, ...] = ("np", "clause", "quote", "alone")
    elif tree.word[first] == "to" and tree.tag[first] == "TO":
        order = FRAMES_TO
    elif tree.tag[first] == "VBG":
        order = FRAMES_ING
    elif any(tree.is_finite(j) for span in content for j in tokens_of(tree, span)[:30]):
        order = FRAMES_CLAUSE
    else:
        order = FRAMES_THING
    for frame in order:
        for sense in found:
            if frame in sense.frames:
                return sense
    return found[0]


def _fixed(tree: Tree, head: int, inside: list[int]) -> bool:
    """True where the phrase already holds what would turn it: "no evidence", "not comment"."""
    phrase = match_at(tree, head)
    return (
        phrase is not None
        and phrase[0].stance in ("no_comment", "doubt")
        and _within(tree, phrase[1], set(inside))
    )


def _turned(tree: Tree, inside: list[int], head: int, stance: str, sense: Sense | None) -> str:
    """The stance under negation, refusal and inability inside the cue."""
    before = [i for i in inside if i <= head]
    negators, unable, refusing = words("negators"), words("unable"), words("refusing")
    lemma = lemmas().get(tree.word[head], "")
    refused = any(tree.lemma[i] in refusing and i != head for i in before)
    negated = any(tree.word[i] in negators for i in before) or (
        any(tree.word[i] == "yet" for i in before) and any(tree.lemma[i] in ("have", "be") for i in before)
    )
    incapable = any(tree.word[i] in ("unable", "cannot", "impossible") for i in before) or (
        negated and any(tree.word[i] in unable or tree.word[i] == "ca" for i in before)
    )
    if not (refused or negated or incapable):
        return stance
    if refused and negated:
        return stance
    if stance in ("assert", "allege") and any(tree.word[i] == "longer" for i in before):
        return "retract"
    if stance in ("deny", "confirm") and any(tree.word[i] in ("neither", "nor", "or") for i in inside):
        return "no_comment"
    if lemma in words("negated", "deny") and (sense is None or sense.stance == "assert"):
        return "deny"
    if incapable:
        if stance == "deny":
            return "no_comment" if lemma == "rule" else "confirm"
        return "no_comment" if stance == "assert" and lemma not in words("negated", "doubt") else "doubt"
    if stance == "confirm":
        return "no_comment"
    if stance in ("doubt", "retract"):
        return "assert"
    if stance == "predict" and sense is not None and sense.kind in ("thought", "attitude"):
        return stance
    if stance == "demand" and sense is not None and sense.kind == "thought":
        return stance
    if stance == "assert" and sense is not None and sense.kind == "attitude":
        return stance
    if stance == "assert" and lemma in words("negated", "doubt"):
        return "doubt" if not refused else "deny"
    return "no_comment"


def _plain(tree: Tree, inside: list[int], head: int | None) -> bool:
    """A cue that says no more than that something was said."""
    if head is None:
        return not any(tree.word[i].isalpha() for i in inside)
    found = senses().get((lemmas().get(tree.word[head], ""), ""), ())
    return any(s.kind == "speech" and s.stance == "assert" and "quote" in s.frames for s in found)


def _repeated(tree: Tree, content: Sequence[Span]) -> str | None:
    """ "repeated the charge" alleges it again; "relayed Kyiv's charge" only passes it on."""
    for span in content:
        for i in tokens_of(tree, span)[:40]:
            if tree.dep[i] == "poss" and tree.word[i] not in OWNED:
                return None
            if tree.word[i] in nouns() and tree.pos[i] == "NOUN":
                return nouns()[tree.word[i]][0].stance
    return None
