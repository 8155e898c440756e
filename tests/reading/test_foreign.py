"""Who says what in languages that no parser reads: speakers, stances, what is said; and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.model import STANCES, Document
from allegata.reading.foreign import find_foreign_statements, languages
from allegata.reading.pipeline import read_documents

CASES = [
    (
        "es",
        "La alcaldesa de Puerto Lindo, Rosa Almagro, dijo que el dique se rompió de noche.",
        "Rosa Almagro",
        "assert",
        "el dique se rompió de noche",
    ),
    (
        "es",
        "PUERTO LINDO.- El pescador Luis Ocaña, vecino del muelle, denunció que la empresa vertió aceite.",
        "Luis Ocaña",
        "allege",
        "la empresa vertió aceite",
    ),
    (
        "es",
        "El Ministerio de Pesca negó que hubiera un vertido en el muelle.",
        "Ministerio de Pesca",
        "deny",
        "hubiera un vertido en el muelle",
    ),
    (
        "es",
        "Según la Policía de Puerto Lindo, el barco llegó vacío.",
        "Policía de Puerto Lindo",
        "assert",
        "el barco llegó vacío",
    ),
    (
        "fr",
        "« Le barrage a cédé vers minuit », a déclaré mardi la maire, Rose Almont.",
        "Rose Almont",
        "assert",
        "Le barrage a cédé vers minuit",
    ),
    (
        "fr",
        "Le gouvernement a démenti que le barrage ait cédé.",
        "gouvernement",
        "deny",
        "le barrage ait cédé",
    ),
    (
        "fr",
        "Selon Rose Almont, le barrage a cédé vers minuit.",
        "Rose Almont",
        "assert",
        "le barrage a cédé vers minuit",
    ),
    (
        "de",
        "Der Damm sei um Mitternacht gebrochen, sagte die Bürgermeisterin Rosa Almer.",
        "Rosa Almer",
        "assert",
        "Der Damm sei um Mitternacht gebrochen",
    ),
    (
        "de",
        "Das Verkehrsministerium wies den Bericht über den Damm zurück.",
        "Verkehrsministerium",
        "deny",
        "den Bericht über den Damm",
    ),
    (
        "de",
        "Der Damm brach in der Nacht. Das teilte die Gruppe Wasserwacht Lind mit.",
        "Gruppe Wasserwacht Lind",
        "assert",
        "Der Damm brach in der Nacht.",
    ),
    (
        "pt",
        "O prefeito de Porto Lindo, Rui Almada, confirmou que a barragem cedeu de noite.",
        "Rui Almada",
        "confirm",
        "a barragem cedeu de noite",
    ),
    (
        "it",
        "La sindaca di Portolindo, Rosa Almari, ha detto che la diga ha ceduto di notte.",
        "Rosa Almari",
        "assert",
        "la diga ha ceduto di notte",
    ),
]


@pytest.mark.parametrize(
    ("language", "text", "speaker", "stance", "said"), CASES, ids=[c[1][:40] for c in CASES]
)
def test_a_plain_statement(language: str, text: str, speaker: str, stance: str, said: str) -> None:
    (found,), sources = find_foreign_statements(Document("d", text), language)
    assert (found.speaker, found.stance) == (speaker, stance)
    assert said.rstrip(".") in " ".join(text[a:b] for a, b in found.content)
    assert [s.name for s in sources] == [speaker]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La empresa no respondió a las preguntas del semanario sobre el vertido."),
        ("fr", "Il faisait froid sur le barrage et les camions attendaient."),
        ("pt", "A empresa não respondeu às perguntas do jornal sobre a barragem."),
    ],
)
def test_where_nobody_says_anything(language: str, text: str) -> None:
    assert find_foreign_statements(Document("d", text), language) == ((), ())


def test_who_is_left_out_is_who_spoke_last() -> None:
    text = "Rosa Almagro, alcaldesa, contó que el dique se rompió. «Oímos un trueno y luego el agua», relató."
    statements, _ = find_foreign_statements(Document("d", text), "es")
    assert [s.speaker for s in statements] == ["Rosa Almagro", "Rosa Almagro"]


def test_a_document_in_such_a_language_is_read_and_others_are_left() -> None:
    text = (
        "La alcaldesa de Puerto Lindo, Rosa Almagro, dijo que el dique se rompió de noche y que nadie avisó "
        "a los vecinos de la orilla, porque la sirena no funcionaba desde el verano."
    )
    (spanish,) = read_documents([Document("d", text)])
    assert spanish.document.language == "es" and [s.speaker for s in spanish.statements] == ["Rosa Almagro"]
    (czech,) = read_documents([Document("d", text, language="cs")])
    assert czech.statements == ()


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(languages()), st.text(max_size=400))
def test_any_text_gives_statements_inside_it(language: str, text: str) -> None:
    statements, sources = find_foreign_statements(Document("d", text), language)
    names = {s.name for s in sources}
    for s in statements:
        assert s.stance in STANCES and s.speaker in {None, *names} and (s.content or s.stance == "no_comment")
        assert all(0 <= a < b <= len(text) for a, b in (*s.cue, *s.content, *s.source))


def test_whom_a_relative_clause_describes_and_what_goes_on_inside_a_quotation() -> None:
    text = (
        "En el video, una enfermera que dice trabajar en la clínica asegura que las dosis estaban vencidas."
    )
    (statement,), (source,) = find_foreign_statements(Document("d", text), "es")
    assert source.name == "enfermera que dice trabajar en la clínica"
    assert text[slice(*statement.content[0])] == "las dosis estaban vencidas"
    text = (
        "Moussa ag Ilal, qui vend du sel, a raconté que le camion avait brûlé. "
        "« Il y avait une odeur terrible, dit-il. Puis plus rien. »"
    )
    statements, _ = find_foreign_statements(Document("d", text), "fr")
    assert [s.speaker for s in statements] == ["Moussa ag Ilal"] * 2


def test_an_unnamed_speaker_goes_on_as_the_man() -> None:
    text = (
        "Der Kahn ist nach Angaben eines früheren Matrosen versenkt worden. "
        '"Wir haben die Ventile im Dunkeln geöffnet", sagte der Mann in einer Bar.'
    )
    statements, _ = find_foreign_statements(Document("d", text), "de")
    assert [s.speaker for s in statements] == ["früheren Matrosen"] * 2


def test_from_whom_a_speaker_has_it_speaks_too() -> None:
    text = "Der Damm brach um Mitternacht. Das meldet der Seebote unter Berufung auf einen früheren Offizier."
    statements, _ = find_foreign_statements(Document("d", text), "de")
    assert [s.speaker for s in statements] == ["Seebote", "früheren Offizier"]
    assert {text[slice(*s.content[0])] for s in statements} == {"Der Damm brach um Mitternacht."}
