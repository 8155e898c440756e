"""Sources that are nobody: a page's labels, datelines, times and turns of phrase.

Whatever finds statements takes "Urgent:", "LONDON:" or "time will tell" for somebody now and then; a name
that was never a speaker's must not become an origin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity
from allegata.reading.speakers.kinds import Description
from allegata.reading.speakers.layout import ends_line, follows, is_dateline, opens_line
from allegata.reading.speakers.words import source_words
from allegata.vocab import load

_NO_ONE = frozenset({"no", "none", "nobody", "nothing", "anyone", "anybody", "whoever"})
"""Words that begin a subject of which nobody is meant ("none of this", "no supplier")."""
_LONGEST_LABEL = 5
"""Words of the longest label of a page that is listed."""


_MANY = frozenset({"both", "some", "many", "most", "several", "few", "various", "other", "more", "such"})
"""Words that say how many, and not which."""


@dataclass(frozen=True, slots=True)
class _Words:
    labels: frozenset[str]
    heads: frozenset[str]
    times: frozenset[str]
    everybody: frozenset[str]
    anybody: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load("nobody")

    def split(text: str) -> frozenset[str]:
        return frozenset(w.strip() for w in text.split(",") if w.strip())

    turns = data["turns"]
    return _Words(
        split(data["layout"]["labels"]),
        split(turns["heads"]),
        split(turns["times"]),
        split(turns["everybody"]),
        split(turns["anybody"]),
    )


def is_nobody(directory: Directory, told: Description, source: Sequence[Token]) -> bool:
    """True for a source that cannot have said anything, whatever the statement that was found says."""
    if not any(c.isalpha() for t in source for c in t.text):
        return not source[0].text.isdigit()  # "20 have come forward" may be a source, "’" is none
    if told.handle or told.pronoun:
        return False
    if _is_turn(told, source):
        return True
    doc = directory.view.doc
    colon = follows(doc, source[-1].i + 1) == ":"
    opens = opens_line(doc, source[0].i)
    text = " ".join(t.lower_ for t in source)
    known = any(_is_known(directory.at[t.i]) for t in source if t.i in directory.at)
    if colon and is_label(source):
        return True
    if colon and not known:
        if not opens or source[0].pos_ == "ADP":
            return True  # "the best deals on Amazon: subscribe"
        if directory.document.kind == "article" and _is_heading(told, source):
            return True
    if opens and ends_line(doc, source[-1].i + 1) and text in _words().labels:
        return True
    return opens and not known and is_dateline(doc, source)


def is_label(source: Sequence[Token]) -> bool:
    """ "URGENT", "Read more": a label of a page, whatever stands after it."""
    text = " ".join(t.lower_ for t in source)
    return len(source) <= _LONGEST_LABEL and text in _words().labels


def is_anybody(told: Description, source: Sequence[Token]) -> bool:
    """A bare noun that tells nothing of whom: "both governments", "some analysts".

    "Police", "officials" and "residents" are somebody on the spot, and stay; so does "the report", by which
    linking tells that two texts rest on one (the X-ray takes it for nobody)."""
    if told.name or told.handle or told.pronoun or told.possessor or told.organisation or told.title:
        return False
    said = [t for t in source if t.is_alpha and t.pos_ != "DET" and t.lower_ not in _MANY]
    if len(said) != 1:
        return False
    words, low = source_words(), said[0].lower_
    if low in _words().anybody:
        return True
    return told.kind == "organisation" and told.plural and low not in words.organisations


def _is_known(entity: Entity) -> bool:
    """True for a person of whom the Document says more than a word before a colon."""
    told = entity.first or entity.rank or entity.roles or entity.gender or entity.handle
    return entity.is_person and bool(told or len(entity.mentions) > 1)


def _is_turn(told: Description, source: Sequence[Token]) -> bool:
    """ "Time" that will tell, "history" that suggests, "Monday" that will show."""
    words, last = _words(), source[-1].lower_
    if source[0].lower_ in _NO_ONE:
        return True
    if " ".join(t.lower_ for t in source) in words.everybody:
        return True
    if len(source) == 1 or told.name is not None:
        return len(source) == 1 and (last in words.heads or last in words.times)
    if told.roles or told.organisation or told.possessor is not None:
        return False
    return told.head in words.heads or (len(source) < 4 and (last in words.times or told.head in words.times))


def _is_heading(told: Description, source: Sequence[Token]) -> bool:
    """ "JETS: first sign of ...", "Managua: a blast ...": before a colon only who is known can speak."""
    place = all(t.ent_type_ in ("GPE", "LOC", "FAC") or not t.is_alpha for t in source)
    name = (told.name or "").lower()
    if name and (place or name in source_words().countries):
        return name not in source_words().states or told.text.isupper()
    shouted = all(not t.text[:1].isalpha() or t.text.isupper() for t in source)
    bare = told.kind == "unknown" or (told.kind == "person" and len(source) == 1)
    return bare or (shouted and not told.roles and told.kind != "agency")
