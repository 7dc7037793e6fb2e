"""The verb `due`, for the terminal."""

from __future__ import annotations

from rich.padding import Padding
from rich.text import Text

from safeconduct.app.dues import DueNow
from safeconduct.cli.contacts import call_line
from safeconduct.cli.lasting import lasting
from safeconduct.cli.screen import screen, show_json
from safeconduct.spacetime import show
from safeconduct.watch.item import Due, ToDo


def show_due(found: DueNow, *, as_json: bool) -> None:
    """What is due, the earliest first."""
    if as_json:
        show_json(found.as_json())
        return
    console, agenda = screen(), found.agenda
    late = sum(one.overdue for one in agenda.items)
    zones = sorted(set(found.zones.values()))
    zone = zones[0] if len(zones) == 1 else "UTC"
    count = len(agenda.items)
    things = "Nothing" if not count else f"{count} thing{'' if count == 1 else 's'}"
    overdue = f", {late} overdue" if late else ""
    console.print(Text(f"{things} due{overdue}, from {show(agenda.as_of, zone)}", style="bold"))
    console.print(Text(f"until {show(agenda.until, zone)}", style="dim"))
    for item in agenda.items:
        console.print()
        console.print(_head(item, agenda.as_of))
        console.print(Padding(_body(item, found), (0, 0, 0, 2)))


def _head(item: Due, now: int) -> Text:
    text = Text()
    if item.overdue:
        text.append(f"overdue {lasting(now - item.when)}", style="bold red")
    elif item.to_do is ToDo.RENEW:
        text.append(f"lapses in {lasting(item.when - now)}", style="bold yellow")
    else:
        text.append(f"in {lasting(item.when - now)}", style="bold yellow")
    text.append(f"  {item.to_do.value}", style="bold")
    if item.movements:
        text.append(f"  {', '.join(item.movements)}", style="dim")
    return text


def _body(item: Due, found: DueNow) -> Text:
    zone = next((found.zones[m] for m in item.movements if m in found.zones), "UTC")
    text = Text(item.what)
    if item.party:
        text.append(f"\n{call_line(item.call, zone)}", style="" if item.call else "red")
    when = f"by {show(item.when, zone)}"
    if item.overdue:
        when = f"was due {show(item.when, zone)}"
    elif item.to_do is ToDo.RENEW:
        when = f"ends {show(item.when, zone)}"
    text.append(f"\n{when}", style="dim")
    if item.rules:
        text.append(f"  rule {', '.join(item.rules)}", style="dim")
    if item.records:
        text.append(f"\n[{', '.join(item.records)}]", style="dim")
    return text
