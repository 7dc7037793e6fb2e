"""The runner of shows, and that every id which must be shown has a module."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.defects.catalogue import catalogue
from tests.show import a1, a3, a4, a5, a6, a7, b3, planting
from tests.show.__main__ import main
from tests.show.commands import CampaignBroken, Finished, cold_median_s, stream
from tests.show.junit import Case, Tally, read
from tests.show.junit import main as junit_main
from tests.show.outcome import carry_out
from tests.show.registry import Entry, NoSuchShow, Title, expected, find, load
from tests.show.run import Run, Shown
from tests.show.suites import run_tests


@pytest.mark.parametrize("title", expected(), ids=lambda title: title.id)
def test_every_expected_show_has_a_module(title: Title) -> None:
    entry = load(title)
    assert entry.id == title.id
    assert entry.count >= 1


def test_the_list_of_issue_a_is_whole() -> None:
    ids = [title.id for title in expected() if title.issue == "A"]
    assert ids == ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]


def test_the_shows_that_measure_time_say_so() -> None:
    timed = {title.id for title in expected() if load(title).timed}
    assert timed == {"A1", "A6", "B5", "C3", "D5", "E3"}


def test_an_id_without_a_module_is_told_with_the_file_to_write() -> None:
    with pytest.raises(NoSuchShow, match=r"Z9 \(the end\) has no module tests\.show\.z9"):
        load(Title("Z9", "the end"))


def test_a_module_without_a_show_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty_shows").mkdir()
    (tmp_path / "empty_shows" / "z1.py").write_text("COUNT = 3\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(NoSuchShow, match=r"empty_shows\.z1 has no function `show\(run\)`"):
        load(Title("Z1", "nothing"), package="empty_shows")


def test_an_unknown_id_is_told_with_those_there_are() -> None:
    with pytest.raises(NoSuchShow, match=r"no show 'A99'\. There are: A1, A2"):
        find("A99")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("A1 one\nA1 two\n", "list.txt:2: A1 stands twice"), ("A1\n", "list.txt:1: not `ID title`")],
)
def test_a_list_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(text)
    with pytest.raises(ValueError, match=complaint):
        expected(path)


def entry(show: Callable[[Run], Shown], count: int = 5) -> Entry:
    return Entry("Z1", "a show of this test", show, count=count, timed=False, soak=False)


def carried_out(
    tmp_path: Path, show: Callable[[Run], Shown]
) -> tuple[list[str], dict[str, object]]:
    """The lines that a show printed, and the record that was kept of it."""
    lines: list[str] = []
    carry_out(entry(show), seed=7, root=tmp_path, say=lines.append)
    kept = json.loads((tmp_path / "build" / "show" / "Z1.json").read_text())
    return lines, kept


def test_a_show_says_seed_and_count_first_and_ends_in_one_line(tmp_path: Path) -> None:
    def show(run: Run) -> Shown:
        run.say("half way")
        return Shown(True, f"{run.count} worlds, 0 disagreements", {"worlds": run.count})

    lines, kept = carried_out(tmp_path, show)
    assert lines == [
        "Z1: a show of this test; seed 7, count 5",
        "  half way",
        "Z1 pass: 5 worlds, 0 disagreements, seed 7, 0 s",
    ]
    assert kept["status"] == "pass"
    assert kept["summary"] == lines[-1]
    assert kept["figures"] == {"worlds": 5}
    assert kept["command"] == "make show ID=Z1 SEED=7 COUNT=5"


def test_a_failed_show_says_fail(tmp_path: Path) -> None:
    lines, kept = carried_out(tmp_path, lambda run: Shown(False, "5 worlds, 1 disagreement"))
    assert lines[-1] == "Z1 fail: 5 worlds, 1 disagreement, seed 7, 0 s"
    assert kept["status"] == "fail"


def test_a_right_answer_that_is_too_slow_is_missed_not_passed(tmp_path: Path) -> None:
    lines, kept = carried_out(tmp_path, lambda run: Shown(True, "3 starts", {}, ("0.4 s of 0.3",)))
    assert lines[-1] == "Z1 missed: 3 starts; missed: 0.4 s of 0.3, seed 7, 0 s"
    assert kept["missed"] == ["0.4 s of 0.3"]


def test_a_wrong_answer_that_is_too_slow_is_a_fail() -> None:
    assert Shown(False, "", {}, ("too slow",)).status == "fail"


def test_a_show_that_breaks_has_failed_and_is_still_recorded(tmp_path: Path) -> None:
    def show(run: Run) -> Shown:
        raise CampaignBroken("the verifier exited 1")

    lines, kept = carried_out(tmp_path, show)
    assert lines[-1] == "Z1 fail: CampaignBroken: the verifier exited 1, seed 7, 0 s"
    assert any("Traceback" in line for line in lines)
    assert kept["status"] == "fail"


def test_the_scratch_folder_is_gone_afterwards(tmp_path: Path) -> None:
    seen: list[Path] = []

    def show(run: Run) -> Shown:
        (run.scratch / "note").write_text("x")
        seen.append(run.scratch)
        return Shown(True, "1 note")

    carried_out(tmp_path, show)
    assert not seen[0].exists()


def test_the_command_lists_the_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert capsys.readouterr().out.startswith("A1  ")


def test_the_command_refuses_an_unknown_id_with_code_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["Q1"]) == 2
    assert "There is no show 'Q1'" in capsys.readouterr().err


def test_the_command_refuses_an_issue_without_shows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--issue", "Q"]) == 2
    assert "Nothing was chosen" in capsys.readouterr().err


def test_the_command_exits_1_unless_all_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    endings = iter([Shown(True, "fine"), Shown(True, "slow", {}, ("late",)), Shown(False, "wrong")])
    module = "tests.show.__main__"
    monkeypatch.setattr(f"{module}.find", lambda id: entry(lambda run: next(endings)))
    monkeypatch.setattr("tests.show.outcome._keep", lambda outcome, folder: None)
    assert [main(["Z1"]), main(["Z1"]), main(["Z1"])] == [0, 1, 1]


def test_where_misses_are_told_only_what_fails_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    endings = iter([Shown(True, "slow", {}, ("late",)), Shown(False, "wrong", {}, ("late",))])
    module = "tests.show.__main__"
    monkeypatch.setattr(f"{module}.find", lambda id: entry(lambda run: next(endings)))
    monkeypatch.setattr("tests.show.outcome._keep", lambda outcome, folder: None)
    assert [main(["Z1", "--misses-told"]), main(["Z1", "--misses-told"])] == [0, 1]


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_programs_lines_are_said_as_they_come(tmp_path: Path) -> None:
    said: list[str] = []
    done = stream(python("print('one'); print('{\"worlds\": 2}')"), root=tmp_path, say=said.append)
    assert said == ["one", '{"worlds": 2}']
    assert done.closing_json() == {"worlds": 2}


@pytest.mark.parametrize(
    ("code", "lines", "complaint"),
    [
        (1, ("{}",), "campaign exited 1"),
        (0, ("all well",), "did not end in a line of JSON but in: 'all well'"),
        (0, ("[1]",), "did not end in a line of JSON"),
        (0, (), "did not end in a line of JSON but in: ''"),
    ],
)
def test_a_campaign_that_ends_otherwise_than_agreed_is_no_answer(
    code: int, lines: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(CampaignBroken, match=complaint):
        Finished(("campaign",), code, lines, 0.0).closing_json()


def test_a_cold_start_that_exits_otherwise_is_not_a_time(tmp_path: Path) -> None:
    broken = python("import sys; sys.exit('no such case')")
    with pytest.raises(CampaignBroken, match="exited 1, not 0: no such case"):
        cold_median_s(broken, root=tmp_path, times=1, expected_code=0)


def test_cold_starts_leave_the_warm_up_out(tmp_path: Path) -> None:
    median, each = cold_median_s(python(""), root=tmp_path, times=3, expected_code=0)
    assert len(each) == 3
    assert median == sorted(each)[1]


SUITE = """
import os
import pytest
from hypothesis import given, settings, strategies as st

@pytest.mark.law(4, 5)
@settings(max_examples=int(os.environ["SAFECONDUCT_EXAMPLES"]), database=None)
@given(st.integers())
def test_adding_nothing_changes_nothing(number):
    assert number + 0 == number

def test_the_seed_is_handed_on():
    assert os.environ["SAFECONDUCT_SEED"] == "7"
"""


def suite_run(tmp_path: Path, source: str) -> Tally:
    (tmp_path / "test_small.py").write_text(source)
    root = Path(__file__).parents[1]
    run = Run("Z1", 7, 30, root, tmp_path, lambda text: None)
    return run_tests(run, str(tmp_path / "test_small.py"), options=["-c", "pyproject.toml"])


def test_a_suite_is_counted_with_its_laws_and_examples(tmp_path: Path) -> None:
    tally = suite_run(tmp_path, SUITE)
    assert tally.counts == {"passed": 2, "failed": 0, "skipped": 0}
    law = tally.cases[0]
    assert law.properties == (("law", "4"), ("law", "5"), ("asked", "30"), ("examples", "30"))
    assert tally.clean


def test_a_suite_with_a_skipped_test_is_not_clean(tmp_path: Path) -> None:
    tally = suite_run(tmp_path, SUITE + "\ndef test_later():\n    pytest.skip('no network')\n")
    assert tally.counts == {"passed": 2, "failed": 0, "skipped": 1}
    assert not tally.clean


def test_a_suite_that_cannot_be_read_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(CampaignBroken, match=r"pytest could not run .*test_small\.py \(exit 2\)"):
        suite_run(tmp_path, "import nowhere_to_be_found\n")


def test_a_suite_of_nothing_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(CampaignBroken, match=r"\(exit 5\)"):
        suite_run(tmp_path, "")


JUNIT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_one"/>
{more}
</testsuite></testsuites>"""
SKIPPED = '<testcase classname="tests.a" name="test_two"><skipped message="no base"/></testcase>'


def test_continuous_integration_passes_when_nothing_was_skipped(tmp_path: Path) -> None:
    path = tmp_path / "tests.xml"
    path.write_text(JUNIT.format(more=""))
    assert junit_main(str(path)) == 0


def test_continuous_integration_fails_on_a_skipped_test(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tests.xml"
    path.write_text(JUNIT.format(more=SKIPPED))
    assert junit_main(str(path)) == 1
    assert "skipped: tests.a::test_two: no base" in capsys.readouterr().out
    assert read(path).counts == {"passed": 1, "failed": 0, "skipped": 1}


def case(name: str, ended: str = "passed", **properties: str) -> Case:
    return Case(name, ended, "", tuple(properties.items()))


def test_a_law_counts_as_stated_only_by_a_property_that_passed() -> None:
    tally = Tally((case("one", law="4"), case("two", "failed", law="5")))
    assert a3.stating(tally) == {4: ["one"]}


def test_bad_input_is_complete_only_when_every_kind_has_a_passed_case() -> None:
    words = [names[0] for names in a7.KINDS.values()]
    whole = Tally(tuple(case(f"tests.cli::test_refused[{word}]") for word in words))
    assert a7.absent_kinds(whole) == []
    assert a7.absent_kinds(Tally(whole.cases[1:])) == ["an unknown party"]


def finding(rule: str, party: str = "", code: str = "", *cited: str, says: str = "") -> a1.Finding:
    return {
        **{"rule": rule, "status": "unmet", "party": party, "code": code},
        **{"statements": list(cited), "says": says},
    }


def answer(*findings: a1.Finding, hash: str = "then", verdict: str = "no-go") -> a1.Finding:
    return {"verdict": verdict, "hash": hash, "findings": list(findings)}


MISSING = (
    finding("A1", "russia", "MISSING"),
    finding("A1", "syria-government", "MISSING"),
    finding("A1", "armed-opposition", "MISSING"),
)
OF_THE_FOURTH = answer(
    *MISSING[:2],
    finding("A1", "armed-opposition", "REJECTED", "s5"),
    finding("A6", "russia", "TIED", "s1"),
    finding("T1", says="10 h is less than the 48 h asked for (our reading)"),
)
OF_THE_FIRST = answer(*MISSING, hash="before")


def test_the_answer_of_the_record_raises_no_doubt() -> None:
    assert a1.wrong(OF_THE_FOURTH) == []
    assert a1.wrong_before(OF_THE_FIRST, OF_THE_FOURTH) == []


def test_an_answer_that_misses_a_party_is_told() -> None:
    without_russia = answer(*OF_THE_FOURTH["findings"][1:])
    assert a1.wrong(without_russia) == [
        "no finding that Russia is bound to nothing for aid entering"
    ]


def test_a_go_is_told() -> None:
    assert a1.wrong({**OF_THE_FOURTH, "verdict": "go"}) == ["the verdict is go, not no-go"]


@pytest.mark.parametrize(
    ("before", "doubt"),
    [
        (answer(*MISSING), "the answer is the same"),
        (
            answer(*MISSING, finding("A6", "russia"), hash="b"),
            "it already says that the offer is tied to a military demand",
        ),
        (answer(*MISSING, finding("A2", "russia", "", "s1"), hash="b"), "it cites s1"),
        (answer(*MISSING[:2], hash="b"), "nothing is missing from armed-opposition"),
    ],
)
def test_an_earlier_answer_that_knows_too_much_or_too_little_is_told(
    before: a1.Finding, doubt: str
) -> None:
    assert a1.wrong_before(before, OF_THE_FOURTH) == [f"known at {a1.EARLIER}, {doubt}"]


def a_run(tmp_path: Path) -> Run:
    """A run of 5,000 with nobody listening."""
    return Run("Z1", 1, 5000, tmp_path, tmp_path, lambda text: None)


@pytest.mark.parametrize(
    ("worlds", "disagreements", "go", "status", "words"),
    [
        (5000, 0, 40, "pass", "5000 worlds, 0 disagreements, 40 GO"),
        (5000, 1, 40, "fail", "5000 worlds, 1 disagreements, 40 GO"),
        (4999, 0, 40, "fail", "4999 of 5000 worlds, 0 disagreements, 40 GO"),
        # An engine that never says GO agrees with everybody.
        (5000, 0, 0, "fail", "5000 worlds, 0 disagreements, 0 GO"),
    ],
)
def test_the_verifiers_campaign_passes_only_whole_agreeing_and_with_some_go(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    worlds: int,
    disagreements: int,
    go: int,
    status: str,
    words: str,
) -> None:
    told = {"worlds": worlds, "disagreements": disagreements, "go": go}
    monkeypatch.setattr(a4, "campaign", lambda *options, root, say: told)
    shown = a4.show(a_run(tmp_path))
    assert (shown.status, shown.words) == (status, words)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"defects": 12, "caught": 12, "escaped": []}, "pass"),
        ({"defects": 11, "caught": 11, "escaped": []}, "fail"),
        ({"defects": 12, "caught": 11, "escaped": ["zone dropped"]}, "fail"),
    ],
)
def test_the_defects_pass_only_when_there_are_twelve_and_all_are_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, object], status: str
) -> None:
    monkeypatch.setattr(planting, "campaign", lambda module, *ids, root, say: told)
    shown = a5.show(a_run(tmp_path))
    assert shown.status == status
    assert ("escaped: zone dropped" in shown.words) == bool(told["escaped"])


AGREED = {"worlds": 5000, "disagreements": 0, "go": 40, "unasked": []}
CAUGHT = {"defects": 20, "caught": 20, "escaped": []}


@pytest.mark.parametrize(
    ("agreed", "caught", "status", "words"),
    [
        ({}, {}, "pass", "5000 worlds, 0 disagreements, 40 GO; 20 more planted defects, 20 caught"),
        ({"disagreements": 1}, {}, "fail", "1 disagreements"),
        ({"worlds": 4999}, {}, "fail", "4999 worlds"),
        ({"go": 0}, {}, "fail", "0 GO"),
        ({"unasked": ["V1"]}, {}, "fail", "unasked: V1"),
        ({}, {"defects": 19, "caught": 19}, "fail", "19 more planted defects, 19 caught"),
        ({}, {"defects": 21, "escaped": ["zone dropped"]}, "fail", "escaped: zone dropped"),
    ],
)
def test_the_further_rules_pass_only_agreed_on_asked_about_and_with_every_defect_caught(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    agreed: dict[str, object],
    caught: dict[str, object],
    status: str,
    words: str,
) -> None:
    told = {
        "tests.verifier.campaign": {**AGREED, **agreed},
        "tests.defects.campaign": {**CAUGHT, **caught},
    }
    for module in (b3, planting):
        monkeypatch.setattr(module, "campaign", lambda name, *options, root, say: told[name])
    monkeypatch.setattr(b3, "new_defects", lambda: ["one"])
    shown = b3.show(a_run(tmp_path))
    assert shown.status == status
    assert words in shown.words


def test_a_catalogue_without_a_new_defect_has_none_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def campaign(module: str, *options: str, root: Path, say: object) -> dict[str, object]:
        asked.append(module)
        return dict(AGREED)

    monkeypatch.setattr(b3, "campaign", campaign)
    monkeypatch.setattr(planting, "campaign", campaign)
    monkeypatch.setattr(b3, "new_defects", list)
    assert "0 more planted defects, 0 caught" in b3.show(a_run(tmp_path)).words
    assert asked == ["tests.verifier.campaign"]


def test_every_defect_that_was_there_before_the_further_rules_is_still_there() -> None:
    ids = {defect.id for defect in catalogue()}
    assert {*b3.first_defects()} <= ids
    assert {*b3.new_defects()} == ids - {*b3.first_defects()}


def test_a_cold_start_at_its_limit_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    medians = iter([(0.3, [0.3]), (0.99, [0.99])])
    monkeypatch.setattr(a6, "cold_median_s", lambda *a, **k: next(medians))
    scale = Finished(("bench",), 0, ('{"scale": {"1": 0.1, "10": 1.1, "100": 9.9}}',), 1.0)
    monkeypatch.setattr(a6, "stream", lambda *a, **k: scale)
    shown = a6.show(a_run(tmp_path))
    assert shown.missed == ("help_s 0.3 is not under 0.3",)
    assert shown.figures["growth"] == "1x : 11.0x : 99.0x"  # 1.1 / 0.1 and 9.9 / 0.1
