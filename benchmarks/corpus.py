"""Invented stories whose every line of descent is known: one to three first reports, and up to sixty relays
that copy, rewrite or credit what stood before them, or pass it on without a word of whom they had it from.

`tell` makes one story; `read_by_hand` its Readings without a reader, right by construction, for what is
measured of linking alone.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from allegata.model import Allegation, Document, Link, Reading, Sentence, Source, Statement
from benchmarks.stories import AGENCIES, GRAMMAR, GROUPS, Teller

START = datetime(2015, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; who says ``content`` in it, if anybody."""

    text: str
    speaker: Source | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A document, the one it was had from (``None`` for a first report), how, and after how many hands."""

    document: Document
    lines: tuple[Line, ...]
    parent: Page | None
    way: str
    root: int
    depth: int


@dataclass(slots=True)
class Tale:
    """The pages of a story in order of time, and the people who know: one an origin."""

    origins: list[Source]
    pages: list[Page] = field(default_factory=list)


def tell(
    seed: int,
    *,
    relays: int,
    origins: int = 1,
    uncredited: float = 0.3,
    deep: float = 0.3,
    start: datetime = START,
) -> Tale:
    """One story. ``uncredited`` is the share of relays that hide whom they had it from; ``deep`` that of
    relays which take the latest relay rather than a first report."""
    rng = random.Random(seed)
    teller = Teller(rng)
    town, country, capital = rng.choice(GRAMMAR["places"])
    slots = {
        "town": town,
        "country": country,
        "capital": capital,
        "day": start.strftime("%A"),
        "accused": f"the {teller.name(3)} {rng.choice(GROUPS)}",
    }
    teller.slots = slots
    slots["act"] = teller.fill(rng.choice(("attacks", "supplies", "seizures", "thefts")))
    titles = rng.sample(GRAMMAR["voices"], origins)
    speakers = [
        Source(teller.person(), "person", title=title.format(country=country, town=town)) for title in titles
    ]
    tale = Tale(speakers)
    facts = [[teller.fill("facts") for _ in range(4)] for _ in speakers]

    def page(
        place: int, outlet: str, lines: list[Line], parent: Page | None, way: str, root: int, title: str
    ) -> Page:
        after = START if parent is None else datetime.fromisoformat(str(parent.document.published))
        published = (
            start + timedelta(hours=5 * root)
            if parent is None
            else after + timedelta(minutes=rng.randint(20, 1500))
        )
        site = outlet.lower().replace(" ", "")
        document = Document(
            f"t{seed:06}-{place:02}",
            "\n\n".join(line.text for line in lines),
            url=f"https://{site}.example/{seed}/{place}",
            outlet=outlet,
            author=parent.document.outlet if way == "credited copy" and parent else None,
            title=title,
            published=published.isoformat(),
            language="en",
            links=(Link(str(parent.document.url)),) if way == "link" and parent else (),
        )
        depth = 0 if parent is None else parent.depth + 1
        return Page(document, tuple(lines), parent, way, root, depth)

    def headline() -> str:
        title = teller.fill("headlines")
        return title[0].upper() + title[1:]

    # Two who know put it in words of their own, and so does whoever writes it down.
    wordings = zip(teller.each("accounts", origins), teller.each("claims", origins), strict=True)
    for root, (speaker, (account, claim)) in enumerate(zip(speakers, wordings, strict=True)):
        slots |= {"speaker": speaker.name, "title": str(speaker.title), "claim": claim.format(**slots)}
        lines = [Line(account.format(**slots), speaker, slots["claim"])]
        lines += [Line(f"{speaker.name} said {fact}.", speaker, fact) for fact in facts[root]]
        agency = f"{teller.name()} {rng.choice(AGENCIES)}"
        tale.pages.append(
            page(root, agency, [*lines, Line(teller.background(3))], None, "first", root, headline())
        )
    for place in range(origins, origins + relays):
        root = rng.randrange(origins)
        chain = [p for p in tale.pages if p.root == root]
        parent = chain[-1] if rng.random() < deep else chain[0]
        outlet = teller.outlet()
        upstream = Source(str(parent.document.outlet), "outlet")
        claim = teller.fill("claims")
        slots |= {"claim": claim, "Claim": claim[0].upper() + claim[1:], "upstream": upstream.name}
        kept = rng.sample(facts[root], 3)
        hidden = rng.random() < uncredited
        way = rng.choice(("copy", "rewrite") if hidden else ("credited copy", "credited", "link"))
        title = str(parent.document.title) if "copy" in way and rng.random() < 0.6 else headline()
        if "copy" in way:
            lines = [*parent.lines[: rng.randint(3, 5)], Line(teller.background(rng.randint(1, 4)))]
        elif way == "rewrite":
            lines = [Line(claim[0].upper() + claim[1:] + ".", None, claim)]
            lines += [Line(f[0].upper() + f[1:] + ".") for f in kept]
            lines += [Line(teller.background(3))]
        else:
            lines = [Line(teller.sentence("credited"), upstream, claim)]
            lines += [Line(f"It said {f}.", upstream, f) for f in kept[:2]]
            lines += [Line(teller.background(3))]
        tale.pages.append(page(place, outlet, lines, parent, way, root, title))
    tale.pages.sort(key=lambda p: (str(p.document.published), p.document.id))
    return tale


def size(rng: random.Random, most: int = 60) -> int:
    """Relays of a story: from 1 to ``most``, few of many."""
    return max(1, round(most ** rng.random()))


def read_by_hand(page: Page, accused: str | None = None) -> Reading:
    """The Reading of a page as its making says it."""
    text = page.document.text
    sentences, statements, acts = [], [], []
    sources: dict[str, Source] = {}
    at = 0
    for n, line in enumerate(page.lines):
        end = at + len(line.text)
        sentences.append(
            Sentence(at, end, "main_event" if n < 4 else "current_context", line.speaker is not None)
        )
        content = text.find(line.content, at, end) if line.content else -1
        span = (content, content + len(line.content))
        name = None
        if line.speaker is not None and content >= 0:
            name, found = line.speaker.name, text.find(line.speaker.name, at, end)
            sources[name] = line.speaker
            source = ((found, found + len(name)),) if found >= 0 else ()
            statements.append(
                Statement(f"s{n}", source, (), (span,), "allege" if n == 0 else "assert", None, name)
            )
        if n == 0 and content >= 0:
            by = f"s{n}" if name else None
            acts.append(Allegation(by, name, accused, "ASSAULT", None, None, span))
        at = end + 2
    return Reading(
        page.document,
        tuple(sentences),
        tuple(statements),
        tuple(acts),
        sources=tuple(sources.values()),
        reader="hand",
    )


def timeline(count: int, seed: int = 1, a_day: float = 50.0, start: datetime = START) -> list[Page]:
    """At least ``count`` pages of ever new stories, at a steady ``a_day``, in order of time."""
    rng = random.Random(seed)
    pages: list[Page] = []
    number = 0
    while len(pages) < count:
        when = start + timedelta(days=len(pages) / a_day)
        number += 1
        tale = tell(
            seed * 100_000 + number, relays=size(rng), origins=rng.choice((1, 1, 1, 2, 3)), start=when
        )
        pages += tale.pages
    return sorted(pages, key=lambda p: (str(p.document.published), p.document.id))


def outlets(pages: Sequence[Page]) -> int:
    """How many outlets carried the story."""
    return len({p.document.outlet for p in pages})
