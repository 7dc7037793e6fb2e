"""A checkpoint or crossing that was recorded after the road it may be on was adopted."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.clearance import judging
from safeconduct.clearance.finding import Stretch
from safeconduct.policy import Level
from safeconduct.situation import REPLAYED
from safeconduct.spacetime import Point
from safeconduct.vocabulary import Apart, Crossing, Departure, Direction, Loosening, Order
from tests.unit.clearance.test_links import ACCEPTED, LINK, OTHER
from tests.worlds.adopted_towns import HILL_ROAD, YARD, adopted, with_late_post, without_its_record
from tests.worlds.two_towns import DEPART, HOUR, MONTH, NOW, TOWNS, leg, may

DOUBT = ("A1", "PLACE-NOT-JOINED")
LATE = with_late_post(TOWNS)


def test_over_adopted_roads_it_may_go_and_a_post_that_nobody_looked_for_stops_it():
    assert adopted(TOWNS).verdict() == "go"
    assert LATE.verdict() == "no-go"
    assert LATE.failing() == {DOUBT}


def test_the_finding_names_the_post_its_party_the_road_and_what_to_do():
    (finding,) = [one for one in LATE.findings("A1") if one.code == DOUBT[1]]
    assert finding.level is Level.HARD and finding.place == (Stretch("hill-road", 0, 90_000),)
    assert finding.statements == ("yard-post",)
    assert finding.says == (
        "At Yard (yard) there is checkpoint yard-post of The North. Nobody looked for it on these "
        "adopted roads, and it may be on the way: at Hill road, within 2000 m as far as can be "
        "told."
    )
    assert "`safeconduct plan --register R --roads FOLDER --adopt R1`" in finding.remedy


def test_once_it_was_looked_for_and_is_elsewhere_it_stops_nobody():
    looked = with_late_post(TOWNS, Apart(place="yard", near=YARD, junction="far-off"))
    assert looked.verdict() == "go"
    moved = with_late_post(TOWNS, Apart(place="yard", near=Point(0, 0), junction="far-off"))
    assert moved.failing() == {DOUBT}


def test_a_crossing_is_looked_for_too_and_two_posts_at_one_place_are_one_doubt():
    ford = Crossing(id="ford", name="Ford", place="yard", sides=("south", "north"))
    assert adopted(TOWNS).plus(ford).failing() == {DOUBT}
    (finding,) = [one for one in LATE.plus(ford).findings("A1") if one.code == DOUBT[1]]
    assert finding.statements == ("ford", "yard-post")
    assert "of The North and crossing ford." in finding.says


def test_no_loosening_lets_it_go():
    policy = replace(LATE.policy, never_loosened={})
    free = Loosening(
        id="we-want-to-go",
        rule="A1",
        profile="default",
        by="head of office",
        why="an invented reason",
        decided_at=NOW,
        valid=MONTH,
    )
    loose = replace(LATE, policy=policy).plus(free)
    assert loose.verdict() == "no-go" and loose.failing() == {DOUBT}


def test_a_movement_linked_with_one_that_has_the_doubt_does_not_go_either():
    # The other movement stays on the bridge road; its partner drives over the hill.
    short = replace(OTHER, legs=(leg("home", Direction.OUT, "-bridge-road"),))
    linked = LATE.plus(replace(LINK, order=Order.TOGETHER), *ACCEPTED, short)
    told = {(f.rule, f.code) for f in linked.judged("staff-out").findings if f.code}
    assert ("A7", "OTHER-LEG") in told and DOUBT not in told
    without = adopted(TOWNS).plus(LINK, *ACCEPTED, short).judged("staff-out").findings
    assert "OTHER-LEG" not in {one.code for one in without}


def test_under_way_a_road_behind_the_column_is_in_doubt_too_until_the_trip_is_over():
    left = Departure(
        id="left", movement="relief-to-birch", version=1, departed_at=DEPART, by="leader"
    )
    assert DOUBT in LATE.plus(left).at(DEPART + HOUR).failing()
    # From 12:48 on it is past the bridge on its way home. Held on the hill road, it would not be.
    assert DOUBT in LATE.plus(left).at(may(6, 12, 50)).failing()
    assert LATE.plus(left).at(may(6, 13, 30)).failing() == {("A1", "TRIP-OVER")}


def test_an_error_in_looking_is_a_doubt(monkeypatch):
    def broken(bench):
        raise KeyError("a wire came loose")

    monkeypatch.setattr(judging, "not_joined", broken)
    assert TOWNS.failing() == {("A1", "ERROR")} and TOWNS.verdict() == "no-go"


# -- the record of the adopted road is not here


def test_a_record_of_adopted_roads_that_is_not_here_is_a_doubt_and_no_silence():
    lost = without_its_record(LATE)
    assert lost.verdict() == "no-go" and DOUBT in lost.failing()
    (finding,) = [one for one in lost.findings("A1") if one.code == DOUBT[1]]
    assert finding.level is Level.HARD
    assert "The record that tells what was looked for on these adopted roads is not here, or does "\
        "not count, and it may be on the way: at " in finding.says  # fmt: skip
    assert "from which nothing is left out (`register export --handling confidential` there)" in (
        finding.remedy
    )
    assert "`safeconduct plan --register R --roads FOLDER --adopt R1`" in finding.remedy


def test_without_a_post_anywhere_beside_the_way_its_record_is_not_missed():
    assert without_its_record(adopted(TOWNS)).verdict() == "go"
    assert without_its_record(LATE).plus(HILL_ROAD).failing() == {DOUBT}


def test_once_the_record_comes_only_its_own_doubts_are_left():
    looked = with_late_post(TOWNS, Apart(place="yard", near=YARD, junction="far-off"))
    assert looked.verdict() == "go" and without_its_record(looked).verdict() == "no-go"


def test_a_replay_holds_all_that_its_network_names():
    lost = without_its_record(LATE)
    situation = replace(lost.situation(), hearing=REPLAYED)
    found = judging.Judge(situation, lost.network, lost.policy).judge("relief-to-birch")
    assert DOUBT[1] not in found.codes


def test_a_linked_movement_over_roads_whose_record_is_not_here_does_not_go():
    short = replace(OTHER, legs=(leg("home", Direction.OUT, "-bridge-road"),))
    linked = without_its_record(LATE).plus(replace(LINK, order=Order.TOGETHER), *ACCEPTED, short)
    told = {(f.rule, f.code) for f in linked.judged("staff-out").findings if f.code}
    assert ("A7", "OTHER-LEG") in told
