"""On small roads the shortest list is that of trying every choice, second and road."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.asks.campaign import Tally, carry_out, compare, countries
from tests.asks.program import asked, shortest
from tests.asks.shut_roads import shut_roads

DRAWN = 40


@pytest.fixture(scope="module")
def drawn():
    return list(countries(7, DRAWN))


def test_the_shortest_list_is_that_of_trying_everything(drawn):
    tally = Tally()
    for world, every in drawn:
        compare(world, every, tally)
    assert tally.wrong == []
    assert tally.lists["none"] < DRAWN / 2
    assert {kind[0] for kind in tally.lists} >= {"0", "1", "2"}


def test_the_next_lists_are_the_next_of_trying_everything(drawn):
    several = 0
    for world, every in drawn[:25]:
        wanted = list(islice(every.in_order(), 3))
        found = shortest(world, lists=3)
        assert [asked(one.wanted) for one in found.lists] == wanted, world.seed
        several += len(wanted) > 1
    assert several > 5


def test_granted_and_done_it_makes_go_and_without_any_one_part_it_does_not(drawn):
    tally = Tally()
    for world, _ in drawn:
        carry_out(world, tally)
    assert tally.wrong == []
    assert tally.played > DRAWN / 2
    assert tally.left_out > 4 * tally.played


def test_a_search_that_is_stopped_gives_a_list_that_opens_a_trip_and_a_bound_below_it(drawn):
    stopped = 0
    for world, every in drawn:
        found = shortest(world, steps=15_000)
        if found.bound is None:
            continue
        best = next(every.in_order(), None)
        if best is None:
            assert found.lists == ()
            continue
        stopped += 1
        assert found.proven == 0
        for one in found.lists:
            assert every.opens(asked(one.wanted))
        parties = len({party for party, _, _ in best})
        assert (found.bound.parties, found.bound.asks) <= (parties, len(best))
    assert stopped > 5


def test_a_steps_budget_stops_at_the_same_place_every_time():
    world = shut_roads(7_000_003)
    first, second = (shortest(world, steps=20_000) for _ in range(2))
    assert (first.lists, first.bound, first.steps) == (second.lists, second.bound, second.steps)


def test_without_turning_back_a_list_may_be_missed_but_none_is_invented(drawn):
    for world, every in drawn[:30]:
        for one in shortest(world, u_turns=False).lists:
            assert every.opens(asked(one.wanted))
