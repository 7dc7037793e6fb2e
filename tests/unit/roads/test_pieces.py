"""Stretches, places, edges and pieces, by small numbers."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.errors import WrongField
from safeconduct.roads import Edge, Place, Stretch
from safeconduct.roads.pieces import merged, pieces_of


def test_stretches_of_one_area_that_overlap_or_meet_are_one() -> None:
    parts = [Stretch("x", 60, 90), Stretch("x", 0, 40), Stretch("x", 40, 50), Stretch("x", 10, 20)]
    assert merged(parts) == (Stretch("x", 0, 50), Stretch("x", 60, 90))


def test_stretches_of_two_areas_stay_apart() -> None:
    parts = (Stretch("x", 0, 40), Stretch("y", 40, 90))
    assert merged(parts[::-1]) == parts


def test_one_road_described_in_two_ways_is_one_value() -> None:
    whole = Edge("e", "A", "B", 90, touched=(Stretch("x", 0, 90),))
    halves = Edge("e", "A", "B", 90, touched=(Stretch("x", 50, 90), Stretch("x", 0, 50)))
    assert whole == halves


def test_a_road_is_cut_where_an_area_begins_or_ends() -> None:
    edge = Edge(
        "e",
        "A",
        "B",
        100,
        touched=(Stretch("x", 0, 60), Stretch("y", 60, 100)),
        within=(Stretch("x", 0, 50), Stretch("y", 60, 100)),
    )
    # From 50 to 60 the road still touches x but is no longer inside: the border runs along it.
    assert [
        (piece.start_dm, piece.end_dm, set(piece.touched), set(piece.within))
        for piece in pieces_of(edge)
    ] == [(0, 50, {"x"}, {"x"}), (50, 60, {"x"}, set()), (60, 100, {"y"}, {"y"})]


def test_a_road_without_areas_is_one_piece() -> None:
    (piece,) = pieces_of(Edge("e", "A", "B", 7))
    assert (piece.start_dm, piece.end_dm, piece.length_dm) == (0, 7, 7)
    assert piece.touched == piece.within == frozenset()


@pytest.mark.parametrize(
    ("start", "end"), [(5, 5), (6, 5), (-1, 5), (0.0, 5), (0, "5"), (False, 5)]
)
def test_a_stretch_without_length_or_whole_numbers_is_refused(start: Any, end: Any) -> None:
    with pytest.raises(WrongField, match=f"area x runs from {start!r} to {end!r}"):
        Stretch("x", start, end)


@pytest.mark.parametrize("length", [0, -1, 1.5, True])
def test_a_road_without_a_whole_length_is_refused(length: Any) -> None:
    with pytest.raises(WrongField, match=f"Edge e has a length of {length!r} dm"):
        Edge("e", "A", "B", length)


def test_a_stretch_beyond_the_end_of_its_road_is_refused() -> None:
    with pytest.raises(WrongField, match="Edge e is 90 dm long, but its stretch of area x ends at"):
        Edge("e", "A", "B", 90, touched=(Stretch("x", 0, 91),))


def test_a_stretch_within_an_area_that_does_not_touch_it_is_refused() -> None:
    with pytest.raises(WrongField) as refused:
        Edge("e", "A", "B", 90, touched=(Stretch("x", 0, 50),), within=(Stretch("x", 40, 60),))
    assert "stretch within x that the area does not touch" in str(refused.value)
    assert "Let the touched stretches of an area contain" in refused.value.remedy


def test_a_place_within_an_area_that_does_not_touch_it_is_refused() -> None:
    with pytest.raises(WrongField, match="Place A is inside x, y without being touched"):
        Place("A", touched=frozenset({"z"}), within=frozenset({"y", "x"}))


def test_ids_may_not_be_empty() -> None:
    with pytest.raises(WrongField, match="One place has an empty id"):
        Place("")
    with pytest.raises(WrongField, match="One edge has an empty id"):
        Edge("", "A", "B", 1)
