"""When a route can be driven, and how late the trip may run: exact, by the judge's own occupancy.

A movement occupies the same edges and places at the same times after its departure, whenever that
is, as long as nothing recorded of the roads' speeds changes. So a departure is good when every
stretch, moved along with it, lies inside a time in which that stretch is open; and the margin is
what is left of those times at the stretch that has least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from safeconduct.clearance.bench import planned
from safeconduct.cover import Cover, LegProfile
from safeconduct.roads import Itinerary, Network, Occupied
from safeconduct.situation import ClosedEdges, Situation, waiting_places
from safeconduct.spacetime import BEGINNING, NEVER, OPEN_END, Span, Spans
from safeconduct.vocabulary import Movement, RoadSpeed

__all__ = ["Need", "Timing", "leaving", "timing"]


@dataclass(frozen=True, slots=True)
class Need:
    """One edge or place of a route: from when to when after departure, and when it is open.

    For a halt there is one more, `open` while a waiting place there holds the column.
    """

    entry: Occupied
    enter_s: int
    leave_s: int
    open: Spans
    is_halt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One route of a movement, and everything that its departure has to fit into.

    Parameters
    ----------
    movement : with the route, leaving at whatever moment.
    duration_s : seconds from departure until the tail is clear of the last place, at worst.
    unknown_holds : checkpoints on the way whose longest hold nobody knows; while there is one,
        no departure is good, since the trip may take longer than any window.
    spells : where what is recorded of the roads' speeds changes, the timing for the departures of
        each spell in which it does not; together they hold all time.
    """

    movement: Movement
    needs: tuple[Need, ...]
    duration_s: int
    unknown_holds: tuple[str, ...] = ()
    spells: tuple[tuple[Span, Timing], ...] = ()

    def departures(self, within: Span, latest: int, margin_s: int | None = None) -> Spans:
        """Every moment of `within` at which the movement can leave and be covered all the way.

        Parameters
        ----------
        latest : the trip, with its margin, has to end by then.
        margin_s : the delay that must be borne; the movement's own when left out.
        """
        if self.spells:
            return Spans.of(
                span
                for only, one in self.spells
                for span in one.departures(within, latest, margin_s).within(only)
            )
        late_s = self.movement.margin_s if margin_s is None else margin_s
        last = latest - self.duration_s - late_s
        if self.unknown_holds or last < within.start:
            return NEVER
        good = Spans.one(within.start, min(within.end, last + 1))
        for need in self.needs:
            # [d + enter, d + leave + late) lies inside [start, end) for d from start - enter up to
            # and including end - leave - late.
            good = good & Spans.of(
                _moments(open.start - need.enter_s, open.end - need.leave_s - late_s, within)
                for open in need.open
                if _meets(open.start - need.enter_s, open.end - need.leave_s - late_s, within)
            )
        return good & self._wide_enough(within)

    def margin(self, at: int) -> int | None:
        """The largest delay in all, wherever it occurs, with which a departure stays covered.

        None when some stretch is closed at the moment it is entered; negative when one closes
        before the column has left it, by the seconds that are lacking. When the trip has to end
        is not looked at.
        """
        if self.spells:
            return self.at(at).margin(at)
        if self.unknown_holds:
            return None
        left = []
        for need in self.needs:
            here = need.open.around(at + need.enter_s)
            if here is None:
                return None
            left.append(here.end - (at + need.leave_s))
        return min(left)

    def tightest(self, at: int) -> Need | None:
        """The stretch that bounds the margin of a departure; the first, at a tie."""
        if self.margin(at) is None:
            return None
        if self.spells:
            return self.at(at).tightest(at)

        def left(need: Need) -> int:
            here = need.open.around(at + need.enter_s)
            assert here is not None  # there is a margin, so all of them are open
            return here.end - (at + need.leave_s)

        return min(self.needs, key=left)

    def closest(self, within: Span) -> tuple[int, int] | None:
        """The departure with the largest margin, and that margin, which may be negative.

        None when at every departure some stretch is closed at the moment it is entered.
        """
        if self.spells:
            parts = [(one, within.meet(only)) for only, one in self.spells]
            best = [near for one, part in parts if part and (near := one.closest(part))]
            return max(best, key=lambda pair: (pair[1], -pair[0]), default=None)
        # While the column enters every stretch in the same open time, each second later is a
        # second less of margin; so the best moments are those at which some stretch opens.
        moments = {within.start} | {
            open.start - need.enter_s
            for need in self.needs
            for open in need.open
            if within.contains(open.start - need.enter_s)
        }
        found = [(margin, -at) for at in moments if (margin := self.margin(at)) is not None]
        return None if not found else (-max(found)[1], max(found)[0])

    def at(self, at: int) -> Timing:
        """The timing of one departure."""
        if not self.spells:
            return self
        return next(one for only, one in self.spells if only.contains(at))

    def _wide_enough(self, within: Span) -> Spans:
        """The departures whose trip meets a window as long as the operation says it needs."""
        needed_s = self.movement.window_needed_s
        if not needed_s:
            return Spans.one(within.start, within.end)
        return Spans.of(
            _moments(span.start - self.duration_s + 1, span.end - 1, within)
            for span in self._together()
            if span.length_s >= needed_s
            and _meets(span.start - self.duration_s + 1, span.end - 1, within)
        )

    def _together(self) -> Spans:
        """When every stretch of the way is open at once."""
        first, *others = {need.open for need in self.needs if not need.is_halt}
        for other in others:
            first = first & other
        return first


def timing(
    movement: Movement, network: Network, covers: Sequence[Cover], left: Itinerary | None = None
) -> Timing:
    """What a departure of a movement with a route has to fit into, under each of its covers.

    Parameters
    ----------
    covers : one for each profile that the movement is judged under; all of them must hold.
    left : what is left of the trip, under way; the whole trip when left out.

    Raises
    ------
    RouteRefused, UnknownReference : the route cannot be driven on this network.
    """
    situation = covers[0].situation
    if left is None and (borders := _changes(movement, network, situation)):
        spells = tuple(
            (only, _timed(leaving(movement, only.start), network, covers, None))
            for only in map(Span, borders, borders[1:])
        )
        longest = max(one.duration_s for _, one in spells)
        now = _timed(movement, network, covers, None)
        return replace(now, duration_s=longest, spells=spells)
    return _timed(movement, network, covers, left)


def _changes(movement: Movement, network: Network, situation: Situation) -> list[int]:
    """The moments at which what is recorded of speeds on this route changes; none where it never
    does, else with the beginning and the end of time.
    """
    edges = {step.edge for leg in movement.legs for step in leg.route}
    on_way = [network.edge(id) for id in edges]
    found = {
        moment
        for one in situation.facts(RoadSpeed)
        if any(one.fits(edge.id, edge.kind, edge.surface) for edge in on_way)
        for moment in (one.valid.start, one.valid.end)
    }
    inside = sorted(found - {BEGINNING, OPEN_END})
    return [BEGINNING, *inside, OPEN_END] if inside else []


def _timed(
    movement: Movement, network: Network, covers: Sequence[Cover], left: Itinerary | None
) -> Timing:
    """What every departure has to fit into at the speeds of the movement's own."""
    trip = left or planned(movement, network, covers[0].situation)
    closed = ClosedEdges(covers[0].situation, network.has_edge)
    legs = {leg.id: LegProfile.of(leg) for leg in movement.legs}
    known: dict[tuple[int, str], Spans] = {}

    def opens(cls: int, leg: str) -> Spans:
        if (cls, leg) not in known:
            known[cls, leg] = _all(cover.open_spans(cls, legs[leg], movement) for cover in covers)
        return known[cls, leg]

    def of(entry: Occupied) -> Need:
        spans = _all(opens(cls, entry.leg) for cls in dict.fromkeys(entry.classes))
        for _, hours in covers[0].crossings_at(entry.place) if entry.place else ():
            spans = spans & hours
        for _, shut in closed.on(entry.edge) if entry.edge else ():
            spans = spans - shut
        leaves = movement.depart_at
        return Need(entry, entry.enter - leaves, entry.leave - leaves, spans)

    room = waiting_places(covers[0].situation, movement.convoy.column_m) if movement.halts else {}
    needs = [of(entry) for entry in trip.entries]
    needs += [
        replace(need, open=room.get(need.entry.place or "", NEVER), is_halt=True)
        for need in needs
        if need.entry.halt_s
    ]
    return Timing(
        movement=movement,
        needs=tuple(needs),
        duration_s=trip.duration_s,
        unknown_holds=trip.unknown_holds,
    )


def leaving(movement: Movement, at: int) -> Movement:
    """The movement at another departure; its latest time moves only where it would lie before."""
    return replace(movement, depart_at=at, latest_at=max(movement.latest_at, at + 1))


def _all(parts: Iterable[Spans]) -> Spans:
    first, *others = parts
    for other in others:
        first = first & other
    return first


def _meets(first: int, last: int, within: Span) -> bool:
    return first <= last and first < within.end and last >= within.start


def _moments(first: int, last: int, within: Span) -> Span:
    """The moments from `first` up to and including `last`, as far as they lie within."""
    return Span(max(first, within.start), min(last + 1, within.end))
