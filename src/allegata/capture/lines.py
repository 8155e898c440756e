"""``documents.jsonl``: one Document a line, with the fields of `model.Document`; unknown fields are
ignored."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from allegata.capture import dates, identity
from allegata.capture.decoding import decode, mend
from allegata.capture.items import CaptureError, Item, Limits, Refusal, Retrieval
from allegata.capture.kinds import kind_of
from allegata.capture.streams import too_large
from allegata.model import DOCUMENT_KINDS, Document, Embed, Link, Span

_MOST_LINKS = 2_000
_LONGEST_ID = 300


def read_lines(stream: io.BufferedIOBase, retrieval: Retrieval, limits: Limits) -> Iterator[Item | Refusal]:
    """An Item for each line that holds a document, a Refusal for each other line that is not blank."""
    number = 0
    while line := stream.readline(limits.page + 1):
        number += 1
        place = f"{retrieval.label}, line {number}"
        if len(line) > limits.page and not line.endswith(b"\n"):
            while (rest := stream.readline(1_000_000)) and not rest.endswith(b"\n"):
                pass
            yield Refusal(place, too_large(limits.page))
            continue
        body = line.rstrip(b"\r\n")
        if not body.strip():
            continue
        try:
            document = read_line(body, retrieval)
        except CaptureError as error:
            yield Refusal(place, str(error))
        else:
            capture = retrieval.capture(body, "application/jsonl")
            yield Item(capture, body, replace(document, capture=capture.sha256))


def read_line(body: bytes, retrieval: Retrieval) -> Document:
    """The Document of one line. Raises CaptureError where it is none."""
    try:
        row = json.loads(decode(body), parse_int=_number)
    except (ValueError, RecursionError) as error:
        where = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise CaptureError(f"is not JSON{where}: give one object a line") from error
    if not isinstance(row, dict):
        raise CaptureError("is no JSON object: give one object a line")
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise CaptureError('has no text: give the field "text"')
    text = mend(text)
    url = _string(row, "url")
    url = url if identity.clean_url(url) else None
    title, outlet = _string(row, "title"), _string(row, "outlet")
    kind = row.get("kind")
    if kind not in DOCUMENT_KINDS:
        kind = kind_of(text[:200_000].splitlines(), url, title, outlet)
    published = dates.parse(row.get("published"))
    return Document(
        id=_id(row, url, text, title, retrieval),
        text=text,
        url=url,
        outlet=outlet,
        author=_string(row, "author"),
        title=title,
        published=published,
        language=_string(row, "language"),
        kind=kind,
        links=tuple(link for x in _list(row, "links") if (link := _link(x, text))),
        embeds=tuple(embed for x in _list(row, "embeds") if (embed := _embed(x, text))),
    )


def _number(digits: str) -> int | float:
    """Numbers of thousands of digits take quadratic time as integers, and no field needs one."""
    return int(digits) if len(digits) < 20 else float("inf")


def _string(row: dict[str, Any], field: str) -> str | None:
    value = row.get(field)
    if not isinstance(value, str):
        return None
    return mend(" ".join(value.split()))[:2_000] or None


def _list(row: dict[str, Any], field: str) -> list[Any]:
    value = row.get(field)
    return value[:_MOST_LINKS] if isinstance(value, list) else []


def _id(row: dict[str, Any], url: str | None, text: str, title: str | None, retrieval: Retrieval) -> str:
    given = row.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    if isinstance(given, str) and given.strip():
        if len(given) > _LONGEST_ID:
            raise CaptureError(f"has an id of more than {_LONGEST_ID} characters: shorten it")
        return mend(given)
    if url:
        return identity.id_of_url(url)
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return identity.id_of_key(title or identity.stem(retrieval.label), digest)


def _span(value: Any, text: str) -> Span | None:
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(v, int) and not isinstance(v, bool) for v in value)
        and 0 <= value[0] < value[1] <= len(text)
    ):
        return value[0], value[1]
    return None


def _link(value: Any, text: str) -> Link | None:
    row = {"url": value} if isinstance(value, str) else value
    if not isinstance(row, dict):
        return None
    url = _string(row, "url") or _string(row, "href")
    if url is None or not identity.clean_url(url):
        return None
    return Link(url, _string(row, "text") or "", _span(row.get("span"), text))


def _embed(value: Any, text: str) -> Embed | None:
    row = {"ref": value} if isinstance(value, str) else value
    if not isinstance(row, dict):
        return None
    ref = _string(row, "ref") or _string(row, "url") or _string(row, "id")
    words = row.get("text")
    words = mend(words) if isinstance(words, str) else ""
    if not (ref or words):
        return None
    span = _span(row.get("span"), text)
    if span is None and words and (at := text.find(words)) >= 0:
        span = (at, at + len(words))
    return Embed(
        ref, _string(row, "author"), _string(row, "handle"), dates.parse(row.get("published")), words, span
    )
