"""Users, sessions, tokens and the log of acts, over every backend."""

from __future__ import annotations

import pytest

from allegata.monitoring.ledger import Outcome, Registered
from allegata.store import Store
from allegata.store.audit import START

from .conftest import Open
from .test_watching import watch_of

PAST, NOON, LATE = "2020-01-01T00:00:00+00:00", "2026-03-02T12:00:00+00:00", "2100-01-01T00:00:00+00:00"


def deeds(store: Store) -> list[tuple[str, str, str]]:
    return [(a.person, a.act, a.subject) for a in reversed(store.acts())]


def test_a_user_is_found_by_the_name_in_any_case(store: Store, opener: Open) -> None:
    assert store.count_users() == 0 and store.user("Ana") is None
    made = store.put_user("Ana Reis", "hash", "analyst", "root")
    again = opener()
    assert again.user("ANA  reis") == (made, "hash") and again.users() == [made]
    with pytest.raises(ValueError, match="already"):
        again.put_user("ana reis", "other", "admin", "root")
    assert again.count_users() == 1 and deeds(again) == [("root", "user added", "Ana Reis")]
    again.close()


def test_what_is_changed_of_a_user_is_logged_and_never_the_password(store: Store) -> None:
    store.put_user("Ana", "hash-1", "viewer", "root")
    assert store.set_role("ana", "reviewer", "root").role == "reviewer"
    assert store.set_disabled("ana", True, "root").disabled is not None
    assert store.set_disabled("ana", False, "root").disabled is None
    store.set_password("ana", "hash-2", "root")
    assert store.user("Ana") == (store.users()[0], "hash-2")
    assert [act for _, act, _ in deeds(store)] == [
        "user added", "role changed", "user disabled", "user enabled", "password changed"
    ]  # fmt: skip
    assert all("hash" not in a.detail for a in store.acts())
    for change in (
        lambda: store.set_role("bela", "admin", "root"),
        lambda: store.set_disabled("bela", True, "root"),
        lambda: store.set_password("bela", "x", "root"),
        lambda: store.put_token("d", "bela", "", "read", None, "root"),
        lambda: store.put_session("d", "bela", LATE, ""),
        lambda: store.revoke_token(7, "root"),
    ):
        with pytest.raises(KeyError):
            change()
    assert len(store.acts()) == 5


def test_a_session_ends_by_its_hour_by_disuse_and_by_signing_out(store: Store) -> None:
    ana = store.put_user("Ana", "hash", "viewer", "root")
    store.put_session("one", "ana", LATE, "127.0.0.1")
    assert store.session("one", NOON, PAST) == ana
    assert store.session("two", NOON, PAST) is None
    assert store.session("one", LATE, PAST) is None
    assert store.session("one", NOON, LATE) is None
    store.touch_session("one", "2099-01-01T00:00:00+00:00", LATE)
    assert store.session("one", NOON, "2098-01-01T00:00:00+00:00") == ana
    store.touch_session("one", NOON, PAST)  # seen since then: nothing is written
    assert store.session("one", NOON, "2098-01-01T00:00:00+00:00") == ana
    store.end_session("one")
    store.end_session("one")
    assert store.session("one", NOON, PAST) is None
    assert deeds(store)[1:] == [("Ana", "signed in", "Ana"), ("Ana", "signed out", "Ana")]


@pytest.mark.parametrize("change", ["disable", "password"])
def test_who_is_disabled_or_has_another_password_is_signed_out(store: Store, change: str) -> None:
    for name in ("Ana", "Bela"):
        store.put_user(name, "hash", "viewer", "root")
        store.put_session(name, name, LATE, "")
    if change == "disable":
        store.set_disabled("Ana", True, "root")
        store.set_disabled("Ana", False, "root")
    else:
        store.set_password("Ana", "hash-2", "root")
    assert store.session("Ana", NOON, PAST) is None
    assert store.session("Bela", NOON, PAST) is not None


def test_a_role_holds_at_once(store: Store) -> None:
    store.put_user("Ana", "hash", "viewer", "root")
    store.put_session("one", "Ana", LATE, "")
    store.put_token("two", "Ana", "nightly", "judge", None, "root")
    store.set_role("Ana", "admin", "root")
    found, token = store.session("one", NOON, PAST), store.token("two", NOON)
    assert found is not None and found.role == "admin"
    assert token is not None and (token[0].role, token[1]) == ("admin", "judge")


def test_a_token_ends_and_is_revoked(store: Store) -> None:
    ana = store.put_user("Ana", "hash", "viewer", "root")
    store.put_token("one", "Ana", "nightly", "read", None, "root")
    made = store.put_token("two", "Ana", "", "read", "2026-03-03T00:00:00+00:00", "root")
    assert store.token("one", NOON) == store.token("two", NOON) == (ana, "read")
    assert store.token("two", LATE) is None and store.token("three", NOON) is None
    store.set_disabled("Ana", True, "root")
    assert store.token("one", NOON) is None
    store.set_disabled("Ana", False, "root")
    assert store.revoke_token(1, "root").revoked is not None
    assert store.token("one", NOON) is None
    with pytest.raises(KeyError):
        store.revoke_token(1, "root")
    assert [(t.label, t.user, t.revoked is None) for t in store.tokens()] == [
        ("nightly", "Ana", False), ("", "Ana", True)
    ]  # fmt: skip
    assert store.tokens()[1] == made


def test_every_act_of_a_person_is_logged(store: Store) -> None:
    store.put_judgement("ana", "grade", "Paper", "B", "I know them")
    store.put_watch(watch_of())
    store.remove_watch("oil", "ben", "done")
    store.put_feed("https://feed.example/", 3600, "ana", "x")
    store.remove_feed("https://feed.example/", "ben", "x")
    made = store.register(Registered("rain", "2026-04-01", "the gauge", "Office", "ana", "x"))
    store.put_outcome(Outcome(made.number, "yes", "d1", "ben", "it did"))
    assert deeds(store) == [
        ("ana", "judgement", "1"),
        ("ana", "watch added", "oil"),
        ("ben", "watch removed", "oil"),
        ("ana", "feed added", "https://feed.example/"),
        ("ben", "feed removed", "https://feed.example/"),
        ("ana", "forecast registered", str(made.number)),
        ("ben", "forecast decided", str(made.number)),
    ]
    assert '"value": "B"' in store.acts()[-1].detail


def test_the_log_is_a_chain(store: Store, opener: Open) -> None:
    assert store.check_acts().head == START and store.check_acts().acts == 0
    store.put_act("ana", "one", "", "")
    first = store.acts()[0].digest
    other = opener()
    other.put_act("ben", "two", "", "")
    other.close()
    found = store.check_acts()
    assert (found.acts, found.broken) == (2, None)
    assert found.head == store.acts()[0].digest != first


def test_a_decision_that_is_refused_leaves_no_act(store: Store) -> None:
    with pytest.raises(KeyError):
        store.put_judgement("ana", "grade", "Paper", "B", "", undoes=9)
    assert store.acts() == []
