"""The source's commitment to what it says: from the cue, what negates or governs it, and the content."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from allegata.model import Span
from allegata.reading.statements.cues import Sense, lemmas, listed, nouns, retracting_phrases, senses
from allegata.reading.statements.idioms import match_at
from allegata.reading.statements.passives import is_passive
from allegata.reading.statements.tree import MARKS, SUBJECTS, Tree
from allegata.vocab import load

REPEATING = frozenset({"repeat", "reiterate", "renew", "restate", "echo", "level", "hurl", "levy", "press"})
PROTESTING = frozenset({"insist", "swear", "maintain", "retort", "counter"})
OWN = frozenset({"it", "they", "we", "he", "she", "i"})
OWNED = frozenset({"its", "their", "our", "his", "her", "my"})
FRAMES_TO = ("to", "objto", "clause", "quote")
FRAMES_CLAUSE = ("clause", "blame", "quote", "small", "as", "np")
FRAMES_ING = ("ing", "clause", "np")
FRAMES_THING = ("blame", "np", "as", "small", "relay", "clause", "quote")


@cache
def words(*keys: str) -> frozenset[str]:
    """A word list of vocab/stance, by the keys that lead to it."""
    part = load("stance")
    for key in keys:
        part = part[key]
    return frozenset(str(part).split())


def find_stance(
    tree: Tree, cue: Sequence[Span], content: Sequence[Span], source: Sequence[Span], base: str | None = None
) -> str:
    """The stance of a statement, given its spans. ``base``: what its cue commits to by itself, if known."""
    inside = [i for span in cue for i in _tokens(tree, span)]
    lexical, head, sense = _lexical(tree, inside, content, source)
    stance = base or lexical
    first = next((i for span in content for i in _tokens(tree, span)), None)
    if head is not None and not _fixed(tree, head, inside):
        stance = _turned(tree, inside, head, stance, sense)
    if stance != "assert" or first is None:
        return stance
    if sense is not None and sense.name == "describe":
        told = [tree.word[i] for span in content for i in _tokens(tree, span)[-4:]]
        return "deny" if words("falsity", "words") & set(told) else stance
    if (
        head is not None
        and lemmas().get(tree.word[head]) in REPEATING
        and (again := _repeated(tree, content))
    ):
        return again
    firm = head is not None and lemmas().get(tree.word[head]) in PROTESTING
    return (_answered(tree, content, source, firm) if _plain(tree, inside, head) else None) or stance


def _tokens(tree: Tree, span: Span) -> range:
    return range(tree.at(span[0]), tree.at(max(span[1] - 1, span[0])) + 1) if span[1] > span[0] else range(0)


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
    first = next((j for span in content for j in _tokens(tree, span)), None)
    if first is None:
        order: tuple[str, ...] = ("np", "clause", "quote", "alone")
    elif tree.word[first] == "to" and tree.tag[first] == "TO":
        order = FRAMES_TO
    elif tree.tag[first] == "VBG":
        order = FRAMES_ING
    elif any(tree.is_finite(j) for span in content for j in _tokens(tree, span)[:30]):
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


def _answered(tree: Tree, content: Sequence[Span], source: Sequence[Span], firm: bool) -> str | None:
    """deny, confirm or doubt where the content says of an accusation that it is false, or negates an act."""
    falsity, truth, unsure = words("falsity", "words"), words("falsity", "truth"), words("falsity", "unsure")
    tokens = [i for span in content for i in _tokens(tree, span)[:40]]
    if not tokens:
        return None
    if (phrase := match_at(tree, tokens[0])) is not None and phrase[0].stance in ("deny", "doubt"):
        return phrase[0].stance
    opening = [tree.word[i] for i in tokens[:2]]
    if opening == ["no", "comment"]:
        return "no_comment"
    if opening == ["not", "true"] or opening[0] in ("untrue", "false", "nonsense"):
        return "deny"
    main = _main(tree, tokens)
    if main is None:
        bare = len(tokens) < 5 and any(tree.word[i] in ("no", "not", "never", "nonsense") for i in tokens)
        return "deny" if bare or (len(tokens) < 8 and any(tree.word[i] in falsity for i in tokens)) else None
    held = set(tokens)
    subject = next((k for k in tree.kids[main] if tree.dep[k] in SUBJECTS), None)
    negated = any(tree.dep[k] == "neg" for k in tree.kids[main]) or any(
        tree.word[i] == "never" and main - 4 <= i < main for i in tokens
    )
    if tree.lemma[main] == "be":
        if any(tree.dep[k] == "expl" for k in tree.kids[main]):
            return "deny" if _is_none_there(tree, main) else None
        said = [k for k in tree.kids[main] if tree.dep[k] in ("attr", "acomp") and k in held]
        of_claim = subject is not None and (
            tree.word[subject] in ("it", "this", "that", "these", "they", "everything")
            or tree.word[subject] in nouns()
        )
        for k in said:
            around = {tree.word[k], *(tree.word[j] for j in tree.kids[k] if tree.dep[j] in ("amod", "conj"))}
            if of_claim and around & falsity:
                return "confirm" if negated else "deny"
            if of_claim and around & truth:
                return "deny" if negated else "confirm"
            if around & unsure or (negated and "clear" in around):
                return "doubt"
    if tokens and tree.word[tokens[0]] == "no" and len(tokens) > 1 and tree.word[tokens[1]] in (",", "."):
        return "deny"
    if _denies_act(tree, main, subject, negated, held, source, firm):
        return "deny"
    return None


def _is_none_there(tree: Tree, main: int) -> bool:
    """ "there are no fighters in it"."""
    k = tree.child(main, "attr")
    return k is not None and tree.word[k] in words("acts", "things") and _none(tree, k)


def _main(tree: Tree, tokens: list[int]) -> int | None:
    """The verb of the first clause."""
    held = set(tokens)
    for i in tokens:
        if tree.is_verb(i) and tree.is_finite(i) and (tree.head[i] == i or tree.head[i] not in held):
            return i
    for i in tokens:
        if (
            tree.is_verb(i)
            and tree.dep[i] not in ("aux", "auxpass", "amod", "relcl", "acl")
            and tree.is_finite(i)
        ):
            if tree.dep[i] == "advcl" and tree.head[i] in held:
                continue
            return i
    return None


def _denies_act(
    tree: Tree,
    main: int,
    subject: int | None,
    negated: bool,
    held: set[int],
    source: Sequence[Span],
    firm: bool,
) -> bool:
    """True where the clause says of an act that it did not happen. ``firm``: the cue itself protests."""
    if subject is None:
        return False
    if tree.child(main, "auxpass") is not None:
        return firm and _none(tree, subject)
    act = tree.lemma[main] in words("acts", "verbs")
    if tree.lemma[main] in ("happen", "occur", "exist") or (
        tree.lemma[main] == "take" and _object(tree, main) == "place"
    ):
        return negated or _none(tree, subject)
    if not act:
        return False
    if _none(tree, subject):
        return True
    own = tree.word[subject] in OWN or any(
        tree.word[k] in OWNED for k in tree.kids[subject] if tree.dep[k] == "poss"
    )
    side = (
        own
        or tree.lemma[subject].lower() in listed("sides")
        or _same(tree, subject, source)
        or tree.entity[subject] in ("NORP", "GPE", "ORG")
    )
    thing = tree.child(main, "dobj")
    if (
        thing is not None
        and thing in held
        and tree.word[thing + 1 : thing + 2] != ["but"]
        and (
            tree.word[thing] in ("nobody", "none", "nothing")
            or any(tree.word[k] == "no" and tree.dep[k] in ("det", "neg") for k in tree.kids[thing])
            or (tree.word[thing] == "one" and tree.word[thing - 1] == "no")
        )
    ):
        return side
    return negated and side


def _object(tree: Tree, v: int) -> str:
    k = tree.child(v, "dobj")
    return tree.word[k] if k is not None else ""


def _none(tree: Tree, noun: int) -> bool:
    """ "not one soldier", "none of our men", "no soldier of ours"."""
    if tree.word[noun] in ("none", "nobody", "nothing", "neither"):
        return True
    low = tree.left[noun]
    return any(tree.word[i] in ("not", "no", "neither") for i in range(low, noun))


def _same(tree: Tree, noun: int, source: Sequence[Span]) -> bool:
    return any(tree.word[noun] == tree.word[i] for span in source for i in _tokens(tree, span))


def _repeated(tree: Tree, content: Sequence[Span]) -> str | None:
    """ "repeated the charge" alleges it again; "relayed Kyiv's charge" only passes it on."""
    for span in content:
        for i in _tokens(tree, span)[:40]:
            if tree.dep[i] == "poss" and tree.word[i] not in OWNED:
                return None
            if tree.word[i] in nouns() and tree.pos[i] == "NOUN":
                return nouns()[tree.word[i]][0].stance
    return None
