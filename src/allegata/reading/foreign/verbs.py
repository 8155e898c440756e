"""The forms of regular verbs of saying, from their infinitives: those that stand with "he" and "they"."""

from __future__ import annotations

from collections.abc import Callable

Forms = tuple[tuple[str, ...], tuple[str, ...]]
"""Finite forms, and participles."""

_ENDINGS: dict[str, dict[str, tuple[str, str]]] = {
    "es": {
        "ar": ("a an ó aron aba aban", "ado"),
        "er": ("e en ió ieron ía", "ido"),
        "ir": ("e en ió ieron ía", "ido"),
    },
    "fr": {"er": ("e ent a èrent ait aient", "é ée és")},
    "pt": {"ar": ("a am ou aram ava", "ado"), "er": ("e em eu eram", "ido"), "ir": ("e em iu iram", "ido")},
    "it": {
        "are": ("a ano ò arono ava", "ato"),
        "ere": ("e ono é ette", "uto"),
        "ire": ("isce iscono ì irono", "ito"),
    },
    "ru": {"ть": ("л ла ло ли", "")},
}
"""By language and the infinitive's ending: what finite forms and what participles end in."""


def forms(infinitive: str, language: str) -> Forms:
    """The forms of a regular verb."""
    special = _SPECIAL.get(language)
    if special is not None:
        return special(infinitive)
    for ending, (finite, done) in _ENDINGS.get(language, {}).items():
        if infinitive.endswith(ending):
            stem = infinitive[: -len(ending)]
            return (
                tuple(_spelt(stem, f, language) for f in finite.split()),
                tuple(stem + d for d in done.split()),
            )
    return (infinitive,), ()


def _spelt(stem: str, ending: str, language: str) -> str:
    if language == "fr" and ending[0] in "aà":
        stem = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    elif language == "fr" and len(stem) > 2 and stem[-2] == "é" and ending in ("e", "ent"):
        stem = stem[:-2] + "è" + stem[-1]
    return stem + ending


def _german(infinitive: str) -> Forms:
    """Weak verbs; of one that parts, "teilte:mit" parted and "mitteilte" whole."""
    particle, _, verb = infinitive.rpartition("|")
    stem = verb.removesuffix("n").removesuffix("e")
    joint = "e" if stem.endswith(("t", "d", "chn")) else ""
    finite = (f"{stem}{joint}t", f"{stem}{joint}te", f"{stem}{joint}ten", verb)
    bare = stem.endswith("ier") or stem.startswith(("be", "er", "ver", "ent", "zer", "ge"))
    participle = f"{particle}{'' if bare else 'ge'}{stem}{joint}t"
    if not particle:
        return finite, (participle,)
    return (*(f"{f}:{particle}" for f in finite), *(particle + f for f in finite)), (participle,)


_SPECIAL: dict[str, Callable[[str], Forms]] = {"de": _german}
