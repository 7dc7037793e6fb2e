"""How fast a column drives: the least of what is known, rounded to the longer time."""

import numpy as np
import pytest

from safeconduct.errors import WrongField
from safeconduct.roads.pace import Pace, driving_s


def test_a_length_that_does_not_come_out_even_takes_the_next_whole_second():
    # 36 km/h are 100 dm a second.
    assert [driving_s(length, 36) for length in (1, 100, 101, 200)] == [1, 1, 2, 2]


def test_arrays_are_reckoned_like_numbers_also_where_they_are_long():
    roads = [(1, 7), (99, 36), (12_345, 50), (2_000_000_000, 3)]
    lengths, speeds = np.array(roads, np.int64).T
    assert driving_s(lengths, speeds).tolist() == [driving_s(*road) for road in roads]


@pytest.mark.parametrize("speed", [0, -5, 12.5, True])
def test_a_speed_that_is_no_whole_number_of_km_h_is_refused(speed):
    with pytest.raises(WrongField, match=r"speed of surface mud is .* km/h.*close a road"):
        Pace(30, by_surface={"mud": speed})


def test_the_slowest_is_the_least_of_all_that_are_given():
    assert Pace(40, {"track": 15}, {"sand": 12}, {7: 20}).slowest_kmh == 12
    assert Pace(40).slowest_kmh == 40
