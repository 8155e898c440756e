"""The brief of a claim in every format: what it holds, and that text from outside is never markup."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from fastapi.testclient import TestClient

from allegata.store import Store
from allegata.web import brief_formats, paths
from allegata.web.brief import Block, Brief, Section, of_claim

HOSTILE = (
    "= Heading #sys.version() $x$ *bold* [link](javascript:alert(1)) <script>x</script> | `code` "
    "\u202e العربية"
)


@pytest.fixture
def hostile() -> Brief:
    blocks = (
        Block("paragraph", (HOSTILE,)),
        Block("list", (HOSTILE, "- 1. item")),
        Block("quote", (HOSTILE, HOSTILE)),
        Block("table", rows=(("a", "b"), (HOSTILE, "x" * 5000))),
    )
    return Brief("Claim", HOSTILE, HOSTILE, (Section(HOSTILE, blocks),))


def test_a_brief_says_where_it_comes_from_and_what_is_unknown(store: Store) -> None:
    claim = store.claim("c-camp")
    assert claim is not None
    shown = of_claim(store, claim)
    assert "alleged" in shown.title.lower()
    headings = [s.heading for s in shown.sections]
    assert headings == ["Where it comes from", "Who answers", "What is unknown", "Sources"]
    text = brief_formats.markdown(shown)
    assert all(o.source.split(" (")[0] in text for o in claim.origins)
    assert "SHA-256" in text and "independent origin" in text


def test_markdown_holds_no_markup_from_outside(hostile: Brief) -> None:
    text = brief_formats.markdown(hostile)
    assert "<script>" not in text and "](javascript" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len({line.replace("\\|", "").count("|") for line in rows}) == 1


def test_pdf_takes_any_text(hostile: Brief) -> None:
    made = brief_formats.pdf(hostile)
    assert made.startswith(b"%PDF-") and len(made) > 3000


@pytest.mark.parametrize(
    ("form", "kind"), [("md", "text/markdown"), ("pdf", "application/pdf"), ("json", "json")]
)
def test_every_format_answers(client: TestClient, form: str, kind: str) -> None:
    answer = client.get(f"{paths.claim('c-camp')}/brief.{form}")
    assert answer.status_code == 200 and kind in answer.headers["content-type"]
    assert answer.content


def test_the_page_and_the_twin_agree(client: TestClient, store: Store) -> None:
    page = client.get(f"{paths.claim('c-camp')}/brief")
    claim = store.claim("c-camp")
    assert claim is not None and page.status_code == 200
    twin = client.get(f"{paths.claim('c-camp')}/brief.json").json()
    assert twin == json.loads(json.dumps(asdict(of_claim(store, claim))))
    assert all(s["heading"] in page.text for s in twin["sections"])


def test_a_brief_says_how_a_claim_stood_on_a_day(client: TestClient, store: Store) -> None:
    claim = store.claim("c-camp")
    assert claim is not None
    first = min(m.published or "9" for m in claim.mentions)[:10]
    address = f"{paths.claim('c-camp')}/brief"
    was = client.get(f"{address}.json?as_of={first}").json()
    assert was["standing"].startswith("As of the end of")
    table = next(b for b in was["sections"][-1]["blocks"] if b["kind"] == "table")
    assert len(table["rows"]) - 1 < len(claim.documents)
    page = client.get(f"{address}?as_of={first}").text
    assert f'brief.pdf?as_of={first}"' in page and was["standing"] in page
    assert was["standing"] in client.get(f"{address}.md?as_of={first}").text.replace("\\", "")
    assert client.get(f"{address}.md?as_of=1999-01-01").status_code == 404
    assert client.get(f"{address}?as_of=soon").status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/claims/none/brief", "/claims/c-camp/brief.doc", "/watches/none/brief", "/dyads/a/b/brief.pdf"],
)
def test_what_is_not_there_is_a_404(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_claim_of_500_mentions_fits(store: Store) -> None:
    claim = store.claim("c-crowd")
    assert claim is not None
    shown = of_claim(store, claim)
    assert len(json.dumps(asdict(shown))) < 60_000
    assert brief_formats.pdf(shown).startswith(b"%PDF-")
