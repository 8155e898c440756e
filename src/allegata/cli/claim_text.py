"""A Claim in words for a terminal: in a list, and whole. "Alleged" stands in every heading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from allegata.cli.terminal import plain
from allegata.linking.relations import WORDS as RELATION_WORDS
from allegata.model import Claim, Mention, Response
from allegata.monitoring.moments import instant
from allegata.monitoring.names import party
from allegata.web import words

_LAST = datetime.max.replace(tzinfo=UTC)
MOST_DENIERS = 3


def claim_table(claims: Iterable[Claim]) -> Table:
    """Claims, one row each: its id, and what is to be known of it at a glance."""
    table = Table(box=None, show_header=False, padding=(0, 2, 1, 0), expand=False)
    table.add_column("id", no_wrap=True, style="dim")
    table.add_column("claim", overflow="fold")
    for claim in claims:
        what = Text("\n").join(
            line
            for line in (
                Text(plain(words.alleged(claim.proposition)), style="bold"),
                Text(str(words.strip_of(claim)), style="cyan"),
                Text(_particulars(claim)),
                Text(denial_words(claim), style="dim" if not words.deniers(claim) else ""),
            )
            if line.plain
        )
        table.add_row(plain(claim.id), what)
    return table


def print_heading(out: Console, claim: Claim) -> None:
    """The proposition, marked as alleged, over its counts."""
    out.print(Text(plain(words.alleged(claim.proposition)), style="bold"))
    out.print(Text(str(words.strip_of(claim)), style="cyan"))


def print_claim(out: Console, claim: Claim) -> None:
    """The whole of a Claim: origins, mentions in the order of time, responses, who had it from whom."""
    print_heading(out, claim)
    if particulars := _particulars(claim):
        out.print(Text(particulars))
    out.print(Text(f"claim {plain(claim.id)}", style="dim"))
    _section(out, "Origins", (_origin_lines(claim)))
    _section(out, "Mentions", [_mention_line(m) for m in _in_time(claim.mentions)])
    _section(out, "Responses", _response_lines(claim))
    _section(
        out,
        "Who had it from whom",
        [
            f"{plain(e.downstream)} from {plain(e.upstream)}: {words.EDGE_WORDS.get(e.kind, e.kind)}"
            f"{f' (inferred, {e.confidence:.0%})' if e.inferred else ''}"
            for e in claim.edges
        ],
    )
    _section(
        out,
        "Circular reporting",
        [f"{plain(b)} presents as confirmation what leads back to {plain(a)}" for a, b in claim.circular],
    )
    _section(
        out,
        "Other claims of the story",
        [f"{plain(r.claim)} {RELATION_WORDS[r.relation]}" for r in claim.related],
    )
    out.print(Text(f"\nThe evidence for each: allegata why {plain(claim.id)}", style="dim"))


def denial_words(claim: Claim) -> str:
    """Who denies it; where nobody was found to, just that, and in how many documents."""
    names = [plain(party(r.source)) for r in words.deniers(claim)]
    if not names:
        return words.no_denial(claim)
    more = f" and {len(names) - MOST_DENIERS} more" if len(names) > MOST_DENIERS else ""
    return f"denied by {'; '.join(names[:MOST_DENIERS])}{more}"


def no_response(claim: Claim) -> str:
    """What is said where nobody was found to respond: never assent."""
    return f"no response found in {words.counted(len(words.documents_of(claim)), 'document')}"


def _particulars(claim: Claim) -> str:
    """Who accuses whom of what kind of act, where and when, as far as is known."""
    parts = []
    if claim.accuser and claim.accused:
        parts.append(f"{party(claim.accuser)} accuses {party(claim.accused)}")
    elif claim.accuser:
        parts.append(f"{party(claim.accuser)} says so")
    elif claim.accused:
        parts.append(f"{party(claim.accused)} is accused")
    if claim.act:
        parts.append(claim.act)
    if claim.place is not None:
        country = f" ({claim.place.country})" if claim.place.country else ""
        parts.append(f"{claim.place.name}{country}")
    if claim.first_seen or claim.last_seen:
        parts.append(words.time_range(claim.first_seen, claim.last_seen))
    return plain(" · ".join(parts))


def _origin_lines(claim: Claim) -> list[str]:
    lines = []
    for origin in claim.origins:
        withdrawn = f"; withdrawn {words.day(origin.withdrawn_at)}" if origin.withdrawn_at else ""
        kind = words.origin_words(origin)
        rounds = f"; said {words.rounds_of(origin)}" if len(origin.rounds) > 1 else ""
        lines.append(
            f"{plain(origin.source)} ({kind}), first in {plain(origin.first_document)}{rounds}{withdrawn}"
        )
    return lines or ["none found"]


def _mention_line(mention: Mention) -> str:
    """A mention with its chain of speakers, innermost first, and what it was copied from."""
    chain = " ← ".join(plain(s) for s in mention.speakers)
    verb = words.STANCE_WORDS.get(mention.stance, mention.stance)
    said = f"{verb}: {chain}" if chain else f"{verb}, no speaker named"
    outlet = plain(mention.outlet or words.host_of(mention.url) or "")
    where = f"{plain(mention.document)}, {outlet}" if outlet else plain(mention.document)
    copy = f"; copy of {plain(mention.copy_of)}" if mention.copy_of else ""
    return f"{words.day(mention.published)}  {where}: {said}{copy}"


def _response_lines(claim: Claim) -> list[str]:
    if not claim.responses:
        return [no_response(claim)]
    lines = [_response_line(r) for r in claim.responses]
    if not words.deniers(claim):
        lines.append(words.no_denial(claim))
    return lines


def _response_line(response: Response) -> str:
    verb = words.STANCE_WORDS.get(response.stance, response.stance)
    return f"{plain(response.source)} {verb} ({plain(response.document)})"


def _in_time(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda m: (instant(m.published) or _LAST, m.document))


def _section(out: Console, title: str, lines: Iterable[str]) -> None:
    """A heading with one line an item, left out where there is none."""
    rows = list(lines)
    if rows:
        out.print(Text(f"\n{title}", style="bold"))
        for row in rows:
            out.print(Padding(Text(row), (0, 0, 0, 2), expand=False))
