"""The tagger's candidates and the drafts of the rules, put together: which stand, and with whose spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from allegata.model import Span
from allegata.reading.statements.drafts import Draft
from allegata.reading.tagger.decode import BEGIN, NOTHING, Attribution, Candidate, candidates, spell
from allegata.reading.tagger.encoding import Model, Pass
from allegata.reading.tagger.judge import common, features, overlap, probability

Pair = tuple[Candidate, Attribution, Draft | None]

TOGETHER = 0.33
"""Least probability (`judge`) of a candidate; about half the F1 that is reached, as is best for F1."""
BARE = 0.9
"""Least probability of a cue without any content ("which Kyiv denies"), which PolNeAR never has."""
ALONE = 0.3
"""Least probability of a cue that the rules do not have; theirs are looked at whatever it is."""
LAYOUT = frozenset({"post", "turn", "line"})
"""Drafts that rest on the layout of the page, which the tagger hardly knows: theirs are the spans."""
UNSURE = 0.65
"""Mean probability of a content under which the draft's spans are taken, where the contents overlap by less
than HALF."""
HALF = 0.5
SAME = 0.8
"""Overlap of contents from which two cues are one attribution, told twice."""
NEAR = 600
"""Characters between two such cues at the most."""


def join(text: str, seen: Pass, drafts: Sequence[Draft], model: Model) -> list[Attribution]:
    """What stands of both, in the order of the text."""
    judged = [f for found in paired(text, seen, drafts, model) if (f := _judged(text, *found)) is not None]
    return _once(judged + [_spelt(draft, _seen(draft, seen) - 1) for draft in drafts])


def paired(text: str, seen: Pass, drafts: Sequence[Draft], model: Model) -> Iterator[Pair]:
    """Each candidate with its spans, and the draft of the rules that shares its cue, if any."""
    by_piece = _places(seen, drafts)
    begins = seen.cues[:, BEGIN]
    wanted = np.flatnonzero(begins >= ALONE).tolist()
    wanted += [p.start + int(begins[p.start : p.stop].argmax()) for p in by_piece.values()]
    owners = {i: n for n, pieces in by_piece.items() for i in pieces}
    for candidate in candidates(seen, wanted, model):
        mine = dict.fromkeys(owners[i] for b, e in candidate.cue for i in range(b, e) if i in owners)
        draft = min((drafts[n] for n in mine), key=lambda d: not d.content, default=None)
        if draft is not None or candidate.begins >= ALONE:
            yield candidate, spell(text, seen.pieces, candidate, candidate.begins), draft


def place(found: Attribution) -> Span:
    """Where it stands: its cue, or what there is instead."""
    return (found.cue or found.content or found.source)[0]


def _places(seen: Pass, drafts: Sequence[Draft]) -> dict[int, range]:
    """The pieces of each draft's cue, for those that have one."""
    out = {}
    for n, draft in enumerate(drafts):
        if draft.cue:
            pieces = seen.within(*draft.cue[0])
            if pieces.stop > pieces.start:
                out[n] = range(pieces.start, pieces.stop)
    return out


def _judged(text: str, candidate: Candidate, spelt: Attribution, draft: Draft | None) -> Attribution | None:
    """The candidate where it is likely enough, with the spans of the draft where those are surer."""
    if draft is not None and draft.kind in LAYOUT:
        return _spelt(draft, 1.0)
    if not spelt.cue:
        return None
    if not spelt.content:
        return spelt if candidate.begins >= BARE and draft is None else None
    score = probability(features(text, candidate, spelt, draft))
    if score < TOGETHER:
        return None
    if draft is None:
        return replace(spelt, score=score)
    if draft.content and candidate.sure_content < UNSURE and overlap(spelt.content, draft.content) < HALF:
        return _spelt(draft, score)
    source = spelt.source
    if not source or (not draft.source and draft.kind != "nominal"):
        source = tuple(draft.source)
    return Attribution(source, spelt.cue, spelt.content, score, draft.stance)


def _seen(draft: Draft, seen: Pass) -> float:
    """The probability that some piece of a draft's cue is in a cue; 1 where it rests on layout."""
    if draft.kind in LAYOUT or not draft.cue:
        return 1.0
    pieces = seen.within(*draft.cue[0])
    return float(1 - seen.cues[pieces, NOTHING].min()) if pieces.stop > pieces.start else 1.0


def _spelt(draft: Draft, score: float) -> Attribution:
    return Attribution(tuple(draft.source), tuple(draft.cue), tuple(draft.content), score, draft.stance)


def _once(found: list[Attribution]) -> list[Attribution]:
    """In the order of the text, without the weaker of two that share cue, or source and content."""
    kept: list[Attribution] = []
    starts: list[int] = []
    for f in sorted(found, key=lambda f: (-f.score, place(f))):
        at = place(f)[0]
        near = kept[bisect_left(starts, at - NEAR) : bisect_left(starts, at + NEAR)]
        if not any(_same(f, k) for k in near):
            i = bisect_left(starts, at)
            starts.insert(i, at)
            kept.insert(i, f)
    return kept


def _same(f: Attribution, k: Attribution) -> bool:
    if common(f.cue, k.cue):
        return True
    if overlap(f.content, k.content) <= SAME:
        return False
    return not f.source or not k.source or bool(common(f.source, k.source))
