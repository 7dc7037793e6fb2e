"""A plan that lets the column wait: it is shown, drawn, adopted with its halts, and judged.

The river road is closed, the hill road until 10:10, and from 09:50 to 11:00 the bridge road. So a
column that is to be past the bridge road, with its hour of margin, leaves until 08:06, and comes to
the bridge too soon. It may stand there. Leaving at 07:30 it is let go at 07:52 at the earliest and
waits 2 h 18 min; and to be back by 15:00 it leaves the bridge 10 min later at the latest.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from safeconduct.app.assess import assess
from safeconduct.app.moving import version
from safeconduct.app.opening import open_register
from safeconduct.app.plan import adopt, plan_movement
from safeconduct.app.planpicture import plan_drawing
from tests.unit.app import office
from tests.unit.app.office import MOVEMENT, NOW, SetClock
from tests.unit.app.test_moving import FORGOTTEN
from tests.unit.cli.running import safeconduct

CLOSED = """\
zone: UTC
closures:
  - id: flood
    why: flood
    edges: [river-road]
    valid: {from: 2030-05-06 00:00, until: 2030-05-07 00:00}
  - id: slide
    why: slide
    edges: [hill-road]
    valid: {from: 2030-05-06 00:00, until: 2030-05-06 10:10}
  - id: works
    why: works
    edges: [bridge-road]
    valid: {from: 2030-05-06 09:50, until: 2030-05-06 11:00}
"""
YARD = """\
zone: UTC
waiting_places:
  - id: yard
    place: bridge
    holds_m: 1000
    by: driver
    checked_at: 2030-05-06 06:00
    valid: {from: 2030-05-06 06:00, until: 2030-05-06 18:00}
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A live register of the two towns whose movement has no route, with roads closed."""
    clock: SetClock = office.set_clock(monkeypatch)
    made = office.make(tmp_path, clock)
    version(made, MOVEMENT, FORGOTTEN)
    office.add(made, tmp_path, CLOSED)
    return made


def plan(path: str) -> dict[str, Any]:
    with closing(open_register(path)) as opened:
        return plan_movement(opened, at=NOW).as_json()


def test_without_a_waiting_place_there_is_no_window(path: str) -> None:
    assert plan(path)["windows"] == []


def test_a_column_that_may_wait_has_windows_each_with_a_wait_of_its_own(
    path: str, tmp_path: Path
) -> None:
    office.add(path, tmp_path, YARD)
    told = plan(path)
    halts = {one["id"]: one["legs"][0]["halts"] for one in told["routes"]}
    found = {
        (w["leave_from"][11:19], w["leave_until"][11:19]): halts[w["route"]]
        for w in told["windows"]
    }
    assert found["07:30:00", "07:40:00"] == [{"place": "bridge", "wait_s": 8_280}]
    assert found["07:56:00", "08:06:00"] == [{"place": "bridge", "wait_s": 6_720}]
    first = next(w for w in told["windows"] if w["leave_from"].endswith("07:30:00Z"))
    assert first["trip"]["legs"][0]["halts"] == [
        {"place": "bridge", "arrives_at": "2030-05-06T07:42:00Z", "wait_s": 8_280}
    ]
    # All of 07:30 to 08:06 is told by four waits.
    ends = sorted(found)
    assert (ends[0][0], max(last for _, last in ends)) == ("07:30:00", "08:06:00")
    assert not any("other lengths" in note for note in told["notes"])


@pytest.mark.parametrize(
    "change", ["holds_m: 999", "until: 2030-05-06 10:00", "checked_at: 2030-05-06 08:00"]
)
def test_nobody_waits_where_the_column_was_not_found_to_fit(
    path: str, tmp_path: Path, change: str
) -> None:
    old = {"holds_m": "holds_m: 1000", "until": "until: 2030-05-06 18:00",
           "checked_at": "checked_at: 2030-05-06 06:00"}[change.partition(":")[0]]  # fmt: skip
    office.add(path, tmp_path, YARD.replace(old, change))
    assert plan(path)["windows"] == []


def test_what_is_adopted_has_its_halts_and_is_judged_with_them(path: str, tmp_path: Path) -> None:
    office.add(path, tmp_path, YARD)
    told = plan(path)
    first = next(w for w in told["windows"] if w["leave_from"].endswith("07:30:00Z"))
    mark = next(one["mark"] for one in told["routes"] if one["id"] == first["route"])
    done = adopt(path, f"{first['route']}:{mark}", at=NOW)
    assert [(h.place, h.wait_s) for h in done.new.halts] == [("bridge", 8_280)]
    version(path, MOVEMENT, ("depart_at=2030-05-06 07:35",))
    with closing(open_register(path)) as opened:
        findings = assess(opened, at=NOW).judgement.findings
        assert {f.status.value for f in findings if f.rule == "T1"} == {"met"}
    # Leaving at 07:35 it goes on at 07:57 at the earliest: 2 h 13 min, and a second too soon.
    version(path, MOVEMENT, ("legs.in.halts=bridge:7979",))
    with closing(open_register(path)) as opened:
        codes = {f.code for f in assess(opened, at=NOW).judgement.findings}
        assert "ROAD-CLOSED" in codes
    again = plan(path)
    assert any(one["adopted"] for one in again["blocked"]) or again["routes"][0]["adopted"]


def test_the_terminal_and_the_picture_say_where_it_waits(path: str, tmp_path: Path) -> None:
    office.add(path, tmp_path, YARD)
    shown = safeconduct("plan", "--register", path, "--at", NOW).out
    assert "waits 2 h 18 min at Bridge" in shown
    with closing(open_register(path)) as opened:
        drawn = plan_drawing(plan_movement(opened, at=NOW))
    assert any("wait 138 min at Bridge" in line for line in drawn.lines)
    assert drawn.windows
