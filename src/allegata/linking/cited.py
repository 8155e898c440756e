"""Whom a Document attributes the Claim to: its citations for a reader, under the names it prints."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from allegata.linking.credits import fold, same_outlet
from allegata.linking.naming import as_written
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.linking.topic import Topic
from allegata.linking.voices import FIRST_PERSON, is_nameless
from allegata.model import AFFIRMING, Citation

BIAS, BEST, PLACE, DOWN, SHARED = 0.04, 1.36, -1.23, -1.47, 0.89
"""Weights of a logistic regression for "this source is cited for the Claim": topic score by the Document's
best, place in the text (0 to 1), characters down to `FIRST` (0 to 1), log of the claim's documents that
cite the source. Fitted on two thirds of the bodies of the provenance labels; F1 0.72 on the claim left out
each time."""

WITNESS = 1.0
"""The same of a person who speaks of themselves (stories of our own; 1 to 3 do alike)."""

FIRST = 2000
"""Characters after which a text that has not named its source has gone on to the background."""

Tellings = Mapping[str, Sequence[Telling]]


def sift(texts: Sequence[Text], told: Tellings, wider: Tellings, topic: Topic) -> dict[str, list[Telling]]:
    """The tellings of each Document that are cited for the Claim, out of those in its passages (``told``)
    and of those in others that speak of the matter (``wider``): not the expert on the background."""
    every = {t.id: list(dict.fromkeys((*told[t.id], *wider[t.id]))) for t in texts}
    shared = Counter(n for ts in every.values() for n in {fold(n) for t in ts for n in t.names})
    out = {}
    for text in texts:
        body = text.document.text
        scores = [_score(body, t, topic) for t in every[text.id]]
        best = max(scores, default=0.0) or 1.0
        first: dict[str, int] = {}
        for t in every[text.id]:
            at = min((p.start for p in t.passages), default=0)
            for n in t.names:
                first[n] = min(first.get(n, at), at)
        out[text.id] = [
            t
            for t, score in zip(every[text.id], scores, strict=True)
            if not t.names
            or BIAS
            + BEST * score / best
            + PLACE * min(first[n] for n in t.names) / max(1, len(body))
            + DOWN * min(1.0, min(first[n] for n in t.names) / FIRST)
            + SHARED * math.log(max(shared[fold(n)] for n in t.names))
            + WITNESS * _is_witness(body, t)
            >= 0
        ]
    return out


_FIRST_PERSON = re.compile(FIRST_PERSON, re.IGNORECASE)


def _is_witness(body: str, telling: Telling) -> bool:
    """Whether a person tells it as what they lived through, in however few words of the matter."""
    if telling.stance not in AFFIRMING or telling.chain[0].kind not in ("named_person", "anonymous"):
        return False
    return any(_FIRST_PERSON.search(body[p.start : p.end]) for p in telling.passages)


def find_cites(
    text: Text, told: Sequence[Telling], relevant: Sequence[Telling]
) -> list[tuple[Citation, ...]]:
    """The citations of each of ``told``, innermost first, where it is ``relevant``; the first one also has
    what the Document's other passages on the matter cite. The Document's own outlet and author are nobody
    it cites, and "local media" and its like are left out where somebody is named."""
    found = [_cite(text, t) if t in relevant else () for t in told]
    known = {fold(c.source) for cites in found for c in cites}
    further: dict[str, Citation] = {}
    for t in relevant:
        for c in _cite(text, t):
            if fold(c.source) not in known:
                further.setdefault(fold(c.source), c)
    if found:
        found[0] = (*found[0], *further.values())
    if any(not is_nameless(c.source) for cites in found for c in cites):
        return [tuple(c for c in cites if not is_nameless(c.source)) for cites in found]
    return found


def _score(body: str, telling: Telling, topic: Topic) -> float:
    return max((topic.score(body[p.start : p.end]) for p in telling.passages), default=0.0)


def _cite(text: Text, telling: Telling) -> tuple[Citation, ...]:
    role = (
        "supports"
        if telling.stance in AFFIRMING
        else "denies"
        if telling.stance in ("deny", "retract")
        else "noncommittal"
    )
    names = [n for n in (_printed(text, n) for n in telling.names) if not _is_own(text, n)]
    return tuple(
        Citation(n, names[i + 1] if i == 0 and len(names) > 1 else None, role) for i, n in enumerate(names)
    )


def _is_own(text: Text, name: str) -> bool:
    d = text.document
    if d.kind == "post":
        return False
    return bool((d.outlet and same_outlet(name, d.outlet)) or (d.author and fold(name) == fold(d.author)))


def _printed(text: Text, name: str) -> str:
    """A name as this Document prints it: other documents of the story may spell it otherwise."""
    name = as_written(name)
    if name in text.document.text or not name[:1].isupper():
        return name
    words = set(fold(name).split())
    alike = [
        s.name
        for s in text.reading.sources
        if s.name[:1].isupper()
        and (
            SequenceMatcher(None, fold(s.name), fold(name)).ratio() >= 0.8
            or words >= set(fold(s.name).split()) != set()
        )
    ]
    return max(alike, key=lambda n: (len(n), n), default=name)
