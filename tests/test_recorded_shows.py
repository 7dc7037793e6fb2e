"""Shows that look up what is recorded, and shows that run side by side."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.show import a3
from tests.show.__main__ import main
from tests.show.commands import CampaignBroken, surroundings
from tests.show.jobs import Ending, side_by_side
from tests.show.junit import Case, Tally
from tests.show.outcome import carry_out
from tests.show.planting import planted
from tests.show.recorded import recorded_name
from tests.show.registry import Entry
from tests.show.run import Run, Shown
from tests.show.suites import run_tests

SUITE = """
import pytest

@pytest.mark.parametrize("what", ["a::b.py", "two words"])
def test_one(what):
    assert what

class TestMore:
    def test_two(self):
        pass
"""
ONE = ("tests.small.test_small::test_one[a::b.py]", "tests.small.test_small::test_one[two words]")
TWO = "tests.small.test_small.TestMore::test_two"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository of one file of tests, an hour old."""
    root = tmp_path / "repository"
    file = root / "tests" / "small" / "test_small.py"
    file.parent.mkdir(parents=True)
    file.write_text(SUITE)
    _age(file, 3600)
    return root


def _age(path: Path, by_s: float) -> None:
    """The file has been changed so much earlier than it was."""
    moment = path.stat().st_mtime - by_s
    os.utime(path, (moment, moment))


def record(root: Path, *names: str, failed: str = "", lasted_s: float = 60) -> Path:
    """The folder with a record of these tests, that has just been written."""
    folder = root / "build" / "ci"
    folder.mkdir(parents=True, exist_ok=True)
    cases = []
    for name in names:
        module, _, test = name.partition("::")
        inner = "<failure message='wrong'/>" if name == failed else ""
        cases.append(f'<testcase classname="{module}" name="{test}">{inner}</testcase>')
    suite = f'<testsuites><testsuite time="{lasted_s}">{"".join(cases)}</testsuite></testsuites>'
    (folder / "tests.xml").write_text(suite)
    return folder


def run_of(root: Path, recorded: Path | None = None) -> Run:
    return Run("Z1", 1, 5, root, root, lambda text: None, recorded)


def looked_up(root: Path, folder: Path) -> Tally:
    return run_tests(run_of(root, folder), "tests/small")


def test_tests_that_are_recorded_are_looked_up_and_no_others_with_them(tree: Path) -> None:
    run = run_of(tree, record(tree, *ONE, TWO, "tests.other::test_three"))
    tally = run_tests(run, "tests/small")
    assert sorted(case.name for case in tally.cases) == sorted((*ONE, TWO))
    assert tally.clean
    assert run.asides == ["as `make test` recorded them"]


def test_a_test_that_failed_in_the_record_fails_the_show(tree: Path) -> None:
    tally = looked_up(tree, record(tree, *ONE, TWO, failed=TWO))
    assert tally.counts == {"passed": 2, "failed": 1, "skipped": 0}


def test_a_test_that_is_not_in_the_record_is_no_answer(tree: Path) -> None:
    with pytest.raises(CampaignBroken, match=r"1 of 3 tests are not in .*TestMore::test_two"):
        looked_up(tree, record(tree, *ONE))


def test_a_record_that_is_older_than_a_source_is_no_answer(tree: Path) -> None:
    folder = record(tree, *ONE, TWO, lasted_s=60)
    # Changed half a minute ago: the run that ended now had begun a minute ago.
    _age(tree / "tests" / "small" / "test_small.py", -3570)
    with pytest.raises(CampaignBroken, match=r"older than tests/small/test_small\.py: run every"):
        looked_up(tree, folder)


def test_a_record_that_is_not_there_is_no_answer(tree: Path) -> None:
    with pytest.raises(CampaignBroken, match=r"tests\*\.xml is not there: run all tests with"):
        looked_up(tree, tree)


def test_tests_may_be_recorded_by_several_runs(tree: Path) -> None:
    folder = record(tree, ONE[0])
    (folder / "tests.xml").rename(folder / "tests-docs.xml")
    assert looked_up(tree, record(tree, *ONE[1:], TWO)).counts["passed"] == 3


def test_tests_that_cannot_be_listed_are_no_answer(tree: Path) -> None:
    folder = record(tree, *ONE, TWO)
    with pytest.raises(CampaignBroken, match=r"could not list tests/none \(4\)"):
        run_tests(run_of(tree, folder), "tests/none")


def test_a_test_has_the_name_that_pytest_writes_into_its_record() -> None:
    node = "tests/small/test_small.py::TestMore::test_two[x/y.py::z]"
    assert recorded_name(node) == f"{TWO}[x/y.py::z]"


def defects(root: Path, *, tried: list[str], escaped: list[str]) -> Path:
    folder = record(root)
    told = {"tried": tried, "escaped": escaped, "seconds": 1}
    (folder / "defects.json").write_text(json.dumps(told))
    return folder


def test_recorded_defects_are_counted_among_those_that_are_asked_for(tree: Path) -> None:
    folder = defects(tree, tried=["a", "b", "c"], escaped=["b", "c"])
    run = run_of(tree, folder)
    assert planted(run, ["a", "b"]) == {"defects": 2, "caught": 1, "escaped": ["b"]}
    assert run.asides == ["as the campaign recorded them"]


def test_a_defect_that_was_not_tried_is_no_answer(tree: Path) -> None:
    folder = defects(tree, tried=["a"], escaped=[])
    with pytest.raises(CampaignBroken, match=r"1 defects are not in .*defects\.json, such as b"):
        planted(run_of(tree, folder), ["a", "b"])


def test_defects_without_a_record_of_them_are_no_answer(tree: Path) -> None:
    with pytest.raises(CampaignBroken, match=r"run `python -m tests\.defects\.campaign --record"):
        planted(run_of(tree, record(tree)), ["a"])


def test_laws_that_were_asked_for_another_number_of_examples_are_no_answer(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case("laws::one", "passed", "", (("law", "4"), ("asked", "")))
    monkeypatch.setattr(a3, "run_tests", lambda *a, **k: Tally((case,)))
    with pytest.raises(CampaignBroken, match=r"its own number of examples, not for 5: set SAFE"):
        a3.show(run_of(tree))


def test_what_was_looked_up_is_told_in_the_closing_line_and_kept(tmp_path: Path) -> None:
    def show(run: Run) -> Shown:
        assert run.recorded == tmp_path
        run.asides.append("as recorded")
        return Shown(True, "5 checks")

    entry = Entry("Z1", "a show of this test", show, count=5, timed=False, soak=False)
    carry_out(entry, root=tmp_path, say=lambda line: None, recorded=tmp_path)
    kept = json.loads((tmp_path / "build" / "show" / "Z1.json").read_text())
    assert kept["summary"] == "Z1 pass: 5 checks, as recorded, seed 1, 0 s"
    assert kept["asides"] == ["as recorded"]


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_shows_side_by_side_are_told_whole_and_in_their_order(tmp_path: Path) -> None:
    # The first ends only when the second has: one after the other they would wait for ever.
    waiting = (
        "import pathlib, time\n"
        "print('A1: first', flush=True)\n"
        "while not pathlib.Path('done').exists(): time.sleep(0.01)\n"
        "print('A1 pass: first')"
    )
    ready = "print('A2: second'); open('done', 'w'); print('A2 fail: second'); raise SystemExit(1)"
    said: list[str] = []
    commands = {"A1": python(waiting), "A2": python(ready)}
    endings = list(side_by_side(commands, root=tmp_path, jobs=2, say=said.append))
    assert said == ["A1: first", "A1 pass: first", "A2: second", "A2 fail: second"]
    assert endings == [Ending("A1 pass: first", True), Ending("A2 fail: second", False)]


@pytest.mark.parametrize(
    ("code", "ended"),
    [("print('A1 pass: it')\nraise SystemExit(3)", 3), ("print('A1: title')", 0), ("", 0)],
)
def test_a_show_whose_process_ends_without_its_line_has_failed(
    tmp_path: Path, code: str, ended: int
) -> None:
    said: list[str] = []
    commands = {"A1": python(code)}
    (ending,) = side_by_side(commands, root=tmp_path, jobs=2, say=said.append)
    line = f"A1 fail: its process ended with {ended}, not in a show's line"
    assert ending == Ending(line, False)
    assert said[-1] == line


def test_shows_that_measure_time_are_not_run_side_by_side(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--issue", "BC", "--jobs", "2"]) == 2
    assert "B5, C3 measure time, which shows beside them would spoil" in capsys.readouterr().err


def test_an_unknown_issue_among_others_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--issue", "AQ"]) == 2
    assert "no show is of issue Q" in capsys.readouterr().err


def test_shows_of_several_issues_are_handed_on_with_all_that_was_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked: dict[str, list[str]] = {}

    def pretended(commands: dict[str, list[str]], **more: object) -> list[Ending]:
        asked.update(commands)
        return [Ending(f"{id} pass: it", True) for id in commands]

    monkeypatch.setattr("tests.show.__main__.side_by_side", pretended)
    options = ["--untimed", "--part", "10", "--jobs", "2", "--recorded", str(tmp_path)]
    assert main(["--issue", "AB", *options]) == 0
    # A1, A6 and B5 measure time. The laws are tried with a tenth of 2000 examples.
    assert list(asked) == ["A2", "A3", "A4", "A5", "A7", "B1", "B2", "B3", "B4", "B6"]
    more = ["--seed", "1", "--count", "200", "--recorded", str(tmp_path)]
    assert asked["A3"] == [sys.executable, "-m", "tests.show", "A3", *more]
    assert "--count" not in asked["A2"]
    assert capsys.readouterr().out.startswith("\nAll together:\n  A2 pass: it\n")


def test_a_started_program_is_no_part_of_the_run_that_started_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    monkeypatch.setenv("PYTEST_ADDOPTS", "-n 2")
    assert not {"PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS"} & set(surroundings())
