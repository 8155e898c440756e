"""JSON-LD: what a page tells search engines about itself, by schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import html

from allegata.capture.markup import fold
from allegata.vocab import load

_MOST_NODES, _LONGEST = 3_000, 1_000_000
_SCHEMA = load("pages")["schema"]
_ARTICLES = frozenset(_SCHEMA["articles"])
_PAGES = frozenset(_SCHEMA["pages"])
_NESTING = frozenset(_SCHEMA["nesting"])


class Structured:
    """The JSON-LD of a page, asked for the facts of its main article."""

    def __init__(self, tree: html.HtmlElement, heading: str | None = None) -> None:
        self._nodes = list(_nodes(tree))
        self._by_id = {n["@id"]: n for n in self._nodes if isinstance(n.get("@id"), str) and len(n) > 1}
        articles = [n for n in self._nodes if _types(n) & _ARTICLES]
        same = [n for n in articles if heading and fold(_text(n.get("headline")) or "") == fold(heading)]
        self._main = (same or articles or [n for n in self._nodes if _types(n) & _PAGES] or [{}])[0]
        self.is_article = bool(articles)

    @property
    def types(self) -> frozenset[str]:
        """Types of the main node, in lower case."""
        return frozenset(_types(self._main))

    def text(self, *fields: str) -> str | None:
        """The first of ``fields`` that the main node has, as text."""
        return next((t for f in fields if (t := _text(self._main.get(f)))), None)

    def names(self, *fields: str) -> list[str]:
        """Names of the persons or organisations in the first of ``fields`` that has any."""
        for field in fields:
            names = [n for v in _many(self._main.get(field)) if (n := self._name(v))]
            if names:
                return list(dict.fromkeys(names))
        return []

    def address(self) -> str | None:
        """The address that the main node gives itself."""
        for field in ("mainEntityOfPage", "url", "@id"):
            value = self._main.get(field)
            if isinstance(value, dict):
                value = value.get("@id") or value.get("url")
            if isinstance(value, str) and value.startswith(("http://", "https://")):
                return value
        return None

    def _name(self, value: Any) -> str | None:
        if isinstance(value, dict):
            known = self._by_id.get(value.get("@id", ""), {}) if "name" not in value else value
            value = known.get("name")
        name = _text(value)
        return name if name and not name.startswith(("http://", "https://")) else None


def _nodes(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    count = 0
    for script in list(tree.iter("script"))[:400]:
        if "ld+json" not in (script.get("type") or "").lower() or count > _MOST_NODES:
            continue
        source = script.text or ""
        if len(source) > _LONGEST:
            continue
        try:
            stack: list[Any] = [json.loads(source.strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while stack and count < _MOST_NODES:
            value = stack.pop()
            if isinstance(value, dict):
                count += 1
                yield value
                stack.extend(v for k, v in reversed(value.items()) if k in _NESTING)
            elif isinstance(value, list):
                stack.extend(reversed(value[:_MOST_NODES]))


def _types(node: dict[str, Any]) -> set[str]:
    return {
        t.rpartition("/")[2].rpartition(":")[2].lower()
        for t in _many(node.get("@type"))
        if isinstance(t, str)
    }


def _many(value: Any) -> list[Any]:
    return value[:50] if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return " ".join(unescape(value).split())[:1_000] or None
