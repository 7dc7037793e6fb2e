"""`assess` and `--explain`: exit codes, what a GO says, how each kind of verdict reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.app.folders import TWO_TOWNS, ground_and_records, two_towns
from tests.unit.cli.running import process, safeconduct

AT = "2030-05-06T07:30:00Z"
BEFORE = "2030-05-03T12:00:00Z"
ASSESS = ("assess", str(TWO_TOWNS))
KEYS = {
    *("verdict", "movement", "as_of", "known_at", "expires", "findings", "residual_risk"),
    *("versions", "hash", "plan", "bound", "cost", "decision", "outcome"),
}


@pytest.mark.parametrize(
    ("arguments", "code", "verdict"),
    [
        ((*ASSESS, "--at", AT), 0, "go"),
        (("assess", "urum", "--at", "2016-09-18T12:00:00Z"), 3, "conditional"),
        ((*ASSESS, "--at", BEFORE), 4, "no-go"),
        ((*ASSESS, "--at", AT, "--known-at", BEFORE), 4, "no-go"),
    ],
)
def test_the_exit_code_says_the_verdict(
    arguments: tuple[str, ...], code: int, verdict: str
) -> None:
    told, body = safeconduct(*arguments), safeconduct(*arguments, "--json")
    assert (told.code, body.code) == (code, code)
    assert body.json["verdict"] == verdict
    assert told.out.splitlines()[1].startswith(f"│ {verdict.upper()}   ")
    assert body.json.keys() >= KEYS
    assert (told.err, body.err) == ("", "")


def test_the_exit_code_is_that_of_the_process(tmp_path: Path) -> None:
    assert process(*ASSESS, "--at", AT, cwd=tmp_path).code == 0
    assert process(*ASSESS, "--at", BEFORE, cwd=tmp_path).code == 4


def test_a_go_says_until_when_on_what_and_what_it_is_not() -> None:
    out = safeconduct(*ASSESS, "--at", AT).out
    assert "│ GO   conditions recorded as met" in out
    assert "to be reconfirmed by 2030-05-06 08:00 UTC (08:00Z)" in out
    assert "Every rule that is due is recorded as met." in out
    assert "  ✓ A1  Every one of the 6 keys that the way asks for" in out
    assert "– The North: unit  [north-passage, north-restraint]" in out
    assert "A decision is a named person's." in out
    assert "What is missing" not in out and "Our own tasks" not in out


def test_what_not_going_costs_stands_beside_the_verdict() -> None:
    out = safeconduct(*ASSESS, "--at", AT).out
    # The last delivery was at noon on 25 March: 7 days of March, 30 of April, 5 of May are 42,
    # less the hours from 07:30 to noon.
    assert "not going: 1,200 people wait for it, 41 days since the last delivery" in out
    # 1,200 x 41 x 15 litres; 1,200 x 41 x 2,100 kcal are 103.32 million, rounded up.
    assert "738,000 litres of water, 104 million kcal of" in out
    assert "between 369,000 and 738,000; 18,000 more each day." in out
    assert "What people still had, or got from elsewhere, is not counted." in _flat(out)
    later = safeconduct(*ASSESS, "--at", AT, "--json").json
    assert "1200" not in str(later["findings"])
    assert later["cost"]["people"] == 1200
    assert [one["planned"] for one in later["cost"]["not_delivered"]] == [738_000, 103_320_000]


def test_the_links_below_the_figures_are_not_cut_off() -> None:
    out = safeconduct(*ASSESS, "--at", AT).out
    assert "estimating-food-requirement-in-refugee-and-internally-displaced-situation" in "".join(
        out.split()
    )


def test_an_office_shows_the_cost_by_its_own_figures(tmp_path: Path) -> None:
    own = tmp_path / "figures.yaml"
    own.write_text(
        "figures:\n  - {id: flour, title: flour, unit: kg, low_milli: 300, planned_milli: 400,"
        " high_milli: 500, origin: ours, basis: our own ration.}\n"
    )
    out = _flat(safeconduct(*ASSESS, "--at", AT, "--figures", own).out)
    assert "19,680 kg of flour" in out and "our own ration. (our own figure)" in out
    assert "litres" not in out


def test_a_decision_and_an_outcome_of_the_record_stand_in_the_head() -> None:
    out = _flat(
        safeconduct(
            "assess", "aleppo-2016-11-04", "-m", "un-aid-east-aleppo", "--at",
            "2016-11-05T00:00:00Z",
        ).out
    )  # fmt: skip
    assert "decided: NOT GO by United Nations (OCHA, Geneva), 2016-11-04 19:00" in out
    assert "came out: CANCELLED, 2016-11-04 19:00 Asia/Damascus (17:00Z): No convoy" in out


def _flat(out: str) -> str:
    """The words of an output without its frame and line breaks."""
    return " ".join(out.replace("│", " ").split())


def test_a_conditional_answer_says_what_is_still_open_and_when_it_falls_due() -> None:
    ran = safeconduct(*ASSESS, "--at", "2030-05-05T08:00:00Z")
    assert ran.code == 3
    assert "on track: all that is due is met, 3 still open (G4, V3, X5)" in ran.out
    assert "next due 2030-05-05 09:00 UTC (09:00Z)" in ran.out
    assert "… not yet due        G4" in ran.out
    assert "  … NOT-CHECKED  Nobody has recorded a check for incidents" in ran.out
    assert "    due 2030-05-05 09:00 UTC (09:00Z)" in ran.out


def test_a_carried_risk_is_named_in_the_head_and_in_its_finding() -> None:
    out = safeconduct("assess", "urum", "--at", "2016-09-18T12:00:00Z").out
    assert "goes only on the word of the person who carries the risk named below" in out
    assert "! carried by a named person N2" in out
    assert "UN Resident and Humanitarian Coordinator" in out


def test_each_rule_stands_once_in_the_summary_under_its_worst_finding() -> None:
    findings = safeconduct("demo", "--json").json["findings"]
    shown = safeconduct("demo").out.splitlines()
    start = next(number for number, line in enumerate(shown) if line.startswith("Why ─"))
    end = next(number for number in range(start, len(shown)) if not shown[number].strip())
    summary = {line[0]: line.split() for line in shown[start + 1 : end]}
    rules = [finding["rule"] for finding in findings]
    listed = [word for words in summary.values() for word in words if word in rules]
    assert sorted(listed) == sorted(set(rules))
    for finding in findings:
        if finding["status"] == "unmet":
            assert finding["rule"] in summary["✗"]
        if finding["status"] == "unknown":
            assert finding["rule"] in summary["✗"] + summary["?"]


def test_a_patient_who_stays_is_shown_whatever_the_verdict(tmp_path: Path) -> None:
    stays = """
patients:
  - {id: b8, movement: relief-to-birch, case: B-8, list_owner: relief, rank: 1, urgency: urgent,
     stands_at: 2030-05-04 09:00, travels: false}
"""
    out = "purpose: aid-delivery\n        direction: out"
    case = two_towns(tmp_path) / "case.yaml"
    text = case.read_text(encoding="utf-8")
    sick = text.replace(out, out.replace("aid-delivery", "medical-evacuation")) + stays
    case.write_text(sick, encoding="utf-8")
    told = safeconduct("assess", tmp_path / "two_towns", "--at", AT, columns=100).out
    told = told[told.index("To be seen, whatever the verdict") :]
    assert "PATIENT-STAYS  Case B-8 is not on the list of this movement and stays." in told


def test_another_profile_is_named_at_the_end() -> None:
    ran = safeconduct(*ASSESS, "--at", AT, "--profile", "written-and-unconditional")
    assert "profile written-and-unconditional" in " ".join(ran.out.split())


def test_a_moment_may_be_written_with_a_zone_or_in_that_of_the_case() -> None:
    body = safeconduct(*ASSESS, "--at", AT, "--json").json
    for same in ("2030-05-06 07:30", "2030-05-06 09:30 Europe/Berlin", "2030-05-06T07:30+00:00"):
        assert safeconduct(*ASSESS, "--at", same, "--json").json == body


def test_a_rule_is_explained_with_its_text_its_sources_and_what_it_found() -> None:
    ran = safeconduct("assess", "aleppo-2016-11-04", "-m", "un-aid-east-aleppo", "--explain", "A6")
    assert ran.code == 4
    assert ran.out.startswith("A6 Relief is no reward\nHARD, due from planning on, source seen\n")
    assert "What meets it: The party must drop the condition." in ran.out
    assert "  ✗ CONDITION-QUID-PRO-QUO  The offer of Russian Federation" in ran.out
    assert "    → " in ran.out and "A1" not in ran.out


def test_an_explanation_as_json_holds_the_rule_and_its_findings() -> None:
    ran = safeconduct(*ASSESS, "--at", BEFORE, "--explain", "A2", "--json")
    body = ran.json
    assert body.keys() == {"rule", "verdict", "findings"}
    assert (body["rule"]["id"], body["rule"]["level"], body["verdict"]) == ("A2", "HARD", "no-go")
    assert {f["party"] for f in body["findings"]} == {"north", "south"}
    assert {f["rule"] for f in body["findings"]} == {"A2"}


def test_a_register_is_assessed_like_a_case(tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    assert safeconduct("init", path, "--from", TWO_TOWNS).code == 0
    kept = safeconduct("assess", "--register", path, "--at", AT, "--json")
    drawn = safeconduct(*ASSESS, "--at", AT, "--json")
    assert (kept.code, kept.json) == (drawn.code, drawn.json)
    assert safeconduct("assess", "-r", path, "--at", AT).out.startswith("╭─ replay.db ─")


def test_what_a_live_register_was_given_is_there_for_the_next_command(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    records = ground_and_records(tmp_path).read_bytes()
    for arguments, stdin in (
        (("init", path), b""),
        (("record", TWO_TOWNS, "-r", path), b""),
        (("record", "-", "-r", path, "--author", "duty desk"), records),
    ):
        ran = process(*arguments, cwd=tmp_path, stdin=stdin)
        assert ran.code == 0, ran.err
    # The clock of this machine has long passed or not yet reached 2030; known-at is what matters.
    never = process("assess", "-r", path, "--at", "2020-01-01T00:00:00Z", cwd=tmp_path)
    assert never.code == 2 and "holds no road network that was known then" in never.err
    ran = process("assess", "-r", path, "--at", AT, "--known-at", "2999-01-01T00:00:00Z",
                  cwd=tmp_path)  # fmt: skip
    assert ran.code == 0 and "│ GO   conditions recorded as met" in ran.out


def test_what_people_wrote_is_printed_as_it_is_written(tmp_path: Path) -> None:
    case = two_towns(tmp_path)
    text = (case / "case.yaml").read_text()
    text = text.replace("Two towns: relief", "Two [red]towns[/bold]: relief")
    text = text.replace("name: The North", 'name: "The [North]"')
    (case / "case.yaml").write_text(text.replace("The north will fire", "The [/] will fire"))
    ran = safeconduct("assess", case, "--at", AT, columns=100)
    assert ran.code == 0
    for words in ("Two [red]towns[/bold]: relief", "The [North]: unit", "The [/] will fire"):
        assert words in ran.out
    assert "[red]towns[/bold]" in safeconduct("case", "show", case).out


def test_help_lists_every_verb_and_nothing_typed_is_help() -> None:
    ran = safeconduct("--help")
    assert ran.code == 0
    for verb in ("demo", "assess", "init", "record", "case", "register"):
        assert verb in ran.out
    assert safeconduct().out == ran.out
