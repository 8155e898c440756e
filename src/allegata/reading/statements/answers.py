"""What a reported clause says of an accusation: that it is false, never happened, or is unclear."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from allegata.model import Span
from allegata.reading.statements.cues import listed, nouns
from allegata.reading.statements.idioms import match_at
from allegata.reading.statements.tree import SUBJECTS, Tree
from allegata.vocab import load

OWN = frozenset({"it", "they", "we", "he", "she", "i"})
OWNED = frozenset({"its", "their", "our", "his", "her", "my"})
CLAIM_PRONOUNS = frozenset({"it", "this", "that", "these", "they", "everything"})


@cache
def words(*keys: str) -> frozenset[str]:
    """A word list of vocab/stance, by the keys that lead to it."""
    part = load("stance")
    for key in keys:
        part = part[key]
    return frozenset(str(part).split())


def tokens_of(tree: Tree, span: Span) -> range:
    if span[1] <= span[0]:
        return range(0)
    return range(tree.at(span[0]), min(tree.at(span[1] - 1) + 1, tree.n))


def answered(
    tree: Tree, content: Sequence[Span], source: Sequence[Span], firm: bool, acts: bool = True
) -> str | None:
    """deny, confirm or doubt where the content says of an accusation that it is false, or negates an act.

    ``firm``: the cue itself protests. ``acts``: the cue answers somebody, so that a negated act is a denial.
    """
    falsity = words("falsity", "words")
    tokens = [i for span in content for i in tokens_of(tree, span)[:40]]
    if not tokens:
        return None
    if (phrase := match_at(tree, tokens[0])) is not None and phrase[0].stance in ("deny", "doubt"):
        return phrase[0].stance
    opening = [tree.word[i] for i in tokens[:2]]
    if opening == ["no", "comment"]:
        return "no_comment"
    if opening in (["no", ","], ["no", "."], ["not", "true"]) or opening[0] in (
        "untrue",
        "false",
        "nonsense",
    ):
        return "deny"
    spoken = [i for i in tokens if tree.word[i][0].isalpha() or tree.word[i] in ("n't", "n’t")]
    if 1 < len(spoken) < 6 and tree.word[spoken[-1]] in ("not", "n't", "n’t"):  # "It has not."
        return "deny"
    main = _main(tree, tokens)
    if main is None:
        bare = len(tokens) < 5 and any(tree.word[i] in ("no", "not", "never", "nonsense") for i in tokens)
        return "deny" if bare or (len(tokens) < 8 and any(tree.word[i] in falsity for i in tokens)) else None
    held = set(tokens)
    for clause in (main, *(k for k in tree.children(main, "conj") if k in held and tree.is_verb(k))):
        if (verdict := _verdict(tree, clause, held)) is not None:
            return verdict
    if not acts:
        return None
    subject = next((k for k in tree.kids[main] if tree.dep[k] in SUBJECTS), None)
    negated = _is_negated(tree, main, tokens)
    if _denies_act(tree, main, subject, negated, held, source, firm):
        return "deny"
    return None


def _is_negated(tree: Tree, verb: int, tokens: list[int]) -> bool:
    return any(tree.dep[k] == "neg" for k in tree.kids[verb]) or (
        _is_never(tree, verb) and any(tree.word[i] == "never" and verb - 4 <= i < verb for i in tokens)
    )


def _is_never(tree: Tree, verb: int) -> bool:
    """ "never" shortly before the verb, and of no other: not "the guards, who had never trained, fired"."""
    for i in range(verb - 1, max(verb - 6, -1), -1):
        if tree.word[i] == "never":
            return True
        if tree.is_verb(i) and tree.dep[i] not in ("aux", "auxpass"):
            return False
    return False


def _verdict(tree: Tree, verb: int, held: set[int]) -> str | None:
    """What a clause with "be" says of a claim: false, true, unclear; or that there is none of a thing."""
    if tree.lemma[verb] != "be":
        return None
    if any(tree.dep[k] == "expl" for k in tree.kids[verb]):
        return "deny" if _is_none_there(tree, verb) else None
    falsity, truth, unsure = words("falsity", "words"), words("falsity", "truth"), words("falsity", "unsure")
    subject = next((k for k in tree.kids[verb] if tree.dep[k] in SUBJECTS), None)
    of_claim = subject is not None and (tree.word[subject] in CLAIM_PRONOUNS or tree.word[subject] in nouns())
    negated = _is_negated(tree, verb, []) != (subject is not None and _none(tree, subject))
    around: set[str] = set()
    for k in tree.kids[verb]:
        if tree.dep[k] in ("attr", "acomp", "conj") and k in held:
            around |= {tree.word[k], *(tree.word[j] for j in tree.kids[k] if tree.dep[j] in ("amod", "conj"))}
    if around & falsity and (of_claim or (subject is not None and _is_shown(tree, subject))):
        return "confirm" if negated else "deny"
    if of_claim and around & truth:
        return "deny" if negated else "confirm"
    return "doubt" if around & unsure or (negated and "clear" in around) else None


def _is_shown(tree: Tree, noun: int) -> bool:
    """ "the leaked chart", "that video": what shows something, and is said to be false."""
    return tree.word[noun] in words("shown", "things") or any(
        tree.word[k] in words("shown", "adjectives") for k in tree.kids[noun]
    )


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
        return _none(tree, subject) and (firm or _is_by_own(tree, main))
    act = tree.lemma[main] in words("acts", "verbs")
    common = tree.lemma[main] in words("acts", "common")
    never = _is_never(tree, main)
    if not never and any(
        tree.dep[k] == "aux" and tree.word[k] in words("acts", "modal") for k in tree.kids[main]
    ):
        return False
    if tree.lemma[main] in ("happen", "occur", "exist") or (
        tree.lemma[main] == "take" and _object(tree, main) == "place"
    ):
        return negated or _none(tree, subject)
    if not act and not common:
        return False
    if _none(tree, subject):
        return act or tree.word[subject] in words("acts", "things") or tree.lemma[subject] in listed("sides")
    if common and not _is_strong(tree, main, held, never):
        return False
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


def _is_by_own(tree: Tree, verb: int) -> bool:
    """ "no shells had been fired by its men"."""
    by = tree.child(verb, "agent", "prep")
    return by is not None and tree.word[by] == "by" and any(w in OWNED for w in tree.word[by : by + 3])


def _is_strong(tree: Tree, verb: int, held: set[int], never: bool) -> bool:
    """ "gave no orders", "never met", "did not send any": of everyday acts only such are denials."""
    near = [i for i in range(verb, verb + 6) if i in held]
    return (
        never
        or any(tree.word[i] in words("acts", "strong") for i in near)
        or _object(tree, verb) in words("acts", "things")
    )


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
    return any(tree.word[noun] == tree.word[i] for span in source for i in tokens_of(tree, span))
