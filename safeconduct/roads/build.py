"""A network from areas and what sources say of places and roads.

The only step at which geometry is used, and only where there are outlines or lines to measure: a
network that is declared throughout is built without it. What was dropped, left open or is only
schematic is kept in the notes of the network.
"""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from safeconduct.errors import RouteRefused, UnknownReference
from safeconduct.roads.composites import slivers
from safeconduct.roads.cutting import Cut, cut
from safeconduct.roads.ground import Ground
from safeconduct.roads.lines import Line, distance_dm, measured
from safeconduct.roads.network import Network
from safeconduct.roads.pieces import Edge, Place
from safeconduct.roads.pin import input_digest
from safeconduct.roads.raw import RawEdge, RawNetwork, RawPlace
from safeconduct.spacetime import Area, Point

__all__ = ["build"]

#: A line must start and end this near to its places: 900e-7 degrees, about 10 m. Road that is
#: missing between the two would be in no piece, and so nobody would ask who guards it.
_JOINED_E7 = 900


def build(areas: Sequence[Area], roads: RawNetwork, *, id: str = "roads") -> Network:
    """The network of these roads, cut by these areas; the order of either makes no difference.

    Parameters
    ----------
    areas : all areas that statements may name, with or without outline.
    roads : of one source, or of several put together with `|`.

    Raises
    ------
    WrongField : an id is used twice; a declaration reaches beyond its edge.
    UnknownReference : an edge ends at a place, or a declaration or composite names an area, that
        is not there.
    RouteRefused : an edge's length cannot be known, or its line does not end at its places.
    AreaRefused : an outline without a clear inside, or an area that contains itself.

    >>> from safeconduct.roads.raw import RawEdge, RawPlace
    >>> roads = RawNetwork((RawPlace("A"), RawPlace("B")), (RawEdge("e", "A", "B", length_dm=9),))
    >>> build((), roads).notes
    ('schematic: 1 of 1 edges, drawn or declared by a person rather than surveyed',)
    """
    ground = Ground.of(areas)
    ends = {place.id: place for place in roads.places}
    drawn = sorted(roads.edges, key=lambda edge: edge.id)
    _check_joints(drawn, ends)
    lines = measured(
        {raw.id: raw.line for raw in drawn if raw.line},
        {raw.id: raw.length_dm for raw in drawn if raw.length_dm is not None},
    )
    cuts = cut(tuple(lines.values()), ground.shapes)
    places = tuple(ground.place(raw) for raw in roads.places)
    by_id = {place.id: place for place in places}
    edges: list[Edge] = []
    notes = list(_schematic(drawn))
    for raw in drawn:
        edge = ground.edge(raw, _length_dm(raw, ends, lines), cuts.get(raw.id, Cut()))
        edges.append(edge)
        notes += _length_notes(raw, lines.get(raw.id), edge.length_dm)
        notes += cuts.get(raw.id, Cut()).notes
        notes += slivers(edge, ground.areas, ground.members)
        notes += _undeclared(edge, by_id, ground.shapes)
    return Network(
        id,
        places,
        tuple(edges),
        areas=frozenset(ground.areas),
        overlaps=ground.overlaps(edges, places),
        notes=tuple(notes),
        source_sha256=input_digest(areas, roads, id=id),
        label=roads.label,
    )


def _check_joints(edges: Iterable[RawEdge], places: Mapping[str, RawPlace]) -> None:
    """Refuses edges that end at no known place, and lines that end away from theirs.

    A place without a position of its own is where the first line that ends there says.
    """
    found = {place.id: place.at for place in places.values()}
    for raw in edges:
        for end, corner in ((raw.a, raw.line[:1]), (raw.b, raw.line[-1:])):
            if end not in found:
                close = difflib.get_close_matches(end, sorted(found), n=3)
                raise UnknownReference(
                    f"Edge {raw.id} ends at the place {end!r}, which is not defined.",
                    f"Did you mean {' or '.join(close)}?" if close else "Define the place.",
                    id=end,
                    edge=raw.id,
                )
            for drawn in corner:
                found[end] = at = found[end] or drawn
                _check_joint(raw, end, at, drawn)


def _check_joint(raw: RawEdge, end: str, at: Point, drawn: Point) -> None:
    if max(abs(at.lon_e7 - drawn.lon_e7), abs(at.lat_e7 - drawn.lat_e7)) > _JOINED_E7:
        raise RouteRefused(
            f"The line of edge {raw.id} ends {distance_dm(at, drawn) // 10} m from its place "
            f"{end}: at {drawn}, against {at} (longitude, latitude).",
            "Draw the line up to the place, turn it round, or correct the place.",
            edge=raw.id,
            place=end,
        )


def _length_dm(raw: RawEdge, places: Mapping[str, RawPlace], lines: Mapping[str, Line]) -> int:
    if raw.id in lines:
        return lines[raw.id].length_dm
    if raw.length_dm is not None:
        return raw.length_dm
    start, end = places[raw.a].at, places[raw.b].at
    if start is None or end is None:
        raise RouteRefused(
            f"Edge {raw.id} has neither a length nor a line, and {raw.a} and {raw.b} are not both "
            "on the map.",
            "Give its length, or a line, or the position of both places.",
            edge=raw.id,
        )
    return max(1, distance_dm(start, end))


def _schematic(edges: Sequence[RawEdge]) -> Iterator[str]:
    count = sum(edge.schematic or not edge.line for edge in edges)
    if count:
        yield (
            f"schematic: {count} of {len(edges)} edges, drawn or declared by a person rather than "
            "surveyed"
        )


def _length_notes(raw: RawEdge, line: Line | None, length_dm: int) -> Iterator[str]:
    if line is None and raw.length_dm is None:
        yield f"length of edge {raw.id}: straight from {raw.a} to {raw.b}, so the road is longer"
    if line is not None and raw.length_dm is not None:
        drawn_dm = line.reached_um[-1] // 100_000
        # A tenth is what a coarse drawing of a winding road loses.
        if 10 * abs(drawn_dm - length_dm) > length_dm:
            yield (
                f"length of edge {raw.id}: stated as {length_dm // 10} m, drawn as "
                f"{drawn_dm // 10} m; the stated one is used and the line stretched to it"
            )


def _undeclared(edge: Edge, places: Mapping[str, Place], outlined: Container[str]) -> Iterator[str]:
    """A sentence for each outline that holds an end of an edge without a line, which is silent."""
    if edge.line:
        return
    declared = {stretch.area for stretch in edge.touched}
    for end in dict.fromkeys((edge.a, edge.b)):
        for area in sorted(places[end].within - declared):
            if area in outlined:
                yield f"edge {edge.id} has no line and does not declare {area}, which holds {end}"
