"""Outlines and lines from GeoJSON (RFC 7946); errors name the feature.

Coordinates are read from their digits and rounded to 1e-7 degrees, about a centimetre. Lines are
straight in longitude and latitude between their points, as RFC 7946 section 3.1.1 has it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, NoReturn

from safeconduct.errors import DuplicateKey, UnreadableFile, WrongField
from safeconduct.roads.raw import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.sources.names import free_id, slug
from safeconduct.roads.sources.numbers import point
from safeconduct.roads.sources.where import at
from safeconduct.spacetime import Area, AreaKind, Point

__all__ = ["Feature", "areas_from_geojson", "features", "lines_from_geojson"]


def areas_from_geojson(
    text: str | bytes,
    *,
    id_property: str = "id",
    name_property: str = "name",
    also_properties: Sequence[str] = (),
    ground: str = "",
) -> tuple[Area, ...]:
    """One area for each Polygon or MultiPolygon feature, in the order of the file.

    A feature without the id property takes the slug of its name as its id, and a second one of
    that name `-2` behind it: two districts may have one name, but never one id.

    Parameters
    ----------
    id_property, name_property : which properties hold the id and the name; the name is required.
    also_properties : which hold further names; those that are empty are left out.
    ground : what the outlines rest on, for every area.

    Raises
    ------
    UnreadableFile : not a GeoJSON feature collection.
    DuplicateKey : a JSON object has one key twice.
    WrongField : a feature of another type, without a name, with an id taken before, or with a
        coordinate that is none; located at the feature.
    AreaRefused : a ring that is open or has too few points.
    """
    areas: dict[str, Area] = {}
    for feature in features(text):
        name = feature.text(name_property)
        if not name:
            feature.refuse(
                f"has no property {name_property!r} to take its name from",
                "Give every area a name, or say which property holds it.",
            )
        id = feature.text(id_property) or free_id(slug(name) or "area", areas)
        if id in areas:
            feature.refuse(f"has the id {id!r} of an earlier one", "Give it an id of its own.")
        also = tuple(filter(None, map(feature.text, also_properties)))
        areas[id] = feature.area(id, name, also, ground)
    return tuple(areas.values())


def lines_from_geojson(text: str | bytes) -> RawNetwork:
    """One road for each LineString or MultiLineString feature, and the places that they join.

    Properties: `id`; `a` and `b`, the places it starts and ends at; `name`. Without `a` or `b` the
    place takes its id from the coordinates, so roads that end at one point join there. The parts
    of a MultiLineString must follow one another.

    Raises
    ------
    UnreadableFile : not a GeoJSON feature collection.
    DuplicateKey : a JSON object has one key twice.
    WrongField : a feature of another type, without an id, with an id taken before, with parts that
        do not join, or with a coordinate that is none; located at the feature.
    """
    places: dict[str, RawPlace] = {}
    edges: dict[str, RawEdge] = {}
    for feature in features(text):
        id, line = feature.text("id"), feature.line()
        if not id or id in edges:
            feature.refuse(
                f"has the id {id!r} of an earlier one" if id else "has no property 'id'",
                "Give every road an id of its own.",
            )
        a, b = (
            feature.text(key) or f"at-{end.lon_e7}-{end.lat_e7}"
            for key, end in (("a", line[0]), ("b", line[-1]))
        )
        places.setdefault(a, RawPlace(a, at=line[0]))
        places.setdefault(b, RawPlace(b, at=line[-1]))
        with at(field=feature.where):
            edges[id] = RawEdge(id, a, b, name=feature.text("name"), line=line)
    return RawNetwork(tuple(places.values()), tuple(edges.values()))


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a collection, with where it stands."""

    where: str
    properties: dict[str, Any]
    geometry: dict[str, Any]
    id: str = ""

    def text(self, key: str) -> str:
        """The property as text in composed form; empty when it is missing or null."""
        value = self.properties.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.refuse(f"has {value!r} as its {key!r}", "Give it as text.")
        return unicodedata.normalize("NFC", str(value)).strip()

    def refuse(self, found: str, remedy: str) -> NoReturn:
        raise WrongField(f"The feature {found}.", remedy).located(field=self.where)

    def line(self) -> tuple[Point, ...]:
        """The course of a line feature as one line."""
        parts = self.lines()
        for before, after in pairwise(parts):
            if before[-1] != after[0]:
                self.refuse(
                    f"has parts that do not join: one ends at {before[-1]}, the next starts at "
                    f"{after[0]} (longitude, latitude)",
                    "Make each part a feature of its own, or close the gap.",
                )
        return tuple(corner for part in parts for corner in part)

    def lines(self) -> list[tuple[Point, ...]]:
        """The lines of a line feature, each with a point at least."""
        parts = [self._points(part) for part in self._parts("LineString")]
        if not all(parts):
            self.refuse("has a line without any point", "Remove it, or give it some.")
        return parts

    def area(self, id: str, name: str, also: tuple[str, ...], ground: str) -> Area:
        """The outline of a polygon feature as an area."""
        polygons = tuple(
            tuple(self._points(ring) for ring in self._list(polygon))
            for polygon in self._parts("Polygon")
        )
        with at(field=self.where):
            return Area(id, name, AreaKind.POLYGON, polygons, also=also, ground=ground)

    def _parts(self, simple: str) -> list[Any]:
        kind = self.geometry.get("type")
        coordinates = self._list(self.geometry.get("coordinates"))
        if kind not in (simple, f"Multi{simple}"):
            self.refuse(
                f"is a {kind}, where a {simple} or Multi{simple} is expected",
                "Remove it, or read it as what it is.",
            )
        if not coordinates:
            self.refuse("has no coordinates", "Remove it, or give it some.")
        return [coordinates] if kind == simple else coordinates

    def _points(self, value: object) -> tuple[Point, ...]:
        return tuple(point(pair, self.where) for pair in self._list(value))

    def _list(self, value: object) -> list[Any]:
        if not isinstance(value, list):
            self.refuse(f"has {value!r} among its coordinates", "Give lists of positions.")
        return value


def features(text: str | bytes) -> Iterator[Feature]:
    """The features of a collection, in the order of the file.

    Raises
    ------
    UnreadableFile : not a GeoJSON feature collection.
    DuplicateKey : a JSON object has one key twice.
    WrongField : a feature without a geometry, or whose properties are no object.
    """
    document = _parsed(text)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise UnreadableFile(
            "The file holds no list of features.", "Give a GeoJSON FeatureCollection (RFC 7946)."
        )
    for number, feature in enumerate(features):
        where = f"features[{number}]"
        members = feature if isinstance(feature, dict) else {}
        properties, geometry = members.get("properties") or {}, members.get("geometry")
        if not isinstance(properties, dict) or not isinstance(geometry, dict):
            raise WrongField(
                "The feature has no geometry, or its properties are no object.",
                "Give every feature a geometry and an object of properties.",
            ).located(field=where)
        label = next((f" ({properties[k]})" for k in ("id", "name") if k in properties), "")
        given = members.get("id")
        id = str(given) if isinstance(given, str | int) and given != "" else ""
        yield Feature(where + label, properties, geometry, id)


def _parsed(text: str | bytes) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"This is not JSON: {error}.", "Give a GeoJSON file.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise DuplicateKey(
            f"The key {twice!r} stands twice in one object, so one of its values would be lost.",
            "Remove one of the two.",
            key=twice,
        )
    return found
