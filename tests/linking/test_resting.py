"""Articles that say of nobody that they told it."""

from __future__ import annotations

from allegata.linking.parties import Party
from allegata.linking.presuming import rest_on_known
from allegata.linking.provenance import Roots

from .conftest import make_reading

MAYOR = Party("person:brill", "Ana Brill", "named_person", ("Ana Brill",))


def story(texts, kind: str = "article", last: str | None = "2025-03-06T08:00:00+00:00"):
    days = ("2025-03-04T08:00:00+00:00", "2025-03-05T08:00:00+00:00", last)
    return texts(
        [
            make_reading(
                f"d{n}", ["Guards burned the weir house at Pell."], outlet=f"Paper {n}", published=day, kind=k
            )
            for n, (day, k) in enumerate(zip(days, ("article", "article", kind), strict=True))
        ]
    )


def rested(mine, **reached: str):
    roots = Roots({d: frozenset({r}) for d, r in reached.items()}, {})
    found, merges = rest_on_known(roots, mine, {MAYOR.id: MAYOR})
    return {d: set(rs) for d, rs in found.reached.items()}, merges


def test_a_later_article_without_a_source_rests_on_the_one_that_was_out(texts):
    reached, (merge,) = rested(story(texts), d0=MAYOR.id, d1=MAYOR.id, d2="d2")
    assert reached["d2"] == {MAYOR.id}
    assert (merge.kept, merge.merged) == ("Ana Brill", "Paper 2")
    assert merge.score < 0.5 and "Ana Brill had told it before" in merge.reason


def test_what_may_be_an_origin_of_its_own_does_not(texts):
    assert rested(story(texts), d0="d0", d1=MAYOR.id, d2=MAYOR.id)[0]["d0"] == {"d0"}  # the first of all
    assert rested(story(texts, kind="post"), d0=MAYOR.id, d1=MAYOR.id, d2="d2")[1] == []  # was perhaps there
    assert rested(story(texts, last=None), d0=MAYOR.id, d1=MAYOR.id, d2="d2")[1] == []  # perhaps the first
    assert rested(story(texts), d0="d0", d1="d1", d2="d2")[1] == []  # nobody is known to have told it
