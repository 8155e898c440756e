from datetime import UTC, datetime

from allegata.model import Claim, Response
from allegata.monitoring.changes import Change, compare, find_changes, standing
from allegata.monitoring.moments import instant, moment_of
from tests.monitoring.stories import claim, mention, origin, when


def changes(of: Claim, since: str, until: str | None = None) -> list[Change]:
    start = instant(since)
    assert start is not None
    return find_changes([of], start, instant(until), when)


def kinds(of: Claim, since: str, until: str | None = None) -> list[str]:
    return [c.kind for c in changes(of, since, until)]


def test_a_claim_first_carried_after_the_moment_is_new() -> None:
    story = claim((mention("d2"), mention("d3")), (origin("Vell harbour office", "d2"),))
    found = changes(story, "2025-03-04")
    assert [c.kind for c in found] == ["new_claim"]
    assert found[0].documents == ("d2",)
    assert found[0].sources == ("Vell harbour office",)
    assert (found[0].mentions_before, found[0].mentions_after) == (0, 2)


def test_nothing_changed_where_nothing_came_out() -> None:
    assert kinds(claim((mention("d1"),), (origin("A", "d1"),)), "2025-03-04") == []


def test_a_second_origin_is_reported_with_its_document() -> None:
    story = claim(
        (mention("d1"), mention("d3", origins=("o2",))),
        (origin("A", "d1"), origin("B", "d3", "o2", "eyewitness")),
    )
    (found,) = changes(story, "2025-03-10")
    assert (found.kind, found.sources, found.documents) == ("new_origin", ("B",), ("d3",))
    assert (found.origins_before, found.origins_after) == (1, 2)
    assert found.at == "2025-03-12T00:00:00+00:00"


def test_three_more_documents_and_no_more_origins_are_amplification() -> None:
    loud = claim(tuple(mention(d) for d in ("d1", "d3", "d4", "d5")), (origin("A", "d1"),))
    assert kinds(loud, "2025-03-10") == ["amplification"]
    assert kinds(loud, "2025-03-10", "2025-03-13") == []


def test_an_unattributed_root_is_no_corroboration() -> None:
    story = claim(
        tuple(mention(d) for d in ("d1", "d3", "d4", "d5")),
        (origin("A", "d1"), origin("somebody", "d3", "o2", "unattributed")),
    )
    assert kinds(story, "2025-03-10") == ["amplification"]


def test_the_first_denial_is_reported_once() -> None:
    denied = claim(
        (mention("d1"), mention("d2", "deny"), mention("d3", "deny")),
        (origin("A", "d1"),),
        (Response("Norland", "deny", "d2"), Response("Norland army", "deny", "d3")),
    )
    assert kinds(denied, "2025-03-04") == ["first_denial"]
    assert kinds(denied, "2025-03-10") == []


def test_a_denial_alone_is_not_a_claim_yet() -> None:
    story = claim((mention("d1", "deny"), mention("d3")), (origin("A", "d3"),))
    assert standing(story, instant("2025-03-04"), when) is None


def test_confirmations_and_retractions() -> None:
    story = claim(
        (mention("d1"), mention("d3")),
        (origin("A", "d1", gone="2025-03-12"),),
        (Response("Norland", "confirm", "d3"), Response("A", "retract", "d3")),
    )
    assert kinds(story, "2025-03-10") == ["first_confirmation", "retraction"]
    now = standing(story, None, when)
    assert now is not None and now.origins == ()


def test_an_undated_document_is_never_news() -> None:
    assert kinds(claim((mention("undated"),), (origin("A", "undated"),)), "2025-03-01") == []


def test_two_snapshots_compare_by_the_names_of_origins() -> None:
    before = claim((mention("d1"),), (origin("Vell Harbour Office", "d1", "x"),))
    after = claim((mention("d1"),), (origin("Vell harbour office", "d1", "y"),))
    assert compare(after, standing(before, None, when), standing(after, None, when), when) == []


def test_times_that_are_no_times() -> None:
    assert instant("0000-01-01") is None
    assert instant("0001-01-01T00:00:00+14:00") is None
    assert instant("yesterday") is None
    assert instant("2025-03-01T12:00:00+02:00") == datetime(2025, 3, 1, 10, tzinfo=UTC)


def test_moments_a_person_writes() -> None:
    now = datetime(2025, 3, 8, tzinfo=UTC)
    assert moment_of("7d", now) == datetime(2025, 3, 1, tzinfo=UTC)
    assert moment_of("2025-03-02", now) == datetime(2025, 3, 2, tzinfo=UTC)
    assert moment_of("99999w", datetime(1500, 1, 1, tzinfo=UTC)) is None
    assert moment_of("whenever", now) is None
