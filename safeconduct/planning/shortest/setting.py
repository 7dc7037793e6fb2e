"""Where and when a movement may be driven, as the search for its asks takes it.

On the safe side throughout: the slowest leg says how long the column takes to pass, the longest
hold of any checkpoint may hold up whatever lies under the column, and every hold may have been the
shortest one. So a trip that is found is one by the judge's own occupancy too; one that only just
fits may be missed.
"""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.cover import LegProfile
from safeconduct.cover.table import table
from safeconduct.planning.finding import Finder, Roads
from safeconduct.planning.shortest.finding import Passage
from safeconduct.roads.pace import driving_s
from safeconduct.roads.search import Limits
from safeconduct.roads.ways import Pace, ways_of
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Checkpoint, Movement

__all__ = ["Setting", "setting_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What `shortest_asks` has to know of a movement beside the roads; its fields as there."""

    passages: tuple[Passage, ...]
    earliest: int
    latest: int
    behind_s: int
    early_s: int
    limits: Limits


def setting_of(roads: Roads, movement: Movement, earliest: int) -> Setting | None:
    """The setting of a movement that drives at its legs' planning speeds, and waits nowhere.

    None where there is no time at all between the first departure and the last arrival.

    Parameters
    ----------
    movement : with the places of its legs named (`planning.finding.ended`).
    earliest : the first moment of departure.

    Raises
    ------
    RouteRefused : no road leads from one of its places to the next.
    """
    posts = [
        (roads.nodes[post.place][0], post.hold_min_s, post.hold_max_s)
        for post in roads.covers[0].situation.facts(Checkpoint)
        if post.hold_max_s is not None and post.place in roads.nodes
    ]
    longest = max((most for _, _, most in posts), default=0)
    loose = sum(most - least for _, least, most in posts)
    column_s = driving_s(
        max(1, movement.convoy.column_m * 10), min(leg.speed_kmh for leg in movement.legs)
    )
    latest = movement.latest_at - column_s - movement.margin_s
    if latest <= earliest:
        return None
    early_s = loose * len(movement.legs) + longest
    horizon = Span(earliest - early_s, movement.latest_at + longest)
    holds: dict[int, int] = {}
    for node, _, most in posts:
        holds[node] = holds.get(node, 0) + most
    finder = Finder(roads, movement, Span(earliest, latest))
    return Setting(
        passages=tuple(_passage(roads, movement, n, horizon, holds) for n in _legs(movement)),
        earliest=earliest,
        latest=latest,
        behind_s=column_s + longest + movement.margin_s,
        early_s=early_s,
        limits=Limits(until=latest, driving_s=finder.longest_s),
    )


def _legs(movement: Movement) -> range:
    return range(len(movement.legs))


def _passage(
    roads: Roads, movement: Movement, number: int, horizon: Span, holds: dict[int, int]
) -> Passage:
    leg, division = movement.legs[number], roads.division
    hours = table(roads.covers[0], division, LegProfile.of(leg), movement, horizon)
    ways = ways_of(
        division,
        Pace(leg.speed_kmh),
        closed_edges=roads.closed,
        holds=holds,
        own_gates=hours.own_gates,
    )
    # A column leaves by the junction itself; its copies are for arriving from one side only.
    starts, ends = roads.nodes[leg.origin][:1], roads.nodes[leg.destination]
    return Passage(leg, hours, ways, starts, ends)
