"""From a value to JSON."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Set
from dataclasses import MISSING
from typing import Any

from safeconduct.errors import SafeconductError, WrongField
from safeconduct.register.canonical import JSON, LARGEST, canonical
from safeconduct.register.codec.shapes import (
    TAG,
    Nothing,
    has_own_form,
    is_enum,
    is_record,
    joined,
    shape_of,
)

Writer = Callable[[Any], JSON]


def encode(value: object) -> JSON:
    """The JSON of a value; `decode` of its type gives an equal value back.

    Raises
    ------
    WrongField : a value has no JSON form, such as a float; the path says where.
    """
    cls: Any = type(value)
    return _writer(cls)(value)


@functools.cache
def _writer(cls: Any) -> Writer:
    if cls in (str, int, bool, Nothing):
        return _itself
    if has_own_form(cls):
        return _own
    if is_enum(cls):
        return _member
    if is_record(cls):
        return _record(cls)
    if issubclass(cls, tuple | list):
        return _items
    if issubclass(cls, Set):
        return _sorted
    if issubclass(cls, Mapping):
        return _mapping
    raise WrongField(
        f"A value of type {cls.__name__} has no JSON form.",
        "Give whole numbers, text, tuples or frozen values; floats have no place in a record.",
    )


def _itself(value: Any) -> Any:
    return value


def _own(value: Any) -> JSON:
    own: JSON = value.__to_json__()
    return own


def _member(value: Any) -> JSON:
    return encode(value.value)


def _record(cls: Any) -> Writer:
    shape = shape_of(cls)
    start: dict[str, JSON] = {} if shape.tag is None else {TAG: shape.tag}
    fields = tuple((field.name, field.default) for field in shape.fields)

    def write(value: Any) -> JSON:
        out = start.copy()
        for name, default in fields:
            member = getattr(value, name)
            if default is not MISSING and _is_same(member, default):
                continue
            out[name] = _inside(name, member)
        return out

    return write


def _is_same(value: object, default: object) -> bool:
    # True == 1, so equality alone would drop a flag that stands where a number belongs.
    return type(value) is type(default) and value == default


def _items(value: Any) -> JSON:
    return [_inside(f"[{index}]", member) for index, member in enumerate(value)]


def _sorted(value: Any) -> JSON:
    members = [encode(member) for member in value]
    return sorted(members, key=_order)


def _order(member: JSON) -> tuple[int, str, bytes]:
    """Numbers by size, then text by code point, then the rest by canonical bytes."""
    if type(member) is int:
        return member, "", b""
    return LARGEST + 1, *((member, b"") if type(member) is str else ("", canonical(member)))


def _mapping(value: Any) -> JSON:
    for key in value:
        if type(key) is not str:
            raise WrongField(f"The key {key!r} is no text.", "Use text for every key.")
    return {key: _inside(key, member) for key, member in value.items()}


def _inside(step: str, value: object) -> JSON:
    try:
        return encode(value)
    except SafeconductError as error:
        error.field = joined(step, error.field)
        raise
