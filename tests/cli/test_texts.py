"""What people are shown: "alleged" in every heading, and nothing in it that a terminal obeys."""

import io
from dataclasses import replace

from rich.console import Console

from allegata.cli.claim_text import claim_table, denial_words, no_response, print_claim
from allegata.cli.xray_text import print_document
from allegata.model import (
    Claim,
    Document,
    Edge,
    Mention,
    Origin,
    OriginCount,
    Place,
    Reading,
    Response,
    Round,
    Sentence,
    Source,
    Statement,
)

EVIL = "\x1b]0;owned\x07[bold]A\u202eB\ud800\nC"
COUNT = OriginCount(1, 2, 1, 0, 1)


def claim(proposition: str = "Norland shelled Vell.", evil: str = "x", stance: str = "deny") -> Claim:
    mention = Mention("d1", None, evil, "2025-03-03", "allege", (evil,), copy_of=evil)
    return Claim(
        id="c1",
        proposition=proposition,
        act="ASSAULT",
        accuser=evil,
        accused=evil,
        place=Place(0, 1, evil, country=evil),
        first_seen=evil,
        last_seen=evil,
        mentions=(mention,),
        origins=(Origin("o1", evil, "named_official", True, "d1"),),
        independent_origins=COUNT,
        responses=(Response(evil, stance, "d1"),),
        circular=((evil, "d1"),),
        edges=(Edge(evil, "d1", "copy", 0.5, evil),),
    )


def shown(*claims: Claim) -> str:
    out = Console(file=io.StringIO(), width=100, markup=False, highlight=False)
    out.print(claim_table(claims))
    for one in claims:
        print_claim(out, one)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_alleged_is_never_dropped() -> None:
    assert shown(claim()).count("Alleged: Norland shelled Vell.") == 2
    assert "Alleged: " not in shown(claim("The office alleged that Norland shelled Vell."))


def test_a_count_is_shown_as_an_interval() -> None:
    assert shown(claim()).count("1 mention · 1 outlet · 1–2 independent origins (1 unresolved)") == 2


def test_rounds_of_one_origin_are_told_with_their_days() -> None:
    twice = (Round("d1", "2025-09-08", "Norland"), Round("d2", "2026-03-03", "Norland", "interview"))
    one = claim()
    again = replace(one, origins=(replace(one.origins[0], rounds=twice),))
    assert "said in 2 rounds: 8 Sep 2025; 3 Mar 2026" in shown(again)
    assert "round" not in shown(replace(one, origins=(replace(one.origins[0], rounds=twice[:1]),)))


def test_silence_is_no_assent() -> None:
    quiet = claim(stance="doubt")
    assert denial_words(quiet) == "no denial found in 1 document"
    assert no_response(quiet) == "no response found in 1 document"
    assert denial_words(claim(evil="Norland")) == "denied by Norland"


def test_outside_text_is_obeyed_nowhere() -> None:
    text = shown(claim(EVIL, EVIL))
    document = Document(EVIL, "He said so.", url=EVIL, outlet=EVIL, author=EVIL, title=EVIL, published=EVIL)
    statement = Statement("s1", ((0, 2),), ((3, 7),), ((8, 10),), "assert", None, EVIL, EVIL)
    reading = Reading(
        document, (Sentence(0, 11),), (statement,), sources=(Source(EVIL, "person", organisation="Z" + EVIL),)
    )
    out = Console(file=io.StringIO(), width=100, markup=False, highlight=False)
    print_document(out, reading, [claim(EVIL, EVIL)])
    assert isinstance(out.file, io.StringIO)
    text += out.file.getvalue()
    assert not any(c in text for c in "\x1b\x07\u202e\ud800")
    assert "[bold]" in text  # somebody's words, not a style
    text.encode()
