"""Filing claims under their facets, so that they are listed, ordered and counted without being loaded."""

from __future__ import annotations

import json
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from allegata.contract import to_plain
from allegata.model import Claim
from allegata.store import facet_schema as tables
from allegata.store import schema
from allegata.store.bits import SPAN, pack, unpack
from allegata.store.cards import card_of
from allegata.store.database import Database, chunks
from allegata.store.facets import KINDS, facets_of, statuses_of
from allegata.store.moments import sortable

NEVER = "~"
_KIND = 48
"""Bits of a facet's number below its kind, in a card's list."""

_cards, _facets, _blocks = tables.cards, tables.facets, tables.facet_blocks
_heads, _versions = schema.documents, schema.document_versions


class ClaimIndex(Database):
    """The part of the store that keeps cards and facets as claims come and go."""

    def _unfile(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Take claims out of the index."""
        changed: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        for chunk in chunks(numbers):
            rows = connection.execute(
                select(_cards.c.claim, _cards.c.facets).where(_cards.c.claim.in_(chunk))
            )
            for row in rows:
                for _, facet in unpack_facets(row.facets):
                    changed[facet].append((row.claim, False))
            connection.execute(delete(_cards).where(_cards.c.claim.in_(chunk)))
        _set_bits(connection, changed)

    def _file(self, connection: Connection, filed: Sequence[tuple[int, Claim]]) -> None:
        """Put claims into the index, by their numbers."""
        if not filed:
            return
        languages = self._languages(connection, {d for _, claim in filed for d in claim.documents})
        pairs = {
            number: list(facets_of(claim, dict.fromkeys(languages.get(d, "") for d in claim.documents)))
            for number, claim in filed
        }
        known = self._numbered(connection, {pair for mine in pairs.values() for pair in mine})
        connection.execute(
            insert(_cards), [_row(n, c, [known[p] for p in pairs[n]], pairs[n]) for n, c in filed]
        )
        changed: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        for number, mine in pairs.items():
            for pair in mine:
                changed[known[pair]].append((number, True))
        _set_bits(connection, changed)

    def _languages(self, connection: Connection, ids: Iterable[str]) -> dict[str, str]:
        out: dict[str, str] = {}
        for chunk in chunks(sorted(ids)):
            rows = connection.execute(
                select(_heads.c.id, _versions.c.language)
                .join(
                    _versions,
                    and_(_versions.c.document == _heads.c.number, _versions.c.version == _heads.c.newest),
                )
                .where(_heads.c.id.in_(chunk))
            )
            out.update((row.id, row.language or "") for row in rows)
        return out

    def _numbered(
        self, connection: Connection, pairs: Iterable[tuple[str, str]]
    ) -> dict[tuple[str, str], int]:
        """The number of each facet, made where there is none yet."""
        wanted = sorted(set(pairs))
        known = self._facets_of(connection, wanted)
        new = [pair for pair in wanted if pair not in known]
        if new:
            connection.execute(
                insert(_facets), [{"kind": KINDS.index(k), "value": v, "claims": 0} for k, v in new]
            )
            known |= self._facets_of(connection, new)
        return known

    def _facets_of(
        self, connection: Connection, pairs: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], int]:
        wanted = set(pairs)
        out: dict[tuple[str, str], int] = {}
        for chunk in chunks(sorted({value for _, value in pairs})):
            rows = connection.execute(
                select(_facets.c.number, _facets.c.kind, _facets.c.value).where(_facets.c.value.in_(chunk))
            )
            out.update(
                (pair, int(row.number)) for row in rows if (pair := (KINDS[row.kind], row.value)) in wanted
            )
        return out


def pack_facets(facets: Iterable[tuple[int, int]]) -> bytes:
    """(kind, number) pairs, eight bytes each."""
    packed = [kind << _KIND | number for kind, number in facets]
    return struct.pack(f"<{len(packed)}Q", *packed)


def packed_facets(stored: bytes) -> tuple[int, ...]:
    """The pairs as they are packed, each one number."""
    return struct.unpack(f"<{len(stored) // 8}Q", stored)


def unpacked(one: int) -> tuple[int, int]:
    """(kind, number) of one of `packed_facets`."""
    return one >> _KIND, one & (1 << _KIND) - 1


def unpack_facets(stored: bytes) -> list[tuple[int, int]]:
    """The inverse of `pack_facets`."""
    return [unpacked(one) for one in packed_facets(stored)]


def _row(
    number: int, claim: Claim, facets: Sequence[int], pairs: Sequence[tuple[str, str]]
) -> dict[str, object]:
    count = claim.independent_origins
    kinds = [KINDS.index(kind) for kind, _ in pairs]
    card = to_plain(card_of(claim, statuses_of(claim)))
    return {
        "claim": number,
        "id": claim.id,
        "first_seen": sortable(claim.first_seen) or NEVER,
        "last_seen": sortable(claim.last_seen),
        "documents": len(claim.documents),
        "point": count.point,
        "high": count.high,
        "facets": pack_facets(zip(kinds, facets, strict=True)),
        "card": json.dumps(card, ensure_ascii=False, separators=(",", ":")),
    }


def _set_bits(connection: Connection, changed: Mapping[int, Sequence[tuple[int, bool]]]) -> None:
    """Put claims into facets, or take them out: facet -> (claim, whether it is put in)."""
    touched: dict[tuple[int, int], list[tuple[int, bool]]] = defaultdict(list)
    for facet, claims in changed.items():
        for claim, is_in in claims:
            touched[facet, claim // SPAN].append((claim % SPAN, is_in))
    held: dict[tuple[int, int], int] = {}
    blocks = sorted({block for _, block in touched})
    for chunk in chunks(sorted(changed)):
        for some in chunks(blocks):
            rows = connection.execute(
                select(_blocks).where(_blocks.c.facet.in_(chunk), _blocks.c.block.in_(some))
            )
            held.update(((r.facet, r.block), unpack(r.bits)) for r in rows)
    kept: list[dict[str, object]] = []
    empty: list[dict[str, object]] = []
    for (facet, block), places in touched.items():
        bits = held.get((facet, block), 0)
        for place, is_in in places:
            bits = bits | 1 << place if is_in else bits & ~(1 << place)
        if bits:
            kept.append({"facet": facet, "block": block, "bits": pack(bits)})
        else:
            empty.append({"of": facet, "at": block})
    _write(connection, kept, empty, {f: sum(1 if i else -1 for _, i in cs) for f, cs in changed.items()})


def _write(
    connection: Connection,
    kept: Sequence[dict[str, object]],
    empty: Sequence[dict[str, object]],
    more: Mapping[int, int],
) -> None:
    if kept:
        new = upsert(_blocks)
        connection.execute(
            new.on_conflict_do_update(index_elements=["facet", "block"], set_={"bits": new.excluded.bits}),
            kept,
        )
    if empty:
        these = and_(_blocks.c.facet == bindparam("of"), _blocks.c.block == bindparam("at"))
        connection.execute(delete(_blocks).where(these), empty)
    counts = [(facet, delta) for facet, delta in more.items() if delta]
    if counts:
        one = update(_facets).where(_facets.c.number == bindparam("of"))
        connection.execute(
            one.values(claims=_facets.c.claims + bindparam("more")),
            [{"of": facet, "more": delta} for facet, delta in counts],
        )
    for chunk in chunks(sorted(facet for facet, delta in counts if delta < 0)):
        connection.execute(delete(_facets).where(_facets.c.number.in_(chunk), _facets.c.claims == 0))
