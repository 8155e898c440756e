"""`allegata user`, as people run it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import allegata

from .process import complaint, lines, run

PASSWORD = b"four tired herons wade\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    allegata.open(tmp_path / "case.db").close()
    return tmp_path / "case.db"


def test_a_user_is_made_changed_and_shut_out(store: Path) -> None:
    where = ("--store", store, "--by", "root")
    assert "no user yet" in run("user", "list", "--store", store).stdout.decode()
    (made,) = lines(run("user", "add", "Ana Reis", "--role", "analyst", "--json", *where, stdin=PASSWORD))
    assert (made["name"], made["role"], made["disabled"]) == ("Ana Reis", "analyst", None)
    assert set(made) == {"number", "name", "role", "disabled", "at"}
    assert "Ana Reis is reviewer now" in run("user", "role", "ana reis", "reviewer", *where).stdout.decode()
    assert "may not sign in" in run("user", "disable", "Ana Reis", *where).stdout.decode()
    assert "disabled since" in run("user", "list", "--store", store).stdout.decode()
    assert "may sign in" in run("user", "disable", "Ana Reis", "--undo", *where).stdout.decode()
    said = run("user", "password", "Ana Reis", *where, stdin=b"another few odd words\n")
    assert "signed out everywhere" in said.stdout.decode()
    (listed,) = lines(run("user", "list", "--json", "--store", store))
    assert (listed["role"], listed["disabled"], listed["tokens"]) == ("reviewer", None, [])
    acts = lines(run("user", "log", "--json", "--store", store))
    assert [a["act"] for a in acts] == [
        "password changed", "user enabled", "user disabled", "role changed", "user added"
    ]  # fmt: skip
    assert {a["person"] for a in acts} == {"root"}
    assert "root · user added · Ana Reis" in run("user", "log", "--store", store).stdout.decode()


def test_a_token_is_shown_once_and_can_be_stopped(store: Path) -> None:
    where = ("--store", store)
    run("user", "add", "Ana", *where, stdin=PASSWORD)
    said = run("user", "token", "ana", "--for", "nightly export", "--days", "30", *where)
    secret = said.stdout.decode().strip()
    assert secret.startswith("allegata_") and secret.encode() not in said.stderr
    (other,) = lines(run("user", "token", "Ana", "--scope", "judge", "--json", *where))
    assert other["secret"].startswith("allegata_") and other["scope"] == "judge"
    (user,) = lines(run("user", "list", "--json", *where))
    assert [(t["label"], t["scope"]) for t in user["tokens"]] == [("nightly export", "read"), ("", "judge")]
    assert "works no more" in run("user", "token", "Ana", "--revoke", "1", *where).stdout.decode()
    assert "has no token 1" not in complaint(run("user", "token", "Ana", "--revoke", "1", *where))
    assert "stopped on" in run("user", "list", *where).stdout.decode()


def test_no_secret_rests_in_the_store(store: Path) -> None:
    run("user", "add", "Ana", "--store", store, stdin=PASSWORD)
    (made,) = lines(run("user", "token", "Ana", "--json", "--store", store))
    with closing(sqlite3.connect(store)) as connection:
        held = "\n".join(connection.iterdump())
    assert "$argon2id$" in held
    assert PASSWORD.decode().strip() not in held and made["secret"] not in held


@pytest.mark.parametrize(
    ("given", "stdin", "words"),
    [
        (("add", "Ana"), PASSWORD, "already"),
        (("add", " "), PASSWORD, "1 to 80 characters"),
        (("add", "x" * 81), PASSWORD, "1 to 80 characters"),
        (("add", "Be\x1bla"), PASSWORD, "1 to 80 characters"),
        (("add", "Bela"), b"", "no password is given"),
        (("add", "Bela"), b"short\n", "12 to 1,024 characters"),
        (("add", "Bela"), b"a" * 2000 + b"\n", "12 to 1,024 characters"),
        (("add", "Bela"), b"aaaaaaaaaaaaaaaa\n", "too easy"),
        (("add", "Bela", "--role", "king"), PASSWORD, "king"),
        (("role", "Ana", "king"), b"", "king"),
        (("role", "Nobody", "admin"), b"", "there is no user “Nobody”"),
        (("disable", "Nobody"), b"", "there is no user “Nobody”"),
        (("password", "Nobody"), PASSWORD, "there is no user “Nobody”"),
        (("password", "Ana"), b"ana\n", "12 to 1,024 characters"),
        (("token", "Nobody"), b"", "there is no user “Nobody”"),
        (("token", "Ana", "--days", "0"), b"", "1 to 3650 days"),
        (("token", "Ana", "--scope", "all"), b"", "all"),
        (("token", "Ana", "--revoke", "9"), b"", "has no token 9"),
    ],
)
def test_bad_input_is_one_line(made: Path, given: tuple[str, ...], stdin: bytes, words: str) -> None:
    said = complaint(run("user", *given, "--store", made, stdin=stdin))
    assert words in said
    assert stdin.decode().strip() not in said or not stdin


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "case.db"
    allegata.open(path).close()
    run("user", "add", "Ana", "--store", path, stdin=PASSWORD)
    return path


def test_a_log_that_was_tampered_with_is_told(made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "case.db"
    copy.write_bytes(made.read_bytes())
    assert "1 acts of persons checked" in run("verify", "--store", copy).stdout.decode()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DROP TRIGGER audit_stays")
        connection.execute("UPDATE audit SET person = 'somebody else'")
        connection.commit()
    result = run("verify", "--store", copy)
    assert result.returncode == 1 and b"act 1 of the log is altered or gone" in result.stderr
    found = json.loads(run("verify", "--json", "--store", copy).stdout)
    assert found["broken_act"] == 1
