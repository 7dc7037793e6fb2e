"""Margin and departures of a route, against a column that is driven second by second.

The oracle knows nothing of needs, tails or margins. It moves a column along the road at ten metres
a second, stops it for the whole delay at any one moment it likes, and looks at every second whether
each road under the column is open. Lengths are whole seconds' worth, so nothing is rounded.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeconduct.planning.timing import Need, Timing
from safeconduct.roads import Edge, Network, Place, itinerary
from safeconduct.spacetime import OPEN_END, Span, Spans
from safeconduct.vocabulary import Checkpoint
from tests.unit.roads.two_towns import leg, movement

examples = settings(max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "150")), deadline=None)
LEAVES = 100_000
PACE_DM = 100  # ten metres, in one second at 36 km/h


@dataclass(frozen=True)
class Road:
    """A straight road: the seconds each edge takes, the hold at its end, when it is open."""

    seconds: tuple[int, ...]
    holds: tuple[int, ...]
    opens: tuple[Spans, ...]
    column: int  # in tens of metres

    def timing(self, margin_s: int = 0) -> Timing:
        """What the program makes of it: the judge's entries, each with when it is open."""
        count = len(self.seconds)
        network = Network(
            "straight",
            tuple(Place(f"p{n}") for n in range(count + 1)),
            tuple(
                Edge(f"e{n}", f"p{n}", f"p{n + 1}", self.seconds[n] * PACE_DM) for n in range(count)
            ),
        )
        posts = [
            Checkpoint(id=f"c{n}", place=f"p{n + 1}", party="x", hold_min_s=hold, hold_max_s=hold)
            for n, hold in enumerate(self.holds)
            if hold
        ]
        plan = movement(leg(*(f"e{n}" for n in range(count))), column_m=self.column * 10)
        trip = itinerary(plan, network, posts)
        return Timing(
            movement=plan,
            needs=tuple(
                Need(
                    entry,
                    entry.enter - plan.depart_at,
                    entry.leave - plan.depart_at,
                    self.opens[int(entry.edge[1:])],
                )
                for entry in trip.entries
                if entry.edge is not None
            ),
            duration_s=trip.duration_s,
        )

    def positions(self) -> list[int]:
        """Where the head is after each second, in seconds' worth of road; past the end it goes on.

        >>> Road((2,), (1,), (Spans(),), 1).positions()
        [0, 1, 2, 2, 3]
        """
        way = [0]
        for seconds, hold in zip(self.seconds, self.holds, strict=True):
            way += range(way[-1] + 1, way[-1] + seconds + 1)
            way += [way[-1]] * hold
        return [*way, *range(way[-1] + 1, way[-1] + self.column + 1)]

    def is_covered(self, leaves: int, delay: int = 0, after: int = 0) -> bool:
        """Whether all is open under the column, if it stops for `delay` after so many seconds."""
        way = self.positions()
        way[after:after] = [way[after]] * delay
        for second, (before, now) in enumerate(pairwise(way)):
            start = 0
            for seconds, opens in zip(self.seconds, self.opens, strict=True):
                under = before - self.column < start + seconds and now > start
                # Stopped with its head on a border it is on the road behind that border only.
                if under and not opens.contains(leaves + second):
                    return False
                start += seconds
        return True

    def bears(self, leaves: int, delay: int) -> bool:
        """Whether it stays covered wherever the whole delay falls."""
        return all(self.is_covered(leaves, delay, after) for after in range(len(self.positions())))


@st.composite
def roads(draw: st.DrawFn) -> Road:
    count = draw(st.integers(1, 4))
    seconds = tuple(draw(st.integers(1, 8)) for _ in range(count))
    holds = tuple(draw(st.just(0) | st.integers(1, 6)) for _ in range(count))
    spans = st.lists(
        st.builds(
            lambda start, length: Span(LEAVES + start, LEAVES + start + length),
            st.integers(-15, 25),
            st.integers(3, 50),
        ),
        min_size=1,
        max_size=3,
    )
    opens = tuple(draw(spans.map(Spans.of) | st.just(Spans.one(0, OPEN_END))) for _ in range(count))
    return Road(seconds, holds, opens, draw(st.integers(1, 5)))


@examples
@given(roads())
def test_nothing_is_uncovered_inside_the_margin_and_one_second_beyond_something_is(
    road: Road,
) -> None:
    margin = road.timing().margin(LEAVES)
    if margin is None or margin < 0:
        assert not road.is_covered(LEAVES)
        return
    assume(margin < 1_000)  # else nothing on this road ever closes
    for delay in {0, margin // 2, margin}:
        assert road.bears(LEAVES, delay)
    assert not road.bears(LEAVES, margin + 1)


@examples
@given(roads(), st.integers(0, 6))
def test_the_departures_are_exactly_those_that_bear_the_margin(road: Road, margin_s: int) -> None:
    within = Span(LEAVES - 20, LEAVES + 40)
    found = road.timing().departures(within, OPEN_END, margin_s)
    for at in range(within.start, within.end):
        assert found.contains(at) == road.bears(at, margin_s), at - LEAVES


@examples
@given(roads())
def test_no_departure_has_more_margin_than_the_closest(road: Road) -> None:
    timing = road.timing()
    within = Span(LEAVES - 20, LEAVES + 40)
    margins = [timing.margin(at) for at in range(within.start, within.end)]
    known = [one for one in margins if one is not None]
    best = timing.closest(within)
    assert (None if best is None else best[1]) == max(known, default=None)
    if best is not None:
        at = best[0]
        assert timing.margin(at) == best[1]
        tight = timing.tightest(at)
        assert tight is not None
        here = tight.open.around(at + tight.enter_s)
        assert here is not None and here.end - at - tight.leave_s == best[1]
