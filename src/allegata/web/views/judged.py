"""What persons decided, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allegata.contract import to_plain
from allegata.linking.assessments import ASSESSMENT, is_about
from allegata.linking.decisions import (
    VALUES,
    BadJudgementError,
    Edges,
    Names,
    documents_of,
    matter,
    parse,
    standing,
    undone,
)
from allegata.linking.wording import in_words
from allegata.model import Claim, Document, Judgement
from allegata.runs.judged import heard_in
from allegata.store.base import Store
from allegata.web import paths
from allegata.web.passages import name_of
from allegata.web.query import BadQuery, Pairs

SIZE = 50
MAX_PAGE = 100_000


def as_sentence(text: str) -> str:
    """With a capital, but where a name stands first: that stays as it is written."""
    return text[:1].upper() + text[1:] if text.startswith("the stance of ") else text


def naming(store: Store, judgements: Iterable[Judgement]) -> Callable[[str], str]:
    """How the pages call the documents that Judgements name."""
    ids: set[str] = set()
    for j in judgements:
        if j.kind in VALUES:
            try:
                ids |= documents_of(j)
                found = parse(j)
            except BadJudgementError:
                continue
            if isinstance(found, Edges):
                ids.add(found.upstream)
    documents: dict[str, Document] = {d.id: d for d in store.documents(sorted(ids))} if ids else {}
    return lambda document_id: name_of(document_id, documents)


@dataclass(frozen=True, slots=True)
class History:
    """What the page of all decisions is asked for."""

    person: str | None = None
    claim: str | None = None
    page: int = 1

    def params(self, page: int = 1) -> list[tuple[str, str]]:
        given = [("person", self.person), ("claim", self.claim), ("page", str(page) if page > 1 else None)]
        return [(k, v) for k, v in given if v]


def read_history(pairs: Pairs) -> History:
    """BadQuery."""
    given = {k: v.strip() for k, v in pairs if v.strip()}
    page = given.get("page", "1")
    if not page.isdecimal() or not page.isascii() or len(page) > 6 or not 1 <= int(page) <= MAX_PAGE:
        raise BadQuery(f"“page” is a whole number from 1 to {MAX_PAGE:,}.")
    for name in ("person", "claim"):
        if len(given.get(name, "")) > 300 or not given.get(name, "").isprintable():
            raise BadQuery(f"“{name}” is longer than 300 characters, or no text: mend it.")
    return History(given.get("person"), given.get("claim"), int(page))


@dataclass(frozen=True, slots=True)
class Row:
    """A Judgement with what became of it. ``open`` says whether it can be taken back."""

    judgement: Judgement
    says: str
    state: str
    open: bool


def history(store: Store, asked: History) -> tuple[list[Row], int, list[str]]:
    """The rows of one page, newest first; how many there are in all; and everybody who decided."""
    listed = store.judgements()
    people = sorted({j.person for j in listed}, key=str.casefold)
    found = [j for j in reversed(listed) if asked.person in (None, j.person)]
    if asked.claim is not None:
        claim = store.claim(asked.claim)
        numbers = concerning(claim, listed) if claim else set()
        found = [j for j in found if j.id in numbers]
    shown = found[(asked.page - 1) * SIZE : asked.page * SIZE]
    return rows_of(store, shown, listed), len(found), people


def rows_of(store: Store, shown: Iterable[Judgement], listed: Iterable[Judgement]) -> list[Row]:
    all_of, wanted = list(listed), list(shown)
    gone, holding = undone(all_of), {matter(j): j.id for j in standing(all_of)}
    numbered = {j.id: j for j in all_of}
    called = naming(store, [*wanted, *(numbered[j.undoes] for j in wanted if j.undoes is not None)])
    out = []
    for j in wanted:
        told = in_words(j, called)
        if j.undoes is not None:
            told = f"Judgement {j.undoes} is taken back: {in_words(numbered[j.undoes], called)}"
        out.append(Row(j, as_sentence(told), _state(j, gone, holding, numbered), j.id not in gone))
    return out


def _state(
    j: Judgement,
    gone: Mapping[int, int],
    holding: Mapping[tuple[str, str], int],
    numbered: Mapping[int, Judgement],
) -> str:
    if j.id in gone:
        return f"taken back by {numbered[gone[j.id]].person} ({gone[j.id]})"
    newest = holding.get(matter(j)) if j.undoes is None else None
    if newest is not None and newest != j.id:
        return f"replaced by {numbered[newest].person} ({newest})"
    return "holds"


def concerning(claim: Claim, listed: Iterable[Judgement]) -> set[int]:
    """The numbers of the Judgements that are about a Claim: those it obeys, and of those taken back or
    replaced what names its documents or sources."""
    mine, heard = set(claim.documents), heard_in(claim)
    out = {j.id for j in claim.judgements}
    numbered = {j.id: j for j in listed}
    for j in numbered.values():
        first = j
        while first.undoes is not None and first.undoes in numbered:
            first = numbered[first.undoes]
        if first.kind == ASSESSMENT and is_about(first, claim):
            out.add(j.id)
        try:
            found = parse(first)
        except BadJudgementError:
            continue
        match found:
            case Edges(up, down):
                about = down in mine and (up in mine or up.split(" (")[0] in heard or up in heard)
            case Names(a, b):
                about = any(n.name in heard and n.document in (None, *mine) for n in (a, b))
            case _:
                about = not mine.isdisjoint(documents_of(first))
        if about or first.id in out:
            out.add(j.id)
    return out


def history_context(store: Store, asked: History) -> dict[str, Any]:
    rows, total, people = history(store, asked)
    pages = max(1, -(-total // SIZE))
    return {
        "asked": asked,
        "rows": rows,
        "total": total,
        "people": people,
        "claim": store.claim(asked.claim) if asked.claim else None,
        "pages": pages,
        "before": paths.judgements(asked.params(min(asked.page - 1, pages))) if asked.page > 1 else None,
        "after": paths.judgements(asked.params(asked.page + 1)) if asked.page < pages else None,
        "twin": paths.judgements(asked.params(asked.page), twin=True),
        "table": paths.table("judgements", asked.params(asked.page)),
    }


def history_json(store: Store, asked: History) -> dict[str, Any]:
    rows, total, _ = history(store, asked)
    return {
        "total": total,
        "page": asked.page,
        "size": SIZE,
        "judgements": [
            {**to_plain(r.judgement), "says": r.says, "state": r.state, "open": r.open} for r in rows
        ],
    }
