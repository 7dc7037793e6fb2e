"""The verb `plan`: when, by which road, with what margin; and where not, what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from safeconduct.app.assess import Answer, answer_on, assess
from safeconduct.app.batches import with_roads
from safeconduct.app.hearing import doubted
from safeconduct.app.moving import Versioned, rejoin, reroute
from safeconduct.app.opening import Opened
from safeconduct.app.proposing import proposed, searched, why_not
from safeconduct.app.registers import open_live
from safeconduct.app.roadmap import drawn
from safeconduct.app.shortest import ToAsk, asked_by
from safeconduct.clearance import Judge
from safeconduct.clearance.checks.hearing import still_unheard
from safeconduct.clearance.unjoined import posts_at
from safeconduct.errors import TimeRefused, UnknownReference
from safeconduct.planning.drives import Drive
from safeconduct.planning.fits import Part, largest_part
from safeconduct.planning.options import Option, Options
from safeconduct.planning.shortest import Proposal
from safeconduct.planning.timing import timing
from safeconduct.planning.windows import Obstacle, Window
from safeconduct.roads.unjoined import unjoined, unrecorded
from safeconduct.situation import records_of
from safeconduct.spacetime import OPEN_END, Edge, Span, instant, show, utc
from safeconduct.vocabulary import AdoptedRoads, Movement

__all__ = ["STEPS", "Blocked", "Planned", "adopt", "plan_movement"]

STEPS = 2_000_000
"""Of the search for the shortest list: a third of a second, or twenty times what any bundled case
takes. Where they do not do, the plan shows the best list so far and the bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """One route without a window, and what stands in its way at one departure.

    Parameters
    ----------
    at : the departure that was looked at: the planned one, as far as it lies within.
    short_s : by how much the best departure falls short of the movement's margin; None where at
        every departure some road is closed when the column comes to it.
    too_long_s : by how much the trip with its margin is longer than the hours looked at, if it is.
    circle : the words that wait for one another, in sentences, by party (rule A7).
    """

    option: Option
    at: int
    obstacles: tuple[Obstacle, ...]
    short_s: int | None
    too_long_s: int
    circle: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "route": self.option.as_json(),
            "leaving_at": utc(self.at),
            "obstacles": [one.as_json() for one in self.obstacles],
            "short_s": self.short_s,
            "too_long_s": self.too_long_s,
            "circle": [{"party": party, "says": says} for party, says in self.circle],
        }


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A movement's plan.

    Parameters
    ----------
    answer : the judgement that the plan cites, with asks, own tasks and the table of parties.
    options : the routes; None where nothing was searched, and `notes` says why.
    left_s : under way, the largest delay that what is left of the trip bears; else None.
    part : the largest part that fits, where the whole does not.
    to_ask : where there is no window in all the time that is planned, the shortest list of asks, as
        the verb `asks` gives it with so many `STEPS`.
    """

    answer: Answer
    within: Span | None
    options: Options | None
    blocked: tuple[Blocked, ...]
    part: Part | None
    left_s: int | None
    notes: tuple[str, ...]
    to_ask: ToAsk | None = None

    @property
    def first_list(self) -> Proposal | None:
        """What there is to ask, where the shortest list was looked for and found."""
        return next(iter(self.to_ask.shown), None) if self.to_ask else None

    @property
    def windows(self) -> tuple[tuple[Option, Window], ...]:
        """Every window with its route, in the order of the first departure."""
        routes = self.options.shown if self.options else ()
        found = [(one, window) for one in routes for window in one.windows.shown]
        return tuple(sorted(found, key=lambda pair: (pair[1].departures, pair[0].id)))

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        judgement, first = self.answer.judgement, self.first_list
        listed = {} if first is None else first.as_json()
        return {
            **self.answer.plan.as_json(),
            **{what: listed[what] for what in ("asks", "own_tasks") if what in listed},
            "shortest": None if self.to_ask is None else self.to_ask.lists_json(),
            "verdict": judgement.verdict.value,
            "movement": {"id": judgement.movement, "version": judgement.movement_version},
            "as_of": utc(judgement.as_of),
            "known_at": utc(judgement.known_at),
            "within": None
            if self.within is None
            else {"from": utc(self.within.start), "until": utc(self.within.end)},
            "windows": [{"route": one.id, **window.as_json()} for one, window in self.windows],
            "routes": [one.as_json() for one in (self.options.shown if self.options else ())],
            "blocked": [one.as_json() for one in self.blocked],
            "fits": None if self.part is None else self.part.as_json(),
            "left_s": self.left_s,
            "bound": [row.as_json() for row in self.answer.bound],
            "notes": list(self.notes),
        }


def plan_movement(
    opened: Opened,
    movement: str | None = None,
    *,
    at: str | None = None,
    known_at: str | None = None,
    start: str | None = None,
    until: str | None = None,
    roads: str | None = None,
) -> Planned:
    """The windows and routes of a movement as of `at`, from what was known at `known_at`.

    Parameters
    ----------
    start, until : between which moments the trip may lie, as text in the movement's zone; from the
        moment asked about to the latest time planned when left out.
    roads : a folder of imported roads to search, instead of those of the case.

    Raises
    ------
    UnknownReference, TimeRefused, WrongField : as `assess`.
    RouteRefused : no road leads from one of the movement's places to the next.
    """
    answer = assess(opened, movement, at=at, known_at=known_at, propose=False)
    judgement = answer.judgement
    judge = opened.judge(judgement.as_of, judgement.known_at)
    known = judge.movement(judgement.movement)
    if judgement.under_way:
        return _under_way(answer, judge)
    within = within_of(known, judgement.as_of, start, until)
    if within is None:
        late = f"Its latest time has passed: {show(known.latest_at, known.zone)}."
        return Planned(
            answer=answer,
            within=None,
            options=None,
            blocked=(),
            part=None,
            left_s=None,
            notes=(late,),
        )
    if roads is not None:
        from safeconduct.app.importedmap import imported  # arrays of a country, and geometry

        map_of = imported(opened, judge, known, roads)
    else:
        map_of = drawn(judge, known)
    found = searched(map_of, judge, known, within)
    if not known.has_route:
        answer = answer_on(opened, judge, proposed(judge, known, found).assessed)
    blocked = () if found.shown else tuple(_blocked(found, known, within))
    to_ask = None
    # For other times than are planned there is no list: what is asked for holds for the movement.
    if not found.shown and start is None and until is None:
        to_ask = asked_by(judge, known, map_of, steps=STEPS)
    part = None
    if not found.shown:
        tried = ((one.id, one.judge, one.movement) for one in found.blocked)
        part = largest_part(tried, within, within.end)
    return Planned(
        answer=answer,
        within=within,
        options=found,
        blocked=blocked,
        part=part,
        left_s=None,
        notes=(
            *still_unheard(judge.situation),
            *doubted(judge.situation.hearing, judgement.findings),
            *why_not(found),
            *map_of.notes,
            *_soon(found, known),
        ),
        to_ask=to_ask,
    )


def adopt(
    path: str,
    route: str,
    movement: str | None = None,
    *,
    at: str | None = None,
    start: str | None = None,
    until: str | None = None,
    roads: str | None = None,
    author: str = "",
) -> Versioned:
    """A route of the plan, recorded as the movement's next version.

    The route that the movement has already may be adopted again over its folder, where a
    checkpoint or crossing was recorded since: then the roads are joined anew, the movement stays
    as it is, and nobody has to be told of it. Under way that is all that can be adopted.

    Parameters
    ----------
    route : its id, or id and mark (`R1:3f9a2c`), which refuses another route that has the id now.
    roads : a folder of imported roads that was searched. The roads of the route are recorded with
        it, so that nobody who judges it needs the folder.

    Raises
    ------
    UnknownReference : the plan shows no route of that id, or of that id and mark.
    WrongField : it is adopted already, and nothing is joined anew; or the register has another
        road of the same id.
    All that `plan_movement` raises.
    """
    with closing(open_live(path)) as opened:
        planned = plan_movement(opened, movement, at=at, start=start, until=until, roads=roads)
        if roads is not None and planned.answer.judgement.under_way:
            # There is nothing to choose any more, and the roads it drives may be joined anew.
            driven = planned.answer.movement
            if (anew := _taken(opened, planned, driven, roads)) is not None:
                return rejoin(path, driven.id, anew, at=at, author=author)
        shown = planned.options.shown if planned.options else ()
        id, _, mark = route.partition(":")
        chosen = next((o for o in shown if o.id == id and mark in ("", o.mark)), None)
        if chosen is None:
            ids = ", ".join(f"{one.id}:{one.mark}" for one in shown) or "none has a window"
            raise UnknownReference(
                f"The plan shows no route {route}.", f"Adopt one that it shows: {ids}.", id=route
            )
        taken = None if roads is None else _taken(opened, planned, chosen.movement, roads)
    known = chosen.judge.movement(chosen.movement.id)
    if taken is not None and Drive.of(chosen.movement) == Drive.of(known):
        return rejoin(path, chosen.movement.id, taken, at=at, author=author)
    routes = {leg.id: leg.route for leg in chosen.movement.legs}
    halts = {leg.id: leg.halts for leg in chosen.movement.legs}
    return reroute(path, chosen.movement.id, routes, halts, roads=taken, at=at, author=author)


def _taken(opened: Opened, planned: Planned, routed: Movement, folder: str) -> AdoptedRoads | None:
    """The roads of the route that the register has to take over, with where places are on them.

    None where it has all of them, and every place was looked for.
    """
    from safeconduct.app.adopting import roads_to_adopt  # arrays of a country, and geometry

    judgement = planned.answer.judgement
    judge = opened.judge(judgement.as_of, judgement.known_at)
    known = judge.movement(judgement.movement)
    edges = {step.edge for leg in routed.legs for step in leg.route}
    there = [one for one in records_of(opened.view().entries) if isinstance(one, AdoptedRoads)]
    id = _free(f"roads-of-{known.id}-v{known.version + 1}", {one.id for one in there})
    found = roads_to_adopt(judge, known, folder, edges, id)
    if with_roads(opened, (found,)).network(OPEN_END) != judge.network:
        return found
    posts = posts_at(judge.situation)
    before, after = (
        list(
            unjoined(
                judge.network,
                records,
                edges,
                posts,
                unrecorded=unrecorded(judge.network, records, edges),
            )
        )
        for records in (there, (*there, found))
    )
    return None if before == after else found


def _free(id: str, taken: Collection[str]) -> str:
    """The id, with the first number behind it that makes it one that nothing has."""
    numbered = (f"{id}-{number}" for number in count(2))
    return next(one for one in chain([id], numbered) if one not in taken)


def within_of(movement: Movement, as_of: int, start: str | None, until: str | None) -> Span | None:
    """Between which moments a trip is to lie; None where the latest time planned has passed."""
    first = as_of if start is None else instant(start, movement.zone, edge=Edge.START)
    last = movement.latest_at if until is None else instant(until, movement.zone, edge=Edge.END)
    if first < as_of:
        raise TimeRefused(
            f"Nobody can leave {show(first, movement.zone)}, before {show(as_of, movement.zone)}, "
            "the moment that is asked about.",
            "Give a later `--from`, or ask as of an earlier moment.",
        ).located(field="from")
    if last <= first:
        if start is None and until is None:
            return None
        raise TimeRefused(
            f"The trip is to lie between {show(first, movement.zone)} and "
            f"{show(last, movement.zone)}, which leaves no time.",
            "Give an `--until` after the `--from`.",
        ).located(field="until")
    return Span(first, last)


def _blocked(found: Options, movement: Movement, within: Span) -> Iterator[Blocked]:
    at = min(max(movement.depart_at, within.start), within.end - 1)
    for option in found.blocked:
        closest = option.timing.closest(within)
        yield Blocked(
            option=option,
            at=at,
            obstacles=option.obstacles(at),
            short_s=None if closest is None else max(0, movement.margin_s - closest[1]),
            too_long_s=max(0, option.timing.duration_s + movement.margin_s - within.length_s),
            circle=option.circle(at),
        )


def _soon(found: Options, movement: Movement) -> Iterator[str]:
    """That preparation takes a part of what would be covered (rule T2)."""
    for one in found.shown:
        for span in one.windows.too_soon:
            yield (
                f"By {one.id} all is covered from {show(span.start, movement.zone)} on, but "
                f"preparation is not over before {show(span.end, movement.zone)} (rule T2)."
            )


def _under_way(answer: Answer, judge: Judge) -> Planned:
    """Under way there is nothing to choose: only what is left of the margin is told."""
    bench = answer.bench
    left = None
    if bench is not None and bench.itinerary.entries:
        covers = [judge.cover(profile) for profile in answer.movement.profiles]
        left = timing(bench.movement, bench.network, covers, bench.itinerary).margin(
            bench.movement.depart_at
        )
    return Planned(
        answer=answer,
        within=None,
        options=None,
        blocked=(),
        part=None,
        left_s=left,
        notes=("The column has left: windows and routes are not looked for any more.",),
    )
