"""The verb `decide`: what was decided, on which verdict, and what stays open."""

from __future__ import annotations

from contextlib import closing

from rich.text import Text

from safeconduct.app.deciding import Checked, Made, Wish, decide, decisions
from safeconduct.app.opening import open_either
from safeconduct.clearance.judgement import SAYS
from safeconduct.cli.costing import cost_lines
from safeconduct.cli.marks import COLOURS, WORDS, bullets, section
from safeconduct.cli.recorded import recorded_as
from safeconduct.cli.screen import screen, show_json
from safeconduct.errors import WrongField
from safeconduct.spacetime import show


def show_decision(
    path: str | None,
    movement: str | None,
    wish: Wish,
    *,
    at: str | None,
    known_at: str | None,
    policy: str | None,
    as_json: bool,
) -> None:
    """Record a decision."""
    if path is None:
        raise WrongField(
            "No register is named that the decision could be written to.",
            "Name it: `safeconduct decide --register R`.",
        )
    made = decide(path, movement, wish, at=at, known_at=known_at, policy=policy)
    if as_json:
        show_json(made.as_json())
        return
    _print(made)


def _print(made: Made) -> None:
    console, answer = screen(), made.answer
    judgement, zone = answer.judgement, answer.movement.zone
    colour = COLOURS[judgement.verdict]
    head = Text()
    head.append(f"{WORDS[judgement.verdict]}", style=f"bold {colour}")
    head.append(f"   {SAYS[judgement.verdict]}\n", style=colour)
    head.append(f"{judgement.title}, version {judgement.movement_version}", style="bold")
    head.append(f"\nas of {show(judgement.as_of, zone)}, judgement {judgement.hash[:16]}")
    for line in cost_lines(answer.cost):
        head.append(f"\n{line}")
    console.print(head)
    against = made.decided.decision.against_advice
    console.print(Text(f"\ndecided: {made.decided.says(zone)}", "bold red" if against else "bold"))
    console.print(Text(f"why: {made.decided.decision.why}"))
    if made.decided.decision.dissent:
        console.print(Text(f"dissent: {made.decided.decision.dissent}", "yellow"))
    if made.signed:
        console.print(section("Signed for"))
        console.print(bullets(f"{one.rule}: {one.says}" for one in made.signed))
    if made.still_open:
        console.print(section("Goes only if this is met in time"))
        console.print(
            bullets(
                f"{one.rule}: {one.says}"
                + ("" if one.due_at is None else f" Due {show(one.due_at, zone)}.")
                for one in made.still_open
            )
        )
    if judgement.expires is not None:
        console.print(Text(f"to be reconfirmed by {show(judgement.expires, zone)}", colour))
    console.print(recorded_as(made.decided.decision.id, made.recorded))


def show_decisions(
    wanted: str | None, movement: str | None, *, at: str | None, policy: str | None, as_json: bool
) -> None:
    """The decisions on a movement, in order, each held against its judgement made again."""
    if wanted is None:
        raise WrongField(
            "No register is named whose decisions are to be shown.",
            "Name it: `safeconduct decide show --register R`.",
        )
    with closing(open_either(wanted, policy)) as opened:
        zone, found = decisions(opened, movement, at=at)
    if as_json:
        body = {"decisions": [one.as_json() for one in found]}
        show_json(body)
        return
    console = screen()
    if not found:
        console.print("Nothing has been decided on this movement.")
    for number, one in enumerate(found, 1):
        console.print(_line(number, one, zone, holds=number == len(found)))


def _line(number: int, one: Checked, zone: str, *, holds: bool) -> Text:
    decision = one.decided.decision
    text = Text(f"{number}. {one.decided.says(zone)}", "bold" if holds else "")
    if holds:
        text.append("  (holds)", style="bold")
    text.append(f"\n   why: {decision.why}", style="not bold")
    if decision.dissent:
        text.append(f"\n   dissent: {decision.dissent}", style="not bold yellow")
    text.append(f"\n   {one.says}", style="not bold dim")
    return text
