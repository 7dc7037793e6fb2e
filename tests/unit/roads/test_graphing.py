"""From ways over points to a graph: what joins, what is split, which turns are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from pyproj import Geod

from safeconduct.errors import RouteRefused
from safeconduct.roads.graph import Graph, Names
from safeconduct.roads.graphing import graph_of_raw, graph_of_tracks, morton
from safeconduct.roads.parts import strong_parts
from safeconduct.roads.raw import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.tracks import Tracks, Turn
from safeconduct.spacetime import Point

#: A row of points 0.001 degrees (some 111 m) apart along the equator; "n" is north of "c".
AT = {id: (i * 10_000, 0) for i, id in enumerate("abcdefgh")} | {"n": (20_000, 10_000)}


def tracks(
    ways: Mapping[str, str],
    *,
    oneway: Sequence[str] = (),
    blocked: str = "",
    turns: Sequence[tuple[str, str, str, str]] = (),
    at: Mapping[str, tuple[int, int]] = AT,
) -> Tracks:
    """Ways such as `{"w1": "abc"}` over points of one letter; turns are (from, via, to, kind)."""
    points, ids = list(at), list(ways)
    count = len(ids)
    first = np.cumsum([0, *(len(line) for line in ways.values())])
    none, zero = np.zeros(count, np.uint8), np.zeros(count, np.int32)
    return Tracks(
        lon_e7=np.array([at[p][0] for p in points], np.int32),
        lat_e7=np.array([at[p][1] for p in points], np.int32),
        blocked=np.array([p in blocked for p in points]),
        point_ids=points,
        way_ids=ids,
        first=first,
        ref=np.array([points.index(p) for line in ways.values() for p in line], np.int64),
        forward=np.ones(count, bool),
        backward=np.array([id not in oneway for id in ids]),
        course=np.ones(count, bool),
        length_dm=np.zeros(count, np.int64),
        kind=none,
        surface=none,
        weight_kg=zero,
        height_cm=zero,
        width_cm=zero,
        bridge=none,
        name=zero,
        kinds=("road",),
        surfaces=("",),
        names=Names.of([""]),
        turns=tuple(
            Turn(ids.index(a), points.index(v), ids.index(b), kind == "only", kind == "back")
            for a, v, b, kind in turns
        ),
    )


def arcs(graph: Graph) -> set[tuple[str, str, str]]:
    """Every arc as (from, to, edge), by their ids."""
    tails = np.repeat(np.arange(graph.nodes), np.diff(graph.first)).tolist()
    return {
        (graph.node_ids[tail], graph.node_ids[head], graph.edge_ids[edge])
        for tail, head, edge in zip(tails, graph.head.tolist(), graph.edge.tolist(), strict=True)
    }


def ways_through(graph: Graph, *visits: str) -> bool:
    """Whether one may drive from junction to junction in this order."""
    now = {node for node in range(graph.nodes) if graph.node_ids[node] == visits[0]}
    for id in visits[1:]:
        heads = {h for v in now for h in graph.head[graph.first[v] : graph.first[v + 1]].tolist()}
        now = {h for h in heads if graph.node_ids[graph.junction[h]] == id}
    return bool(now)


def test_a_way_is_cut_where_another_joins_it() -> None:
    graph = graph_of_tracks(tracks({"w1": "abcd", "w2": "nc"}))
    assert set(graph.edge_ids) == {"w1:1", "w1:2", "w2"}
    assert arcs(graph) == {
        *(("a", "c", "w1:1"), ("c", "a", "w1:1"), ("c", "d", "w1:2"), ("d", "c", "w1:2")),
        *(("n", "c", "w2"), ("c", "n", "w2")),
    }


def test_a_one_way_road_has_one_arc() -> None:
    graph = graph_of_tracks(tracks({"w1": "ab"}, oneway=["w1"]))
    assert arcs(graph) == {("a", "b", "w1")}
    assert graph.component.tolist() == [0, 1]


def test_a_circle_does_not_lead_from_a_junction_to_itself() -> None:
    graph = graph_of_tracks(tracks({"w1": "bcnb", "w2": "ab"}))
    assert all(graph.a != graph.b)
    assert set(graph.edge_ids) == {"w1:1", "w1:2", "w2"}


def test_the_length_is_that_on_the_ellipsoid() -> None:
    graph = graph_of_tracks(tracks({"w1": "abcn"}))
    # Along the equator a degree is 111,319.49 m; the last leg is asked of pyproj by itself.
    east = 2 * 0.001 * 111_319.490793
    north = Geod(ellps="WGS84").inv(0.002, 0, 0.002, 0.001)[2]
    assert graph.length_dm.tolist() == [round((east + north) * 10)]


def test_a_long_road_is_split_and_its_line_stays_the_same() -> None:
    at = {"a": (0, 0), "b": (100_000, 0), "c": (1_000_000, 0)}  # 1.1 km and 10 km
    graph = graph_of_tracks(tracks({"w4": "abc"}, at=at), longest_dm=20_000)
    assert graph.length_dm.max() <= 20_000
    assert abs(int(graph.length_dm.sum()) - 111_319) <= graph.edges  # each rounded by itself
    assert set(graph.edge_ids) == {f"w4:1.{part}" for part in range(1, graph.edges + 1)}
    # The point of the line that lies near enough is where the first cut is.
    assert "b" in graph.node_ids
    line = sorted(set(graph.line_lon_e7.tolist()))
    assert {0, 100_000, 1_000_000} <= set(line)
    assert set(graph.line_lat_e7.tolist()) == {0}
    assert graph.nodes == graph.edges + 1


def test_a_road_of_allowed_length_is_not_split() -> None:
    graph = graph_of_tracks(tracks({"w1": "ab"}), longest_dm=1_114)  # 1113.19 dm
    assert list(graph.edge_ids) == ["w1"]


def test_nobody_passes_a_bollard_but_both_sides_can_be_reached() -> None:
    graph = graph_of_tracks(tracks({"w1": "abc"}, blocked="b"))
    assert {edge for _, _, edge in arcs(graph)} == {"w1:1", "w1:2"}
    assert sorted(graph.node_ids) == ["a", "b~1", "b~2", "c"]
    assert len(set(graph.component.tolist())) == 2


CROSS = {"w1": "bc", "w2": "cd", "w3": "cn"}


@pytest.mark.parametrize(
    ("turn", "open_ways", "shut_ways"),
    [
        (("w1", "c", "w3", "no"), ["bcd", "dcn", "ncb"], ["bcn"]),
        (("w1", "c", "w2", "only"), ["bcd", "dcn", "ncb"], ["bcn", "bcb"]),
        (("w1", "c", "w1", "back"), ["bcd", "bcn", "dcd"], ["bcb"]),
    ],
)
def test_a_restricted_turn_cannot_be_driven_and_every_other_can(
    turn: tuple[str, str, str, str], open_ways: list[str], shut_ways: list[str]
) -> None:
    graph = graph_of_tracks(tracks(CROSS, turns=[turn]))
    assert [way for way in open_ways if not ways_through(graph, *way)] == []
    assert [way for way in shut_ways if ways_through(graph, *way)] == []
    assert set(graph.node_ids) == {"b", "c", "c~1", "d", "n"}
    copy = list(graph.node_ids).index("c~1")
    assert graph.node_ids[graph.junction[copy]] == "c"
    # Who starts at the junction may take any road.
    assert all(ways_through(graph, "c", end) for end in "bdn")


def test_restrictions_at_both_ends_of_a_road_hold_together() -> None:
    ways = {"w1": "ab", "w2": "bc", "w3": "cd", "w4": "cn", "w5": "be"}
    both = [("w1", "b", "w5", "no"), ("w2", "c", "w4", "no")]
    graph = graph_of_tracks(tracks(ways, turns=both))
    assert ways_through(graph, *"abcd")
    assert not ways_through(graph, *"abcn")
    assert not ways_through(graph, *"abe")


def test_compulsory_ways_that_exclude_one_another_leave_none() -> None:
    two = [("w1", "c", "w2", "only"), ("w1", "c", "w3", "only")]
    graph = graph_of_tracks(tracks(CROSS, turns=two))
    assert not any(ways_through(graph, "b", "c", end) for end in "bdn")


def test_a_junction_all_of_whose_arrivals_are_restricted_stays_in_its_part() -> None:
    back = [(way, "c", way, "back") for way in CROSS]
    graph = graph_of_tracks(tracks(CROSS, turns=back))
    c = list(graph.node_ids).index("c")
    assert graph.component[c] == 0


def test_nodes_stand_in_morton_order() -> None:
    graph = graph_of_tracks(tracks({"w1": "abcdefgh", "w2": "nc", "w3": "gn"}))
    keys = morton(graph.lon_e7, graph.lat_e7)
    assert all(keys[:-1] <= keys[1:])


def test_a_morton_number_takes_the_bits_in_turn() -> None:
    # 3 and 1 from the south-west corner: binary 11 and 01, so 0 1 | 1 1 is 0111.
    corner = np.array([-1_800_000_000 + 3], np.int32), np.array([-900_000_000 + 1], np.int32)
    assert morton(*corner).tolist() == [0b0111]


def test_a_network_in_parts_says_so() -> None:
    graph = graph_of_tracks(tracks({"w1": "abc", "w2": "fg"}))
    # Two edges: 0.22 km and 0.11 km, rounded to whole kilometres.
    assert graph.notes == (
        "2 parts between which there is no way there and back; the largest has 2 of 4 junctions "
        "and 0 of 0 km",
    )


def test_no_road_at_all_is_refused() -> None:
    with pytest.raises(RouteRefused, match="Of 1 roads none can be driven"):
        graph_of_tracks(tracks({"w1": "aa"}))


def test_strong_parts_agree_however_they_are_found() -> None:
    networkx = pytest.importorskip("networkx")
    rng = np.random.default_rng(5)
    for _ in range(200):
        nodes, count = int(rng.integers(1, 30)), int(rng.integers(0, 60))
        tail, head = np.sort(rng.integers(0, nodes, count)), rng.integers(0, nodes, count)
        first = np.searchsorted(tail, np.arange(nodes + 1)).astype(np.int32)
        ours = strong_parts(first, head.astype(np.int32))
        graph = networkx.DiGraph()
        graph.add_nodes_from(range(nodes))
        graph.add_edges_from(zip(tail.tolist(), head.tolist(), strict=True))
        theirs = sorted(
            networkx.strongly_connected_components(graph), key=lambda part: (-len(part), min(part))
        )
        assert [set(np.flatnonzero(ours == n).tolist()) for n in range(len(theirs))] == theirs


# -- lists of roads


def line(*points: tuple[int, int]) -> tuple[Point, ...]:
    return tuple(Point(*point) for point in points)


def test_lines_join_wherever_they_share_a_coordinate() -> None:
    raw = RawNetwork(
        (RawPlace("A", at=Point(0, 0)), RawPlace("B", at=Point(20_000, 0)), RawPlace("C")),
        (
            RawEdge("one", "A", "B", line=line((0, 0), (10_000, 0), (20_000, 0))),
            RawEdge("two", "C", "A", line=line((10_000, 9_000), (10_000, 0), (0, 0))),
        ),
    )
    graph = graph_of_raw(raw)
    assert set(graph.edge_ids) == {"one:1", "one:2", "two:1", "two:2"}
    assert sorted(graph.node_ids) == ["A", "B", "C", "at-10000-0"]
    assert ways_through(graph, "C", "at-10000-0", "B")


def test_a_line_drawn_twice_is_taken_once_and_said() -> None:
    raw = RawNetwork(
        (RawPlace("A"), RawPlace("B"), RawPlace("Far", at=Point(5, 5))),
        (
            RawEdge("one", "A", "B", line=line((0, 0), (10_000, 0))),
            RawEdge("two", "B", "A", line=line((10_000, 0), (0, 0))),
        ),
    )
    graph = graph_of_raw(raw)
    assert list(graph.edge_ids) == ["one"]
    assert graph.notes == (
        "1 roads drawn twice: the second of each is left out",
        "1 places without a road: Far",
    )


def test_a_stated_length_is_shared_out_among_the_edges() -> None:
    raw = RawNetwork(
        (RawPlace("A"), RawPlace("B"), RawPlace("C")),
        (
            RawEdge("e", "A", "B", length_dm=1001, line=line((0, 0), (10_000, 0), (40_000, 0))),
            RawEdge("f", "C", "A", line=line((10_000, 0), (0, 0))),
        ),
    )
    graph = graph_of_raw(raw)
    lengths = dict(zip(graph.edge_ids, graph.length_dm.tolist(), strict=True))
    # A quarter of 1001 dm is 250.25; the rest makes up the whole.
    assert (lengths["e:1"], lengths["e:2"]) == (250, 751)


def test_a_road_without_a_line_is_never_split_and_has_none() -> None:
    raw = RawNetwork(
        (RawPlace("A", at=Point(0, 0)), RawPlace("B", at=Point(10_000_000, 0))),
        (RawEdge("e", "A", "B", length_dm=1_200_000, schematic=True),),
    )
    graph = graph_of_raw(raw)
    assert (graph.length_dm.tolist(), graph.line_first.tolist()) == ([1_200_000], [0, 0])
    assert graph.notes == ("schematic: 1 of 1 roads, not surveyed",)


def test_a_road_to_a_place_that_is_nowhere_is_refused() -> None:
    raw = RawNetwork((RawPlace("A"), RawPlace("B")), (RawEdge("e", "A", "B", length_dm=9),))
    with pytest.raises(RouteRefused, match="The place A, where road e ends, is nowhere on the map"):
        graph_of_raw(raw)


def test_a_line_that_ends_away_from_its_place_is_refused() -> None:
    raw = RawNetwork(
        (RawPlace("A", at=Point(0, 0)), RawPlace("B")),
        (RawEdge("e", "A", "B", line=line((5_000, 0), (10_000, 0))),),
    )
    with pytest.raises(RouteRefused, match="but its place A is at"):
        graph_of_raw(raw)
