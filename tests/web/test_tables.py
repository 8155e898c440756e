"""The twins of lists in CSV."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient

from allegata.store import Store
from allegata.web.tables import COLUMNS, cell
from tests.web.test_overview import pages as pages
from tests.web.test_overview import watched as watched


def rows(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize("name", COLUMNS)
def test_a_list_has_its_table(pages: TestClient, watched: Store, name: str) -> None:
    if name == "judgements":
        watched.put_judgement("=cmd|x", "grade", "Paper", "B", "@SUM(1)")
    found = rows(pages, f"/{name}.csv")
    twin = pages.get(f"/{name}.json").json()
    assert len(found) == len(twin[name] if isinstance(twin, dict) else twin) > 0
    assert tuple(found[0]) == COLUMNS[name]
    assert f'href="/{name}.csv"' in pages.get(f"/{name}").text


def test_no_cell_is_a_formula(pages: TestClient, watched: Store) -> None:
    watched.put_judgement("=cmd|x", "grade", "Paper", "B", "@SUM(1)")
    told = rows(pages, "/judgements.csv?person=%3Dcmd%7Cx")[0]
    assert (told["person"], told["reason"]) == ("'=cmd|x", "'@SUM(1)")
    assert pages.get("/judgements.csv?page=0").status_code == 400


def test_what_stands_in_a_cell() -> None:
    assert cell({"text": "camp", "ids": [], "limit": None}) == "text: camp"
    assert cell([{"id": "c1", "weight": 2}, "x"]) == "c1; x"
    assert cell(None) is None
