"""The junction nearest to a place: which, how far, and when there is none."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from safeconduct.errors import RouteRefused
from safeconduct.roads.graphing import graph_of_tracks
from safeconduct.roads.snapping import arrivals, snap
from safeconduct.spacetime import Point
from tests.unit.roads.test_graphing import CROSS, tracks


def test_the_nearest_junction_and_its_distance_rounded_up() -> None:
    graph = graph_of_tracks(tracks({"w1": "ab", "w2": "bc"}))
    # b lies at 0.001 degrees; 0.0009 is 11.13 m before it along the equator.
    found = snap(graph, Point(9_000, 0))
    assert (graph.node_ids[found.node], found.distance_m) == ("b", 12)


def test_a_place_on_its_junction_is_no_metre_away() -> None:
    graph = graph_of_tracks(tracks({"w1": "ab"}))
    assert snap(graph, Point(10_000, 0)).distance_m == 0


def test_a_place_eighty_kilometres_from_any_road_is_refused_with_its_distance() -> None:
    graph = graph_of_tracks(tracks({"w1": "ab"}))
    north = Point(0, 7_235_000)  # 80.0 km: 0.7235 degrees of 110,574 m
    with pytest.raises(RouteRefused, match=r"is 80\.0 km from the nearest road, at a;.* 2000 m"):
        snap(graph, north)
    assert snap(graph, north, limit_m=81_000).distance_m == 80_001  # 80,000.5 m, rounded up


def test_the_limit_itself_is_near_enough() -> None:
    graph = graph_of_tracks(tracks({"w1": "ab"}))
    place = Point(0, 9_000)  # 0.0009 degrees north: 99.5 m
    assert snap(graph, place, limit_m=100).distance_m == 100
    with pytest.raises(RouteRefused, match="is 100 m from the nearest road"):
        snap(graph, place, limit_m=99)


def test_a_junction_outside_the_largest_part_says_so_and_can_be_left_out() -> None:
    graph = graph_of_tracks(tracks({"w1": "abcd", "w2": "bn", "w3": "fg"}))
    near_f = Point(50_000, 1_000)
    found = snap(graph, near_f)
    assert graph.node_ids[found.node] == "f"
    assert found.is_apart
    inside = snap(graph, near_f, component=0)
    assert graph.node_ids[inside.node] == "d"
    assert not inside.is_apart
    with pytest.raises(RouteRefused, match="have no junction of part 9"):
        snap(graph, near_f, component=9)


def test_a_place_is_never_snapped_to_a_copy_but_arrives_at_all_of_them() -> None:
    graph = graph_of_tracks(tracks(CROSS, turns=[("w1", "c", "w3", "no")]))
    found = snap(graph, Point(20_000, 0))
    assert graph.node_ids[found.node] == "c"
    assert {graph.node_ids[node] for node in arrivals(graph, found.node)} == {"c", "c~1"}


@pytest.mark.parametrize("middle", [(0.0, 0.0), (37.0, 36.2), (24.0, 68.0), (179.9999, -17.0)])
def test_it_is_the_nearest_by_exact_distances_wherever_on_earth(
    middle: tuple[float, float],
) -> None:
    rng = np.random.default_rng(11)
    lon = (middle[0] + rng.uniform(-0.05, 0.05, 300) + 180) % 360 - 180
    lat = middle[1] + rng.uniform(-0.05, 0.05, 300)
    at = {
        chr(0x4E00 + n): (round(x * 1e7), round(y * 1e7))
        for n, (x, y) in enumerate(zip(lon.tolist(), lat.tolist(), strict=True))
    }
    pairs = list(at)
    ways = {f"w{n}": pairs[2 * n] + pairs[2 * n + 1] for n in range(150)}
    graph = graph_of_tracks(tracks(ways, at=at), longest_dm=10**7)
    geod = Geod(ellps="WGS84")
    for _ in range(40):
        x = (middle[0] + rng.uniform(-0.1, 0.1) + 180) % 360 - 180
        y = middle[1] + rng.uniform(-0.1, 0.1)
        place = Point(round(x * 1e7), round(y * 1e7))
        each = {
            id: geod.inv(place.lon_e7 / 1e7, place.lat_e7 / 1e7, a / 1e7, b / 1e7)[2]
            for id, (a, b) in at.items()
        }
        nearest = min(each, key=lambda id: each[id])
        found = snap(graph, place, limit_m=50_000)
        assert graph.node_ids[found.node] == nearest
        assert 0 <= found.distance_m - each[nearest] < 1


def two_ends(near: tuple[int, int], far: tuple[int, int]) -> dict[str, tuple[int, int]]:
    return {"a": near, "b": far}


def test_far_north_a_degree_east_is_short_and_the_nearer_one_is_still_found() -> None:
    # At 68 degrees 0.012 degrees east are 501 m, and 0.008 degrees north 892 m.
    at = two_ends((240_120_000, 680_000_000), (240_000_000, 680_080_000))
    graph = graph_of_tracks(tracks({"w1": "ab"}, at=at))
    found = snap(graph, Point(240_000_000, 680_000_000), limit_m=1_000)
    assert (graph.node_ids[found.node], found.distance_m) == ("a", 502)


def test_a_junction_on_the_other_side_of_the_date_line_is_near() -> None:
    # 0.001 degrees over the line at the equator: 111.4 m; on this side 0.005 degrees.
    at = two_ends((-1_799_995_000, 0), (1_799_945_000, 0))
    graph = graph_of_tracks(tracks({"w1": "ab"}, at=at), longest_dm=10**7)
    found = snap(graph, Point(1_799_995_000, 0), limit_m=1_000)
    assert (graph.node_ids[found.node], found.distance_m) == ("a", 112)
