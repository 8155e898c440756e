"""Whose a message is that a monitor, an agency or a site only brought out: "a Red Dawn statement published by
the Coast Monitor"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from allegata.model import Statement
from allegata.vocab import load

_NAME = r"[A-ZÀ-Þ][\w'’-]*(?:\s+(?:of|the|and|in|[A-ZÀ-Þ][\w'’-]*))*"


@dataclass(frozen=True, slots=True)
class Message:
    """A statement that is what ``sender`` sent out, and who ``brought_out`` it, where its words say so."""

    statement: str
    sender: str
    brought_out: str | None


def find_messages(text: str, statements: Iterable[Statement]) -> list[Message]:
    """The statements of a text that are a body's message; "the message" further down is the same."""
    senders: dict[str, str] = {}
    out = []
    for s in sorted(statements, key=lambda s: (min(a for a, _ in (*s.source, *s.cue, *s.content)), s.id)):
        printed = " ".join(text[a:b] for a, b in s.source).replace("\n", " ")
        sent = find_sender(printed) if s.speaker else None
        if sent and s.speaker and sent[1] in s.speaker:
            senders[s.speaker] = sent[0]
            out.append(Message(s.id, *sent))
        elif s.speaker in senders and is_message(printed):
            out.append(Message(s.id, senders[s.speaker or ""], None))
    return out


def find_sender(source: str) -> tuple[str, str] | None:
    """(who sent it, who brought it out) of a source that is a message with both."""
    m = _sent().match(source)
    return (m["sender"], m["outer"]) if m else None


def is_message(source: str) -> bool:
    """True for "the message", "the group's statement": what a text calls a message that it has named."""
    return bool(_message().fullmatch(source.strip()))


@lru_cache(maxsize=1)
def _sent() -> re.Pattern[str]:
    before = r"(?:[Aa]n?|[Tt]he|[Oo]ne)?\s*(?:(?!by\b)[a-z]\w*\s+){0,2}(?!(?:An?|The|One)\s)"
    published = (
        r"(?:published|released|posted|translated|obtained|distributed|relayed|issued|circulated|provided|cited|"
        r"quoted|picked up)"
    )
    return re.compile(
        rf"{before}(?P<sender>{_NAME})(?:['’]s)?\s+(?:[a-z]\w*\s+)?(?:{_nouns()})\s+(?:\w+ly\s+)?{published}\s+"
        rf"(?:by|on|through|via)\s+(?:the\s+)?(?P<outer>{_NAME})"
    )


@lru_cache(maxsize=1)
def _message() -> re.Pattern[str]:
    return re.compile(rf"(?:the|this|that)\s+(?:[a-z]+(?:['’]s)?\s+)?(?:{_nouns()})", re.IGNORECASE)


def _nouns() -> str:
    return "|".join(sorted(load("citations")["voices"]["sent_out"], key=len, reverse=True))
