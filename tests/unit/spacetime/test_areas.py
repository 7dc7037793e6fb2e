"""Points and areas: what each kind must and may have."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.errors import AreaRefused, WrongField
from safeconduct.spacetime import Area, AreaKind, Point, Ring


def ring(*corners: tuple[int, int]) -> Ring:
    """The ring through these corners, closed."""
    return tuple(Point(*corner) for corner in (*corners, corners[0]))


SQUARE = ring((0, 0), (4, 0), (4, 4), (0, 4))


def test_a_point_is_written_in_degrees_to_the_last_digit() -> None:
    assert str(Point(371_642_460, 362_007_913)) == "37.1642460, 36.2007913"
    assert str(Point(-5, -900_000_000)) == "-0.0000005, -90.0000000"


@pytest.mark.parametrize(
    ("lon", "lat", "says"),
    [
        (1_800_000_001, 0, "longitude 180.0000001 is beyond 180 degrees"),
        (0, -900_000_001, "latitude -90.0000001 is beyond 90 degrees"),
    ],
)
def test_a_point_beyond_the_earth_is_refused(lon: int, lat: int, says: str) -> None:
    with pytest.raises(WrongField, match=f"{says}.*longitude first"):
        Point(lon, lat)


@pytest.mark.parametrize("value", [37.16, True, "37"])
def test_a_coordinate_is_a_whole_number(value: Any) -> None:
    with pytest.raises(WrongField, match=f"of type {type(value).__name__}, not a whole number"):
        Point(value, 0)


def test_each_kind_is_made_with_what_it_needs() -> None:
    outlined = Area("citadel", "Citadel", AreaKind.POLYGON, polygons=((SQUARE,),))
    declared = Area("east", "The eastern districts", AreaKind.DECLARED)
    joined = Area("both", "Both", AreaKind.COMPOSITE, members=("citadel", "east"), closed_by_m=25)
    assert outlined.polygons[0][0] == SQUARE
    assert not declared.polygons
    assert not declared.members
    assert joined.closed_by_m == 25


@pytest.mark.parametrize("has", [{}, {"polygons": ((SQUARE,),)}, {"members": ("east",)}])
def test_a_corridor_may_be_outlined_joined_or_only_declared(has: dict[str, Any]) -> None:
    assert Area("road", "Castello Road", AreaKind.CORRIDOR, **has).kind is AreaKind.CORRIDOR


@pytest.mark.parametrize(
    ("kind", "has", "says"),
    [
        (AreaKind.POLYGON, {}, "is of kind 'polygon' but has no polygons"),
        (AreaKind.COMPOSITE, {}, "is of kind 'composite' but has no members"),
        (AreaKind.DECLARED, {"polygons": ((SQUARE,),)}, "is of kind 'declared' but has polygons"),
        (AreaKind.COMPOSITE, {"members": ("b",), "polygons": ((SQUARE,),)}, "but has polygons"),
        (AreaKind.DECLARED, {"members": ("b",)}, "has members where it may have none"),
        (AreaKind.POLYGON, {"polygons": ((SQUARE,),), "members": ("b",)}, "has members where"),
        (AreaKind.CORRIDOR, {"polygons": ((SQUARE,),), "members": ("b",)}, "has members where"),
        (AreaKind.COMPOSITE, {"members": ("a",)}, "lists itself, or one member twice"),
        (AreaKind.COMPOSITE, {"members": ("b", "b")}, "lists itself, or one member twice"),
        (AreaKind.COMPOSITE, {"members": ("b",), "closed_by_m": -1}, "closes gaps of -1 m"),
        (AreaKind.COMPOSITE, {"members": ("b",), "closed_by_m": 2.5}, "closes gaps of 2.5 m"),
        (AreaKind.DECLARED, {"closed_by_m": 25}, "has no members to close gaps between"),
        (AreaKind.POLYGON, {"polygons": ((),)}, "has no outer ring in polygon 1"),
        (AreaKind.POLYGON, {"polygons": ((ring((0, 0), (4, 0)),),)}, "only 3 points in ring 1 of"),
        (
            AreaKind.POLYGON,
            {"polygons": ((SQUARE,), (SQUARE, SQUARE[:4]))},
            "is not closed in ring 2 of polygon 2: it starts at 0.0000000, 0.0000000",
        ),
    ],
)
def test_an_area_whose_parts_do_not_fit_its_kind_is_refused(
    kind: AreaKind, has: dict[str, Any], says: str
) -> None:
    with pytest.raises(AreaRefused, match=says) as refused:
        Area("a", "A", kind, **has)
    assert refused.value.facts["area"] == "a"
    assert refused.value.remedy.endswith(".")


@pytest.mark.parametrize(("area_id", "name"), [("", "Citadel"), ("citadel", "")])
def test_an_area_has_an_id_and_a_name(area_id: str, name: str) -> None:
    with pytest.raises(AreaRefused, match="has no id or no name"):
        Area(area_id, name, AreaKind.DECLARED)
