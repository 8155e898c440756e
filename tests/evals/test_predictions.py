"""How claims are put into the scorers' formats."""

from __future__ import annotations

from typing import Any

import pytest

from evals import contrast, provenance, scenarios


def mention(document: str, stance: str = "allege", **fields: Any) -> dict[str, Any]:
    empty = {"speakers": [], "cites": [], "copy_of": None, "origin_ids": []}
    return {"document": document, "stance": stance, **empty, **fields}


CLAIM: dict[str, Any] = {
    "proposition": "The Ulmar company burned the mill.",
    "accuser": "Ana Reka",
    "accused": "Ulmar",
    "mentions": [
        mention("x1", speakers=["Ana Reka"], origin_ids=["o1"], cites=[{"source": "Ana Reka"}]),
        mention("x2", copy_of="x1", origin_ids=["o1"]),
        mention("x2", "deny", speakers=["Ulmar"]),
        mention("x3", "deny", speakers=["Ulmar"]),
    ],
    "independent_origins": {"low": 1, "high": 2, "named": 1, "anonymous": 1, "unresolved": 0},
    "origins": [
        {"id": "o1", "source": "Ana Reka", "kind": "named"},
        {"id": "o2", "source": "The Reed", "kind": "unattributed"},
    ],
    "responses": [{"source": "Ulmar", "stance": "deny"}, {"source": "Police", "stance": "demand"}],
    "circular": [["x1", "x3"]],
    "edges": [["x1", "x2", "copy"], ["Ana Reka", "x1", "speaker"], ["x1", "x3", "link"]],
}


def test_a_story_uses_the_labels_ids() -> None:
    (claim,) = scenarios.prediction([CLAIM], {"x1": "d01", "x2": "d02", "x3": "d03"})["claims"]
    assert claim["documents"] == ["d01", "d02", "d03"]
    assert claim["edges"] == [["d01", "d02"], ["Ana Reka", "d01"], ["d01", "d03"]]
    assert claim["circular"] == [["d01", "d03"]]
    assert [r["stance"] for r in claim["responses"]] == ["deny", "demand_investigation"]


def test_a_body_takes_its_origins_cites_and_copies_from_its_mentions() -> None:
    gold = {"claim_id": "c", "bodies": [{"body_id": b, "outlet": None} for b in ("x1", "x2", "x3", "x4")]}
    found = provenance.prediction(gold, CLAIM)
    bodies = {body["body_id"]: body for body in found["bodies"]}
    assert found["n_origins"] == 2
    assert found["n_denying"] == 1
    assert found["origins"] == [
        {"source": "Ana Reka", "role": "supports"},
        {"source": "Ulmar", "role": "denies"},
    ]
    assert found["copy_links"] == [["x1", "x2"]]
    assert found["derived_from"] == [["x2", "x1"], ["x3", "x1"]]
    assert bodies["x1"]["cites"] == [{"source": "Ana Reka"}]
    assert bodies["x2"]["origin_ids"] == ["o1"]
    assert [bodies[b]["stance"] for b in sorted(bodies)] == [
        "attributes",
        "attributes",
        "denies",
        "unrelated",
    ]


@pytest.mark.parametrize(
    ("mentions", "stance"),
    [
        ([mention("x", "assert")], "asserts"),
        ([mention("x", "assert", speakers=["Daily Reed"])], "asserts"),
        ([mention("x", "assert", speakers=["Ana Reka"])], "attributes"),
        ([mention("x", "doubt")], "doubts"),
        ([mention("x", "doubt"), mention("x", "deny")], "denies"),
        ([mention("x", "no_comment")], "attributes"),
        ([], "unrelated"),
    ],
)
def test_the_stance_of_a_body(mentions: list[dict[str, Any]], stance: str) -> None:
    assert provenance.stance_of(mentions, "Daily Reed") == stance


def test_a_claim_that_was_not_found_predicts_nothing() -> None:
    assert provenance.prediction({"claim_id": "c", "bodies": []}, None)["n_origins"] == 0


@pytest.mark.parametrize(("dependent", "independent", "figure"), [(3, 4, 0.5), (3, 0, 0.75), (0, 4, 0.25)])
def test_only_pairs_that_there_are_count(dependent: int, independent: int, figure: float) -> None:
    pairs = {"recall_dependent": 0.75, "recall_independent": 0.25, "balanced_acc": 0.5}
    assert provenance.dependence(pairs | {"dependent": dependent, "independent": independent}) == figure


def test_the_first_allegation_and_event_count() -> None:
    place = {"name": "Ulm", "country": "DEU"}
    first = {"claimant": "A", "accused": "B", "act": "ASSAULT", "victim": None, "place": place}
    second = {"claimant": "C", "accused": "D", "act": "AID", "victim": None, "place": None}
    events = [{"act": "PROTEST"}, {"act": "AID"}]
    found = contrast.prediction({"statements": [], "allegations": [first, second], "events": events})
    assert found["allegation"]["accused"] == "B"
    assert (found["allegation"]["place"], found["allegation"]["place_country"]) == ("Ulm", "DEU")
    assert found["event"] == "PROTEST"
    empty = contrast.prediction({"statements": [], "allegations": [], "events": []})
    assert empty == {"statements": [], "allegation": None, "event": None}
