"""The plan of a movement: windows, routes, what stands in the way, what fits, and adopting.

By the bridge road (15 km, held for 10 to 30 min) the trip takes 4 h 02 min at worst, as told in
`two_towns.py`; by the river road (20 km, 40 min, no post) 3 h 22 min. Both need an hour of margin.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.app.assess import assess
from safeconduct.app.deciding import Wish, decide
from safeconduct.app.moving import version
from safeconduct.app.opening import open_case, open_register
from safeconduct.app.plan import adopt, plan_movement
from safeconduct.errors import (
    DecisionRefused,
    InputError,
    RouteRefused,
    TimeRefused,
    UnknownReference,
    WrongField,
)
from tests.unit.app import office
from tests.unit.app.folders import head, two_towns
from tests.unit.app.office import MOVEMENT, NOW, SetClock
from tests.unit.app.test_moving import FORGOTTEN

WORDS_END = "until: 2030-05-06 18:00"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return office.set_clock(monkeypatch)


@pytest.fixture
def path(tmp_path: Path, clock: SetClock) -> str:
    """A live register of the two towns whose movement has forgotten its route."""
    made = office.make(tmp_path, clock)
    version(made, MOVEMENT, FORGOTTEN)
    return made


def without_route(folder: Path, **changes: str) -> Path:
    """The case of the two towns with a movement that has no route, and texts replaced."""
    case = two_towns(folder)
    text = (case / "case.yaml").read_text()
    text = text.replace(
        "route: [bridge-road, hill-road]", "origin: alder\n        destination: birch"
    )
    text = text.replace(
        "route: [-hill-road, -bridge-road]", "origin: birch\n        destination: alder"
    )
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (case / "case.yaml").write_text(text)
    (case / "expected.yaml").unlink()
    return case


def plan(case: Path, **more: str):
    """The plan at half past seven, as JSON."""
    return plan_movement(open_case(str(case)), at=NOW, **more).as_json()


def roads(route) -> list[str]:
    """The edges of the way out."""
    return route["legs"][0]["route"]


# -- windows and routes


def test_both_roads_have_their_windows_to_the_second(tmp_path):
    told = plan(without_route(tmp_path))
    by = {one["id"]: roads(one) for one in told["routes"]}
    found = {tuple(by[w["route"]]): (w["leave_from"], w["leave_until"]) for w in told["windows"]}
    # Back by 15:00 with the margin: 15:00 - 1:00 - 4:02, and - 3:22.
    assert found == {
        ("bridge-road", "hill-road"): ("2030-05-06T07:30:00Z", "2030-05-06T09:58:00Z"),
        ("river-road",): ("2030-05-06T07:30:00Z", "2030-05-06T10:38:00Z"),
    }


def test_one_trip_is_told_for_each_window_with_its_margin_and_what_ends_it(tmp_path):
    told = plan(without_route(tmp_path), until="2030-05-07 12:00")
    river = next(one["id"] for one in told["routes"] if roads(one) == ["river-road"])
    window = next(one for one in told["windows"] if one["route"] == river)
    assert window["trip"] == {
        "leaves_at": "2030-05-06T07:30:00Z",
        "legs": [
            {
                "leg": "in",
                "leaves_at": "2030-05-06T07:30:00Z",
                "arrives_at": "2030-05-06T08:10:00Z",
                "gone_at": "2030-05-06T10:12:00Z",
            },
            {
                "leg": "out",
                "leaves_at": "2030-05-06T10:10:00Z",
                "arrives_at": "2030-05-06T10:50:00Z",
                "gone_at": "2030-05-06T10:52:00Z",
            },
        ],
        "clear_at": "2030-05-06T10:52:00Z",
    }
    # The words hold until 18:00, seven hours and eight minutes after 10:52.
    assert window["margin_s"] == 7 * 3600 + 8 * 60
    assert "restraint from indirect fire of The North ends on River road" in window["then"]


def test_the_hours_that_are_asked_for_may_be_narrower_and_wider(tmp_path):
    case = without_route(tmp_path)
    narrow = plan(case, start="2030-05-06 10:00", until="2030-05-06 14:30")
    assert {(w["leave_from"], w["leave_until"]) for w in narrow["windows"]} == {
        ("2030-05-06T10:00:00Z", "2030-05-06T10:08:00Z")
    }
    wide = plan(case, until="2030-05-07 12:00")
    # 18:00 - 1:00 - 3:22: then the words end, a second past the last departure.
    assert max(w["leave_until"] for w in wide["windows"]) == "2030-05-06T13:38:00Z"


def test_an_adopted_route_is_shown_first_with_its_windows(tmp_path):
    told = plan(two_towns(tmp_path))
    assert [one["adopted"] for one in told["routes"]] == [True, False]
    assert told["routes"][0]["why"].startswith("the route that is adopted")
    assert told["verdict"] == "go"


def test_preparation_that_is_not_over_takes_the_beginning_of_a_window(tmp_path):
    # The last word needed was said on 4 May at 11:00; a day and 22 hours later it is 6 May, 09:00.
    told = plan(without_route(tmp_path, **{"preparation_s: 24h": "preparation_s: 46h"}))
    assert {w["leave_from"] for w in told["windows"]} == {"2030-05-06T09:00:00Z"}
    assert any("preparation is not over before" in note for note in told["notes"])


def test_the_plan_keeps_what_it_always_had(tmp_path):
    told = plan(without_route(tmp_path))
    assert {"judgement", "asks", "own_tasks", "bound", "windows", "routes"} <= told.keys()
    assert [row["party"] for row in told["bound"]] == ["north", "north", "south", "south", "south"]
    assert len(told["judgement"]) == 64
    json.dumps(told)


# -- assess joins plan


def test_a_movement_without_route_is_conditional_at_best_by_the_route_to_adopt(tmp_path):
    answer = assess(open_case(str(without_route(tmp_path))), at=NOW)
    assert answer.judgement.verdict.value == "conditional"
    assert "ROUTE-NOT-ADOPTED" in answer.judgement.codes
    (finding,) = [f for f in answer.judgement.findings if f.code == "ROUTE-NOT-ADOPTED"]
    assert "is proposed and not adopted: River road" in finding.says
    assert "--adopt R" in finding.remedy
    assert answer.movement.legs[0].route and answer.bench is not None


def test_a_movement_without_route_is_no_go_where_no_road_is_covered(tmp_path):
    case = without_route(tmp_path, **{WORDS_END: "until: 2030-05-06 08:00"})
    answer = assess(open_case(str(case)), at=NOW)
    assert answer.judgement.verdict.value == "no-go"
    codes = {f.code for f in answer.judgement.findings if f.status.value == "unmet"}
    assert {"RESTRAINT-MISSING", "ROUTE-NOT-ADOPTED"} <= codes
    (finding,) = [f for f in answer.judgement.findings if f.code == "ROUTE-NOT-ADOPTED"]
    assert finding.says.startswith("No route is covered; judged by the nearest,")


# -- no window


def test_without_a_window_party_stretch_and_hours_are_told_for_each_road(tmp_path):
    told = plan(without_route(tmp_path, **{WORDS_END: "until: 2030-05-06 08:00"}))
    assert told["windows"] == [] and told["fits"] is None
    assert {tuple(roads(one["route"])) for one in told["blocked"]} == {
        ("bridge-road", "hill-road"), ("river-road",),
    }  # fmt: skip
    for road in told["blocked"]:
        found = {(one["party"], one["code"]) for one in road["obstacles"]}
        assert {("north", "RESTRAINT-MISSING"), ("south", "CONSENT-MISSING")} <= found
        assert all(one["place"] and one["lacking_s"] > 0 for one in road["obstacles"])
    assert any("none fits" in note or "By no road" in note for note in told["notes"])


def test_how_much_is_lacking_is_told_and_which_part_fits(tmp_path):
    # All words end at 11:51. By the river the trip from 07:30 is clear at 10:52, with an hour of
    # margin at 11:52: a minute too late. Half the column is clear half its two minutes earlier.
    told = plan(without_route(tmp_path, **{WORDS_END: "until: 2030-05-06 11:51"}))
    river = next(one for one in told["blocked"] if roads(one["route"]) == ["river-road"])
    assert river["short_s"] == 60
    part = told["fits"]
    assert (part["vehicles"], part["column_m"], part["left_vehicles"]) == (5, 500, 5)
    assert [w["leave_until"] for w in part["windows"]] == ["2030-05-06T07:30:00Z"]
    assert "5 vehicles are left for a movement of their own, linked with it" in part["says"]


def test_where_no_column_is_short_enough_the_stop_is_what_is_left(tmp_path):
    # With two hours less nothing can be unloaded; so what fits is no part at all: the only stop.
    told = plan(without_route(tmp_path, **{WORDS_END: "until: 2030-05-06 11:00"}))
    assert told["windows"] == [] and told["fits"] is None


def test_after_the_latest_time_nothing_is_looked_for(tmp_path):
    late = plan_movement(open_case(str(without_route(tmp_path))), at="2030-05-06T15:00:00Z")
    assert late.as_json()["windows"] == []
    assert late.notes == ("Its latest time has passed: 2030-05-06 15:00 UTC (15:00Z).",)


def test_a_hold_that_nobody_knows_leaves_no_window_by_that_road(tmp_path):
    case = without_route(tmp_path, **{"    hold_max_s: 30 min\n": ""})
    told = plan(case)
    assert [roads(one) for one in told["routes"]] == [["river-road"]]


def test_where_every_road_is_held_for_a_time_that_nobody_knows_the_post_is_named(tmp_path):
    case = without_route(tmp_path, **{"    hold_max_s: 30 min\n": ""})
    (case / "case.yaml").write_text(
        (case / "case.yaml").read_text().replace("place: bridge", "place: birch")
    )
    told = plan(case)
    assert told["windows"] == []
    codes = {one["code"] for road in told["blocked"] for one in road["obstacles"]}
    assert codes == {"HOLD-UNKNOWN"}
    says = told["blocked"][0]["obstacles"][0]["says"]
    assert "how long a column is held at checkpoint bridge-post of The South" in says


def test_a_window_that_the_operation_needs_and_nobody_offers_is_told(tmp_path):
    needs = "preparation_s: 24h\n    window_needed_s: 20h\n    window_basis: two nights"
    told = plan(without_route(tmp_path, **{"preparation_s: 24h": needs}))
    assert told["windows"] == []
    says = {one["says"] for road in told["blocked"] for one in road["obstacles"]}
    assert any("needs a window of 20 h (two nights); the longest is 12 h" in one for one in says)


# -- what is asked badly


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"start": "2030-05-06 07:00"}, TimeRefused, "Nobody can leave 2030-05-06 07:00"),
        ({"until": "2030-05-06 07:30"}, TimeRefused, "which leaves no time"),
        ({"start": "soon"}, InputError, "soon"),
        ({"until": "25:00"}, InputError, "25:00"),
        ({"roads": "/nowhere"}, InputError, "/nowhere"),
    ],
)
def test_hours_and_roads_that_make_no_sense_are_refused(tmp_path, asked, error, says):
    case = without_route(tmp_path)
    with pytest.raises(error) as caught:
        plan(case, **asked)
    assert says in str(caught.value)


def test_places_that_no_road_joins_are_told(tmp_path):
    case = without_route(tmp_path, **{"destination: birch": "destination: isle",
                                      "origin: birch": "origin: isle"})  # fmt: skip
    drawn = case / "roads.yaml"
    drawn.write_text(
        drawn.read_text().replace("edges:", "  isle: {name: Isle, areas: [north-bank]}\nedges:")
    )
    with pytest.raises(RouteRefused, match="No road leads from alder to isle"):
        plan(case)
    assert assess(open_case(str(case)), at=NOW).judgement.codes == ("ROUTE-NOT-ADOPTED",)


# -- in a live register


def test_adopting_a_route_is_a_new_version_with_it(path):
    with closing(open_register(path)) as opened:
        planned = plan_movement(opened, MOVEMENT)
    river = next(o.id for o in planned.options.shown if o.movement.legs[0].route[0].edge[0] == "r")
    marked = next(o for o in planned.options.shown if o.id == river)
    done = adopt(path, f"{river}:{marked.mark}", MOVEMENT)
    assert (done.old.version, done.new.version) == (2, 3)
    assert [step.edge for step in done.new.legs[0].route] == ["river-road"]
    assert done.new.legs[1].route[0].backwards
    assert [one.told_version for one in done.to_tell] == [1, 1]
    with closing(open_register(path)) as opened:
        answer = assess(opened, MOVEMENT)
        assert "ROUTE-NOT-ADOPTED" not in {f.code for f in answer.judgement.findings}
        assert plan_movement(opened, MOVEMENT).options.shown[0].adopted


def test_what_the_plan_does_not_show_is_not_adopted(path):
    before = head(Path(path))
    for wrong in ("R9", "R1:000000"):
        with pytest.raises(UnknownReference, match=r"it shows: R1:[0-9a-f]{6}, R2:"):
            adopt(path, wrong, MOVEMENT)
    assert head(Path(path)) == before


def test_an_adopted_route_is_not_adopted_again(path):
    adopt(path, "R1", MOVEMENT)
    with pytest.raises(WrongField, match="Nothing changes"):
        adopt(path, "R1", MOVEMENT)


def test_nobody_decides_to_go_by_a_road_that_nobody_adopted(path):
    with pytest.raises(DecisionRefused, match="NO-GO"):
        decide(path, MOVEMENT, Wish(choice="go", by="N. Alder", why="In order."))


def test_under_way_only_what_is_left_of_the_margin_is_told(tmp_path, clock):
    path = office.make(tmp_path, clock)
    office.add(path, tmp_path, office.DEPARTED)
    clock("2030-05-06T10:00:00Z")
    with closing(open_register(path)) as opened:
        planned = plan_movement(opened, MOVEMENT)
    # Clear at 13:02 at the latest; everything was given until 18:00.
    assert planned.left_s == 4 * 3600 + 58 * 60
    assert planned.as_json()["windows"] == [] and "has left" in planned.notes[0]


def test_judging_loads_neither_arrays_nor_the_search():
    code = (
        "import sys, safeconduct.app.assess, safeconduct.cli.assessing\n"
        "heavy = {'numpy', 'safeconduct.planning.finding', 'safeconduct.roads.search'}\n"
        "print(sorted(heavy & {*sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
