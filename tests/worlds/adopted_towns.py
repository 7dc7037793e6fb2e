"""The two towns with a hill road that was adopted from an import, and a post recorded since."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.roads import Place
from safeconduct.roads.unjoined import adoption_note
from safeconduct.spacetime import Point
from safeconduct.vocabulary import AdoptedRoad, AdoptedRoads, Apart, Checkpoint, Joint, Junction
from tests.worlds.two_towns import Towns

BRIDGE, BIRCH = Point(0, 100_500_000), Point(0, 101_500_000)
YARD = Point(100_000, 101_000_000)
"""Half way up the hill road, 1.1 km east of it."""

HILL_ROAD = AdoptedRoads(
    id="hill-road-of-an-import",
    graph="invented-import",
    graph_sha256="5" * 64,
    junctions=(Junction("j-bridge", BRIDGE), Junction("j-birch", BIRCH)),
    roads=(
        AdoptedRoad(
            id="hill-road",
            a="j-bridge",
            b="j-birch",
            length_dm=90_000,
            line=(BRIDGE, BIRCH),
            name="Hill road",
        ),
    ),
    joints=(
        Joint(place="bridge", junction="j-bridge", distance_m=0),
        Joint(place="birch", junction="j-birch", distance_m=0),
    ),
)
LATE_POST = Checkpoint(id="yard-post", place="yard", party="north", hold_max_s=600)


def adopted(towns: Towns, *apart: Apart) -> Towns:
    """The towns over the adopted road, with a yard beside it that was looked for only if told."""
    places = (*towns.network.places, Place("yard", "Yard", YARD))
    network = replace(towns.network, places=places)
    return replace(towns, network=network).plus(replace(HILL_ROAD, apart=apart))


def with_late_post(towns: Towns, *apart: Apart) -> Towns:
    """The same with a checkpoint at the yard."""
    return adopted(towns, *apart).plus(LATE_POST)


def without_its_record(towns: Towns) -> Towns:
    """The towns over the adopted road, the record of which is not here."""
    noted = replace(towns.network, notes=(*towns.network.notes, adoption_note(HILL_ROAD)))
    return replace(towns, network=noted).without(HILL_ROAD.id)
