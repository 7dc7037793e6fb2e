"""Lines of a GeoJSON file that nobody made for this program."""

from __future__ import annotations

import json
from typing import Any

import pytest

from safeconduct.errors import WrongField
from safeconduct.roads.graphing import graph_of_tracks
from safeconduct.roads.sources.roadlines import road_lines
from tests.unit.roads.test_graphing import arcs, ways_through

A, B, C, D = [37.0, 36.0], [37.01, 36.0], [37.02, 36.0], [37.01, 36.01]


def feature(*points: list[float], id: object = None, **properties: str) -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": points}
    found = {"type": "Feature", "properties": properties, "geometry": line}
    return found if id is None else {**found, "id": id}


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_a_line_needs_no_id_and_takes_that_of_its_feature() -> None:
    found = road_lines(collection(feature(A, B), feature(B, C, id=7), feature(C, D, id="7")))
    assert found.way_ids == ["f0", "7", "7-2"]


def test_lines_join_at_a_shared_coordinate_in_their_middle() -> None:
    graph = graph_of_tracks(road_lines(collection(feature(A, B, C), feature(D, B))))
    assert graph.edges == 3
    assert ways_through(graph, "at-370100000-360100000", "at-370100000-360000000", *graph_end())


def graph_end() -> tuple[str]:
    return ("at-370200000-360000000",)


def test_what_is_no_line_empty_or_drawn_twice_is_left_out_and_counted() -> None:
    point = feature()
    point["geometry"] = {"type": "Point", "coordinates": A}
    found = road_lines(collection(feature(A, B), point, feature(B, A), feature(C, C)))
    assert found.way_ids == ["f0"]
    assert found.notes == (
        "left out: 1 features that are no line",
        "left out: 1 lines drawn a second time",
        "left out: 1 lines without any length",
    )


def test_each_part_of_a_line_in_parts_is_a_road() -> None:
    parts = feature()
    parts["geometry"] = {"type": "MultiLineString", "coordinates": [[A, B], [C, D]]}
    assert road_lines(collection(parts)).way_ids == ["f0", "f0-2"]


def test_properties_are_read_as_tags_where_one_is_named_highway() -> None:
    found = road_lines(
        collection(
            feature(A, B, highway="primary", oneway="-1", name="M5", maxweight="12"),
            feature(B, C, highway="footway"),
            feature(C, D, highway="primary", maxheight="low"),
        )
    )
    assert found.notes == (
        "left out: 1 footway: for people",
        "left out: 1 roads with a limit that cannot be read",
    )
    graph = graph_of_tracks(found)
    assert arcs(graph) == {("at-370100000-360000000", "at-370000000-360000000", "f0")}
    assert (graph.weight_kg.tolist(), graph.kinds, list(graph.names)) == (
        [12_000],
        ("primary",),
        ["", "M5"],
    )


def test_a_coordinate_that_is_none_is_not_forgiven() -> None:
    with pytest.raises(WrongField, match="beyond 90 degrees") as error:
        road_lines(collection(feature(A, B), feature(A, [36.0, 137.0])))
    assert "features[1]" in str(error.value)
