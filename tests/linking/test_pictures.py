"""Who took a picture is credited for the picture; of what a page tells only where the text says so."""

import pytest

from allegata.linking.attributions import find_attributions
from allegata.linking.credits import find_credits
from allegata.linking.linker import link_story
from allegata.linking.pictures import find_picture_credits, only_pictures
from allegata.model import Document, Source

from .conftest import make_reading

KELLER = Source("Mara Keller", "person", title="mayor", organisation="Town of Sellin")
FIRE = "Two men in overalls set the grain silo at Sellin on fire on Sunday night"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Smoke over Sellin.\nPhoto: Velm News Agency", "Velm News Agency"),
        ("Smoke over Sellin. (Photos: Ute Brandt)", "Ute Brandt"),
        ("Smoke over Sellin.\nPhoto credit: Ute Brandt / Velm News Agency", "Ute Brandt"),
        ("Smoke over Sellin. Image courtesy of the Lower Ore Courier. More later.", "Lower Ore Courier"),
        ("Smoke over Sellin.\n(Photo by Ute Brandt via Getty Images)", "Ute Brandt"),
        ("Video: @sellinwatch / Chirper", "@sellinwatch"),
        ("Rauch über Sellin.\nFoto: dpa/Ute Brandt", "dpa"),
        ("Fumée.\nCrédit photo : La Berge", "La Berge"),
        ("Humo (Foto: Ute Brandt)", "Ute Brandt"),
        ("Fumo.\nImagem: Folha do Cais", "Folha do Cais"),
        ("Fumo.\nFoto di Ute Brandt", "Ute Brandt"),
        ("Дым.\nФото: Берег", "Берег"),
        ("دخان\nصورة: الشاطئ", "الشاطئ"),
        ("دود\nعکس: ساحل", "ساحل"),
        ("Duman\nFotoğraf: Ute Brandt", "Ute Brandt"),
        ("烟。（图片来源：河岸报）", "河岸报"),
    ],
)
def test_a_picture_credit_is_found_with_its_name(text, name):
    (credit,) = find_picture_credits(text)
    assert credit.name == name
    assert text[slice(*credit.spot)] == name
    assert only_pictures(text) == (credit.span,)


@pytest.mark.parametrize(
    "text",
    [
        "The picture: it was published by the Lower Ore Courier on Monday.",
        "A photo by the Lower Ore Courier shows two men at the silo.",
        "She has a clear image of what happened.",
    ],
)
def test_a_sentence_about_a_picture_is_no_picture_credit(text):
    assert find_picture_credits(text) == ()


def test_a_caption_that_says_what_the_picture_shows_makes_its_author_a_source():
    text = "Two men run from the silo, a video shows.\n(Video: @sellinwatch / Chirper)"
    (credit,) = find_picture_credits(text)
    assert credit.shows is not None
    assert text[slice(*credit.shows)] == "Two men run from the silo, a video shows."
    assert only_pictures(text) == ()


def test_no_outlet_is_cited_for_its_picture():
    text = "Two men set the silo on fire.\nPhoto: Lower Ore Courier"
    document = Document("d", text, outlet="Hill Post")
    assert find_attributions(document, [(0, len(text))]) == []
    assert find_credits(document, frozenset({"Lower Ore Courier"})) == []


def silo(*more: str, **kwargs):
    lines = [(f"{FIRE}, mayor Mara Keller said.", KELLER, "assert"), "The silo held nine hundred tonnes."]
    return make_reading("s1", lines, outlet="Lower Ore Courier", title="Silo burns")


def with_credit(credit: str):
    lines = [
        "Overnight a grain silo at Sellin was set on fire by two men in overalls, a neighbour's blog has it.",
        credit,
    ]
    return make_reading("s2", lines, outlet="Hill Post", published="2025-03-05T08:00:00+00:00")


def test_a_page_with_the_agencys_picture_does_not_have_its_claim_from_the_agency(texts):
    (claim,) = link_story(texts([silo(), with_credit("Photo: Lower Ore Courier")]))
    assert not [e for e in claim.edges if e.downstream == "s2" and e.kind in ("credit", "wire")]
    (claim,) = link_story(texts([silo(), with_credit("The Lower Ore Courier has more.")]))
    assert ("s1", "s2", "credit") in {(e.upstream, e.downstream, e.kind) for e in claim.edges}


def test_a_video_that_shows_it_is_a_source_and_one_that_is_only_printed_is_none(texts):
    said = (
        "A video shows two men in overalls setting the grain silo at Sellin on fire.\n(Video: @sellinwatch)"
    )
    plain = (
        "Two men in overalls were at the grain silo of Sellin when it was set on fire.\n(Video: @sellinwatch)"
    )
    found = []
    for caption in (said, plain):
        page = make_reading("v1", [caption], outlet="Hill Post", published="2025-03-06T08:00:00+00:00")
        (claim,) = link_story(texts([silo(), page]))
        found.append({e.upstream: e.reason for e in claim.edges if e.downstream == "v1"})
    assert found[0]["@sellinwatch"] == (
        "it has this from @sellinwatch, who took the picture that it says shows it"
    )
    assert "@sellinwatch" not in found[1]
