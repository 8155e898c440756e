"""Who decides: who is signed in. Where the store has no users, a person says who they are, once, and their
browser keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from allegata.runs.judged import LONGEST_NAME
from allegata.web import visitors

COOKIE = "allegata_person"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Person:
    """``name`` may be empty; ``asked`` says whether forms ask for it."""

    name: str
    asked: bool = True


def person_of(request: Request) -> Person:
    """Who decides what comes with ``request``. The one place that says so."""
    visitor = visitors.current()
    if visitor is not None:
        return Person(visitor.name, asked=False)
    try:
        name = unquote(request.cookies.get(COOKIE, ""), errors="strict")
    except UnicodeDecodeError:
        name = ""
    name = " ".join(name.split())
    return Person(name if len(name) <= LONGEST_NAME and name.isprintable() else "")


def named_in(form: Mapping[str, str], person: Person) -> str:
    """The name under which a form is sent: whoever is signed in, else the one that was typed or ""."""
    return " ".join((form.get("person", "") if person.asked else person.name).split())


def remember(response: Response, name: str) -> None:
    """Have the browser keep the name for the next form."""
    response.set_cookie(COOKIE, quote(name, safe=""), max_age=YEAR, httponly=True, samesite="lax")
