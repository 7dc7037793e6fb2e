"""`assess --svg`, `plan --svg`: written whole, over nothing but an older picture, or not at all."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.unit.app.folders import TWO_TOWNS
from tests.unit.app.office import NOW
from tests.unit.app.test_plan import WORDS_END, without_route
from tests.unit.cli.running import safeconduct
from tests.unit.cli.test_bad_input import refused

SVG = "{http://www.w3.org/2000/svg}"
ASSESS = ("assess", TWO_TOWNS, "--at", "2030-05-06T07:30:00Z")


def test_the_answer_is_drawn_beside_being_told(tmp_path: Path) -> None:
    target = tmp_path / "sheet.svg"
    plain, ran = safeconduct(*ASSESS), safeconduct(*ASSESS, "--svg", target)
    assert (ran.code, ran.out) == (plain.code, plain.out)
    told = {one.text for one in ET.parse(target).iter("{http://www.w3.org/2000/svg}text")}
    assert {"Food and medicine for Birch", "Alder", "Birch", "The North", "The South"} <= told
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.svg"]


def test_an_older_picture_makes_way(tmp_path: Path) -> None:
    target = tmp_path / "sheet.svg"
    target.write_text("old")
    safeconduct(*ASSESS, "--svg", target)
    assert target.read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("office.db", "wrong-field", "does not end in .svg"),
        ("nowhere/sheet.svg", "missing-file", "There is no folder"),
        ("folder.svg", "unreadable-file", "cannot be written"),
    ],
)
def test_where_no_picture_can_go_nothing_is_written(
    name: str, code: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.svg").mkdir()
    (tmp_path / "office.db").write_text("a register")
    complaint = refused(*ASSESS, "--svg", tmp_path / name)
    assert complaint["code"] == code and says in str(complaint["message"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.svg", "office.db"]
    assert (tmp_path / "office.db").read_text() == "a register"


# -- a plan


def test_a_plan_shows_when_the_column_could_leave_by_each_route(tmp_path: Path) -> None:
    case, target = without_route(tmp_path), tmp_path / "plan.svg"
    plan = ("plan", case, "--at", NOW)
    plain, ran = safeconduct(*plan), safeconduct(*plan, "--svg", target)
    assert (ran.code, ran.out, ran.err) == (plain.code, plain.out, "")
    told = texts(target)
    assert {"could leave by R1, drawn thick", "could leave by R2", "The North"} <= told
    assert any(line.startswith("2 windows; as it is planned CONDITIONAL") for line in told)
    river, bridge = bars(target, "window")
    # From 07:30 to 10:38 and to 09:58, on an axis from 06:30 to 16:00 that is 760 pixels long.
    hour = 760 / 9.5
    assert river == pytest.approx((330 + hour, (3 + 8 / 60) * hour), abs=0.2)
    assert bridge == pytest.approx((330 + hour, (2 + 28 / 60) * hour), abs=0.2)


def test_a_window_far_after_the_planned_hours_is_on_the_sheet(tmp_path: Path) -> None:
    # Assessed, the axis would end an hour after the trip of that morning.
    later = {WORDS_END: "until: 2030-05-09 18:00"}
    case, target = without_route(tmp_path, **later), tmp_path / "plan.svg"
    hours = ("--from", "2030-05-08 07:30", "--until", "2030-05-08 15:00")
    safeconduct("plan", case, "--at", NOW, *hours, "--svg", target)
    assert "8 May 2030" in texts(target)
    assert len(bars(target, "window")) == 2


def test_without_a_window_the_sheet_says_what_is_missing_and_where(tmp_path: Path) -> None:
    case = without_route(tmp_path, **{WORDS_END: "until: 2030-05-06 08:00"})
    target = tmp_path / "plan.svg"
    safeconduct("plan", case, "--at", NOW, "--svg", target)
    told = texts(target)
    assert {"could leave", "at no time"} <= told and not bars(target, "window")
    assert any("No window; as it is planned NO-GO" in line for line in told)
    assert any(line.startswith("Missing: passage of The North") for line in told)


def texts(target: Path) -> set[str]:
    """Every text of a picture."""
    return {one.text or "" for one in ET.parse(target).iter(f"{SVG}text")}


def bars(target: Path, class_: str) -> list[tuple[float, float]]:
    """The left edge and the length of every bar of a kind, from the top."""
    found = [one for one in ET.parse(target).iter(f"{SVG}rect") if one.get("class") == class_]
    return [(float(one.get("x", "")), float(one.get("width", ""))) for one in found]
