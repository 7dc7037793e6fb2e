"""A road that is known to be slow takes longer, and the tail of the column does not fly over it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.planning.pacing import pace_of
from safeconduct.roads import Network, itinerary, pinned, unpinned
from safeconduct.roads.build import build
from safeconduct.roads.dividing import division_of
from safeconduct.roads.pin import input_digest
from safeconduct.roads.sources.drawn import schematic
from safeconduct.roads.ways import driven_s
from safeconduct.spacetime import Span
from safeconduct.vocabulary import RoadSpeed, SpeedBasis
from tests.unit.roads.test_occupancy import times
from tests.unit.roads.two_towns import NETWORK, SEVEN, leg, movement

THEN = Span(SEVEN, SEVEN + 1)
BARE = "5c0bc1360128089a26aaeee92b769c0011e275e327ba9580f553742b16b8aa45"
TRACKS = replace(
    NETWORK,
    edges=tuple(replace(edge, kind="track", surface="gravel") for edge in NETWORK.edges),
)


def speed(speed_kmh: int = 18, valid: Span = THEN, **named: Any) -> RoadSpeed:
    return RoadSpeed(
        id=f"at-{speed_kmh}", speed_kmh=speed_kmh, valid=valid, basis=SpeedBasis.POLICY, **named
    )


def birch(*speeds: RoadSpeed, network: Network = NETWORK) -> tuple[int, int]:
    """When the column comes to Birch and is clear of it; 2 km and 1 km, at 10 m/s by its leg."""
    route = movement(leg("alder-post", "post-birch"))
    return times(itinerary(route, network, speeds=speeds))["birch"]


def test_a_speed_recorded_of_all_roads_holds_for_each() -> None:
    assert birch(speed(18)) == (600, 620)  # 5 m/s


def test_a_slow_road_takes_longer_and_the_tail_no_sooner_than_it_can_drive() -> None:
    # 2 km at 5 m/s: 400 s. The tail, 100 m behind, is past the post at 420 s, and takes the 100 s
    # of the last kilometre after that, although the head drives twice as fast by then.
    assert birch(speed(18, edges=("alder-post",))) == (500, 520)
    assert birch(speed(18, edges=("post-birch",))) == (400, 420)


def test_the_least_of_several_speeds_counts_and_none_is_ever_quicker_than_the_leg() -> None:
    assert birch(speed(60), speed(18), speed(30)) == birch(speed(18))
    assert birch(speed(60)) == birch()


@pytest.mark.parametrize(
    ("named", "fits"),
    [
        ({"kinds": ("track",)}, True),
        ({"surfaces": ("mud", "gravel")}, True),
        ({"kinds": ("track",), "surfaces": ("mud",)}, False),
        ({"kinds": ("primary",)}, False),
        ({"edges": ("alder-post", "post-birch"), "kinds": ("track",)}, True),
    ],
)
def test_a_speed_is_of_the_roads_that_fit_all_it_names(named: dict[str, Any], fits: bool) -> None:
    assert (birch(speed(18, **named), network=TRACKS) == (600, 620)) is fits


def test_a_road_of_no_known_kind_fits_no_named_kind() -> None:
    assert birch(speed(18, kinds=("track",))) == birch()
    assert birch(speed(18, surfaces=("gravel",))) == birch()


@pytest.mark.parametrize(
    ("start", "end", "counts"), [(-9, 0, False), (-9, 1, True), (0, 1, True), (1, 9, False)]
)
def test_only_what_is_valid_in_the_second_of_departure_counts(
    start: int, end: int, counts: bool
) -> None:
    assert (birch(speed(18, Span(SEVEN + start, SEVEN + end))) != birch()) is counts


def test_kind_and_surface_are_pinned_and_change_no_version_where_they_are_not_known() -> None:
    assert unpinned(pinned(TRACKS)) == TRACKS
    assert TRACKS.version != NETWORK.version
    assert b"surface" not in pinned(NETWORK)


def test_a_drawing_tells_kind_and_surface_and_a_pin_made_without_them_stays_current() -> None:
    road = {"between": ["a", "b"], "km": 2, "kind": "track", "surface": "gravel"}
    raw = schematic({"places": {"a": {}, "b": {}}, "edges": {"e": road}})
    (edge,) = build((), raw).edges
    assert (edge.kind, edge.surface) == ("track", "gravel")
    places = {"a": {}, "b": {}}
    bare = schematic({"places": places, "edges": {"e": {"between": ["a", "b"], "km": 2}}})
    assert input_digest((), bare) != input_digest((), raw)
    # Worked out before roads had either: a change of it makes every pinned network stale.
    assert input_digest((), bare) == BARE


def test_a_search_drives_every_road_as_fast_as_the_itinerary_does() -> None:
    speeds = (
        speed(30),
        speed(20, kinds=("track",)),
        speed(9, edges=("alder-post",), surfaces=("gravel",)),
        speed(12, edges=("post-birch", "strange"), kinds=("primary",)),
        speed(15, surfaces=("mud",)),
        speed(5, Span(SEVEN + 1, SEVEN + 2)),
    )
    for network in (NETWORK, TRACKS):
        graph = division_of(network).graph
        seconds = driven_s(graph, pace_of(36, graph, speeds, SEVEN))
        for number, id in enumerate(graph.edge_ids):
            trip = itinerary(movement(leg(id)), network, speeds=speeds)
            (road,) = [entry for entry in trip.entries if entry.edge]
            arrives = [entry for entry in trip.entries if entry.place][-1].enter
            assert int(seconds[number]) == arrives - road.enter, id
