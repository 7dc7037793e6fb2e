"""The demo and every other report: what it says, what it never says, how wide it is."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from safeconduct.app.assess import Answer, assess
from safeconduct.app.cases import list_cases
from safeconduct.app.opening import Opened, open_case
from safeconduct.clearance import Status
from safeconduct.cli.report import report
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Assumption, Source, Statement
from tests.unit.cli.running import process, safeconduct

DEMO = (
    *("assess", "aleppo-2016-11-04", "--movement", "un-aid-east-aleppo"),
    *("--at", "2016-11-04T07:30:00Z"),
)
# The program promises nobody that a way is without danger; its own name is another matter.
PROMISE = re.compile(r"\bsafe(?!conduct\b)\w*", re.IGNORECASE)
PARTIES = ("Russian Federation", "Syrian government and army", "Armed opposition")


def questions() -> list[tuple[str, ...]]:
    """Every moment of every bundled case, as the arguments of `assess`."""
    asked = []
    for line in list_cases():
        case = open_case(line.id).case
        assert case is not None
        for moment in case.expected:
            known = moment.at if moment.known_at is None else moment.known_at
            asked.append((line.id, moment.movement, utc(moment.at), utc(known)))
    return asked


QUESTIONS = questions()
each_question = pytest.mark.parametrize("question", QUESTIONS, ids="-".join)


@cache
def answer(question: tuple[str, ...]) -> Answer:
    case, movement, at, known = question
    return assess(opened(case), movement, at=at, known_at=known)


@cache
def opened(case: str) -> Opened:
    return open_case(case)


def lines(shown: Answer, width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False).print(report(shown))
    return [line.rstrip() for line in out.getvalue().splitlines()]


@cache
def unwrapped(question: tuple[str, ...]) -> str:
    """The report of an answer, in a window so wide that nothing is wrapped."""
    return "\n".join(lines(answer(question), 5_000))


def test_the_demo_shows_the_morning_of_4_november_and_ends_well() -> None:
    ran = safeconduct("demo")
    assert (ran.code, ran.err) == (0, "")
    assert "NO-GO   conditions are not recorded as met" in ran.out
    for party in PARTIES:
        assert party in ran.out
    for heading in (
        *("Who is bound to what, when", "Why", "What is missing, and of whom to ask it"),
        *("Our own tasks", "What was said", "Sources", "What this verdict is not"),
    ):
        assert re.search(f"^{heading} ─+$", ran.out, re.MULTILINE), heading


def test_the_demo_is_the_same_answer_as_the_command_it_stands_for() -> None:
    asked = safeconduct(*DEMO)
    assert asked.code == 4
    assert asked.out == safeconduct("demo").out
    assert safeconduct(*DEMO, "--json").json == safeconduct("demo", "--json").json


def test_the_demo_has_no_colours_where_there_is_no_terminal(
    tmp_path: Path,
) -> None:
    ran = process("demo", cwd=tmp_path)
    assert ran.code == 0 and "NO-GO" in ran.out and "\x1b" not in ran.out
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_that_lacks_letters_still_gets_the_whole_answer(tmp_path: Path) -> None:
    ran = process("demo", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert ran.code == 0 and "NO-GO" in ran.out
    assert "This verdict is advice about records" in " ".join(ran.out.split())


@each_question
def test_no_report_is_wider_than_the_window(question: tuple[str, ...]) -> None:
    for width in (60, 80, 100):
        assert max(map(cell_len, lines(answer(question), width))) <= width


def test_the_window_is_used_up_to_a_hundred_columns() -> None:
    for columns, widest in ((20, 60), (60, 60), (80, 80), (100, 100), (240, 100)):
        out = safeconduct("demo", columns=columns).out
        assert max(map(cell_len, out.splitlines())) == widest


@pytest.mark.parametrize("columns", ["", "wide", "0", "-5", "1"])
def test_a_window_of_no_sensible_width_is_no_obstacle(columns: str) -> None:
    ran = safeconduct("demo", COLUMNS=columns)
    assert ran.code == 0 and "NO-GO" in ran.out


@each_question
def test_the_program_itself_never_promises_anybody_that_it_is_without_danger(
    question: tuple[str, ...],
) -> None:
    shown = answer(question)
    text = unwrapped(question) + "\n".join(f"{f.says} {f.remedy}" for f in shown.judgement.findings)
    assert shown.bench is not None
    # What others said is told in their words, and where it is printed is no choice of ours.
    for said in shown.bench.situation.statements:
        for words in (said.paraphrase, *said.conflicts):
            text = text.replace(words, "")
    for source in shown.bench.situation.facts(Source):
        text = text.replace(source.link, "") if source.link else text
    assert PROMISE.findall(text) == []


def test_the_word_that_is_never_said_would_be_found() -> None:
    assert PROMISE.findall("the safeconduct package: a safe road, driven safely") == [
        *("safe", "safely")
    ]


@each_question
def test_every_fact_of_the_judgement_is_in_the_report(question: tuple[str, ...]) -> None:
    shown = answer(question)
    text = " ".join(unwrapped(question).replace(" – ", " ").split())
    assert shown.bench is not None
    names = {a.id: a.name for a in shown.bench.situation.actors.values()}
    assert shown.judgement.title in text
    for finding in shown.judgement.findings:
        if finding.status in (Status.UNMET, Status.UNKNOWN, Status.NOT_YET_DUE):
            assert f"{finding.code} {finding.says}" in text.replace(f"{finding.code}  ", "")
            assert f"[{', '.join(finding.statements)}]" in text or not finding.statements
    for ask in shown.plan.asks:
        assert ask.says.removeprefix(f"{names[ask.party]}: ") in text
    for task in shown.plan.own_tasks:
        assert f"{task.says} ({task.rule})" in text
    for risk in shown.judgement.residual_risk:
        assert risk in text
    for one in shown.judgement.assumptions:
        assert one in text


@each_question
def test_every_statement_that_is_cited_is_told_with_its_sources(question: tuple[str, ...]) -> None:
    shown = answer(question)
    text = unwrapped(question)
    assert shown.bench is not None
    situation = shown.bench.situation
    sources = {source.id: source for source in situation.facts(Source)}
    cited = {
        id
        for finding in shown.judgement.findings
        if finding.status is not Status.NOT_APPLICABLE
        for id in finding.statements
    }
    told = [s for s in situation.statements if cited & {s.id, *(act.id for act in s.acts)}]
    for statement in told:
        assert statement.paraphrase in text
        for other in statement.conflicts:
            assert f"≠ {other}" in text
        for source in (sources[id] for id in statement.sources):
            assert source.publisher in text and source.link in text


def test_a_statement_that_is_an_assumption_of_ours_says_so() -> None:
    ours = open_case("urum").case
    assert ours is not None
    values = [claimed.value for claimed in ours.records]
    supplied = {id for a in values if isinstance(a, Assumption) for id in a.supplies}
    ran = safeconduct("assess", "urum", "--at", "2016-09-18T12:00:00Z", columns=100)
    said = [v.id for v in values if isinstance(v, Statement) and f"  {v.id}  " in ran.out]
    assert said
    for id in said:
        marked = f"  {id}  our assumption  " in ran.out
        assert marked == (id in supplied)


def test_a_source_that_is_cited_by_many_is_listed_once() -> None:
    out = safeconduct("demo", columns=100).out
    sources = out[out.index("\nSources ") : out.index("\nOur assumptions")]
    assert sources.count("Taipei Times") == 1
    numbers = [int(n) for n in re.findall(r"^ ?(\d+) \S", sources, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    used = {int(n) for line in re.findall(r"^ +sources? ([\d, ]+)$", out.replace(" \n", "\n"),
                                          re.MULTILINE) for n in line.split(",")}  # fmt: skip
    assert used == set(numbers)
