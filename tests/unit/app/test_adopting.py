"""A route over imported roads: found, adopted, judged, and read again without the folder.

The roads are those of `test_imported_map.py`: Alder south of a river, Birch north of it, a short
road by a gorge and a long one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.adapters.files.casenetwork import pin_case
from safeconduct.adapters.files.graphfolder import open_graph
from safeconduct.app.adopting import roads_to_adopt
from safeconduct.app.assess import assess
from safeconduct.app.founding import init
from safeconduct.app.importedmap import imported
from safeconduct.app.moving import reroute
from safeconduct.app.opening import open_case, open_register
from safeconduct.app.picturing import drawing_of
from safeconduct.app.plan import adopt, plan_movement
from safeconduct.app.registers import record, write
from safeconduct.app.roads import import_roads, roads_info
from safeconduct.clearance import Finding, Judgement
from safeconduct.errors import RouteRefused, UnknownReference, UnreadableFile, WrongField
from safeconduct.roads import Stretch
from safeconduct.situation import records_of
from safeconduct.spacetime import Edge, instant
from safeconduct.vocabulary import AdoptedRoads, Driven, Step
from tests.unit.app import office
from tests.unit.app.office import MOVEMENT, NOW, SetClock
from tests.unit.app.test_imported_map import BANDS, DRAWN, case_with, folder

__all__ = ["folder"]

LAIR = "areas:\n  - {id: lair, name: Lair, kind: declared, ground: invented}\n\n"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return office.set_clock(monkeypatch)


def register_of(case: Path, clock: SetClock) -> str:
    """A live register with the ground and the records of a case."""
    text = (case / "case.yaml").read_text()
    records = "zone: UTC\n" + text[text.index("actors:") :]
    if "\nareas:" in records:
        start, end = records.index("areas:\n"), records.index("presences:")
        records = records[:start] + records[end:]
    source = case.parent / "records.yaml"
    source.write_text(records.replace("    recorded_at: 2030-05-06 07:05\n", ""))
    path = str(case.parent / "office.db")
    clock("2030-05-06T07:05:00Z")
    init(path)
    record(path, str(case))
    record(path, str(source))
    clock(NOW)
    return path


@pytest.fixture
def path(tmp_path: Path, clock: SetClock) -> str:
    return register_of(case_with(tmp_path), clock)


def way(folder: str, name: str) -> list[str]:
    """The edges of a road in driving order; each was split because it is long."""
    ids = sorted(open_graph(Path(folder)).edge_ids)
    return [id for half in ("south", "north") for id in ids if id.startswith(f"{name}-{half}:")]


def adopted(path: str) -> list[AdoptedRoads]:
    with closing(open_register(path)) as opened:
        return [one for one in records_of(opened.store.entries()) if isinstance(one, AdoptedRoads)]


def told(path: str, **more: str) -> dict:
    """The answer as the door shows it."""
    with closing(open_register(path)) as opened:
        return assess(opened, MOVEMENT, **more).as_json()


def told_in_short(finding: Finding) -> tuple:
    return finding.rule, finding.status, finding.code, finding.party


def on_the_folder(path: str, folder: str) -> Judgement:
    """The judgement on a network built from the folder, of the roads of the adopted route."""
    with closing(open_register(path)) as opened:
        movement = opened.situation(office_now(), office_now()).movements[MOVEMENT]
        bare = replace(movement, legs=tuple(replace(leg, route=()) for leg in movement.legs))
        judge = opened.judge(office_now(), office_now())
        edges = frozenset(step.edge for leg in movement.legs for step in leg.route)
        return imported(opened, judge, bare, folder).judge_on(edges).judge(MOVEMENT)


def office_now() -> int:
    return instant(NOW, edge=Edge.START)


def test_an_adopted_imported_route_is_judged_without_the_folder(path, folder):
    done = adopt(path, "R1", MOVEMENT, roads=folder)
    assert [step.edge for step in done.new.legs[0].route] == way(folder, "short")
    before = told(path, at=NOW)
    shutil.rmtree(folder)
    assert told(path, at=NOW) == before
    assert "ROUTE-NOT-ADOPTED" not in {one["code"] for one in before["findings"]}
    with closing(open_register(path)) as opened:
        (first, *_) = plan_movement(opened, MOVEMENT).options.shown
        assert first.adopted
        drawing = drawing_of(assess(opened, MOVEMENT))
    assert {road.name for road in drawing.roads if road.is_route} == {"Short road"}
    assert drawing.has_map


def test_the_record_holds_the_roads_their_lines_and_where_they_come_from(path, folder):
    adopt(path, "R1", MOVEMENT, roads=folder)
    (one,) = adopted(path)
    assert {road.id for road in one.roads} == {*way(folder, "short")}
    # From latitude 10.0 to 10.1: 11.06 km.
    assert 110_500 < sum(road.length_dm for road in one.roads) < 110_700
    assert all(len(road.line) == 2 for road in one.roads)
    assert {(j.place, j.junction) for j in one.joints} == {
        ("alder", "j-alder"),
        ("birch", "j-birch"),
    }
    manifest = (Path(folder) / "manifest.json").read_bytes()
    assert one.graph_sha256 == hashlib.sha256(manifest).hexdigest()


@pytest.mark.law(10)
@pytest.mark.parametrize("bands", ["", BANDS, BANDS.replace("air-strike", "ground-fire")])
@pytest.mark.parametrize("areas", ["", LAIR])
@pytest.mark.parametrize("route", ["short", "long"])
def test_the_judgement_is_that_on_a_network_built_from_the_folder(
    tmp_path, clock, folder, bands, areas, route
):
    if areas and bands:
        bands = bands.replace("[gorge]", "[lair]")
    path = register_of(case_with(tmp_path, more_areas=areas, bands=bands), clock)
    with closing(open_register(path)) as opened:
        judge = opened.judge(office_now(), office_now())
        known = judge.movement(MOVEMENT)
    edges = way(folder, route)
    taken = roads_to_adopt(judge, known, folder, edges, "taken")
    there = tuple(Step(edge=one) for one in edges)
    back = tuple(Step(edge=one, backwards=True) for one in reversed(edges))
    reroute(path, MOVEMENT, {known.legs[0].id: there, known.legs[1].id: back}, roads=taken)
    with closing(open_register(path)) as opened:
        ours = opened.judge(office_now(), office_now()).judge(MOVEMENT)
    theirs = on_the_folder(path, folder)
    assert ours.verdict == theirs.verdict and ours.codes == theirs.codes
    if areas and bands:
        # What was said of Alder and Birch themselves still holds, so the lair is not there.
        assert list(map(told_in_short, ours.findings)) == list(map(told_in_short, theirs.findings))
    else:
        assert ours.findings == theirs.findings


def lacking(path: str) -> set[str]:
    """Who has not given restraint somewhere on the way."""
    with closing(open_register(path)) as opened:
        findings = assess(opened, MOVEMENT).judgement.findings
    return {f.party for f in findings if f.rule == "A1" and f.status.value != "met"}


@pytest.mark.law(19)
def test_a_threat_without_an_outline_counts_on_adopted_roads(tmp_path, clock, folder):
    case = case_with(tmp_path, more_areas=LAIR)
    path = register_of(case, clock)
    adopt(path, "R1", MOVEMENT, roads=folder)
    more = "zone: UTC\npresences:" + BANDS.replace("[gorge]", "[lair]")
    before = lacking(path)
    office.add(path, tmp_path, more)
    assert before == set() and lacking(path) == {"north"}


@pytest.mark.law(19)
def test_an_area_without_an_outline_touches_every_adopted_road_and_is_named_there(
    tmp_path, clock, folder
):
    path = register_of(case_with(tmp_path, more_areas=LAIR), clock)
    adopt(path, "R1", MOVEMENT, roads=folder)
    with closing(open_register(path)) as opened:
        edges = [opened.network(office_now()).edge(id) for id in way(folder, "short")]
    for edge in edges:
        assert [cut for cut in edge.touched if cut.area == "lair"] == [
            Stretch("lair", 0, edge.length_dm)
        ]
        assert "lair" not in {cut.area for cut in edge.within}
    office.add(path, tmp_path, "zone: UTC\npresences:" + BANDS.replace("[gorge]", "[lair]"))
    with closing(open_register(path)) as opened:
        findings = assess(opened, MOVEMENT).judgement.findings
    (finding,) = [one for one in findings if one.code == "RESTRAINT-MISSING"]
    # Not only the places on the way: both roads, from end to end.
    driven = {one.name: (one.start_dm, one.end_dm) for one in finding.place if one.end_dm}
    assert driven == {edge.id: (0, edge.length_dm) for edge in edges}


def test_newer_ground_cuts_the_adopted_roads_again(tmp_path, clock, folder):
    path = register_of(case_with(tmp_path), clock)
    adopt(path, "R1", MOVEMENT, roads=folder)
    shutil.rmtree(folder)
    case = tmp_path / "two_towns"
    outlines = json.loads((case / "areas.geojson").read_text())
    pass_ = json.loads(json.dumps(outlines["features"][2]))
    pass_["properties"] = {"id": "pass", "name": "pass"}
    ring = [[9.99, 10.07], [10.01, 10.07], [10.01, 10.08], [9.99, 10.08], [9.99, 10.07]]
    pass_["geometry"]["coordinates"] = [ring]
    outlines["features"].append(pass_)
    (case / "areas.geojson").write_text(json.dumps(outlines))
    assert [entry.kind for entry in record(path, str(case)).entries] == ["area", "network"]
    with closing(open_register(path)) as opened:
        edges = opened.network(office_now()).edges
    cuts = [cut for edge in edges for cut in edge.within if cut.area == "pass"]
    # The pass is 0.01 degrees of latitude: 1,106 m.
    assert 11_050 < sum(cut.end_dm - cut.start_dm for cut in cuts) < 11_070
    assert record(path, str(case)).entries == ()


def test_the_same_road_is_taken_once_and_a_second_route_adds_to_it(path, folder):
    adopt(path, "R1", MOVEMENT, roads=folder)
    with pytest.raises(WrongField, match="Nothing changes"):
        adopt(path, "R1", MOVEMENT, roads=folder)
    adopt(path, "R2", MOVEMENT, roads=folder)
    assert len(adopted(path)) == 2
    adopt(path, "R2", MOVEMENT, roads=folder)  # back to the first: the register has its roads
    assert len(adopted(path)) == 2


def test_the_plan_over_the_folder_knows_the_adopted_route(path, folder):
    adopt(path, "R2", MOVEMENT, roads=folder)
    with closing(open_register(path)) as opened:
        shown = plan_movement(opened, MOVEMENT, roads=folder).options.shown
    assert [one.adopted for one in shown] == [True, False]


def test_another_road_of_the_same_id_is_refused_and_both_folders_are_named(path, folder):
    adopt(path, "R1", MOVEMENT, roads=folder)
    (one,) = adopted(path)
    road = replace(one.roads[0], length_dm=one.roads[0].length_dm + 1)
    other = replace(one, id="other", graph="newer", graph_sha256="b" * 64, roads=(road,))
    before = told(path, at=NOW)
    with pytest.raises(WrongField, match=f"{'b' * 64}.*another than.*{one.graph_sha256}") as error:
        write(path, [other])
    assert "--prefix" in error.value.remedy
    assert told(path, at=NOW) == before


def test_a_place_that_would_be_at_two_junctions_is_refused(path, folder):
    adopt(path, "R1", MOVEMENT, roads=folder)
    (one,) = adopted(path)
    joint = replace(one.joints[0], junction="j-gorge")
    with pytest.raises(RouteRefused, match="would jump"):
        write(path, [replace(one, id="other", joints=(joint,))])


def test_a_joint_at_a_place_that_is_not_there_is_refused(path, folder):
    adopt(path, "R1", MOVEMENT, roads=folder)
    (one,) = adopted(path)
    joint = replace(one.joints[0], place="elsewhere")
    with pytest.raises(UnknownReference, match="elsewhere"):
        write(path, [replace(one, id="other", joints=(joint,))])


def test_a_line_that_does_not_end_at_its_junctions_is_refused(path, folder):
    adopt(path, "R1", MOVEMENT, roads=folder)
    (one,) = adopted(path)
    road = replace(one.roads[0], id="astray", line=tuple(reversed(one.roads[0].line)))
    with pytest.raises(RouteRefused, match="astray ends"):
        write(path, [replace(one, id="other", roads=(road,))])


def test_a_damaged_folder_is_not_adopted_from(path, folder):
    file = Path(folder) / "length_dm.npy"
    content = bytearray(file.read_bytes())
    content[-4] ^= 1
    file.write_bytes(bytes(content))
    with pytest.raises(UnreadableFile, match="changed or damaged"):
        adopt(path, "R1", MOVEMENT, roads=folder)
    assert adopted(path) == []


@pytest.mark.law(9)
def test_what_was_known_before_the_adoption_stays_as_it_was(path, folder, clock):
    before = told(path, at=NOW, known_at="2030-05-06T07:10:00Z")
    clock("2030-05-06T07:31:00Z")
    adopt(path, "R1", MOVEMENT, roads=folder)
    assert told(path, at=NOW, known_at="2030-05-06T07:10:00Z") == before


def test_a_checkpoint_on_the_way_is_joined_and_holds_the_column(tmp_path, clock, folder):
    at_gorge = DRAWN.replace("at: [10.5, 10.5]", "at: [10.0, 10.049]")
    path = register_of(case_with(tmp_path, at_gorge), clock)
    adopt(path, "R1", MOVEMENT, roads=folder)
    (one,) = adopted(path)
    assert {joint.place for joint in one.joints} == {"alder", "birch", "bridge"}
    with closing(open_register(path)) as opened:
        bench = opened.judge(office_now(), office_now()).bench(
            opened.situation(office_now(), office_now()).movements[MOVEMENT]
        )
    assert "bridge" in {entry.place for entry in bench.itinerary.entries if entry.place}


def test_a_case_that_holds_the_record_answers_as_the_register_does(tmp_path, clock, folder):
    case = case_with(tmp_path)
    path = register_of(case, clock)
    adopt(path, "R1", MOVEMENT, roads=folder)
    (one,) = adopted(path)
    with (case / "case.yaml").open("a") as file:
        file.write("\nadopted_roads:\n" + written(one))
    text = (case / "case.yaml").read_text()
    for there, back in (
        ("origin: alder\n        destination: birch", "in"),
        ("origin: birch\n        destination: alder", "out"),
    ):
        route = way(folder, "short")
        if back == "out":
            route = [f"-{id}" for id in reversed(route)]
        text = text.replace(there, f"route: {json.dumps(route)}")
    (case / "case.yaml").write_text(text)
    opened = open_case(str(case))
    network = opened.case.network
    assert all(network.edge(road.id).line == road.line for road in one.roads)
    theirs = assess(opened, MOVEMENT, at=NOW).judgement
    assert "ROUTE-NOT-ADOPTED" not in theirs.codes
    pin_case(case)
    again = open_case(str(case))
    assert again.notes == () and again.case.network == opened.case.network


def written(one: AdoptedRoads) -> str:
    """The record as a person would write it."""

    def degrees(point) -> str:
        return str([point.lon_e7 / 1e7, point.lat_e7 / 1e7])

    lines = [
        f"  - id: {one.id}",
        f"    graph: {one.graph}",
        f"    graph_sha256: {one.graph_sha256}",
    ]
    lines.append("    junctions:")
    lines += [f"      - {{id: '{j.id}', near: {degrees(j.near)}}}" for j in one.junctions]
    lines.append("    roads:")
    for road in one.roads:
        line = ", ".join(map(degrees, road.line))
        lines.append(
            f"      - {{id: '{road.id}', a: '{road.a}', b: '{road.b}', line: [{line}], "
            f"length_dm: {road.length_dm}, name: {road.name}}}"
        )
    lines.append("    joints:")
    lines += [
        f"      - {{place: {j.place}, junction: {j.junction}, distance_m: {j.distance_m}}}"
        for j in one.joints
    ]
    return "\n".join(lines) + "\n"


def test_a_road_of_one_way_is_not_planned_the_other_way(tmp_path, clock, folder):
    path = register_of(case_with(tmp_path), clock)
    with closing(open_register(path)) as opened:
        judge = opened.judge(office_now(), office_now())
        known = judge.movement(MOVEMENT)
    edges = [*way(folder, "short"), *way(folder, "long")]
    taken = roads_to_adopt(judge, known, folder, edges, "taken")
    assert {road.driven for road in taken.roads} == {Driven.EITHER_WAY}
    one_way = tuple(
        replace(road, driven=Driven.FORWARDS if "short" in road.id else Driven.BACKWARDS)
        for road in taken.roads
    )
    write(path, [replace(taken, roads=one_way)])
    with closing(open_register(path)) as opened:
        planned = plan_movement(opened, MOVEMENT)
        (only,) = planned.options.shown
    there, back = ([step.edge for step in leg.route] for leg in only.movement.legs)
    assert there == way(folder, "short") and back == way(folder, "long")[::-1]
    assert any("posted limits are not looked at here" in note for note in planned.notes)


def test_what_an_import_says_of_one_way_is_kept(tmp_path, clock):
    lines = {
        "type": "FeatureCollection",
        "features": [
            line("there", [[10.0, 10.0], [10.001, 10.02], [10.0, 10.1]], oneway="yes"),
            line("back", [[10.0, 10.0], [10.05, 10.04], [10.0, 10.1]], oneway="-1"),
        ],
    }
    (tmp_path / "roads.geojson").write_text(json.dumps(lines))
    import_roads(str(tmp_path / "roads.geojson"), str(tmp_path / "roads"))
    path = register_of(case_with(tmp_path), clock)
    adopt(path, "R1", MOVEMENT, roads=str(tmp_path / "roads"))
    (one,) = adopted(path)
    ways = {road.id.split(":")[0]: road.driven for road in one.roads}
    assert ways == {"there": Driven.FORWARDS, "back": Driven.BACKWARDS}


def line(id: str, at: list, **tags: str) -> dict:
    shape = {"type": "LineString", "coordinates": at}
    tags = {"highway": "secondary", **tags}
    return {"type": "Feature", "id": id, "properties": tags, "geometry": shape}


def test_the_label_and_the_credit_of_an_import_are_kept_and_shown(tmp_path, clock):
    lines = {"type": "FeatureCollection", "features": [line("way", [[10.0, 10.0], [10.0, 10.12]])]}
    (tmp_path / "roads.geojson").write_text(json.dumps(lines))
    to = str(tmp_path / "roads")
    label, credit = "Roads of an invented cluster", "Invented Office, CC BY 4.0"
    made = import_roads(
        str(tmp_path / "roads.geojson"), to, label=label, credit=credit, prefix="dec-"
    )
    assert made.as_json()["label"] == label
    assert roads_info(to, check=True).as_json()["credit"] == credit
    graph = open_graph(Path(to))
    assert all(id.startswith("dec-") for id in (*graph.edge_ids, *graph.node_ids))
    places = DRAWN.replace("[10.0, 10.1]", "[10.0, 10.12]")
    path = register_of(case_with(tmp_path, places), clock)
    adopt(path, "R1", MOVEMENT, roads=to)
    assert adopted(path)[0].credit == f"{label}; {credit}"
    with closing(open_register(path)) as opened:
        assert f"{label}; {credit}" in drawing_of(assess(opened, MOVEMENT)).credit


@pytest.mark.parametrize("prefix", ["-dec", "a b", "a,b"])
def test_a_prefix_that_a_route_could_not_name_is_refused(tmp_path, prefix):
    lines = {"type": "FeatureCollection", "features": [line("way", [[10.0, 10.0], [10.0, 10.12]])]}
    (tmp_path / "roads.geojson").write_text(json.dumps(lines))
    with pytest.raises(WrongField, match="Ids cannot begin with"):
        import_roads(str(tmp_path / "roads.geojson"), str(tmp_path / "new"), prefix=prefix)
    assert not (tmp_path / "new").exists()
