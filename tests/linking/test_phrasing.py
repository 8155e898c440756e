"""The passage that a claim is headed with."""

from __future__ import annotations

from allegata.linking.linker import link_story
from allegata.model import Source

from .conftest import make_reading
from .test_story import copy, wire

HOST = Source("Host", "person")


def test_a_claim_is_headed_with_what_says_it_best_not_with_a_question(texts):
    talk = make_reading(
        "t1",
        [
            (
                "And the skipper of the gravel barge Anneliese was beaten at Velm on Monday night?",
                HOST,
                "assert",
            ),
            "He was not there when the men boarded, as far as the listeners could tell.",
        ],
        outlet="Lock Radio",
        kind="transcript",
        published="2025-03-03T06:00:00+00:00",
    )
    (claim, *_) = link_story(texts([talk, wire(), copy(1, 9), copy(2, 10)]))
    assert len(claim.documents) == 4
    assert claim.proposition.startswith("Masked men boarded the gravel barge Anneliese at Velm")


def test_the_heading_does_not_depend_on_the_order(texts):
    story = texts([wire(), copy(1, 9), copy(2, 10)])
    assert link_story(story)[0].proposition == link_story(story[::-1])[0].proposition
