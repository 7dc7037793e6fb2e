"""A network that a person drew, and what is refused, field by field."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.errors import RouteRefused, SafeconductError, UnknownReference, WrongField
from safeconduct.roads import Declaration, RawPlace
from safeconduct.roads.sources import schematic
from safeconduct.spacetime import Point


def drawing(**changes: Any) -> dict[str, Any]:
    """Two places and one road, with some of its fields changed or added."""
    edge = {"between": ["depot", "line"], "km": 4.2} | changes
    return {
        "label": "main roads",
        "places": {"depot": {"name": "Depot", "at": [37.1, 36.2], "areas": ["west"]}, "line": None},
        "edges": {"depot-line": {key: value for key, value in edge.items() if value is not ...}},
    }


def test_a_drawing_gives_its_places_and_roads() -> None:
    roads = schematic(drawing(name="West Road", note="narrow"))
    assert roads.label == "main roads"
    depot, line = roads.places
    assert (depot.id, depot.name, depot.at) == ("depot", "Depot", Point(371_000_000, 362_000_000))
    assert depot.areas == (Declaration("west"),)
    assert (line.id, line.at, line.areas) == ("line", None, ())
    (edge,) = roads.edges
    assert (edge.a, edge.b, edge.length_dm) == ("depot", "line", 42_000)
    assert (edge.name, edge.note, edge.schematic) == ("West Road", "narrow", True)


def test_areas_are_declared_by_id_or_with_borders_in_kilometres() -> None:
    areas = ["west", {"area": "front", "from_km": 3.5, "to_km": 4, "only_touched": True}]
    (edge,) = schematic(drawing(areas=areas)).edges
    assert edge.areas == (
        Declaration("west"),
        Declaration("front", 35_000, 40_000, only_touched=True),
    )


def test_a_drawn_line_is_schematic_unless_the_drawing_says_otherwise() -> None:
    line = [[37.1, 36.2], [37.2, 36.3]]
    assert schematic(drawing(km=..., line=line)).edges[0].schematic
    surveyed = drawing(km=..., line=line) | {"schematic": False}
    assert not schematic(surveyed).edges[0].schematic
    assert schematic(drawing() | {"schematic": False}).edges[0].schematic  # it has no line


def test_a_road_may_end_at_a_place_of_another_source() -> None:
    towns = (RawPlace("azaz", at=Point(370_500_000, 365_900_000)),)
    roads = schematic(drawing(between=["depot", "azaz"], km=...), known=towns)
    assert roads.edges[0].b == "azaz"
    assert [place.id for place in roads.places] == ["depot", "line"]


def test_a_road_that_nobody_can_measure_is_refused() -> None:
    with pytest.raises(RouteRefused) as refused:
        schematic(drawing(km=...))
    assert str(refused.value) == (
        "edges.depot-line: Edge depot-line has neither a length nor a line, and depot and line "
        "are not both on the map. Give `km`, or a `line`, or the position `at` of both places."
    )


@pytest.mark.parametrize(
    ("changes", "error", "says"),
    [
        ({"km": "4.2"}, WrongField, "edges.depot-line.km: Found '4.2' as a number"),
        ({"km": -1}, WrongField, "edges.depot-line.km: Found the length -1 km"),
        ({"km": True}, WrongField, "edges.depot-line.km: Found True as a number"),
        ({"km": float("nan")}, WrongField, "edges.depot-line.km: Found the number nan"),
        ({"km": 0}, WrongField, "edges.depot-line: Edge depot-line has a length of 0 dm"),
        (
            {"kms": 4},
            WrongField,
            "The key 'kms' is unknown here; known are areas, between, kind, km",
        ),
        ({"kms": 4}, WrongField, "Did you mean km?"),
        ({"name": 7}, WrongField, "edges.depot-line.name: Found 7 as text"),
        ({"line": [[37.1]]}, WrongField, "edges.depot-line.line[0]: Found [37.1] as a position"),
        ({"line": "south"}, WrongField, "edges.depot-line.line: Found 'south' as"),
        ({"line": [[37.1, 36.2]]}, WrongField, "edges.depot-line: Edge depot-line has a line"),
        (
            {"between": ["depot"]},
            WrongField,
            "edges.depot-line.between: Found ['depot'] as the two",
        ),
        ({"between": ...}, WrongField, "edges.depot-line.between: Found None as the two places"),
        (
            {"between": ["depot", "lime"]},
            UnknownReference,
            "at the place 'lime', which is not drawn",
        ),
        ({"between": ["depot", "lime"]}, UnknownReference, "Did you mean line?"),
        ({"between": ["depot", ["line"]]}, UnknownReference, "the place ['line'], which is not"),
        ({"areas": "west"}, WrongField, "edges.depot-line.areas: Found 'west' as"),
        ({"areas": [7]}, WrongField, "edges.depot-line.areas[0]: Found 7 as"),
        ({"areas": [{}]}, WrongField, "edges.depot-line.areas[0]: Found {} where an area belongs"),
        (
            {"areas": ["west", {"area": "front", "from_km": 4, "to_km": 3}]},
            WrongField,
            "edges.depot-line.areas[1]: Area front is declared from 40000 dm to 30000 dm",
        ),
        (
            {"areas": [{"area": "front", "only_touched": "yes"}]},
            WrongField,
            "edges.depot-line.areas[0].only_touched: Found 'yes' as only_touched",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_field(
    changes: dict[str, Any], error: type[SafeconductError], says: str
) -> None:
    with pytest.raises(error) as refused:
        schematic(drawing(**changes))
    assert says in str(refused.value)
    assert refused.value.field is not None


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        ({"edges": {}}, "places: Found None as places"),
        ({"places": {}, "edges": []}, "edges: Found [] as edges"),
        ({"places": {}, "edges": {}, "roads": {}}, "The key 'roads' is unknown here"),
        ({"places": {7: {}}, "edges": {}}, "places: The key 7 is not text. Put it in quotes"),
        ({"places": {"a": {"areas": [{"area": "x", "from_km": 1}]}}, "edges": {}}, "'from_km' is"),
        ({"places": {"a": {"at": [190, 1]}}, "edges": {}}, "places.a.at: The longitude 190"),
        ({"places": {}, "edges": {}, "schematic": "no"}, "schematic: Found 'no' as schematic"),
        ([], "the drawing: Found [] as the drawing"),
    ],
)
def test_a_drawing_of_another_form_is_refused(drawn: Any, says: str) -> None:
    with pytest.raises(WrongField) as refused:
        schematic(drawn)
    assert says in str(refused.value)
