"""Runs of the machine, and what persons decided. Judgements are only ever added."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select, update

from allegata.model import Judgement
from allegata.store import audit, schema
from allegata.store.database import Database, chunks, now

_judgements, _runs = schema.judgements, schema.runs


class People(Database):
    """The part of the store that says who did what."""

    def start_run(self, component: str, arguments: str) -> int:
        with self._writing() as connection:
            return int(
                connection.execute(
                    insert(_runs)
                    .values(component=component, arguments=arguments, started=now())
                    .returning(_runs.c.number)
                ).scalar_one()
            )

    def finish_run(self, run: int, status: str) -> None:
        """KeyError where there is no such run."""
        with self._writing() as connection:
            done = connection.execute(
                update(_runs).where(_runs.c.number == run).values(finished=now(), status=status)
            )
            if done.rowcount == 0:
                raise KeyError(run)

    def put_judgement(
        self,
        person: str,
        kind: str,
        subject: str,
        value: str,
        reason: str,
        undoes: int | None = None,
        touching: Iterable[str] = (),
    ) -> Judgement:
        """KeyError where ``undoes`` names no Judgement, or ``touching`` an unknown document."""
        at = now()
        with self._writing() as connection:
            numbers = self._all_numbers(connection, touching)
            for chunk in chunks(sorted(set(numbers.values()))):
                connection.execute(
                    update(schema.documents).where(schema.documents.c.number.in_(chunk)).values(linked=False)
                )
            if undoes is not None:
                known = select(_judgements.c.number).where(_judgements.c.number == undoes)
                if connection.execute(known).first() is None:
                    raise KeyError(undoes)
            number = connection.execute(
                insert(_judgements)
                .values(
                    person=person,
                    at=at,
                    kind=kind,
                    subject=subject,
                    value=value,
                    reason=reason,
                    undoes=undoes,
                )
                .returning(_judgements.c.number)
            ).scalar_one()
            content = {"kind": kind, "subject": subject, "value": value, "reason": reason, "undoes": undoes}
            audit.append(connection, person, "judgement", str(number), content)
        return Judgement(number, person, at, kind, subject, value, reason, undoes)

    def judgements(self, subject: str | None = None) -> list[Judgement]:
        """In the order they were made."""
        query = select(_judgements).order_by(_judgements.c.number)
        if subject is not None:
            query = query.where(_judgements.c.subject == subject)
        with self._reading() as connection:
            return [
                Judgement(r.number, r.person, r.at, r.kind, r.subject, r.value, r.reason, r.undoes)
                for r in connection.execute(query)
            ]
