"""What an answer holds: the sealed judgement, the plan that cites it, the table of parties."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.app.assess import Answer, assess
from safeconduct.app.cases import check_case, check_moment, list_cases, pin, summarise
from safeconduct.app.opening import open_case
from safeconduct.app.policies import policy_from
from safeconduct.clearance import Verdict
from safeconduct.policy import Level
from safeconduct.spacetime import Spans
from tests.unit.app.folders import REPOSITORY, TWO_TOWNS, two_towns

AT = "2030-05-06T07:30:00Z"
# The keys of the answer, as the design names them; more may come, none goes.
JUDGEMENT = {
    *("verdict", "movement", "as_of", "known_at", "expires", "findings", "residual_risk"),
    *("versions", "hash"),
}
FINDING = {
    *("rule", "status", "code", "party", "place", "span", "statements", "says", "remedy"),
}
PLAN = {"judgement", "asks", "own_tasks"}


@pytest.fixture(scope="module")
def answer() -> Answer:
    return assess(open_case(str(TWO_TOWNS)), at=AT)


def test_an_answer_has_every_key_of_the_design(answer: Answer) -> None:
    body = answer.as_json()
    assert body.keys() >= JUDGEMENT | {"plan", "bound"}
    assert body["plan"].keys() >= PLAN
    for finding in body["findings"]:
        assert finding.keys() >= FINDING


def test_the_plan_cites_the_judgement_it_follows_from(answer: Answer) -> None:
    body = answer.as_json()
    assert body["plan"]["judgement"] == body["hash"] == answer.judgement.hash


def test_the_only_movement_need_not_be_named(answer: Answer) -> None:
    assert answer.movement.id == "relief-to-birch"


def test_a_replay_without_a_moment_takes_the_first_one_it_is_expected_to_answer() -> None:
    first = assess(open_case(str(TWO_TOWNS)))
    assert first.as_json()["as_of"] == "2030-05-03T12:00:00Z"


def test_what_was_known_at_is_the_moment_itself_unless_it_is_named(answer: Answer) -> None:
    assert answer.as_json()["known_at"] == AT
    earlier = assess(open_case(str(TWO_TOWNS)), at=AT, known_at="2030-05-03T12:00:00Z")
    assert earlier.as_json()["known_at"] == "2030-05-03T12:00:00Z"
    assert (answer.judgement.verdict, earlier.judgement.verdict) == (Verdict.GO, Verdict.NO_GO)


def test_the_table_covers_the_trip_and_an_hour_either_side(answer: Answer) -> None:
    # The column leaves at 09:00 and its tail is home at 13:02 at the latest.
    assert answer.horizon.length_s == (13 * 60 + 2 - 9 * 60) * 60 + 2 * 3600
    assert [row.party for row in answer.bound] == ["north", "north", "south", "south", "south"]
    for row in answer.bound:
        assert row.bound == Spans.of([answer.horizon])
        assert not row.partly and not row.offered and row.rejected_at is None


def test_a_case_is_judged_alike_however_often_it_is_opened(answer: Answer) -> None:
    again = assess(open_case(str(TWO_TOWNS)), at=AT)
    assert again.judgement.sealed == answer.judgement.sealed


def test_another_profile_is_part_of_what_the_judgement_says(answer: Answer) -> None:
    strict = assess(open_case(str(TWO_TOWNS)), at=AT, profile="written-and-unconditional")
    assert strict.as_json()["versions"]["profile"] == "written-and-unconditional"
    assert strict.judgement.hash != answer.judgement.hash


def test_a_stricter_policy_is_taken_and_named(tmp_path: Path) -> None:
    core = (REPOSITORY / "safeconduct" / "policy" / "core.yaml").read_text()
    path = tmp_path / "policy.yaml"
    path.write_text(core.replace("id: core\n", "id: ours\n").replace("level: COND", "level: HARD"))
    policy = policy_from(str(path))
    assert policy_from(None).rule("T5").level is Level.COND
    assert policy.id == "ours" and policy.rule("T5").level is Level.HARD
    body = assess(open_case(str(TWO_TOWNS), str(path)), at=AT).as_json()
    assert body["versions"]["policy"] == "ours 3" and body["verdict"] == "go"


def test_the_core_policy_is_no_looser_than_itself() -> None:
    path = REPOSITORY / "safeconduct" / "policy" / "core.yaml"
    assert policy_from(str(path)) == policy_from(None)


def test_every_bundled_case_is_listed_with_all_its_movements() -> None:
    listed = {line.id: line for line in list_cases()}
    for name, line in listed.items():
        summary = summarise(name)
        assert summary.opened.title == line.title
        assert {movement.id for movement in summary.movements} == set(line.movements)
    assert len(listed["aleppo-2016-11-04-russian-pause"].movements) == 3


def test_a_case_is_checked_at_every_moment_that_it_expects() -> None:
    before, morning = check_case(str(TWO_TOWNS))
    assert before.holds and morning.holds
    assert (before.judgement.verdict, morning.judgement.verdict) == (Verdict.NO_GO, Verdict.GO)


def test_a_gap_that_is_not_found_and_a_verdict_that_differs_do_not_hold() -> None:
    opened = open_case(str(TWO_TOWNS))
    assert opened.case is not None
    before, morning = opened.case.expected
    (gap, *_) = before.gaps
    elsewhere = check_moment(opened, replace(before, gaps=(replace(gap, party="relief"),)))
    assert not elsewhere.holds and elsewhere.missing == (replace(gap, party="relief"),)
    otherwise = check_moment(opened, replace(morning, verdict=before.verdict, gaps=before.gaps))
    assert not otherwise.holds and otherwise.missing == before.gaps


def test_pinning_keeps_the_network_beside_the_case_and_changes_no_answer(
    tmp_path: Path, answer: Answer
) -> None:
    case = two_towns(tmp_path)
    assert pin(str(case)) == str(case / "network.json")
    pinned = assess(open_case(str(case)), at=AT)
    assert pinned.judgement.sealed == answer.judgement.sealed
    first = (case / "network.json").read_bytes()
    pin(str(case))
    assert (case / "network.json").read_bytes() == first


def test_a_pin_that_is_out_of_date_is_told_and_not_believed(tmp_path: Path) -> None:
    case = two_towns(tmp_path)
    pin(str(case))
    roads = case / "roads.yaml"
    roads.write_text(roads.read_text().replace("km: 9,", "km: 90,"))
    late = assess(open_case(str(case)), at=AT)
    assert any("the network was cut anew" in note for note in late.opened.notes)
    assert late.judgement.verdict is Verdict.NO_GO  # 90 km at 30 km/h is past 15:00
