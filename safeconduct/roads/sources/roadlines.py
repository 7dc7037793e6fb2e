"""Roads from a GeoJSON file that was not made for this program, with what it has to be forgiven.

Lines are told from other features, taken once each, and joined wherever they share a coordinate.
Properties are read as OpenStreetMap's tags where there is one named `highway`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby

from safeconduct.roads.sources.driving import driving
from safeconduct.roads.sources.geojson import Feature, features
from safeconduct.roads.sources.highways import fit, surface_of
from safeconduct.roads.sources.names import free_id
from safeconduct.roads.sources.posted import UNREADABLE, posted
from safeconduct.roads.tracks import Tracks, Way, tracks_of
from safeconduct.spacetime import Point

__all__ = ["road_lines"]


def road_lines(text: str | bytes) -> Tracks:
    """The roads among the features of a collection; notes count what was left out, and why.

    A road's id is its property `id`, else the `id` of its feature, else its place in the file
    (`f12`). Each part of a MultiLineString is a road of its own (`f12-2`).

    Raises
    ------
    UnreadableFile, DuplicateKey, WrongField : as `lines_from_geojson`; a coordinate that is none
        is not forgiven.
    """
    found = _Found()
    for number, feature in enumerate(features(text)):
        found.take(number, feature)
    return tracks_of(list(found.ways.values()), found.at, found.ids(), found.notes())


class _Found:
    """The roads found so far, and the points that they share."""

    def __init__(self) -> None:
        self.ways: dict[str, Way] = {}
        self.at: list[Point] = []
        self._number: dict[Point, int] = {}
        self._drawn: set[tuple[int, ...]] = set()
        self._left: Counter[str] = Counter()

    def take(self, number: int, feature: Feature) -> None:
        if feature.geometry.get("type") not in ("LineString", "MultiLineString"):
            self._left["features that are no line"] += 1
            return
        tags = {
            key: value
            for key, value in feature.properties.items()
            if isinstance(value, str) and value
        }
        way = self._way(feature.text("id") or feature.id or f"f{number}", tags)
        for line in feature.lines():
            points = tuple(point for point, _ in groupby(map(self._point, line)))
            if len(points) < 2:
                self._left["lines without any length"] += 1
                continue
            if points in self._drawn or points[::-1] in self._drawn:
                self._left["lines drawn a second time"] += 1
                continue
            self._drawn.add(points)
            if isinstance(way, str):
                self._left[way] += 1
            else:
                id = free_id(str(way["id"]), self.ways)
                self.ways[id] = Way(**{**way, "id": id, "points": points})  # type: ignore[arg-type]  # by name

    def _way(self, id: str, tags: Mapping[str, str]) -> dict[str, object] | str:
        """The fields of a way, or why it is left out."""
        if "highway" not in tags:
            return {"id": id, "name": tags.get("name", "")}
        unfit, how, limits = fit(tags), driving(tags), posted(tags)
        if unfit or UNREADABLE in limits:
            return unfit or "roads with a limit that cannot be read"
        if not (how.forward or how.backward):
            return how.doubt or "roads closed to trucks or the public"
        weight_kg, height_cm, width_cm = limits
        return {
            "id": id,
            "forward": how.forward,
            "backward": how.backward,
            "kind": tags["highway"],
            "surface": surface_of(tags),
            "weight_kg": weight_kg,
            "height_cm": height_cm,
            "width_cm": width_cm,
            "bridge": tags.get("bridge", "no") != "no",
            "name": tags.get("name") or tags.get("ref") or "",
        }

    def _point(self, at: Point) -> int:
        if at not in self._number:
            self._number[at] = len(self.at)
            self.at.append(at)
        return self._number[at]

    def ids(self) -> list[str]:
        return [f"at-{one.lon_e7}-{one.lat_e7}" for one in self.at]

    def notes(self) -> tuple[str, ...]:
        return tuple(f"left out: {count} {what}" for what, count in sorted(self._left.items()))
