"""Which body a description means, and which noun phrase is the one who speaks."""

from allegata.model import Document
from allegata.reading.pipeline import read_documents

LEAK = (
    "Waste from a copper mine has leaked into a stream, an environmental group said on Monday. Volunteers "
    "took water at seven points, said its coordinator, Ana Brill. The company has denied any leak. "
    "The Mining Waste Inspectorate said a team was on its way."
)


def speakers(text: str) -> dict[str, str | None]:
    """What each cue is with -> who speaks there, of the text read as any is."""
    (reading,) = read_documents([Document("d", text, outlet="Harbour News")])
    return {" ".join(text[a:b] for a, b in s.content)[:24]: s.speaker for s in reading.statements}


def test_no_inspectorate_is_a_group_and_no_group_is_a_company():
    found = speakers(LEAK)
    assert found["Waste from a copper mine"] == "environmental group"
    assert found["any leak"] == "company"
    assert found["a team was on its way"] == "Mining Waste Inspectorate"


def test_a_lead_on_a_group_does_not_name_the_inspectorate():
    found = speakers(
        "Waste has leaked into a stream, an environmental group said on Monday. The Mining Waste "
        "Inspectorate said a team was on its way."
    )
    assert found["Waste has leaked into a "] == "environmental group"


def test_a_union_of_its_workers_is_not_the_bank():
    found = speakers(
        "A senator asked for an inquiry into the sale, which the bank denies. The bank workers' union says "
        "that its members loaded the bars."
    )
    assert found["that its members loaded "] == "bank workers' union"


def test_a_name_after_a_preposition_is_not_who_speaks():
    told = speakers(
        "The fuel was bought by General Ahmed Sayed, a former officer of the brigade told Reuters."
    )
    assert told["The fuel was bought by G"] == "former officer of the brigade"


def test_whom_it_is_according_to_keeps_their_name():
    told = speakers("The harbour was closed at noon, according to John Smith, a professor at Yale.")
    assert told["The harbour was closed a"] == "John Smith"


def test_what_somebody_counted_says_nothing():
    found = speakers(
        "Six members of the union carried it out at night. They counted 304 bars. They have written this "
        "down before a lawyer."
    )
    assert "304 bars" not in found.values()


def test_a_movement_whose_kind_comes_first_is_no_person():
    text = "Harakat al-Nur has rejected the charge. The group said on Wednesday that its men were elsewhere."
    (reading,) = read_documents([Document("d", text, outlet="Harbour News")])
    assert {(s.name, s.kind) for s in reading.sources} == {("Harakat al-Nur", "organisation")}
    assert {s.speaker for s in reading.statements} == {"Harakat al-Nur"}
