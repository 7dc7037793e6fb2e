"""Windows by any road against trying every road, in random webs of roads.

The oracle walks every way that passes no place twice, on each leg, and times each pair by itself
against the judge. The search may find more (a way that passes a place twice), never less.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from safeconduct.clearance.checks import CHECKS
from safeconduct.clearance.finding import Status
from safeconduct.planning.drives import Route, routed
from safeconduct.planning.finding import Finder
from safeconduct.planning.options import Options
from safeconduct.planning.routes import options
from safeconduct.planning.timing import leaving, timing
from safeconduct.roads import Network
from safeconduct.spacetime import NEVER, Spans
from safeconduct.vocabulary import Checkpoint, Step
from tests.worlds.band_roads import UNTIL, finder, webs

COUNT = int(os.environ.get("SAFECONDUCT_EXAMPLES", "24"))


def ways(network: Network, start: str, end: str, been: tuple[str, ...] = ()) -> Iterator[Route]:
    """Every way from one place to another that passes no place twice."""
    if start == end:
        yield ()
        return
    for edge in network.edges:
        for here, there, backwards in ((edge.a, edge.b, False), (edge.b, edge.a, True)):
            if here == start and there not in (*been, start):
                for rest in ways(network, there, end, (*been, start)):
                    yield (Step(edge=edge.id, backwards=backwards), *rest)


def by_every_road(search: Finder, *, cap: bool) -> Spans:
    """The departures that some pair of ways covers; with a cap, of ways the search may look at."""
    judge = search.roads.judge_on(frozenset())
    legs = [list(ways(judge.network, leg.origin, leg.destination)) for leg in search.movement.legs]
    found = NEVER
    covers = [judge.cover(profile) for profile in search.movement.profiles]
    for route in product(*legs):
        # The search says of itself that it looks at no way longer than this.
        if cap and any(_driven_s(search, steps) > search.longest_s for steps in route):
            continue
        timed = timing(routed(search.movement, route), judge.network, covers)
        found = found | timed.departures(search.within, UNTIL)
    return found


def _driven_s(search: Finder, steps: tuple[Step, ...]) -> int:
    """How long the head takes, at 30 km/h and with the longest holds."""
    network = search.roads.judge_on(frozenset()).network
    posts = search.roads.covers[0].situation.facts(Checkpoint)
    total = 0
    for step in steps:
        edge = network.edge(step.edge)
        end = edge.a if step.backwards else edge.b
        total += -(-edge.length_dm * 3600 // 300_000)
        total += sum(post.hold_max_s or 0 for post in posts if post.place == end)
    return total


def shown(found: Options) -> Spans:
    """The departures in all windows that are shown."""
    return Spans.of(w.departures for one in found.shown for w in one.windows.shown)


@pytest.mark.parametrize("enumerated", [10_000, 0], ids=["each road", "the search"])
@pytest.mark.parametrize("seed", range(COUNT))
def test_no_departure_is_missed_that_some_road_covers_and_none_is_shown_that_is_not(
    seed: int, enumerated: int
) -> None:
    search = finder(webs(seed))
    found = options(search, enumerated=enumerated)
    assert found.complete is bool(enumerated)
    every = by_every_road(search, cap=not enumerated)
    assert not (found.hopeless and every)
    if enumerated:
        assert shown(found) == every
    elif not found.stopped:  # where something was dropped the next law says how little it may cost
        assert not every - (shown(found) | found.unconfirmed)
    for one in found.shown:
        for window in one.windows.shown:
            for at in (window.departures.start, window.departures.end - 1):
                bench = one.judge.bench(leaving(one.movement, at))
                codes = {f.code for f in CHECKS["T1"](bench) if f.status is not Status.MET}
                assert bench.ledger.bears_margin and not codes & {"MARGIN-TOO-SHORT", "NO-WINDOW"}
            assert window.margin_s >= search.movement.margin_s


def test_the_search_misses_little_where_it_says_that_it_may_have_missed_something() -> None:
    """What the cap on driving and never turning round lose: a twentieth of the time at most."""
    lost = there = silent = 0
    for seed in range(COUNT):
        search = finder(webs(seed))
        every = by_every_road(search, cap=True)
        found = options(search, enumerated=0)
        silent += not found.stopped
        lost += (every - (shown(found) | found.unconfirmed)).total_s
        there += every.total_s
    assert there > 0 and 20 * lost <= there
    assert silent > COUNT // 5  # so the law above is about something


def test_some_webs_have_several_routes_and_some_have_none() -> None:
    found = [options(finder(webs(seed))) for seed in range(COUNT)]
    assert sum(len(one.shown) > 1 for one in found) > COUNT // 8
    assert sum(not one.shown for one in found) > COUNT // 10


@pytest.mark.parametrize("seed", range(0, COUNT, 3))
def test_one_second_of_delay_more_than_the_margin_is_uncovered_by_the_judge(seed: int) -> None:
    for one in options(finder(webs(seed))).shown:
        for window in one.windows.shown:
            if window.then == "the latest time planned":
                continue
            for more, whole in ((0, True), (1, False)):
                late = replace(leaving(one.movement, window.at), margin_s=window.margin_s + more)
                assert one.judge.bench(late).ledger.bears_margin is whole
