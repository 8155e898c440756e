"""What the roles of sentences are told by: words, tense, time, quotation, place, likeness to the lead.

A feature is a string; a sentence has each at most once. `training/roles.py` learns what each weighs,
`roles.py` adds the weights up.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Token

from allegata.model import Span
from allegata.vocab import load

MAX_TOKENS = 120
"""Words of one sentence that are looked at."""

YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
DECADE = re.compile(r"(?:1[5-9]|20)?\d0s$")
NUMBER = re.compile(r"[\d.,]*\d[\d.,]*$")

SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "expl"])
NAMES = frozenset(["PERSON", "ORG", "GPE", "NORP"])

SHARED = (
    "root_tag", "tense", "modal", "has_year", "year_", "day_", "month", "in_quote", "open_quote",
    "straight_quote", "wholly", "quote", "upper", "speaker_", "decade", "speech:",
)  # fmt: skip
"""Beginnings of features that the two sentences before and after see too."""

LENGTHS = (2, 4, 7, 12, 18, 25, 35, 50)
SIZES = (6, 10, 15, 22, 35)


@dataclass(slots=True)
class _Facts:
    """A sentence boiled down: its features, and its words that carry meaning."""

    features: list[str]
    content: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load("roles").items()}


def sentence_features(doc: Doc, spans: Sequence[Span]) -> list[list[str]]:
    """The features of each sentence; ``spans`` are the sentences that may be of the story, in order."""
    starts = [token.idx for token in doc]
    facts: list[_Facts] = []
    quoted = False
    for begin, end in spans:
        first, last = bisect_left(starts, begin), bisect_right(starts, end - 1)
        tokens = [t for t in doc[first : min(last, first + MAX_TOKENS)] if not t.is_space]
        fact, quoted = _facts(tokens, quoted)
        facts.append(fact)
    _add_position(facts)
    _add_likeness(facts)
    shared = [[f for f in fact.features if f.startswith(SHARED)] for fact in facts]
    out: list[list[str]] = []
    for i, fact in enumerate(facts):
        features = fact.features
        for step in (-2, -1, 1, 2):
            if 0 <= i + step < len(facts):
                features = features + [f"{step}:{feature}" for feature in shared[i + step]]
            else:
                features = [*features, f"{step}:none"]
        out.append(list(dict.fromkeys(features)))
    return out


def _facts(tokens: Sequence[Token], quoted: bool) -> tuple[_Facts, bool]:
    """What a sentence tells by itself, and whether a quotation is still open at its end."""
    function = _words()["function"]
    marks: set[str] = set()
    words: list[str] = []
    content: list[str] = []
    letters = capitals = 0
    for token in tokens:
        word, lemma = token.lower_, token.lemma_.lower()
        word = _add_time(word, marks)
        words.append(word)
        if token.is_alpha:
            letters += 1
            capitals += len(word) > 1 and token.text.isupper()
            if len(word) > 2 and word not in function:
                content.append(lemma)
        _add_grammar(token, lemma, marks)
    quoted = _add_quotation(tokens, quoted, marks)
    if letters and capitals / letters > 0.6:
        marks.add("upper_case")
    marks.add("speech:yes" if any(m.startswith("speaker_") for m in marks) else "speech:no")
    kinds = Counter(token.ent_type_ for token in tokens if token.ent_iob_ == "B")
    features = [f"w:{w}" for w in words]
    features += [f"b:{a}_{b}" for a, b in pairwise(words)]
    if words:
        features += [f"first:{words[0]}", f"first2:{'_'.join(words[:2])}", f"last:{words[-1]}"]
        features.append("first_tags:" + "_".join(token.tag_ for token in tokens[:3]))
    features += [f"entity:{kind}:{min(n, 3)}" for kind, n in kinds.items()]
    features.append(f"length:{_bin(len(words), LENGTHS)}")
    features += sorted(marks)
    return _Facts(features, frozenset(content)), quoted


def _add_time(word: str, marks: set[str]) -> str:
    """Marks of dates and numbers; gives the word, or a sign for the kind of number that it is."""
    known = _words()
    if NUMBER.match(word):
        if YEAR.match(word):
            marks.update(("has_year", f"year_{word[:3]}"))
            return "#year"
        marks.add("has_number")
        return "#"
    if DECADE.match(word):
        marks.add("decade")
    elif word in known["today"]:
        marks.add("day_today")
    elif word in known["weekdays"]:
        marks.add("day_week")
    elif word in known["months"]:
        marks.add("month")
    return word


def _add_grammar(token: Token, lemma: str, marks: set[str]) -> None:
    """Marks of verbs, their tense, and their subjects."""
    tag, dep = token.tag_, token.dep_
    if tag == "MD":
        marks.add(f"modal_{lemma}")
    if dep == "ROOT":
        marks.update((f"root_{lemma}", f"root_tag_{tag}"))
        helpers = [c for c in token.children if c.dep_ in ("aux", "auxpass", "neg")]
        marks.update("root_negated" if c.dep_ == "neg" else f"tense_{c.lower_}_{tag}" for c in helpers)
        if not helpers:
            marks.add(f"tense_{tag}")
    elif token.pos_ == "VERB":
        marks.update((f"verb_{lemma}", f"has_{tag}"))
    if dep in SUBJECTS:
        kind = token.ent_type_
        marks.add(f"subject_{'name' if kind in NAMES else token.lower_}")
        if kind:
            marks.add(f"subject_{kind}")
        verb = token.head.lemma_.lower()
        if verb in _words()["speech"]:
            marks.update((f"speaker_{kind or tag}", f"speech_{verb}_{token.head.tag_}"))


def _add_quotation(tokens: Sequence[Token], quoted: bool, marks: set[str]) -> bool:
    """Marks of quotation marks; gives whether a quotation is open at the end. ``quoted``: at the start."""
    opened, closes = quoted, 0
    for token in tokens:
        text = token.text
        if text in ("“", "``"):
            quoted = True
            marks.add("open_quote")
        elif text == "”":
            quoted = False
            closes += 1
        elif text in ('"', "''"):
            quoted = not quoted
            closes += not quoted
            marks.add("straight_quote")
        elif quoted and token.is_alpha:
            marks.add("in_quote")
    if opened:
        marks.add("quote_ends" if closes else "wholly_quoted" if quoted else "quote_runs_on")
    return quoted


def _add_position(facts: list[_Facts]) -> None:
    """Features of where a sentence stands, and in how long a text."""
    n = len(facts)
    size = _bin(n, SIZES)
    for i, fact in enumerate(facts):
        tenth = 10 * i // n
        fact.features += [f"at:{min(i, 9)}", f"from_end:{min(n - 1 - i, 6)}", f"size:{size}"]
        fact.features += [f"tenth:{tenth}", f"tenth:{tenth}:{size}"]


def _add_likeness(facts: list[_Facts]) -> None:
    """Features of what a sentence shares with the lead, with the one before, with all before, with all."""
    lead = frozenset[str]().union(*[f.content for f in facts if len(f.content) >= 6][:2])
    counts = Counter(word for fact in facts for word in fact.content)
    before: frozenset[str] = frozenset()
    seen: set[str] = set()
    for fact in facts:
        size = len(fact.content) or 1
        fact.features.append(f"lead:{5 * len(fact.content & lead) // size}")
        fact.features.append(f"before:{min(len(fact.content & before), 3)}")
        fact.features.append(f"new:{5 * len(fact.content - seen) // size}")
        fact.features.append(f"central:{min(6, 2 * sum(counts[w] - 1 for w in fact.content) // size)}")
        before = fact.content
        seen |= fact.content


def _bin(value: int, edges: Sequence[int]) -> int:
    """The first edge that is not under the value; 99 past the last."""
    return next((edge for edge in edges if value <= edge), 99)
