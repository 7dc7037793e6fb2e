"""The real neighbourhoods of Aleppo and the real town graph, where they lie beside the project."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from safeconduct.roads import Network, RawEdge, RawNetwork, RawPlace, pinned, unpinned
from safeconduct.roads.build import build
from safeconduct.roads.composites import members_of
from safeconduct.roads.outlines import overlapping, shapes_of
from safeconduct.roads.sources import areas_from_geojson, town_graph
from safeconduct.spacetime import Area, AreaKind, Point
from tests.shared_material import shared_dir

#: A dozen quarters of the besieged east: ten neighbours, and two more with others in between.
EAST = (
    "al-fardos",
    "as-salheen",
    "as-salheen-2",
    "bab-al-maqam",
    "al-kallaseh",
    "bustan-al-qaser",
    "as-sukkari",
    "al-marjeh",
    "karm-ad-daadaa",
    "maqar-al-anbiyaa",
    "jouret-awwad",
    "dahret-awwad",
)


@pytest.fixture(scope="module")
def neighbourhoods() -> tuple[Area, ...]:
    """All 133 outlines, as the survey drew them."""
    text = (shared_dir() / "data/places/aleppo-neighbourhoods.geojson").read_bytes()
    return areas_from_geojson(text, name_property="NAME", also_properties=("NAME_A",))


def east(closed_by_m: int) -> Area:
    """The dozen put together."""
    return Area("east", "east Aleppo", AreaKind.COMPOSITE, (), EAST, closed_by_m)


def crossing(neighbourhoods: tuple[Area, ...], *more: Area) -> Network:
    """Forty roads of fifty segments through the east, drawn by a fixed seed."""
    dice = random.Random(2016)
    edges = []
    for number in range(40):
        x, y = dice.randint(371_500_000, 371_800_000), dice.randint(361_700_000, 362_000_000)
        line = [Point(x, y)]
        for _ in range(50):
            x, y = x + dice.randint(-20_000, 20_000), y + dice.randint(-20_000, 20_000)
            line.append(Point(x, y))
        edges.append(RawEdge(f"e{number}", f"a{number}", f"b{number}", line=tuple(line)))
    places = tuple(RawPlace(end) for edge in edges for end in (edge.a, edge.b))
    return build((*neighbourhoods, *more), RawNetwork(places, tuple(edges)))


def test_all_outlines_load_with_ids_of_their_own(neighbourhoods: tuple[Area, ...]) -> None:
    assert len({area.id for area in neighbourhoods}) == len(neighbourhoods) == 133
    named = [area.id for area in neighbourhoods if area.name == "Tishreen"]
    assert named == ["tishreen", "tishreen-2", "tishreen-3"]
    assert set(EAST) <= {area.id for area in neighbourhoods}


def test_all_outlines_have_a_clear_inside_and_only_one_pair_shares_ground(
    neighbourhoods: tuple[Area, ...],
) -> None:
    shapes = shapes_of(neighbourhoods, {})
    assert len(shapes) == 133
    # The one pair shares a sliver of some 6 square metres.
    assert overlapping(shapes) == {("baaiedeen", "sheikh-kheder")}


def test_the_dozen_are_apart_as_drawn_and_neighbours_join_once_gaps_are_closed(
    neighbourhoods: tuple[Area, ...],
) -> None:
    def parts(closed_by_m: int) -> list[int]:
        areas = [*neighbourhoods, east(closed_by_m)]
        shapes = shapes_of(areas, members_of(areas))
        inner = [shapes[member].representative_point() for member in EAST]
        whole = shapes["east"]
        return sorted(sum(map(part.contains, inner)) for part in getattr(whole, "geoms", (whole,)))

    assert parts(0) == [1] * 12
    assert parts(25) == [2, 10]


def test_closing_gaps_covers_more_road_and_never_less(neighbourhoods: tuple[Area, ...]) -> None:
    network = crossing(
        neighbourhoods, east(25), Area("open", "open", AreaKind.COMPOSITE, (), EAST, 0)
    )
    closed_dm = open_dm = 0
    for edge in network.edges:
        for piece in network.pieces(edge.id):
            assert "east" in piece.within or "open" not in piece.within
            closed_dm += piece.length_dm * ("east" in piece.within)
            open_dm += piece.length_dm * ("open" in piece.within)
    assert closed_dm > open_dm > 0
    slivers = [note for note in network.notes if note.startswith("uncovered sliver of ")]
    assert sum("area open" in note for note in slivers) > sum(
        "area east" in note for note in slivers
    )


def test_every_piece_within_the_east_is_so_by_a_member_or_in_a_closed_gap(
    neighbourhoods: tuple[Area, ...],
) -> None:
    network = crossing(neighbourhoods, east(25))
    for edge in network.edges:
        pieces = network.pieces(edge.id)
        assert all(before.end_dm == after.start_dm for before, after in pairwise(pieces))
        for piece in pieces:
            if piece.within & set(EAST):
                assert "east" in piece.within
            if piece.touched & set(EAST):
                assert "east" in piece.touched
    assert unpinned(pinned(network)) == network


def test_the_real_town_graph_loads() -> None:
    folder = shared_dir() / "data/roads/syria-towns"
    towns, routes = ((folder / name).read_text() for name in ("locations.csv", "routes.csv"))
    roads = town_graph(towns, routes)
    assert (len(roads.places), len(roads.edges)) == (144, 244)
    north = town_graph(towns, routes, {"Jebel_Saman", "Azaz", "Al_Bab", "Menbij"})
    assert {place.id for place in north.places} == {"jebel-saman", "azaz", "al-bab", "menbij"}
    assert len(north.edges) < 12
    network = build((), roads)
    assert network.notes == (
        "schematic: 244 of 244 edges, drawn or declared by a person rather than surveyed",
    )
