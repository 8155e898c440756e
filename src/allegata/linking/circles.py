"""Circular reporting: what is shown as confirmation and leads back to the one who shows it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from allegata.linking.credits import core
from allegata.linking.tellings import Telling, is_nobody
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Edge

LEADING_BACK = 0.75
"""Share of the pages before a party's statement that lead back to it: "the reports" are its own."""


def find_circles(
    mine: Sequence[Text],
    told: Mapping[str, list[Telling]],
    edges: Sequence[Edge],
    reached: Mapping[str, Container[str]],
) -> list[tuple[str, str]]:
    """Pairs (a, b): b shows as confirmation what leads back to a, where both are of one outlet or party and
    the way leads through others."""
    downstream: dict[str, set[str]] = defaultdict(set)
    for e in edges:
        downstream[e.upstream].add(e.downstream)
    publisher = {t.id: core(t.document.outlet or t.document.author or t.id) for t in mine}
    confirming = {t.id for t in mine if _shown_as_proof(t) and any(x.stance in AFFIRMING for x in told[t.id])}
    out: set[tuple[str, str]] = set()
    proving: dict[str, set[str]] = defaultdict(set)
    for d in confirming:
        proving[publisher[d]].add(d)
    for a in publisher:
        if not proving[publisher[a]] - {a}:
            continue  # nothing of its own stands as proof
        todo = [(d, publisher.get(d) != publisher[a]) for d in downstream[a]]
        seen: set[tuple[str, bool]] = set()
        while todo:
            d, away = todo.pop()
            if (d, away) in seen or d not in publisher:
                continue
            seen.add((d, away))
            if away and d != a and publisher[d] == publisher[a] and d in confirming:
                out.add((a, d))
            todo += [(n, away or publisher.get(n) != publisher[a]) for n in downstream[d]]
    return sorted(out | set(_closed_by_party(mine, told, reached)))


def _closed_by_party(
    mine: Sequence[Text], told: Mapping[str, list[Telling]], reached: Mapping[str, Container[str]]
) -> Iterable[tuple[str, str]]:
    """A party's own statement that rests on "reports", where what was told before leads back to that party:
    (where the party first said it, the statement)."""
    earlier: list[str] = []
    for text in mine:
        tellings = [t for t in told[text.id] if t.stance in AFFIRMING]
        rests_on_reports = (
            text.document.kind == "statement"
            and _shown_as_proof(text)
            and (_credits_nobody(tellings) or _speaks_of_reports(text, tellings))
        )
        parties = {p.id for t in tellings for p in t.chain if not is_nobody(p)} if rests_on_reports else set()
        for party in sorted(parties):
            leading = [d for d in earlier if party in reached.get(d, ())]
            if leading and len(leading) >= LEADING_BACK * len(earlier):
                yield leading[0], text.id
        if tellings:
            earlier.append(text.id)


_PROOF = re.compile(
    r"\b(?:confirm\w*|corroborat\w*|consisten\w*|prove[sdn]?|proof|vindicat\w*|independent\w*|"
    r"multiple sources|no doubt|beyond doubt|agrees?|bear out|borne out|undeniabl\w*)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\b(?:media|press|reports|publications|newspapers|outlets)\b", re.IGNORECASE)


def _shown_as_proof(text: Text) -> bool:
    """Whether a text says of something that it confirms."""
    d = text.document
    return bool(_PROOF.search(f"{d.title or ''}\n{d.text[:20_000]}"))


def _credits_nobody(tellings: Sequence[Telling]) -> bool:
    return any(t.chain and is_nobody(t.chain[0]) for t in tellings)


def _speaks_of_reports(text: Text, tellings: Sequence[Telling]) -> bool:
    """Whether a body's own statement of the Claim rests on what was reported."""
    said = (text.document.text[p.start : p.end] for t in tellings for p in t.passages)
    return any(_REPORTS.search(passage) for passage in said)
