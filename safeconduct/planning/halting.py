"""How long to halt: waits that let one departure of a route fit, by the judge's own occupancy.

What a search finds is a point with the longest holds behind it. So its waits are only where to
begin: here they are set anew, stretch by stretch between the halts, on the times of the itinerary.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.planning.timing import Need, Timing
from safeconduct.spacetime import BEGINNING, OPEN_END, Span, Spans

__all__ = ["waits_at"]

_Stretch = tuple[int, int, Spans]
"""From when to when after an imagined departure without any halt, and when it is open."""


def waits_at(timing: Timing, at: int, latest: int, *, longest: bool = False) -> list[int] | None:
    """How long to wait at each halt of a route, in order, so that this departure is covered.

    0 where it need not wait at all; None where no wait helps. It is a proposal: where roads are
    driven at different speeds a tail may be late by more than this reckons.

    Parameters
    ----------
    timing : of the route with its halts, of whatever length.
    latest : the trip, with its margin, has to end by then.
    longest : wait as long as there is room for, so that earlier departures fit as well; otherwise
        as short as may be.
    """
    one = timing.at(at)
    roads = [need for need in one.needs if not need.is_halt]
    room = [need.open for need in one.needs if need.is_halt]
    late_s = one.movement.margin_s
    parts, halts = _parts(roads)
    planned_s = sum(need.entry.halt_s for need in roads)
    ends = latest - (one.duration_s - planned_s) - late_s
    gone, waits = at, list[int]()
    if not _shifts(parts[0], late_s).contains(at):
        return None
    for number, (enter_s, leave_s, open_hours) in enumerate(halts):
        stands = (open_hours & room[number]).around(gone + enter_s)
        if stands is None:
            return None
        last = min(stands.end - leave_s - late_s, ends)
        good = _shifts(parts[number + 1], late_s).within(Span(gone, max(last, gone) + 1))
        if not good or last < gone:
            return None
        after = good.bounds[-1] - 1 if longest else good.bounds[0]
        waits.append(after - gone)
        gone = after
    return waits


def _parts(roads: Sequence[Need]) -> tuple[list[list[_Stretch]], list[_Stretch]]:
    """What lies between the halts, and the halts, as if none took any time.

    The column has to be let in where it halts, so a halt's first second is of the part before it.
    """
    parts: list[list[_Stretch]] = [[]]
    halts: list[_Stretch] = []
    waited = 0
    for need in roads:
        enter_s, leave_s = need.enter_s - waited, need.leave_s - waited - need.entry.halt_s
        if need.entry.halt_s:
            parts[-1].append((enter_s, enter_s + 1, need.open))
            halts.append((enter_s, leave_s, need.open))
            parts.append([])
            waited += need.entry.halt_s
        else:
            parts[-1].append((enter_s, leave_s, need.open))
    return parts, halts


def _shifts(part: Sequence[_Stretch], late_s: int) -> Spans:
    """The imagined departures with which every stretch of a part is covered."""
    good = Spans.one(BEGINNING, OPEN_END)
    for enter_s, leave_s, hours in part:
        good = good & Spans.of(
            Span(
                max(one.start - enter_s, BEGINNING),
                min(one.end - leave_s - late_s, OPEN_END - 1) + 1,
            )
            for one in hours
            if max(one.start - enter_s, BEGINNING) <= one.end - leave_s - late_s
        )
    return good
