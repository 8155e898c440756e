"""The occasions on which an origin put a Claim forward itself. The same party that says it again, in a post,
an interview, before the press, is one origin with several rounds: a round adds no origin."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from allegata.linking.naming import as_written
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Origin, Round

APART = timedelta(days=3)
"""What a party says within this time of its last word belongs to one round: the days of one piece of news."""

AGAIN = timedelta(days=1)
"""The same where a text says that it was said again."""

_AGAIN = re.compile(
    r"\b(?:said|says|told|alleged|accused|claimed|stated|called)\b[^.;]{0,40}?\bagain\b"
    r"|\bagain (?:said|says|told|alleged|accused|claimed|stated|called)\b"
    r"|\b(?:repeat|reiterat|renew)(?:s|ed|es|ing)\b|\bonce more\b|\b(?:stood|stands|standing) by\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:had|has|have) (?:\w+ ){0,2}?(?:said|told|accused|claimed|alleged|written|posted|stated|reported)\b"
    r"|\b(?:last|previous|past) (?:week|month|year|spring|summer|autumn|winter)\b|\bearlier\b|\bat the time\b"
    r"|\b(?:said|told|wrote|posted|alleged|accused|claimed)\b[^.;,]{0,30}? in (?:January|February|March|"
    r"April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:weeks|months|years) ago\b|\bfirst (?:said|told|accused|claimed|alleged|reported)\b",
    re.IGNORECASE,
)
_NO_ROUNDS = frozenset({"anonymous", "unattributed", "document"})
"""Kinds of Origin whose occasions cannot be told apart."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A party's word in one text, as it was said there and not taken from elsewhere."""

    text: Text
    when: datetime
    telling: Telling
    again: bool


def with_rounds(
    origins: Sequence[Origin],
    mine: Sequence[Text],
    told: Mapping[str, Sequence[Telling]],
    fed: Container[str],
) -> tuple[Origin, ...]:
    """The origins with their rounds, in the order of time. ``fed`` are the documents that have the Claim from
    others: what these say of a party is no new word, unless they say that it was said again."""
    return tuple(
        o if o.kind in _NO_ROUNDS else replace(o, rounds=tuple(_rounds(list(_words_of(o, mine, told, fed)))))
        for o in origins
    )


def _words_of(
    origin: Origin, mine: Sequence[Text], told: Mapping[str, Sequence[Telling]], fed: Container[str]
) -> Iterator[_Word]:
    for text in mine:
        if text.when is None:
            continue
        said = [t for t in told[text.id] if t.stance in AFFIRMING and t.chain and t.chain[0].id == origin.id]
        for t in sorted(said, key=lambda t: not t.own):
            passage = " ".join(text.document.text[p.start : p.end] for p in t.passages)
            again = bool(_AGAIN.search(passage))
            at_first_hand = t.own or text.document.kind in ("post", "statement", "transcript")
            if at_first_hand or again or (text.id not in fed and not _BEFORE.search(passage)):
                yield _Word(text, text.when, t, again)
                break


def _rounds(words: Sequence[_Word]) -> Iterator[Round]:
    """``words`` in the order of time."""
    groups: list[list[_Word]] = []
    for word in words:
        since = word.when - groups[-1][-1].when if groups else timedelta.max
        if since > (AGAIN if word.again else APART):
            groups.append([])
        groups[-1].append(word)
    for group in groups:
        first = group[0]
        yield Round(
            first.text.id,
            first.text.document.published,
            as_written(first.telling.names[0]),
            _channel(first),
            tuple(w.text.id for w in group),
            first.telling.passages[:2],
        )


def _channel(word: _Word) -> str | None:
    """By what means it was said: as the text says, else the kind of a page of the party's own."""
    names = {word.telling.names[0]}
    spans = [(p.start, p.end) for p in word.telling.passages]
    for s in word.text.reading.statements:
        inside = any(a < end and start < b for a, b in (*s.cue, *s.content) for start, end in spans)
        if s.channel and inside and s.speaker in names:
            return s.channel
    kind = word.text.document.kind
    return kind if kind in ("post", "statement") else None
