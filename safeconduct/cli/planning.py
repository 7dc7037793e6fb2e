"""A plan as a report for the terminal: windows, routes, or what stands in the way."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Iterator
from contextlib import closing
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.adapters.stores import name_of
from safeconduct.app.plan import Blocked, Planned, adopt, plan_movement
from safeconduct.cli.lasting import lasting
from safeconduct.cli.marks import COLOURS, WORDS, bullets, section
from safeconduct.cli.moving import version_report
from safeconduct.cli.opened import opened_from
from safeconduct.cli.report import asks_and_tasks
from safeconduct.cli.screen import screen
from safeconduct.cli.shortest import lists_of
from safeconduct.errors import WrongField
from safeconduct.planning.options import Option, RoadShare
from safeconduct.planning.windows import Obstacle, Window
from safeconduct.spacetime import show
from safeconduct.vocabulary import Leg

MOST_ROADS = 8


def show_plan(
    case: str | None,
    register: str | None,
    *,
    movement: str | None,
    at: str | None,
    known_at: str | None,
    start: str | None,
    until: str | None,
    roads: str | None,
    svg: str | None = None,
    as_json: bool,
) -> None:
    """The plan of a movement, and its picture where a file for it is named."""
    with closing(opened_from("plan", case, register)) as opened:
        planned = plan_movement(
            opened,
            movement,
            at=at,
            known_at=known_at,
            start=start,
            until=until,
            roads=roads,
        )
        if svg is not None:
            from safeconduct.app.planpicture import draw_plan  # only a picture needs papers

            draw_plan(planned, svg)
        if as_json:
            print(json.dumps(planned.as_json(), ensure_ascii=False, indent=2))
        else:
            more = _else(case, register, planned, at=at, known_at=known_at, roads=roads)
            screen().print(Group(*_report(planned, register), *more))


def show_adopted(
    case: str | None,
    register: str | None,
    route: str,
    *,
    movement: str | None,
    at: str | None,
    start: str | None,
    until: str | None,
    roads: str | None,
    author: str,
    as_json: bool,
) -> None:
    """A route of the plan recorded as the movement's next version."""
    if register is None or case is not None:
        raise WrongField(
            "A route is adopted in a register, and a case is only read.",
            "Name the register: `safeconduct plan --register R --adopt R1`.",
        ).located(field="adopt")
    done = adopt(
        register,
        route,
        movement,
        at=at,
        start=start,
        until=until,
        roads=roads,
        author=author,
    )
    if as_json:
        print(json.dumps(done.as_json(), ensure_ascii=False, indent=2))
        return
    console = screen()
    for part in version_report(done):
        console.print(part)
    console.print(Text(f"\nHead {done.recorded.head[:16]}.", "dim"))
    place = name_of(register)
    console.print(Text(f"Next: safeconduct assess --register {place} --movement {done.new.id}"))


def _report(planned: Planned, register: str | None) -> Iterator[RenderableType]:
    yield _head(planned)
    if planned.left_s is not None:
        yield section("Under way")
        yield Text(_margin(planned.left_s, "What is left of the trip bears"))
    elif planned.windows:
        yield section("Windows")
        yield _windows(planned)
        yield section("Routes")
        for option in planned.options.shown if planned.options else ():
            yield _route(option, planned)
    elif planned.blocked:
        yield section("No window: what stands in the way")
        for number, one in enumerate(planned.blocked):
            yield _blocked(one, planned, whole=number == 0)
    if planned.part is not None:
        yield section("What fits")
        yield Text(f"{planned.part.says}.")
    if planned.notes:
        yield section("Notes")
        yield bullets(planned.notes)
    if planned.to_ask is None or not planned.to_ask.shown:
        yield from asks_and_tasks(planned.answer)
    if planned.to_ask is not None:
        yield from lists_of(planned.to_ask)
    yield from _next(planned, register)


def _head(planned: Planned) -> RenderableType:
    judgement, movement = planned.answer.judgement, planned.answer.movement
    text = Text(f"{judgement.title}\n", "bold")
    text.append(f"as of {show(judgement.as_of, movement.zone)}", "not bold dim")
    if judgement.known_at != judgement.as_of:
        known = show(judgement.known_at, movement.zone)
        text.append(f", from what was known {known}", "not bold dim")
    text.append(
        f"\nplanned departure {show(movement.depart_at, movement.zone)}, "
        f"version {judgement.movement_version}\n",
        "not bold dim",
    )
    if planned.within is not None:
        first, last = (show(one, movement.zone) for one in (planned.within.start,
                                                            planned.within.end))  # fmt: skip
        text.append(f"looked for from {first} until {last}\n", "not bold dim")
    text.append("as it is planned: ", "not bold")
    text.append(WORDS[judgement.verdict], f"bold {COLOURS[judgement.verdict]}")
    return text


def _windows(planned: Planned) -> RenderableType:
    zone = planned.answer.movement.zone
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("route", "leave from", "to", "arrives", "clear", "bears a delay of"):
        table.add_column(name, no_wrap=name != "bears a delay of")
    day = ""
    for option, window in planned.windows:
        span, trip = window.departures, window.legs[0]
        today = _day(span.start, zone)
        if today != day:
            table.add_row("", Text(today, "dim"), "", "", "", "")
            day = today
        table.add_row(
            Text(option.id, "bold"),
            Text(_clock(span.start, zone, day), "green"),
            Text(_clock(span.end - 1, zone, day), "green"),
            _clock(trip.arrives_at, zone, day),
            _clock(window.clear_at, zone, day),
            lasting(window.margin_s),
        )
    legend = Text(
        f"\nTimes in {zone}. The trip shown leaves first; arrives: the head, at the earliest; "
        "clear: the tail of the column at the end of the trip, at the latest; "
        f"who leaves last still bears {lasting(planned.answer.movement.margin_s)}.",
        "dim",
    )
    ends = dict.fromkeys(f"{one.id}: then {window.then}" for one, window in planned.windows)
    days = dict.fromkeys(day for one, window in planned.windows for day in _days(one, window, zone))
    told = [*ends, *days]
    return Group(table, legend, *([bullets(told)] if told else []))


def _days(option: Option, window: Window, zone: str) -> Iterator[str]:
    """That not all departures of a window keep to daylight, where a rule asks for it."""
    if window.by_day is None or window.by_day.holds(window.departures):
        return
    day = _day(window.departures.start, zone)
    spans = [
        f"from {_clock(one.start, zone, day)} to {_clock(one.end - 1, zone, day)}"
        for one in window.by_day
    ]
    if spans:
        yield f"{option.id}: by daylight only leaving {' or '.join(spans)} (rule X1)"
    else:
        yield f"{option.id}: not by recorded daylight, whenever it leaves (rule X1)"


def _route(option: Option, planned: Planned) -> RenderableType:
    head = Text(f"{option.id}  ", "bold")
    head.append(_way(option), "not bold")
    head.append(f"\n{option.why}", "not bold italic")
    lines = [Text(f"{leg.id}: {_roads(roads)}{_halts(leg, option)}")
             for leg, roads in zip(option.movement.legs, option.roads, strict=True)]  # fmt: skip
    lines.append(Text(_near(option, planned), "dim"))
    return Padding(Group(head, *(Padding(line, (0, 0, 0, 4)) for line in lines)), (0, 0, 1, 0))


def _way(option: Option) -> str:
    return f"{_km(option.length_dm)} in all, {lasting(option.timing.duration_s)} at most"


def _roads(roads: tuple[RoadShare, ...]) -> str:
    """The roads in driving order; of many only the longest, with the number of the others."""
    long = sorted(roads, key=lambda road: -road.length_dm)[:MOST_ROADS]
    told = ", ".join(f"{road.name} {_km(road.length_dm)}" for road in roads if road in long)
    more = len(roads) - len(long)
    return told + (f", and {more} shorter stretches" if more > 0 else "")


def _halts(leg: Leg, option: Option) -> str:
    """Where the column waits on a leg; nothing where it waits nowhere."""
    network = option.judge.network
    return "".join(
        f"; waits {lasting(halt.wait_s)} at {network.place(halt.place).name or halt.place}"
        for halt in leg.halts
    )


def _near(option: Option, planned: Planned) -> str:
    exposure = option.exposure
    if not exposure.parties:
        return "no armed party within reach"
    bench = planned.answer.bench
    names = [bench.name(one) if bench else one for one in exposure.parties]
    return (
        f"within reach of {' and '.join(names)}: {lasting(exposure.party_s)} and "
        f"{_km(exposure.party_m * 10)}, each party counted"
    )


def _blocked(one: Blocked, planned: Planned, *, whole: bool) -> RenderableType:
    """One route that is not covered: every stretch, or only who lacks what where it is not the
    first."""
    zone = planned.answer.movement.zone
    roads = list(dict.fromkeys(road.name for road in one.option.roads[0]))
    head = Text(f"By {', '.join(roads)}", "bold")
    head.append(f"\n{_way(one.option)}", "not bold dim")
    parts: list[RenderableType] = [head]
    if one.obstacles:
        head.append(f"; leaving {show(one.at, zone)} it lacks", "not bold dim")
        lines = [_obstacle(found) for found in one.obstacles] if whole else _briefly(one, planned)
        parts.append(bullets(lines))
    if one.too_long_s > 0:
        margin = lasting(planned.answer.movement.margin_s)
        parts.append(
            Text(
                f"With its margin of {margin} it takes {lasting(one.too_long_s)} longer than the "
                "hours that were looked at.",
                "yellow",
            )
        )
    circles = dict.fromkeys(says for _, says in one.circle if whole)
    parts += [Text(says, "yellow") for says in circles]
    if one.short_s:
        parts.append(
            Text(f"The best departure falls {lasting(one.short_s)} short of its margin.", "yellow")
        )
    return Padding(Group(*parts), (0, 0, 1, 0))


def _obstacle(one: Obstacle) -> Text:
    text = Text(one.whose, "red")
    if not one.road:
        return text
    text.append(f" over {one.road}, for {lasting(one.lacking_s)}", "default")
    return text


def _briefly(one: Blocked, planned: Planned) -> list[str | Text]:
    """One line for each party: what kinds of word are missing of it."""
    bench = planned.answer.bench
    lacking: dict[str, list[str]] = {}
    for found in one.obstacles:
        if not found.road:
            continue
        kind = found.whose.partition(" of ")[0] if found.party else found.whose
        lacking.setdefault(found.party, []).append(kind.partition(" from ")[0])
    lines: list[str | Text] = []
    for party, kinds in lacking.items():
        name = (bench.name(party) if bench else party) if party else "nobody's word"
        lines.append(f"{name}: {', '.join(dict.fromkeys(kinds))}")
    return lines


def _next(planned: Planned, register: str | None) -> Iterator[RenderableType]:
    movement = planned.answer.judgement.movement
    shown = planned.options.shown if planned.options else ()
    first = next((one for one in shown if not one.adopted), None)
    if first is not None and register is not None:
        yield Text(
            f"\nNext: safeconduct plan --register {name_of(register)} --movement {movement} "
            f"--adopt {first.id}:{first.mark}"
        )


def _else(
    case: str | None,
    register: str | None,
    planned: Planned,
    *,
    at: str | None,
    known_at: str | None,
    roads: str | None,
) -> Iterator[RenderableType]:
    """Where there is no window, and no list that is proven: the verb that looks for it longer."""
    if planned.within is None or planned.windows:
        return
    if planned.to_ask is not None and planned.to_ask.proposed.bound is None:
        return
    words = ["safeconduct asks"]
    place = f"--register {shlex.quote(name_of(register))}" if register else shlex.quote(case or "")
    words.append(place)
    words.append(f"--movement {planned.answer.judgement.movement}")
    given = (("--at", at), ("--known-at", known_at), ("--roads", roads))
    words += [f"{option} {shlex.quote(value)}" for option, value in given if value is not None]
    yield Text(f"\nThe shortest list of asks, by any road: {' '.join(words)}")


def _margin(seconds: int, what: str) -> str:
    if seconds < 0:
        return f"{what} no delay: {lasting(-seconds)} of it are not covered."
    return f"{what} a delay of {lasting(seconds)}."


def _km(length_dm: int) -> str:
    """
    >>> _km(65_432)
    '6.5 km'
    """
    return f"{length_dm // 10_000}.{length_dm % 10_000 // 1000} km"


def _day(moment: int, zone: str) -> str:
    return f"{dt.datetime.fromtimestamp(moment, ZoneInfo(zone)):%Y-%m-%d}"


def _clock(moment: int, zone: str, day: str) -> str:
    """The hour and minute, with the day where it is another than the one that stands above."""
    local = dt.datetime.fromtimestamp(moment, ZoneInfo(zone))
    return f"{local:%H:%M}" if f"{local:%Y-%m-%d}" == day else f"{local:%d %b %H:%M}"
