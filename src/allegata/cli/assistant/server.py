"""The tools that an assistant is given. Without a person who stands for it, they only read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

import allegata
from allegata.cli.assistant import telling
from allegata.cli.assistant.quoting import LONG, NOTICE, bounded, quoted
from allegata.linking.decisions import VALUES, BadJudgementError
from allegata.model import Document, Judgement, Reading
from allegata.runs import judging as deciding
from allegata.runs.judged import LONGEST_REASON
from allegata.store.base import StoreError
from allegata.store.pages import place_of
from allegata.web.api.paging import LONGEST, decode, encode
from allegata.web.api.standing import Standing
from allegata.web.errors import NotFoundError
from allegata.web.query import MAX_WORDS, BadQuery, read_search
from allegata.web.views.judging import MOST, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegata.library import Library

LONGEST_TEXT = 100_000
LONGEST_VALUE = 4000
MOST_FOUND = 20
THROUGH = "(through an assistant)"
"""Stands after the reason of every decision that an assistant made."""

INSTRUCTIONS = (
    "Allegata knows, for every allegation in a collection of news and posts, who said it, who they had it "
    "from, and how many people independently know, as an interval. Never report a count of mentions without "
    "the interval of independent origins, never drop “alleged”, and do not take silence for assent: say “no "
    f"denial found in N documents”. {NOTICE}"
)

Words = Annotated[str | None, Field(max_length=MAX_WORDS)]
ClaimId = Annotated[str, Field(min_length=1, max_length=MAX_WORDS, description="Id of a claim.")]
Day = Annotated[
    str | None,
    Field(max_length=10, description="As it stood at the end of this day, such as 2025-03-06."),
]

_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_WRITES = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False
)


def build(library: Library, person: str | None = None) -> MCPServer[Any]:
    """The server over a store. It decides only where a ``person`` is named, and in that person's name."""
    server: MCPServer[Any] = MCPServer(
        "allegata", version=allegata.__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    standing = Standing(library.store)
    _add_reading(server, library)
    _add_finding(server, library)
    _add_claims(server, library, standing)
    if person is not None:
        _add_deciding(server, library, person)
    return server


@contextmanager
def _plain_errors() -> Iterator[None]:
    """What is wrong, told to the assistant in one line."""
    try:
        yield
    except NotFoundError as error:
        raise ToolError(f"{error} {error.hint}") from error
    except (BadQuery, StoreError) as error:
        raise ToolError(str(error)) from error
    except BadJudgementError as error:
        raise ToolError(sentence(error)) from error


def _add_reading(server: MCPServer[Any], library: Library) -> None:
    @server.tool(annotations=_READS)
    def read(
        text: Annotated[
            str | None, Field(max_length=LONGEST_TEXT, description="A text to read; nothing is stored.")
        ] = None,
        document: Annotated[
            str | None, Field(max_length=MAX_WORDS, description="Or the id of a document in the store.")
        ] = None,
        outlet: Words = None,
        published: Annotated[str | None, Field(max_length=40, description="When, as ISO 8601.")] = None,
    ) -> dict[str, Any]:
        """Read a text: who is quoted, through whom and in which stance, what is alleged against whom, and
        which part nobody stands for."""
        with _plain_errors():
            return bounded(telling.reading(_read(library, text, document, outlet, published)))


def _read(
    library: Library, text: str | None, document: str | None, outlet: str | None, published: str | None
) -> Reading:
    if (text is None) == (document is None):
        raise BadQuery("Give a text, or the id of a document in the store: one of both.")
    if text is not None:
        if not text.strip():
            raise BadQuery("The text is empty.")
        safe = text.encode("utf-8", "replace").decode("utf-8")
        return allegata.read(Document("text", safe, outlet=outlet, published=published))
    found = library.reading(document or "")
    if found is None:
        raise BadQuery("There is no such document in this store, or it was not read yet.")
    return found


def _add_finding(server: MCPServer[Any], library: Library) -> None:
    @server.tool(annotations=_READS)
    def find_claims(
        query: Annotated[Words, Field(description="Words that the claim, or what carries it, holds.")] = None,
        accuser: Words = None,
        accused: Words = None,
        act: Annotated[Words, Field(description="PLOVER root of the alleged act, such as ASSAULT.")] = None,
        country: Annotated[Words, Field(description="Country of the act, three letters.")] = None,
        since: Annotated[Words, Field(description="Seen on or after: 2025, 2025-03, 2025-03-06.")] = None,
        until: Annotated[Words, Field(description="Seen on or before.")] = None,
        limit: Annotated[int, Field(ge=1, le=MOST_FOUND)] = 10,
        cursor: Annotated[
            str | None, Field(max_length=LONGEST, description="“next” of the answer before.")
        ] = None,
    ) -> dict[str, Any]:
        """Find claims, those of most documents first: what is alleged, by whom, and how many independently
        know."""
        asked = {
            "q": query, "accuser": accuser, "accused": accused, "act": act, "country": country,
            "since": since, "until": until,
        }  # fmt: skip
        with _plain_errors():
            search = read_search((k, v) for k, v in asked.items() if v is not None)
            wanted = replace(search.store_query(None, 0), typing=False)
            after = decode(cursor, int, str, str)
            found = library.store.cards_after(wanted, after, limit + 1)
        shown = found[:limit]
        following = encode(*place_of(shown[-1])) if len(found) > limit else None
        return bounded({"claims": [telling.card(c) for c in shown], "next": following})


def _add_claims(server: MCPServer[Any], library: Library, standing: Standing) -> None:
    def stood(
        claim: str, as_of: str | None, tell: Callable[..., dict[str, Any]], *more: Any
    ) -> dict[str, Any]:
        with _plain_errors():
            return bounded(tell(library.store, standing.of(claim, as_of), *more))

    @server.tool(annotations=_READS)
    def show_claim(
        claim: ClaimId,
        as_of: Day = None,
        first_mention: Annotated[int, Field(ge=0, le=1_000_000, description="Mentions to pass over.")] = 0,
    ) -> dict[str, Any]:
        """Show a claim: the interval of its origins, who they are, who mentions it and who had it from
        whom, with the passages."""
        return stood(claim, as_of, telling.claim, first_mention)

    @server.tool(annotations=_READS)
    def why(claim: ClaimId, as_of: Day = None) -> dict[str, Any]:
        """Say why the count of a claim's origins is what it is, edge by edge."""
        return stood(claim, as_of, telling.reasons)

    @server.tool(annotations=_READS)
    def responses(claim: ClaimId, as_of: Day = None) -> dict[str, Any]:
        """Say who answers a claim: confirms, denies, doubts. No denial found is just that, never assent."""
        return stood(claim, as_of, telling.answers)


def _add_deciding(server: MCPServer[Any], library: Library, person: str) -> None:
    @server.tool(annotations=_WRITES)
    def judge(
        kind: Annotated[str, Field(max_length=40, description=f"One of {', '.join(VALUES)}.")],
        subject: Annotated[
            list[Any],
            Field(
                min_length=1,
                max_length=4,
                description="edge: [upstream document, downstream document]; origin, stance, reading: "
                "[document, start, end], a passage; claim: two passages; source: [[document or null, name], "
                "[document or null, name]].",
            ),
        ],
        value: Annotated[
            str,
            Field(
                max_length=LONGEST_VALUE,
                description="edge: yes or no; origin: own or borrowed; source: same or different; claim: "
                "same, different or moves (the second joins the first's); stance: a stance; reading: JSON.",
            ),
        ],
        reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON - len(THROUGH) - 1)],
        dry_run: Annotated[bool, Field(description="Only show what it would change.")] = True,
    ) -> dict[str, Any]:
        """Decide what the machine only suggests, in the name of the person who allowed it; it outranks the
        machine and can be undone. Show what it would change first, and decide only what the person asked
        for."""
        store = library.store
        with _plain_errors():
            effect = deciding.effect(store, kind, subject, value, most=MOST)
            changed = [telling.before_and_after(c, effect.counterpart(c)) for c in effect.before]
            if dry_run:
                return bounded({"decided": None, "would_change": changed})
            told = f"{reason.strip()} {THROUGH}"
            made = deciding.judge(store, person, kind, subject, value, told, most=MOST)
        return bounded({"decided": _judgement(made), "changed": changed})

    @server.tool(annotations=_WRITES)
    def undo(
        judgement: Annotated[int, Field(ge=1, le=1_000_000_000)],
        reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON - len(THROUGH) - 1)],
    ) -> dict[str, Any]:
        """Take back a judgement of the person who allowed it. Both stay to be read."""
        store = library.store
        with _plain_errors():
            theirs = next((j.person for j in store.judgements() if j.id == judgement), person)
            if theirs != person:
                raise BadQuery("Somebody else decided this: only they, or a reviewer, take it back.")
            made = deciding.undo(store, person, judgement, f"{reason.strip()} {THROUGH}", most=MOST)
        return bounded({"decided": _judgement(made)})


def _judgement(made: Judgement) -> dict[str, Any]:
    return {
        "judgement": made.id,
        "person": quoted(made.person),
        "kind": made.kind,
        "value": quoted(made.value),
        "reason": quoted(made.reason, LONG),
        "undoes": made.undoes,
    }
