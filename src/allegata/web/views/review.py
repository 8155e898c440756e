"""One question of the review: what is asked, the passages, what each answer would do to the count."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from allegata.contract import to_plain
from allegata.linking.credits import fold
from allegata.linking.doubts import KINDS, Doubt
from allegata.linking.recounting import head
from allegata.linking.wording import in_words
from allegata.model import Claim, Document, Edge, Judgement, OriginCount, Passage
from allegata.runs import reviewing
from allegata.store.base import Store
from allegata.web import paths, words
from allegata.web.passages import Quote, evidence_of, name_of, quote
from allegata.web.query import BadQuery, Pairs
from allegata.web.views import judging
from allegata.web.views.judged import as_sentence, naming

MOST_COUNTED = 1000
MOST_LISTED = 100
MOST_QUOTES = 3
LOOKED_AT = 12
"""Passages of each side of which the most telling are shown."""

KIND_WORDS = {
    "edge": "who had it from whom",
    "origin": "origins",
    "source": "sources",
    "claim": "claims",
    "stance": "stances",
}

LABELS: Mapping[tuple[str, str], str] = {
    ("edge", "yes"): "Yes, it had it from there",
    ("edge", "no"): "No, not from there",
    ("origin", "own"): "Yes, it is an origin of its own",
    ("origin", "borrowed"): "No, it has it from somebody",
    ("source", "same"): "Yes, one source",
    ("source", "different"): "No, two",
    ("claim", "same"): "Yes, one claim",
    ("claim", "different"): "No, two claims",
}

REASONS: Mapping[str, tuple[str, ...]] = {
    "edge": (
        "It says so itself.",
        "The passages are the same.",
        "It names another source.",
        "It knows this at first hand.",
    ),
    "origin": ("It was there, or asked itself.", "It shows no access of its own."),
    "source": ("Both are described alike.", "The names are those of two.", "One speaks for the other."),
    "claim": ("The same event and the same act.", "Another occasion.", "Another act."),
    "stance": ("The passage says so.", "It only passes on what others say."),
}

_CURSOR = re.compile(r"(\d{1,9})-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Queue:
    """Which questions are asked, from where on (``after``), and which one is looked at (``at``)."""

    kind: str | None = None
    claim: str | None = None
    after: tuple[int, str] | None = None
    at: str | None = None

    def params(self, **changes: Any) -> list[tuple[str, str]]:
        q = replace(self, **changes)
        after = f"{q.after[0]}-{q.after[1]}" if q.after else None
        given = (("kind", q.kind), ("claim", q.claim), ("after", after), ("at", q.at))
        return [(k, v) for k, v in given if v]


def read_queue(pairs: Pairs) -> Queue:
    """BadQuery."""
    given = {k: v.strip() for k, v in pairs if v.strip()}
    kind, claim, at = given.get("kind"), given.get("claim"), given.get("at")
    if kind is not None and kind not in KINDS:
        raise BadQuery(f"“kind” is one of {', '.join(KINDS)}.")
    if claim is not None and (len(claim) > 300 or not claim.isprintable()):
        raise BadQuery("“claim” is longer than 300 characters, or no text: mend it.")
    if at is not None and not re.fullmatch("[0-9a-f]{12}", at):
        raise BadQuery("“at” is the id of a question, as the list of questions has it.")
    after = _CURSOR.fullmatch(given.get("after", ""))
    if after is None and "after" in given:
        raise BadQuery("“after” says where the page before ended: begin anew without it.")
    return Queue(kind, claim, (int(after[1]), after[2]) if after else None, at)


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers, with the key that gives it. ``effect`` is in words; it is about right until it
    ``is_exact``."""

    value: str
    key: str
    label: str
    stands: bool
    effect: str
    is_exact: bool


def asked(store: Store, queue: Queue) -> Doubt | None:
    """The question that is looked at: the one named, else the next."""
    if queue.at is not None:
        return store.doubt(queue.at)
    return next(iter(store.doubts(queue.kind, queue.claim, queue.after, 1)), None)


def context(store: Store, queue: Queue, *, exact: bool = False) -> dict[str, Any]:
    doubt = asked(store, queue)
    claim = store.claim(doubt.claim) if doubt is not None else None
    left = store.count_doubts(queue.kind, queue.claim, MOST_COUNTED)
    listed = store.judgements()
    shared = {
        "queue": queue,
        "left": left,
        "more": left == MOST_COUNTED,
        "kinds": [(k, KIND_WORDS[k]) for k in KINDS],
        "seen": max((j.id for j in listed), default=0),
        "scope": store.claim(queue.claim) if queue.claim else None,
        "twin": paths.review(queue.params(), twin=True),
        "decided": None,
        "question": None,
    }
    if doubt is None or claim is None:
        held = reviewing.answered(listed, queue.at) if queue.at else None
        return shared | {"decided": _told(store, held) if held else None}
    edge, sides = _sides(doubt, claim)
    evidence = edge.evidence if edge else ()
    ids = {p.document for p in (*evidence, *sides[0], *sides[1])}
    documents = {d.id: d for d in store.documents(sorted({*ids, *reviewing.documents_in(doubt)}))}
    left_quotes, right_quotes = _quotes(doubt, edge, sides, documents)
    return shared | {
        "doubt": doubt,
        "claim": claim,
        "question": reviewing.in_question(doubt, lambda d: name_of(d, documents), claim),
        "strip": words.strip_of(claim),
        "other": _other_claim(store, doubt) if doubt.kind == "claim" else None,
        "left_quotes": left_quotes,
        "right_quotes": right_quotes,
        "answers": answers(store, doubt, claim, exact=exact),
        "exact": exact,
        "reasons": REASONS[doubt.kind],
        "skip": paths.review(queue.params(at=None, after=(doubt.rank, doubt.id))),
        "worked_out": paths.review([*queue.params(at=doubt.id), ("exact", "1")]),
    }


def _told(store: Store, judgement: Judgement) -> tuple[Judgement, str]:
    return judgement, as_sentence(in_words(judgement, naming(store, [judgement])))


def told(store: Store, number: int | None) -> tuple[Judgement, str] | None:
    """A Judgement by its number, with what it says."""
    found = next((j for j in store.judgements() if j.id == number), None) if number else None
    return _told(store, found) if found else None


def _sides(doubt: Doubt, claim: Claim) -> tuple[Edge | None, tuple[list[Passage], list[Passage]]]:
    """The edge that is asked about, where there is one, and the passages of both sides."""
    subject: Any = json.loads(doubt.subject)
    edge, second = None, list[Passage]()
    match doubt.kind:
        case "edge":
            up, down = subject
            edge = next((e for e in claim.edges if (e.upstream, e.downstream) == (up, down)), None)
            first, second = _said(claim, up), _said(claim, down)
        case "source":
            first, second = (_spoken(claim, name, document) for document, name in subject)
        case "claim":
            first, second = [Passage(*subject[0][:3])], [Passage(*subject[1][:3])]
        case _:
            first = [Passage(*subject[:3])]
    return edge, (first[:LOOKED_AT], second[:LOOKED_AT])


def _quotes(
    doubt: Doubt,
    edge: Edge | None,
    sides: tuple[Sequence[Passage], Sequence[Passage]],
    documents: Mapping[str, Document],
) -> tuple[Sequence[Quote], Sequence[Quote]]:
    """The passages to look at: those of one side, and those of the other."""
    if edge is not None and edge.evidence:
        shown = evidence_of(1, edge, documents)
        return shown.left[:MOST_QUOTES], shown.right[:MOST_QUOTES]
    first, second = sides
    if doubt.kind == "source":
        names = [name for _, name in json.loads(doubt.subject)]
        first = sorted(first, key=lambda p: not _names(p, names[0], documents))
        second = sorted(second, key=lambda p: not _names(p, names[1], documents))
    return _laid(first, second, documents)


def _laid(
    first: Sequence[Passage], second: Sequence[Passage], documents: Mapping[str, Document]
) -> tuple[list[Quote], list[Quote]]:
    """Passages laid against each other."""

    def text(passages: Iterable[Passage]) -> str:
        found = (documents[p.document].text[p.start : p.end] for p in passages if p.document in documents)
        return " ".join(found)

    ours, theirs = text(first[:MOST_QUOTES]), text(second[:MOST_QUOTES])
    return (
        [q for p in first[:MOST_QUOTES] if (q := quote(p, documents, theirs))],
        [q for p in second[:MOST_QUOTES] if (q := quote(p, documents, ours))],
    )


def _said(claim: Claim, document: str) -> list[Passage]:
    return [p for m in claim.mentions if m.document == document for p in m.passages]


def _spoken(claim: Claim, name: str, document: str | None) -> list[Passage]:
    """Where a source is heard in a claim."""
    wanted = fold(head(name))
    heard = [
        p
        for m in claim.mentions
        if document in (None, m.document) and any(fold(head(s)) == wanted for s in m.speakers)
        for p in m.passages
    ]
    origins = [o for o in claim.origins if wanted in map(fold, (head(o.source), *o.members))]
    return heard or [p for o in origins for p in o.passages] or (_said(claim, document) if document else [])


def _names(passage: Passage, name: str, documents: Mapping[str, Document]) -> bool:
    held = documents.get(passage.document)
    return held is not None and fold(head(name)) in fold(held.text[passage.start : passage.end])


def _other_claim(store: Store, doubt: Doubt) -> Claim | None:
    """The second of two claims that may be one."""
    document, start, end = json.loads(doubt.subject)[1][:3]
    for claim in store.claims_of(document):
        if claim.id != doubt.claim and any(
            p.document == document and p.start < end and start < p.end
            for m in claim.mentions
            for p in m.passages
        ):
            return claim
    return None


def answers(store: Store, doubt: Doubt, claim: Claim, *, exact: bool) -> list[Answer]:
    """The answers with what each would do; worked out in full where ``exact``."""
    out = []
    now = words.interval(claim.independent_origins)
    for n, value in enumerate(reviewing.values_of(doubt)):
        stands = value == doubt.stands
        effect, sure = f"as counted now: {now}", True
        if not stands:
            known = exact and (doubt.kind != "stance" or value == doubt.other)
            effect, sure = ("", False)
            if known:
                effect, sure = effect_in_words(store, doubt, claim, value), True
            elif value == doubt.other:
                effect = f"about {now} → {_about(claim.independent_origins, doubt.change)}"
        key = str(n) if doubt.kind == "stance" and n else ("y", "n")[min(n, 1)]
        out.append(Answer(value, key, _label(doubt, value, stands), stands, effect, sure))
    return out


def _label(doubt: Doubt, value: str, stands: bool) -> str:
    if doubt.kind != "stance":
        return LABELS[doubt.kind, value]
    said = words.STANCE_WORDS.get(value, value)
    return f"It {said}, as read" if stands else f"It {said}"


def _about(count: OriginCount, change: tuple[int, int, int]) -> str:
    low, high = max(0, count.low + change[0]), max(1, count.high + change[2])
    return str(low) if low >= high else f"{low}–{high}"


def effect_in_words(store: Store, doubt: Doubt, claim: Claim, value: str) -> str:
    """What an answer does to the count of the claim that was asked about, worked out by linking anew."""
    draft = judging.Draft(doubt.kind, doubt.subject, value, claim.id)
    found = judging.effect_of(store, draft)
    new = found.counterpart(next((c for c in found.before if c.id == claim.id), claim))
    changed = judging.changes(found)
    was = words.interval(claim.independent_origins)
    if new is None:
        return f"{was} → no claim any more"
    now = words.interval(new.independent_origins)
    line = f"{was} → {now}" if was != now else f"{was} stays {now}"
    a, b = claim.independent_origins.unresolved, new.independent_origins.unresolved
    if a != b:
        line += f", unresolved {a} → {b}"
    others = sum(c.claim.id not in (claim.id, new.id) for c in changed)
    return line + (f"; {words.counted(others, 'other claim')} changed" if others else "")


def effects_json(store: Store, doubt: Doubt, claim: Claim) -> dict[str, Any]:
    """The effects in full, for the page that was shown without them."""
    return {
        "at": doubt.id,
        "answers": [
            {"value": a.value, "effect": a.effect}
            for a in answers(store, doubt, claim, exact=True)
            if a.is_exact
        ],
    }


def rows(store: Store, queue: Queue, limit: int) -> list[dict[str, Any]]:
    """The questions in the order of asking."""
    found = store.doubts(queue.kind, queue.claim, queue.after, limit)
    ids = {d for doubt in found for d in reviewing.documents_in(doubt)}
    documents = {d.id: d for d in store.documents(sorted(ids))}
    return [
        {
            "id": d.id,
            "question": reviewing.in_question(d, lambda i: name_of(i, documents)),
            "rank": d.rank,
            **to_plain(d),
            "subject": json.loads(d.subject),
            "answers": list(reviewing.values_of(d)),
        }
        for d in found
    ]


def plain(store: Store, queue: Queue) -> dict[str, Any]:
    left = store.count_doubts(queue.kind, queue.claim, MOST_COUNTED)
    listed = rows(store, queue, MOST_LISTED)
    return {"left": left, "at_least": left == MOST_COUNTED, "questions": listed}
