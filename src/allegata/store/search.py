"""What a person types into a search to what FTS5 understands. Nothing typed is ever taken as a command."""

from __future__ import annotations

import re

_PHRASE = re.compile(r'"([^"]{1,200})"')
_WORD = re.compile(r"[^\W_]+")
_MOST_TERMS = 24
_LONGEST = 2_000

COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "no",
        "nor",
        "not",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
"""English words that say nothing of what is looked for. They are left out unless there are no others."""


def terms_of(text: str) -> list[str]:
    """The terms of a query, each quoted for FTS5: phrases in double quotes whole, else single words."""
    text = text[:_LONGEST]
    phrases = [words for found in _PHRASE.finditer(text) if (words := _WORD.findall(found[1]))]
    words = _WORD.findall(_PHRASE.sub(" ", text))
    telling = [w for w in words if w.casefold() not in COMMON]
    if not telling and not phrases:
        telling = words
    quoted = [f'"{" ".join(phrase)}"' for phrase in phrases] + [f'"{word}"' for word in telling]
    return list(dict.fromkeys(quoted))[:_MOST_TERMS]


def beginning_of(text: str) -> str | None:
    """The word at the very end of a query, which may not be typed to its end yet; none after a space or in a
    phrase."""
    found = re.search(r"([^\W_]+)$", text[:_LONGEST])
    return found[1] if found and text[: found.start()].count('"') % 2 == 0 else None


def phrase_of(text: str) -> str | None:
    """A name as one phrase, or None where it has no words."""
    words = _WORD.findall(text[:_LONGEST])
    return f'"{" ".join(words)}"' if words else None
