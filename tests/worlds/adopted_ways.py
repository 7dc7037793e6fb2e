"""Made-up worlds whose way goes over adopted roads, with a post that is recorded afterwards.

The way runs east along the equator, a ten-thousandth of a degree for each 11 m of it, so that its
lines are as long as its edges. A post lies anywhere around it, or nobody knows where.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from pyproj import Geod

from safeconduct.roads.network import Edge, Network, Place
from safeconduct.spacetime import Point
from safeconduct.vocabulary import (
    AdoptedRoad,
    AdoptedRoads,
    Apart,
    Checkpoint,
    Crossing,
    Joint,
    Junction,
    Movement,
    Record,
)
from tests.worlds.world import World, add

NEAR_M = 2_000
E7_PER_DM = 9
POST = "post-place"
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class AdoptedWay:
    """A world that goes over adopted roads, and what becomes of a post at a place of its ground.

    Parameters
    ----------
    world : without the post; its place is drawn, and nobody has looked for it on the roads.
    roads : the record of adopted roads in that world.
    post : a checkpoint or crossing at the place.
    """

    world: World
    roads: AdoptedRoads
    post: Record

    def with_post(self) -> World:
        """The post is recorded after the roads were adopted."""
        return add(self.world, self.post, 0)

    def adopted_again(self) -> World | None:
        """The post is recorded, and the roads are adopted by somebody who knows of it.

        Its place is joined at the nearest junction, if one is near enough. None where that is
        another place already: such an adoption is refused.
        """
        network, at = self.world.network, self.world.network.place(POST).at
        assert at is not None
        nearest = min(self.roads.junctions, key=lambda one: (metres(one.near, at), one.id))
        far = metres(nearest.near, at)
        if far > NEAR_M:
            apart = (*self.roads.apart, Apart(place=POST, near=at))
            return self._again(network, replace(self.roads, apart=apart))
        if nearest.id in {joint.junction for joint in self.roads.joints}:
            return None
        joint = Joint(place=POST, junction=nearest.id, distance_m=int(far) + 1)
        roads = replace(self.roads, joints=(*self.roads.joints, joint))
        return self._again(_joined(network, nearest.id), roads)

    def _again(self, network: Network, roads: AdoptedRoads) -> World:
        records = tuple((roads if one is self.roads else one, at)
                        for one, at in self.with_post().records)  # fmt: skip
        return replace(self.with_post(), records=records, network=network)


def adopted_way(world: World, pick: int, *, placed: bool = True) -> AdoptedWay:
    """The world over adopted roads, with a post somewhere that a number picks.

    Parameters
    ----------
    placed : whether the place of the post has a position.
    """
    rng = Random(f"adopted {world.seed} {pick}")
    network, along = _drawn(world.network)
    end = max(along.values())
    lon = rng.randrange(-300_000, end + 300_000)
    lat = round(rng.choice((-1, 1)) * rng.random() ** 2 * 400_000)
    at = Point(lon, lat) if placed else None
    network = replace(network, places=(*network.places, Place(POST, at=at)))
    roads = _roads(network, _used(world), rng)
    kind = rng.choice((Checkpoint, Crossing))
    post: Record = (
        Checkpoint(id="late-post", place=POST, party="front", hold_max_s=60)
        if kind is Checkpoint
        else Crossing(id="late-ford", name="Ford", place=POST, sides=("army", "front"))
    )
    return AdoptedWay(add(replace(world, network=network), roads, 0), roads, post)


def metres(one: Point, other: Point) -> float:
    """The geodesic between two points."""
    ends = (one.lon_e7 / 1e7, one.lat_e7 / 1e7, other.lon_e7 / 1e7, other.lat_e7 / 1e7)
    length_m: float = _EARTH.inv(*ends)[2]
    return length_m


def _drawn(network: Network) -> tuple[Network, dict[str, int]]:
    """The network with positions and lines, and how far east each place is."""
    along, now = {"p0": 0}, 0
    for number in range(len(network.edges)):
        now += network.edge(f"e{number}").length_dm * E7_PER_DM
        along[f"p{number + 1}"] = now
    places = tuple(replace(one, at=Point(along[one.id], 0)) for one in network.places)
    edges = tuple(_lined(edge, along) for edge in network.edges)
    return replace(network, places=places, edges=edges), along


def _lined(edge: Edge, along: dict[str, int]) -> Edge:
    return replace(edge, line=(Point(along[edge.a], 0), Point(along[edge.b], 0)))


def _used(world: World) -> frozenset[str]:
    """The places that a record names."""
    named = {one.place for one, _ in world.records if hasattr(one, "place")}
    legs = [leg for plan in world.all(Movement) for leg in plan.legs]
    return frozenset({*named, *(halt.place for leg in legs for halt in leg.halts)})


def _roads(network: Network, used: frozenset[str], rng: Random) -> AdoptedRoads:
    """All roads, adopted: places that a record names are joined, the others are junctions."""
    at = {one.id: one.at for one in network.places}
    ends = {end for edge in network.edges for end in (edge.a, edge.b)}
    name = {end: f"j-{end}" if end in used else end for end in ends}
    return AdoptedRoads(
        id="taken",
        graph="made-up",
        graph_sha256=f"{rng.randrange(16**8):064x}",
        junctions=tuple(Junction(name[end], at[end] or Point(0, 0)) for end in sorted(ends)),
        roads=tuple(
            AdoptedRoad(
                id=edge.id,
                a=name[edge.a],
                b=name[edge.b],
                length_dm=edge.length_dm,
                line=edge.line,
            )
            for edge in network.edges
        ),
        joints=tuple(
            Joint(place=end, junction=name[end], distance_m=0) for end in sorted(ends & used)
        ),
    )


def _joined(network: Network, junction: str) -> Network:
    """The network in which the place of the post stands in the place of a junction."""
    there = network.place(junction)
    places = tuple(
        replace(there, id=POST, at=one.at) if one.id == POST else one
        for one in network.places
        if one.id != junction
    )
    edges = tuple(
        replace(
            edge,
            a=POST if edge.a == junction else edge.a,
            b=POST if edge.b == junction else edge.b,
        )
        for edge in network.edges
    )
    return replace(network, places=places, edges=edges)
