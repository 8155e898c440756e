"""What a Document says for itself: a statement for its publisher, a post for its author, an article for its
outlet where it says how it knows, a fact-check about what it checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from allegata.linking.access import BODY, NUMBERED_PAPER, has_own_access, has_seen_paper
from allegata.linking.credits import core as name_core
from allegata.linking.naming import body_phrases
from allegata.linking.polarity import Core, is_claimed
from allegata.linking.texts import Text
from allegata.linking.voices import head
from allegata.model import Document
from allegata.vocab import load

_OURS = re.compile(
    r"\b[Oo]ur (?:fighters|forces|troops|soldiers|units|men|brothers|guards|officers|crews?|company|"
    r"ministry|government|"
    r"movement|party|spokes\w+|command\w*)\b"
)
_CHECK = re.compile(
    r"\bfact[- ]?check(?:s|ed|ers?|ing)?\b|\bdebunk|\bhoax\b|\bverif(?:y|ies|ication) desk\b", re.IGNORECASE
)
_OWN_EVIDENCE = re.compile(
    r"\bwe (?:have )?(?:obtained|geolocated|inspected|counted|interviewed|visited|"
    r"compared|examined|tested|measured|analysed)\b|\bwhich we obtained\b"
    r"|\bobtained (?:by us|on our own)\b",
    re.IGNORECASE,
)
_FOUND_FALSE = re.compile(
    r"\b(?:not in it|is not (?:on|in) |never (?:owned|held|happened|took place)|(?:is|are|was|"
    r"were) (?:false|untrue|wrong|"
    r"not true|fabricated|invented|"
    r"(?:an? )?(?:forg(?:ery|ed)|fake|hoax|fabrication))\b|"
    r"no trace of|our (?:rating|verdict): (?:false|fake|wrong))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OwnVoice:
    """Who speaks where a Document speaks for itself: ``speaker`` is ``None`` for nobody; ``paper`` names the
    document that the outlet says it has seen."""

    speaker: str | None
    stance: str
    paper: str | None = None
    own: bool = False


def own_voice(text: Text, answers: Sequence[str], core: Core) -> OwnVoice:
    """The Document's own voice. ``answers`` are the stances (deny, doubt, retract) that its own statements
    about the Claim have, ``core`` the Claim's words."""
    d = text.document
    body = d.text[:BODY]
    stance = _own_stance(d, answers, core)
    if is_check(d):
        return OwnVoice(d.outlet, stance, own=True)
    if stance == "retract":
        return OwnVoice(d.outlet, stance, own=True)
    speaker = d.author if d.kind == "post" else d.outlet
    own = d.kind == "statement" or has_own_access(d) or _speaks_of_itself(d)
    paper = _paper_seen(text, body) if d.kind == "article" and stance == "assert" else None
    if paper:
        return OwnVoice(paper, stance, paper, own=True)
    return OwnVoice(speaker if own else None, stance, own=own and speaker is not None)


_SIGNED = re.compile(
    r"\b(?:statement|address|remarks|message|letter|reply|answer|comments?|declaration)\s+(?:by|of|from)\s+(.{3,90})$",
    re.IGNORECASE,
)


_SIGNED_OFF = re.compile(
    r"\b(?i:spokes\w+|president|secretary[- ]general|director|chair\w*|porte-parole|portavoz|vocero|vocera|"
    r"président|presidente|direct(?:eur|rice|or|ora)|sprecher\w*|vorsitzende\w*|portavoce)(?:,|\s*:|\n)\s*(\S[^,;\n]{3,60}?)\.?$"
)
"""The office and the name with which a body's statement ends."""
SIGN_OFF = 200


def signatory(d: Document) -> str | None:
    """The person whose words a statement of a body is, by its headline ("Statement by Minister Ida Roth")."""
    if d.kind != "statement":
        return None
    signed = _SIGNED.search((d.title or "").strip()) or _SIGNED_OFF.search(d.text[-SIGN_OFF:].rstrip())
    if signed is None:
        return None
    named = re.findall(r"[^\W\d_][\w.'’-]*", signed.group(1))
    known = _titles() | set(name_core(d.outlet or "").split())
    while named and (named[0][:1].islower() or named[0].lower() in known):
        del named[0]
    whole = 2 <= len(named) <= 4 and all(w[:1].isupper() and w.lower() not in known for w in named)
    return " ".join(named) if whole and not body_phrases("government").search(" ".join(named)) else None


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    titles = load("titles")
    lists = (*titles["honorifics"].values(), titles["ranks"]["words"], titles["offices"]["words"])
    return frozenset(w.strip() for line in lists for w in line.split(","))


def is_check(d: Document) -> bool:
    """Whether a Document is a fact-check, by its headline or its outlet's name."""
    return checks(f"{d.title or ''} {d.outlet or ''}")


def checks(name: str) -> bool:
    """Whether a headline or a name is one of a fact-check."""
    return bool(_CHECK.search(name))


_ACCUSATIONS = re.compile(
    r"\b(?:accusations?|allegations?|allégations|acusaciones|acusações|accuse|rumou?rs?|rumeurs|rumores|"
    r"(?:false|media|press|recent|certain|published) (?:reports?|claims?|articles?|publications?|news)|"
    r"anschuldigungen|vorwürfe\w*|denuncias|(?:circulat|published|spread)\w* (?:in|by|on)\b)",
    re.IGNORECASE,
)


def answers_accusations(d: Document) -> bool:
    """Whether a statement is published to answer what others say, by its headline or its first words ("On the
    accusations against our ship")."""
    return d.kind == "statement" and bool(_ACCUSATIONS.search(f"{d.title or ''}\n{d.text[:250]}"))


def is_correction(d: Document) -> bool:
    """Whether a Document says of itself that it takes something back."""
    return bool(
        re.match(
            r"\W{0,3}(?:correction|corrections|erratum|retraction|clarification and apology)\b",
            d.title or "",
            re.I,
        )
    )


def _own_stance(d: Document, answers: Sequence[str], core: Core) -> str:
    """A fact-check doubts what it traces, and denies it where it has evidence of its own; a statement that
    denies or rejects in its own voice denies; a correction retracts."""
    if d.kind == "statement" and answers:
        return "deny" if "deny" in answers else answers[0]
    if is_check(d):
        body = d.text[:BODY]
        false = _FOUND_FALSE.search(body) if _OWN_EVIDENCE.search(body) else None
        return "deny" if false and not is_claimed(false.group(), core) else "doubt"
    if "retract" in answers or is_correction(d):
        return "retract"
    return "assert"


def _speaks_of_itself(d: Document) -> bool:
    """A post whose account is named like somebody its words are about ("@shawalfront_media" on "the Shawal
    Front"), or that speaks of its own men: the account of a party to the matter."""
    if d.kind != "post" or not d.author:
        return False
    account = re.sub(r"[\W_\d]+", "", d.author.lower())
    names = re.findall(r"\b[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)+", d.text[:BODY])
    if any(len(n) > 5 and n in account for n in (re.sub(r"\W+", "", name.lower()) for name in names)):
        return True
    return bool(_OURS.search(d.text[:BODY]))


def _paper_seen(text: Text, body: str) -> str | None:
    """The document that an outlet says it has seen: then the document is the origin, not the outlet. A number
    names it best."""
    if not has_seen_paper(text.document):
        return None
    numbered = NUMBERED_PAPER.findall(body)
    if numbered:
        return str(max(sorted(set(numbered)), key=numbered.count))
    pictures = load("citations")["platforms"]["pictures"]
    papers = [s.name for s in text.reading.sources if s.kind == "document" and head(s.name) not in pictures]
    return min(papers, key=lambda n: (not _is_seen(n, body), -len(n), n)) if papers else None


_SEEN = re.compile(
    r"\b(?:obtained|seen|read|reviewed|examined|shown|shared|leaked|passed|handed|publish\w*|printed|"
    r"in (?:our|its) possession)\b",
    re.IGNORECASE,
)
SEEN_BESIDE = 80
"""Characters after a paper's name within which a text says that it was obtained."""


def _is_seen(paper: str, body: str) -> bool:
    """Whether a text says of this very paper that somebody got hold of it."""
    return any(
        _SEEN.search(re.split(r"[.;]\s", body[m.start() : m.end() + SEEN_BESIDE])[0])
        for m in re.finditer(re.escape(paper), body)
    )
