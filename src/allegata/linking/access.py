"""Whether a Document says that its own writer or outlet saw, obtained or found out what it tells."""

from __future__ import annotations

import re

from allegata.linking.credits import fold
from allegata.linking.grounds import short_forms
from allegata.linking.voices import head
from allegata.model import Document
from allegata.vocab import load

BODY = 20_000
"""Characters of a Document that are looked through for how it knows."""

NUMBERED_PAPER = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?(?: No\.?)? \d{1,5}(?:/\d{2,4}|-[A-Z])\b")
"""A document with its number: "Directive 41/25", "Memo No. 3/2020", "Note 118-R"."""

_WITNESS = re.compile(
    r"\b(?:I|we|We)\s+(?:(?:have|had|was|were|am)\s+)?(?:\w+ly\s+)?(?:been|seen?|saw|heard|watched|counted|"
    r"carried|helped|lifted|handed|present|there|at|inside|near|among|obtained|reviewed|visited|spoke|filmed|took|found|stood|"
    r"serv\w+|work\w*|closed|opened|geolocated|inspected|interviewed|measured|bought|examined|analy[sz]ed|"
    r"compared|tested|sampled|collected|photographed|documented|recorded|verified|traced|identified|mapped|"
    r"logged|tracked|surveyed|commissioned)\b"
    r"|\b[Mm]y (?:son|daughter|child|children|kids?|mother|father|brother|sister|husband|wife|"
    r"neighbou?rs?|colleagues?) (?:says?|said|tells|told|saw|heard|is|are|was|were)\b",
)
_NAME = r"(?:[Tt]he\s+)?([A-ZÀ-Þ][\w'’-]*(?:[ \n](?:[A-ZÀ-Þ][\w'’-]*|de|del|of|do|da|des))*)"
_GOT = r"(?:seen|learned|learnt|obtained|reviewed|established|verified|read|bought|inspected)"
_ITSELF = (
    r"(?:[Tt]his|[Oo]ur|[Tt]he) (?:newspaper|paper|site|website|magazine|agency|programme|station|channel)"
)
_OWN_WORK = re.compile(
    rf"\b(?:[Ww]e|{_ITSELF})\s+(?:has|have|had)\s+{_GOT}\b|\b{_GOT} by (?:us|me|{_ITSELF})\b|\b[Oo]ur copy\b"
    r"|(?<!told )(?<!telling )(?<!tell )(?<!showed )(?<!showing )(?<!asked )(?<!to )(?<!with )(?<!by )"
    r"\b[Oo]ur (?:reporters?|correspondents?|team|staff|photographers?|volunteers|analysis|investigation|"
    r"pictures)\b"
)
_BY_NAME = re.compile(rf"\b{_GOT} by {_NAME}")
_NAME_HAS = re.compile(rf"{_NAME}\s+(?:has|have|had)\s+{_GOT}\b")
_FIRST_HAND = re.compile(
    rf"{_NAME}\s+(?:has\s+)?(?:tasked|obtained|saw|visited|reviewed|analy[sz]ed|examined|found|interviewed|counted|"
    r"measured|compared|recorded|documented|filmed|photographed|learned|learnt|established|collect(?:ed|s)|"
    r"observed|received|conclude[sd]|assess(?:ed|es)|geolocated|verified|traced|identified|calculated|mapped|"
    r"estimate[sd]|track(?:ed|s)|logged)\b"
)
_PAPER = re.compile(
    rf"\b(?:[Ww]e|{_ITSELF})\s+(?:has|have|had)\s+(?:seen|obtained|reviewed|read)\b"
    rf"|\b(?:seen|obtained|reviewed) by (?:us|me|{_ITSELF})\b|\b[Oo]ur copy\b"
    r"|\b[Oo]ur (?:team|reporters?|staff) (?:ha(?:s|ve) )?(?:seen|obtained|reviewed|read)\b"
)
_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"\n]{0,2000}\"|„[^“”]{0,2000}[“”]|«[^»]{0,2000}»")


def has_own_access(d: Document) -> bool:
    """Whether a Document says that who wrote it was there, or got hold of it; what stands in quotation marks
    is not the writer's, save in a post."""
    body = d.text[:BODY]
    said = body if d.kind == "post" else without_quotes(body)
    if _WITNESS.search(said) or _OWN_WORK.search(said):
        return True
    named = (m for pattern in (_BY_NAME, _NAME_HAS, _FIRST_HAND) for m in pattern.finditer(said))
    return any(is_outlet(d, m.group(1)) for m in named)


def has_seen_paper(d: Document) -> bool:
    """Whether an outlet says that it has seen the document it writes of."""
    said = without_quotes(d.text[:BODY])
    if _PAPER.search(said):
        return True
    return any(is_outlet(d, m.group(1)) for pattern in (_BY_NAME, _NAME_HAS) for m in pattern.finditer(said))


def shows_own_pictures(d: Document, speaker: str) -> bool:
    """Whether a speaker is pictures or data that the outlet itself obtained ("radar images bought by the
    Courier"): they are its own work."""
    names = "|".join(map(re.escape, short_forms(d.outlet))) if d.outlet else ""
    if not names or d.kind != "article" or head(speaker) not in load("citations")["platforms"]["pictures"]:
        return False
    if " " not in speaker:
        return has_own_access(d)  # "the pictures": those that were spoken of
    return bool(re.search(rf"\b(?:by|of|for)\s+(?:[Tt]he\s+)?(?:{names})\b", speaker))


def without_quotes(body: str) -> str:
    """A text with blanks for what stands in quotation marks."""
    return _QUOTED.sub(lambda m: " " * len(m.group()), body)


def is_outlet(d: Document, name: str) -> bool:
    """Whether a name in a text means its own outlet: some of its words, or its first letters."""
    own = fold(d.outlet or "").split()
    mine = fold(name).split()
    initials = "".join(w[0] for w in own)
    return bool(own) and bool(mine) and (set(mine) <= set(own) or (len(own) > 1 and mine == [initials]))
