"""The stretches of news say for every moment what a comparison of two standings says."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from allegata.model import Claim, Response
from allegata.monitoring.changes import KINDS, Change, find_changes
from allegata.monitoring.moments import instant
from allegata.monitoring.news import as_added, change_of, clock_of, micros, moment_at, news_of
from tests.monitoring.stories import claim, mention, origin

DAYS = {f"d{n}": f"2025-03-{n + 1:02}" if n else None for n in range(12)}
NAMES = ("Vell harbour office", "the Vell harbour office", "Norland", "a guard", "Drost")
STANCES = ("allege", "assert", "deny", "confirm")
KINDS_OF_ORIGIN = ("named_official", "unattributed", "outlet")
GONE = (None, None, "2025-03-06", "soon")


def by_chance(rng: random.Random) -> Claim:
    """A claim of any kind: undated documents, names twice, withdrawals, circles, early denials."""
    documents = rng.sample(sorted(DAYS), rng.randint(1, 9))
    keys = [f"o{n}" for n in range(rng.randint(0, 4))]
    told = [
        mention(d, rng.choice(STANCES), tuple(k for k in keys if rng.random() < 0.4))
        for d in documents
        for _ in range(rng.choice((1, 1, 2)))
    ]
    mentions = tuple(replace(m, published=DAYS[m.document]) for m in told)
    origins = tuple(
        origin(rng.choice(NAMES), rng.choice(documents), key, rng.choice(KINDS_OF_ORIGIN), rng.choice(GONE))
        for key in keys
    )
    responses = tuple(
        Response(rng.choice(NAMES), rng.choice(("deny", "confirm", "retract")), rng.choice(sorted(DAYS)))
        for _ in range(rng.choice((0, 0, 1, 3)))
    )
    circles = tuple((rng.choice(documents), rng.choice(documents)) for _ in range(rng.choice((0, 0, 2))))
    return replace(claim(mentions, origins, responses), circular=circles)


def looked_up(of: Claim, since: datetime) -> list[Change]:
    """What the stretches tell whoever asks from ``since``."""
    told = news_of(of, clock_of(DAYS))
    if told is None:
        return []
    asked = micros(since)
    found = [change_of(of.id, of.proposition, told[0], n, asked) for n in told[1] if n.lo <= asked < n.hi]
    return sorted(found, key=lambda c: (c.at or "", c.claim, KINDS.index(c.kind)))


def test_every_moment_is_told_what_a_comparison_tells() -> None:
    rng = random.Random(7)
    moments = [datetime(2025, 2, 27, 12, tzinfo=UTC) + timedelta(hours=12 * n) for n in range(30)]
    moments += [datetime(2000, 1, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)]
    told = 0
    for _ in range(60):
        story = by_chance(rng)
        for since in moments:
            found = find_changes([story], since, None, lambda d: instant(DAYS[d]))
            assert looked_up(story, since) == found
            told += len(found)
    assert told > 400


def test_arrivals_end_with_the_last_thing_that_happened() -> None:
    story = claim((mention("d1"),), (origin("A", "d1"),), (Response("Norland", "deny", "d4"),))
    told = news_of(story, clock_of(DAYS))
    assert told is not None and moment_at(told[0].last) == datetime(2025, 3, 5, tzinfo=UTC)
    assert news_of(claim((mention("d1", "deny"),), ()), clock_of(DAYS)) is None


def test_what_was_withdrawn_is_gone_when_that_came_in() -> None:
    added = clock_of({"d1": "2026-11-01T10:00:00+00:00", "d4": "2026-11-09T10:00:00+00:00"})
    story = claim((mention("d1"), mention("d4", "deny")), (origin("A", "d1", gone="2025-03-05"),))
    (gone,) = as_added(story, clock_of(DAYS), added).origins
    assert gone.withdrawn_at == "2026-11-09T10:00:00+00:00"
    elsewhere = claim((mention("d1"),), (origin("A", "d1", gone="2025-03-09"),))
    assert as_added(elsewhere, clock_of(DAYS), added).origins[0].withdrawn_at == "2026-11-01T10:00:00+00:00"
    kept = claim((mention("d1"),), (origin("A", "d1"),))
    assert as_added(kept, clock_of(DAYS), added) is kept
