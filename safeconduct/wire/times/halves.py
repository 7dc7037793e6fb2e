"""Which half of the day an hour is of, where another hour tells it."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.wire.times.found import Clock

__all__ = ["first_after"]

_HALF_DAY, _DAY = 720, 1440


def first_after(a: Clock, b: Clock) -> Clock:
    """Of an hour that can be of the morning or the evening the first behind another one.

    "From 10 in the morning until 1" is three hours; never longer than was said.
    """
    fits = [m for m in range(b.minute % _HALF_DAY, 2 * _DAY, _HALF_DAY) if m > a.minute]
    return replace(b, minute=fits[0] % _DAY, half_open=False) if b.half_open else b
