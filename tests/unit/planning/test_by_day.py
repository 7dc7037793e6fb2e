"""Which departures of a window keep to daylight, held against rule X1 itself, to the second."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.clearance.checks import CHECKS
from safeconduct.clearance.finding import Status
from safeconduct.planning.timing import leaving, timing
from safeconduct.planning.windows import Window, windows_of
from safeconduct.policy import Organisation
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Daylight, RoadSpeed, SpeedBasis
from tests.unit.clearance.test_daylight import policy_of
from tests.worlds.two_towns import BANKS, HOUR, TOWNS, Towns, may

WITHIN, LATEST = Span(may(6, 7, 30), may(6, 18)), may(6, 18)


def day(dusk: int) -> Daylight:
    return Daylight(id="day", areas=BANKS, during=Span(may(6, 6), dusk), by="almanac")


def windows(world: Towns) -> tuple[Window, ...]:
    judge, movement = world.judge(), world.movement()
    timed = timing(movement, judge.network, [judge.cover(movement.profile)])
    return windows_of(judge, timed, WITHIN, LATEST).shown


def ruled(*more: object) -> Towns:
    policy = policy_of(Organisation.ANY, refuge_before_dusk_s=HOUR)
    return replace(TOWNS.plus(*more), policy=policy)


def test_without_a_rule_for_darkness_nothing_is_said() -> None:
    (window,) = windows(TOWNS)
    assert window.by_day is None and "by_day" not in window.as_json()


def test_departures_by_day_are_told_to_the_second() -> None:
    # From leaving Alder to the tail off the bridge road it is 4 h 02 min; so the road is free an
    # hour before dusk at 16:30 when the column leaves until 11:28.
    (window,) = windows(ruled(day(may(6, 16, 30))))
    assert window.departures.end - 1 == may(6, 12, 58)
    assert window.by_day == Spans.one(may(6, 7, 30), may(6, 11, 28) + 1)
    assert window.as_json()["by_day"] == [
        {"leave_from": "2030-05-06T07:30:00Z", "leave_until": "2030-05-06T11:28:00Z"}
    ]


def test_where_nobody_recorded_the_day_no_departure_is_by_day() -> None:
    (window,) = windows(ruled())
    assert window.by_day == Spans() and window.as_json()["by_day"] == []


SLOW = RoadSpeed(
    id="mud", speed_kmh=20, valid=Span(may(6, 10), may(7)), basis=SpeedBasis.POLICY,
    edges=("hill-road",),
)  # fmt: skip


@pytest.mark.parametrize("more", [(), (SLOW,)], ids=["one speed", "slower from ten"])
def test_rule_x1_is_met_at_these_departures_and_at_no_other(more: tuple[RoadSpeed, ...]) -> None:
    world = ruled(day(may(6, 16, 30)), *more)
    judge = world.judge()
    for window in windows(world):
        assert window.by_day
        for at in range(window.departures.start, window.departures.end, 601):
            (found,) = CHECKS["X1"](judge.bench(leaving(world.movement(), at)))
            assert window.by_day.contains(at) is (found.status is Status.MET)
        for span in window.by_day:
            for at in (span.start, span.end - 1, span.end):
                (found,) = CHECKS["X1"](judge.bench(leaving(world.movement(), at)))
                assert window.by_day.contains(at) is (found.status is Status.MET)
