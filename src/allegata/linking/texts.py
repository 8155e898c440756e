"""A Document with its Reading as linking sees it: words, units to compare, keys to be found by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from allegata.linking.addresses import canonical
from allegata.linking.copies import Body, quoted
from allegata.linking.fingerprints import distinct_grams, fingerprints
from allegata.linking.forgeries import Forgery, set_aside
from allegata.linking.pictures import only_pictures
from allegata.linking.relays import add_relays
from allegata.linking.words import RARE, Word, runs_on, weight, words
from allegata.model import AFFIRMING, OPPOSING, Allegation, Document, Event, Reading, Span
from allegata.reading.language import detect_language

MAX_UNITS = 14
"""Sentences of one Document that are compared with those of others: the headline, the lead, and those that
carry an act or a stance towards one. Bounds the cost of a Document whatever its length."""

MAX_WORDS = 6000
"""Words of one Document that are compared; news pages have a tenth of it."""

MAX_TERMS = 30
"""Telling words by which a Document is found."""

TELLING = 3.0
"""Background weight (nats) from which a shared word speaks for descent: in under one text of twenty."""

Vectors = NDArray[np.float32]

_LOOKS_BACK = re.compile(
    r"\b(?:last|previous|past) (?:year|month|spring|summer|autumn|fall|winter)\b"
    r"|\b(?:years?|months?|weeks) (?:ago|earlier|after|later|since)\b|\bearlier this year\b|\banniversary\b",
    re.IGNORECASE,
)

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)

_NUMBERED = re.compile(r"\b\d{1,5}/\d{2,4}\b")

_SENTENCE = re.compile(r"[^\n.!?。！？؟۔]+(?:[.!?。！？؟۔]+|$|\n)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage that may carry a Claim. ``span`` is ``None`` for the headline."""

    span: Span | None
    text: str


@dataclass(frozen=True, eq=False)
class Text:
    """One Document, its Reading, its units and their vectors (units, 384), rows of length one. ``forged`` are
    the posts shown in it that prove nothing."""

    raw: Reading
    units: tuple[Unit, ...]
    vectors: Vectors
    forged: tuple[Forgery, ...] = ()

    @cached_property
    def document(self) -> Document:
        return self.raw.document

    @cached_property
    def id(self) -> str:
        return self.raw.document.id

    @cached_property
    def reading(self) -> Reading:
        """The Reading with what linking adds to it; made when asked for: most texts are only compared."""
        return set_aside(add_relays(self.raw), self.forged)

    @cached_property
    def words(self) -> list[Word]:
        return words(self.document.text)[:MAX_WORDS]

    @cached_property
    def quoted(self) -> list[bool]:
        return quoted(self.document.text, self.words)

    @cached_property
    def body(self) -> Body:
        """The words as they are aligned with those of another text."""
        return Body(self.words, self.quoted)

    @cached_property
    def grams(self) -> frozenset[int]:
        """Sampled fingerprints of the words, to see quickly whether two texts can share a passage."""
        return frozenset(fingerprints([w.norm for w in self.words]))

    @cached_property
    def all_grams(self) -> NDArray[np.uint64]:
        """All fingerprints of the words, sorted, each once."""
        return distinct_grams([w.norm for w in self.words])

    @cached_property
    def telling(self) -> frozenset[str]:
        """All words of the text that few others have."""
        return frozenset(w.norm for w in self.words if weight(w.norm) >= TELLING and len(w.norm) > 2)

    @cached_property
    def numbered(self) -> frozenset[str]:
        """Numbers of documents that the text names ("14/25")."""
        return frozenset(_NUMBERED.findall(self.document.text[:20_000]))

    @cached_property
    def refs(self) -> frozenset[str]:
        """Addresses and document ids that the page links to or embeds, but for those of posts that prove
        nothing."""
        d = self.document
        refs = [u for u in (*(x.url for x in d.links), *(e.ref for e in d.embeds)) if u]
        forged = {f.shown.ref for f in self.forged} | {canonical(f.shown.ref) for f in self.forged}
        found = frozenset((*map(canonical, refs), *(e.ref for e in d.embeds)))
        return frozenset(u for u in found - forged if u)

    @cached_property
    def no_sources(self) -> tuple[Span, ...]:
        """Where the text names somebody who is no source of what it tells: who took a picture, and the
        account of a post that proves nothing."""
        forged = (f.shown.span for f in self.forged)
        return (*only_pictures(self.document.text), *(s for s in forged if s))

    @cached_property
    def found_by(self) -> frozenset[str]:
        """The words the text is found by."""
        return frozenset(telling(self.terms))

    @cached_property
    def looks_back(self) -> bool:
        """Whether it says that something was a while ago."""
        return bool(_LOOKS_BACK.search(self.document.text[:20_000]))

    @cached_property
    def years(self) -> frozenset[int]:
        return frozenset(map(int, _YEAR.findall(self.document.text[:20_000])))

    @cached_property
    def months(self) -> frozenset[str]:
        """The months that it names, in English."""
        return frozenset(_MONTH.findall(self.document.text[:20_000]))

    @cached_property
    def unit_terms(self) -> tuple[frozenset[str], ...]:
        """For each unit the words that say something of its matter."""
        return tuple(frozenset(w.norm for w in words(u.text) if weight(w.norm) > 1.5) for u in self.units)

    @cached_property
    def when(self) -> datetime | None:
        return moment(self.document.published)

    @cached_property
    def language(self) -> str | None:
        """As the Document says, else as its words show."""
        return self.document.language or detect_language(self.document.text)

    @property
    def tongue(self) -> str:
        """The two letters of its language; English where nothing tells."""
        return (self.language or "en")[:2]

    @cached_property
    def terms(self) -> dict[str, float]:
        return term_weights(self.document)

    @cached_property
    def squares(self) -> float:
        """The sum of the squares of the weights of its terms."""
        return sum(w * w for w in self.terms.values())

    @cached_property
    def url(self) -> str | None:
        return canonical(self.document.url)

    def sort_key(self) -> tuple[float, str]:
        """By time of publication, those without one last, then by id: whatever the order of adding."""
        return self._place

    @cached_property
    def _place(self) -> tuple[float, str]:
        return (self.when.timestamp() if self.when else float("inf"), self.id)


def find_units(reading: Reading) -> tuple[Unit, ...]:
    """The passages of a Reading that linking compares, in the order of the text, headline first."""
    document = reading.document
    text = document.text
    out = [Unit(None, document.title.strip())] if document.title and document.title.strip() else []
    spans = [(s.start, s.end) for s in reading.sentences if s.role != "not_applicable"]
    if not spans:
        spans = [
            m.span()
            for m in _SENTENCE.finditer(text[:20_000])
            if len(m.group().split()) > 3 or runs_on(m.group())
        ]
    worth = [_worth(reading, span) for span in spans]
    order = sorted(range(len(spans)), key=lambda i: (i > 1, -worth[i], i))
    chosen = sorted(order[: MAX_UNITS - len(out)])
    return (*out, *(Unit(spans[i], text[slice(*spans[i])]) for i in chosen))


def acts_in(reading: Reading, span: Span) -> Iterator[Allegation | Event]:
    """The acts told in a passage, alleged ones first."""
    start, end = span
    yield from (a for a in reading.allegations if a.span and a.span[0] < end and start < a.span[1])
    yield from (e for e in reading.events if e.start < end and start < e.end)


def _worth(reading: Reading, span: Span) -> int:
    """How much a sentence may say about who says what: a statement for or against something, with a speaker,
    inside another's, with an act."""
    start, end = span
    inside = [
        s
        for s in reading.statements
        if s.stance in AFFIRMING | OPPOSING and any(p[0] < end and start < p[1] for p in (*s.cue, *s.content))
    ]
    act = next(acts_in(reading, span), None) is not None
    return bool(inside) + any(s.speaker for s in inside) + any(s.nested_in for s in inside) + act


def term_weights(document: Document) -> dict[str, float]:
    """Telling words of a Document with their weight (background rarity by damped frequency), strongest
    ``4 * MAX_TERMS`` only. Names weigh half as much again: they say which event it is. In another language
    than the background's every word is rare there: of such a text what stands in small letters counts
    little."""
    found: dict[str, tuple[int, bool]] = {}
    for w in words(f"{document.title or ''}\n{document.text}")[:MAX_WORDS]:
        if len(w.norm) > 2 or w.norm.isdigit():
            n, capital = found.get(w.norm, (0, False))
            found[w.norm] = (n + 1, capital or w.capital)
    small = IN_SMALL if _is_unknown(found) else 1.0
    scored = {
        t: weight(t) * (1.0 + 0.5 * min(n - 1, 3)) * (1.5 if capital else small)
        for t, (n, capital) in found.items()
        if weight(t) > 1.5
    }
    return dict(sorted(scored.items(), key=lambda kv: (-kv[1], kv[0]))[: 4 * MAX_TERMS])


UNKNOWN, STRANGE, IN_SMALL = 7.5, 0.3, 0.2
"""Background weight (nats) of a word that next to no text has; share of the words in small letters that are
such from which a text is in another language (English stories have up to 0.14, others from 0.53 on); and what
these words then count."""


def _is_unknown(found: Mapping[str, tuple[int, bool]]) -> bool:
    """Whether a text is in a language of which the background knows nothing."""
    small = {t: n for t, (n, capital) in found.items() if not capital and t.isalpha()}
    return sum(n for t, n in small.items() if weight(t) >= UNKNOWN) > STRANGE * sum(small.values())


def telling(terms: dict[str, float]) -> list[str]:
    """The words a Document is found by: rare against the background, the strongest first. Where nearly all
    are, as in another language, twice as many."""
    found = [t for t in terms if weight(t) >= RARE]
    strange = sum(weight(t) >= UNKNOWN for t in found) > ALL_STRANGE * len(found)
    return found[: (2 if strange else 1) * MAX_TERMS]


ALL_STRANGE = 0.8
"""Share of unknown words among the rare ones of a text from which it is in another language."""


def moment(published: str | None) -> datetime | None:
    """A time of publication in UTC; a date alone is its midnight; ``None`` where it cannot be read."""
    if not published:
        return None
    try:
        found = datetime.fromisoformat(published.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def usual_tongue(texts: Iterable[Text]) -> str:
    """The language (ISO 639-1) that most of the texts are in; of two, the later in the alphabet."""
    tongues = Counter(t.tongue for t in texts)
    return max(tongues, key=lambda t: (tongues[t], t))
