"""Who is tied to whom by claims: who heard it from whom, who accuses whom, who denies. Kept as claims are, so
that the page of a source or an actor loads none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select

from allegata.model import AFFIRMING, Claim
from allegata.store import schema
from allegata.store import tie_schema as tables
from allegata.store.base import Tied
from allegata.store.database import Database, chunks
from allegata.store.hosts import host_of

ROLES = ("origin", "withdrawn", "heard", "took", "answer", "accuses", "replies", "speaks")
"""``origin``: a source, and its kind; ``withdrawn`` the same for one that took the claim back. ``heard``: an
outlet, and the source it had the claim from, itself where it knew. ``took``: an outlet, and the one whose
page it had it from. ``answer``: who responds, and how. ``accuses``: accuser and accused, as parties;
``replies``: a party that responds, and how. ``speaks``: a source, and who speaks for it. The place in this
list is kept in the store, so that new ones come last."""

_LONGEST = 200
_NOBODY = ""
_names, _ties = tables.names, tables.ties

_Row = tuple[str, str, str]


def head_of(name: str) -> str:
    """A name without those who speak for it: "Government of Pakistan (Sidra Alvi)"."""
    return " ".join(name.split(" (")[0].split())[:_LONGEST]


def source_key(name: str) -> str:
    """What is equal for the spellings of one source."""
    from allegata.linking.credits import core

    return core(head_of(name))


def party_key(name: str) -> str:
    """What is equal for all names under which one party acts."""
    from allegata.monitoring.names import same_party

    return f"party {same_party(head_of(name))}"


def ties_of(claim: Claim) -> Counter[_Row]:
    """(role, name, other name) -> in how many documents."""
    sources = {o.id: o for o in claim.origins if o.kind != "unattributed"}
    found: Counter[_Row] = Counter()
    for origin in sources.values():
        role = "withdrawn" if origin.withdrawn_at else "origin"
        head = head_of(origin.source)
        found[role, head, origin.kind] += 1
        members = {head_of(m) for m in origin.members if source_key(m) != source_key(head)}
        found.update(("speaks", head, member) for member in members)
    outlets = {m.document: m.outlet or host_of(m.url) for m in claim.mentions}
    heard = {
        (m.document, outlet, head_of(sources[o].source))
        for m in claim.mentions
        if m.stance in AFFIRMING and (outlet := outlets[m.document])
        for o in m.origin_ids
        if o in sources
    }
    found.update(
        ("heard", outlet, outlet if source_key(outlet) == source_key(source) else source)
        for _, outlet, source in heard
    )
    took = {
        (e.downstream, own, other)
        for e in claim.edges
        if (own := outlets.get(e.downstream)) and (other := outlets.get(e.upstream))
    }
    found.update(("took", own, other) for _, own, other in took if source_key(own) != source_key(other))
    for response in {(head_of(r.source), r.stance) for r in claim.responses}:
        found[("answer", *response)] += 1
        found[("replies", *response)] += 1
    if claim.accuser or claim.accused:
        found["accuses", head_of(claim.accuser or _NOBODY), head_of(claim.accused or _NOBODY)] += 1
    return found


def _keys(role: str, name: str, other: str) -> tuple[str, str]:
    """What the two names of a tie are found by. Kinds and stances are words of ours."""
    if role == "accuses":
        return party_key(name), party_key(other)
    if role == "replies":
        return party_key(name), f"word {other}"
    return source_key(name), source_key(other) if role in ("heard", "took", "speaks") else f"word {other}"


class Ties(Database):
    """The part of the store that says who is tied to whom."""

    def tied(self, role: str, name: str, most: int, *, turned: bool = False) -> list[Tied]:
        near, far = (_ties.c.other, _ties.c.name) if turned else (_ties.c.name, _ties.c.other)
        key = _keys(role, _NOBODY, name)[1] if turned else _keys(role, name, _NOBODY)[0]
        claims = func.count(_ties.c.claim.distinct())
        query = (
            select(_names.c.name, claims.label("claims"), func.sum(_ties.c.documents).label("documents"))
            .join(_names, _names.c.number == far)
            .where(_ties.c.role == ROLES.index(role), near == _number(key))
            .group_by(far)
            .order_by(claims.desc(), func.sum(_ties.c.documents).desc(), _names.c.name)
            .limit(most)
        )
        with self._reading() as connection:
            return [Tied(r.name, r.claims, r.documents) for r in connection.execute(query)]

    def claims_tied(
        self, role: str, name: str, most: int, *, other: str | None = None, turned: bool = False
    ) -> list[str]:
        query = self._tied(role, name, other, turned)
        claims = schema.claims
        ordered = (
            select(claims.c.id)
            .where(claims.c.number.in_(query))
            .order_by(claims.c.documents.desc(), claims.c.last_seen.desc(), claims.c.id)
            .limit(most)
        )
        with self._reading() as connection:
            return list(connection.execute(ordered).scalars())

    def count_tied(self, role: str, name: str, *, other: str | None = None, turned: bool = False) -> int:
        query = self._tied(role, name, other, turned).distinct().subquery()
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(query)).scalar_one())

    def greatest(self, role: str, most: int) -> list[Tied]:
        claims = func.count(_ties.c.claim.distinct())
        query = (
            select(_names.c.name, claims.label("claims"), func.sum(_ties.c.documents).label("documents"))
            .join(_names, _names.c.number == _ties.c.name)
            .where(_ties.c.role == ROLES.index(role))
            .group_by(_ties.c.name)
            .order_by(claims.desc(), func.sum(_ties.c.documents).desc(), _names.c.name)
            .limit(most)
        )
        with self._reading() as connection:
            return [Tied(r.name, r.claims, r.documents) for r in connection.execute(query)]

    def spelling(self, name: str, *, party: bool = False) -> str | None:
        key = party_key(name) if party else source_key(name)
        with self._reading() as connection:
            return connection.execute(select(_names.c.name).where(_names.c.key == key)).scalar_one_or_none()

    def _tied(self, role: str, name: str, other: str | None, turned: bool) -> Select[Any]:
        near, far = (_ties.c.other, _ties.c.name) if turned else (_ties.c.name, _ties.c.other)
        names = (other or _NOBODY, name) if turned else (name, other or _NOBODY)
        keys = _keys(role, *names)
        query = select(_ties.c.claim).where(
            _ties.c.role == ROLES.index(role), near == _number(keys[1] if turned else keys[0])
        )
        return query if other is None else query.where(far == _number(keys[0] if turned else keys[1]))


def _number(key: str) -> Any:
    return select(_names.c.number).where(_names.c.key == key).scalar_subquery()


def put_ties(connection: Connection, filed: Sequence[tuple[int, Claim]]) -> None:
    """The ties of claims, by their numbers."""
    found = [
        (number, role, *_keys(role, name, other), name, other, documents)
        for number, claim in filed
        for (role, name, other), documents in sorted(ties_of(claim).items())
    ]
    numbers = _numbered(connection, ((k, n) for _, _, a, b, x, y, _ in found for k, n in ((a, x), (b, y))))
    rows: Counter[tuple[int, int, int, int]] = Counter()
    for number, role, one, other, _, _, documents in found:
        rows[number, ROLES.index(role), numbers[one], numbers[other]] += documents
    if rows:
        connection.execute(
            insert(_ties),
            [
                {"claim": c, "role": r, "name": n, "other": o, "documents": d}
                for (c, r, n, o), d in sorted(rows.items())
            ],
        )


def drop_ties(connection: Connection, numbers: Sequence[int]) -> None:
    for chunk in chunks(numbers):
        connection.execute(delete(_ties).where(_ties.c.claim.in_(chunk)))


def _numbered(connection: Connection, pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """key -> the number of its name, made where there is none yet."""
    wanted: dict[str, str] = {}
    for key, name in pairs:
        wanted.setdefault(key, name)
    known = dict(_known(connection, wanted))
    new = [{"key": key, "name": name} for key, name in sorted(wanted.items()) if key not in known]
    if new:
        connection.execute(insert(_names), new)
        known |= _known(connection, [row["key"] for row in new])
    return known


def _known(connection: Connection, keys: Iterable[str]) -> Iterator[tuple[str, int]]:
    for chunk in chunks(sorted(keys)):
        rows = connection.execute(select(_names.c.key, _names.c.number).where(_names.c.key.in_(chunk)))
        yield from ((row.key, row.number) for row in rows)
