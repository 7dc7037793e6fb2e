"""`policy list|show|check|explain`, and what a joint or a loosened verdict looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.app.policies import policy_from
from tests.unit.app.folders import REPOSITORY, two_towns
from tests.unit.cli.running import safeconduct

CORE = policy_from(None)
EXAMPLE = str(REPOSITORY / "safeconduct" / "policy" / "example.yaml")
AT = ("--at", "2030-05-06T07:30:00Z")


def text(*arguments: str | Path) -> str:
    """What a command prints, each run of blanks as one."""
    ran = safeconduct("policy", *arguments)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    return " ".join(ran.out.split())


# -- list


def test_every_rule_is_listed_with_level_phase_and_origin() -> None:
    told, body = text("list"), safeconduct("policy", "list", "--json").json
    assert [rule["id"] for rule in body["rules"]] == [rule.id for rule in CORE.rules]
    assert f"Policy {CORE.name}: {len(CORE.rules)} rules" in told
    assert "G4 HARD T-24h seen No new incident near the way" in told
    assert "T5 COND T-24h ours Open-ended offers" in told
    assert "Never loosened: A1, " in told
    for profile in CORE.profiles:
        assert profile.id in told


def test_what_is_recalled_is_marked() -> None:
    marked = [rule for rule in CORE.rules if rule.origin.value == "recalled"]
    assert text("list").count("recalled, check") == len(marked)
    assert "recalled, check" in text("show", "example-un-team", "--policy", EXAMPLE)


def test_the_rules_of_an_organisations_file_are_listed_as_its_own() -> None:
    told = text("list", "--policy", EXAMPLE)
    assert f"Policy example 1 on {CORE.name}" in told
    assert "Two telephones that were tried example-un-team only" in told


# -- show


@pytest.mark.parametrize("profile", [profile.id for profile in CORE.profiles])
def test_every_profile_says_where_its_strictness_comes_from(profile: str) -> None:
    told, body = text("show", profile), safeconduct("policy", "show", profile, "--json").json
    assert body["profile"]["basis"] in told
    assert " ".join(body["profile"]["title"].split()) in told


def test_a_profile_is_held_against_the_default() -> None:
    told = text("show", "example-un-team", "--policy", EXAMPLE)
    assert "stricter incident_radius_m 5000 m → 10000 m" in told
    assert "stricter incident_age_s 24 h → 48 h" in told
    assert "not verified, check" in told
    assert "EXAMPLE-1 Two telephones that were tried" in told


def test_the_default_profile_has_nothing_beside_it() -> None:
    assert "This is the default profile." in text("show", "default")


# -- check


def test_a_file_is_checked_and_what_it_changes_is_told() -> None:
    told, body = text("check", EXAMPLE), safeconduct("policy", "check", EXAMPLE, "--json").json
    assert f"policy example 1 on {CORE.name} may be used." in told
    assert "stricter level COND → HARD" in told
    assert {"of": "rule T5", "what": "level", "before": "COND", "after": "HARD",
            "way": "stricter"} in body["changes"]  # fmt: skip
    assert body["against"] == CORE.name


def test_what_is_looser_than_the_default_is_told_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(
        'extends: core\nid: ours\nversion: "1"\nprofiles:\n'
        "  - {id: lax, like: default, title: Lax, incident_radius_m: 1000}\n"
    )
    assert text("check", path).endswith("by your own choice: incident_radius_m of profile lax.")


# -- explain


def test_a_rule_is_explained_with_everything_that_is_known_of_it() -> None:
    told = text("explain", "G4")
    rule = CORE.rule("G4")
    for part in (rule.title, rule.says, rule.remedy, "due T-24h", "Reads: facts, incidents"):
        assert part in told
    assert "HOLD An incident near the way is not verified yet" in told
    assert "✗ unmet when a clash on the north bank this morning was verified [INCIDENT]" in told


def test_a_rule_is_explained_as_a_profile_has_it() -> None:
    told = text("explain", "T5", "--profile", "example-un-team", "--policy", EXAMPLE)
    assert "HARD, due T-72h" in told
    assert "Under example-un-team: HARD; reconfirm_open_ended_s 43200" in told


def test_a_rule_that_does_not_bind_a_profile_says_so() -> None:
    told = text("explain", "EXAMPLE-1", "--profile", "ngo", "--policy", EXAMPLE)
    assert "Under ngo it is not applicable." in told
    assert "Met by the record `rule-check`" in told


def test_a_rule_that_is_never_loosened_says_why() -> None:
    assert f"Never loosened: {CORE.never_loosened['A1']}" in text("explain", "A1")


@pytest.mark.parametrize("rule", [rule.id for rule in CORE.rules])
def test_every_rule_can_be_explained(rule: str) -> None:
    body = safeconduct("policy", "explain", rule, "--json").json
    assert body["rule"]["id"] == rule and body["examples"]
    assert body["rule"]["says"] in text("explain", rule)


# -- what a verdict shows of it


LOOSENED = """
loosenings:
  - id: less
    rule: T2
    profile: default
    by: head of mission
    why: the trucks stand loaded since Friday
    decided_at: 2030-05-06 06:00Z
    valid: {from: 2030-05-06 06:00Z, until: 2030-05-06 14:00Z}
    recorded_at: 2030-05-06 06:05Z
"""


def hurried(folder: Path) -> Path:
    """The two towns with three days of preparation, where one was given."""
    case = two_towns(folder)
    path = case / "case.yaml"
    written = path.read_text()
    assert written.count("preparation_s: 24h") == 1
    path.write_text(written.replace("preparation_s: 24h", "preparation_s: 72h"))
    (case / "expected.yaml").unlink()
    return case


def test_a_loosened_rule_stands_in_the_head_of_the_report_and_in_json(tmp_path: Path) -> None:
    case = hurried(tmp_path)
    assert safeconduct("assess", case, *AT).code == 4
    with (case / "case.yaml").open("a") as file:
        file.write(LOOSENED)
    told, body = safeconduct("assess", case, *AT), safeconduct("assess", case, *AT, "--json")
    assert (told.code, body.code) == (3, 3)
    head = " ".join(told.out.split("╰")[0].replace("│", " ").split())
    assert "LOOSENED Rule T2 was loosened for default by head of mission until 2030-05-06" in head
    assert "the trucks stand loaded since Friday." in head
    assert "loosened from HARD by the entry less" in told.out
    assert body.json["codes"] == ["LOOSENED", "SIGN-OFF"]
    assert body.json["loosened"][0]["by"] == "head of mission"


def test_a_joint_convoy_shows_the_verdict_of_each_organisation(tmp_path: Path) -> None:
    case = two_towns(tmp_path)
    path = case / "case.yaml"
    written = path.read_text()
    assert written.count("    organisation: relief\n") == 1
    path.write_text(
        written.replace("    organisation: relief\n", "    organisation: relief\n    joint: [un]\n")
    )
    (case / "expected.yaml").unlink()
    told = safeconduct("assess", case, *AT)
    body = safeconduct("assess", case, *AT, "--json").json
    assert set(body["by_profile"]) == {"default", "un"}
    assert "a joint convoy is as strict as the strictest:" in told.out
    for one, verdict in body["by_profile"].items():
        assert f"{one}: {verdict['verdict'].upper()}" in told.out
