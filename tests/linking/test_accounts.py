"""What the one who denies a claim says happened instead."""

from __future__ import annotations

from pathlib import Path

import allegata
from allegata.model import Claim, Document

REPORT = (
    "TOLM, March 4 - A drone of the Velmian army struck the grain market at Tolm on Tuesday and killed four "
    "traders, the trader {who} told the {outlet}.\n\nThe army did not reply to questions."
)
DENIAL = (
    "The General Staff has read the reports about a drone strike on the grain market at Tolm.\n\n"
    "The Velmian army has not struck any market. {account}\n\n"
    "Those who spread such lies will answer for them."
)
INSTEAD = (
    "What took place at the grain market was the explosion of gas bottles that smugglers had kept under the "
    "stalls."
)


def pages(account: str) -> list[Document]:
    told = [
        Document(
            f"d{n}",
            REPORT.format(who="Ana Brill", outlet=outlet),
            outlet=outlet,
            published=f"2025-03-0{3 + n}T08:00:00+00:00",
            language="en",
        )
        for n, outlet in enumerate(("Tolm Post", "Weir Gazette"), 1)
    ]
    denial = Document(
        "d3",
        DENIAL.format(account=account),
        outlet="General Staff of Velmia",
        published="2025-03-06T10:00:00+00:00",
        kind="statement",
        language="en",
    )
    return [*told, denial]


def claims(folder: Path, account: str) -> list[Claim]:
    with allegata.open(folder / "case.db") as library:
        library.add(pages(account))
        return library.claims()


def test_the_account_of_the_denier_is_a_claim_beside_the_one_it_answers(tmp_path: Path) -> None:
    main, account = claims(tmp_path, INSTEAD)
    assert "drone" in main.proposition
    assert account.proposition == INSTEAD
    assert account.documents == ("d3",)
    assert [o.first_document for o in account.origins] == ["d3"]
    assert [(r.claim, r.relation) for r in main.related] == [(account.id, "has_account")]
    assert [(r.claim, r.relation) for r in account.related] == [(main.id, "account_of")]
    assert "deny" in {r.stance for r in main.responses}


def test_a_denial_that_tells_of_nothing_else_is_no_claim(tmp_path: Path) -> None:
    plain = "The armed forces act within the law and protect the people of the region at all times."
    assert [c.proposition for c in claims(tmp_path, plain) if c.documents == ("d3",)] == []
