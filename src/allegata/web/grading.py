"""The page on which persons say how reliable they hold a source to be, with all that was said before."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from allegata.contract import to_plain
from allegata.linking.assessments import head, reliabilities
from allegata.linking.decisions import BadJudgementError
from allegata.runs import assessing
from allegata.runs.judged import LONGEST_NAME, LONGEST_REASON
from allegata.store.base import Store
from allegata.web import paths, persons, rendering, visitors
from allegata.web.errors import NotFoundError, id_of
from allegata.web.forms import CLOSED, SENT_ANEW, Tokens, keep, read_form, written
from allegata.web.views.judging import sentence

READ = ["GET", "HEAD"]


def add_grading(app: FastAPI, store: Store, writable: bool) -> None:
    """Put the page into ``app``. Unless ``writable``, nobody can grade anything on it."""
    tokens = Tokens()

    def page(request: Request, name: str, status: int = 200, **given: Any) -> Response:
        nonce, token = tokens.give(request)
        may = writable and visitors.may_judge()
        context = {
            "name": name,
            "graded": assessing.grades(store, name),
            "reliabilities": reliabilities(),
            "token": token if may else None,
            "person": persons.person_of(request),
            "fields": {},
            "complaint": None,
            "longest_name": LONGEST_NAME,
            "longest_reason": LONGEST_REASON,
            "twin": paths.grading(name, twin=True),
        }
        response = rendering.page("grades.html", context | given, status)
        if may:
            keep(response, nonce)
        return response

    @app.api_route("/sources/{name}/grades.json", methods=READ)
    def grades_twin(name: str) -> Response:
        source = _source(name)
        kept = assessing.grades(store, source)
        rows = [{**to_plain(k.opinion), "state": k.state} for k in kept]
        return rendering.plain({"source": source, "grades": rows})

    @app.api_route("/sources/{name}/grades", methods=READ)
    def grades_page(name: str, request: Request) -> Response:
        return page(request, _source(name))

    def grade(request: Request, name: str, form: dict[str, str]) -> Response:
        person = persons.person_of(request)
        who = persons.named_in(form, person)
        reason = written(form)

        def again(complaint: str, status: int) -> Response:
            return page(request, name, status, complaint=complaint, fields=form | {"person": who})

        if not tokens.hold(request, form.get("token", "")):
            return again(SENT_ANEW, 403)
        if not who:
            return again("Say who grades: the name stands beside it.", 400)
        if not reason:
            return again("Say why: the reason is kept with the grade.", 400)
        try:
            made = assessing.grade(store, who, name, form.get("letter", ""), reason)
        except BadJudgementError as error:
            return again(sentence(error), 400)
        response = RedirectResponse(f"{paths.grading(name)}#grade-{made.number}", 303)
        if person.asked:
            persons.remember(response, made.person)
        return response

    @app.post("/sources/{name}/grades")
    async def grade_source(name: str, request: Request) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        form = await read_form(request)
        return await run_in_threadpool(lambda: grade(request, _source(name), form))


def _source(segment: str) -> str:
    """The source in an address, without who spoke for it."""
    name = " ".join(head(id_of(segment)).split())
    if not name or len(name) > assessing.LONGEST_SOURCE or not name.isprintable():
        raise NotFoundError("This address names no source.", "The page of sources lists those there are.")
    return name
