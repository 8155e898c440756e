"""Posts that a page shows: embedded, or as a picture that it describes ("a screenshot of a post by …"). The
page then has something from the account, whether or not the post can still be found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from allegata.linking.addresses import handle_in
from allegata.linking.pictures import find_picture_credits
from allegata.model import Document, Embed, Span
from allegata.vocab import load

MOST, MOST_SHOWN = 60_000, 60
"""Characters of a text that are searched, and posts that one page may show."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A post in a page. ``account`` is a handle with its "@" or, where none is shown, a name; ``words`` are
    the post's as far as they are shown; ``span`` is where it stands in the text and ``spot`` where the
    account is named there; ``ref`` is its address or the id of a document."""

    account: str | None
    words: str = ""
    span: Span | None = None
    spot: Span | None = None
    ref: str | None = None


def _any(key: str) -> str:
    listed = sorted(load("citations")["pictures"][key], key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("’", "['’]") for w in listed)


@lru_cache(maxsize=1)
def _described() -> re.Pattern[str]:
    """A picture of a post, whose it is, and, within the same line, its words in quotation marks."""
    who = r"(?P<who>@[\w.]{1,49}\w|(?:[A-ZÀ-ÞА-Я][\w'’-]{1,30})(?:\s(?:of|de|[A-ZÀ-ÞА-Я][\w'’-]{1,30})){0,5})"
    of = r"(?:by|from|of|to|under|von|de|del|par|di|da|от|من|از)"
    by = rf"(?:\s*[,:]\s*|\s+(?:\w+\s+){{0,3}}?{of}\s+(?:the\s+|an?\s+)?(?:account\s+(?:of\s+)?)?)"
    words = r"(?:[^\n“”\"«»]{0,160}[“\"«](?P<words>[^\n“”\"«»]{4,600})[”\"»])?"
    return re.compile(
        rf"(?<!\w)(?i:{_any('shots')})(?:\s+of)?(?:\s+[\w'’-]+){{0,4}}?\s+(?i:{_any('posts')})(?!\w)(?i:{by}){who}{words}"
    )


@lru_cache(maxsize=4096)
def find_shown(document: Document) -> tuple[Shown, ...]:
    """The posts that a Document shows, embeds before those that its text describes. An embed without words
    and the description of one are one post where nothing tells them apart."""
    embeds = [_of_embed(e, document.text) for e in document.embeds[:MOST_SHOWN]]
    found = list(embeds)
    for m in _described().finditer(document.text[:MOST]):
        if len(found) >= MOST_SHOWN:
            break
        if any(e.span and e.span[0] < m.end() and m.start() < e.span[1] for e in embeds):
            continue
        end = m.end("words") + 1 if m.group("words") else m.end("who")
        shown = Shown(m.group("who"), m.group("words") or "", (m.start(), end), m.span("who"))
        open_ones = [e for e in embeds if not e.words and not e.span and _may_be(e, shown)]
        if len(open_ones) == 1:
            found.remove(open_ones[0])
            embeds.remove(open_ones[0])
            shown = replace(shown, ref=open_ones[0].ref)
        found.append(shown)
    return tuple(found)


def _may_be(embed: Shown, described: Shown) -> bool:
    """Whether an embed of which only the address is kept may be the one that the text describes: nobody
    describes a post by one account as an embed when it is by another, but a forger."""
    return embed.ref is not None and (described.account or "").startswith("@")


def _of_embed(embed: Embed, text: str) -> Shown:
    handle = embed.handle or (embed.author if (embed.author or "").startswith("@") else None)
    account = handle or embed.author or handle_in(embed.ref)
    spot = None
    for name in (embed.author, embed.handle):
        at = text.find(name, *embed.span) if name and embed.span else -1
        if name and at >= 0:
            spot = (at, at + len(name))
            break
    return Shown(account, embed.text, embed.span, spot, embed.ref)


_SPEAKS_OF_POST = r"(?<!\w)(?i:{posts}|video|clip|picture|photo|photograph|wrote|online|social media)(?!\w)"


def find_passage(text: str, sentences: Sequence[Span]) -> Span | None:
    """The first sentence that speaks of a post, of an embed whose place in the text is not known."""
    pattern = re.compile(_SPEAKS_OF_POST.format(posts=_any("posts")))
    return next((s for s in sentences if pattern.search(text, *s)), None)


def how_shown(document: Document, name: str) -> str:
    """Somebody whose post or picture a Document shows, with that, as the end of "it has this from"; else the
    bare name."""
    if any(c.shows and c.name == name for c in find_picture_credits(document.text)):
        return f"{name}, who took the picture that it says shows it"
    if any(s.account == name for s in find_shown(document)):
        return f"{name}, whose post it shows"
    return name
