"""``python -m benchmarks.pages``: what each page costs the server in a store of many claims, on one worker.

The store is made once (`claiming`) and may be kept: ``--store`` names it. Every page is asked for again and
again with other claims, documents and words; the figure is CPU milliseconds a request, since the machine may
be busy, and the median and the 95th percentile of the clock are shown beside it. The words of searches are
typed letter by letter, as they come while a person types.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI

from allegata.store import open_store
from allegata.web import paths
from allegata.web.app import create_app
from allegata.web.server import spare_collector
from benchmarks.claiming import fill_with_claims
from benchmarks.stories import documents

SIZE = 2_000
"""Documents of the store in `make bench`; the targets speak of 100,000 and a million mentions."""

ROUNDS = 24
ADDED = 60
"""Documents that another process adds while pages are asked for."""
TYPING = "typing"


MOST_TOLD = f"""
    SELECT max(a.name), max(b.name) FROM (SELECT * FROM dyads ORDER BY tellings DESC LIMIT {ROUNDS}) AS d
    JOIN party_names AS a ON a.party = d.first JOIN party_names AS b ON b.party = d.second
    GROUP BY d.number ORDER BY d.tellings DESC
"""
"""The dyads of most tellings, by a name of each party."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: CPU and clock in milliseconds, and the size of the answer."""

    cpu: float
    clock: float
    size: int


def ask(app: FastAPI, address: str) -> Asked:
    """Have the app answer, with nothing of a network in between. RuntimeError where it fails."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80), "headers": [(b"host", b"localhost")],
    }  # fmt: skip
    status, size = [0], [0]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            status[0] = message["status"]
        else:
            size[0] += len(message.get("body", b""))

    cpu, clock = time.process_time(), time.perf_counter()
    asyncio.get_event_loop().run_until_complete(app(scope, receive, send))
    found = Asked(1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - clock), size[0])
    if status[0] != 200:
        raise RuntimeError(f"{address} was answered with {status[0]}")
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """What is in the store, to ask for."""

    claims: Sequence[str]
    loud: Sequence[str]
    documents: Sequence[str]
    accusers: Sequence[str]
    outlets: Sequence[str]
    countries: Sequence[str]
    words: Sequence[str]
    days: Sequence[str]
    dyads: Sequence[tuple[str, str]]


def look(path: Path) -> Held:
    """By chance, the same each time."""
    rng = random.Random(3)

    def some(sql: str) -> list[str]:
        rows = [str(row[0]) for row in connection.execute(sql)]
        return rng.sample(rows, min(len(rows), 2 * ROUNDS))

    def facet(kind: int) -> str:
        return f"SELECT value FROM facets WHERE kind = {kind} ORDER BY claims DESC LIMIT 400"

    with sqlite3.connect(path) as connection:
        told = some("SELECT json_extract(card, '$.proposition') FROM claim_cards ORDER BY claim LIMIT 5000")
        words = [w for line in told for w in line.split() if len(w) > 3 and w.isalpha()]
        return Held(
            some("SELECT id FROM claims WHERE documents BETWEEN 5 AND 60 LIMIT 5000"),
            some("SELECT id FROM claims ORDER BY documents DESC LIMIT 24"),
            some("SELECT id FROM documents LIMIT 5000"),
            some(facet(0)),
            some(facet(9)),
            some(facet(4)),
            rng.sample(words, min(len(words), 2 * ROUNDS)),
            some("SELECT substr(last_seen, 1, 10) FROM claim_cards LIMIT 5000"),
            connection.execute(MOST_TOLD).fetchall(),
        )


def typed(held: Held) -> list[str]:
    """Two words, letter by letter."""
    out = []
    for first, second in zip(held.words, reversed(held.words), strict=True):
        whole = f"{first} {second}"
        out += [whole[:n] for n in range(3, len(whole) + 1)]
    return [f"/claims/found?{urlencode({'q': q})}" for q in out][: 12 * ROUNDS]


def addresses(held: Held) -> dict[str, list[str]]:
    """Page -> the addresses that are asked for."""

    def each(make: Callable[[str], str], values: Sequence[str]) -> list[str]:
        return [make(values[n % len(values)]) for n in range(ROUNDS)]

    def search(**given: str) -> str:
        return f"/?{urlencode(given)}"

    return {
        "claims": ["/"] * ROUNDS,
        "claims by words": each(lambda w: search(q=w), held.words),
        "claims by accuser": each(lambda a: search(accuser=f'"{a}"'), held.accusers),
        "claims by country": each(lambda c: search(country=c, sort="newest"), held.countries),
        "claims by outlet": each(lambda o: search(outlet=o, sort="few-origins"), held.outlets),
        "claims by time": each(lambda d: search(since=d, sort="oldest"), held.days),
        "claims by status": each(lambda s: search(status=s, sort="origins"), ["denied", "new", "unanswered"]),
        "claims, page 400": [search(page="400", sort=s) for s in ["newest", "oldest", "origins"] * 8],
        TYPING: typed(held),
        "claim": each(paths.claim, held.claims),
        "claim of 500 mentions and more": each(paths.claim, held.loud),
        "edge": each(lambda c: paths.edge(c, 1), held.claims),
        "document": each(paths.document, held.documents),
        "compare": [f"/claims/compare?id={a}&id={b}" for a, b in zip(held.claims, held.loud, strict=False)],
        "brief": each(lambda c: f"{paths.claim(c)}/brief", held.claims),
        "sources": ["/sources"] * ROUNDS,
        "source": each(paths.source, held.accusers),
        "outlet": each(paths.source, held.outlets),
        "forecasts": ["/forecasts"] * ROUNDS,
        "watches": ["/watches"] * ROUNDS,
        "feeds": ["/feeds"] * ROUNDS,
        "judgements": ["/judgements"] * ROUNDS,
        "method": ["/method"] * ROUNDS,
        "situation": ["/situation", "/situation?since=1d&by=added", "/situation?since=7d&by=added"] * 8,
        "situation, by day": each(lambda d: f"/situation?since={d}", held.days),
        "situation, by kind": each(
            lambda k: f"/situation?since=2000-01-01&kind={k}", ["new_claim", "first_denial", "amplification"]
        ),
        "situation, page 400": ["/situation?since=2000-01-01&page=400"] * ROUNDS,
        "dyads": ["/dyads"] * ROUNDS,
        "dyads, twin": ["/dyads.json", "/dyads.json?page=3"] * (ROUNDS // 2),
        "dyad of most tellings": [paths.dyad(a, b) for a, b in held.dyads],
        "dyad of most tellings, twin": [paths.dyad(a, b, twin=True) for a, b in held.dyads],
        "dyad of most tellings, brief": [f"{paths.dyad(a, b)}/brief" for a, b in held.dyads],
    }


LIST, CLAIM, LOUD_CLAIM = "claims", "claim", "claim of 500 mentions and more"


def measure(path: Path, only: Sequence[str] = ()) -> dict[str, list[Asked]]:
    """Page -> what each request cost. The first of each page is left out of the figures and printed apart."""
    store = open_store(str(path))
    app = create_app(store)
    out: dict[str, list[Asked]] = {}
    asyncio.set_event_loop(asyncio.new_event_loop())
    ask(app, "/method")
    spare_collector()  # as `allegata serve` does
    for name, listed in addresses(look(path)).items():
        if listed and (not only or name in only):
            first = ask(app, listed[0])
            gc.collect()
            out[name] = [ask(app, address) for address in listed]
            print(f"{line(name, out[name])}  first {first.clock:.0f}", file=sys.stderr, flush=True)
    store.close()
    return out


def figures(found: Mapping[str, Sequence[Asked]]) -> dict[str, float]:
    """The 95th percentiles of CPU milliseconds: of typing, of the worst list, of a claim, of a loud one, of
    what changed at its worst, and of the worst of all other pages."""
    costs = {name: high([a.cpu for a in asked]) for name, asked in found.items()}
    lists = {name: cost for name, cost in costs.items() if name.startswith("claims")}
    news = {name: cost for name, cost in costs.items() if name.startswith("situation")}
    rest = {n: c for n, c in costs.items() if n not in {*lists, *news, TYPING, CLAIM, LOUD_CLAIM}}
    return {
        "typing_cpu_ms": costs[TYPING],
        "list_cpu_ms": max(lists.values()),
        "claim_cpu_ms": costs[CLAIM],
        "loud_claim_cpu_ms": costs[LOUD_CLAIM],
        "situation_cpu_ms": max(news.values()),
        "other_cpu_ms": max(rest.values()),
    }


def while_adding(path: Path, folder: Path) -> tuple[int, list[Asked]]:
    """Ask for pages while another process adds documents: how many were refused, and what the others cost."""
    rows = folder / "more.jsonl"
    rows.write_text("".join(json.dumps(row) + "\n" for row in documents(ADDED)), encoding="utf-8")
    held = look(path)
    turn = cycle(
        [
            a
            for name in (TYPING, LIST, CLAIM, "edge", "document", "situation")
            for a in addresses(held)[name][:ROUNDS]
        ]
    )
    store = open_store(str(path))
    app = create_app(store)
    asyncio.set_event_loop(asyncio.new_event_loop())
    command = [sys.executable, "-m", "allegata", "add", str(rows), "--store", str(path), "--jobs", "1"]
    refused, answered = 0, []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as adding:
        while adding.poll() is None:
            try:
                answered.append(ask(app, next(turn)))
            except RuntimeError as error:
                refused += 1
                print(f"while adding: {error}", file=sys.stderr)
    store.close()
    if adding.returncode:
        raise RuntimeError(f"add ended with {adding.returncode}")
    print(line("while adding", answered), file=sys.stderr)
    return refused, answered


def line(name: str, costs: Sequence[Asked]) -> str:
    cpu, clock = [a.cpu for a in costs], [a.clock for a in costs]
    return (
        f"{name:32} CPU p50 {median(cpu):6.0f} p95 {high(cpu):6.0f} ms   clock p50 {median(clock):6.0f} "
        f"p95 {high(clock):6.0f} ms   {max(a.size for a in costs) // 1000:5} kB"
    )


def high(values: Sequence[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--store", type=Path, required=True, help="a store; made where there is none")
    parser.add_argument("--documents", type=int, default=SIZE, help="documents of a store that is made")
    parser.add_argument("--page", action="append", default=[], help="only this page; more than one")
    arguments = parser.parse_args()
    if not arguments.store.exists():
        claims, mentions = fill_with_claims(arguments.store, arguments.documents)
        print(f"{claims} claims with {mentions} mentions", file=sys.stderr)
    found = measure(arguments.store, arguments.page)
    if not arguments.page:
        with tempfile.TemporaryDirectory() as folder:
            refused, _ = while_adding(arguments.store, Path(folder))
        print(json.dumps(figures(found) | {"refused_while_adding": refused}, indent=1))


if __name__ == "__main__":
    main()
