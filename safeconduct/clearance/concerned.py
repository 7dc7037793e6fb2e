"""Whom a movement concerns, and whose writers are required for it.

Section 12 of docs/reference/semantics.md. Whoever is concerned can take something away that the
answer rests on: a word of its own, one that it gave for another, or one that another waits for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from safeconduct.clearance.bench import Bench
from safeconduct.cover.conditions import conditions_of
from safeconduct.situation import Situation
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Link, RequiredWriter

__all__ = ["binding", "concerned", "in_force", "to_come"]


def concerned(bench: Bench) -> frozenset[str]:
    """The parties concerned by the movement."""
    return _circle(bench).parties


def binding(bench: Bench) -> tuple[RequiredWriter, ...]:
    """The requirements that bind the movement now, by id."""
    now = bench.situation.as_of
    return tuple(one for one in _binding(bench) if one.valid.start <= now < one.valid.end)


def in_force(situation: Situation) -> tuple[RequiredWriter, ...]:
    """The requirements that count now, whichever movements they bind, by id."""
    now = situation.as_of
    return tuple(one for one in _standing(situation) if one.valid.start <= now < one.valid.end)


def to_come(bench: Bench) -> tuple[RequiredWriter, ...]:
    """The requirements for parties concerned that begin to be valid later, by id."""
    now, parties = bench.situation.as_of, concerned(bench)
    found = _standing(bench.situation)
    return tuple(one for one in found if one.party in parties and one.valid.start > now)


def _remembered(bench: Bench, work_out: Callable[[Bench], Any]) -> Any:
    """What is worked out once for a bench, and kept there under the function that did it."""
    if work_out not in bench.remembered:
        bench.remembered[work_out] = work_out(bench)
    return bench.remembered[work_out]


@dataclass(frozen=True, slots=True)
class _Circle:
    """The parties concerned, and those among them whom a link or a condition concerns."""

    parties: frozenset[str]
    tied: frozenset[str]


def _circle(bench: Bench) -> _Circle:
    found: _Circle = _remembered(bench, _drawn)
    return found


def _drawn(bench: Bench) -> _Circle:
    situation = bench.situation
    links = (x for x in situation.facts(Link) if bench.movement.id in x.movements)
    tied = {party for link in links for party in link.concerned}
    found: set[str] = set()
    todo = {*bench.ledger.parties, *tied}
    while todo:
        found |= todo
        awaited = set(_awaited(situation, todo))
        tied |= awaited
        todo = {*_binders(situation, todo), *_members(situation, todo), *awaited} - found
    return _Circle(frozenset(found), frozenset(tied))


def _binders(situation: Situation, parties: set[str]) -> Iterator[str]:
    return (one.binder for one in situation.bindings() if one.bound in parties)


def _members(situation: Situation, parties: set[str]) -> Iterator[str]:
    return (one.id for one in situation.actors.values() if parties.intersection(one.member_of))


def _awaited(situation: Situation, parties: set[str]) -> Iterator[str]:
    """Whom the conditions of what these parties gave wait for."""
    links = {link.id: link for link in situation.facts(Link)}
    for grant in situation.tied_grants():
        if grant.party not in parties:
            continue
        for ref in (ref for one in conditions_of(situation, grant) for ref in one.awaits):
            if ref in links:
                yield from links[ref].concerned
            if said := situation.index.acts.get(ref):
                yield said.act.party


def _standing(situation: Situation) -> list[RequiredWriter]:
    """The requirements in whose place no other stands."""
    known = situation.facts(RequiredWriter)
    return [one for one in known if not any(_replaces(other, one, situation) for other in known)]


def _replaces(newer: RequiredWriter, older: RequiredWriter, situation: Situation) -> bool:
    return (
        newer.replaces == older.id
        and newer.party == older.party
        and newer.decided_at > older.decided_at
        and newer.valid.start <= situation.as_of
    )


def _binding(bench: Bench) -> Iterator[RequiredWriter]:
    circle, known = _circle(bench), bench.network.areas
    for one in _standing(bench.situation):
        if one.party not in circle.parties:
            continue
        if not one.areas or set(one.areas) - known or one.party in circle.tied:
            yield one
            continue
        where = _asked_where(bench, one.party)
        if not where or where.intersection(one.areas):
            yield one


def _asked_where(bench: Bench, party: str) -> frozenset[str]:
    """The areas that the road touches where a key is asked of a party, or through it."""
    situation = bench.situation
    asked: dict[str, set[str]] = _remembered(bench, _by_party)
    actor = situation.actors.get(party)
    through = {
        party,
        *(one.bound for one in situation.bindings() if one.binder == party),
        *(actor.member_of if actor else ()),
    }
    return frozenset(area for one in through for area in asked.get(one, ()))


def _by_party(bench: Bench) -> dict[str, set[str]]:
    """For each party the areas that the road touches where some key of its is asked."""
    margin_s = bench.movement.margin_s
    visits: dict[int, list[Span]] = defaultdict(list)
    for entry in bench.itinerary.entries:
        for cls in dict.fromkeys(entry.classes):
            visits[cls].append(Span(entry.enter, entry.leave + margin_s))
    found: dict[str, set[str]] = defaultdict(set)
    for cls, spans in visits.items():
        ground = bench.cover.ground(cls)
        for key, asked in (*ground.asked, *ground.consents):
            if any(asked.within(span) for span in spans):
                found[key.party] |= bench.network.classes[cls][0]
    return found
