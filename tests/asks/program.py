"""The shortest lists of a random country by the program, in the words of `every_way`."""

from __future__ import annotations

from collections.abc import Callable

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.cover import Cover, LegProfile
from safeconduct.cover.table import table
from safeconduct.planning.shortest import Passage, Shortest, Stage, Wanted, shortest_asks
from safeconduct.roads.dividing import division_of
from safeconduct.roads.reference import Reference
from safeconduct.roads.search import Limits, SearchKernel
from safeconduct.roads.ways import Pace, ways_of
from safeconduct.situation import picture
from safeconduct.spacetime import Span
from tests.asks.every_way import Asked
from tests.asks.shut_roads import SPEED_KMH, ShutRoads

PROFILE = core_policy().profile("default")


def shortest(
    world: ShutRoads,
    *,
    lists: int = 1,
    u_turns: bool = True,
    kernel: SearchKernel | None = None,
    steps: int = 1_000_000_000,
) -> Shortest:
    """The program's answer, on the same model of the column as `EveryWay`."""
    movement = world.movement
    situation = picture(world.records, as_of=movement.depart_at - 60, known_at=movement.depart_at)
    division = division_of(world.network)
    cover = Cover(situation, division, PROFILE)
    metres = max(1, movement.convoy.column_m * 10)
    behind = -(-metres // 100) + movement.margin_s
    horizon = Span(movement.depart_at, movement.latest_at)
    node = {place.id: number for number, place in enumerate(world.network.places)}
    waits = [node[name] for name in sorted(world.waits)]
    passages = []
    for leg, (start, end) in zip(movement.legs, world.ends, strict=True):
        hours = table(cover, division, LegProfile.of(leg), movement, horizon)
        ways = ways_of(division, Pace(SPEED_KMH), waits=waits, own_gates=hours.own_gates)
        passages.append(Passage(leg, hours, ways, (node[start],), (node[end],)))
    latest = movement.latest_at - behind
    stage = Stage(
        passages=tuple(passages),
        earliest=movement.depart_at,
        latest=latest,
        limits=Limits(until=latest, u_turns=u_turns),
        behind_s=behind,
    )
    return shortest_asks(
        [cover],
        division,
        movement,
        [stage],
        kernel=kernel or Reference(),
        lists=lists,
        steps=steps,
    )


def asked(wanted: tuple[Wanted, ...]) -> frozenset[Asked]:
    """A list in the words of `every_way`."""
    return frozenset((one.party, one.kind, one.area) for one in wanted)


Weigh = Callable[[Asked], int]
