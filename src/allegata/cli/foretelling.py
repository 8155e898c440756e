"""`allegata forecast`: the ledger of forecasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.persons import ByOption, WhyOption, decider, given
from allegata.cli.terminal import plain, print_json

if TYPE_CHECKING:
    from allegata.library import Library
    from allegata.monitoring.ledger import Registered, Suggestion

app = typer.Typer(help="Forecasts that count: with an event, a deadline and a rule.", no_args_is_help=True)


class Came(StrEnum):
    YES = "yes"
    NO = "no"
    VOID = "void"


@app.command()
def add(
    why: WhyOption,
    document: Annotated[
        str | None, typer.Argument(help="The document that says it; its words fill in what is left out.")
    ] = None,
    start: Annotated[
        int | None, typer.Option("--start", min=0, help="Where its sentence starts, if it foretells several.")
    ] = None,
    event: Annotated[str | None, typer.Option("--event", help="What is to happen.")] = None,
    deadline: Annotated[str | None, typer.Option("--deadline", help="The last day: 2026-03-31.")] = None,
    rule: Annotated[str | None, typer.Option("--rule", help="What decides it; always a person's.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Who foretold it.")] = None,
    condition: Annotated[str | None, typer.Option("--condition", help="What must hold first.")] = None,
    probability: Annotated[
        float | None,
        typer.Option("--probability", help="From 0 to 1; else what the words of likelihood say."),
    ] = None,
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Register a forecast. Without event, deadline and rule it is speculation and not counted."""
    from allegata.contract import to_plain
    from allegata.monitoring.ledger import Registered

    with held_library(store) as library:
        found = _suggestion(library, document, start) if document is not None else None
        forecast = Registered(
            event=event or (found.event if found else None) or "",
            deadline=deadline or (found.deadline if found else None) or "",
            rule=rule or "",
            source=source or (found.source if found else None) or "",
            person=decider(library, by),
            reason=given(why),
            condition=condition or (found.condition if found else None),
            probability=probability if probability is not None else found.probability if found else None,
        )
        if found is not None:
            forecast = replace(forecast, document=found.document, start=found.start, end=found.end)
        try:
            made = library.register_forecast(forecast)
        except ValueError as error:
            hint = f"; suggested rule: {found.rule}" if found and found.rule and not rule else ""
            raise CommandError(f"{error}{hint}") from error
    if json:
        print_json(to_plain(made))
    else:
        print(plain(f"forecast {made.number}: {made.source}: {made.event}, by {made.deadline}"))
    return OK


@app.command(name="list")
def list_(
    suggested: Annotated[
        bool, typer.Option("--suggested", help="What the documents foretell, registered or not.")
    ] = False,
    due: Annotated[bool, typer.Option("--due", help="Only those whose day has passed, undecided.")] = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """The registered forecasts with their outcomes, and each source's record."""
    from allegata.contract import to_plain

    with held_library(store) as library:
        if suggested:
            return _list_suggested(library.suggest_forecasts(), json)
        today = datetime.now(UTC).date()
        held = library.forecasts_due(today) if due else library.store.registered()
        outcomes, records = library.store.outcomes(), library.forecast_records()
    for forecast in held:
        outcome = outcomes.get(forecast.number)
        if json:
            print_json({"kind": "forecast", **to_plain(forecast), "outcome": to_plain(outcome)})
        else:
            print(plain(_line(forecast, today.isoformat(), outcome.outcome if outcome else None)))
    if due:
        return OK
    for record in records:
        if json:
            print_json({"kind": "record", **to_plain(record)})
            continue
        brier = f"Brier {record.brier:.3f} (n = {record.scored})" if record.brier is not None else "no Brier"
        print(
            plain(
                f"{record.source}: {record.registered} registered, {record.decided} decided, "
                f"{record.void} void, {brier}"
            )
        )
    if not held and not json:
        print("no forecast is registered; see what is foretold with: allegata forecast list --suggested")
    return OK


@app.command()
def resolve(
    number: Annotated[int, typer.Argument(help="The forecast's number.")],
    outcome: Annotated[Came, typer.Argument(help="Whether it came so; void where the rule cannot decide.")],
    evidence: Annotated[
        str, typer.Option("--evidence", help="What shows it: a document, a claim, an address.")
    ],
    why: WhyOption,
    by: ByOption = None,
    store: StoreOption = STORE,
) -> int:
    """Say how a forecast came out. A later word outranks an earlier one, which stays on record."""
    from allegata.monitoring.ledger import Outcome

    if not evidence.strip():
        raise CommandError("no evidence is given; say what shows it with --evidence")
    with held_library(store) as library:
        try:
            library.store.put_outcome(
                Outcome(number, outcome.value, " ".join(evidence.split()), decider(library, by), given(why))
            )
        except KeyError as error:
            raise CommandError(f"there is no forecast {number}; see allegata forecast list") from error
    print(f"forecast {number}: {outcome.value}")
    return OK


def _suggestion(library: Library, document: str, start: int | None) -> Suggestion:
    from allegata.monitoring.ledger import suggest

    reading = library.reading(document)
    if reading is None:
        raise CommandError(f"there is no document {plain(document)!r} that was read; check its id")
    found = suggest([reading])
    if start is not None:
        found = [s for s in found if s.start == start]
    if not found:
        raise CommandError(f"nothing is foretold there in {plain(document)!r}; see forecast list --suggested")
    if len(found) > 1:
        starts = ", ".join(str(s) for s in sorted(s.start for s in found)[:10])
        raise CommandError(f"{plain(document)!r} foretells several things; say which with --start: {starts}")
    return found[0]


def _list_suggested(found: list[Suggestion], json: bool) -> int:
    from allegata.contract import to_plain

    for one in found:
        if json:
            print_json(to_plain(one))
            continue
        print(plain(f"{one.deadline or 'no day'}  {one.source or 'nobody named'}: “{one.text}”"))
        print(
            plain(f"  {one.document}, --start {one.start} · {one.status}; missing: {', '.join(one.missing)}")
        )
    if not found and not json:
        print("the documents foretell nothing")
    return OK


def _line(forecast: Registered, today: str, outcome: str | None) -> str:
    state = outcome or ("DUE" if forecast.deadline < today else "open")
    sure = f", {forecast.probability:.0%}" if forecast.probability is not None else ""
    return f"{forecast.number}  {forecast.deadline}  {state}  {forecast.source}{sure}: {forecast.event}"
