"""The network of a case folder: drawn, tabled, traced or pinned; what is wrong, and where."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct.adapters.files.casefile import read_case
from safeconduct.adapters.files.casefolder import bundled_cases
from safeconduct.adapters.files.casenetwork import pin_case
from safeconduct.errors import (
    FileTooLarge,
    InputError,
    MissingFile,
    RouteRefused,
    SafeconductError,
    UnknownReference,
    UnreadableFile,
    WrongField,
)
from tests.unit.adapters.files.small_case import MOVEMENT, ROADS, read, refusal, write

REPOSITORY = Path(__file__).parents[4]


def square(id: str, west: float) -> dict[str, object]:
    """A feature: 0.01 by 0.01 degrees off the coast of nowhere, its south-west corner on 0 N."""
    east = west + 0.01
    ring = [[west, 0], [east, 0], [east, 0.01], [west, 0.01], [west, 0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"id": id, "name": id}, "geometry": geometry}


def outlines(folder: Path, *features: dict[str, object]) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": list(features)})
    (folder / "areas.geojson").write_text(text)


MAPPED = """\
places:
  a: {at: [0.001, 0.005]}
  b: {at: [0.019, 0.005]}
edges:
  ab: {between: [a, b], line: [[0.001, 0.005], [0.019, 0.005]]}
"""


@pytest.fixture
def mapped(tmp_path: Path) -> Path:
    """A case with a road of 0.018 degrees through two squares that meet half way."""
    folder = write(tmp_path / "small", roads=MAPPED)
    outlines(folder, square("west", 0.0), square("east", 0.01))
    return folder


def test_decimals_of_lengths_come_as_they_were_written(tmp_path: Path) -> None:
    network = read(tmp_path).network
    assert network.edge("e1").length_dm == 65_000  # 6.5 km
    (touched,) = (one for one in network.edge("e2").touched if one.area == "bank")
    assert (touched.start_dm, touched.end_dm) == (0, 5_000)  # 0.5 km
    assert not [one for one in network.edge("e2").within if one.area == "bank"]


def test_a_case_without_roads_has_an_empty_network(tmp_path: Path) -> None:
    folder = write(tmp_path / "small")
    (folder / "roads.yaml").unlink()
    assert read_case(folder).network.edges == ()


def test_outlines_cut_the_road_where_they_meet(mapped: Path) -> None:
    case = read_case(mapped)
    assert [area.id for area in case.areas] == ["west", "east", "bank", "shore"]
    pieces = case.network.pieces("ab")
    assert [sorted(piece.within) for piece in pieces] == [["west"], ["east"]]
    assert pieces[0].length_dm == pytest.approx(pieces[1].length_dm, abs=1)


def test_a_pinned_network_is_the_one_that_would_be_cut(mapped: Path) -> None:
    cut = read_case(mapped).network
    assert pin_case(mapped) == mapped / "network.json"
    case = read_case(mapped)
    assert (case.network, case.notes) == (cut, ())
    assert case.network.version == cut.version


def test_reading_a_pinned_case_loads_no_geometry_library(mapped: Path) -> None:
    pin_case(mapped)
    code = (
        "import sys; from pathlib import Path; "
        "from safeconduct.adapters.files.casefile import read_case; "
        "read_case(Path(sys.argv[1])); "
        "print(sorted({'shapely', 'pyproj', 'numpy', 'apsw', 'pydantic'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", code, str(mapped)]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("[]\n", "")


@pytest.mark.parametrize("changed", ["areas.geojson", "roads.yaml", "case.yaml"])
def test_a_pin_of_other_input_is_told_and_the_network_cut_anew(mapped: Path, changed: str) -> None:
    pin_case(mapped)
    if changed == "areas.geojson":
        outlines(mapped, square("west", 0.0), square("east", 0.011))
    else:
        old, new = ("0.019", "0.018") if changed == "roads.yaml" else ("The shore", "A shore")
        text = (mapped / changed).read_text()
        assert old in text
        (mapped / changed).write_text(text.replace(old, new))
    case = read_case(mapped)
    assert case.notes == (
        "network.json was made from other areas or roads; the network was cut anew in memory. "
        "Pin it again with `safeconduct case pin`.",
    )
    (mapped / "network.json").unlink()
    assert read_case(mapped).network == case.network


def test_a_record_more_leaves_the_pin_as_it_is(mapped: Path) -> None:
    pin_case(mapped)
    with (mapped / "case.yaml").open("a") as file:
        file.write("hazards: [{id: h, hazard: mines, areas: [west], from_at: 2016-11-01 00:00}]\n")
    assert read_case(mapped).notes == ()


def test_a_pin_that_was_edited_is_refused(mapped: Path) -> None:
    pin = pin_case(mapped)
    pin.write_text(json.dumps(json.loads(pin.read_text()), indent=2))
    with pytest.raises(UnreadableFile) as refused:
        read_case(mapped)
    assert str(refused.value).startswith(f"{pin}: The stored network is not in the one form ")


def test_a_pin_replaces_the_old_one_whole_and_leaves_nothing_else(mapped: Path) -> None:
    (mapped / "network.json").write_text("old")
    before = {path.name for path in mapped.iterdir()}
    pin_case(mapped)
    assert {path.name for path in mapped.iterdir()} == before
    assert json.loads((mapped / "network.json").read_text())["id"] == "roads"


def test_a_pin_that_cannot_be_made_leaves_the_old_one(mapped: Path) -> None:
    (mapped / "network.json").write_text("old")
    outlines(mapped, square("west", 0.0), square("west", 0.01))
    with pytest.raises(SafeconductError):
        pin_case(mapped)
    assert (mapped / "network.json").read_text() == "old"


@pytest.mark.parametrize(
    ("old", "new", "kind", "said"),
    [
        ("[shore, {", "[shor, {", UnknownReference,
         'roads.yaml:8: edges.e2.areas[0]: The edge e2 is declared to be in the area "shor", which '
         "this case does not have. Did you mean shore? Known: bank, shore."),
        ("birch: {areas: [shore]}", "birch: {areas: [shor]}", UnknownReference,
         "roads.yaml:5: places.birch.areas[0]: The place birch is declared to be in the area "),
        ("to_km: 0.5", "to_km: 9.5", WrongField,
         "roads.yaml:8: edges.e2: Edge e2 is 9 km long, but its area bank is declared from 0 to "
         "9.5 km. Keep `from_km` and `to_km` between 0 and its length."),
        ("km: 6.5", "km: 6.5 km", WrongField,
         "roads.yaml:7: edges.e1.km: Found '6.5 km' as a number. Give a length in kilometres, "
         "such as 12.5."),
        ("km: 6.5, ", "", RouteRefused,
         "roads.yaml:7: edges.e1: Edge e1 has neither a length nor a line, and alder and ferry "
         "are not both on the map. "),
        ("[alder, ferry]", "[alder, fery]", UnknownReference,
         "roads.yaml:7: edges.e1.between: The edge ends at the place 'fery', "),
        ("label:", "lable:", WrongField,
         "roads.yaml:1: the drawing: The key 'lable' is unknown here; known are "),
    ],
)  # fmt: skip
def test_a_drawing_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, kind: type[SafeconductError], said: str
) -> None:
    assert old in ROADS
    found, message = refusal(tmp_path, roads=ROADS.replace(old, new, 1))
    assert found is kind
    assert message.startswith(said)


def refused(folder: Path, kind: type[InputError]) -> str:
    with pytest.raises(kind) as error:
        read_case(folder)
    return str(error.value).replace(f"{folder}/", "")


def test_an_outline_that_crosses_itself_is_refused_with_its_file(mapped: Path) -> None:
    ring = [[0, 0], [0.01, 0.01], [0.01, 0], [0, 0.01], [0, 0]]  # a bow tie
    geometry = {"type": "Polygon", "coordinates": [ring]}
    outlines(mapped, square("west", 0.0) | {"geometry": geometry})
    said = refused(mapped, InputError)
    assert said.startswith("areas.geojson: feature west: ") and "crosses itself" in said


def test_outlines_that_are_no_geojson_are_refused_with_their_file(mapped: Path) -> None:
    (mapped / "areas.geojson").write_text("{")
    assert refused(mapped, UnreadableFile).startswith("areas.geojson: This is not JSON: ")


def test_outlines_too_large_are_refused_by_their_size(mapped: Path) -> None:
    with (mapped / "areas.geojson").open("wb") as file:
        file.truncate(100_000_000)
    assert refused(mapped, FileTooLarge).startswith(
        "areas.geojson: areas.geojson holds 95.4 MiB, but no more than 32.0 MiB are read. "
    )


def test_outlines_may_name_their_properties_in_the_roads_file(mapped: Path) -> None:
    feature = square("west", 0.0) | {"properties": {"NAME": "West end", "name_ar": "غرب"}}
    outlines(mapped, feature)
    (mapped / "roads.yaml").write_text("outlines: {name: NAME, also: [name_ar], ground: a map}\n")
    area = read_case(mapped).areas[0]
    assert (area.id, area.name, area.also, area.ground) == (
        "west-end",
        "West end",
        ("غرب",),
        "a map",
    )


TOWNS = """\
towns:
  locations: locations.csv
  routes: routes.csv
  wanted: [Alder, Birch]
  areas: {alder: [bank], alder--birch: [{area: bank, to_km: 2.5}, {area: shore, from_km: 2.5}]}
"""


@pytest.fixture
def tabled(tmp_path: Path) -> Path:
    """A case whose roads stand in two tables."""
    folder = write(tmp_path / "small", roads=TOWNS)
    (folder / "locations.csv").write_text("#name,lat,lon\nAlder,0.1,0.1\nBirch,0.1,0.2\nElm,0,0\n")
    (folder / "routes.csv").write_text("#name1,name2,distance\nAlder,Birch,12\nBirch,Elm,20\n")
    return folder


def test_a_table_of_towns_takes_its_areas_from_the_roads_file(tabled: Path) -> None:
    network = read_case(tabled).network
    assert [place.id for place in network.places] == ["alder", "birch"]
    assert network.place("alder").within == {"bank"}
    # 12 km are 120,000 dm, cut at 2.5 km.
    assert [(p.start_dm, p.end_dm, *p.within) for p in network.pieces("alder--birch")] == [
        (0, 25_000, "bank"),
        (25_000, 120_000, "shore"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "kind", "said"),
    [
        ("roads.yaml", "alder: [bank]", "elder: [bank]", WrongField,
         "roads.yaml:5: towns.areas: The tables have no town or road ['elder']. "),
        ("roads.yaml", "[bank]", "[banc]", UnknownReference,
         "roads.yaml:5: towns.areas.alder[0]: The place alder is declared to be in the area "),
        ("roads.yaml", "to_km: 2.5", "to_km: far", WrongField,
         "roads.yaml:5: towns.areas.alder--birch[0].to_km: Found 'far' as a number. "),
        ("roads.yaml", "[Alder, Birch]", "[Alder, Brich]", UnknownReference,
         "roads.yaml:4: towns.wanted: The list of wanted towns names 'Brich', "),
        ("roads.yaml", "routes.csv", "../routes.csv", WrongField,
         "roads.yaml:3: towns.routes: Found '../routes.csv' where a file of the case folder is "
         "expected. Put the file into the folder and give its name."),
        ("roads.yaml", "routes.csv", "rutes.csv", MissingFile,
         "rutes.csv: There is no file rutes.csv in "),
        ("routes.csv", "Birch,12", "Birch,far", WrongField,
         "routes.csv:2: distance: Found 'far' where a number belongs. Give a decimal number."),
        ("locations.csv", "Elm,0,0", "Elm,0", WrongField,
         "locations.csv:4: The table of locations has 2 cells here, against 3 columns. "),
    ],
)  # fmt: skip
def test_a_table_is_refused_with_its_file_and_row(
    tabled: Path, file: str, old: str, new: str, kind: type[InputError], said: str
) -> None:
    text = (tabled / file).read_text()
    assert old in text
    (tabled / file).write_text(text.replace(old, new, 1))
    assert refused(tabled, kind).startswith(said)


def test_lines_come_from_a_file_of_the_folder(mapped: Path) -> None:
    line = {"type": "LineString", "coordinates": [[0.001, 0.005], [0.019, 0.005]]}
    feature = {"type": "Feature", "properties": {"id": "ab", "a": "a", "b": "b"}, "geometry": line}
    collection = {"type": "FeatureCollection", "features": [feature]}
    (mapped / "ways.geojson").write_text(json.dumps(collection))
    drawn = read_case(mapped).network
    (mapped / "roads.yaml").write_text("lines: ways.geojson\n")
    traced = read_case(mapped).network
    assert traced.pieces("ab") == drawn.pieces("ab")


def test_an_edge_that_the_movement_drives_must_be_there(tmp_path: Path) -> None:
    kind, said = refusal(tmp_path, MOVEMENT, roads=ROADS.replace("  e2:", "  e3:"))
    assert kind is UnknownReference
    assert said.startswith(
        "case.yaml:29: movements[0].legs[0].route[1].edge: No edge of this case has the id "
        '"e2". Did you mean e3 or e1? Known: e1, e3.'
    )


@pytest.mark.parametrize("folder", bundled_cases(), ids=lambda folder: folder.name)
def test_a_bundled_case_with_outlines_is_pinned_and_its_pin_is_current(folder: Path) -> None:
    assert read_case(folder).notes == ()
    assert (folder / "network.json").exists() or not (folder / "areas.geojson").exists()
