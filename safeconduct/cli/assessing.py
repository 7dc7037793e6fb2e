"""The verbs `demo` and `assess`."""

from __future__ import annotations

from contextlib import closing

from safeconduct.app.assess import Answer, assess
from safeconduct.app.opening import open_case
from safeconduct.app.picturing import draw
from safeconduct.clearance import Verdict
from safeconduct.cli.opened import opened_from
from safeconduct.cli.report import explanation, report
from safeconduct.cli.screen import screen, show_json
from safeconduct.policy import Rule
from safeconduct.register import encode

EXIT_CODES = {Verdict.GO: 0, Verdict.CONDITIONAL: 3, Verdict.NO_GO: 4}
DEMO_CASE, DEMO_MOVEMENT = "aleppo-2016-11-04-russian-pause", "un-aid-east-aleppo"
DEMO_AT = "2016-11-04T07:30:00Z"


def show_demo(*, as_json: bool) -> int:
    """The case of 4 November 2016 as a report; always exit code 0, since nobody is asking to go."""
    answer = assess(open_case(DEMO_CASE), DEMO_MOVEMENT, at=DEMO_AT)
    _show(answer, as_json)
    return 0


def show_assessment(
    *,
    case: str | None,
    register: str | None,
    movement: str | None,
    at: str | None,
    known_at: str | None,
    profile: str | None,
    policy: str | None,
    explain: str | None,
    figures: str | None = None,
    svg: str | None = None,
    as_json: bool,
) -> int:
    """One movement assessed; the exit code says the verdict."""
    with closing(opened_from("assess", case, register, policy)) as opened:
        answer = assess(
            opened, movement, at=at, known_at=known_at, profile=profile, figures=figures
        )
        if svg is not None:
            draw(answer, svg)
        if explain is None:
            _show(answer, as_json)
        else:
            _explain(answer, opened.policy.rule(explain), as_json)
    return EXIT_CODES[answer.judgement.verdict]


def _explain(answer: Answer, rule: Rule, as_json: bool) -> None:
    if not as_json:
        screen().print(explanation(answer, rule))
        return
    judged = answer.as_json()
    found = [finding for finding in judged["findings"] if finding["rule"] == rule.id]
    body = {"rule": encode(rule), "verdict": judged["verdict"], "findings": found}
    show_json(body)


def _show(answer: Answer, as_json: bool) -> None:
    if as_json:
        show_json(answer.as_json())
    else:
        screen().print(report(answer))
