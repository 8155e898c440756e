"""Numbers that drift while a claim is told."""

from __future__ import annotations

from allegata.linking.linker import link_story
from allegata.linking.why import explain
from allegata.model import Source

from .conftest import make_reading

ROTH = Source("Ida Roth", "person", title="harbour master", organisation="Velm Harbour Office")


def told(name: str, number: str, hour: int):
    line = f"Masked men beat {number} bargemen at Velm on Monday night, harbour master Ida Roth said."
    when = f"2025-03-04T{hour:02}:00:00+00:00"
    return make_reading(name, [(line, ROTH, "assert")], outlet=f"Gazette {name}", published=when)


def test_a_number_that_drifts_is_one_claim_with_a_variant(texts):
    story = texts([told("a", "three", 8), told("b", "3", 9), told("c", "thirty", 10)])
    (claim,) = link_story(story)
    assert len(claim.documents) == 3
    variants = {m.document: m.variant for m in claim.mentions}
    assert variants == {"a": None, "b": None, "c": "30 bargemen, first told as 3"}
    assert any(
        line.startswith("Variant: Gazette c (c) says 30 bargemen")
        for line in explain(claim, {t.id: t.document for t in story})
    )


def test_the_day_of_a_dateline_counts_nothing(texts):
    one = make_reading(
        "d", ["VELM, March 4 (Gazette) - Masked men beat bargemen at the quay of Velm."], outlet="X"
    )
    two = make_reading(
        "e", ["VELM, March 5 (Gazette) - Masked men beat bargemen at the quay of Velm."], outlet="Y"
    )
    claims = link_story(texts([one, two]))
    assert not [m for c in claims for m in c.mentions if m.variant]
