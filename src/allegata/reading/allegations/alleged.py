"""The act that each Statement puts to somebody."""

from __future__ import annotations

from spacy.tokens import Token

from allegata.model import AFFIRMING, Allegation
from allegata.reading.allegations.acts import Act, find_acts
from allegata.reading.allegations.choice import choose, choose_unknown, is_blaming
from allegata.reading.allegations.guessing import guess_alleged
from allegata.reading.allegations.lexicon import lexicon
from allegata.reading.allegations.owners import name_of, speaking_body, victim_before
from allegata.reading.allegations.participants import accused_before, find_actor, find_victim
from allegata.reading.allegations.phrases import phrase_text, phrase_tokens
from allegata.reading.allegations.settings import find_setting, setting_of_same, setting_of_source
from allegata.reading.allegations.stretches import Passage, Stretch
from allegata.reading.speakers.nobody import is_label

_SAID = frozenset({"THREATEN", "AGREE", "REJECT"})
"""Roots of acts that are done by saying something, and so are cues of Statements too."""
_NO_ACT = frozenset({"predict", "demand"})
_THINGS = frozenset({"it", "this", "that"})
"""Sources that nobody is known to stand for, and that may be no person at all."""
_BESIDE = 20
"""Statements of one sentence that are looked at."""
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
    act = choose(stretch, acts)
    if act is None:
        said = _said_act(passage, stretch)
        act = choose_unknown(stretch) if said is None else None
        if act is None:
            return said
    accused, actor_tokens = _accused(passage, stretch, act, inside)
    setting = (
        find_setting(act, actor_tokens, inside, acts, passage.places)
        or setting_of_same(passage, stretch, inside)
        or setting_of_source(passage, stretch, inside)
    )
    return Allegation(
        statement=statement.id,
        claimant=_claimant(passage, stretch),
        accused=accused,
        act=act.root or guess_alleged(act.token, stretch.own),
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
    for inner in stretch.inner:
        verb = next((t for t in inner.cue if words.verb_root(t) in _SAID), None)
        root = words.verb_root(verb) if verb is not None else None
        if verb is None or root is None or (inner.statement.stance == "predict" and root != "THREATEN"):
            continue
        if root == "REJECT" and not (inner.content and inner.content[0].lower_ == "to"):
            continue  # to reject a claim is to answer it; to refuse to do something is an act
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


def _accused(passage: Passage, stretch: Stretch, act: Act, inside: set[int]) -> tuple[str | None, set[int]]:
    """The actor's name and the tokens of his phrase."""
    head = find_actor(act, inside)
    if head is not None and head.i == act.token.i:
        head = None
    own = act.token.tag_ == "VBG" or act.nominal or head is None
    if own and (is_blaming(stretch) or (head is None and act.token.dep_ == "pcomp")):
        tokens = accused_before(stretch.content, act)
        if len(stretch.pieces) > 1 and not tokens:
            tokens = next((p for p in stretch.pieces if act.token not in p), [])
        if not tokens and head is None:
            tokens = _after_on(stretch, act)
        if not tokens and head is None:
            tokens = _beside_cue(passage, stretch) or _before_gerund(stretch, act)
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
        if stretch.statement.stance != "assert" and _is_subjectless(act, inside):
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
    if not tokens:
        return None, set()
    indexes = {t.i for t in tokens}
    head = next(
        (t for t in tokens if t.head.i not in indexes and t.pos_ in ("NOUN", "PROPN", "PRON", "ADJ")),
        tokens[-1],
    )
    return name_of(passage, stretch, head, indexes), indexes


def _beside_cue(passage: Passage, stretch: Stretch) -> list[Token]:
    """In "accusation against Pakistan of sheltering": who it is against, where the content has nobody."""
    for cue in stretch.cue:
        for child in cue.children:
            if child.dep_ == "prep" and child.lower_ in ("against", "that") and child not in stretch.content:
                return [t for t in child.subtree if t.i > child.i and t not in stretch.content][:12]
    return []


def _before_gerund(stretch: Stretch, act: Act) -> list[Token]:
    """In "accusations of Pakistan sheltering them": the noun phrase that begins the content."""
    if act.token.tag_ != "VBG":
        return []
    lead: list[Token] = []
    for token in stretch.content:
        if token.i >= act.token.i or token.pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "PART", "NUM"):
            break
        lead.append(token)
    return lead if lead and lead[-1].i == act.token.i - 1 else []


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
    if act.root and (act.root not in lexicon().hostile or act.root in ("MOBILIZE", "SANCTION")):
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
    if head.lower_ in ("him", "her", "them"):
        head = victim_before(stretch, head)
    return phrase_text(phrase_tokens(head, inside)) or None


def _claimant(passage: Passage, stretch: Stretch) -> str | None:
    """The innermost source that puts the act forward; None where all there are deny or doubt it."""
    for here in stretch.chain():
        stance = here.statement.stance
        if stance in AFFIRMING or stance == "retract":
            if here.statement.speaker:
                return here.statement.speaker
            if here.source and not is_label(here.source) and here.source[0].lower_ not in _THINGS:
                return phrase_text(here.source)
        else:
            return _claimed_beside(passage, stretch) if here is stretch else None
    return None


def _claimed_beside(passage: Passage, stretch: Stretch) -> str | None:
    """Whose account a denial answers: 'not one soldier has entered, X said, dismissing Y's account'."""
    if not stretch.source:
        return None
    for other in passage.beside.get(stretch.sentence, ())[:_BESIDE]:
        parent = other.parent
        if parent is None or parent is stretch or other.content or other.statement.stance not in AFFIRMING:
            continue
        if parent.statement.speaker == stretch.statement.speaker and parent.source == stretch.source:
            return other.statement.speaker
    return None
