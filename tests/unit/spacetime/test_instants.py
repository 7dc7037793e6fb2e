"""Instants: the far ends, and how an instant is written in UTC."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.errors import WrongField
from safeconduct.spacetime import BEGINNING, OPEN_END, utc

DAY = 86_400


def test_an_instant_is_written_to_the_second_with_its_z() -> None:
    # 17,109 days from 1970-01-01 to 2016-11-04, and 7 hours.
    assert utc(17_109 * DAY + 7 * 3600) == "2016-11-04T07:00:00Z"
    assert utc(-1) == "1969-12-31T23:59:59Z"


def test_the_far_ends_are_named_and_the_seconds_beside_them_are_not() -> None:
    assert utc(BEGINNING) == "open start"
    assert utc(BEGINNING + 1) == "0001-01-01T00:00:01Z"
    assert utc(OPEN_END) == "open end"
    assert utc(OPEN_END - 1) == "9999-12-31T23:59:59Z"


@pytest.mark.parametrize("value", [1.0, True, "1478242800", None])
def test_what_is_no_whole_number_is_no_instant(value: Any) -> None:
    with pytest.raises(WrongField, match=f"of type {type(value).__name__}"):
        utc(value)


@pytest.mark.parametrize("value", [BEGINNING - 1, OPEN_END + 1])
def test_an_instant_beyond_the_far_ends_is_refused_with_the_way_out(value: int) -> None:
    with pytest.raises(WrongField, match=r"outside the calendar.*Use BEGINNING or OPEN_END"):
        utc(value)
