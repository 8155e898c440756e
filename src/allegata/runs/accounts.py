"""Who may come in: names and roles, passwords as argon2 hashes, sessions and tokens of random bytes.

Nothing that opens a door is kept or logged, only its hash.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from allegata.runs.judged import LONGEST_NAME
from allegata.store.base import Store
from allegata.store.user_records import ROLES, SCOPES, Role, Scope, Token, User

T = TypeVar("T")

SHORTEST, LONGEST = 12, 1024
"""Characters of a password. No other rule: length is what counts (NIST SP 800-63B, 3.1.1)."""

IDLE, ABSOLUTE = timedelta(hours=2), timedelta(hours=12)
"""A session ends when it was not used for so long, and so long after it began."""

TOUCHED = timedelta(minutes=5)
"""How exactly it is known when a session was last used, so that reading a page seldom writes."""

PREFIX = "allegata_"
"""What every token begins with, so that one that leaked is known for what it is."""

MOST_DAYS = 3650

_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hash takes 64 MB: many sign-ins at once wait for each other rather than take all memory."""


class AccountError(ValueError):
    """A name, password or role that cannot be. The message is one line: what is wrong and what to do."""


def add_user(store: Store, name: str, password: str, role: str, by: str) -> User:
    """A new user. AccountError."""
    name = checked_name(name)
    role = checked_role(role)
    hashed = _hash(checked_password(password, name))
    try:
        return store.put_user(name, hashed, role, by)
    except ValueError as error:
        raise AccountError(str(error)) from error


def set_password(store: Store, name: str, password: str, by: str) -> User:
    """Another password; the user is signed out everywhere. AccountError."""
    hashed = _hash(checked_password(password, name))
    return _known(name, lambda: store.set_password(name, hashed, by))


def set_role(store: Store, name: str, role: str, by: str) -> User:
    """AccountError."""
    wanted = checked_role(role)
    return _known(name, lambda: store.set_role(name, wanted, by))


def set_disabled(store: Store, name: str, disabled: bool, by: str) -> User:
    """Let a user in no more, or again. AccountError."""
    return _known(name, lambda: store.set_disabled(name, disabled, by))


def sign_in(store: Store, name: str, password: str, where: str) -> tuple[User, str] | None:
    """The user and the id of a new session; ``None`` where the name is unknown, the password wrong or the
    user disabled. All three take the same time. ``where`` is kept in the log."""
    found = store.user(name[:LONGEST_NAME])
    hashed = found[1] if found is not None else _nobody()
    fits = _fits(hashed, password)
    if found is None or not fits or found[0].disabled is not None:
        known = found[0].name if found is not None else ""  # what is typed there may be a password
        store.put_act(known, "sign-in refused", known, where)
        return None
    session = secrets.token_urlsafe(32)
    ends = _moment(datetime.now(UTC) + ABSOLUTE)
    store.put_session(digest_of(session), found[0].name, ends, where)
    return found[0], session


def session_user(store: Store, session: str) -> User | None:
    """Whose session it is, while it lasts."""
    now = datetime.now(UTC)
    return store.session(digest_of(session), _moment(now), _moment(now - IDLE))


def touch_session(store: Store, session: str) -> None:
    """The session was used. Kept to `TOUCHED`."""
    now = datetime.now(UTC)
    store.touch_session(digest_of(session), _moment(now), _moment(now - TOUCHED))


def end_session(store: Store, session: str) -> None:
    """Sign out."""
    store.end_session(digest_of(session))


def make_token(
    store: Store, name: str, scope: str, label: str, days: int | None, by: str
) -> tuple[Token, str]:
    """A token for a machine of ``name``, and what it is: that is never shown again. AccountError."""
    if scope not in SCOPES:
        raise AccountError(f"“{scope[:40]}” is no scope: give one of {', '.join(SCOPES)}")
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise AccountError(f"a token lasts 1 to {MOST_DAYS} days")
    if len(label) > LONGEST_NAME or not label.isprintable():
        raise AccountError(f"what a token is for has {LONGEST_NAME} characters at most")
    secret = PREFIX + secrets.token_urlsafe(32)
    ends = _moment(datetime.now(UTC) + timedelta(days=days)) if days is not None else None
    made = _known(name, lambda: store.put_token(digest_of(secret), name, label, scope, ends, by))
    return made, secret


def revoke_token(store: Store, number: int, by: str) -> Token:
    """AccountError."""
    try:
        return store.revoke_token(number, by)
    except KeyError:
        raise AccountError(
            f"there is no token {number} that works: 'allegata user list' shows them"
        ) from None


def token_user(store: Store, secret: str) -> tuple[User, Scope] | None:
    """Whose token it is and how far it goes."""
    return store.token(digest_of(secret), _moment(datetime.now(UTC)))


def checked_name(name: str) -> str:
    """The name of a person, its spaces levelled. AccountError."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise AccountError(f"a user has a name of 1 to {LONGEST_NAME} characters")
    return name


def checked_role(role: str) -> Role:
    """AccountError."""
    if role not in ROLES:
        raise AccountError(f"“{role[:40]}” is no role: give one of {', '.join(ROLES)}")
    return role


def checked_password(password: str, name: str) -> str:
    """AccountError, which never repeats the password."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountError(f"a password has {SHORTEST} to {LONGEST:,} characters; take a few words")
    if password.strip().casefold() == name.casefold() or len(set(password)) < 4:
        raise AccountError("this password is too easy; take a few words that have nothing to do with you")
    return password


def digest_of(secret: str) -> str:
    """What is kept of a session's id or a token. They are random: no salt and no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # argon2id, with the memory and rounds of RFC 9106, second choice


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password has, for names that there are not."""
    return _hash(secrets.token_urlsafe(32))


def _hash(password: str) -> str:
    with _AT_ONCE:
        return _hasher().hash(_levelled(password))


def _fits(hashed: str, password: str) -> bool:
    with _AT_ONCE:
        try:
            return _hasher().verify(hashed, _levelled(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False


def _levelled(password: str) -> bytes:
    """One way to write it, whatever the keyboard sent."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")


def _known(name: str, act: Callable[[], T]) -> T:
    try:
        return act()
    except KeyError:
        raise AccountError(
            f"there is no user “{name[:LONGEST_NAME]}”: 'allegata user list' shows them"
        ) from None


def _moment(when: datetime) -> str:
    """As the store writes its times, so that text order is their order."""
    return when.isoformat(timespec="milliseconds")
