"""``python -m benchmarks.descent``: the error of the count of origins against the depth of relays and the
share of them that hide whom they had it from, beside simpler ways of counting.

Stories of `corpus` with one to three origins, their Readings right by construction: what is measured is
linking. Writes the curve to docs/images/descent.svg and the tables into docs/accuracy.md.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from allegata.linking import link_story, make_features
from allegata.linking.copies import containment
from allegata.linking.features import restore
from allegata.linking.grouping import components
from allegata.linking.texts import Text
from benchmarks.corpus import Page, Tale, outlets, read_by_hand, tell

DOCS = Path(__file__).parent.parent / "docs"
PICTURE, PAGE = DOCS / "images" / "descent.svg", DOCS / "accuracy.md"
BEGIN, END = "<!-- curve: written by `python -m benchmarks.descent` -->\n", "<!-- end of curve -->\n"
STORIES = 8
RELAYS = 12
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
DEPTHS = (0.0, 0.5, 0.8, 1.0)
"""Chance that a relay takes the latest relay rather than a first report."""

JACCARD = 0.55
COLOURS = ("#b3261e", "#6b6b6b", "#a0a0a0", "#c98a00", "#2b6cb0")

Counted = Mapping[str, float]
Rows = list[tuple[str, Counted]]
WAYS = ("Allegata", "mentions", "outlets", "like headlines", "copies merged")


def counts(tale: Tale) -> dict[str, float]:
    """The number of origins of one story by each way."""
    readings = [read_by_hand(p, "the accused") for p in tale.pages]
    texts = [restore(r, f.vectors) for r, f in zip(readings, make_features(readings), strict=True)]
    claims = link_story(texts)
    main = max(claims, key=lambda c: (len(c.documents), c.id))
    return {
        "Allegata": float(main.independent_origins.point),
        "mentions": float(len(tale.pages)),
        "outlets": float(outlets(tale.pages)),
        "like headlines": float(_groups(tale.pages, texts, _like_headlines)),
        "copies merged": float(_groups(tale.pages, texts, _copies)),
    }


def _groups(
    pages: Sequence[Page], texts: Sequence[Text], alike: Callable[[Page, Page, Text, Text], bool]
) -> int:
    """How many groups hang together by ``alike``."""
    near: dict[str, list[str]] = {t.id: [] for t in texts}
    for i, a in enumerate(texts):
        for j in range(i):
            if alike(pages[i], pages[j], a, texts[j]):
                near[a.id].append(texts[j].id)
                near[texts[j].id].append(a.id)
    return len(components(near, near))


def _like_headlines(a: Page, b: Page, *_: Text) -> bool:
    """The rule of public tools that "count origins": headlines with most words in common."""
    one, other = (set(re.findall(r"\w+", str(p.document.title).lower())) for p in (a, b))
    return len(one & other) >= JACCARD * len(one | other)


def _copies(_: Page, __: Page, a: Text, b: Text) -> bool:
    return containment(a.all_grams, b.all_grams) >= 0.5


def errors(share: float, deep: float, stories: int) -> tuple[float, dict[str, float]]:
    """Mean depth of the relays, and the mean error of each way over so many stories."""
    total, depth = dict.fromkeys(WAYS, 0.0), 0.0
    for n in range(stories):
        rng = random.Random(n)
        tale = tell(7_000 + n, relays=RELAYS, origins=rng.choice((1, 2, 3)), uncredited=share, deep=deep)
        for way, found in counts(tale).items():
            total[way] += abs(found - len(tale.origins)) / stories
        relayed = [p.depth for p in tale.pages if p.parent]
        depth += sum(relayed) / len(relayed) / stories
    return depth, total


def measure(stories: int = STORIES) -> tuple[Rows, Rows]:
    """Errors by share (relays half deep), and by depth (half of the relays hidden)."""
    by_share = [(f"{share:.0%}", errors(share, 0.5, stories)[1]) for share in SHARES]
    by_depth = [(f"{depth:.1f}", found) for depth, found in (errors(0.5, d, stories) for d in DEPTHS)]
    return by_share, by_depth


def figures(measured: tuple[Rows, Rows]) -> dict[str, float]:
    """The mean error of each way over the shares, and of ours over the depths."""
    by_share, by_depth = measured
    out = {way: sum(found[way] for _, found in by_share) / len(by_share) for way in WAYS}
    ours = out.pop(WAYS[0])
    named = {way.replace(" ", "_"): error for way, error in out.items()}
    deep = sum(found[WAYS[0]] for _, found in by_depth) / len(by_depth)
    return {"origin_error": ours, "deep_origin_error": deep} | named


def table(head: str, rows: Rows) -> str:
    lines = [f"| {head} | " + " | ".join(WAYS) + " |", "|---" * (len(WAYS) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(f"{found[w]:.2f}" for w in WAYS) + " |" for name, found in rows]
    return "\n".join(lines)


def picture(panels: Sequence[tuple[str, Rows]]) -> str:
    """Two panels of lines as SVG, error upward."""
    width, height, left, top = 380, 260, 46, 34
    most = max(v for _, rows in panels for _, found in rows for v in found.values())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * (width + left) + 20} {height + 110}" '
        'font-family="sans-serif" font-size="12">'
    ]
    for k, (title, rows) in enumerate(panels):
        x0 = left + k * (width + left)
        parts.append(f'<text x="{x0}" y="18" font-weight="bold">{title}</text>')
        step = (width - 30) / (len(rows) - 1)
        for value in range(0, int(most) + 1, 2):
            y = top + height * (1 - value / most)
            parts.append(
                f'<line x1="{x0}" x2="{x0 + width - 30}" y1="{y:.0f}" y2="{y:.0f}" stroke="#e3e3e3"/>'
            )
            parts.append(f'<text x="{x0 - 8}" y="{y + 4:.0f}" text-anchor="end">{value}</text>')
        for n, (name, _) in enumerate(rows):
            x = x0 + n * step
            parts.append(f'<text x="{x:.0f}" y="{top + height + 18}" text-anchor="middle">{name}</text>')
        for way, colour in zip(WAYS, COLOURS, strict=True):
            points = " ".join(
                f"{x0 + n * step:.1f},{top + height * (1 - found[way] / most):.1f}"
                for n, (_, found) in enumerate(rows)
            )
            wide = 3 if way == WAYS[0] else 1.5
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{wide}"/>')
    for n, (way, colour) in enumerate(zip(WAYS, COLOURS, strict=True)):
        x = left + n * 150
        y = top + height + 52
        parts.append(f'<line x1="{x}" x2="{x + 24}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{x + 30}" y="{y + 4}">{way}</text>')
    return "\n".join([*parts, "</svg>\n"])


def page(text: str, tables: Sequence[str]) -> str:
    """The page with new tables between its marks. ValueError where it has none."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} has no marks for the tables")
    return before + begin + "\n" + "\n\n".join(tables) + "\n\n" + end + after


def main() -> None:
    by_share, by_depth = measure()
    titles = ("Error by share of relays that hide their source", "Error by mean depth of the relays")
    PICTURE.write_text(picture(list(zip(titles, (by_share, by_depth), strict=True))), encoding="utf-8")
    tables = (
        table("relays that hide their source", by_share),
        table("mean depth of the relays (half hide their source)", by_depth),
    )
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), tables), encoding="utf-8")
    print(f"wrote {PICTURE.name} and the tables of {PAGE.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
