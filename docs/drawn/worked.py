"""Worked examples of the rules: their rows in tests/rules, judged, in the findings' own words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache

from drawn.codes import FINDINGS
from safeconduct.clearance import Finding, Status
from safeconduct.cover import SAYS, Code
from safeconduct.policy import Rule
from safeconduct.policy.worked import Example, Worked
from safeconduct.register import encode
from tests.rules.rows import Row
from tests.rules.table import rows
from tests.worlds.two_towns import POLICY

# The rules that take the fault of a word for their own code.
_OF_WORDS: Mapping[str, tuple[Code, ...]] = {
    "A3": (Code.SPOKEN_FOR,),
    "A4": (Code.CONTESTED, Code.REJECTED, Code.TOLD_DIFFERENTLY),
    "A5": (Code.WITHDRAWN, Code.SUSPENDED, Code.FIRE_UNEXPLAINED, Code.WINDOW_ENDED),
    "A6": (Code.CONDITION_QUID_PRO_QUO, Code.CONDITION_HARMFUL),
    "T4": (Code.TIME_UNRESOLVED,),
}


def codes_of(rule: str) -> Mapping[str, str]:
    """The codes that a rule's findings can have, each with its meaning; not those of any rule."""
    found = {code: says for code, (rules, says) in FINDINGS.items() if rule in rules.split()}
    of_words = {code.value: f"The word {SAYS[code]}." for code in _OF_WORDS.get(rule, ())}
    return dict(sorted((found | of_words).items()))


@cache
def examples() -> tuple[tuple[Row, Finding], ...]:
    """Every row with the finding that makes it hold.

    Raises ValueError when a row does not hold, or a finding has a code that its rule does not list.
    """
    return tuple((row, _found(row)) for row in rows())


def _found(row: Row) -> Finding:
    for one in row.world().findings(row.rule):
        if (one.status, one.code) == (row.status, row.code):
            if one.code and one.code not in codes_of(row.rule):
                raise ValueError(f"Rule {row.rule} lists no code {one.code}; add it to the codes.")
            return one
    raise ValueError(f"The row does not hold: {row.name}")


def of_rule(rule: Rule) -> Iterator[tuple[Row, Finding]]:
    """The rows of one rule, by status in the order of the statuses."""
    mine = [(row, found) for row, found in examples() if row.rule == rule.id]
    for status in Status:
        yield from ((row, found) for row, found in mine if row.status is status)


def page() -> str:
    """The file `worked.json` of the package: codes and examples by rule."""
    body = {rule.id: encode(_worked(rule)) for rule in POLICY.rules}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _worked(rule: Rule) -> Worked:
    told = tuple(
        Example(
            status=row.status.value,
            when=row.when,
            says=found.says,
            code=found.code,
            remedy=found.remedy,
        )
        for row, found in of_rule(rule)
    )
    return Worked(codes=codes_of(rule.id), examples=told)
