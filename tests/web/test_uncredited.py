"""A page that only speaks of a claim after others: the claim's page says why the count may be one more."""

from pathlib import Path

from fastapi.testclient import TestClient

from allegata.library import Library
from allegata.model import Document
from allegata.store import open_store
from allegata.web.app import create_app
from tests.cli.stories import OFFICE, RELAY, document

TALK = "Vell harbour and the gunboats of Norland are what the whole coast speaks of. Schools are closed."


def test_the_page_of_a_claim_says_why_one_more_is_counted(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "case.db"))
    with Library(store) as library:
        library.add(
            Document(**document("d1", OFFICE, 3, "Vell Post")),
            Document(**document("d2", RELAY, 4, "Strait Times")),
            Document(**document("d3", TALK, 5, "Quay Mirror")),
        )
        (claim,) = library.claims()
        n = claim.independent_origins
        assert (n.named, n.unresolved, n.high) == (1, 0, 2) and "d3" in claim.documents
        client = TestClient(create_app(store), base_url="http://localhost")
        page = " ".join(client.get(f"/claims/{claim.id}").text.split())
    assert "1 document</a> that credits nobody is presumed to rest on what was out" in page
    assert "every anonymous description apart, and one of those that credit nobody." in page
