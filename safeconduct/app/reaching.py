"""The verb `reach`: which settlements a column can get to, and whom to ask about the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safeconduct.app.assess import moment_of, only_movement
from safeconduct.app.opening import Opened
from safeconduct.app.plan import within_of
from safeconduct.app.roadmap import drawn
from safeconduct.clearance import Judge
from safeconduct.clearance.checks.hearing import still_unheard
from safeconduct.errors import TimeRefused, UnknownReference
from safeconduct.planning.drives import ended
from safeconduct.planning.reach import Reached, people_of, reach, together
from safeconduct.spacetime import Edge, Span, instant, show, utc
from safeconduct.vocabulary import Movement, Settlement

__all__ = ["Reaching", "reach_from"]


@dataclass(frozen=True, kw_only=True)
class Reaching:
    """Which settlements can be reached, for one column, from one place, in one stretch of time.

    Parameters
    ----------
    names : of places, by id. parties : of actors, by id.
    """

    movement: Movement
    origin: str
    as_of: int
    known_at: int
    within: Span
    found: tuple[Reached, ...]
    names: Mapping[str, str]
    parties: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def name(self, place: str) -> str:
        """A place's name, or its id where it has none."""
        return self.names.get(place) or place

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        body: dict[str, Any] = {
            "movement": {"id": self.movement.id, "version": self.movement.version},
            "origin": self.origin,
            "as_of": utc(self.as_of),
            "known_at": utc(self.known_at),
            "within": {"from": utc(self.within.start), "until": utc(self.within.end)},
            "settlements": [one.as_json() | {"name": self.name(one.place)} for one in self.found],
        }
        for key, some in (
            ("there_and_back", [one for one in self.found if one.back]),
            ("one_way_only", [one for one in self.found if one.is_reached and not one.back]),
            ("not_reached", [one for one in self.found if not one.is_reached]),
        ):
            people, uncounted = together(some)
            body[key] = {
                "settlements": len(some),
                "people": people.as_json(),
                "not_counted": uncounted,
            }
        return body | {"notes": list(self.notes)}


def reach_from(
    opened: Opened,
    movement: str | None = None,
    *,
    origin: str | None = None,
    at: str | None = None,
    known_at: str | None = None,
    start: str | None = None,
    until: str | None = None,
    roads: str | None = None,
) -> Reaching:
    """What can be reached as of `at`, from what was known at `known_at`.

    Parameters
    ----------
    movement : which movement lends its column, purpose and people.
    origin : the place to leave from; the movement's own when left out.
    start, until : between which moments the trip may lie, as text in the movement's zone; from the
        moment asked about to the movement's latest time when left out.
    roads : a folder of imported roads to search, instead of those of the case. A settlement that is
        not on them has no road.

    Raises
    ------
    UnknownReference : no such movement, or several and none named; no such place.
    TimeRefused : a moment that cannot be read, or no time is left between the two.
    RouteRefused : the origin is not on the imported roads.
    MissingFile, UnreadableFile : the folder cannot be used.
    """
    as_of = moment_of(opened, movement, at)
    known = as_of
    if known_at is not None:
        known = instant(known_at, opened.case.zone if opened.case else None, edge=Edge.END)
    judge = opened.judge(as_of, known)
    lent = judge.movement(
        only_movement(judge.situation.movements) if movement is None else movement
    )
    within = within_of(lent, as_of, start, until)
    if within is None:
        raise TimeRefused(
            f"The latest time of {lent.id} has passed: {show(lent.latest_at, lent.zone)}.",
            "Give the time to look at: `--until`.",
        ).located(field="until")
    leaves = origin or ended(lent, judge.network).legs[0].origin
    settlements, notes = _settlements(judge)
    notes = (*still_unheard(judge.situation), *notes)
    _check_place(judge, leaves, "origin")
    map_of, lost = drawn(judge, lent), dict[str, str]()
    if roads is not None:
        from safeconduct.app.importedmap import imported_to  # arrays of a country, and geometry

        map_of, lost = imported_to(opened, judge, lent, roads, (leaves,), settlements)
        notes += map_of.notes
    there = [place for place in settlements if place not in lost]
    found = reach(map_of, lent, leaves, there, within)
    found += tuple(
        Reached(place=place, people=people_of(judge.situation, place), no_road=why)
        for place, why in sorted(lost.items())
        if place != leaves
    )
    return Reaching(
        movement=lent,
        origin=leaves,
        as_of=as_of,
        known_at=known,
        within=within,
        found=found,
        names={place.id: place.name for place in judge.network.places},
        parties={id: actor.name for id, actor in judge.situation.actors.items()},
        notes=notes,
    )


def _settlements(judge: Judge) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The places that are recorded as settlements; every named place where none is."""
    recorded = {one.place for one in judge.situation.facts(Settlement)}
    there = {place.id for place in judge.network.places}
    if recorded:
        strange = sorted(recorded - there)
        told = f"Not on these roads: {', '.join(strange)}." if strange else ""
        return tuple(sorted(recorded & there)), (told,) if told else ()
    every = tuple(place.id for place in judge.network.places if place.name)
    return every, ("No settlement is recorded, so every named place counts as one.",)


def _check_place(judge: Judge, place: str, field: str) -> None:
    try:
        judge.network.place(place)
    except UnknownReference as error:
        raise error.located(field=field) from None
