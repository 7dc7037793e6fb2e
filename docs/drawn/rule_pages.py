"""A page for each rule, the index of them, and the table of every rule against every status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from drawn import worked
from drawn.markdown import links, table
from drawn.rules import LEVELS, ORIGINS, PHASES
from safeconduct.clearance import Finding, Status
from safeconduct.policy import Level, Rule
from safeconduct.policy.worked import FIGURES
from tests.rules.rows import Row
from tests.rules.table import empty, why_empty
from tests.worlds.two_towns import POLICY

_DRAWN = """\
Drawn from `safeconduct/policy/core.yaml` and `tests/rules` by `make docs`; do not edit this page.
"""

_INDEX = f"""\
# The rules, one by one

{_DRAWN}
Each page has a rule's text, its source, its codes, and worked examples in which it is met and not
met. All at once: [every rule in every status](../rule-table.md); all texts on one page:
[rules](../rules.md). A source that is *recalled* was not seen; check it before you rely on it.

"""

_TABLE = f"""\
# Every rule in every status

{_DRAWN}
{{rules}} rules, {{situations}} situations. Each situation is a test: it is judged, and the rule
must have that status there. Where a rule never has a status the cell says why, in brackets.

"""

STATUSES = {
    Status.MET: "met",
    Status.UNMET: "unmet",
    Status.UNKNOWN: "unknown",
    Status.NOT_YET_DUE: "not yet due",
    Status.NOT_APPLICABLE: "not applicable",
}

_TOWNS = """\
The examples are told of two invented towns on a river, Alder in the south and Birch in the north: a
relief column leaves Alder at nine in the morning of 6 May 2030 and is back by about one. Each is
judged as it stands in the tests; what the rule says is its own wording.
"""


def page(rule: Rule) -> str:
    """The page of one rule."""
    return "".join(_parts(rule))


def _parts(rule: Rule) -> Iterator[str]:
    yield f"# Rule {rule.id}: {rule.title}\n\n{_DRAWN}\n{rule.says}\n\n"
    yield f"- **Level:** {rule.level.value}; {LEVELS[rule.level]}\n"
    yield f"- **Phase:** {PHASES[rule.phase]}\n"
    yield f"- **For:** {_for_whom(rule)}\n"
    yield f"- **What meets it:** {rule.remedy}\n"
    yield f"- **Reads:** {', '.join(sorted(one.value for one in rule.reads))}\n"
    yield f"- **Goes by, in a profile:** {_figures(rule)}\n"
    yield f"- **Loosened:** {_loosened(rule)}\n"
    yield f"- **Origin:** {ORIGINS[rule.origin]}"
    yield f": {links(rule.sources)}\n" if rule.sources else "\n"
    yield "\nThe same in the terminal: `safeconduct policy explain " + rule.id + "`.\n"
    yield f"\n## Codes\n\n{_codes(rule)}"
    yield f"\n## Worked examples\n\n{_TOWNS}"
    for status, told in groupby(worked.of_rule(rule), key=lambda one: one[0].status):
        yield f"\n### {STATUSES[status].capitalize()}\n"
        yield from (_example(row, found) for row, found in told)
    yield from _empty(rule)


def _for_whom(rule: Rule) -> str:
    whose = " and ".join(sorted(one.value.upper() for one in rule.only_for)) or "everybody"
    stricter = [
        f"{profile.levels[rule.id].value} under `{profile.id}`"
        for profile in POLICY.profiles
        if rule.id in profile.levels and profile.levels[rule.id] is not rule.level
    ]
    return "; ".join([whose, *stricter])


def _figures(rule: Rule) -> str:
    return ", ".join(f"`{field}`" for field in FIGURES.get(rule.id, ())) or "nothing"


def _loosened(rule: Rule) -> str:
    if rule.level is Level.INVARIANT:
        return "never; it is a promise of the program about itself"
    reason = POLICY.never_loosened.get(rule.id)
    if reason:
        return f"never. {reason}"
    return "by a recorded `loosening` with a name, CONDITIONAL at most"


def _codes(rule: Rule) -> str:
    codes = worked.codes_of(rule.id)
    if not codes:
        return "None of its own; a plain finding has no code.\n"
    return table(["code", "means"], ([f"`{code}`", means] for code, means in codes.items()))


def _example(row: Row, found: Finding) -> str:
    code = f" `{row.code}`" if row.code else ""
    remedy = f"\n  → {found.remedy}\n" if found.remedy else ""
    return f"\n- *{row.when[0].upper()}{row.when[1:]}.*{code}\n\n  {found.says}\n{remedy}"


def _empty(rule: Rule) -> Iterator[str]:
    shown = {row.status for row, _ in worked.of_rule(rule)}
    lacking = [status for status in Status if status not in shown]
    if lacking:
        yield "\n### Never\n\n"
    for status in lacking:
        yield f"- **{STATUSES[status]}:** {_why(rule, status, empty())}\n"


def _why(rule: Rule, status: Status, said: Mapping[tuple[str, Status], str]) -> str:
    return why_empty(rule, status, said) or "no situation is told yet"


def index() -> str:
    """The list of all rule pages."""
    rows = (
        [f"[{r.id}]({r.id}.md)", r.title, r.level.value, r.phase.value, r.origin.value]
        for r in POLICY.rules
    )
    return _INDEX + table(["rule", "title", "level", "due", "source"], rows)


def whole_table() -> str:
    """Every rule against every status: the situation of each row, and why a cell is empty."""
    said = empty()
    cells = (
        [f"[{rule.id}](rules/{rule.id}.md) {rule.title}", *(_cell(rule, s, said) for s in Status)]
        for rule in POLICY.rules
    )
    count = len(worked.examples())
    head = _TABLE.format(rules=len(POLICY.rules), situations=count)
    return head + table(["rule", *STATUSES.values()], cells)


def _cell(rule: Rule, status: Status, said: Mapping[tuple[str, Status], str]) -> str:
    told = [row.when for row, _ in worked.of_rule(rule) if row.status is status]
    if told:
        return "; ".join(told)
    return f"({_why(rule, status, said)})"
