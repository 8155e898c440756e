"""Who has the Claim from whom, by what any Document says: "the clerk, citing two drivers"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.texts import Text
from allegata.model import AFFIRMING

HEARD = ("named_person", "named_official")
"""Kinds of party that somebody heard: that an outlet has it from them at first hand says nothing of whom they
have it from."""


def find_passed_on(mine: Sequence[Text], told: Mapping[str, Sequence[Telling]]) -> set[tuple[str, str]]:
    """(inner, outer) party ids of all chains that carry the Claim; not where the outer one speaks from its
    own access."""
    own = {t.chain[0].id for x in mine for t in told[x.id] if t.chain and _has_access(t, x)}
    return {
        (inner.id, outer.id)
        for ts in told.values()
        for t in ts
        if t.stance in AFFIRMING
        for inner, outer in pairwise(t.chain)
        if inner.id != outer.id and outer.id not in own and not is_nobody(inner) and not is_nobody(outer)
    }


def _has_access(t: Telling, text: Text) -> bool:
    itself = t.names[0] in (text.document.outlet, text.document.author)
    return itself or (t.own and t.chain[0].kind not in HEARD)
