"""The API under requests that a machine thinks up from its OpenAPI document: schemathesis, in process."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from allegata.library import Library
from allegata.monitoring.ledger import Registered
from allegata.store import Store, open_store
from allegata.web import rights
from allegata.web.api import addresses
from allegata.web.app import create_app
from tests.web import stories
from tests.web.test_inbox import put_item

WANTED = os.environ.get("ALLEGATA_FUZZ", "")
EXAMPLES = int(WANTED or 6)
"""Requests of each kind to each route, the same ones each time; ALLEGATA_FUZZ=200 thinks up others."""

ROUTES = [
    (path.replace("{name:path}", "{name}"), method)
    for method, path in rights.LEAST
    if path.startswith(addresses.HOME) and path not in (addresses.HOME, addresses.DOCUMENT)
]

UNTOLD = {"cursor", "since", "until"}
"""Parameters that may be refused though they are as the document says: no schema tells which cursors were
given, or that one day comes before another. Nor does one tell what can be decided in this store."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two claims, a watch, a forecast and a judgement; without users, so that everything may be asked."""
    store = open_store(str(tmp_path_factory.mktemp("fuzz") / "case.db"))
    stories.put_into(store)
    library = Library(store)
    library.watch("camp", person="Ana", reason="the border")
    library.register_forecast(
        Registered("a raid", "2025-12-01", "two agencies report it", "Orbis", "Ana", "y")
    )
    put_item(store)
    store.put_judgement("Ana", "edge", '["d04", "d05"]', "yes", "they say so")
    yield store
    store.close()


@pytest.fixture(scope="module")
def api(store: Store) -> schemathesis.BaseSchema:
    """The API with addresses of what there is: of ids thought up, one would see no more than the 404."""
    held = {
        "/claims/{name}": {"path.name": "c-camp"},
        "/documents/{name}": {"path.name": "d05"},
        "/sources/{name}": {"path.name": "Government of Pakistan"},
        "/watches/{name}": {"path.name": "camp"},
        "/inbox/{number}": {"path.number": 1},
    }
    config = schemathesis.Config.from_dict(
        {
            "generation": {"deterministic": True, "allow-x00": True},
            "phases": {"coverage": {"enabled": False}},
            "checks": {"negative_data_rejection": {"expected-statuses": ["400", "404", "405", "413", "415"]}},
            "operations": [
                {"include-path-regex": f"^{addresses.HOME}{path.replace('{', '[{]')}", "parameters": given}
                for path, given in held.items()
            ],
        }
    )
    app = create_app(store, hosts=["testserver"])
    return schemathesis.openapi.from_asgi(addresses.DOCUMENT, app, config=config)


@pytest.mark.parametrize(("path", "method"), ROUTES)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_api_answers_as_its_document_says(
    api: schemathesis.BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    operation = api[path][method]
    if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body):
        pytest.skip("nothing in it can be wrong")
    excluded = [checks.positive_data_acceptance] if method == "POST" else []

    @settings(
        max_examples=EXAMPLES,
        derandomize=not WANTED,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case) -> None:
        assume(isinstance(case.query.get("id", []), list))  # in an address one of anything is a list of it
        if mode is GenerationMode.POSITIVE:
            for name in UNTOLD & case.query.keys():
                del case.query[name]
        case.call_and_validate(excluded_checks=excluded)

    holds()
