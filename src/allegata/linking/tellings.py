"""How each Document of a Claim tells it: along which chains of speakers, in which stance, on what ground."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from allegata.linking.identity import Identities, Party
from allegata.linking.naming import is_generic, leads_talk, says_nothing
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Document, Passage, Span, Statement

_WITNESS = re.compile(
    r"\b(?:I|we)\s+(?:(?:have|had|was|were|am)\s+)?(?:\w+ly\s+)?(?:been|seen?|saw|heard|watched|counted|carried|helped|"
    r"lifted|handed|present|there|obtained|reviewed|visited|spoke|filmed|took|found|stood|serv\w+|work\w*)\b",
)
_OWN_ACCESS = re.compile(
    r"\b(?:has|have|had)\s+(?:seen|learned|learnt|obtained|reviewed|established|verified)\b"
    r"|\b(?:seen|obtained|reviewed) by\b|\bthis newspaper has\b"
    r"|\bour (?:reporter|correspondent|team|photographer|volunteers|analysis|investigation)\b",
    re.IGNORECASE,
)
_FIRST_HAND = (
    r"(?:tasked|obtained|saw|seen|visited|reviewed|analy[sz]ed|examined|found|interviewed|counted|measured|compared|"
    r"recorded|documented|filmed|photographed|learned|learnt|established|collected|observed|received)\b"
)
_TOLD_HERE = re.compile(
    r"\btold (?:us|me|our|this newspaper|the newspaper)\b|\bspoke to (?:us|our|me)\b|\bshowed (?:us|me|our)\b"
    r"|\bhe told me\b|\bin an interview with us\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One chain of speakers in one Document. ``chain`` runs innermost to outermost and is empty where the
    Document says it in its own voice. ``own`` marks first-hand access: the speaker told this very outlet, or
    the writer saw or obtained it. ``negated`` marks what is said with a negation: of somebody who does not
    put the Claim forward elsewhere it is a denial (`settle`)."""

    document: str
    stance: str
    chain: tuple[Party, ...]
    names: tuple[str, ...]
    passages: tuple[Passage, ...]
    own: bool = False
    negated: bool = False


def tell(text: Text, spans: Iterable[Span], identities: Identities) -> list[Telling]:
    """The tellings of a Claim in one Document, from the spans of its units there; one a chain and stance. Who
    passes on another's words there is not also a source of their own."""
    spans = sorted(spans)
    statements = {s.id: s for s in text.reading.statements}
    touched = [s for s in text.reading.statements if _in(s, spans)]
    inner = [s for s in touched if not any(t.nested_in == s.id for t in touched)]
    found: dict[tuple[object, ...], Telling] = {}
    for s in inner:
        if s.speaker and (leads_talk(s.speaker) or says_nothing(s.speaker)):
            continue
        printed = tuple(dict.fromkeys(_chain(s, statements)))
        names = tuple(identities.fullest(text.id, n) for n in printed)
        if s.stance not in AFFIRMING | {"deny", "doubt", "retract", "no_comment", "demand"}:
            continue
        parties = tuple(identities.party(text.id, n) for n in printed)
        if s.stance == "demand" and not _INQUIRY.search(_around(text, s)):
            continue
        own = bool(_TOLD_HERE.search(_around(text, s))) or _told_by_name(text, s)
        passage = Passage(text.id, *_extent(s))
        negated = _is_negated(" ".join(text.document.text[a:b] for a, b in _within(s.content, spans)))
        k = (s.stance, negated, *(p.id for p in parties))
        if k in found:
            old = found[k]
            passages = tuple(dict.fromkeys((*old.passages, passage)))
            found[k] = replace(old, passages=passages, own=old.own or own)
        else:
            found[k] = Telling(text.id, s.stance, parties, names, (passage,), own, negated)
    relays = {p.id for t in found.values() for p in t.chain[1:] if p != t.chain[0]}
    out = [t for t in found.values() if t.chain and not (len(t.chain) == 1 and t.chain[0].id in relays)]
    if not any(t.stance in AFFIRMING and not t.chain[0].generic for t in out):
        plain = [x for x in spans if not any(_overlaps(x, s) for s in touched if s.speaker)]
        if plain or not out or text.document.kind == "statement":
            out.extend(_own_voice(text, plain or spans, identities))
    return out


_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|neither|nor|false|baseless|fabricat\w+|invent\w+|lie|lies|reject\w*|den(?:y|ies|ied)|"
    r"unfounded|untrue|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)
_INQUIRY = re.compile(
    r"\b(?:investigat\w+|inquir\w+|enquir\w+|prob(?:e|es|ed|ing)\b|evidence|proof|explain\w*|explanation|clarif\w+|"
    r"hearing|witnesses|commission|resign\w*)",
    re.IGNORECASE,
)


_EMPTY_NEGATION = re.compile(
    r"\b(?:no|not any|without(?: a)?) doubt\b|\bnot only\b|\bno longer\b", re.IGNORECASE
)


def _is_negated(passage: str) -> bool:
    return bool(_NEGATION.search(_EMPTY_NEGATION.sub(" ", passage)))


def settle(told: Mapping[str, list[Telling]], accused: frozenset[str]) -> dict[str, list[Telling]]:
    """Stances in the light of the whole Claim. Who puts it forward without a negation anywhere is for it; a
    negated statement of anybody else denies it. What the ``accused`` (party ids) say beside it carries it no
    further, unless they confirm it."""
    every = [t for ts in told.values() for t in ts if t.chain]
    against = {t.chain[0].id for t in every if t.own and (t.negated or t.stance == "deny")}
    forward = {
        t.chain[0].id
        for t in every
        if t.stance in AFFIRMING and not t.negated and t.chain[0].id not in accused
    }
    forward -= against - {t.chain[0].id for t in every if t.own and t.stance in AFFIRMING and not t.negated}
    out: dict[str, list[Telling]] = {}
    for document, ts in told.items():
        settled = []
        for t in ts:
            party = t.chain[0].id if t.chain else None
            if t.stance in ("assert", "allege") and party is not None and party not in forward:
                if t.negated:
                    t = replace(t, stance="deny")
                elif party in accused:
                    continue
            settled.append(t)
        out[document] = settled
    return out


def _own_voice(text: Text, spans: list[Span], identities: Identities) -> list[Telling]:
    """The Document speaks for itself: a statement for its publisher, a post for its author, an article for
    its outlet where it says how it knows; otherwise for nobody (an empty chain)."""
    d = text.document
    passages = tuple(Passage(text.id, *s) for s in spans[:3])
    speaker = d.author if d.kind == "post" else d.outlet
    body = d.text[:20_000]
    itself = _speaks_of_itself(d) or bool(
        d.outlet and re.search(rf"\b{re.escape(d.outlet)}\b\s+(?:has\s+)?{_FIRST_HAND}", body)
    )
    own = d.kind == "statement" or bool(_OWN_ACCESS.search(body)) or bool(_WITNESS.search(body)) or itself
    stance = _own_stance(text, spans)
    paper = _paper_seen(text, body) if d.kind == "article" and stance == "assert" else None
    if paper:
        party = Party(f"document:{paper.lower()}", paper, "document", (paper,))
        return [Telling(text.id, stance, (party,), (paper,), passages, own=True)]
    if not speaker or not own:
        return [Telling(text.id, stance, (), (), passages)]
    negated = d.kind in ("statement", "post") and any(_is_negated(d.text[a:b]) for a, b in spans)
    party = identities.party(text.id, speaker)
    return [Telling(text.id, stance, (party,), (speaker,), passages, own=True, negated=negated)]


def _speaks_of_itself(d: Document) -> bool:
    """A post whose account is named like somebody its words are about ("@shawalfront_media" on "the Shawal
    Front"): the account of a party to the matter."""
    if d.kind != "post" or not d.author:
        return False
    account = re.sub(r"[\W_\d]+", "", d.author.lower())
    names = re.findall(r"\b[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)+", d.text)
    return any(len(n) > 5 and n in account for n in (re.sub(r"\W+", "", name.lower()) for name in names))


_SEEN = re.compile(
    r"\b(?:has|have|had) (?:seen|obtained|reviewed|read)\b|\b(?:seen|obtained|reviewed) by\b|\bour copy\b"
    r"|\bour (?:team|reporters?|staff) (?:ha(?:s|ve) )?(?:seen|obtained|reviewed|read)\b",
    re.IGNORECASE,
)


_NUMBERED_PAPER = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?(?: No\.?)? \d{1,5}/\d{2,4}\b")


def _paper_seen(text: Text, body: str) -> str | None:
    """The document that an outlet says it has seen: then the document is the origin, not the outlet. A number
    names it best."""
    if not _SEEN.search(body):
        return None
    numbered = _NUMBERED_PAPER.findall(body)
    if numbered:
        return str(max(sorted(set(numbered)), key=numbered.count))
    papers = [s.name for s in text.reading.sources if s.kind == "document"]
    return min(papers, key=lambda n: (-len(n), n)) if papers else None


_CHECK = re.compile(
    r"\bfact[- ]?check(?:s|ed|ers?|ing)?\b|\bdebunk|\bhoax\b|\bverif(?:y|ies|ication) desk\b", re.IGNORECASE
)


def is_check(d: Document) -> bool:
    """Whether a Document is a fact-check, by its headline or its outlet's name."""
    return bool(_CHECK.search(f"{d.title or ''} {d.outlet or ''}"))


def _own_stance(text: Text, spans: list[Span]) -> str:
    """The writer's own stance: a fact-check doubts what it traces; a statement that denies or rejects in
    its own voice denies; a correction retracts."""
    d = text.document
    answers = [
        s.stance
        for s in text.reading.statements
        if s.stance in ("deny", "doubt", "retract")
        and _in(s, spans)
        and (not s.speaker or s.speaker == d.outlet)
    ]
    if d.kind == "statement" and answers:
        return "deny" if "deny" in answers else answers[0]
    if is_check(d):
        return "doubt"
    if "retract" in answers or re.match(r"\s*correction\b", d.title or "", re.IGNORECASE):
        return "retract"
    return "assert"


def _chain(s: Statement, by_id: dict[str, Statement]) -> Iterable[str]:
    at: Statement | None = s
    for _ in range(8):
        if at is None:
            return
        if at.speaker and not leads_talk(at.speaker):
            yield at.speaker
        at = by_id.get(at.nested_in) if at.nested_in else None


def _extent(s: Statement) -> Span:
    parts = (*s.source, *s.cue, *s.content)
    start, end = min(p[0] for p in parts), max(p[1] for p in parts)
    return (start, min(end, start + 1200))


def _within(content: Iterable[Span], spans: list[Span]) -> Iterable[Span]:
    """What of a content lies in the passages of the Claim: a long turn says much else."""
    for a, b in content:
        for start, end in spans:
            if a < end and start < b:
                yield max(a, start), min(b, end)


def _in(s: Statement, spans: list[Span]) -> bool:
    parts = (*s.cue, *s.content)
    return any(p[0] < e and b < p[1] for p in parts for b, e in spans)


def _overlaps(span: Span, s: Statement) -> bool:
    return any(p[0] < span[1] and span[0] < p[1] for p in (*s.cue, *s.content))


def _around(text: Text, s: Statement) -> str:
    start, end = _extent(s)
    return text.document.text[max(0, start - 20) : end + 120]


def _told_by_name(text: Text, s: Statement) -> bool:
    return _names_itself(text.document.outlet, _around(text, s))


def _names_itself(outlet: str | None, passage: str) -> bool:
    """Whether the outlet names itself as the one that was told ("told Meridian")."""
    if not outlet:
        return False
    first = outlet.removeprefix("The ").split()[0]
    return bool(re.search(rf"\b(?:told|spoke to)\s+(?:the\s+)?{re.escape(first)}\b", passage))


def speaks_here(text: Text) -> bool:
    """Whether somebody spoke to this very outlet, or it is the record of somebody speaking: such a page has
    access of its own."""
    d = text.document
    body = d.text[:20_000]
    return (
        d.kind in ("transcript", "statement")
        or bool(_TOLD_HERE.search(body))
        or _names_itself(d.outlet, body)
    )


def is_nobody(party: Party) -> bool:
    """True for sources that stand for no one in particular."""
    return party.generic or is_generic(party.name)
