"""Acts by learned weights, what keeps them from being taken for fact, and actors; in invented texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allegata.model import PLOVER_ROOTS
from allegata.reading.allegations.actors import resolve_actor
from allegata.reading.allegations.asserted import is_asserted, is_long_past
from allegata.reading.allegations.coder import BUCKETS, NONE, act_coder, columns_of, core
from allegata.reading.allegations.features import Clause, clause_features, clause_of
from allegata.reading.allegations.parties import main_clause
from allegata.reading.parsing import parse


def clause(text: str) -> Clause:
    (doc,) = parse([text])
    return main_clause(list(doc))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("Croatia has suspended aid to Serbia.", "SANCTION"),
        ("The Danish foreign minister condemned the attack by Sudan.", "ACCUSE"),
        ("Ethiopian troops attacked a base of the Eritrean army on Monday.", "ASSAULT"),
        ("Peru's president held talks with Chilean officials in Lima.", "CONSULT"),
        ("Egypt released twelve Libyan prisoners on Tuesday.", "RETREAT"),
    ],
)
def test_plain_acts_have_their_root(text: str, root: str) -> None:
    found = act_coder().code(clause(text))
    assert found is not None and found.root == root


@pytest.mark.parametrize(
    "text",
    [
        "Croatia has not imposed sanctions on Serbia.",
        "Croatia could impose sanctions on Serbia.",
        "If Croatia imposed sanctions on Serbia, trade would stop.",
        "A blizzard closed the road between Croatia and Serbia.",
        "Croatia beat Serbia in the semi-final.",
        "In the 1970s Ethiopia attacked Somalia.",
        "",
    ],
)
def test_what_has_not_happened_is_no_act(text: str) -> None:
    assert act_coder().code(clause(text)) is None


def test_a_year_before_the_documents_is_history() -> None:
    told = clause("Ethiopia attacked Somalia in 2019.")
    assert is_long_past(told, "2026-11-20")
    assert not is_long_past(told, "2019-03-01")
    assert not is_long_past(told, None)


def test_a_year_in_a_subordinate_clause_does_not_date_the_act() -> None:
    told = clause("Ethiopia attacked the village that Somalia took in 1994.")
    assert not is_long_past(told, "2026-11-20")


def test_only_acts_done_by_saying_may_speak_of_the_future() -> None:
    told = clause("Norway will send soldiers to Chad.")
    assert is_asserted(told, "AGREE")
    assert not is_asserted(told, "MOBILIZE")


def test_parties_stand_as_signs_and_are_found_in_the_passive_too() -> None:
    told = clause("The engineers were arrested by Turkish police.")
    words = {t.text for t in told.tokens if t.i in told.source}
    assert "police" in words
    assert core(told).startswith("B") and core(told).rstrip(" .").endswith("A")


def test_the_words_of_a_clause_have_signs_for_the_parties() -> None:
    features = clause_features(clause("Norway condemned Chad."))
    assert "t:<s>_condemn_<t>" in features and "w:chad" not in features


def test_columns_are_sorted_and_within_bounds() -> None:
    columns = columns_of(["a", "b", "a", "\ud800"])
    assert len(columns) == 3 and (np.diff(columns) > 0).all() and columns.max() < BUCKETS


def test_shipped_roots_are_the_models() -> None:
    assert set(act_coder().roots) == {*PLOVER_ROOTS, NONE}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_is_coded_or_not(text: str) -> None:
    found = act_coder().code(clause(text))
    assert found is None or (found.root in PLOVER_ROOTS and found.lead >= 0)


def test_an_empty_clause_has_no_act() -> None:
    assert not is_asserted(clause_of([]), "ASSAULT")
    assert act_coder().code(clause_of([])) is None


@pytest.mark.parametrize(
    ("name", "countries", "sector"),
    [
        ("the Interior Ministry in Tunis", ("TUN",), "GOV"),
        ("Peruvian soldiers", ("PER",), "MIL"),
        ("Daesh fighters", ("AFG", "IRQ", "SYR"), "REB"),
        ("Khazakstan", (), None),
        ("the police of Karachi", ("PAK",), "COP"),
        ("Ahmed Karim", (), None),
        ("ethnic Albanians", (), None),
        ("the World Food Programme", (), "IGO"),
        ("Portugual", ("PRT",), None),
        ("", (), None),
    ],
)
def test_names_have_countries_and_sectors(name: str, countries: tuple[str, ...], sector: str | None) -> None:
    found = resolve_actor(name)
    assert (found.countries, found.sector) == (countries, sector)


def test_an_office_without_a_country_has_that_of_its_passage() -> None:
    text = "President Okello has banned a rally in Uganda after talks with Kenya."
    assert resolve_actor("President Okello", text, ["KEN"]).country == "UGA"
    assert resolve_actor("President Okello", text).country is None
    assert resolve_actor("President Okello").countries == ()


@given(st.text(max_size=400))
def test_any_name_resolves(name: str) -> None:
    assert all(len(c) == 3 for c in resolve_actor(name, name).countries)
