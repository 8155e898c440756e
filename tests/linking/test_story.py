"""Whole stories, from readings to the count."""

import itertools
from dataclasses import replace

from allegata.contract import to_plain
from allegata.linking.decisions import Decisions
from allegata.linking.doubts import find_doubts
from allegata.linking.features import make_features
from allegata.linking.linker import link, link_story
from allegata.linking.stories import pair
from allegata.linking.uncredited import uncredited
from allegata.linking.why import explain
from allegata.model import Event, Judgement, Source
from allegata.store import open_store

from .conftest import make_reading

ROTH = Source("Ida Roth", "person", title="harbour master", organisation="Velm Harbour Office")
CREW = (
    "Masked men boarded the gravel barge Anneliese at Velm on Monday night and beat the skipper with chains"
)
FIRST = [
    (f"{CREW}, harbour master Ida Roth said.", ROTH, "assert"),
    "The skipper, 58, has two broken ribs, and the logbook of the Anneliese is missing.",
    "Police at Velm have taken paint samples from the quay.",
]


def wire():
    return make_reading("w1", FIRST, outlet="Velm News Agency", title="Skipper beaten on gravel barge")


def copy(n: int, hour: int, **more):
    tail = f"The {['ferry', 'market', 'choir', 'school'][n % 4]} at Oberau resumes on Thursday as planned."
    return make_reading(
        f"c{n}", [*FIRST, tail], outlet=f"Gazette {n}", published=f"2025-03-04T{hour:02}:00:00+00:00", **more
    )


def rewrite():
    lines = [
        "A skipper was beaten with chains when masked men boarded his gravel barge, the Anneliese, at Velm.",
        "He has two broken ribs and the logbook of the Anneliese is gone, while paint samples from the "
        "quay at Velm are being looked at.",
        "What does this mean for river trade?",
    ]
    return make_reading("r1", lines, outlet="Trend Page", published="2025-03-05T08:00:00+00:00")


def test_copies_and_rewrites_add_no_origin(texts):
    story = texts([wire(), copy(1, 9), copy(2, 10), rewrite()])
    (claim,) = link_story(story)
    assert len(claim.documents) == 4
    assert [o.source for o in claim.origins] == ["Velm Harbour Office (Ida Roth)"]
    n = claim.independent_origins
    assert (n.low, n.high, n.named, n.anonymous, n.unresolved) == (1, 1, 1, 0, 0)
    kinds = {(e.upstream, e.downstream): e.kind for e in claim.edges}
    assert kinds["w1", "c1"] == kinds["w1", "c2"] == "copy"
    assert kinds["w1", "r1"] == "rewrite"
    assert all(e.evidence and e.reason for e in claim.edges)


def test_the_claims_are_the_same_in_whatever_order_documents_come(texts):
    story = texts([wire(), copy(1, 9), copy(2, 10), rewrite()])
    want = [to_plain(c) for c in link_story(story)]
    for order in itertools.permutations(story):
        assert [to_plain(c) for c in link_story(order)] == want


def test_an_eyewitness_of_his_own_is_a_second_origin(texts):
    witness = Source("Bruno Hatt", "eyewitness")
    own = make_reading(
        "e1",
        [
            (
                "Masked men boarded the barge Anneliese at Velm and beat the skipper, Bruno Hatt told us.",
                witness,
                "assert",
            ),
            "He watched from the lock house, forty metres away.",
        ],
        outlet="Lock Radio",
        published="2025-03-05T12:00:00+00:00",
    )
    (claim,) = link_story(texts([wire(), copy(1, 9), own]))
    assert claim.independent_origins.named == 2
    assert {o.source for o in claim.origins} == {"Velm Harbour Office (Ida Roth)", "Bruno Hatt"}


def bare(words: str, *events: Event):
    found = make_reading("u1", [words], outlet="Far Page", published="2025-03-05T07:00:00+00:00")
    return replace(found, events=events)


def test_a_page_that_puts_it_forward_without_source_or_shared_text_is_unresolved_not_counted(texts):
    words = "Thugs attacked the skipper of the Anneliese at Velm on Monday night, leaving him badly hurt."
    page = bare(words, Event("ASSAULT", "thugs", "skipper", 0, len(words)))
    (claim,) = link_story(texts([wire(), page]))
    n = claim.independent_origins
    assert (n.named, n.unresolved, n.low, n.high) == (1, 1, 1, 2)


def test_a_page_that_speaks_of_it_without_source_or_act_is_presumed_to_rest_on_what_was_out(texts):
    page = bare(
        "Masked men and the beaten skipper of the barge Anneliese at Velm are the talk of Monday night."
    )
    story = texts([wire(), page])
    (claim,) = link_story(story)
    assert set(claim.documents) == {"w1", "u1"} and uncredited(claim) == ["u1"]
    assert [o.source for o in claim.origins] == ["Velm Harbour Office (Ida Roth)"]
    n = claim.independent_origins
    assert (n.named, n.unresolved, n.low, n.high) == (1, 0, 1, 2)
    lines = explain(claim, {t.id: t.document for t in story})
    assert any(line.startswith("Credit nobody, and come after others: Far Page (u1).") for line in lines)
    assert any(line.endswith("one of those that credit nobody may know it itself.") for line in lines)
    (asked,) = [d for d in find_doubts([claim]) if d.kind == "origin"]
    assert (asked.stands, asked.other) == ("borrowed", "own") and asked.moves > 0
    own = Judgement(1, "Ana", "2025-03-06T08:00:00+00:00", "origin", asked.subject, "own", "")
    (claim,) = link_story(story, Decisions.of([own]))
    assert claim.independent_origins.named == 2 and not uncredited(claim)


def test_a_denial_is_a_response_and_no_origin(texts):
    union = Source("River Workers' Union", "organisation")
    denial = make_reading(
        "n1",
        [
            (
                "The River Workers' Union denied that masked men of its own boarded the barge Anneliese "
                "at Velm and beat the skipper.",
                union,
                "deny",
            )
        ],
        outlet="Union Bulletin",
        published="2025-03-06T07:00:00+00:00",
    )
    (claim,) = link_story(texts([wire(), copy(1, 9), denial]))
    assert [(r.source, r.stance, r.document) for r in claim.responses] == [
        ("River Workers' Union", "deny", "n1")
    ]
    assert claim.independent_origins.named == 1


def test_outlets_that_cite_each_other_in_a_circle_are_shown(texts):
    one = make_reading("g1", [(f"{CREW}, a blog says.", None, "")], outlet="River Gazette")
    two = make_reading(
        "g2",
        [f"{CREW}, according to River Gazette."],
        outlet="Delta Review",
        published="2025-03-05T08:00:00+00:00",
        links=("https://rivergazette.example/g1",),
    )
    three = make_reading(
        "g3",
        [f"{CREW}, as Delta Review confirms."],
        outlet="River Gazette",
        published="2025-03-06T08:00:00+00:00",
        links=("https://deltareview.example/g2",),
    )
    (claim,) = link_story(texts([one, two, three]))
    assert claim.circular == (("g1", "g3"),)
    assert any("Circular" in line for line in explain(claim, {}))


def test_another_occurrence_a_year_later_is_another_claim(texts):
    later = make_reading(
        "y1",
        [
            (
                "Masked men boarded the barge Rosalie at Velm and beat the skipper, Ida Roth said.",
                ROTH,
                "assert",
            )
        ],
        outlet="Velm News Agency",
        published="2026-03-10T08:00:00+00:00",
    )
    a, b = texts([wire(), later])
    assert pair(a, b) is None or len(link_story([a, b])) == 2


def test_documents_of_another_matter_do_not_meet(texts):
    other = make_reading(
        "o1",
        [("The council of Oberau will plant ninety lime trees along the canal, the mayor said.", None, "")],
        outlet="Velm News Agency",
    )
    a, b = texts([wire(), other])
    assert pair(a, b) is None


def test_claims_are_the_same_whether_documents_come_at_once_or_one_by_one(tmp_path):
    readings = [wire(), copy(1, 9), copy(2, 10), rewrite()]
    rows = make_features(readings)
    seen = []
    for n, batches in enumerate(([[0, 1, 2, 3]], [[3], [2], [1], [0]], [[1, 3], [0, 2]])):
        store = open_store(str(tmp_path / f"{n}.db"))
        run = store.start_run("test", "")
        for batch in batches:
            for i in batch:
                store.put_document(readings[i].document)
                store.put_reading(readings[i], run)
                f = rows[i]
                store.put_features(f.document_id, f.payload, f.keys, f.vectors, run)
            link(store, run)
        seen.append(sorted((c.id, str(to_plain(c))) for c in store.claims()))
        assert store.unlinked() == []
        store.close()
    assert seen[0] == seen[1] == seen[2]


def test_hundreds_of_copies_of_one_page_have_one_origin(texts):
    many = texts([wire(), *(copy(n, 9) for n in range(320))])
    claims = link_story(many)
    assert len(claims[0].documents) == 321
    assert claims[0].independent_origins.high == 1
