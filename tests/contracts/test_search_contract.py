"""What every search kernel promises, asked of each in the same words.

The oracle is `tests/worlds/expanded.py`, which tries every second.
"""

from __future__ import annotations

import random

import numpy as np
import pytest

from safeconduct.roads import kernels
from safeconduct.roads.kernels import Compiled
from safeconduct.roads.reference import Reference
from safeconduct.roads.search import (
    GATED,
    UNREACHED,
    WAIT,
    Gates,
    Labels,
    Limits,
    SearchKernel,
    Start,
    Stopped,
)
from tests.worlds.expanded import Expanded
from tests.worlds.timed import Timed, moments, random_world, ways_of_arcs

KERNELS: dict[str, SearchKernel] = {"reference": Reference(), "compiled": Compiled()}

#: A--B--C, both ways: 10 s and 20 s; gates: 0 always open, 1 from 100 to 130, 2 never.
ALWAYS, NOON, NEVER = 0, 1, 2
GATES = Gates.of([[(-1000, 1000)], [(100, 130)], []])
A, B, C = 0, 1, 2


@pytest.fixture(params=sorted(KERNELS))
def kernel(request: pytest.FixtureRequest) -> SearchKernel:
    return KERNELS[request.param]


def a_line(
    *, second: int = ALWAYS, flags: tuple[int, int, int] = (0, 0, 0), at_b: int = ALWAYS
) -> Timed:
    """The line, with the gate of its second edge and of the place between given."""
    arcs = [(A, B, 10, ALWAYS, 0), (B, A, 10, ALWAYS, 0), (B, C, 20, second, 1)]
    arcs += [(C, B, 20, second, 1)]
    return Timed(ways_of_arcs(arcs, [ALWAYS, at_b, ALWAYS], list(flags)), GATES, (), 500)


def spans_at(labels: Labels, node: int) -> list[tuple[int, int]]:
    """The moments at a node, in spans that are apart."""
    found: list[tuple[int, int]] = []
    for at in sorted(moment for place, moment in moments(labels) if place == node):
        if found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


def sets(kernel: SearchKernel, world: Timed, start: Start, **limits: int) -> Labels:
    return kernel.sets(world.ways, world.gates, [start], Limits(until=world.until, **limits))


def test_distances_are_those_of_the_quickest_way(kernel):
    world = a_line()
    assert kernel.static(world.ways, [A]).tolist() == [0, 10, 30]
    assert kernel.static(world.ways, [A, C]).tolist() == [0, 10, 0]


def test_what_lies_beyond_the_limit_or_the_targets_is_not_reached(kernel):
    world = a_line()
    assert kernel.static(world.ways, [A], 29).tolist() == [0, 10, UNREACHED]
    assert kernel.static(world.ways, [A], 30).tolist() == [0, 10, 30]
    assert kernel.static(world.ways, [A], 0, [B]).tolist() == [0, 10, UNREACHED]


def test_the_screen_waits_before_every_gate(kernel):
    world = a_line(second=NOON)
    start = [Start(A, 0, 0)]
    assert kernel.screen(world.ways, world.gates, start, 500).tolist() == [0, 10, 120]
    assert kernel.screen(world.ways, world.gates, start, 119).tolist() == [0, 10, UNREACHED]
    assert kernel.screen(world.ways, world.gates, start, 500, [B]).tolist() == [0, 10, UNREACHED]


def test_the_screen_waits_before_a_gated_node(kernel):
    world = a_line(flags=(0, GATED, 0), at_b=NOON)
    found = kernel.screen(world.ways, world.gates, [Start(A, 0, 0)], 500)
    assert found.tolist() == [0, 100, 120]


def test_without_waiting_only_departures_that_meet_the_gate_pass(kernel):
    # The second edge takes 20 s of its 30, so it is entered from 100 to 110, and A left 10 before.
    labels = sets(kernel, a_line(second=NOON), Start(A, 0, 300))
    assert spans_at(labels, C) == [(120, 130)]
    assert spans_at(sets(kernel, a_line(second=NOON), Start(A, 0, 89)), C) == []


def test_where_it_may_wait_an_earlier_departure_passes_too(kernel):
    world = a_line(second=NOON, flags=(0, WAIT, 0))
    assert spans_at(sets(kernel, world, Start(A, 0, 0)), C) == [(120, 130)]


def test_it_waits_only_while_one_span_of_the_place_is_open(kernel):
    # B is open from 100 on: who arrives at 10 cannot stand there, who arrives at 100 can.
    world = a_line(second=NOON, flags=(0, WAIT, 0), at_b=NOON)
    assert spans_at(sets(kernel, world, Start(A, 0, 0)), C) == []
    assert spans_at(sets(kernel, world, Start(A, 90, 90)), C) == [(120, 130)]


def test_a_gated_place_is_passed_only_while_it_is_open(kernel):
    world = a_line(flags=(0, GATED, 0), at_b=NOON)
    assert spans_at(sets(kernel, world, Start(A, 0, 300)), B) == [(100, 130)]
    assert spans_at(sets(kernel, world, Start(A, 0, 300)), C) == [(120, 150)]


def test_a_label_names_its_parent_its_arc_and_until_when_it_arrives(kernel):
    world = a_line(second=NOON, flags=(0, WAIT, 0))
    labels = sets(kernel, world, Start(A, 0, 5))
    times = (labels.earliest.tolist(), labels.latest.tolist(), labels.arrived.tolist())
    found = list(zip(labels.node.tolist(), *times, strict=True))
    assert found[:2] == [(A, 0, 5, 5), (B, 10, 500, 15)]  # at B it stands
    assert (C, 120, 130, 130) in found
    (at_c,) = np.flatnonzero(labels.node == C)
    assert labels.node[labels.parent[at_c]] == B
    assert world.ways.head[labels.arc[at_c]] == C
    assert labels.parent[labels.parent[labels.parent[at_c]]] == -1
    assert (labels.parent < np.arange(len(labels.parent))).all()


def test_what_adds_less_than_the_threshold_is_dropped_and_said(kernel):
    # Two roads to the same place: the second adds the moments from 61 to 80, 20 s of them.
    arcs = [(A, B, 10, 0, 0), (A, B, 30, 0, 1)]
    world = Timed(ways_of_arcs(arcs, [0, 0], [0, 0]), GATES, (), 500)
    start = Start(A, 0, 50)
    assert spans_at(sets(kernel, world, start, novelty_s=20), B) == [(10, 80)]
    labels = sets(kernel, world, start, novelty_s=21)
    assert spans_at(labels, B) == [(10, 60)]
    assert labels.stopped == Stopped.THRESHOLD


def test_turning_back_on_the_road_is_dropped_and_said(kernel):
    labels = sets(kernel, a_line(), Start(A, 0, 0))
    assert spans_at(labels, A) == [(0, 0)]
    assert labels.stopped == Stopped.NO_U_TURNS
    turning = sets(kernel, a_line(), Start(A, 0, 0), u_turns=True)
    assert spans_at(turning, A)[:2] == [(0, 0), (20, 20)]
    assert turning.stopped == 0


def test_where_it_can_wait_it_may_turn(kernel):
    labels = sets(kernel, a_line(flags=(0, WAIT, 0)), Start(A, 0, 0))
    assert spans_at(labels, A) == [(0, 0), (20, 500)]


def test_another_road_between_the_same_places_is_no_turning_back(kernel):
    arcs = [(A, B, 10, 0, 0), (B, A, 10, 0, 0), (B, A, 15, 0, 1)]
    world = Timed(ways_of_arcs(arcs, [0, 0], [0, 0]), GATES, (), 40)
    assert spans_at(sets(kernel, world, Start(A, 0, 0)), A) == [(0, 0), (25, 25)]


def test_the_cap_on_driving_leaves_waiting_out(kernel):
    world = a_line(second=NOON, flags=(0, WAIT, 0))
    assert spans_at(sets(kernel, world, Start(A, 0, 0), driving_s=30), C) == [(120, 130)]
    labels = sets(kernel, world, Start(A, 0, 0), driving_s=29)
    assert spans_at(labels, C) == []
    assert Stopped.DRIVING_TIME in labels.stopped


def test_more_labels_than_allowed_are_said(kernel):
    labels = sets(kernel, a_line(), Start(A, 0, 0), labels=2)
    assert len(labels.node) == 2
    assert Stopped.LABELS in labels.stopped
    assert Stopped.LABELS not in sets(kernel, a_line(), Start(A, 0, 0), labels=3).stopped


def test_nothing_after_the_end_is_looked_at(kernel):
    world = a_line()
    labels = kernel.sets(world.ways, world.gates, [Start(A, 0, 50)], Limits(until=31))
    assert spans_at(labels, B) == [(10, 31)]
    assert spans_at(labels, C) == [(30, 31)]


def test_no_start_reaches_nothing(kernel):
    world = a_line()
    assert len(kernel.sets(world.ways, world.gates, [], Limits(until=9)).node) == 0
    assert len(sets(kernel, world, Start(A, 501, 600)).node) == 0
    assert (kernel.screen(world.ways, world.gates, [], 9) == UNREACHED).all()


def turned(world: Timed) -> Timed:
    """The same world backwards in time: it ends where it began."""
    starts = tuple(Start(start.node, -start.latest, -start.earliest) for start in world.starts)
    return Timed(world.ways.reversed(), world.gates.mirrored(), starts, 0)


def reached(world: Timed, *, u_turns: bool) -> set[tuple[int, int]]:
    return Expanded(world.ways, world.gates).reached(world.starts, world.until, u_turns=u_turns)


@pytest.mark.parametrize("seed", range(60))
def test_the_set_search_equals_the_search_of_every_second(kernel, seed):
    world = random_world(random.Random(seed), waiting=seed % 3 != 0, column_s=seed % 4)
    for each in (world, turned(world)):
        limits = Limits(until=each.until, u_turns=True)
        labels = kernel.sets(each.ways, each.gates, each.starts, limits)
        assert moments(labels) == reached(each, u_turns=True)
        assert labels.stopped == 0


@pytest.mark.parametrize("seed", range(60))
def test_moments_beyond_the_last_bucket_are_kept_for_later(seed, monkeypatch):
    world = random_world(random.Random(seed), waiting=seed % 3 != 0)
    monkeypatch.setattr(kernels, "_SECONDS", 1 + seed % 7)
    found = _moments_of(Compiled(), world)
    assert found == _moments_of(Reference(), world)


def _moments_of(kernel: SearchKernel, world: Timed) -> set[tuple[int, int]]:
    limits = Limits(until=world.until, u_turns=True)
    return set(moments(kernel.sets(world.ways, world.gates, world.starts, limits)))


@pytest.mark.parametrize("seed", range(60))
def test_what_is_dropped_is_never_invented_and_always_said(kernel, seed):
    chance = random.Random(seed)
    world = random_world(chance, waiting=seed % 3 != 0)
    u_turns = chance.random() < 0.3
    limits = Limits(
        until=world.until,
        u_turns=u_turns,
        novelty_s=chance.choice((0, 2, 5)),
        driving_s=chance.choice((0, 0, 12)),
        labels=chance.choice((0, 0, 6)),
    )
    labels = kernel.sets(world.ways, world.gates, world.starts, limits)
    every = reached(world, u_turns=u_turns)
    assert moments(labels) <= every
    assert labels.stopped or moments(labels) == every


@pytest.mark.parametrize("seed", range(40))
def test_targets_are_complete_however_early_the_search_ends(kernel, seed):
    chance = random.Random(seed)
    world = random_world(chance, waiting=True)
    targets = chance.sample(range(len(world.ways.flags)), 2)
    limits = Limits(until=world.until, u_turns=True)
    labels = kernel.sets(world.ways, world.gates, world.starts, limits, targets)
    every = reached(world, u_turns=True)
    assert moments(labels) <= every
    assert {one for one in every if one[0] in targets} <= moments(labels)


@pytest.mark.parametrize("seed", range(40))
def test_the_screen_is_never_later_than_a_search(kernel, seed):
    world = random_world(random.Random(seed), waiting=True)
    screen = kernel.screen(world.ways, world.gates, world.starts, world.until)
    for node, moment in reached(world, u_turns=True):
        assert screen[node] <= moment


@pytest.mark.parametrize("seed", range(40))
def test_all_kernels_give_the_same_times(seed):
    chance = random.Random(seed)
    world = random_world(chance, waiting=True)
    nodes, targets = [start.node for start in world.starts], [chance.randrange(2)]
    given = (world.ways, world.gates, world.starts, world.until)
    first, *others = KERNELS.values()
    for other in others:
        for limit, wanted in ((0, ()), (12, ()), (0, targets)):
            one = first.static(world.ways, nodes, limit, wanted)
            assert one.tolist() == other.static(world.ways, nodes, limit, wanted).tolist()
        assert first.screen(*given).tolist() == other.screen(*given).tolist()
        assert first.screen(*given, targets).tolist() == other.screen(*given, targets).tolist()


@pytest.mark.parametrize(
    "longest", [2**18 - 3, 2**18 - 2, 2**18 - 1, 2**18, 10_000_000, 50_000_000]
)
def test_all_kernels_give_the_same_seconds_however_long_an_arc_takes(longest):
    # Beyond 2^18 seconds the compiled kernel's buckets stand for several seconds each.
    chance = random.Random(longest)
    for _ in range(20):
        arcs = [
            (
                chance.randrange(30),
                chance.randrange(30),
                chance.choice((1, 2, 9, chance.randrange(1, longest), longest)),
                0,
                number,
            )
            for number in range(90)
        ]
        ways = ways_of_arcs(arcs, [0] * 30, [0] * 30)
        starts, wanted = [0, chance.randrange(30)], [chance.randrange(30) for _ in range(2)]
        first, *others = KERNELS.values()
        for other in others:
            for limit, ends in ((0, ()), (3 * longest, ()), (0, wanted)):
                one = first.static(ways, starts, limit, ends)
                assert one.tolist() == other.static(ways, starts, limit, ends).tolist()


def test_arrays_that_cannot_be_written_to_are_searched(kernel, tmp_path):
    world = a_line(second=NOON)
    for name in ("first", "head", "seconds"):
        np.save(tmp_path / f"{name}.npy", getattr(world.ways, name))
    mapped = {
        name: np.load(tmp_path / f"{name}.npy", mmap_mode="r")
        for name in ("first", "head", "seconds")
    }
    rest = {name: getattr(world.ways, name) for name in ("gate", "edge", "arc")}
    ways = type(world.ways)(
        **mapped, **rest, node_gate=world.ways.node_gate, flags=world.ways.flags
    )
    labels = kernel.sets(ways, world.gates, [Start(A, 0, 300)], Limits(until=500))
    assert spans_at(labels, C) == [(120, 130)]
    assert kernel.static(ways, [A]).tolist() == [0, 10, 30]
