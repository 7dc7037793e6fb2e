"""The shortest list of asks, for the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.shortest import ToAsk, to_ask
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.opened import opened_from
from safeconduct.cli.screen import screen
from safeconduct.planning import OwnTask
from safeconduct.planning.shortest import DEFAULT_STEPS, Proposal
from safeconduct.spacetime import show
from safeconduct.vocabulary import Ask

START = (
    "A list is a start for negotiators. Nobody but they know what a party can be asked for in one "
    "breath, and in which order to ask."
)


def show_to_ask(
    case: str | None,
    register: str | None,
    *,
    movement: str | None,
    at: str | None,
    known_at: str | None,
    lists: int,
    steps: int | None,
    roads: str | None,
    policy: str | None,
    as_json: bool,
) -> None:
    """What to ask of whom for one movement."""
    with closing(opened_from("asks", case, register, policy)) as opened:
        found = to_ask(
            opened,
            movement,
            at=at,
            known_at=known_at,
            lists=lists,
            steps=DEFAULT_STEPS if steps is None else steps,
            roads=roads,
        )
    if as_json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        screen().print(Group(*_report(found)))


def _report(found: ToAsk) -> Iterator[RenderableType]:
    yield Text(found.movement.title, style="bold")
    yield Text(f"as of {show(found.as_of, found.movement.zone)}", style="dim")
    yield from lists_of(found)
    for note in found.notes:
        yield Text(note, style="yellow")
    if any(one.asks for one in found.shown):
        yield Padding(Text(START, style="dim"), (1, 0, 0, 0))


def lists_of(found: ToAsk) -> Iterator[RenderableType]:
    """The lists, whether they are proven, and what has to be done where there is none."""
    shown = found.shown
    for number, one in enumerate(shown, 1):
        yield from _list(found, one, number, len(shown))
    here, proposed = found.proposed.adopted, found.proposed
    if here is not None and proposed.proposals and not proposed.needs_less:
        yield Padding(Text("No other road needs fewer parties or fewer asks."), (1, 0, 0, 0))
    if proposed.bound is not None:
        yield Padding(Text(_stopped(found), style="yellow"), (1, 0, 0, 0))
    if not proposed.proposals:
        yield from _nothing(found)


def _list(found: ToAsk, one: Proposal, number: int, of: int) -> Iterator[RenderableType]:
    yield section(_title(found, one, number, of))
    yield Text(_size(found, one), style="bold")
    yield Text(_way(one))
    for party, asks in groupby(one.asks, key=lambda ask: ask.party):
        name = found.names.get(party, party)
        yield Padding(Text(name, style="bold"), (1, 0, 0, 0))
        yield _numbered(list(one.asks), list(asks), name, found)
    if one.own_tasks:
        yield Padding(Text("Left to do ourselves, once all of it is given"), (1, 0, 0, 0))
        yield bullets(_task(task) for task in one.own_tasks)
    elif one.asks:
        yield Padding(Text("With all of it given, the answer would be GO."), (1, 0, 0, 0))


def _title(found: ToAsk, one: Proposal, number: int, of: int) -> str:
    if one is found.proposed.adopted:
        return "For the road that is adopted"
    if found.proposed.adopted is not None:
        return "Another road needs less" if one.size < found.proposed.adopted.size else "Else"
    return "The shortest list" if of == 1 else f"List {number} of {of}"


def _size(found: ToAsk, one: Proposal) -> str:
    if not one.asks:
        return "Nobody has to be asked for anything."
    asks = "1 ask" if len(one.asks) == 1 else f"{len(one.asks)} asks"
    parties = "1 party" if len(one.parties) == 1 else f"{len(one.parties)} parties"
    if one is found.proposed.adopted:
        return f"{asks} of {parties}; this road takes no fewer."
    proven = "proven: by no road do fewer" if one.proven else "not proven to be the shortest"
    return f"{asks} of {parties}; {proven}."


def _way(one: Proposal) -> str:
    zone = one.movement.zone
    roads = "; ".join(
        f"{leg.id}: {', '.join(_few(names))}"
        for leg, names in zip(one.movement.legs, one.road, strict=True)
    )
    return (
        f"By {roads}. Leaves {show(one.movement.depart_at, zone)}, "
        f"clear {show(one.clear_at, zone)}."
    )


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) <= 4:
        return names
    return (*names[:2], f"{len(names) - 4} more", *names[-2:])


def _numbered(every: list[Ask], asks: list[Ask], name: str, found: ToAsk) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", min_width=2)
    table.add_column()
    for ask in asks:
        says = Text(ask.says.removeprefix(f"{name}: "))
        says.stylize("bold", 0, max(says.plain.find(" in "), 0))
        for already in found.already:
            if already.ask == ask.id:
                whole = "Asked already" if already.whole else "Asked for in part"
                standing = already.standing
                says.append(f"\n{whole}, {standing.state.value}: {standing.ask.id}", style="yellow")
        table.add_row(f"{every.index(ask) + 1}", says)
    return table


def _task(task: OwnTask) -> str:
    return f"{task.says} ({task.rule})"


def _stopped(found: ToAsk) -> str:
    bound = found.proposed.bound
    assert bound is not None  # asked only where there is one
    parties = "1 party" if bound.parties == 1 else f"{bound.parties} parties"
    asks = "1 ask" if bound.asks == 1 else f"{bound.asks} asks"
    least = (
        f"No list is shorter than {asks} of {parties}" if bound.asks else "Nothing is proven yet"
    )
    return (
        f"The search was stopped after {found.proposed.steps} steps. {least}; search longer with "
        "`--steps`."
    )


def _nothing(found: ToAsk) -> Iterator[RenderableType]:
    proposed = found.proposed
    if proposed.own_tasks:
        yield section("No list of asks opens a road")
        yield Text("First this has to be done; whom to ask for what is known only then.")
        yield bullets(_task(task) for task in proposed.own_tasks)
    elif proposed.why_not:
        yield Padding(Text(proposed.why_not), (1, 0, 0, 0))
    elif proposed.bound is not None:
        yield Text("No list was found by then that opens a road.")
