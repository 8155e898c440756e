"""What is kept of a Document for quick comparison, and which documents are compared at all."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest

from allegata.linking.features import find_keys, make_features, restore
from allegata.linking.sketches import pack, sketch, unpack
from allegata.linking.stories import MOST_NEAR, candidates, holds, likeness, may_pair, pair
from allegata.model import Document, Link, Reading

RAID = "Masked men boarded a gravel barge at Velmar and beat the skipper, Orlan Tisk, said the lock keeper."
LATER = "A year after the raid at Velmar the skipper Orlan Tisk still waits for the barge in March 2024."
OTHER = "The bakers of Kumrat have put up the price of bread for the third time since the harvest failed."
LONG = " ".join(
    f"Item {n} of the council of Kumrat was put off to the {n}th meeting of wardens." for n in range(60)
)


def text(name, body, published=None, **fields):
    reading = Reading(Document(name, body, published=published, **fields))
    return restore(reading, make_features([reading])[0].vectors)


class Index:
    def __init__(self, *texts):
        self.texts = {t.id: find_keys(t.raw) for t in texts}

    def sharing(self, space, keys, least, most):
        counts = Counter()
        for k in set(keys):
            counts.update([d for d, held in self.texts.items() if k in held[space]][:most])
        return {d: n for d, n in counts.items() if n >= least}


def test_a_sketch_comes_back_as_it_was_packed():
    made = sketch(text("a", LATER, "2025-03-04T05:06:07+02:00"))
    back = unpack(pack(made))
    assert back is not None
    assert (back.when, back.looks_back, back.years, back.language) == (
        made.when, True, frozenset({2024}), "en"
    )  # fmt: skip
    assert back.months == 1 << 2
    assert np.array_equal(back.terms, made.terms)
    assert back.norm > 0


@pytest.mark.parametrize("payload", [b"", b"linking-1", b"\x02"])
def test_what_another_version_kept_is_no_sketch(payload):
    assert unpack(payload) is None


DAYS = [None, "2024-03-01", "2024-03-20", "2025-03-01", "2999-01-01", "0001-01-01", "no date"]


@pytest.mark.parametrize("one", DAYS)
@pytest.mark.parametrize("other", DAYS)
def test_sketches_rule_out_no_pair(one, other):
    texts = [text("a", RAID, one), text("b", LATER, other), text("c", OTHER, other, language="de")]
    for x in texts:
        for y in texts:
            if x is y or holds(x, y):
                continue
            (possible,) = may_pair(unpack(pack(sketch(x))), x.vectors, [(unpack(pack(sketch(y))), y.vectors)])  # type: ignore[list-item, arg-type]
            assert possible or pair(x, y) is None


def test_many_are_ruled_out_as_each_alone():
    texts = [text(f"{n}", body, day) for n, (body, day) in enumerate(product((RAID, LATER, OTHER, ""), DAYS))]
    sketches = [(sketch(t), t.vectors) for t in texts]
    for made, vectors in sketches:
        alone = [may_pair(made, vectors, [other])[0] for other in sketches]
        assert may_pair(made, vectors, sketches) == alone
    assert may_pair(*sketches[0], []) == []


def test_no_order_of_the_two_matters():
    texts = [
        text("a", RAID, "2024-03-01T00:00:00"),
        text("b", LATER, "2024-03-31T06:00:00"),
        text("c", OTHER),
    ]
    for x in texts:
        for y in texts:
            assert pair(x, y) == pair(y, x)
            assert likeness(x, y) == pytest.approx(likeness(y, x))


def test_short_documents_meet_by_two_names():
    a = text("a", "Orlan Tisk was beaten at Velmar.", "2024-03-01")
    b = text("b", "Who beat Orlan Tisk?", "2024-03-28")
    c = text("c", "Velmar has a new mayor.", "2024-03-02")
    assert candidates(a, Index(a, b, c)) == (set(), {"b"})
    assert candidates(b, Index(a, b, c)) == (set(), {"a"})


def test_years_apart_two_names_are_not_enough():
    a = text("a", "Orlan Tisk was beaten at Velmar.", "2024-03-01")
    b = text("b", "Who beat Orlan Tisk?", "2027-03-01")
    assert candidates(a, Index(a, b)) == (set(), set())


def test_a_page_and_what_links_to_it_are_near_but_two_that_link_elsewhere_are_not():
    page = text("p", OTHER, url="https://a.example/page")
    one = text("x", "Look at this!", links=(Link("https://www.a.example/page/"),))
    two = text("y", "Well, well.", links=(Link("https://a.example/page"),))
    index = Index(page, one, two)
    assert candidates(page, index)[0] == {"x", "y"}
    assert candidates(one, index)[0] == {"p"}


def test_a_short_page_inside_a_long_one_is_of_its_story():
    short = text("a", RAID + " " + LATER)
    long = text("b", LONG + " " + RAID + " " + LATER + " " + LONG)
    assert candidates(short, Index(short, long))[0] == {"b"}
    assert candidates(long, Index(short, long))[0] == {"a"}
    assert holds(short, long) and holds(long, short)
    assert pair(short, long) is not None


def test_of_very_many_copies_all_meet_the_same():
    copies = [text(f"d{n}", RAID + " " + LATER) for n in range(2 * MOST_NEAR)]
    index = Index(*copies)
    met = Counter(d for c in copies[:40] for d in candidates(c, index)[0])
    assert max(len(candidates(c, index)[0]) for c in copies[:40]) <= MOST_NEAR
    assert sum(n >= 39 for n in met.values()) >= MOST_NEAR
