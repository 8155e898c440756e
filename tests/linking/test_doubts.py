"""What persons are asked, from the claims alone: what moves a count comes first, what was decided never."""

from __future__ import annotations

import json
from dataclasses import replace

from allegata.linking.corrections import Correction, extent, put_right, read_correction, write_correction
from allegata.linking.doubts import Doubt, find_doubts
from allegata.linking.recounting import Recount
from allegata.model import (
    Claim,
    Document,
    Edge,
    Judgement,
    Mention,
    Merge,
    Origin,
    OriginCount,
    Passage,
    Reading,
    Response,
    Source,
    Statement,
)


def told(document: str, *origins: str, stance: str = "assert", speakers: tuple[str, ...] = ()) -> Mention:
    day = f"2025-03-0{document[-1]}"
    at = (Passage(document, 0, 40),)
    return Mention(document, None, f"Paper {document}", day, stance, speakers, (), None, origins, at)


def claim(**other: object) -> Claim:
    """The harbour office told d1; d2 copies it, not surely; nobody stands behind d3; two unnamed voices."""
    made = Claim(
        "c1", "Gunboats shelled the fish market of Vell.", None, None, "Norland", None, None, None,
        mentions=(
            told("d1", "office"), told("d2", "office"), told("d3", "unattributed:d3"), told("d4", "u", "v"),
        ),
        origins=(
            Origin("office", "Vell harbour office", "named_official", False, "d1"),
            Origin("u", "porter", "anonymous", False, "d4"),
            Origin("v", "sailor", "anonymous", False, "d4"),
            Origin("unattributed:d3", "Paper d3", "unattributed", False, "d3"),
        ),
        independent_origins=OriginCount(1, 4, 1, 2, 1),
        edges=(
            Edge("Vell harbour office", "d1", "speaker", 0.9, "it has this from there"),
            Edge("d1", "d2", "rewrite", 0.6, "the same words"),
        ),
        merges=(Merge("porter", "two porters", "the description fits", 0.6),),
        responses=(Response("Pavel Drost", "doubt", "d4", (Passage("d4", 50, 90),)),),
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]


def subjects(doubts: list[Doubt]) -> dict[str, list[object]]:
    out: dict[str, list[object]] = {}
    for d in doubts:
        out.setdefault(d.kind, []).append(json.loads(d.subject))
    return out


def judged(kind: str, subject: object, value: str) -> Judgement:
    return Judgement(1, "Ana", "2025-04-01", kind, json.dumps(subject), value, "")


def test_each_doubt_is_asked_once_in_order() -> None:
    found = find_doubts([claim()])
    asked = subjects(found)
    assert ["d1", "d2"] in asked["edge"] and ["d1", "d3"] in asked["edge"]
    assert [["d4", "porter"], ["d4", "sailor"]] in asked["source"]
    assert asked["stance"] == [["d4", 50, 90]]
    assert [d.rank for d in found] == sorted((d.rank for d in found), reverse=True)
    assert len({d.id for d in found}) == len(found)
    assert find_doubts([claim(), claim(id="c2", proposition="Something else.")])[0].claim in ("c1", "c2")


def test_what_was_decided_is_not_asked_again_however_it_is_put() -> None:
    for kind, subject, value in (
        ("edge", ["d1", "d2"], "yes"),
        ("source", [["d4", "sailor"], ["d4", "porter"]], "different"),
        ("stance", ["d4", 60, 80, "words of it"], "doubt"),
    ):
        before, after = (
            find_doubts([claim()]),
            find_doubts([claim(judgements=(judged(kind, subject, value),))]),
        )
        assert len(after) == len(before) - 1, kind


def test_an_unresolved_origin_is_compared_with_a_few_and_then_asked_for_itself() -> None:
    no = [replace(judged("edge", [up, "d3"], "no"), id=n) for n, up in enumerate(("d1", "d2"), 1)]
    first = subjects(find_doubts([claim(judgements=tuple(no[:1]))]))
    assert ["d2", "d3"] in first["edge"] and "origin" not in first
    second = subjects(find_doubts([claim(judgements=tuple(no))]))
    assert second["origin"] == [["d3", 0, 40]]
    settled = judged("origin", ["d3", 5, 30], "borrowed")
    assert "origin" not in subjects(find_doubts([claim(judgements=(*no, replace(settled, id=3)))]))


def test_the_change_is_about_that_of_linking_anew() -> None:
    tried = Recount(claim())
    assert tried.without(claim().edges[1]) == (0, 0, 1)  # d2 would lead back to nobody
    assert tried.joined("d1", "d3") == (0, 0, -1)
    assert tried.resolved(claim().origins[3]) == (1, 1, 0)


def test_claims_that_lie_near_each_other() -> None:
    other = claim(
        id="c2", proposition="The fish market of Vell was shelled.", mentions=(told("d7", "office"),),
        edges=(), merges=(), responses=(),
    )  # fmt: skip
    (pair,) = subjects(find_doubts([claim(), other]))["claim"]
    assert pair == [["d1", 0, 40], ["d7", 0, 40]]
    answering = replace(other, accuser="Norland", accused="the harbour office")
    assert "claim" not in subjects(find_doubts([claim(accuser="the harbour office"), answering]))


def test_a_reading_is_put_right() -> None:
    text = "The mayor said it rained. Rain fell, a clerk told us."
    inner = Statement("s2", (), ((17, 18),), ((18, 24),), "assert", nested_in="s1", speaker="it")
    outer = Statement("s1", ((0, 9),), ((10, 14),), ((15, 24),), "assert", speaker="The mayor")
    reading = Reading(Document("d", text), statements=(outer, inner), sources=(Source("The mayor"),))
    span = extent(outer)
    assert span == (10, 24)
    other = put_right(reading, [(span, read_correction("d", '{"speaker": "Ana Reis", "stance": "deny"}'))])
    assert (other.statements[0].speaker, other.statements[0].stance) == ("Ana Reis", "deny")
    assert other.sources[-1].name == "Ana Reis" and other.statements[0].content == outer.content
    gone = put_right(reading, [(span, Correction(none=True))])
    assert [(s.id, s.nested_in) for s in gone.statements] == [("s2", None)]
    new = put_right(
        reading, [((26, 35), read_correction("d", '{"content": [[26, 35]], "speaker": "a clerk"}'))]
    )
    assert [s.speaker for s in new.statements] == ["The mayor", "it", "a clerk"]
    said = read_correction("d", '{"content": [[26, 35, "Rain fell"]]}')
    moved = said.within("Oddly, " + text)
    assert moved is not None and moved.content is not None and moved.content[0].span == (33, 42)
    assert said.within("Nothing fell.") is None
    assert read_correction("d", write_correction(said)) == said
