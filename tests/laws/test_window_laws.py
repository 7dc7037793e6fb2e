"""The departures of a route against the judge itself, in random worlds.

The judge is asked at single departures, by its own itinerary and ledger, whether everything holds
with the margin. Nothing of the windows is used for that.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.clearance import Judge
from safeconduct.clearance.checks import CHECKS
from safeconduct.clearance.finding import Status
from safeconduct.clearance.judging import under
from safeconduct.errors import RouteRefused
from safeconduct.planning.timing import Timing, leaving, timing
from safeconduct.situation import picture
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Closure, Departure
from tests.worlds.random_worlds import world

HOUR = 3_600
COUNT = int(os.environ.get("SAFECONDUCT_EXAMPLES", "60"))


def judged(seed: int) -> tuple[Judge, Timing] | None:
    """The judge of a random world, and the timing of the movement that it asks about.

    None where nobody knows the movement, or where its route is refused.
    """
    made = world(seed)
    known = [
        record
        for record, at in made.records
        # One that has left has no departure to look for.
        if at <= made.known_at and not isinstance(record, Departure)
    ]
    when = {"as_of": made.as_of, "known_at": made.known_at}
    situation = picture(known, **when, hearing=made.hearing)
    judge = Judge(situation, made.network, core_policy())
    movement = situation.movements.get(made.movements[0])
    if movement is None:
        return None
    covers = [judge.cover(profile) for profile in movement.profiles]
    try:
        return judge, timing(movement, made.network, covers)
    except RouteRefused:
        return None


def holds(judge: Judge, timing: Timing, at: int, latest: int) -> bool:
    """Whether the judge finds nothing missing at a departure, the margin and the end included."""
    moved = leaving(timing.movement, at)
    for profile in moved.profiles:
        bench = judge.bench(under(moved, profile))
        short = [f for f in CHECKS["T1"](bench) if f.code in ("WINDOW-TOO-SHORT", "HOLD-UNKNOWN")]
        late = bench.itinerary.ends_at + moved.margin_s > latest
        if not bench.ledger.bears_margin or late:
            return False
        if any(f.status is not Status.MET for f in short):
            return False
    return True


def test_some_worlds_have_departures_and_some_have_none() -> None:
    found = [one for one in map(judged, range(COUNT)) if one is not None]
    good = [
        bool(
            timing.departures(
                Span(leaves - 12 * HOUR, leaves + 12 * HOUR), timing.movement.latest_at
            )
        )
        for _, timing in found
        for leaves in [timing.movement.depart_at]
    ]
    assert len(found) > COUNT // 2 and 3 < sum(good) < len(good) - 3


def test_in_some_worlds_a_road_becomes_slower_and_in_some_one_is_closed() -> None:
    found = [one for one in map(judged, range(COUNT)) if one is not None]
    assert sum(bool(timing.spells) for _, timing in found) > 3
    assert sum(bool(judge.situation.facts(Closure)) for judge, _ in found) > 3


@pytest.mark.parametrize("seed", range(COUNT))
def test_the_judge_finds_everything_at_the_departures_and_something_missing_at_any_other(
    seed: int,
) -> None:
    found = judged(seed)
    if found is None:
        return
    judge, timing = found
    leaves, latest = timing.movement.depart_at, timing.movement.latest_at
    within = Span(leaves - 12 * HOUR, max(latest, leaves + 12 * HOUR))
    departures = timing.departures(within, latest)
    rng = Random(seed)
    asked = {leaves, *(rng.randrange(within.start, within.end) for _ in range(6))}
    for span in departures:  # the borders, and a second beyond each
        asked |= {span.start - 1, span.start, span.end - 1, span.end}
    for at in sorted(one for one in asked if within.contains(one)):
        assert departures.contains(at) == holds(judge, timing, at, latest), at - leaves
        margin = timing.margin(at)
        if departures.contains(at):
            assert margin is not None and margin >= timing.movement.margin_s
