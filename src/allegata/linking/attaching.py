"""The documents and passages of a story that belong to its claims though they do not state them: answers,
distant tellings, pages that speak of an old report; and those that do not belong though they sound alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import fsum

import numpy as np
from numpy.typing import NDArray

from allegata.linking.counterparts import oppose
from allegata.linking.distinct import Own, clause_of, hits, own_words, share_of
from allegata.linking.polarity import MATTERS
from allegata.linking.proposals import SAME, Proposal, core_of
from allegata.linking.spots import Matrix, Spot
from allegata.linking.stances import stance_in
from allegata.linking.stories import is_far, is_later_occurrence, links_to, names_report
from allegata.linking.texts import Text, usual_tongue
from allegata.linking.voices import FIRST_PERSON
from allegata.linking.words import weight
from allegata.model import OPPOSING

NEAR = 0.25
"""Likeness from which a document of the story that states nothing closer is taken to tell a claim of it."""

WITH_MAIN = 0.4
"""Likeness from which a document that tells a lesser claim tells the main one of its story too, unless the
two are opposed: then it must be as near as any."""

OWN = 0.3
"""What a document that has all own words of a claim is nearer to it by."""

BESIDE, OWN_WORDS = 0.4, 2
"""Likeness, and own words of a lesser claim, from which a passage of a document that tells another states it
too ("denied that its men fired first and accused strikers of throwing petrol bombs")."""

ANSWER = 0.22
"""Likeness to the seed from which a denial in a document that tells the claim answers it ("He called it a
lie" shares little with what it denies)."""

EARLY_DAYS = 8
"""A report this long before the next one, and cited by none, is not the first telling of the same."""


def attach_rest(
    found: Sequence[Proposal],
    spots: Sequence[Spot],
    likeness: Matrix,
    owner: NDArray[np.int64],
    texts: Sequence[Text],
) -> None:
    """Documents of the story that tell none of its claims closely: each to the one it is nearest, by its
    nearest passage and by the words that are that claim's own. Those that tell another claim closely join the
    main one only if plainly near and not from before it was told, a lesser one only with a passage that
    somebody puts forward or answers in words of its own."""
    told = {d for p in found for d in p.texts() if p.spans[d]}
    own = own_words(found, spots)
    nearness = [nearness_of(p, spots, likeness) for p in found]
    since = [min((texts[d].sort_key() for d in p.texts()), default=None) for p in found]
    for d, text in enumerate(texts):
        mine = [int(i) for i in np.flatnonzero(owner == d) if spots[int(i)].unit.span is not None]
        rows: list[tuple[float, int, int]] = []
        for k, proposal in enumerate(found):
            near = nearness[k]
            if near is None or not mine or proposal.spans.get(d) or _is_earlier_event(text, proposal, texts):
                continue
            best = max(mine, key=lambda i: (near[i], -i))
            if d not in told:
                if near[best] >= NEAR:
                    rows.append((near[best] + OWN * share_of(text.document.text[:4000], own[k]), -k, best))
            elif k == 0:
                first = since[0]
                rival = any(p.spans.get(d) and oppose(p, proposal, spots) for p in found[1:])
                if near[best] >= (SAME if rival else WITH_MAIN) and (
                    first is None or text.when is None or text.sort_key() >= first
                ):
                    _attach(proposal, spots[best])
            else:
                passages = [i for i in mine if near[i] >= BESIDE and _is_voiced(spots[i])]
                passages = [i for i in passages if hits(spots[i].unit.text, own[k]) >= OWN_WORDS]
                passages = [i for i in passages if _is_own(spots[i], k, own)]
                if passages:
                    _attach_clause(proposal, spots[max(passages, key=lambda i: (near[i], -i))], own[k])
        if rows:
            _, k, best = max(rows)
            _attach(found[-k], spots[best])


TELLING = 2.5
"""Background weight (nats) of words by which a passage in another language is compared: names, numbers."""

IN_COMMON = 9.0
"""Background weight (nats) of such words that a passage shares with a claim: two or three rare names."""


def attach_foreign(found: Sequence[Proposal], spots: Sequence[Spot], texts: Sequence[Text]) -> None:
    """In texts that are in another language than most: what somebody says there with names or numbers of a
    claim, what somebody answers, and the passage with most of these. The vectors, of an English model, tell
    little of them."""
    usual = usual_tongue(texts)
    terms = [u for t in texts for u in t.unit_terms]
    known = [
        {w for i in core_of(p, spots) if texts[spots[i].text].tongue == usual for w in terms[i]}
        for p in found
    ]

    def shared(i: int, k: int) -> float:
        return fsum(sorted(weight(n) for n in terms[i] & known[k] if weight(n) > TELLING))

    for d, text in enumerate(texts):
        told = [k for k, p in enumerate(found) if p.spans.get(d)]
        if text.tongue == usual or not told:
            continue
        mine = [i for i, s in enumerate(spots) if s.text == d and s.unit.span is not None]
        nearest = [(i, max(told, key=lambda k: (shared(i, k), -k))) for i in mine if _is_voiced(spots[i])]
        wanted = [(i, k) for i, k in nearest if spots[i].answers or shared(i, k) >= IN_COMMON]
        wanted += [(max(mine, key=lambda i: (shared(i, k), -i)), k) for k in told]
        for i, k in wanted:
            if spots[i].unit.span not in found[k].spans[d]:
                _attach(found[k], spots[i])


VOICE = 0.3
"""Likeness to a claim of its document from which what a person tells of themselves is of that claim."""

_LIVED = re.compile(rf"{FIRST_PERSON}|\b(?:saw|seen|heard|watched|counted|felt)\b", re.IGNORECASE)


def attach_voices(found: Sequence[Proposal], spots: Sequence[Spot], likeness: Matrix) -> None:
    """What persons say that they lived through, in documents that tell a claim: few of its words are in
    "We look at that ridge every day of our lives". Not of who answers somewhere."""
    answering = frozenset[str]().union(*(s.answerers for s in spots))
    lived = [
        (i, s, span)
        for i, s in enumerate(spots)
        if (span := s.unit.span) is not None
        and not s.answers
        and any(c.startswith(("person:", "anonymous:")) for c in s.claimants - answering)
        and _LIVED.search(s.unit.text)
    ]
    if not lived:
        return
    nearness = [nearness_of(p, spots, likeness) for p in found]
    for i, spot, span in lived:
        told = [k for k, p in enumerate(found) if p.spans.get(spot.text)]
        if any(span in found[k].spans[spot.text] for k in told):
            continue
        near = {k: float(n[i]) for k in told if (n := nearness[k]) is not None}
        best = max(near, key=lambda k: (near[k], -k), default=None)
        if best is not None and near[best] >= VOICE:
            _attach(found[best], spot)


ELSEWHERE, FURTHER, DOCUMENTS = 0.3, 0.15, 3
"""Likeness from which what somebody says, confirms or answers is of a claim that its document does not yet
tell; by how much it must be nearer to that than to those it tells; and documents that such a claim has."""


def attach_elsewhere(found: Sequence[Proposal], spots: Sequence[Spot], likeness: Matrix) -> None:
    """What somebody says or answers in a document that tells another claim ("the prosecution service
    confirmed on Monday that there is a file", in a page about who owns the firm)."""
    nearness = [nearness_of(p, spots, likeness) for p in found]
    for i, spot in enumerate(spots):
        span = spot.unit.span
        if span is None or not _is_voiced(spot):
            continue
        if any(span in p.spans.get(spot.text, ()) for p in found):
            continue
        near = {k: float(n[i]) for k, n in enumerate(nearness) if n is not None}
        best = max(near, key=lambda k: (near[k], -k), default=None)
        if best is None or near[best] < ELSEWHERE or len(found[best].spans) < DOCUMENTS:
            continue
        told = [near.get(k, 0.0) for k, p in enumerate(found) if p.spans.get(spot.text)]
        if near[best] >= max(told, default=0.0) + FURTHER:
            _attach(found[best], spot)


def nearness_of(proposal: Proposal, spots: Sequence[Spot], likeness: Matrix) -> NDArray[np.float32] | None:
    """(units,): for each unit the mean of its likeness to the three nearest passages of the claim."""
    core = core_of(proposal, spots)
    if not core:
        return None
    out: NDArray[np.float32] = np.sort(likeness[core], axis=0)[-min(3, len(core)) :].mean(axis=0)
    return out


def _is_own(spot: Spot, k: int, own: Sequence[Own]) -> bool:
    """Whether the clause with a claim's own words has more of them than of any other claim's."""
    clause = spot.unit.text[slice(*clause_of(spot.unit.text, own[k]))]
    share = share_of(clause, own[k])
    return all(share > share_of(clause, other) for j, other in enumerate(own) if j != k)


def _attach_clause(proposal: Proposal, spot: Spot, own: Own) -> None:
    assert spot.unit.span is not None
    start, end = clause_of(spot.unit.text, own)
    proposal.spans[spot.text].append((spot.unit.span[0] + start, spot.unit.span[0] + end))


def _attach(proposal: Proposal, spot: Spot) -> None:
    assert spot.unit.span is not None
    proposal.spans[spot.text].append(spot.unit.span)


def _is_voiced(spot: Spot) -> bool:
    return bool(spot.claimants or spot.answers)


def attach_answers(
    found: Sequence[Proposal], spots: Sequence[Spot], likeness: Matrix, texts: Sequence[Text]
) -> None:
    """Denials, doubts, confirmations and calls for an inquiry in documents that tell a claim: each to the
    claim of its document that accuses the one who answers, else to the one it is likest. One that speaks of
    "the report", "it" or an inquiry is like nothing: it answers what its document tells first."""
    seeds = [next(i for i, s in enumerate(spots) if s is p.seed) for p in found]
    for i, spot in enumerate(spots):
        span = spot.unit.span
        if span is None or not spot.answers:
            continue
        told = [k for k, p in enumerate(found) if p.spans.get(spot.text)]
        like = {k: float(likeness[i, seeds[k]]) for k in range(len(found))}
        accused = [
            k for k, p in enumerate(found) if spot.answerers & p.sides and (k in told or like[k] >= ANSWER)
        ]
        if accused:
            for k in told:
                if k not in accused and not spot.claimants and span in found[k].spans[spot.text]:
                    found[k].spans[spot.text].remove(span)
            told = accused
        if not told or any(span in found[k].spans[spot.text] for k in told):
            continue
        best = max(told, key=lambda k: (like[k], -k))
        if accused or like[best] >= ANSWER or _answers_all(spot, texts[spot.text]):
            found[best].spans[spot.text].append(span)
    for p in found:
        for d in [d for d, spans in p.spans.items() if not spans]:
            del p.spans[d]


_ALL = re.compile(
    rf"\W*(?:(?:the|these|those|this|that|such|any|all|what) (?:\w+ ){{0,2}}(?:{MATTERS})\b"
    r"|(?:it|this|that|them|everything)\b|[^.]{0,60}\b(?:inquiry|inquiries|enquiry|investigation|probe)\b)",
    re.IGNORECASE,
)


def _answers_all(spot: Spot, text: Text) -> bool:
    """Whether what is denied, doubted or demanded is the matter as such."""
    span = spot.unit.span
    return span is not None and any(
        _ALL.match(text.document.text[a:b])
        for s in text.reading.statements
        if stance_in(text, s) in OPPOSING and s.speaker
        for a, b in s.content
        if a < span[1] and span[0] < b
    )


def drop_other_papers(proposal: Proposal, texts: Sequence[Text]) -> None:
    """A text that turns on another numbered document than the rest ("Directive 41/25" among those on "14/25")
    tells of another matter."""
    held = Counter(n for d in proposal.texts() for n in texts[d].numbered)
    common = {n for n, k in held.items() if k >= 2}
    for d in proposal.texts() if common else ():
        if texts[d].numbered and not texts[d].numbered & common:
            del proposal.spans[d]


def drop_early(main: Proposal, texts: Sequence[Text]) -> None:
    """A report from well before all others, that none of them links to, is of an earlier event."""
    timed = [d for d in main.texts() if texts[d].when is not None]
    if len(timed) < 3:
        return
    first, second = sorted(timed, key=lambda d: texts[d].sort_key())[:2]
    early, next_one = texts[first].when, texts[second].when
    assert early is not None and next_one is not None
    cited = any(links_to(texts[d], texts[first]) for d in main.texts() if d != first)
    if (next_one - early).days >= EARLY_DAYS and not cited:
        del main.spans[first]


def _is_earlier_event(text: Text, proposal: Proposal, texts: Sequence[Text]) -> bool:
    """Whether most texts of a claim tell of a later occurrence than this one, or an earlier."""
    apart = [is_later_occurrence(text, texts[d]) for d in proposal.texts() if texts[d].id != text.id]
    return bool(apart) and 2 * sum(apart) > len(apart)


def attach_reports_of(rest: Sequence[Proposal], texts: Sequence[Text]) -> None:
    """An old report that is told alone, and the later pages of the story that speak of it by its outlet and
    year: a picture or a story that came again."""
    for proposal in rest:
        early = texts[proposal.seed.text]
        for d, late in enumerate(texts):
            if not is_far(early, late) or late.sort_key() < early.sort_key() or not names_report(early, late):
                continue
            year = str(early.when.year) if early.when else ""
            for s in late.reading.sentences:
                if year in late.document.text[s.start : s.end]:
                    proposal.spans[d].append((s.start, s.end))
                    proposal.recall.add(d)
