"""Where and when a movement may be driven, as the search for its asks takes it.

On the safe side throughout: the slowest leg says how long the column takes to pass, the longest
hold of any checkpoint may hold up whatever lies under the column, and every hold may have been the
shortest one. So a trip that is found is one by the judge's own occupancy too; one that only just
fits may be missed. No road is driven that a closure names at some moment meanwhile. A column drives
at the speeds that are valid when it departs, so that there is a stage for every stretch of
departures in which none of those that are recorded begins or ends.
"""

from __future__ import annotations

from safeconduct.cover import LegProfile
from safeconduct.cover.table import table
from safeconduct.planning.finding import Finder
from safeconduct.planning.legroads import Roads
from safeconduct.planning.pacing import pace_of
from safeconduct.planning.shortest.finding import Passage, Stage
from safeconduct.roads.choosing import SMALL
from safeconduct.roads.pace import driving_s
from safeconduct.roads.search import Limits
from safeconduct.roads.ways import Pace, ways_of
from safeconduct.situation import closures
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Checkpoint, Leg, Movement, RoadSpeed

__all__ = ["stages_of"]

_NOVELTY_S = 600
"""On large roads, what adds less than ten minutes to the times at a junction is passed over. A trip
may be missed by that, and so a shorter list; the answer says so (`Stopped.THRESHOLD`)."""


def stages_of(roads: Roads, movement: Movement, earliest: int) -> tuple[Stage, ...]:
    """The stages of a movement that drives at its legs' planning speeds, and waits nowhere.

    There is none where there is no time at all between the first departure and the last arrival.

    Parameters
    ----------
    movement : with the places of its legs named (`planning.finding.ended`).
    earliest : the first moment of departure.

    Raises
    ------
    RouteRefused : no road leads from one of its places to the next.
    """
    speeds = roads.covers[0].situation.facts(RoadSpeed)
    changes = {moment for one in speeds for moment in (one.valid.start, one.valid.end)}
    begins = [earliest, *sorted(at for at in changes if earliest < at < movement.latest_at)]
    last = [at - 1 for at in begins[1:]]
    stages = (
        _stage(roads, movement, first, by) for first, by in zip(begins, [*last, None], strict=True)
    )
    return tuple(one for one in stages if one is not None)


def _stage(roads: Roads, movement: Movement, earliest: int, leaves_by: int | None) -> Stage | None:
    """The stage that begins at `earliest`; None where its trips would end too late."""
    posts = [
        (roads.nodes[post.place][0], post.hold_min_s, post.hold_max_s)
        for post in roads.covers[0].situation.facts(Checkpoint)
        if post.hold_max_s is not None and post.place in roads.nodes
    ]
    longest = max((most for _, _, most in posts), default=0)
    loose = sum(most - least for _, least, most in posts)
    slowest_kmh = min(_pace(roads, leg, earliest).slowest_kmh for leg in movement.legs)
    column_s = driving_s(max(1, movement.convoy.column_m * 10), slowest_kmh)
    latest = movement.latest_at - column_s - movement.margin_s
    if latest <= earliest:
        return None
    early_s = loose * len(movement.legs) + longest
    horizon = Span(earliest - early_s, movement.latest_at + longest)
    holds: dict[int, int] = {}
    for node, _, most in posts:
        holds[node] = holds.get(node, 0) + most
    finder = Finder(roads, movement, Span(earliest, latest))
    passages = tuple(
        _passage(roads, movement, n, horizon, holds, earliest) for n in _legs(movement)
    )
    is_large = any(len(one.ways.head) > SMALL for one in passages)
    return Stage(
        passages=passages,
        earliest=earliest,
        latest=latest,
        leaves_by=leaves_by,
        behind_s=column_s + longest + movement.margin_s,
        early_s=early_s,
        limits=Limits(
            until=latest,
            novelty_s=_NOVELTY_S if is_large else 0,
            driving_s=finder.longest_s,
        ),
    )


def _pace(roads: Roads, leg: Leg, earliest: int) -> Pace:
    speeds = roads.covers[0].situation.facts(RoadSpeed)
    return pace_of(leg.speed_kmh, roads.division.graph, speeds, earliest)


def _closed(roads: Roads, horizon: Span) -> frozenset[int]:
    """The numbers of the edges that a closure names and closes at some moment of a horizon."""
    situation, names = roads.covers[0].situation, roads.division.graph.edge_ids
    closed = {
        edge
        for closure, spans in closures(situation)
        for edge in closure.edges
        if spans.within(horizon)
    }
    return frozenset(n for n, name in enumerate(names if closed else ()) if name in closed)


def _legs(movement: Movement) -> range:
    return range(len(movement.legs))


def _passage(
    roads: Roads,
    movement: Movement,
    number: int,
    horizon: Span,
    holds: dict[int, int],
    earliest: int,
) -> Passage:
    leg, division = movement.legs[number], roads.division
    hours = table(roads.covers[0], division, LegProfile.of(leg), movement, horizon)
    ways = ways_of(
        division,
        _pace(roads, leg, earliest),
        closed_edges=roads.closed | _closed(roads, horizon),
        holds=holds,
        own_gates=hours.own_gates,
    )
    # A column leaves by the junction itself; its copies are for arriving from one side only.
    starts, ends = roads.nodes[leg.origin][:1], roads.nodes[leg.destination]
    return Passage(leg, hours, ways, starts, ends)
