"""Bad input for linking: very many copies, no dates, wrong dates, circles, one id twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegata.linking import link, link_story, make_features
from allegata.linking.features import restore
from allegata.linking.provenance import find_roots
from allegata.model import Allegation, Document, Link, Reading, Sentence, Source, Statement
from allegata.store import open_store

CLAIM = "guards of the Orlan Shield fired on striking porters at the port of Velmar"
SAYS = f"Mirta Solane, secretary of the porters' union, said on Monday that {CLAIM}."
REST = (
    "Nine of the porters were taken to the clinic on Tarn Street, where two of them died in the night.",
    "The silos are full and forty ships wait in the roads outside the harbour of Velmar.",
)
SPEAKER = Source("Mirta Solane", "person", title="secretary", organisation="porters' union")


def reading(name, lead=SAYS, speaker=SPEAKER, rest=REST, **fields):
    lines = [lead, *rest]
    text, sentences = "", []
    for line in lines:
        sentences.append(Sentence(len(text), len(text) + len(line), "main_event", not sentences))
        text += f"{line}\n"
    at = text.find(CLAIM)
    content = (at, at + len(CLAIM))
    start = text.find(speaker.name)
    said = Statement(
        "s1", ((start, start + len(speaker.name)),), (), (content,), "allege", None, speaker.name
    )
    act = Allegation("s1", speaker.name, "guards of the Orlan Shield", "ASSAULT", "porters", None, content)
    return Reading(
        Document(name, text, **fields), tuple(sentences), (said,), (act,), sources=(speaker,), reader="test"
    )


def linked(tmp_path, readings):
    store = open_store(str(tmp_path / "news.db"))
    run = store.start_run("test", "")
    features = {f.document_id: f for f in make_features(readings)}
    for r in readings:
        document, _ = store.put_document(r.document)
        f = features[r.document.id]
        store.put_features(f.document_id, f.payload, f.keys, f.vectors, run)
        store.put_reading(replace(r, document=document), run)
    link(store, run)
    assert store.unlinked() == []
    return store


def test_very_many_copies_of_one_page_are_one_origin(tmp_path):
    copies = [
        reading(f"d{n:03}", outlet=f"Paper {n}", published=f"2025-03-{1 + n // 24:02}T{n % 24:02}:00:00Z")
        for n in range(200)
    ]
    claim = max(linked(tmp_path, copies).claims(), key=lambda c: len(c.documents))
    assert len(claim.documents) == 200
    assert claim.independent_origins.point == 1
    assert len(claim.origins) == 1
    assert "Mirta Solane" in claim.origins[0].source


DATES = [
    None,
    "",
    "soon",
    "2999-01-01T00:00:00Z",
    "2025-03-03T23:30:00+14:00",
    "2025-03-03T23:30:00-12:00",
    "0001-01-01",
]


def test_no_date_no_outlet_and_wrong_dates_make_no_origins(tmp_path):
    pages = [reading(f"d{n}", published=date, outlet=None) for n, date in enumerate(DATES)]
    claims = linked(tmp_path, pages).claims()
    assert {d for c in claims for d in c.documents} == {r.document.id for r in pages}
    assert all(c.independent_origins.point == 1 for c in claims)


def test_first_and_last_are_by_the_moment_not_by_the_hour_that_is_written(tmp_path):
    hours = ("2025-03-03T23:30:00+14:00", "2025-03-03T22:00:00-12:00", "2025-03-03T10:00:00Z")
    pages = [reading(f"d{n}", outlet=f"Paper {n}", published=hour) for n, hour in enumerate(hours)]
    (claim,) = linked(tmp_path, pages).claims()
    assert (claim.first_seen, claim.last_seen) == (hours[0], hours[1])


@pytest.mark.parametrize("count", [2, 50])
def test_a_circle_of_credits_ends_and_is_no_origin_of_its_own(count):
    pages = []
    for n in range(count):
        outlet = Source(f"Velmar Courier {(n + 1) % count}", "outlet")
        pages.append(
            reading(
                f"d{n:02}",
                lead=f"{outlet.name} reported on Monday that {CLAIM}.",
                speaker=outlet,
                rest=(f"The clinic on Tarn Street took in {n + 3} porters.",),
                outlet=f"Velmar Courier {n}",
                url=f"https://courier{n}.example/a",
                links=(Link(f"https://courier{(n + 1) % count}.example/a"),),
                published="2025-03-03",
            )
        )
    rows = make_features(pages)
    claims = link_story([restore(r, f.vectors) for r, f in zip(pages, rows, strict=True)])
    claim = max(claims, key=lambda c: len(c.documents))
    assert len(claim.documents) == count
    assert claim.independent_origins.low <= claim.independent_origins.point <= claim.independent_origins.high
    assert claim.independent_origins.point <= 1


def test_roots_of_a_bare_circle_are_found():
    ids = [f"d{n}" for n in range(50)]
    edges = [(ids[n], ids[(n + 1) % 50]) for n in range(50)]
    found = find_roots(ids, edges, [])
    assert found.loops == (tuple(ids),)
    assert set(found.reached.values()) == {frozenset({"d0"})}


def test_one_id_for_two_pages_is_an_edit(tmp_path):
    first = reading("d0", outlet="Paper 1", published="2025-03-03")
    other = reading("d1", outlet="Paper 2", published="2025-03-04")
    second = reading("d0", rest=("A wholly other page.",), outlet="Paper 1", published="2025-03-03")
    store = linked(tmp_path, [first, other, second])
    assert store.count_documents() == 2
    assert len(store.versions("d0")) == 2
    assert {d for c in store.claims() for d in c.documents} == {"d0", "d1"}


def test_a_claim_of_very_many_documents_is_one_claim():
    pages = [
        reading(
            f"d{n:03}",
            rest=(f"Ward {n} of the clinic on Tarn Street took in {n + 2} porters.",),
            outlet=f"Paper {n % 40}",
            published=f"2025-03-{1 + n // 24:02}T{n % 24:02}:00:00Z",
        )
        for n in range(340)
    ]
    rows = make_features(pages)
    claims = link_story([restore(r, f.vectors) for r, f in zip(pages, rows, strict=True)])
    claim = max(claims, key=lambda c: len(c.documents))
    assert len(claim.documents) == 340
    assert claim.independent_origins.point == 1
