"""Plans that wait, in random webs of roads, against arithmetic on every route with one halt.

The oracle takes every pair of ways that pass no place twice, and every place on them as the one
halt. What comes before the halt hangs on when the column leaves, what comes after it on when it
would have left without the halt, and the halt on both: so all departures with any wait can be
reckoned out, and nothing is searched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from safeconduct.clearance.checks import CHECKS
from safeconduct.clearance.finding import Status
from safeconduct.planning.drives import Drive, routed
from safeconduct.planning.finding import Finder
from safeconduct.planning.options import Option, Options
from safeconduct.planning.routes import options
from safeconduct.planning.timing import Need, leaving, timing
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Halt, Movement
from tests.laws.test_plan_laws import ways
from tests.worlds.band_roads import UNTIL, finder
from tests.worlds.waiting_webs import waiting_webs

COUNT = int(os.environ.get("SAFECONDUCT_EXAMPLES", "24"))


def fits(needs: list[Need], within: Spans, late_s: int) -> Spans:
    """The departures that leave every one of these stretches covered."""
    good = within
    for need in needs:
        good = good & Spans.of(
            Span(one.start - need.enter_s, one.end - need.leave_s - late_s + 1)
            for one in need.open
            if one.start - need.enter_s <= one.end - need.leave_s - late_s
        )
    return good


def with_a_halt(search: Finder, halted: Movement, place: str) -> Spans:
    """Every departure from which some wait of a second or more at the halt lets the trip fit."""
    judge = search.roads.judge_on(frozenset())
    covers = [judge.cover(profile) for profile in halted.profiles]
    timed = timing(halted, judge.network, covers)  # with a halt of one second
    late_s, duration_s = halted.margin_s, timed.duration_s
    everywhere = Spans.one(search.within.start, search.within.end)
    roads = [need for need in timed.needs if not need.is_halt]
    at = next(n for n, need in enumerate(roads) if need.entry.halt_s)
    before = fits(roads[:at], everywhere, late_s)
    # When it would have left without the halt, with the one second in it counted.
    after = fits(roads[at + 1 :], everywhere, late_s)
    after = after & Spans.one(search.within.start, UNTIL - duration_s - late_s + 1)
    room = roads[at].open
    for need in timed.needs:
        room = room & need.open if need.is_halt else room
    found = NEVER
    for stands in room:
        comes = before & Spans.one(stands.start - roads[at].enter_s, UNTIL)
        last = stands.end - roads[at].leave_s - late_s
        goes = after & Spans.one(search.within.start, max(last + 1, search.within.start + 1))
        if goes and last >= search.within.start:
            found = found | (comes & Spans.one(search.within.start, goes.bounds[-1]))
    return found


def drives(search: Finder) -> Iterator[tuple[Drive, str]]:
    """Every pair of ways that the search may look at, with each place of it as a halt."""
    network = search.roads.judge_on(frozenset()).network
    legs = [list(ways(network, leg.origin, leg.destination)) for leg in search.movement.legs]
    for route in product(*legs):
        for number, steps in enumerate(route):
            for n, step in enumerate(steps):
                edge = network.edge(step.edge)
                place = edge.a if step.backwards else edge.b
                if number + 1 == len(route) and n + 1 == len(steps):
                    continue  # nothing follows it
                halts = [()] * len(route)
                halts[number] = (Halt(place=place, wait_s=1),)
                yield Drive(route, tuple(halts)), place


@cache
def searched(seed: int) -> tuple[Finder, Options]:
    search = finder(waiting_webs(seed))
    return search, options(search)


def shown(some: list[Option] | tuple[Option, ...]) -> Spans:
    return Spans.of(w.departures for one in some for w in one.windows.shown)


@pytest.mark.parametrize("seed", range(COUNT))
def test_no_departure_is_missed_that_one_halt_opens_and_each_that_is_shown_is_confirmed(
    seed: int,
) -> None:
    search, found = searched(seed)
    every = NEVER
    for drive, place in drives(search):
        if all(_driven_s(search, steps) <= search.longest_s for steps in drive.route):
            every = every | with_a_halt(search, routed(search.movement, drive), place)
    explained = shown(found.shown) | found.unconfirmed | found.otherwise
    assert not (found.hopeless and every)
    if not found.stopped and not found.unused:
        assert not every - explained
        assert bool(found.shown) or not every - found.unconfirmed
    for one in found.shown:
        for window in one.windows.shown:
            for at in (window.departures.start, window.departures.end - 1):
                bench = one.judge.bench(leaving(one.movement, at))
                codes = {f.code for f in CHECKS["T1"](bench) if f.status is not Status.MET}
                assert bench.ledger.bears_margin and not codes - {"DEPARTURE-PASSED", "TOO-LATE"}
                assert bench.itinerary.ends_at + search.movement.margin_s <= UNTIL


def _driven_s(search: Finder, steps) -> int:
    from tests.laws.test_plan_laws import _driven_s as driven

    return driven(search, steps)


def test_some_webs_have_departures_only_because_the_column_may_wait() -> None:
    gained = 0
    for seed in range(COUNT):
        _, found = searched(seed)
        plain = shown([one for one in found.shown if not one.movement.halts])
        gained += bool(shown(found.shown) - plain)
    assert gained > COUNT // 8


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_halt_is_shown_only_where_it_opens_something(seed: int) -> None:
    _, found = searched(seed)
    plain = shown([one for one in found.shown if not one.movement.halts])
    for one in found.shown:
        if one.movement.halts:
            assert shown([one]) - plain
            assert all(halt["wait_s"] > 0 for leg in one.as_json()["legs"] for halt in leg["halts"])


@pytest.mark.parametrize("seed", range(0, COUNT, 3))
def test_one_second_of_delay_more_than_the_margin_is_uncovered_also_with_halts(seed: int) -> None:
    for one in searched(seed)[1].shown:
        for window in one.windows.shown if one.movement.halts else ():
            if window.then == "the latest time planned":
                continue
            for more, whole in ((0, True), (1, False)):
                late = replace(leaving(one.movement, window.at), margin_s=window.margin_s + more)
                assert one.judge.bench(late).ledger.bears_margin is whole
