"""`allegata watch`: saved queries, what sets them off, where that goes, and a round of looking and
sending."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli import inboxes
from allegata.cli.errors import OK, CommandError, complain
from allegata.cli.options import STORE, JsonOption, PrivateOption, StoreOption, held_library
from allegata.cli.persons import ByOption, WhyOption, decider, given
from allegata.cli.terminal import plain, print_json

if TYPE_CHECKING:
    from allegata.store.base import ClaimQuery

app = typer.Typer(
    help="Watch for claims, origins, denials, retractions, forecasts and tension.", no_args_is_help=True
)
for _command in (inboxes.inbox, inboxes.mark):
    app.command()(_command)


class Digest(StrEnum):
    NONE = "none"
    DAY = "day"
    WEEK = "week"


TextOption = Annotated[str | None, typer.Option("--text", help="Words of the claim, as for `claims`.")]
AccuserOption = Annotated[str | None, typer.Option("--accuser", help="Words in the accuser's name.")]
AccusedOption = Annotated[str | None, typer.Option("--accused", help="Words in the name of the accused.")]
ActOption = Annotated[str | None, typer.Option("--act", help="The PLOVER root of the act, such as ASSAULT.")]
CountryOption = Annotated[str | None, typer.Option("--country", help="Where: a code of three letters.")]
TriggerOption = Annotated[
    list[str] | None, typer.Option("--trigger", "-t", help="What sets it off (again for more); else all.")
]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    why: WhyOption,
    text: TextOption = None,
    accuser: AccuserOption = None,
    accused: AccusedOption = None,
    act: ActOption = None,
    country: CountryOption = None,
    trigger: TriggerOption = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to", help="atom:FILE, json:FILE, mailto:ADDRESS, https://…, apprise:URL; more than one."
        ),
    ] = None,
    digest: Annotated[Digest, typer.Option(help="Send at once, or collected by day or week.")] = Digest.NONE,
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Watch a query. What is in the store already sets nothing off."""
    from allegata.runs.targets import TargetError

    with held_library(store) as library:
        try:
            watch = library.watch(
                name,
                person=decider(library, by),
                reason=given(why),
                query=_query(text, accuser, accused, act, country),
                triggers=trigger or (),
                targets=to or (),
                digest=digest.value,
            )
        except (ValueError, TargetError) as error:
            raise CommandError(str(error)) from error
    if json:
        from allegata.contract import to_plain

        print_json(to_plain(watch))
    else:
        print(plain(f"watching {name}; look and send with: allegata watch run --store {store}"))
    return OK


@app.command(name="list")
def list_(store: StoreOption = STORE, json: JsonOption = False) -> int:
    """What is watched, and what waits to be sent."""
    from allegata.contract import to_plain

    with held_library(store) as library:
        held = [(w, library.store.deliveries(w.number)) for w in library.watches()]
    for watch, deliveries in held:
        states = Counter(d.state for d in deliveries)
        if json:
            print_json({**to_plain(watch), "deliveries": dict(states)})
            continue
        fields = ("text", "accuser", "accused", "act", "country")
        query = ", ".join(f"{f} {v}" for f in fields if (v := getattr(watch.query, f)))
        sent = ", ".join(f"{n} {state}" for state, n in sorted(states.items())) or "nothing sent"
        print(plain(f"{watch.name}: {query or 'everything'} · {', '.join(watch.triggers)}"))
        print(plain(f"  to {', '.join(watch.targets) or 'nobody'} · {sent}"))
        print(plain(f"  by {watch.person}, {watch.at[:10]}: {watch.reason}"))
        for late in [d for d in deliveries if d.note and d.state != "sent"][-3:]:
            print(plain(f"  {late.state}: {late.target}: {late.note} ({late.attempts} attempts)"))
    if not held and not json:
        print("nothing is watched")
    return OK


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="The watch's name.")],
    why: WhyOption,
    by: ByOption = None,
    store: StoreOption = STORE,
) -> int:
    """Watch no longer. What was sent stays on record; what waits is not sent."""
    with held_library(store) as library:
        try:
            library.store.remove_watch(name, decider(library, by), given(why))
        except KeyError as error:
            raise CommandError(f"there is no watch {plain(name)!r}; see allegata watch list") from error
    print(plain(f"{name} is no longer watched"))
    return OK


@app.command()
def preview(
    name: Annotated[str | None, typer.Argument(help="A watch; else the query of the options.")] = None,
    text: TextOption = None,
    accuser: AccuserOption = None,
    accused: AccusedOption = None,
    act: ActOption = None,
    country: CountryOption = None,
    trigger: TriggerOption = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="The last days of the collection.")] = 30,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """How often a watch would have fired in the last 30 days of the collection, and for what."""
    from allegata.contract import to_plain
    from allegata.monitoring.events import TRIGGERS, WORDS

    if unknown := [t for t in trigger or () if t not in TRIGGERS]:
        raise CommandError(f"there is no trigger {plain(unknown[0])!r}; there are {', '.join(TRIGGERS)}")
    query = _query(text, accuser, accused, act, country)
    triggers = tuple(trigger or ())
    with held_library(store) as library:
        if name is not None:
            watch = next((w for w in library.watches() if w.name == name), None)
            if watch is None:
                raise CommandError(f"there is no watch {plain(name)!r}; see allegata watch list")
            query, triggers = watch.query, triggers or watch.triggers
        found = library.watch_preview(query, triggers=triggers, days=days)
    if json:
        for event in found.events:
            print_json(to_plain(event))
        return OK
    kinds = Counter(e.kind for e in found.events)
    listed = ", ".join(f"{n} × {WORDS[kind]}" for kind, n in kinds.most_common())
    print(plain(f"{found.since} to {found.until}: {len(found.events)} times{': ' if listed else ''}{listed}"))
    for event in found.events[-20:]:
        print(plain(f"  {(event.at or '')[:10] or 'no date'}  {WORDS[event.kind]}: {event.title}"))
    if len(found.events) > 20:
        print(f"  the last 20 of {len(found.events)}; all with --json")
    return OK


@app.command()
def run(
    allow_private: PrivateOption = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Look for what is new, and send what waits. To be run again and again, by cron or a timer."""
    from allegata.contract import to_plain

    with held_library(store) as library:
        done = library.watch_run(allow_private=allow_private)
    for sent in done.sent:
        if json:
            print_json(to_plain(sent))
        if sent.state != "sent":
            more = "it is tried again later" if sent.state == "waiting" else "it is given up"
            complain(f"{sent.watch}: {sent.target}: {sent.note}; {more}")
    if not json:
        states = Counter(s.state for s in done.sent)
        print(
            f"{done.found} events, {done.put} for watches; {states['sent']} messages sent, "
            f"{states['waiting']} wait, {states['failed']} given up"
        )
    return OK


def _query(
    text: str | None, accuser: str | None, accused: str | None, act: str | None, country: str | None
) -> ClaimQuery:
    from allegata.store.base import ClaimQuery

    return ClaimQuery(text, accuser, accused, act, country)
