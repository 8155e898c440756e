"""The JSON that users, tests and evaluations rely on (docs/cli.md), to and from the model."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any, TypeVar

from allegata import model

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Model value to JSON-ready values: dataclasses to dicts, tuples to lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return [to_plain(v) for v in value]
    return value


def from_plain(kind: type[T], data: Any) -> T:
    """The inverse of `to_plain` for a model class. Unknown keys are ignored, so old rows stay readable."""
    hints = typing.get_type_hints(kind, vars(model))
    known = {f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(**{k: _build(hints[k], v) for k, v in data.items() if k in known})


def _build(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _build(next(a for a in args if a is not type(None)), value)
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_build(args[0], v) for v in value)
        return tuple(_build(a, v) for a, v in zip(args, value, strict=True))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, value)
    return value


def reading_json(reading: model.Reading) -> dict[str, Any]:
    """The object that ``allegata read --json`` prints for a Document."""
    d = reading.document
    out: dict[str, Any] = {
        "document": {
            k: getattr(d, k)
            for k in ("id", "url", "outlet", "author", "title", "published", "language", "kind")
        },
        "text": d.text,
    }
    for key in ("sentences", "statements", "allegations", "events", "places", "forecasts", "sources"):
        out[key] = to_plain(getattr(reading, key))
    return out


def claim_json(claim: model.Claim) -> dict[str, Any]:
    """The object that ``allegata claims --json`` prints for a Claim."""
    out: dict[str, Any] = to_plain(claim)
    out["edges"] = [[e.upstream, e.downstream, e.kind] for e in claim.edges]
    out["evidence"] = [to_plain(e) for e in claim.edges]
    return out
