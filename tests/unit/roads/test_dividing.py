"""A drawn network as arrays, and a graph cut by areas: nothing gained, nothing lost."""

import numpy as np

from safeconduct.roads import Edge, Network, Place, Stretch
from safeconduct.roads.assembling import Parts, Severed, assembled
from safeconduct.roads.contacts import Contact
from safeconduct.roads.dividing import divide, division_of, graph_of, redivide
from safeconduct.roads.ground import Ground
from safeconduct.spacetime import Point
from tests.unit.roads.drawing import box, composite, declared, network, road
from tests.unit.roads.two_towns import NETWORK


def test_every_piece_has_the_areas_that_it_has_in_the_network():
    division = division_of(NETWORK)
    for number, edge in enumerate(NETWORK.edges):
        span = slice(*division.piece_first[number : number + 2])
        found = [
            (end, division.classes[cls])
            for end, cls in zip(
                division.piece_end_dm[span].tolist(), division.piece_class[span], strict=True
            )
        ]
        pieces = NETWORK.pieces(edge.id)
        assert found == [(piece.end_dm, (piece.touched, piece.within)) for piece in pieces]


def test_the_bundle_of_an_edge_is_the_set_of_the_classes_of_its_pieces():
    division = division_of(NETWORK)
    for number, edge in enumerate(NETWORK.edges):
        bundle = division.bundles[division.edge_bundle[number]]
        assert bundle == tuple(sorted({*NETWORK.edge_classes(edge.id)}))
    assert len({*division.bundles}) == len(division.bundles)


def test_places_and_edges_keep_their_ids_and_order():
    graph = division_of(NETWORK).graph
    assert [*graph.node_ids] == [place.id for place in NETWORK.places]
    assert [*graph.edge_ids] == [edge.id for edge in NETWORK.edges]
    for number, edge in enumerate(NETWORK.edges):
        assert (graph.node_ids[graph.a[number]], graph.node_ids[graph.b[number]]) == (
            edge.a,
            edge.b,
        )
        assert graph.length_dm[number] == edge.length_dm


def test_every_edge_is_driven_both_ways_and_each_arc_leaves_the_node_it_stands_at():
    graph = division_of(NETWORK).graph
    driven = set()
    for tail in range(graph.nodes):
        for arc in range(graph.first[tail], graph.first[tail + 1]):
            edge, back = graph.edge[arc], graph.backwards[arc]
            ends = [graph.a[edge], graph.b[edge]]
            assert [tail, graph.head[arc]] == (ends[::-1] if back else ends)
            driven.add((edge.item(), back.item()))
    assert driven == {(edge, back) for edge in range(graph.edges) for back in (0, 1)}


def test_the_class_of_a_node_is_that_of_its_place():
    division = division_of(NETWORK)
    for number, place in enumerate(NETWORK.places):
        assert division.classes[division.node_class[number]] == (place.touched, place.within)


def test_a_place_without_a_position_stands_at_0_0_and_a_note_says_so():
    at = Point(371_000_000, 362_000_000)
    line = (at, Point(371_000_500, 362_000_000))
    edge = Edge("e", "A", "B", 50, line=line, name="the road")
    graph = division_of(Network("n", (Place("A", at=at), Place("B")), (edge,))).graph
    assert (graph.lon_e7.tolist(), graph.lat_e7.tolist()) == ([371_000_000, 0], [362_000_000, 0])
    assert graph.notes == ("position not known of 1 of 2 places: they stand at 0, 0",)
    assert graph.line_lon_e7.tolist() == [371_000_000, 371_000_500]
    assert graph.line_first.tolist() == [0, 2]
    assert graph.names[graph.name[0]] == "the road"


def test_parts_that_no_road_joins_are_numbered_the_largest_first():
    places = tuple(Place(id) for id in "abcde")
    edges = (Edge("ab", "a", "b", 9), Edge("ce", "c", "e", 9), Edge("de", "d", "e", 9))
    graph = division_of(Network("n", places, edges)).graph
    assert graph.component.tolist() == [1, 1, 0, 0, 0]


def test_what_the_network_says_of_areas_and_itself_is_kept():
    network = Network(
        "n",
        (Place("A"), Place("B")),
        (Edge("e", "A", "B", 90, (Stretch("x", 0, 40),)),),
        frozenset({"x", "y"}),
        frozenset({("x", "y")}),
        ("one note",),
        "5" * 64,
        "drawn",
    )
    division = division_of(network)
    assert division.areas == network.areas
    assert division.classes == network.classes
    assert division.overlap("y", "x")
    assert division.notes == ("one note",)
    assert (division.graph.source_sha256, division.graph.label) == ("5" * 64, "drawn")


def lone_road(*corners):
    """One road through these corners, as a graph that nothing has divided yet."""
    return graph_of(network(edge=road(*corners)))


def pieces(division):
    """The end, and the areas that touch and hold it, of every piece of the first edge."""
    return [
        (end, *map(sorted, division.classes[cls]))
        for end, cls in zip(
            division.piece_end_dm.tolist(), division.piece_class.tolist(), strict=True
        )
    ]


def test_a_road_is_cut_where_it_leaves_an_area_and_touched_at_the_border_it_runs_along():
    graph = lone_road((0, 0), (100, 0))
    division = divide(graph, (box("west", -10, -10, 40, 10), box("south", -10, -30, 200, 0)))
    assert pieces(division) == [
        (400, ["south", "west"], ["west"]),
        (1_000, ["south"], []),
    ]
    assert division.bundles == (tuple(sorted(division.piece_class.tolist())),)


def test_one_metre_that_no_area_holds_is_a_piece_of_its_own():
    graph = lone_road((0, 0), (100, 0))
    areas = (box("west", -10, -10, 50, 10), box("east", 51, -10, 110, 10))
    found = pieces(divide(graph, areas))
    assert [(end, within) for end, _, within in found] == [
        (500, ["west"]),
        (510, []),
        (1_000, ["east"]),
    ]


def test_a_composite_whose_member_is_drawn_otherwise_is_read_anew():
    graph = lone_road((0, 0), (100, 0))
    both = composite("both", "west", "east", closed_by_m=10)
    east = box("east", 55, -10, 110, 10)
    before = divide(graph, (both, east, box("west", -10, -10, 50, 10)))
    after = (both, east, box("west", -10, -10, 30, 10))
    assert pieces(redivide(before, after)) == pieces(divide(graph, after)) != pieces(before)
    assert [end for end, _, within in pieces(before) if "both" in within] == [500, 550, 1_000]


def test_a_border_that_changes_nothing_is_no_cut():
    # The shape of a composite ends, by a rounding, inside a member that brings it in anyway.
    graph = lone_road((0, 0), (100, 0))
    ground = Ground.of((box("member", -10, -10, 110, 10), composite("all", "member")))
    of_member, of_both = frozenset({"member"}), frozenset({"member", "all"})
    cut = Severed(((999, (of_both, of_both)), (1_000, (of_member, of_member))), (), ())
    nothing = np.zeros(0, np.int32)
    contacts = dict.fromkeys(("member", "all"), Contact(*[nothing] * 4))
    division = assembled(Parts(graph, ground, contacts, {0: cut}, 0, None))
    assert pieces(division) == [(1_000, ["all", "member"], ["all", "member"])]


def test_a_road_without_a_course_is_in_no_area_and_the_notes_say_so():
    graph = graph_of(Network("n", (Place("A"), Place("B")), (Edge("e", "A", "B", 90),)))
    division = divide(graph, (box("west", -10, -10, 50, 10), declared("word")))
    assert pieces(division) == [(90, [], [])]
    assert division.notes == (
        "course not known of 1 of 1 edges: they are taken to be in no area",
        "area word has no outline: nothing of it is known on these roads",
    )


def test_a_drawn_network_is_divided_anew_from_its_lines():
    division = division_of(network(box("west", -10, -10, 40, 10), edge=road((0, 0), (100, 0))))
    again = redivide(division, (box("west", -10, -10, 60, 10),))
    assert [end for end, _, _ in pieces(again)] == [600, 1_000]


def test_a_graph_without_any_area_has_one_class():
    division = divide(lone_road((0, 0), (100, 0)), ())
    assert (division.classes, division.bundles) == (((frozenset(), frozenset()),), ((0,),))
