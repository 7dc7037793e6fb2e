"""Findings for the terminal: all rules at a glance, then rule by rule what stands against going."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.assess import Answer
from safeconduct.clearance import Finding, Status, Verdict
from safeconduct.cli.marks import MARKS, RISK, bullets, section
from safeconduct.policy import Level, Rule
from safeconduct.spacetime import show

# From the worst to the best: a rule stands where its worst finding puts it.
_STANDINGS = (
    (*MARKS[Status.UNMET], "not met"),
    (*MARKS[Status.UNKNOWN], "not known"),
    (*MARKS[Status.NOT_YET_DUE], "not yet due"),
    (*RISK, "carried by a named person"),
    (*MARKS[Status.MET], "recorded as met"),
    (*MARKS[Status.NOT_APPLICABLE], "nothing to look at"),
)
_BY_MARK = {mark: place for place, (mark, _, _) in enumerate(_STANDINGS)}

# The engine tells what is missing first, and then each thing that the party did say, in a
# sentence of its own; these read better one under the other.
_WORDS_OF_A_PARTY = re.compile(r"(?<=\.) (?=Its |It rejected |It has said )")


def glance(findings: Iterable[Finding]) -> RenderableType:
    """Every rule of a judgement under the one sign that says how it stands."""
    worst: dict[str, int] = {}
    for finding in findings:
        place = _BY_MARK[_mark(finding)[0]]
        worst[finding.rule] = min(worst.get(finding.rule, place), place)
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for place, (mark, colour, meaning) in enumerate(_STANDINGS):
        rules = [rule for rule, at in worst.items() if at == place]
        if rules:
            table.add_row(
                Text(mark, style=f"bold {colour}"),
                Text(meaning, style=colour),
                Text(" ".join(rules)),
            )
    return table


def open_findings(answer: Answer) -> Iterator[RenderableType]:
    """What stands against going, or makes it wait, rule by rule in the policy's order."""
    against = [f for f in answer.judgement.findings if _stands_against(f)]
    if not against:
        yield Padding(Text("Every rule that is due is recorded as met."), (1, 0, 0, 0))
    for rule_id, of_rule in groupby(against, key=lambda f: f.rule):
        yield Padding(_rule_line(answer.opened.policy.rule(rule_id)), (1, 0, 0, 0))
        for one in of_rule:
            yield finding(one, answer)


def to_be_seen(answer: Answer) -> Iterator[RenderableType]:
    """What changes no verdict and must not be overlooked, such as a patient who stays."""
    seen = [f for f in answer.judgement.findings if _must_be_seen(f)]
    if seen:
        yield section("To be seen, whatever the verdict")
    for one in seen:
        yield finding(one, answer)


def _must_be_seen(found: Finding) -> bool:
    return found.level is Level.WARN and found.status is Status.MET and bool(found.code)


def met_findings(answer: Answer) -> Iterator[RenderableType]:
    """What is recorded as met, where that is the reason: nowhere but in a GO or CONDITIONAL."""
    met = [
        f
        for f in answer.judgement.findings
        if f.status is Status.MET and not f.risk_owner and not _must_be_seen(f)
    ]
    if answer.judgement.verdict is Verdict.NO_GO or not met:
        return
    yield section("What is recorded as met")
    for one in met:
        yield finding(one, answer)


def finding(found: Finding, answer: Answer) -> RenderableType:
    """One finding: sign, reason code, what was found, and the records that it rests on.

    What is plainly met has no code; there the rule's id stands in its place.
    """
    mark, colour = _mark(found)
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    first, *rest = _WORDS_OF_A_PARTY.split(found.says)
    said = Text()
    said.append(f"{found.code or found.rule}  ", style=colour)
    name = answer.bench.name(found.party) if answer.bench else found.party
    said.append(first[: len(name)], "bold" if name and first.startswith(f"{name}:") else "")
    said.append(first[len(name) :])
    table.add_row(Text(f"  {mark}", style=f"bold {colour}"), said)
    if rest:
        table.add_row("", bullets(rest))
    for note in _notes(found, answer.movement.zone):
        table.add_row("", Text(note, style="dim"))
    return table


def _stands_against(found: Finding) -> bool:
    return found.status in (Status.UNMET, Status.UNKNOWN, Status.NOT_YET_DUE) or bool(
        found.risk_owner
    )


def _mark(found: Finding) -> tuple[str, str]:
    return RISK if found.status is Status.MET and found.risk_owner else MARKS[found.status]


def _rule_line(rule: Rule) -> Text:
    line = Text(f"{rule.id}  {rule.title}", style="bold")
    line.append(f"  {rule.level.value}", style="not bold dim")
    return line


def _notes(found: Finding, zone: str) -> Iterator[str]:
    if found.status is Status.NOT_YET_DUE and found.due_at is not None:
        yield f"due {show(found.due_at, zone)}"
    if found.risk_owner not in found.says:
        yield f"the risk is carried by: {found.risk_owner}"
    if found.profiles:
        yield f"only under {' and '.join(found.profiles)}"
    if found.loosened:
        yield f"loosened from HARD by the entry {found.loosened}"
    if found.statements:
        yield f"[{', '.join(found.statements)}]"
