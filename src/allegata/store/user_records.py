"""Persons, what they come in with and what they did, as values. `base.Store` takes these in.

No value here holds a password, a session's id or a token: the store is given their hashes only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

Role = Literal["viewer", "analyst", "reviewer", "admin"]
"""Each may do what those before it may."""

ROLES: tuple[Role, ...] = get_args(Role)

Scope = Literal["read", "judge", "admin"]
"""How far a token goes; never further than the role of its user."""

SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class User:
    """A person who may sign in, unless ``disabled`` (since when)."""

    number: int
    name: str
    role: Role
    disabled: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Token:
    """What a machine of a user carries. ``ends`` and ``revoked`` are moments; ``None``: never, not."""

    number: int
    user: str
    label: str
    scope: Scope
    made: str
    ends: str | None
    revoked: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the log of what persons did. ``digest`` is chained to that of the row before."""

    number: int
    at: str
    person: str
    act: str
    subject: str
    detail: str
    digest: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The log hashed anew: how many rows hold, the digest of the last of them, and the number of the first
    row that is not what was kept (or follows on one that is gone); ``None`` where all are."""

    acts: int
    head: str
    broken: int | None


class Persons(Protocol):
    """What a store does for persons. Whoever acts is named in ``by``, and the act is logged in the same
    transaction."""

    def put_user(self, name: str, password: str, role: Role, by: str) -> User:
        """``password`` is a hash. ValueError where the name, whatever its case, is taken."""

    def users(self) -> list[User]: ...

    def count_users(self) -> int: ...

    def user(self, name: str) -> tuple[User, str] | None:
        """A user by the name in any case, with the hash of the password."""

    def set_role(self, name: str, role: Role, by: str) -> User:
        """KeyError where there is no such user; so below."""

    def set_disabled(self, name: str, disabled: bool, by: str) -> User:
        """Whoever is disabled is signed out everywhere."""

    def set_password(self, name: str, password: str, by: str) -> User:
        """``password`` is a hash. The user is signed out everywhere."""

    def put_session(self, digest: str, name: str, ends: str, detail: str) -> None:
        """Somebody signed in; ``digest`` is the SHA-256 of what their browser keeps."""

    def session(self, digest: str, at: str, seen_since: str) -> User | None:
        """Whose session it is, unless it ended by ``at``, was not seen since ``seen_since``, or the user is
        disabled."""

    def touch_session(self, digest: str, at: str, unless_since: str) -> None:
        """The session was seen at ``at``. Nothing is written where it was seen since ``unless_since``."""

    def end_session(self, digest: str) -> None: ...

    def put_token(
        self, digest: str, name: str, label: str, scope: Scope, ends: str | None, by: str
    ) -> Token: ...

    def token(self, digest: str, at: str) -> tuple[User, Scope] | None:
        """Whose token it is and how far it goes, unless it ended by ``at``, was revoked, or the user is
        disabled."""

    def tokens(self) -> list[Token]: ...

    def revoke_token(self, number: int, by: str) -> Token:
        """KeyError where there is no such token, or it is revoked already."""

    def begin_attempt(self, waits: Mapping[str, Callable[[int], float]], now: float, since: float) -> float:
        """Seconds to wait before somebody may try to sign in, for whom failures are counted under the keys
        of ``waits`` (key -> the wait after so many failures); 0 where they may, which counts as a failure
        until `end_attempt`. Failures from before ``since`` are forgotten."""

    def end_attempt(self, forgotten: str, lessened: str) -> None:
        """Somebody signed in: no failures under the one key, one less under the other."""

    def put_act(self, by: str, act: str, subject: str, detail: str) -> None:
        """Log what changes no other row."""

    def acts(self, limit: int = 100, before: int | None = None) -> list[Act]:
        """What was done last, newest first; of those with lower numbers than ``before``."""

    def check_acts(self) -> Chain: ...
