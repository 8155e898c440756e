"""How likely a candidate is an attribution, from the tagger's scores and from what the rules say of it.

The two readers err differently: the tagger over cues that it saw seldom, the rules over parses. A candidate
that both have is nearly always right, so agreement counts as much as the score. The weights of this logistic
model were fitted on articles that the tagger was not trained on (training/tagger/judge.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from allegata.model import Span
from allegata.reading.statements.drafts import Draft
from allegata.reading.tagger.decode import Attribution, Candidate

KINDS = ("speech", "finding", "thought", "attitude", "nominal", "phrase", "adverb")
"""Kinds of drafts that weigh differently (`Draft.kind`)."""
FEATURES = (
    "always",
    "begins",
    "sure content",
    "sure source",
    "has source",
    "quotes",
    "length",
    "draft",
    "draft begins",
    "same content",
    "same source",
    *KINDS,
)
_QUOTES = '"“”'
_LEAST = 1e-4


def features(text: str, found: Candidate, spelt: Attribution, draft: Draft | None) -> list[float]:
    """The values of FEATURES for a candidate with content, and the draft of the rules that shares its cue."""
    begins = _odds(found.begins)
    start, end = spelt.content[0][0], spelt.content[-1][1]
    pieces = sum(e - b for b, e in found.content)
    out = [
        1.0,
        begins,
        found.sure_content,
        found.sure_source,
        float(bool(found.source)),
        float(any(c in _QUOTES for c in text[max(start - 2, 0) : end + 2])),
        float(np.log1p(pieces)),
    ]
    if draft is None:
        return out + [0.0] * (len(FEATURES) - len(out))
    alike = overlap(spelt.content, draft.content)
    one = bool(common(spelt.source, draft.source)) or not (spelt.source or draft.source)
    return [*out, 1.0, begins, alike, float(one), *(float(draft.kind == kind) for kind in KINDS)]


def _odds(p: float) -> float:
    p = min(max(p, _LEAST), 1 - _LEAST)
    return float(np.log(p / (1 - p)))


def probability(values: list[float]) -> float:
    """That a candidate with these features is an attribution, source and content right."""
    return float(1 / (1 + np.exp(-np.dot(values, weights()))))


@lru_cache(maxsize=1)
def weights() -> npt.NDArray[np.float64]:
    """One weight a feature, as shipped."""
    file = resources.files("allegata.weights").joinpath("tagger-judge.json")
    fitted = json.loads(file.read_text(encoding="utf-8"))
    return np.array([fitted[name] for name in FEATURES])


def size(spans: Iterable[Span]) -> int:
    return sum(e - s for s, e in spans)


def common(a: Iterable[Span], b: Iterable[Span]) -> int:
    """Characters in both. Either side's spans do not overlap among themselves."""
    theirs = list(b)
    return sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in theirs)


def overlap(a: Iterable[Span], b: Iterable[Span]) -> float:
    """Share of the characters of either that both have; 0 where neither has any."""
    ours, theirs = list(a), list(b)
    both = common(ours, theirs)
    return both / ((size(ours) + size(theirs) - both) or 1)
