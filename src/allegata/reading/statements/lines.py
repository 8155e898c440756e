"""Attribution by layout: headlines with colon or dash, reposts, signed posts, the turns of a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allegata.model import Document, Span
from allegata.reading.statements.cues import listed, nouns
from allegata.reading.statements.drafts import Draft, trim
from allegata.reading.statements.tree import Tree

LINE = re.compile(r"[^\n]+")
REPOST = re.compile(r"(?:^|(?<=\s))(RT|MT|[Qq]uoting)\s+(@\w{1,30})\s*(?::\s*|\s(?=\S))")
SIGNATURE = re.compile(
    r"[—–-]{1,2}\s*(?P<name>[^\n()@—]{0,60}?\(\s*@\w{1,30}\s*\))[ \t]*"
    r"(?P<date>(?:\w+\.? \d{1,2},? \d{4}|\d{1,2} \w+\.?,? \d{4}|\d{4}-\d\d-\d\d)?)[^\n]{0,20}$"
)
"""The last line of a quoted post: "— Name (@handle) March 6, 2025"."""
TURN = re.compile(
    r"[ \t]*(?P<who>(?:[A-Z][A-Z.'’-]*[A-Z.](?:[ ,]+(?:[A-Z0-9][\w.'’-]*|of|the|for)){0,12}|Q|A)"
    r"(?:[ ]*\([^)\n]{1,60}\))?)[ \t]*:[ \t]+(?=\S)"
)
"""The start of a speaker's turn: "PRESENTER: ...", "SPOKESMAN N. NAME (via link): ..."."""
COLON = re.compile(r"(?P<who>[^:\n.!?;\"“”]{2,70}?)\s?:\s+(?=\S)")
DASH = re.compile(r"\s[–—-]{1,2}\s+(?P<who>[^–—:\n.!?;\"“”]{2,50})\s*$")
CLOSING = {'"': '"', "“": "”", "«": "»", "‘": "’"}
HEADLINE = 160
"""Longest line, in characters, that may be a headline."""


def find_lines(document: Document, tree: Tree) -> Iterator[Draft]:
    text = document.text[: tree.end[-1]] if tree.n else ""
    lines = [m.span() for m in LINE.finditer(text)]
    turns = list(_turns(document, text, lines))
    yield from turns
    for n, (start, end) in enumerate(lines):
        m = REPOST.search(text, start, end)
        content = trim(text, m.end(), _quoted_end(text, m.end(), end)) if m else None
        if m and content:
            yield Draft(-1, "post", [m.span(2)], [m.span(1)], [content], frame="repost", stance="assert")
        signed = _signed(text, lines, n)
        if signed is not None:
            yield signed
        elif not turns and not m and end - start <= HEADLINE:
            yield from _headline(tree, start, end)
    yield from _embedded(document, text)


def _quoted_end(text: str, start: int, end: int) -> int:
    """Where the repost ends: at its closing mark where it stands in quotation marks, else with the line."""
    close = text.find(CLOSING[text[start]], start + 1, end) if text[start : start + 1] in CLOSING else -1
    return close if close > start else end


def _turns(document: Document, text: str, lines: list[Span]) -> Iterator[Draft]:
    """Each turn with its speaker. Two speakers make a transcript; one does in a Document said to be one."""
    found = [(m, start) for start, end in lines if (m := TURN.match(text, start, end))]
    if len({m["who"] for m, _ in found}) < (1 if document.kind == "transcript" else 2):
        return
    for (m, _), following in zip(found, [*found[1:], None], strict=True):
        end = following[1] if following else len(text)
        content = trim(text, m.end(), end)
        if content is not None:
            colon = text.index(":", m.end("who"))
            yield Draft(
                -1, "turn", [m.span("who")], [(colon, colon + 1)], [content], frame="turn", stance="assert"
            )


def _signed(text: str, lines: list[Span], n: int) -> Draft | None:
    """A quoted post: the words before the signature, on its line or the line above."""
    start, end = lines[n]
    m = next((m for at in _dashes(text, start, end) if (m := SIGNATURE.match(text, at, end))), None)
    if m is None:
        return None
    content = trim(text, start, m.start())
    if content is None and n > 0 and text[lines[n - 1][1] : start].count("\n") <= 2:
        content = trim(text, *lines[n - 1])
    name = trim(text, *m.span("name"), " \t")
    if content is None or name is None:
        return None
    dash = (m.start(), m.start() + 1)
    return Draft(-1, "post", [name], [dash], [content], frame="signed", stance="assert")


def _dashes(text: str, start: int, end: int) -> Iterator[int]:
    """Where a signature may begin, the last places of a line first."""
    window = max(start, end - 140)
    return (at for at in range(end - 1, window - 1, -1) if text[at] in "—–-")


def _embedded(document: Document, text: str) -> Iterator[Draft]:
    """Posts that the page embeds and whose place in the text is known."""
    for embed in document.embeds:
        if embed.span is None or not (embed.author or embed.handle):
            continue
        start, end = embed.span[0], min(embed.span[1], len(text))
        if SIGNATURE.search(text, max(start, end - 160), end) or start >= end:
            continue  # its signature stands in the text and was found there
        source: list[Span] = []
        for name in (embed.author, embed.handle):
            at = text.find(name, start, end) if name else -1
            if name and at >= 0:
                source = [(at, at + len(name))]
                break
        content = trim(text, start, end)
        if content is not None and source:
            yield Draft(-1, "post", source, [], [content], frame="embed", stance="assert")


def _headline(tree: Tree, start: int, end: int) -> Iterator[Draft]:
    """ "Kyiv: saboteurs blew up train", "Troops torched monastery – monks"."""
    text = tree.text
    m = COLON.match(text, start, end)
    if m is not None:
        who, rest = m.span("who"), trim(text, m.end(), end)
        said = text[m.end() : m.end() + 1] in "\"“'‘"
        if (
            rest is not None
            and _is_speaker(tree, who)
            and (said or _is_clause(tree, rest) or _is_telling(tree, who, rest))
        ):
            colon = text.index(":", who[1])
            yield Draft(-1, "line", [who], [(colon, colon + 1)], [rest], frame="colon", stance="assert")
            return
    m = DASH.search(text, start, end)
    if m is not None and text[end - 1] not in ".!?":
        who, rest = m.span("who"), trim(text, start, m.start())
        if rest is not None and _is_clause(tree, rest) and _is_speaker(tree, who):
            dash = next(i for i in range(m.start(), who[0]) if text[i] in "–—-")
            yield Draft(-1, "line", [who], [(dash, dash + 1)], [rest], frame="dash", stance="assert")


def _is_clause(tree: Tree, span: Span) -> bool:
    """True for a stretch of three words and more that holds a verb."""
    first, last = tree.at(span[0]), tree.at(span[1] - 1)
    return last - first >= 2 and any(tree.is_verb(i) for i in range(first, min(last + 1, tree.n)))


def _is_telling(tree: Tree, who: Span, rest: Span) -> bool:
    """True for a few words without a verb after somebody who speaks: "Minister: no soldiers in the north"."""
    words = range(tree.at(who[0]), tree.at(who[1] - 1) + 1)
    return tree.at(rest[1] - 1) - tree.at(rest[0]) >= 2 and any(
        tree.word[i] in listed("speakers") for i in words
    )


def _is_speaker(tree: Tree, span: Span) -> bool:
    """True for a short noun phrase that may name a speaker: a name, or a word for who or what speaks."""
    first, last = tree.at(span[0]), tree.at(span[1] - 1)
    if not 0 <= last - first < 9 or any(
        tree.is_verb(i) and tree.tag[i] != "VBN" for i in range(first, last + 1)
    ):
        return False
    words = [tree.word[i] for i in range(first, last + 1)]
    if words[0].startswith("@") and len(words) == 1:
        return True
    if any(w in listed("speakers") for w in words):
        return True
    if words[0] in listed("labels") or words[-1] in listed("labels"):
        return False
    if any(tree.entity[i] in ("PERSON", "ORG", "GPE", "NORP") for i in range(first, last + 1)):
        return True
    if last == first and tree.text[span[0]].isupper() and tree.word[first] not in nouns():
        return True
    return last - first < 4 and all(tree.pos[i] in ("PROPN", "PUNCT", "ADP") for i in range(first, last + 1))
