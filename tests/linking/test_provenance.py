from hypothesis import given
from hypothesis import strategies as st

from allegata.linking.provenance import count, find_roots


def test_a_relay_leads_back_to_the_person_at_its_end():
    found = find_roots(["a", "b", "c"], [("Ida Roth", "a"), ("a", "b"), ("b", "c")])
    assert found.reached == {d: frozenset({"Ida Roth"}) for d in "abc"}
    assert found.loops == ()


def test_a_loop_fed_from_outside_counts_through_what_feeds_it():
    edges = [("blog", "x1"), ("x1", "wiki"), ("wiki", "review"), ("review", "x2"), ("x2", "wiki")]
    found = find_roots(["x1", "wiki", "review", "x2"], edges)
    assert set(found.reached.values()) == {frozenset({"blog"})}
    assert found.loops == (("wiki", "review", "x2"),)


def test_a_loop_that_nothing_feeds_is_one_root():
    found = find_roots(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")])
    assert set(found.reached.values()) == {frozenset({"a"})}


def test_a_document_with_nothing_behind_it_is_its_own_root():
    assert find_roots(["a"], []).reached == {"a": frozenset({"a"})}


def test_a_long_loop_is_found_without_deep_recursion():
    names = [f"d{i:05}" for i in range(5000)]
    edges = list(zip(names, [*names[1:], names[0]], strict=True))
    found = find_roots(names, edges)
    assert set(found.reached.values()) == {frozenset({"d00000"})}
    assert len(found.loops[0]) == 5000


nodes = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(nodes, nodes), max_size=24), st.randoms())
def test_roots_do_not_depend_on_the_order_of_edges_and_are_never_empty(edges, random):
    documents = sorted({n for e in edges for n in e})
    once = find_roots(documents, edges)
    shuffled = list(edges)
    random.shuffle(shuffled)
    assert find_roots(documents, shuffled) == once
    assert all(once.reached[d] for d in documents)


def test_the_interval_holds_the_point():
    n = count(named=2, anonymous=1, unresolved=1, foldable=1)
    assert (n.low, n.point, n.high) == (2, 3, 4)
    assert count(0, 0, 1, 0).low == 0 and count(0, 0, 1, 0).high == 1
    assert count(0, 2, 0, 1).low == 1


def test_what_one_document_says_of_an_outlet_holds_for_all_that_cite_it():
    edges = [("Courier", "a"), ("Roth", "b"), ("Courier", "c")]
    found = find_roots(["a", "b", "c"], edges, relays=[("Roth", "Courier")])
    assert found.reached == {d: frozenset({"Roth"}) for d in "abc"}


def test_outlets_that_cite_one_another_are_one_root_and_no_loop_of_documents():
    found = find_roots(["a", "b"], [("x", "a"), ("y", "b")], relays=[("x", "y"), ("y", "x")])
    assert found.reached["a"] == found.reached["b"] and len(found.reached["a"]) == 1
    assert found.loops == ()
