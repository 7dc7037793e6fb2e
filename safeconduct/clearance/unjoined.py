"""Checkpoints and crossings that may be on adopted roads, and that nobody has looked for there.

No check would see them: they look at the places that the way passes. So this doubt stands beside
what the rules say, and is a doubt about whose word is needed.
"""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.finding import Finding, Status, Stretch
from safeconduct.policy import Level
from safeconduct.roads.nearness import FARTHEST_M
from safeconduct.roads.unjoined import unjoined
from safeconduct.situation import Situation
from safeconduct.vocabulary import AdoptedRoad, AdoptedRoads, Checkpoint, Crossing

__all__ = ["NOT_JOINED", "not_joined", "posts_at", "unjoined_posts"]

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
    if not adopted:
        return {}
    edges = {step.edge for leg in bench.movement.legs for step in leg.route}
    passed = {end for edge in map(bench.network.edge, edges) for end in (edge.a, edge.b)}
    found: dict[str, list[AdoptedRoad]] = {}
    places = posts_at(bench.situation)
    for place, road in unjoined(bench.network, adopted, edges, places, passed):
        found.setdefault(place, []).append(road)
    return found


def not_joined(bench: Bench) -> list[Finding]:
    """One finding for each place, unknown and HARD whatever the policy says."""
    posts = posts_at(bench.situation) if (found := unjoined_posts(bench)) else {}
    return [_finding(bench, place, posts[place], roads) for place, roads in sorted(found.items())]


def _finding(
    bench: Bench, place: str, posts: Iterable[Checkpoint | Crossing], roads: list[AdoptedRoad]
) -> Finding:
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
        says=f"At {_named(bench, place)} there is {what}. Nobody looked for it on these adopted "
        f"roads, and it may be on the way: at {next(iter(on))}{more}{_how_near(bench, place)}.",
        remedy=f"Adopt the route again over the imported roads, which joins {place} or tells that "
        "it is elsewhere: `safeconduct plan --register R --roads FOLDER --adopt R1`.",
    )


def _told(bench: Bench, post: Checkpoint | Crossing) -> str:
    if isinstance(post, Crossing):
        return f"crossing {post.id}"
    return f"checkpoint {post.id} of {bench.name(post.party)}"


def _named(bench: Bench, place: str) -> str:
    known = bench.network.place(place).name if bench.network.has_place(place) else ""
    return f"{known} ({place})" if known and known != place else place


def _how_near(bench: Bench, place: str) -> str:
    if not bench.network.has_place(place) or bench.network.place(place).at is None:
        return ", since the place has no position"
    return f", within {FARTHEST_M} m as far as can be told"
