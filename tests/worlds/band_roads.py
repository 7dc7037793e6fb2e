"""The two towns with a random web of roads between them, on which bands hold fire now and then.

Everything but the bands is in order all day. So whether a trip is covered hangs on the hours at
which the bands on its roads hold their fire, and which road is taken decides when one can leave.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from safeconduct.planning.finding import Finder
from safeconduct.planning.legroads import Roads
from safeconduct.roads import Declaration, Network, RawEdge, RawNetwork, RawPlace
from safeconduct.roads.build import build
from safeconduct.roads.choosing import kernel_for
from safeconduct.roads.dividing import division_of
from safeconduct.spacetime import Area, AreaKind, Point, Span, Window
from safeconduct.vocabulary import Actor, ActorKind, Checkpoint, Direction, Presence
from tests.worlds.two_town_records import (
    BANKS,
    GROUND,
    HOUR,
    TEN_DAYS,
    guarantee,
    leg,
    may,
    restraint,
    said,
    window,
)
from tests.worlds.two_towns import MOVEMENT, TOWNS, Towns

HIDEOUTS = ("gorge", "forest", "marsh")
PLACES = ("alder", "mill", "ford", "chapel", "birch")
BANDS = Actor(id="bands", name="The Bands", kind=ActorKind.PARTY)
FROM, UNTIL = may(6, 7, 30), may(6, 18)


def webs(seed: int) -> Towns:
    """A world of this seed, with a movement from Alder to Birch and back that has no route."""
    rng = Random(seed)
    world = replace(TOWNS, network=_roads(rng))
    world = world.without("bridge-post")
    lairs = [
        Presence(
            id=f"bands-in-{area}",
            party="bands",
            areas=(area,),
            means=frozenset({GROUND}),
            valid=TEN_DAYS,
        )
        for area in HIDEOUTS
    ]
    pauses = [
        guarantee(
            f"pause-{area}-{n}",
            "bands",
            replace(restraint(area, means=(GROUND,)), windows=(_hours(rng),)),
        )
        for area in HIDEOUTS
        for n in range(rng.randint(1, 3))
    ]
    posts = [
        Checkpoint(
            id="post",
            place=rng.choice(PLACES[1:4]),
            party="south",
            hold_min_s=rng.choice((0, 300)),
            hold_max_s=rng.choice((300, 900)),
        )
    ]
    ways = (("in", Direction.IN, "alder", "birch"), ("out", Direction.OUT, "birch", "alder"))
    legs = tuple(
        leg(id, way, origin=start, destination=end, service_s=rng.choice((0, 600, 1800)))
        for id, way, start, end in ways
    )
    return world.plus(
        BANDS, *lairs, *posts[: rng.randint(0, 1)], said("bands", may(4, 12), *pauses, id="pauses")
    ).but(
        MOVEMENT,
        legs=legs,
        latest_at=UNTIL,
        margin_s=rng.choice((0, 300, 900)),
        preparation_s=0,
    )


def finder(world: Towns) -> Finder:
    """The search over the world's own network, from half past seven until six."""
    judge, movement = world.judge(), world.movement()
    network = judge.network
    roads = Roads(
        division=division_of(network),
        covers=tuple(judge.cover(profile) for profile in movement.profiles),
        nodes={place.id: (number,) for number, place in enumerate(network.places)},
        judge_on=lambda edges: judge,
        kernel=kernel_for,
    )
    return Finder(roads, movement, Span(FROM, UNTIL))


def _hours(rng: Random) -> Window:
    start = FROM + rng.randrange(-6, 90) * 300
    return window(start, min(start + rng.randrange(3, 24) * 300, may(6, 18)))


def _roads(rng: Random) -> Network:
    """Five places in a row by roads of their own, and three more between any two."""
    ends = [*pairwise(PLACES)]
    pairs = [(a, b) for a in PLACES for b in PLACES if a < b]
    ends += [rng.choice(pairs) for _ in range(3)]
    edges = []
    near = rng.choice(((0, 0, 1, 2), (0, 1, 1, 2), (1, 1, 2)))
    for number, (a, b) in enumerate(ends):
        length = rng.randrange(10, 60) * 1_000
        inside = [Declaration("south-bank")]
        for area in rng.sample(HIDEOUTS, rng.choice(near)):
            start = rng.randrange(0, length, 1_000)
            inside.append(Declaration(area, start, rng.randrange(start + 1, length + 1)))
        edges.append(RawEdge(f"e{number}", a, b, f"Road {number}", length, areas=tuple(inside)))
    places = tuple(
        RawPlace(id, id.title(), Point(n * 100_000, 0), (Declaration("south-bank"),))
        for n, id in enumerate(PLACES)
    )
    areas = [Area(id=id, name=id, kind=AreaKind.DECLARED) for id in (*BANKS, *HIDEOUTS)]
    return build(areas, RawNetwork(places, tuple(edges)))


__all__ = ["FROM", "HOUR", "UNTIL", "finder", "webs"]
