"""Two invented towns, three roads, one checkpoint: small enough to reckon with in the head.

alder --- 2 km, alder-post --- post --- 1 km, post-birch --- birch
  \\______________________ 5 km, bypass ______________________/
"""

from __future__ import annotations

from safeconduct.roads import Edge, Network, Place, Stretch
from safeconduct.vocabulary import (
    Checkpoint,
    Convoy,
    Direction,
    Leg,
    Movement,
    Movers,
    Purpose,
    Step,
)

KM = 10_000  # decimetres

NETWORK = Network(
    "two-towns",
    (
        Place("alder", "Alder", touched=frozenset({"north"}), within=frozenset({"north"})),
        Place("post", "the Post", touched=frozenset({"north", "south"})),
        Place("birch", "Birch", touched=frozenset({"south"}), within=frozenset({"south"})),
    ),
    (
        Edge(
            "alder-post",
            "alder",
            "post",
            2 * KM,
            touched=(Stretch("north", 0, 2 * KM),),
            within=(Stretch("north", 0, 2 * KM),),
        ),
        Edge(
            "post-birch",
            "post",
            "birch",
            1 * KM,
            touched=(Stretch("north", 0, 400), Stretch("south", 400, 1 * KM)),
            within=(Stretch("north", 0, 400), Stretch("south", 400, 1 * KM)),
        ),
        Edge("bypass", "alder", "birch", 5 * KM),
    ),
    areas=frozenset({"north", "south"}),
)

#: 2016-11-04T07:00:00Z
SEVEN = 1_478_242_800


def leg(
    *steps: str, id: str = "out", speed_kmh: int = 36, service_s: int = 0, way: str = "in"
) -> Leg:
    """A leg along these edges; one that starts with `<` is driven backwards.

    At 36 km/h a column drives 10 m a second.
    """
    return Leg(
        id=id,
        purpose=Purpose.AID_DELIVERY,
        direction=Direction(way),
        movers=frozenset({Movers.HUMANITARIAN}),
        route=tuple(Step(edge=step.removeprefix("<"), backwards=step[0] == "<") for step in steps),
        speed_kmh=speed_kmh,
        service_s=service_s,
    )


def movement(*legs: Leg, column_m: int = 100) -> Movement:
    """A movement of these legs that leaves at seven."""
    return Movement(
        id="relief",
        version=1,
        title="relief for Birch",
        organisation="relief-office",
        legs=legs,
        convoy=Convoy(vehicles=5, column_m=column_m),
        depart_at=SEVEN,
        latest_at=SEVEN + 86_400,
        zone="Asia/Damascus",
    )


def checkpoint(
    id: str = "post-north", place: str = "post", least_s: int = 60, most_s: int | None = 600
) -> Checkpoint:
    """A checkpoint that holds a column between one minute and ten."""
    return Checkpoint(id=id, place=place, party="north", hold_min_s=least_s, hold_max_s=most_s)
