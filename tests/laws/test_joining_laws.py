"""Posts that are recorded after roads were adopted: a doubt, and never less than if looked for."""

from __future__ import annotations

import pytest
from hypothesis import given, reject

from safeconduct.clearance.unjoined import NOT_JOINED
from tests.laws.asking import (
    changes,
    examples,
    going,
    going_seeds,
    in_order,
    judged,
    near,
    picks,
    rank,
    seeds,
    some,
)
from tests.verifier.campaign import Compared, engine_verdict, verifier_objections
from tests.worlds.adopted_ways import adopted_way
from tests.worlds.world import World


def _doubts(world: World) -> bool:
    return NOT_JOINED in {one.code for one in judged(world).findings}


@pytest.mark.law(2)
@examples
@given(seeds, changes, picks)
def test_a_post_recorded_after_the_adoption_never_raises_the_verdict(
    seed: int, changed: int, pick: int
) -> None:
    way = adopted_way(near(seed, changed).world, pick)
    assert rank(way.with_post()) <= rank(way.world)


@pytest.mark.law(2, 16)
@examples
@given(seeds, picks)
def test_it_answers_as_if_it_was_looked_for_or_stricter(seed: int, pick: int) -> None:
    way = adopted_way(in_order(seed).world, pick)
    again = way.adopted_again()
    if again is None:
        reject()
    assert rank(way.with_post()) <= rank(again)
    assert not _doubts(again)


@pytest.mark.law(3)
@some
@given(going_seeds, picks)
def test_a_post_that_nobody_can_place_stops_every_way_over_adopted_roads(
    seed: int, pick: int
) -> None:
    way = adopted_way(in_order(seed).world, pick, placed=False)
    assert rank(way.with_post()) == 0 and _doubts(way.with_post())


@pytest.mark.law(18)
@some
@given(going_seeds, picks)
def test_the_verifier_objects_to_nothing_that_the_engine_lets_go(seed: int, pick: int) -> None:
    asked = adopted_way(in_order(seed).world, pick).with_post()
    assert not Compared(asked, engine_verdict(asked), verifier_objections(asked)).is_unsafe


def test_such_posts_stop_some_ways_that_may_go_and_leave_others_alone() -> None:
    ways = [adopted_way(in_order(seed).world, seed) for seed in going()[:40]]
    ways = [one for one in ways if rank(one.world) == 2]
    assert len(ways) > 20
    stopped = [one for one in ways if rank(one.with_post()) == 0]
    assert len(stopped) > len(ways) / 4 and len(ways) - len(stopped) > len(ways) / 4
    assert all(_doubts(one.with_post()) for one in stopped)
    # The verifier sees it too, but where only a wide look sees something near.
    told = [{what for _, _, what in verifier_objections(one.with_post())} for one in stopped]
    seen = [any("nobody looked for it" in what for what in found) for found in told]
    assert sum(seen) > len(stopped) * 9 / 10
    # Once it was looked for, some may go.
    again = [one.adopted_again() for one in stopped]
    assert any(rank(one) == 2 for one in again if one is not None)
