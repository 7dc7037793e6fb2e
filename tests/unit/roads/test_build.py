"""Networks built from areas, places and roads: lengths, joints, notes."""

from __future__ import annotations

import pytest

from safeconduct.errors import RouteRefused, UnknownReference, WrongField
from safeconduct.roads import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.build import build
from safeconduct.spacetime import Area
from tests.unit.roads.drawing import at, box, declared, road

A, B = RawPlace("A"), RawPlace("B")


def test_a_line_gives_its_length_and_a_road_without_one_its_stated_length() -> None:
    stated = RawEdge("s", "A", "B", length_dm=620_000)
    network = build((), RawNetwork((A, B), (road((0, 0), (50, 0)), stated)))
    assert network.edge("e").length_dm == 500
    assert network.edge("s").length_dm == 620_000
    assert [network.edge(id).schematic for id in "es"] == [False, True]


def test_a_road_between_two_points_of_the_map_is_at_least_as_long_as_the_straight_way() -> None:
    places = (RawPlace("A", at=at(0, 0)), RawPlace("B", at=at(300, 400)))
    network = build((), RawNetwork(places, (RawEdge("e", "A", "B"),)))
    assert network.edge("e").length_dm == 5000
    assert "length of edge e: straight from A to B, so the road is longer" in network.notes


def test_two_places_at_one_point_still_have_a_decimetre_between_them() -> None:
    places = (RawPlace("A", at=at(0, 0)), RawPlace("B", at=at(0, 0)))
    assert build((), RawNetwork(places, (RawEdge("e", "A", "B"),))).edge("e").length_dm == 1


def test_a_road_of_unknown_length_is_refused() -> None:
    roads = RawNetwork((RawPlace("A", at=at(0, 0)), B), (RawEdge("e", "A", "B"),))
    with pytest.raises(RouteRefused) as refused:
        build((), roads)
    assert "Edge e has neither a length nor a line, and A and B are not both on the map" in str(
        refused.value
    )


def test_a_stated_length_far_from_the_drawn_one_is_noted() -> None:
    def notes(stated_dm: int) -> tuple[str, ...]:
        return build((), RawNetwork((A, B), (road((0, 0), (50, 0), length_dm=stated_dm),))).notes

    assert notes(550) == ()
    assert notes(560) == (
        "length of edge e: stated as 56 m, drawn as 50 m; the stated one is used and the line "
        "stretched to it",
    )


def test_a_line_that_starts_ten_metres_from_its_place_is_joined_and_one_further_off_is_not() -> (
    None
):
    def joined(metres: float) -> None:
        build((), RawNetwork((RawPlace("A", at=at(0, metres)), B), (road((0, 0), (50, 0)),)))

    joined(9.9)
    with pytest.raises(RouteRefused, match="The line of edge e ends 25 m from its place A"):
        joined(25.04)


def test_a_line_drawn_the_wrong_way_round_is_refused() -> None:
    places = (RawPlace("A", at=at(50, 0)), RawPlace("B", at=at(0, 0)))
    with pytest.raises(RouteRefused) as refused:
        build((), RawNetwork(places, (road((0, 0), (50, 0)),)))
    assert "turn it round" in refused.value.remedy


def test_two_lines_that_claim_one_place_far_apart_are_refused() -> None:
    # Nobody says where B is, but the two roads do, 30 m from one another: road is missing.
    roads = RawNetwork(
        (A, B, RawPlace("C")),
        (
            RawEdge("e1", "A", "B", line=(at(0, 0), at(50, 0))),
            RawEdge("e2", "B", "C", line=(at(80, 0), at(99, 0))),
        ),
    )
    with pytest.raises(RouteRefused, match="The line of edge e2 ends 30 m from its place B"):
        build((), roads)


def test_an_edge_to_an_unknown_place_is_refused_with_a_suggestion() -> None:
    roads = RawNetwork((RawPlace("alder"), B), (RawEdge("e", "adler", "B", length_dm=9),))
    with pytest.raises(UnknownReference) as refused:
        build((), roads)
    assert "Edge e ends at the place 'adler', which is not defined" in str(refused.value)
    assert refused.value.remedy == "Did you mean alder?"


@pytest.mark.parametrize(
    ("areas", "roads", "says"),
    [
        ((declared("x"), declared("x")), RawNetwork(), "The id x is used for two areas"),
        ((), RawNetwork((A, A)), "The id A is used for two places"),
        (
            (),
            RawNetwork((A, B), (RawEdge("e", "A", "B", length_dm=1),) * 2),
            "The id e is used for two edges",
        ),
    ],
)
def test_one_id_for_two_things_is_refused(
    areas: tuple[Area, ...], roads: RawNetwork, says: str
) -> None:
    with pytest.raises(WrongField, match=says):
        build(areas, roads)


def test_the_order_of_the_input_makes_no_difference() -> None:
    areas = (box("x", 10, -5, 30, 5), box("y", 20, -5, 60, 5), declared("d"))
    places = (A, B, RawPlace("C"))
    edges = (road((0, 0), (50, 0)), road((0, 0), (20, 3), (50, 1), id="f"))
    one = build(areas, RawNetwork(places, edges))
    other = build(areas[::-1], RawNetwork(places[::-1], edges[::-1]))
    assert one == other


def test_an_outline_that_holds_the_end_of_a_road_without_a_line_is_noted_when_not_declared() -> (
    None
):
    places = (RawPlace("A", at=at(5, 5)), B)
    network = build(
        (box("x", 0, 0, 9, 9),), RawNetwork(places, (RawEdge("e", "A", "B", length_dm=9),))
    )
    assert "edge e has no line and does not declare x, which holds A" in network.notes


def test_sources_put_together_are_one_network() -> None:
    one = RawNetwork((A,), label="towns")
    other = RawNetwork((B,), (RawEdge("e", "A", "B", length_dm=9),), label="drawn")
    network = build((), one | other)
    assert network.label == "towns; drawn"
    assert network.has_place("A") and network.has_edge("e")
