"""Every planted defect fits the source of today, and every test named for it is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.defects.campaign import ROOT
from tests.defects.catalogue import CatalogueBroken, Defect, catalogue

DEFECTS = catalogue()
every_defect = pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)


@cache
def functions(path: Path) -> frozenset[str]:
    """The names of the test functions of a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@every_defect
def test_a_defect_fits_its_file_exactly_once_and_leaves_readable_code(defect: Defect) -> None:
    source = (ROOT / defect.file).read_text("utf-8")
    spoilt = defect.spoilt(source)
    assert ast.dump(ast.parse(spoilt)) != ast.dump(ast.parse(source)), "only the look has changed"


@every_defect
def test_the_tests_named_for_a_defect_are_there(defect: Defect) -> None:
    for test in defect.tests:
        path, _, function = test.partition("::")
        assert function in functions(ROOT / path), f"{path} has no function {function}"


@every_defect
def test_a_defect_is_told_in_one_sentence_about_the_package(defect: Defect) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", defect.id)
    assert re.fullmatch(r"[A-Z].*\.", defect.says)
    assert defect.file.startswith("safeconduct/")


def test_no_two_defects_share_a_name_or_a_change() -> None:
    assert len({defect.id for defect in DEFECTS}) == len(DEFECTS)
    assert len({(d.file, d.found, d.planted) for d in DEFECTS}) == len(DEFECTS)


def test_the_rooms_that_open_a_road_each_have_some() -> None:
    rooms = {defect.file.split("/")[1] for defect in DEFECTS}
    assert rooms >= {"spacetime", "register", "roads", "situation", "cover", "clearance"}
    assert len(DEFECTS) >= 16


ENTRY = Defect("an-id", "A sentence.", "safeconduct/x.py", "a < b", "a <= b", ("tests/t.py::t",))


@pytest.mark.parametrize(("source", "times"), [("a > b", 0), ("a < b or a < b", 2)])
def test_a_text_that_does_not_stand_there_once_is_refused(source: str, times: int) -> None:
    complaint = f"an-id: the text to replace stands {times} times in safeconduct/x.py, not once"
    with pytest.raises(CatalogueBroken, match=complaint):
        ENTRY.spoilt(source)


def test_an_entry_that_lacks_something_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text('[[defect]]\nid = "an-id"\nsays = "A sentence."\n')
    with pytest.raises(CatalogueBroken, match=r"Entry 1 needs exactly \['file', 'found', 'id'"):
        catalogue(path)
