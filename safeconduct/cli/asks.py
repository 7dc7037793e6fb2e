"""The verbs of `ask`, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from safeconduct.app.asks import Asked, Asks
from safeconduct.clearance.bench import thing
from safeconduct.cli.contacts import call_line
from safeconduct.cli.lasting import lasting
from safeconduct.cli.recorded import recorded
from safeconduct.cli.screen import screen, show_json
from safeconduct.spacetime import show
from safeconduct.watch.asking import AskStanding, AskState

_COLOURS = {
    AskState.NOT_SENT: "yellow",
    AskState.OPEN: "yellow",
    AskState.OVERDUE: "red",
    AskState.GRANTED: "green",
    AskState.PARTLY: "yellow",
    AskState.REFUSED: "red",
}


def show_asked(done: Asked, *, as_json: bool) -> None:
    """The asks that were written or noted upon, each as it stands now."""
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    for standing in done.standings:
        console.print(_ask(standing, done.names, done.zones))
    for standing in done.waiting:
        console.print(Text(f"Asked already, and waiting for an answer: {standing.ask.id}"))
    if not done.standings and not done.waiting:
        console.print("No key of any party is missing, so there is nothing to ask.")
    console.print(recorded(done.recorded, "" if done.recorded.entries else "nothing"))


def show_asks(found: Asks, *, as_json: bool) -> None:
    """Every ask as it stands."""
    if as_json:
        show_json(found.as_json())
        return
    console = screen()
    for standing in found.standings:
        console.print(_ask(standing, found.names, found.zones))
    if not found.standings:
        console.print("No ask is recorded. Next: `safeconduct ask from --register R`.")


def _ask(
    standing: AskStanding, names: Mapping[str, str], zones: Mapping[str, str]
) -> RenderableType:
    ask = standing.ask
    head = Text()
    head.append(standing.state.value, style=f"bold {_COLOURS[standing.state]}")
    if standing.overdue_s:
        head.append(f" by {lasting(standing.overdue_s)}", style="red")
    head.append(f"  {names.get(ask.party, ask.party)}", style="bold")
    head.append(f": {thing(ask.kind, ask.means)}\n")
    head.append(ask.id, style="dim")
    lines = [Text(line) for line in _lines(standing, zones.get(ask.movement, "UTC"))]
    return Padding(Group(head, *(Padding(line, (0, 0, 0, 2)) for line in lines)), (0, 0, 1, 0))


def _lines(standing: AskStanding, zone: str) -> Iterator[str]:
    ask = standing.ask
    yield f"for {ask.movement}, in {', '.join(ask.areas) or 'no named area'}"
    if ask.asked_at is not None:
        by = f" by {ask.by}" if ask.by else ""
        through = f", {ask.channel}" if ask.channel else ""
        yield f"asked {show(ask.asked_at, zone)}{by}{through}"
    if ask.reply_due_at is not None:
        yield f"reply due {show(ask.reply_due_at, zone)}"
    for chase in standing.chases:
        through = f", {chase.channel}" if chase.channel else ""
        yield f"chased {show(chase.chased_at, zone)} by {chase.by}{through}"
    for reply in standing.replies:
        what = f": {reply.what}" if reply.what else ""
        held = f" [{reply.statement}]" if reply.statement else ""
        yield f"{reply.answer.value} {show(reply.replied_at, zone)}{what}{held}"
    yield call_line(standing.call, zone)
    if standing.would_meet:
        found = dict.fromkeys(f"{f.rule} {f.code}" for f in standing.would_meet)
        yield f"would meet {', '.join(found)}"
    if standing.state is AskState.GRANTED and not (standing.answer and standing.answer.statement):
        yield "A reply turns no key: record the party's word, and name it with --statement."
