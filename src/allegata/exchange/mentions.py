"""The mentions of one Claim as a table (CSV), one row a mention, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from allegata.exchange.tables import row
from allegata.model import Claim

COLUMNS = (
    "claim",
    "alleged",
    "document",
    "url",
    "outlet",
    "published",
    "stance",
    "speakers_innermost_first",
    "had_it_from",
    "copy_of",
    "origins",
    "origins_low",
    "origins_high",
)


def mention_rows(claim: Claim) -> Iterator[str]:
    """The lines of a CSV file, its head first. The interval of the Claim's origins stands in every row, so
    that no row counts for itself."""
    sources = {o.id: o.source for o in claim.origins}
    count = claim.independent_origins
    yield row(COLUMNS)
    for m in claim.mentions:
        yield row(
            (
                claim.id,
                claim.proposition,
                m.document,
                m.url,
                m.outlet,
                m.published,
                m.stance,
                " < ".join(m.speakers),
                "; ".join(dict.fromkeys(c.source for c in m.cites)),
                m.copy_of,
                "; ".join(sources.get(o, o) for o in m.origin_ids),
                count.low,
                count.high,
            )
        )
