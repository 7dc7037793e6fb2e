"""From a type to the JSON Schema (draft 2020-12) of what the codec accepts for it."""

from __future__ import annotations

import typing
from typing import Any

from safeconduct.register.canonical import JSON
from safeconduct.register.codec.shapes import (
    TAG,
    FieldShape,
    Nothing,
    alternatives,
    has_own_form,
    is_enum,
    is_record,
    items_of,
    json_types,
    plain,
    shape_of,
    tag_of,
    values_of,
)
from safeconduct.register.codec.writing import encode

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SCALARS: dict[Any, dict[str, JSON]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Nothing: {"type": "null"},
}


def schema(wanted: object) -> dict[str, JSON]:
    """The JSON Schema of the data that `decode(wanted, data)` accepts.

    Classes stand under `$defs` by name, so that one which holds itself has an end. Descriptions
    are the first sentences of docstrings, and the `doc` of a field's metadata. What a value
    checks when it is made (an end after its start, an id that exists) is not in the schema.
    """
    defs: dict[str, JSON] = {}
    root = _schema(wanted, defs)
    return {"$schema": DIALECT, **root, "$defs": dict(sorted(defs.items()))}


def _schema(hint: Any, defs: dict[str, JSON]) -> dict[str, JSON]:
    members = alternatives(hint)
    if len(members) > 1:
        return _union(members, defs)
    only = plain(members[0])
    if only in _SCALARS:
        return dict(_SCALARS[only])
    if has_own_form(only) or is_enum(only) or is_record(only):
        return _reference(only, defs)
    return _container(only, defs)


def _union(members: tuple[Any, ...], defs: dict[str, JSON]) -> dict[str, JSON]:
    choices: list[JSON] = []
    for member in members:
        choice = _schema(member, defs)
        if tag_of(member) is not None:
            choice["required"] = [TAG]
        choices.append(choice)
    return {"anyOf": choices}


def _container(hint: Any, defs: dict[str, JSON]) -> dict[str, JSON]:
    item, value = items_of(hint), values_of(hint)
    if item is not None:
        found: dict[str, JSON] = {"type": "array", "items": _schema(item, defs)}
        return found | ({"uniqueItems": True} if typing.get_origin(hint) is frozenset else {})
    if value is not None:
        return {"type": "object", "additionalProperties": _schema(value, defs)}
    json_types(hint)  # refuses a type that the codec has no form for
    parts: list[JSON] = [_schema(part, defs) for part in typing.get_args(hint)]
    return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}


def _reference(cls: Any, defs: dict[str, JSON]) -> dict[str, JSON]:
    name = _def_name(cls)
    if name not in defs:
        defs[name] = None  # holds the place while a class that holds itself is drawn
        defs[name] = _described(cls, _definition(cls, defs))
    return {"$ref": f"#/$defs/{name}"}


def _definition(cls: Any, defs: dict[str, JSON]) -> dict[str, JSON]:
    if has_own_form(cls):
        return dict(cls.__json_schema__()) if hasattr(cls, "__json_schema__") else {}
    if is_enum(cls):
        return {"enum": [encode(member) for member in cls]}
    shape = shape_of(cls)
    properties: dict[str, JSON] = {}
    if shape.tag is not None:
        properties[TAG] = {"const": shape.tag}
    properties |= {field.name: _property(field, defs) for field in shape.fields}
    required: list[JSON] = [field.name for field in shape.fields if field.is_required]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _property(field: FieldShape, defs: dict[str, JSON]) -> dict[str, JSON]:
    found = _schema(field.hint, defs)
    if field.doc:
        found["description"] = field.doc
    if not field.is_required:
        found["default"] = encode(field.default)
    return found


def _described(cls: Any, definition: dict[str, JSON]) -> dict[str, JSON]:
    said = (cls.__doc__ or "").strip()
    # A dataclass without a docstring is given its signature as one, which says nothing here.
    if not said or said.startswith(f"{cls.__name__}("):
        return definition
    sentence = " ".join(said.split("\n\n")[0].split())
    return {"description": sentence.split(". ")[0].rstrip(".") + ".", **definition}


def _def_name(cls: Any) -> str:
    return f"{cls.__module__.rsplit('.', 1)[-1]}.{cls.__qualname__}"
