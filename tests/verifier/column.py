"""Where a column is and when: every edge and place of its route, with the span it is under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from safeconduct.errors import RouteRefused
from safeconduct.roads.network import Edge, Network
from safeconduct.vocabulary import Checkpoint, Leg, Movement, RoadSpeed

Ground = tuple[frozenset[str], frozenset[str]]  # the areas that touch it, and that it lies within


class Spot(NamedTuple):
    """An edge (its name given) or a place (the same) under the column in `[start, end)`."""

    leg: Leg
    place: str
    grounds: tuple[Ground, ...]
    start: int
    end: int
    edge: str = ""
    halts: bool = False


class _Stop(NamedTuple):
    """A place on the way: when the head gets there, how long it is held, and if it parks there."""

    leg: Leg
    place: str
    at_dm: int
    early: int
    late: int
    kmh: int
    holds: tuple[int, int] = (0, 0)
    serves_s: int = 0  # it stands off the road: served, halting as planned, or both
    halts: bool = False


def trip(
    movement: Movement,
    network: Network,
    posts: Iterable[Checkpoint],
    speeds: Iterable[RoadSpeed] = (),
) -> list[Spot]:
    """The spots of a movement in driving order.

    Two clocks follow its head: the earliest (shortest holds) says when a spot is entered, the
    latest (longest holds) and the tail behind it when it is left. A hold that nobody knows counts
    as none; rule T1 objects to it.

    Raises
    ------
    RouteRefused : an edge starts elsewhere than where the one before it ended, or a leg halts where
        it does not pass just once.
    UnknownReference : the network has no such edge.
    """
    checkpoints = list(posts)
    told = [one for one in speeds if one.valid.start <= movement.depart_at < one.valid.end]
    stops: list[_Stop] = []
    roads: list[tuple[str, tuple[Ground, ...]]] = []
    for leg in movement.legs:
        passed: list[str] = []
        for number, step in enumerate(leg.route, 1):
            edge = network.edge(step.edge)
            start, end = (edge.b, edge.a) if step.backwards else (edge.a, edge.b)
            kmh = min([leg.speed_kmh, *_told_of(edge, told)])
            if not stops:
                stops.append(_Stop(leg, start, 0, movement.depart_at, movement.depart_at, kmh))
            last = stops[-1]
            if start != last.place:
                raise RouteRefused(
                    f"Edge {edge.id} starts at {start}, but the column is at {last.place}.",
                    "Give edges that join.",
                )
            passed += [end] if passed else [start, end]
            halts = [halt.wait_s for halt in leg.halts if halt.place == end]
            takes = _up(edge.length_dm * 3600, kmh * 10_000)
            here = [post for post in checkpoints if post.place == end]
            known = [(p.hold_min_s, p.hold_max_s) for p in here if p.hold_max_s is not None]
            stop = _Stop(
                leg,
                end,
                last.at_dm + edge.length_dm,
                last.early + last.holds[0] + last.serves_s + takes,
                last.late + last.holds[1] + last.serves_s + takes,
                kmh,
                (sum(least for least, _ in known), sum(most for _, most in known)),
                sum(halts) + (leg.service_s if number == len(leg.route) else 0),
                bool(halts),
            )
            stops.append(stop)
            grounds = tuple((piece.touched, piece.within) for piece in network.pieces(edge.id))
            roads.append((edge.id, grounds))
        for halt in leg.halts:
            if passed.count(halt.place) != 1 or halt.place == passed[0]:
                raise RouteRefused(
                    f"Leg {leg.id} halts at {halt.place}, which it does not pass once.", "Mend it."
                )
    return [*_spots(stops, roads, movement.convoy.column_m, network)]


def _told_of(edge: Edge, speeds: Iterable[RoadSpeed]) -> Iterable[int]:
    """The speeds recorded of a road: of itself, of roads like it, or of all roads."""
    for one in speeds:
        named = ((one.edges, edge.id), (one.kinds, edge.kind), (one.surfaces, edge.surface))
        if all(not some or its in some for some, its in named):
            yield one.speed_kmh


def _spots(
    stops: list[_Stop],
    roads: Sequence[tuple[str, tuple[Ground, ...]]],
    column_m: int,
    network: Network,
) -> Iterable[Spot]:
    uneven = max(stop.kmh for stop in stops) > min(stop.kmh for stop in stops)
    left_at = 0  # when the tail was past the place before
    for number, stop in enumerate(stops):
        soonest = 0
        if number:
            before = stops[number - 1]
            enters = before.early + before.holds[0] + before.serves_s
            way_dm = stop.at_dm - before.at_dm
            soonest = left_at + _up(way_dm * 3600, stop.kmh * 10_000) if uneven else 0
            leaves = _clear_at(stops[number:], column_m, parks=bool(stop.serves_s))
            edge, grounds = roads[number - 1]
            yield Spot(stop.leg, "", grounds, enters, max(leaves, soonest), edge)
        place = network.place(stop.place)
        left_at = max(soonest, _clear_at(stops[number:], column_m, parks=False))
        ground = ((place.touched, place.within),)
        yield Spot(stop.leg, stop.place, ground, stop.early, left_at, halts=stop.halts)


def _clear_at(ahead: list[_Stop], column_m: int, *, parks: bool) -> int:
    """When the tail has passed the first stop, at the latest, going by the head.

    That is when the head is a column's length further on, held at whatever lies between; but a
    tail drives no faster than its own road is driven, and takes a second at least. A column that
    parks has left the road, so what comes after is no matter.
    """
    here = front = ahead[0]
    speed_kmh = here.kmh
    reach_dm = here.at_dm + column_m * 10
    for stop in ahead:
        speed_kmh = stop.kmh
        if stop is not here and stop.at_dm >= reach_dm:
            break
        front = stop
        if stop.serves_s and (parks or stop is not here):
            break
    starts = 0 if parks else here.serves_s
    head = front.late + front.holds[1] + (starts if front is here else 0)
    head += max(1, _up((reach_dm - front.at_dm) * 3600, speed_kmh * 10_000))
    tail = here.late + here.holds[1] + starts
    tail += max(1, _up(column_m * 3600, here.kmh * 1000))
    return max(head, tail)


def _up(amount: int, divisor: int) -> int:
    return -(-amount // divisor)
