"""The verb `plan` in the terminal: a table that a coordinator reads, and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.app.office import MOVEMENT, NOW
from tests.unit.app.test_plan import WORDS_END, without_route
from tests.unit.cli.running import safeconduct


def test_windows_and_routes_stand_in_a_table_with_the_zone(tmp_path: Path) -> None:
    ran = safeconduct("plan", str(without_route(tmp_path)), "--at", NOW)
    assert (ran.code, ran.err) == (0, "")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "R1 07:30 10:38 08:10 10:52 4 h 8 min" in lines
    assert "R2 07:30 09:58 08:10 11:32 3 h 28 min" in lines
    assert any("Times in UTC." in line for line in lines)
    assert "in: River road 20.0 km" in lines
    assert "in: Bridge road 6.0 km, Hill road 9.0 km" in lines
    assert any(line.startswith("within reach of The North and The South:") for line in lines)
    assert max(map(len, ran.out.splitlines())) <= 80


def test_no_window_is_explained_by_party_and_road(tmp_path: Path) -> None:
    case = without_route(tmp_path, **{WORDS_END: "until: 2030-05-06 08:00"})
    ran = safeconduct("plan", str(case), "--at", NOW)
    text = " ".join(ran.out.split())
    assert "No window: what stands in the way" in text
    assert "passage of The North over" in text
    assert "as it is planned: NO-GO" in text
    # What is asked now counts after a day of preparation, and the trip is to end before that.
    assert "There is no time left between the first possible departure" in text


def test_where_there_is_no_window_the_shortest_list_is_that_of_the_verb_asks() -> None:
    asked = ("aleppo-2016-12-evacuation", "--movement", "foua-kefraya-out", "--at")
    moment = "2016-12-21T11:00:00Z"
    plan = json.loads(safeconduct("plan", *asked, moment, "--json").out)
    asks = json.loads(safeconduct("asks", *asked, moment, "--json").out)
    assert plan["windows"] == [] and plan["shortest"]["lists"]
    assert plan["shortest"] == {what: asks[what] for what in plan["shortest"]}
    first = asks["adopted"] or asks["lists"][0]
    assert (plan["asks"], plan["own_tasks"]) == (first["asks"], first["own_tasks"])
    assert plan["shortest"]["bound"] is None and plan["shortest"]["lists"][0]["proven"]
    texts = [" ".join(safeconduct(verb, *asked, moment).out.split()) for verb in ("plan", "asks")]
    for ask in first["asks"]:
        says = " ".join(ask["says"].partition(": ")[2].split())
        assert all(says in text for text in texts)
    assert "The shortest list of asks, by any road:" not in texts[0]


def test_a_list_that_is_not_proven_says_so_and_where_to_search_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("safeconduct.app.plan.STEPS", 30_000)
    asked = ("aleppo-2016-12-evacuation", "--movement", "foua-kefraya-out")
    moment = "2016-12-21T11:00:00Z"
    told = json.loads(safeconduct("plan", *asked, "--at", moment, "--json").out)["shortest"]
    assert told["bound"]["parties"] >= 1
    assert not any(one["proven"] for one in told["lists"])
    text = " ".join(safeconduct("plan", *asked, "--at", moment).out.split())
    assert "not proven to be the shortest" in text or "adopted" in text
    assert "The search was stopped after" in text
    pointer = "The shortest list of asks, by any road: safeconduct asks aleppo-2016-12-evacuation"
    assert f"{pointer} --movement foua-kefraya-out --at {moment}" in text


def test_other_hours_than_are_planned_have_no_list(tmp_path: Path) -> None:
    case = without_route(tmp_path, **{WORDS_END: "until: 2030-05-06 08:00"})
    ran = safeconduct("plan", str(case), "--at", NOW, "--until", "2030-05-06 12:00")
    told = "The shortest list of asks, by any road: safeconduct asks "
    text = " ".join(ran.out.split())
    assert told in text and f"--movement {MOVEMENT} --at {NOW}" in text


def test_what_fits_and_by_how_much_the_whole_falls_short_are_told(tmp_path: Path) -> None:
    case = without_route(tmp_path, **{WORDS_END: "until: 2030-05-06 11:51"})
    text = " ".join(safeconduct("plan", str(case), "--at", NOW).out.split())
    assert "The best departure falls 1 min short of its margin." in text
    assert "5 vehicles in a column of 500 m fit by B1; 5 vehicles are left" in text


def test_assess_shows_the_proposed_route_and_what_to_run(tmp_path: Path) -> None:
    ran = safeconduct("assess", str(without_route(tmp_path)), "--at", NOW)
    assert ran.code == 3
    text = " ".join(ran.out.split())
    assert "Route R1 is proposed and not adopted: River road." in text
    assert "safeconduct plan --adopt R1" in text


def test_the_json_is_one_body(tmp_path: Path) -> None:
    ran = safeconduct("plan", str(without_route(tmp_path)), "--at", NOW, "--json")
    told = json.loads(ran.out)
    assert [one["route"] for one in told["windows"]] == ["R2", "R1"]
    assert told["routes"][0]["exposure"]["parties"] == ["north", "south"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("--from", "2030-05-06 07:00"), "Nobody can leave 2030-05-06 07:00"),
        (("--until", "2030-05-06 07:00"), "which leaves no time"),
        (("--from", "07:00"), "07:00"),
        (("--movement", "nothing"), "No movement nothing is known"),
        (("--roads", "/nowhere"), "/nowhere"),
        (("--adopt", "R1"), "A route is adopted in a register, and a case is only read"),
        (("--register", "office.db"), "Both a case and a register"),
        (("--at", "yesterday"), "yesterday"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_what_to_do(
    tmp_path: Path, typed: tuple[str, ...], says: str
) -> None:
    case = without_route(tmp_path)
    asked = typed if typed[0] == "--at" else ("--at", NOW, *typed)
    ran = safeconduct("plan", str(case), *asked)
    assert (ran.code, ran.out) == (2, "")
    assert says in " ".join(ran.err.split())


def test_a_route_that_is_not_shown_is_not_adopted(tmp_path: Path) -> None:
    ran = safeconduct("plan", "--register", str(tmp_path / "none.db"), "--adopt", "R1")
    assert ran.code == 2 and "none.db" in ran.err
