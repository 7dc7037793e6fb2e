"""A real town under real outlines: the quick division against cutting each road by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from safeconduct.adapters.osm.survey import read_osm
from safeconduct.roads import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.build import build
from safeconduct.roads.dividing import divide, redivide
from safeconduct.roads.graph import Graph
from safeconduct.roads.graphing import graph_of_tracks
from safeconduct.roads.sources import areas_from_geojson
from safeconduct.spacetime import Area, AreaKind, Point
from tests.shared_material import shared_dir

#: The middle of Porto, and that of the outlines of Aleppo, in ten-millionths of a degree.
PORTO, ALEPPO = (-86_200_000, 411_550_000), (371_500_000, 362_000_000)


@pytest.fixture(scope="module")
def town() -> Graph:
    """The roads of Porto."""
    return graph_of_tracks(read_osm(shared_dir() / "data/roads/porto_portugal.osm.pbf").tracks)


@pytest.fixture(scope="module")
def outlines() -> tuple[Area, ...]:
    """The neighbourhoods of Aleppo, laid over Porto; some put together, with gaps closed."""
    text = (shared_dir() / "data/places/aleppo-neighbourhoods.geojson").read_bytes()
    areas = tuple(_moved(one) for one in areas_from_geojson(text, name_property="NAME"))
    ids = [one.id for one in areas]
    together = Area("east", "the East", AreaKind.COMPOSITE, (), tuple(ids[20:50]), 25)
    return (*areas, together)


def _moved(area: Area) -> Area:
    east, north = PORTO[0] - ALEPPO[0], PORTO[1] - ALEPPO[1]
    polygons = tuple(
        tuple(tuple(Point(p.lon_e7 + east, p.lat_e7 + north) for p in ring) for ring in polygon)
        for polygon in area.polygons
    )
    return replace(area, polygons=polygons)


def some_of(graph: Graph, edges: list[int]) -> RawNetwork:
    """These edges as a source would draw them."""
    raw, ends = [], set()
    for edge in edges:
        part = slice(*graph.line_first[edge : edge + 2].tolist())
        line = zip(graph.line_lon_e7[part].tolist(), graph.line_lat_e7[part].tolist(), strict=True)
        a, b = graph.a[edge].item(), graph.b[edge].item()
        ends |= {a, b}
        name = graph.edge_ids[edge]
        raw.append(RawEdge(name, str(a), str(b), line=tuple(Point(*at) for at in line)))
    places = [
        RawPlace(str(n), at=Point(graph.lon_e7[n].item(), graph.lat_e7[n].item()))
        for n in sorted(ends)
    ]
    return RawNetwork(tuple(places), tuple(raw))


def test_a_town_is_cut_into_the_very_pieces_that_a_network_of_it_has(
    town: Graph, outlines: tuple[Area, ...]
) -> None:
    division = divide(town, outlines)
    pieces = np.diff(division.piece_first)
    assert np.count_nonzero(pieces > 1) > 500
    # All edges that are cut, as far as there are 800, and as many that are not.
    chosen = [*np.flatnonzero(pieces > 1)[:800].tolist(), *np.flatnonzero(pieces == 1)[::90]]
    network = build(outlines, some_of(town, [int(edge) for edge in chosen]))
    for edge in chosen:
        name = town.edge_ids[edge]
        assert network.edge(name).length_dm == town.length_dm[edge]
        part = slice(*division.piece_first[edge : edge + 2].tolist())
        found = [
            (end, *division.classes[cls])
            for end, cls in zip(
                division.piece_end_dm[part].tolist(), division.piece_class[part], strict=True
            )
        ]
        assert found == [(one.end_dm, one.touched, one.within) for one in network.pieces(name)]
        for node in (town.a[edge], town.b[edge]):
            place = network.place(str(node))
            assert division.classes[division.node_class[node]] == (place.touched, place.within)
    assert {*network.notes} <= {*division.notes}
    assert division.overlaps == network.overlaps


def test_one_more_outline_is_divided_by_as_if_it_had_been_there_all_along(
    town: Graph, outlines: tuple[Area, ...]
) -> None:
    whole = divide(town, outlines)
    for left_out in (0, 25, 60):  # the second is a part of the east
        fewer = [one for n, one in enumerate(outlines) if n != left_out]
        if left_out == 25:
            less = replace(outlines[-1], members=outlines[-1].members[:3])
            fewer[-1] = less
        again = redivide(divide(town, fewer), outlines)
        assert again.classes == whole.classes
        assert again.notes == whole.notes
        for name in ("piece_first", "piece_end_dm", "piece_class", "edge_bundle", "node_class"):
            assert np.array_equal(getattr(again, name), getattr(whole, name))
