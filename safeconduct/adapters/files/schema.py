"""JSON Schemas of what people write by hand: `case.yaml`, `expected.yaml`, a policy file.

They are made from the same types that read the files, with the keys that may be written short or
as local time adapted by name, as `times.py` and `shorthand.py` read them. An editor that knows the
schema completes field names while typing; what the schema lets through is still checked in full.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from safeconduct.adapters.files.casefile import Heading
from safeconduct.adapters.files.expected import Expected
from safeconduct.adapters.files.policyfile import EXTENDS, LIKE
from safeconduct.adapters.files.sections import AREAS, ASSUMPTIONS, SECTIONS
from safeconduct.adapters.files.times import IS_DURATION, IS_TIME, OPEN, SPAN_KEYS
from safeconduct.errors import UnknownReference
from safeconduct.policy import Extension, Policy, Profile
from safeconduct.register.codec import schema
from safeconduct.spacetime import Area
from safeconduct.vocabulary import Assumption, Record

Schema: TypeAlias = dict[str, Any]

_TIME: Schema = {
    "type": "string",
    "description": "A time with its date, such as 2016-11-04 09:00 or 2016-11-04T07:00:00Z.",
}
_ZONE: Schema = {"type": "string", "description": "An IANA zone, such as Asia/Damascus."}
_HOUR: Schema = {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"}
_DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DURATION: Schema = {
    "type": ["integer", "string"],
    "description": "Seconds, or a duration with its units, such as 48h, 90 min or 1h30.",
}
_POINT: Schema = {
    "type": "array",
    "items": {"type": ["string", "number"]},
    "minItems": 2,
    "maxItems": 2,
    "description": "Longitude and latitude in degrees.",
}


def case_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of `case.yaml`."""
    # One schema for all, so that each class stands under $defs once.
    defs = _definitions(Record | Area)
    for cls in (*SECTIONS.values(), Assumption):
        _carry_entry(defs[_name(cls)])
    for name in defs:
        if name.startswith("acts.") and "required" in defs[name]:  # not the lists of words
            _lacks(defs[name], "id")
    del defs[_name(Area)]["properties"]["polygons"]
    sections = {section: _list_of(_reference(cls)) for section, cls in SECTIONS.items()}
    assumption = defs[_name(Assumption)]
    assumption["properties"]["records"] = _object(sections, ())
    _lacks(assumption, "supplies")
    heading = _definitions(Heading)[_name(Heading)]
    heading["properties"] |= sections
    heading["properties"][AREAS] = _list_of(_reference(Area))
    heading["properties"][ASSUMPTIONS] = _list_of(_reference(Assumption))
    return _whole("case.yaml: a situation, its records in sections.", heading, defs)


def expected_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of `expected.yaml`."""
    defs = _definitions(Expected)
    root = defs.pop(_name(Expected))
    return _whole("expected.yaml: what a golden case must answer.", root, defs)


def policy_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a policy file: a whole policy, or what one changes."""
    defs = _definitions(Policy) | _definitions(Extension)
    own = defs[_name(Profile)] | {"required": ["id"]}
    own["properties"] = own["properties"] | {
        LIKE: {"type": "string", "description": "The profile that this one begins with."}
    }
    defs["own.Profile"] = own
    ours = defs[_name(Extension)]
    ours["properties"]["profiles"] = _list_of({"$ref": "#/$defs/own.Profile"})
    either: Schema = {
        "if": {"type": "object", "required": [EXTENDS]},
        "then": _reference(Extension),
        "else": _reference(Policy),
    }
    return _whole("A policy file: rules and profiles, or what one changes.", either, defs)


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "case": case_schema,
    "expected": expected_schema,
    "policy": policy_schema,
}
"""The schemas that are published with the package, by name."""


def schema_text(name: str) -> str:
    """What the published file of this name says.

    Raises
    ------
    UnknownReference : there is no schema of this name.
    """
    if name not in SCHEMAS:
        raise UnknownReference(
            f'There is no schema "{name}".', f"Ask for one of: {', '.join(SCHEMAS)}.", id=name
        )
    return json.dumps(SCHEMAS[name](), indent=1, ensure_ascii=False) + "\n"


def publish_schemas(folder: Path) -> tuple[Path, ...]:
    """Writes the schemas into a folder, over what is there; gives the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in SCHEMAS:
        paths.append(folder / f"{name}.schema.json")
        paths[-1].write_text(schema_text(name), encoding="utf-8")
    return tuple(paths)


def _definitions(wanted: object) -> Schema:
    """The schema of every class that a type holds, by name, as people write it."""
    defs: Any = schema(wanted)["$defs"]
    return {name: _adapted(definition) for name, definition in defs.items()}


def _adapted(definition: Schema) -> Schema:
    """A class's schema with the keys that are written otherwise than they are stored."""
    if "properties" not in definition:
        return definition
    properties = {key: _written(key, one) for key, one in definition["properties"].items()}
    return definition | {"properties": properties}


def _written(key: str, stored: Schema) -> Schema:
    short = _short_form(key, stored)
    if short is None:
        return stored
    short = dict(short)
    if {"type": "null"} in stored.get("anyOf", ()):
        short = {"anyOf": [short, {"type": "null"}]}
    return short | {word: stored[word] for word in ("default",) if word in stored}


def _short_form(key: str, stored: Schema) -> Schema | None:
    if IS_TIME.fullmatch(key):
        return _TIME
    if IS_DURATION.fullmatch(key):
        return _DURATION
    if key in SPAN_KEYS:
        return _span()
    if key == "spans":
        return _list_of(_span())
    if key == "windows":
        return _list_of({"anyOf": [_window(), _daily()]})
    if key == "near":
        return _POINT
    if key == "line":
        return _list_of(_POINT)
    if key == "route":
        step: Schema = {"type": "string", "description": "An edge; a leading minus is backwards."}
        return _list_of({"anyOf": [step, *([stored["items"]] if "items" in stored else ())]})
    return None


def _span() -> Schema:
    return _object(_ends() | {"zone": _ZONE}, ("from", "until"))


def _window() -> Schema:
    fields = _ends() | {"zone": _ZONE, "wording": _wording()}
    return _object(fields, ("from", "until", "wording"))


def _daily() -> Schema:
    hours: Schema = {
        "from": _HOUR,
        "until": _HOUR,
        "first": _DATE,
        "last": _DATE,
        "weekdays": _list_of({"type": "integer", "minimum": 0, "maximum": 6}),
        "except": _list_of(_DATE),
    }
    daily = _object(hours, ("from", "until", "first", "last"))
    fields: Schema = {"daily": daily, "zone": _ZONE, "wording": _wording()}
    return _object(fields, ("daily", "wording"))


def _ends() -> Schema:
    either: Schema = {
        "type": "string",
        "description": f"A time with its date, or `{OPEN}` where the party named none.",
    }
    return {"from": either, "until": either}


def _wording() -> Schema:
    return {"type": "string", "minLength": 1, "description": "How the party put it."}


def _carry_entry(record: Schema) -> None:
    """Adds what every record may say of its entry and of how its times are read."""
    record["properties"].setdefault("zone", _ZONE)
    record["properties"]["recorded_at"] = _TIME | {"description": "When it became known."}


def _lacks(definition: Schema, key: str) -> None:
    definition["required"] = [one for one in definition["required"] if one != key]


def _object(properties: Schema, required: tuple[str, ...]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _reference(cls: type[Any]) -> Schema:
    return {"$ref": f"#/$defs/{_name(cls)}"}


def _name(cls: type[Any]) -> str:
    """The name under which the codec keeps a class in `$defs`."""
    reference = str(schema(cls)["$ref"])
    return reference.removeprefix("#/$defs/")


def _whole(title: str, root: Schema, defs: Schema) -> Schema:
    """One schema; of the definitions only those that something refers to."""
    used: Schema = {}
    waiting = _references(root)
    while waiting:
        name = waiting.pop()
        if name not in used:
            used[name] = defs[name]
            waiting |= _references(defs[name])
    dialect = schema(str)["$schema"]
    return {"$schema": dialect, "title": title, **root, "$defs": dict(sorted(used.items()))}


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        here = (
            {part["$ref"].removeprefix("#/$defs/")} if isinstance(part.get("$ref"), str) else set()
        )
        return here.union(*(_references(one) for one in part.values()))
    if isinstance(part, list):
        return set().union(*(_references(one) for one in part))
    return set()
