"""Templates to pages, values to JSON. Everything that comes from outside is escaped by the templates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from allegata.exchange.tables import row
from allegata.web import paths, visitors, words
from allegata.web.commands import command
from allegata.web.unread import unread


@lru_cache(maxsize=1)
def environment() -> Environment:
    env = Environment(
        loader=PackageLoader("allegata.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["path"] = paths
    env.globals["words"] = words
    env.globals["visitors"] = visitors
    env.globals["unread"] = unread
    env.globals["command"] = command
    env.filters["day"] = words.day
    env.filters["when"] = words.when
    env.filters["clip"] = words.clip
    env.filters["web_address"] = words.web_address
    env.filters["host"] = words.host_of
    env.filters["as_json"] = lambda value: json.dumps(value, ensure_ascii=False)
    return env


def page(template: str, context: dict[str, Any], status: int = 200) -> Response:
    """An HTML page. A lone surrogate, which UTF-8 cannot hold, is shown as "?"."""
    text = environment().get_template(template).render(context)
    return Response(text.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")


def plain(value: Any, status: int = 200) -> Response:
    """JSON, all in ASCII, so that it holds any text there is."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return Response(text, status, media_type="application/json")


def table(rows: Iterable[Iterable[object]], name: str) -> Response:
    """CSV that is safe to open in a spreadsheet; the first row is the head."""
    return file_of(map(row, rows), name)


def file_of(lines: Iterable[str], name: str) -> Response:
    """Lines of CSV to keep under ``name``."""
    kept = "".join(c if c.isalnum() and c.isascii() else "-" for c in name)[:60]
    body = "".join(lines).encode("utf-8", "replace")
    headers = {"Content-Disposition": f'attachment; filename="{kept}.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)
