"""How long something lasts, in the one or two largest units that people speak in."""

from __future__ import annotations

DAY_S, HOUR_S = 86_400, 3600


def lasting(seconds: int) -> str:
    """A duration, rounded down to the minute, and to the hour from two days on.

    >>> lasting(40), lasting(5400), lasting(200_000)
    ('under a minute', '1 h 30 min', '2 days 7 h')
    """
    days, rest = divmod(seconds, DAY_S)
    if days >= 2:
        hours = rest // HOUR_S
        return f"{days} days {hours} h" if hours else f"{days} days"
    hours, minutes = seconds // HOUR_S, seconds % HOUR_S // 60
    if hours and minutes:
        return f"{hours} h {minutes} min"
    if hours:
        return f"{hours} h"
    return f"{minutes} min" if minutes else "under a minute"


def two_units(seconds: int) -> str:
    """A length of time in the two largest of days, hours and minutes, for a line that has no room.

    >>> two_units(40), two_units(5400), two_units(200_000)
    ('40 s', '1 h 30 min', '2 d 7 h')
    """
    days, rest = divmod(seconds, DAY_S)
    hours, rest = divmod(rest, HOUR_S)
    parts = [(days, "d"), (hours, "h"), (rest // 60, "min")]
    told = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(told[:2]) if told else f"{seconds} s"
