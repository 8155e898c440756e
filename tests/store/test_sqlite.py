"""The SQLite file: what is no store, versions of the schema, other processes, kills, what may not change."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from allegata.store import ClaimQuery, StoreError, open_store, schema
from allegata.store.inbox_records import InboxQuery
from allegata.store.sqlite import APPLICATION_ID, SqliteStore
from allegata.store.upgrading import MIGRATIONS, upgrade

from .conftest import capture_of, claim_of, document_of, fill, made_by_migrations, reading_of


def opened(path: Path, timeout: float = 0.2) -> SqliteStore:
    store = open_store(str(path), timeout=timeout)
    assert isinstance(store, SqliteStore)
    return store


def snapshot(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(path.iterdir()) if p.is_file()}


# what is no store ------------------------------------------------------------------------------------------


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: p.write_text("My notes, in a text file."), "is not a store"),
        (lambda p: p.write_bytes(b"SQLite format 3\0"), "another program"),
        (lambda p: p.write_bytes(b"SQLite format 3\0" + bytes(200)), "another program"),
        (other_database, "another program"),
        (lambda p: p.mkdir(), "is a folder"),
    ],
)
def test_other_files_are_refused_and_left_alone(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "thing.db"
    make(path)  # type: ignore[operator]
    before = snapshot(tmp_path)
    with pytest.raises(StoreError, match=words) as caught:
        open_store(str(path))
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    "path", ["nowhere/case.db", "a\0b", "", "postgresql://host/base", "sqlite://case.db"]
)
def test_paths_that_cannot_be_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_url_and_a_path_open_the_same_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("case.db")
    store.put_document(document_of("a"))
    store.close()
    for url in ("sqlite:///case.db", f"sqlite:///{tmp_path}/case.db"):
        again = open_store(url)
        assert again.count_documents() == 1
        again.close()


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    path.touch()
    opened(path).close()
    assert path.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4)


def test_a_damaged_store_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    store = opened(path)
    for n in range(50):
        store.put_document(document_of(f"d{n}", "words " * 200))
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged") as caught:
        store = opened(path)
        try:
            list(store.documents())
        finally:
            store.close()
    assert "\n" not in str(caught.value)


# versions of the schema ------------------------------------------------------------------------------------


def shape(path: Path) -> dict[str, str]:
    """Name -> statement of everything in the schema, white space and quotes levelled."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master"
        ).fetchall()
    return {name: " ".join(sql.replace('"', "").replace("\n", " ").split()) for name, sql in rows}


def test_a_new_store_and_an_upgraded_one_have_the_same_schema(tmp_path: Path) -> None:
    opened(tmp_path / "new.db").close()
    made_by_migrations(tmp_path / "old.db", "head")
    new, old = shape(tmp_path / "new.db"), shape(tmp_path / "old.db")
    assert new.keys() == old.keys()
    for name in new:
        assert sorted(new[name].replace(",", " ").split()) == sorted(old[name].replace(",", " ").split()), (
            name
        )


def test_the_code_knows_all_revisions() -> None:
    revisions = [step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert tuple(reversed(revisions)) == schema.REVISIONS


def test_a_store_of_version_1_is_upgraded_with_all_it_holds(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "case.db"
    made_by_migrations(path, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO documents VALUES (1, 'd01', 2, 0, '2025-01-01')")
        for version, text in ((1, "Old words."), (2, "The quay was shelled.")):
            connection.execute(
                "INSERT INTO document_versions"
                "(document, version, digest, added, kind, text, links, embeds, title) "
                "VALUES (1, ?, 'x', '2025-01-01', 'article', ?, '[]', '[]', 'Headline')",
                (version, text),
            )
        connection.commit()
    store = opened(path)
    assert "case.db: made by an older version" in caplog.text
    document = store.document("d01")
    assert document is not None
    assert (document.text, document.version) == ("The quay was shelled.", 2)
    assert store.search_documents("shelled quay") == ["d01"]
    assert store.search_documents("old") == []
    store.put_document(document_of("d01", "The quay was not shelled at dawn."))
    assert store.search_documents("dawn") == ["d01"]
    store.close()
    opened(path).close()


def test_what_was_sent_before_there_were_inboxes_is_in_them_as_read(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    made_by_migrations(path, "0007")
    event = {
        "key": "k",
        "kind": "new_claim",
        "subject": "c1",
        "title": "Alleged: oil",
        "detail": "",
        "at": None,
    }
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            f"""
            INSERT INTO runs VALUES (1, 'watches', '', '2026', '2026', 'done');
            INSERT INTO watches(number, name, query, triggers, targets, digest, person, at, reason, seen)
              VALUES (1, 'oil', '{{}}', '[]', '["a", "b"]', 'none', 'Ana', '2026', '', 1);
            INSERT INTO events VALUES (1, 'k', 1, 'new_claim', 'c1', '2026-03-02', '{json.dumps(event)}');
            INSERT INTO deliveries VALUES (1, 'x', 1, 'a', 1, '2026', 'sent', 1, '2026', '', '2026');
            INSERT INTO delivery_events VALUES (1, 'a', 1, 1), (1, 'b', 1, 1);
            """
        )
    store = opened(path)
    (item,) = store.inbox(InboxQuery("2026-03-02", "all"), 10)
    assert (item.name, item.found, item.state("2026-03-02")) == ("oil", "2026-03-02", "read")
    store.close()


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    opened(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
    before = snapshot(tmp_path)
    with pytest.raises(StoreError, match="newer Allegata"):
        opened(path)
    assert snapshot(tmp_path) == before


def test_an_upgrade_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.db"
    made_by_migrations(path, "0001")
    before = shape(path)

    def broken(connection: object) -> None:
        upgrade(connection)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr("allegata.store.upgrading.upgrade", broken)
    with pytest.raises(KeyboardInterrupt):
        opened(path)
    assert shape(path) == before


# full text -------------------------------------------------------------------------------------------------


def test_documents_are_found_by_their_newest_words(tmp_path: Path) -> None:
    store = opened(tmp_path / "case.db")
    store.put_document(document_of("a", "The minister resigned.", title="Kerosene"))
    store.put_document(document_of("b", "The minister stays. The minister said so to the minister's men."))
    assert set(store.search_documents("minister")) == {"a", "b"}
    assert store.search_documents("kerosene ministers") == ["a"]
    store.put_document(document_of("a", "The mayor resigned.", title="Kerosene"))
    assert store.search_documents("minister") == ["b"]
    assert store.search_documents("mayor") == ["a"]
    assert store.search_documents('" OR') == []
    store.close()
    with closing(sqlite3.connect(tmp_path / "case.db")) as connection:
        for table in ("document_search", "claim_search"):
            connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")


def test_common_words_come_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allegata.store.fts.COMMON_FROM", 3)
    store = opened(tmp_path / "case.db")
    for n in range(4):
        store.put_document(document_of(f"d{n}", "fire " * (9 - n) + f"word{n} and more"))
    assert store.search_documents("fire", limit=3) == ["d3", "d2", "d1"]
    assert store.search_documents("word2") == ["d2"]
    store.close()


# evidence and judgements stay ------------------------------------------------------------------------------


def test_verify_finds_what_was_changed_or_lost(tmp_path: Path) -> None:
    store = opened(tmp_path / "case.db")
    bodies = [b"one", b"two", b"three"]
    for body in bodies:
        store.put_capture(capture_of(body), body)
    assert store.verify() == []
    hashes = [hashlib.sha256(body).hexdigest() for body in bodies]
    files = [tmp_path / "case.db.captures" / h[:2] / h[2:] for h in hashes]
    files[0].chmod(0o644)
    files[0].write_bytes(b"ONE")
    files[1].unlink()
    problems = store.verify()
    assert len(problems) == 2
    assert hashes[0] in problems[0] and "changed" in problems[0]
    assert hashes[1] in problems[1] and "missing" in problems[1]
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE judgements SET value = 'C'",
        "DELETE FROM judgements",
        "UPDATE captures SET retrieved = '2020-01-01'",
        "UPDATE audit SET person = 'ben'",
        "DELETE FROM audit",
    ],
)
def test_the_database_itself_keeps_judgements_and_captures(tmp_path: Path, statement: str) -> None:
    store = opened(tmp_path / "case.db")
    store.put_judgement("ana", "grade", "Paper", "B", "")
    store.put_capture(capture_of(b"x"), b"x")
    store.close()
    with (
        closing(sqlite3.connect(tmp_path / "case.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match=r"only added|never changed"),
    ):
        connection.execute(statement)


def chained(path: Path, *statements: str) -> int | None:
    """The first broken act of a log of five, after somebody with the file did ``statements`` to it."""
    store = opened(path)
    for n in range(5):
        store.put_act("ana", "act", f"matter {n + 1}", "")
    assert store.check_acts().broken is None
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("DROP TRIGGER audit_stays", "DROP TRIGGER audit_is_kept", *statements):
            connection.execute(statement)
        connection.commit()
    broken = store.check_acts().broken
    store.close()
    return broken


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET person = 'ben' WHERE number = 3", 3),
        ("UPDATE audit SET detail = 'x' WHERE number = 1", 1),
        ("UPDATE audit SET digest = previous WHERE number = 2", 2),
        ("UPDATE audit SET number = 9 WHERE number = 5", 9),
        ("DELETE FROM audit WHERE number = 2", 3),
        ("DELETE FROM audit WHERE number = 1", 2),
        ("DELETE FROM audit WHERE number = 5", 5),
        ("DELETE FROM audit", 1),
        ("INSERT OR REPLACE INTO audit SELECT 4, at, 'ben', act, subject, detail, previous, digest "
         "FROM audit WHERE number = 4", 4),
    ],
)  # fmt: skip
def test_the_first_broken_act_is_named(tmp_path: Path, statement: str, broken: int) -> None:
    assert chained(tmp_path / "case.db", statement) == broken


def test_machine_rows_carry_their_run(tmp_path: Path) -> None:
    store = opened(tmp_path / "case.db")
    run = fill(store, "a")
    store.put_features("a", b"", {}, None, run)
    store.replace_claims(["a"], [claim_of("one", ("a",))], run)
    store.finish_run(run, "done")
    store.close()
    with closing(sqlite3.connect(tmp_path / "case.db")) as connection:
        for table in ("readings", "features", "claims"):
            assert connection.execute(f"SELECT run FROM {table}").fetchall() == [(run,)]
        assert connection.execute("SELECT component, status FROM runs").fetchall() == [("test", "done")]
        assert connection.execute("SELECT finished FROM runs").fetchone()[0] is not None


# other processes -------------------------------------------------------------------------------------------


def test_a_store_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    store = opened(path)
    store.put_document(document_of("a"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another process") as caught:
            store.put_document(document_of("b"))
        assert "\n" not in str(caught.value)
        assert store.count_documents() == 1
        second = opened(path)
        assert second.document("a") is not None
        second.close()
        other.execute("ROLLBACK")
    store.put_document(document_of("b"))
    store.close()


def test_a_store_that_is_locked_wholly_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    opened(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="in use by another process"):
            opened(path)


WRITER = """
import sys
from allegata.model import Capture, Document, Reading, Sentence
from allegata.store import open_store
import hashlib
store = open_store(sys.argv[1])
run = store.start_run("test", "")
n = 0
while True:
    text = f"Text of document {n}. " * 200
    body = text.encode()
    sha = hashlib.sha256(body).hexdigest()
    url = f"https://e.example/{n}"
    store.put_capture(Capture(sha, None, url, "2025-01-01T00:00:00+00:00", "t", None, len(body)), body)
    document, _ = store.put_document(Document(f"d{n}", text, capture=sha))
    store.put_reading(Reading(document, (Sentence(0, 5),), reader="r"), run)
    store.put_features(f"d{n}", b"x", {"k": list(range(n, n + 20))}, b"v", run)
    print(f"d{n}", flush=True)
    n += 1
"""


def test_kill_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        reported = [writer.stdout.readline().strip() for _ in range(60)]
        writer.send_signal(signal.SIGKILL)
        reported += [line.strip() for line in writer.stdout if line.endswith("\n")]
    store = opened(path)
    for document_id in reported:
        document = store.document(document_id)
        assert document is not None and document.capture is not None
        assert store.body(document.capture) == document.text.encode()
        assert store.reading(document_id) is not None
    assert store.features(reported).keys() == set(reported)
    assert store.verify() == []
    assert store.search_documents("document 59")[0] in reported
    store.put_document(document_of("after"))
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO document_search(document_search, rank) VALUES ('integrity-check', 1)")


READER = """
import sys
from allegata.store import open_store
store = open_store(sys.argv[1])
seen = 0
while True:
    count = store.count_documents()
    assert count >= seen and len(list(store.documents())) >= count
    seen = count
    print(count, flush=True)
    if sys.stdin.readline().strip() == "stop":
        break
store.close()
"""


def test_two_processes_read_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    store = opened(path)
    store.put_document(document_of("d0"))
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    try:
        for n in range(1, 6):
            for reader in readers:
                assert reader.stdout is not None and reader.stdin is not None
                assert int(reader.stdout.readline()) == n
            store.put_document(document_of(f"d{n}"))
            for reader in readers:
                assert reader.stdin is not None
                reader.stdin.write("on\n" if n < 5 else "stop\n")
                reader.stdin.flush()
    finally:
        for reader in readers:
            reader.communicate()
    assert [reader.returncode for reader in readers] == [0, 0]
    store.close()


def test_threads_may_share_a_store(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    store = opened(tmp_path / "case.db", timeout=10)
    run = store.start_run("test", "")

    def add(n: int) -> str:
        document, _ = store.put_document(document_of(f"d{n}", f"Text {n}."))
        store.put_reading(reading_of(document), run)
        store.claims(ClaimQuery(text="text"))
        return document.id

    with ThreadPoolExecutor(6) as pool:
        ids = set(pool.map(add, range(40)))
    assert {d.id for d in store.documents()} == ids
    store.close()


def test_opening_imports_nothing_heavy(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from allegata.store import open_store
        open_store(sys.argv[1]).close()
        heavy = {"alembic", "spacy", "trafilatura", "httpx", "lxml", "numpy", "feedparser", "onnxruntime"}
        print(*sorted(heavy & set(sys.modules)))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "case.db")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
