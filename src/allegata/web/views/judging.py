"""A decision before it is made: what it says, what it would change, what was decided before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from allegata.contract import to_plain
from allegata.linking.decisions import BadJudgementError, matter, standing
from allegata.linking.wording import in_words
from allegata.model import Claim, Judgement, Origin
from allegata.runs import judging
from allegata.runs.judged import checked_subject
from allegata.store.base import Store
from allegata.web import paths, words
from allegata.web.query import BadQuery
from allegata.web.views.correcting import value_of
from allegata.web.views.judged import as_sentence, naming

MOST = 300
"""Documents whose claims are made anew while a person waits; more are left to the command line."""

MOST_CHANGED = 30
"""Claims that the page of a decision lists."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision that is asked about, or a Judgement to be taken back (``undoes``). ``claim`` is the page
    that it was asked from."""

    kind: str
    subject: str
    value: str
    claim: str | None = None
    undoes: int | None = None

    def plain_subject(self) -> Any:
        try:
            return json.loads(self.subject)
        except (ValueError, RecursionError):
            raise BadQuery("“subject” is no JSON: go to this from the page of a claim.") from None

    def params(self) -> list[tuple[str, str]]:
        given = [("kind", self.kind), ("subject", self.subject), ("value", self.value)]
        return [*given, ("claim", self.claim)] if self.claim else given

    def judgement(self) -> Judgement:
        return Judgement(0, "", "", self.kind, self.subject, self.value, "", self.undoes)


def read_draft(store: Store, given: Mapping[str, str]) -> Draft:
    """The decision in an address or a form. Two parts of a subject may come as ``first`` and ``second``,
    another claim by its id or address as ``other``, another source as ``named``. BadQuery."""
    subject = given.get("subject", "")
    if not subject and given.get("other", "").strip():
        there = _passage_of(store, given["other"].strip())
        mine = given.get("second", "")
        subject = f"[{there}, {mine}]" if mine else f"[{given.get('first', '')}, {there}]"
    elif not subject and given.get("named", "").strip():
        subject = f"[{given.get('first', '')}, {json.dumps([None, given['named'].strip()])}]"
    elif not subject:
        subject = f"[{given.get('first', '')}, {given.get('second', '')}]"
    value = given.get("value", "")
    if given.get("kind") == "reading" and not value:
        value = value_of(given)
    draft = Draft(given.get("kind", ""), subject, value, given.get("claim") or None)
    draft.plain_subject()
    return draft


def _passage_of(store: Store, other: str) -> str:
    """The first passage of a claim, by its id or the address of its page."""
    name = paths.decode(other.partition("/claims/")[2].split("/")[0].split("#")[0].split("?")[0] or other)
    claim = store.claim(name) if name.isprintable() else None
    if claim is None:
        raise BadQuery(
            f"There is no claim “{words.clip(other, 80)}”: give its id, or the address of its page."
        )
    for m in claim.mentions:
        for p in m.passages:
            return json.dumps([p.document, p.start, p.end])
    raise BadQuery("No passage is kept of the other claim.")


@dataclass(frozen=True, slots=True)
class Change:
    """A claim before and after a decision; one of both may be missing. ``rows`` are (what, before,
    after), with "" for before where only what comes is said."""

    claim: Claim
    before: Claim | None
    after: Claim | None
    rows: tuple[tuple[str, str, str], ...] = field(default=())


def changes(effect: judging.Effect) -> list[Change]:
    """The claims that would be other than they are, those first whose count of origins changes."""
    out = []
    for old in effect.before:
        new = effect.counterpart(old)
        rows = _rows(old, new) if new else ()
        if new is None or rows:
            out.append(Change(new or old, old, new, rows))
    out += [Change(c, None, c) for c in effect.newcomers()]
    return sorted(out, key=lambda c: ("origins" not in [r[0] for r in c.rows], c.before is not None))


def _rows(old: Claim, new: Claim) -> tuple[tuple[str, str, str], ...]:
    a, b = words.strip_of(old), words.strip_of(new)
    rows = [
        ("origins", a.origins, b.origins),
        ("unresolved", str(a.unresolved), str(b.unresolved)),
        ("mentions", str(a.mentions), str(b.mentions)),
        ("outlets", str(a.outlets), str(b.outlets)),
        ("documents", str(len(old.documents)), str(len(new.documents))),
        ("citations", str(len(old.edges)), str(len(new.edges))),
        ("responses", str(len(old.responses)), str(len(new.responses))),
        ("denials", str(len(words.deniers(old))), str(len(words.deniers(new)))),
    ]
    had, has = {o.id for o in old.origins}, {o.id for o in new.origins}
    rows += [("new origin", "", _called(o, new)) for o in new.origins if o.id not in had]
    rows += [("origin no more", "", _called(o, old)) for o in old.origins if o.id not in has]
    return tuple(r for r in rows if r[1] != r[2])


def _called(origin: Origin, claim: Claim) -> str:
    """An origin with the outlet where it comes in."""
    outlet = next((m.outlet for m in claim.mentions if m.document == origin.first_document), None)
    return f"{origin.source}, first in {outlet}" if outlet and outlet != origin.source else origin.source


def _checked(store: Store, draft: Draft) -> Draft:
    """The decision as it would be kept: its passages with their words, so that it is refused where the page
    is edited before the form is sent. BadQuery."""
    if draft.undoes is not None:
        return draft
    try:
        subject = checked_subject(store, draft.kind, draft.plain_subject(), draft.value)
    except BadJudgementError as error:
        raise BadQuery(sentence(error)) from error
    return replace(draft, subject=subject)


def effect_of(store: Store, draft: Draft) -> judging.Effect:
    """BadQuery where the decision cannot be made."""
    try:
        if draft.undoes is not None:
            return judging.undo_effect(store, draft.undoes, most=MOST)
        return judging.effect(store, draft.kind, draft.plain_subject(), draft.value, most=MOST)
    except BadJudgementError as error:
        raise BadQuery(sentence(error)) from error


def sentence(error: Exception) -> str:
    """A message as a sentence."""
    text = str(error)
    return text[:1].upper() + text[1:] + "."


def draft_context(store: Store, draft: Draft) -> dict[str, Any]:
    """The page on which a decision is made: what it says, what it would change, what was decided before."""
    draft = _checked(store, draft)
    found = changes(effect_of(store, draft))
    listed = store.judgements()
    return {
        "draft": draft,
        "says": says(store, draft, listed),
        "changes": found[:MOST_CHANGED],
        "unlisted": len(found[MOST_CHANGED:]),
        "before": _before(draft, listed),
        "seen": max((j.id for j in listed), default=0),
        "claim": store.claim(draft.claim) if draft.claim else None,
        "twin": _twin(draft),
    }


def draft_json(store: Store, draft: Draft) -> dict[str, Any]:
    draft = _checked(store, draft)
    found = changes(effect_of(store, draft))
    return {
        "kind": "undo" if draft.undoes is not None else draft.kind,
        "subject": draft.subject if draft.undoes is not None else draft.plain_subject(),
        "value": draft.value,
        "undoes": draft.undoes,
        "says": says(store, draft, store.judgements()),
        "changes": [
            {
                "proposition": c.claim.proposition,
                "before": _counted(c.before),
                "after": _counted(c.after),
            }
            for c in found
        ],
    }


def _counted(claim: Claim | None) -> dict[str, Any] | None:
    if claim is None:
        return None
    return {
        "id": claim.id,
        "documents": list(claim.documents),
        "independent_origins": to_plain(claim.independent_origins),
        "counts": str(words.strip_of(claim)),
    }


def _twin(draft: Draft) -> str:
    if draft.undoes is not None:
        return paths.undoing(draft.undoes, draft.claim, twin=True)
    return paths.judging(draft.params(), twin=True)


def _before(draft: Draft, listed: Iterable[Judgement]) -> Judgement | None:
    """What holds on the same matter, and would be replaced."""
    if draft.undoes is not None:
        return None
    about = matter(draft.judgement())
    return next((j for j in standing(listed) if matter(j) == about), None)


def says(store: Store, draft: Draft, listed: Iterable[Judgement]) -> str:
    """The decision as a sentence without its full stop."""
    if draft.undoes is None:
        return as_sentence(in_words(draft.judgement(), naming(store, [draft.judgement()])))
    numbered = {j.id: j for j in listed}
    old = first = numbered[draft.undoes]
    while first.undoes is not None:
        first = numbered[first.undoes]
    told = in_words(first, naming(store, [first]))
    if old.undoes is not None:
        return f"{as_sentence(told)}, as {first.person} had decided"
    return f"It is taken back that {told}"
