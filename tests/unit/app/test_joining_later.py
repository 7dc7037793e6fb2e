"""What is recorded after a route over imported roads was adopted: looked for, or a doubt.

The roads are those of `test_imported_map.py`. A yard lies 330 m east of the short road, a depot far
from every road, and a camp nobody knows where; all three are in the ground from the beginning.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.app.assess import Answer, assess
from safeconduct.app.opening import open_register
from safeconduct.app.plan import adopt, plan_movement
from safeconduct.app.registers import write
from safeconduct.clearance import Status
from safeconduct.clearance.bench import Bench
from safeconduct.cli.moving import version_report
from safeconduct.errors import UnknownReference, WrongField
from safeconduct.spacetime import Point
from safeconduct.vocabulary import Apart, Checkpoint
from tests.unit.app import office
from tests.unit.app.office import MOVEMENT, NOW, SetClock
from tests.unit.app.test_adopting import adopted, office_now, register_of, way
from tests.unit.app.test_imported_map import DRAWN, case_with, folder

__all__ = ["folder"]

PLACES = (
    DRAWN
    + """\
  yard: {name: Yard, at: [10.003, 10.07]}
  depot: {name: Depot, at: [10.3, 10.07]}
  camp: {name: Camp}
"""
)
#: The depot at the long road, and a kilometre and a half from the short one.
AT_THE_LONG_ROAD = PLACES.replace("at: [10.3, 10.07]", "at: [10.014, 10.0069]")
POST = "zone: UTC\ncheckpoints:\n  - {id: late-post, place: yard, party: north, hold_max_s: 600}\n"
BRIDGE = "zone: UTC\ncrossings:\n  - {id: ford, name: Ford, place: yard, sides: [south, north]}\n"
NOT_JOINED = "PLACE-NOT-JOINED"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return office.set_clock(monkeypatch)


@pytest.fixture
def path(tmp_path: Path, clock: SetClock, folder: str) -> str:
    """A register whose movement goes by the short road, adopted before anything was added."""
    found = register_of(case_with(tmp_path, PLACES), clock)
    adopt(found, "R1", MOVEMENT, roads=folder)
    return found


def answer(path: str) -> Answer:
    with closing(open_register(path)) as opened:
        return assess(opened, MOVEMENT, at=NOW)


def bench(path: str) -> Bench:
    with closing(open_register(path)) as opened:
        return opened.judge(office_now(), office_now()).bench_of(MOVEMENT)


def doubts(path: str) -> list:
    return [one for one in answer(path).judgement.findings if one.code == NOT_JOINED]


@pytest.mark.parametrize("more", [POST, BRIDGE])
def test_what_is_recorded_near_the_road_afterwards_is_a_doubt_that_is_named(path, tmp_path, more):
    before = answer(path).judgement
    assert {one.status for one in before.findings if one.rule == "A1"} == {Status.MET}
    office.add(path, tmp_path, more)
    (finding,) = doubts(path)
    judgement = answer(path).judgement
    assert judgement.verdict.value == "no-go" and NOT_JOINED in judgement.codes
    assert [one for one in judgement.findings if one != finding] == list(before.findings)
    assert (finding.rule, finding.status) == ("A1", Status.UNKNOWN)
    assert {stretch.name for stretch in finding.place} < {*way_of(path)}
    assert "At Yard (yard) there is c" in finding.says and "Short road" in finding.says
    assert "--roads FOLDER --adopt R1" in finding.remedy
    assert finding.remedy in {task.says for task in answer(path).plan.own_tasks}


def way_of(path: str) -> list[str]:
    return [step.edge for leg in bench(path).movement.legs for step in leg.route]


def test_the_checkpoint_is_not_on_the_way_while_nobody_has_looked_for_it(path, tmp_path):
    office.add(path, tmp_path, POST)
    assert "yard" not in {entry.place for entry in bench(path).itinerary.entries}


@pytest.mark.parametrize(("place", "doubted"), [("depot", False), ("camp", True)])
def test_a_place_far_away_is_no_doubt_and_one_without_a_position_is(path, tmp_path, place, doubted):
    before = answer(path).judgement
    office.add(path, tmp_path, POST.replace("yard", place))
    assert bool(doubts(path)) is doubted
    if doubted:
        assert "the place has no position" in doubts(path)[0].says
    else:
        assert answer(path).judgement.findings == before.findings


@pytest.mark.law(2)
def test_adopting_again_joins_it_and_answers_as_if_it_had_been_known_before(
    path, tmp_path, clock, folder
):
    office.add(path, tmp_path, POST)
    version = bench(path).movement.version
    done = adopt(path, "R1", MOVEMENT, roads=folder)
    assert done.old == done.new and done.new.version == version and done.changes == ()
    (told,) = map(str, version_report(done))
    assert told.startswith(f"{MOVEMENT} stays version {version}, and its route what it was.")
    assert [entry.kind for entry in done.recorded.entries] == ["network", "adopted-roads"]
    assert doubts(path) == []
    assert "yard" in {entry.place for entry in bench(path).itinerary.entries}
    (tmp_path / "other").mkdir()
    known = case_with(tmp_path / "other", PLACES)
    other = register_of(known, clock)
    office.add(other, tmp_path, POST)
    adopt(other, "R1", MOVEMENT, roads=folder)
    assert answer(path).judgement.findings == answer(other).judgement.findings
    with pytest.raises(WrongField, match="Nothing changes"):
        adopt(path, "R1", MOVEMENT, roads=folder)


def test_adopting_again_tells_that_it_is_elsewhere_where_it_is(tmp_path, clock, folder):
    path = register_of(case_with(tmp_path, AT_THE_LONG_ROAD), clock)
    adopt(path, "R1", MOVEMENT, roads=folder)
    office.add(path, tmp_path, POST.replace("yard", "depot"))
    (finding,) = doubts(path)
    assert "depot" in finding.says
    adopt(path, "R1", MOVEMENT, roads=folder)
    assert doubts(path) == []
    first, again = adopted(path)
    assert first.id != again.id and first.joints == again.joints and first.roads == again.roads
    assert {one.place for one in again.apart} - {one.place for one in first.apart} == {"depot"}
    # The long road leads past it: there it is joined.
    assert adopt(path, "R2", MOVEMENT, roads=folder).new.version == bench(path).movement.version
    assert "depot" in {entry.place for entry in bench(path).itinerary.entries}
    assert len({one.id for one in adopted(path)}) == 3


def test_under_way_the_roads_that_are_driven_are_joined_anew(path, tmp_path, clock, folder):
    version = bench(path).movement.version
    left = office.DEPARTED.replace("version: 1", f"version: {version}")
    clock("2030-05-06T09:05:00Z")
    office.add(path, tmp_path, left)
    office.add(path, tmp_path, POST)
    with closing(open_register(path)) as opened:
        before = assess(opened, MOVEMENT).judgement
    assert before.under_way and NOT_JOINED in before.codes
    adopt(path, "R1", MOVEMENT, roads=folder)
    with closing(open_register(path)) as opened:
        answer = assess(opened, MOVEMENT)
    assert NOT_JOINED not in answer.judgement.codes and answer.judgement.under_way
    assert "yard" in {entry.place for entry in answer.bench.itinerary.entries}
    with pytest.raises(UnknownReference, match="shows no route R1"):
        adopt(path, "R1", MOVEMENT, roads=folder)


def test_what_was_looked_for_and_is_elsewhere_is_told_and_is_no_doubt(tmp_path, clock, folder):
    path = register_of(case_with(tmp_path, AT_THE_LONG_ROAD), clock)
    office.add(path, tmp_path, POST.replace("yard", "depot").replace("late", "early"))
    adopt(path, "R1", MOVEMENT, roads=folder)
    (record,) = adopted(path)
    apart = {one.place: one for one in record.apart}
    assert apart["bridge"].junction == "" and apart["depot"].junction.startswith("long-south")
    assert apart["depot"].near == Point(100_140_000, 100_069_000)
    assert doubts(path) == []
    shutil.rmtree(folder)
    office.add(path, tmp_path, POST)
    assert [one.statements for one in doubts(path)] == [("late-post",)]


def test_a_place_is_at_a_junction_of_a_record_or_apart_from_it_and_never_both(path):
    (record,) = adopted(path)
    at = record.junctions[0]
    with pytest.raises(WrongField, match="has the place alder twice"):
        replace(record, apart=(*record.apart, Apart(place="alder", near=at.near)))
    with pytest.raises(WrongField, match=f"apart, and at its own junction {at.id}"):
        replace(record, apart=(Apart(place="yard", near=at.near, junction=at.id),))


def test_a_checkpoint_at_a_junction_of_the_roads_is_on_the_way_at_once(path, tmp_path):
    (record,) = adopted(path)
    junction = next(
        j.id for j in record.junctions if j.id not in {o.junction for o in record.joints}
    )
    post = Checkpoint(id="late-post", place=junction, party="north", hold_max_s=600)
    write(path, [post])
    assert doubts(path) == []
    assert junction in {entry.place for entry in bench(path).itinerary.entries}


def test_a_plan_tells_of_it_and_a_plan_over_the_folder_has_looked(path, tmp_path, folder):
    office.add(path, tmp_path, POST)
    with closing(open_register(path)) as opened:
        notes = plan_movement(opened, MOVEMENT).notes
        over = plan_movement(opened, MOVEMENT, roads=folder)
    assert any("late-post may be on Short road" in note for note in notes)
    first = over.options.shown[0]
    judged = first.judge.judge(MOVEMENT)
    assert NOT_JOINED not in {one.code for one in judged.findings}
    assert [step.edge for step in first.movement.legs[0].route] == way(folder, "short")
