"""Who is who among the sources of a story where persons decided it (`decisions`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from allegata.linking.credits import fold
from allegata.linking.decisions import DECIDED, Decisions, Name, Names
from allegata.linking.parties import Party
from allegata.linking.wording import said_by
from allegata.model import Merge

Groups = dict[tuple[str, str], Party]
"""(document, name) -> party, as `identity.Identities` holds them."""


def obey_sources(
    groups: Groups, party: Callable[[str, str], Party], documents: Iterable[str], decisions: Decisions
) -> list[Merge]:
    """Join and part the parties of ``groups`` as persons decided, oldest decision first. Returns a `Merge`
    for each join. A name without a document means the name in every document of ``documents`` that has it."""
    if not decisions.sources:
        return []
    known = frozenset(documents)
    heard = {fold(name) for k, p in groups.items() for name in (k[1], p.name)}
    merges = []
    for d in decisions.sources:
        if any(n.document not in known and fold(n.name) not in heard for n in (d.first, d.second)):
            continue  # most decisions on names are about other stories
        ours, theirs = _keys(groups, d.first, known), _keys(groups, d.second, known)
        if not ours or not theirs:
            continue
        for k in (*ours, *theirs):
            groups.setdefault(k, party(*k))
        if d.same:
            kept, other = _preferred(groups[ours[0]], groups[theirs[0]])
            _replace(groups, {kept.id, other.id}, replace(kept, members=_members(kept, other)))
            merges.append(Merge(kept.name, other.name, said_by(d.judgement), 1.0))
        else:
            _part(groups, ours, theirs, d)
    return merges


def _keys(groups: Groups, name: Name, documents: frozenset[str]) -> list[tuple[str, str]]:
    wanted = fold(name.name)
    found = sorted(k for k in groups if k[1] and fold(k[1]) == wanted and name.document in (None, k[0]))
    found += sorted(
        k
        for k, p in groups.items()
        if k not in found and fold(p.name) == wanted and name.document in (None, k[0])
    )
    if not found and name.document in documents:
        return [(str(name.document), name.name)]  # an unnamed voice, which no group holds
    return found


def _preferred(a: Party, b: Party) -> tuple[Party, Party]:
    """The one that is named before the one that is not, else the first."""
    return (b, a) if a.anonymous and not b.anonymous else (a, b)


def _members(kept: Party, other: Party) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kept.members, *other.members, other.name)))


def _replace(groups: Groups, ids: set[str], party: Party) -> None:
    for k, p in groups.items():
        if p.id in ids:
            groups[k] = party


def _part(
    groups: Groups, ours: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]], d: Names
) -> None:
    kept = {groups[k].id for k in ours}
    for k in theirs:
        party = groups[k]
        if party.id in kept and k not in ours:
            where = f"{d.second.document}:" if d.second.document else ""
            apart = f"{DECIDED}{where}{fold(d.second.name)}"
            groups[k] = replace(party, id=apart, name=k[1], members=(k[1],))
