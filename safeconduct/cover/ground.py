"""What a class of road asks for: is it assessed, who acts there, which keys, which hazards.

Sections 3 and 4 of docs/reference/semantics.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from safeconduct.cover.keys import Key
from safeconduct.situation import Situation, closures
from safeconduct.spacetime import NEVER, OPEN_END, Span, Spans
from safeconduct.vocabulary import (
    Assessment,
    Closure,
    ConsentNeed,
    Hazard,
    HazardCleared,
    Means,
    Mines,
    Presence,
    UndertakingKind,
)

Placed = TypeVar("Placed", Presence, Assessment, ConsentNeed)


@dataclass(frozen=True, slots=True)
class Acting:
    """A presence on a class of road, and when it can act there."""

    presence: Presence
    spans: Spans


@dataclass(frozen=True, slots=True)
class Ground:
    """What one class of road asks for, before anybody has said anything.

    `asked` has restraint and passage keys, `consents` consent keys, each with when it is asked;
    `holder_known` is when somebody's consent is known to be needed; `hazards` and `closures` are
    what closes it. Closures that name edges are not here: they know no classes of road.
    """

    assessed: Spans
    stale: Spans
    acting: tuple[Acting, ...]
    asked: tuple[tuple[Key, Spans], ...]
    consents: tuple[tuple[Key, Spans], ...]
    holder_known: Spans
    hazards: tuple[tuple[Hazard, Spans], ...]
    closures: tuple[tuple[Closure, Spans], ...] = ()


class Surveyor:
    """Reads the ground of any class of road out of a situation.

    What threatens, forbids or needs something in an area that the network does not know may do so
    anywhere: it counts on every piece of road (law 16).
    """

    def __init__(
        self,
        known: frozenset[str],
        assessments: tuple[Assessment, ...],
        presences: tuple[Presence, ...],
        needs: tuple[ConsentNeed, ...],
        hazards: tuple[Hazard, ...],
        cleared: tuple[HazardCleared, ...],
        closed: tuple[tuple[Closure, Spans], ...] = (),
    ) -> None:
        self.known = known
        self.read = (assessments, presences, needs, hazards, cleared, closed)
        self.closed = closed
        self.assessments = assessments
        self.by_id = {assessment.id: assessment for assessment in assessments}
        self.presences = {presence.id: presence for presence in presences}
        self.needs = needs
        self.hazards = [(hazard, self._hazard_spans(hazard, cleared)) for hazard in hazards]
        self.superseders: dict[str, list[Assessment]] = defaultdict(list)
        for assessment in self.assessments:
            for older in set(assessment.supersedes) - {assessment.id}:
                self.superseders[older].append(assessment)
        self._presences_in = _by_area(self.presences.values(), known)
        self._assessments_in = _by_area(self.assessments, known)
        self._needs_in = _by_area(self.needs, known)
        self._grounds: dict[tuple[frozenset[str], frozenset[str]], Ground] = {}

    @staticmethod
    def _hazard_spans(hazard: Hazard, reports: Iterable[HazardCleared]) -> Spans:
        cleared = [r.cleared_at for r in reports if r.of == hazard.id and r.evidence]
        end = min((at for at in cleared if at >= hazard.from_at), default=OPEN_END)
        return Spans.of([Span(hazard.from_at, end)]) if hazard.from_at < end else NEVER

    def ground(self, touched: frozenset[str], within: frozenset[str]) -> Ground:
        """The ground of a class of road that touches and lies within these areas."""
        if (touched, within) not in self._grounds:
            self._grounds[touched, within] = self._survey(touched, within)
        return self._grounds[touched, within]

    def _survey(self, touched: frozenset[str], within: frozenset[str]) -> Ground:
        standing = {
            a.id: (a, self._not_superseded(a, within))
            for a in _found(self._assessments_in, touched)
        }
        in_force = {
            key: spans for key, (a, spans) in standing.items() if within.intersection(a.areas)
        }
        stale = NEVER
        for assessment, spans in standing.values():
            stale = stale | self._broken(assessment, spans)
        assessed = mined = NEVER
        for key, spans in in_force.items():
            assessed = assessed | spans
            if standing[key][0].mines is not Mines.NOT_ASSESSED:
                mined = mined | spans
        acting = tuple(
            Acting(p, self._acts(p, in_force)) for p in _found(self._presences_in, touched)
        )
        consents, holder_known = self._consents(touched)
        return Ground(
            assessed=(assessed & mined) - stale,
            stale=stale,
            acting=acting,
            asked=_asked(acting),
            consents=consents,
            holder_known=holder_known,
            hazards=tuple(
                (hazard, spans)
                for hazard, spans in self.hazards
                if spans and self._may_be_here(hazard, touched)
            ),
            closures=tuple(
                (closure, spans)
                for closure, spans in self.closed
                if self._may_be_here(closure, touched)
            ),
        )

    def _may_be_here(self, record: Hazard | Closure, touched: frozenset[str]) -> bool:
        return bool(touched.intersection(record.areas) or set(record.areas) - self.known)

    def _not_superseded(self, assessment: Assessment, within: frozenset[str]) -> Spans:
        """Its validity, up to the start of whatever supersedes it here.

        A superseded assessment does not come back when the newer one lapses: what the newer one
        took back would be forgotten by the mere passing of time (law 19).
        """
        spans = Spans.of([assessment.valid])
        for newer in self.superseders.get(assessment.id, ()):
            if within.intersection(newer.areas):
                spans = spans - Spans.one(newer.valid.start, OPEN_END)
        return spans

    def _broken(self, assessment: Assessment, spans: Spans) -> Spans:
        """When an assessment names a presence that is unknown or past its time."""
        sound = spans
        for presence_id in assessment.presences:
            presence = self.presences.get(presence_id)
            sound = sound & Spans.of([presence.valid]) if presence else NEVER
        return spans - sound

    def _acts(self, presence: Presence, in_force: dict[str, Spans]) -> Spans:
        """From its start on, but for the time in which a superseding assessment dropped it."""
        left = kept = NEVER
        for key, spans in in_force.items():
            newer = self.by_id[key]
            if presence.id in newer.presences:
                kept = kept | spans
            elif any(
                presence.id in self.by_id[older].presences
                for older in set(newer.supersedes) - {newer.id}
                if older in self.by_id
            ):
                left = left | spans
        return Spans.one(presence.valid.start, OPEN_END) - (left - kept)

    def _consents(self, touched: frozenset[str]) -> tuple[tuple[tuple[Key, Spans], ...], Spans]:
        asked: dict[Key, Spans] = {}
        known = NEVER
        for need in _found(self._needs_in, touched):
            spans = Spans.of([need.valid])
            known = known | spans
            for holder in need.holders:
                key = Key(UndertakingKind.CONSENT, holder)
                asked[key] = asked.get(key, NEVER) | spans
        return tuple(sorted(asked.items(), key=lambda item: item[0].order)), known


def surveyor(
    situation: Situation, known: frozenset[str], before: Surveyor | None = None
) -> Surveyor:
    """Who reads the ground of a situation; `known` are the areas of the network.

    `before` is one of an earlier situation: it is kept, with all that it has read, where nothing
    that it reads has changed.
    """
    read = (
        situation.facts(Assessment),
        situation.facts(Presence),
        situation.facts(ConsentNeed),
        situation.facts(Hazard),
        situation.facts(HazardCleared),
        closures(situation),
    )
    # Tuples that compare equal hold equal records; the same tuple is told from another at once.
    if before and before.known == known and before.read == read:
        return before
    return Surveyor(known, *read)


_ANYWHERE = ""  # no area has this id: what lies in an area that the network does not know


def _by_area(records: Iterable[Placed], known: frozenset[str]) -> dict[str, list[Placed]]:
    index: dict[str, list[Placed]] = defaultdict(list)
    for record in records:
        for area in record.areas:
            index[area if area in known else _ANYWHERE].append(record)
    return index


def _found(index: Mapping[str, list[Placed]], areas: frozenset[str]) -> list[Placed]:
    """The records of an index that have one of these areas, each once, by id."""
    found = {record.id: record for area in (*areas, _ANYWHERE) for record in index.get(area, ())}
    return [found[key] for key in sorted(found)]


def _asked(acting: Iterable[Acting]) -> tuple[tuple[Key, Spans], ...]:
    """The restraint and passage keys that the presences ask for, each with when."""
    asked: dict[Key, Spans] = {}
    for one in acting:
        presence = one.presence
        keys = [
            Key(UndertakingKind.RESTRAINT, presence.party, means)
            for means in presence.means
            if means is not Means.CHECKPOINT
        ]
        if presence.controls or Means.CHECKPOINT in presence.means:
            keys.append(Key(UndertakingKind.PASSAGE, presence.party))
        for key in keys:
            asked[key] = asked.get(key, NEVER) | one.spans
    return tuple(sorted(asked.items(), key=lambda item: item[0].order))
