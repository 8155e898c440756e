from hypothesis import given
from hypothesis import strategies as st

from allegata.linking.copies import Body, compare, passages, quoted
from allegata.linking.fingerprints import LENGTH, fingerprints, grams
from allegata.linking.words import words

STORY = (
    "Two barges loaded with gravel broke loose above the weir on Monday night and drifted into the old "
    "bridge at Velm, the harbour master told the council. Nobody was aboard. The middle pier lost three "
    "courses of stone and the road over it stays shut until divers have looked at the footing."
)
PADDED = (
    "You will not believe what happened at the river this week. " + STORY + " What does this mean for you? "
    "Experts say that rivers can be dangerous, and time will tell what the council decides."
)
APART = (
    "The harbour master at Velm has asked for a second tug after an accident in which loose barges hit a "
    "bridge. Councillors will vote on the purchase in May and expect a grant from the province."
)


def overlap(a: str, b: str):
    wa, wb = words(a), words(b)
    return compare(Body(wa, quoted(a, wa)), Body(wb, quoted(b, wb))), wa, wb


def test_a_copy_inside_a_longer_page_is_a_copy_and_its_passage_is_found():
    found, wa, wb = overlap(STORY, PADDED)
    assert found.is_copy
    assert found.share_a == 1.0 and found.share_b < 0.8
    (a, b), *_ = passages(found, wa, wb)
    assert STORY[slice(*a)] == PADDED[slice(*b)]


def test_a_report_of_the_same_event_in_other_words_is_no_copy():
    assert not overlap(STORY, APART)[0].is_copy


def test_quoted_words_of_one_press_conference_are_no_copy():
    quote = (
        "“We have counted every stone of that pier twice since Tuesday and we will open the road on the day "
        "when the divers tell us that it can carry a bus, and not one hour before that day.”"
    )
    a = f"The engineer was blunt. {quote} She then left the hall for the station."
    b = f"Asked about the bridge by reporters, Ida Roth answered at length. {quote} The mayor nodded."
    found, *_ = overlap(a, b)
    assert sum(r.length for r in found.runs) > 30
    assert found.plain == 0 and not found.is_copy


def test_shared_fingerprints_estimate_containment():
    a, b = (set(fingerprints([w.norm for w in words(t)])) for t in (STORY, PADDED))
    assert len(a) >= 5 and len(a & b) / len(a) >= 0.9
    assert not a & set(fingerprints([w.norm for w in words(APART)]))


def test_short_texts_have_no_fingerprints():
    assert fingerprints(["word"] * (LENGTH - 1)) == []
    assert len(grams(["word"] * LENGTH)) == 1


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=80),
    st.lists(st.sampled_from(["a", "b", "c"]), max_size=80),
)
def test_runs_are_equal_disjoint_and_in_bounds(x, y):
    a, b = " ".join(x), " ".join(y)
    found, wa, wb = overlap(a, b)
    seen_a, seen_b = set(), set()
    for r in found.runs:
        assert [w.norm for w in wa[r.a : r.a + r.length]] == [w.norm for w in wb[r.b : r.b + r.length]]
        span_a, span_b = set(range(r.a, r.a + r.length)), set(range(r.b, r.b + r.length))
        assert not span_a & seen_a and not span_b & seen_b
        seen_a |= span_a
        seen_b |= span_b
    assert 0 <= found.share_a <= 1 and 0 <= found.share_b <= 1
