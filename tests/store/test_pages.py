"""A store read a page at a time."""

from __future__ import annotations

from allegata.model import Claim
from allegata.store import ClaimQuery, Store
from allegata.store.pages import place_of

from .conftest import claim_of, document_of, fill


def walk(store: Store, query: ClaimQuery, size: int) -> list[Claim]:
    """All pages, each begun where the one before ended."""
    found: list[Claim] = []
    while page := store.claims_after(query, place_of(found[-1]) if found else None, size):
        assert len(page) <= size
        found += page
    return found


def put(store: Store) -> None:
    ids = [f"d{n}" for n in range(6)]
    run = fill(store, *ids)
    days = ("2025-03-01", "2025-03-02", None)
    claims = [
        claim_of(f"c{n:02}", tuple(ids[: n % 3 + 1]), f"Ship {n} dumped oil", last_seen=days[n % 2 + n // 10])
        for n in range(12)
    ]
    store.replace_claims([], claims, run)


def test_pages_of_claims_are_the_list_in_its_order(store: Store) -> None:
    put(store)
    for query in (ClaimQuery(), ClaimQuery("oil"), ClaimQuery(min_documents=2), ClaimQuery(act="AID")):
        for size in (1, 5, 12, 50):
            assert walk(store, query, size) == store.claims(query)
        assert [c.id for c in store.cards_after(query, None, 50)] == [c.id for c in store.claims(query)]
    cards = store.cards_after(ClaimQuery(), None, 7)
    assert [place_of(c) for c in cards] == [place_of(c) for c in store.claims()[:7]]


def test_what_is_added_meanwhile_moves_nothing_that_comes(store: Store) -> None:
    put(store)
    before = store.claims()
    first = store.claims_after(ClaimQuery(), None, 4)
    run = store.start_run("test", "")
    store.replace_claims([], [claim_of("new", ("d0", "d1", "d2", "d3"))], run)
    assert first + store.claims_after(ClaimQuery(), place_of(first[-1]), 50) == before


def test_documents_come_in_the_order_of_adding(store: Store) -> None:
    for name in ("b", "a", "c"):
        store.put_document(document_of(name, f"Text of {name}."))
    store.put_document(document_of("b", "Another text."))
    first = store.documents_after(0, 2)
    assert [d.id for _, d in first] == ["b", "a"]
    assert first[0][1].text == "Another text."
    assert [d.id for _, d in store.documents_after(first[-1][0], 2)] == ["c"]
    assert store.documents_after(99, 2) == []
    assert [d.id for d in store.documents()] == ["b", "a", "c"]


def test_acts_before_a_number(store: Store) -> None:
    for n in range(4):
        store.put_act("Ana", "tested", str(n), "")
    numbers = [a.number for a in store.acts()]
    assert [a.number for a in store.acts(2, numbers[0])] == numbers[1:3]
