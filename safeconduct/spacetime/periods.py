"""A span for people: the date and the zone once, not twice."""

from __future__ import annotations

from safeconduct.spacetime.localtime import show
from safeconduct.spacetime.spans import Span


def show_span(span: Span, zone: str) -> str:
    """The span in local time and UTC; the date of the end only where it is another.

    Raises
    ------
    UnknownZone : the pinned database has no such zone.

    >>> show_span(Span(1478242800, 1478278800), "Asia/Damascus")
    '2016-11-04 09:00 to 19:00 Asia/Damascus (07:00Z to 17:00Z)'
    """
    start, end = show(span.start, zone), show(span.end, zone)
    if "(" not in start or "(" not in end:  # an open end has no local time
        return f"{start} to {end}"
    (date, clock, _, utc), (end_date, end_clock, _, end_utc) = _split(start), _split(end)
    until = end_clock if date == end_date else f"{end_date} {end_clock}"
    return f"{date} {clock} to {until} {zone} ({utc} to {end_utc})"


def _split(shown: str) -> tuple[str, str, str, str]:
    """Date, clock, zone and UTC of one shown instant."""
    local, utc = shown.rstrip(")").split(" (")
    date, clock, zone = local.split(" ", 2)
    return date, clock, zone, utc
