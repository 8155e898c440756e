"""`allegata claims`, `show` and `why`: what is alleged, by whom, and on what the count rests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.errors import OK, CommandError
from allegata.cli.options import STORE, JsonOption, StoreOption, held_library
from allegata.cli.terminal import console, plain, print_json

if TYPE_CHECKING:
    from allegata.library import Library
    from allegata.model import Claim

TextFilter = Annotated[str | None, typer.Option(help="Only claims with this in the name.")]


def claims(
    query: Annotated[
        str | None, typer.Argument(help="Words that the claim, or what carries it, must hold.")
    ] = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
    accused: TextFilter = None,
    accuser: TextFilter = None,
    act: Annotated[str | None, typer.Option(help="PLOVER root of the alleged act, such as ASSAULT.")] = None,
    country: Annotated[str | None, typer.Option(help="Country of the act: a code of three letters.")] = None,
    since: Annotated[str | None, typer.Option(help="Seen on or after it: 2025, 2025-03, 2025-03-06.")] = None,
    until: Annotated[str | None, typer.Option(help="Seen on or before this date.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    all: Annotated[bool, typer.Option("--all", help="Claims that one document carries, too.")] = False,
) -> int:
    """List the claims that several documents carry (or every claim, where none is carried by several)."""
    from allegata.web.query import read_search

    given = {
        "q": query, "accused": accused, "accuser": accuser, "act": act, "country": country, "since": since,
        "until": until,
    }  # fmt: skip
    wanted = read_search((name, value) for name, value in given.items() if value is not None).store_query(
        limit, 0
    )
    with held_library(store) as library:
        found = library.find_claims(wanted, all=all)
        if json:
            for claim in found:
                print_json(_claim_json(claim))
            return OK
        left = library.count_claims(wanted) - len(found)
    from allegata.cli.claim_text import claim_table

    out = console()
    if found:
        out.print(claim_table(found))
    else:
        out.print(
            "no claims found" + (" for these words and filters" if any(given.values()) else " in this store")
        )
    if left > 0:
        more = (
            "raise --limit, or give words or filters" if all or limit else "allegata claims --all lists them"
        )
        out.print(f"{left:,} more {'claim' if left == 1 else 'claims'}: {more}")
    return OK


AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="As it stood at the end of this day: 2025-03-06.")
]


def day_of(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise CommandError(f"--as-of {plain(words or '')!r} is no day; write it as 2025-03-06") from error


def standing_at(library: Library, claim_id: str, day: date | None) -> Claim | None:
    """The claim as it is or was; a day before all of it is refused."""
    claim = library.claim(claim_id)
    if claim is None or day is None:
        return claim
    found = library.claim(claim_id, as_of=day)
    if found is None:
        raise CommandError(f"nothing of the claim was out by {day}; it was first seen {claim.first_seen}")
    return found


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a claim or of a document.")],
    as_of: AsOfOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Show a claim with its origins, mentions and responses, or a document with its claims."""
    day = day_of(as_of)
    with held_library(store) as library:
        claim = standing_at(library, id, day)
        if claim is not None:
            if json:
                print_json(_claim_json(claim))
            else:
                from allegata.cli.claim_text import print_claim

                print_claim(console(), claim)
            return OK
        reading, document = library.reading(id), library.document(id)
        if document is None:
            raise CommandError(
                f"{store} holds no claim or document {plain(id)!r}; list: allegata claims --all"
            )
        if reading is None:
            raise CommandError(
                f"{plain(id)} is stored but not read yet; complete it with: allegata add PATH --store {store}"
            )
        if json:
            from allegata.contract import reading_json

            print_json(reading_json(reading))
        else:
            from allegata.cli.xray_text import print_document

            print_document(console(), reading, library.store.claims_of(id))
    return OK


def why(
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a claim.")],
    as_of: AsOfOption = None,
    store: StoreOption = STORE,
    json: JsonOption = False,
) -> int:
    """Say why the count of a claim's origins is what it is, edge by edge."""
    day = day_of(as_of)
    with held_library(store) as library:
        claim = standing_at(library, id, day)
        if claim is None:
            raise CommandError(f"{store} holds no claim {plain(id)!r}; see allegata claims --all")
        reasons = library.why(id, as_of=day)
    if json:
        print_json({"claim": id, "why": reasons})
        return OK
    from rich.padding import Padding

    from allegata.web.words import alleged

    out = console()
    out.print(plain(alleged(claim.proposition)), style="bold")
    for reason in reasons:
        depth = len(reason) - len(reason.lstrip())
        out.print(Padding(plain(reason), (0, 0, 0, depth), expand=False))
    return OK


def _claim_json(claim: Claim) -> dict[str, object]:
    from allegata.contract import claim_json

    return claim_json(claim)


COMMANDS = (claims, show, why)
