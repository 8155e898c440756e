"""Pronouns and owners inside a content: whose "its jets" are, and who "he" is that did it."""

from __future__ import annotations

from spacy.tokens import Token

from allegata.model import OPPOSING
from allegata.reading.allegations.lexicon import lexicon
from allegata.reading.allegations.phrases import phrase_text, phrase_tokens, with_employer
from allegata.reading.allegations.stretches import Passage, Stretch
from allegata.reading.speakers import organisation_of, owner_of
from allegata.reading.speakers.words import source_words

_NEUTER = frozenset({"it", "its", "itself"})
_PERSONAL = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_FIRST = frozenset({"i", "me", "my", "we", "us", "our", "ours"})
_EMPTY = frozenset(
    {"who", "which", "that", "there", "you", "your", "one", "nobody", "none", "someone", "what"}
)
_BODIES = frozenset({"organisation", "outlet", "agency", "office", "unknown", "document"})


def name_of(passage: Passage, stretch: Stretch, head: Token, inside: set[int]) -> str | None:
    """The phrase headed by ``head`` as a name, with pronouns and owners resolved where it is clear."""
    low = head.lower_
    if not head.is_alpha and not any(c.isalnum() for c in low):
        return None
    if low in _EMPTY and not any(c.lower_ == "of" for c in head.children):
        return None
    if low == "other" and any(c.lower_ == "each" for c in head.children):
        return stretch.statement.speaker
    if low in _NEUTER | _PERSONAL | _PLURAL | _FIRST:
        return _referent(passage, stretch, head)
    if any(t.lower_ in ("no", "nobody") for t in head.children) and stretch.statement.stance != "deny":
        return None
    tokens = phrase_tokens(head, inside)
    owner = next((t for t in tokens if t.tag_ == "PRP$" and t.dep_ == "poss"), None)
    if owner is not None and _acts_for(owner.head):
        found = _referent(passage, stretch, owner)
        if found is not None:
            return found
    return phrase_text(with_employer(tokens, head)) or None


def _referent(passage: Passage, stretch: Stretch, pronoun: Token) -> str | None:
    """Whom a pronoun in a content means. Inside a quotation it is never the one who is quoted."""
    low = pronoun.lower_
    quoted = _is_quoted(passage, stretch)
    if low in _FIRST:
        return speaking_body(passage, stretch)
    if not quoted:
        for candidate in _bound(passage, stretch):
            if candidate.statement.speaker and _agrees(passage, candidate, low):
                return (
                    speaking_body(passage, candidate)
                    if low in _NEUTER | _PLURAL
                    else candidate.statement.speaker
                )
    if low in _PLURAL:
        return _plural_before(passage, stretch, pronoun)
    barred = [(t.i, t.i + 1) for s in stretch.chain() for t in s.source] if quoted else []
    return owner_of(passage.doc, pronoun, barred)


def _bound(passage: Passage, stretch: Stretch) -> list[Stretch]:
    """Statements whose speaker a pronoun in ``stretch`` may mean, the likeliest first.

    Somebody who denies, doubts or will not comment is the one the pronoun means: "X rejected Y's charge that
    its jets ..." speaks of X.
    """
    chain = stretch.chain()
    opposed = [s for s in chain if s.statement.stance in OPPOSING]
    if opposed:
        return [*opposed, *(s for s in chain if s.statement.stance not in OPPOSING)]
    sentence = stretch.content[0].sent.start if stretch.content else -1
    beside = [
        s
        for s in passage.beside.get(sentence, ())[:20]
        if s.statement.stance in OPPOSING and s.source and s.start < stretch.start
    ]
    return [*beside, *chain]


def _agrees(passage: Passage, candidate: Stretch, pronoun: str) -> bool:
    """Number and kind, as far as the source's own phrase shows them."""
    source = candidate.source
    if not source:
        return False
    if len(source) == 1 and source[0].pos_ == "PRON":
        return source[0].lower_ in (
            _NEUTER if pronoun in _NEUTER else _PERSONAL if pronoun in _PERSONAL else _PLURAL
        )
    head = next((t for t in source if t.head not in source), source[-1])
    plural = head.tag_ in ("NNS", "NNPS")
    state = head.lower_ in source_words().countries
    person = not state and (any(t.ent_type_ == "PERSON" for t in source) or _is_role(head))
    if pronoun in _PLURAL:
        return plural
    if pronoun in _PERSONAL:
        return person and not plural
    return not plural and not person


def _acts_for(noun: Token) -> bool:
    """True where what a noun does is the doing of whom it belongs to: "its jets", "his men"."""
    low = noun.lemma_.lower()
    return low in lexicon().forces or low in (
        "man",
        "men",
        "people",
        "side",
        "boy",
        "officer",
        "official",
        "spy",
    )


def _is_role(head: Token) -> bool:
    low = head.lemma_.lower()
    return low in source_words().roles and low not in source_words().organisations


def speaking_body(passage: Passage, stretch: Stretch) -> str | None:
    """The speaker, or what a spokesperson speaks for: it is the body whose acts are spoken of."""
    speaker = stretch.statement.speaker
    if speaker:
        organisation = organisation_of(passage.doc, speaker)
        if organisation:
            return organisation
    source = stretch.source
    head = next((t for t in source if t.head not in source), None)
    if head is not None and head.lemma_.lower() in ("spokesman", "spokeswoman", "spokesperson", "secretary"):
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("for", "of"):
                body = next((g for g in child.children if g.dep_ == "pobj"), None)
                if body is not None:
                    return phrase_text(phrase_tokens(body)) or speaker
        owner = next((c for c in head.children if c.dep_ == "poss" and c.tag_ != "PRP$"), None)
        if owner is not None:
            return phrase_text(phrase_tokens(owner)) or speaker
    return speaker


def _is_quoted(passage: Passage, stretch: Stretch) -> bool:
    if not stretch.content:
        return False
    first = stretch.content[0]
    before = passage.document.text[max(0, first.idx - 1) : first.idx]
    return before in ('"', "“", "‘", "«") or first.text in ('"', "“", "``")


def _plural_before(passage: Passage, stretch: Stretch, pronoun: Token) -> str | None:
    """ "They": the last plural subject that stands before it in the same content."""
    found: Token | None = None
    for token in stretch.content:
        if token.i >= pronoun.i:
            break
        if token.tag_ in ("NNS", "NNPS") and token.dep_ in ("nsubj", "nsubjpass"):
            found = token
    return name_of(passage, stretch, found, {t.i for t in stretch.content}) if found is not None else None


def victim_before(stretch: Stretch, pronoun: Token) -> Token:
    """Whom "him" or "them" means as the victim: the last object before it in the same content."""
    for token in reversed([t for t in stretch.content if t.i < pronoun.i]):
        if token.dep_ in ("dobj", "nsubjpass") and token.pos_ in ("NOUN", "PROPN"):
            return token
    return pronoun
