"""What is found inside another's words, held against the lexicon of the rules.

PolNeAR, on which the network learned, marks what people want, praise, know and agree to as attribution too.
Inside another statement that is an act told by its source, not one more speaker; so are one's own thoughts in
one's own words ("I think"), and one's own claim inside its retraction ("withdrew its report that ..."). What
the network alone finds there must be a word that tells words; so must what it finds of the writer's "we".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from allegata.model import Spans
from allegata.reading.statements.cues import lemmas, nominal, nouns, retracting_phrases, senses
from allegata.reading.tagger.decode import Attribution

NOBODY = frozenset({"nobody", "no one", "no-one", "none", "neither", "nothing"})
SELF = frozenset({"i", "we", "you"})
OWN = frozenset({"its", "his", "her", "their", "my", "our"})
LIGHT = frozenset({"thought", "attitude"})
_PREFIXES = frozenset({"pre", "non", "mis", "dis", "self", "counter", "over", "under", "cross", "double"})
INSIDE = 0.6
"""Least score inside another's words of what the rules do not have."""
UNSEEN = -0.8
"""Least score outside others' words of what the rules alone have. Inside, the network is no judge, since
PolNeAR marks no nesting."""


def sift(
    text: str, found: Sequence[Attribution], parents: Sequence[int | None]
) -> tuple[list[Attribution], list[int | None]]:
    """Without what is no statement; those held by one that goes are held by its holder."""
    kept, gone = list(found), set[int]()
    for i, (f, parent) in enumerate(zip(found, parents, strict=True)):
        if _is_none(text, f, inside=parent is not None):
            gone.add(i)
        elif parent is not None and parent not in gone and _is_own(text, f, kept[parent]):
            gone.add(i)
            outer = kept[parent]
            kept[parent] = replace(outer, cue=outer.cue + f.cue, content=f.content)
    left = [i for i in range(len(found)) if i not in gone]
    place = {i: n for n, i in enumerate(left)}
    holders: list[int | None] = []
    for i in left:
        parent = parents[i]
        while parent is not None and parent in gone:
            parent = parents[parent]
        holders.append(None if parent is None else place[parent])
    return [kept[i] for i in left], holders


def _is_none(text: str, f: Attribution, inside: bool) -> bool:
    """True for what nobody says, what neither reader is sure of, and acts ``inside`` others' words."""
    if _read(text, f.source).lower() in NOBODY or _ends_compound(text, f):
        return True
    if not inside:
        return f.score < UNSEEN or (f.stance is None and _is_writers(text, f))
    return _is_act(text, f) or (f.stance is None and not _tells(text, f))


def _ends_compound(text: str, f: Attribution) -> bool:
    """ "A town-listed firm", "the state-backed paper": nobody listed or backed anything."""
    start, end = f.cue[0] if len(f.cue) == 1 else (0, 0)
    lead = re.search(r"(\w{3,})-$", text[max(0, start - 30) : start])
    return lead is not None and lead[1].lower() not in _PREFIXES and text[start:end].endswith("ed")


def _is_writers(text: str, f: Attribution) -> bool:
    """ "We misread it", "I want to see ...": the writer's own; "was shown" and nothing with it: an act."""
    if f.content and _read(text, f.source).lower() not in SELF:
        return False
    return not cue_kinds(text, f) & {"speech", "noun"}


def _is_act(text: str, f: Attribution) -> bool:
    """True where the cue's verb, in this construction, tells no words; or "I" comes with a thought."""
    words = _read(text, f.cue).lower().split()
    lemma = next((lemmas()[w] for w in reversed(words) if w in lemmas()), None)
    if lemma is None or (words[-1] in nouns() and words[-1] != lemma):
        return False
    found = senses().get((lemma, ""), ())
    kinds = {s.kind for s in found}
    if _read(text, f.content).lower().startswith("to "):
        kinds = {s.kind for s in found if "to" in s.frames} or {"attitude"}
    own = _read(text, f.source).lower() in SELF
    return bool(kinds) and kinds <= (LIGHT if own else {"attitude"})


def _tells(text: str, f: Attribution) -> bool:
    """True for a likely cue whose verb or noun reports words, and is no verb of mere thought or agreement."""
    kinds = cue_kinds(text, f)
    return f.score >= INSIDE and ("noun" in kinds or ("speech" in kinds and not kinds >= LIGHT))


def cue_kinds(text: str, f: Attribution) -> frozenset[str]:
    """What the lexicon of the rules knows the words of a cue for: the kinds of its verbs, and "noun"."""
    words = _read(text, f.cue).lower().split()
    kinds = {s.kind for w in words if w in lemmas() for s in senses().get((lemmas()[w], ""), ())}
    return frozenset(kinds | {"noun"} if any(w in nouns() for w in words) else kinds)


def _is_own(text: str, inner: Attribution, outer: Attribution) -> bool:
    """ "withdrew its report that ...": the noun is the outer source's own, under a verb that takes back."""
    words = _read(text, outer.cue).lower().split()
    pairs = {(lemmas().get(w, ""), after) for w, after in pairwise([*words, ""])}
    pairs |= {(lemma, "") for lemma, _ in pairs}
    if not pairs & retracting() or not inner.content:
        return False
    if _read(text, inner.cue).lower() not in nouns():
        return False
    before = text[outer.content[0][0] : inner.cue[0][0]].lower().split()
    return bool(before) and before[-1] in OWN and len(before) <= 2


@lru_cache(maxsize=1)
def retracting() -> frozenset[tuple[str, str]]:
    """Verbs that take back what follows, with the particle or preposition they need."""
    return retracting_phrases() | {(verb, "") for verb in nominal("retracting", "verbs")}


def _read(text: str, spans: Spans) -> str:
    return " ".join(text[s:e] for s, e in spans)
