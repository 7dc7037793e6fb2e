"""The verbs around a verdict as people see them: what stands out, and how JSON says the same."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from safeconduct.cli import costing, moving
from tests.unit.app.folders import TWO_TOWNS, ground_and_records
from tests.unit.app.office import DEPARTED
from tests.unit.cli.running import Ran, safeconduct

NOW = ("--at", "2030-05-06T07:30:00Z")
LATE = ("--at", "2030-05-06T09:30:00Z")
GO = ("decide", *NOW, "--choice", "go", "--by", "N. Alder", "--role", "head", "--why", "In order.")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a live register with the ground and the records of the two towns."""
    folder = tmp_path_factory.mktemp("register")
    path = folder / "office.db"
    safeconduct("init", path)
    safeconduct("record", TWO_TOWNS, "-r", path)
    safeconduct("record", ground_and_records(folder), "-r", path)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, whole: bytes) -> Path:
    """A copy of that register."""
    path = tmp_path / "office.db"
    path.write_bytes(whole)
    return path


def done(*arguments: str | Path) -> Ran:
    ran = safeconduct(*arguments)
    assert (ran.code, ran.err) == (0, ""), ran.err
    return ran


def words(out: str) -> str:
    return " ".join(out.replace("│", " ").split())


@pytest.mark.parametrize("module", [costing, moving], ids=lambda module: module.__name__)
def test_the_examples_in_a_module_run(module) -> None:
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)


def test_a_decision_is_shown_with_the_verdict_it_rests_on(path):
    out = done(*GO, "-r", path).out
    hash = done("assess", "-r", path, *NOW, "--json").json["hash"]
    assert out.startswith("GO   conditions recorded as met\n")
    assert f"judgement {hash[:16]}" in out
    assert "decided: GO by head (N. Alder), 2030-05-06 07:30 UTC (07:30Z)" in out
    assert "not going: 1,200 people wait for it" in out


def test_a_decision_as_json_has_the_hash_and_the_names(path):
    body = done("decide", "--json", *GO[1:], "-r", path).json
    assert body["verdict"] == "go" and body["hash"] == body["decision"]["verdict"]
    assert (body["decision"]["by"], body["decision"]["person"]) == ("head", "N. Alder")
    assert [one["kind"] for one in body["recorded"]["recorded"]] == ["decision"]
    shown = done("decide", "show", "-r", path, *NOW, "--json").json["decisions"]
    assert [(one["choice"], one["found_again"]) for one in shown] == [("go", True)]


def test_going_against_the_advice_is_shown_everywhere_as_such(path):
    against = (*GO[:1], *LATE, *GO[3:], "--second", "B. Birch", "--against-advice")
    assert "GO AGAINST THE ADVICE by head (N. Alder)" in words(done(*against, "-r", path).out)
    for looking in (
        ("assess", "-r", path, *LATE),
        ("decide", "show", "-r", path, *LATE),
        ("movement", "list", "-r", path, *LATE),
    ):
        assert "GO AGAINST THE ADVICE" in words(safeconduct(*looking).out)
        body = safeconduct(*looking, "--json").out
        assert '"against_advice": true' in body


def test_decisions_are_shown_in_order_and_the_one_that_holds_is_marked(path):
    done(*GO, "-r", path)
    hold = ("decide", *NOW, "--choice", "hold", "--by", "N. Alder", "--why", "Smoke.")
    done(*hold, "--dissent", "The driver would go.", "-r", path)
    out = done("decide", "show", "-r", path, *NOW).out
    assert out.index("1. GO by head") < out.index("2. HOLD by decision maker")
    assert out.count("(holds)") == 1 and "dissent: The driver would go." in out
    assert "dissent: The driver would go." in words(done("assess", "-r", path, *NOW).out)


def test_a_go_whose_verdict_has_turned_is_shown_as_such(path):
    done(*GO, "-r", path)
    turned = "the verdict has turned since: decide again"
    assert turned not in words(safeconduct("assess", "-r", path, *NOW).out)
    assert turned in words(safeconduct("assess", "-r", path, *LATE).out)
    done("decide", *LATE, "--choice", "abort", "--by", "N. Alder", "--why", "Late.", "-r", path)
    assert turned not in words(safeconduct("assess", "-r", path, *LATE).out)


def test_a_decision_to_stay_has_no_conditions_that_are_still_open(path):
    early = ("--at", "2030-05-05T08:00:00Z")
    going = ("--choice", "go-with-conditions", "--second", "B. Birch", *GO[5:])
    assert "Goes only if this is met in time" in done("decide", *early, *going, "-r", path).out
    stays = ("--choice", "hold", "--by", "N. Alder", "--why", "Wait.")
    assert "Goes only if" not in done("decide", *early, *stays, "-r", path).out


def test_nothing_decided_and_no_outcome_is_said(path):
    assert "Nothing has been decided" in done("decide", "show", "-r", path, *NOW).out
    assert "No outcome" in done("outcome", "show", "-r", path, *NOW).out
    assert done("outcome", "show", "-r", path, *NOW, "--json").json == {"outcome": None}


def test_an_outcome_is_a_table_with_what_is_missing_where(path, tmp_path):
    left = tmp_path / "left.yaml"
    left.write_text(DEPARTED)
    done("record", left, "-r", path)
    at = ("--at", "2030-05-06T13:00:00Z")
    ledger = ("--item", "flour,100,90,0,90,50", "--item", "kits,60,60,40,20,20")
    told = ("--result", "partial", "--what", "Unloaded.", "--removed-by", "south")
    out = done("outcome", "-r", path, *at, *told, *ledger).out
    assert "flour      100     90         0      90        50 10 not loaded, 40 in store" in out
    assert "kits        60     60        40      20        20 40 taken out" in out
    assert "40 of kits taken out by south. To inspect is a party's right" in words(out)
    shown = done("outcome", "show", "-r", path, *at).out
    assert "PARTIAL   2030-05-06 13:00 UTC (13:00Z)" in shown
    assert "came out: PARTIAL" in safeconduct("assess", "-r", path, *at).out
    assert "came out partial" in done("movement", "list", "-r", path, *at).out
    body = done("outcome", "show", "-r", path, *at, "--json").json["outcome"]
    assert body["items"][1]["missing"] == {"not_loaded": 0, "on_the_way": 0, "in_store": 0}


def test_a_copy_says_what_it_lacks_and_what_to_do_next(path):
    copied = ("copy", "-r", path, "--from", "relief-to-birch", "--as", "tuesday", *NOW)
    out = done("movement", *copied, "--depart", "2030-05-07 09:00").out
    assert "tuesday  leaves 2030-05-07 09:00 UTC (09:00Z)" in out
    assert "– 2 notices" in out and "– 2 acknowledgements" in out
    assert "north-restraint of The North" in out and "does not cover the new times" in words(out)
    assert f"--register{path}--movementtuesday" in "".join(words(out).split())  # a long path is cut


def test_a_repetition_tells_a_word_once_for_all_the_days(path):
    again = ("repeat", "-r", path, "--from", "relief-to-birch", "--daily", "--times", "3")
    out = done("movement", *again, *NOW).out
    assert out.count("north-passage of The North") == 1
    assert "relief-to-birch-2030-05-09" in out


def test_a_version_says_who_has_to_be_told_and_that_nothing_is_decided(path):
    done(*GO, "-r", path)
    out = words(
        done(
            "movement", "version", "-r", path, "-m", "relief-to-birch", *NOW,
            "--set", "depart_at=2030-05-08 09:00", "--set", "latest_at=2030-05-08 15:00",
            "--set", "legs.in.route=river-road", "--set", "legs.out.route=-river-road",
        ).out
    )  # fmt: skip
    assert "is now version 2; leaves 2030-05-08 09:00" in out
    assert "legs.in.route: bridge-road, hill-road → river-road" in out
    assert "The North has version 1: tell it by 2030-05-07 09:00 UTC (09:00Z)" in out
    assert "GO was for version 1. Nothing is decided on the new one." in out
    head = words(safeconduct("assess", "-r", path, *NOW).out)
    assert "for version 1 only" in head and "nothing is decided yet on this version" in head


def test_the_list_fits_a_narrow_terminal(path):
    done("movement", "repeat", "-r", path, "--from", "relief-to-birch", "--daily", "--times", "2",
         *NOW)  # fmt: skip
    out = done("movement", "list", "-r", path, *NOW).out
    assert max(map(len, out.splitlines())) <= 80
    assert "relief-to-birch-2030-05-07 v1" in out and "leaves 2030-05-07 09:00Z" in out
    body = done("movement", "list", "-r", path, *NOW, "--json").json["movements"]
    assert [one["verdict"] for one in body] == ["go", "no-go", "no-go"]


def test_a_call_that_does_not_count_is_recorded_and_said_so(path):
    call = ("reconfirm", "-r", path, "--party", "north", "--by", "duty officer", "--all", *NOW)
    assert "counts for nothing (NOT-NOTED)" in words(done(*call, "--noted").out)
    out = done(*call, "--noted", "--call-back").out
    assert "NOT-NOTED" not in out and "– north-passage (passage, said" in out


def test_other_figures_leave_the_judgement_as_it_is(path, tmp_path):
    own = tmp_path / "figures.yaml"
    own.write_text(
        "figures:\n  - {id: flour, title: flour, unit: kg, low_milli: 300, planned_milli: 400,"
        " high_milli: 500, origin: ours, basis: our own ration}\n"
    )
    plain = safeconduct("assess", "-r", path, *NOW, "--json").json
    other = safeconduct("assess", "-r", path, *NOW, "--figures", own, "--json").json
    assert plain["hash"] == other["hash"] and plain["cost"] != other["cost"]
