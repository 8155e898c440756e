"""Nouns that attribute: "Ethiopia's accusation that", "the claim by the junta", "made the claim that"."""

from __future__ import annotations

from collections.abc import Iterator

from allegata.model import Span
from allegata.reading.statements.cues import NounCue, lemmas, listed, nominal, nouns, retracting_phrases
from allegata.reading.statements.drafts import Draft
from allegata.reading.statements.sources import can_speak, is_abstract, phrase, subject
from allegata.reading.statements.tree import Tree
from allegata.reading.statements.verbs import cue_range, is_unsaid

PREPOSITIONS = {
    "of": frozenset({"of"}),
    "about": frozenset(
        {
            "against",
            "about",
            "over",
            "regarding",
            "concerning",
            "on",
            "involving",
            "into",
            "towards",
            "toward",
        }
    ),
    "for": frozenset({"for"}),
}
OWN = frozenset({"its", "his", "her", "their", "my", "our", "your"})
BARE = frozenset({"allegation", "denial", "confirmation"})
"""Groups that attribute without a named speaker: "allegations of torture"; not "hopes of peace"."""
ANYBODYS = frozenset({"statement", "belief", "concern", "confirmation"})
"""Groups whose "that" clause is the writer's own where no speaker is named: "the feeling that"."""
REACH = 14
"""Tokens after the noun within which its "that" stands."""


def find_nominals(tree: Tree) -> Iterator[Draft]:
    lexicon = nouns()
    for i, word in enumerate(tree.word):
        cues = lexicon.get(word)
        if (
            cues is None
            or tree.pos[i] not in ("NOUN", "PROPN", "VERB")
            or tree.dep[i] in ("compound", "nmod", "amod")
        ):
            continue
        if tree.pos[i] == "VERB" and not _is_noun(tree, i):
            continue
        if (
            tree.word[i - 1] == "in" and i and tree.word[i + 1 : i + 2] == ["of"]
        ):  # "in charge of", "in view of"
            continue
        draft = _draft(tree, i, cues)
        if draft is not None:
            yield draft


def _is_noun(tree: Tree, i: int) -> bool:
    """True for a noun read as a verb: it has an article or a possessor, or stands as subject or object."""
    return tree.dep[i] in ("nsubj", "nsubjpass", "dobj", "pobj") or any(
        tree.dep[k] in ("poss", "det") for k in tree.kids[i]
    )


def _draft(tree: Tree, i: int, cues: tuple[NounCue, ...]) -> Draft | None:
    source, made_by = _maker(tree, i, cues)
    content: Span | None = None
    cue, frame = cues[0], ""
    for cue in cues:
        content, frame = _content(tree, i, cue, made_by)
        if content is not None:
            break
    stance = cue.stance
    if stance == "assert" and i and tree.word[i - 1] in listed("unproven"):
        stance = "allege"  # "unconfirmed reports that"
    carried = _carrier(tree, i)
    if carried is not None and content is not None:
        verb, retracts = carried
        head = subject(tree, verb)
        if head is not None and is_abstract(tree, head):
            return None
        if head is not None and can_speak(tree, head) and (own := phrase(tree, head, verb)) is not None:
            first = cue_range(tree, verb)[0]
            stance = "retract" if retracts else stance
            return Draft(
                verb, "speech", [own], [tree.span(first, i)], [content], frame="light", stance=stance
            )
    if content is None:
        possessor = tree.child(i, "poss")
        selfmade = possessor is not None and tree.word[possessor] in OWN
        if source is None or selfmade or not any("account" in c.frames for c in cues):
            return None
        return Draft(i, "nominal", [source], [tree.span(i, i)], [], frame="account", stance=cues[0].stance)
    if source is None and frame not in ("clause", "copula") and cue.name not in BARE:
        return None
    if source is None and frame == "clause" and cue.name in ANYBODYS and tree.lemma[i] != "report":
        frame = "anybody"
    if (
        source is None
        and frame == "copula"
        and (of := tree.child(i, "prep")) is not None
        and tree.word[of] == "of"
    ):
        maker = tree.child(of, "pobj")
        source = phrase(tree, maker) if maker is not None else None
    spans = [source] if source else []
    return Draft(i, cue.kind, spans, [tree.span(i, i)], [content], frame=frame, stance=stance)


def _maker(tree: Tree, i: int, cues: tuple[NounCue, ...]) -> tuple[Span | None, int | None]:
    """Whose claim it is, and the preposition or participle that says so."""
    for k in tree.kids[i]:
        if tree.dep[k] == "poss":
            last = tree.right[k]
            while last > k and tree.tag[last] == "POS":
                last -= 1
            return (None if tree.word[k] == "whose" else tree.span(tree.left[k], last)), None
    for k in tree.kids[i]:
        if tree.dep[k] == "amod" and tree.entity[k] == "NORP" and k == tree.left[i]:  # "Ethiopian claims"
            return tree.span(k, k), None
    owners = nominal("maker", "prepositions") | ({"of"} if any("owner" in c.frames for c in cues) else set())
    after = i + 1
    if after < tree.bounds[i][1] and tree.word[after] in owners and tree.pos[after] == "ADP":
        target = tree.child(after, "pobj")
        if target is not None and target > after:
            last = target
            while last < tree.right[target] and not _opens_clause(tree, last + 1):
                last += 1
            while last > target and tree.pos[last] == "PUNCT":
                last -= 1
            return tree.span(after + 1, last), after
    for k in tree.kids[i]:
        if k > i and tree.dep[k] in ("acl", "relcl") and tree.word[k] in nominal("maker", "participles"):
            for j in tree.kids[k]:
                if tree.word[j] == "by" and (target := tree.child(j, "pobj")) is not None:
                    return phrase(tree, target), k
    return None, None


def _opens_clause(tree: Tree, i: int) -> bool:
    return tree.word[i] == "that" or tree.tag[i] == "VBG"


def _content(tree: Tree, i: int, cue: NounCue, made_by: int | None) -> tuple[Span | None, str]:
    stop = tree.bounds[i][1]
    if "clause" in cue.frames and (clause := _clause(tree, i, stop)) is not None:
        return clause, "clause"
    if "clause" in cue.frames or "copula" in cue.frames:
        copula = tree.head[i]
        if tree.dep[i] == "nsubj" and tree.lemma[copula] == "be" and copula > i:
            for k in tree.kids[copula]:
                if k > copula and tree.dep[k] in ("ccomp", "advcl") and (that := _that(tree, k)) is not None:
                    return tree.span(that + 1, tree.right[k]), "copula"
    above = tree.kids[tree.head[i]] if tree.dep[i] == "dobj" else ()
    possessed = "owner" in cue.frames and tree.child(i, "poss") is not None  # then "of" names no owner
    for name, words in PREPOSITIONS.items():
        if name not in cue.frames and not (name == "of" and possessed):
            continue
        for k in (i + 1, *tree.kids[i], *(above if name == "about" else ())):
            if i < k < stop - 1 and k != made_by and tree.word[k] in words and tree.right[k] > k:
                if tree.entity[k + 1] in ("DATE", "TIME"):
                    continue
                return tree.span(k + 1, _onward(tree, tree.right[k], stop, name)), name
    if "to" in cue.frames:
        for k in tree.kids[i]:
            clausal = k > i and tree.dep[k] in ("acl", "relcl", "advcl", "xcomp")
            if clausal and any(tree.tag[j] == "TO" for j in tree.kids[k]):
                return tree.span(tree.left[k], tree.right[k]), "to"
    return None, ""


def _onward(tree: Tree, end: int, stop: int, name: str) -> int:
    """ "denunciation of troops for shelling a well": the "for" belongs to the content."""
    if name == "of" and end + 2 < stop and tree.word[end + 1] == "for":
        return tree.phrase_end(end + 2, end + 1)
    return end


def _clause(tree: Tree, i: int, stop: int) -> Span | None:
    """The "that" clause of the noun, wherever the parser hung it: "complaints from Damascus that ..."."""
    for k in sorted(tree.kids[i]):
        if (
            k > i
            and tree.dep[k] in ("acl", "ccomp", "relcl", "advcl", "appos")
            and (that := _that(tree, k)) is not None
        ):
            return tree.span(that + 1, max(tree.right[k], that + 1))
    for j in range(i + 1, min(stop - 1, i + REACH)):
        if tree.word[j] == "that" and (tree.dep[j] == "mark" or (tree.word[j - 1] == "," and j - 1 > i + 1)):
            return tree.span(j + 1, tree.phrase_end(j + 1, i))
        if j == tree.head[i] and tree.lemma[j] in listed("spreading"):  # "rumours swirled that ..."
            continue
        if (tree.is_verb(j) and tree.tag[j] != "VBN") or tree.word[j] in (";", ".", ":", "(", '"', "“"):
            return None
    return None


def _that(tree: Tree, k: int) -> int | None:
    """The "that" which opens the clause of ``k``, where it is no relative pronoun."""
    for j in tree.kids[k]:
        if (
            tree.word[j] == "that"
            and j < k
            and (tree.dep[j] == "mark" or (tree.dep[j] == "dobj" and _is_full(tree, k)))
        ):
            return j
    first = tree.left[k]
    return (
        first
        if tree.word[first] == "that" and tree.dep[first] not in ("nsubj", "nsubjpass", "dobj", "det")
        else None
    )


def _is_full(tree: Tree, k: int) -> bool:
    """True where a verb has what it needs without the "that" before it, which then is no relative pronoun."""
    if tree.lemma[k] not in listed("made_of_words"):
        return True
    return any(j > k and tree.dep[j] in ("dobj", "ccomp", "xcomp", "attr") for j in tree.kids[k])


def _carrier(tree: Tree, i: int) -> tuple[int, bool] | None:
    """The light or retracting verb that has the noun as its object, and whether it takes back."""
    v, particle, direct = tree.head[i], "", True
    if tree.dep[i] == "pobj" and tree.dep[v] == "prep":
        particle, v, direct = tree.word[v], tree.head[v], False
    elif tree.dep[i] != "dobj":
        return None
    if not tree.is_verb(v) or v > i or i - v > 8 or is_unsaid(tree, v):
        return None
    if tree.child(v, "auxpass") is not None or (tree.dep[v] in ("acl", "relcl") and tree.tag[v] != "VBD"):
        return None
    lemma = lemmas().get(tree.word[v], "")
    possessor = tree.child(i, "poss")
    own = possessor is not None and tree.word[possessor] in OWN
    for k in tree.kids[v]:
        if tree.dep[k] == "prt":
            particle = tree.word[k]
    if own and (lemma, particle) in retracting_phrases():
        return v, True
    if direct and lemma in nominal("light", "verbs") and (possessor is None or own):
        return v, False
    return None
