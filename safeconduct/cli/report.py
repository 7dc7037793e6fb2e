"""An answer as a report for the terminal: verdict, table, findings, what is missing from whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from safeconduct.app.assess import Answer
from safeconduct.clearance import Status
from safeconduct.clearance.judgement import SAYS
from safeconduct.cli.costing import cost_lines, cost_notes
from safeconduct.cli.decisions import decision_lines
from safeconduct.cli.findings import finding, glance, met_findings, open_findings, to_be_seen
from safeconduct.cli.hours import hours_table
from safeconduct.cli.marks import COLOURS, WORDS, bullets, section
from safeconduct.cli.organisations import by_profile, loosened
from safeconduct.cli.rules import rule_text
from safeconduct.cli.said import assumptions, depth, statements
from safeconduct.policy import Rule
from safeconduct.spacetime import show
from safeconduct.vocabulary import Ask


def report(answer: Answer) -> RenderableType:
    """The whole report."""
    parts: list[RenderableType] = [
        _head(answer),
        section("Who is bound to what, when"),
        hours_table(answer),
        section("Why"),
        glance(answer.judgement.findings),
        *open_findings(answer),
        *asks_and_tasks(answer),
        *to_be_seen(answer),
        *met_findings(answer),
        *depth(answer),
        *statements(answer),
        *assumptions(answer),
        *cost_notes(answer.cost),
        *_small_print(answer),
    ]
    return Group(*parts)


def _head(answer: Answer) -> RenderableType:
    judgement = answer.judgement
    colour = COLOURS[judgement.verdict]
    lines = Text()
    lines.append(f"{WORDS[judgement.verdict]}", style=f"bold {colour}")
    lines.append(f"   {SAYS[judgement.verdict]}\n", style=colour)
    lines.append(judgement.title, style="bold")
    for line in _moments(answer):
        lines.append(f"\n{line}", style="dim")
    for line in _ahead(answer):
        lines.append(f"\n{line}", style=colour)
    for told in (*by_profile(answer), *loosened(answer)):
        lines.append("\n").append(told)
    if count := len(judgement.assumptions):
        ours = "an assumption" if count == 1 else f"{count} assumptions"
        lines.append(f"\nrests on {ours} of ours, told below", style="yellow")
    for line, style in decision_lines(answer):
        lines.append(f"\n{line}", style=style)
    for line in cost_lines(answer.cost):
        lines.append(f"\n{line}")
    return Panel(lines, border_style=colour, title=Text(answer.opened.title), title_align="left")


def _moments(answer: Answer) -> Iterator[str]:
    """The moment asked about, and the departure that was planned."""
    judgement, zone = answer.judgement, answer.movement.zone
    known = ""
    if judgement.known_at != judgement.as_of:
        known = f", from what was known {show(judgement.known_at, zone)}"
    yield f"as of {show(judgement.as_of, zone)}{known}"
    yield (
        f"planned departure {show(answer.movement.depart_at, zone)}, "
        f"version {judgement.movement_version}"
    )


def _ahead(answer: Answer) -> Iterator[str]:
    """What the reader has to do next, and until when the answer holds."""
    judgement, zone = answer.judgement, answer.movement.zone
    if judgement.under_way:
        yield "under way: what is left of the trip is judged"
    waiting = dict.fromkeys(f.rule for f in judgement.findings if f.status is Status.NOT_YET_DUE)
    if "ON-TRACK" in judgement.codes:
        yield f"on track: all that is due is met, {len(waiting)} still open ({', '.join(waiting)})"
    if "RISK-OWNER" in judgement.codes:
        yield "goes only on the word of the person who carries the risk named below"
    if "SIGN-OFF" in judgement.codes:
        yield "goes only with the recorded sign-off of a named person"
    if judgement.expires is not None:
        yield f"to be reconfirmed by {show(judgement.expires, zone)}"
    if judgement.next_due is not None:
        yield f"next due {show(judgement.next_due, zone)}"


def asks_and_tasks(answer: Answer) -> Iterator[RenderableType]:
    """What is to be asked of whom, and what is left for the office itself."""
    yield from _asks(answer)
    yield from _own_tasks(answer)


def _asks(answer: Answer) -> Iterator[RenderableType]:
    """The asks, numbered through, under the name of the party they go to."""
    if not answer.plan.asks:
        return
    yield section("What is missing, and of whom to ask it")
    number = 1
    for party, asks in groupby(answer.plan.asks, key=lambda ask: ask.party):
        name = answer.bench.name(party) if answer.bench else party
        lines = [_ask(ask, name) for ask in asks]
        yield Text(name, style="bold")
        yield _numbered(lines, number)
        number += len(lines)


def _ask(ask: Ask, name: str) -> Text:
    """The ask without the name it begins with, which stands above it; what is asked for in bold."""
    text = Text(ask.says.removeprefix(f"{name}: "))
    text.stylize("bold", 0, max(text.plain.find(" over "), 0))
    return text


def _own_tasks(answer: Answer) -> Iterator[RenderableType]:
    tasks = dict.fromkeys(f"{task.says} ({task.rule})" for task in answer.plan.own_tasks)
    if tasks:
        yield section("Our own tasks")
        yield _numbered(map(Text, tasks))


def _numbered(lines: Iterable[Text], first: int = 1) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", min_width=2)
    table.add_column()
    for number, line in enumerate(lines, first):
        table.add_row(f"{number}", line)
    return table


def _small_print(answer: Answer) -> Iterator[RenderableType]:
    judgement, versions = answer.judgement, dict(answer.judgement.versions)
    yield section("What this verdict is not")
    yield bullets(judgement.residual_risk)
    for note in answer.notes:
        yield Text(note, style="yellow")
    yield Text(
        f"judgement {judgement.hash[:16]}, rules {versions['policy']}, "
        f"profile {versions['profile']}, tzdata {versions['tzdata']}",
        style="dim",
    )


def explanation(answer: Answer, rule: Rule) -> RenderableType:
    """One rule: its text, level, phase, source, and what it found on this movement."""
    level = rule.level_under(answer.bench.profile if answer.bench else None)
    parts: list[RenderableType] = [rule_text(rule, level), section("On this movement")]
    for found in answer.judgement.findings:
        if found.rule == rule.id:
            parts.append(finding(found, answer))
            if found.remedy:
                parts.append(Padding(Text(f"→ {found.remedy}"), (0, 0, 0, 4)))
    return Group(*parts)
