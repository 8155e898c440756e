"""A brief as Markdown and as PDF. Text from outside is escaped, or handed over as data, never as markup."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from importlib import resources

from allegata.web.brief import Block, Brief

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&])")
_STARTS = re.compile(r"^(\s*)([-=]|\d+[.)])", re.MULTILINE)


class NoPdfError(Exception):
    """The library that makes PDF is not installed; the message says how to get it."""


def markdown(brief: Brief) -> str:
    """CommonMark, every character that could be markup escaped."""
    lines = [f"# {_plain(brief.title)}", "", f"*{_plain(brief.kind)}.* {_plain(brief.standing)}", ""]
    for section in brief.sections:
        lines += [f"## {_plain(section.heading)}", ""]
        for block in section.blocks:
            lines += [*_block(block), ""]
    return "\n".join([*lines, "---", "", _plain(brief.foot), ""])


def _block(block: Block) -> list[str]:
    if block.kind == "table":
        head, *rows = block.rows
        cells = [[_plain(c) for c in row] for row in (head, *rows)]
        return [
            "| " + " | ".join(cells[0]) + " |",
            "|" + "---|" * len(head),
            *("| " + " | ".join(row) + " |" for row in cells[1:]),
        ]
    if block.kind == "list":
        return [f"- {_plain(line)}" for line in block.lines]
    if block.kind == "quote":
        said, whose = block.lines[0], block.lines[-1]
        return [f"> {_plain(said)}", ">", f"> — {_plain(whose)}"]
    return [_plain(line) for line in block.lines]


def _plain(text: str) -> str:
    flat = " ".join(text.split())
    return _STARTS.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", flat))


def pdf(brief: Brief) -> bytes:
    """A PDF of A4 pages. NoPdfError where typst is not installed."""
    try:
        import typst
    except ImportError:
        raise NoPdfError("PDF needs typst; install it with: pip install 'allegata[pdf]'") from None
    template = resources.files("allegata.web").joinpath("brief.typ").read_bytes()
    data = json.dumps(asdict(brief), ensure_ascii=True)
    made: bytes = typst.compile(template, sys_inputs={"brief": data})
    return made
