"""Rule G4: the way was checked in the last 24 hours, and nothing unresolved is near it.

Asked at 07:30 on 6 May; the morning's check was made at 07:00. Birch lies at latitude 10.15, and
5 km are 0.0452 degrees of latitude: 5,000 / 110,574.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import Point
from safeconduct.vocabulary import (
    Incident,
    IncidentCheck,
    IncidentReview,
    IncidentState,
    Report,
)
from tests.worlds.two_towns import BANKS, DAY, NOW, TOWNS, may, said

CHECK = "quiet-in-the-morning"
# A clash without a known means suspends nobody's restraint, so that only rule G4 speaks.
CLASH = Incident(id="clash", what="a clash.", at=may(6, 6), areas=("north-bank",))


def reported(**changes):
    told = replace(CLASH, **changes)
    return said("relief", max(told.at, may(5)), Report(id="r", party="relief", incident=told))


def reviewed(state):
    return IncidentReview(
        id="review", of="clash", state=state, reviewed_at=may(6, 7), by="officer", reason="asked"
    )


def failing(**changes):
    return TOWNS.plus(reported(**changes)).failing()


def test_an_unverified_incident_near_the_way_holds_it():
    finding = TOWNS.plus(reported()).only("G4")
    assert (finding.status.value, finding.code) == ("unknown", "HOLD")
    assert finding.says == "a clash, 2030-05-06 06:00 UTC (06:00Z), near the way: not verified yet."
    # To be settled before the departure at 09:00, which comes before it is a day old.
    assert "verify or dismiss it, with the reason, by 2030-05-06 09:00 UTC" in finding.remedy


def test_a_verified_incident_near_the_way_is_a_no():
    finding = TOWNS.plus(reported(), reviewed(IncidentState.VERIFIED)).only("G4")
    assert (finding.status.value, finding.code) == ("unmet", "INCIDENT")


def test_a_dismissed_incident_is_none():
    assert TOWNS.plus(reported(), reviewed(IncidentState.DISMISSED)).verdict() == "go"


@pytest.mark.parametrize(
    ("at", "counts"),
    [(NOW - DAY, True), (NOW - DAY - 1, False), (NOW, True)],
    ids=["a day ago", "a second more", "just now"],
)
def test_an_incident_counts_for_a_day(at, counts):
    assert (("G4", "HOLD") in failing(at=at)) is counts


def test_an_incident_in_an_area_that_the_way_does_not_come_near_is_no_concern():
    assert failing(areas=("far-hills",)) == set()


def test_an_incident_in_an_area_that_nobody_knows_may_be_on_the_way():
    assert failing(areas=("the-valley",)) == {("G4", "HOLD")}


@pytest.mark.parametrize(
    ("lat_e7", "near"),
    [(101_500_000, True), (101_500_000 + 452_000, True), (101_500_000 + 453_000, False)],
    ids=["in Birch", "4,997 m north of it", "5,009 m north of it"],
)
def test_an_incident_at_a_point_counts_within_five_kilometres_of_the_way(lat_e7, near):
    # 0.0452 * 110,574 m = 4,997 m; 0.0453 * 110,574 m = 5,009 m.
    assert (failing(areas=(), near=Point(0, lat_e7)) == {("G4", "HOLD")}) is near


def test_either_the_point_or_the_area_brings_it_near():
    far = Point(0, 200_000_000)
    assert failing(near=far) == {("G4", "HOLD")}
    assert failing(near=Point(0, 101_500_000), areas=("far-hills",)) == {("G4", "HOLD")}
    assert failing(near=far, areas=("far-hills",)) == set()


def test_an_incident_that_nobody_has_placed_may_be_anywhere():
    assert failing(areas=(), near=None) == {("G4", "HOLD")}


def test_fire_on_the_way_holds_it_and_suspends_the_restraint():
    means = next(iter(TOWNS.record("north-mortars").means))
    assert failing(means=means) >= {
        ("G4", "HOLD"),
        ("A1", "RESTRAINT-MISSING"),
        ("A5", "FIRE-UNEXPLAINED"),
    }


# -- the check of the whole way


def test_nobody_having_checked_is_a_doubt():
    finding = TOWNS.without(CHECK).only("G4")
    assert (finding.status.value, finding.code) == ("unknown", "NOT-CHECKED")
    assert "Nobody has recorded a check for incidents in the last 24 h" in finding.says


@pytest.mark.parametrize(
    ("checked_at", "fresh"), [(NOW - DAY, True), (NOW - DAY - 1, False), (NOW + 1, False)]
)
def test_a_check_is_fresh_for_a_day_and_not_before_it_was_made(checked_at, fresh):
    world = TOWNS.but(CHECK, checked_at=checked_at)
    assert (world.verdict() == "go") is fresh


def test_a_check_contains_the_whole_way():
    half = TOWNS.but(CHECK, areas=("south-bank",))
    assert half.failing() == {("G4", "NOT-CHECKED")}
    assert "on Hill road and Birch." in half.only("G4").says


def test_two_checks_may_contain_it_together():
    other = IncidentCheck(id="other", areas=BANKS[:1], checked_at=may(6, 6), by="officer")
    assert TOWNS.but(CHECK, areas=BANKS[1:]).plus(other).verdict() == "go"
