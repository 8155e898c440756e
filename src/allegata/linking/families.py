"""Outlets of one owner that print one report: it is one origin, however many of them print it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from allegata.linking.copies import compare
from allegata.linking.outlets import family
from allegata.linking.parties import Party
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Merge

MOST_COMPARED = 4
"""Documents of one outlet that are compared with those of another."""

SAME_SHARE, SAME_WORDS = 0.45, 10
"""Share (of the poorer text) and number of common telling words from which two pages of one house are one
report told in other words."""


def join_families(
    mine: Sequence[Text], told: Mapping[str, Sequence[Telling]], parties: Sequence[Party]
) -> tuple[dict[str, Party], list[Merge]]:
    """Party id -> the party it is counted as, for outlets of one owner or syndicate that report the Claim as
    their own in the same words. Where each has words of its own, each may know it."""
    houses: dict[str, list[tuple[Party, list[Text]]]] = defaultdict(list)
    for party in parties:
        owner = family(party.name) if party.kind == "outlet_own_reporting" else None
        if owner:
            houses[owner].append((party, _reports(party, mine, told)))
    out: dict[str, Party] = {}
    merges = []
    for owner, outlets in sorted(houses.items()):
        outlets.sort(key=lambda o: (o[1][0].sort_key() if o[1] else (float("inf"), ""), o[0].id))
        groups: list[list[tuple[Party, list[Text]]]] = []
        for party, reports in outlets:
            group = next((g for g in groups if any(_is_one(theirs, reports) for _, theirs in g)), None)
            if group is None:
                groups.append([(party, reports)])
                continue
            reason = f"both belong to {owner} and print the same report"
            merges.append(Merge(group[0][0].name, party.name, reason, 0.9))
            group.append((party, reports))
        for group in groups:
            names = tuple(dict.fromkeys(n for p, _ in group for n in (*p.members, p.name)))
            if len(group) > 1:
                out.update((p.id, replace(group[0][0], members=names)) for p, _ in group)
    return out, merges


def _reports(party: Party, mine: Sequence[Text], told: Mapping[str, Sequence[Telling]]) -> list[Text]:
    """The first pages in which an outlet says it for itself."""
    own = [
        t
        for t in mine
        if any(x.stance in AFFIRMING and x.chain and x.chain[0].id == party.id for x in told[t.id])
    ]
    return sorted(own, key=Text.sort_key)[:MOST_COMPARED]


def _is_one(some: Sequence[Text], others: Sequence[Text]) -> bool:
    return any(_is_same(a, b) for a in some for b in others)


def _is_same(a: Text, b: Text) -> bool:
    if compare(a.body, b.body).is_copy:
        return True
    shared = len(a.telling & b.telling)
    return shared >= SAME_WORDS and shared >= SAME_SHARE * min(len(a.telling), len(b.telling))
