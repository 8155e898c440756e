"""Stories out of pairs: chains come apart, copies stay together, no order matters."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from allegata.linking import grouping
from allegata.linking.grouping import find_stories, join_nearest


def graph(pairs):
    out = {}
    for a, b, score in pairs:
        out.setdefault(a, {})[b] = score
        out.setdefault(b, {})[a] = score
    return out


def dense(name, count, score):
    return [(f"{name}{i:03}", f"{name}{j:03}", score) for i, j in combinations(range(count), 2)]


def test_a_small_part_stays_whole_however_weak_its_pairs():
    chain = [(f"d{i}", f"d{i + 1}", 0.29) for i in range(9)]
    assert find_stories(graph(chain)) == [sorted(f"d{i}" for i in range(10))]


def test_two_stories_that_one_page_joins_come_apart():
    pairs = [*dense("a", 25, 0.5), *dense("b", 25, 0.5), ("a000", "b000", 0.4)]
    assert [len(s) for s in find_stories(graph(pairs))] == [25, 25]


def test_copies_stay_together_however_many_they_are():
    hubs = [(f"d{i:03}", f"d{j:03}", 1.0) for i in range(30) for j in range(i + 1, 500)]
    assert [len(s) for s in find_stories(graph(hubs))] == [500]


def test_a_chain_of_copies_longer_than_is_weighed_stays_a_story():
    ring = [(f"d{i:03}", f"d{(i + 1) % 450:03}", 1.0) for i in range(450)]
    assert [len(s) for s in find_stories(graph(ring))] == [450]


@given(st.integers(0, 10_000))
def test_groups_are_a_partition_and_no_order_matters(seed):
    rng = random.Random(seed)
    ids = [f"d{i}" for i in range(rng.randint(2, 20))]
    pairs = [(a, b, rng.choice((0.3, 0.4, 0.7))) for a, b in combinations(ids, 2) if rng.random() < 0.3]
    linked = graph(pairs)
    shuffled = graph(rng.sample(pairs, len(pairs)))
    groups = join_nearest(linked, linked)
    assert sorted(d for g in groups for d in g) == sorted(linked)
    assert sorted(groups) == sorted(join_nearest(shuffled, shuffled))
    for a, b in combinations(groups, 2):  # none that should be joined are left apart
        total = sum(linked[x].get(y, grouping.UNPAIRED) for x in a for y in b)
        joined = any(y in linked[x] for x in a for y in b)
        assert not joined or total / (len(a) * len(b)) < grouping.LEAST_MEAN + 1e-6
