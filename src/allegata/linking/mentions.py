"""The appearances of a Claim in one Document, as a reader would list them."""

from __future__ import annotations

from collections.abc import Sequence

from allegata.linking.naming import as_written
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Citation, Edge, Mention


def find_mentions(
    text: Text,
    tellings: Sequence[Telling],
    cites: Sequence[tuple[Citation, ...]],
    edges: Sequence[Edge],
    origin_ids: tuple[str, ...],
    variant: str | None = None,
) -> list[Mention]:
    """One mention a chain of speakers and stance; ``cites`` has a tuple for each telling, ``edges`` are those
    into the Document. A page that counts mentions counts documents, since one document may hold several."""
    d = text.document
    upstream = {e.kind: e.upstream for e in reversed(edges)}
    copy_of = upstream.get("copy") or upstream.get("rewrite") or upstream.get("wire")
    out: dict[tuple[str, tuple[str, ...]], Mention] = {}
    for t, cited in zip(tellings, cites, strict=True):
        carried = t.stance in AFFIRMING
        names = tuple(map(as_written, t.names))
        mention = Mention(
            d.id,
            d.url,
            d.outlet,
            d.published,
            t.stance,
            names,
            cited,
            copy_of,
            origin_ids if carried else (),
            t.passages,
            variant if carried else None,
        )
        out.setdefault((t.stance, names), mention)
    return list(out.values())
