"""Who is asked what to make of a Claim: an analyst, a professor, a researcher at a think tank. They speak of
what others said first, unless they are named first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from allegata.linking.identity import Identities
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.texts import Text
from allegata.model import AFFIRMING
from allegata.vocab import load


def find_commentators(
    mine: Sequence[Text], told: Mapping[str, Sequence[Telling]], identities: Identities
) -> frozenset[str]:
    """Ids of the parties that comment: called so by some Document, and in more Documents named after somebody
    else who puts the Claim forward than before everybody. An analyst's own report is named first."""
    called = _called(mine, identities)
    behind: Counter[str] = Counter()
    for text in mine:
        said = [t for t in told[text.id] if t.stance in AFFIRMING and t.chain and not is_nobody(t.chain[0])]
        others = [_start(t) for t in said if t.names[0] not in called]
        first: dict[str, int] = {}
        for t in said:
            if t.names[0] in called and not t.chain[0].id.startswith("state:"):
                party = t.chain[0].id
                first[party] = min(first.get(party, _start(t)), _start(t))
        for party, start in first.items():
            behind[party] += 1 if any(at < start for at in others) else -1
    return frozenset(party for party, more in behind.items() if more > 0)


def _start(t: Telling) -> int:
    return min((p.start for p in t.passages), default=0)


def _called(mine: Sequence[Text], identities: Identities) -> set[str]:
    """The names and descriptions that some Document gives such a title, or such an employer."""
    return {
        name
        for text in mine
        for s in text.reading.sources
        for name in (s.name, identities.fullest(text.id, s.name))
        if s.kind not in ("outlet", "agency", "account", "document")
        and _comments().search(
            " ".join(x for x in (s.title, s.organisation, s.name if s.kind != "person" else None) if x)
        )
    }


@lru_cache(maxsize=1)
def _comments() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, load('citations')['voices']['commentators']))})\b", re.IGNORECASE
    )
