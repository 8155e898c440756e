from dataclasses import replace
from datetime import UTC, datetime

from allegata.model import Claim, Response
from allegata.monitoring.events import LONGEST, TRIGGERS, WORDS, event_of_change
from allegata.monitoring.moments import instant
from allegata.monitoring.observing import Observed, observe, replay
from tests.monitoring.stories import claim, mention, origin, when

LOOK = datetime(2025, 3, 10, tzinfo=UTC)
EARLY = dict.fromkeys(("d1", "d2", "d3", "d4", "d5"), datetime(2025, 3, 1, tzinfo=UTC))


def added(*fresh: str):  # type: ignore[no-untyped-def]
    """A clock by which these came after the look, all others before it."""
    return lambda d: datetime(2025, 3, 11, tzinfo=UTC) if d in fresh else EARLY.get(d)


def kinds(story: Claim, known: Observed | None, *fresh: str) -> list[str]:
    return [c.kind for c in observe(story, known, LOOK, when, added(*fresh))[0]]


def seen(story: Claim) -> Observed:
    found = observe(story, None, None, when, added())[1]
    assert found is not None
    return found


ONE = claim((mention("d1"),), (origin("A", "d1"),))


def test_the_first_look_finds_nothing_new() -> None:
    assert observe(ONE, None, None, when, added("d1"))[0] == []


def test_a_claim_out_of_pages_that_were_there_is_no_news() -> None:
    assert kinds(ONE, None) == []
    assert kinds(ONE, None, "d1") == ["new_claim"]


def test_a_claim_that_was_cut_anew_keeps_what_was_known_of_it() -> None:
    two = claim((mention("d1"), mention("d2", origins=("o2",))), (origin("A", "d1"), origin("B", "d2", "o2")))
    assert kinds(two, seen(ONE), "d2") == ["new_origin"]
    assert kinds(replace(two, id="c9"), None, "d2") == ["new_origin"]


def test_an_edited_page_that_now_denies_is_news() -> None:
    denied = replace(ONE, responses=(Response("Norland", "deny", "d1"),))
    assert kinds(denied, seen(ONE), "d1") == ["first_denial"]
    assert kinds(denied, seen(denied), "d1") == []


def test_documents_that_come_one_by_one_are_amplification_once() -> None:
    known, found = seen(ONE), []
    documents = ["d1"]
    for more in ("d2", "d3", "d4", "d5"):
        documents.append(more)
        story = claim(tuple(mention(d) for d in documents), (origin("A", "d1"),))
        changes, stands = observe(story, known, LOOK, when, added(more))
        assert stands is not None
        known = stands
        found += [(c.kind, more) for c in changes]
    assert found == [("amplification", "d4")]


def test_an_origin_starts_the_count_anew() -> None:
    three = claim((mention("d1"), mention("d2"), mention("d3")), (origin("A", "d1"),))
    _, known = observe(three, seen(ONE), LOOK, when, added("d2", "d3"))
    backed = claim(
        (*three.mentions, mention("d4", origins=("o2",))), (origin("A", "d1"), origin("B", "d4", "o2"))
    )
    assert kinds(backed, known, "d4") == ["new_origin"]


def test_circular_reporting_is_told_when_it_is_found() -> None:
    two = claim((mention("d1"), mention("d2")), (origin("A", "d1"),))
    loop = replace(two, circular=(("d1", "d2"),))
    assert kinds(loop, seen(two), "d2") == ["circular"]
    assert kinds(replace(two, circular=(("d2", "d1"),)), seen(loop), "d2") == []


def test_a_replay_finds_what_looks_would_have_found() -> None:
    story = claim(
        (mention("d1"), mention("d2"), mention("d3"), mention("d4"), mention("d5", origins=("o2",))),
        (origin("A", "d1"), origin("B", "d5", "o2")),
        (Response("Norland", "deny", "d3"),),
    )
    since, until = instant("2025-03-01"), instant("2025-04-01")
    assert since and until
    found = [(c.kind, (c.at or "")[:10]) for c in replay(story, since, until, when)]
    assert found == [
        ("new_claim", "2025-03-03"),
        ("first_denial", "2025-03-12"),
        ("amplification", "2025-03-13"),
        ("new_origin", "2025-03-14"),
    ]
    assert replay(story, until, instant("2026-01-01") or until, when) == []


def test_an_event_has_one_key_and_a_title_of_one_bounded_line() -> None:
    hostile = replace(ONE, proposition="Shelled\x1b[2J\r\nSubject: x\u202e " + "word " * 5000)
    (change,), _ = observe(hostile, None, LOOK, when, added("d1"))
    event = event_of_change(change)
    assert event == event_of_change(change) and event.kind in TRIGGERS
    assert event.title.startswith("Alleged: ") and len(event.title) < LONGEST + 20
    assert event.title.isprintable() and set(WORDS) == set(TRIGGERS)
