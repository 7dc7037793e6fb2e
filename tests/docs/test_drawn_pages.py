"""The pages drawn from the program can fail: a table that lacks a line is refused, and so on."""

from __future__ import annotations

import doctest
import re
import runpy
from pathlib import Path
from types import ModuleType

import pytest

from safeconduct.adapters.files.casefile import read_case
from safeconduct.adapters.files.casefolder import bundled_cases
from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.app.opening import open_case
from safeconduct.clearance import Status
from safeconduct.vocabulary import Assumption
from tests.docs import walkthrough
from tests.docs.walkthrough import ROOT

REFERENCE = ROOT / "docs" / "reference"

# Loading the script puts `docs` on the path, so that its modules can be asked here too.
PICTURES = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PICTURES"]

from drawn import assurance, codes, markdown, picture  # noqa: E402  # the path first


def read(page: str) -> str:
    return (REFERENCE / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("module", [markdown, walkthrough], ids=lambda module: module.__name__)
def test_the_examples_in_a_module_run(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)


# -- codes


def test_every_code_of_a_finding_that_the_cases_lead_to_has_a_line() -> None:
    page = read("codes.md")
    lines = set(re.findall(r"^\| `([A-Z-]+)` \|", page, re.MULTILINE))
    met = {code for code in _codes_of_all_moments() if code}
    assert len(met) > 10
    assert met <= lines


def _codes_of_all_moments() -> set[str]:
    found: set[str] = set()
    for folder in bundled_cases():
        opened = open_case(str(folder))
        assert opened.case is not None
        for moment in opened.case.expected:
            known = moment.at if moment.known_at is None else moment.known_at
            judgement = opened.judge(moment.at, known).judge(moment.movement)
            found |= {f.code for f in judgement.findings if f.status is not Status.NOT_APPLICABLE}
            found |= set(judgement.codes)
    return found


def test_every_rule_named_beside_a_code_is_in_the_policy() -> None:
    known = {rule.id for rule in core_policy().rules} | {"any", "own"}
    named = {rule for rules, _ in codes.FINDINGS.values() for rule in rules.split()}
    assert named <= known


def test_a_code_without_a_line_is_refused() -> None:
    with pytest.raises(ValueError, match="no line for NEW-CODE, and lines too many for nothing"):
        markdown.complete({"OLD": ""}, {"OLD", "NEW-CODE"}, "codes")


def test_a_line_without_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match="no line for nothing, and lines too many for GONE"):
        markdown.complete({"OLD": "", "GONE": ""}, {"OLD"}, "codes")


# -- cases


def test_every_assumption_of_every_case_is_listed_with_its_reason() -> None:
    page = read("cases.md")
    assumed = [
        one.value
        for folder in bundled_cases()
        for one in read_case(folder).records
        if isinstance(one.value, Assumption)
    ]
    assert len(assumed) >= 10
    for one in assumed:
        assert f"| `{one.id}` | {one.rule} |" in page
        assert " ".join(one.why.split()).replace("|", "\\|") in page


# -- assurance


def test_a_law_is_found_where_a_test_states_it(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_a.py").write_text(
        "import pytest\n\n@pytest.mark.law(4, 5)\ndef test_one(): ...\n\ndef test_two(): ...\n"
    )
    (folder / "test_b.py").write_text(
        "import pytest\n\npytestmark = pytest.mark.law(4)\n\ndef test_three(): ...\n"
    )
    assert assurance.stated_laws(folder) == {
        4: ["tests/test_a.py: test_one", "tests/test_b.py: test_three"],
        5: ["tests/test_a.py: test_one"],
    }


def test_every_law_that_a_test_states_is_in_the_table() -> None:
    assert set(assurance.stated_laws(ROOT / "tests")) <= set(assurance.LAWS)


def test_the_laws_are_numbered_without_gaps() -> None:
    assert list(assurance.LAWS) == list(range(1, 21))


# -- the picture


def test_the_picture_shows_what_the_demo_prints() -> None:
    path, _ = PICTURES["picture"]
    drawn = path.read_text(encoding="utf-8")
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    shown = re.sub(r"\s+", "", "".join(words).replace("&#160;", " ").replace("&quot;", '"'))
    assert shown == re.sub(r"\s+", "", "".join(picture.shown_text())), "Run `make docs`."


def test_the_picture_needs_nothing_from_the_net() -> None:
    path, _ = PICTURES["picture"]
    drawn = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in drawn
