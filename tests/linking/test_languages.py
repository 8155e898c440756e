"""A page in each of the ten languages that credits an outlet of the collection has it from that outlet, from
plain documents to the edge."""

import pytest

import allegata
from allegata.linking.foreign import languages
from allegata.linking.identity import Identities
from allegata.linking.newness import is_only_language
from allegata.linking.proposals import Proposal
from allegata.linking.spots import find_spots
from allegata.linking.stories import pair
from allegata.linking.words import words
from allegata.model import Document

from .conftest import make_reading

PAGES = {
    "de": (
        "Uferbote",
        "Vermummte Männer haben in der Nacht zum Sonntag die Fähre von Velm "
        "überfallen und den Fährmann Sarband mit "
        "Ketten geschlagen. Die Polizei in Sellin ermittelt, wie die Bürgermeisterin Mara Keller sagte.",
        "Der Fährmann Sarband ist laut der Zeitung „Uferbote“ in Velm von "
        "vermummten Männern mit Ketten geschlagen "
        "worden. Die Fähre fährt vorerst nicht, die Polizei in Sellin hat noch keine Spur.",
    ),
    "fr": (
        "La Berge",
        "Des hommes masqués ont attaqué dans la nuit de dimanche le bac de Velm et "
        "ont frappé le passeur Sarband avec "
        "des chaînes. La police de Sellin enquête, a dit la maire Mara Keller.",
        "Selon le journal La Berge, le passeur Sarband a été frappé avec des "
        "chaînes par des hommes masqués à Velm. Le "
        "bac ne circule plus et la police de Sellin est sans piste.",
    ),
    "es": (
        "La Orilla",
        "Hombres enmascarados asaltaron en la noche del domingo la barca de Velm y "
        "golpearon con cadenas al barquero "
        "Sarband. La policía de Sellin investiga, dijo la alcaldesa Mara Keller.",
        "Según el diario La Orilla, el barquero Sarband fue golpeado con cadenas "
        "por hombres enmascarados en Velm. La "
        "barca no sale por ahora y la policía de Sellin no tiene pistas.",
    ),
    "pt": (
        "Folha do Cais",
        "Homens mascarados assaltaram na noite de domingo a balsa de Velm e "
        "espancaram com correntes o balseiro "
        "Sarband. A polícia de Sellin investiga o caso, disse a prefeita Mara Keller.",
        "De acordo com o jornal Folha do Cais, o balseiro Sarband foi espancado com "
        "correntes por homens mascarados em "
        "Velm. A balsa não sai por enquanto e a polícia de Sellin não tem pistas.",
    ),
    "it": (
        "La Riva",
        "Uomini mascherati hanno assalito nella notte di domenica il traghetto di "
        "Velm e hanno picchiato con catene il "
        "traghettatore Sarband. La polizia di Sellin indaga, ha detto la sindaca Mara Keller.",
        "Secondo il quotidiano La Riva, il traghettatore Sarband è stato picchiato "
        "con catene da uomini mascherati a "
        "Velm. Il traghetto per ora non parte e la polizia di Sellin non ha una pista.",
    ),
    "ru": (
        "Берег",
        "Люди в масках напали в ночь на воскресенье на паром в Велме и избили "
        "цепями паромщика Сарбанда. Полиция "
        "Селлина ведет расследование, сказала мэр Мара Келлер.",
        "Как сообщает газета «Берег», паромщик Сарбанд был избит цепями в Велме "
        "людьми в масках. Паром пока не ходит, "
        "и у полиции Селлина нет следов.",
    ),
    "ar": (
        "الشاطئ",
        "هاجم رجال ملثمون ليلة الأحد العبارة في فيلم وضربوا المراكبي ساربند "
        "بالسلاسل. وقالت رئيسة البلدية مارا كيلر إن "
        "الشرطة في سيلين تحقق في ما حدث على النهر.",
        "ذكرت صحيفة الشاطئ أن المراكبي ساربند تعرض للضرب بالسلاسل في فيلم من رجال "
        "ملثمين. ولا تعمل العبارة الآن وليس "
        "لدى الشرطة في سيلين أي أثر عن الرجال.",
    ),
    "fa": (
        "ساحل",
        "مردان نقابدار شب یکشنبه به کشتی گذر در ولم حمله کردند و قایقران ساربند را "
        "با زنجیر زدند. شهردار مارا کلر گفت "
        "که پلیس سلین این را بررسی می کند و هنوز کسی بازداشت نشده است.",
        "به گزارش خبرگزاری ساحل، قایقران ساربند در ولم از مردان نقابدار با زنجیر "
        "کتک خورده است. کشتی گذر فعلا کار نمی "
        "کند و پلیس سلین هنوز از آنها نشانی ندارد.",
    ),
    "tr": (
        "Kıyı",
        "Maskeli adamlar pazar gecesi Velm vapuruna saldırdı ve kayıkçı Sarband'ı "
        "zincirlerle dövdü. Belediye başkanı "
        "Mara Keller, Sellin polisinin olayı araştırdığını ve henüz bir iz olmadığını söyledi.",
        "Kıyı gazetesinin haberine göre kayıkçı Sarband Velm'de maskeli adamlar "
        "tarafından zincirlerle dövüldü. Vapur "
        "şimdilik çalışmıyor ve Sellin polisi için bir iz daha yok.",
    ),
    "zh": (
        "河岸报",
        "蒙面男子周日夜间在韦尔姆袭击渡船，用铁链殴打船夫萨尔班德。市长玛拉·凯勒说，塞林警方正在调查，目前尚无线索，渡口已经关闭，居民感到不安。",
        "据河岸报报道，船夫萨尔班德在韦尔姆被蒙面男子用铁链殴打。渡船暂停，塞林警方没有线索，渡口附近的居民要求加强保护。",
    ),
}
"""Language -> outlet, its own page, a page of another that credits it."""


def test_a_script_without_spaces_is_compared_by_three_letters():
    text = "据河岸报报道 Velm"
    assert [text[w.start : w.end] for w in words(text)] == ["据河岸", "河岸报", "岸报报", "报报道", "Velm"]


def test_all_languages_with_credits_are_tried():
    assert set(PAGES) == set(languages())


@pytest.mark.parametrize("language", sorted(PAGES))
def test_a_credit_in_another_language_is_an_edge(language, tmp_path):
    outlet, own, crediting = PAGES[language]
    documents = [
        Document("own", own, outlet=outlet, published="2025-03-03T08:00:00+00:00"),
        Document("other", crediting, outlet="Hill Post", published="2025-03-04T08:00:00+00:00"),
    ]
    with allegata.open(tmp_path / "store.db") as library:
        library.add(documents, reader="rules")
        edges = [e for c in library.claims() for e in c.edges]
    edge = next(e for e in edges if (e.upstream, e.downstream) == ("own", "other"))
    assert edge.kind == "credit"
    assert edge.reason.startswith(f"it names {outlet}")
    spot = next(p for p in edge.evidence if p.document == "other")
    assert crediting[spot.start : spot.end] == outlet


def test_a_group_in_another_language_only_that_accuses_nobody_is_known_as_such(texts):
    english = "Masked men attacked the Velm ferry on Sunday night and beat the ferryman Sarband with chains."
    readings = [
        make_reading("e1", [english], outlet="Bank Post"),
        make_reading("e2", [english + " The police look into it."], outlet="Quay Times"),
        make_reading("f1", [PAGES["fr"][1]], outlet="La Berge"),
    ]
    story = texts(readings)
    foreign = next(i for i, t in enumerate(story) if t.id == "f1")
    seed = find_spots(foreign, story[foreign], Identities(story))[-1]
    proposal = Proposal(seed)
    proposal.spans[foreign].append(seed.unit.span)
    assert is_only_language(proposal, story)
    proposal.sides = frozenset(["state:FRA"])
    assert not is_only_language(proposal, story)
    proposal.sides = frozenset()
    proposal.spans[1 - foreign if foreign < 2 else 0].append((0, len(english)))
    assert not is_only_language(proposal, story)


def test_a_text_in_another_language_is_found_by_its_names(texts):
    """Every German word is rare to an English background; the names come first."""
    german = (
        "Der Fährmann Sarband habe in Velm von den Ketten gewusst, hieß es bei der Anhörung der Behörde. "
        "Die Fähre fahre vorerst nicht, und niemand wisse, wann sie wieder ablege. Dazu äußerte sich die "
        "Bürgermeisterin nicht und Mara Keller nicht, obwohl sie mehrfach gefragt worden war. Auch in "
        "Sellin schwieg man."
    )
    english = (
        "A hearing was told that the ferryman Sarband had known of the chains at Velm. The mayor, Mara "
        "Keller, was asked several times and did not answer. Nobody in Sellin would say when boats leave."
    )
    far = "The bakery at Oberau sells rye bread. The mayor, Ivo Pell, opened it with a speech on the harvest."
    one, two, other = texts(
        [make_reading(n, [t], outlet=n) for n, t in (("g", german), ("e", english), ("o", far))]
    )
    order = list(one.terms)
    names = {"sarband", "velm", "keller", "sellin"}
    assert all(order.index(n) < order.index("nicht") for n in names) and names <= one.found_by
    assert pair(one, two) is not None
    assert pair(one, other) is None
