"""The campaign tells what was caught from what escaped, and refuses what is no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.defects.campaign import main, run
from tests.defects.catalogue import CatalogueBroken, Defect
from tests.show.commands import CampaignBroken

GATE = "safeconduct/gate.py"
SOURCE = "def is_open(at, end):\n    return at < end\n"
TESTS = """
import pytest

from safeconduct.gate import is_open


def test_it_is_open_before_the_end():
    assert is_open(1, 2)


@pytest.mark.parametrize("at", [1, 2])
def test_it_is_shut_from_the_end_on(at):
    assert is_open(at, 2) is (at < 2)


def test_a_test_that_fails_anyhow():
    assert is_open(3, 2)
"""
BEFORE = "tests/test_gate.py::test_it_is_open_before_the_end"
FROM_THE_END = "tests/test_gate.py::test_it_is_shut_from_the_end_on"
ANYHOW = "tests/test_gate.py::test_a_test_that_fails_anyhow"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository of one module and its tests."""
    root = tmp_path / "repository"
    for folder in ("safeconduct", "tests"):
        (root / folder).mkdir(parents=True)
        (root / folder / "__init__.py").touch()
    (root / GATE).write_text(SOURCE)
    (root / "tests" / "test_gate.py").write_text(TESTS)
    (root / "pyproject.toml").touch()
    return root


def defect(*tests: str, planted: str = "at <= end", id: str = "end-counted") -> Defect:
    return Defect(id, "The end counts as before it.", GATE, "at < end", planted, tests)


def test_what_every_named_test_notices_is_caught_and_what_one_passes_over_has_escaped(
    tree: Path,
) -> None:
    said: list[str] = []
    half = defect(BEFORE, FROM_THE_END, id="half-noticed")
    told = run([defect(FROM_THE_END), half], said.append, root=tree)
    assert told == {"defects": 2, "caught": 1, "escaped": ["half-noticed"]}
    assert said[1].startswith("caught   end-counted")
    assert said[2] == f"ESCAPED  half-noticed: {BEFORE} passed all the same"


def test_the_tree_itself_is_left_as_it_was(tree: Path) -> None:
    before = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    run([defect(FROM_THE_END)], lambda line: None, root=tree)
    assert {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()} == before


def test_a_defect_is_taken_out_again_even_when_something_breaks(tree: Path) -> None:
    with pytest.raises(ZeroDivisionError), defect(FROM_THE_END).planted_in(tree):
        assert "at <= end" in (tree / GATE).read_text()
        raise ZeroDivisionError
    assert (tree / GATE).read_text() == SOURCE


@pytest.mark.parametrize(
    ("tests", "complaint"),
    [
        ((ANYHOW,), r"pytest ended with 1 for the sound tree"),
        (("tests/test_gate.py::test_nobody_wrote",), r"pytest ended with 4 for the sound tree"),
    ],
    ids=["fails on the sound tree", "is not there"],
)
def test_a_test_that_shows_nothing_is_no_answer(
    tree: Path, tests: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(CampaignBroken, match=complaint):
        run([defect(*tests)], lambda line: None, root=tree)


@pytest.mark.parametrize(
    ("planted", "complaint"),
    [
        ("at <= en", "end-counted: what is planted does not run: NameError"),
        ("at <=", r"(?s)pytest ended with 4 for end-counted.*SyntaxError: invalid syntax"),
    ],
    ids=["unknown name", "no code"],
)
def test_planted_code_that_does_not_run_is_no_answer(
    tree: Path, planted: str, complaint: str
) -> None:
    with pytest.raises(CampaignBroken, match=complaint):
        run([defect(FROM_THE_END, planted=planted)], lambda line: None, root=tree)


def test_a_defect_that_no_longer_fits_ends_the_campaign_before_anything_runs(tree: Path) -> None:
    (tree / GATE).write_text("def is_open(at, end):\n    return end > at\n")
    with pytest.raises(CatalogueBroken, match=r"stands 0 times in safeconduct/gate\.py, not once"):
        run([defect(FROM_THE_END)], lambda line: None, root=tree)


def test_an_unknown_defect_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["no-such-defect"])
    assert "no such defect: no-such-defect" in capsys.readouterr().err
