"""Areas declared by a person: cover only where no map speaks, threats always."""

from __future__ import annotations

import pytest

from safeconduct.errors import UnknownReference, WrongField
from safeconduct.roads import Declaration, Network, RawEdge, RawNetwork, RawPlace
from safeconduct.roads.build import build
from tests.unit.roads.drawing import at, box, composite, cut_edge, declared, road, stretches


def drawn(*areas: Declaration, length_dm: int = 100) -> RawEdge:
    """A road without a line, in these areas."""
    return RawEdge("e", "A", "B", length_dm=length_dm, areas=areas)


def test_a_road_is_in_a_declared_area_from_end_to_end_unless_told_otherwise() -> None:
    edge = cut_edge(
        declared("x"), declared("y"), edge=drawn(Declaration("x"), Declaration("y", 60))
    )
    assert stretches(edge) == ([("x", 0, 100), ("y", 60, 100)], [("x", 0, 100), ("y", 60, 100)])


def test_an_area_that_only_touches_a_road_does_not_hold_it() -> None:
    edge = cut_edge(declared("x"), edge=drawn(Declaration("x", 0, 30, only_touched=True)))
    assert stretches(edge) == ([("x", 0, 30)], [])


def test_without_a_line_even_an_area_with_an_outline_may_be_declared() -> None:
    edge = cut_edge(box("x", 0, 0, 9, 9), edge=drawn(Declaration("x")))
    assert stretches(edge)[1] == [("x", 0, 100)]


def test_on_a_line_the_outline_alone_gives_cover_and_a_declaration_only_threatens() -> None:
    line = road((0, 0), (50, 0), areas=(Declaration("x"), Declaration("d")))
    edge = cut_edge(box("x", 10, -5, 30, 5), declared("d"), edge=line)
    assert stretches(edge) == (
        [("d", 0, 500), ("x", 0, 500)],
        [("d", 0, 500), ("x", 100, 300)],
    )


def test_a_composite_gains_from_a_member_that_is_declared() -> None:
    line = road((0, 0), (50, 0), areas=(Declaration("d", 300, 500),))
    city = composite("city", "x", "d")
    edge = cut_edge(box("x", -5, -5, 30, 5), declared("d"), city, edge=line)
    assert ("city", 0, 500) in stretches(edge)[1]


def test_a_declaration_beyond_the_end_of_its_road_is_refused_in_kilometres() -> None:
    with pytest.raises(WrongField) as refused:
        cut_edge(declared("x"), edge=drawn(Declaration("x", 0, 12_500), length_dm=12_000))
    assert "Edge e is 1.2 km long, but its area x is declared from 0 to 1.25 km" in str(
        refused.value
    )


def test_a_declaration_that_starts_at_the_end_of_its_road_is_refused() -> None:
    with pytest.raises(WrongField, match=r"declared from 0.01 to 0.01 km"):
        cut_edge(declared("x"), edge=drawn(Declaration("x", 100)))


def test_a_declared_area_that_nobody_defined_is_refused() -> None:
    with pytest.raises(UnknownReference, match=r"Edge e runs in the area 'nroth'.*mean north"):
        cut_edge(declared("north"), edge=drawn(Declaration("nroth")))


def with_place(place: RawPlace) -> Network:
    """A network of one place beside a box from 0 to 20 m, a declared area and both together."""
    areas = (box("x", 0, 0, 20, 20), declared("d"), composite("xd", "x", "d"))
    return build(areas, RawNetwork((place,)))


def test_a_place_on_the_map_is_in_the_areas_around_it_and_in_those_declared() -> None:
    place = with_place(RawPlace("A", at=at(10, 10), areas=(Declaration("d"),))).place("A")
    assert place.touched == place.within == {"x", "d", "xd"}


def test_a_place_outside_an_outline_cannot_be_declared_into_it() -> None:
    place = with_place(RawPlace("A", at=at(50, 10), areas=(Declaration("x"),))).place("A")
    assert place.touched == {"x", "xd"}
    assert not place.within


def test_a_place_on_no_map_is_where_it_is_declared() -> None:
    place = with_place(RawPlace("A", areas=(Declaration("x"),))).place("A")
    assert place.touched == place.within == {"x", "xd"}
    beside = with_place(RawPlace("A", areas=(Declaration("x", only_touched=True),))).place("A")
    assert beside.touched == {"x", "xd"}
    assert not beside.within


def test_declared_areas_overlap_where_they_share_road_or_a_place() -> None:
    roads = RawNetwork(
        (RawPlace("A", areas=(Declaration("x"), Declaration("w"))), RawPlace("B")),
        (drawn(Declaration("x", 0, 50), Declaration("y", 40, 80), Declaration("z", 80)),),
    )
    network = build([declared(id) for id in "wxyz"], roads)
    assert network.overlaps == {("x", "y"), ("w", "x")}


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (None, 0)])
def test_a_declaration_without_length_is_refused(start: int | None, end: int) -> None:
    with pytest.raises(WrongField, match=f"Area x is declared from {start or 0} dm to {end} dm"):
        Declaration("x", start, end)
