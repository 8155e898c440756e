"""Words that make a sentence speak of what is to come: modals, "is set to", "threatened to", "risk of"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Span, Token

from allegata.vocab import load

FIRM, POSSIBLE = 2, 1

_WILL = frozenset({"will", "shall", "’ll", "'ll", "wo", "sha"})
_MAY = frozenset({"could", "may", "might"})
_NOW = frozenset({"VBZ", "VBP", "VB", "MD"})
_COPULAS = frozenset({"be", "look", "seem", "appear", "remain", "become", "feel"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_AHEAD = re.compile(r"\b(?:next|coming|tomorrow|soon|shortly|ahead|to come)\b|^(?:by|before|within|until)\b")
_PAST = re.compile(r"\b(?:last|past|previous|since|ago|earlier this|yesterday)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signal:
    """``word`` speaks of what is to come, ``head`` heads the words that say what. ``actor`` is the verb whose
    subject would act, ``governor`` the verb that lends it one, ``carrier`` what a noun hangs on."""

    word: Token
    head: Token
    strength: int
    actor: Token | None = None
    governor: Token | None = None
    carrier: Token | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What else a sentence has: a condition, horizons (lower case), a role that tells of expectation."""

    condition: Span | None
    conditional: bool
    horizons: tuple[str, ...]
    expected: bool

    @property
    def horizon(self) -> bool:
        """True where it is said by when; how long something lasts does not count."""
        return any(not h.startswith("for ") for h in self.horizons)

    @property
    def ahead(self) -> bool:
        """True where a horizon can only lie ahead."""
        return any(_AHEAD.search(h) for h in self.horizons)

    @property
    def supported(self) -> bool:
        return self.conditional or self.horizon or self.expected


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load("likelihood")["future"].items()}


@lru_cache(maxsize=1)
def _triggers() -> re.Pattern[str]:
    """Some word without which no rule finds anything: stems of the listed words, modals, what lies ahead."""
    words = _words()
    stems = {w.rstrip("ey") for kind in ("announcing", "fearing", "nouns", "looming") for w in words[kind]}
    whole = (
        words["set"] | words["predicates"] | _MAY | {"will", "shall", "won", "would", "should", "can", "look"}
    )
    whole |= {
        "next",
        "coming",
        "tomorrow",
        "soon",
        "shortly",
        "ahead",
        "to come",
        "by",
        "before",
        "within",
        "until",
    }
    listed = "|".join(map(re.escape, sorted(whole)))
    return re.compile(rf"\b(?:{listed})\b|[’']ll\b|\b(?:{'|'.join(sorted(stems))})", re.IGNORECASE)


def may_look_ahead(text: str) -> bool:
    """False where a sentence has no word that a rule goes by; spares the look at its tokens."""
    return _triggers().search(text) is not None


def find_signal(tokens: Span, around: Around) -> Signal | None:
    """The word that makes a sentence a forecast, the firmest one first, or None."""
    inside = {t.i for t in around.condition} if around.condition is not None else set()
    possible = None
    for token in tokens:
        if token.i in inside:
            continue
        found = _signal(token, tokens, around, inside)
        if found is not None and found.strength == FIRM:
            return found
        possible = possible or found
    return possible


def _signal(token: Token, tokens: Span, around: Around, inside: set[int]) -> Signal | None:
    if token.tag_ == "MD":
        return _modal(token, tokens, around, inside)
    for rule in (_set, _announced, _predicate, _noun, _present):
        if found := rule(token, tokens, around):
            return found
    return None


def _modal(token: Token, tokens: Span, around: Around, inside: set[int]) -> Signal | None:
    words, word, verb = _words(), token.lower_, token.head
    if verb.i in inside:  # "will, weather permitting, sail": the verb stands behind the condition
        verb = next((t for t in tokens if t.i > max(inside) and t.tag_ == "VB"), verb)
    if verb.i < token.i or (verb.tag_ == "VB" and verb.lemma_.lower() in words["telling"]) or _is_duty(verb):
        return None
    if word in _WILL:
        return Signal(token, verb, FIRM, verb)
    if _is_perfect(verb):
        return None
    likely = False
    if word == "would":
        subject = _subject(verb)
        generic = subject is not None and subject.lower_ in ("one", "you")
        likely = around.supported and not generic and not _is_wished(verb)
    elif word in _MAY:
        lemma = verb.lemma_.lower()
        result = lemma in words["consequences"] or _child(verb, "auxpass") is not None
        if word == "may" and (lemma in words["weak"] or lemma not in words["consequences"]):
            result = False  # "visitors may take photographs"
        unable = word == "could" and _child(verb, "neg") is not None
        likely = (around.conditional or around.horizon) if unable else (around.supported or result)
    elif word == "should":
        likely = around.horizon and not _PAST.search(tokens.text)
    elif word == "can":
        likely = verb.lower_ in ("expected", "anticipated")
    return Signal(token, verb, POSSIBLE, verb) if likely else None


def _set(token: Token, tokens: Span, around: Around) -> Signal | None:
    """ "is due to", "are expected to", "seems likely to"."""
    follows = token.nbor(1) if token.i + 1 < tokens.end else None
    if token.lower_ not in _words()["set"] or follows is None:
        return None
    if follows.lower_ == "to" and _is_infinitive(follows) and _is_now(token):
        own = _subject(token) is not None or token.head.pos_ not in ("VERB", "AUX")
        predicate = token if own else token.head
        return Signal(token, predicate, FIRM, _child(token, "xcomp") or follows.nbor(1), predicate)
    if token.lower_ == "likely" and token.dep_ == "advmod" and token.head.tag_ in ("VB", "MD"):
        return Signal(token, token.head, POSSIBLE, token.head)
    return None


def _announced(token: Token, tokens: Span, around: Around) -> Signal | None:
    """ "threatened to close", "expects the bank to cut", "predicted a bloodbath if …"."""
    words, lemma = _words(), token.lemma_.lower()
    if lemma == "look" and token.tag_ == "VB" and token.i + 1 < tokens.end and token.nbor(1).lower_ == "for":
        deed = next((c for c in token.children if c.tag_ == "VB" and c.i > token.i), None)
        return Signal(token, deed, POSSIBLE, deed) if deed is not None and _subject(token) is None else None
    fears = lemma in words["fearing"]
    if not (fears or lemma in words["announcing"]) or token.pos_ != "VERB" or token.dep_ in ("amod", "aux"):
        return None
    deed = None if fears else _deed(token, tokens)
    if deed is not None:
        told = token.tag_ == "VBD" or (token.tag_ == "VBN" and any(c.lower_ == "had" for c in token.children))
        support = around.conditional or around.horizon if told else around.supported
        firm = support or lemma in words["binding"]
        return Signal(token, deed, FIRM, deed, token) if firm else None
    thing = _child(token, "dobj")
    if thing is None or thing.pos_ not in ("NOUN", "PROPN") or not (fears or lemma in words["foretelling"]):
        return None
    dated = around.conditional or around.horizon
    return Signal(token, thing, POSSIBLE, carrier=token) if dated else None


def _deed(token: Token, tokens: Span) -> Token | None:
    """What is announced: the infinitive or clause that the verb governs."""
    deed = _child(token, "xcomp") or _child(token, "ccomp")
    if deed is None and token.i + 2 < tokens.end and token.nbor(1).lower_ == "to":
        deed = token.nbor(2) if token.nbor(2).tag_ == "VB" else None
    return deed if deed is not None and deed.i > token.i and deed.tag_ in ("VB", "MD", "VBG") else None


def _predicate(token: Token, tokens: Span, around: Around) -> Signal | None:
    """ "war is inevitable", "a truce by winter looks doubtful"."""
    if token.lower_ not in _words()["predicates"] or token.dep_ not in ("acomp", "attr", "oprd"):
        return None
    verb = token.head
    if verb.lemma_.lower() not in _COPULAS or verb.tag_ not in _NOW:
        return None
    if _child(token, "ccomp") or _child(verb, "ccomp"):
        return None  # "it is likely that …": the clause has a modal of its own, or is past
    thing = _subject(verb)
    if thing is None or thing.pos_ not in ("NOUN", "PROPN"):
        return None
    sure = token.lower_ in ("imminent", "inevitable", "unavoidable")
    return Signal(token, thing, POSSIBLE) if sure or around.horizon or around.conditional else None


def _noun(token: Token, tokens: Span, around: Around) -> Signal | None:
    """ "the likelihood of war by winter", "an even chance that he falls"."""
    if token.lemma_.lower() not in _words()["nouns"] or token.i + 1 >= tokens.end:
        return None
    if token.nbor(1).lower_ not in ("of", "that", "for"):
        return None
    verb = token.head
    if verb.tag_ in ("VBD", "VBN") and verb.lemma_ == "be" and not around.conditional:
        return None
    if not around.horizon and not (around.expected and (around.conditional or verb.tag_ in _NOW)):
        return None
    hung = next((c for c in token.nbor(1).children if c.dep_ in ("pobj", "pcomp")), None)
    head = hung or _child(token, "acl") or _child(token, "ccomp")
    return Signal(token, head, POSSIBLE, carrier=token) if head is not None else None


def _present(token: Token, tokens: Span, around: Around) -> Signal | None:
    """The present tense of what is to come: "layoffs are coming soon", "the clinic faces closure by May"."""
    if token.pos_ not in ("VERB", "AUX") or _subject(token) is None:
        return None
    if token.tag_ == "VBG" and any(c.lower_ in ("is", "are", "’re", "'re") for c in token.children):
        return Signal(token, token, POSSIBLE, token) if around.ahead else None
    if token.tag_ not in ("VBZ", "VBP") or token.dep_ in ("relcl", "advcl"):
        return None
    if token.lemma_.lower() in _words()["looming"] and (around.horizon or around.conditional):
        return Signal(token, token, POSSIBLE, _child(token, "xcomp") or token, token)
    return None


def _is_duty(verb: Token) -> bool:
    """True for "it will be essential to …": what ought to be done, not what is going to happen."""
    needed, subject = _child(verb, "acomp"), _subject(verb)
    if needed is None or subject is None:
        return False
    return needed.lower_ in _words()["needed"] and subject.lower_ == "it"


def _is_wished(verb: Token) -> bool:
    """True for what somebody hopes or wishes would happen."""
    wish = verb.head if verb.dep_ in ("ccomp", "xcomp") else verb
    return wish.lower_ in _words()["wishing"] or wish.lemma_.lower() in _words()["wishing"]


def _is_perfect(verb: Token) -> bool:
    """True for "could have gone": a possibility of the past."""
    return verb.tag_ == "VBN" and any(
        c.lower_ in ("have", "'ve", "’ve") and c.dep_ == "aux" for c in verb.children
    )


def _is_infinitive(to: Token) -> bool:
    return to.i + 1 < len(to.doc) and (to.nbor(1).tag_ == "VB" or to.nbor(1).pos_ == "ADV")


def _is_now(token: Token) -> bool:
    """False for "had been expected to", and for the active "the army planned to"."""
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass", "cop")}
    if token.tag_ in ("VBD", "VBN") and token.head.lemma_ not in _COPULAS and not helpers:
        return token.dep_ in ("acl", "conj")
    return "had" not in helpers


def _child(token: Token, dep: str) -> Token | None:
    return next((c for c in token.children if c.dep_ == dep), None)


def _subject(token: Token) -> Token | None:
    return next((c for c in token.children if c.dep_ in _SUBJECTS), None)
