"""Claims as a table (CSV), one row a Claim, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from allegata.model import Claim

COLUMNS = (
    "id",
    "alleged",
    "act",
    "accuser",
    "accused",
    "place",
    "country",
    "first_seen",
    "last_seen",
    "documents",
    "outlets",
    "origins_low",
    "origins_high",
    "origins_named",
    "origins_anonymous",
    "origins_unresolved",
    "origins",
    "denied_by",
    "document_ids",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that a spreadsheet takes for the start of a formula (OWASP, CSV injection)."""


def claim_rows(claims: Iterable[Claim]) -> Iterator[str]:
    """The lines of a CSV file, its head first. Text that could be taken for a formula gets an apostrophe."""
    yield row(COLUMNS)
    for claim in claims:
        n = claim.independent_origins
        outlets = {m.outlet for m in claim.mentions if m.outlet}
        deniers = dict.fromkeys(r.source for r in claim.responses if r.stance == "deny")
        yield row(
            (
                claim.id,
                claim.proposition,
                claim.act,
                claim.accuser,
                claim.accused,
                claim.place.name if claim.place else None,
                claim.place.country if claim.place else None,
                claim.first_seen,
                claim.last_seen,
                len(claim.documents),
                len(outlets),
                n.low,
                n.high,
                n.named,
                n.anonymous,
                n.unresolved,
                "; ".join(o.source for o in claim.origins),
                "; ".join(deniers) or _no_denial(len(claim.documents)),
                "; ".join(claim.documents),
            )
        )


def _no_denial(documents: int) -> str:
    return f"no denial found in {documents} document{'' if documents == 1 else 's'}"


def row(cells: Iterable[object]) -> str:
    """A line of a CSV file. Text that a spreadsheet could take for a formula gets an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_safe(c) for c in cells])
    return out.getvalue().encode("utf-8", "replace").decode("utf-8")


def _safe(cell: object) -> object:
    if isinstance(cell, str):
        plain = cell.replace("\0", "")
        return f"'{plain}" if plain.lstrip().startswith(_FORMULA) or plain.startswith(_FORMULA) else plain
    return "" if cell is None else cell
