"""Decimal numbers of files, turned into whole decimetres and ten-millionths of a degree.

Numbers are rounded half away from zero, from their written digits rather than from a float.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from safeconduct.errors import WrongField
from safeconduct.roads.sources.where import at
from safeconduct.spacetime import Point

__all__ = ["decimetres", "point"]

_LONGEST_KM = 100_000  # more than twice around the earth


def decimetres(km: object, field: str) -> int:
    """Kilometres as whole decimetres.

    Raises
    ------
    WrongField : no number, negative, or more than 100,000 km; located at `field`.

    >>> decimetres(12.5, "km")
    125000
    """
    number = _number(km, field, "a length in kilometres, such as 12.5")
    if not 0 <= number <= _LONGEST_KM:
        raise WrongField(
            f"Found the length {km} km, against 0 to {_LONGEST_KM} km.",
            "Give the length in kilometres.",
        ).located(field=field)
    return _whole(number * 10_000)


def point(value: object, field: str) -> Point:
    """A position `[longitude, latitude]` in degrees; a third number, the height, is left out.

    Raises
    ------
    WrongField : not two or three numbers, or beyond the ends of the earth; located at `field`.

    >>> point([37.164246, 36.2], "at")
    Point(lon_e7=371642460, lat_e7=362000000)
    """
    pair = "a position as [longitude, latitude] in degrees"
    if isinstance(value, str) or not isinstance(value, Sequence) or not 2 <= len(value) <= 3:
        raise WrongField(f"Found {value!r} as a position.", f"Give {pair}.").located(field=field)
    lon, lat = (_whole(_number(degrees, field, pair) * 10_000_000) for degrees in value[:2])
    with at(field=field):
        return Point(lon, lat)


def _number(value: object, field: str, expected: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise WrongField(f"Found {value!r} as a number.", f"Give {expected}.").located(field=field)
    number = Decimal(str(value))  # the digits as they were written, not the float behind them
    if not number.is_finite():
        raise WrongField(f"Found the number {value}.", f"Give {expected}.").located(field=field)
    return number


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))
