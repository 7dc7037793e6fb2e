"""Which checkpoints and crossings nobody has looked for on adopted roads: section 2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from pyproj import Geod

from safeconduct import vocabulary as v
from safeconduct.roads.network import Edge, Network
from safeconduct.spacetime import Point

FAR_M = 2_000
STEP_M = 50
_EARTH = Geod(ellps="WGS84")


def never_looked_for(judge: Any) -> Iterator[str]:
    """Each post that may be on an adopted road of the movement, and is not joined to it."""
    known, network, movement = judge.known, judge.network, judge.movement
    driven = [network.edge(step.edge) for leg in movement.legs for step in leg.route]
    yield from _on_nobodys_record(judge, driven)
    roads, passed = {edge.id for edge in driven}, {e for edge in driven for e in (edge.a, edge.b)}
    for post in (*known[v.Checkpoint], *known[v.Crossing]):
        for record in known[v.AdoptedRoads]:
            for road in record.roads:
                if road.id in roads and _doubted(known, network, post.place, road, passed):
                    yield f"{post.id} may be on {road.id}, where nobody looked for it"


def _on_nobodys_record(judge: Any, driven: list[Edge]) -> Iterator[str]:
    """The posts that may be on roads which a record brought that is not known here."""
    known, network = judge.known, judge.network
    told = [note for note in network.notes if note.startswith("adopted: ")]
    if judge.hearing.replay or all(_is_of_some(note, known[v.AdoptedRoads]) for note in told):
        return
    held = {road.id for record in known[v.AdoptedRoads] for road in record.roads}
    passed = {end for edge in driven for end in (edge.a, edge.b)}
    for post in (*known[v.Checkpoint], *known[v.Crossing]):
        at = network.place(post.place).at if network.has_place(post.place) else None
        for edge in driven:
            near = at is None or len(edge.line) < 2 or _metres(edge.line, at) <= FAR_M
            if edge.id not in held and post.place not in passed and near:
                yield f"{post.id} may be on {edge.id}, and what was looked for on it is not known"


def _is_of_some(note: str, records: Iterable[v.AdoptedRoads]) -> bool:
    """Whether a network tells by this note of one of these records; an older note names none."""
    if ", by the record " in note:
        return any(note.endswith(f", by the record {one.id}") for one in records)
    return any(note.startswith(f"adopted: {len(r.roads)} roads of {r.graph}, ") for r in records)


def _doubted(
    known: Any, network: Network, place: str, road: v.AdoptedRoad, passed: set[str]
) -> bool:
    holders = [one for one in known[v.AdoptedRoads] if road.id in {r.id for r in one.roads}]
    imports = {one.graph_sha256 for one in holders}
    at = network.place(place).at if network.has_place(place) else None
    taken: set[str] = set()
    for record in known[v.AdoptedRoads]:
        if record.graph_sha256 in imports:
            taken |= _taken(record, place, at)
    if taken & {road.a, road.b}:
        edge = network.edge(road.id)
        return place not in (edge.a, edge.b)
    if taken or place in passed:
        return False
    return at is None or len(road.line) < 2 or _metres(road.line, at) <= FAR_M


def _taken(record: v.AdoptedRoads, place: str, at: Point | None) -> set[str]:
    """The junctions a place is taken to be by one record."""
    found = {one.id for one in record.junctions if one.id == place}
    for joint in record.joints:
        if joint.place == place:
            (there,) = {one.near for one in record.junctions if one.id == joint.junction}
            if at is None or _metres((there,), at) <= joint.distance_m:
                found.add(joint.junction)
    return found | {one.junction for one in record.apart if (one.place, one.near) == (place, at)}


def _metres(line: tuple[Point, ...], at: Point) -> float:
    """From the line to the point, tried every 50 m and at every corner: never too little."""
    tried = list(line)
    for one, other in pairwise(line):
        *_, length_m = _EARTH.inv(*_degrees(one), *_degrees(other))
        parts = int(length_m / STEP_M) + 1
        for part in range(1, parts):
            lon, lat = (
                start + (end - start) * part // parts
                for start, end in ((one.lon_e7, other.lon_e7), (one.lat_e7, other.lat_e7))
            )
            tried.append(Point(lon, lat))
    return min(_EARTH.inv(*_degrees(one), *_degrees(at))[2] for one in tried)


def _degrees(point: Point) -> tuple[float, float]:
    return point.lon_e7 / 1e7, point.lat_e7 / 1e7
