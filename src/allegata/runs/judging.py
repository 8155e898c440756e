"""Decisions of persons put into the store, and what they change there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allegata.linking.assessments import OPINIONS
from allegata.linking.decisions import (
    BadJudgementError,
    Decisions,
    documents_of,
    matter,
    parse,
    standing,
    undone,
)
from allegata.linking.linker import link, make_anew, preview, stories_of
from allegata.model import Claim, Judgement
from allegata.runs.judged import (
    checked_person,
    checked_reason,
    checked_subject,
    checked_value,
    hearing,
    too_much,
)
from allegata.store.base import Store

CHECKED = 10
"""Dyads in which breaks of tension are looked for after a decision."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The claims of the stories that a Judgement touches, as they are and as they would be."""

    before: tuple[Claim, ...]
    after: tuple[Claim, ...]

    def counterpart(self, claim: Claim) -> Claim | None:
        """The claim that would take the place of ``claim``."""
        return successor(claim, self.after)

    def newcomers(self) -> tuple[Claim, ...]:
        """The claims of ``after`` that take no other's place."""
        kept = {c.id for b in self.before if (c := self.counterpart(b))}
        return tuple(c for c in self.after if c.id not in kept)


def successor(claim: Claim, claims: Iterable[Claim]) -> Claim | None:
    """Of ``claims`` the one that took the place of ``claim``: with most of its documents and, of equals, the
    one that tells least of others."""
    mine = set(claim.documents)
    best = max(
        claims,
        key=lambda c: (
            len(mine & set(c.documents)),
            -len(set(c.documents) - mine),
            c.id == claim.id,
            c.proposition == claim.proposition,
        ),
        default=None,
    )
    return best if best is not None and mine & set(best.documents) else None


def judge(
    store: Store,
    person: str,
    kind: str,
    subject: object,
    value: str,
    reason: str = "",
    *,
    most: int | None = None,
) -> Judgement:
    """Keep a person's decision and make the claims that it touches anew. ``kind``, ``subject`` and ``value``
    as `linking.decisions` has them. BadJudgementError says what is wrong with it, or that it touches more
    than ``most`` documents; nothing is then kept."""
    who, why = checked_person(person), checked_reason(reason)
    words = checked_subject(store, kind, subject, value)
    value = checked_value(store, kind, words, value)
    draft = Judgement(0, who, "", kind, words, value, why)
    listed = store.judgements()
    touching = _touched(store, draft, listed, [*listed, _after(listed, draft)], most)
    made = store.put_judgement(who, kind, draft.subject, value, why, touching=touching)
    _make_anew(store, touching, made)
    return made


def undo(store: Store, person: str, number: int, reason: str = "", *, most: int | None = None) -> Judgement:
    """Take back a Judgement, one's own or another's: both stay to be read. Undoing what undid one lets it
    hold again. BadJudgementError where there is none, or it was taken back already."""
    who, why = checked_person(person), checked_reason(reason)
    listed = store.judgements()
    old, first = _undoable(listed, number)
    trial = _undoing(listed, old)
    touching = _touched(store, first, listed, [*listed, trial], most)
    made = store.put_judgement(who, "undo", old.subject, "", why, undoes=old.id, touching=touching)
    _make_anew(store, touching, made)
    return made


def effect(store: Store, kind: str, subject: object, value: str, *, most: int | None = None) -> Effect:
    """What a decision would change. Nothing is kept. BadJudgementError as for `judge`."""
    words = checked_subject(store, kind, subject, value)
    draft = Judgement(0, "", "", kind, words, checked_value(store, kind, words, value), "")
    listed = store.judgements()
    return _effect(store, draft, listed, _after(listed, draft), most)


def undo_effect(store: Store, number: int, *, most: int | None = None) -> Effect:
    """What taking back a Judgement would change. Nothing is kept. BadJudgementError as for `undo`."""
    listed = store.judgements()
    old, first = _undoable(listed, number)
    return _effect(store, first, listed, _undoing(listed, old), most)


def _undoable(listed: Sequence[Judgement], number: int) -> tuple[Judgement, Judgement]:
    """The Judgement with this number, and the decision that it is about in the end."""
    numbered = {j.id: j for j in listed}
    old = numbered.get(number)
    if old is None:
        raise BadJudgementError(f"there is no judgement {number}")
    if number in undone(listed):
        raise BadJudgementError(f"judgement {number} was taken back already")
    first = old
    while first.undoes is not None:
        first = numbered[first.undoes]
    return old, first


def _after(listed: Sequence[Judgement], draft: Judgement) -> Judgement:
    """``draft`` as the newest of all."""
    number = max((j.id for j in listed), default=0) + 1
    return Judgement(number, draft.person, "", draft.kind, draft.subject, draft.value, "")


def _undoing(listed: Sequence[Judgement], old: Judgement) -> Judgement:
    number = max(j.id for j in listed) + 1
    return Judgement(number, "", "", "undo", old.subject, "", "", undoes=old.id)


def _effect(
    store: Store, about: Judgement, listed: Sequence[Judgement], trial: Judgement, most: int | None
) -> Effect:
    if about.kind in OPINIONS:
        return Effect((), ())
    stories = _stories(store, about, listed, [*listed, trial], most)
    _bound(stories, most)
    before = {c.id: c for story in stories for d in story for c in store.claims_of(d)}
    after = preview(store, stories, Decisions.of([*listed, trial]))
    return Effect(tuple(before.values()), tuple(after))


def _touched(
    store: Store, about: Judgement, before: Sequence[Judgement], after: Sequence[Judgement], most: int | None
) -> list[str]:
    """The documents whose claims a Judgement may change."""
    if about.kind in OPINIONS:
        return []
    stories = _stories(store, about, before, after, most)
    _bound(stories, most)
    return sorted({d for story in stories for d in story})


def _bound(stories: Sequence[Sequence[str]], most: int | None) -> None:
    number = sum(map(len, stories))
    if most is not None and number > most:
        raise too_much(f"{number:,} documents")


def _stories(
    store: Store, about: Judgement, before: Sequence[Judgement], after: Sequence[Judgement], most: int | None
) -> list[list[str]]:
    """The stories that a Judgement may change: those in which it says something, and those that are cut
    otherwise because of it."""
    named = {d for d in documents_of(about) if store.document(d) is not None}
    heard = hearing(store, parse(about), most)
    wanted = named.union(*heard)
    old = {tuple(s) for s in stories_of(store, wanted, Decisions.of(before))}
    return [
        s
        for s in stories_of(store, wanted, Decisions.of(after))
        if tuple(s) not in old
        or not named.isdisjoint(s)
        or (heard and all(not h.isdisjoint(s) for h in heard))
    ]


def _make_anew(store: Store, touching: Iterable[str], made: Judgement) -> None:
    """The claims of ``touching`` under what is decided now. Where an edited page among them waits to be
    linked, everything that waits is."""
    documents = set(touching)
    if not documents:
        return
    run = store.start_run("judging", f"judgement {made.id}")
    try:
        judged = store.judgements()
        around = stories_of(store, documents, Decisions.of(judged))
        waiting = set(store.unlinked()) - documents
        if any(not waiting.isdisjoint(s) for s in around):
            link(store, run)
        else:
            make_anew(store, documents, judged, run)
        store.refresh_dyads(CHECKED)
    except BaseException:
        store.finish_run(run, "failed")
        raise
    store.finish_run(run, "done")


def newer_on_the_same(store: Store, kind: str, subject: str, than: int) -> Judgement | None:
    """The Judgement of this matter that holds, where it was made after number ``than``."""
    about = matter(Judgement(0, "", "", kind, subject, "", ""))
    holding = (j for j in standing(store.judgements()) if j.id > than and matter(j) == about)
    return next(holding, None)
