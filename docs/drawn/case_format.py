"""The page of the case format: every section, record and field, from the types that read them."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import types
import typing
from collections.abc import Iterator
from typing import Any

from drawn.markdown import table
from safeconduct.adapters.files.casefile import Heading
from safeconduct.adapters.files.expected import (
    Expected,
    Gap,
    InTheWay,
    Moment,
    OpenWindow,
    PlanMoment,
    StatedReason,
    ToAsk,
)
from safeconduct.adapters.files.sections import AREAS, ASSUMPTIONS, GRANTING, SECTIONS
from safeconduct.adapters.files.times import IS_DURATION, IS_TIME
from safeconduct.register.codec import TAG
from safeconduct.spacetime import Area, Point, Span, Window
from safeconduct.vocabulary import (
    Act,
    Assumption,
    Condition,
    Convoy,
    Incident,
    ItemCount,
    Leg,
    PermitStep,
    Undertaking,
)

_HEAD = """\
# The case format

Drawn from the types that read the files, by `make docs`; do not edit this page. How to begin is
told in [write a case](../how-to/write-a-case.md). `safeconduct case schema` prints the same as JSON
Schema.

A field without a default is **needed**. Whatever the page does not name is refused, with the file,
the line and the field.

| written as | what it looks like |
| --- | --- |
| time | `2016-11-04 09:00` in the zone of the record, or `2016-11-04T07:00:00Z` |
| duration | `48h`, `90 min`, `1h30`, `2 days`, or a number of seconds |
| span | `{from: TIME, until: TIME}`; either may be `open`; `zone` if it is another |
| window | a span with `wording`, the party's own words for it; or `{daily: ..., wording: ...}` |
| point | `[37.15, 36.2]`: longitude and latitude in degrees |
| route | `[bridge-road, -hill-road]`: edges in driving order, a leading minus for backwards |

Every record may carry `recorded_at`, the time since when the world is said to have known it (a
statement's is its `said_at` if left out), and `zone`, the zone of its local times. A live register
refuses `recorded_at`. An assumption brings what it supplies under `records`, in sections.

"""

_ACTS = """
## Acts

The members of a statement's `acts`; `{tag}` is the verb. An act without an `id` gets one: the
statement's, a slash, the verb. A statement that has a date and no hour was said at the end of that
day if one of its verbs is among
{verbs};
otherwise at the first second of the day. In both cases the doubt leaves less cover.
"""

# What stands inside records, in the order of the page.
_INSIDE: tuple[type[Any], ...] = (
    Undertaking, Condition, Leg, Convoy, Incident, PermitStep, ItemCount,
)  # fmt: skip
_EXPECTED: tuple[type[Any], ...] = (
    Expected, Moment, Gap, StatedReason, PlanMoment, OpenWindow, InTheWay, ToAsk,
)  # fmt: skip
_NAMED: dict[Any, str] = {
    str: "text", int: "number", bool: "yes or no", Span: "span", Window: "window", Point: "point",
}  # fmt: skip


def page() -> str:
    """Every section with its fields, every act, and what stands inside them."""
    return _HEAD + "".join(_parts())


def _parts() -> Iterator[str]:
    yield "## The heading\n\nAt the top of `case.yaml`, above the sections.\n\n"
    yield _fields(Heading)
    yield "\n## The sections\n\nEach is a list of records; all may be left out.\n"
    for section, cls in {**SECTIONS, AREAS: Area, ASSUMPTIONS: Assumption}.items():
        yield _record(f"`{section}`", cls, "###")
    yield _ACTS.format(tag=TAG, verbs=", ".join(f"`{verb}`" for verb in sorted(GRANTING)))
    for act in typing.get_args(Act):
        yield _record(f"`{TAG}: {act.tag}`", act, "###")
    yield "\n## What stands inside records\n"
    for cls in _INSIDE:
        yield _record(cls.__name__, cls, "###")
    yield "\n## `expected.yaml`\n\nWhat a golden case must answer.\n"
    for cls in _EXPECTED:
        yield _record(cls.__name__, cls, "###")


def _record(title: str, cls: type[Any], level: str) -> str:
    return f"\n{level} {title}\n\n{_first_words(cls)}\n\n{_fields(cls)}"


def _first_words(cls: type[Any]) -> str:
    """The first paragraph of a class's docstring, on one line."""
    return " ".join((inspect.getdoc(cls) or "").split("\n\n")[0].split())


def _fields(cls: type[Any]) -> str:
    hints = typing.get_type_hints(cls)
    rows = (
        [f"`{one.name}`", _written(one.name, hints[one.name]), _default(cls, one)]
        for one in dataclasses.fields(cls)
        # An outline stands in areas.geojson, never in the case file.
        if not (cls is Area and one.name == "polygons")
    )
    return table(["field", "written as", "default"], rows)


def _default(cls: type[Any], one: dataclasses.Field[Any]) -> str:
    # Both are made up where they are left out: from the statement, from the records brought in.
    if (one.name == "id" and cls in typing.get_args(Act)) or (cls, one.name) == (
        Assumption, "supplies",
    ):  # fmt: skip
        return "made up"
    if one.default is dataclasses.MISSING:
        return "**needed**"
    if isinstance(one.default, enum.Enum):
        return f"`{one.default.value}`"
    if isinstance(one.default, bool):
        return "`true`" if one.default else "`false`"
    return f"`{one.default}`" if one.default else ""


def _written(name: str, hint: Any) -> str:
    if IS_TIME.fullmatch(name):
        return "time"
    if IS_DURATION.fullmatch(name):
        return "duration"
    if name == "route":
        return "route"
    return _kind(hint)


def _kind(hint: Any) -> str:
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return ", ".join(f"`{member.value}`" for member in hint)
    if hint in _NAMED:
        return _NAMED[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        if hint == Act:
            return "act"
        return _kind(next(one for one in arguments if one is not type(None)))
    if origin is tuple and arguments[-1] is not Ellipsis:
        return f"two of: {_kind(arguments[0])}"
    if origin in (tuple, frozenset):
        return f"list of: {_kind(arguments[0])}"
    return str(hint.__name__)
