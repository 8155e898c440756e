"""Who may do what: the one table of every route and the least role that it takes.

`guard` asks it before a page is made. A route that is not in it answers nobody who has to sign in, and a test
fails.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.routing import BaseRoute, Match
from starlette.types import Scope as Request

from allegata.store.user_records import ROLES, Role, Scope, User

EVERYBODY = "everybody"
"""Routes that are needed before anybody is known."""

VIEWER, ANALYST, REVIEWER, ADMIN = ROLES

_READ = (
    "/",
    "/.json",
    "/actors/{name}",
    "/actors/{name}.json",
    "/claims",
    "/claims.csv",
    "/claims.json",
    "/claims/compare",
    "/claims/compare.json",
    "/claims/found",
    "/claims/{name}",
    "/claims/{name}.csv",
    "/claims/{name}.json",
    "/claims/{name}/brief",
    "/claims/{name}/brief.{form}",
    "/claims/{name}/edges/{number}",
    "/claims/{name}/edges/{number}.json",
    "/claims/{name}/mentions/{document}",
    "/claims/{name}/mentions/{document}.json",
    "/documents/{name:path}",
    "/documents/{name:path}.json",
    "/dyads",
    "/dyads.csv",
    "/dyads.json",
    "/dyads/{first}/{second}",
    "/dyads/{first}/{second}.json",
    "/dyads/{first}/{second}/brief",
    "/dyads/{first}/{second}/brief.{form}",
    "/feeds",
    "/feeds.csv",
    "/feeds.json",
    "/forecasts",
    "/forecasts.csv",
    "/forecasts.json",
    "/inbox",
    "/inbox.csv",
    "/inbox.json",
    "/judgements",
    "/judgements.csv",
    "/judgements.json",
    "/map",
    "/map.csv",
    "/map.json",
    "/method",
    "/method.json",
    "/review",
    "/review.json",
    "/situation",
    "/situation.json",
    "/sources",
    "/sources.csv",
    "/sources.json",
    "/sources/{name}",
    "/sources/{name}.json",
    "/sources/{name}/grades",
    "/sources/{name}/grades.json",
    "/tour",
    "/tour.json",
    "/watches",
    "/watches.csv",
    "/watches.json",
    "/watches/{name}",
    "/watches/{name}.json",
    "/watches/{name}/brief",
    "/watches/{name}/brief.{form}",
)

_API = "/api/v1"

_API_READ = (
    "",
    "/openapi.json",
    "/claims",
    "/claims/{name}",
    "/claims/{name}/brief",
    "/claims/{name}/edges",
    "/claims/{name}/edges/{number}",
    "/claims/{name}/mentions",
    "/claims/{name}/responses",
    "/claims/{name}/why",
    "/documents",
    "/documents/{name:path}",
    "/dyads",
    "/dyads/{first}/{second}",
    "/forecasts",
    "/forecasts/records",
    "/inbox",
    "/inbox/{number}",
    "/judgements",
    "/judgements/{number}",
    "/sources",
    "/sources/{name}",
    "/watches",
    "/watches/{name}",
)

LEAST: dict[tuple[str, str], str] = {
    ("GET", "/static"): EVERYBODY,
    ("GET", "/healthz"): EVERYBODY,
    ("GET", "/sign-in"): EVERYBODY,
    ("POST", "/sign-in"): EVERYBODY,
    ("GET", "/sign-out"): EVERYBODY,
    ("POST", "/sign-out"): EVERYBODY,
    **{("GET", path): VIEWER for path in _READ},
    ("GET", "/judgements/new"): ANALYST,
    ("GET", "/judgements/new.json"): ANALYST,
    ("POST", "/judgements"): ANALYST,
    ("POST", "/situation/seen"): VIEWER,
    ("GET", "/claims/watch"): ANALYST,
    ("POST", "/claims/watch"): ANALYST,
    ("POST", "/inbox"): ANALYST,
    ("POST", "/inbox/{number}"): ANALYST,
    ("POST", "/claims/{name}/assessments"): ANALYST,
    ("POST", "/sources/{name}/grades"): ANALYST,
    ("GET", "/judgements/{number}/undo"): ANALYST,
    ("GET", "/judgements/{number}/undo.json"): ANALYST,
    ("POST", "/judgements/{number}/undo"): ANALYST,
    **{("GET", _API + path): VIEWER for path in _API_READ},
    ("POST", f"{_API}/judgements"): ANALYST,
    ("POST", f"{_API}/effects"): ANALYST,
    ("POST", f"{_API}/inbox/read"): ANALYST,
    ("POST", f"{_API}/inbox/{{number}}"): ANALYST,
    ("GET", f"{_API}/judgements/{{number}}/undo"): ANALYST,
    ("POST", f"{_API}/judgements/{{number}}/undo"): ANALYST,
    ("GET", f"{_API}/acts"): ADMIN,
    ("GET", f"{_API}/users"): ADMIN,
    ("GET", "/readings/{name}/{number}"): ANALYST,
    ("GET", "/review/effect.json"): ANALYST,
    ("POST", "/review"): ANALYST,
    ("POST", "/review/undo"): ANALYST,
    ("GET", "/users"): ADMIN,
    ("GET", "/users.json"): ADMIN,
    ("POST", "/users"): ADMIN,
}
"""(method, path of the route) -> the least role. HEAD is GET. To take back what another decided takes a
reviewer besides: `visitors.may_undo`."""

FURTHEST: dict[Scope, Role] = {"read": VIEWER, "judge": REVIEWER, "admin": ADMIN}
"""How far a token of each scope goes."""


def reaches(role: str, least: str) -> bool:
    """Whether ``role`` may do what takes ``least``. No role ("") reaches only what everybody does."""
    if least == EVERYBODY:
        return True
    return role in ROLES and least in ROLES and ROLES.index(role) >= ROLES.index(least)


def role_of(user: User, scope: Scope) -> Role:
    """The role of a token: its user's, but no further than its scope."""
    return min(user.role, FURTHEST[scope], key=ROLES.index)


def least_role(routes: Iterable[BaseRoute], request: Request) -> str | None:
    """The least role for a request. ``None`` where no route answers it, so that nothing is done; a route that
    the table lacks takes a role that nobody has."""
    method = "GET" if request["method"] == "HEAD" else request["method"]
    for route in routes:
        match, _ = route.matches(request)
        if match is Match.FULL:
            return LEAST.get((method, getattr(route, "path", "")), "nobody")
    return None
