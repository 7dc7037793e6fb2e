"""The verbs of `permit`, for the terminal."""

from __future__ import annotations

from rich.text import Text

from safeconduct.app.permits import Permits, Stepped
from safeconduct.cli.lasting import lasting
from safeconduct.cli.recorded import recorded
from safeconduct.cli.screen import screen, show_json
from safeconduct.spacetime import utc
from safeconduct.vocabulary import PermitState
from safeconduct.watch.permitting import PermitStanding

MINUTE_S = 60

_MARKS = {
    PermitState.GRANTED: ("✓", "green"),
    PermitState.OPEN: ("…", "yellow"),
    PermitState.REFUSED: ("✗", "red"),
}


def show_permits(found: Permits, *, as_json: bool) -> None:
    """Every permit that is needed, step by step."""
    if as_json:
        show_json(found.as_json())
        return
    console = screen()
    for standing in found.standings:
        console.print(_permit(standing, found.names.get(standing.need.party, ""), found.as_of))
    if not found.standings:
        console.print("No permit is recorded as needed on the way of any movement.")


def show_step(done: Stepped, *, as_json: bool) -> None:
    """The permit as it stands with the step that was recorded."""
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    permit = done.standing.permit
    now = permit.stands_at if permit else 0
    console.print(_permit(done.standing, "", now))
    if not done.standing.next_step and permit is not None and permit.valid is None:
        console.print(
            Text("Not yet known: for how long it holds. Give --valid-from and --valid-until.")
        )
    console.print(recorded(done.recorded))


def _permit(standing: PermitStanding, party: str, now: int) -> Text:
    need = standing.need
    text = Text()
    text.append(need.name, style="bold")
    text.append(f"  {standing.granted} of {len(standing.steps)} steps")
    text.append(f"\n{party or need.party}, for {standing.movement}  [{need.id}]", style="dim")
    for step in standing.steps:
        mark, colour = _MARKS[step.state]
        text.append(f"\n  {mark} ", style=colour)
        text.append(step.name)
        at = f" {utc(step.at)}" if step.at is not None else ""
        text.append(f"  {step.state.value}{at}", style="dim")
        waited = now - (now if standing.open_since is None else standing.open_since)
        if step.name == standing.next_step and waited >= MINUTE_S:
            text.append(f", waits for {lasting(waited)}", style=colour)
    if standing.permit is not None and standing.permit.valid is not None:
        valid = standing.permit.valid
        text.append(f"\n  holds from {utc(valid.start)} until {utc(valid.end)}", style="dim")
    return text
