"""Outlines and lines read from GeoJSON, and what is refused, feature by feature."""

from __future__ import annotations

import json
from typing import Any

import pytest

from safeconduct.errors import AreaRefused, DuplicateKey, UnreadableFile, WrongField
from safeconduct.roads.sources import areas_from_geojson, lines_from_geojson
from safeconduct.spacetime import AreaKind, Point

SQUARE = [[[37, 36], [37.1, 36], [37.1, 36.1], [37, 36.1], [37, 36]]]


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    """One feature of this geometry."""
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any) -> str:
    """A feature collection as text."""
    return json.dumps({"type": "FeatureCollection", "features": features})


# Outlines.


def test_each_polygon_feature_is_an_area_with_its_names() -> None:
    text = collection(
        feature("Polygon", SQUARE, id="x", NAME="Tishreen", NAME_A="تشرين", NAME_F=None)
    )
    (area,) = areas_from_geojson(
        text, name_property="NAME", also_properties=("NAME_A", "NAME_F"), ground="a survey"
    )
    assert (area.id, area.name, area.also) == ("x", "Tishreen", ("تشرين",))
    assert (area.kind, area.ground) == (AreaKind.POLYGON, "a survey")
    assert area.polygons[0][0][1] == Point(371_000_000, 360_000_000)


def test_areas_of_one_name_get_ids_of_their_own_in_the_order_of_the_file() -> None:
    names = ["Tishreen", "al-‘Arqoub", "Tishreen", "TISHREEN"]
    areas = areas_from_geojson(collection(*(feature("Polygon", SQUARE, name=n) for n in names)))
    assert [area.id for area in areas] == ["tishreen", "al-arqoub", "tishreen-2", "tishreen-3"]


def test_an_area_whose_name_has_no_latin_letters_still_gets_an_id() -> None:
    names = ["تشرين", "القاطرجي"]
    areas = areas_from_geojson(collection(*(feature("Polygon", SQUARE, name=n) for n in names)))
    assert [(area.id, area.name) for area in areas] == [("area", names[0]), ("area-2", names[1])]


def test_coordinates_are_rounded_from_their_digits_to_a_ten_millionth_of_a_degree() -> None:
    ring = "[37.00000005,36.1,250],[37.2,36.1],[37.2,36.2],[37.00000005,36.1,250]"
    text = (
        '{"features":[{"properties":{"name":"x"},"geometry":{"type":"Polygon",'
        f'"coordinates":[[{ring}]]}}}}]}}'
    )
    (area,) = areas_from_geojson(text)
    # 37.00000005 is exactly half way; as a float it would lie below. The height is left out.
    assert area.polygons[0][0][0] == Point(370_000_001, 361_000_000)


def test_a_multipolygon_is_one_area_of_several_polygons() -> None:
    (area,) = areas_from_geojson(collection(feature("MultiPolygon", [SQUARE, SQUARE], name="x")))
    assert len(area.polygons) == 2


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (feature("Point", [37, 36], name="x"), "is a Point, where a Polygon or MultiPolygon"),
        (feature("Polygon", SQUARE), "has no property 'name' to take its name from"),
        (feature("Polygon", SQUARE, name=["x"]), "has ['x'] as its 'name'"),
        (feature("Polygon", [], name="x"), "has no coordinates"),
        (feature("Polygon", 7, name="x"), "has 7 among its coordinates"),
        (feature("Polygon", [[[37]]], name="x"), "Found [37] as a position"),
        (feature("Polygon", [[["37", 36]]], name="x"), "Found '37' as a number"),
        (feature("Polygon", [[[36, 137]]], name="x"), "The latitude 137.0000000 is beyond 90"),
        ({"properties": {"name": "x"}}, "The feature has no geometry"),
        (7, "The feature has no geometry"),
    ],
)
def test_a_feature_that_is_no_area_is_refused_where_it_stands(one: Any, says: str) -> None:
    with pytest.raises(WrongField) as refused:
        areas_from_geojson(collection(feature("Polygon", SQUARE, name="good"), one))
    assert says in str(refused.value)
    assert str(refused.value).startswith("features[1]")


def test_the_name_of_the_feature_is_told_with_its_number() -> None:
    open_ring = [SQUARE[0][:-1]]
    with pytest.raises(AreaRefused, match=r"^features\[0\] \(Tishreen\): .*is not closed"):
        areas_from_geojson(collection(feature("Polygon", open_ring, name="Tishreen")))


def test_an_id_that_was_given_twice_is_refused() -> None:
    twice = [feature("Polygon", SQUARE, id="x", name=name) for name in ("one", "two")]
    with pytest.raises(WrongField, match="has the id 'x' of an earlier one"):
        areas_from_geojson(collection(*twice))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": 7}', "not json", b"\xff\xfe\x00"])
def test_what_is_no_feature_collection_is_refused(text: str | bytes) -> None:
    with pytest.raises(UnreadableFile):
        areas_from_geojson(text)


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateKey, match="The key 'features' stands twice"):
        areas_from_geojson('{"features": [], "features": []}')


def test_nesting_that_no_file_needs_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        areas_from_geojson("[" * 100_000)


# Lines.


def test_each_line_feature_is_a_road_between_its_places() -> None:
    line = [[37, 36], [37.1, 36], [37.2, 36.1]]
    roads = lines_from_geojson(
        collection(feature("LineString", line, id="e1", a="depot", b="gate", name="West Road"))
    )
    (edge,) = roads.edges
    assert (edge.id, edge.a, edge.b, edge.name) == ("e1", "depot", "gate", "West Road")
    assert len(edge.line) == 3 and not edge.schematic
    assert [(place.id, place.at) for place in roads.places] == [
        ("depot", Point(370_000_000, 360_000_000)),
        ("gate", Point(372_000_000, 361_000_000)),
    ]


def test_roads_without_places_join_where_they_end_at_one_point() -> None:
    roads = lines_from_geojson(
        collection(
            feature("LineString", [[37, 36], [37.1, 36]], id="e1"),
            feature("LineString", [[37.1, 36], [37.2, 36]], id=2),
        )
    )
    assert roads.edges[0].b == roads.edges[1].a == "at-371000000-360000000"
    assert roads.edges[1].id == "2"
    assert len(roads.places) == 3


def test_the_parts_of_a_multiline_follow_one_another() -> None:
    parts = [[[37, 36], [37.1, 36]], [[37.1, 36], [37.2, 36]]]
    roads = lines_from_geojson(collection(feature("MultiLineString", parts, id="e")))
    assert roads.edges[0].line[-1] == Point(372_000_000, 360_000_000)


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (feature("LineString", [[37, 36], [37.1, 36]]), "has no property 'id'"),
        (feature("LineString", [[37, 36], [37.1, 36]], id="e1"), "has the id 'e1' of an earlier"),
        (feature("LineString", [[37, 36]], id="e"), "Edge e has a line without any length"),
        (feature("MultiLineString", [[]], id="e"), "has a line without any point"),
        (feature("Polygon", SQUARE, id="e"), "is a Polygon, where a LineString or MultiLineString"),
        (
            feature("MultiLineString", [[[37, 36], [37.1, 36]], [[37.2, 36], [37.3, 36]]], id="e"),
            "one ends at 37.1000000, 36.0000000, the next starts at 37.2000000, 36.0000000",
        ),
    ],
)
def test_a_feature_that_is_no_road_is_refused_where_it_stands(one: Any, says: str) -> None:
    good = feature("LineString", [[37, 36], [37.1, 36]], id="e1")
    with pytest.raises(WrongField) as refused:
        lines_from_geojson(collection(good, one))
    assert says in str(refused.value)
    assert str(refused.value).startswith("features[1]")
