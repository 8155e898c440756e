"""What is new about a Claim, told for every moment that somebody may have looked at before.

`changes` compares two standings. Asked from a moment up to now, each thing that it finds is found for the
moments of one stretch only: a new claim from any moment before its first document, a new origin from any
between that document and the origin. So it is worked out once, as stretches, and looked up by a moment.

Moments are whole microseconds since 1970 in UTC. `START` stands for "nobody knows when", which counts as
known from the start.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from allegata.model import AFFIRMING, Claim, Origin
from allegata.monitoring.changes import AMPLIFIED, Change
from allegata.monitoring.moments import instant
from allegata.monitoring.names import same_name

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE = timedelta(microseconds=1)

START = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _ONE
FOREVER = 2**62
"""Later than any moment that a datetime holds."""

When = Callable[[str], int]
"""document id -> its moment, or `START`."""


@dataclass(frozen=True, slots=True)
class News:
    """A change that is found by whoever asks from a moment in [``lo``, ``hi``). ``at`` is when it happened.
    ``documents`` is empty for an amplification: there they are those that came after the moment."""

    kind: str
    lo: int
    hi: int
    at: int
    sources: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When the documents that carry a Claim came, in order, and from when until when each origin stood.
    ``last`` is the last moment at which anything about the Claim changed."""

    documents: tuple[tuple[int, str], ...]
    origins: tuple[tuple[int, int], ...]
    last: int

    def documents_at(self, moment: int) -> int:
        return bisect_right(self.documents, moment, key=lambda d: d[0])

    def documents_after(self, moment: int) -> tuple[str, ...]:
        return tuple(d for _, d in self.documents[self.documents_at(moment) :])

    def origins_at(self, moment: int) -> int:
        if moment < self.documents[0][0]:
            return 0
        return sum(came <= moment < gone for came, gone in self.origins)

    @property
    def origins_now(self) -> int:
        return sum(gone == FOREVER for _, gone in self.origins)


@dataclass(frozen=True, slots=True)
class _Root:
    """An origin with its first document, when that came, and when it was withdrawn."""

    source: str
    document: str
    came: int
    gone: int


def micros(moment: datetime | None) -> int:
    """A moment as it is counted here; `START` for none."""
    return START if moment is None else (moment - _EPOCH) // _ONE


def moment_at(count: int) -> datetime | None:
    """The inverse of `micros`."""
    return None if count <= START else _EPOCH + count * _ONE


def clock_of(known: dict[str, str | None]) -> When:
    """The clock of what is ``known``: document id -> its moment in ISO 8601."""
    return clock_at({document: instant(text) for document, text in known.items()})


def clock_at(known: Mapping[str, datetime | None]) -> When:
    """The clock of what is ``known``: document id -> its moment."""
    counted = {document: micros(moment) for document, moment in known.items()}
    return lambda document: counted.get(document, START)


def news_of(claim: Claim, when: When) -> tuple[Arrivals, list[News]] | None:
    """When a Claim's documents came, and all that was ever new about it; ``None`` where none carries it."""
    carrying = sorted({(when(m.document), m.document) for m in claim.mentions if m.stance in AFFIRMING})
    if not carrying:
        return None
    roots = _roots(claim, when)
    answers = {stance: _answers(claim, stance) for stance in ("deny", "confirm", "retract")}
    begin = carrying[0][0]
    found = [_new_claim(carrying, roots, when)]
    found += _new_origins(begin, roots, when)
    for stance, kind in (("deny", "first_denial"), ("confirm", "first_confirmation")):
        if told := answers[stance]:
            first = min(when(d) for _, d in told)
            found.append(_news(kind, START, max(begin, first), told[:1], when))
    found += _retractions(begin, roots, answers["retract"], when)
    for a, b in claim.circular:
        found.append(_news("circular", START, max(begin, when(a), when(b)), (("", a), ("", b)), when))
    found += _amplifications(carrying, roots)
    moments = [m for m, _ in carrying] + [when(r.document) for r in claim.responses]
    moments += [when(d) for pair in claim.circular for d in pair] + [r.came for r in roots]
    moments += [r.gone for r in roots if r.gone != FOREVER]
    arrivals = Arrivals(tuple(carrying), tuple((r.came, r.gone) for r in roots), max(moments))
    return arrivals, [news for news in found if news.lo < news.hi]


def change_of(claim: str, proposition: str, arrivals: Arrivals, news: News, since: int) -> Change:
    """What is new, as `changes.find_changes` tells it to whoever asks from ``since`` up to now."""
    at = moment_at(news.at)
    return Change(
        news.kind,
        claim,
        proposition,
        at.isoformat() if at else None,
        news.sources,
        arrivals.documents_after(since) if news.kind == "amplification" else news.documents,
        arrivals.documents_at(since),
        len(arrivals.documents),
        arrivals.origins_at(since),
        arrivals.origins_now,
    )


def as_added(claim: Claim, out: When, added: When) -> Claim:
    """The Claim with its origins withdrawn when that came into the store: with the first document of the day
    that took them back, else with the last of all."""
    if not any(o.withdrawn_at for o in claim.origins):
        return claim
    documents = {*claim.documents, *(r.document for r in claim.responses)}

    def gone(origin: Origin) -> str | None:
        if (told := instant(origin.withdrawn_at)) is None:
            return origin.withdrawn_at
        same = [added(d) for d in documents if (o := moment_at(out(d))) and o.date() == told.date()]
        known = moment_at(min(same) if same else max(map(added, documents)))
        return known.isoformat() if known else origin.withdrawn_at

    return replace(claim, origins=tuple(replace(o, withdrawn_at=gone(o)) for o in claim.origins))


def _roots(claim: Claim, when: When) -> list[_Root]:
    first: dict[str, tuple[int, str]] = {}
    for m in claim.mentions:
        if m.stance in AFFIRMING and (moment := when(m.document)) > START:
            for origin in m.origin_ids:
                first[origin] = min(first.get(origin, (moment, m.document)), (moment, m.document))
    out = []
    for o in claim.origins:
        if o.kind != "unattributed":
            document = first[o.id][1] if o.id in first else o.first_document
            gone = instant(o.withdrawn_at)
            out.append(_Root(o.source, document, when(document), FOREVER if gone is None else micros(gone)))
    return out


def _answers(claim: Claim, stance: str) -> list[tuple[str, str]]:
    return [(r.source, r.document) for r in claim.responses if r.stance == stance]


def _news(kind: str, lo: int, hi: int, pairs: Iterable[tuple[str, str]], when: When) -> News:
    """What (source, document) ``pairs`` show: happened with the first of them, a circle with the last."""
    listed = tuple(pairs)
    documents = tuple(dict.fromkeys(d for _, d in listed))
    moments = sorted(m for d in documents if (m := when(d)) > START)
    at = moments[-1 if kind == "circular" else 0] if moments else START
    return News(kind, lo, hi, at, tuple(dict.fromkeys(s for s, _ in listed if s)), documents)


def _new_claim(carrying: Sequence[tuple[int, str]], roots: Iterable[_Root], when: When) -> News:
    living = [(r.source, r.document) for r in roots if r.gone == FOREVER]
    return _news("new_claim", START, carrying[0][0], [*living, ("", carrying[0][1])], when)


def _new_origins(begin: int, roots: Sequence[_Root], when: When) -> Iterator[News]:
    stood: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for root in roots:
        stood[same_name(root.source)].append((root.came, root.gone))
    for root in roots:
        if root.gone == FOREVER and root.came > begin:
            for lo, hi in _without(begin, root.came, stood[same_name(root.source)]):
                yield _news("new_origin", lo, hi, [(root.source, root.document)], when)


def _retractions(
    begin: int, roots: Iterable[_Root], told: Sequence[tuple[str, str]], when: When
) -> Iterator[News]:
    gone = [r for r in roots if r.gone != FOREVER]
    known: dict[str, int] = {}
    for name, moment in [(s, when(d)) for s, d in told] + [(r.source, max(r.came, r.gone)) for r in gone]:
        key = same_name(name)
        known[key] = min(known.get(key, moment), moment)
    retracting = {s for s, _ in told}
    for source, document in [*told, *((r.source, r.document) for r in gone if r.source not in retracting)]:
        yield _news("retraction", START, max(begin, known[same_name(source)]), [(source, document)], when)


def _amplifications(carrying: Sequence[tuple[int, str]], roots: Sequence[_Root]) -> Iterator[News]:
    """The stretches from which at least `AMPLIFIED` documents came, and no more origins than stood then."""
    if len(carrying) < AMPLIFIED:
        return
    begin, end = carrying[0][0], carrying[-AMPLIFIED][0]
    least = sum(r.gone == FOREVER for r in roots)
    steps: dict[int, int] = defaultdict(int)
    for r in roots:
        if r.came < r.gone:
            steps[max(r.came, begin)] += 1
            steps[max(r.gone, begin)] -= 1
    standing, opened = 0, None
    for moment in sorted({*steps, begin, end}):
        if moment >= end:
            break
        standing += steps.get(moment, 0)
        if standing >= least and opened is None:
            opened = moment
        elif standing < least and opened is not None:
            yield News("amplification", opened, moment, carrying[-1][0])
            opened = None
    if opened is not None:
        yield News("amplification", opened, end, carrying[-1][0])


def _without(lo: int, hi: int, covered: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of [lo, hi) outside of all stretches that are ``covered``."""
    for begin, end in sorted(covered):
        if begin < end and end > lo:
            if begin > lo:
                yield lo, min(begin, hi)
            lo = end
        if lo >= hi:
            return
    if lo < hi:
        yield lo, hi
