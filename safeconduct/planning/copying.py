"""Movements made from a movement: shifted, or repeated by the local clock; and what stays behind.

A copy is a new movement. Its times are new, and nothing that was told, asked, checked, permitted or
decided for the old one is said of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from safeconduct.clearance.bench import Bench
from safeconduct.errors import NonexistentTime, TimeRefused
from safeconduct.situation import Situation
from safeconduct.spacetime import Edge, instant
from safeconduct.spacetime.zones import wall_clock, zone_named
from safeconduct.vocabulary import (
    Acknowledge,
    IncidentCheck,
    Instrument,
    Link,
    Movement,
    Specificity,
)

_DAY = dt.timedelta(days=1)


def shifted(movement: Movement, id: str, depart_at: int, latest_at: int | None = None) -> Movement:
    """The movement under another id, leaving at another moment, as version 1.

    Parameters
    ----------
    latest_at : UTC seconds; as long after the departure as before when left out.
    """
    lasts = movement.latest_at - movement.depart_at
    return replace(
        movement,
        id=id,
        version=1,
        depart_at=depart_at,
        latest_at=depart_at + lasts if latest_at is None else latest_at,
    )


def repeated(
    movement: Movement, name: str, *, every_days: int, times: int, but: Iterable[dt.date] = ()
) -> tuple[Movement, ...]:
    """The movement again on later days, at the same hours by the clocks of its zone.

    Its local departure and latest time are kept where the clocks are changed, so that in UTC they
    move by the hour of the change. Each is called `<name>-<local date of departure>`.

    Parameters
    ----------
    every_days : 1 or 7. times : how many days are gone through, those left out among them.
    but : days to leave out.

    Raises
    ------
    NonexistentTime : the clocks of the zone skip the hour on one of the days.
    TimeRefused : a day to leave out is none of the days, or none is left.
    """
    zone = zone_named(movement.zone)
    leaves, ends = (wall_clock(at, zone) for at in (movement.depart_at, movement.latest_at))
    days = [leaves.date() + _DAY * every_days * n for n in range(1, times + 1)]
    left_out = set(but)
    for day in sorted(left_out - set(days)):
        raise TimeRefused(
            f"{day} is none of the days from {days[0]} to {days[-1]} that it is repeated on.",
            "Leave out only days on which it would leave.",
            day=str(day),
        )
    if left_out == set(days):
        raise TimeRefused(
            f"Every day from {days[0]} to {days[-1]} is left out.", "Leave one, or repeat longer."
        )
    return tuple(
        shifted(
            movement,
            f"{name}-{day}",
            _on(day, leaves, movement.zone, Edge.START),
            _on(day + (ends.date() - leaves.date()), ends, movement.zone, Edge.END),
        )
        for day in days
        if day not in left_out
    )


def _on(day: dt.date, clock: dt.datetime, zone: str, edge: Edge) -> int:
    try:
        return instant(f"{day} {clock.time()}", zone, edge=edge)
    except NonexistentTime as error:
        raise NonexistentTime(
            error.found,
            f"Leave that day out (`--except {day}`), and copy the movement to an hour that exists.",
            **error.facts,
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """A word that the old movement rests on, and what is wrong with it for the new times."""

    grant: str
    party: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """What does not come along when a movement is copied.

    Parameters
    ----------
    counts : records about the old movement, by kind, and how many of each.
    uncovered : words whose windows do not cover the new times.
    named : words that cover them but were given for one movement by name.
    links : ids of the links that the old movement is in.
    """

    counts: tuple[tuple[str, int], ...]
    uncovered: tuple[Uncovered, ...]
    named: tuple[Uncovered, ...]
    links: tuple[str, ...]


def left_behind(old: Bench, new: Bench) -> LeftBehind:
    """What was there for one movement and is not there for another one made from it.

    Parameters
    ----------
    old : the movement copied, looked at before it left.
    new : the copy, looked at now.
    """
    uncovered = tuple(_uncovered(old, new))
    lost = {one.grant for one in uncovered}
    return LeftBehind(
        counts=tuple(_counts(old.situation, old.movement.id, old.touched)),
        uncovered=uncovered,
        named=tuple(_named(new, lost)),
        links=_links(old.situation, old.movement.id),
    )


def left_behind_without_route(situation: Situation, movement: str) -> LeftBehind:
    """What was there for a movement and does not come along, where old or new has no route.

    Which words it would rest on is not known before there is a route, so none is named.
    """
    return LeftBehind(
        counts=tuple(_counts(situation, movement, frozenset())),
        uncovered=(),
        named=(),
        links=_links(situation, movement),
    )


def _links(situation: Situation, movement: str) -> tuple[str, ...]:
    return tuple(link.id for link in situation.facts(Link) if movement in link.movements)


def _counts(situation: Situation, id: str, touched: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Every record about the movement by kind; acknowledgements and checks are not told by it."""
    about = situation.about(id)
    counted = Counter(record.tag for record in about)
    notices = {record.id for record in about if record.tag == "notice"}
    counted["acknowledgement"] = sum(
        isinstance(act, Acknowledge) and act.notice in notices
        for statement in situation.statements
        for act in statement.acts
    )
    counted["incident-check"] = len(situation.facts_in(IncidentCheck, touched))
    yield from sorted((kind, number) for kind, number in counted.items() if number)


def _uncovered(old: Bench, new: Bench) -> Iterator[Uncovered]:
    said: dict[str, str] = {}
    for key in sorted(old.ledger.relied, key=lambda key: key.order):
        for grant in sorted(old.ledger.relied[key]):
            if grant not in new.ledger.relied.get(key, ()):
                said[grant] = "does not cover the new times"
            elif key in new.ledger.missing:
                said.setdefault(grant, "covers only a part of the new times")
            elif key in new.ledger.late:
                said.setdefault(grant, "does not cover the new times with the margin")
    yield from (_told(new, grant, says) for grant, says in sorted(said.items()))


def _named(new: Bench, but: set[str]) -> Iterator[Uncovered]:
    relied = {grant for grants in new.ledger.relied.values() for grant in grants}
    for id in sorted(relied - but):
        grant = new.situation.grant(id)
        if grant is not None and grant.undertaking.specificity is Specificity.MOVEMENT:
            yield _told(new, id, "was given for one movement: ask whether it holds for this one")


def _told(bench: Bench, id: str, says: str) -> Uncovered:
    grant = bench.situation.grant(id)
    if grant is None:
        return _instrument(bench, id)
    windows = [bench.period(window.span) for window in grant.undertaking.windows]
    held = f" ({', '.join(windows[:2])}{', ...' if len(windows) > 2 else ''})" if windows else ""
    told = f"{id} of {bench.name(grant.party)}{held} {says}"
    return Uncovered(grant=id, party=grant.party, says=told)


def _instrument(bench: Bench, id: str) -> Uncovered:
    """What stands in the place of a guarantee: a risk that somebody carries for one movement."""
    party = next((i.party for i in bench.situation.facts(Instrument) if i.id == id), "")
    return Uncovered(
        grant=id,
        party=party,
        says=f"{id}, accepted of {bench.name(party)} in the place of a guarantee, does not stand "
        "for the new times as it is",
    )
