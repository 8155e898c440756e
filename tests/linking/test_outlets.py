"""Names of outlets, what is said of them, and the credits of other languages, in sentences of our own."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.linking.attributions import find_attributions
from allegata.linking.credits import same_outlet
from allegata.linking.foreign import find_foreign, languages
from allegata.linking.outlets import family, find_outlets
from allegata.model import Document


def outlets(text: str) -> list[str]:
    return [text[slice(*o.span)] for o in find_outlets(text)]


def credited(text: str, outlet: str | None = None) -> list[tuple[str, str]]:
    document = Document("d", text, outlet=outlet)
    return [(a.kind, a.name) for a in find_attributions(document, [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The bridge fell, Reuters reported.", ["Reuters"]),
        ("The Velmian newspaper al-Dhifa said so.", ["al-Dhifa"]),
        ("It stood in Velm's Al-Dhifa newspaper.", ["Al-Dhifa"]),
        ("Read it on www.lowerore.net today.", ["www.lowerore.net"]),
        ("He spoke to the Lower Ore Courier.", ["Lower Ore Courier"]),
        ("A South Korean newspaper has the story.", []),
        ("They posted it on twitter.com yesterday.", []),
        ("The metro was late and the sun shone.", []),
    ],
)
def test_an_outlet_is_known_by_name_site_or_form(text, names):
    assert outlets(text) == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Barges broke loose, the Lower Ore Courier reported.", [("credit", "Lower Ore Courier")]),
        ("Ida Roth told the Lower Ore Courier that barges broke loose.", [("told", "Lower Ore Courier")]),
        ("According to the regional daily Uferbote, barges broke loose.", [("credit", "Uferbote")]),
        ("The picture was debunked by the Hill Observer.", [("against", "Hill Observer")]),
        (
            "It appeared on Oct. 3 in the Uferbote newspaper, the Hill Observer and the Ostra news agency.",
            [("credit", "Uferbote"), ("credit", "Hill Observer"), ("credit", "Ostra")],
        ),
        ("The Hill Observer hired a new editor.", []),
    ],
)
def test_what_is_said_of_an_outlet_tells_how_it_is_credited(text, found):
    assert credited(text) == found


def test_an_outlet_credits_others_not_itself():
    assert credited("Barges broke loose, the Hill Observer reported.", outlet="Hill Observer") == []


def test_names_of_one_outlet_meet_and_families_are_known():
    assert same_outlet("AFP", "Agence France-Presse") and same_outlet("Mail on Sunday", "Daily Mail")
    assert family("Mail on Sunday") == family("Metro") is not None
    assert family("Hill Observer") is None


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Laut der Zeitung „Uferbote“ ist die Brücke gesperrt.", "Uferbote"),
        ("fr", "Selon le journal La Berge, le pont est fermé.", "La Berge"),
        ("es", "Según el diario La Orilla, el puente está cerrado.", "La Orilla"),
        ("pt", "De acordo com o jornal Folha do Cais, a ponte fechou.", "Folha do Cais"),
        ("it", "Secondo il quotidiano La Riva, il ponte è chiuso.", "La Riva"),
        ("ru", "Как сообщает газета «Берег», мост закрыт.", "Берег"),
        ("tr", "Anadolu Ajansı'na göre köprü kapalı.", "Anadolu Ajansı"),
        ("ar", "الجسر مغلق، بحسب وكالة رويترز.", "رويترز"),
        ("fa", "به گزارش خبرگزاری ایرنا، پل بسته است.", "ایرنا"),
        ("zh", "据新华社报道，大桥关闭。", "新华社"),
    ],
)
def test_credits_of_other_languages(language, text, name):
    assert language in languages()
    (credit,) = find_foreign(text, language)
    assert credit.name == name and credit.outlet
    assert text[slice(*credit.span)] == name
    assert text[slice(*credit.cue)]


def test_a_language_without_credits_has_none():
    assert find_foreign("Laut Uferbote ist die Brücke gesperrt.", "xx") == []


@given(st.text(alphabet="AaBl -'’.,“\"\n(@/:0TheNewsreportedtoldé", max_size=300))
def test_any_text_has_valid_spans_that_do_not_overlap(text):
    found = find_outlets(text)
    assert all(0 <= o.span[0] < o.span[1] <= len(text) for o in found)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))
    for a in find_attributions(Document("d", text), [(0, len(text))], "de"):
        assert 0 <= a.cue[0] <= a.cue[1] <= len(text)
