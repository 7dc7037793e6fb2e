"""Rules V1 to V3: which vehicles, seen by whom, watched by whom; and what the findings say."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary import Body, Convoy, Departure, Movement, VehicleSeen
from tests.worlds.two_town_papers import (
    GATE,
    RELIEF,
    convoy_watch,
    escort,
    gate_check,
    list_of,
    seen,
    vehicle,
)
from tests.worlds.two_towns import DAY, DEPART, HOUR, TOWNS, may, notice


def at_the_gate(*vehicles):
    """The column as it was seen."""
    return TOWNS.but("at-the-gate", seen=vehicles)


def test_a_list_that_is_short_says_by_how_many_and_by_when_to_complete_it():
    finding = TOWNS.without("truck-9", "truck-10").at(DEPART - 2 * DAY).findings("V1")[0]
    assert finding.says == "Version 1 plans 10 vehicles, and 8 are listed."
    assert "by 2030-05-05 09:00 UTC" in finding.remedy
    assert finding.due_at == DEPART - DAY


def test_an_eleventh_vehicle_on_the_list_is_one_too_many_at_once():
    world = TOWNS.plus(vehicle(11)).at(DEPART - 4 * DAY)
    (finding,) = [f for f in world.findings("V1") if f.code == "OTHER-VEHICLES"]
    assert finding.status.value == "unmet"
    assert "plans 10 vehicles, but 11 are listed" in finding.says
    assert "drop the vehicle, or submit anew" in finding.remedy


def test_an_extra_a_missing_and_a_differently_built_vehicle_are_named_by_their_plates():
    column = [*seen()[:-2], VehicleSeen(plate="A-109", body=Body.OPEN)]
    extra = VehicleSeen(plate="X-1", body=Body.OPEN)
    (finding,) = [f for f in at_the_gate(*column, extra).findings("V1")]
    assert finding.code == "OTHER-VEHICLES"
    assert "loading officer" in finding.says
    assert "A-109 is open, but listed as closed" in finding.says
    assert "X-1 is not on the list" in finding.says
    assert "A-110 was not there" in finding.says
    assert "drop what is not on it" in finding.remedy and "submit anew" in finding.remedy


def test_one_plate_seen_twice_is_not_the_column_on_the_list():
    assert at_the_gate(*seen(), seen()[0]).failing() == {("V1", "OTHER-VEHICLES")}


def test_two_vehicles_of_one_plate_are_no_list():
    world = TOWNS.but("truck-2", plate="A-101")
    assert ("V1", "VEHICLE-INCOMPLETE") in world.failing()
    assert "the plate of another" in world.findings("V1")[0].says


@pytest.mark.parametrize("field", ["plate", "driver"])
def test_a_blank_says_nothing(field):
    world = TOWNS.but("truck-2", **{field: "  "})
    (finding,) = [f for f in world.findings("V1") if f.code == "VEHICLE-INCOMPLETE"]
    assert f"vehicle 2 ({'  ' if field == 'plate' else 'A-102'}): no {field}" in finding.says


def test_a_vehicle_of_another_version_is_not_on_this_list():
    assert ("V1", "VEHICLES-NOT-LISTED") in TOWNS.but("truck-2", version=2).failing()


def test_a_look_at_an_older_version_is_no_look_at_this_one():
    first = next(r for r in TOWNS.records if isinstance(r, Movement))
    told = (notice(party, 2, may(4, 12)) for party in ("north", "south"))
    second = TOWNS.but(RELIEF, version=2).plus(*list_of(2), *told)
    assert first.version == 1
    assert ("V3", "GATE-NOT-CHECKED") in second.waiting()
    assert second.at(DEPART - HOUR).failing() >= {("V3", "GATE-NOT-CHECKED")}
    assert ("V3", "GATE-NOT-CHECKED") not in second.plus(gate_check("two", version=2)).waiting()


def test_the_latest_look_counts():
    armed = gate_check("armed", GATE + 1, weapons=True)
    assert TOWNS.plus(armed).failing() == {("V3", "WEAPON-SEEN")}
    assert TOWNS.plus(armed, gate_check("clean", GATE + 2)).verdict() == "go"


@pytest.mark.parametrize(
    ("changes", "failing"),
    [
        ({"weapons": True}, {("V3", "WEAPON-SEEN")}),
        ({"armed_beside": True}, {("V3", "ARMED-BESIDE")}),
        ({"aid_only": False}, {("V1", "NOT-AID-ONLY")}),
        ({"seen": seen(9)}, {("V1", "OTHER-VEHICLES")}),
    ],
)
def test_of_two_looks_in_one_second_the_one_with_more_doubt_holds(changes, failing):
    for id in ("a-look", "z-look"):
        assert TOWNS.plus(gate_check(id, **changes)).failing() == failing


def test_a_look_that_is_still_to_come_says_nothing_yet():
    later = gate_check("later", TOWNS.now + 1, weapons=True)
    assert TOWNS.plus(later).verdict() == "go"
    assert TOWNS.plus(later).at(TOWNS.now + 1).verdict() == "no-go"


@pytest.mark.parametrize("field", ["weapons", "armed_beside", "aid_only"])
def test_what_nobody_looked_for_is_not_known(field):
    world = TOWNS.but("at-the-gate", **{field: None})
    assert world.at(DEPART - HOUR).verdict() == "no-go"
    rule = "V1" if field == "aid_only" else "V3"
    (finding,) = world.at(DEPART - HOUR).findings(rule)
    assert finding.status.value == "unknown"
    assert "nobody looked" in finding.says


def test_a_weapon_is_stopped_for_and_reported():
    finding = TOWNS.but("at-the-gate", weapons=True).only("V3")
    assert finding.remedy.startswith("Stop and report it")
    assert "loading officer saw a weapon" in finding.says


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"areas": ("far-hills",)}, "ARMED-BESIDE"),
        ({"sustainable": False}, "ARMED-BESIDE"),
        ({"movement": "another"}, "ARMED-BESIDE"),
    ],
    ids=["passed", "of another road", "not passed", "of another movement"],
)
def test_armed_persons_beside_the_column_need_an_escort_of_this_way_that_passed(changes, code):
    guard = escort()
    guard = type(guard)(**({f: getattr(guard, f) for f in guard.__slots__} | changes))
    world = TOWNS.but("at-the-gate", armed_beside=True).plus(guard)
    assert {f.code for f in world.findings("V3") if f.code} == ({code} if code else set())


def test_a_party_that_is_asked_for_nothing_needs_no_list():
    # The envoy was told too, without the list; it holds no key on this way.
    world = TOWNS.plus(notice("envoy", 1, may(4, 12), listed=()))
    assert world.verdict() == "go"


def test_the_latest_list_sent_counts_and_of_two_in_one_second_both():
    bare = TOWNS.but("notice-north", listed=())
    assert bare.failing() == {("V1", "VEHICLES-NOT-SENT")}
    again = notice("north", 1, may(4, 12) + 1, id="again")
    assert bare.plus(again).failing() == set()
    same = notice("north", 1, may(4, 12), id="again")
    assert bare.plus(same).failing() == {("V1", "VEHICLES-NOT-SENT")}


def test_a_list_sent_short_is_named_with_the_party_and_the_plates_left_out():
    (finding,) = TOWNS.but("notice-north", listed=("truck-1", "truck-2")).findings("V1")
    assert (finding.code, finding.party) == ("VEHICLES-NOT-SENT", "north")
    assert finding.says.startswith("The North was told of version 1 without the vehicles A-103,")
    assert finding.says.endswith("A-106 and 4 more.")


def test_a_list_sent_with_a_stranger_is_unmet_at_once():
    listed = (*TOWNS.record("notice-north").listed, "truck-of-yesterday")
    (finding,) = TOWNS.but("notice-north", listed=listed).at(may(4, 13)).findings("V1")
    assert (finding.code, finding.status.value) == ("OTHER-VEHICLES", "unmet")
    assert "truck-of-yesterday" in finding.says


def test_people_on_foot_have_no_list():
    gone = (*(f"truck-{n}" for n in range(1, 11)), "at-the-gate")
    world = TOWNS.without(*gone).but(RELIEF, convoy=Convoy(vehicles=0, column_m=50))
    assert world.only("V1").status.value == "not-applicable"


def test_any_whole_record_of_the_watch_is_enough():
    half = convoy_watch(id="half", room="", hand_over=None)
    assert TOWNS.plus(half).verdict() == "go"
    (finding,) = TOWNS.without("column-watch").plus(half).findings("V2")
    assert "no room that follows the column, no hand-over between watches" in finding.says


@pytest.mark.parametrize(
    "changes",
    [{"leader": " "}, {"room": ""}, {"clearance_lodged": None}, {"check_every_s": 0}],
)
def test_each_thing_that_the_watch_needs_is_for_sign_off(changes):
    world = TOWNS.but("column-watch", **changes)
    assert world.failing() == {("V2", "CONVOY-NOT-WATCHED")}
    assert world.verdict() == "conditional"


def test_under_way_the_gate_is_not_forgotten():
    left = Departure(id="left", movement=RELIEF, version=1, departed_at=DEPART, by="leader")
    world = TOWNS.without("at-the-gate").plus(left).at(DEPART + HOUR)
    assert world.failing() == {("V3", "GATE-NOT-CHECKED")}
    assert world.only("V3").remedy.endswith("and record it now.")
