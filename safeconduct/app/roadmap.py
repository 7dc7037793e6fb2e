"""The roads that a movement may be led over: those of the case, or imported ones cut by its areas.

Judging stays exact and small: whatever roads are searched, the judge looks at a network of just the
edges that a route uses, built as a case's network is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeconduct.app.kernels import kernel_for
from safeconduct.clearance import Judge
from safeconduct.clearance.unjoined import posts_at, unrecorded_in
from safeconduct.planning.legroads import Roads
from safeconduct.roads.dividing import division_of
from safeconduct.roads.unjoined import unjoined
from safeconduct.vocabulary import AdoptedRoad, AdoptedRoads, Driven, Movement

__all__ = ["drawn", "one_way"]


def drawn(judge: Judge, movement: Movement) -> Roads:
    """The network of the case or register itself."""
    network = judge.network
    adopted = judge.situation.facts(AdoptedRoads)
    lost = unrecorded_in(judge.situation, network, (edge.id for edge in network.edges))
    return Roads(
        division=division_of(network, one_way(adopted)),
        covers=tuple(judge.cover(profile) for profile in movement.profiles),
        nodes={place.id: (number,) for number, place in enumerate(network.places)},
        judge_on=lambda edges: judge,
        kernel=kernel_for,
        notes=(*_unlooked(adopted), *_unjoined(judge, adopted, lost), *_unrecorded(lost)),
    )


def one_way(adopted: Iterable[AdoptedRoads]) -> dict[str, bool]:
    """The adopted roads that are driven one way only, by id: whether that is backwards."""
    return {
        road.id: road.driven is Driven.BACKWARDS
        for one in adopted
        for road in one.roads
        if road.driven is not Driven.EITHER_WAY
    }


def _unlooked(adopted: tuple[AdoptedRoads, ...]) -> tuple[str, ...]:
    """What is known of imported roads only while their folder is searched."""
    graphs = sorted({one.graph for one in adopted})
    if not graphs:
        return ()
    return (
        f"roads adopted from {', '.join(graphs)}: forbidden turns and posted limits are not looked "
        "at here; plan with --roads to have them looked at",
    )


def _unrecorded(lost: tuple[AdoptedRoad, ...]) -> Iterator[str]:
    """That of some roads nobody here can tell where they came from."""
    if lost:
        yield (
            "the record of some adopted roads is not here or does not count: which way they may be "
            "driven, and which checkpoints were looked for on them, is not known. Merge a bundle "
            "from which nothing is left out"
        )


def _unjoined(
    judge: Judge, adopted: tuple[AdoptedRoads, ...], lost: tuple[AdoptedRoad, ...]
) -> Iterator[str]:
    """The posts that a window may lead past, since nobody has looked for them on these roads."""
    posts = posts_at(judge.situation)
    edges = {road.id for one in adopted for road in one.roads}
    found: dict[str, str] = {}
    for place, road in unjoined(judge.network, adopted, edges, posts, unrecorded=lost):
        found.setdefault(place, road.name or road.id)
    for place, road_name in found.items():
        ids = ", ".join(sorted(one.id for one in posts[place]))
        yield (
            f"{ids} may be on {road_name}: the place {place} was not looked for when these roads "
            "were adopted. Any route by there is NO-GO until it was: plan with --roads, and adopt"
        )
