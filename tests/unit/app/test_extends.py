"""An organisation's file: what it adds, tightens and configures, and what it may not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.app.assess import assess
from safeconduct.app.opening import open_case
from safeconduct.app.policies import check_policy, explain_rule, policy_from
from safeconduct.errors import InputError, SafeconductError
from safeconduct.policy import Level, Phase, Policy, Way
from safeconduct.vocabulary import Criticality, Form, InstrumentKind, Risk
from tests.unit.app.bad_extensions import EXTENSIONS, FILE
from tests.unit.app.folders import REPOSITORY, TWO_TOWNS, two_towns, untouched
from tests.unit.app.spoiling import Bad

EXAMPLE = REPOSITORY / "safeconduct" / "policy" / "example.yaml"
AT = "2030-05-06T07:30:00Z"
HOUR = 3600


def ours(folder: Path, *lines: str) -> Policy:
    """The policy of a file that extends the core and holds these lines."""
    path = folder / FILE
    path.write_text("\n".join(("extends: core", "id: ours", 'version: "3"', *lines)) + "\n")
    return policy_from(str(path))


def test_a_file_that_changes_nothing_is_the_core_under_another_name(tmp_path: Path) -> None:
    policy, core = ours(tmp_path), policy_from(None)
    assert (policy.rules, policy.profiles) == (core.rules, core.profiles)
    assert policy.name == f"ours 3 on {core.name}"


def test_a_verdict_names_both_versions(tmp_path: Path) -> None:
    ours(tmp_path)
    body = assess(open_case(str(TWO_TOWNS), str(tmp_path / FILE)), at=AT).as_json()
    assert body["versions"]["policy"] == f"ours 3 on {policy_from(None).name}"
    assert body["verdict"] == "go"


def test_a_profile_begins_like_another_and_changes_what_it_says() -> None:
    profile = policy_from(str(EXAMPLE)).profile("example-un-team")
    un = policy_from(None).profile("un")
    assert (profile.organisation, profile.instruments) == (un.organisation, un.instruments)
    assert (profile.incident_radius_m, profile.incident_age_s) == (10_000, 48 * HOUR)
    assert profile.recent_use_s == un.recent_use_s
    assert profile.basis != un.basis and profile.sources == ()


def test_a_profile_may_begin_like_one_that_stands_before_it(tmp_path: Path) -> None:
    policy = ours(
        tmp_path,
        "profiles:",
        "  - {id: near, like: icrc, title: Near, incident_radius_m: 9000}",
        "  - {id: nearer, like: near, title: Nearer, forms: [written]}",
    )
    nearer = policy.profile("nearer")
    assert (nearer.forms, nearer.incident_radius_m) == (frozenset({Form.WRITTEN}), 9_000)
    assert nearer.instruments == frozenset({InstrumentKind.CONSENT})


def test_what_the_other_profile_makes_stricter_stays_so(tmp_path: Path) -> None:
    line = "  - {id: field, like: icrc, title: Field, levels: {T5: HARD}}"
    profile = ours(tmp_path, "profiles:", line).profile("field")
    assert profile.levels == {"V4": Level.HARD, "T5": Level.HARD}


def test_the_risk_table_of_an_organisation_is_its_own() -> None:
    table = policy_from(str(EXAMPLE)).profile("example-un-team").risk_table
    assert table is not None and not table.verified
    assert table.allowed["PC1"] is Risk.VERY_HIGH
    assert table.headquarters == frozenset({Criticality.PC1})
    assert policy_from(None).profile("un").risk_table is None


def test_a_rule_is_made_stricter_and_due_earlier() -> None:
    rule = policy_from(str(EXAMPLE)).rule("T5")
    assert (rule.level, rule.phase) == (Level.HARD, Phase.T72)


def test_an_own_rule_is_met_by_record_and_binds_the_profiles_that_it_names() -> None:
    policy = policy_from(str(EXAMPLE))
    rule = policy.rule("EXAMPLE-1")
    assert rule.by_record and rule.level is Level.HARD
    assert [p.id for p in policy.profiles if rule.binds(p)] == ["example-un-team"]


def test_what_the_core_never_loosens_is_never_loosened_here_either() -> None:
    core, policy = policy_from(None), policy_from(str(EXAMPLE))
    assert policy.never_loosened.keys() == core.never_loosened.keys() | {"G1"}


def test_a_whole_file_keeps_what_is_never_loosened_though_it_does_not_say_so(
    tmp_path: Path,
) -> None:
    text = (REPOSITORY / "safeconduct" / "policy" / "core.yaml").read_text()
    start, end = text.index("never_loosened:"), text.index("rules:\n  - id: A1")
    (tmp_path / FILE).write_text(text[:start] + text[end:])
    assert policy_from(str(tmp_path / FILE)).never_loosened == policy_from(None).never_loosened


def test_an_own_rule_is_judged_by_what_somebody_recorded(tmp_path: Path) -> None:
    case = two_towns(tmp_path)
    ours(tmp_path, "rules:", "  - {id: OURS-1, title: x, level: HARD, says: x., remedy: Do it.}")
    policy = str(tmp_path / FILE)
    body = assess(open_case(str(case), policy), at=AT).as_json()
    assert (body["verdict"], body["codes"]) == ("no-go", ["RULE-UNCHECKED"])
    with (case / "case.yaml").open("a") as file:
        file.write(
            "\nrule_checks:\n  - {id: held, movement: relief-to-birch, version: 1, rule: OURS-1, "
            "holds: true, by: duty officer, checked_at: 2030-05-06 07:00Z}\n"
        )
    assert assess(open_case(str(case), policy), at="2030-05-06T07:30Z").judgement.verdict.value == (
        "go"
    )


@pytest.mark.parametrize("bad", EXTENSIONS, ids=lambda bad: bad.id)
def test_a_file_that_may_not_hold_is_refused_with_file_line_and_field(
    bad: Bad, tmp_path: Path
) -> None:
    path = tmp_path / FILE
    path.write_text(EXAMPLE.read_text())
    bad.spoil(tmp_path)
    with untouched(tmp_path):
        for ask in (check_policy, lambda file: open_case(str(TWO_TOWNS), file)):
            with pytest.raises(SafeconductError) as caught:
                ask(str(path))
            _check(caught.value, bad, path)


def _check(error: SafeconductError, bad: Bad, path: Path) -> None:
    assert isinstance(error, InputError)
    assert (error.code, error.file, error.field or "") == (bad.code, str(path), bad.field)
    for words in bad.says:
        assert words in str(error)
    if bad.line:
        text = path.read_bytes().decode("utf-8", errors="surrogateescape")
        place = text.index(bad.line.encode("latin-1").decode("utf-8", errors="surrogateescape"))
        assert error.line == text.count("\n", 0, place) + 1


# -- what a file changes


def changed(file: Path) -> dict[tuple[str, str], Way]:
    return {(one.of, one.what): one.way for one in check_policy(str(file)).changes}


def test_a_check_shows_every_change_and_which_way_it_goes() -> None:
    found = changed(EXAMPLE)
    assert found["rule T5", "level"] is found["rule T5", "phase"] is Way.STRICTER
    assert found["rule EXAMPLE-1", "rule"] is Way.ADDED
    assert found["rule G1", "never loosened"] is Way.STRICTER
    team = "profile example-un-team"
    assert found[team, "profile"] is Way.ADDED
    assert found[team, "incident_radius_m"] is found[team, "reconfirm_open_ended_s"] is Way.STRICTER
    assert found[team, "organisation"] is found[team, "risk_table"] is Way.OTHER


def test_a_figure_that_is_looser_than_the_default_is_called_so(tmp_path: Path) -> None:
    ours(
        tmp_path,
        "profiles:",
        "  - id: lax",
        "    like: default",
        "    title: Lax",
        "    incident_radius_m: 1000",
        "    reconfirm_open_ended_s: 7 days",
        "    oral_needs_note: false",
    )
    found = changed(tmp_path / FILE)
    for what in ("incident_radius_m", "reconfirm_open_ended_s", "oral_needs_note"):
        assert found["profile lax", what] is Way.LOOSER


def test_the_core_changes_nothing_against_itself() -> None:
    path = REPOSITORY / "safeconduct" / "policy" / "core.yaml"
    assert check_policy(str(path)).changes == ()


# -- one rule explained


def test_a_rule_is_explained_with_its_codes_and_what_it_says_in_each_situation() -> None:
    explained = explain_rule("G4", None, None)
    assert set(explained.worked.codes) == {"HOLD", "INCIDENT", "NOT-CHECKED"}
    told = {(one.status, one.code) for one in explained.worked.examples}
    assert {("met", ""), ("unmet", "INCIDENT"), ("unknown", "HOLD")} <= told
    assert explained.as_json()["figures"] == {"incident_radius_m": 5_000, "incident_age_s": 86_400}


def test_a_rule_is_explained_as_a_profile_has_it() -> None:
    body = explain_rule("G4", "example-un-team", str(EXAMPLE)).as_json()
    assert body["figures"] == {"incident_radius_m": 10_000, "incident_age_s": 48 * HOUR}
    assert explain_rule("EXAMPLE-1", "icrc", str(EXAMPLE)).as_json()["applies"] is False


@pytest.mark.parametrize("rule", [rule.id for rule in policy_from(None).rules])
def test_every_core_rule_comes_with_worked_examples(rule: str) -> None:
    assert explain_rule(rule, None, None).worked.examples
