"""The ledger of forecasts: what was registered, and what persons decided. Only ever added to."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import insert, select

from allegata.monitoring.ledger import Outcome, Registered
from allegata.store import audit
from allegata.store import watch_schema as tables
from allegata.store.database import Database, now

_ledger, _outcomes = tables.ledger, tables.outcomes


class Forecasts(Database):
    """The part of the store that holds forecasts."""

    def register(self, forecast: Registered) -> Registered:
        made = replace(forecast, at=now())
        values = {name: value for name, value in asdict(made).items() if name != "number"}
        with self._writing() as connection:
            given = connection.execute(insert(_ledger).values(**values).returning(_ledger.c.number))
            number = int(given.scalar_one())
            audit.append(connection, made.person, "forecast registered", str(number), values)
            return replace(made, number=number)

    def registered(self) -> list[Registered]:
        with self._reading() as connection:
            rows = connection.execute(select(_ledger).order_by(_ledger.c.number)).mappings()
            return [Registered(**row) for row in rows]

    def overdue(self, today: date, limit: int) -> list[Registered]:
        decided = select(_outcomes.c.number).where(_outcomes.c.forecast == _ledger.c.number).exists()
        query = (
            select(_ledger)
            .where(_ledger.c.deadline < today.isoformat(), ~decided)
            .order_by(_ledger.c.deadline, _ledger.c.number)
            .limit(limit)
        )
        with self._reading() as connection:
            return [Registered(**row) for row in connection.execute(query).mappings()]

    def put_outcome(self, outcome: Outcome) -> Outcome:
        made = replace(outcome, at=now())
        with self._writing() as connection:
            known = select(_ledger.c.number).where(_ledger.c.number == made.forecast)
            if connection.execute(known).first() is None:
                raise KeyError(made.forecast)
            connection.execute(insert(_outcomes).values(**asdict(made)))
            audit.append(connection, made.person, "forecast decided", str(made.forecast), asdict(made))
        return made

    def outcomes(self) -> dict[int, Outcome]:
        with self._reading() as connection:
            rows = connection.execute(select(_outcomes).order_by(_outcomes.c.number))
            return {
                r.forecast: Outcome(r.forecast, r.outcome, r.evidence, r.person, r.reason, r.at) for r in rows
            }
