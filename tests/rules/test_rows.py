"""Every row of every family of rules, and whether the table of them is whole."""

from __future__ import annotations

import re

import pytest

from safeconduct.clearance import Status
from safeconduct.policy import Rule
from tests.rules.rows import Row
from tests.rules.table import empty, rows, why_empty
from tests.shared_material import shared_dir
from tests.worlds.two_towns import POLICY, TOWNS

# Rules of DOMAIN that the core policy does not have yet.
NOT_YET_THERE: set[str] = set()
# Rules of ours that DOMAIN does not have: what laws 13 and 14 of the design ask of a register.
BEYOND_THE_DOMAIN = {"R1"}
_IN_THE_TABLE = re.compile(r"^\| ([A-Z][0-9]) \| .+ \|$", re.MULTILINE)
_BELOW_THE_TABLE = re.compile(r"\*\*(X[0-9])\*\* [a-z]")


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_a_rule_says_what_the_table_says(row: Row) -> None:
    found = row.world().findings(row.rule)
    assert row.holds(), [(one.status.value, one.code, one.says) for one in found]


@pytest.mark.parametrize("rule", POLICY.rules, ids=lambda rule: rule.id)
@pytest.mark.parametrize("status", Status, ids=lambda status: status.value)
def test_every_status_of_a_rule_has_a_row_or_a_reason_why_there_is_none(
    rule: Rule, status: Status
) -> None:
    shown = [row for row in rows() if (row.rule, row.status) == (rule.id, status)]
    if shown:
        assert (rule.id, status) not in empty(), "There is a row, and a reason why there is none."
    else:
        assert why_empty(rule, status, empty()), "Write a row, or say in EMPTY why there is none."


def test_every_row_and_every_reason_is_of_a_rule_that_there_is() -> None:
    known = {rule.id for rule in POLICY.rules}
    assert {row.rule for row in rows()} <= known
    assert {rule for rule, _ in empty()} <= known | NOT_YET_THERE


def test_no_two_rows_tell_one_situation_of_one_rule() -> None:
    told = [row.name for row in rows()]
    assert sorted({name for name in told if told.count(name) > 1}) == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_a_situation_is_a_phrase_of_a_coordinator_and_no_code(row: Row) -> None:
    assert row.when and not row.when.endswith((".", ";", ":"))
    assert not re.search(r"[A-Z]{2,}-|_", row.when)


def rule_ids(domain: str) -> set[str]:
    """The ids of the rules of DOMAIN: of the table in section 2, and of the lines below it."""
    section = domain.partition("\n## 2. ")[2].partition("\n## ")[0]
    return set(_IN_THE_TABLE.findall(section)) | set(_BELOW_THE_TABLE.findall(section))


def test_every_rule_id_of_the_domain_is_in_the_policy_and_the_reverse() -> None:
    domain = rule_ids((shared_dir() / "DOMAIN.md").read_text(encoding="utf-8"))
    ours = {rule.id for rule in POLICY.rules}
    assert len(domain) == 49
    assert domain - ours == NOT_YET_THERE
    assert ours - domain == BEYOND_THE_DOMAIN


# The rest proves that the checks above can fail.


def test_the_ids_are_read_from_the_table_and_from_the_lines_below_it() -> None:
    text = (
        "# The domain\n| Z1 | before | x |\n\n## 2. Rules\n\n| id | test |\n|---|---|\n"
        "| A1 | all, as A9 | HARD |\n\nFurther: **X1** daylight, see **X9**. **X2** an escort.\n"
        "\n## 3. What\n| B1 | after | x |\n"
    )
    assert rule_ids(text) == {"A1", "X1", "X2"}


def test_a_row_that_says_too_much_does_not_hold() -> None:
    assert not Row("A1", Status.UNMET, "all is in order", "", lambda: TOWNS).holds()
    assert not Row("A1", Status.MET, "all is in order", "SILENT", lambda: TOWNS).holds()


def test_a_cell_that_nobody_explains_is_a_hole() -> None:
    assert why_empty(POLICY.rule("G4"), Status.MET, {}) is None
    assert why_empty(POLICY.rule("A1"), Status.NOT_YET_DUE, {}) == "It is due from planning on."
