"""Lines measured on the ellipsoid and snapped to whole decimetres."""

from __future__ import annotations

import pytest

from safeconduct.errors import WrongField
from safeconduct.roads import RawEdge
from safeconduct.roads.lines import Line, Spot, distance_dm, measured
from safeconduct.spacetime import Point

UM = 1_000_000  # micrometres in a metre


def spot(segment: int, part: int = 0, whole: int = 1) -> Spot:
    """A spot so far along a segment."""
    return Spot.at(segment, part, whole)


def test_a_degree_of_latitude_at_the_equator_has_its_known_length() -> None:
    # From the equator to 1 degree north on WGS 84: 110,574.4 m; along the equator: 111,319.5 m.
    assert distance_dm(Point(0, 0), Point(0, 10_000_000)) == 1_105_744
    assert distance_dm(Point(0, 0), Point(10_000_000, 0)) == 1_113_195


def test_a_line_is_as_long_as_its_parts_without_repeated_points() -> None:
    points = tuple(Point(0, lat) for lat in (0, 0, 90_000, 90_000, 180_000))
    line = measured({"e": points}, {})["e"]
    assert len(line.corners) == 3
    assert line.reached_um == (0, line.lengths_um[0], sum(line.lengths_um))
    assert line.length_dm == 19_903  # 0.018 degrees of 110,574 m are 1,990.3 m


def test_spots_are_rounded_to_the_decimetre_halves_up() -> None:
    line = Line("e", ((0, 0), (1, 0), (2, 0)), (10 * UM, 5 * UM))
    spots = [spot(0), spot(0, 1, 8), spot(0, 1, 3), spot(1), spot(1, 1, 100), spot(2)]
    # 0, 1.25, 3.333, 10, 10.05 and 15 m.
    assert [line.snapped(spots)[one] for one in spots] == [0, 13, 33, 100, 101, 150]


def test_spots_within_twelve_millimetres_of_one_another_are_one() -> None:
    line = Line("e", ((0, 0), (1, 0)), (10 * UM,))
    near = [spot(0, 5_045_000, 10 * UM), spot(0, 5_055_000, 10 * UM)]  # 5.045 and 5.055 m
    far = spot(0, 5_058_000, 10 * UM)
    assert [line.snapped(near)[one] for one in near] == [50, 50]
    assert line.snapped([near[0], far])[far] == 51


def test_spots_near_an_end_are_the_end() -> None:
    line = Line("e", ((0, 0), (1, 0)), (10 * UM,), stated_dm=103)
    assert line.snapped([spot(0, 11, 10_000), spot(0, 9_989, 10_000)]) == {
        spot(0, 11, 10_000): 0,
        spot(0, 9_989, 10_000): 103,
    }


def test_a_stated_length_stretches_the_line() -> None:
    line = Line("e", ((0, 0), (1, 0)), (10 * UM,), stated_dm=250)
    assert line.length_dm == 250
    assert line.snapped([spot(0, 1, 2)])[spot(0, 1, 2)] == 125


def test_the_decimetre_of_a_spot_is_the_one_that_it_lies_in() -> None:
    line = Line("e", ((0, 0), (1, 0)), (10 * UM,))
    assert [line.decimetre_of(spot(0, part, 1000)) for part in (0, 19, 20, 999)] == [0, 1, 2, 99]
    assert line.decimetre_of(spot(1)) == 99


def test_a_line_without_length_or_over_the_date_line_is_refused() -> None:
    with pytest.raises(WrongField, match="Edge e has a line without any length"):
        RawEdge("e", "A", "B", line=(Point(5, 5), Point(5, 5)))
    with pytest.raises(WrongField) as refused:
        RawEdge("e", "A", "B", line=(Point(1_799_000_000, 0), Point(-1_799_000_000, 0)))
    assert "jumps from 179.9000000, 0.0000000 to -179.9" in str(refused.value)
    assert "Split the line where it crosses the date line" in refused.value.remedy


def test_a_stated_length_of_nothing_is_refused() -> None:
    with pytest.raises(WrongField, match="Edge e has a length of 0 dm"):
        RawEdge("e", "A", "B", length_dm=0)
