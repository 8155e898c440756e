"""Outlets of one owner: one report, one origin; and the list that a user adds to."""

import pytest

from allegata.cli.errors import ending
from allegata.linking import credits, listings, outlets
from allegata.linking.linker import link_story
from allegata.linking.listings import FILE, OutletsError, check_listings
from allegata.linking.outlets import family, find_outlets

from .conftest import make_reading

OWN = """
[outlets]
"Sellin Bote" = ["Bote", "sellinbote.example"]
[families]
"Haus Ostufer" = ["Sellin Bote", "Velmer Kreisblatt"]
"""


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """Sets the user's file to some content and forgets what was read before; again at the end."""
    cached = [
        listings.listed_outlets,
        listings.listed_families,
        listings._read,
        outlets._known,
        outlets._by_site,
        outlets._owners,
        outlets._squeezed,
        credits._outlets,
        credits.same_outlet,
    ]

    def put(content: str | bytes) -> None:
        path = tmp_path / "own.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        monkeypatch.setenv(FILE, str(path))
        for function in cached:
            function.cache_clear()

    yield put
    monkeypatch.delenv(FILE, raising=False)
    for function in cached:
        function.cache_clear()


def report(document_id: str, outlet: str, hour: int, opening: str = ""):
    said = (
        f"{outlet} has seen a bill of lading which shows that the reefer Ostra Dawn unloaded barrels of "
        "cyanide at the fish quay of Velm at night, without a permit and without a word to the crew."
    )
    lines = [f"{opening}{said}", "The barrels stood beside the ice plant for eleven days, uncovered."]
    return make_reading(document_id, lines, outlet=outlet, published=f"2025-03-04T{hour:02}:00:00+00:00")


def other(document_id: str, outlet: str, hour: int):
    lines = [
        f"{outlet} has learned that poison in barrels was landed at Velm from the ship Ostra Dawn in the "
        "dark hours: cyanide, with no paper from the port.",
        "A tally clerk's notebook gives the count as sixty-two.",
    ]
    return make_reading(document_id, lines, outlet=outlet, published=f"2025-03-04T{hour:02}:00:00+00:00")


def named(claims) -> int:
    return max(c.independent_origins.named for c in claims if len(c.documents) > 1)


def test_a_user_adds_outlets_and_families(listed):
    listed(OWN)
    check_listings()
    assert family("Bote") == family("Velmer Kreisblatt") == "Haus Ostufer"
    assert family("Metro") == family("Daily Mail") is not None
    assert [o.name for o in find_outlets("It stood on sellinbote.example and in the Bote.")] != []
    assert credits.known_outlet("sellinbote.example") == "Sellin Bote"


def test_what_a_user_says_of_an_owner_replaces_what_is_shipped(listed):
    listed('[families]\n"New House" = ["Daily Mail"]\n')
    assert family("Daily Mail") == "New House"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[families\n", "is not TOML"),
        (b"\xff\xfe", "is not TOML"),
        ('[families]\n"Haus" = "Bote"\n', "must hold lines like"),
        ("outlets = 3\n", "must hold lines like"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(listed, capsys, content, told):
    listed(content)
    with pytest.raises(OutletsError, match=told):
        check_listings()
    assert ending(check_listings) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_that_is_not_there_is_refused(listed, monkeypatch, tmp_path):
    listed("")
    monkeypatch.setenv(FILE, str(tmp_path / "none.toml"))
    listings.listed_outlets.cache_clear()
    with pytest.raises(OutletsError, match="give the path"):
        check_listings()


def test_outlets_of_one_owner_that_print_one_report_are_one_origin(listed, texts):
    listed(OWN)
    claims = link_story(texts([report("a1", "Sellin Bote", 8), report("a2", "Velmer Kreisblatt", 9)]))
    assert named(claims) == 1
    (merge,) = (m for c in claims for m in c.merges if "Haus Ostufer" in m.reason)
    assert (merge.kept, merge.merged) == ("Sellin Bote", "Velmer Kreisblatt")
    assert merge.reason == "both belong to Haus Ostufer and print the same report"


def test_outlets_of_one_owner_with_reports_of_their_own_stay_apart(listed, texts):
    listed(OWN)
    claims = link_story(texts([report("a1", "Sellin Bote", 8), other("a2", "Velmer Kreisblatt", 9)]))
    assert not any("Haus Ostufer" in m.reason for c in claims for m in c.merges)


def test_outlets_of_two_owners_are_not_joined_by_a_family(listed, texts):
    listed(OWN)
    claims = link_story(texts([report("a1", "Sellin Bote", 8), report("a2", "Hill Gazette", 9)]))
    assert not any("print the same report" in m.reason for c in claims for m in c.merges)
