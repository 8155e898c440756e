"""Whether what a person decides is about something that the store holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from allegata.linking.corrections import read_correction, write_correction
from allegata.linking.credits import fold
from allegata.linking.decisions import (
    WORDS,
    At,
    BadJudgementError,
    Decision,
    Edges,
    Name,
    Names,
    Passages,
    Readings,
    Said,
    matter,
    parse,
    standing,
    subject_of,
)
from allegata.model import Claim, Judgement
from allegata.store.base import ClaimQuery, Store

LONGEST_NAME, LONGEST_REASON = 80, 2000
"""Characters of a person's name and of a reason."""

MOST_SEARCHED = 1000
"""Claims with the words of a name in which it is looked for before it is said to be nobody's."""


def checked_person(person: str) -> str:
    who = " ".join(person.split())
    if not 0 < len(who) <= LONGEST_NAME or not who.isprintable():
        raise BadJudgementError(f"a judgement needs a person's name, of {LONGEST_NAME} characters at most")
    return who


def checked_reason(reason: str) -> str:
    why = reason.strip()
    if len(why) > LONGEST_REASON:
        raise BadJudgementError(f"a reason has {LONGEST_REASON} characters at most, not {len(why)}")
    return why


def checked_subject(store: Store, kind: str, subject: object, value: str) -> str:
    """The subject as it is to be kept: its passages with the words they begin with. BadJudgementError where
    it names documents, passages or sources that the store does not have."""
    words = subject_of(kind, subject, value)
    found = parse(Judgement(0, "", "", kind, words, value, ""))
    match found:
        case At(said) | Readings(said):
            return subject_of(kind, _quoted(store, said), value)
        case Passages(left, right):
            return subject_of(kind, [_quoted(store, left), _quoted(store, right)], value)
        case Edges():
            _check_edge(store, found, value)
        case Names(first, second):
            _check_names(store, found, (first, second))
    return words


def checked_value(store: Store, kind: str, subject: str, value: str) -> str:
    """The value as it is to be kept, for a subject that was checked: the parts of a statement with the words
    they begin with. BadJudgementError as for the subject."""
    if kind != "reading":
        return value
    found = parse(Judgement(0, "", "", kind, subject, value, ""))
    assert isinstance(found, Readings)
    document = found.passage.document
    given = read_correction(document, value)
    held = store.document(document)

    def whole(parts: tuple[Said, ...] | None) -> tuple[Said, ...] | None:
        if parts is None or held is None:
            return parts
        return tuple(Said(s.passage, str(_quoted(store, s)[3])) for s in parts)

    return write_correction(
        replace(given, source=whole(given.source), cue=whole(given.cue), content=whole(given.content))
    )


def _quoted(store: Store, said: Said) -> list[Any]:
    p = said.passage
    document = store.document(p.document)
    if document is None:
        raise BadJudgementError(f"there is no document “{p.document[:80]}” in this store")
    if p.end > len(document.text):
        raise BadJudgementError(
            f"there is no passage {p.start}-{p.end} in “{p.document[:80]}”, "
            f"which has {len(document.text):,} characters"
        )
    words = document.text[p.start : min(p.end, p.start + WORDS)]
    if said.words and said.words != words:
        raise BadJudgementError(f"“{p.document[:80]}” was edited since: look at the passage again")
    if not words.strip():
        raise BadJudgementError(f"nothing is said in “{p.document[:80]}” at {p.start}-{p.end}")
    return [p.document, p.start, p.end, words]


def _check_edge(store: Store, edge: Edges, value: str) -> None:
    if store.document(edge.downstream) is None:
        raise BadJudgementError(f"there is no document “{edge.downstream[:80]}” in this store")
    if store.document(edge.upstream) is not None:
        return
    wanted = fold(_bare(edge.upstream))
    edges = (e for c in store.claims_of(edge.downstream) for e in c.edges)
    known = any(e.downstream == edge.downstream and fold(_bare(e.upstream)) == wanted for e in edges)
    if not known and not _is_judged(store, edge.judgement):
        raise BadJudgementError(
            f"no claim says that “{edge.downstream[:80]}” had it from “{edge.upstream[:80]}”: "
            "give a document, or a name as the evidence has it"
        )


def _check_names(store: Store, names: Names, both: Iterable[Name]) -> None:
    for name in both:
        if name.document is not None and store.document(name.document) is None:
            raise BadJudgementError(f"there is no document “{name.document[:80]}” in this store")
        if not _is_heard(store, name) and not _is_judged(store, names.judgement):
            where = f"“{name.document[:80]}”" if name.document else "a claim of this store"
            raise BadJudgementError(f"nobody called “{name.name[:80]}” speaks in {where}")


def _is_judged(store: Store, judgement: Judgement) -> bool:
    """Whether the matter was decided before: its names may be heard no more because of that."""
    return any(matter(j) == matter(judgement) for j in standing(store.judgements()))


def _is_heard(store: Store, name: Name) -> bool:
    if name.document is not None:
        return fold(name.name) in _heard_in(store, name.document)
    found = store.claims(ClaimQuery(name.name, limit=MOST_SEARCHED))
    return any(_hears(claim, name) for claim in found)


def hearing(store: Store, decision: Decision, most: int | None = None) -> list[set[str]]:
    """For each of the two names of a decision on sources, the documents of the claims in which it is heard;
    nothing for other decisions. BadJudgementError where more than ``most`` claims may hear one."""
    if not isinstance(decision, Names):
        return []
    both = (decision.first, decision.second)
    for name in both:
        if most is not None and name.document is None:
            number = store.count_claims(ClaimQuery(name.name))
            if number > most:
                raise too_much(f"{number:,} claims in which “{name.name[:80]}” may speak")
    return [_documents_hearing(store, name) for name in both]


def too_much(what: str) -> BadJudgementError:
    return BadJudgementError(
        f"this touches {what}, more than can be made anew while you wait: decide it with 'allegata judge'"
    )


def _documents_hearing(store: Store, name: Name) -> set[str]:
    if name.document is not None:
        return {name.document} if fold(name.name) in _heard_in(store, name.document) else set()
    found = store.claims(ClaimQuery(name.name))
    return {d for claim in found if _hears(claim, name) for d in claim.documents}


def _hears(claim: Claim, name: Name) -> bool:
    return fold(name.name) in map(fold, _heard(claim))


def _heard_in(store: Store, document_id: str) -> set[str]:
    """The folded names of who speaks in a Document, as its Reading and the claims have them."""
    reading, document = store.reading(document_id), store.document(document_id)
    names = {document.outlet, document.author} if document else set()
    if reading is not None:
        names |= {s.name for s in reading.sources} | {s.speaker for s in reading.statements}
    for claim in store.claims_of(document_id):
        names |= {n for m in claim.mentions if m.document == document_id for n in m.speakers}
        names |= {o.source for o in claim.origins if o.first_document == document_id}
    return {fold(form) for n in names if n for form in (n, _bare(n))}


def heard_in(claim: Claim) -> frozenset[str]:
    """The names of who speaks in a Claim, or is cited in it, as they are written."""
    return frozenset(_heard(claim))


def _heard(claim: Claim) -> Iterator[str]:
    for m in claim.mentions:
        yield from m.speakers
        yield from (c.source for c in m.cites)
        if m.outlet:
            yield m.outlet
    for o in claim.origins:
        yield from (o.source, _bare(o.source), *o.members)


def _bare(name: str) -> str:
    """ "Velm Harbour Office (Ida Roth)" without who spoke for it."""
    return name.split(" (")[0]
