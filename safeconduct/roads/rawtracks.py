"""Lines and tables of roads as ways over points: where do they join, what is not fit to be used?"""

from __future__ import annotations

from itertools import groupby

from safeconduct.errors import RouteRefused, UnknownReference
from safeconduct.roads.raw import RawNetwork
from safeconduct.roads.tracks import Tracks, Way, tracks_of
from safeconduct.spacetime import Point

__all__ = ["tracks_of_raw"]

#: As in a build: a line ends this near to its places, 900e-7 degrees or about 10 m, or is refused.
_JOINED_E7 = 900


def tracks_of_raw(raw: RawNetwork) -> Tracks:
    """These roads as ways that may be driven both ways; they join at shared coordinates.

    A line that is drawn twice, in either direction, is taken once, and a road from a place to
    itself without a line not at all; notes count both, and the places without any road.

    Raises
    ------
    RouteRefused : a place has no position; a line does not end at its places.
    UnknownReference : a road ends at a place that is not there.
    """
    points = _Points(raw)
    lines: dict[tuple[int, ...], str] = {}
    ways: list[Way] = []
    twice = empty = 0
    for edge in sorted(raw.edges, key=lambda edge: edge.id):
        line = points.line_of(edge.id, edge.a, edge.b, edge.line)
        if len(line) < 2:
            empty += 1
            continue
        if edge.line:
            course = min(tuple(line), tuple(reversed(line)))
            if course in lines:
                twice += 1
                continue
            lines[course] = edge.id
        ways.append(
            Way(
                id=edge.id,
                points=tuple(line),
                course=bool(edge.line),
                length_dm=edge.length_dm or 0,
                name=edge.name,
            )
        )
    used = {point for way in ways for point in way.points}
    alone = sorted(place.id for place in raw.places if points.number.get(place.id) not in used)
    schematic = sum(edge.schematic or not edge.line for edge in raw.edges)
    notes = (
        (twice, f"{twice} roads drawn twice: the second of each is left out"),
        (empty, f"{empty} roads without any length: left out"),
        (len(alone), f"{len(alone)} places without a road: {_few(alone)}"),
        (schematic, f"schematic: {schematic} of {len(raw.edges)} roads, not surveyed"),
    )
    return tracks_of(ways, points.at, points.ids, tuple(text for count, text in notes if count))


def _few(ids: list[str]) -> str:
    return ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")


class _Points:
    """The numbers of places and coordinates; a place and a line's corner there are one point."""

    def __init__(self, raw: RawNetwork) -> None:
        self.at: list[Point] = []
        self.ids: list[str] = []
        self.number: dict[str, int] = {}
        self._corner: dict[Point, int] = {}
        found = {place.id: place.at for place in raw.places}
        for edge in raw.edges:
            for end, corner in ((edge.a, edge.line[:1]), (edge.b, edge.line[-1:])):
                if end in found and found[end] is None and corner:
                    found[end] = corner[0]
        for place, at in found.items():
            if at is not None:
                self.number[place] = self._new(place, at)
        self._unplaced = found.keys() - self.number.keys()

    def _new(self, id: str, at: Point) -> int:
        self.at.append(at)
        self.ids.append(id)
        self._corner.setdefault(at, len(self.at) - 1)
        return len(self.at) - 1

    def line_of(self, id: str, a: str, b: str, line: tuple[Point, ...]) -> list[int]:
        """The points of a road, without repeated ones; they begin and end at its places."""
        ends = [self._end(id, a, line[:1]), self._end(id, b, line[-1:])]
        inner = [self._at(corner) for corner in line]
        # A corner where its place lies is the place, also when another place lies there too.
        if inner and self.at[ends[0]] == line[0]:
            inner[0] = ends[0]
        if inner and self.at[ends[1]] == line[-1]:
            inner[-1] = ends[1]
        return [point for point, _ in groupby([ends[0], *inner, ends[1]])]

    def _at(self, corner: Point) -> int:
        if corner not in self._corner:
            self._new(f"at-{corner.lon_e7}-{corner.lat_e7}", corner)
        return self._corner[corner]

    def _end(self, road: str, place: str, corner: tuple[Point, ...]) -> int:
        if place in self._unplaced:
            raise RouteRefused(
                f"The place {place}, where road {road} ends, is nowhere on the map.",
                "Give its position, or give the road a line.",
                edge=road,
                place=place,
            )
        if place not in self.number:
            raise UnknownReference(
                f"Road {road} ends at the place {place!r}, which is not defined.",
                "Define the place.",
                id=place,
                edge=road,
            )
        at = self.at[self.number[place]]
        for drawn in corner:
            if max(abs(at.lon_e7 - drawn.lon_e7), abs(at.lat_e7 - drawn.lat_e7)) > _JOINED_E7:
                raise RouteRefused(
                    f"The line of road {road} ends at {drawn}, but its place {place} is at {at} "
                    "(longitude, latitude).",
                    "Draw the line up to the place, turn it round, or correct the place.",
                    edge=road,
                    place=place,
                )
        return self.number[place]
