"""Where a column is, and from when to when, on a route that it drives by plan.

Whole seconds, rounded to the longer stay. Two clocks run along the route: the earliest the head of
the column can be somewhere (shortest holds) and the latest (longest holds). An edge is occupied,
all of it, from the head's earliest entering to the tail's latest leaving.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from safeconduct.errors import RouteRefused, WrongField
from safeconduct.roads.network import Network
from safeconduct.roads.pace import driving_s
from safeconduct.roads.pieces import Edge, Piece
from safeconduct.vocabulary import Checkpoint, Leg, Movement, RoadSpeed, Step

__all__ = ["Itinerary", "Occupied", "itinerary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupied:
    """One edge or one place, and the time `[enter, leave)` during which the column is on it.

    Exactly one of `edge` and `place` is given. An edge has `pieces`, in driving order, and the
    class number of each in `classes`; a place has one class and no piece. `leg` is the leg that
    is being driven; a place between two legs belongs to the one that ends there. `halt_s` is how
    long the column is planned to stand at a place, holds and service not counted.
    """

    leg: str
    edge: str | None = None
    place: str | None = None
    classes: tuple[int, ...]
    pieces: tuple[Piece, ...] = ()
    enter: int
    leave: int
    halt_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """Everything a movement occupies, in driving order, and how long the trip takes at worst.

    Parameters
    ----------
    entries : the edges driven and the places passed, the origin first. A place may lie in areas
        that no edge at it touches, and may hold a crossing.
    ends_at : UTC seconds, the latest moment at which the tail is clear of the last place.
    duration_s : seconds from departure to `ends_at`; loading comes before and is not counted.
    unknown_holds : ids of the checkpoints passed whose longest hold nobody knows. Each was counted
        as no hold at all, so while there is one, `ends_at` and every `leave` are too early.
    """

    entries: tuple[Occupied, ...]
    ends_at: int
    duration_s: int
    unknown_holds: tuple[str, ...] = ()

    def from_moment(self, instant: int) -> Itinerary:
        """What is still ahead, or being left, at `instant`: the entries that end after it."""
        return replace(self, entries=tuple(e for e in self.entries if e.leave > instant))


def itinerary(
    movement: Movement,
    network: Network,
    checkpoints: Sequence[Checkpoint] = (),
    speeds: Sequence[RoadSpeed] = (),
) -> Itinerary:
    """Where the movement is and when, if it leaves at `depart_at` and drives by plan.

    An edge takes its length at the leg's planning speed, or at the least recorded speed of this
    road that is valid at departure, whichever is slower; rounded up to a whole second, the rest of
    which the head waits out. The tail passes a place when the head is one column further on, a
    second later at least; so when the head is held, whatever lies under the column stays occupied
    through the longest hold, also edges before the last. Where roads are driven at different
    speeds, the tail comes no sooner than it can drive there from the place before. Service time at
    the end of a leg occupies the place, not the road: the column parks there. So it does where it
    halts, from when it is let go there, for as long as planned: a halt makes good no delay.

    Parameters
    ----------
    checkpoints : those in force; several at one place hold the column one after the other, each
        time the route passes the place. Those at other places are ignored.
    speeds : those recorded, of whatever roads and times.

    Raises
    ------
    RouteRefused : two steps, or two legs, do not join; both edges and places are named. A leg has
        no route, or its route does not lead from its `origin` to its `destination`. It halts at a
        place that its route does not come to, or comes to twice.
    UnknownReference : a step names an edge that the network does not have.
    WrongField : a checkpoint's longest hold is shorter than its shortest, or one is negative; the
        column has a negative length.
    """
    if movement.convoy.column_m < 0:
        raise WrongField(
            f"The column of movement {movement.id} is {movement.convoy.column_m} m long.",
            "Give its length in metres, 0 or more.",
            movement=movement.id,
        )
    if not movement.has_route:
        raise RouteRefused(
            f"Movement {movement.id} has no adopted route, so where the column is, and when, "
            "cannot be said.",
            "Find one with `safeconduct plan`, and adopt it.",
            movement=movement.id,
        )
    holds = _holds(checkpoints)
    in_force = [speed for speed in speeds if speed.valid.contains(movement.depart_at)]
    passages = tuple(_passages(movement, network, holds, in_force))
    entries = tuple(_entries(movement, network, passages))
    ends_at = max(entry.leave for entry in entries)
    unknown = dict.fromkeys(id for passage in passages for id in passage.hold.unknown)
    return Itinerary(
        entries=entries,
        ends_at=ends_at,
        duration_s=ends_at - movement.depart_at,
        unknown_holds=tuple(unknown),
    )


@dataclass(frozen=True, slots=True)
class _Hold:
    """All checkpoints of one place together."""

    shortest_s: int = 0
    longest_s: int = 0
    unknown: tuple[str, ...] = ()
    is_checkpoint: bool = False


_NO_HOLD = _Hold()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """The head of the column at one place of the route: the origin, or the end of a step."""

    place: str
    leg: int  # the number of the leg driven here; at the origin, the first
    speed_kmh: int  # on the road that leads here; at the origin, on the one that leads away
    at_dm: int  # driven since the origin
    earliest: int  # the head arrives
    latest: int
    hold: _Hold = _NO_HOLD
    service_s: int = 0
    halt_s: int = 0
    ends_leg: bool = False

    @property
    def parked_s(self) -> int:
        """How long the column stands off the road: it is served there, it halts, or both."""
        return self.service_s + self.halt_s

    @property
    def stay_s(self) -> tuple[int, int]:
        """The shortest and the longest time from the head's arrival to its leaving."""
        return self.hold.shortest_s + self.parked_s, self.hold.longest_s + self.parked_s


def _holds(checkpoints: Sequence[Checkpoint]) -> dict[str, _Hold]:
    found: dict[str, _Hold] = {}
    for checkpoint in checkpoints:
        shortest, longest = checkpoint.hold_min_s, checkpoint.hold_max_s
        if shortest < 0 or (longest is not None and longest < shortest):
            raise WrongField(
                f"Checkpoint {checkpoint.id} holds a column from {shortest} s to {longest} s.",
                "Give the shortest and the longest hold in seconds, 0 or more, in this order.",
                checkpoint=checkpoint.id,
            )
        before = found.get(checkpoint.place, _NO_HOLD)
        known = longest is not None
        found[checkpoint.place] = _Hold(
            before.shortest_s + (shortest if known else 0),
            before.longest_s + (longest or 0),
            before.unknown + (() if known else (checkpoint.id,)),
            True,
        )
    return found


def _driven(movement: Movement) -> Iterator[tuple[int, Leg, Step, bool]]:
    """Every step in driving order: its leg's number, its leg, itself, whether it ends the leg."""
    for number, leg in enumerate(movement.legs):
        for left, step in zip(range(len(leg.route) - 1, -1, -1), leg.route, strict=True):
            yield number, leg, step, left == 0


def _passages(
    movement: Movement, network: Network, holds: dict[str, _Hold], speeds: Sequence[RoadSpeed]
) -> Iterator[_Passage]:
    """The head's way along the route, with both clocks; refuses a route that does not join."""
    first = movement.legs[0]
    leaves = (movement.depart_at, movement.depart_at)
    here = _Passage(
        place=_ends(network, first.route[0])[0],
        leg=0,
        speed_kmh=_speed_kmh(first, network.edge(first.route[0].edge), speeds),
        at_dm=0,
        earliest=leaves[0],
        latest=leaves[1],
    )
    yield here
    before = ""
    starts_leg = True
    halts: dict[str, int] = {}
    for number, leg, step, ends_leg in _driven(movement):
        start, end = _ends(network, step)
        if start != here.place:
            raise _gap(leg, step, start, before, here.place)
        if starts_leg and leg.origin not in ("", start):
            raise _elsewhere(leg, "begins", start)
        if ends_leg and leg.destination not in ("", end):
            raise _elsewhere(leg, "ends", end)
        if starts_leg:
            halts = _halts(leg, network)
        starts_leg = ends_leg
        edge = network.edge(step.edge)
        speed_kmh = _speed_kmh(leg, edge, speeds)
        length_dm, travel_s = edge.length_dm, driving_s(edge.length_dm, speed_kmh)
        here = _Passage(
            place=end,
            leg=number,
            speed_kmh=speed_kmh,
            at_dm=here.at_dm + length_dm,
            earliest=leaves[0] + travel_s,
            latest=leaves[1] + travel_s,
            hold=holds.get(end, _NO_HOLD),
            service_s=leg.service_s if ends_leg else 0,
            halt_s=halts.get(end, 0),
            ends_leg=ends_leg,
        )
        yield here
        leaves = here.earliest + here.stay_s[0], here.latest + here.stay_s[1]
        before = step.edge


def _halts(leg: Leg, network: Network) -> dict[str, int]:
    """How long the column halts at places of a leg; refuses one that it does not pass just once."""
    if not leg.halts:
        return {}
    come_to = [_ends(network, step)[1] for step in leg.route]
    begins = _ends(network, leg.route[0])[0]
    for halt in leg.halts:
        times = come_to.count(halt.place)
        if times != 1 or halt.place == begins:
            raise _no_halt(leg, halt.place, times + (halt.place == begins), begins)
    return {halt.place: halt.wait_s for halt in leg.halts}


def _no_halt(leg: Leg, place: str, times: int, begins: str) -> RouteRefused:
    if times > 1:
        found, remedy = (
            f"Leg {leg.id} halts at {place}, which its route passes {times} times.",
            "Halt at a place that it passes once, or divide the leg there, so that it is clear "
            "which time is meant.",
        )
    elif place == begins:
        found, remedy = (
            f"Leg {leg.id} halts at {place}, where it begins.",
            "Leave later; or, after another leg, let that one halt at its end.",
        )
    else:
        found, remedy = (
            f"Leg {leg.id} halts at {place}, which is not on its route.",
            "Halt at a place that the route passes, or change the route.",
        )
    return RouteRefused(found, remedy, leg=leg.id, place=place)


def _ends(network: Network, step: Step) -> tuple[str, str]:
    edge = network.edge(step.edge)
    return (edge.b, edge.a) if step.backwards else (edge.a, edge.b)


def _gap(leg: Leg, step: Step, start: str, before: str, ended: str) -> RouteRefused:
    return RouteRefused(
        f"The route does not join: in leg {leg.id} edge {step.edge} starts at {start}, but the "
        f"edge before it, {before}, ends at {ended}.",
        "Put the edges in driving order, mark those that are driven backwards, or add what is "
        "missing between the two places.",
        leg=leg.id,
        edge=step.edge,
        before=before,
        starts_at=start,
        ended_at=ended,
    )


def _speed_kmh(leg: Leg, edge: Edge, speeds: Sequence[RoadSpeed]) -> int:
    """How fast the column drives a road: the leg's planning speed, or what is recorded of it."""
    here = (one.speed_kmh for one in speeds if one.fits(edge.id, edge.kind, edge.surface))
    return min((leg.speed_kmh, *here))


def _elsewhere(leg: Leg, does: str, place: str) -> RouteRefused:
    meant = leg.origin if does == "begins" else leg.destination
    return RouteRefused(
        f"The route of leg {leg.id} {does} at {place}, but the leg {does} at {meant}.",
        "Give a route between its two places, or leave `origin` and `destination` out.",
        leg=leg.id,
        place=place,
    )


class _Column:
    """When the tail of the column is past each place of one trip, at the latest."""

    def __init__(self, movement: Movement, passages: Sequence[_Passage]) -> None:
        self._passages = passages
        # Even a single vehicle takes some time to pass: at least a decimetre's worth.
        self._length_dm = max(1, movement.convoy.column_m * 10)
        self._at_dm = [passage.at_dm for passage in passages]
        # From each passage on, the next at which the column leaves the road to park.
        self._parks: list[int] = []
        park = len(passages) - 1
        for index in range(len(passages) - 1, -1, -1):
            park = index if passages[index].parked_s else park
            self._parks.append(park)
        self._parks.reverse()
        self._started: list[int] = []
        self._is_even = len({passage.speed_kmh for passage in passages}) == 1
        for index in range(len(passages)):
            self._started.append(self.clear_at(index, starting=True))

    def clear_at(self, index: int, *, starting: bool = False) -> int:
        """The latest moment at which the tail is past the place.

        With `starting` the column starts from there once it has been served and has halted;
        without, it clears the road that leads there, and parks where it does either.
        """
        here = self._passages[index]
        parks = self._parks[min(index + starting, len(self._passages) - 1)]
        # The tail is here when the head is one column ahead, or would be had it not parked.
        ahead_dm = here.at_dm + self._length_dm
        reached = min(bisect_left(self._at_dm, ahead_dm) - 1, parks)
        front, onwards = self._passages[reached], self._passages[min(reached + 1, parks)]
        from_front = _leaves(front, starting and reached == index) + driving_s(
            ahead_dm - front.at_dm, onwards.speed_kmh
        )
        # The next road may be driven faster, but this one is not.
        behind = _leaves(here, starting) + driving_s(self._length_dm, here.speed_kmh)
        return max(from_front, behind, self._driven_here(index))

    def _driven_here(self, index: int) -> int:
        """The soonest that the tail can be here from the place before.

        Where the column is stretched over roads of different speeds, the head runs away from what
        is still on a slow one. At one speed the head alone says where the tail is, to the second.
        """
        if self._is_even or index == 0:
            return self._passages[0].latest
        here, before = self._passages[index], self._passages[index - 1]
        return self._started[index - 1] + driving_s(here.at_dm - before.at_dm, here.speed_kmh)


def _leaves(passage: _Passage, served: bool) -> int:
    """When the head goes on at the latest; without `served`, into its parking place."""
    return passage.latest + (passage.stay_s[1] if served else passage.hold.longest_s)


def _entries(
    movement: Movement, network: Network, passages: Sequence[_Passage]
) -> Iterator[Occupied]:
    column = _Column(movement, passages)
    yield _at_place(movement, network, passages[0], column.clear_at(0, starting=True))
    for index, (_, leg, step, _) in enumerate(_driven(movement), 1):
        start, end = passages[index - 1], passages[index]
        enter = start.earliest + start.stay_s[0]
        yield _on_edge(leg, step, network, enter, column.clear_at(index))
        yield _at_place(movement, network, end, column.clear_at(index, starting=True))


def _on_edge(leg: Leg, step: Step, network: Network, enter: int, leave: int) -> Occupied:
    driving = slice(None, None, -1) if step.backwards else slice(None)
    return Occupied(
        leg=leg.id,
        edge=step.edge,
        classes=network.edge_classes(step.edge)[driving],
        pieces=network.pieces(step.edge)[driving],
        enter=enter,
        leave=leave,
    )


def _at_place(movement: Movement, network: Network, at: _Passage, leave: int) -> Occupied:
    return Occupied(
        leg=movement.legs[at.leg].id,
        place=at.place,
        classes=(network.place_class(at.place),),
        enter=at.earliest,
        leave=leave,
        halt_s=at.halt_s,
    )
