"""Addresses of the API. Ids are spelled as in those of the pages (`paths.encode`)."""

from __future__ import annotations

from datetime import date

from allegata.web.paths import encode
from allegata.web.problems import HOME as HOME

DOCUMENT = f"{HOME}/openapi.json"


def claim(claim_id: str, day: date | None = None) -> str:
    return f"{HOME}/claims/{encode(claim_id)}{_as_of(day)}"


def edge(claim_id: str, number: int, day: date | None = None) -> str:
    return f"{HOME}/claims/{encode(claim_id)}/edges/{number}{_as_of(day)}"


def document(document_id: str, version: int | None = None) -> str:
    return f"{HOME}/documents/{encode(document_id)}" + (f"?version={version}" if version else "")


def source(name: str) -> str:
    return f"{HOME}/sources/{encode(name)}"


def dyad(first: str, second: str) -> str:
    return f"{HOME}/dyads/{encode(first)}/{encode(second)}"


def watch(name: str) -> str:
    return f"{HOME}/watches/{encode(name)}"


def item(number: int) -> str:
    return f"{HOME}/inbox/{number}"


def judgement(number: int) -> str:
    return f"{HOME}/judgements/{number}"


def _as_of(day: date | None) -> str:
    return f"?as_of={day.isoformat()}" if day else ""
