"""The act that each Statement puts to somebody."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from allegata.model import AFFIRMING, Allegation, Place
from allegata.reading.allegations.acts import Act, find_acts
from allegata.reading.allegations.lexicon import lexicon
from allegata.reading.allegations.owners import name_of, speaking_body
from allegata.reading.allegations.participants import accused_before, find_actor, find_victim
from allegata.reading.allegations.phrases import phrase_text, phrase_tokens
from allegata.reading.allegations.settings import find_setting
from allegata.reading.allegations.stretches import Passage, Stretch
from allegata.reading.speakers.words import source_words

"""Cues whose content begins with the accused, or that make a mere "fire" or "deaths" an alleged act."""
_SAID = frozenset({"THREATEN", "AGREE", "REJECT"})
"""Roots of acts that are done by saying something, and so are cues of Statements too."""
_NO_ACT = frozenset({"predict", "demand"})
_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "REQUEST"})
_MAX_CONTENT = 400
"""Tokens of one content that are searched for acts."""


def find_alleged(passage: Passage) -> tuple[Allegation, ...]:
    """One Allegation a Statement with an act, in the order of the text, inner ones before outer ones."""
    ordered = sorted(
        passage.stretches,
        key=lambda s: (s.chain()[-1].start, -len(s.chain()), s.content[0].i if s.content else s.start),
    )
    found = (_allege(passage, stretch) for stretch in ordered)
    return tuple(a for a in found if a is not None)


def _allege(passage: Passage, stretch: Stretch) -> Allegation | None:
    statement = stretch.statement
    if statement.stance in _NO_ACT or _alleges_nothing(stretch):
        return None
    tokens = [t for t in stretch.own[:_MAX_CONTENT] if t.i not in passage.cues]
    inside = {t.i for t in stretch.content}
    acts = find_acts(tokens)
    act = _choose(stretch, acts)
    if act is None:
        return _said_act(passage, stretch)
    accused, actor_tokens = _accused(passage, stretch, act, inside)
    setting = find_setting(act, actor_tokens, inside, acts, passage.places) or _setting_of_source(
        passage, stretch, inside
    )
    return Allegation(
        statement=statement.id,
        claimant=_claimant(passage, stretch),
        accused=accused,
        act=act.root,
        victim=_victim(passage, stretch, act, inside),
        place=setting,
        span=(act.token.idx, act.token.idx + len(act.token)),
    )


def _alleges_nothing(stretch: Stretch) -> bool:
    """True for "has not alleged that ...": nobody has put the act forward."""
    if stretch.statement.stance != "no_comment":
        return False
    lemmas = {t.lemma_.lower() for t in stretch.cue}
    return bool(lemmas & lexicon().context["alleging"]) and bool(lemmas & {"not", "n't", "never", "no"})


def _said_act(passage: Passage, stretch: Stretch) -> Allegation | None:
    """A threat, an agreement or a refusal that a source says somebody made is itself the act."""
    if stretch.statement.stance not in AFFIRMING:
        return None
    words = lexicon()
    for inner in passage.stretches:
        if inner.parent is not stretch:
            continue
        verb = next((t for t in inner.cue if words.verb_root(t) in _SAID), None)
        root = words.verb_root(verb) if verb is not None else None
        if verb is None or root is None or (inner.statement.stance == "predict" and root != "THREATEN"):
            continue
        (act, *_) = find_acts([verb]) or (None,)
        if act is None or not act.real or act.negated:
            continue
        inside = {t.i for t in (*inner.cue, *inner.content)}
        victim = None
        goals = find_acts(inner.content[:_MAX_CONTENT]) if root == "THREATEN" else []
        if goals:
            victim = _victim(passage, inner, goals[0], inside)
        setting = find_setting(goals[0] if goals else act, set(), inside, goals, passage.places)
        return Allegation(
            statement=stretch.statement.id,
            claimant=_claimant(passage, stretch),
            accused=inner.statement.speaker,
            act=root,
            victim=victim,
            place=setting,
            span=(verb.idx, verb.idx + len(verb)),
        )
    return None


def _choose(stretch: Stretch, acts: Sequence[Act]) -> Act | None:
    """The act that the content is about: a verb before a noun, the main clause before what hangs on it."""
    words = lexicon()
    denied = stretch.statement.stance == "deny"
    blaming = _is_blaming(stretch)
    verbal = any(t.pos_ in ("VERB", "AUX") and t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in stretch.own)
    best: tuple[float, int, Act] | None = None
    for act in acts:
        if not act.real or (act.negated and not denied):
            continue
        score = act.depth
        if act.nominal:
            lemma = act.token.lemma_.lower()
            mild = lemma in words.weak or act.token.lower_ in words.weak
            answered = _is_answered_for(act.token)
            if lemma in words.blamed and not blaming and not answered:
                continue
            if answered:
                mild = False
            if mild and not blaming and act.token.head.i in {t.i for t in stretch.own}:
                continue
            if verbal and not blaming and not answered:
                continue
        if act.root in _COOPERATIVE:
            score += 0.4
        elif act.root == "ASSAULT":
            score -= 0.3
        if _caused_within(act, acts):
            score += 2.0
        key = (score, act.token.i)
        if best is None or key < best[:2]:
            best = (score, act.token.i, act)
    return best[2] if best else None


def _is_blaming(stretch: Stretch) -> bool:
    return any(t.lemma_.lower() in lexicon().context["blaming"] for t in stretch.cue)


def _is_answered_for(noun: Token) -> bool:
    """ "Responsible for the attack", "behind the raid", "there was a raid", "took part in the killing"."""
    here = noun
    for _ in range(3):
        head = here.head
        if head.i == here.i:
            return False
        if head.lower_ in (
            "behind",
            "responsible",
            "role",
            "part",
            "hand",
            "involvement",
            "complicity",
            "after",
        ):
            return True
        if here.dep_ in ("attr", "nsubjpass", "dobj") and head.lemma_ in (
            "be",
            "carry",
            "take",
            "occur",
            "happen",
        ):
            return True
        if here.dep_ == "nsubj" and head.lemma_.lower() in (
            "occur",
            "happen",
            "kill",
            "hit",
            "take",
            "leave",
            "be",
        ):
            return True
        here = head
    return False


def _caused_within(act: Act, acts: Sequence[Act]) -> bool:
    """True for "paid" in "paid a gang to beat": what was paid for is the act."""
    if act.nominal or act.token.lemma_.lower() not in lexicon().context["causing"]:
        return False
    return any(
        a.root in ("ASSAULT", "COERCE") and not a.nominal and a.token.dep_ in ("xcomp", "advcl", "ccomp")
        and a.token.head.i == act.token.i
        for a in acts
    )  # fmt: skip


def _accused(passage: Passage, stretch: Stretch, act: Act, inside: set[int]) -> tuple[str | None, set[int]]:
    """The actor's name and the tokens of his phrase."""
    head = find_actor(act, inside)
    if head is not None and head.i == act.token.i:
        head = None
    own = act.token.tag_ == "VBG" or act.nominal or head is None
    if own and _is_blaming(stretch):
        tokens = accused_before(stretch.content, act)
        if len(stretch.pieces) > 1 and not tokens:
            tokens = next((p for p in stretch.pieces if act.token not in p), [])
        if not tokens and head is None:
            tokens = _after_on(stretch, act)
        if tokens:
            return _accused_phrase(passage, stretch, tokens, inside)
    if (
        head is None
        and len(stretch.pieces) > 1
        and act.token not in stretch.pieces[0]
        and not _is_done_to(act)
    ):
        return _accused_phrase(passage, stretch, stretch.pieces[0], inside)
    if head is None:
        if _is_subjectless(act, inside):
            return speaking_body(passage, stretch), set()
        return None, set()
    if head.lower_ in ("i", "we") and head.pos_ == "PRON":
        return speaking_body(passage, stretch), {head.i}
    return name_of(passage, stretch, head, inside), {t.i for t in phrase_tokens(head, inside)} | _after(
        head, act
    )


def _after(head: Token, act: Act) -> set[int]:
    """Tokens between an actor before its act and the act, which describe the actor."""
    return {t.i for t in head.subtree if t.i < act.token.i} if head.i < act.token.i else set()


def _accused_phrase(
    passage: Passage, stretch: Stretch, tokens: list[Token], inside: set[int]
) -> tuple[str | None, set[int]]:
    indexes = {t.i for t in tokens}
    head = next(
        (t for t in tokens if t.head.i not in indexes and t.pos_ in ("NOUN", "PROPN", "PRON", "ADJ")),
        tokens[-1],
    )
    return name_of(passage, stretch, head, indexes & inside), indexes


def _after_on(stretch: Stretch, act: Act) -> list[Token]:
    """In "blame the massacre on fighters": the tokens after "on"."""
    for n, token in enumerate(stretch.content):
        if token.i > act.token.i and token.lower_ in ("on", "upon") and token.pos_ == "ADP":
            return stretch.content[n + 1 :]
    return []


def _is_done_to(act: Act) -> bool:
    """True for a participle whose first piece is what it was done to ("Cement | impounded by police")."""
    return act.token.tag_ == "VBN" and not any(c.dep_ == "aux" for c in act.token.children)


def _is_subjectless(act: Act, inside: set[int]) -> bool:
    """True for "(denies) arming fighters", "(denied) having met them", "(denied) any role in the fire"."""
    token = act.token
    if act.nominal:
        return any(
            t.lower_ in ("role", "part", "hand", "involvement") for t in token.ancestors if t.i in inside
        )
    if token.tag_ not in ("VBG", "VBN", "VB"):
        return False
    return not any(c.dep_ in ("nsubj", "nsubjpass", "agent") for c in token.children) and (
        token.tag_ == "VBG" or any(c.lower_ in ("having", "have") for c in token.children)
    )


def _victim(passage: Passage, stretch: Stretch, act: Act, inside: set[int]) -> str | None:
    if act.root not in lexicon().hostile or act.root in ("MOBILIZE", "SANCTION"):
        return None
    places = {t.i for _, t in passage.places}
    head = find_victim(act, inside, places)
    for other in find_acts(stretch.own[:_MAX_CONTENT]) if head is None and not act.nominal else ():
        joined = other.token.dep_ == "conj" and other.token.head.i == act.token.i
        if joined and other.root in lexicon().hostile and not other.negated:
            head = find_victim(other, inside, places)
            break
    if head is None and _is_done_to(act) and len(stretch.pieces) > 1 and act.token not in stretch.pieces[0]:
        head = next((t for t in stretch.pieces[0] if t.dep_ in ("nsubj", "nsubjpass", "ROOT")), None)
    if head is None or head.lower_ in (
        "who",
        "which",
        "that",
        "there",
        "nobody",
        "it",
        "themselves",
        "itself",
    ):
        return None
    if any(t.lower_ in ("no", "nobody", "none") for t in (head, *head.children)):
        return None
    return phrase_text(phrase_tokens(head, inside)) or None


def _claimant(passage: Passage, stretch: Stretch) -> str | None:
    """The innermost source that puts the act forward; None where all there are deny or doubt it."""
    for here in stretch.chain():
        stance = here.statement.stance
        if stance in AFFIRMING or stance == "retract":
            if here.statement.speaker:
                return here.statement.speaker
            if here.source:
                return phrase_text(here.source)
        else:
            return _claimed_beside(passage, stretch) if here is stretch else None
    return None


def _claimed_beside(passage: Passage, stretch: Stretch) -> str | None:
    """Whose account a denial answers: 'not one soldier has entered, X said, dismissing Y's account'."""
    if not stretch.source:
        return None
    for other in passage.stretches:
        parent = other.parent
        if parent is None or parent is stretch or other.content or other.statement.stance not in AFFIRMING:
            continue
        if parent.statement.speaker == stretch.statement.speaker and parent.source == stretch.source:
            return other.statement.speaker
    return None


def _setting_of_source(passage: Passage, stretch: Stretch, inside: set[int]) -> Place | None:
    """Where people tell of what happened to them, if the content names no place.

    "Villagers in X say ...", and "X's warden denied holding anybody there"; also a person who spoke of X in
    the sentence before ("She runs the clinic at X. She says ...").
    """
    if any(t.i in inside for _, t in passage.places) or not stretch.source:
        return None
    source = {t.i for t in stretch.source}
    near = [
        (p, t)
        for p, t in passage.places
        if t.i in source and t.i and t.doc[t.i - 1].lower_ in ("in", "at", "near")
    ]
    if len(stretch.source) == 1 and stretch.source[0].pos_ == "PRON":
        return _place_before(passage, stretch)
    head = next((t for t in stretch.source if t.head not in stretch.source), None)
    if not near or head is None or head.pos_ == "PROPN":
        return None
    place, at = near[0]
    there = any(t.lower_ in ("there", "here") and t.pos_ == "ADV" for t in stretch.content)
    if there or at.doc[at.i - 1].lower_ in ("at", "near") or _is_local(stretch, head):
        return place
    return None


def _is_local(stretch: Stretch, head: Token) -> bool:
    """True for people who live where they are said to be, and not for those who only work or talk there."""
    if any(t.lower_ in ("my", "our") for t in stretch.source):
        return True
    if head.lower_ in source_words().witnesses:
        return True
    return head.tag_ == "NNS" and head.lemma_.lower() not in lexicon().context["visitors"]


def _place_before(passage: Passage, stretch: Stretch) -> Place | None:
    """The one place of the sentence before, where it tells of the same person."""
    source = stretch.source[0]
    before = source.sent.start - 1
    if before < 0:
        return None
    sent = source.doc[before].sent
    found = [
        p
        for p, t in passage.places
        if sent.start <= t.i < sent.end and t.i and t.doc[t.i - 1].lower_ in ("in", "at")
    ]
    last = (stretch.statement.speaker or "").split()[-1:]
    return found[0] if len(found) == 1 and last and last[0] in sent.text else None
