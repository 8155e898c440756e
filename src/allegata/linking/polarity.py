"""Whether a passage says the opposite of a Claim.

Reading already gives a denial its stance where the sentence is built as one. This is for the rest: a long
turn, a
statement in its own voice, a sentence whose denying word is a noun. A negation counts where it stands in the
clause that speaks of the Claim, and not where the Claim itself is one ("no warning was given").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import fsum

from allegata.linking.words import weight, words

ABOUT = 0.08
"""Share of a Claim's words from which a negated clause speaks of it."""

Core = Mapping[str, float]
"""The words of a Claim (`Word.norm`) with the weight of each."""

_EMPTY = re.compile(
    r"\b(?:no|not any|without(?: a)?) doubt\b|\bnot only\b|\bno longer\b|\bno fewer\b|\bnot least\b|"
    r"\bneither confirm\w* nor den\w+|\bnot to be named\b|\bno one (?:else )?knows\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|cannot|"
    r"aucune?|jamais|ningun[ao]?|ningún|nunca|jamás|kein\w*|niemals|nenhuma?|nessun[ao]?)\b|n['’]t\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\b(?:without|un[a-z]{4,}ed)\b", re.IGNORECASE)
_REFUTES = re.compile(
    r"\b(?:false|falsehoods?|baseless|groundless|fabricat\w+|invent(?:ed|ion|ions)|lie|lies|lying|"
    r"untrue|unfounded|"
    r"nonsense|fantas(?:y|ies)|slander\w*|smears?|hoax|fake|rubbish|absurd|ridiculous|ludicrous|preposterous|"
    r"illogical|bogus|concocted|den(?:y|ies|ied)|"
    r"reject(?:s|ed)?|"
    r"refut(?:e|es|ed)|no truth|forger(?:y|ies)|forged|"
    r"dément\w*|rejett?e\w*|mensong\w+|desmient\w*|desmint\w*|niega\w*|rechaz[aóo]\w*|infundad\w+|bestreitet\w*|"
    r"desmente\w*|smentisc\w*|without (?:any )?(?:foundation|basis|merit))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:is|are|was|were|remains?|remained|stays?|stayed|found)\s+(?:\w+ly\s+|fully\s+|quite\s+|still\s+)?"
    r"(?:intact|sound|safe|unharmed|undamaged|untouched|unbroken|in (?:perfect |good |full )?order|innocent|"
    r"fault-?less|blameless)\b",
    re.IGNORECASE,
)
"""What says that no harm was done, without a negation."""
_CLAUSE = re.compile(
    r"[;:.!?–—]\s|\s-\s|\b(?:and|but|because|which|who|when|while|although|though|until|unless|if)\b",
    re.IGNORECASE,
)

MATTERS = (
    r"reports?|claims?|allegations?|accusations?|charges?|story|stories|article|version|account|remarks|"
    r"suggestions?|statements?|interview"
)
"""Nouns for what was said against somebody, as alternatives of a pattern."""

_MATTER = re.compile(
    r"\W*(?:that\s+)?(?:the|these|those|this|that|such|any|all|what|his|her|its|their|every)\s+"
    rf"(?:[\w'’-]+\s+){{0,2}}(?:{MATTERS}|articles|versions|accounts|rumou?rs?)\b",
    re.IGNORECASE,
)
"""What is denied where it is the matter as such."""

NEGATIVE = 0.5
"""Share of the passages that put a Claim forward above which it counts as one that says what was not."""


def core_words(passages: Iterable[str]) -> dict[str, float]:
    """The words that the passages of a Claim share, each weighed by its rarity and by how many have it."""
    held: Counter[str] = Counter()
    total = 0
    for passage in passages:
        held.update({w.norm for w in words(passage) if weight(w.norm) > 1.5 and not w.norm.isdigit()})
        total += 1
    return {w: weight(w) * n / total for w, n in held.items() if n > 1 or total < 3} if total else {}


def is_negative(passages: Iterable[str], core: Core) -> bool:
    """Whether most passages that put a Claim forward do it with a negation: then a negation denies
    nothing. ``passages`` come in the order of their documents: where half have one, the first decides."""
    found = [all(_NOT.search(c) or _WITHOUT.search(c) for c in _clauses(p, core)) for p in passages]
    share = sum(found) / len(found) if found else 0.0
    return share > NEGATIVE or (share == NEGATIVE and found[0])


def negates(passage: str, core: Core, *, negative: bool = False) -> bool:
    """Whether the passage says that the Claim is not so. ``negative`` tells that the Claim itself is a
    negation."""
    passage = _EMPTY.sub(" ", passage)
    if any(not is_claimed(m.group(), core) for m in _REFUTES.finditer(passage)):
        return True
    if negative:
        return False
    clauses = _clauses(passage, core)
    about = max(share_of(c, core) for c in clauses)
    return about >= ABOUT and all(_NOT.search(c) or _WHOLE.search(c) for c in clauses)


OWN, LEAST_OWN = 2.5, 3
"""Background weight (nats) of words that say what is denied, and how many of them say it."""


def own_count(passage: str) -> int:
    """How many words of a passage say what it is about."""
    return sum(weight(w.norm) > OWN for w in words(passage))


def is_flat_denial(passage: str) -> bool:
    """Whether a passage denies in so few words that they can only mean the matter ("There is no plan")."""
    passage = _EMPTY.sub(" ", passage)
    return bool(_NOT.search(passage)) and own_count(passage) < LEAST_OWN


def is_contrary(passage: str, core: Core) -> bool:
    """Whether a passage that has words of the Claim has a negation, or a word of refusal or of soundness that
    is not the Claim's own: from the accused it denies."""
    passage = _EMPTY.sub(" ", passage)
    if share_of(passage, core) < ABOUT:
        return False
    refusing = (m.group() for m in _REFUTES.finditer(passage))
    return bool(_NOT.search(passage) or _WHOLE.search(passage)) or any(
        not is_claimed(word, core) for word in refusing
    )


def means_all(denied: str) -> bool:
    """Whether what is denied is the accusation as such, whatever it is: "the report", "these claims"."""
    return bool(_MATTER.match(denied))


STEM = 5
"""Letters by which "forged" and "forgery" meet."""

CLAIMED = 0.4
"""Share of a Claim's passages that have a word of untruth from which it is what the Claim says ("forged")."""


def is_claimed(word: str, core: Core) -> bool:
    """Whether a word of untruth is what the Claim itself says."""
    if word.lower().startswith("without"):
        return False
    stems = {w.norm[:STEM] for w in words(word) if len(w.norm) >= STEM and weight(w.norm) > 1.0}
    return any(fsum(v / weight(n) for n, v in core.items() if n.startswith(s)) >= CLAIMED for s in stems)


def share_of(passage: str, core: Core) -> float:
    """What part of the words of a Claim, by weight, a passage has; 1 where the Claim has none of its own."""
    whole = fsum(core.values())
    norms = {w.norm for w in words(passage[:2000])}
    return fsum(v for w, v in core.items() if w in norms) / whole if whole else 1.0


def refutes(passage: str) -> bool:
    """Whether a passage calls something untrue, whatever it is."""
    return bool(_REFUTES.search(_EMPTY.sub(" ", passage)))


def _clauses(passage: str, core: Core) -> list[str]:
    """The clauses that have most of the Claim's words, or nearly so."""
    parts = [p for p in _CLAUSE.split(passage[:2000]) if p.strip()] or [passage[:2000]]
    shares = [sum(core.get(w.norm, 0.0) for w in words(p)) for p in parts]
    return [p for p, share in zip(parts, shares, strict=True) if share >= 0.6 * max(shares)]
