"""What linking keeps of documents: payloads, keys, vectors, and pairs of documents of one story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, or_, select

from allegata.store import schema
from allegata.store.database import Database, chunks

_BATCH = 500
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
        table = schema.key_spaces
        found = connection.execute(select(table.c.number).where(table.c.name == name)).scalar_one_or_none()
        if found is not None:
            return int(found)
        return int(connection.execute(insert(table).values(name=name).returning(table.c.number)).scalar_one())

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

    def sharing(self, space: str, keys: Sequence[int], least: int) -> list[str]:
        table, spaces = schema.keys, schema.key_spaces
        counts: dict[int, int] = defaultdict(int)
        with self._reading() as connection:
            number = connection.execute(
                select(spaces.c.number).where(spaces.c.name == space)
            ).scalar_one_or_none()
            if number is None:
                return []
            query = select(table.c.document, func.count()).where(table.c.space == number)
            pieces = list(chunks(sorted({signed(key) for key in keys})))
            for chunk in pieces:
                found = query.where(table.c.key.in_(chunk)).group_by(table.c.document)
                if len(pieces) == 1:  # most that share a key share no more: they need not leave the database
                    found = found.having(func.count() >= least)
                for document, count in connection.execute(found):
                    counts[document] += count
            return sorted(self._ids(connection, {d for d, n in counts.items() if n >= least}).values())

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
            for low, high in rows:
                connection.execute(delete(table).where(table.c.low == low, table.c.high == high))
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
                    for one, other, score in connection.execute(query):
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


def signed(key: int) -> int:
    """A 64-bit key, signed or not, as databases hold it. OverflowError where it has more bits."""
    if not -_SIGN <= key < 2 * _SIGN:
        raise OverflowError(f"{key} does not fit 64 bits")
    return key - 2 * _SIGN if key >= _SIGN else key
