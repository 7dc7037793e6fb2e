"""From when to when the sun is up at a place: for planning by day, never for a verdict.

A verdict goes by recorded dawns and dusks alone (rule X1). What is worked out here is a proposal
for a plan, read to the narrow side: later than sunrise and earlier than sunset.

Source: the low-precision solar position of Jean Meeus, Astronomical Algorithms (2nd edition 1998),
chapters 22 and 25; the sun's upper edge stands on a level horizon when its centre is 50' below it
(34' of refraction and half its width). Good to a minute or so up to the polar circles.
"""

from __future__ import annotations

import math

from safeconduct.spacetime.spans import Span, Spans

__all__ = ["daylight_spans"]

_DAY_S, _MINUTE_S = 86_400, 60
#: Refraction, hills and the formula together: so much is taken off at either end.
_CARE_S = 2 * _MINUTE_S
_SUN_DOWN_ARCMIN = 50


def daylight_spans(
    lon_e7: int, lat_e7: int, horizon: Span, *, below_arcmin: int = _SUN_DOWN_ARCMIN
) -> Spans:
    """When the sun is up within a horizon, to whole minutes, two minutes to the narrow side.

    Parameters
    ----------
    lon_e7, lat_e7 : degrees times 10,000,000.
    horizon : UTC; bounded at both ends to some years at most.
    below_arcmin : how far below the level horizon the middle of the sun may stand, in minutes of
        arc: 50 for sunrise and sunset, 360 for civil dawn and dusk.
    """
    lon, lat = lon_e7 / 1e7, math.radians(lat_e7 / 1e7)
    height = math.radians(-below_arcmin / 60)
    first = horizon.start // _DAY_S - 1
    last = horizon.end // _DAY_S + 1
    days = (_day(day, lon, lat, height) for day in range(first, last + 1))
    return Spans.of(day for day in days if day is not None).within(horizon)


def _day(day: int, lon: float, lat: float, height: float) -> Span | None:
    """The time around the noon of one day, counted from 1970, that the sun is up; None for none."""
    noon = day * _DAY_S + _DAY_S / 2 - lon * 240
    noon -= _equation_s(noon)
    half = [_half_day_s(noon, lat, height)] * 2
    if half[0] in (0.0, _DAY_S / 2):
        # The sun does not rise, or does not set: to the next noons there is half a day each way.
        middle, half_s = int(noon), _DAY_S // 2
        # From noon to noon is not a day to the second: a minute more on either side joins them.
        whole = Span(middle - half_s - _MINUTE_S, middle + half_s + _MINUTE_S)
        return whole if half[0] else None
    for _ in range(3):  # where the sun stands when it rises is not where it stands at noon
        rises, sets = noon - half[0], noon + half[1]
        half = [_half_day_s(at, lat, height) for at in (rises, sets)]
    start = -(-int(noon - half[0] + 1) // _MINUTE_S) * _MINUTE_S + _CARE_S
    end = int(noon + half[1]) // _MINUTE_S * _MINUTE_S - _CARE_S
    return Span(start, end) if start < end else None


def _half_day_s(at: float, lat: float, height: float) -> float:
    """From noon to when the sun is at a height, if it keeps the declination it has at a moment."""
    declination, _ = _sun(at)
    down = math.cos(lat) * math.cos(declination)
    cosine = (math.sin(height) - math.sin(lat) * math.sin(declination)) / down if down else 2.0
    if abs(cosine) >= 1:
        return 0.0 if cosine > 0 else _DAY_S / 2
    return math.degrees(math.acos(cosine)) * 240


def _equation_s(at: float) -> float:
    """By how much the sun is ahead of the clock, in seconds."""
    _, ascension = _sun(at)
    mean = math.radians(280.46646 + 36_000.76983 * _centuries(at)) - math.radians(0.0057183)
    apart = math.remainder(mean - ascension, 2 * math.pi)
    return math.degrees(apart) * 240


def _sun(at: float) -> tuple[float, float]:
    """The sun's declination and right ascension, in radians."""
    t = _centuries(at)
    anomaly = math.radians(357.52911 + 35_999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * math.sin(anomaly)
        + (0.019993 - 0.000101 * t) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1_934.136 * t)
    longitude = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t + centre
    seen = math.radians(longitude - 0.00569 - 0.00478 * math.sin(node))
    tilt = math.radians(23.4392911 - 0.0130042 * t + 0.00256 * math.cos(node))
    declination = math.asin(math.sin(tilt) * math.sin(seen))
    return declination, math.atan2(math.cos(tilt) * math.sin(seen), math.cos(seen))


def _centuries(at: float) -> float:
    """Julian centuries since noon of 1 January 2000."""
    return (at - 946_728_000) / (_DAY_S * 36_525)
