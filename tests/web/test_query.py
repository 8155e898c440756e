from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.web import paths
from allegata.web.marks import LAYERS
from allegata.web.query import BadQuery, ClaimSearch, read_search, read_view


def test_an_empty_form_is_the_plain_list() -> None:
    assert read_search([("q", ""), ("act", " "), ("sort", "")]) == ClaimSearch()


def test_what_is_asked_reaches_the_store() -> None:
    search = read_search(
        [("q", " walnut  mill "), ("act", "aid"), ("country", "afg"), ("since", "2025-02"), ("until", "2025"),
         ("min_documents", "3"), ("utm_source", "x")]
    )  # fmt: skip
    query = search.store_query(25, 50)
    assert (query.text, query.act, query.country) == ("walnut mill", "AID", "AFG")
    assert (query.since, query.until) == ("2025-02-01", "2025-12-31")
    assert (query.min_documents, query.limit, query.offset) == (3, 25, 50)


def test_a_month_ends_on_its_last_day() -> None:
    assert read_search([("until", "2024-02")]).store_query(1, 0).until == "2024-02-29"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"),
        ("page", "-1"),
        ("page", "1e3"),
        ("page", "٣"),
        ("size", "1000"),
        ("min_documents", "many"),
        ("act", "KISS"),
        ("sort", "best"),
        ("country", "Pakistan"),
        ("since", "yesterday"),
        ("since", "2025-13"),
        ("until", "2025-02-30"),
        ("since", "0000"),
        ("q", "x" * 301),
        ("q", "a\x00b"),
        ("accuser", "\ud800"),
    ],
)
def test_a_value_that_means_nothing_gets_one_clear_line(name: str, value: str) -> None:
    with pytest.raises(BadQuery) as caught:
        read_search([(name, value)])
    assert f"“{name}”" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_contradictions() -> None:
    with pytest.raises(BadQuery, match="swap"):
        read_search([("since", "2025-05"), ("until", "2025-04")])
    with pytest.raises(BadQuery, match="twice"):
        read_search([("q", "a"), ("q", "b")])


@given(
    st.builds(
        ClaimSearch,
        q=st.none()
        | st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20),
        act=st.sampled_from([None, "AID", "ASSAULT"]),
        min_documents=st.integers(1, 99),
        sort=st.sampled_from(["documents", "newest", "few-origins"]),
        page=st.integers(1, 99),
    )
)
def test_the_address_holds_the_whole_state(search: ClaimSearch) -> None:
    address = paths.claims(search.params())
    assert read_search(parse_qsl(address.partition("?")[2])) == search


def test_views_of_a_document() -> None:
    assert read_view([]).show == LAYERS
    assert read_view([("show", "none")]).show == ()
    assert read_view([("show", "none"), ("show", "cue"), ("show", "source")]).show == ("source", "cue")
    assert read_view([("show", "cue,place")]).show == ("cue", "place")
    assert read_view([("at", "3-9"), ("version", "2")]).at == (3, 9)


@pytest.mark.parametrize(
    ("name", "value"), [("show", "all"), ("at", "9-3"), ("at", "3"), ("at", "-1-3"), ("version", "0")]
)
def test_views_that_mean_nothing(name: str, value: str) -> None:
    with pytest.raises(BadQuery):
        read_view([(name, value)])
