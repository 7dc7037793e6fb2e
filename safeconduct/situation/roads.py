"""What is known of roads themselves: when they are closed, how quick they are, where one can wait.

The only way by which closures and speeds from the register reach the roads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from safeconduct.situation.situation import Situation
from safeconduct.spacetime import NEVER, OPEN_END, Span, Spans
from safeconduct.vocabulary import Closure, RoadReopened, WaitingPlace

Closed = tuple[Closure, Spans]
"""A closure, and the time that is left of it."""


def closures(situation: Situation) -> tuple[Closed, ...]:
    """Every closure that closes at some time, and when; by id.

    It ends with the first report that it was reopened, if that has evidence and does not come
    before the closure itself begins.
    """
    found = ((one, _closed(one, situation)) for one in situation.facts(Closure))
    return tuple((one, spans) for one, spans in found if spans)


def _closed(closure: Closure, situation: Situation) -> Spans:
    reopened = [
        report.reopened_at
        for report in situation.facts(RoadReopened)
        if report.of == closure.id and report.evidence
        if report.reopened_at >= closure.valid.start
    ]
    closed = Spans.of([closure.valid])
    return closed - Spans.one(min(reopened), OPEN_END) if reopened else closed


class ClosedEdges:
    """The closures that name edges: which edges are closed, by what, and when.

    One that names an edge which the network does not have may mean any road: it closes all of them.

    Parameters
    ----------
    has_edge : whether the network has an edge of this id.
    """

    def __init__(self, situation: Situation, has_edge: Callable[[str], bool]) -> None:
        self._by_edge: dict[str, list[Closed]] = defaultdict(list)
        self.everywhere: tuple[Closed, ...] = ()
        for closure, spans in closures(situation):
            if not all(map(has_edge, closure.edges)):
                self.everywhere += ((closure, spans),)
                continue
            for edge in dict.fromkeys(closure.edges):
                self._by_edge[edge].append((closure, spans))

    def on(self, edge: str) -> tuple[Closed, ...]:
        """The closures of one edge, each with when it closes it."""
        return (*self._by_edge.get(edge, ()), *self.everywhere)

    def during(self, span: Span) -> frozenset[str]:
        """The edges that closures name and that are closed at some moment of a span.

        Where `everywhere` closes then too, that is every other edge as well.
        """
        return frozenset(
            edge
            for edge, found in self._by_edge.items()
            if any(spans.within(span) for _, spans in found)
        )


def waiting_places(situation: Situation, column_m: int) -> dict[str, Spans]:
    """When a whole column of this length can stand at each place, as was checked last.

    From the beginning of its `valid` on, what was checked later sets aside what was checked before
    of the same place, also once it has lapsed; of two checks of one moment, that which holds less.
    """
    found: dict[str, Spans] = {}
    for place, checks in _checks(situation).items():
        room = NEVER
        for one in checks:
            if one.holds_m >= column_m:
                newer = [
                    other.valid.start
                    for other in checks
                    if (other.checked_at, -other.holds_m) > (one.checked_at, -one.holds_m)
                ]
                stands = Spans.of([one.valid])
                room = room | (stands - Spans.one(min(newer), OPEN_END) if newer else stands)
        if room:
            found[place] = room
    return found


def _checks(situation: Situation) -> dict[str, list[WaitingPlace]]:
    found: dict[str, list[WaitingPlace]] = defaultdict(list)
    for one in situation.facts(WaitingPlace):
        found[one.place].append(one)
    return found
