"""What tags of OpenStreetMap mean to a truck: which roads, which way, which limits, what blocks."""

from __future__ import annotations

import pytest

from safeconduct.roads.sources.driving import blocks, driving
from safeconduct.roads.sources.highways import HIGHWAYS, NOT_FOR_TRUCKS, fit
from safeconduct.roads.sources.posted import UNREADABLE, centimetres, kilograms, posted


def test_every_class_is_taken_or_left_for_a_reason() -> None:
    assert not HIGHWAYS.keys() & NOT_FOR_TRUCKS.keys()
    assert all(HIGHWAYS.values())
    assert all(NOT_FOR_TRUCKS.values())


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ({"highway": "primary"}, ""),
        ({"highway": "motorway_link"}, ""),
        ({"highway": "service"}, ""),
        ({"highway": "track", "surface": "gravel"}, ""),
        ({"highway": "track", "tracktype": "grade1"}, ""),
        ({"highway": "track"}, "tracks of soft or unknown ground"),
        ({"highway": "track", "tracktype": "grade5"}, "tracks of soft or unknown ground"),
        ({"highway": "service", "service": "parking_aisle"}, "parking aisles and the like"),
        ({"highway": "unclassified", "smoothness": "impassable"}, "roads too rough for trucks"),
        ({"highway": "service", "area": "yes"}, "squares, drawn as an outline"),
        ({"highway": "path"}, "path: for people"),
        ({"highway": "ice_road"}, "ways of an unknown class"),
        ({}, "ways of an unknown class"),
    ],
)
def test_a_way_is_fit_for_trucks_or_not(tags: dict[str, str], why: str) -> None:
    assert fit(tags) == why


BOTH, FORTH, BACK, SHUT = (True, True), (True, False), (False, True), (False, False)


@pytest.mark.parametrize(
    ("tags", "open_ways", "is_doubtful"),
    [
        ({}, BOTH, False),
        ({"oneway": "yes"}, FORTH, False),
        ({"oneway": "1"}, FORTH, False),
        ({"oneway": "-1"}, BACK, False),
        ({"oneway": "reverse"}, BACK, False),
        ({"oneway": "no"}, BOTH, False),
        ({"oneway": "alternating"}, BOTH, False),
        ({"junction": "roundabout"}, FORTH, False),
        ({"junction": "circular"}, FORTH, False),
        ({"junction": "roundabout", "oneway": "yes"}, FORTH, False),
        ({"highway": "motorway"}, FORTH, False),
        ({"highway": "motorway", "oneway": "no"}, BOTH, False),
        # In doubt, what all readings allow.
        ({"junction": "roundabout", "oneway": "-1"}, SHUT, True),
        ({"junction": "roundabout", "oneway": "no"}, FORTH, True),
        ({"oneway": "yes;no"}, SHUT, True),
        ({"oneway": "reversible"}, SHUT, True),
        ({"oneway": "yes", "oneway:conditional": "no @ (22:00-06:00)"}, SHUT, True),
        # The most particular word on access holds.
        ({"access": "no"}, SHUT, False),
        ({"access": "private"}, SHUT, False),
        ({"access": "no", "hgv": "yes"}, BOTH, False),
        ({"access": "yes", "hgv": "no"}, SHUT, False),
        ({"vehicle": "no", "motor_vehicle": "permissive"}, BOTH, False),
        ({"hgv": "designated", "oneway": "yes"}, FORTH, False),
        ({"motor_vehicle": "perhaps"}, SHUT, True),
        ({"hgv:conditional": "no @ (07:00-09:00)"}, SHUT, True),
        ({"access": "no", "hgv:conditional": "yes @ (07:00-09:00)"}, SHUT, False),
        ({"motor_vehicle:backward": "no"}, FORTH, False),
        ({"hgv:forward": "destination"}, BOTH, False),
    ],
)
def test_which_way_a_truck_may_drive(
    tags: dict[str, str], open_ways: tuple[bool, bool], is_doubtful: bool
) -> None:
    found = driving(tags)
    assert (found.forward, found.backward) == open_ways
    assert bool(found.doubt) == is_doubtful


def test_a_road_for_those_who_stop_there_is_open_and_said() -> None:
    assert driving({"access": "destination"}).destination


@pytest.mark.parametrize(
    ("tags", "is_blocked"),
    [
        ({}, False),
        ({"barrier": "bollard"}, True),
        ({"barrier": "block", "access": "yes"}, True),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, False),
        ({"barrier": "gate"}, True),
        ({"barrier": "gate", "access": "permissive"}, False),
        ({"barrier": "gate", "access": "private"}, True),
        ({"barrier": "lift_gate"}, False),
        ({"barrier": "lift_gate", "hgv": "no"}, True),
        ({"barrier": "checkpoint"}, False),
        ({"barrier": "border_control"}, False),
        ({"barrier": "height_restrictor"}, True),
        ({"barrier": "something_new"}, True),
    ],
)
def test_which_barriers_stop_a_truck(tags: dict[str, str], is_blocked: bool) -> None:
    assert blocks(tags) == is_blocked


@pytest.mark.parametrize(
    ("text", "kg"),
    [
        ("3.5", 3500),
        ("7,5 t", 7500),
        ("12t", 12_000),
        ("3500 kg", 3500),
        # 26,000 lb of 0.45359237 kg are 11,793.4 kg, rounded down.
        ("26000 lbs", 11_793),
        # Ten short tons of 907.18474 kg.
        ("10 st", 9_071),
        ("none", 0),
        ("unsigned", 0),
        ("light", UNREADABLE),
        ("-3", UNREADABLE),
        ("0", UNREADABLE),
        ("3.5 stone", UNREADABLE),
        ("1e3", UNREADABLE),
    ],
)
def test_a_weight_in_any_unit(text: str, kg: int) -> None:
    assert kilograms(text) == kg


@pytest.mark.parametrize(
    ("text", "cm"),
    [
        ("4", 400),
        ("4.15 m", 415),
        ("420 cm", 420),
        ("2,5", 250),
        # 13 feet 6 inches: 13 * 30.48 + 6 * 2.54 = 411.48.
        ("13'6\"", 411),
        ("13 ft 6 in", 411),
        ("12'", 365),
        ("default", 0),
        ("below_default", UNREADABLE),
        ("4 x", UNREADABLE),
    ],
)
def test_a_height_in_any_unit(text: str, cm: int) -> None:
    assert centimetres(text) == cm


@pytest.mark.parametrize(
    ("tags", "limits"),
    [
        ({}, (0, 0, 0)),
        ({"maxweight": "7.5;3.5"}, (3500, 0, 0)),
        ({"maxweight": "12", "maxweight:hgv": "7.5"}, (7500, 0, 0)),
        ({"maxheight": "4.5", "maxheight:physical": "4.2"}, (0, 420, 0)),
        ({"maxweight:conditional": "3.5 @ (22:00-06:00)"}, (3500, 0, 0)),
        ({"maxweight:conditional": "none @ destination; 16 @ (Mo-Fr)"}, (16_000, 0, 0)),
        ({"maxwidth": "2.3"}, (0, 0, 230)),
        ({"maxweight": "3.5;some"}, (UNREADABLE, 0, 0)),
    ],
)
def test_of_several_limits_the_least_holds(
    tags: dict[str, str], limits: tuple[int, int, int]
) -> None:
    assert posted(tags) == limits
