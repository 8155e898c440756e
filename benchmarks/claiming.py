"""A store of many claims, by script: the documents of `filling`, and ten mentions of claims for each of them.

The claims are invented whole, with origins, edges, passages and answers, and put as linking puts them. Each
story has some that one document tells and some that all of it tells; a few run through five hundred documents
and more, as the loudest do.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from allegata.model import (
    PLOVER_ROOTS,
    Citation,
    Claim,
    Edge,
    Mention,
    Origin,
    OriginCount,
    Passage,
    Place,
    Response,
)
from allegata.reading import DEFAULT, version
from allegata.store import open_store
from benchmarks.corpus import timeline
from benchmarks.filling import BASE, fill
from benchmarks.stories import GRAMMAR, GROUPS, Teller

A_DOCUMENT = 10
"""Mentions that a document has of claims, on average."""

LOUD = 500
"""Documents of the loudest claims, at least."""

PARTIES = 600
COUNTRIES = ("PAK", "AFG", "IND", "IRN", "UKR", "RUS", "SDN", "ETH", "YEM", "COL", "MEX", "PHL")
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Page:
    id: str
    url: str
    outlet: str
    published: str
    length: int

    def passage(self, rng: random.Random) -> Passage:
        start = rng.randrange(max(1, self.length - 120))
        return Passage(self.id, start, min(self.length, start + 120))


def fill_with_claims(path: Path, documents: int) -> tuple[int, int]:
    """Make a store of so many documents; gives the numbers of its claims and of their mentions."""
    if not path.exists():
        fill(path, timeline(min(documents, BASE)), documents)
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT d.id, v.url, v.outlet, v.published, length(v.text) FROM documents AS d "
            "JOIN document_versions AS v ON v.document = d.number AND v.version = d.newest ORDER BY d.number"
        )
        pages = [_Page(*row) for row in rows]
        # what was read by hand counts as read: else adding one page would read all of them
        connection.execute("UPDATE readings SET reader = ?", (version(DEFAULT),))
    store = open_store(str(path))
    run = store.start_run("claiming", "")
    claims = mentions = 0
    waiting: list[Claim] = []
    for claim in _claims(pages):
        waiting.append(claim)
        claims += 1
        mentions += len(claim.documents)
        if len(waiting) == AT_ONCE:
            store.replace_claims([], waiting, run)
            waiting = []
    store.replace_claims([], waiting, run)
    store.refresh_dyads(claims)
    store.finish_run(run, "done")
    store.close()
    return claims, mentions


def _claims(pages: Sequence[_Page]) -> Iterator[Claim]:
    rng = random.Random(7)
    teller = Teller(rng)
    parties = [f"{teller.name(3)} {rng.choice(GROUPS)}".title() for _ in range(PARTIES)]
    number = 0
    for at in range(0, len(pages), max(LOUD, len(pages) // 40)):
        number += 1
        yield _claim(f"loud{number:06}", pages[at : at + LOUD + number * 10], parties, teller, rng)
    for _, group in groupby(sorted(pages, key=_story_of), key=_story_of):
        story = sorted(group, key=lambda p: p.published)
        left = A_DOCUMENT * len(story)
        while left > 0:
            number += 1
            size = max(1, round(len(story) ** rng.random()))
            told = sorted(rng.sample(story, size), key=lambda p: p.published)
            yield _claim(f"c{number:09}", told, parties, teller, rng)
            left -= size


def _story_of(page: _Page) -> tuple[str, str]:
    return page.id.split("~")[-1], page.id.split("-")[0]


def _claim(
    claim_id: str, pages: Sequence[_Page], parties: Sequence[str], teller: Teller, rng: random.Random
) -> Claim:
    accuser, accused = (parties[int(PARTIES * rng.random() ** 3)] for _ in range(2))
    town, country, capital = rng.choice(GRAMMAR["places"])
    teller.slots = {"town": town, "country": country, "capital": capital, "accused": accused, "day": "Monday"}
    teller.slots["act"] = teller.fill(rng.choice(("attacks", "supplies", "seizures", "thefts")))
    proposition = teller.fill("claims")
    high = min(len(pages), rng.choice((1, 1, 1, 2, 3)))
    origins = tuple(
        Origin(f"{claim_id}-o{n}", rng.choice(parties), "organisation", n == 0, pages[n].id, (), None,
               (pages[n].passage(rng),))
        for n in range(high)
    )  # fmt: skip
    root = {page.id: n for n, page in enumerate(pages[:high])}
    edges = []
    for n, page in enumerate(pages[high:], high):
        upstream = pages[rng.randrange(n) if rng.random() < 0.3 else rng.randrange(high)]
        root[page.id] = root[upstream.id]
        kind = rng.choice(("credit", "copy", "rewrite", "link"))
        said = (upstream.passage(rng), page.passage(rng))
        edges.append(Edge(upstream.id, page.id, kind, 0.8, f"{kind} of the same passage", said))
    mentions = [
        Mention(p.id, p.url, p.outlet, p.published, rng.choice(("allege", "assert")),
                (origins[root[p.id]].source,), (Citation(origins[root[p.id]].source),), None,
                (origins[root[p.id]].id,), (p.passage(rng),))
        for p in pages
    ]  # fmt: skip
    answers = []
    if rng.random() < 0.25:
        stance = rng.choice(("deny", "deny", "deny", "doubt", "confirm"))
        last = pages[-1]
        answers.append(Response(accused, stance, last.id, (last.passage(rng),)))
        mentions.append(replace(mentions[-1], stance=stance, speakers=(accused,), origin_ids=()))
    low = rng.randint(1, high)
    return Claim(
        claim_id, proposition[0].upper() + proposition[1:], rng.choice(PLOVER_ROOTS), accuser, accused,
        Place(0, len(town), town, country=rng.choice(COUNTRIES)), pages[0].published, pages[-1].published,
        tuple(mentions), origins, OriginCount(low, high, high, 0, 0), tuple(answers), (), tuple(edges),
    )  # fmt: skip
