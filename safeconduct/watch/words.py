"""What was said anew, and what it may change: which grants, of whom, where, and what else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from safeconduct.cover.conditions import conditions_of
from safeconduct.situation import Grant
from safeconduct.vocabulary import (
    Acknowledge,
    Act,
    Allege,
    Binds,
    Demand,
    Impose,
    Incident,
    IncidentReview,
    Instrument,
    LegalBasis,
    Link,
    Notice,
    Report,
    Request,
    Statement,
    Suspend,
    Withdraw,
)
from safeconduct.watch.effect import Effect
from safeconduct.watch.ground import Ground


class Words(Ground):
    """Traces words as well as facts.

    `radius_m` is the largest distance at which any profile lets an incident count.
    """

    def __init__(self, *about: Any, radius_m: int) -> None:
        super().__init__(*about)
        self.radius_m = radius_m

    def effect(self, record: Any) -> Effect:
        """What a record may change, in the situation that already holds it."""
        if isinstance(record, Statement):
            return self._said(record)
        if isinstance(record, IncidentReview):
            found = [n.incident for n in self.situation.incidents if n.incident.id == record.of]
            return self._with_incidents(Effect(), found)
        if isinstance(record, Binds):
            return self._bound(record)
        if isinstance(record, Link):
            waiting = self._and_waiting(set(), {record.id})
            return Effect(
                movements=frozenset(record.movements),
                grants=self._by_party(waiting),
                concerns=frozenset(self._awaiting({record.id})),
            )
        return super().effect(record)

    def _said(self, statement: Statement) -> Effect:
        acts = statement.acts
        refs = {ref for act in acts for ref in (act.id, *getattr(act, "of", ()))}
        refs |= {id for ref in refs for id in self.situation.twins(ref)}
        refs |= set(self._tellings_of(statement))
        hit = {ref for ref in refs if self.situation.grant(ref) is not None}
        hit |= {grant.id for act in acts for grant in self._broadly(act)}
        hit |= self._tied_by(refs)
        speaks = {statement.actor, *statement.to, *(act.party for act in acts)}
        speaks |= {to for act in acts if isinstance(act, Request) for to in act.to}
        effect = Effect(
            movements=frozenset(self._movements_of(acts, refs)),
            areas=self.around(self._bases_of(refs)),
            grants=self._by_party(self._and_waiting(hit, refs)),
            speaks=frozenset(speaks | self._collectives(speaks)),
            demands=frozenset(self._demands_of(refs)),
            concerns=frozenset(self._concerned_by(statement)),
        )
        told = [a.incident for a in acts if isinstance(a, Report | Allege) and a.incident]
        return self._with_incidents(effect, told)

    def _tellings_of(self, statement: Statement) -> Iterable[str]:
        """The acts of all statements that tell the same: how they differ may change."""
        for id in self.situation.tellings.together.get(statement.id, ()):
            said = self.situation.statement(id)
            for act in said.acts if said is not None else ():
                yield from (act.id, *getattr(act, "of", ()))

    def _movements_of(self, acts: Iterable[Act], refs: set[str]) -> Iterable[str]:
        """Movements that are named, whose links are, or whose notices are acknowledged."""
        notices = {act.notice for act in acts if isinstance(act, Acknowledge)}
        named = refs | {ref for act in self._acts(refs) for ref in getattr(act, "of", ())}
        yield from named & self.situation.movements.keys()
        for link in self.situation.facts(Link):
            if link.id in named:
                yield from link.movements
        for notice in self.situation.facts(Notice) if notices else ():
            if notice.id in notices:
                yield notice.movement

    def _acts(self, refs: set[str]) -> list[Act]:
        found = (self.situation.index.acts.get(ref) for ref in refs)
        return [said.act for said in found if said is not None]

    def _demands_of(self, refs: set[str]) -> set[str]:
        """Who posed or dropped a demand; a member of a party does so for the party."""
        posed = {act.party for act in self._acts(refs) if isinstance(act, Demand)}
        return posed | self._collectives(posed)

    def _bases_of(self, refs: set[str]) -> Iterable[str]:
        """The areas of the legal bases of which some condition is named."""
        for basis in self.situation.facts(LegalBasis):
            if any(condition.id in refs for condition in basis.conditions):
                yield from basis.areas

    def _broadly(self, act: Act) -> Iterable[Grant]:
        """The grants that a limit takes away without naming them, of a party and its binders."""
        if not isinstance(act, Withdraw | Suspend) or (isinstance(act, Withdraw) and act.of):
            return ()
        here = self.around(act.areas)
        given = self._grants_of(act.party)
        return (g for g in given if not act.areas or not g.undertaking.areas or self._on(g, here))

    def _on(self, grant: Grant, areas: frozenset[str]) -> bool:
        return not areas.isdisjoint(grant.undertaking.areas)

    def _grants_of(self, party: str) -> Iterable[Grant]:
        binders = {one.binder for one in self.situation.bindings() if one.bound == party}
        return (g for one in (party, *binders) for g in self.situation.grants_of.get(one, ()))

    def _tied_by(self, refs: set[str]) -> set[str]:
        """The grants that carry a condition of one of these ids."""
        tied = self.situation.tied_grants()
        return {g.id for g in tied if any(c.id in refs for c in conditions_of(self.situation, g))}

    def _and_waiting(self, hit: set[str], refs: set[str]) -> set[str]:
        """These grants, and all that wait for one of them or of these ids, directly or not."""
        waits = {
            grant.id: {ref for c in conditions_of(self.situation, grant) for ref in c.awaits}
            for grant in self.situation.tied_grants()
        }
        found, todo = set(hit), hit | refs
        while todo:
            todo = {waiter for waiter, awaited in waits.items() if awaited & todo} - found
            found |= todo
        return found

    def _awaiting(self, refs: set[str]) -> Iterable[str]:
        """The parties of the grants that wait for one of these ids themselves."""
        for grant in self.situation.tied_grants():
            if any(refs.intersection(c.awaits) for c in conditions_of(self.situation, grant)):
                yield grant.party

    def _concerned_by(self, statement: Statement) -> Iterable[str]:
        """The parties that a statement makes depend on others, or whose recorder is in doubt."""
        acts = statement.acts
        yield from self._awaiting({act.id for act in acts})
        tied = self.situation.index.tied
        yield from (act.party for act in acts if isinstance(act, Impose) or act.id in tied)
        hearing = self.situation.hearing
        for writer in hearing.recorded_by.get(statement.id, ()):
            if writer not in hearing.writers or hearing.writers[writer].doubts:
                yield from (statement.actor, *(act.party for act in acts))

    def _by_party(self, grants: Iterable[str]) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for grant in map(self.situation.grant, grants):
            if grant is not None:
                found.setdefault(grant.party, set()).update(grant.undertaking.areas)
        return {party: frozenset(areas) for party, areas in found.items()}

    def _collectives(self, actors: set[str]) -> set[str]:
        known = self.situation.actors
        return {party for one in actors if one in known for party in known[one].member_of}

    def _bound(self, record: Binds) -> Effect:
        """The word of a binder may turn keys of the bound now, wherever it was given."""
        ends = frozenset({record.binder, record.bound})
        given = (g for end in ends for g in self._grants_of(end))
        areas = frozenset(area for grant in given for area in grant.undertaking.areas)
        return Effect(areas=areas, speaks=ends, concerns=ends)

    def _with_incidents(self, effect: Effect, incidents: Iterable[Incident]) -> Effect:
        """An incident counts near the way, suspends restraints, and is recent use of a means."""
        for incident in incidents:
            if incident.near is not None:
                effect = replace(effect, near=(*effect.near, (incident.near, self.radius_m)))
            elif not incident.areas:
                return Effect(everything=True)
            here = self.around(incident.areas)
            used = (i for i in self.situation.facts(Instrument) if not here.isdisjoint(i.areas))
            hit = {g.id for g in self.situation.grants if g.undertaking.means and self._on(g, here)}
            grants = dict(effect.grants)
            for party, areas in self._by_party(self._and_waiting(hit, set())).items():
                grants[party] = areas | grants.get(party, frozenset())
            areas = effect.areas | here | {area for one in used for area in one.areas}
            effect = replace(effect, areas=areas, grants=grants)
        return effect
