"""Full text in SQLite: FTS5 over claims and over the newest versions of documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, text

from allegata.store.bits import Bits
from allegata.store.database import chunks
from allegata.store.search import beginning_of, phrase_of, terms_of

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

COMMON_CLAIMS = 5_000
"""Claims from which on a term says little of a sentence that none has whole."""

SHORTEST = 3
"""Letters from which on the beginning of a word is looked for."""

_MATCH_CLAIM = "SELECT rowid FROM claim_search WHERE claim_search MATCH :match"
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

    def claims(self, connection: Connection, words: str, typing: bool, near: Bits | None) -> Bits | None:
        terms = terms_of(words)
        begun = beginning_of(words) if typing else None
        if begun is not None:
            terms = [t for t in terms if t != f'"{begun}"']
        if begun is not None and len(begun) < SHORTEST:
            if not terms:
                return None  # a letter or two
            begun = None
        tries = [[*terms, *([f'"{begun}" OR "{begun}"*'] if begun else [])]]
        if begun:  # "accusat" is not what the stem of "accusation" begins with
            cut = range(len(begun) - 1, max(SHORTEST, len(begun) - 4), -1)
            tries += [[*terms, f'"{begun[:n]}"*'] for n in cut]
        found = Bits({})
        for wanted in tries:
            if wanted and (found := self._match(connection, _all(wanted))).blocks:
                break
        if len(tries[0]) < 2 or (found if near is None else found & near).blocks:
            return found
        return self._nearest(connection, tries[0], near)

    def claims_naming(self, connection: Connection, field: str, value: str) -> Bits:
        phrase = phrase_of(value)
        return self._match(connection, f"{field} : {phrase}") if phrase else Bits({})

    def _match(self, connection: Connection, match: str, most: int = -1) -> Bits:
        listed = text(f"SELECT group_concat(rowid) FROM ({_MATCH_CLAIM} LIMIT :most)")
        return Bits.listed(connection.execute(listed, {"match": match, "most": most}).scalar() or "")

    def _nearest(self, connection: Connection, terms: Sequence[str], near: Bits | None) -> Bits:
        """Claims that have the most of the terms, for queries that are whole sentences. What very many have
        does not count."""
        hits: Counter[int] = Counter()
        telling = 0
        for term in terms:
            found = self._match(connection, term, COMMON_CLAIMS)
            if len(found) < COMMON_CLAIMS:
                telling += 1
                hits.update((found if near is None else found & near).numbers())
        best = max(hits.values(), default=0)
        if best < max(2, telling * _LEAST):
            return Bits({})
        least = max(2, round(best * _SHARE))
        return Bits.of(number for number, n in hits.items() if n >= least)

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
