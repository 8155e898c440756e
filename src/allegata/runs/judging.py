"""Decisions of persons put into the store, and what they change there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allegata.linking.decisions import (
    BadJudgementError,
    Decisions,
    documents_of,
    names_of,
    standing,
    subject_of,
)
from allegata.linking.linker import link, preview
from allegata.model import Claim, Judgement
from allegata.store.base import ClaimQuery, Store

LONGEST_NAME, LONGEST_REASON = 80, 2000
"""Characters of a person's name and of a reason."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The claims of the stories that a Judgement touches, as they are and as they would be."""

    before: tuple[Claim, ...]
    after: tuple[Claim, ...]

    def counterpart(self, claim: Claim) -> Claim | None:
        """The claim that would take the place of ``claim``: the one with most of its documents, of equals the
        one that tells least of others."""
        mine = set(claim.documents)
        best = max(
            self.after,
            key=lambda c: (len(mine & set(c.documents)), -len(set(c.documents) - mine), c.id == claim.id),
            default=None,
        )
        return best if best is not None and mine & set(best.documents) else None


def judge(store: Store, person: str, kind: str, subject: object, value: str, reason: str = "") -> Judgement:
    """Keep a person's decision and make the claims that it touches anew. ``kind``, ``subject`` and ``value``
    as `linking.decisions` has them. BadJudgementError says what is wrong with it; nothing is then kept."""
    draft = _draft(store, person, kind, subject, value, reason)
    touching = _touched(store, draft)
    made = store.put_judgement(draft.person, kind, draft.subject, value, draft.reason, touching=touching)
    _link(store, f"judgement {made.id}")
    return made


def undo(store: Store, person: str, number: int, reason: str = "") -> Judgement:
    """Take back a Judgement, one's own or another's: both stay to be read. Undoing what undid one lets it
    hold again. BadJudgementError where there is none, or it was taken back already."""
    who = _checked(person, reason)
    listed = {j.id: j for j in store.judgements()}
    old = listed.get(number)
    if old is None:
        raise BadJudgementError(f"there is no judgement {number}")
    if _is_undone(number, listed.values()):
        raise BadJudgementError(f"judgement {number} was taken back already")
    first = old
    while first.undoes is not None:
        first = listed[first.undoes]
    touching = _touched(store, first)
    made = store.put_judgement(who, "undo", old.subject, "", reason.strip(), undoes=old.id, touching=touching)
    _link(store, f"judgement {made.id}")
    return made


def effect(store: Store, kind: str, subject: object, value: str) -> Effect:
    """What a decision would change. Nothing is kept."""
    draft = _draft(store, "nobody", kind, subject, value, "")
    documents = _touched(store, draft)
    listed = store.judgements()
    number = max((j.id for j in listed), default=0) + 1
    trial = Judgement(number, draft.person, "", kind, draft.subject, value, "")
    return Effect(
        tuple(preview(store, documents, Decisions.of(listed))),
        tuple(preview(store, documents, Decisions.of([*listed, trial]))),
    )


def decisions(store: Store) -> list[Judgement]:
    """The Judgements that hold, oldest first."""
    return standing(store.judgements())


def _draft(store: Store, person: str, kind: str, subject: object, value: str, reason: str) -> Judgement:
    words = subject_of(kind, subject, value)
    draft = Judgement(0, _checked(person, reason), "", kind, words, value, reason.strip())
    for document in sorted(documents_of(draft)):
        if store.document(document) is None:
            raise BadJudgementError(f"there is no document “{document[:80]}” in this store")
    return draft


def _checked(person: str, reason: str) -> str:
    who = " ".join(person.split())
    if not 0 < len(who) <= LONGEST_NAME:
        raise BadJudgementError(
            f"a judgement needs a person's name, of {LONGEST_NAME} characters at most"
        )
    if len(reason) > LONGEST_REASON:
        raise BadJudgementError(f"a reason has {LONGEST_REASON} characters at most, not {len(reason)}")
    return who


def _touched(store: Store, judgement: Judgement) -> list[str]:
    """The documents whose claims a Judgement may change; for a name without a document those of all claims in
    which it speaks."""
    named = {d for d in documents_of(judgement) if store.document(d) is not None}
    found = (claim for name in names_of(judgement) for claim in store.claims(ClaimQuery(name)))
    return sorted(named | {d for claim in found for d in claim.documents})


def _is_undone(number: int, judgements: Iterable[Judgement]) -> bool:
    undone: set[int] = set()
    for j in sorted(judgements, key=lambda j: -j.id):
        if j.undoes is not None and j.id not in undone:
            undone.add(j.undoes)
    return number in undone


def _link(store: Store, why: str) -> None:
    run = store.start_run("judging", why)
    try:
        link(store, run)
    except BaseException:
        store.finish_run(run, "failed")
        raise
    store.finish_run(run, "done")
