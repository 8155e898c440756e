import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from allegata.exchange.tables import COLUMNS, claim_rows
from allegata.model import Claim, Mention, OriginCount, Response


def claim(proposition: str, responses: tuple[Response, ...] = ()) -> Claim:
    mention = Mention("d1", None, "The Vell Post", "2025-03-03", "allege")
    count = OriginCount(1, 2, 1, 0, 1)
    return Claim("c1", proposition, "ASSAULT", None, None, None, None, None, (mention,), (), count, responses)


def rows(*claims: Claim) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(claim_rows(claims)), newline="")))


def test_a_row_a_claim_with_its_interval_and_its_evidence() -> None:
    (row,) = rows(claim("Norland shelled, they say, the port."))
    assert list(row) == list(COLUMNS)
    assert row["alleged"] == "Norland shelled, they say, the port."
    assert (row["origins_low"], row["origins_high"], row["origins_unresolved"]) == ("1", "2", "1")
    assert row["document_ids"] == "d1"


def test_no_denial_is_said_as_such() -> None:
    assert rows(claim("x"))[0]["denied_by"] == "no denial found in 1 document"
    assert rows(claim("x", (Response("Norland", "deny", "d1"),)))[0]["denied_by"] == "Norland"


@given(st.text(max_size=30))
def test_no_cell_starts_a_formula(text: str) -> None:
    (row,) = rows(claim(text))
    assert not row["alleged"].lstrip().startswith(("=", "+", "-", "@"))
    assert row["alleged"][:1] not in ("\t", "\r", "\n")


def test_a_formula_is_kept_as_words() -> None:
    (row,) = rows(claim('=HYPERLINK("http://evil.example")'))
    assert row["alleged"] == '\'=HYPERLINK("http://evil.example")'
