"""Full text in SQLite: FTS5 over claims and over the newest versions of documents."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Integer, Select, column, select, text

from allegata.store import schema
from allegata.store.database import chunks
from allegata.store.search import phrase_of, terms_of

_TOKENS = "tokenize='porter unicode61 remove_diacritics 2'"
FIELDS = ("proposition", "accuser", "accused", "place", "outlets", "speakers")

CLAIMS = f"CREATE VIRTUAL TABLE claim_search USING fts5({', '.join(FIELDS)}, {_TOKENS})"
NEWEST = (
    "CREATE VIEW document_newest AS "
    "SELECT d.number AS number, coalesce(v.title, '') AS title, v.text AS text "
    "FROM documents AS d JOIN document_versions AS v ON v.document = d.number AND v.version = d.newest"
)
DOCUMENTS = (
    "CREATE VIRTUAL TABLE document_search USING fts5(title, text, content='document_newest', "
    f"content_rowid='number', {_TOKENS})"
)
COMMON_FROM = 1_000
"""From so many matches on, documents come newest first: to rank them all takes 200 ms and more for a common
word in a million, and says little."""

_MATCH_CLAIM = "SELECT rowid FROM claim_search WHERE claim_search MATCH {}"
_SHARE = 2 / 3
"""Where no claim has all terms, those come that have at least this share of the terms of the best one…"""
_LEAST = 1 / 3
"""…which has to have this share of all terms, and two of them."""


class SqliteFullText:
    """`database.FullText` by FTS5."""

    def put_document(
        self, connection: Connection, number: int, title: str, words: str, old: tuple[str, str] | None
    ) -> None:
        if old is not None:
            # The index holds no text of its own: to forget, it has to be told what it had.
            connection.execute(
                text(
                    "INSERT INTO document_search(document_search, rowid, title, text) "
                    "VALUES ('delete', :number, :title, :words)"
                ),
                {"number": number, "title": old[0], "words": old[1]},
            )
        connection.execute(
            text("INSERT INTO document_search(rowid, title, text) VALUES (:number, :title, :words)"),
            {"number": number, "title": title, "words": words},
        )

    def put_claim(self, connection: Connection, number: int, fields: dict[str, str]) -> None:
        names = ", ".join(FIELDS)
        values = ", ".join(f":{name}" for name in FIELDS)
        connection.execute(
            text(f"INSERT INTO claim_search(rowid, {names}) VALUES (:number, {values})"),
            {"number": number, **fields},
        )

    def drop_claims(self, connection: Connection, numbers: Sequence[int]) -> None:
        for chunk in chunks(numbers):
            for number in sorted(set(chunk)):
                connection.execute(text("DELETE FROM claim_search WHERE rowid = :number"), {"number": number})

    def claims(
        self, connection: Connection, words: str | None, fields: dict[str, str], least: int = 1
    ) -> Select[tuple[int]] | None:
        within = [
            f"{name} : {phrase}" for name, value in sorted(fields.items()) if (phrase := phrase_of(value))
        ]
        terms = terms_of(words) if words else []
        if len(within) < len(fields) or (words and not terms):
            return _numbers("SELECT 0 AS rowid WHERE 0", {})
        if not within and not terms:
            return None
        everything = _numbers(_MATCH_CLAIM.format(":all"), {"all": _all([*within, *terms])})
        carried = select(schema.claims.c.number).where(
            schema.claims.c.number.in_(everything), schema.claims.c.documents >= least
        )
        if len(terms) < 2 or connection.execute(carried.limit(1)).first() is not None:
            return everything
        return self._nearest(connection, within, terms, least)

    def _nearest(
        self, connection: Connection, within: list[str], terms: list[str], least: int
    ) -> Select[tuple[int]]:
        """Claims that have the most of the terms, for queries that are whole sentences."""
        parameters: dict[str, str | int] = {f"t{n}": _all([*within, t]) for n, t in enumerate(terms)}
        each = " UNION ALL ".join(_MATCH_CLAIM.format(f":t{n}") for n in range(len(terms)))
        counted = (
            f"SELECT rowid, count(*) AS hits FROM ({each}) JOIN claims ON claims.number = rowid "
            "WHERE claims.documents >= :least GROUP BY rowid"
        )
        parameters["least"] = least
        best = connection.execute(text(f"SELECT max(hits) FROM ({counted})"), parameters).scalar() or 0
        if best < max(2, len(terms) * _LEAST):
            return _numbers("SELECT 0 AS rowid WHERE 0", {})
        parameters["hits"] = max(2, round(best * _SHARE))
        return _numbers(f"SELECT rowid FROM ({counted}) WHERE hits >= :hits", parameters)

    def documents(self, connection: Connection, words: str, limit: int) -> list[int]:
        terms = terms_of(words)
        if not terms:
            return []
        match = {"match": _all(terms), "limit": limit, "common": COMMON_FROM}
        matching = "FROM document_search WHERE document_search MATCH :match"
        counted = connection.execute(
            text(f"SELECT count(*) FROM (SELECT rowid {matching} LIMIT :common)"), match
        ).scalar_one()
        order = "rowid DESC" if counted >= COMMON_FROM else "rank, rowid DESC"
        rows = connection.execute(text(f"SELECT rowid {matching} ORDER BY {order} LIMIT :limit"), match)
        return [int(number) for number in rows.scalars()]


def _all(terms: Sequence[str]) -> str:
    return " AND ".join(f"({term})" for term in terms)


def _numbers(sql: str, parameters: dict[str, str | int]) -> Select[tuple[int]]:
    statement = text(sql).bindparams(**parameters).columns(column("rowid", Integer)).subquery("matching")
    return select(statement.c.rowid)
