"""Users, their sessions and tokens. Every change is logged in its own transaction."""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from allegata.store import user_schema as tables
from allegata.store.audit import Audit, append
from allegata.store.database import now
from allegata.store.user_records import Role, Scope, Token, User

_users, _sessions, _tokens = tables.users, tables.sessions, tables.tokens


def key_of(name: str) -> str:
    """The name as it is looked up: "Ana" and "ANA" are one, and so are spellings that look alike."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class Users(Audit):
    """The part of the store that says who may come in."""

    def put_user(self, name: str, password: str, role: Role, by: str) -> User:
        with self._writing() as connection:
            if _find(connection, name) is not None:
                raise ValueError(f'there is a user "{name}" already: take another name')
            values = {"name": name, "key": key_of(name), "password": password, "role": role, "at": now()}
            row = connection.execute(insert(_users).values(values).returning(_users)).one()
            append(connection, by, "user added", name, {"role": role})
            return _user(row)

    def users(self) -> list[User]:
        """In the order of adding."""
        with self._reading() as connection:
            return [_user(row) for row in connection.execute(select(_users).order_by(_users.c.number))]

    def count_users(self) -> int:
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(_users)).scalar_one())

    def user(self, name: str) -> tuple[User, str] | None:
        with self._reading() as connection:
            row = _find(connection, name)
        return (_user(row), row.password) if row is not None else None

    def set_role(self, name: str, role: Role, by: str) -> User:
        return self._change(name, by, "role changed", {"role": role}, {"role": role})

    def set_disabled(self, name: str, disabled: bool, by: str) -> User:
        act = "user disabled" if disabled else "user enabled"
        return self._change(name, by, act, {"disabled": now() if disabled else None}, ends=disabled)

    def set_password(self, name: str, password: str, by: str) -> User:
        return self._change(name, by, "password changed", {"password": password}, ends=True)

    def _change(
        self, name: str, by: str, act: str, values: dict[str, Any], detail: object = "", ends: bool = False
    ) -> User:
        with self._writing() as connection:
            held = _held(connection, name)
            changed = update(_users).where(_users.c.number == held.number).values(values).returning(_users)
            row = connection.execute(changed).one()
            if ends:
                connection.execute(delete(_sessions).where(_sessions.c.user == row.number))
            append(connection, by, act, row.name, detail)
            return _user(row)

    # sessions ------------------------------------------------------------------------------------------
    def put_session(self, digest: str, name: str, ends: str, detail: str) -> None:
        at = now()
        with self._writing() as connection:
            user = _held(connection, name)
            connection.execute(delete(_sessions).where(_sessions.c.ends <= at))
            row = {"digest": digest, "user": user.number, "made": at, "seen": at, "ends": ends}
            connection.execute(insert(_sessions).values(row))
            append(connection, user.name, "signed in", user.name, detail)

    def session(self, digest: str, at: str, seen_since: str) -> User | None:
        alive = and_(
            _sessions.c.digest == digest,
            _sessions.c.ends > at,
            _sessions.c.seen >= seen_since,
            _users.c.disabled.is_(None),
        )
        query = select(_users).join(_sessions, _sessions.c.user == _users.c.number).where(alive)
        with self._reading() as connection:
            row = connection.execute(query).first()
        return _user(row) if row is not None else None

    def touch_session(self, digest: str, at: str, unless_since: str) -> None:
        stale = and_(_sessions.c.digest == digest, _sessions.c.seen < unless_since)
        with self._reading() as connection:
            if connection.execute(select(_sessions.c.user).where(stale)).first() is None:
                return
        with self._writing() as connection:
            connection.execute(update(_sessions).where(stale).values(seen=at))

    def end_session(self, digest: str) -> None:
        with self._writing() as connection:
            gone = delete(_sessions).where(_sessions.c.digest == digest).returning(_sessions.c.user)
            number = connection.execute(gone).scalar_one_or_none()
            if number is not None:
                name = connection.execute(select(_users.c.name).where(_users.c.number == number)).scalar_one()
                append(connection, name, "signed out", name)

    # tokens --------------------------------------------------------------------------------------------
    def put_token(self, digest: str, name: str, label: str, scope: Scope, ends: str | None, by: str) -> Token:
        with self._writing() as connection:
            user = _held(connection, name)
            values = {"digest": digest, "user": user.number, "label": label, "scope": scope, "ends": ends}
            row = connection.execute(
                insert(_tokens).values(values | {"made": now()}).returning(_tokens)
            ).one()
            append(
                connection, by, "token made", user.name, {"token": row.number, "scope": scope, "ends": ends}
            )
            return _token(row, user.name)

    def token(self, digest: str, at: str) -> tuple[User, Scope] | None:
        alive = and_(
            _tokens.c.digest == digest,
            _tokens.c.revoked.is_(None),
            or_(_tokens.c.ends.is_(None), _tokens.c.ends > at),
            _users.c.disabled.is_(None),
        )
        query = select(_users, _tokens.c.scope).join(_tokens, _tokens.c.user == _users.c.number).where(alive)
        with self._reading() as connection:
            row = connection.execute(query).first()
        return (_user(row), row.scope) if row is not None else None

    def tokens(self) -> list[Token]:
        """All, those revoked too, in the order they were made."""
        owner = _users.c.name.label("owner")
        query = select(_tokens, owner).join(_users, _tokens.c.user == _users.c.number)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(_tokens.c.number)).all()
        return [_token(row, row.owner) for row in rows]

    def revoke_token(self, number: int, by: str) -> Token:
        living = and_(_tokens.c.number == number, _tokens.c.revoked.is_(None))
        with self._writing() as connection:
            revoked = update(_tokens).where(living).values(revoked=now()).returning(_tokens)
            row = connection.execute(revoked).first()
            if row is None:
                raise KeyError(number)
            owner = select(_users.c.name).where(_users.c.number == row.user)
            name = str(connection.execute(owner).scalar_one())
            append(connection, by, "token revoked", name, {"token": number})
            return _token(row, name)


def _find(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(_users).where(_users.c.key == key_of(name))).first()


def _held(connection: Connection, name: str) -> Row[Any]:
    row = _find(connection, name)
    if row is None:
        raise KeyError(name)
    return row


def _user(row: Row[Any]) -> User:
    return User(row.number, row.name, row.role, row.disabled, row.at)


def _token(row: Row[Any], user: str) -> Token:
    return Token(row.number, user, row.label, row.scope, row.made, row.ends, row.revoked)
