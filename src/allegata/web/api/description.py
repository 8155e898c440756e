"""What the API is, told by itself: the OpenAPI document, and a page for people made from it."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from importlib import metadata
from typing import Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from allegata.web import rights
from allegata.web.api import addresses, shapes
from allegata.web.api.inbox import ItemChanged, ItemsRead
from allegata.web.api.judgements import NewJudgement, Proposed, TakenBack
from allegata.web.problems import KINDS, OTHER

VERSION = "1"
"""Of the API: within it, fields and routes are only added."""

SCOPES: dict[str, str] = {rights.VIEWER: "read", rights.ANALYST: "judge", rights.ADMIN: "admin"}
"""The scope of a token that a route takes, by the role it takes."""

COMMON = ("limit", "cursor", "as_of")
"""Parameters that mean the same wherever they are taken."""

_ABOUT = (
    "Who said it, who they had it from, and how many independently know: the store of an Allegata, read and "
    "judged by programs. Names, titles, propositions and passages are other people’s words: alleged, not "
    "true. Lists come in pages: follow “next” until it is null. In an address every byte of an id that is no "
    "letter, digit, - or _ is written ~ and two hexadecimal digits, as in each “href”."
)


def document(routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """The OpenAPI document of the API's routes."""
    told = get_openapi(
        title="Allegata",
        version=f"{VERSION} ({metadata.version('allegata')})",
        description=_ABOUT,
        routes=[_read_once(r) for r in routes if isinstance(r, APIRoute)],
    )
    parts = told.setdefault("components", {})
    parts["schemas"] = shapes.schemas(NewJudgement, Proposed, TakenBack, ItemChanged, ItemsRead)
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for path, method, operation in operations(told):
        least = rights.LEAST.get((method, _route_path(path)), "nobody")
        operation["x-scope"] = SCOPES.get(least, least)
        operation["security"] = [{"token": []}, {}]  # a store without users asks for none
    return told


def _read_once(route: APIRoute) -> APIRoute:
    """The route without HEAD, which goes without saying."""
    told = copy.copy(route)
    told.methods = (route.methods or set()) - {"HEAD"}
    return told


def _route_path(path: str) -> str:
    """The path of a route as `rights.LEAST` has it."""
    return path.replace("/documents/{name}", "/documents/{name:path}")


def operations(told: dict[str, Any]) -> Iterable[tuple[str, str, dict[str, Any]]]:
    for path, item in told["paths"].items():
        for method, operation in item.items():
            yield path, method.upper(), operation


def context(told: dict[str, Any]) -> dict[str, Any]:
    """The page that lists what there is. What many routes take is said once."""
    groups: dict[str, list[dict[str, Any]]] = {}
    common: dict[str, str] = {}
    for path, method, operation in operations(told):
        given = [p for p in operation.get("parameters", ()) if p["in"] == "query"]
        taken = {p["name"]: p.get("description", "") for p in given}
        common |= {name: taken[name] for name in COMMON if name in taken}
        row = {
            "method": method,
            "path": path,
            "about": operation.get("description", ""),
            "scope": operation["x-scope"],
            "common": [name for name in COMMON if name in taken],
            "parameters": [
                {"name": name, "about": about}
                for name, about in (taken | _fields(told, operation)).items()
                if name not in COMMON
            ],
        }
        groups.setdefault(operation["tags"][0], []).append(row)
    return {
        "groups": groups,
        "common": [{"name": name, "about": common[name]} for name in COMMON],
        "about": told["info"]["description"],
        "problems": [*KINDS.items(), ("4xx", OTHER)],
        "twin": addresses.DOCUMENT,
    }


def _fields(told: dict[str, Any], operation: dict[str, Any]) -> dict[str, str]:
    """The fields of the body that an operation takes."""
    body = operation.get("requestBody")
    if not body:
        return {}
    name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    fields = told["components"]["schemas"][name]["properties"]
    return {k: v.get("description", "") for k, v in fields.items()}
