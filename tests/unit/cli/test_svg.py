"""`assess --svg`: the picture is written whole, over nothing but an older one, or not at all."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.unit.app.folders import TWO_TOWNS
from tests.unit.cli.running import safeconduct
from tests.unit.cli.test_bad_input import refused

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
