"""What speaks for and against an undertaking having been kept, each with the records it rests on.

"Against it" and "Looked at" in section 10 of docs/reference/semantics.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from safeconduct.cover import Cover
from safeconduct.situation import Grant
from safeconduct.vocabulary import (
    Do,
    Incident,
    IncidentCheck,
    Means,
    NoRecentUse,
    Outcome,
    Result,
    Statement,
    Telling,
    UndertakingKind,
)
from safeconduct.watch.given import Words, is_independent
from safeconduct.watch.stood import Stood
from safeconduct.watch.told import Told, told_incidents
from safeconduct.watch.trips import Trip, Ways, trips

DAY_S = 86_400
_PASSED = frozenset({UndertakingKind.PASSAGE, UndertakingKind.CONSENT})
_ROUGH = frozenset({Result.PARTIAL, Result.IMPEDED, Result.CONFISCATED})


class Weight(Enum):
    """What a piece of evidence does to an undertaking."""

    BREAKS = "breaks"
    DOUBT = "doubt"
    LOOK = "look"  # somebody independent looked, and this says nothing against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that speaks for or against an undertaking.

    Parameters
    ----------
    kind : incident, outcome, do, incident-check or no-recent-use.
    record : the id of the incident, the act or the record.
    statements : ids of the statements that tell it, where statements do.
    by : who tells it: ids of actors, or the office's words for who looked.
    at : when it happened, UTC seconds; None where nobody recorded it.
    why : why it is no more than a doubt, in words; empty where it is more.
    """

    weight: Weight
    kind: str
    record: str
    at: int | None
    by: tuple[str, ...]
    says: str
    statements: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One undertaking to be looked at: the grant, when it stood, and whether a string is open."""

    grant: Grant
    stood: Stood
    has_open_condition: bool

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why nothing could make it broken, whatever was found."""
        found = []
        if not self.stood.timed:
            found.append("its time is not known")
        if self.has_open_condition:
            found.append("a condition of it is open")
        return tuple(found)


class Witness:
    """Finds the evidence on undertakings; reads incidents, trips and checks once."""

    def __init__(self, cover: Cover, words: Words) -> None:
        self.cover, self.situation, self.words = cover, cover.situation, words
        # By moment, so that an undertaking only meets what happened while it stood.
        versions = [(v.at, told) for told in told_incidents(self.situation) for v in told.versions]
        self.incidents = sorted(versions, key=lambda one: (one[0], one[1].id))
        self.trips = trips(cover)
        self.ways = Ways(cover)
        ours = self.situation.assumed
        self.checks: dict[str, list[IncidentCheck]] = defaultdict(list)
        for check in sorted(self.situation.facts(IncidentCheck), key=lambda c: c.checked_at):
            for area in check.areas if check.id not in ours else ():
                self.checks[area].append(check)
        self.unused: dict[str, list[NoRecentUse]] = defaultdict(list)
        for unused in self.situation.facts(NoRecentUse):
            if unused.id not in ours:
                self.unused[unused.party].append(unused)

    def on(self, case: Case) -> tuple[Evidence, ...]:
        """All evidence on an undertaking: what breaks it, what leaves doubt, who looked."""
        found = [
            *self._incidents(case),
            *self._outcomes(case),
            *self._deeds(case),
            *self._checks(case),
        ]
        order = list(Weight)
        return tuple(sorted(found, key=lambda e: (order.index(e.weight), e.at or 0, e.record)))

    def relied(self, case: Case) -> tuple[str, ...]:
        """The movements that went where and when the undertaking stood, as `id v1`."""
        return tuple(
            f"{trip.movement.id} v{trip.movement.version}"
            for trip in self.trips
            if trip.went and self.ways.meets(trip, case.grant, case.stood)
        )

    # -- incidents

    def _incidents(self, case: Case) -> Iterable[Evidence]:
        for told in self._told_while(case.stood):
            bearing = [one for one in told.versions if self._bears(case, one)]
            if not bearing:
                continue
            why = (*self._incident_doubts(case, told, bearing[0]), *case.doubts)
            by = told.review.by if told.review else ""
            state = f", {told.review.state.value} by {by}" if told.review else ""
            yield Evidence(
                weight=Weight.DOUBT if why else Weight.BREAKS,
                kind="incident",
                record=told.id,
                at=bearing[0].at,
                by=told.tellers,
                says=f"{bearing[0].what}{state}",
                statements=told.statements,
                why=why,
            )

    def _told_while(self, stood: Stood) -> Iterable[Told]:
        """The incidents that one telling puts into the time it stood, each once."""
        found: dict[str, Told] = {}
        for span in stood.spans:
            first = bisect_left(self.incidents, span.start, key=_moment)
            last = bisect_left(self.incidents, span.end, key=_moment)
            found |= {told.id: told for _, told in self.incidents[first:last]}
        return (found[id] for id in sorted(found))

    def _bears(self, case: Case, incident: Incident) -> bool:
        return (
            case.stood.spans.contains(incident.at)
            and self._by_such_means(case, incident)
            and self._shares_ground(case, incident)
            and (self._is_its_own(case, incident) or self._is_perhaps_its_own(case, incident))
        )

    def _by_such_means(self, case: Case, incident: Incident) -> bool:
        undertaking = case.grant.undertaking
        if undertaking.kind is UndertakingKind.RESTRAINT:
            if incident.means is None:
                return self._is_its_own(case, incident)
            return incident.means in undertaking.means
        return undertaking.kind in _PASSED and incident.means is Means.CHECKPOINT

    def _shares_ground(self, case: Case, incident: Incident) -> bool:
        here = case.stood.areas_at(incident.at)
        if not case.grant.undertaking.areas or not incident.areas:
            return True
        return any(self.cover.overlap(one, other) for one in incident.areas for other in here)

    def _is_its_own(self, case: Case, incident: Incident) -> bool:
        by = incident.attributed_to
        return bool(by) and self.situation.is_of(by, case.grant.party)

    def _is_perhaps_its_own(self, case: Case, incident: Incident) -> bool:
        by, party = incident.attributed_to, case.grant.party
        known = self.situation.actors.get(party)
        return (
            not by
            or (known is not None and by in known.member_of)
            or (party, by) in self.words.relations
        )

    def _incident_doubts(self, case: Case, told: Told, incident: Incident) -> Iterable[str]:
        """Why an incident that bears on an undertaking does not make it broken."""
        if told.is_disputed:
            yield "those who tell it do not agree"
        if not incident.attributed_to:
            yield "nobody is known to have done it"
        elif not self._is_its_own(case, incident):
            yield f"attributed to {incident.attributed_to}, not to the party itself"
        if incident.means is None:
            yield "by which means is not told"
        if not incident.areas or not case.stood.areas_at(incident.at).issuperset(incident.areas):
            yield "not placed inside its areas"
        gate = case.grant.undertaking.kind in _PASSED and told.independent and told.review is None
        if not told.established and not gate:
            yield "not verified" if told.independent else "not verified, told by nobody independent"

    # -- outcomes

    def _outcomes(self, case: Case) -> Iterable[Evidence]:
        for trip in self.trips:
            if not self.ways.meets(trip, case.grant, case.stood):
                continue
            for outcome in trip.outcomes:
                weight, why = self._outcome(case, trip, outcome.result)
                if weight is not None:
                    yield _of_outcome(outcome, trip, weight, why)

    def _outcome(
        self, case: Case, trip: Trip, result: Result
    ) -> tuple[Weight | None, tuple[str, ...]]:
        kind = case.grant.undertaking.kind
        fire, gate = kind is UndertakingKind.RESTRAINT, kind in _PASSED
        if fire and result is Result.STRUCK:
            return Weight.DOUBT, ("the outcome does not say by whom",)
        if gate and result is Result.DENIED:
            why = (*self._denial_doubts(case, trip), *case.doubts)
            return (Weight.DOUBT, why) if why else (Weight.BREAKS, ())
        if gate and result in _ROUGH:
            return Weight.DOUBT, ("the outcome does not say at whose hands",)
        looked = (result is Result.FACILITATED and (fire or gate)) or (fire and result in _ROUGH)
        inside = self.ways.meets(trip, case.grant, case.stood, within=True)
        return (Weight.LOOK, ()) if looked and inside and not trip.ours else (None, ())

    def _denial_doubts(self, case: Case, trip: Trip) -> Iterable[str]:
        party = case.grant.party
        if not trip.departed:
            yield "no departure is recorded, so it may not have been at the gate"
        if trip.ours:
            yield "the plan of the trip is our assumption"
        if not case.grant.undertaking.areas:
            yield "it names no area"
        if party not in self.ways.asked(trip.movement, recorded=True):
            yield "the party is not recorded as asked for passage or consent there"
        if self.ways.asked(trip.movement) - {party}:
            yield "others were asked for passage or consent there too"

    # -- what somebody saw done, and who looked

    def _deeds(self, case: Case) -> Iterable[Evidence]:
        seen = [
            (act, said)
            for act, said in self.situation.answers_twins(case.grant.id, Do)
            if is_independent(self.situation, said.actor)
            and said.telling is not Telling.INFERRED
            and said.id not in self.situation.assumed
        ]
        failed = max((said.said_at for act, said in seen if act.failed), default=None)
        done = [
            (act, said)
            for act, said in seen
            if act.evidence and not act.failed and (failed is None or said.said_at > failed)
        ]
        for act, said in done:
            yield _of_deed(act, said, Weight.LOOK, ())
        if failed is not None and not done:
            deed = case.grant.undertaking.kind is UndertakingKind.DEED
            why = list(case.doubts)
            if not deed:
                why.append("which of its terms failed is not told")
            elif not case.stood.is_over(self.situation.as_of):
                why.append("it may still be done")
            for act, said in seen:
                if act.failed and said.said_at == failed:
                    yield _of_deed(act, said, Weight.DOUBT if why else Weight.BREAKS, tuple(why))

    def _checks(self, case: Case) -> Iterable[Evidence]:
        if case.grant.undertaking.kind is not UndertakingKind.RESTRAINT:
            return
        for check in self._looked(case):
            yield Evidence(
                weight=Weight.LOOK,
                kind=check.tag,
                record=check.id,
                at=check.checked_at,
                by=(check.by,),
                says="looked for incidents there",
            )
        for unused in self.unused.get(case.grant.party, ()):
            if self._shows_no_use(case, unused):
                yield Evidence(
                    weight=Weight.LOOK,
                    kind=unused.tag,
                    record=unused.id,
                    at=unused.during.end,
                    by=(unused.by,),
                    says="found no use of the means there",
                )

    def _looked(self, case: Case) -> Iterable[IncidentCheck]:
        """The checks in one of its areas while it stood or soon after, each once."""
        found: dict[str, IncidentCheck] = {}
        for area in case.grant.undertaking.areas:
            checks = self.checks.get(area, [])
            for span in case.stood.spans:
                first = bisect_left(checks, span.start, key=_checked_at)
                last = bisect_right(checks, span.end + DAY_S, key=_checked_at)
                for check in checks[first:last]:
                    if area in case.stood.areas_at(check.checked_at):
                        found[check.id] = check
        return (found[id] for id in sorted(found))

    def _shows_no_use(self, case: Case, unused: NoRecentUse) -> bool:
        areas = case.stood.areas_at(self.situation.as_of)
        return (
            bool(unused.means & case.grant.undertaking.means)
            and bool(areas.intersection(unused.areas))
            and bool(case.stood.spans.within(unused.during))
        )


def _moment(one: tuple[int, Told]) -> int:
    return one[0]


def _checked_at(check: IncidentCheck) -> int:
    return check.checked_at


def _of_outcome(outcome: Outcome, trip: Trip, weight: Weight, why: tuple[str, ...]) -> Evidence:
    name = f"{trip.movement.id} v{trip.movement.version}"
    return Evidence(
        weight=weight,
        kind=outcome.tag,
        record=outcome.id,
        at=outcome.at,
        by=(trip.movement.organisation,),
        says=f"{name} {outcome.result.value}: {outcome.what}",
        why=why,
    )


def _of_deed(act: Do, said: Statement, weight: Weight, why: tuple[str, ...]) -> Evidence:
    return Evidence(
        weight=weight,
        kind=act.tag,
        record=act.id,
        at=said.said_at,
        by=(said.actor,),
        says=f"{'not done' if act.failed else 'done'}: {act.what}",
        statements=(said.id,),
        why=why,
    )
