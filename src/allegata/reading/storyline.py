"""Roles of sentences on pages that turn one allegation over, where the model's news articles are no guide.

There the main event is that somebody alleged something; the page says so again and again, in its lead, in a
quoted post, under new headings. What the writer adds is expectation or comment, under headings that say what
their paragraphs are about. The rules act only on pages whose lead tells an allegation, and only where the
parse shows what they look for; every other role stays what the model gave.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from allegata.model import AFFIRMING, Document, Sentence, Source, Statement
from allegata.reading.forecasts import look_around
from allegata.reading.origin_keys import origin_key
from allegata.reading.signals import find_signal
from allegata.vocab import load

LEAD = 5
"""Sentences of the story among which the allegation must stand."""

SAME = 0.5
"""Share of the words of a content that the lead's allegation must have, for it to be said again."""

MAX_HEADING = 16
"""Words. A longer line that is no part of the story is a teaser or a credit, and heads nothing."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_DECADE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Dd]uring) the (?:early |late |mid-)?(?:1[6-9]|20)?\d0s\b|\b1[6-9]\d\d\b"
)
_SUBJECTS = ("nsubj", "nsubjpass")
_PRESENT = ("VBZ", "VBP")


@dataclass(frozen=True, slots=True)
class Story:
    """Whose allegation the page turns over, and the words in which its lead tells it."""

    speakers: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def _headings() -> Mapping[str, re.Pattern[str]]:
    return {kind: _any_of(words) for kind, words in load("storyline")["headings"].items()}


@lru_cache(maxsize=1)
def _openings() -> Mapping[str, re.Pattern[str]]:
    return {kind: _any_of(words) for kind, words in load("storyline")["openings"].items()}


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def settle_roles(
    document: Document,
    doc: Doc,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    sources: Sequence[Source],
) -> tuple[Sentence, ...]:
    """The sentences, with their roles put right where the page turns one allegation over."""
    story = find_story(document, sentences, statements, sources)
    if story is None:
        return tuple(sentences)
    starts = [token.idx for token in doc]
    told = _by_sentence(sentences, statements)
    first = next(s.start for s in sentences if s.role != "not_applicable")
    settled: list[Sentence] = []
    heading = ""
    for number, sentence in enumerate(sentences):
        if sentence.role == "not_applicable":
            line = document.text[sentence.start : sentence.end]
            if len(line.split()) <= MAX_HEADING:
                heading = next((kind for kind, known in _headings().items() if known.search(line)), "")
            settled.append(sentence)
            continue
        tokens = doc[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        role: str | None = "main_event"
        if sentence.start != first:
            role = _role(sentence, tokens, told.get(number, ()), story, heading) if len(tokens) else None
        settled.append(replace(sentence, role=role) if role else sentence)
    return tuple(settled)


def find_story(
    document: Document,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    sources: Sequence[Source],
) -> Story | None:
    """The allegation that the lead tells, or None."""
    lead = [s for s in sentences if s.role != "not_applicable"][:LEAD]
    if not lead:
        return None
    begin, end = lead[0].start, lead[-1].end
    told = [
        s
        for s in statements
        if s.speaker is not None and s.stance in AFFIRMING and any(begin <= a < end for a, _ in s.content)
    ]
    keys = {source.name: origin_key(source) for source in sources}
    principals = {keys.get(s.speaker or "") for s in told if s.stance == "allege"} - {None}
    if not principals:
        return None
    speakers = frozenset(name for name, key in keys.items() if key in principals)
    return Story(
        speakers, frozenset(w for s in told if s.speaker in speakers for w in _words(document.text, s))
    )


def _by_sentence(
    sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> Mapping[int, Sequence[Statement]]:
    """Statements under the numbers of the sentences in which their cues and contents begin."""
    starts = [s.start for s in sentences]
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        places = (*statement.content, *statement.cue)
        for number in {bisect_left(starts, a + 1) - 1 for a, _ in places}:
            found.setdefault(number, []).append(statement)
    return found


def _role(
    sentence: Sentence, tokens: Span, within: Sequence[Statement], story: Story, heading: str
) -> str | None:
    """The role that the page's shape gives a sentence, or None to leave the model's."""
    if _tells_it(tokens, within, story):
        return "main_event"
    quoted = any(s.speaker is not None and s.source for s in within)
    if not quoted and find_signal(tokens, look_around(tokens, expected=True)[0]) is not None:
        return "expectation"
    text, root, known = tokens.text, tokens.root, _openings()
    if known["historical"].search(text) or known["before"].search(text) or _DECADE.search(text):
        return "historical_event"
    if sentence.role == "expectation" and not any(t.tag_ == "MD" for t in tokens):
        return "evaluation"
    return _role_of_facts(sentence, root, quoted, heading)


def _role_of_facts(sentence: Sentence, root: Token, quoted: bool, heading: str) -> str | None:
    """The role of what is or was, by its tense, its subject and its section's heading."""
    subject = next((c for c in root.children if c.dep_ in _SUBJECTS), None)
    if subject is None:
        return None
    known, lemma = load("storyline"), subject.lemma_.lower()
    helpers = {c.lower_ for c in root.children if c.dep_ in ("aux", "auxpass")}
    perfect = root.tag_ == "VBN" and bool(helpers & {"has", "have"})
    told = perfect or root.tag_ == "VBD" or bool(helpers & {"was", "were"})
    reacting = heading == "reaction" or lemma in known["reactions"]["subjects"]
    if told and reacting and not quoted and sentence.role != "historical_event":
        return "consequence"
    about = lemma in known["sayings"] or subject.lower_ in known["comments"]["subjects"]
    if sentence.role == "evaluation":
        if heading == "past" and root.tag_ == "VBD" and not quoted:
            return "historical_event"
        if perfect and subject.pos_ != "PRON":
            return "current_context"
    elif sentence.role in ("current_context", "main_event") and about and root.tag_ in _PRESENT:
        return "evaluation"
    return None


def _tells_it(tokens: Span, within: Sequence[Statement], story: Story) -> bool:
    """True where the sentence itself says who alleges it: not where it comments on the allegation."""
    verbs = {t.idx for t in tokens if t.pos_ in ("VERB", "AUX")}
    root, known = tokens.root, load("storyline")
    for statement in within:
        if statement.speaker not in story.speakers or statement.stance not in AFFIRMING:
            continue
        said = frozenset(_words(tokens.doc.text, statement))
        by_verb = any(a <= at < b for a, b in statement.cue for at in verbs)
        again = bool(said) and len(said & story.words) >= SAME * len(said)
        if (by_verb and again) or _is_told(tokens, root, statement):
            return True
    if root.lemma_.lower() in known["doing"] and root.tag_ in ("VBD", "VBN"):
        objects = [c for c in root.children if c.dep_ in ("dobj", "nsubjpass")]
        if any(o.lemma_.lower() in known["sayings"] for o in objects):
            return True
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens):
        return False
    said = frozenset(  # "Major accusation against …"
        t.lower_[:7]
        for t in tokens
        if t.pos_ in ("NOUN", "PROPN", "VERB") and len(t) > 3 and t.lemma_.lower() not in known["sayings"]
    )
    return len(said) >= 3 and len(said & story.words) >= SAME * len(said)


def _is_told(tokens: Span, root: Token, statement: Statement) -> bool:
    """True where the whole sentence is what somebody says: "she said …", "according to the port, …"."""
    if any(tokens.doc.text[a:b].casefold().startswith("according") for a, b in statement.cue):
        return True
    speech = root.lemma_.lower() in load("roles")["speech"]
    return speech and bool(statement.source) and any(a <= root.idx < b for a, b in statement.cue)


def _words(text: str, statement: Statement) -> list[str]:
    said = " ".join(text[a:b] for a, b in statement.content)[:2000].casefold()
    return [w[:7] for w in _WORD.findall(said)]
