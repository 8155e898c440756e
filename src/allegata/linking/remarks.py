"""What is said of the documents of a Claim beside where they have it from: who took their pictures, and which
posts shown in them prove nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from allegata.linking.forgeries import find_forgeries
from allegata.linking.pictures import find_picture_credits
from allegata.model import Document

MOST = 20
"""Lines of one kind that are given."""


def remarks(
    mentioning: Sequence[str], documents: Mapping[str, Document], name: Callable[[str], str]
) -> list[str]:
    """Lines on the documents whose ids are ``mentioning``. ``documents`` are those known, ``name`` says how a
    document is called."""
    forged = find_forgeries(list(documents.values()))
    lines = [
        f"Not counted: the post of {f.shown.account or 'an account'} shown in {name(d)} proves nothing, "
        f"because {f.reason}."
        for d in mentioning
        for f in forged.get(d, ())
    ][:MOST]
    credited = [
        (c.name, d)
        for d in mentioning
        if d in documents
        for c in find_picture_credits(documents[d].text)
        if c.shows is None
    ]
    lines += [
        f"Picture: {who} is credited for a picture in {name(d)}, not for what it tells."
        for who, d in list(dict.fromkeys(credited))[:MOST]
    ]
    return lines
