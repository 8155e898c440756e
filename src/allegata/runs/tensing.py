"""Tension and its breaks over a whole store, a pair of parties at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from allegata.monitoring.breaks import Break, Track, breaks_of, in_order, tracks_of
from allegata.monitoring.periods import Unit, periods_between
from allegata.monitoring.tension import Tension
from allegata.store.base import Store


def breaks(store: Store, unit: Unit = "week") -> list[Break]:
    """All breaks, found anew against what is collected by now."""
    return in_order(one for track in tracks(store, unit) for one in breaks_of(track))


def tracks(store: Store, unit: Unit = "week", words: Sequence[str] = ()) -> Iterator[Track]:
    """The series of each pair of parties with all ``words`` in its names, a pair after the other."""
    collected = store.collected(unit)
    if collected:
        periods = periods_between(min(collected), max(collected), unit)
        for mine in store.each_dyad(unit, words):
            yield from tracks_of(mine, collected, periods)


def alarms(store: Store, week: str, since: str, changed: str = "") -> list[Break]:
    """The running alarms of ``since`` or later, as of ``week``: what is dated later is left out. Of the dyads
    that were counted anew since the moment ``changed``; what is collected of others moves theirs too, by
    little, and they are looked at when a new week begins."""
    collected = {period: n for period, n in store.collected().items() if period <= week}
    if not collected:
        return []
    periods = periods_between(min(collected), max(week, *collected), "week")
    return in_order(
        one
        for mine in _until(store.dyads_changed(changed), week)
        for track in tracks_of(mine, collected, periods)
        for one in breaks_of(track, only_alarms=True)
        if one.at >= since
    )


def _until(found: Iterable[list[Tension]], week: str) -> Iterator[list[Tension]]:
    for mine in found:
        if kept := [t for t in mine if t.period <= week]:
            yield kept
