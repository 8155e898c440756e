"""Who is who: bare nouns, parts of bodies, titles before names, descriptions that begin a sentence."""

import pytest

from allegata.linking.identity import Identities
from allegata.linking.joining import is_description
from allegata.model import Source

from .conftest import make_reading


def body(name: str) -> Source:
    return Source(name, "organisation")


def parties(texts, *said, kind="article", outlet="Mill Herald"):
    """The parties of speakers, each of whom says one thing in one document."""
    lines = [
        (f"{s.name} said that the weir at Ulm Vale gave way on day {n}.", s, "assert")
        for n, s in enumerate(said)
    ]
    story = texts([make_reading("d1", lines, outlet=outlet, kind=kind)])
    identities = Identities(story)
    return [identities.party("d1", s.name) for s in said]


def test_a_bare_noun_is_the_one_body_of_that_kind(texts):
    full, bare = parties(texts, body("Weir Observer Mission"), body("mission"))
    assert full.id == bare.id


def test_a_bare_noun_is_nobody_else_where_two_are_of_that_kind(texts):
    first, second, bare = parties(
        texts, body("Weir Observer Mission"), body("Ulm Relief Mission"), body("mission")
    )
    assert len({first.id, second.id, bare.id}) == 3


def test_the_company_in_a_companys_statement_is_that_company(texts):
    (party,) = parties(texts, body("Company"), kind="statement", outlet="Holt Mining Corp.")
    assert party.name.startswith("Holt Mining")


def test_an_officer_in_a_bodys_statement_speaks_for_it(texts):
    officer = Source("Runa Holt", "person", title="chief executive", organisation="President and Chief")
    (party,) = parties(texts, officer, kind="statement", outlet="Ulm Dairy Ltd")
    assert party.name == "Ulm Dairy Ltd"


def test_a_unit_of_a_body_is_that_body_and_its_rivals_are_not(texts):
    whole, unit, rivals = parties(
        texts, body("Holt Mining"), body("Velmian unit of Holt Mining"), body("Holt Mining's rivals")
    )
    assert whole.id == unit.id
    assert rivals.id != whole.id


def test_a_title_before_a_name_is_not_a_part_of_it(texts):
    long, short = parties(texts, Source("Madam Runa Holt", "person"), Source("Runa Holt", "person"))
    assert long.id == short.id
    assert short.name == "Runa Holt"


@pytest.mark.parametrize(
    ("name", "described"),
    [
        ("Villagers", True),
        ("One trader", True),
        ("Runa Holt", False),
        ("Chadian officials", False),
        ("Zuleika", False),
    ],
)
def test_a_sentence_may_begin_with_a_description(name, described):
    assert is_description(name) is described
