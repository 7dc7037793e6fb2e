"""A network that a person drew: places, roads between them, and the areas they are in.

    label: main roads, drawn by hand
    schematic: true
    places:
      depot: {name: Depot, at: [37.10, 36.20], areas: [west]}
    edges:
      depot-line:
        between: [depot, line]
        km: 4.2
        areas:
          - west
          - {area: front, from_km: 3.5, only_touched: true}

Errors name the field, such as `edges.depot-line.km`.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from safeconduct.errors import RouteRefused, UnknownReference, WrongField
from safeconduct.roads.raw import Declaration, RawEdge, RawNetwork, RawPlace
from safeconduct.roads.sources.numbers import decimetres, point
from safeconduct.roads.sources.where import at

__all__ = ["schematic"]

_TOP = frozenset({"label", "note", "schematic", "places", "edges"})
_PLACE = frozenset({"name", "at", "areas", "note"})
_EDGE = frozenset({"between", "km", "line", "areas", "name", "note", "kind", "surface"})
_DECLARATION = frozenset({"area", "from_km", "to_km", "only_touched"})


def schematic(drawing: Mapping[str, Any], known: Sequence[RawPlace] = ()) -> RawNetwork:
    """The places and roads of a drawing, given as the mapping that its YAML or JSON holds.

    Roads keep the mark `schematic` unless the drawing says `schematic: false`; one without a line
    always has it. An area named by its id alone holds the whole road or place. Roads may also end
    at places that are `known` from another source, with which the drawing is to be put together.

    Raises
    ------
    WrongField : a field is missing, unknown or of the wrong type.
    UnknownReference : a road lies between places that are neither drawn nor known.
    RouteRefused : a road has neither `km` nor `line`, and one of its places has no position, so
        nobody can say how long it is.

    >>> drawing = {"places": {"A": {}, "B": {}}, "edges": {"e": {"between": ["A", "B"], "km": 1.5}}}
    >>> schematic(drawing).edges[0].length_dm
    15000
    """
    top = _mapping(drawing, "the drawing", _TOP)
    places = {
        id: _place(id, members) for id, members in _mapping(top.get("places"), "places").items()
    }
    drawn = _flag(top, "schematic", "", default=True)
    ends = {place.id: place for place in known} | places
    edges = tuple(
        _edge(id, members, ends, drawn)
        for id, members in _mapping(top.get("edges"), "edges").items()
    )
    return RawNetwork(tuple(places.values()), edges, _text(top, "label", ""))


def _place(id: str, value: object) -> RawPlace:
    field = f"places.{id}"
    members = _mapping({} if value is None else value, field, _PLACE)
    return RawPlace(
        id,
        _text(members, "name", field),
        point(members["at"], f"{field}.at") if members.get("at") is not None else None,
        _declarations(members.get("areas"), f"{field}.areas", along=False),
        _text(members, "note", field),
    )


def _edge(id: str, value: object, places: Mapping[str, RawPlace], drawn: bool) -> RawEdge:
    field = f"edges.{id}"
    members = _mapping(value, field, _EDGE)
    a, b = _between(members.get("between"), f"{field}.between", places)
    line = tuple(
        point(pair, f"{field}.line[{number}]")
        for number, pair in enumerate(_list(members.get("line"), f"{field}.line"))
    )
    km = members.get("km")
    if km is None and not line and (places[a].at is None or places[b].at is None):
        raise RouteRefused(
            f"Edge {id} has neither a length nor a line, and {a} and {b} are not both on the map.",
            "Give `km`, or a `line`, or the position `at` of both places.",
            edge=id,
        ).located(field=field)
    with at(field=field):
        return RawEdge(
            id,
            a,
            b,
            _text(members, "name", field),
            None if km is None else decimetres(km, f"{field}.km"),
            line,
            _declarations(members.get("areas"), f"{field}.areas", along=True),
            drawn or not line,
            _text(members, "note", field),
            _text(members, "kind", field),
            _text(members, "surface", field),
        )


def _between(value: object, field: str, places: Mapping[str, RawPlace]) -> tuple[str, str]:
    ends = _list(value, field)
    if len(ends) != 2:
        raise WrongField(
            f"Found {value!r} as the two places of an edge.", "Give [first place, second place]."
        ).located(field=field)
    for end in ends:
        if not isinstance(end, str) or end not in places:
            close = difflib.get_close_matches(str(end), sorted(places), n=3)
            raise UnknownReference(
                f"The edge ends at the place {end!r}, which is not drawn.",
                f"Did you mean {' or '.join(close)}?" if close else "Add it under `places`.",
                id=str(end),
            ).located(field=field)
    return ends[0], ends[1]


def _declarations(value: object, field: str, *, along: bool) -> tuple[Declaration, ...]:
    allowed = _DECLARATION if along else _DECLARATION - {"from_km", "to_km"}
    return tuple(
        _declaration(item, f"{field}[{number}]", allowed)
        for number, item in enumerate(_list(value, field))
    )


def _declaration(item: object, field: str, allowed: frozenset[str]) -> Declaration:
    members = _mapping({"area": item} if isinstance(item, str) else item, field, allowed)
    area = _text(members, "area", field)
    if not area:
        raise WrongField(
            f"Found {item!r} where an area belongs.", "Give the id of the area as `area`."
        ).located(field=field)
    start, end = (
        decimetres(members[key], f"{field}.{key}") if members.get(key) is not None else None
        for key in ("from_km", "to_km")
    )
    with at(field=field):
        return Declaration(area, start, end, _flag(members, "only_touched", field))


def _mapping(value: object, field: str, allowed: frozenset[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise WrongField(
            f"Found {value!r} as {field}.", "Give a mapping of names to values."
        ).located(field=field)
    for key in value:
        if not isinstance(key, str):
            raise WrongField(
                f"The key {key!r} is not text.", "Put it in quotes, here and where it is used."
            ).located(field=field)
        if allowed is not None and key not in allowed:
            close = difflib.get_close_matches(key, sorted(allowed), n=1)
            hint = f"Did you mean {close[0]}?" if close else "Remove it."
            raise WrongField(
                f"The key {key!r} is unknown here; known are {', '.join(sorted(allowed))}.", hint
            ).located(field=field)
    return value


def _list(value: object, field: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise WrongField(f"Found {value!r} as {field}.", "Give a list.").located(field=field)
    return list(value)


def _text(members: Mapping[str, Any], key: str, field: str) -> str:
    value = members.get(key)
    if value is not None and not isinstance(value, str):
        raise WrongField(f"Found {value!r} as text.", "Put the text in quotes.").located(
            field=f"{field}.{key}".lstrip(".")
        )
    return unicodedata.normalize("NFC", value or "")


def _flag(members: Mapping[str, Any], key: str, field: str, *, default: bool = False) -> bool:
    value = members.get(key, default)
    if not isinstance(value, bool):
        raise WrongField(f"Found {value!r} as {key}.", "Give true or false.").located(
            field=f"{field}.{key}".lstrip(".")
        )
    return value
