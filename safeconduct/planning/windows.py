"""Between which moments can a route be left for, and what stands in the way where it cannot.

A window is a stretch of departures, each of which the judge's own occupancy finds covered with the
movement's margin. What is shown of one has been put to the judge's ledger: at its first and its
last departure nothing may be missing. One that does not pass is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.clearance import Judge
from safeconduct.clearance.bench import Bench, planned, thing
from safeconduct.clearance.checks import CHECKS
from safeconduct.clearance.checks.daylight import hours_by_day
from safeconduct.clearance.finding import Stretch
from safeconduct.clearance.judging import under
from safeconduct.clearance.ledger import Spot
from safeconduct.cover import Key
from safeconduct.planning.timing import Timing, leaving
from safeconduct.roads import Itinerary
from safeconduct.spacetime import NEVER, Span, Spans, utc
from safeconduct.vocabulary import Halt, Movement, UndertakingKind

__all__ = ["LegTimes", "Obstacle", "Window", "Windows", "obstacles", "windows_of"]


_T1 = ("HALT-NOT-CHECKED", "HALT-TOO-SMALL", "HOLD-UNKNOWN", "WINDOW-TOO-SHORT", "TOO-LATE")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegTimes:
    """When the column is on one leg: its head by the shortest holds, its tail by the longest.

    Parameters
    ----------
    leaves_at, arrives_at : the head, at the earliest.
    gone_at : the tail, at the latest, from the last place; what is done there is done by then.
    halts : each with when the head comes to it at the earliest.
    """

    leg: str
    leaves_at: int
    arrives_at: int
    gone_at: int
    halts: tuple[tuple[int, Halt], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows; `halts` where there are any."""
        halts = [
            {"place": halt.place, "arrives_at": utc(at), "wait_s": halt.wait_s}
            for at, halt in self.halts
        ]
        return ({"halts": halts} if halts else {}) | {
            "leg": self.leg,
            "leaves_at": utc(self.leaves_at),
            "arrives_at": utc(self.arrives_at),
            "gone_at": utc(self.gone_at),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of departures that are covered all the way, and one trip in it.

    Parameters
    ----------
    departures : the moments at which the head can leave, the last of them excluded.
    at : the departure of the trip that is shown, the first of the window.
    clear_at : when the tail is clear of the last place, at the latest.
    margin_s : the largest delay in all that this trip bears, wherever it occurs; at the last
        departure of the window it is the movement's own margin, or little more.
    then : what ends the margin, in words.
    by_day : the departures that keep to daylight (rule X1); None where no rule is set for that.
        The others are covered too, and need somebody's signature.
    """

    departures: Span
    at: int
    legs: tuple[LegTimes, ...]
    clear_at: int
    margin_s: int
    then: str
    by_day: Spans | None = None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows; `leave_until` is the last departure.

        `by_day` is there where the operation has set a rule for darkness.
        """
        days = [
            {"leave_from": utc(one.start), "leave_until": utc(one.end - 1)}
            for one in self.by_day or ()
        ]
        return ({} if self.by_day is None else {"by_day": days}) | {
            "leave_from": utc(self.departures.start),
            "leave_until": utc(self.departures.end - 1),
            "trip": {
                "leaves_at": utc(self.at),
                "legs": [leg.as_json() for leg in self.legs],
                "clear_at": utc(self.clear_at),
            },
            "margin_s": self.margin_s,
            "then": self.then,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """The windows of one route.

    Parameters
    ----------
    too_soon : departures that are covered, but before the preparation that rule T2 asks for.
    unconfirmed : departures that the search held for covered and the judge did not; never shown
        as windows, and told.
    """

    shown: tuple[Window, ...]
    too_soon: Spans = NEVER
    unconfirmed: Spans = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that stands in the way of a route at one departure.

    Parameters
    ----------
    party : whose word is missing; empty where it is nobody's.
    code : as the finding of the judge would have it, such as RESTRAINT-MISSING.
    whose : what is missing, of whom, in words. road : where, in words; empty where it is nowhere.
    lacking_s : for how long it is missing while the column is there.
    """

    party: str
    code: str
    whose: str
    road: str
    place: tuple[Stretch, ...]
    span: Span
    lacking_s: int
    says: str

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "party": self.party or None,
            "code": self.code,
            "place": [
                {"name": one.name, "from_dm": one.start_dm, "to_dm": one.end_dm}
                for one in self.place
            ],
            "span": {"from": utc(self.span.start), "until": utc(self.span.end)},
            "lacking_s": self.lacking_s,
            "says": self.says,
        }


def windows_of(judge: Judge, timing: Timing, within: Span, latest: int) -> Windows:
    """The windows of one route, each put to the judge.

    Parameters
    ----------
    timing : of the route, on the judge's network and covers.
    within : the departures that are asked for.
    latest : the trip, with its margin, has to end by then.
    """
    shown, soon, unsure = [], [], []
    for span in timing.departures(within, latest):
        ready = _ready(judge, timing.movement, span)
        if ready is None:
            unsure.append(span)
            continue
        if ready > span.start:
            soon.append(Span(span.start, min(ready, span.end)))
        if ready >= span.end:
            continue
        rest = Span(ready, span.end)
        # Its first departure has just been looked at.
        if rest.length_s == 1 or _is_covered(judge, timing.movement, rest.end - 1):
            shown.append(_window(judge, timing, rest, latest))
        else:
            unsure.append(rest)
    return Windows(shown=tuple(shown), too_soon=Spans.of(soon), unconfirmed=Spans.of(unsure))


def obstacles(bench: Bench) -> tuple[Obstacle, ...]:
    """What is missing on the way at one departure: party and stretch of each, the longest first.

    Where nothing is missing in time, what a delay within the margin would run into.
    """
    found = [*(list(_missing(bench)) or list(_late(bench))), *_too_short(bench)]
    return tuple(sorted(found, key=lambda one: (-one.lacking_s, one.party, one.code)))


def benches(judge: Judge, movement: Movement, at: int) -> tuple[Bench, ...]:
    """What the judge would look at for a departure, under each of the movement's profiles."""
    moved = leaving(movement, at)
    return tuple(judge.bench(under(moved, profile)) for profile in moved.profiles)


def _is_covered(judge: Judge, movement: Movement, at: int) -> bool:
    return all(bench.ledger.bears_margin for bench in benches(judge, movement, at))


def _ready(judge: Judge, movement: Movement, span: Span) -> int | None:
    """The first departure of a span for which preparation is over (T2); None where not covered."""
    ready = span.start
    while ready < span.end:
        looked = benches(judge, movement, ready)
        if not all(bench.ledger.bears_margin for bench in looked):
            return None
        since = max(bench.ledger.sufficient_at for bench in looked)
        if since + movement.preparation_s <= ready:
            break
        ready = since + movement.preparation_s
    return ready


def _window(judge: Judge, timing: Timing, span: Span, latest: int) -> Window:
    at = span.start
    bears, until_late = timing.margin(at), latest - (at + timing.duration_s)
    assert bears is not None  # a departure of the route
    margin_s = min(bears, until_late)
    moved = leaving(timing.movement, at)
    trip = planned(moved, judge.network, judge.situation)
    return Window(
        departures=span,
        at=at,
        legs=tuple(_legs(moved, trip)),
        clear_at=trip.ends_at,
        margin_s=margin_s,
        then=_then(judge, moved, bears) if bears <= until_late else "the latest time planned",
        by_day=_by_day(judge, timing, span),
    )


def _by_day(judge: Judge, timing: Timing, span: Span) -> Spans | None:
    """The departures of a window that keep to daylight; None where no rule asks for it."""
    found = NEVER
    parts = [span.meet(only) for only, _ in timing.spells] if timing.spells else [span]
    for part in (one for one in parts if one is not None):
        good = Spans.one(part.start, part.end)
        for bench in benches(judge, timing.movement, part.start):
            hours = hours_by_day(bench)
            if hours is None:
                return None
            for entry, day in hours:
                enter_s, leave_s = entry.enter - part.start, entry.leave - part.start
                good = good & Spans.of(
                    Span(one.start - enter_s, one.end - leave_s + 1)
                    for one in day
                    if one.start - enter_s <= one.end - leave_s
                )
        found = found | good
    return found


def _legs(movement: Movement, trip: Itinerary) -> Iterator[LegTimes]:
    for leg in movement.legs:
        roads = [one for one in trip.entries if one.leg == leg.id and one.edge is not None]
        last = [one for one in trip.entries if one.leg == leg.id and one.place is not None][-1]
        yield LegTimes(
            leg=leg.id,
            leaves_at=roads[0].enter,
            arrives_at=last.enter,
            gone_at=last.leave,
            halts=tuple(
                (one.enter, Halt(place=one.place, wait_s=one.halt_s))
                for one in trip.entries
                if one.leg == leg.id and one.place is not None and one.halt_s
            ),
        )


def _then(judge: Judge, movement: Movement, margin_s: int) -> str:
    """Whose word, over which road, a delay of one second more would outlast."""
    beyond = replace(movement, margin_s=margin_s + 1)
    for bench in benches(judge, beyond, movement.depart_at):
        found = list(_late(bench))
        if found:
            return "; ".join(dict.fromkeys(f"{one.whose} ends on {one.road}" for one in found))
    return "not known"


def _missing(bench: Bench) -> Iterator[Obstacle]:
    found = ((key, list(spots)) for key, spots in bench.ledger.missing.items())
    yield from _of_keys(bench, found, "")
    yield from _ground(bench, late=False)


def _too_short(bench: Bench) -> Iterator[Obstacle]:
    """What rule T1 has against the trip besides keys: holds, halts, a window needed, the end."""
    for finding in CHECKS["T1"](bench):
        if finding.code in _T1:
            yield Obstacle(
                party=finding.party,
                code=finding.code,
                whose=finding.says,
                road="",
                place=finding.place,
                span=finding.span or bench.trip,
                lacking_s=0,
                says=finding.says,
            )


def _late(bench: Bench) -> Iterator[Obstacle]:
    found = ((key, list(spots)) for key, spots in bench.ledger.late.items())
    yield from _of_keys(bench, found, "MARGIN-TOO-SHORT")
    yield from _ground(bench, late=True)


def _of_keys(
    bench: Bench, found: Iterable[tuple[Key, list[Spot]]], code: str
) -> Iterator[Obstacle]:
    """One for each party, kind and stretch of road; means that are missing on the same are one."""
    grouped: dict[tuple[str, UndertakingKind, tuple[Stretch, ...]], list[tuple[Key, list[Spot]]]]
    grouped = {}
    for key, spots in found:
        grouped.setdefault((key.party, key.kind, bench.stretches(spots)), []).append((key, spots))
    for (party, kind, _), some in grouped.items():
        what = thing(kind, [key.means for key, _ in some])
        spots = [spot for _, ones in some for spot in ones]
        yield _obstacle(bench, party, code or f"{kind.name}-MISSING", what, spots)


def _ground(bench: Bench, *, late: bool) -> Iterator[Obstacle]:
    book = bench.ledger
    bare = book.unassessed_late if late else book.unassessed
    holder = book.holder_unknown_late if late else book.holder_unknown
    hazards = book.hazards_late if late else book.hazards
    shut = book.shut_late if late else book.shut
    if late and book.no_room_late:
        yield _obstacle(bench, "", "MARGIN-TOO-SHORT", "room to halt", book.no_room_late)
    if bare:
        yield _obstacle(bench, "", "NOT-ASSESSED", "a current assessment", bare)
    if holder:
        yield _obstacle(bench, "", "CONSENT-HOLDER-UNKNOWN", "whose consent it needs", holder)
    for closure, spots in (book.closed_late if late else book.closed).values():
        yield _obstacle(bench, "", "ROAD-CLOSED", f"a road open again ({closure.why})", spots)
    for hazard, spots in hazards.values():
        yield _obstacle(bench, "", "HAZARD", f"a report that {hazard.hazard} is cleared", spots)
    by_name: dict[str, list[Spot]] = {}
    for crossing, spot in shut:
        by_name.setdefault(crossing.name, []).append(spot)
    for name, spots in by_name.items():
        yield _obstacle(bench, "", "CROSSING-SHUT", f"both sides of {name}", spots)


def _obstacle(bench: Bench, party: str, code: str, what: str, spots: Sequence[Spot]) -> Obstacle:
    place = bench.stretches(spots)
    hours = Spans.of(span for spot in spots for span in spot.missing)
    span = Span(hours.bounds[0], hours.bounds[-1])
    whose = f"{what} of {bench.name(party)}" if party else what
    road = bench.road(place)
    return Obstacle(
        party=party,
        code=code,
        whose=whose,
        road=road,
        place=place,
        span=span,
        lacking_s=hours.total_s,
        says=f"{whose} over {road}, {bench.period(span)}",
    )
