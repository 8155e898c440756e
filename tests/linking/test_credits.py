import pytest

from allegata.linking.credits import agency, find_credits, is_unnamed, same_outlet
from allegata.model import Document

OUTLETS = frozenset({"Velm News Agency", "The Lower Ore Courier"})


def credits(text: str, author: str | None = None, outlet: str = "Hill Post"):
    return [
        (c.name, c.unnamed) for c in find_credits(Document("d", text, outlet=outlet, author=author), OUTLETS)
    ]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("VELM, May 3 (Velm News) - Barges broke loose.", None),
        ("Barges broke loose.\n(Velm News Agency)", None),
        ("Barges broke loose. - Velm News Agency", None),
        ("Barges broke loose.\n\nVelm News Agency", None),
        ("Barges broke loose.", "Velm News Agency"),
        ("Barges broke loose.", "Staff and Velm News"),
        ("Barges broke loose.\n(Photos by our staff. Text: Velm News)", None),
    ],
)
def test_an_agency_is_found_wherever_it_is_credited(text, author):
    assert credits(text, author) == [("Velm News Agency", False)]


def test_a_credit_that_names_nobody_is_marked():
    assert credits("Barges broke loose.", "Agencies") == [("Agencies", True)]
    assert is_unnamed("avec agences") and is_unnamed("Agenturen")


def test_an_agency_in_its_own_dateline_credits_nobody():
    assert credits("VELM, May 3 (Velm News) - Barges broke loose.", outlet="Velm News Agency") == []


def test_the_credit_stands_where_its_span_says():
    text = "Barges broke loose.\n(Velm News Agency)"
    (credit,) = find_credits(Document("d", text, outlet="Hill Post"), OUTLETS)
    assert credit.span is not None and text[slice(*credit.span)] == "Velm News Agency"


def test_short_forms_of_agencies_and_outlets():
    assert agency("AFP") == agency("Agence France-Presse") == "Agence France-Presse"
    assert same_outlet("Courier", "Lower Ore Courier") is False
    assert same_outlet("Lower Ore", "The Lower Ore Courier")
    assert not same_outlet("News", "Velm News Agency")
