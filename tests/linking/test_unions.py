"""Unnamed voices of a claim that are one."""

from __future__ import annotations

from allegata.linking.parties import Party
from allegata.linking.tellings import Telling
from allegata.linking.unions import find_unions
from allegata.model import Passage

PAPER = Party("body:courier", "Courier", "outlet_own_reporting", ("Courier",))


def unnamed(document: str, name: str) -> Party:
    return Party(f"anonymous:{document}:{name}", name, "anonymous", (name,))


def telling(document: str, *chain: Party) -> Telling:
    names = tuple(p.name for p in chain)
    return Telling(document, "assert", chain, names, (Passage(document, 0, 9),))


def test_one_description_through_one_paper_is_one_voice() -> None:
    a, b = unnamed("d1", "official at the port"), unnamed("d2", "source")
    one, merges = find_unions({"d1": [telling("d1", a, PAPER)], "d2": [telling("d2", b, PAPER)]}, ())
    assert one[a.id] == one[b.id]
    assert merges


def test_officials_of_two_bodies_stay_apart() -> None:
    a, b = unnamed("d1", "Freedonian official"), unnamed("d2", "Sylvanian official")
    one, _ = find_unions({"d1": [telling("d1", a, PAPER)], "d2": [telling("d2", b, PAPER)]}, {"d1", "d2"})
    assert one[a.id] != one[b.id]


def test_only_without_dates_nothing_tells_witnesses_apart() -> None:
    a, b = unnamed("d1", "witnesses near the quay"), unnamed("d2", "residents of the old town")
    told = {"d1": [telling("d1", a)], "d2": [telling("d2", b)]}
    assert len({p.id for p in find_unions(told, {"d1", "d2"})[0].values()}) == 1
    assert len({p.id for p in find_unions(told, ())[0].values()}) == 2
