"""A table of towns and one of roads, and what is refused, row by row."""

from __future__ import annotations

import pytest

from safeconduct.errors import SafeconductError, UnknownReference, UnreadableFile, WrongField
from safeconduct.roads.build import build
from safeconduct.roads.sources import town_graph
from safeconduct.spacetime import Point

TOWNS = """#name,region,country,lat,lon
Al_Bab,Aleppo,Syria,36.37,37.52
Azaz,Aleppo,Syria,36.59,37.05
Menbij,Aleppo,Syria,36.53,37.95
"""
ROADS = """#name1,name2,distance,forced_redirection
Azaz,Al_Bab,62,0
Al_Bab,Menbij,48.5,0
Menbij,Al_Bab,51,0
"""


def test_towns_and_roads_have_ids_names_places_and_lengths() -> None:
    roads = town_graph(TOWNS, ROADS)
    assert [(place.id, place.name) for place in roads.places] == [
        ("al-bab", "Al Bab"),
        ("azaz", "Azaz"),
        ("menbij", "Menbij"),
    ]
    assert roads.places[0].at == Point(375_200_000, 363_700_000)
    assert [(edge.id, edge.length_dm) for edge in roads.edges] == [
        ("azaz--al-bab", 620_000),
        ("al-bab--menbij", 485_000),
        ("menbij--al-bab", 510_000),
    ]
    assert all(edge.schematic for edge in roads.edges)


def test_a_second_road_between_two_towns_gets_a_number() -> None:
    roads = town_graph(TOWNS, ROADS + "Azaz,Al_Bab,70,0\n")
    assert roads.edges[-1].id == "azaz--al-bab-2"


def test_only_the_wanted_towns_and_the_roads_between_them_are_kept() -> None:
    roads = town_graph(TOWNS, ROADS, {"Al_Bab", "Menbij"})
    assert [place.id for place in roads.places] == ["al-bab", "menbij"]
    assert [edge.id for edge in roads.edges] == ["al-bab--menbij", "menbij--al-bab"]


def test_a_town_graph_is_a_network_that_covers_nothing_until_areas_are_declared() -> None:
    network = build((), town_graph(TOWNS, ROADS))
    assert network.classes == ((frozenset(), frozenset()),)


def test_blank_lines_comments_and_windows_line_ends_do_no_harm() -> None:
    roads = town_graph(TOWNS.replace("\n", "\r\n"), ROADS + "\n# the end\n")
    assert len(roads.places) == len(roads.edges) == 3


@pytest.mark.parametrize(
    ("towns", "roads", "error", "says"),
    [
        ("", ROADS, UnreadableFile, "line 1: The table of locations starts with ''"),
        (TOWNS[1:], ROADS, UnreadableFile, "does not name the columns name, lat, lon"),
        (TOWNS, "#name1,name2\n", UnreadableFile, "The table of routes starts with"),
        (TOWNS + "Jarablus,Aleppo\n", ROADS, WrongField, "has 2 cells here, against 5 columns"),
        (TOWNS + "J,A,S,north,38\n", ROADS, WrongField, "5: lat: Found 'north' where a number"),
        (TOWNS + "J,A,S,98,38\n", ROADS, WrongField, "The latitude 98.0000000 is beyond 90"),
        (TOWNS + "AL-BAB,A,S,36,38\n", ROADS, WrongField, "gives the id 'al-bab', which 'Al_Bab'"),
        (TOWNS + "حلب,A,S,36,38\n", ROADS, WrongField, "gives the id '', which is empty"),
        (TOWNS, ROADS + "Azaz,Menbij,far,0\n", WrongField, "5: distance: Found 'far' where"),
        (TOWNS, ROADS + "Azaz,Menbij,nan,0\n", WrongField, "Found the number NaN"),
        (TOWNS, ROADS + "Azaz,Menbij,0,0\n", WrongField, "5: distance: Edge azaz--menbij has a"),
        (TOWNS, ROADS + "Azaz,Menbij,-4,0\n", WrongField, "Found the length -4 km"),
        (
            TOWNS,
            ROADS + "Azaz,Manbij,90,0\n",
            UnknownReference,
            "The road from Azaz to Manbij names 'Manbij', which the table of locations does not "
            "have. Did you mean Menbij?",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_row(
    towns: str, roads: str, error: type[SafeconductError], says: str
) -> None:
    with pytest.raises(error) as refused:
        town_graph(towns, roads)
    assert says in f"line {refused.value}"
    assert refused.value.line is not None


def test_a_wanted_town_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownReference, match=r"wanted towns names 'Aleppo', which the table"):
        town_graph(TOWNS, ROADS, {"Azaz", "Aleppo"})
