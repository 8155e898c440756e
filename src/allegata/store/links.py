"""What linking keeps of documents: payloads, keys, vectors, and pairs of documents of one story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from sqlalchemy import Connection, TextClause, bindparam, delete, insert, or_, select, text

from allegata.store import schema
from allegata.store.database import Database, chunks

_BATCH = 500
_LENGTHS = (8, 32, 128, 480)
"""Keys of one search; SQLite takes 500 parts in one statement."""
_SIGN = 1 << 63
_heads = schema.documents


class Links(Database):
    """The part of the store that linking works on."""

    def put_features(
        self,
        document_id: str,
        payload: bytes,
        keys: Mapping[str, Sequence[int]],
        vectors: bytes | None,
        run: int,
    ) -> None:
        """KeyError where there is no such document."""
        with self._writing() as connection:
            number = self._all_numbers(connection, [document_id])[document_id]
            for table in (schema.features, schema.vectors, schema.keys):
                connection.execute(delete(table).where(table.c.document == number))
            connection.execute(insert(schema.features).values(document=number, payload=payload, run=run))
            if vectors is not None:
                connection.execute(insert(schema.vectors).values(document=number, content=vectors))
            rows = [
                {"space": space, "key": key, "document": number}
                for name, values in sorted(keys.items())
                if values
                for space in (self._space(connection, name),)
                for key in sorted({signed(value) for value in values})
            ]
            if rows:
                connection.execute(insert(schema.keys), rows)

    def _space(self, connection: Connection, name: str) -> int:
        """The number of a space of keys, made where there is none."""
        found = self._spaces.get(name) or self._known_space(connection, name)
        if found is not None:
            return found
        table = schema.key_spaces
        return int(connection.execute(insert(table).values(name=name).returning(table.c.number)).scalar_one())

    def _known_space(self, connection: Connection, name: str) -> int | None:
        """The number of a space that is there. Only those that are found are remembered: one that is made may
        yet be rolled back."""
        table = schema.key_spaces
        found = connection.execute(select(table.c.number).where(table.c.name == name)).scalar_one_or_none()
        if found is not None:
            self._spaces[name] = int(found)
        return self._spaces.get(name)

    @cached_property
    def _spaces(self) -> dict[str, int]:
        return {}

    def features(self, ids: Iterable[str]) -> dict[str, bytes]:
        table = schema.features
        query = select(_heads.c.id, table.c.payload).join(_heads, _heads.c.number == table.c.document)
        out: dict[str, bytes] = {}
        with self._reading() as connection:
            for chunk in chunks(sorted(set(ids))):
                rows = connection.execute(query.where(_heads.c.id.in_(chunk)))
                out.update((row.id, row.payload) for row in rows)
        return out

    def vectors(self, after: int = 0) -> Iterator[tuple[int, str, bytes]]:
        table = schema.vectors
        query = (
            select(table.c.number, _heads.c.id, table.c.content)
            .join(_heads, _heads.c.number == table.c.document)
            .order_by(table.c.number)
            .limit(_BATCH)
        )
        while True:
            with self._reading() as connection:
                rows = connection.execute(query.where(table.c.number > after)).all()
            if not rows:
                return
            for row in rows:
                yield row.number, row.id, row.content
            after = rows[-1].number

    def vectors_of(self, ids: Iterable[str]) -> dict[str, bytes]:
        table = schema.vectors
        query = select(_heads.c.id, table.c.content).join(_heads, _heads.c.number == table.c.document)
        out: dict[str, bytes] = {}
        with self._reading() as connection:
            for chunk in chunks(sorted(set(ids))):
                rows = connection.execute(query.where(_heads.c.id.in_(chunk)))
                out.update((row.id, row.content) for row in rows)
        return out

    def sharing(self, space: str, keys: Sequence[int], least: int, most: int) -> dict[str, int]:
        counts: dict[str, int] = defaultdict(int)
        with self._reading() as connection:
            number = self._spaces.get(space) or self._known_space(connection, space)
            pieces = list(_padded(sorted({signed(key) for key in keys})))
            if number is None:
                return {}
            # Most that share a key share no more: they need not leave the database.
            bounds = {"space": number, "most": most, "least": least if len(pieces) == 1 else 1}
            for piece in pieces:
                names = {f"k{n}": key for n, key in enumerate(piece)}
                for document, count in connection.execute(_carrying(len(piece)), bounds | names):
                    counts[document] += count
        return {d: n for d, n in sorted(counts.items()) if n >= least}

    def put_pairs(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        """KeyError where a document is unknown. A pair put again takes the new score."""
        given = [pair for pair in pairs if pair[0] != pair[1]]
        if not given:
            return
        table = schema.pairs
        with self._writing() as connection:
            numbers = self._all_numbers(connection, [i for pair in given for i in pair[:2]])
            rows: dict[tuple[int, int], float] = {}
            for one, other, score in given:
                low, high = sorted((numbers[one], numbers[other]))
                rows[low, high] = score
            again = delete(table).where(table.c.low == bindparam("one"), table.c.high == bindparam("other"))
            connection.execute(again, [{"one": low, "other": high} for low, high in rows])
            connection.execute(
                insert(table), [{"low": low, "high": high, "score": s} for (low, high), s in rows.items()]
            )

    def neighbours(self, ids: Iterable[str]) -> dict[str, dict[str, float]]:
        """For each of ``ids``, the documents paired with it and their scores, by id; empty where there are
        none."""
        asked = list(dict.fromkeys(ids))
        table = schema.pairs
        linked: dict[int, dict[int, float]] = defaultdict(dict)
        with self._reading() as connection:
            numbers = self._numbers(connection, asked)
            for chunk in chunks(sorted(numbers.values())):
                for here, there in ((table.c.low, table.c.high), (table.c.high, table.c.low)):
                    query = select(here, there, table.c.score).where(here.in_(chunk))
                    for one, other, score in connection.execute(query).all():
                        linked[one][other] = score
            names = self._ids(connection, {n for others in linked.values() for n in others})
        return {
            i: dict(sorted((names[n], s) for n, s in linked.get(numbers[i], {}).items()))
            if i in numbers
            else {}
            for i in asked
        }

    def remove_pairs(self, ids: Iterable[str]) -> None:
        table = schema.pairs
        with self._writing() as connection:
            for chunk in chunks(sorted(self._numbers(connection, ids).values())):
                connection.execute(delete(table).where(or_(table.c.low.in_(chunk), table.c.high.in_(chunk))))


def _padded(keys: Sequence[int]) -> Iterator[list[int | None]]:
    """Keys in pieces of few lengths, so that the database sees few different statements; no row has the key
    NULL."""
    for start in range(0, len(keys), _LENGTHS[-1]):
        piece = keys[start : start + _LENGTHS[-1]]
        full = next(n for n in _LENGTHS if n >= len(piece))
        yield [*piece, *[None] * (full - len(piece))]


@lru_cache
def _carrying(keys: int) -> TextClause:
    """The documents that carry at least ``:least`` of so many keys, of each key the first ``:most``."""
    lists = " UNION ALL ".join(
        "SELECT document FROM (SELECT document FROM keys "
        f"WHERE space = :space AND key = :k{n} ORDER BY document LIMIT :most) AS list{n}"
        for n in range(keys)
    )
    return text(
        f"SELECT documents.id, found.shared FROM (SELECT document, count(*) AS shared FROM ({lists}) "
        "AS carried GROUP BY document HAVING count(*) >= :least) AS found "
        "JOIN documents ON documents.number = found.document"
    )


def signed(key: int) -> int:
    """A 64-bit key, signed or not, as databases hold it. OverflowError where it has more bits."""
    if not -_SIGN <= key < 2 * _SIGN:
        raise OverflowError(f"{key} does not fit 64 bits")
    return key - 2 * _SIGN if key >= _SIGN else key
