"""Gazetteers are files that anybody can write: what is in them, what is refused, at which line."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from safeconduct.adapters.files.gazetteerfile import bundled_gazetteers, read_gazetteer
from safeconduct.errors import MissingFile, SafeconductError, UnreadableFile, WrongField
from safeconduct.wire.tokens import tokens_of
from tests.shared_material import shared_dir

ROOT = Path(__file__).parents[4]

SMALL = """\
# name: uplands
# zones: Europe/Kyiv
# source: Our own survey, of 2040
# licence: CC0
# unit raion: raion; district
# kind village: village
# joins: of; in

id,name,also,common,kind,within,latitude,longitude
R1,Upland,Uplands,,raion,,49.1,31.2
V1,Ford,The Ford; Брід,Bridge,village,R1,,
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "uplands.csv"
    path.write_text(text, "utf-8")
    return path


def found(path: Path, text: str) -> list[tuple[str, str]]:
    places = read_gazetteer(path).list.find(tokens_of(text))
    return [(one.at.of(text), one.id) for one in places]


def test_a_file_of_another_country_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    file = read_gazetteer(path)
    assert (file.name, file.zones) == ("uplands", ("Europe/Kyiv",))
    assert (file.source, file.licence) == (("Our own survey, of 2040",), ("CC0",))
    assert [one.id for one in file.places] == ["R1", "V1"]
    assert found(path, "in Upland district") == [("Upland district", "R1")]
    assert found(path, "у Брід") == [("Брід", "V1")]
    assert found(path, "in Bridge, and in the village of Bridge") == [("village of Bridge", "V1")]


def test_a_file_that_a_spreadsheet_has_saved_is_read(tmp_path: Path) -> None:
    lines = SMALL.replace("id,name", '"# note: of ""us"", as it was",,,,,,,\nid,name').splitlines()
    commas = (f"{one},,,,,,," if one.startswith("#") else one for one in lines)
    assert read_gazetteer(written(tmp_path, "\ufeff" + "\r\n".join(commas))).name == "uplands"


def test_it_is_read_once_and_again_when_it_changes(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    first = read_gazetteer(path)
    assert read_gazetteer(path) is first
    written(tmp_path, SMALL.replace("Upland,", "Highland,"))
    assert read_gazetteer(path).places[0].name == "Highland"


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("# name: uplands\n", "", 1, "name", "does not say its name"),
        ("# licence: CC0\n", "", 1, "licence", "does not say its licence"),
        ("# name: uplands", "# name: the uplands", 1, "name", 'named "the uplands"'),
        ("# zones: Europe/Kyiv", "# zones: Europe/Kief", 2, "zones", "Europe/Kief"),
        ("# joins: of; in", "# joints: of", 7, "joints", "not of its form"),
        ("# joins: of; in", "# name: again", 7, "name", "says name twice"),
        ("# kind village: village", "# unit raion: oblast", 6, "raion", "twice"),
        ("id,name", "code,name", 9, "id", "there is no id"),
        ("common", "remarks", 9, "remarks", "none that a gazetteer has"),
        ("R1,Upland", "R 1,Upland", 10, "id", '"R 1" is no id'),
        ("V1,Ford", "R1,Ford", 11, "id", "place in line 10"),
        ("V1,Ford", "V1,", 11, "name", "has no name"),
        ("V1,Ford", "V1,Ford*", 11, "name", "cannot be looked for"),
        ("The Ford", "...", 11, "also", "cannot be looked for"),
        ("village,R1", "hamlet,R1", 11, "kind", "has: raion, village"),
        ("village,R1", "village,R2", 11, "within", 'lies within "R2"'),
        ("raion,,", "raion,V1,", 10, "within", "lies within itself"),
        ("49.1", "north", 10, "latitude", '"north" is no latitude'),
        ("31.2", "231.2", 10, "longitude", "-180 to 180"),
        ("31.2", "", 10, "latitude", "one of latitude and longitude"),
        ("31.2", "31.2,more", 10, None, "9 cells, and there are 8"),
    ],
)
def test_what_is_not_of_its_form_is_refused_with_its_line_and_column(
    old: str, new: str, line: int, field: str | None, says: str, tmp_path: Path
) -> None:
    path = written(tmp_path, SMALL.replace(old, new, 1))
    with pytest.raises(SafeconductError) as refused:
        read_gazetteer(path)
    error = refused.value
    assert says in str(error)
    assert (error.file, error.line, error.field) == (str(path), line, field)
    assert error.remedy


def test_a_file_that_is_no_table_or_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        read_gazetteer(tmp_path / "nowhere.csv")
    with pytest.raises(UnreadableFile) as refused:
        read_gazetteer(written(tmp_path, SMALL + 'V2,"Ford"s,,,village,,,\n'))
    assert refused.value.line == 12
    with pytest.raises(WrongField, match="no place"):
        read_gazetteer(written(tmp_path, SMALL[: SMALL.index("R1,")]))


@pytest.mark.parametrize("name", bundled_gazetteers())
def test_a_bundled_one_names_its_source_licence_and_zone(name: str) -> None:
    file = read_gazetteer(bundled_gazetteers()[name])
    assert file.name == name
    assert file.zones and file.source and file.licence


def test_syria_has_its_units_and_the_neighbourhoods_of_aleppo() -> None:
    path = bundled_gazetteers()["syria"]
    file = read_gazetteer(path)
    kinds = [one.kind for one in file.places]
    counted = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
    assert counted == {
        "governorate": 14, "district": 62, "subdistrict": 272, "neighbourhood": 124,
    }  # fmt: skip
    assert any("CC BY 4.0" in one for one in file.licence)
    assert path.stat().st_size < 64 * 1024


def test_syria_is_what_its_script_draws() -> None:
    folder = shared_dir() / "data" / "places"
    drawn = runpy.run_path(str(ROOT / "docs" / "syria_gazetteer.py"))["drawn"]
    assert bundled_gazetteers()["syria"].read_text("utf-8") == drawn(folder)


def test_ids_of_neighbourhoods_are_those_of_the_bundled_case() -> None:
    case = ROOT / "safeconduct" / "cases" / "aleppo-2016-11-04-russian-pause" / "areas.geojson"
    features = json.loads(case.read_text("utf-8"))["features"]
    drawn = {one["properties"]["id"]: one["properties"]["name"] for one in features}
    listed = {one.id: one.name for one in read_gazetteer(bundled_gazetteers()["syria"]).places}
    both = drawn.keys() & listed.keys()
    assert len(both) > 50
    assert {id: listed[id] for id in both} == {id: drawn[id] for id in both}
