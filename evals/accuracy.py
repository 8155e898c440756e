"""The tables of docs/accuracy.md and of the page on method, made from the pinned floors: ``python -m
evals.accuracy`` writes them."""

from __future__ import annotations

import json
import tomllib
from itertools import groupby
from typing import Any

from evals import gate
from evals.figures import shown
from evals.shared import ROOT

PAGE = ROOT / "docs" / "accuracy.md"
SHIPPED = ROOT / "src" / "allegata" / "web" / "accuracy.json"
BEGIN, END = "<!-- figures: written by `python -m evals.accuracy` -->\n", "<!-- end of figures -->\n"
SUITES = {"evals": "make evals", "benchmarks": "make bench"}


def tables(suite: str) -> str:
    """A Markdown table a module: figure, what it says, what is pinned, what it is on the way to, and what
    others reach there."""
    folder = ROOT / suite
    bounds = gate.load(folder / "baseline.toml")
    about = tomllib.loads((folder / "descriptions.toml").read_text(encoding="utf-8"))
    parts = []
    for module, names in groupby(bounds, key=lambda name: name.split(".")[0]):
        words = about.get(module, {})
        lines = [f"**{module}** — {words['about']}" if "about" in words else f"**{module}**", ""]
        lines += ["| figure | what | reached | target | beside |", "|---|---|---|---|---|"]
        for name in names:
            bound, figure = bounds[name], name.split(".")[1]
            sign = "≥" if bound.better == "higher" else "≤"
            target = f"{sign} {shown(bound.target)}" if bound.target is not None else ""
            short = "" if bound.reaches(bound.floor) else " (short)"
            what = words.get(figure, figure.replace("_", " "))
            beside = words.get("beside", {}).get(figure, "")
            reached = f"{sign} {shown(bound.floor)}{short}"
            lines.append(f"| `{figure}` | {what} | {reached} | {target} | {beside} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def plain(suite: str) -> list[dict[str, Any]]:
    """The same figures as the page of the product that tells of its method shows them."""
    folder = ROOT / suite
    bounds = gate.load(folder / "baseline.toml")
    about = tomllib.loads((folder / "descriptions.toml").read_text(encoding="utf-8"))
    out = []
    for module, names in groupby(bounds, key=lambda name: name.split(".")[0]):
        words = about.get(module, {})
        figures = []
        for name in names:
            bound, figure = bounds[name], name.split(".")[1]
            sign = "≥" if bound.better == "higher" else "≤"
            figures.append(
                {
                    "figure": figure,
                    "what": words.get(figure, figure.replace("_", " ")),
                    "reached": f"{sign} {shown(bound.floor)}",
                    "target": f"{sign} {shown(bound.target)}" if bound.target is not None else None,
                    "short": not bound.reaches(bound.floor),
                }
            )
        out.append({"module": module, "about": words.get("about"), "figures": figures})
    return out


def as_json() -> str:
    return json.dumps([m for suite in SUITES for m in plain(suite)], ensure_ascii=False, indent=1) + "\n"


def page(text: str) -> str:
    """The page with its tables made anew. Everything outside the marks stays as it is."""
    head, rest = text.split(BEGIN, 1)
    _, tail = rest.split(END, 1)
    made = [f"### `{command}`\n\n{tables(suite)}" for suite, command in SUITES.items()]
    return head + BEGIN + "\n" + "\n".join(made) + "\n" + END + tail


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    SHIPPED.write_text(as_json(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)} and {SHIPPED.relative_to(ROOT)}")
