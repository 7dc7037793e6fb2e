"""What can be reached against trying every road to every place, in random webs of roads.

The oracle walks every way that passes no place twice, times each by itself against the judge, and
takes the soonest arrival. It knows nothing of the search, of options or of windows.
"""

from __future__ import annotations

import os
from itertools import product

import pytest

from safeconduct.planning.drives import routed
from safeconduct.planning.finding import Finder
from safeconduct.planning.reach import Reached, journey, reach
from safeconduct.planning.timing import timing
from safeconduct.spacetime import Spans
from safeconduct.vocabulary import Movement
from tests.laws.test_plan_laws import ways
from tests.worlds.band_roads import PLACES, UNTIL, finder, webs

COUNT = int(os.environ.get("SAFECONDUCT_EXAMPLES", "24"))


def every_way(search: Finder, movement: Movement) -> list[tuple[Spans, int]]:
    """The departures by each way there is, and after how long the head is at the first end."""
    judge = search.roads.judge_on(frozenset())
    covers = [judge.cover(profile) for profile in movement.profiles]
    legs = [list(ways(judge.network, leg.origin, leg.destination)) for leg in movement.legs]
    found = []
    for route in product(*legs):
        timed = timing(routed(movement, route), judge.network, covers)
        ends = [n.enter_s for n in timed.needs if n.entry.leg == "there" and n.entry.place]
        found.append((timed.departures(search.within, UNTIL), ends[-1]))
    return found


def brute(search: Finder, place: str) -> tuple[int | None, bool]:
    """The soonest arrival at a place by any way, and whether any way leads there and back."""
    there, both = (
        every_way(search, journey(search.movement, "alder", place, search.within, back=back))
        for back in (False, True)
    )
    soonest = min((next(iter(d)).start + after for d, after in there if d), default=None)
    return soonest, any(departures for departures, _ in both)


def told(search: Finder) -> dict[str, Reached]:
    found = reach(search.roads, search.movement, "alder", PLACES, search.within)
    return {one.place: one for one in found}


@pytest.mark.parametrize("seed", range(COUNT))
def test_each_place_is_reached_as_soon_as_by_the_best_of_all_ways_and_no_sooner(seed: int) -> None:
    search = finder(webs(seed))
    found = told(search)
    assert set(found) == {*PLACES} - {"alder"}
    for place, one in found.items():
        soonest, back = brute(search, place)
        assert one.doubt == "", "in webs this small every road is looked at"
        assert one.arrives_at == soonest, place
        assert one.back is bool(back and one.is_reached), place
        # Whoever cannot get there, or back, is told why.
        assert bool(one.in_the_way) is not one.back, place


def test_some_places_are_reached_some_one_way_only_and_some_never() -> None:
    found = [one for seed in range(0, COUNT, 2) for one in told(finder(webs(seed))).values()]
    assert sum(one.back for one in found) > 2
    assert sum(one.is_reached and not one.back for one in found) > 2
    assert sum(not one.is_reached for one in found) > 2
