"""Names of other scripts in Latin letters: enough to know a name again, not to print it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CYRILLIC = """
а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh
щ shch ъ - ы y ь - э e ю yu я ya і i ї i є e ґ g ў u ј j љ lj њ nj ћ c ђ dj џ dz ѓ g ќ k ѕ dz
"""
_GREEK = """
α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
"""
_SPELLED = f"{_CYRILLIC} {_GREEK}".split()
_LETTERS = {ord(a): b.replace("-", "") for a, b in zip(_SPELLED[::2], _SPELLED[1::2], strict=True)}


@lru_cache(maxsize=100_000)
def latin(word: str) -> str:
    """A lower-cased word in Latin letters without accents; letters of scripts that are not known stay."""
    spelled = unicodedata.normalize("NFC", word).translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))
