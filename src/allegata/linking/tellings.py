"""How each Document of a Claim tells it: along which chains of speakers, in which stance, on what ground."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from allegata.linking.access import BODY, has_own_access, is_outlet
from allegata.linking.chains import chain_of
from allegata.linking.identity import Identities
from allegata.linking.naming import leads_talk, says_nothing
from allegata.linking.own_voice import answers_accusations, own_voice, signatory
from allegata.linking.own_voice import is_check as is_check
from allegata.linking.parties import Party
from allegata.linking.polarity import (
    ABOUT,
    LEAST_OWN,
    Core,
    is_contrary,
    is_flat_denial,
    means_all,
    negates,
    own_count,
    share_of,
)
from allegata.linking.saying import is_said
from allegata.linking.stances import is_admission, is_silence, stance_in
from allegata.linking.texts import Text
from allegata.linking.voices import is_nameless
from allegata.model import AFFIRMING, OPPOSING, Passage, Span, Statement

_TOLD_HERE = re.compile(
    r"\btold (?:us|me|our|this newspaper|the newspaper)\b|\bspoke to (?:us|our|me)\b|\bshowed (?:us|me|our)\b"
    r"|\bhe told me\b|\bin an interview with us\b",
    re.IGNORECASE,
)
_INQUIRY = re.compile(
    r"\b(?:investigat\w+|inquir\w+|enquir\w+|prob(?:e|es|ed|ing)\b|evidence|proof|explain\w*|explanation|clarif\w+|"
    r"witnesses|register\b)",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\W*(?:each other|one another|(?:the |an? |these |those |any )?(?:alleged|reported|purported|supposed|"
    r"claims?|allegations?|accusations?|reports|question))\b",
    re.IGNORECASE,
)
"""What a committee hears about, or two sides say of each other: a content that is somebody else's word."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One chain of speakers in one Document. ``chain`` runs innermost to outermost and is empty where the
    Document says it in its own voice. ``own`` marks first-hand access: the speaker told this very outlet, or
    the writer saw or obtained it. ``negated`` marks what is said with a negation: of somebody who does not
    put the Claim forward elsewhere it is a denial (`settling.settle`). ``admits`` marks who says to have
    done it themselves, ``beside`` a denial of something else, ``contrary`` any words against it:
    from the accused they deny."""

    document: str
    stance: str
    chain: tuple[Party, ...]
    names: tuple[str, ...]
    passages: tuple[Passage, ...]
    own: bool = False
    negated: bool = False
    admits: bool = False
    beside: bool = False
    contrary: bool = False


def tell(
    text: Text, spans: Iterable[Span], identities: Identities, core: Core, *, negative: bool = False
) -> list[Telling]:
    """The tellings of a Claim in one Document, from the spans of its units there; one a chain and stance. Who
    passes on another's words there is not also a source of their own. ``core`` are the Claim's words,
    ``negative`` tells that it says what was not."""
    spans = sorted(spans)
    statements = {s.id: s for s in text.reading.statements}
    touched = [s for s in text.reading.statements if _in(s, spans) and is_said(text, s)]
    # what nobody says and nothing tells ("were warned that ...") does not stand for the words around it
    telling = [s for s in touched if s.speaker or s.stance in AFFIRMING | OPPOSING]
    inner = [s for s in touched if not any(t.nested_in == s.id for t in telling)]
    found: dict[tuple[object, ...], Telling] = {}
    for s in inner:
        if s.speaker and (leads_talk(s.speaker) or says_nothing(s.speaker)):
            continue
        if _asks(text, s):
            continue
        stance = stance_in(text, s, core)
        if stance not in AFFIRMING | OPPOSING or (
            stance == "demand" and not _INQUIRY.search(text.document.text[slice(*_extent(s))])
        ):
            continue
        if (
            stance in ("assert", "allege")
            and s.content
            and _HEDGED.match(text.document.text[slice(*s.content[0])])
        ):
            continue
        printed = chain_of(text, s, statements)
        names = tuple(identities.fullest(text.id, n) for n in printed)
        parties = tuple(identities.party(text.id, n) for n in printed)
        own = bool(_TOLD_HERE.search(_around(text, s))) or _told_by_name(text, s)
        own = own or (len(parties) == 1 and _is_own_finding(text, s))
        said = " ".join(text.document.text[a:b] for a, b in _within(s.content, spans))
        beside = stance in ("deny", "doubt") and _is_beside(said, core)
        negated = negates(said, core, negative=negative)
        admits = is_admission(text, s, core)
        _add(
            found,
            Telling(
                *(text.id, stance, parties, names, (_passage(text, s),)),
                *(own, negated, admits, beside, is_contrary(said, core)),
            ),
        )
    relays = {p.id for t in found.values() for p in t.chain[1:] if p != t.chain[0]}
    out = [t for t in found.values() if t.chain and not (len(t.chain) == 1 and t.chain[0].id in relays)]
    plain = [x for x in spans if not any(_overlaps(x, s) for s in touched if s.speaker)]
    itself = _itself(text, plain or spans, touched, identities, core, negative)
    put_forward = any(t.stance in AFFIRMING and not t.chain[0].generic for t in out)
    published = text.document.kind == "statement"
    confirmed = not plain and any(t.stance == "confirm" for t in out)
    if itself.stance in OPPOSING and confirmed and is_check(text.document):
        pass  # what a check says that somebody confirmed is beside what it takes apart
    elif itself.stance in OPPOSING:
        if itself.chain and not any(
            t.stance == itself.stance and not t.beside and t.chain and t.chain[0].id == itself.chain[0].id
            for t in out
        ):
            out.append(itself)
    elif any(t.stance == "no_comment" and t.chain == itself.chain for t in out):
        pass  # who will not speak of the matter says other things beside it
    elif (published and itself.negated and plain) or (not put_forward and (plain or not out or published)):
        out.append(itself)
    return out


def _asks(text: Text, s: Statement) -> bool:
    """Whether it is a question of the outlet's in a talk: "The bank says that nothing was sold. Was it?" """
    d = text.document
    if d.kind != "transcript" or s.speaker != d.outlet or not s.content:
        return False
    end = s.content[-1][1]
    return "?" in d.text[end - 1 : end + 1]


def _is_beside(denied: str, core: Core) -> bool:
    """Whether what is denied has words of its own and none of the Claim's: a denial of something else."""
    if means_all(denied):
        return False
    return own_count(denied) >= LEAST_OWN and share_of(denied, core) < ABOUT


def _add(found: dict[tuple[object, ...], Telling], t: Telling) -> None:
    k = (t.stance, t.negated, *(p.id for p in t.chain))
    old = found.get(k)
    if old:
        passages = tuple(dict.fromkeys((*old.passages, *t.passages)))
        t = replace(
            old,
            passages=passages,
            own=old.own or t.own,
            admits=old.admits or t.admits,
            beside=old.beside and t.beside,
            contrary=old.contrary or t.contrary,
        )
    found[k] = t


def first_heard(texts: Sequence[Text], told: Mapping[str, Sequence[Telling]]) -> set[str]:
    """The documents that are the first to carry what a person with a name says, told by nobody else: however
    like an earlier one's the words of such a page are, that one did not have the person."""
    heard: set[str] = set()
    out: set[str] = set()
    for text in sorted(texts, key=Text.sort_key):
        mine = told[text.id]
        direct = {t.chain[0] for t in mine if len(t.chain) == 1 and t.stance in AFFIRMING}
        if any(p.kind == "named_person" and p.id not in heard for p in direct):
            out.add(text.id)
        heard |= {p.id for t in mine for p in t.chain}
    return out


def _itself(
    text: Text,
    spans: Sequence[Span],
    touched: Sequence[Statement],
    identities: Identities,
    core: Core,
    negative: bool,
) -> Telling:
    d = text.document
    answers = [
        s.stance
        for s in touched
        if s.stance in ("deny", "doubt", "retract") and (not s.speaker or s.speaker == d.outlet)
    ]
    said = [d.text[a:b] for a, b in spans]
    if not answers and answers_accusations(d) and any(is_contrary(p, core) for p in said):
        answers = ["deny"]
    voice = own_voice(text, answers, core)
    passages = tuple(Passage(text.id, *s) for s in spans[:3])
    if voice.paper:
        party = Party(f"document:{voice.paper.lower()}", voice.paper, "document", (voice.paper,))
        return Telling(text.id, voice.stance, (party,), (voice.paper,), passages, own=True)
    speaker = voice.speaker or _known_author(text, identities)
    if not speaker:
        told = _interviewed(text) if voice.stance == "assert" else None
        if told:
            return Telling(
                text.id,
                voice.stance,
                (identities.party(text.id, told),),
                (identities.fullest(text.id, told),),
                passages,
                own=True,
            )
        return Telling(text.id, voice.stance, (), (), passages)
    silent = d.kind == "statement" and any(is_silence(d.text[a:b]) for a, b in spans)
    if silent:
        voice = replace(voice, stance="no_comment")
    speaks = d.kind in ("statement", "post")
    negated = speaks and any(negates(p, core, negative=negative) for p in said)
    negated = negated or (speaks and not negative and any(is_flat_denial(p) for p in said))
    party = identities.party(text.id, speaker)
    name = signatory(d) or speaker
    answering = [d.text[:BODY]] if answers_accusations(d) else []
    contrary = speaks and any(is_contrary(p, core) for p in (*said, *answering))
    return Telling(
        text.id, voice.stance, (party,), (name,), passages, own=True, negated=negated, contrary=contrary
    )


def _known_author(text: Text, identities: Identities) -> str | None:
    """The author of a post whom the story knows otherwise than by an account: who is spoken of speaks."""
    author = text.document.author if text.document.kind == "post" else None
    if not author or identities.party(text.id, author).kind == "social_account":
        return None
    return author


def _interviewed(text: Text) -> str | None:
    """The one person with a name who told this very outlet: what an article says in its own voice it then has
    from them."""
    people = {x.name for x in text.reading.sources if x.kind in ("person", "eyewitness")}
    told = {
        s.speaker
        for s in text.reading.statements
        if s.speaker in people and (_TOLD_HERE.search(_around(text, s)) or _told_by_name(text, s))
    }
    return next(iter(told)) if len(told) == 1 else None


def _extent(s: Statement) -> Span:
    parts = (*s.source, *s.cue, *s.content)
    start, end = min(p[0] for p in parts), max(p[1] for p in parts)
    return (start, min(end, start + 1200))


def _passage(text: Text, s: Statement) -> Passage:
    return Passage(text.id, *_extent(s))


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


_FINDING = re.compile(r"\b(?:conclude|find|establish|measure|calculate|determine|count)[sd]?\b|\bfound\b")


def _is_own_finding(text: Text, s: Statement) -> bool:
    """Whether an outlet that has access of its own says, of itself by its name, what it found out ("Sightline
    concludes")."""
    d = text.document
    if d.kind != "article" or not s.speaker or not any(_FINDING.search(d.text[a:b]) for a, b in s.cue):
        return False
    return is_outlet(d, s.speaker) and has_own_access(d)


def _told_by_name(text: Text, s: Statement) -> bool:
    return _names_itself(text.document.outlet, _around(text, s))


def _names_itself(outlet: str | None, passage: str) -> bool:
    """Whether the outlet names itself as the one that was told ("told Meridian")."""
    return bool(outlet and _TOLD.search(passage) and _told_to(outlet).search(passage))


_TOLD = re.compile(r"\b(?:told|spoke to)\s")


@lru_cache(maxsize=10_000)
def _told_to(outlet: str) -> re.Pattern[str]:
    name = " ".join(outlet.removeprefix("The ").split()[:2])
    first = name.split()[0]
    short = "|".join(map(re.escape, (name, first) if len(first) > 5 else (name,)))
    last = re.escape(outlet.split()[-1])  # "told the Tribune", of the Velm Tribune
    named = rf"(?:[Tt]he\s+)?(?:{short})|the\s+(?=[A-Z]){last}"
    return re.compile(rf"\b(?:told|spoke to)\s+(?:{named})\b")


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


def unanswered(text: Text, spans: Iterable[Span]) -> Iterator[Span]:
    """Those of some passages in which nothing is answered."""
    answers = [s for s in text.reading.statements if s.stance in OPPOSING]
    for start, end in spans:
        if not any(p[0] < end and start < p[1] for s in answers for p in (*s.cue, *s.content)):
            yield start, end


def is_nobody(party: Party) -> bool:
    """True for sources that stand for no one in particular."""
    return party.generic or is_nameless(party.name)
