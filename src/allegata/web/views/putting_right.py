"""What a person can put right on the page of a claim, of an edge and of a mention: forms that lead to the
page on which the decision is made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from allegata.contract import to_plain
from allegata.linking.decisions import WORDS, documents_of
from allegata.linking.wording import in_words
from allegata.model import AFFIRMING, STANCES, Claim, Document, Mention, Passage
from allegata.store.base import Store
from allegata.store.cards import Card
from allegata.web import paths, words
from allegata.web.passages import Evidence, Quote, evidence_of, name_of, quote
from allegata.web.views.claims import held_documents, part_with
from allegata.web.views.judged import Row, as_sentence, naming, rows_of

MOST_NAMES = 200
MOST_CLAIMS = 30
LOOKED_AT = 10
"""Documents of a claim whose other claims are offered."""
NEAR = 3
"""Documents of a claim of which one is taken as that which stays, where another leaves it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``value`` as a form sends it."""

    value: str
    label: str


def subject_of(passage: Passage, documents: Mapping[str, Document]) -> str | None:
    """A passage as the subject of a decision, ``None`` where the text has no such passage any more."""
    held = documents.get(passage.document)
    if held is None or not passage.start < passage.end <= len(held.text):
        return None
    said = held.text[passage.start : min(passage.end, passage.start + WORDS)]
    return json.dumps([passage.document, passage.start, passage.end, said], ensure_ascii=False)


def mention_forms(
    claim: Claim, document_id: str, documents: Mapping[str, Document], others: Sequence[Card] = ()
) -> dict[str, Any]:
    """What can be said of a document that tells a Claim: whether its word is its own, its stance, and
    whether it tells this Claim at all, or one of ``others``."""
    said = [m for m in claim.mentions if m.document == document_id]
    affirming = [p for m in said if m.stance in AFFIRMING for p in m.passages]
    return {
        "document": document_id,
        "name": name_of(document_id, documents),
        "own": next((s for p in affirming if (s := subject_of(p, documents))), None),
        "stances": _choices(said, documents),
        "all_stances": [(s, words.STANCE_WORDS.get(s, s)) for s in STANCES],
        "apart": _apart(claim, document_id, documents),
        "leaves": next((s for m in said for p in m.passages if (s := subject_of(p, documents))), None),
        "others": [Choice(c.id, words.clip(words.alleged(c.proposition), 110)) for c in others[:MOST_CLAIMS]],
    }


def _choices(said: Iterable[Mention], documents: Mapping[str, Document]) -> list[Choice]:
    """The passages of a document that have a stance."""
    out: dict[str, Choice] = {}
    for m in said:
        for p in m.passages:
            subject = subject_of(p, documents)
            if subject is not None:
                text = words.clip(documents[p.document].text[p.start : p.end], 90)
                out.setdefault(
                    subject, Choice(subject, f"{words.STANCE_WORDS.get(m.stance, m.stance)}: {text}")
                )
    return list(out.values())


def _apart(claim: Claim, document_id: str, documents: Mapping[str, Document]) -> str | None:
    """The subject of the decision that a document tells another Claim: a passage of another document that
    stays, and the one that leaves."""
    stays = leaves = None
    for m in claim.mentions:
        for p in m.passages:
            subject = subject_of(p, documents)
            if m.document == document_id:
                leaves = leaves or subject
            else:
                stays = stays or subject
    return f"[{stays}, {leaves}]" if stays and leaves else None


def source_choices(claim: Claim, documents: Mapping[str, Document]) -> list[Choice]:
    """The names heard in a Claim. Who is not named is known by the document that describes them."""
    heard = {n for m in claim.mentions for n in m.speakers}
    unnamed: dict[str, Choice] = {}
    for o in claim.origins:
        if o.kind in ("anonymous", "unattributed"):
            label = f"{o.source}, unnamed, in {name_of(o.first_document, documents)}"
            given = json.dumps([o.first_document, o.source], ensure_ascii=False)
            unnamed[o.source] = Choice(given, label)
        else:
            heard |= {o.source.split(" (")[0], *o.members}
    named = [Choice(json.dumps([None, n], ensure_ascii=False), n) for n in sorted(heard - unnamed.keys())]
    return sorted([*named, *unnamed.values()], key=lambda c: c.label.casefold())[:MOST_NAMES]


def claim_forms(
    claim: Claim, names: Sequence[Choice], documents: Mapping[str, Document], others: Sequence[Card]
) -> dict[str, Any]:
    """What can be said of a Claim as a whole: who of its sources (``names``) is who, and which of ``others``
    is the same."""
    return {
        "names": names,
        "passage": next(
            (s for m in claim.mentions for p in m.passages if (s := subject_of(p, documents))), None
        ),
        "others": [Choice(c.id, words.clip(words.alleged(c.proposition), 110)) for c in others[:MOST_CLAIMS]],
    }


def splits(claim: Claim, choices: Iterable[Choice]) -> dict[tuple[str, str], str]:
    """(merged, kept) of a merge -> where it is decided that the two are two sources, where both are named."""
    values = {c.label: c.value for c in choices}
    called = {o.id: o.source.split(" (")[0] for o in claim.origins}
    found = {}
    for merge in claim.merges:
        kept = called.get(merge.kept, merge.kept)
        if merge.merged != kept and merge.merged in values and kept in values:
            given = [("kind", "source"), ("claim", claim.id), ("first", values[merge.merged])]
            found[merge.merged, merge.kept] = paths.judging(
                [*given, ("second", values[kept]), ("value", "different")]
            )
    return found


def claim_context(
    store: Store,
    claim: Claim,
    documents: Mapping[str, Document],
    judged: str | None,
    others: Sequence[Card],
) -> dict[str, Any]:
    """The decisions that a Claim obeys, the one that was just made (its number as the address has it), and
    the forms to make others, on ``others`` of its documents too."""
    called = naming(store, claim.judgements)
    names = source_choices(claim, documents)
    return {
        "decided": [(j, as_sentence(in_words(j, called))) for j in claim.judgements],
        "deciders": list(dict.fromkeys(j.person for j in claim.judgements)),
        "news": _news(store, judged) if judged else None,
        "forms": claim_forms(claim, names, documents, others),
        "splits": splits(claim, names),
    }


def _news(store: Store, judged: str) -> Row | None:
    if not (judged.isdecimal() and judged.isascii() and len(judged) < 10):
        return None
    listed = store.judgements()
    return next(iter(rows_of(store, [j for j in listed if j.id == int(judged)], listed)), None)


def edge_context(
    store: Store, claim: Claim, shown: Evidence, at: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """``at`` are the parameters of the state that the edge is of."""
    downstream = shown.edge.downstream
    near = {d.id: d for d in store.documents([downstream, *claim.documents[:NEAR]])}
    return {
        "claim": claim,
        "e": shown,
        "forms": mention_forms(claim, downstream, near),
        "told": downstream in claim.documents,
        "decided": [
            (j, as_sentence(in_words(j, naming(store, [j]))))
            for j in claim.judgements
            if downstream in documents_of(j)
        ],
        "at": at,
        "among": f"{paths.claim(claim.id, params=[*at, *_page_with(shown.number)])}#edge-{shown.number}",
        "twin": paths.edge(claim.id, shown.number, twin=True, params=at),
    }


def _page_with(edge: int) -> list[tuple[str, str]]:
    """The parameter of the page of a Claim's evidence that has this edge."""
    page = part_with(edge)
    return [("edges", str(page))] if page > 1 else []


def mention_context(store: Store, claim: Claim, document_id: str) -> dict[str, Any] | None:
    """A document as one that tells the Claim; ``None`` where it does not."""
    said = [m for m in claim.mentions if m.document == document_id]
    if not said:
        return None
    documents = held_documents(store, claim)
    held = documents.get(document_id)
    origins = {o for m in said for o in m.origin_ids}
    return {
        "claim": claim,
        "document": held,
        "document_id": document_id,
        "name": name_of(document_id, documents),
        "said": [(m, _quotes(m, documents)) for m in said],
        "evidence": [
            evidence_of(n, e, documents) for n, e in enumerate(claim.edges, 1) if e.downstream == document_id
        ],
        "origins": [(n, o) for n, o in enumerate(claim.origins, 1) if o.id in origins],
        "forms": mention_forms(claim, document_id, documents, _beside(store, claim)),
        "twin": paths.mention(claim.id, document_id, twin=True),
    }


def _beside(store: Store, claim: Claim) -> list[Card]:
    """Other claims of the documents that tell one."""
    told = claim.documents[:LOOKED_AT]
    around = {c.id: c for d in told for c in store.cards_mentioning(d) if c.id != claim.id}
    return sorted(around.values(), key=lambda c: (-c.documents, c.id))


def _quotes(mention: Mention, documents: Mapping[str, Document]) -> list[Quote]:
    return [q for p in mention.passages if (q := quote(p, documents))]


def mention_json(claim: Claim, document_id: str) -> dict[str, Any] | None:
    said = [m for m in claim.mentions if m.document == document_id]
    if not said:
        return None
    origins = {o for m in said for o in m.origin_ids}
    return {
        "claim": claim.id,
        "document": document_id,
        "mentions": to_plain(said),
        "edges": [
            {"number": n, **to_plain(e)} for n, e in enumerate(claim.edges, 1) if e.downstream == document_id
        ],
        "origins": [to_plain(o) for o in claim.origins if o.id in origins],
    }
