"""What is left to a column, and how slow: closures, limits, holds, and nodes that are asked."""

import random
from dataclasses import replace

import numpy as np
import pytest

from safeconduct.errors import UnknownReference, WrongField
from safeconduct.roads.dividing import division_of
from safeconduct.roads.graph import Names
from safeconduct.roads.search import GATED, WAIT
from safeconduct.roads.ways import (
    Pace,
    Vehicle,
    limit_notes,
    numbers_among,
    numbers_of,
    ways_of,
)
from tests.unit.roads.two_towns import NETWORK

DIVISION = division_of(NETWORK)
NODES = numbers_of(DIVISION.graph.node_ids, ("alder", "post", "birch"), "place")
EDGES = numbers_of(DIVISION.graph.edge_ids, ("alder-post", "post-birch", "bypass"), "edge")
LORRY = Vehicle(weight_kg=20_000, height_cm=350, width_cm=250)


def with_limits(**limits):
    """The two towns, with `edge=(weight_kg, height_cm, width_cm)` posted."""
    posted = np.zeros((3, DIVISION.graph.edges), np.int32)
    for edge, found in limits.items():
        posted[:, EDGES[edge.replace("_", "-")]] = found
    names = ("weight_kg", "height_cm", "width_cm")
    graph = replace(DIVISION.graph, **dict(zip(names, posted, strict=True)))
    return replace(DIVISION, graph=graph)


def driven(ways):
    """`{(edge, from, to): seconds}` of the ways, by names."""
    nodes, edges = DIVISION.graph.node_ids, DIVISION.graph.edge_ids
    tails = np.repeat(np.arange(len(nodes)), np.diff(ways.first))
    arcs = zip(ways.edge, tails, ways.head, ways.seconds.tolist(), strict=True)
    return {(edges[edge], nodes[tail], nodes[head]): seconds for edge, tail, head, seconds in arcs}


def test_every_road_is_left_both_ways_at_the_legs_speed():
    # 36 km/h are 10 m a second.
    assert driven(ways_of(DIVISION, Pace(36))) == {
        ("alder-post", "alder", "post"): 200,
        ("alder-post", "post", "alder"): 200,
        ("post-birch", "post", "birch"): 100,
        ("post-birch", "birch", "post"): 100,
        ("bypass", "alder", "birch"): 500,
        ("bypass", "birch", "alder"): 500,
    }


def test_a_road_is_driven_at_the_least_of_its_speeds():
    slow = driven(ways_of(DIVISION, Pace(36, by_edge={EDGES["bypass"]: 18})))
    assert slow["bypass", "alder", "birch"] == 1_000
    assert slow["post-birch", "birch", "post"] == 100
    faster = driven(ways_of(DIVISION, Pace(36, {"": 90}, {"": 72}, {EDGES["bypass"]: 50})))
    assert faster == driven(ways_of(DIVISION, Pace(36)))


def test_kinds_and_surfaces_slow_the_roads_that_have_them():
    graph = replace(
        DIVISION.graph,
        kinds=("primary", "track"),
        surfaces=("paved", "sand"),
        kind=np.array([0, 1, 1], np.uint8),
        surface=np.array([1, 0, 1], np.uint8),
    )
    pace = Pace(36, {"track": 18}, {"sand": 9})
    found = driven(ways_of(replace(DIVISION, graph=graph), pace))
    by_edge = {edge: seconds for (edge, _, _), seconds in found.items()}
    # In the order of ids: alder-post is sand, bypass a track, post-birch a track of sand.
    assert by_edge == {"alder-post": 800, "bypass": 1_000, "post-birch": 400}


def test_a_closed_road_is_left_out_both_ways():
    ways = ways_of(DIVISION, Pace(36), closed_edges=[EDGES["bypass"]])
    assert {edge for edge, _, _ in driven(ways)} == {"alder-post", "post-birch"}
    assert np.array_equal(DIVISION.graph.head[ways.arc], ways.head)


@pytest.mark.parametrize(
    ("limits", "passes"),
    [
        ((19_999, 0, 0), False),
        ((20_000, 0, 0), True),
        ((0, 349, 0), False),
        ((0, 0, 249), False),
        ((20_000, 350, 250), True),
        ((0, 0, 0), True),
    ],
)
def test_a_limit_closes_the_road_to_what_exceeds_it_and_to_nothing_else(limits, passes):
    division = with_limits(bypass=limits)
    found = driven(ways_of(division, Pace(36), vehicle=LORRY))
    assert (("bypass", "alder", "birch") in found) == passes
    assert ("bypass", "alder", "birch") in driven(ways_of(division, Pace(36)))


def test_the_limits_that_nobody_knows_or_held_against_nothing_are_said():
    graph = with_limits(bypass=(7_500, 0, 0)).graph
    none = "no limit of weight, height or width known on 2 of 3 edges"
    assert limit_notes(graph, LORRY) == (none,)
    assert limit_notes(graph, None) == (
        "no vehicle is described: the limits posted on 1 edges closed none",
        none,
    )
    bridges = replace(graph, bridge=np.ones(3, np.uint8))
    assert limit_notes(bridges, LORRY)[0] == "weight limit not known on 2 of 3 edges on bridges"


@pytest.mark.parametrize("field", ["weight_kg", "height_cm", "width_cm"])
def test_a_vehicle_without_a_measure_is_refused(field):
    with pytest.raises(WrongField, match=rf"{field} of the column's largest vehicle is 0"):
        replace(LORRY, **{field: 0})


def test_a_hold_lengthens_every_arc_that_leads_to_the_checkpoint_and_no_other():
    plain = driven(ways_of(DIVISION, Pace(36)))
    held = driven(ways_of(DIVISION, Pace(36), holds={NODES["post"]: 90}))
    late = {arc: held[arc] - plain[arc] for arc in plain if held[arc] != plain[arc]}
    assert late == {("alder-post", "alder", "post"): 90, ("post-birch", "birch", "post"): 90}


def test_a_negative_hold_is_refused():
    with pytest.raises(WrongField, match="longest hold at post is -1 s"):
        ways_of(DIVISION, Pace(36), holds={NODES["post"]: -1})


def test_the_column_may_stand_only_where_that_is_said():
    ways = ways_of(DIVISION, Pace(36), waits=[NODES["birch"]])
    assert [node for node in NODES if ways.flags[NODES[node]] & WAIT] == ["birch"]


def test_a_node_is_asked_itself_where_some_road_at_it_does_not_answer_for_it():
    # Alder is within north. So is the road to the post, but the bypass is in no area at all.
    ways = ways_of(DIVISION, Pace(36))
    assert {node for node in NODES if ways.flags[NODES[node]] & GATED} == {"alder", "post", "birch"}
    without = ways_of(DIVISION, Pace(36), closed_edges=[EDGES["bypass"]])
    # The post is touched by both sides and within neither, and no piece is like that.
    assert {node for node in NODES if without.flags[NODES[node]] & GATED} == {"post"}


def test_a_node_without_roads_is_asked_itself():
    ways = ways_of(DIVISION, Pace(36), closed_edges=[*EDGES.values()])
    assert [flag & GATED for flag in ways.flags.tolist()] == [GATED] * 3


def test_gates_are_numbered_bundles_first_then_classes_then_nodes_of_their_own():
    ways = ways_of(DIVISION, Pace(36), own_gates={NODES["birch"]: 99})
    assert np.array_equal(ways.gate, DIVISION.edge_bundle[ways.edge])
    first = len(DIVISION.bundles)
    rows = dict(zip(DIVISION.graph.node_ids, ways.node_gate.tolist(), strict=True))
    assert rows == {
        "alder": first + DIVISION.node_class[NODES["alder"]],
        "post": first + DIVISION.node_class[NODES["post"]],
        "birch": 99,
    }
    assert ways.flags[NODES["birch"]] & GATED


def test_what_is_said_of_one_node_of_a_junction_holds_for_all_of_them():
    # The post as two nodes, one for each way of arriving there.
    alder, birch, post = 0, 1, 2
    graph = replace(
        DIVISION.graph,
        lon_e7=np.zeros(4, np.int32),
        lat_e7=np.zeros(4, np.int32),
        junction=np.array([alder, birch, post, post], np.int32),
        first=np.array([0, 2, 4, 5, 6], np.int32),
        head=np.array([post, birch, 3, alder, birch, alder], np.int32),
        edge=np.array([0, 1, 2, 1, 2, 0], np.int32),
        backwards=np.array([0, 0, 1, 1, 0, 1], np.uint8),
        component=np.zeros(4, np.int32),
        node_ids=("alder", "birch", "post", "post~2"),
    )
    node_class = DIVISION.node_class[[alder, birch, post, post]]
    division = replace(DIVISION, graph=graph, node_class=node_class)
    ways = ways_of(division, Pace(36), waits=[post], holds={post: 7}, own_gates={post: 55})
    assert [bool(flag & WAIT) for flag in ways.flags.tolist()] == [False, False, True, True]
    assert ways.node_gate[[post, 3]].tolist() == [55, 55]
    assert ways.seconds[ways.head >= post].tolist() == [207, 107]


def test_an_id_that_is_not_there_is_named():
    with pytest.raises(UnknownReference, match=r"place 'aldre' is not in this road network"):
        numbers_of(DIVISION.graph.node_ids, ["alder", "aldre"], "place")


def test_ids_are_found_among_packed_names_as_among_plain_ones():
    rng = random.Random(7)
    names = sorted({"".join(rng.choices("ab1", k=rng.randint(0, 5))) for _ in range(60)})
    rng.shuffle(names)
    wanted = {"".join(rng.choices("ab1", k=rng.randint(1, 5))) for _ in range(200)}
    found = numbers_among(Names.of(names), wanted)
    assert found == numbers_among(names, wanted) == {n: names.index(n) for n in wanted & {*names}}
    assert len(found) > 10


def test_a_node_is_asked_itself_also_where_the_only_road_leads_there_and_not_back():
    # Birch is within south; of the bypass, which is in no area, only the way to birch is left.
    graph = DIVISION.graph
    kept = np.flatnonzero((graph.edge == EDGES["bypass"]) & (graph.head == NODES["birch"]))
    first = np.zeros(graph.nodes + 1, np.int32)
    first[NODES["alder"] + 1 :] = 1
    arcs = {name: getattr(graph, name)[kept] for name in ("head", "edge", "backwards")}
    ways = ways_of(replace(DIVISION, graph=replace(graph, first=first, **arcs)), Pace(36))
    assert driven(ways) == {("bypass", "alder", "birch"): 500}
    assert ways.flags[NODES["birch"]] & GATED
