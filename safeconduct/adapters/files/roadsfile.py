"""What a case folder says of its areas and roads, before anything is cut.

Outlines stand in `areas.geojson`. `roads.yaml` may hold any of these, put together:

    label: main roads, drawn by hand
    places: {...}                # a drawing, as `roads.sources.schematic` reads it
    edges: {...}
    towns:                       # a table of towns and one of roads, in this folder
      locations: locations.csv
      routes: routes.csv
      wanted: [Azaz, Menbij]     # all, when left out
      areas: {azaz: [north], azaz--menbij: [{area: north, to_km: 12}]}
    lines: roads.geojson         # roads with their course, in this folder
    outlines: {id: id, name: name, also: [name_ar], ground: ...}   # properties of areas.geojson
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from safeconduct.adapters.files.definitions import Placed
from safeconduct.adapters.files.paths import inside, joined
from safeconduct.adapters.files.plaintext import MEBIBYTE, read_text
from safeconduct.adapters.files.yamllines import Marked, mapping_of, read_yaml
from safeconduct.errors import SafeconductError, WrongField
from safeconduct.register.codec import decode
from safeconduct.roads.raw import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.sources import (
    areas_from_geojson,
    lines_from_geojson,
    schematic,
    town_graph,
)

AREAS_FILE, ROADS_FILE = "areas.geojson", "roads.yaml"
_LIMIT = 32 * MEBIBYTE

_DECIMAL_KEYS = frozenset({"km", "from_km", "to_km", "at", "line"})
_DECIMAL = re.compile(r"-?[0-9]{1,9}\.[0-9]{1,15}")

T = TypeVar("T", RawPlace, RawEdge)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """Which properties of `areas.geojson` hold what."""

    id: str = "id"
    name: str = "name"
    also: tuple[str, ...] = ()
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Towns:
    """A table of towns and one of the roads between them, and the areas declared for either."""

    locations: str
    routes: str
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roads:
    """The areas of a case, each with where it was written, and its roads as the sources say them.

    `marked` is `roads.yaml`, for messages; None when there is no such file.
    """

    areas: tuple[Placed, ...]
    raw: RawNetwork
    marked: Marked | None = None


def read_roads(folder: Path, drawn_up: Sequence[Placed]) -> Roads:
    """The areas and roads of a case folder; `drawn_up` are the areas of the case file.

    Raises
    ------
    InputError : a file cannot be used; the error names it, with line or feature, and field.
    """
    path = folder / ROADS_FILE
    if not path.exists():
        return Roads((*_outlined(folder, Outlines()), *drawn_up), RawNetwork())
    marked = read_yaml(path)
    with marked.locating():
        data = dict(mapping_of(marked))
        with inside("outlines"):
            outlines = decode(Outlines, data.pop("outlines", {}))
        raw = RawNetwork()
        if "towns" in data:
            with inside("towns"):
                raw |= _towns(folder, data.pop("towns"))
        if "lines" in data:
            with inside("lines"):
                raw |= _lines(folder, data.pop("lines"))
        if data:
            raw |= schematic(_with_decimals(data))
    return Roads((*_outlined(folder, outlines), *drawn_up), raw, marked)


def _outlined(folder: Path, outlines: Outlines) -> tuple[Placed, ...]:
    path = folder / AREAS_FILE
    if not path.exists():
        return ()
    text = read_text(path, _LIMIT)
    marked = Marked(None, {}, str(path))
    with marked.locating():
        areas = areas_from_geojson(
            text,
            id_property=outlines.id,
            name_property=outlines.name,
            also_properties=outlines.also,
            ground=outlines.ground,
        )
    return tuple(Placed(area, f"feature {area.id}", marked) for area in areas)


def _towns(folder: Path, written: Any) -> RawNetwork:
    fields = dict(written) if isinstance(written, dict) else written
    declared = fields.pop("areas", {}) if isinstance(fields, dict) else {}
    found = _tables(folder, decode(Towns, fields))
    known = {place.id for place in found.places} | {edge.id for edge in found.edges}
    if not isinstance(declared, dict) or not declared.keys() <= known:
        odd = sorted(declared.keys() - known) if isinstance(declared, dict) else declared
        raise WrongField(
            f"The tables have no town or road {odd}.",
            "Write {azaz: [north]}: a town is called as in its table, in small letters with "
            "hyphens, a road is its two towns joined by two hyphens.",
        ).located(field="areas")
    with inside("areas"):
        places = (_with_areas(place, declared, along=False) for place in found.places)
        edges = (_with_areas(edge, declared, along=True) for edge in found.edges)
        return RawNetwork(tuple(places), tuple(edges), found.label)


def _tables(folder: Path, towns: Towns) -> RawNetwork:
    locations = _text(folder, "locations", towns.locations)
    routes = _text(folder, "routes", towns.routes)
    # The towns alone first, so that it is known which of the two tables an error is in.
    with Marked(None, {}, str(folder / towns.locations)).locating():
        town_graph(locations, "#name1,name2,distance")
    try:
        return town_graph(locations, routes, towns.wanted or None)
    except SafeconductError as error:
        if error.line is None:  # about no row of a table: the list of those wanted
            raise error.located(field="wanted") from None
        raise error.located(file=str(folder / towns.routes)) from None


def _with_areas(one: T, declared: dict[str, Any], *, along: bool) -> T:
    """The town or road with the areas that are declared for it, read as in a drawing."""
    if one.id not in declared:
        return one
    areas = {"areas": _with_decimals(declared[one.id])}
    drawing: dict[str, Any] = {"places": {"a": areas}, "edges": {}}
    if along:
        edge = {"between": ["a", "a"], "km": 1} | areas
        drawing = {"places": {"a": {}}, "edges": {"e": edge}}
    try:
        drawn = schematic(drawing)
    except SafeconductError as error:
        error.field = joined(one.id, re.sub(r"^\w+\.\w+\.areas", "", error.field or ""))
        raise
    return replace(one, areas=(drawn.edges[0] if along else drawn.places[0]).areas)


def _lines(folder: Path, written: Any) -> RawNetwork:
    text = _text(folder, "", written)
    with Marked(None, {}, str(folder / written)).locating():
        return lines_from_geojson(text)


def _with_decimals(written: Any, *, numeric: bool = False) -> Any:
    """The drawing with the decimals of lengths and positions, which YAML here leaves as text."""
    if isinstance(written, dict):
        return {
            key: _with_decimals(value, numeric=key in _DECIMAL_KEYS)
            for key, value in written.items()
        }
    if isinstance(written, list):
        return [_with_decimals(value, numeric=numeric) for value in written]
    if numeric and isinstance(written, str) and _DECIMAL.fullmatch(written):
        return Decimal(written)
    return written


def _text(folder: Path, key: str, name: Any) -> str:
    """The text of a file of this folder; a path that leads out of it is refused."""
    path = Path(name) if isinstance(name, str) else Path()
    if not isinstance(name, str) or path.is_absolute() or ".." in path.parts:
        raise WrongField(
            f"Found {name!r} where a file of the case folder is expected.",
            "Put the file into the folder and give its name.",
        ).located(field=key or None)
    return read_text(folder / path, _LIMIT)
