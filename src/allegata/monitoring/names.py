"""Names of parties, made comparable between claims and between runs."""

from __future__ import annotations


def party(name: str) -> str:
    """A party's own name: "Government of Norland (Pavel Drost; navy)" without those who speak for it, who are
    others in each claim."""
    return name.partition(" (")[0].strip() or name


def same_party(name: str) -> str:
    """What is equal for two spellings of one party: "the Ministry", "Ministry"."""
    words = party(name).casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)
