"""Who is tied to whom by claims, against what the claims say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from allegata.model import Claim, Edge, Mention, Origin, OriginCount, Response
from allegata.store import Store, open_store
from allegata.store.base import Tied
from allegata.store.ties import ties_of
from tests.store.conftest import document_of, set_back

OUTLETS = {"d0": "Courier", "d1": "The Courier News", "d2": "Herald", "d3": "Vell Post"}


def told(document: str, origin: str, stance: str = "allege") -> Mention:
    return Mention(document, None, OUTLETS[document], "2025-03-01", stance, origin_ids=(origin,))


CLAIM = Claim(
    "c1", "Drost shelled the mill", "ASSAULT", "Government of Vell (Ana Orr; navy)", "Drost", None,
    "2025-03-01", "2025-03-02",
    (told("d0", "o1"), told("d1", "o1"), told("d2", "o1"), told("d3", "o2"), told("d2", "o1", "deny")),
    (
        Origin("o1", "Government of Vell (Ana Orr; navy)", "named_official", True, "d0", ("Ana Orr",)),
        Origin("o2", "Vell Post", "outlet_own_reporting", False, "d3", withdrawn_at="2025-03-04"),
        Origin("o3", "?", "unattributed", False, "d0"),
    ),
    OriginCount(1, 2, 1, 0, 0),
    (Response("Drost", "deny", "d2"), Response("Drost (spokesman)", "deny", "d3")),
    edges=(Edge("d0", "d2", "copy", 0.9, "same words"), Edge("Government of Vell", "d0", "cite", 0.9, "")),
)  # fmt: skip


def filled(store: Store) -> int:
    for document in OUTLETS:
        store.put_document(document_of(document, f"Text of {document}."))
    run = store.start_run("test", "")
    store.replace_claims([], [CLAIM, replace(CLAIM, id="c2", accused="Norland", edges=(), responses=())], run)
    return run


def test_the_ties_of_a_claim() -> None:
    assert ties_of(CLAIM) == {
        ("origin", "Government of Vell", "named_official"): 1,
        ("withdrawn", "Vell Post", "outlet_own_reporting"): 1,
        ("speaks", "Government of Vell", "Ana Orr"): 1,
        ("heard", "Courier", "Government of Vell"): 1,
        ("heard", "The Courier News", "Government of Vell"): 1,
        ("heard", "Herald", "Government of Vell"): 1,
        ("heard", "Vell Post", "Vell Post"): 1,
        ("took", "Herald", "Courier"): 1,
        ("answer", "Drost", "deny"): 1,
        ("replies", "Drost", "deny"): 1,
        ("accuses", "Government of Vell", "Drost"): 1,
    }


def test_spellings_of_one_name_are_counted_together(store: Store) -> None:
    filled(store)
    assert store.tied("heard", "COURIER", 9) == [Tied("Government of Vell", 2, 4)]
    assert store.tied("heard", "the government of Vell", 9, turned=True) == [
        Tied("Courier", 2, 4), Tied("Herald", 2, 2)
    ]  # fmt: skip
    assert store.tied("took", "Courier", 9, turned=True) == [Tied("Herald", 1, 1)]
    assert store.tied("took", "nobody", 9) == []
    assert store.spelling("COURIER news") == "Courier" and store.spelling("nobody") is None
    assert store.spelling("Vell navy", party=True) == "Government of Vell"


def test_claims_by_and_about_a_party(store: Store) -> None:
    filled(store)
    assert store.claims_tied("accuses", "Vell navy", 9) == ["c1", "c2"]
    assert store.claims_tied("accuses", "Drost", 9, turned=True) == ["c1"]
    assert store.count_tied("accuses", "Government of Vell") == 2
    assert store.count_tied("accuses", "Government of Vell", other="Norland") == 1
    assert store.claims_tied("answer", "Drost", 9, other="deny") == ["c1"]
    assert store.claims_tied("answer", "Drost", 9, other="confirm") == []
    assert store.claims_tied("withdrawn", "Vell Post", 1) == ["c1"]


def test_the_greatest_come_first(store: Store) -> None:
    run = filled(store)
    assert store.greatest("origin", 9) == [Tied("Government of Vell", 2, 2)]
    store.replace_claims([], [replace(CLAIM, id="c2", origins=(), mentions=CLAIM.mentions[:1])], run)
    assert store.greatest("origin", 9) == [Tied("Government of Vell", 1, 1)]


def test_claims_that_go_take_their_ties_with_them(store: Store) -> None:
    run = filled(store)
    store.replace_claims(list(OUTLETS), [], run)
    assert store.greatest("heard", 9) == [] and store.count_tied("accuses", "Drost", turned=True) == 0


def test_an_older_store_gets_its_ties(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    store = open_store(str(path))
    filled(store)
    before = store.tied("heard", "Herald", 9)
    store.close()
    set_back(path, "0006")
    store = open_store(str(path))
    assert store.tied("heard", "Herald", 9) == before == [Tied("Government of Vell", 2, 2)]
    store.close()
