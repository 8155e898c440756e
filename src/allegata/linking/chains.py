"""Along which speakers a Statement came: who said it to whom, innermost first, as it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from allegata.linking.access import shows_own_pictures
from allegata.linking.credits import fold
from allegata.linking.naming import is_bare_body, is_generic, leads_talk
from allegata.linking.texts import Text
from allegata.linking.voices import is_teller
from allegata.model import AFFIRMING, Span, Statement

DEEPEST = 8
"""Statements within statements that are followed."""

_QUOTED = re.compile(r"“[^”\"]{1,4000}[”\"]|\"[^\"\n]{1,4000}\"|«[^»]{1,4000}»")
_UNNAMED = ("unknown", "anonymous", "document")


def chain_of(text: Text, s: Statement, statements: Mapping[str, Statement]) -> tuple[str, ...]:
    """Names of the speakers of a Statement, innermost first. Whom a witness quotes without a name ("the
    foreman said so") is not heard beside the witness; what a body's own statement says of records, of unnamed
    people or of itself ("the union") is the body's word; what a post says of the poster's family is the
    poster's; pictures that an outlet obtained are its own work."""
    d = text.document
    kinds = {x.name: x.kind for x in text.reading.sources}
    names = _in_order(dict.fromkeys(_nested(s, statements)), kinds)
    if len(names) == 1:
        quoting = _quoting(text, s)
        names += [quoting] if quoting else []
    turns = ("person", "account", "unknown") if d.kind == "transcript" else ("person", "account")
    heard = len(names) > 1 and kinds.get(names[1]) in turns and _is_bare(names[0], kinds)
    if heard and (d.kind in ("transcript", "post") or _quote_around(text, s)):
        names = names[1:]
    published = d.outlet if d.kind == "statement" and names and not is_generic(names[0]) else None
    if published and _is_publisher(names[0], published):
        return (published, *names[1:])
    if not names or s.stance not in AFFIRMING:
        return tuple(names)
    if published and kinds.get(names[0], "unknown") in _UNNAMED:
        return (published,)
    if d.kind == "post" and d.author and names[0].startswith(f"{d.author}'s "):
        return (d.author,)
    if d.outlet and (shows_own_pictures(d, names[0]) or _ends_in(text, s, d.outlet)):
        return (d.outlet,)
    return tuple(names)


def _ends_in(text: Text, s: Statement, outlet: str) -> bool:
    """Whether a source span runs on to the page's own outlet, who is the subject: "… the mayor, the Courier
    has learned"."""
    ends = (text.document.text[a:b].replace("\n", " ").rstrip() for a, b in s.source)
    return any(re.search(rf",\s+(?:[Tt]he\s+)?{re.escape(outlet.removeprefix('The '))}$", e) for e in ends)


def _is_publisher(name: str, publisher: str) -> bool:
    """Whether a body's own statement means the body by a bare noun: "the union", "the Federation"."""
    bare = fold(name)
    return f" {bare} " in f" {fold(publisher)} " or is_bare_body(name)


def _in_order(nested: Iterable[str], kinds: Mapping[str, str]) -> list[str]:
    """The chain as it must have run: an outlet has it from an unnamed source, not the other way round; people
    of whom somebody tells ("she said that fighters reported for duty") are not whom it is from."""
    names = list(nested)
    for n in range(len(names) - 1):
        if kinds.get(names[n]) in ("outlet", "agency") and kinds.get(names[n + 1]) == "anonymous":
            names[n], names[n + 1] = names[n + 1], names[n]
    if len(names) > 1 and names[0] == names[0].lower() and not is_teller(names[0]):
        return names[1:]
    return names


def _nested(s: Statement, by_id: Mapping[str, Statement]) -> Iterable[str]:
    at: Statement | None = s
    for _ in range(DEEPEST):
        if at is None:
            return
        if at.speaker and not leads_talk(at.speaker):
            yield at.speaker
        at = by_id.get(at.nested_in) if at.nested_in else None


def _is_bare(name: str, kinds: Mapping[str, str]) -> bool:
    """Whether a speaker has no name: "the guard", "soldiers at the post"."""
    return not name[:1].isupper() and kinds.get(name, "unknown") in (*_UNNAMED, "organisation", "office")


def _quote_around(text: Text, s: Statement) -> Span | None:
    """The quotation that a Statement's cue stands in."""
    if not s.cue:
        return None
    at = s.cue[0][0]
    start = max(0, at - 4000)
    found = (m.span() for m in _QUOTED.finditer(text.document.text, start, at + 4000))
    return next(((a, b) for a, b in found if a < at < b), None)


def _quoting(text: Text, s: Statement) -> str | None:
    """Who is quoted with the words that a Statement stands in, where the Reading has not nested it."""
    quote = _quote_around(text, s)
    if quote is None:
        return None
    return next(
        (
            o.speaker
            for o in text.reading.statements
            if o.speaker
            and o.id != s.id
            and o.speaker != s.speaker
            and not any(quote[0] < a < quote[1] for a, _ in o.cue)
            and any(a < quote[1] and quote[0] < b for a, b in o.content)
        ),
        None,
    )
