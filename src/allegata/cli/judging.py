"""`allegata judge`: a person's decisions, which outrank the machine."""

from __future__ import annotations

from enum import StrEnum
from json import dumps
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.persons import ByOption, WhyOption, decider, given
from allegata.cli.terminal import plain, print_json

if TYPE_CHECKING:
    from allegata.model import Claim, Judgement
    from allegata.runs.judging import Effect

app = typer.Typer(
    help="Decide what the machine only suggests: who had it from whom, who is who, what is one claim.",
    no_args_is_help=True,
)

DryOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change; decide nothing.")]


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"


class Same(StrEnum):
    SAME = "same"
    DIFFERENT = "different"


class Told(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    MOVES = "moves"


class Whose(StrEnum):
    OWN = "own"
    BORROWED = "borrowed"


@app.command()
def edge(
    upstream: Annotated[str, typer.Argument(help="A document, or the name of a source.")],
    downstream: Annotated[str, typer.Argument(help="The document that has it from there, or has not.")],
    answer: Annotated[YesNo, typer.Argument(help="Whether it had it from there.")],
    why: WhyOption,
    by: ByOption = None,
    dry_run: DryOption = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Whether a document had a claim from another, or from a source."""
    return _decide(store, "edge", [upstream, downstream], answer.value, by, why, dry=dry_run, json=json)


@app.command()
def origin(
    passage: Annotated[str, typer.Argument(help="DOCUMENT:START-END, what is said there.")],
    why: WhyOption,
    answer: Annotated[Whose, typer.Argument(help="Whether it is its own, or another's.")] = Whose.OWN,
    by: ByOption = None,
    dry_run: DryOption = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Whether what a passage says has an origin of its own, or goes back to another's, whosever."""
    return _decide(store, "origin", _passage(passage), answer.value, by, why, dry=dry_run, json=json)


@app.command()
def source(
    first: Annotated[str, typer.Argument(help="The name of a source.")],
    second: Annotated[str, typer.Argument(help="Another name.")],
    answer: Annotated[Same, typer.Argument(help="Whether it is one source.")],
    why: WhyOption,
    first_in: Annotated[str | None, typer.Option("--first-in", help="Only in this document.")] = None,
    second_in: Annotated[str | None, typer.Option("--second-in", help="Only in this document.")] = None,
    by: ByOption = None,
    dry_run: DryOption = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Whether two names are one source, wherever both are heard. An unnamed source needs the document that
    describes it."""
    subject = [[first_in, first], [second_in, second]]
    return _decide(store, "source", subject, answer.value, by, why, dry=dry_run, json=json)


@app.command()
def claim(
    first: Annotated[str, typer.Argument(help="DOCUMENT:START-END, a passage.")],
    second: Annotated[str, typer.Argument(help="DOCUMENT:START-END, another.")],
    answer: Annotated[
        Told, typer.Argument(help="Whether both tell of one claim, or the second belongs there.")
    ],
    why: WhyOption,
    by: ByOption = None,
    dry_run: DryOption = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Whether two passages tell of one claim: if not, the second leaves the claim of the first. One that
    moves leaves whatever claim it is in, and joins the first's."""
    subject = [_passage(first), _passage(second)]
    return _decide(store, "claim", subject, answer.value, by, why, dry=dry_run, json=json)


@app.command()
def stance(
    passage: Annotated[str, typer.Argument(help="DOCUMENT:START-END, what is said there.")],
    value: Annotated[str, typer.Argument(help="assert, allege, confirm, deny, doubt, retract, …")],
    why: WhyOption,
    by: ByOption = None,
    dry_run: DryOption = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """The stance of what a passage says."""
    return _decide(store, "stance", _passage(passage), value, by, why, dry=dry_run, json=json)


@app.command()
def reading(
    passage: Annotated[str, typer.Argument(help="DOCUMENT:START-END, from the cue to the last word said.")],
    why: WhyOption,
    none: Annotated[bool, typer.Option("--none", help="It is no statement.")] = False,
    speaker: Annotated[str | None, typer.Option(help="Who speaks; empty for nobody named.")] = None,
    value: Annotated[str | None, typer.Option("--stance", help="assert, allege, confirm, deny, …")] = None,
    content: Annotated[str | None, typer.Option(help="What is said: START-END, more with commas.")] = None,
    source: Annotated[str | None, typer.Option(help="The words that name who speaks.")] = None,
    cue: Annotated[str | None, typer.Option(help="The words that say that it is said.")] = None,
    by: ByOption = None,
    dry_run: DryOption = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Put right what was read as a statement, or say that it is none. What is left out stays as it is."""
    from allegata.linking.corrections import NO_STATEMENT

    at = _passage(passage)
    parts = {"content": content, "source": source, "cue": cue}
    says: dict[str, object] = {k: _parts(v) for k, v in parts.items() if v is not None}
    says |= {k: v for k, v in (("speaker", speaker), ("stance", value)) if v is not None}
    if none == bool(says):
        raise CommandError("say what is other about the statement, or --none")
    put = NO_STATEMENT if none else dumps(says, ensure_ascii=False)
    return _decide(store, "reading", at, put, by, why, dry=dry_run, json=json)


@app.command()
def undo(
    number: Annotated[int, typer.Argument(min=1, help="The judgement, by its number.")],
    why: WhyOption,
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Take a judgement back. Both stay to be read."""
    with held_library(store) as library:
        try:
            made = library.undo(decider(library, by), number, given(why))
        except ValueError as error:
            raise CommandError(f"{error}; 'allegata judge list --all' shows them") from error
    _print(made, json=json)
    return OK


@app.command("list")
def listing(
    all: Annotated[bool, typer.Option("--all", help="Also those taken back or replaced since.")] = False,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """The judgements that hold, oldest first."""
    with held_library(store) as library:
        listed = library.judgements(all=all)
    for judgement in listed:
        _print(judgement, json=json)
    if not listed and not json:
        print("no judgement yet; 'allegata judge --help' says what can be decided")
    return OK


def _decide(
    store: str, kind: str, subject: object, value: str, by: str | None, why: str, *, dry: bool, json: bool
) -> int:
    reason = given(why)
    with held_library(store) as library:
        person = decider(library, by)
        try:
            effect = library.judge_effect(kind, subject, value)
            made = None if dry else library.judge(person, kind, subject, value, reason)
        except ValueError as error:
            raise CommandError(str(error)) from error
    if made is not None:
        _print(made, json=json)
    if dry and json:
        print_json({"before": _plain(effect.before), "after": _plain(effect.after)})
    elif not json:
        _print_effect(effect)
    return OK


def _print(judgement: Judgement, *, json: bool) -> None:
    from allegata.contract import to_plain
    from allegata.linking.wording import in_words, said_by

    if json:
        print_json(to_plain(judgement))
    else:
        print(plain(f"{judgement.id}  {in_words(judgement)} — {said_by(judgement)}"))


def _print_effect(effect: Effect) -> None:
    """What it does to the claims, those first that lose or gain origins."""
    lines = []
    for old in effect.before:
        new = effect.counterpart(old)
        was, now = _count(old), _count(new) if new else "none"
        if was != now:
            lines.append(f"  {old.proposition[:80]}: origins {was} → {now}")
    more = len(effect.after) - len(effect.before)
    if more:
        lines.append(f"  claims {len(effect.before)} → {len(effect.after)}")
    print(plain("\n".join(lines)) if lines else "  no count of origins changes")


def _count(claim: Claim) -> str:
    n = claim.independent_origins
    return str(n.low) if n.low == n.high else f"{n.low}–{n.high}"


def _plain(claims: tuple[Claim, ...]) -> list[dict[str, object]]:
    from allegata.contract import to_plain

    return [
        {"id": c.id, "proposition": c.proposition, "independent_origins": to_plain(c.independent_origins)}
        for c in claims
    ]


def _passage(words: str) -> list[object]:
    """ "d02:10-85" to its parts."""
    document, _, span = words.rpartition(":")
    start, _, end = span.partition("-")
    if not document or not (start.isdecimal() and end.isdecimal() and len(start) < 10 and len(end) < 10):
        raise CommandError(f"“{words[:80]}” is no passage; write DOCUMENT:START-END, such as d02:10-85")
    return [document, int(start), int(end)]


def _parts(words: str) -> list[list[int]]:
    """ "10-85, 90-95" to its parts; nothing for an empty word."""
    found = [part.strip().partition("-") for part in words.split(",") if part.strip()]
    if any(not (a.isdecimal() and b.isdecimal() and len(a) < 10 and len(b) < 10) for a, _, b in found):
        raise CommandError(f"“{words[:80]}” is no part of a text; write START-END, such as 10-85")
    return [[int(a), int(b)] for a, _, b in found]
