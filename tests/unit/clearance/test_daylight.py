"""Rule X1: by day only, to the very second of dusk; and where the column may stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.policy import Organisation
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Daylight, Departure, Refuge
from tests.worlds.two_town_papers import policy_of
from tests.worlds.two_towns import BANKS, CLEAR, DEPART, HOUR, TOWNS, may

DAWN, DUSK = may(6, 6), may(6, 16)


def day(id="day", dawn=DAWN, dusk=DUSK, areas=BANKS):
    return Daylight(id=id, areas=areas, during=Span(dawn, dusk), by="almanac")


def world(*more, early_s=HOUR):
    policy = policy_of(Organisation.ANY, refuge_before_dusk_s=early_s)
    return replace(TOWNS.plus(*more), policy=policy)


@pytest.mark.parametrize("early_s", [0, HOUR])
def test_the_road_is_left_the_set_time_before_dusk_to_the_second(early_s):
    # The tail leaves the last road at 13:02.
    just = world(day(dusk=CLEAR + early_s), early_s=early_s)
    late = world(day(dusk=CLEAR + early_s - 1), early_s=early_s)
    assert (just.verdict(), late.verdict()) == ("go", "conditional")
    (finding,) = late.findings("X1")
    assert (finding.code, finding.span) == ("AFTER-DARK", Span(CLEAR - 1, CLEAR))
    assert "Bridge road" in finding.says


def test_the_road_is_not_taken_before_dawn():
    assert world(day(dawn=DEPART)).verdict() == "go"
    assert {f.code for f in world(day(dawn=DEPART + 1)).findings("X1")} == {"AFTER-DARK"}


def test_a_day_counts_only_on_a_road_that_lies_within_its_areas():
    south = world(day(areas=("south-bank",)))
    (finding,) = south.findings("X1")
    assert finding.code == "DAYLIGHT-UNKNOWN"
    assert {stretch.name for stretch in finding.place} == {"hill-road", "birch"}


def test_another_day_says_nothing_of_this_one():
    old = world(day(dawn=may(4, 6), dusk=may(4, 18)))
    assert {f.code for f in old.findings("X1")} == {"DAYLIGHT-UNKNOWN"}


def test_after_a_recorded_dusk_it_is_dark_and_not_unknown():
    assert {f.code for f in world(day(dawn=may(6, 4), dusk=may(6, 8))).findings("X1")} == {
        "AFTER-DARK"
    }


def test_where_the_trip_begins_and_ends_the_column_may_stand_in_the_dark():
    # Alder is left at the last second of the trip; only roads and places between count there.
    late = world(day(dusk=CLEAR + HOUR))
    assert "alder" not in {s.name for f in late.findings("X1") for s in f.place}
    assert late.verdict() == "go"


def overnight(*more):
    """Unloading takes until six the next morning; the way back is driven then."""
    there, back = TOWNS.movement().legs
    stay = replace(there, service_s=20 * HOUR + 30 * 60)
    tomorrow = day("tomorrow", may(7, 5), may(7, 16))
    return world(day(), tomorrow, *more).but("relief-to-birch", legs=(stay, back))


BEFORE_DUSK, MORNING = may(6, 15), may(7, 7)


def refuge(until=MORNING, place="birch", since=BEFORE_DUSK):
    return Refuge(id="yard", place=place, valid=Span(since, until), by="access officer")


def test_a_night_is_spent_in_a_refuge_only():
    assert {f.code for f in overnight().findings("X1")} == {"AFTER-DARK"}
    assert [s.name for s in overnight().only("X1").place] == ["birch"]
    assert overnight(refuge()).only("X1").status.value == "met"


def test_a_refuge_must_be_one_for_as_long_as_it_is_dark():
    # From 15:00, an hour before dusk, to dawn at 05:00.
    assert overnight(refuge(until=may(7, 5))).only("X1").status.value == "met"
    assert overnight(refuge(until=may(7, 5) - 1)).only("X1").code == "AFTER-DARK"
    assert overnight(refuge(since=may(6, 15) + 1)).only("X1").code == "AFTER-DARK"
    assert overnight(refuge(place="bridge")).only("X1").code == "AFTER-DARK"


def test_no_road_is_a_refuge():
    late = world(day(dusk=may(6, 13)), refuge(place="bridge", since=may(6), until=may(8)))
    where = {s.name for f in late.findings("X1") for s in f.place}
    assert "bridge-road" in where
    assert "bridge" not in where


def test_under_way_only_what_is_ahead_is_looked_at():
    left = Departure(
        id="left", movement="relief-to-birch", version=1, departed_at=DEPART, by="leader"
    )
    late_dawn = world(day(dawn=DEPART + 1800), left)
    assert {f.code for f in late_dawn.at(DEPART).findings("X1")} == {"AFTER-DARK"}
    assert late_dawn.at(DEPART + 2 * HOUR).verdict() == "go"


def test_a_rule_that_the_operation_has_not_set_asks_for_nothing():
    assert TOWNS.only("X1").says == "The operation has set no rule for darkness."
