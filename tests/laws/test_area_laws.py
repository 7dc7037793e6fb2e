"""Where road ends to be covered: laws 6 and 16, to the decimetre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given

from safeconduct.roads import Edge, Network, Place, Stretch
from safeconduct.vocabulary import Assessment
from tests.laws.asking import (
    bench_of,
    changes,
    going_seeds,
    in_order,
    near,
    one_of,
    picks,
    rank,
    seeds,
    some,
)
from tests.laws.needs import needs
from tests.worlds.world import World, reroad, swap

# Law 6.


@pytest.mark.law(6)
@some
@given(going_seeds, picks, picks)
def test_one_decimetre_without_cover_is_no_go(seed: int, pick: int, where: int) -> None:
    world = in_order(seed).world
    stretch = one_of(
        [need.stretch for need in needs(seed) if need.by_grants and need.stretch], pick
    )
    borders = (stretch.start_dm, stretch.end_dm - 1)
    anywhere = stretch.start_dm + where % (stretch.end_dm - stretch.start_dm)
    dm = one_of((*borders, anywhere), where)
    assert rank(_granted_in_twins(world, stretch.name, dm)) == 0


@pytest.mark.law(6)
@some
@given(going_seeds)
def test_cover_in_areas_of_other_names_that_lack_no_decimetre_is_enough(seed: int) -> None:
    # The other side: the same twins of all areas, whole.
    assert rank(_granted_in_twins(in_order(seed).world, "", 0)) == 2


def _granted_in_twins(world: World, edge_id: str, dm: int) -> World:
    """The world whose grants speak of twins of all areas, which lack one decimetre of an edge."""
    network = world.network
    edges = tuple(_with_twins(edge, dm if edge.id == edge_id else None) for edge in network.edges)
    places = tuple(
        replace(
            one, touched=one.touched | _twins(one.touched), within=one.within | _twins(one.within)
        )
        for one in network.places
    )
    overlaps = set(network.overlaps) | {(area, area) for area in network.areas}
    twinned = {(f"{a}'", b) for a, b in overlaps} | {(a, f"{b}'") for a, b in overlaps}
    twinned |= {(f"{a}'", f"{b}'") for a, b in overlaps}
    other = replace(
        network,
        areas=network.areas | _twins(network.areas),
        edges=edges,
        places=places,
        overlaps=frozenset(network.overlaps | twinned),
    )
    return _in_twins(reroad(world, other))


def _in_twins(world: World) -> World:
    """Everything that grants, confirms or narrows, with the names of the twins."""
    for said in world.all(type(world.acts(object)[0][1])):
        acts = tuple(_renamed(act) for act in said.acts)
        if acts != said.acts:
            world = swap(world, said, replace(said, acts=acts))
    return world


def _renamed(act: Any) -> Any:
    undertaking = getattr(act, "undertaking", None)
    if undertaking:
        areas = tuple(f"{area}'" for area in undertaking.areas)
        return replace(act, undertaking=replace(undertaking, areas=areas))
    if act.tag in ("confirm", "narrow") and act.areas is not None:
        return replace(act, areas=tuple(f"{area}'" for area in act.areas))
    return act


def _twins(areas: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{area}'" for area in areas)


def _with_twins(edge: Edge, without_dm: int | None) -> Edge:
    touched = [replace(one, area=f"{one.area}'") for one in edge.touched]
    within = [replace(one, area=f"{one.area}'") for one in edge.within]
    if without_dm is not None:
        within = [left for one in within for left in _cut(one, without_dm, without_dm + 1)]
    return replace(edge, touched=(*edge.touched, *touched), within=(*edge.within, *within))


def _cut(stretch: Stretch, start_dm: int, end_dm: int) -> Iterable[Stretch]:
    """What is left of a stretch without the part `[start_dm, end_dm)` of the edge."""
    for start, end in (
        (stretch.start_dm, min(stretch.end_dm, start_dm)),
        (max(stretch.start_dm, end_dm), stretch.end_dm),
    ):
        if start < end:
            yield Stretch(stretch.area, start, end)


# Law 16.


@pytest.mark.law(16)
@some
@given(seeds, changes, picks, picks, picks)
def test_an_area_that_holds_less_road_never_raises_the_verdict(
    seed: int, changed: int, pick: int, start: int, length: int
) -> None:
    asked = near(seed, changed)
    # Where one assessment replaces another, holding less may give back what was replaced.
    assume(asked.rank < 2 and not any(one.supersedes for one in asked.world.all(Assessment)))
    network = asked.world.network
    holding: list[tuple[Any, Any]] = [(edge, one) for edge in network.edges for one in edge.within]
    holding += [(place, area) for place in network.places for area in sorted(place.within)]
    road, held = one_of(holding, pick)
    if isinstance(road, Edge):
        begin = start % road.length_dm
        left = _cut(held, begin, begin + 1 + length % road.length_dm)
        others = tuple(one for one in road.within if one is not held)
        narrower: Edge | Place = replace(road, within=(*others, *left))
    else:
        narrower = replace(road, within=road.within - {held})
    assert rank(reroad(asked.world, _with(network, road, narrower))) <= asked.rank


@pytest.mark.law(16)
@some
@given(seeds, changes, picks, picks, picks, picks)
def test_an_area_that_touches_more_road_never_raises_the_verdict(
    seed: int, changed: int, pick: int, chosen: int, start: int, length: int
) -> None:
    asked = near(seed, changed)
    assume(asked.rank < 2)
    # Where no holder of consent is known, a touch of an area with a known one is a gain.
    ledger = bench_of(asked.world).ledger
    assume(not ledger.holder_unknown and not ledger.holder_unknown_late)
    network = asked.world.network
    road: Any = one_of((*network.edges, *network.places), pick)
    area = one_of(sorted(network.areas), chosen)
    if isinstance(road, Edge):
        begin = start % road.length_dm
        end = begin + 1 + length % (road.length_dm - begin)
        wider: Edge | Place = replace(road, touched=(*road.touched, Stretch(area, begin, end)))
    else:
        wider = replace(road, touched=road.touched | {area})
    assert rank(reroad(asked.world, _with(network, road, wider))) <= asked.rank


def _with(network: Network, old: Any, new: Any) -> Network:
    if isinstance(new, Edge):
        return replace(network, edges=tuple(new if e is old else e for e in network.edges))
    return replace(network, places=tuple(new if p is old else p for p in network.places))
