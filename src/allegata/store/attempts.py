"""Failures to sign in, counted for all processes that serve one store."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from allegata.store.database import Database
from allegata.store.user_schema import attempts as _attempts


class Attempts(Database):
    """The part of the store that says how often somebody failed."""

    def begin_attempt(self, waits: Mapping[str, Callable[[int], float]], now: float, since: float) -> float:
        with self._writing() as connection:
            rows = connection.execute(
                select(_attempts).where(_attempts.c.key.in_(list(waits)), _attempts.c.at >= since)
            ).all()
            held = {row.key: (int(row.failures), min(float(row.at), now)) for row in rows}
            left = max((at + waits[key](failures) - now for key, (failures, at) in held.items()), default=0.0)
            if left > 0:
                return left
            new = upsert(_attempts)
            connection.execute(
                new.on_conflict_do_update(
                    index_elements=["key"], set_={"failures": new.excluded.failures, "at": new.excluded.at}
                ),
                [{"key": key, "failures": held.get(key, (0, now))[0] + 1, "at": now} for key in waits],
            )
            connection.execute(delete(_attempts).where(_attempts.c.at < since))
        return 0.0

    def end_attempt(self, forgotten: str, lessened: str) -> None:
        less = _attempts.c.failures - 1
        with self._writing() as connection:
            connection.execute(delete(_attempts).where(_attempts.c.key == forgotten))
            connection.execute(
                update(_attempts)
                .where(_attempts.c.key == lessened, _attempts.c.failures > 0)
                .values(failures=less)
            )
