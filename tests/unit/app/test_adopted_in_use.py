"""An adopted imported route in the daily work: what is due, what is to be asked, what is touched.

The folder that the roads came from is gone in all of it. The roads are those of
`test_imported_map.py`: the short road leads through a gorge.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.app.dues import what_is_due
from safeconduct.app.opening import open_register
from safeconduct.app.plan import adopt
from safeconduct.app.registers import write
from safeconduct.app.shortest import to_ask
from safeconduct.clearance.unjoined import NOT_JOINED
from safeconduct.vocabulary import Checkpoint, Hazard
from safeconduct.watch import Desk
from safeconduct.watch.item import Due
from tests.unit.app import office
from tests.unit.app.office import MOVEMENT, NOW, SetClock
from tests.unit.app.test_adopting import office_now, register_of, way
from tests.unit.app.test_imported_map import BANDS, case_with, folder
from tests.unit.app.test_joining_later import PLACES, POST

__all__ = ["folder"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return office.set_clock(monkeypatch)


@pytest.fixture
def roads(folder: str) -> list[str]:
    return way(folder, "short")


@pytest.fixture
def path(tmp_path: Path, clock: SetClock, folder: str, roads: list[str]) -> str:
    """The short road is adopted, and the folder is gone."""
    found = register_of(case_with(tmp_path, PLACES), clock)
    adopt(found, "R1", MOVEMENT, roads=folder)
    shutil.rmtree(folder)
    return found


def due_of(path: str, rule: str) -> list[Due]:
    found = what_is_due(path, at=NOW).agenda.items
    return [one for one in found if rule in one.rules and MOVEMENT in one.movements]


def test_what_is_due_is_told_of_a_movement_over_adopted_roads(path, tmp_path):
    # The adopted route is version 2, of which nobody was told.
    assert {one.party for one in due_of(path, "N5")} == {"north", "south"}
    assert due_of(path, "A1") == []
    office.add(path, tmp_path, POST)
    (doubt,) = due_of(path, "A1")
    assert "joins yard or tells that it is elsewhere" in doubt.what
    assert doubt.records == ("late-post",)


def test_what_is_missing_on_adopted_roads_is_asked_for_there_and_for_that_time(
    path, tmp_path, roads
):
    office.add(path, tmp_path, "zone: UTC\npresences:" + BANDS)
    with closing(open_register(path)) as opened:
        told = to_ask(opened, MOVEMENT, at=NOW).as_json()["adopted"]
    assert told["legs"][0]["route"] == roads
    (ask,) = told["asks"]
    assert (ask["party"], ask["kind"], ask["areas"]) == ("north", "restraint", ["gorge"])
    assert ask["means"] == ["air-strike"] and "over Short road and j-gorge" in ask["says"]
    # The gorge begins 4.4 km from Alder and is passed twice; there is an hour of margin.
    (span,) = ask["spans"]
    assert "2030-05-06T09:00:00Z" < span["from"] < "2030-05-06T09:10:00Z"
    assert span["until"] > "2030-05-06T12:30:00Z"


def test_a_list_of_asks_tells_of_a_post_that_nobody_looked_for(path, tmp_path):
    office.add(path, tmp_path, POST)
    office.add(path, tmp_path, "zone: UTC\npresences:" + BANDS)
    with closing(open_register(path)) as opened:
        told = to_ask(opened, MOVEMENT, at=NOW).as_json()
    assert NOT_JOINED in {task["code"] for task in told["adopted"]["own_tasks"]}
    assert any("late-post may be on Short road" in note for note in told["notes"])


@pytest.mark.parametrize(
    ("record", "touched"),
    [
        (Hazard(id="h", hazard="flood", areas=("gorge",), from_at=office_now()), True),
        (Checkpoint(id="late-post", place="yard", party="north", hold_max_s=600), True),
        (Checkpoint(id="late-post", place="camp", party="north", hold_max_s=600), True),
        (Checkpoint(id="late-post", place="j-gorge", party="north", hold_max_s=600), True),
        (Checkpoint(id="late-post", place="depot", party="north", hold_max_s=600), False),
    ],
    ids=["in the gorge", "at the yard", "nobody knows where", "at a junction", "far away"],
)
def test_what_comes_in_is_judged_again_where_it_may_be_on_adopted_roads(path, record, touched):
    with closing(open_register(path)) as opened:
        judge = opened.judge(office_now(), office_now())
        brought = Desk.of(judge, [MOVEMENT]).with_record(record)
        assert brought is not None
        desk, changed = brought
        assert [one.movement for one in changed if one.is_other] == [MOVEMENT] * touched
        # What the desk holds now is what is told once the record is in the register.
        write(path, [record])
    with closing(open_register(path)) as opened:
        fresh = opened.judge(office_now(), office_now()).judge(MOVEMENT)
    assert desk.answers[MOVEMENT].judgement.sealed == fresh.sealed
