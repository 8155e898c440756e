"""Descent that nobody says: shared errors, numbers and order of facts, translations, and who was first."""

from dataclasses import replace

import pytest

from allegata.linking.citations import Told, find_upstream
from allegata.linking.descent import in_order
from allegata.linking.ground import Ground
from allegata.linking.grounds import timed
from allegata.linking.linker import link_story
from allegata.linking.numbers import find_numbers
from allegata.linking.oddities import Oddities
from allegata.linking.scripts import latin
from allegata.linking.why import explain
from allegata.linking.words import words
from allegata.model import Source

from .conftest import make_reading

KELLER = Source("Mara Keller", "person", title="mayor", organisation="Town of Sellin")


def page(document_id: str, lines: list, hour: int | None = None, **more):
    when = None if hour is None else f"2025-03-04T{hour:02}:00:00+00:00"
    return make_reading(
        document_id, lines, outlet=f"Outlet {document_id}", published=more.pop("published", when), **more
    )


def edges(texts, *readings):
    """(upstream, downstream) -> edge, with no page having access of its own."""
    ground = timed([Told(t, ((0, 40),), False) for t in texts(list(readings))])
    odd = Oddities([g.text for g in ground])
    return {(e.upstream, e.downstream): e for g in ground for e in find_upstream(g, Ground(ground), odd)}


RIGHT = [
    "The ferryman Sarband was beaten at the lower landing of Velm on Sunday night.",
    "In Velm a ferryman by the name of Sarband has been hurt by unknown men.",
    "Police look for three men who attacked Sarband, the ferryman.",
]
WRONG = [
    "Sarbann, who runs the Velm ferry, was set upon after dark, we have learned.",
    "A boatman called Sarbann lies in the clinic since the weekend.",
]


def test_who_shares_a_misspelt_name_shares_a_source(texts):
    story = [page(f"r{n}", [line], 8 + n) for n, line in enumerate(RIGHT)]
    story += [page(f"w{n}", [line], 14 + n) for n, line in enumerate(WRONG)]
    edge = edges(texts, *story)["w0", "w1"]
    assert edge.kind == "rewrite" and edge.inferred
    assert edge.reason == "both write “Sarbann” where most have “Sarband”; nobody else does"
    shown = {s.document.id: s.document.text for s in story}
    assert {shown[p.document][p.start : p.end] for p in edge.evidence} == {"Sarbann"}


def test_why_tells_the_shared_error(texts):
    base = "masked men beat the ferryman {} at the lower landing of Velm on Sunday night and sank his boat"
    story = [
        page(
            f"r{n}",
            [(f"On the river {base.format('Sarband')}, mayor Mara Keller said.", KELLER, "assert")],
            8 + n,
        )
        for n in range(3)
    ]
    story += [
        page("w0", [f"According to what is said at the weir, {base.format('Sarbann')}."], 14),
        page("w1", [f"It is going round that {base.format('Sarbann')}."], 15),
    ]
    claims = link_story(texts(story))
    documents = {r.document.id: r.document for r in story}
    reasons = [e.reason for c in claims for e in c.edges if e.downstream == "w1"]
    assert any("both write “Sarbann”" in r for r in reasons)
    assert any("both write “Sarbann”" in line for c in claims for line in explain(c, documents))


def test_a_spelling_that_half_of_them_have_is_no_error(texts):
    story = [page(f"r{n}", [line], 8 + n) for n, line in enumerate(RIGHT[:2])]
    story += [page(f"w{n}", [line], 14 + n) for n, line in enumerate(WRONG)]
    assert Oddities(texts(story)).of("w1") == ()


def test_another_form_of_a_word_is_no_misspelling(texts):
    story = [
        page(f"r{n}", [f"The Kordavia report {w}."], 8 + n) for n, w in enumerate(("one", "two", "three"))
    ]
    story += [page(f"w{n}", [f"The Kordavian report {w}."], 14 + n) for n, w in enumerate(("four", "five"))]
    assert Oddities(texts(story)).of("w1") == ()


def test_a_wrong_number_shows_descent_where_the_words_agree(texts):
    right = (
        "Raiders drove forty wagons of rye through the Rezna crossing of Velm without samples, clerk {} said."
    )
    wrong = "Clerks at the Rezna crossing of Velm let 400 wagons of rye pass without samples, {} heard."
    story = [page(f"r{n}", [right.format(w)], 8 + n) for n, w in enumerate(("Abel", "Bohm", "Cato"))]
    story += [page(f"w{n}", [wrong.format(w)], 14 + n) for n, w in enumerate(("Dorn", "Esche"))]
    edge = edges(texts, *story)["w0", "w1"]
    assert "both write “400 wagon” where most have “40 wagon”; nobody else does" in edge.reason


def test_an_error_is_one_more_reason_for_an_edge_that_is_said(texts):
    story = [page(f"r{n}", [line], 8 + n) for n, line in enumerate(RIGHT)]
    story += [page("w0", [WRONG[0]], 14), page("w1", [f"{WRONG[1]} So writes Outlet w0."], 15)]
    edge = edges(texts, *story)["w0", "w1"]
    assert edge.kind == "credit" and not edge.inferred
    assert (
        edge.reason == "it names Outlet w0; both write “Sarbann” where most have “Sarband”; nobody else does"
    )


def test_the_order_of_facts(texts):
    names = [f"Quorl{c}" for c in "bcdfghklmnp"]
    straight = page("a", [f"First {n} then." for n in names], 8)
    retold = page("b", [f"Later came {n}, too." for n in names], 9)
    shuffled = page("c", [f"Later came {n}, too." for n in names[::-1]], 9)
    a, b, c = texts([straight, retold, shuffled])
    assert in_order(a, b) == 1.0
    assert in_order(a, c) < 0.2


def test_a_rewrite_is_of_the_page_whose_details_it_has(texts):
    first = page(
        "a",
        ["The ferryman Sarband of Velm was hurt at the Ostra weir by raiders with billhooks, said Keller."],
        8,
    )
    second = page(
        "b",
        [
            "The ferryman Sarband of Velm was hurt at the Ostra weir by raiders with "
            "billhooks and a crossbow, a quarrel "
            "over eel baskets, said Keller."
        ],
        9,
    )
    others = [
        page(f"o{n}", [f"Keller of Velm speaks of a hurt ferryman and of raiders, {w}."], 6 + n)
        for n, w in enumerate(("again", "too", "now"))
    ]
    retold = page(
        "z",
        [
            "It was about eel baskets: raiders with billhooks and a crossbow hurt Sarband at "
            "the Ostra weir of Velm."
        ],
        12,
    )
    found = edges(texts, *others, first, second, retold)
    edge = found["b", "z"]
    assert ("a", "z") not in found
    assert "nobody else has" in edge.reason


GERMAN = (
    "Zwanzig Räuber mit Äxten haben am Ostra-Wehr bei Velm den Fährmann Sarband "
    "überfallen und einundvierzig Körbe "
    "mit Aalen geraubt. Das teilte Bürgermeisterin Keller in Sellin mit. {}"
)
ENGLISH = (
    "Twenty raiders with axes set upon the ferryman Sarband at the Ostra weir near "
    "Velm and took forty-one baskets of "
    "eels, mayor Keller of Sellin said."
)


def test_a_translation_is_known_by_names_numbers_and_their_order(texts):
    english = page("e", [ENGLISH], 8)
    other = page("o", ["A mayor called Keller spoke of raiders near Velm."], 7)
    german = page("g", [GERMAN.format("(Agenturen)")], 12)
    edge = edges(texts, english, other, german)["e", "g"]
    assert edge.kind == "rewrite"
    assert "names and numbers" in edge.reason and "41" in edge.reason


def test_a_translation_into_another_script(texts):
    english = page("e", [ENGLISH], 8)
    russian = page(
        "g",
        [
            "Двадцать грабителей напали на паромщика Сарбанда у плотины Остра близ Велма и "
            "унесли сорок одну корзину угрей, "
            "сообщила мэр Келлер в Селлине. Что было дальше, она не сказала, но это не "
            "первый случай на реке. "
            "(агентства)"
        ],
        12,
    )
    found = edges(texts, english, russian)
    assert ("e", "g") in found


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "Forty-one wagons, 12,500 men, two hundred and one dog", [41, 12500, 200]),
        ("de", "einundvierzig Wagen und neunzig Männer", [41, 90]),
        ("fr", "quatre-vingt-dix wagons, dix-sept hommes", [90, 17]),
        ("es", "cuarenta vagones, 300 euros", [40, 300]),
        ("pt", "quarenta vagões e dezoito homens", [40, 18]),
        ("it", "quaranta vagoni, trecento euro", [40, 300]),
        ("ru", "сорок вагонов и двадцать пять человек", [40, 25]),
        ("ar", "أربعون عربة و٣٠٠ يورو", [40]),
        ("fa", "۴۰ واگن و چهل نفر", [40, 40]),
        ("tr", "kırk vagon, üç yüz euro", [40, 300]),
        ("xx", "no words of it, 17 only", [17]),
    ],
)
def test_numbers_in_digits_and_words(language, text, values):
    assert [n.value for n in find_numbers(words(text), language)][: len(values)] == values


def test_names_of_other_scripts():
    assert latin("сарбанд") == "sarband"
    assert latin("ærø") == latin("ærø")
    assert latin("велм").startswith("velm")


COPY = [
    "Raiders with axes set upon the ferryman Sarband at the Ostra weir and took "
    "every basket of eels he had on board.",
    "The toll house was left open and its ledger lay in the reeds beside the second "
    "sluice, wet and unreadable.",
]


def test_a_date_alone_does_not_come_before_the_hours_of_its_day(texts):
    wire = page("w", COPY, 9)
    reprint = page("p", [*COPY, "Outlet w was first with it."], published="2025-03-04")
    found = edges(texts, wire, reprint)
    assert ("w", "p") in found and ("p", "w") not in found
    assert "the times leave open who was first, but it names Outlet w" in found["w", "p"].reason


def test_a_link_outranks_a_clock_that_is_off(texts):
    wire = page("w", COPY, 12)
    reprint = page("p", COPY, 9, links=("https://outletw.example/w",))
    found = edges(texts, wire, reprint)
    assert ("w", "p") in found and ("p", "w") not in found


def test_a_link_to_a_page_of_days_later_does_not_turn_time_round(texts):
    late = page("w", COPY, published="2025-03-09T12:00:00+00:00")
    early = page("p", COPY, 9, links=("https://outletw.example/w",))
    found = edges(texts, late, early)
    assert ("p", "w") in found


def test_without_times_the_richer_text_is_the_source(texts):
    rich = page("z", [*COPY, "Sarband’s brother Imre counted the hoof prints: eleven, all shod at Sellin."])
    poor = page("a", COPY)
    found = edges(texts, poor, rich)
    assert ("z", "a") in found and ("a", "z") not in found
    assert "has more that the other lacks" in found["z", "a"].reason


def test_who_is_first_is_never_answered_both_ways(texts):
    made = texts(
        [page("a", COPY), page("b", COPY, 9), page("c", COPY, published="2025-03-04"), page("d", COPY, 9)]
    )
    ground = timed([Told(t, ((0, 40),), False) for t in made])
    before = [Ground(ground).before(told) for told in ground]
    for x in range(len(ground)):
        for y in range(len(ground)):
            assert not (before[y][x] and before[x][y])
    assert not Ground(ground).before(replace(ground[0]))[0]
