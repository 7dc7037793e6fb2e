"""What can be reached, as a report for the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from safeconduct.app.reaching import Reaching, reach_from
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.opened import opened_from
from safeconduct.cli.screen import screen
from safeconduct.planning.reach import People, Reached, together
from safeconduct.spacetime import show
from safeconduct.spacetime.periods import show_span


def show_reach(
    case: str | None,
    register: str | None,
    *,
    movement: str | None,
    origin: str | None,
    at: str | None,
    known_at: str | None,
    start: str | None,
    until: str | None,
    roads: str | None,
    as_json: bool,
) -> None:
    """Which settlements can be reached."""
    with closing(opened_from("reach", case, register)) as opened:
        told = reach_from(
            opened,
            movement,
            origin=origin,
            at=at,
            known_at=known_at,
            start=start,
            until=until,
            roads=roads,
        )
        if as_json:
            print(json.dumps(told.as_json(), ensure_ascii=False, indent=2))
        else:
            screen().print(Group(*_report(told)))


def _report(told: Reaching) -> Iterator[RenderableType]:
    zone = told.movement.zone
    yield Text(f"From {told.name(told.origin)}, as of {show(told.as_of, zone)}", "bold")
    yield Text(f"with the column and the purpose of {told.movement.id}: {told.movement.title}")
    yield Text(f"within {show_span(told.within, zone)}")
    there = [one for one in told.found if one.back]
    one_way = [one for one in told.found if one.is_reached and not one.back]
    never = [one for one in told.found if not one.is_reached]
    yield from _group(told, "There and back", there)
    yield from _group(told, "There, but not back", one_way)
    yield from _group(told, "Not reached", never)
    if told.notes:
        yield section("Notes")
        yield bullets(told.notes)
    yield Text("\nIt speaks of records. To go, plan and judge a movement of its own.", "dim")


def _group(told: Reaching, title: str, some: Sequence[Reached]) -> Iterator[RenderableType]:
    if not some:
        return
    yield section(f"{title}: {_counted(some)}")
    for one in some:
        yield Text.assemble(("  " + told.name(one.place), "bold"), f"  {_people(one.people)}")
        for line in _lines(told, one):
            yield Padding(Text(line), (0, 0, 0, 4))


def _lines(told: Reaching, one: Reached) -> Iterator[str]:
    zone = told.movement.zone
    if one.arrives_at is not None and one.leaves_at is not None:
        arrives, leaves = show(one.arrives_at, zone), show(one.leaves_at, zone)
        yield f"there at the earliest {arrives}, leaving {leaves}"
    if one.no_road:
        yield one.no_road
    lacking: dict[str, list[str]] = {}
    for obstacle in one.in_the_way:
        who = told.parties.get(obstacle.party, obstacle.party)
        lacking.setdefault(who, []).append(obstacle.whose.removesuffix(f" of {who}"))
    way = "in the way back" if one.is_reached else "in the way"
    for who, things in lacking.items():
        what = "; ".join(dict.fromkeys(things))
        yield f"{way}: {who}: {what}" if who else f"{way}: {what}"
    if one.doubt:
        yield f"More may be possible: {one.doubt}."


def _people(people: People | None) -> str:
    if people is None:
        return "people not counted"
    if people.low == people.high:
        return f"{people.low:,} people"
    return f"{people.low:,} to {people.high:,} people"


def _counted(some: Sequence[Reached]) -> str:
    people, unknown = together(some)
    count = f"{len(some)} {'place' if len(some) == 1 else 'places'}"
    if not some or unknown == len(some):
        return count
    more = f", and {unknown} not counted" if unknown else ""
    return f"{count}, {_people(people)}{more}"
