"""Invented news in any amount: stories with a first report, copies, rewrites, relays, posts and denials.

All names are put together from syllables; only countries and towns are real. The same seed gives the same
documents. `documents` makes a collection, `long_text` one article of a given length.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]

GRAMMAR: dict[str, Any] = tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))
GROUPS = ("Front", "Brigade", "Group", "company", "militia", "Movement")
PAPERS = ("Herald", "Times", "Post", "Courier", "Observer", "Gazette")
AGENCIES = ("Press", "News Agency", "Wire")
WAYS = ("copy", "credit", "rewrite", "relay", "post", "denial")


CHOICE = 3
"""Words of each list, and names of bystanders and places, that one story uses."""


class Teller:
    """A source of names and sentences for one story. ``slots`` are what the story holds fast."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.slots: dict[str, str] = {}
        self.words = {
            key: [option.format(name=self.name()) for option in rng.sample(options, CHOICE)]
            for key, options in GRAMMAR["words"].items()
        }
        self.words["someone"] = [self.person() for _ in range(CHOICE)]
        self.words["somewhere"] = [self.name() for _ in range(CHOICE)]

    def name(self, syllables: int = 2) -> str:
        kinds = ("onsets", "vowels", "codas")
        parts = [self.rng.choice(GRAMMAR["names"][kind]) for _ in range(syllables) for kind in kinds]
        return "".join(parts).capitalize()

    def person(self) -> str:
        return f"{self.name()} {self.name(self.rng.choice((2, 3)))}"

    def outlet(self) -> str:
        return f"The {self.name()} {self.rng.choice(PAPERS)}"

    def fill(self, kind: str) -> str:
        """A template of the grammar's ``kind``, its slots filled from the story, else by chance."""
        words = {key: self.rng.choice(options) for key, options in self.words.items()}
        words["number"] = str(self.rng.randint(2, 90))
        text: str = self.rng.choice(GRAMMAR[kind]).format(**words | self.slots)
        return text

    def each(self, kind: str, count: int) -> list[str]:
        """So many templates of a kind, each another one as long as there are some."""
        options: list[str] = GRAMMAR[kind]
        turns = -(-count // len(options))
        return (self.rng.sample(options, len(options)) * turns)[:count]

    def sentence(self, kind: str) -> str:
        text = self.fill(kind)
        return text[0].upper() + text[1:]

    def background(self, sentences: int) -> str:
        """A paragraph that has nothing to do with the allegation."""
        made = (
            self.sentence("openings") + f" {self.fill('mains')}{self.fill('tails')}."
            for _ in range(sentences)
        )
        return " ".join(made)


def story(rng: random.Random, number: int) -> Iterator[Row]:
    """The documents of one story, in order of time. Ids start with the number of the story."""
    teller = Teller(rng)
    start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=rng.randint(0, 8_000))
    town, country, capital = rng.choice(GRAMMAR["places"])
    agency = f"{teller.name()} {rng.choice(AGENCIES)}"
    teller.slots = {
        "town": town,
        "country": country,
        "capital": capital,
        "agency": agency,
        "day": start.strftime("%A"),
        "accused": f"the {teller.name(3)} {rng.choice(GROUPS)}",
        "act": teller.fill(rng.choice(("attacks", "supplies", "seizures", "thefts"))),
        "speaker": teller.person(),
        "title": rng.choice(GRAMMAR["titles"]).format(country=country, town=town),
        "denier": teller.person(),
        "count": str(rng.randint(3, 200)),
    }
    first = [teller.sentence("leads"), teller.sentence("quotes"), teller.background(4)]
    first += [teller.sentence("quotes"), teller.background(3)]
    dateline = f"{capital.upper()} ({agency}) - "

    def row(place: int, outlet: str, author: str, paragraphs: list[str], **fields: Any) -> Row:
        site = outlet.lower().replace(" ", "")
        return {
            "id": f"s{number:05}-{place:02}",
            "url": f"https://{site}.example/{number}/{place}",
            "outlet": outlet,
            "kind": "article",
            "author": author,
            "published": (start + timedelta(hours=2 * place)).isoformat(),
            "title": paragraphs[0].removeprefix(dateline).split(",")[0][:90],
            "text": "\n\n".join(paragraphs),
            "links": [],
            "embeds": [],
        } | fields

    original = row(0, agency, teller.person(), [dateline + first[0], *first[1:]])
    yield original
    for place in range(1, rng.randint(4, 11)):
        outlet, author = teller.outlet(), teller.person()
        way = rng.choice(WAYS)
        if way in ("copy", "credit"):
            body = [*first[: rng.randint(2, 5)], teller.background(rng.randint(2, 5))]
            yield row(place, outlet, agency if way == "credit" else "Staff", body)
        elif way == "rewrite":
            body = [teller.sentence("leads"), teller.background(3), teller.sentence("quotes")]
            yield row(place, outlet, author, [*body, teller.background(4)])
        elif way == "relay":
            relayed = teller.sentence("leads").rstrip(".") + f", {agency} reported."
            yield row(place, outlet, author, [relayed, teller.background(6)], links=[original["url"]])
        elif way == "post":
            handle = teller.name(3).lower()
            url = f"https://chirper.example/{handle}/status/{number}{place:02}"
            body = [teller.sentence("posts")]
            yield row(place, "Chirper", f"@{handle}", body, kind="post", title="", url=url)
        else:
            body = [teller.sentence("denials"), teller.sentence("leads"), teller.background(5)]
            yield row(place, outlet, author, body)


def documents(count: int, seed: int = 1) -> list[Row]:
    """``count`` documents of as many stories as it takes, shuffled."""
    rng = random.Random(seed)
    rows: list[Row] = []
    number = 0
    while len(rows) < count:
        rows += story(rng, number)
        number += 1
    del rows[count:]
    rng.shuffle(rows)
    return rows


def long_text(words: int, seed: int) -> str:
    """One article of ``words`` words: a first report, drawn out with quotes and background."""
    rng = random.Random(seed)
    teller = Teller(rng)
    paragraphs: list[str] = next(story(rng, seed))["text"].split("\n\n")
    while sum(len(p.split()) for p in paragraphs) < words:
        paragraphs.append(teller.background(3))
    paragraphs[-1] = " ".join(paragraphs[-1].split()[: words - sum(len(p.split()) for p in paragraphs[:-1])])
    return "\n\n".join(paragraphs)
