"""The verbs of `movement`: list, copy, repeat, version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.adapters.files.setting import Change, changed, rerouted
from safeconduct.app.batches import with_roads
from safeconduct.app.decided import Decided, came_out, decided, outcome_json
from safeconduct.app.opening import Opened
from safeconduct.app.registers import Recorded, open_live, write
from safeconduct.clearance import Judge, Judgement
from safeconduct.errors import TimeRefused, WrongField
from safeconduct.planning.copying import (
    LeftBehind,
    left_behind,
    left_behind_without_route,
    repeated,
    shifted,
)
from safeconduct.planning.retelling import ToTell, to_tell, to_tell_without_route
from safeconduct.spacetime import Edge, instant, show, utc
from safeconduct.spacetime.timetext import calendar_date
from safeconduct.vocabulary import AdoptedRoads, Departure, Halt, Movement, Outcome, Step

STEPS = {"daily": 1, "weekly": 7}
MOST = 366
"""How often a movement is repeated at most by one command: a year of days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One movement in the list: how it is judged, what was decided, how it came out."""

    movement: Movement
    judgement: Judgement
    decided: Decided | None
    outcome: Outcome | None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        judgement = self.judgement
        return {
            "movement": self.movement.id,
            "version": self.movement.version,
            "title": self.movement.title,
            "depart_at": utc(self.movement.depart_at),
            "latest_at": utc(self.movement.latest_at),
            "verdict": judgement.verdict.value,
            "codes": list(judgement.codes),
            "hash": judgement.hash,
            "under_way": judgement.under_way,
            "expires": None if judgement.expires is None else utc(judgement.expires),
            "next_due": None if judgement.next_due is None else utc(judgement.next_due),
            "decision": None if self.decided is None else self.decided.as_json(),
            "outcome": None if self.outcome is None else outcome_json(self.outcome),
        }


def listing(
    opened: Opened, *, at: str | None = None, known_at: str | None = None
) -> tuple[Line, ...]:
    """Every movement that is known, by departure, with its verdict as of a moment.

    Parameters
    ----------
    at : a moment as text; this moment if left out, which only a live register has.
    known_at : up to when records count; the same moment if left out.
    """
    as_of = _moment(opened, at)
    known = as_of if known_at is None else instant(known_at, edge=Edge.END)
    judge = opened.judge(as_of, known)
    return tuple(_lines(judge, opened))


def _lines(judge: Judge, opened: Opened) -> Iterator[Line]:
    known = judge.situation.movements.values()
    for movement in sorted(known, key=lambda one: (one.depart_at, one.id)):
        decisions = decided(judge.situation, opened.store, movement)
        outcomes = came_out(judge.situation, movement)
        yield Line(
            movement=movement,
            judgement=judge.judge(movement.id),
            decided=decisions[-1] if decisions else None,
            outcome=outcomes[-1] if outcomes else None,
        )


def _moment(opened: Opened, at: str | None) -> int:
    if at is not None:
        return instant(at, opened.case.zone if opened.case else None, edge=Edge.END)
    if opened.store.replay:
        raise WrongField(
            f"{opened.name} is a replay, and a replay has no present moment.",
            "Say as of when: `--at 2016-11-04T07:30:00Z`.",
        )
    return opened.by_the_clock(now())


# -- copy, repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """Movements made from a movement, each with what does not come along."""

    recorded: Recorded
    source: Movement
    made: tuple[tuple[Movement, LeftBehind], ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "from": {"movement": self.source.id, "version": self.source.version},
            "made": [_copy_json(movement, left) for movement, left in self.made],
            "recorded": self.recorded.as_json(),
        }


def _copy_json(movement: Movement, left: LeftBehind) -> dict[str, Any]:
    return {
        "movement": movement.id,
        "depart_at": utc(movement.depart_at),
        "latest_at": utc(movement.latest_at),
        "left_behind": dict(left.counts),
        "uncovered": [{"grant": o.grant, "party": o.party, "says": o.says} for o in left.uncovered],
        "to_ask": [{"grant": o.grant, "party": o.party, "says": o.says} for o in left.named],
        "links": list(left.links),
    }


def copy(
    path: str,
    source: str,
    id: str,
    depart: str,
    latest: str | None = None,
    *,
    at: str | None = None,
    author: str = "",
) -> Copied:
    """A movement again at another time, under an id of its own, as version 1.

    Parameters
    ----------
    depart, latest : as text, in the zone of the movement; without `latest` it lasts as long.
    at : as of when the words on record are looked at; this moment if left out.

    Raises
    ------
    UnknownReference : no such movement. WrongField : the new id is taken or empty.
    TimeRefused : it would leave before that moment, or end before it leaves.
    """
    with closing(open_live(path)) as opened:
        as_of = _moment(opened, at)
        old = opened.judge(as_of, as_of).movement(source)
        _check_id(id)
        leaves = instant(depart, old.zone, edge=Edge.START)
        ends = None if latest is None else instant(latest, old.zone, edge=Edge.END)
        copies = _to_come((shifted(old, id, leaves, ends),), as_of)
        made = tuple(_with_left(opened, old, copies, as_of))
    recorded = write(path, copies, author)
    return Copied(recorded=recorded, source=old, made=made)


def repeat(
    path: str,
    source: str,
    step: str,
    times: int,
    but: tuple[str, ...] = (),
    *,
    name: str | None = None,
    at: str | None = None,
    author: str = "",
) -> Copied:
    """A movement again, every day or every week, at the same hours by the clocks of its zone.

    Parameters
    ----------
    step : daily or weekly. times : how many days are gone through. but : dates to leave out.
    name : what the ids begin with; the id of the movement if left out.

    Raises
    ------
    NonexistentTime : on one of the days the clocks skip the hour. All that `copy` raises.
    """
    if not 1 <= times <= MOST:
        raise WrongField(
            f"A movement was to be repeated {times} times.", f"Repeat it 1 to {MOST} times."
        ).located(field="times")
    days = tuple(calendar_date(one) for one in but)
    with closing(open_live(path)) as opened:
        as_of = _moment(opened, at)
        old = opened.judge(as_of, as_of).movement(source)
        copies = _to_come(
            repeated(old, name or old.id, every_days=STEPS[step], times=times, but=days), as_of
        )
        made = tuple(_with_left(opened, old, copies, as_of))
    recorded = write(path, copies, author)
    return Copied(recorded=recorded, source=old, made=made)


def _check_id(id: str) -> None:
    if not id.strip():
        raise WrongField("The copy has no id.", "Give it one: `--as ID`.").located(field="as")


def _to_come(copies: tuple[Movement, ...], as_of: int) -> tuple[Movement, ...]:
    for one in copies:
        if one.depart_at <= as_of:
            raise TimeRefused(
                f"{one.id} would leave at {show(one.depart_at, one.zone)}, which is not after "
                f"{show(as_of, one.zone)}.",
                "Give a departure that is still to come.",
            )
    return copies


def _with_left(
    opened: Opened, old: Movement, new: tuple[Movement, ...], as_of: int
) -> Iterator[tuple[Movement, LeftBehind]]:
    """Each new movement with what stays behind; the old one is looked at before it left."""
    earlier = opened.judge(min(as_of, old.depart_at - 1), as_of)
    before = earlier.bench(old) if old.has_route else None
    judge = opened.judge(as_of, as_of)
    for movement in new:
        if before is None or not movement.has_route:
            yield movement, left_behind_without_route(earlier.situation, old.id)
        else:
            yield movement, left_behind(before, judge.bench(movement))


# -- version


@dataclass(frozen=True, slots=True, kw_only=True)
class Versioned:
    """A new version of a movement: what changed, who has to be told, what no longer holds.

    Where only its roads were joined anew the new one is the old one.
    """

    recorded: Recorded
    old: Movement
    new: Movement
    changes: tuple[Change, ...]
    to_tell: tuple[ToTell, ...]
    left: LeftBehind
    decided: Decided | None
    had_left: bool

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "movement": self.new.id,
            "version": self.new.version,
            "changes": [{"field": c.field, "from": c.was, "to": c.now} for c in self.changes],
            "to_tell": [one.as_json() for one in self.to_tell],
            "uncovered": [
                {"grant": o.grant, "party": o.party, "says": o.says} for o in self.left.uncovered
            ],
            "decision_of_older_version": (
                None if self.decided is None else self.decided.decision.id
            ),
            "had_left": self.had_left,
            "recorded": self.recorded.as_json(),
        }


def version(
    path: str, movement: str, settings: tuple[str, ...], *, at: str | None = None, author: str = ""
) -> Versioned:
    """A movement with some fields changed, as its next version.

    Parameters
    ----------
    settings : texts such as `depart_at=2030-05-06 10:00` or `convoy.vehicles=8`.
    at : as of when the words on record are looked at; this moment if left out.

    Raises
    ------
    WrongField, TimeRefused : a setting that cannot be read, or changes nothing.
    UnknownReference : no such movement. RouteRefused : the new route cannot be driven.
    """
    return _version(path, movement, lambda old: changed(old, settings), at=at, author=author)


def reroute(
    path: str,
    movement: str,
    routes: Mapping[str, tuple[Step, ...]],
    halts: Mapping[str, tuple[Halt, ...]] | None = None,
    *,
    roads: AdoptedRoads | None = None,
    at: str | None = None,
    author: str = "",
) -> Versioned:
    """A movement with other roads, by leg, as its next version.

    Parameters
    ----------
    halts : where the column stands on these roads, by leg; nowhere when left out.
    roads : those of the routes that the register's network has to have for it; recorded with it.

    Raises
    ------
    WrongField : nothing changes; or a road of the same id is there and is another.
    All that `version` raises.
    """
    return _version(
        path,
        movement,
        lambda old: rerouted(old, routes, halts or {}),
        roads=roads,
        at=at,
        author=author,
    )


def rejoin(
    path: str, movement: str, roads: AdoptedRoads, *, at: str | None = None, author: str = ""
) -> Versioned:
    """The roads of the route that a movement has, joined anew; the movement stays as it is.

    Raises
    ------
    UnknownReference : no such movement. All that `write` raises.
    """
    with closing(open_live(path)) as opened:
        as_of = _moment(opened, at)
        same = opened.judge(as_of, as_of).movement(movement)
    return Versioned(
        recorded=write(path, [roads], author),
        old=same,
        new=same,
        changes=(),
        to_tell=(),
        left=LeftBehind(counts=(), uncovered=(), named=(), links=()),
        decided=None,
        had_left=False,
    )


def _version(
    path: str,
    movement: str,
    alter: Callable[[Movement], tuple[Movement, tuple[Change, ...]]],
    *,
    roads: AdoptedRoads | None = None,
    at: str | None,
    author: str,
) -> Versioned:
    adopted = () if roads is None else (roads,)
    with closing(open_live(path)) as register:
        opened = with_roads(register, adopted)
        as_of = _moment(opened, at)
        judge = opened.judge(as_of, as_of)
        old = judge.movement(movement)
        altered, changes = alter(old)
        new = replace(altered, version=old.version + 1)
        decisions = decided(judge.situation, opened.store, old)
        ((_, left),) = _with_left(opened, old, (new,), as_of)
        departures = judge.situation.facts_of(Departure, old.id)
        told = (
            to_tell(judge.bench(new))
            if new.has_route
            else to_tell_without_route(judge.situation, new)
        )
    recorded = write(path, [*adopted, new], author)
    return Versioned(
        recorded=recorded,
        old=old,
        new=new,
        changes=changes,
        to_tell=told,
        left=left,
        decided=decisions[-1] if decisions else None,
        had_left=any(one.version == old.version for one in departures),
    )
