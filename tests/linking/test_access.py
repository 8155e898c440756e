"""How a page says that it knows something itself, in sentences of our own."""

import pytest

from allegata.linking.access import has_own_access, has_seen_paper, shows_own_pictures
from allegata.linking.outlets import find_outlets
from allegata.linking.voices import is_voice
from allegata.model import Document


def page(text: str, outlet: str = "Lower Ore Courier", kind: str = "article") -> Document:
    return Document("d", text, outlet=outlet, kind=kind)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("The bridge was cut, a log seen by the Courier shows.", True),
        ("The bridge was cut, a log seen by LOC shows.", True),
        ("The bridge was cut, a log seen by the Upland Herald shows.", False),
        ("We counted nine holes in the bridge.", True),
        ("We examined two pictures of the bridge.", True),
        ("We assess that the bridge was blown up.", False),
        ("Lower Ore Courier measured the gap.", True),
        ("“We counted nine holes,” a ferryman said.", False),
        ("A ferryman told our reporter that he had seen the bridge fall.", False),
        ("Our reporter saw the bridge fall.", True),
    ],
)
def test_own_access_is_the_writers_not_that_of_whoever_is_quoted(text, own):
    assert has_own_access(page(text)) is own


def test_a_post_speaks_in_the_first_person():
    assert has_own_access(page("I was at the bridge.", kind="post"))


def test_a_paper_seen_by_another_outlet_was_not_seen_here():
    assert has_seen_paper(page("An order obtained by the Courier says so."))
    assert not has_seen_paper(page("An order obtained by the Upland Herald says so."))


def test_pictures_that_an_outlet_bought_are_its_own_work():
    d = page("Radar images bought by Lower Ore Courier show a gap.")
    assert shows_own_pictures(d, "Radar images bought by Lower Ore Courier")
    assert not shows_own_pictures(d, "Radar images bought by the Upland Herald")


@pytest.mark.parametrize(
    ("name", "kind", "voice"),
    [
        ("person familiar with the toll book", "unknown", True),
        ("person", "unknown", False),
        ("ledger obtained by the Courier", "unknown", True),
        ("cook of the Morning Star", "unknown", True),
        ("signed by the toll keeper", "document", False),
        ("lack of rope", "unknown", False),
    ],
)
def test_who_can_have_something_to_tell(name, kind, voice):
    assert is_voice(name, kind) is voice


def test_a_ship_is_not_the_paper_that_might_have_its_name():
    assert find_outlets("He said the ship was the trawler Silver Star.") == []
    assert find_outlets("He wrote it in the newspaper Silver Star.") != []
