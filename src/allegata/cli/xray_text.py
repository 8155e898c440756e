"""A Reading in words for a terminal: how much of a page is told by whom, and how much by nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from allegata.cli.terminal import plain
from allegata.reading.xray import KINDS, Leading, Origins, RootSpeaker, Xray, xray
from allegata.web import words

if TYPE_CHECKING:
    from rich.console import Console

    from allegata.model import Claim, Document, Reading

BAR = 60
"""Columns of the bar."""

MOST_SPEAKERS = 12
MOST_ORIGINS = 6

_LOOKS = {
    "sourced": ("█", "green"),
    "unattributed": ("▓", "magenta"),
    "expectation": ("▒", "yellow"),
    "evaluation": ("░", "cyan"),
    "own": ("▄", "blue"),
    "boilerplate": ("·", "dim"),
}
"""A mark and a colour for each kind of sentence, so that the bar can be read without colours."""

_WORDS = {
    "sourced": "told by somebody named or described",
    "unattributed": "told by nobody (“allegedly”, “is said to”)",
    "expectation": "expectation",
    "evaluation": "evaluation",
    "own": "the writer's own facts",
    "boilerplate": "no news text",
}


def print_xray(out: Console, reading: Reading) -> None:
    """The X-ray of one Document."""
    found = xray(reading)
    _print_head(out, reading.document)
    out.print(_bar(found))
    for share in found.shares:
        if share.sentences:
            mark, style = _LOOKS[share.kind]
            out.print(Text.assemble((mark, style), f" {share.share:4.0%}  {_WORDS[share.kind]}"))
    out.print(Text(plain(_origin_words(found.origins)), style="bold"))
    if found.leading is not None:
        out.print(Text(plain(_leading_words(found.leading))))
    for speaker in found.speakers[:MOST_SPEAKERS]:
        out.print(Padding(plain(_speaker_words(speaker)), (0, 0, 0, 2), expand=False))
    if len(found.speakers) > MOST_SPEAKERS:
        out.print(f"  and {len(found.speakers) - MOST_SPEAKERS} more speakers")
    out.print()


def print_document(out: Console, reading: Reading, claims: Iterable[Claim]) -> None:
    """One Document of a store: its X-ray and the claims it is part of."""
    document = reading.document
    print_xray(out, reading)
    edited = f", version {document.version}" if document.version > 1 else ""
    out.print(
        Text(f"document {plain(document.id)}{edited}{f' · {plain(document.url)}' if document.url else ''}")
    )
    listed = list(claims)
    out.print(f"\nin {words.counted(len(listed), 'claim')}" if listed else "\nin no claim", style="bold")
    for claim in listed:
        out.print(f"  {plain(claim.id)}  {plain(words.clip(words.alleged(claim.proposition), 80))}")


def _print_head(out: Console, document: Document) -> None:
    out.print(Text(plain(document.title or document.id), style="bold"))
    known = [document.outlet, document.author, words.day(document.published) if document.published else None]
    if any(known):
        out.print(Text(" · ".join(plain(k) for k in known if k), style="dim"))


def _bar(found: Xray) -> Text:
    """The kinds side by side, each as wide as its share; what is there at all is at least one column."""
    bar = Text()
    shares = {s.kind: s for s in found.shares}
    for kind in KINDS:
        if shares[kind].sentences:
            mark, style = _LOOKS[kind]
            bar.append(mark * max(1, round(BAR * shares[kind].share)), style=style)
    return bar


def _origin_words(origins: Origins) -> str:
    """How many origins, and which: as many names as the number says, or the first of them."""
    line = words.counted(origins.count, "origin")
    if origins.anonymous:
        line += f" ({origins.named} named, {origins.anonymous} anonymous)"
    if origins.found:
        names = [words.clip(o.name, 60) for o in origins.found[:MOST_ORIGINS]]
        rest = len(origins.found) - len(names)
        line += f": {', '.join(names)}" + (f" and {rest} more" if rest else "")
    if origins.unattributed:
        line += f"; {words.counted(origins.unattributed, 'allegation')} by nobody named"
    return line


def _leading_words(leading: Leading) -> str:
    """How much of what is sourced, and of the story, goes back to one."""
    return (
        f"{leading.of_sourced:.0%} of what is sourced, {leading.of_story:.0%} of the story, goes back to "
        f"{words.clip(leading.name, 60)}: {words.counted(leading.sentences, 'sentence')}, "
        f"{words.counted(leading.statements, 'thing')} said"
    )


def _speaker_words(speaker: RootSpeaker) -> str:
    """Who, for whom, how much, through whom and where."""
    known = speaker.organisation and speaker.organisation.casefold() not in speaker.name.casefold()
    name = f"{speaker.name} ({speaker.organisation})" if known else speaker.name
    said = [words.counted(speaker.statements, "statement")] if speaker.statements else []
    if speaker.restatements:
        said.append(f"said again {words.counted(speaker.restatements, 'time')}")
    parts = [f"{name}: {'; '.join(said)}"]
    if speaker.through:
        parts.append(f"through {', '.join(speaker.through)}")
    parts.extend(speaker.channels)
    parts.append(", ".join(words.STANCE_WORDS.get(s, s) for s in speaker.stances))
    return "; ".join(p for p in parts if p)
