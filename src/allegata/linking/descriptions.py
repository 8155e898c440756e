"""Descriptions that stand for a person whom the story names: "a shift engineer has said …", and further down,
or in another paper, "Armando Tembe, a shift engineer".

Nobody who spoke on condition of not being named is ever joined to a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from allegata.linking.credits import core
from allegata.linking.naming import UNNAMED_KINDS, is_generic
from allegata.linking.texts import Text
from allegata.linking.voices import ARTICLE
from allegata.linking.words import RARE, normalise, weight, words
from allegata.model import Source

_PROTECTED = re.compile(
    r"\b(?:anonym\w+|not (?:to )?be (?:named|identified|quoted)|declined to (?:be named|give \w+ name)|"
    r"without being named|withh[eo]ld\w* (?:his|her|their) name|"
    r"not (?:allowed|authori[sz]ed|supposed) to speak|(?:is|are|was|were) not (?:being )?named|"
    r"(?:do|does|did) not name|(?:agreed|promised|asked us) not to (?:name|print|identify|use)|"
    r"names? (?:to be |be )?(?:left out|kept out|withheld)|will not give (?:my|his|her|their) name|"
    r"spoke on condition|unnamed)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:of|at|in|from|with|who|for|on|by|near|to|named|as)\b")
_QUOTED = re.compile(r"[“\"][^“”\"]{0,2000}[”\"]")
_MANY = re.compile(r"(?:s|people|men|women|police)$")

NEAR = 200
"""Characters around a description in which a plea for anonymity is looked for."""

LEAD = 600
"""Characters of a text in which a description may stand for somebody first named further down."""

EPITHET = 70
"""Characters before and after a name that may say what its bearer is."""


@dataclass(frozen=True, slots=True)
class Named:
    """A description of one document that is a person named in one, and why."""

    document: str
    description: str
    person_document: str
    person: str
    reason: str
    score: float


def find_named(texts: Sequence[Text]) -> Iterator[Named]:
    """The descriptions of a story that stand for a named person. ``texts`` in order of time."""
    people = _epithets(texts)
    for text in texts:
        yield from _taken_up(text)
        for s in text.reading.sources:
            if s.kind not in (*UNNAMED_KINDS, "office") or s.name[:1].isupper() or is_generic(s.name):
                continue
            head = _head(s.name)
            if not head or _MANY.search(head) or _is_protected(text, s.name):
                continue
            found = _by_epithet(text, s, head, people) or _just_named(text, s)
            if not found and s.kind != "office":
                found = _next_named(text, s)
                if found and found.person not in people:
                    continue  # a body that was taken for a person
            if found:
                yield found


BEFORE = 160
"""Characters before a description in which it may take up a name."""

_DEFINITE = re.compile(r"the\s+\w", re.IGNORECASE)


def _just_named(text: Text, s: Source) -> Named | None:
    """ "Ada Velt does not trust paper. In April the pharmacist of the hospital": a description that was not
    brought in before takes up the one person named right before it, where the text has no other."""
    body = text.document.text[:20_000]
    if s.kind == "office" or not s.aliases or not all(_DEFINITE.match(a) for a in s.aliases):
        return None
    at = min((i for a in s.aliases if (i := body.find(a)) >= 0), default=-1)
    if at < 0 or _brought_in(s, body) is not None:
        return None
    people = [x for x in text.reading.sources if x.kind == "person" and " " in x.name]
    near = [x for x in people if x.name in body[max(0, at - BEFORE) : at]]
    if len(near) != 1 or near[0].title or near[0].organisation:
        return None
    if any(x.name in body[:at] for x in people if x is not near[0]):
        return None
    return Named(text.id, s.name, text.id, near[0].name, "the text has just named them", 0.7)


_AGAIN = re.compile(r"(?:the|this)\s+\w", re.IGNORECASE)
_ANYONE = frozenset(
    ("man", "woman", "person", "worker", "employee", "source", "official", "officer", "boy", "girl", "youth",
     "resident", "witness", "caller", "speaker", "informant", "insider", "trader", "operator", "clerk")
)  # fmt: skip
"""Nouns by which a text takes up anybody whom it brought in before."""


def _taken_up(text: Text) -> Iterator[Named]:
    """ "The man, who asked not to be named" is the one that the text brought in before without a name ("a
    contractor at the mine"), where it brought in no other such person until then."""
    body = text.document.text[:20_000]
    unnamed = [s for s in text.reading.sources if s.kind in UNNAMED_KINDS or _is_someone(s)]
    starts = {s.name: at for s in unnamed if (at := _brought_in(s, body)) is not None}
    for s in unnamed:
        again = bool(s.aliases) and all(_AGAIN.match(a) for a in s.aliases)
        if s.name in starts or not again or _head(s.name) not in _ANYONE:
            continue
        at = min(body.find(a) for a in s.aliases)
        before = [n for n, start in starts.items() if start < at and not _MANY.search(_head(n))]
        if len(before) == 1:
            reason = "the text calls so whom it brought in before"
            yield Named(text.id, s.name, text.id, before[0], reason, 0.7)


def _is_someone(s: Source) -> bool:
    return s.name == s.name.lower() and any(" who " in a for a in s.aliases)


def _brought_in(s: Source, body: str) -> int | None:
    """Where an unnamed person is brought in with "a" or "an"."""
    places = (body.find(a) for a in s.aliases if ARTICLE.match(a))
    return min((at for at in places if at >= 0), default=None)


def _by_epithet(
    text: Text, s: Source, head: str, people: dict[str, tuple[tuple[str, str, frozenset[str]], ...]]
) -> Named | None:
    """The one person of the story who is called by the description's noun; in another document also by
    another telling word of it, save for an office that few have ("the ombudsman")."""
    rare = s.kind == "office" and weight(normalise(head)) >= RARE
    told = {w.norm for w in words(s.name) if weight(w.norm) > 2.5} - {normalise(head)}
    fits = []
    for person, places in people.items():
        for document, reason, said in places:
            if normalise(head) in said and (document == text.id or rare or told & said):
                fits.append((person, document, reason))
                break
    if len({p for p, _, _ in fits}) != 1:
        return None
    person, document, said_so = fits[0]
    return Named(text.id, s.name, document, person, f"{said_so} calls {person} so", 0.8)


def _next_named(text: Text, s: Source) -> Named | None:
    """A lead that says "a shift engineer said" and goes on with a bare name means its bearer."""
    order = [x.speaker for x in text.reading.statements if x.speaker]
    if s.name not in order:
        return None
    first = next(x for x in text.reading.statements if x.speaker == s.name)
    starts = [p[0] for p in (*first.source, *first.cue, *first.content)]
    if not starts or min(starts) > LEAD:
        return None
    kinds = {x.name: x for x in text.reading.sources}
    later = [n for n in order[order.index(s.name) :] if n not in s.name and n in kinds]
    people = [n for n in dict.fromkeys(later) if kinds[n].kind == "person"]
    if not people or kinds[people[0]].title or kinds[people[0]].organisation or len(people[0].split()) < 2:
        return None
    body = text.document.text[:20_000]
    at = body.find(people[0])
    sentence_start = max(body.rfind(". ", 0, at), body.rfind("\n", 0, at), -1) + 1
    if at < 0 or _QUOTED.sub("", body[sentence_start:at]).strip(" \n\"“”',"):
        return None  # introduced with words of their own
    return Named(text.id, s.name, text.id, people[0], "the text goes on with that name", 0.6)


def _epithets(texts: Sequence[Text]) -> dict[str, tuple[tuple[str, str, frozenset[str]], ...]]:
    """Person -> (document, how it is called, words said of them beside the name)."""
    out: dict[str, list[tuple[str, str, frozenset[str]]]] = defaultdict(list)
    bodies = {
        core(n)
        for text in texts
        for s in text.reading.sources
        for n in (s.organisation, s.name if s.kind == "organisation" else None)
        if n
    }
    for text in texts:
        body = text.document.text[:20_000]
        for s in text.reading.sources:
            if s.kind != "person" or len(s.name.split()) < 2 or core(s.name) in bodies:
                continue
            said = [s.title or ""]
            for m in list(re.finditer(re.escape(s.name), body))[:3]:
                before = re.split(r"[.!?\n]", body[max(0, m.start() - EPITHET) : m.start()])[-1]
                before = _PREPOSITION.split(before)[-1]  # "a clerk at Holt's" is not Holt
                after = body[m.end() : m.end() + EPITHET]
                said.append(before)
                if after.startswith(","):
                    said += _appositions(re.split(r"[.!?\n]", after)[0])
            norms = frozenset(w.norm for part in said for w in words(part))
            out[s.name].append((text.id, text.document.outlet or "another text", norms))
    return {p: tuple(rows) for p, rows in out.items()}


_GOES_ON = re.compile(r"\W*(?:\d|an?\b|the\b|who\b|former\b)", re.IGNORECASE)


def _appositions(after: str) -> Iterator[str]:
    """What follows a name between commas, up to where the sentence goes on with what its bearer does."""
    parts = after[1:].split(",")
    yield parts[0]
    for before, part in pairwise(parts):
        if not _GOES_ON.match(part) and not before.strip().isdigit():
            return
        yield part


def _head(name: str) -> str:
    before = _PREPOSITION.split(name)[0].split()
    return before[-1].lower() if before else ""


def _is_protected(text: Text, name: str) -> bool:
    body = text.document.text[:20_000]
    at = body.find(name)
    around = body if at < 0 else body[max(0, at - NEAR) : at + len(name) + NEAR]
    return bool(_PROTECTED.search(around)) or bool(
        re.search(r"\b(?:officials?|sources?|insiders?|officers?)\b", name) and _PROTECTED.search(body)
    )
