"""What persons hold of a claim and of a source: kept beside the count, refused where it cannot be said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from allegata.library import Library
from allegata.linking.decisions import BadJudgementError
from allegata.model import Claim
from allegata.runs.assessing import grades_now
from allegata.store import open_store

from .process import complaint, lines, run
from .stories import story


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assess")
    with Library(open_store(str(folder / "case.db"))) as library:
        library.add(story(folder), reader="rules")
    return folder / "case.db"


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Iterator[Library]:
    for part in made.parent.glob("case.db*"):
        if part.is_file():
            (tmp_path / part.name).write_bytes(part.read_bytes())
    with Library(open_store(str(tmp_path / "case.db"))) as opened:
        yield opened


def claim_of(library: Library) -> Claim:
    return library.claims()[0]


def test_each_person_keeps_their_own_and_nothing_is_averaged(library: Library) -> None:
    claim = claim_of(library)
    library.assess("Ana", claim.id, credibility=4, note="one man says so")
    library.assess("Ben", claim.id, likelihood="likely", confidence="low", note="it fits")
    library.assess("Ana", claim.id, credibility=3, alternatives=["a drill", " "], note="a second look")
    kept = library.assessments(claim.id)
    assert [(k.opinion.person, k.state) for k in kept] == [
        ("Ana", "holds"),
        ("Ben", "holds"),
        ("Ana", "replaced"),
    ]
    newest = kept[0].opinion
    count = claim.independent_origins
    assert (newest.credibility, newest.alternatives) == (3, ("a drill",))
    assert newest.origins == (count.low, count.high)
    assert claim_of(library) == claim
    assert [a.act for a in library.store.acts(3)] == ["judgement"] * 3


def test_taking_one_back_lets_the_one_before_hold_again(library: Library) -> None:
    claim = claim_of(library)
    library.assess("Ana", claim.id, credibility=4, note="first")
    second = library.assess("Ana", claim.id, credibility=3, note="second")
    library.undo("Ben", second.number, "she asked me to")
    assert [(k.opinion.number, k.state, k.by) for k in library.assessments(claim.id)] == [
        (second.number, "taken back", "Ben"),
        (second.number - 1, "holds", ""),
    ]


def test_credibility_one_takes_two_origins(library: Library) -> None:
    claim = claim_of(library)
    assert claim.independent_origins.low < 2
    with pytest.raises(BadJudgementError, match="takes two independent origins: this claim has"):
        library.assess("Ana", claim.id, credibility=1, note="sure")
    assert library.assessments(claim.id) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "gives a credibility"),
        ({"credibility": 7}, "choose 1 to 6"),
        ({"likelihood": "certain"}, "no likelihood"),
        ({"credibility": 2, "confidence": "total"}, "no confidence"),
        ({"credibility": 2, "alternatives": ["x"] * 9}, "8 alternatives"),
        ({"credibility": 2, "alternatives": ["x" * 301]}, "300 characters"),
    ],
)
def test_what_cannot_be_said_is_refused(library: Library, given: dict[str, object], says: str) -> None:
    with pytest.raises(BadJudgementError, match=says):
        library.assess("Ana", claim_of(library).id, note="why", **given)  # type: ignore[arg-type]
    assert library.judgements(all=True) == []


def test_an_assessment_follows_its_claim(library: Library) -> None:
    claim = claim_of(library)
    library.assess("Ana", claim.id, credibility=3, note="why")
    moved = next(m for m in claim.mentions if m.passages).document
    (made,) = library.judgements()
    assert moved in made.subject
    library.store.put_judgement(
        "Ben", "assessment", made.subject.replace(claim.id, "c-gone"), made.value, "x"
    )
    assert [k.opinion.person for k in library.assessments(claim.id)] == ["Ben", "Ana"]


def test_a_source_has_a_grade_of_each_person(library: Library) -> None:
    library.grade("Ana", "Velm Harbour Office (Ida Roth)", "B", "was right before")
    library.grade("Ben", "velm harbour office", "D", "party to it")
    library.grade("Ana", "Velm Harbour Office", "C", "was wrong since")
    kept = library.grades("Velm Harbour Office")
    assert [(k.opinion.person, k.state) for k in kept] == [
        ("Ana", "holds"),
        ("Ben", "holds"),
        ("Ana", "replaced"),
    ]
    (now,) = grades_now(library.store.judgements()).values()
    assert [(g.person, g.letter) for g in now] == [("Ana", "C"), ("Ben", "D")]
    with pytest.raises(BadJudgementError, match="no grade"):
        library.grade("Ana", "Velm Harbour Office", "G", "x")


def test_the_commands(library: Library, tmp_path: Path) -> None:
    claim, store = claim_of(library), tmp_path / "case.db"
    refused = complaint(run("assess", claim.id, "-c", "1", "--why", "x", "--store", store))
    assert "takes two independent origins" in refused
    (one,) = lines(
        run("assess", claim.id, "-c", "2", "--why", "fits", "--by", "Ana", "--json", "--store", store)
    )
    assert (one["credibility"], one["person"], one["state"]) == (2, "Ana", "holds")
    (grade,) = lines(run("grade", "Velm", "b", "--why", "known", "--by", "Ana", "--json", "--store", store))
    assert grade["letter"] == "B"
    assert [k.opinion.number for k in library.assessments(claim.id)] == [one["number"]]
