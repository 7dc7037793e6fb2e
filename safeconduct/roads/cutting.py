"""From lines and shapes to stretches in whole decimetres; done once, while a network is built.

Crossings are found exactly, as fractions of whole coordinates: two areas that share a border
are entered and left at the very same number. A line is touched by an area where it runs in it or
along its border for any length at all, and within it only where it runs inside. Errors of rounding
stay under one decimetre.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from safeconduct.roads.lines import Line, Spot
from safeconduct.roads.pieces import Stretch

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Cut", "cut", "cut_near"]

_Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """Where areas with an outline touch and hold one line, and which contacts were dropped."""

    touched: tuple[Stretch, ...] = ()
    within: tuple[Stretch, ...] = ()
    notes: tuple[str, ...] = ()


class _Where(Enum):
    OUTSIDE = 0
    BORDER = 1
    INSIDE = 2


class _Run(NamedTuple):
    """A part of a line between two crossings of one border, without any in between."""

    start: Spot
    end: Spot
    where: _Where


@dataclass(slots=True)
class _Meeting:
    """Where one line and the border of one area meet."""

    spots: set[Spot] = field(default_factory=set)
    alongside: list[tuple[Spot, Spot]] = field(default_factory=list)


def cut(lines: Sequence[Line], shapes: Mapping[str, BaseGeometry]) -> dict[str, Cut]:
    """The stretches of every line that the shapes touch and hold, by the id of the line.

    A contact in a single point is dropped and noted. A touched part that is too short for the
    decimetre is kept as one whole decimetre; an outside part too short for it is not seen.
    """
    return cut_near(lines, shapes, _near(lines, list(shapes.values())))


def cut_near(
    lines: Sequence[Line], shapes: Mapping[str, BaseGeometry], near: Mapping[int, Sequence[int]]
) -> dict[str, Cut]:
    """The same, from what each line is near, by its number: the numbers of shapes, rising.

    A shape that holds all of a line and does not meet it with its border may be left out, and
    then only its own stretches are missing: it cuts nothing.
    """
    concerned = {shape for found in near.values() for shape in found}
    if not concerned:
        return {line.id: Cut() for line in lines}
    meetings = _meetings(lines, list(shapes.values()), concerned)
    runs = _runs(lines, list(shapes.values()), near, meetings)
    ids = list(shapes)
    out: dict[str, Cut] = {}
    for number, line in enumerate(lines):
        met = {ids[shape]: meetings[number, shape].spots for shape in near[number]}
        beside = {ids[shape]: runs[number, shape] for shape in near[number]}
        out[line.id] = _cut_one(line, beside, met)
    return out


def _near(lines: Sequence[Line], shapes: list[BaseGeometry]) -> dict[int, list[int]]:
    """Which shapes each line meets at all; by the numbers of both, in order."""
    found: dict[int, list[int]] = {number: [] for number in range(len(lines))}
    if not lines or not shapes:
        return found
    import shapely  # 0.2 s; needed only while a network is built

    corners = [at for line in lines for at in line.corners]
    owner = [number for number, line in enumerate(lines) for _ in line.corners]
    drawn = shapely.linestrings(corners, indices=owner)
    pairs = shapely.STRtree(shapes).query(drawn, predicate="intersects").tolist()
    for line, shape in sorted(zip(*pairs, strict=True)):
        found[line].append(shape)
    return found


def _meetings(
    lines: Sequence[Line], shapes: list[BaseGeometry], concerned: Collection[int]
) -> defaultdict[tuple[int, int], _Meeting]:
    """Every meeting of a line and a border of these shapes, by the numbers of line and shape."""
    import shapely  # 0.2 s; needed only while a network is built

    borders = [(n, side) for n in sorted(concerned) for side in _sides(shapes[n])]
    segments = [
        (n, part, side)
        for n, line in enumerate(lines)
        for part, side in enumerate(pairwise(line.corners))
    ]
    tree = shapely.STRtree(shapely.linestrings([side for _, side in borders]))
    drawn = shapely.linestrings([side for _, _, side in segments])
    found: defaultdict[tuple[int, int], _Meeting] = defaultdict(_Meeting)
    pairs = tree.query(drawn, predicate="intersects").tolist()
    for segment, border in zip(*pairs, strict=True):
        line, part, side = segments[segment]
        shape, other = borders[border]
        _meet(found[line, shape], part, side, other)
    return found


def _sides(shape: BaseGeometry) -> Iterator[tuple[_Corner, _Corner]]:
    """The sides of all rings of a shape, without those that have no length."""
    import shapely  # 0.2 s; needed only while a network is built

    for ring in shapely.get_rings(shapely.get_parts(shape)):
        corners = [(int(x), int(y)) for x, y in shapely.get_coordinates(ring).tolist()]
        yield from (side for side in pairwise(corners) if side[0] != side[1])


def _meet(
    meeting: _Meeting, part: int, side: tuple[_Corner, _Corner], border: tuple[_Corner, _Corner]
) -> None:
    """Adds where one segment of the line meets one side of the border, in exact fractions."""
    (x, y), (to_x, to_y) = side
    (u, v), (to_u, to_v) = border
    road, wall, apart = (to_x - x, to_y - y), (to_u - u, to_v - v), (u - x, v - y)
    turn = _cross(road, wall)
    if turn:
        # On the line through the segment, where it meets the line through the border.
        along = _cross(apart, wall)
        if turn < 0:
            along, turn = -along, -turn
        if 0 <= along <= turn:
            meeting.spots.add(Spot.at(part, along, turn))
        return
    # Parallel, and they meet: the border's two corners, as far as they lie on the segment.
    square = _dot(road, road)
    reach = sorted(_dot((at[0] - x, at[1] - y), road) for at in border)
    start, end = (Spot.at(part, min(max(along, 0), square), square) for along in reach)
    meeting.spots |= {start, end}
    if start < end:
        meeting.alongside.append((start, end))


def _cross(one: _Corner, other: _Corner) -> int:
    return one[0] * other[1] - one[1] * other[0]


def _dot(one: _Corner, other: _Corner) -> int:
    return one[0] * other[0] + one[1] * other[1]


def _runs(
    lines: Sequence[Line],
    shapes: list[BaseGeometry],
    near: Mapping[int, Sequence[int]],
    meetings: Mapping[tuple[int, int], _Meeting],
) -> dict[tuple[int, int], list[_Run]]:
    """The runs of each line beside each shape near it, from the line's start to its end."""
    import shapely  # 0.2 s; needed only while a network is built

    stops: list[tuple[int, int, Spot, Spot]] = []
    middles: list[tuple[float, float]] = []
    for number, line in enumerate(lines):
        ends = {Spot.at(0), Spot.at(len(line.lengths_um))}
        for shape in near[number]:
            met = meetings.get((number, shape), _NOT_MET)
            for start, end in pairwise(sorted(ends | met.spots)):
                stops.append((number, shape, start, end))
                middles.append(_middle(line, start, end))
    if not stops:
        return {}
    shapely.prepare(shapes)
    # A run meets no border on its way, so one point of it tells for all of it.
    inside = shapely.contains_xy([shapes[shape] for _, shape, _, _ in stops], middles)
    out: dict[tuple[int, int], list[_Run]] = defaultdict(list)
    for (number, shape, start, end), is_inside in zip(stops, inside.tolist(), strict=True):
        met = meetings.get((number, shape), _NOT_MET)
        out[number, shape].append(_Run(start, end, _where(met, start, end, is_inside)))
    return out


_NOT_MET = _Meeting()


def _where(met: _Meeting, start: Spot, end: Spot, is_inside: bool) -> _Where:
    if any(first <= start and end <= last for first, last in met.alongside):
        return _Where.BORDER
    return _Where.INSIDE if is_inside else _Where.OUTSIDE


def _middle(line: Line, start: Spot, end: Spot) -> tuple[float, float]:
    """A point well inside a run: the middle of its part on the segment that it starts on."""
    (x, y), (to_x, to_y) = line.corners[start.segment : start.segment + 2]
    part, whole = (end.part, end.whole) if end.segment == start.segment else (1, 1)
    part, whole = start.part * whole + part * start.whole, 2 * start.whole * whole
    # Whole numbers divided once, so that the point is the same on every machine.
    return (x * whole + part * (to_x - x)) / whole, (y * whole + part * (to_y - y)) / whole


def _cut_one(line: Line, beside: Mapping[str, list[_Run]], met: Mapping[str, set[Spot]]) -> Cut:
    """The cut of one line, from its runs beside every area and where it meets their borders."""
    at_dm = line.snapped(spot for runs in beside.values() for run in runs for spot in run[:2])
    touched: list[Stretch] = []
    within: list[Stretch] = []
    notes: list[str] = []
    for area, runs in beside.items():
        contacts = set(met[area])
        for start, end, where in runs:
            if where is _Where.OUTSIDE:
                continue
            contacts -= {start, end}
            first, last = at_dm[start], at_dm[end]
            if first == last:  # too short for the decimetre: all of the one that it lies in
                first = line.decimetre_of(start)
                last = first + 1
            elif where is _Where.INSIDE:
                within.append(Stretch(area, first, last))
            touched.append(Stretch(area, first, last))
        notes += (_dropped(line.id, area, at_dm[spot]) for spot in sorted(contacts))
    return Cut(tuple(touched), tuple(within), tuple(notes))


def _dropped(edge: str, area: str, at_dm: int) -> str:
    metres = f"{at_dm // 10}.{at_dm % 10}"
    return f"dropped: edge {edge} touches area {area} at a point, {metres} m from its start"
