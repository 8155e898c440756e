"""What a person decides is kept, obeyed by every later run, and gone when it is taken back."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import allegata
from allegata.contract import claim_json
from allegata.library import Library
from allegata.linking import linker
from allegata.linking.decisions import BadJudgementError
from allegata.model import Claim, Document
from allegata.runs import judging
from tests.cli.stories import OFFICE, RELAY, document

WHY = "I rang them"


def pages() -> list[Document]:
    return [
        Document(**document("d1", OFFICE, 3, "Vell Post")),
        Document(**document("d2", RELAY, 4, "Strait Times")),
        Document(**document("d3", OFFICE.replace("eleven", "nine"), 4, "Quay Courier")),
    ]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with allegata.open(tmp_path / "case.db") as opened:
        opened.add(*pages())
        yield opened


def told(library: Library) -> Claim:
    """The claim that all three pages tell."""
    return next(c for c in library.claims(all=True) if {"d1", "d2"} <= set(c.documents))


def passage(library: Library, document_id: str) -> list[object]:
    p = next(p for m in told(library).mentions if m.document == document_id for p in m.passages)
    return [p.document, p.start, p.end]


def state(library: Library) -> list[str]:
    return sorted(json.dumps(claim_json(c)) for c in library.claims(all=True))


def test_an_origin_is_split_off_and_the_undo_leaves_no_trace_in_the_claims(library: Library) -> None:
    before = state(library)
    assert told(library).independent_origins.high == 1
    subject = passage(library, "d2")
    effect = library.judge_effect("origin", subject, "own")
    assert state(library) == before and not library.judgements()
    made = library.judge(" Ana  Reis ", "origin", subject, "own", WHY)
    assert (made.id, made.person, made.reason) == (1, "Ana Reis", WHY)
    (after,) = [c for c in effect.after if "d2" in c.documents]
    assert told(library).independent_origins == after.independent_origins
    assert told(library).independent_origins.high == 2
    assert [j.person for j in told(library).judgements] == ["Ana Reis"]
    taken = library.undo("Bela", made.id, "a mistake")
    assert taken.undoes == made.id
    assert state(library) == before
    assert library.judgements() == [] and len(library.judgements(all=True)) == 2


def test_undoing_an_undo_lets_the_decision_hold_again(library: Library) -> None:
    made = library.judge("Ana", "origin", passage(library, "d2"), "own", WHY)
    split = state(library)
    taken = library.undo("Bela", made.id)
    effect = library.undo_effect(taken.id)
    library.undo("Ana", taken.id)
    assert state(library) == split
    assert {c.independent_origins.high for c in effect.after if "d2" in c.documents} == {2}
    assert [j.id for j in library.judgements()] == [made.id]


@pytest.mark.parametrize(("number", "words"), [(7, "there is no judgement 7"), (1, "taken back already")])
def test_what_cannot_be_taken_back(library: Library, number: int, words: str) -> None:
    library.judge("Ana", "edge", ["d1", "d2"], "no", WHY)
    library.undo("Ana", 1)
    for attempt in (lambda: library.undo("Bela", number), lambda: library.undo_effect(number)):
        with pytest.raises(BadJudgementError, match=words):
            attempt()
    assert len(library.judgements(all=True)) == 2


def test_decisions_survive_what_comes_later(library: Library) -> None:
    library.judge("Ana", "origin", passage(library, "d2"), "own", WHY)
    library.add(Document(**document("d4", OFFICE.replace("Monday", "Monday morning"), 5, "Lock Radio")))
    assert {"d2", "d4"} <= set(told(library).documents)
    assert told(library).independent_origins.high == 2


def test_a_passage_is_found_again_in_an_edited_page(library: Library) -> None:
    library.judge("Ana", "origin", passage(library, "d2"), "own", WHY)
    (d2,) = (d for d in library.documents() if d.id == "d2")
    library.add(replace(d2, text=f"Corrected on Tuesday at noon by the desk.\n\n{RELAY}"))
    assert told(library).independent_origins.high == 2
    assert [j.id for j in told(library).judgements] == [1]
    library.add(replace(d2, text="The strait is open, says the pilot of the ferry."))
    assert all(not c.judgements for c in library.claims(all=True))
    assert [j.id for j in library.judgements()] == [1]


def test_two_names_are_one_source_in_every_claim_that_has_both(library: Library) -> None:
    what = "the Korvo mill poured dye into the Asel brook on Thursday night and killed its trout"
    shed = f"Otis Brand, a miller, told the Sea Courier that {what}. He said he saw it from the weir."
    seen = f"Emil Stroud, an angler, told Lock Radio that {what}. He said he was standing in the water."
    library.add(
        Document(**document("e1", shed, 9, "Sea Courier")), Document(**document("e2", seen, 9, "Lock Radio"))
    )
    (claim,) = (c for c in library.claims(all=True) if {"e1", "e2"} <= set(c.documents))
    assert claim.independent_origins.named == 2
    library.judge("Ana", "source", [[None, "Otis Brand"], [None, "Emil Stroud"]], "same", WHY)
    (claim,) = (c for c in library.claims(all=True) if {"e1", "e2"} <= set(c.documents))
    assert claim.independent_origins.named == 1
    assert [m.reason for m in claim.merges if "Ana" in m.reason]
    assert all(not c.judgements for c in library.claims(all=True) if "d1" in c.documents)


@pytest.mark.parametrize(
    ("kind", "subject", "value", "words"),
    [
        ("edge", ["d1", "nowhere"], "no", "no document “nowhere”"),
        ("edge", ["Nobody Atall", "d2"], "no", "had it from “Nobody Atall”"),
        ("edge", ["Nobody Atall", "d2"], "yes", "give a document, or a name as the evidence has it"),
        ("origin", ["nowhere", 0, 5], "own", "no document “nowhere”"),
        ("origin", ["d1", 0, 99_999], "own", "no passage 0-99999"),
        ("stance", ["d1", 0, 20, "Other words"], "deny", "was edited since"),
        ("source", [[None, "Nobody Atall"], [None, "Vell Post"]], "same", "nobody called “Nobody Atall”"),
        ("source", [["d2", "Nobody Atall"], [None, "Vell Post"]], "same", "speaks in “d2”"),
        ("source", [["nowhere", "A"], [None, "Vell Post"]], "same", "no document “nowhere”"),
        ("claim", [["d1", 0, 20], ["nowhere", 0, 20]], "same", "no document “nowhere”"),
        ("colour", ["d1"], "red", "there is no judgement “colour”"),
        ("edge", [{1, 2}], "no", "made of lists, words and numbers"),
    ],
)
def test_what_the_store_does_not_have_is_refused(
    library: Library, kind: str, subject: object, value: str, words: str
) -> None:
    for attempt in (
        lambda: library.judge("Ana", kind, subject, value, WHY),
        lambda: library.judge_effect(kind, subject, value),
    ):
        with pytest.raises(BadJudgementError, match=words) as caught:
            attempt()
        assert "\n" not in str(caught.value)
    assert library.judgements(all=True) == []


@pytest.mark.parametrize("person", ["", "  ", "x" * 81, "Ana\x00"])
def test_a_decision_needs_a_name(library: Library, person: str) -> None:
    with pytest.raises(BadJudgementError, match="person's name"):
        library.judge(person, "edge", ["d1", "d2"], "no", WHY)
    with pytest.raises(BadJudgementError, match="2000 characters"):
        library.judge("Ana", "edge", ["d1", "d2"], "no", "x" * 2001)


def test_what_touches_too_much_is_refused_where_somebody_waits(library: Library) -> None:
    with pytest.raises(BadJudgementError, match="touches 3 documents"):
        judging.judge(library.store, "Ana", "edge", ["d1", "d2"], "no", WHY, most=2)
    assert library.judgements() == []


def test_two_who_decide_at_once_are_both_obeyed(library: Library) -> None:
    """Ten decisions on one story from ten threads: the claims know of all of them in the end."""
    subjects = [passage(library, d) for d in ("d1", "d2", "d3")]
    calls = [("origin", s, "own") for s in subjects] + [("edge", ["d1", d], "no") for d in ("d2", "d3")]
    threads = [
        threading.Thread(target=library.judge, args=(f"P{n}", *call, WHY)) for n, call in enumerate(calls * 2)
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(library.judgements(all=True)) == 10 and not library.store.unlinked()
    made = state(library)
    linker.make_anew(library.store, ["d1"], library.store.judgements(), library.store.start_run("test", ""))
    assert state(library) == made


def test_what_is_decided_while_documents_are_linked_is_obeyed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decision comes when the linker has read those that hold and not yet put its claims."""
    subject, real = passage(library, "d2"), linker.link_story

    def late(*given: object) -> list[Claim]:
        claims = real(*given)  # type: ignore[arg-type]
        monkeypatch.setattr(linker, "link_story", real)
        if not library.judgements():
            library.judge("Ana", "origin", subject, "own", WHY)
        return claims

    monkeypatch.setattr(linker, "link_story", late)
    library.add(Document(**document("d4", OFFICE.replace("Monday", "Monday morning"), 5, "Lock Radio")))
    assert "d4" in told(library).documents
    assert [j.id for j in told(library).judgements] == [1]
    assert told(library).independent_origins.high == 2


def test_the_claim_that_takes_the_place_of_another(library: Library) -> None:
    claim = told(library)
    subject = [passage(library, "d2"), passage(library, "d1")]
    effect = library.judge_effect("claim", subject, "different")
    taking = effect.counterpart(claim)
    assert taking is not None and "d2" in taking.documents and "d1" not in taking.documents
    assert [c.documents for c in effect.newcomers() if "d1" in c.documents] == [("d1",)]
    library.judge("Ana", "claim", subject, "different", WHY)
    assert judging.successor(claim, library.claims(all=True)) == library.claim(taking.id)
