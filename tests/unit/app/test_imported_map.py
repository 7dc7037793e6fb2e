"""A plan over imported roads: the same as over the same roads drawn into the case.

Alder lies south of a river at latitude 10.05, Birch north of it. Two roads cross it: the short one
goes by a gorge, the long one does not.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.adapters.files.graphfolder import write_graph
from safeconduct.app.opening import open_case
from safeconduct.app.picturing import credit_of
from safeconduct.app.plan import plan_movement
from safeconduct.app.planpicture import plan_drawing
from safeconduct.app.reaching import reach_from
from safeconduct.app.roadway import roadway
from safeconduct.app.shortest import to_ask
from safeconduct.errors import RouteRefused, UnreadableFile
from safeconduct.roads import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.graphing import graph_of_raw
from safeconduct.spacetime import Point, Spans
from tests.unit.app.folders import TWO_TOWNS
from tests.unit.app.office import NOW
from tests.unit.app.test_plan import without_route

HERE = {
    "j-alder": (10.0, 10.0),
    "j-gorge": (10.0, 10.049),
    "j-east": (10.1, 10.049),
    "j-birch": (10.0, 10.1),
}
ROADS = (
    ("short-south", "Short road", ("j-alder", "j-gorge")),
    ("short-north", "Short road", ("j-gorge", "j-birch")),
    ("long-south", "Long road", ("j-alder", "j-east")),
    ("long-north", "Long road", ("j-east", "j-birch")),
)
DRAWN = """\
label: places of an invented world
places:
  alder: {name: Alder, at: [10.0001, 10.0]}
  bridge: {name: Bridge, at: [10.5, 10.5]}
  birch: {name: Birch, at: [10.0, 10.1]}
"""
BANDS = """
  - id: bands-in-the-gorge
    party: north
    areas: [gorge]
    means: [air-strike]
    valid: {from: 2030-05-01 00:00, until: 2030-05-10 00:00}
    sources: [field-note]
"""


def box(id: str, west: float, south: float, east: float, north: float) -> dict:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"id": id, "name": id}, "geometry": shape}


def case_with(folder: Path, places: str = DRAWN, more_areas: str = "", bands: str = "") -> Path:
    """The two towns without a route, their banks as outlines on a map, and a gorge."""
    case = without_route(folder)
    text = (case / "case.yaml").read_text()
    start, end = text.index("areas:\n"), text.index("presences:")
    text = text[:start] + more_areas + text[end:]
    text = text.replace("presences:\n", f"presences:{bands}\n" if bands else "presences:\n", 1)
    (case / "case.yaml").write_text(text)
    (case / "roads.yaml").write_text(places + ("" if "edges:" in places else "edges: {}\n"))
    outlines = [
        box("south-bank", 9.0, 9.0, 11.0, 10.05),
        box("north-bank", 9.0, 10.05, 11.0, 11.0),
        box("gorge", 9.99, 10.04, 10.01, 10.06),
    ]
    collection = {"type": "FeatureCollection", "features": outlines}
    (case / "areas.geojson").write_text(json.dumps(collection))
    return case


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """The roads as a folder of arrays."""
    at = {id: Point(round(lon * 1e7), round(lat * 1e7)) for id, (lon, lat) in HERE.items()}
    raw = RawNetwork(
        tuple(RawPlace(id, at=point) for id, point in at.items()),
        tuple(RawEdge(id, a, b, name, line=(at[a], at[b])) for id, name, (a, b) in ROADS),
    )
    write_graph(graph_of_raw(raw), tmp_path / "roads")
    return str(tmp_path / "roads")


def plan(case: Path, folder: str | None):
    return plan_movement(open_case(str(case)), at=NOW, roads=folder).as_json()


def margins(told) -> tuple[int, int]:
    """The margin of the short road, and of the long one; there is no third."""
    by_name = {named(one): one["margin_s"] for one in told["routes"]}
    assert by_name.keys() == {"Short road", "Long road"}
    return by_name["Short road"], by_name["Long road"]


def named(route) -> str:
    """The one road that a route goes out by."""
    (name,) = {road["name"] for road in route["legs"][0]["roads"]}
    return name


def test_imported_roads_give_the_windows_of_the_same_roads_drawn(tmp_path, folder):
    drawn = DRAWN + "  gorge-turn: {at: [10.0, 10.049]}\n  east: {at: [10.1, 10.049]}\nedges:\n"
    drawn = drawn.replace("10.0001", "10.0")
    for id, name, (a, b) in ROADS:
        ends = [{"j-gorge": "gorge-turn"}.get(one, one.removeprefix("j-")) for one in (a, b)]
        line = [list(HERE[a]), list(HERE[b])]
        drawn += f"  {id}: {{name: {name}, between: {ends}, line: {line}}}\n"
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    imported = plan(case_with(tmp_path / "one"), folder)
    by_hand = plan(case_with(tmp_path / "other", drawn.replace("'", "")), None)
    (short, long), (short_drawn, long_drawn) = margins(imported), margins(by_hand)
    # Long roads are imported in stretches, each rounded up to a second: never more than drawn.
    assert 0 <= short_drawn - short <= 2 * 6 and 0 <= long_drawn - long <= 2 * 20
    assert any(
        "alder is taken to be at junction j-alder, 11 m away" in n for n in imported["notes"]
    )


def test_a_party_in_the_gorge_leaves_only_the_road_that_keeps_off_it(tmp_path, folder):
    found = plan(case_with(tmp_path, bands=BANDS), folder)
    assert [named(one) for one in found["routes"]] == ["Long road"]
    assert found["verdict"] in ("conditional", "no-go")  # judged by that road, not by none
    assert not any(task["code"] == "SIDE-NOT-CLEARED" for task in found["own_tasks"])


def test_waiting_places_are_taken_to_be_at_junctions_of_their_own(tmp_path, folder):
    places = DRAWN + "  yard: {at: [10.1003, 10.049]}\n  lot: {at: [10.0, 10.1002]}\n"
    case = case_with(tmp_path, places + "  far: {at: [11.5, 10.0]}\n")
    rows = "".join(
        f"  - {{id: w-{place}, place: {place}, holds_m: 2000, by: driver, checked_at: 2030-05-01 "
        "00:00, valid: {from: 2030-05-01 00:00, until: 2030-05-10 00:00}}\n"
        for place in ("yard", "lot", "far")
    )
    with (case / "case.yaml").open("a") as file:
        file.write(f"\nwaiting_places:\n{rows}")
    told = plan(case, folder)
    notes = "\n".join(told["notes"])
    assert "yard is taken to be at junction j-east, 33 m away" in notes
    assert "nobody waits at lot: another place is at junction j-birch" in notes
    assert "nobody waits at far on these roads." in notes
    assert {named(one) for one in told["routes"]} == {"Short road", "Long road"}


def test_what_threatens_somewhere_without_an_outline_threatens_every_road(tmp_path, folder):
    lair = "areas:\n  - {id: lair, name: Lair, kind: declared, ground: invented}\n\n"
    case = case_with(tmp_path, more_areas=lair, bands=BANDS.replace("[gorge]", "[lair]"))
    found = plan(case, folder)
    assert found["windows"] == []
    assert {one["party"] for road in found["blocked"] for one in road["obstacles"]} >= {"north"}
    assert any("no outline: lair." in note for note in found["notes"])


def test_a_place_far_from_any_road_is_refused_with_its_distance(tmp_path, folder):
    case = case_with(tmp_path, DRAWN.replace("at: [10.0, 10.1]", "at: [10.8, 10.1]"))
    with pytest.raises(RouteRefused, match="km from the nearest road"):
        plan(case, folder)


def test_a_place_without_a_position_is_refused(tmp_path, folder):
    case = case_with(tmp_path, DRAWN.replace(", at: [10.0, 10.1]", ""))
    with pytest.raises(RouteRefused, match="The place birch has no position"):
        plan(case, folder)


def test_two_places_at_one_junction_are_refused(tmp_path, folder):
    case = case_with(tmp_path, DRAWN.replace("at: [10.0, 10.1]", "at: [10.0, 10.001]"))
    with pytest.raises(RouteRefused, match="alder and birch are nearest to the same junction"):
        plan(case, folder)


def test_a_checkpoint_far_from_these_roads_is_told(tmp_path, folder):
    found = plan(case_with(tmp_path), folder)
    assert any("bridge-post is not on these roads." in note for note in found["notes"])


def test_one_flipped_bit_in_the_folder_is_refused_before_any_search(tmp_path, folder):
    # It makes a road shorter, which no look at sizes and ranges can see.
    file = Path(folder) / "length_dm.npy"
    content = bytearray(file.read_bytes())
    content[-4] ^= 1
    file.write_bytes(bytes(content))
    opened = open_case(str(case_with(tmp_path)))
    for ask in (plan_movement, to_ask):
        with pytest.raises(UnreadableFile, match="changed or damaged"):
            ask(opened, at=NOW, roads=folder)
    with pytest.raises(UnreadableFile, match="changed or damaged"):
        roadway(folder, "j-alder", "j-birch")


def test_the_sheet_shows_the_imported_ways_the_places_and_whose_roads_they_are(tmp_path, folder):
    planned = plan_movement(open_case(str(case_with(tmp_path))), at=NOW, roads=folder)
    shown = plan_drawing(planned)
    assert {road.name for road in shown.roads if road.is_route} == {"Short road"}
    assert {road.name for road in shown.roads} == {"Short road", "Long road"}
    # The junctions on the way have numbers and no names; they are not told.
    assert {site.name for site in shown.sites} == {"Alder", "Birch"}
    assert shown.windows == Spans.of(w.departures for w in planned.options.shown[0].windows.shown)
    assert [name for name, _ in shown.elsewhere] == ["R2"] and shown.windows and shown.has_map


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("porto.osm.pbf", "porto.osm.pbf, © OpenStreetMap contributors"),
        ("OpenStreetMap of March.", "OpenStreetMap of March, © OpenStreetMap contributors"),
        ("© OpenStreetMap contributors", "© OpenStreetMap contributors"),
        ("primary_roads_osm.geojson", "primary_roads_osm.geojson, © OpenStreetMap contributors"),
        ("roads of an invented world", "roads of an invented world"),
    ],
)
def test_whose_roads_they_are_is_told_where_the_label_says_so(label, says):
    network = open_case(str(TWO_TOWNS)).network(0)
    assert credit_of(replace(network, label=label)) == says


PEOPLE = """
settlements:
  - {id: p1, place: birch, counted_at: 2030-05-01 12:00, by: x, people_low: 9, people_high: 14}
  - {id: p2, place: bridge, counted_at: 2030-05-01 12:00, by: x, people_low: 1, people_high: 2}
"""


def reached(case: Path, folder: str):
    return reach_from(open_case(str(case)), at=NOW, roads=folder).as_json()


def test_who_can_be_reached_over_imported_roads_and_who_is_not_on_them(tmp_path, folder):
    case = case_with(tmp_path)
    with (case / "case.yaml").open("a") as file:
        file.write(PEOPLE)
    told = reached(case, folder)
    birch, bridge = told["settlements"]
    assert birch["place"] == "birch" and birch["there_and_back"] and birch["reached"]
    first = plan(case, folder)["windows"][0]
    assert birch["leaves_at"] == first["leave_from"]
    assert bridge["place"] == "bridge" and not bridge["reached"]
    assert "66.4 km from the nearest road" in bridge["no_road"]
    assert told["not_reached"]["people"] == {"from": 1, "to": 2}


def test_settlements_at_one_junction_are_not_mixed_up(tmp_path, folder):
    near = DRAWN.replace("at: [10.5, 10.5]", "at: [10.0, 10.1001]")
    case = case_with(tmp_path, near)
    (one, other) = sorted(reached(case, folder)["settlements"], key=lambda s: s["reached"])
    assert (one["reached"], other["reached"]) == (False, True)
    assert f"the same junction as {other['place']}, j-birch" in one["no_road"]
