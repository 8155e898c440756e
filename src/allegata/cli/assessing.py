"""`allegata assess` and `grade`: what a person holds of a claim, and how reliable they hold a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.persons import ByOption, decider, given
from allegata.cli.terminal import plain, print_json

if TYPE_CHECKING:
    from allegata.model import Assessment, Grade
    from allegata.runs.assessing import Kept

NoteOption = Annotated[str | None, typer.Option("--why", help="Why; it is kept and shown.")]


def assess(
    claim: Annotated[str, typer.Argument(metavar="ID", help="The claim, by its id.")],
    credibility: Annotated[
        int | None, typer.Option("--credibility", "-c", help="Admiralty figure, 1 to 6; 1 takes two origins.")
    ] = None,
    likelihood: Annotated[
        str | None, typer.Option("--likelihood", "-l", help='ICD 203 words: "likely", "very unlikely", …')
    ] = None,
    confidence: Annotated[
        str | None, typer.Option("--confidence", help="In the assessment itself: low, moderate or high.")
    ] = None,
    alternative: Annotated[
        list[str] | None, typer.Option("--alternative", "-a", help="What else was considered; more than one.")
    ] = None,
    why: NoteOption = None,
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Say what you hold of a claim, or (with no option) show what persons hold of it. No count changes."""
    says = (credibility, likelihood, confidence, alternative, why) != (None, None, None, None, None)
    with held_library(store) as library:
        if library.claim(claim) is None:
            raise CommandError(
                f"there is no claim {plain(claim)}; 'allegata claims --store {store}' lists them"
            )
        if not says:
            return _list(library.assessments(claim), f"nobody assessed {plain(claim)} yet", json=json)
        note = given(why or "")
        try:
            made = library.assess(
                decider(library, by),
                claim,
                credibility=credibility,
                likelihood=likelihood,
                confidence=confidence,
                alternatives=alternative or (),
                note=note,
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
    _print(made, json=json)
    return OK


def grade(
    source: Annotated[str, typer.Argument(help="The source, as the claims name it.")],
    letter: Annotated[
        str | None, typer.Argument(help="A to F (Admiralty reliability); left out: show the grades.")
    ] = None,
    why: NoteOption = None,
    by: ByOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Say how reliable you hold a source to be, or show what persons said of it."""
    with held_library(store) as library:
        if letter is None:
            if why is not None:
                raise CommandError("a reason for which grade? give a letter, A to F")
            return _list(library.grades(source), f"nobody graded {plain(source)} yet", json=json)
        reason = given(why or "")
        try:
            made = library.grade(decider(library, by), source, letter.upper(), reason)
        except ValueError as error:
            raise CommandError(str(error)) from error
    _print(made, json=json)
    return OK


def _list(kept: list[Kept], empty: str, *, json: bool) -> int:
    for each in kept:
        _print(each.opinion, each.state, each.by, json=json)
    if not kept and not json:
        print(empty)
    return OK


def _print(opinion: Assessment | Grade, state: str = "holds", by: str = "", *, json: bool) -> None:
    from allegata.contract import to_plain
    from allegata.linking.assessments import graded, said
    from allegata.model import Grade

    if json:
        print_json({**to_plain(opinion), "state": state})
        return
    if isinstance(opinion, Grade):
        words, why = f"{opinion.source}: {graded(opinion.letter)}", opinion.reason
    else:
        words, why = said(opinion), opinion.note
    became = "" if state == "holds" else f" [{state}{f' by {by}' if by else ''}]"
    print(plain(f"{opinion.number}  {words} — {opinion.person}, {opinion.at[:10]}: {why}{became}"))


COMMANDS = (assess, grade)
