"""A route over the real roads of Porto: adopted, judged without them, and a post found out later.

Two invented towns are laid south and north of the Douro, as in `bench/portocase.py`: nothing of it
happened. The roads are those of an OpenStreetMap extract that lies beside a full checkout.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.app.adopting import roads_to_adopt
from safeconduct.app.assess import assess
from safeconduct.app.moving import rejoin
from safeconduct.app.opening import open_register
from safeconduct.app.plan import adopt
from safeconduct.app.roads import import_roads
from safeconduct.app.roadway import roadway
from safeconduct.clearance import Judgement
from safeconduct.clearance.bench import Bench
from safeconduct.clearance.unjoined import NOT_JOINED
from safeconduct.vocabulary import AdoptedRoads, Driven
from tests.shared_material import shared_dir
from tests.unit.app import office
from tests.unit.app.office import MOVEMENT, NOW
from tests.unit.app.test_adopting import adopted, office_now, on_the_folder, register_of
from tests.unit.app.test_imported_map import box, case_with

RIVER = 41.14
PLACES = """\
label: two invented places of Porto
places:
  alder: {name: Alder, at: [-8.602, 41.110]}
  bridge: {name: Bridge, at: [-8.6094, 41.1400]}
  birch: {name: Birch, at: [-8.610, 41.175]}
  yard: {name: Yard, at: [-8.6100, 41.1600]}
  coast: {name: Coast, at: [-8.6900, 41.1600]}
"""
POST = """\
zone: UTC
checkpoints:
  - {id: PLACE-post, place: PLACE, party: north, hold_min_s: 60, hold_max_s: 600}
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The roads of Porto as a folder; without the extract this is skipped, and says why."""
    extract = shared_dir() / "data" / "roads" / "porto_portugal.osm.pbf"
    folder = tmp_path_factory.mktemp("porto") / "roads"
    import_roads(str(extract), str(folder))
    return str(folder)


@pytest.fixture(scope="module")
def path(town: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register whose movement goes by the first route of the plan over these roads."""
    folder = tmp_path_factory.mktemp("office")
    case = case_with(folder, PLACES)
    banks = [
        box("south-bank", -9.0, 40.9, -8.2, RIVER),
        box("north-bank", -9.0, RIVER, -8.2, 41.4),
    ]
    outlines = {"type": "FeatureCollection", "features": banks}
    (case / "areas.geojson").write_text(json.dumps(outlines))
    with pytest.MonkeyPatch.context() as patch:
        found = register_of(case, office.set_clock(patch))
        adopt(found, "R1", MOVEMENT, roads=town)
    return found


def judged(path: str) -> tuple[Judgement, Bench]:
    with closing(open_register(path)) as opened:
        answer = assess(opened, MOVEMENT, at=NOW)
        return answer.judgement, opened.judge(office_now(), office_now()).bench_of(MOVEMENT)


def record_of(path: str) -> AdoptedRoads:
    return adopted(path)[-1]


def test_the_route_is_the_shortest_way_there_and_no_street_is_driven_against_its_sign(
    path: str, town: str
) -> None:
    record, (_, bench) = record_of(path), judged(path)
    lengths = {road.id: road.length_dm for road in record.roads}
    out, home = (leg.route for leg in bench.movement.legs)
    # At one speed the quickest way, which another search finds, is the shortest.
    there = roadway(town, "-8.602,41.110", "-8.610,41.175")
    assert sum(lengths[step.edge] for step in out) == there.length_dm
    assert {(one.place, one.distance_m) for one in record.joints} == {("alder", 43), ("birch", 39)}
    driven = {road.id: road.driven for road in record.roads}
    for step in (*out, *home):
        wrong = Driven.FORWARDS if step.backwards else Driven.BACKWARDS
        assert driven[step.edge] is not wrong
    # A town of one-way streets: the way home is another one for the most part.
    assert Counter(driven.values())[Driven.EITHER_WAY] < len(driven) / 2
    assert len({step.edge for step in out} & {step.edge for step in home}) < len(out) / 2


def test_it_is_judged_without_the_roads_as_on_a_network_built_from_them(
    path: str, town: str
) -> None:
    theirs = on_the_folder(path, town)
    away = Path(town).rename(Path(town).with_name("elsewhere"))
    try:
        ours, bench = judged(path)
    finally:
        away.rename(town)
    assert ours.findings == theirs.findings and "A1" not in failing(ours)
    # Both banks are on the way, and some road lies across the parallel that parts them.
    assert bench.touched == {"south-bank", "north-bank"}
    pieces = [len(bench.network.pieces(road.id)) for road in record_of(path).roads]
    assert Counter(pieces).keys() == {1, 2}


def failing(judgement: Judgement) -> set[str]:
    return {one.rule for one in judgement.findings if one.status.value in ("unmet", "unknown")}


def test_a_post_that_is_found_out_later_is_a_doubt_until_it_is_looked_for(
    path: str, town: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.set_clock(monkeypatch)(NOW)
    copy = str(tmp_path / "copy.db")
    Path(copy).write_bytes(Path(path).read_bytes())
    before, _ = judged(copy)
    office.add(copy, tmp_path, POST.replace("PLACE", "coast"))  # 6 km to the west
    assert judged(copy)[0].findings == before.findings
    office.add(copy, tmp_path, POST.replace("PLACE", "yard"))
    doubted, bench = judged(copy)
    assert NOT_JOINED in doubted.codes and "yard" not in places(bench)
    version = bench.movement.version
    # What `plan --adopt` does with the route that it has, without searching for others.
    edges = {step.edge for leg in bench.movement.legs for step in leg.route}
    with closing(open_register(copy)) as opened:
        judge = opened.judge(office_now(), office_now())
    rejoin(copy, MOVEMENT, roads_to_adopt(judge, bench.movement, town, edges, "again"), at=NOW)
    after, bench = judged(copy)
    assert NOT_JOINED not in after.codes and bench.movement.version == version
    assert "yard" in places(bench)
    joints = {one.place: one for one in record_of(copy).joints}
    assert joints["yard"].distance_m == 49
    assert {one.place for one in record_of(copy).apart} == {"bridge", "coast"}


def places(bench: Bench) -> set[str | None]:
    return {entry.place for entry in bench.itinerary.entries}
