"""Claims listed, ordered and counted by their facets, against the plain reading of every claim."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from allegata.model import Claim, Origin, OriginCount, Response
from allegata.store import ClaimQuery, Store, claim_finding, schema
from allegata.store.bits import SPAN, Bits, pack, unpack
from allegata.store.cards import card_of
from allegata.store.facets import SHOWN, facets_of, statuses_of
from allegata.store.refilling import refill
from allegata.store.sqlite import open_sqlite
from tests.store.conftest import claim_of, document_of

DAYS = [f"{year}-{month:02}-{day:02}" for year in (2024, 2025) for month in (1, 3, 12) for day in (1, 15, 31)]


def invented(number: int, rng: random.Random) -> Claim:
    first, last = sorted(rng.sample(DAYS, 2))
    low = rng.randint(0, 2)
    claim = claim_of(
        f"c{number:03}",
        tuple(sorted(rng.sample([f"d{n}" for n in range(8)], rng.randint(1, 5)))),
        f"The {rng.choice(('mill', 'quay', 'strait'))} was {rng.choice(('shelled', 'flooded'))}",
        accuser=rng.choice(("Vell", "Council of Vell", None)),
        accused=rng.choice(("Drost", "Guards of Drost")),
        act=rng.choice(("ASSAULT", "AID", None)),
        country=rng.choice(("PAK", "AFG", None)),
        first_seen=rng.choice((first, None)),
        last_seen=last,
        outlets=("Paper", "Courier"),
    )
    answers = [
        Response("Drost", s, "d0") for s in rng.sample(("deny", "confirm", "doubt"), rng.randint(0, 2))
    ]
    return replace(
        claim,
        independent_origins=OriginCount(low, low + rng.randint(0, 2), low, 0, 0),
        responses=tuple(answers),
        origins=(Origin("o", "Vell", "organisation", True, "d0", (), rng.choice((None, last))),),
    )


def put(store: Store, claims: list[Claim]) -> int:
    run = store.start_run("test", "")
    for n in range(8):
        store.put_document(document_of(f"d{n}", f"Text of {n}.", language=("en", "fr", None)[n % 3]))
    store.replace_claims([], claims, run)
    return run


@pytest.fixture
def claims() -> list[Claim]:
    rng = random.Random(4)
    return [invented(n, rng) for n in range(60)]


@pytest.fixture(params=[1_500, 5], ids=["few", "walked"])
def filed(
    store: Store, claims: list[Claim], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """Counted claim by claim, and by walking the indexes."""
    monkeypatch.setattr(claim_finding, "_FEW", request.param)
    put(store, claims)
    yield store


def languages(claim: Claim) -> list[str]:
    return [("en", "fr", "")[int(d[1:]) % 3] for d in claim.documents]


def counted(claims: list[Claim], kind: str) -> dict[str, int]:
    return Counter(value for c in claims for k, value in set(facets_of(c, languages(c))) if k == kind)


def stands_in(claim: Claim, country: str) -> bool:
    return claim.place is not None and claim.place.country == country


def was_taken_back(claim: Claim) -> bool:
    return bool(claim.origins[0].withdrawn_at)


QUERIES: list[tuple[ClaimQuery, Any]] = [
    (ClaimQuery(), lambda c: True),
    (ClaimQuery(act="assault"), lambda c: c.act == "ASSAULT"),
    (ClaimQuery(accuser='"Vell"'), lambda c: c.accuser == "Vell"),
    (ClaimQuery(accuser="vell"), lambda c: c.accuser is not None),
    (ClaimQuery("quay", country="PAK"), lambda c: "quay" in c.proposition and stands_in(c, "PAK")),
    (ClaimQuery(status="disputed"), lambda c: "disputed" in statuses_of(c)),
    (ClaimQuery(status="retracted", outlet="Courier"), lambda c: was_taken_back(c) and len(c.documents) > 1),
    (ClaimQuery(stance="deny"), lambda c: any(r.stance == "deny" for r in c.responses)),
    (ClaimQuery(origins="1-2"), lambda c: (c.independent_origins.low, c.independent_origins.high) == (1, 2)),
    (ClaimQuery(language="fr", min_documents=3), lambda c: "fr" in languages(c) and len(c.documents) > 2),
    (ClaimQuery(since="2025-03-15"), lambda c: c.last_seen >= "2025-03-15"),
    (ClaimQuery(until="2024-03"), lambda c: c.first_seen and c.first_seen <= "2024-03-31"),
    (
        ClaimQuery(since="2024-03-02", until="2024-12-30"),
        lambda c: c.first_seen and c.last_seen >= "2024-03-02" and c.first_seen <= "2024-12-30",
    ),
    (ClaimQuery(since="2025-03-14T12:00"), lambda c: c.last_seen >= "2025-03-15"),
    (ClaimQuery(status="new"), lambda c: c.first_seen and c.first_seen >= "2025-12-24"),
    (ClaimQuery(ids=("c001", "c007", "none"), status="unanswered"),
     lambda c: c.id in ("c001", "c007") and not c.responses),
]  # fmt: skip


@pytest.mark.parametrize(("query", "wanted"), QUERIES, ids=range(len(QUERIES)))
def test_a_query_finds_and_counts_as_reading_every_claim_does(
    filed: Store, claims: list[Claim], query: ClaimQuery, wanted: Any
) -> None:
    found = [c for c in claims if wanted(c)]
    assert {c.id for c in filed.claims(query)} == {c.id for c in found}
    assert filed.count_claims(query) == len(found)
    assert filed.claims_among(query, ["c001", "c002", "c003"]) == {c.id for c in found} & {
        "c001",
        "c002",
        "c003",
    }
    free = [kind for kind in SHOWN if not getattr(query, kind)]
    for kind, listed in filed.facets(query, free, 100).items():
        told = [f for f in listed if f.value != "new"]
        assert {f.value: f.claims for f in told} == counted(found, kind)
        assert len(told) == len(listed) or listed[0].claims == filed.count_claims(
            replace(query, status="new")
        )
        listed = told
        assert [f.claims for f in listed] == sorted((f.claims for f in listed), reverse=True)


def test_a_facet_that_is_chosen_shows_its_others(filed: Store, claims: list[Claim]) -> None:
    listed = filed.facets(ClaimQuery(act="AID", country="AFG"), ["act"], 5)["act"]
    there = [c for c in claims if stands_in(c, "AFG")]
    assert {f.value: f.claims for f in listed} == counted(there, "act")


def test_the_greatest_values_come_first(filed: Store) -> None:
    full = filed.facets(ClaimQuery(status="denied"), ["stance"], 50)["stance"]
    assert filed.facets(ClaimQuery(status="denied"), ["stance"], 2)["stance"] == full[:2]


def test_a_survey_is_all_of_it_at_once(filed: Store) -> None:
    query = ClaimQuery(act="AID", limit=5)
    told = filed.survey(query, SHOWN, 4)
    assert (told.total, list(told.cards)) == (filed.count_claims(query), filed.cards(query))
    assert (told.facets, list(told.periods)) == (filed.facets(query, SHOWN, 4), filed.periods(query))


ORDERS: dict[str, Any] = {
    "documents": lambda c: (-len(c.documents), [-ord(x) for x in c.last_seen], c.id),
    "newest": lambda c: ([-ord(x) for x in c.last_seen], c.id),
    "oldest": lambda c: (c.first_seen or "~", c.id),
    "origins": lambda c: (-c.independent_origins.point, -c.independent_origins.high, c.id),
    "few-origins": lambda c: (
        c.independent_origins.high, c.independent_origins.point, -len(c.documents), c.id
    ),
}  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_holds_over_all_that_is_found(filed: Store, claims: list[Claim], order: Any) -> None:
    for query, wanted in (QUERIES[0], QUERIES[1], QUERIES[3]):
        ordered = [c.id for c in sorted(filter(wanted, claims), key=ORDERS[order])]
        asked = replace(query, order=order)
        assert [c.id for c in filed.claims(asked)] == ordered
        assert [c.id for c in filed.cards(replace(asked, limit=7, offset=4))] == ordered[4:11]
    with pytest.raises(ValueError, match="order is one of"):
        filed.claims(ClaimQuery(order="best"))  # type: ignore[arg-type]


def test_periods_are_counted_as_choosing_them_would(filed: Store, claims: list[Claim]) -> None:
    for facet in filed.periods(ClaimQuery(since="2025")):
        assert filed.count_claims(ClaimQuery(since=facet.value, until=facet.value)) == facet.claims
    years = [f.value for f in filed.periods(ClaimQuery())]
    assert years == ["2024", "2025"]
    single = [c for c in claims if (c.first_seen or "").startswith("2025")]
    within = filed.periods(ClaimQuery(ids=tuple(c.id for c in single)))
    assert within and all(f.value in ("2025-01", "2025-03", "2025-12") for f in within)


def test_cards_say_what_lists_show(filed: Store, claims: list[Claim]) -> None:
    assert filed.cards_of(["c003", "none"]) == {"c003": card_of(claims[3], statuses_of(claims[3]))}


def test_facets_follow_claims_that_are_made_anew(store: Store, claims: list[Claim]) -> None:
    run = put(store, claims)
    rng = random.Random(9)
    left = [c for c in claims if "d3" not in c.documents]
    new = [invented(n, rng) for n in range(100, 130)]
    store.replace_claims(["d3"], new, run)
    for kind, listed in store.facets(ClaimQuery(), SHOWN, 100).items():
        assert {f.value: f.claims for f in listed if f.value != "new"} == counted(left + new, kind)
    store.replace_claims([f"d{n}" for n in range(8)], [], run)
    assert store.count_claims() == 0
    assert not any(store.facets(ClaimQuery(), SHOWN, 100).values())
    assert store.periods(ClaimQuery()) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("qu", ["quay"]),
        ("the qua", ["quay"]),
        ("accusati", ["accusation"]),
        ("qua ", []),
        ('"the qua', []),
        ("flooded accus", ["accusation"]),
        ("", ["accusation", "quay"]),
        ("q", ["accusation", "quay"]),
    ],
)
def test_the_last_word_may_be_the_beginning_of_one(store: Store, typed: str, found: list[str]) -> None:
    made = [
        claim_of("quay", ("d0",), "The quay was shelled"),
        claim_of("accusation", ("d1",), "Flooded by accusations"),
    ]
    put(store, made)
    if typed == "qu":
        found = ["accusation", "quay"]  # two letters say nothing yet
    assert sorted(c.id for c in store.claims(ClaimQuery(typed, typing=True))) == found


def test_a_store_without_facets_gets_them(tmp_path: Path, claims: list[Claim]) -> None:
    path = tmp_path / "case.db"
    store = open_sqlite(path, 1.0)
    put(store, claims)
    before = store.survey(ClaimQuery(), SHOWN, 100)
    with closing(sqlite3.connect(path)) as connection:
        for table in ("facet_blocks", "facets", "claim_cards"):
            connection.execute(f"DELETE FROM {table}")
        connection.commit()
    with store._writing() as held:
        refill(held, store, "case.db", schema.REVISION)
    assert store.survey(ClaimQuery(), SHOWN, 100) == before
    store.close()


def test_bits_are_sets() -> None:
    rng = random.Random(1)
    for size in (0, 1, 30, 5_000):
        a, b = (set(rng.sample(range(4 * SPAN), size)) for _ in range(2))
        x, y = Bits.of(a), Bits.of(b)
        assert (x.numbers(), len(x)) == (sorted(a), len(a))
        assert (x & y).numbers() == sorted(a & b)
        assert (x | y).numbers() == sorted(a | b)
        assert x.shared(y) == len(a & b)
        assert y.among(",".join(map(str, sorted(a)))) == sorted(a & b)
        assert all(unpack(pack(bits)) == bits for bits in x.blocks.values())


def test_a_watch_of_old_is_read(store: Store) -> None:
    put(store, [])
    old = ClaimQuery(**json.loads('{"text": "camp", "ids": ["a"]}'))
    assert old.ids == ("a",)
