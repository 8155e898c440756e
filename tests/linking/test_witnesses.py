"""Who lived through it is heard in few words of the matter, and who was heard in another language is heard
too; an outlet's own finding is its own."""

from collections.abc import Callable

import pytest

from allegata.linking.linker import link_story
from allegata.model import Claim, Document
from allegata.reading.pipeline import read_documents

ACCUSED = (
    "OSTRA, March 4 (Halm Wire) - Soldiers of the Norland army fired mortar shells at the village of Ostra "
    "on Monday night and killed two herders, Vesland's interior minister, Pavel Drost, told a news "
    "conference.\n\n"
)


def article(document_id: str, text: str, hour: int, outlet: str) -> Document:
    day = f"2025-03-04T{hour:02}:00:00+00:00"
    return Document(document_id, text, outlet=outlet, published=day, kind="article")


def page(more: str) -> Document:
    return article("d1", ACCUSED + more, 9, "Halm Wire")


@pytest.fixture
def first_claim(texts) -> Callable[..., Claim]:
    """Documents to the first claim of their story."""
    return lambda *documents: link_story(texts(list(read_documents(documents))))[0]


def sources(claim: Claim) -> str:
    return " / ".join(o.source for o in claim.origins)


def test_who_lived_through_it_is_an_origin_and_who_sells_bread_is_none(first_claim):
    copy = article("d2", ACCUSED.replace("(Halm Wire) ", ""), 10, "Gale Post")
    witness = '"We saw the mortars flash on the Norland side before each shell," said Mara Keller, a teacher.'
    baker = (
        '"We bake until noon and the price of flour is a matter for the council," said Mara Keller, a baker.'
    )
    assert "Mara Keller" in sources(first_claim(page(witness), copy))
    assert "Mara Keller" not in sources(first_claim(page(baker), copy))


@pytest.mark.parametrize(
    "told",
    [
        "Mara Keller, maestra de Ostra, contó a este diario que vio a los soldados de Norland disparar los "
        "morteros contra Ostra y que Drost y ella contaron los disparos.",
        "Mara Keller, institutrice à Ostra, a raconté à notre journal que les soldats de Norland ont tiré au "
        "mortier sur Ostra et que Drost et elle ont compté les tirs.",
    ],
)
def test_a_witness_of_a_page_in_another_language_is_an_origin(first_claim, told):
    claim = first_claim(page(""), article("d2", told, 10, "El Halm"))
    assert "Mara Keller" in sources(claim) and "El Halm" not in sources(claim)


def test_what_an_outlet_found_out_is_its_own_and_no_rewrite(first_claim):
    finding = (
        "Ridgeline obtained two videos from herders and measured the craters at Ostra. The mortar shells of "
        "Monday night came from the hill on the Norland side.\n\nRidgeline concludes that soldiers of the "
        "Norland army most likely fired the mortar shells at the village of Ostra."
    )
    claim = first_claim(page(""), article("d2", finding, 15, "Ridgeline Analysis"))
    assert "Ridgeline" in sources(claim) and claim.independent_origins.named == 2
