"""The verbs of `roads`: an import and a look at it, and everything that a person can get wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.unit.adapters.osm.extracts import Extract, road
from tests.unit.cli.running import Ran, safeconduct

WAYS = {
    1: road(1, 2, 3, name="Castello Road"),
    2: road(3, 4, name="Castello Road", maxweight="12"),
    3: road(3, 7, oneway="yes"),
    4: road(5, 6),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with an extract of two parts: `a.osm.pbf`."""
    monkeypatch.chdir(tmp_path)
    Extract(WAYS).write(tmp_path / "a.osm.pbf")
    return tmp_path


@pytest.fixture
def roads(here: Path) -> Path:
    """The extract, imported as `r`."""
    assert safeconduct("roads", "import", "a.osm.pbf", "--to", "r").code == 0
    return here / "r"


def test_an_import_says_what_it_kept_and_what_not(here: Path) -> None:
    ran = safeconduct("roads", "import", "a.osm.pbf", "--to", "r")
    assert (ran.code, ran.err) == (0, "")
    assert "Imported a.osm.pbf as r." in ran.out
    assert "not stated by the file" in ran.out
    assert "3 parts between which there is no way there and back" in ran.out
    assert sorted(path.name for path in here.iterdir()) == ["a.osm.pbf", "r"]


def test_an_import_as_json(here: Path) -> None:
    body = safeconduct("roads", "import", "a.osm.pbf", "--to", "r", "--id", "aleppo", "--json").json
    assert (body["id"], body["imported"], body["junctions"], body["edges"]) == (
        *("aleppo", "a.osm.pbf"),
        *(6, 4),
    )
    assert body["posted"] == {"weight": 1, "height": 0, "width": 0}
    assert [part["junctions"] for part in body["parts"]] == [3, 2, 1]
    assert body["source"]["dated"] is None


def test_a_folder_is_looked_at_and_checked(roads: Path) -> None:
    assert "sizes only" in safeconduct("roads", "info", "r").out
    assert "every file is as it was written" in safeconduct("roads", "info", "r", "--check").out
    body = safeconduct("roads", "info", "r", "--check", "--json").json
    assert body["checked"] is True
    path = roads / "length_dm.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    assert safeconduct("roads", "info", "r").code == 0
    ran = safeconduct("roads", "info", "r", "--check")
    assert ran.code == 2
    assert "length_dm.npy was changed or damaged" in ran.err


def test_a_position_is_snapped_with_its_distance(roads: Path) -> None:
    # Junction 4 lies at 37.004; 0.0001 degrees at the 36th parallel are 9.02 m.
    ran = safeconduct("roads", "snap", "r", "37.0041,36")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("n4 at 37.0040000, 36.0000000\n10 m from")
    body = safeconduct("roads", "snap", "r", "37.0041,36", "--json").json
    assert (body["node"], body["distance_m"], body["apart"]) == ("n4", 10, False)


def test_a_junction_outside_the_largest_part_is_said_to_be(roads: Path) -> None:
    ran = safeconduct("roads", "snap", "r", "37.0051,36.0")
    assert "in part 1, outside the largest" in ran.out
    inside = safeconduct("roads", "snap", "r", "37.0051,36.0", "--part", "0", "--json").json
    assert (inside["node"], inside["part"]) == ("n4", 0)


def test_a_way_is_told_by_the_names_of_its_roads(roads: Path) -> None:
    ran = safeconduct("roads", "route", "r", "n1", "37.003,36.001", "--speed", "30")
    assert (ran.code, ran.err) == (0, "")
    # Two bits of 90.2 m and one of 111.0 m: 291.3 m, at 30 km/h 35.0 s.
    assert ran.out.startswith("0.3 km, 1 min\nFor a truck of 20 t, 4.00 m high")
    assert "Castello Road" in ran.out
    assert "no plan" in ran.out
    body = safeconduct("roads", "route", "r", "n1", "n7", "--speed", "30", "--json").json
    assert [leg["name"] for leg in body["legs"]] == ["Castello Road", ""]
    assert [leg["edges"] for leg in body["legs"]] == [["w1"], ["w3"]]
    assert body["length_m"] == 292
    assert body["seconds"] in (35, 36)  # each edge is rounded up by itself


def test_a_name_in_brackets_is_shown_as_it_is_written(here: Path) -> None:
    Extract({1: road(1, 2, name="[bold]Closed[/x] road")}).write(here / "b.osm.pbf")
    assert safeconduct("roads", "import", "b.osm.pbf", "--to", "[r]").code == 0
    assert "[bold]Closed[/x] road" in safeconduct("roads", "route", "[r]", "n1", "n2").out


def test_a_truck_too_heavy_for_a_limit_finds_no_way(roads: Path) -> None:
    ran = safeconduct("roads", "route", "r", "n1", "n4")
    assert ran.code == 2
    assert "There is no way for this truck from n1 to n4" in ran.err
    assert "so a posted limit is in the way" in ran.err
    assert safeconduct("roads", "route", "r", "n1", "n4", "--weight-kg", "12000").code == 0


def test_the_search_is_compiled_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safeconduct.app.warming.warm", lambda: True)
    assert "The search is compiled" in safeconduct("roads", "warm").out
    assert safeconduct("roads", "warm", "--json").json["compiled"] is True
    monkeypatch.setattr("safeconduct.app.warming.warm", lambda: False)
    assert "safeconduct[routing]" in " ".join(safeconduct("roads", "warm").out.split())
    assert safeconduct("roads", "warm", "--json").json["compiled"] is False


def test_a_table_of_towns_and_a_file_of_lines_are_imported_too(here: Path) -> None:
    towns = here / "towns"
    towns.mkdir()
    (towns / "locations.csv").write_text("#name,lat,lon\nAl_Bab,36.37,37.52\nAzaz,36.59,37.05\n")
    (towns / "routes.csv").write_text("#name1,name2,distance\nAzaz,Al_Bab,62\n")
    body = safeconduct("roads", "import", "towns", "--to", "t", "--json").json
    assert (body["edges"], body["length_m"]) == (1, 62_000)
    line = {"type": "LineString", "coordinates": [[37.0, 36.0], [37.01, 36.0]]}
    feature = {"type": "Feature", "properties": {}, "geometry": line}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (here / "l.geojson").write_text(text)
    body = safeconduct("roads", "import", "l.geojson", "--to", "l", "--json").json
    assert (body["edges"], body["kinds_m"]) == (1, {"road": 902})


# -- what a person can get wrong


def wrong(here: Path, *words: str) -> Ran:
    """Runs it twice; the second time as JSON, whose body must say the same; nothing is written."""
    before = sorted(here.rglob("*"))
    ran, body = safeconduct(*words), safeconduct(*words, "--json")
    assert (ran.code, ran.out, body.code, body.out) == (2, "", 2, "")
    assert ran.err.startswith("error: ")
    assert f"[{body.complaint['code']}]" in ran.err
    assert sorted(here.rglob("*")) == before
    return ran


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("import", "b.osm.pbf", "--to", "x"), "There is no file b.osm.pbf in"),
        (("import", "a.osm.pbf", "--to", "r"), "r is there already"),
        (("import", "a.osm.pbf", "--to", "no/x"), "There is no folder no to put x into"),
        (("import", "a.osm.pbf", "--to", "x", "--longest-m", "5"), "at most 5 m are asked for"),
        (("import", "a.osm.pbf", "--to", "x", "--sha256", "12"), "against 12 as was said"),
        (("import", "notes.txt", "--to", "x"), "ends in none of .osm.pbf, .geojson and .json"),
        (("import", "empty.geojson", "--to", "x"), "The file holds no list of features"),
        (("import", "broken.geojson", "--to", "x"), "This is not JSON"),
        (("import", "none.geojson", "--to", "x"), "Of 0 roads none can be driven"),
        (("import", ".", "--to", "x"), "There is no file locations.csv in"),
        (("import", "cut.osm.pbf", "--to", "x"), "cut short"),
        (("info", "x"), "There is no folder x"),
        (("info", "."), "holds no manifest.json"),
        (("snap", "x", "37,36"), "There is no folder x"),
        (("snap", "r", "37"), "'37' is no position"),
        (("snap", "r", "36.0,97.0"), "beyond 90 degrees"),
        (("snap", "r", "37.0,36.72"), "79.8 km from the nearest road, at n7; at most 2000 m"),
        (("snap", "r", "-37.0,36"), "km from the nearest road"),
        (("snap", "r", "37.0051,36", "--part", "7"), "have no junction of part 7"),
        (("route", "r", "n1", "n99"), "No junction of r has the id 'n99'"),
        (("route", "r", "n1", "n5"), "they are in parts 0 and 1 of the network"),
        (("route", "r", "n7", "n1"), "There is no way for this truck from n7 to n1"),
        (("route", "r", "n1", "40,40"), "km from the nearest road"),
        (("route", "r", "n1", "n2", "--speed", "0"), "--speed"),
        (("route", "r", "n1"), "Missing argument"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_bad_input_is_refused_with_what_was_found(
    here: Path, roads: Path, words: tuple[str, ...], says: str
) -> None:
    (here / "notes.txt").write_text("roads")
    (here / "empty.geojson").write_text("{}")
    (here / "broken.geojson").write_text("{")
    (here / "none.geojson").write_text('{"features": []}')
    (here / "cut.osm.pbf").write_bytes((here / "a.osm.pbf").read_bytes()[:-9])
    assert says in " ".join(wrong(here, "roads", *words).err.split())


@pytest.mark.parametrize("lost", ["head.npy", "manifest.json", "node_ids_data.npy"])
@pytest.mark.parametrize("verb", [("info",), ("snap", "37.0,36.0"), ("route", "n1", "n4")])
def test_a_folder_that_lacks_a_file_is_refused_by_every_verb(
    here: Path, roads: Path, verb: tuple[str, ...], lost: str
) -> None:
    shutil.copytree(roads, here / "s")
    (here / "s" / lost).unlink()
    ran = wrong(here, "roads", verb[0], "s", *verb[1:])
    assert lost in ran.err
