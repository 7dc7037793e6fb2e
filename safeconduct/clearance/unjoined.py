"""Checkpoints and crossings that may be on adopted roads, and that nobody has looked for there.

No check would see them: they look at the places that the way passes. So this doubt stands beside
what the rules say, and is a doubt about whose word is needed.
"""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.finding import Finding, Status, Stretch
from safeconduct.policy import Level
from safeconduct.roads import Network
from safeconduct.roads.nearness import FARTHEST_M
from safeconduct.roads.unjoined import unjoined, unrecorded
from safeconduct.situation import Situation
from safeconduct.vocabulary import AdoptedRoad, AdoptedRoads, Checkpoint, Crossing

__all__ = ["NOT_JOINED", "not_joined", "posts_at", "unjoined_posts", "unrecorded_in"]

NOT_JOINED = "PLACE-NOT-JOINED"


def posts_at(situation: Situation) -> dict[str, list[Checkpoint | Crossing]]:
    """The checkpoints and crossings that are known, by their place."""
    found: dict[str, list[Checkpoint | Crossing]] = {}
    posts: tuple[Checkpoint | Crossing, ...] = situation.facts(Checkpoint)
    for post in (*posts, *situation.facts(Crossing)):
        found.setdefault(post.place, []).append(post)
    return found


def unjoined_posts(bench: Bench) -> dict[str, list[AdoptedRoad]]:
    """By place, the roads of the movement that a checkpoint or crossing there may be on.

    Under way those behind the column count too: held there, it is later than planned.
    """
    adopted = bench.situation.facts(AdoptedRoads)
    edges = {step.edge for leg in bench.movement.legs for step in leg.route}
    more = unrecorded_in(bench.situation, bench.network, edges)
    if not adopted and not more:
        return {}
    passed = {end for edge in map(bench.network.edge, edges) for end in (edge.a, edge.b)}
    found: dict[str, list[AdoptedRoad]] = {}
    places = posts_at(bench.situation)
    for place, road in unjoined(bench.network, adopted, edges, places, passed, more):
        found.setdefault(place, []).append(road)
    return found


def unrecorded_in(
    situation: Situation, network: Network, edges: Iterable[str]
) -> tuple[AdoptedRoad, ...]:
    """Of some edges those that may be adopted by a record which is not known in a situation.

    In a replay nothing is withheld: its network has also what its case adopts only later.
    """
    if situation.hearing.replay:
        return ()
    return unrecorded(network, situation.facts(AdoptedRoads), edges)


def not_joined(bench: Bench) -> list[Finding]:
    """One finding for each place, unknown and HARD whatever the policy says."""
    posts = posts_at(bench.situation) if (found := unjoined_posts(bench)) else {}
    on = {road.id for roads in found.values() for road in roads}
    lost = {road.id for road in unrecorded_in(bench.situation, bench.network, on)}
    return [
        _finding(bench, place, posts[place], roads, any(road.id in lost for road in roads))
        for place, roads in sorted(found.items())
    ]


def _finding(
    bench: Bench,
    place: str,
    posts: Iterable[Checkpoint | Crossing],
    roads: list[AdoptedRoad],
    is_lost: bool,
) -> Finding:
    """What is doubted of a place; `is_lost` where no record of some of the roads is known."""
    stretches = tuple(Stretch(road.id, 0, road.length_dm) for road in roads)
    on = dict.fromkeys(road.name or road.id for road in roads)
    more = f" and {len(on) - 1} more" if len(on) > 1 else ""
    what = " and ".join(_told(bench, one) for one in posts)
    return Finding(
        rule="A1",
        level=Level.HARD,
        status=Status.UNKNOWN,
        code=NOT_JOINED,
        place=stretches,
        statements=tuple(sorted(one.id for one in posts)),
        says=f"At {_named(bench, place)} there is {what}. {_why(is_lost)}, and it may be on the "
        f"way: at {next(iter(on))}{more}{_how_near(bench, place)}.",
        remedy=f"{_merge(is_lost)}{_first(bench, place)}Adopt the route again over the imported "
        f"roads, which joins {place} or tells that it is elsewhere: `safeconduct plan --register R "
        "--roads FOLDER --adopt R1`.",
    )


def _why(is_lost: bool) -> str:
    if is_lost:
        return (
            "The record that tells what was looked for on these adopted roads is not here, or does "
            "not count"
        )
    return "Nobody looked for it on these adopted roads"


def _merge(is_lost: bool) -> str:
    if not is_lost:
        return ""
    return (
        "Merge a bundle of the office that adopted them from which nothing is left out "
        "(`register export --handling confidential` there); or do it here. "
    )


def _told(bench: Bench, post: Checkpoint | Crossing) -> str:
    if isinstance(post, Crossing):
        return f"crossing {post.id}"
    return f"checkpoint {post.id} of {bench.name(post.party)}"


def _named(bench: Bench, place: str) -> str:
    known = bench.network.place(place).name if bench.network.has_place(place) else ""
    return f"{known} ({place})" if known and known != place else place


def _first(bench: Bench, place: str) -> str:
    """What has to be done before: nobody can look for a place without a position."""
    if _has_position(bench, place):
        return ""
    return (
        f"First give {place} a position, and record the ground with it: `safeconduct record "
        "--register R CASE_FOLDER`. "
    )


def _has_position(bench: Bench, place: str) -> bool:
    return bench.network.has_place(place) and bench.network.place(place).at is not None


def _how_near(bench: Bench, place: str) -> str:
    if not _has_position(bench, place):
        return ", since the place has no position"
    return f", within {FARTHEST_M} m as far as can be told"
