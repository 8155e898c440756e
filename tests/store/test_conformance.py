"""What every store does, whatever it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allegata.model import Document, Edge, Embed, Link, Passage
from allegata.store import ClaimQuery, Store, StoreError

from .conftest import Open, capture_of, claim_of, document_of, fill, reading_of

# evidence --------------------------------------------------------------------------------------------------


def test_a_capture_comes_back_with_its_bytes(store: Store) -> None:
    body = b"<p>Hello</p>"
    capture = capture_of(body)
    assert store.put_capture(capture, body) is True
    assert store.put_capture(capture, body) is False
    assert store.capture(capture.sha256) == capture
    assert store.body(capture.sha256) == body
    assert list(store.captures()) == [capture]


def test_the_same_bytes_from_elsewhere_are_another_capture(store: Store) -> None:
    body = b"same"
    here, there = capture_of(body, "https://a.example/1"), capture_of(body, "https://b.example/1")
    assert store.put_capture(here, body)
    assert store.put_capture(there, body)
    assert list(store.captures()) == [here, there]
    assert store.capture(here.sha256) == here


def test_a_body_that_is_not_the_captures_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="hash"):
        store.put_capture(capture_of(b"one"), b"two")
    assert list(store.captures()) == []


def test_unknown_evidence(store: Store) -> None:
    assert store.capture("0" * 64) is None
    with pytest.raises(KeyError):
        store.body("0" * 64)
    with pytest.raises(KeyError):
        store.body("../../etc/passwd")


# documents -------------------------------------------------------------------------------------------------

FULL = Document(
    id="d01",
    text="She wrote:\n\nIt was us.\n— @ana",
    url="https://paper.example/a",
    outlet="Paper",
    author="I. Ivić",
    title="A headline",
    published="2025-03-01T10:00:00+01:00",
    language="en",
    kind="article",
    links=(Link("https://other.example/b", "wrote", (4, 9)), Link("https://other.example/c")),
    embeds=(
        Embed("https://x.com/ana/status/1", "Ana", "@ana", "2025-03-01", "It was us.", (12, 29)),
        Embed("d02"),
    ),
    capture="ab" * 32,
)


def test_a_document_comes_back_whole(store: Store) -> None:
    stored, put = store.put_document(FULL)
    assert (stored, put) == (FULL, "new")
    assert store.document("d01") == FULL
    assert list(store.documents()) == [FULL]
    assert store.count_documents() == 1


def test_the_same_content_again_is_the_same(store: Store) -> None:
    store.put_document(FULL)
    stored, put = store.put_document(replace(FULL, capture="cd" * 32, version=7))
    assert put == "same"
    assert stored == FULL
    assert store.versions("d01") == [FULL]


def test_an_edit_is_a_new_version(store: Store) -> None:
    store.put_document(FULL)
    edited, put = store.put_document(replace(FULL, title="Another headline"))
    assert (edited.version, put) == (2, "version")
    assert store.document("d01") == edited
    assert store.document("d01", 1) == FULL
    assert store.document("d01", 3) is None
    assert [d.version for d in store.versions("d01")] == [1, 2]
    assert store.count_documents() == 1
    _, put = store.put_document(FULL)
    assert put == "version"


def test_documents_come_in_the_order_of_adding(store: Store) -> None:
    for name in ("c", "a", "b"):
        store.put_document(document_of(name))
    store.put_document(document_of("c", "Edited."))
    assert [d.id for d in store.documents()] == ["c", "a", "b"]
    assert [d.id for d in store.documents(["b", "nobody", "c", "b"])] == ["c", "b"]
    assert list(store.documents([])) == []
    assert store.versions("nobody") == []


def test_more_documents_than_one_batch(store: Store) -> None:
    ids = [f"d{n}" for n in range(450)]
    for document_id in ids:
        store.put_document(document_of(document_id))
    assert [d.id for d in store.documents()] == ids
    assert [d.id for d in store.documents(reversed(ids))] == ids


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_any_text_comes_back_unchanged(store: Store, text: str, title: str) -> None:
    document, _ = store.put_document(document_of("any", text, title=title))
    assert store.document("any") == document
    assert (document.text, document.title) == (text, title)


def test_a_lone_surrogate_is_refused_in_one_line(store: Store) -> None:
    with pytest.raises(StoreError, match="surrogate"):
        store.put_document(document_of("bad", "half \ud800 character"))
    assert store.count_documents() == 0


# readings --------------------------------------------------------------------------------------------------


def test_a_reading_comes_back_with_its_document(store: Store) -> None:
    document, _ = store.put_document(FULL)
    run = store.start_run("read", "")
    reading = reading_of(document)
    store.put_reading(reading, run)
    store.put_reading(reading, run)
    assert store.reading("d01") == reading
    assert store.reading("nobody") is None


def test_heads_are_documents_without_what_is_long(store: Store) -> None:
    whole, _ = store.put_document(FULL)
    store.put_document(document_of("other"))
    store.put_document(document_of("other", "Edited."))
    assert store.heads(["d01", "nobody"]) == {"d01": replace(whole, text="", links=(), embeds=())}
    assert store.heads(["other"])["other"].version == 2
    assert store.heads([]) == {}


def test_several_readings_come_in_the_order_asked_for(store: Store) -> None:
    run = store.start_run("read", "")
    for name in ("a", "b", "unread"):
        document, _ = store.put_document(document_of(name))
        for reader in ("reader-1", "reader-2") if name != "unread" else ():
            store.put_reading(reading_of(document, reader), run)
    found = store.readings(["b", "unread", "nobody", "a", "b"])
    assert found == [store.reading("b"), store.reading("a")] and found[0].reader == "reader-2"


def test_the_last_reading_of_the_newest_version_counts(store: Store) -> None:
    first, _ = store.put_document(document_of("d"))
    run = store.start_run("read", "")
    store.put_reading(reading_of(first, "reader-1"), run)
    store.put_reading(reading_of(first, "reader-2"), run)
    store.put_reading(reading_of(first, "reader-1"), run)
    found = store.reading("d")
    assert found is not None
    assert found.reader == "reader-1"
    second, _ = store.put_document(document_of("d", "Edited."))
    assert store.reading("d") is None
    store.put_reading(reading_of(second, "reader-1"), run)
    found = store.reading("d")
    assert found is not None
    assert found.document == second


def test_a_reading_of_nothing_is_refused(store: Store) -> None:
    run = store.start_run("read", "")
    with pytest.raises(KeyError):
        store.put_reading(reading_of(document_of("nobody")), run)
    store.put_document(document_of("d"))
    with pytest.raises(KeyError):
        store.put_reading(reading_of(document_of("d", version=2)), run)


def test_what_waits_for_reading_and_linking(store: Store) -> None:
    for name in ("b", "a"):
        store.put_document(document_of(name))
    assert store.unread("reader-1") == ["b", "a"]
    assert store.unlinked() == []
    run = fill(store, "c")
    a = store.document("a")
    assert a is not None
    store.put_reading(reading_of(a), run)
    assert store.unread("reader-1") == ["b"]
    assert store.unread("reader-2") == ["b", "a", "c"]
    assert store.unlinked() == ["a", "c"]
    store.replace_claims(["a"], [], run)
    assert store.unlinked() == ["c"]
    edited, _ = store.put_document(document_of("a", "Edited."))
    assert store.unread("reader-1") == ["b", "a"]
    assert store.unlinked() == ["c"]
    store.put_reading(reading_of(edited), run)
    assert store.unlinked() == ["a", "c"]


# linking ---------------------------------------------------------------------------------------------------


def test_features_and_vectors(store: Store) -> None:
    run = fill(store, "a", "b", "c")
    store.put_features("a", b"A", {}, b"\1\2", run)
    store.put_features("b", b"B", {}, None, run)
    store.put_features("c", b"", {}, b"\3\4", run)
    assert store.features(["a", "b", "c", "nobody"]) == {"a": b"A", "b": b"B", "c": b""}
    assert store.vectors_of(["c", "b", "nobody"]) == {"c": b"\3\4"}
    rows = list(store.vectors())
    assert [(i, v) for _, i, v in rows] == [("a", b"\1\2"), ("c", b"\3\4")]
    store.put_features("a", b"A2", {}, b"\5\6", run)
    later = list(store.vectors(rows[-1][0]))
    assert [(i, v) for _, i, v in later] == [("a", b"\5\6")]
    assert [i for _, i, _ in store.vectors()] == ["c", "a"]
    store.put_features("c", b"", {}, None, run)
    assert store.vectors_of(["c"]) == {}
    with pytest.raises(KeyError):
        store.put_features("nobody", b"", {}, None, run)


def sharing(store: Store, space: str, keys: Sequence[int], least: int, most: int = 1_000) -> list[str]:
    return list(store.sharing(space, keys, least, most))


def test_documents_that_carry_a_key(store: Store) -> None:
    run = fill(store, "a", "b")
    big = 2**64 - 1
    store.put_features("a", b"", {"grams": [1, big, 1], "names": [1]}, None, run)
    store.put_features("b", b"", {"grams": [big, 2]}, None, run)
    assert [sharing(store, "grams", [k], 1) for k in (1, 2, 3, big)] == [["a"], ["b"], [], ["a", "b"]]
    assert sharing(store, "grams", [-1], 1) == ["a", "b"]
    assert sharing(store, "grams", [1, 1], 2) == []
    assert sharing(store, "names", [1, 2], 1) == ["a"]
    assert sharing(store, "nothing", [1], 1) == []
    assert sharing(store, "grams", [], 1) == []
    store.put_features("a", b"", {"grams": [9]}, None, run)
    assert [sharing(store, "grams", [k], 1) for k in (1, big, 9)] == [[], ["b"], ["a"]]
    with pytest.raises(OverflowError):
        store.put_features("a", b"", {"grams": [2**64]}, None, run)


def test_many_keys(store: Store) -> None:
    run = fill(store, "a", "b")
    keys = [n * 2**50 for n in range(3_000)]
    store.put_features("a", b"", {"grams": keys[:2_000]}, None, run)
    store.put_features("b", b"", {"grams": keys[1_000:]}, None, run)
    assert sharing(store, "grams", keys, 2_000) == ["a", "b"]
    assert sharing(store, "grams", keys, 2_001) == []
    found = [sharing(store, "grams", [keys[n]], 1) for n in (500, 1_500, 2_500)]
    assert found == [["a"], ["a", "b"], ["b"]]


def test_documents_that_share_enough_keys_are_found(store: Store) -> None:
    fill(store, "a", "b", "c")
    run = store.start_run("linking", "")
    keys = [n * 2**50 for n in range(2_000)]
    store.put_features("a", b"", {"grams": keys}, None, run)
    store.put_features("b", b"", {"grams": keys[1_998:]}, None, run)
    store.put_features("c", b"", {"words": keys}, None, run)
    assert sharing(store, "grams", keys, 2) == ["a", "b"]
    assert sharing(store, "grams", keys, 3) == ["a"]
    assert sharing(store, "words", keys[:1], 1) == ["c"]
    assert sharing(store, "nothing", keys, 1) == []
    assert sharing(store, "grams", [], 1) == []


def test_how_many_keys_are_shared(store: Store) -> None:
    run = fill(store, "b", "a", "c")
    store.put_features("a", b"", {"words": [1, 2, 3]}, None, run)
    store.put_features("b", b"", {"words": [2, 3, 4]}, None, run)
    store.put_features("c", b"", {"words": [9]}, None, run)
    assert store.sharing("words", [1, 2, 3, 5], 1, 10) == {"a": 3, "b": 2}
    assert store.sharing("words", [1, 2, 3, 5], 3, 10) == {"a": 3}


def test_of_very_many_that_carry_a_key_the_first_are_looked_at(store: Store) -> None:
    ids = [f"d{n}" for n in range(9)]
    run = fill(store, *ids)
    for n, document_id in enumerate(ids):
        store.put_features(document_id, b"", {"words": [1, 2, 10 + n // 8]}, None, run)
    assert store.sharing("words", [1, 2], 2, 4) == dict.fromkeys(ids[:4], 2)
    assert store.sharing("words", [1, 2, 11], 1, 4) == dict.fromkeys(ids[:4], 2) | {"d8": 1}


def test_pairs(store: Store) -> None:
    fill(store, "a", "b", "c", "d")
    store.put_pairs([("b", "a", 0.5), ("b", "c", 0.9), ("a", "a", 1.0)])
    store.put_pairs([("a", "b", 0.7)])
    store.put_pairs([])
    assert store.neighbours(["a", "b", "d", "nobody"]) == {
        "a": {"b": 0.7},
        "b": {"a": 0.7, "c": 0.9},
        "d": {},
        "nobody": {},
    }
    store.remove_pairs(["a", "nobody"])
    assert store.neighbours(["a", "b"]) == {"a": {}, "b": {"c": 0.9}}
    with pytest.raises(KeyError):
        store.put_pairs([("a", "d", 1.0), ("a", "nobody", 1.0)])
    assert store.neighbours(["a"]) == {"a": {}}


# claims ----------------------------------------------------------------------------------------------------


def test_a_document_has_the_cards_of_its_claims_and_the_edges_to_it(store: Store) -> None:
    run = fill(store, "a", "b")
    edges = tuple(Edge(u, d, "copy", 0.9, "copied", (Passage(d, 0, 4),)) for u, d in ("xa", "xb", "ab"))
    claims = [replace(claim_of("one", ("a", "b")), edges=edges), claim_of("two", ("b",))]
    store.replace_claims(["a", "b"], claims, run)
    assert [c.id for c in store.cards_mentioning("b")] == [c.id for c in store.claims_of("b")]
    assert store.edges_to("b") == [("one", 2, edges[1]), ("one", 3, edges[2])]
    assert store.cards_mentioning("nobody") == [] == store.edges_to("nobody")


def test_claims_stand_beside_those_that_share_their_documents(store: Store) -> None:
    run = fill(store, "a", "b", "c", "d")
    claims = {"one": ("a", "b"), "two": ("b", "c"), "same": ("a", "b"), "else": ("d",)}
    store.replace_claims(["a", "b", "c", "d"], [claim_of(n, ds) for n, ds in claims.items()], run)
    assert store.claims_beside("one", 10) == [("same", 2), ("two", 1)]
    assert store.claims_beside("one", 1) == [("same", 2)]
    assert store.claims_beside("else", 10) == [] == store.claims_beside("nobody", 10)


def test_claims_are_replaced_by_story(store: Store) -> None:
    run = fill(store, "a", "b", "c")
    one, two = claim_of("one", ("a", "b")), claim_of("two", ("c",))
    store.replace_claims(["a", "b", "c"], [one, two], run)
    assert store.claims() == [one, two]
    assert store.claim("one") == one
    assert store.claim("nobody") is None
    assert store.claims_of("b") == [one]
    assert store.claims_of("nobody") == []
    assert store.unlinked() == []
    new = claim_of("new", ("a", "b"), "The company denies it")
    store.replace_claims(["b"], [new], run)
    assert store.claims() == [new, two]
    assert store.count_claims() == 2
    store.replace_claims(["a", "b"], [], run)
    assert store.claims() == [two]


def test_a_claim_under_a_known_id_takes_its_place(store: Store) -> None:
    run = fill(store, "a", "b")
    store.replace_claims(["a"], [claim_of("one", ("a",))], run)
    moved = claim_of("one", ("b",))
    store.replace_claims(["b"], [moved], run)
    assert store.claims() == [moved]
    assert store.claims_of("a") == []


def test_a_claim_of_an_unknown_document_changes_nothing(store: Store) -> None:
    run = fill(store, "a")
    held = claim_of("held", ("a",))
    store.replace_claims(["a"], [held], run)
    with pytest.raises(KeyError):
        store.replace_claims(["a"], [claim_of("bad", ("a", "nobody"))], run)
    assert store.claims() == [held]


def test_propositions_come_in_the_order_of_claims(store: Store) -> None:
    run = fill(store, "a", "b")
    store.replace_claims(["a"], [claim_of("c1", ("a",), "Oil in the bay")], run)
    store.replace_claims(["b"], [claim_of("c2", ("b", "a"), 'Žena "said" no')], run)
    assert store.propositions() == [(c.id, c.proposition) for c in store.claims()]
    assert [i for i, _ in store.propositions()] == ["c2", "c1"]


def test_claims_come_with_most_documents_first_then_newest(store: Store) -> None:
    run = fill(store, "a", "b", "c")
    claims = [
        claim_of("late", ("a",), last_seen="2025-03-05"),
        claim_of("never", ("a",), first_seen=None, last_seen=None),
        claim_of("early", ("b",), last_seen="2025-03-02T23:00:00-05:00"),
        claim_of("earlier", ("c",), last_seen="2025-03-03T03:00:00+00:00"),
        claim_of("wide", ("a", "b"), last_seen="2020-01-01"),
    ]
    store.replace_claims(["a", "b", "c"], claims, run)
    assert [c.id for c in store.claims()] == ["wide", "late", "early", "earlier", "never"]
    assert [c.id for c in store.claims(ClaimQuery(limit=2, offset=1))] == ["late", "early"]
    assert [c.id for c in store.claims(ClaimQuery(offset=3))] == ["earlier", "never"]
    assert store.count_claims(ClaimQuery(limit=1)) == 5


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (ClaimQuery(), ["oil", "camp", "vote"]),
        (ClaimQuery(min_documents=2), ["oil"]),
        (ClaimQuery(text="oil bay"), ["oil"]),
        (ClaimQuery(text="dumping OIL"), ["oil"]),
        (ClaimQuery(text="Kvarner"), ["oil", "camp", "vote"]),
        (ClaimQuery(text='"old mill"'), ["camp"]),
        (ClaimQuery(text='"mill old"'), []),
        (ClaimQuery(text="Tochi"), ["camp"]),
        (ClaimQuery(text="horvat"), ["oil", "vote"]),
        (ClaimQuery(text="there is a camp that is behind the mill"), ["camp"]),
        (ClaimQuery(text="fighters were seen at a camp near the mill by goats"), ["camp"]),
        (ClaimQuery(text="oil dumped in the bay by council fighters", min_documents=2), ["oil"]),
        (ClaimQuery(text="bought votes of the harbour", min_documents=2), []),
        (ClaimQuery(text="submarine"), []),
        (ClaimQuery(text="the"), ["oil", "camp", "vote"]),
        (ClaimQuery(text="!!! ---"), []),
        (ClaimQuery(accuser="union"), ["oil", "vote"]),
        (ClaimQuery(accuser="Bettani", text="mill"), ["camp"]),
        (ClaimQuery(accused="harbour company"), ["oil"]),
        (ClaimQuery(accused="company harbour"), []),
        (ClaimQuery(accused="?!"), []),
        (ClaimQuery(act="coerce"), ["oil", "vote"]),
        (ClaimQuery(country="afg"), ["camp"]),
        (ClaimQuery(since="2025-03-02"), ["oil", "camp"]),
        (ClaimQuery(until="2025-02-01"), ["vote"]),
        (ClaimQuery(since="2025-03", until="2025"), ["oil", "camp"]),
        (ClaimQuery(since="2025-01-10", until="2025-01-10"), ["vote"]),
    ],
)
def test_searching_claims(store: Store, query: ClaimQuery, ids: list[str]) -> None:
    run = fill(store, "a", "b")
    claims = [
        claim_of("oil", ("a", "b")),
        claim_of(
            "camp", ("a",), "Fighters are trained in a camp behind the old mill", accuser="Rahim Bettani",
            accused="Afghan government", act="AID", country="AFG",
            first_seen="2025-03-03", last_seen="2025-03-04",
            outlets=("Tochi TV",), speakers=("Rahim Bettani",),
        ),
        claim_of("vote", ("b",), "The council bought votes", accused="City council",
                 first_seen="2025-01-10", last_seen="2025-01-10"),
    ]  # fmt: skip
    store.replace_claims(["a", "b"], claims, run)
    assert [c.id for c in store.claims(query)] == ids
    assert store.count_claims(query) == len(ids)


def test_a_claim_of_one_document_hides_no_greater_one(store: Store) -> None:
    run = fill(store, "a", "b")
    wide = claim_of("wide", ("a", "b"), "Guards at the mill beat two herders")
    lone = claim_of("lone", ("a",), "It is said that guards at the mill beat three young herders")
    store.replace_claims(["a", "b"], [wide, lone], run)
    asked = "guards beat three young herders"
    assert store.claims(ClaimQuery(text=asked)) == [lone]
    assert store.claims(ClaimQuery(text=asked, min_documents=2)) == [wide]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        '""" OR',
        "a AND",
        "NOT",
        "NEAR(a b)",
        "accuser:",
        "-x",
        "*",
        "^a",
        "a*",
        "(",
        ");--",
        "\0",
        "%_",
        "{a}",
    ],
)
def test_nothing_typed_is_a_command(store: Store, typed: str) -> None:
    run = fill(store, "a")
    store.replace_claims(["a"], [claim_of("one", ("a",))], run)
    store.claims(ClaimQuery(text=typed, accuser=typed, accused=typed))
    store.count_claims(ClaimQuery(text=typed))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=40))
def test_any_query_is_answered(store: Store, typed: str) -> None:
    assert store.count_claims(ClaimQuery(text=typed, accuser=typed)) == 0


def test_a_date_that_is_none_is_an_error(store: Store) -> None:
    with pytest.raises(ValueError, match="since is no date"):
        store.claims(ClaimQuery(since="yesterday"))
    with pytest.raises(ValueError, match="until is no date"):
        store.count_claims(ClaimQuery(until="2025-13"))


# runs and people -------------------------------------------------------------------------------------------


def test_runs(store: Store) -> None:
    first, second = store.start_run("read", "a b"), store.start_run("link", "")
    assert second > first
    store.finish_run(first, "done")
    with pytest.raises(KeyError):
        store.finish_run(999, "done")


def test_judgements_are_kept_and_undone_by_others(store: Store) -> None:
    one = store.put_judgement("ana", "same_claim", "claim-1", "claim-2", "same words")
    two = store.put_judgement("ivo", "undo", "claim-1", "", "other day", undoes=one.id)
    other = store.put_judgement("ana", "grade", "Paper", "B", "")
    assert store.judgements() == [one, two, other]
    assert store.judgements("claim-1") == [one, two]
    assert two.undoes == one.id
    with pytest.raises(KeyError):
        store.put_judgement("ana", "undo", "x", "", "", undoes=99)


def test_all_of_it_is_there_after_opening_again(opener: Open) -> None:
    store = opener()
    body = b"page"
    store.put_capture(capture_of(body), body)
    run = fill(store, "a")
    claim = claim_of("one", ("a",))
    store.put_features("a", b"f", {"k": [1]}, b"v", run)
    store.replace_claims(["a"], [claim], run)
    judgement = store.put_judgement("ana", "grade", "Paper", "B", "")
    reading = store.reading("a")
    store.close()
    again = opener()
    try:
        assert again.body(capture_of(body).sha256) == body
        assert again.reading("a") == reading
        assert again.claims(ClaimQuery(text="harbour")) == [claim]
        assert again.judgements() == [judgement]
        assert again.sharing("k", [1], 1, 10) == {"a": 1}
    finally:
        again.close()
