"""Where a column is and when: every edge and place of its route, with the span it is under it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from safeconduct.errors import RouteRefused
from safeconduct.roads.network import Network
from safeconduct.vocabulary import Checkpoint, Leg, Movement

Ground = tuple[frozenset[str], frozenset[str]]  # the areas that touch it, and that it lies within


class Spot(NamedTuple):
    """An edge (all its pieces) or a place (its name given) under the column in `[start, end)`."""

    leg: Leg
    place: str
    grounds: tuple[Ground, ...]
    start: int
    end: int


class _Stop(NamedTuple):
    """A place on the way: when the head gets there, how long it is held, and if it parks there."""

    leg: Leg
    place: str
    at_dm: int
    early: int
    late: int
    holds: tuple[int, int] = (0, 0)
    serves_s: int = 0


def trip(movement: Movement, network: Network, posts: Iterable[Checkpoint]) -> list[Spot]:
    """The spots of a movement in driving order.

    Two clocks follow its head: the earliest (shortest holds) says when a spot is entered, the
    latest (longest holds) and the tail behind it when it is left. A hold that nobody knows counts
    as none; rule T1 objects to it.

    Raises
    ------
    RouteRefused : an edge starts elsewhere than where the one before it ended.
    UnknownReference : the network has no such edge.
    """
    checkpoints = list(posts)
    stops: list[_Stop] = []
    roads: list[tuple[Ground, ...]] = []
    for leg in movement.legs:
        for number, step in enumerate(leg.route, 1):
            edge = network.edge(step.edge)
            start, end = (edge.b, edge.a) if step.backwards else (edge.a, edge.b)
            if not stops:
                stops.append(_Stop(leg, start, 0, movement.depart_at, movement.depart_at))
            last = stops[-1]
            if start != last.place:
                raise RouteRefused(
                    f"Edge {edge.id} starts at {start}, but the column is at {last.place}.",
                    "Give edges that join.",
                )
            takes = _up(edge.length_dm * 3600, leg.speed_kmh * 10_000)
            here = [post for post in checkpoints if post.place == end]
            known = [(p.hold_min_s, p.hold_max_s) for p in here if p.hold_max_s is not None]
            stop = _Stop(
                leg,
                end,
                last.at_dm + edge.length_dm,
                last.early + last.holds[0] + last.serves_s + takes,
                last.late + last.holds[1] + last.serves_s + takes,
                (sum(least for least, _ in known), sum(most for _, most in known)),
                leg.service_s if number == len(leg.route) else 0,
            )
            stops.append(stop)
            roads.append(tuple((piece.touched, piece.within) for piece in network.pieces(edge.id)))
    return [*_spots(stops, roads, movement.convoy.column_m, network)]


def _spots(
    stops: list[_Stop], roads: list[tuple[Ground, ...]], column_m: int, network: Network
) -> Iterable[Spot]:
    for number, stop in enumerate(stops):
        if number:
            before = stops[number - 1]
            enters = before.early + before.holds[0] + before.serves_s
            leaves = _clear_at(stops[number:], column_m, parks=bool(stop.serves_s))
            yield Spot(stop.leg, "", roads[number - 1], enters, leaves)
        place = network.place(stop.place)
        leaves = _clear_at(stops[number:], column_m, parks=False)
        ground = ((place.touched, place.within),)
        yield Spot(stop.leg, stop.place, ground, stop.early, leaves)


def _clear_at(ahead: list[_Stop], column_m: int, *, parks: bool) -> int:
    """When the tail has passed the first stop, at the latest.

    That is when the head is a column's length further on, held at whatever lies between; but a
    tail drives no faster than its own leg does, and takes a second at least. A column that parks
    has left the road, so what comes after is no matter.
    """
    here = front = ahead[0]
    speed_kmh = here.leg.speed_kmh
    reach_dm = here.at_dm + column_m * 10
    for stop in ahead:
        speed_kmh = stop.leg.speed_kmh
        if stop is not here and stop.at_dm >= reach_dm:
            break
        front = stop
        if stop.serves_s and (parks or stop is not here):
            break
    starts = 0 if parks else here.serves_s
    head = front.late + front.holds[1] + (starts if front is here else 0)
    head += max(1, _up((reach_dm - front.at_dm) * 3600, speed_kmh * 10_000))
    tail = here.late + here.holds[1] + starts
    tail += max(1, _up(column_m * 3600, here.leg.speed_kmh * 1000))
    return max(head, tail)


def _up(amount: int, divisor: int) -> int:
    return -(-amount // divisor)
