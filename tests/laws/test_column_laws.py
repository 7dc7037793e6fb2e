"""What papers do: taking one away, or adding what threatens, never raises a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, given

from safeconduct.vocabulary import (
    BuildUp,
    ConvoyWatch,
    Demand,
    Escort,
    GateCheck,
    Record,
    Vehicle,
)
from tests.laws.asking import (
    changes,
    examples,
    going,
    going_seeds,
    in_order,
    in_writing,
    near,
    one_of,
    picks,
    rank,
    seeds,
    some,
)
from tests.worlds.draft import DAY
from tests.worlds.world import World, add, drop

PAPERS = (Vehicle, GateCheck, ConvoyWatch)


@pytest.mark.law(1)
@examples
@given(seeds, picks)
def test_a_paper_that_is_missing_never_raises_the_verdict(seed: int, pick: int) -> None:
    asked = in_order(seed)
    paper = one_of([one for kind in PAPERS for one in asked.world.all(kind)], pick)
    assert rank(drop(asked.world, paper.id)) <= asked.rank


@pytest.mark.law(1)
@some
@given(going_seeds, picks)
def test_every_vehicle_and_every_look_at_the_column_is_needed(seed: int, pick: int) -> None:
    world = in_order(seed).world
    paper = one_of([one for kind in PAPERS for one in world.all(kind)], pick)
    assert rank(drop(world, paper.id)) < 2


@pytest.mark.law(2)
@examples
@given(seeds, changes, picks)
def test_a_demand_an_escort_or_a_build_up_never_raises_the_verdict(
    seed: int, changed: int, pick: int
) -> None:
    asked = near(seed, changed)
    assume(asked.rank < 2)
    threat = one_of([*_threats(asked.world)], pick)
    assert rank(add(asked.world, threat, 0)) <= asked.rank


def test_such_threats_do_stop_worlds_that_may_go() -> None:
    worlds = [in_order(seed).world for seed in going()[:40]]
    stopped = [rank(add(w, one_of([*_threats(w)], n), 0)) for n, w in enumerate(worlds)]
    assert sum(one == 0 for one in stopped) > len(worlds) / 10
    assert sum(one == 1 for one in stopped) > 0


def _threats(world: World) -> Iterator[Record]:
    """Everything that gathers, demands or goes along without having passed its gate."""
    plan = world.movement
    deadlines = (plan.depart_at, plan.latest_at - 1, plan.latest_at, plan.latest_at + DAY)
    for party in ("army", "front", "ministry", "army-wing", "strangers"):
        for number, deadline_at in enumerate(deadlines):
            demand = Demand(
                id="threat", party=party, to=("un",), what="made up", deadline_at=deadline_at
            )
            yield in_writing(f"said-threat-{number}", party, world.as_of, demand)
    for imposed in (False, True):
        # Not a passed one: that would explain armed persons beside the column (rule V3).
        yield Escort(id="guard", movement=plan.id, party="army", areas=("far",), imposed=imposed)
    for area in sorted(world.network.areas):
        yield BuildUp(id="troops", areas=(area,), seen_at=world.as_of, what="made up", by="watch")


@pytest.mark.law(12)
@some
@given(seeds, picks)
def test_a_second_look_in_the_same_second_never_raises_the_verdict(seed: int, pick: int) -> None:
    asked = in_order(seed)
    gate = one_of(asked.world.all(GateCheck), 0)
    worse = one_of(
        [
            replace(gate, weapons=True),
            replace(gate, armed_beside=True),
            replace(gate, aid_only=None),
            replace(gate, seen=gate.seen[1:]),
            replace(gate, seen=(*gate.seen, gate.seen[0])),
            gate,
        ],
        pick,
    )
    for id in ("a-look", "z-look"):
        assert rank(add(asked.world, replace(worse, id=id), asked.world.as_of)) <= asked.rank
