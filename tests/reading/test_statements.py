"""Statements from sentences of our own: who says what, with which commitment, inside whose words."""

from __future__ import annotations

import pytest

from allegata.model import Document, Statement
from allegata.reading.parsing import parse
from allegata.reading.statements import find_statements


def read(text: str, kind: str = "article") -> tuple[Statement, ...]:
    doc = next(parse([text]))
    sentences = tuple((s.start_char, s.end_char) for s in doc.sents)
    return find_statements(Document("d", text, kind=kind), doc, sentences)


def told(text: str, statements: tuple[Statement, ...]) -> list[tuple[str, str, str, str]]:
    """(stance, source, cue, content) of each, pieces joined by a bar."""

    def words(spans: tuple[tuple[int, int], ...]) -> str:
        return " | ".join(text[a:b] for a, b in spans)

    return [(s.stance, words(s.source), words(s.cue), words(s.content)) for s in statements]


ONE = [
    # reporting, before, after and inside the content
    (
        "The harbour police said gunmen had boarded two trawlers off Bodri.",
        ("assert", "The harbour police", "said", "gunmen had boarded two trawlers off Bodri"),
    ),
    (
        "Gunmen boarded two trawlers off Bodri, wounding a cook, the harbour police said.",
        ("assert", "the harbour police", "said", "Gunmen boarded two trawlers off Bodri, wounding a cook"),
    ),
    (
        "A shell hit the mill at dawn, a baker who lives beside it told Radio Vell by telephone.",
        ("assert", "a baker who lives beside it", "told", "A shell hit the mill at dawn"),
    ),
    (
        "The trawlers, said the harbour police, were boarded at dawn.",
        ("assert", "the harbour police", "said", "The trawlers | were boarded at dawn"),
    ),
    (
        "An officer conceded in an audio message that some of his men had beaten the cook.",
        ("confirm", "An officer", "conceded", "some of his men had beaten the cook"),
    ),
    (
        "MERO, Sept 4 (Norwire) - A mine sank the ferry overnight, the navy said on Thursday.",
        ("assert", "the navy", "said", "A mine sank the ferry overnight"),
    ),
    # according to, and its like
    (
        "According to Dr Lina Saab, who treated them, the boys had been burned with acid.",
        ("assert", "Dr Lina Saab, who treated them", "According to", "the boys had been burned with acid"),
    ),
    (
        "The pier was mined, in the view of the engineers.",
        ("assert", "the engineers", "in the view of", "The pier was mined"),
    ),
    (
        "By the ministry's account, the boat capsized on its own.",
        ("assert", "the ministry", "account", "the boat capsized on its own"),
    ),
    # accusing
    (
        "Belmor accused its neighbour of arming the smugglers of Tarn.",
        ("allege", "Belmor", "accused", "its neighbour of arming the smugglers of Tarn"),
    ),
    (
        "Villagers blame the flood on the dam's owners.",
        ("allege", "Villagers", "blame", "the flood on the dam's owners"),
    ),
    (
        "Belmor holds the border guards responsible for the deaths of two herders.",
        ("allege", "Belmor", "holds | responsible for", "the border guards | the deaths of two herders"),
    ),
    (
        "The guards were accused on Sunday of robbing pilgrims.",
        ("allege", "", "were accused", "The guards | robbing pilgrims"),
    ),
    # without a source
    (
        "Two clerks allegedly sold the archive to a dealer.",
        ("allege", "", "allegedly", "Two clerks | sold the archive to a dealer"),
    ),
    (
        "The militia is said to have burned the ferry.",
        ("allege", "", "is said", "The militia | to have burned the ferry"),
    ),
    (
        "The alleged theft of the archive by two clerks is before the court.",
        ("allege", "", "alleged", "theft of the archive by two clerks"),
    ),
    # denying
    (
        "The navy flatly denied having mined the strait.",
        ("deny", "The navy", "flatly denied", "having mined the strait"),
    ),
    (
        "The navy said it had nothing to do with the sinking.",
        ("deny", "The navy", "said it had nothing to do with", "the sinking"),
    ),
    (
        "The navy insists that its divers never mined the strait.",
        ("deny", "The navy", "insists", "its divers never mined the strait"),
    ),
    ('"That is a lie," the mayor told Radio Vell.', ("deny", "the mayor", "told", "That is a lie")),
    # doubting, not commenting, taking back
    (
        "The monitors said they had seen no evidence that the pier was mined.",
        ("doubt", "The monitors", "said they had seen no evidence", "the pier was mined"),
    ),
    (
        "There is little to suggest, the coroner wrote, that the cook was poisoned.",
        ("doubt", "the coroner", "There is little to suggest | wrote", "the cook was poisoned"),
    ),
    (
        "The monitors were unable to verify the footage.",
        ("doubt", "The monitors", "were unable to verify", "the footage"),
    ),
    (
        "The palace would neither confirm nor deny that the heir had left.",
        ("no_comment", "The palace", "would neither confirm nor deny", "the heir had left"),
    ),
    (
        "The palace did not respond to a request for comment.",
        ("no_comment", "The palace", "did not respond to a request for comment", ""),
    ),
    (
        "The weekly has withdrawn its report that the heir had left.",
        ("retract", "The weekly", "has withdrawn its report", "the heir had left"),
    ),
    # looking ahead, asking
    (
        "The rebels threatened to blow up the bridge.",
        ("predict", "The rebels", "threatened", "to blow up the bridge"),
    ),
    (
        "The mediator urged both sides to pull back.",
        ("demand", "The mediator", "urged", "both sides to pull back"),
    ),
    (
        "Lawmakers want to know who signed the contract.",
        ("demand", "Lawmakers", "want to know", "who signed the contract"),
    ),
    # nouns
    (
        "Belmor's accusation that divers had mined the pier soured the talks.",
        ("allege", "Belmor", "accusation", "divers had mined the pier"),
    ),
    (
        "The claim by the mayor that divers had mined the pier was read out twice.",
        ("allege", "the mayor", "claim", "divers had mined the pier"),
    ),
    (
        "Rumours swirled that the heir had left.",
        ("allege", "", "Rumours", "the heir had left"),
    ),
    (
        "The mayor lodged a formal complaint over the search of his boat.",
        ("allege", "The mayor", "lodged a formal complaint", "the search of his boat"),
    ),
    # what the parser misreads
    (
        "A Mero daily reports that the pier was mined.",
        ("assert", "A Mero daily", "reports", "the pier was mined"),
    ),
    ("Some allege that the mayor was bribed.", ("allege", "Some", "allege", "the mayor was bribed")),
    (
        "The envoy in an interview with local TV has alleged that there is a camp near Tarn, which is run "
        "by smugglers.",
        ("allege", "The envoy", "has alleged", "there is a camp near Tarn, which is run by smugglers"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), ONE, ids=[text[:40] for text, _ in ONE])
def test_one_statement(text: str, expected: tuple[str, str, str, str]) -> None:
    assert told(text, read(text)) == [expected]


NONE = [
    "The rebels attacked a convoy near Tarn and burned two lorries.",
    "The two ministers signed an accord and shook hands.",
    "Mero and Belmor agreed to reopen their border.",
    "Mero recalled its ambassador on Friday.",
    "Nobody has accused the nuns of anything.",
    "If the minister had said so, we would have heard it.",
    "I think the weather will hold.",
    "There is no doubt that the road is closed.",
    "The presence of a camp raises questions about the road.",
]


@pytest.mark.parametrize("text", NONE)
def test_the_writers_own_words_are_no_statement(text: str) -> None:
    assert read(text) == ()


CHAINS = [
    (
        "The envoy said the governor had told him that the rebels had burned the mill.",
        [("The envoy", "said", None), ("the governor", "had told", "s1")],
    ),
    (
        "The harbour office rejected allegations by fishermen that its divers had mined the pier.",
        [("The harbour office", "rejected", None), ("fishermen", "allegations", "s1")],
    ),
    (
        "According to a Mero daily, a monk wrote that pilgrims had accused the guards of robbing them.",
        [
            ("a Mero daily", "According to", None),
            ("a monk", "wrote", "s1"),
            ("pilgrims", "had accused", "s2"),
        ],
    ),
    (
        "Radio Vell quoted a fisherman as saying divers had mined the pier.",
        [("Radio Vell", "quoted", None), ("a fisherman", "saying", "s1")],
    ),
    (
        "Belmor suspects the guards of robbing pilgrims, two Mero dailies reported on Wednesday.",
        [("Belmor", "suspects", "s2"), ("two Mero dailies", "reported", None)],
    ),
    (
        'The mayor dismissed the story. "The monk says guards robbed him, and I believe him," said his wife.',
        [("The mayor", "dismissed", None), ("The monk", "says", "s3"), ("his wife", "said", None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS, ids=[text[:40] for text, _ in CHAINS])
def test_statements_inside_statements(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    statements = read(text)
    rows = [(source, cue) for _, source, cue, _ in told(text, statements)]
    assert [(*row, s.nested_in) for row, s in zip(rows, statements, strict=True)] == expected


def test_cues_joined_by_and_share_a_source() -> None:
    text = "The navy said the ferry had sunk, and added that no mine had been found."
    assert told(text, read(text)) == [
        ("assert", "The navy", "said", "the ferry had sunk"),
        ("assert", "The navy", "added", "no mine had been found"),
    ]
    text = "Mero condemned and rejected the charge."
    assert told(text, read(text)) == [("deny", "Mero", "condemned and rejected", "the charge")]


def test_a_participle_after_a_comma_belongs_to_the_speaker() -> None:
    text = 'Senators accused the guards of ramming a supply boat, calling it "an act of war".'
    assert [(row[1], row[2], row[3]) for row in told(text, read(text))] == [
        ("Senators", "accused", "the guards of ramming a supply boat"),
        ("Senators", "calling", 'it "an act of war'),
    ]


def test_a_denial_in_a_relative_clause_stands_beside_what_it_denies() -> None:
    text = "The envoy said the guards had sold the archive, which Belmor denies."
    said, denied = read(text)
    assert told(text, (said, denied)) == [
        ("assert", "The envoy", "said", "the guards had sold the archive"),
        ("deny", "Belmor", "denies", ""),
    ]
    assert denied.nested_in is None


def test_ids_follow_the_text_and_speakers_are_left_open() -> None:
    statements = read("The mayor said the pier was mined. The navy denied it. The monk warned of a flood.")
    assert [s.id for s in statements] == ["s1", "s2", "s3"]
    assert all(s.speaker is None and s.channel is None for s in statements)
