"""The JSON that users, tests and evaluations rely on (docs/cli.md), to and from the model."""

from __future__ import annotations

import dataclasses
import operator
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from allegata import model

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Model value to JSON-ready values: dataclasses to dicts, tuples to lists."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [to_plain(v) for v in value]
    kind: Any = type(value)
    names = _names(kind)
    return value if names is None else {name: to_plain(getattr(value, name)) for name in names}


@cache
def _names(kind: Any) -> tuple[str, ...] | None:
    """The fields of a dataclass; ``None`` for any other class."""
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None


def from_plain(kind: type[T], data: Any) -> T:
    """The inverse of `to_plain` for a model class. Unknown keys are ignored, so old rows stay readable."""
    value: T = _maker(typing.cast(Any, kind))(data)
    return value


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What builds a model class from a dict; made once a class, since resolving type hints is slow."""
    hints = typing.get_type_hints(kind, vars(model))
    fields = {f.name: _builder(hints[f.name]) for f in dataclasses.fields(kind)}
    built = [(at, build) for at, build in enumerate(fields.values()) if build]
    take = operator.itemgetter(*fields)
    alone = len(fields) == 1  # then it gives the value, and no tuple of values

    def make(data: Any) -> Any:
        if data is None:
            return None
        try:
            values = (take(data),) if alone else take(data)
        except KeyError:  # an old row
            given = data.items()
            return kind(**{n: b(v) if (b := fields[n]) else v for n, v in given if n in fields})
        if built:
            values = list(values)
            for at, build in built:
                values[at] = build(values[at])
        return kind(*values)

    return make


@cache
def _builder(hint: Any) -> Callable[[Any], Any] | None:
    """What builds a value of a type hint; ``None`` where a plain value is the value."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _builder(next(a for a in args if a is not type(None)))
    if origin is not tuple:
        return _maker(hint) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else None
    if len(args) == 2 and args[1] is Ellipsis:
        each = _builder(args[0])
        return lambda v: None if v is None else tuple(map(each, v)) if each and v else tuple(v)
    parts = [_builder(a) for a in args]
    return lambda v: None if v is None else tuple(b(x) if b else x for b, x in zip(parts, v, strict=True))


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
