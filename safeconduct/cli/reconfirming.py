"""The verb `reconfirm`: what one call confirmed, for which movements, and what it did not."""

from __future__ import annotations

from rich.text import Text

from safeconduct.app.reconfirming import Call, Reconfirmed, reconfirm
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.recorded import recorded_as
from safeconduct.cli.screen import screen, show_json


def show_reconfirmation(
    path: str,
    party: str,
    movements: tuple[str, ...],
    call: Call,
    *,
    at: str | None,
    author: str,
    as_json: bool,
) -> None:
    """Record a reconfirmation."""
    done = reconfirm(path, party, movements, call, at=at, author=author)
    if as_json:
        show_json(done.as_json())
        return
    _print(done)


def _print(done: Reconfirmed) -> None:
    console = screen()
    console.print(Text(f"{done.statement.actor} reconfirmed, and nothing more than this:", "bold"))
    console.print(
        bullets(
            f"{one.grant} ({one.says or one.why_not}), for {', '.join(one.movements)}"
            for one in done.confirmed
        )
    )
    if done.without:
        console.print(
            Text(f"Nothing of this bears on {', '.join(done.without)}: ask for those.", "yellow")
        )
    if not done.counts:
        console.print(
            Text(
                "It was said, and not both noted and called back: under most profiles it counts "
                "for nothing (NOT-NOTED). Call back, and reconfirm again.",
                "yellow",
            )
        )
    if done.left:
        console.print(section("Not confirmed"))
        console.print(
            bullets(
                f"{one.grant}, for {', '.join(one.movements)}"
                + (f": {one.why_not}. Name it with --act if it was meant." if one.why_not else "")
                for one in done.left
            )
        )
    if done.unjudged:
        console.print(section("Not looked at"))
        console.print(bullets(f"{id}: {why}" for id, why in done.unjudged))
    console.print(recorded_as(done.statement.id, done.recorded))
