"""The itinerary against a column that is driven second by second.

The oracle knows nothing of tails, holds or rounding: it moves a column of a fixed length along the
route, once with every hold at its shortest and once at its longest, and looks where it is. Where
the column halts it drives off the road, and later starts anew from there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.roads import Edge, Network, Place, itinerary
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Checkpoint, Halt, Leg, RoadSpeed, SpeedBasis
from tests.unit.roads.two_towns import SEVEN, leg, movement

examples = settings(max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "200")), deadline=None)


@dataclass(frozen=True)
class Trip:
    """A straight road of some edges in one or two legs, with holds at some places."""

    lengths_dm: tuple[int, ...]
    holds: tuple[tuple[int, int], ...]  # at the end of each edge; 0, 0 for no checkpoint
    legs: tuple[Leg, ...]
    column_m: int

    @property
    def network(self) -> Network:
        """Places p0, p1, ... with the edges e0, e1, ... between them."""
        places = tuple(Place(f"p{n}") for n in range(len(self.lengths_dm) + 1))
        edges = (Edge(f"e{n}", f"p{n}", f"p{n + 1}", dm) for n, dm in enumerate(self.lengths_dm))
        return Network("straight", places, tuple(edges))

    @property
    def checkpoints(self) -> list[Checkpoint]:
        """The checkpoints that hold for a time."""
        return [
            Checkpoint(id=f"c{n}", place=f"p{n + 1}", party="x", hold_min_s=low, hold_max_s=high)
            for n, (low, high) in enumerate(self.holds)
            if high
        ]


@st.composite
def trips(draw: st.DrawFn) -> Trip:
    """A few hundred metres at walking speed and above, so that seconds can be counted."""
    count = draw(st.integers(1, 6))
    lengths = tuple(draw(st.integers(1, 900)) for _ in range(count))
    hold = st.tuples(st.integers(0, 20), st.integers(0, 40)).map(lambda h: (h[0], h[0] + h[1]))
    holds = tuple(draw(st.just((0, 0)) | hold) for _ in range(count))
    turn = draw(st.integers(1, count))
    speeds = st.integers(5, 60)
    legs = [leg(*(f"e{n}" for n in range(turn)), speed_kmh=draw(speeds))]
    if turn < count:
        legs.append(leg(*(f"e{n}" for n in range(turn, count)), id="on", speed_kmh=draw(speeds)))
    return Trip(lengths, holds, tuple(legs), draw(st.integers(0, 150)))


def head(trip: Trip, which: int) -> Iterator[Fraction]:
    """How far the head is, in decimetres, at each second; past the end it drives on."""
    at = Fraction(0)
    yield at
    for number, length_dm in enumerate(trip.lengths_dm):
        speed = next(one for one in trip.legs if f"e{number}" in {s.edge for s in one.route})
        seconds = -(-length_dm * 3600 // (speed.speed_kmh * 10_000))
        pace = Fraction(speed.speed_kmh * 10_000, 3600)
        for second in range(1, seconds + 1):
            yield at + min(pace * second, Fraction(length_dm))
        at += length_dm
        yield from [at] * trip.holds[number][which]
    while at <= sum(trip.lengths_dm) + trip.column_m * 10:
        at += pace
        yield at


def seconds_on(trip: Trip, which: int) -> dict[str, set[int]]:
    """The seconds after leaving during which any of the column is on each edge."""
    found: dict[str, set[int]] = {f"e{n}": set() for n in range(len(trip.lengths_dm))}
    way = list(head(trip, which))
    for second, (before, after) in enumerate(pairwise(way)):
        start = 0
        for number, length_dm in enumerate(trip.lengths_dm):
            # During this second the column sweeps from its tail before to its head after.
            if before - trip.column_m * 10 < start + length_dm and after > start:
                found[f"e{number}"].add(second)
            start += length_dm
    return found


@examples
@given(trips())
def test_the_column_is_never_on_a_road_outside_the_time_it_is_said_to_be(trip: Trip) -> None:
    said = itinerary(movement(*trip.legs, column_m=trip.column_m), trip.network, trip.checkpoints)
    for which in (0, 1):
        found = seconds_on(trip, which)
        for entry in said.entries:
            if entry.edge:
                times = range(entry.enter - SEVEN, entry.leave - SEVEN)
                assert all(second in times for second in found[entry.edge])


def rested(trip: Trip, waits: dict[int, int]) -> Trip:
    """The same trip with a halt, of so many seconds, at the end of some of its roads."""
    legs = tuple(
        replace(
            one,
            halts=tuple(
                Halt(place=f"p{n + 1}", wait_s=waits[n])
                for n in (int(step.edge[1:]) for step in one.route)
                if n in waits
            ),
        )
        for one in trip.legs
    )
    return replace(trip, legs=legs)


def seconds_between_halts(trip: Trip, waits: dict[int, int], which: int) -> dict[str, set[int]]:
    """As `seconds_on`, each stretch from halt to halt driven by itself."""
    count = len(trip.lengths_dm)
    speeds = [one.speed_kmh for one in trip.legs for _ in one.route]
    found: dict[str, set[int]] = {}
    begins, leaves = 0, 0
    for last in range(count):
        if last not in waits and last + 1 < count:
            continue
        part = range(begins, last + 1)
        alone = Trip(
            tuple(trip.lengths_dm[n] for n in part),
            tuple(trip.holds[n] for n in part),
            tuple(leg(f"e{k}", id=f"l{k}", speed_kmh=speeds[n]) for k, n in enumerate(part)),
            trip.column_m,
        )
        for edge, seconds in seconds_on(alone, which).items():
            found[f"e{begins + int(edge[1:])}"] = {second + leaves for second in seconds}
        for n in part:
            leaves += -(-trip.lengths_dm[n] * 3600 // (speeds[n] * 10_000)) + trip.holds[n][which]
        begins, leaves = last + 1, leaves + waits.get(last, 0)
    return found


@examples
@given(trips(), st.dictionaries(st.integers(0, 5), st.integers(1, 200)))
def test_a_column_that_halts_is_on_each_road_while_it_is_said_to_be(
    trip: Trip, waits: dict[int, int]
) -> None:
    halting = rested(trip, waits)
    said = itinerary(movement(*halting.legs, column_m=trip.column_m), trip.network,
                     trip.checkpoints)  # fmt: skip
    is_told = len({one.speed_kmh for one in trip.legs}) == 1 and trip.column_m >= 90
    found = [seconds_between_halts(trip, waits, which) for which in (0, 1)]
    for entry in (one for one in said.entries if one.edge):
        seconds = found[0][entry.edge] | found[1][entry.edge]
        assert entry.enter - SEVEN == min(found[0][entry.edge])
        assert entry.leave - SEVEN > max(seconds)
        if is_told:  # and not much longer: a halt keeps the place and not the road
            late = entry.leave - SEVEN - max(seconds)
            assert late <= 2 + len(trip.lengths_dm) * 2
    for entry in (one for one in said.entries if one.halt_s):
        assert entry.leave - entry.enter > entry.halt_s


@examples
@given(trips(), st.integers(0, 5), st.integers(1, 200))
def test_a_halt_moves_all_that_follows_by_its_time_and_nothing_that_lies_before(
    trip: Trip, n: int, wait_s: int
) -> None:
    at = n % len(trip.lengths_dm)
    even = len({one.speed_kmh for one in trip.legs}) == 1
    before, after = (
        itinerary(movement(*one.legs, column_m=trip.column_m), trip.network, trip.checkpoints)
        for one in (rested(trip, {at: 1}), rested(trip, {at: 1 + wait_s}))
    )
    place = next(number for number, one in enumerate(before.entries) if one.halt_s)
    for number, (one, other) in enumerate(zip(before.entries, after.entries, strict=True)):
        assert other.enter - one.enter == (wait_s if number > place else 0)
        later = other.leave - one.leave
        # A tail that is still coming in over a slow road may be later than a short halt.
        soonest = wait_s if even else 0
        assert (soonest <= later <= wait_s) if number >= place else later == 0


@examples
@given(trips())
def test_a_road_is_not_said_to_be_occupied_long_after_the_column_has_left(trip: Trip) -> None:
    one = Trip(trip.lengths_dm, trip.holds, (leg(*(f"e{n}" for n in range(len(trip.holds)))),), 90)
    said = itinerary(movement(*one.legs, column_m=one.column_m), one.network, one.checkpoints)
    earliest, latest = seconds_on(one, 0), seconds_on(one, 1)
    for entry in said.entries:
        if entry.edge:
            assert min(earliest[entry.edge]) == entry.enter - SEVEN
            # A second for the rounding of the tail, and one for each road that it still lies on.
            late = entry.leave - SEVEN - max(latest[entry.edge])
            assert late <= 2 + len(one.lengths_dm)


@examples
@given(trips(), st.integers(0, 60))
def test_a_longer_hold_makes_no_road_free_any_earlier(trip: Trip, more_s: int) -> None:
    route = movement(*trip.legs, column_m=trip.column_m)
    longer = tuple((low, high + more_s) for low, high in trip.holds)
    held = Trip(trip.lengths_dm, longer, trip.legs, trip.column_m)
    before = {e.edge: e for e in itinerary(route, trip.network, trip.checkpoints).entries if e.edge}
    for entry in itinerary(route, held.network, held.checkpoints).entries:
        if entry.edge:
            assert entry.enter == before[entry.edge].enter
            assert entry.leave >= before[entry.edge].leave


def recorded(n: int, speed_kmh: int) -> RoadSpeed:
    """The planning speed of the n-th road, on the day of the trip."""
    return RoadSpeed(
        id=f"v{n}", speed_kmh=speed_kmh, valid=Span(SEVEN, SEVEN + 1), basis=SpeedBasis.CONVOY_LOG,
        edges=(f"e{n}",),
    )  # fmt: skip


def last_truck(trip: Trip, pace: list[int], trucks: int = 6) -> list[Fraction]:
    """When the last of some trucks reaches the end of each road, none of them ever held.

    They keep their distance: none comes sooner to a place than it can drive there, nor sooner than
    the one before has gone on by their distance, at the speed of the road behind.
    """
    gap_m = Fraction(trip.column_m, trucks - 1)
    ends = [Fraction(0)] * len(pace)
    for truck in range(trucks):
        comes = truck * gap_m * 3600 / (pace[0] * 1000)
        for n, length_dm in enumerate(trip.lengths_dm):
            comes += -(-length_dm * 3600 // (pace[n] * 10_000))
            if truck:
                comes = max(comes, ends[n] + gap_m * 3600 / (pace[n] * 1000))
            ends[n] = comes
    return ends


@examples
@given(trips(), st.data())
def test_the_last_truck_is_never_on_a_road_that_the_column_is_said_to_have_left(
    trip: Trip, data: st.DataObject
) -> None:
    free = Trip(trip.lengths_dm, ((0, 0),) * len(trip.holds), trip.legs, trip.column_m)
    slow = [data.draw(st.integers(3, 70)) for _ in trip.lengths_dm]
    of_leg = [one.speed_kmh for one in trip.legs for _ in one.route]
    pace = [min(told, planned) for told, planned in zip(slow, of_leg, strict=True)]
    said = itinerary(
        movement(*free.legs, column_m=free.column_m),
        free.network,
        speeds=[recorded(n, told) for n, told in enumerate(slow)],
    )
    for entry, gone in zip(
        (e for e in said.entries if e.edge), last_truck(free, pace), strict=True
    ):
        assert entry.leave - SEVEN >= gone


@examples
@given(trips(), st.integers(0, 5), st.integers(1, 80))
def test_a_slower_road_brings_nobody_anywhere_sooner(trip: Trip, n: int, speed_kmh: int) -> None:
    route = movement(*trip.legs, column_m=trip.column_m)
    before = itinerary(route, trip.network, trip.checkpoints).entries
    slower = itinerary(route, trip.network, trip.checkpoints, [recorded(n, speed_kmh)]).entries
    for one, other in zip(before, slower, strict=True):
        assert other.enter >= one.enter and other.leave >= one.leave
