"""What is known of one party beside its record: who belongs to it, who binds whom, what it can do.

The relations, presences, instruments and arrangements are those of the vocabulary; here each is
told with how it stands at the moment asked about. Whether the bound party may be taken at its
binder's word on a piece of road is `cover`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from safeconduct.cover import Cover
from safeconduct.situation import Situation
from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    Arrangement,
    Assessment,
    Binds,
    ConsentNeed,
    Instrument,
    Means,
    Presence,
    Statement,
    UndertakingKind,
)
from safeconduct.watch.record import Kept, PartyRecord, State, records


class Phase(Enum):
    """How a record with a beginning and an end stands at a moment."""

    NOT_BEGUN = "not-begun"
    CURRENT = "current"
    LAPSES = "lapses"  # current, and ends within the days asked about
    OVER = "over"

    @classmethod
    def of(cls, valid: Span, as_of: int, within_s: int) -> Phase:
        """How `valid` stands at `as_of`, looking `within_s` seconds ahead."""
        if valid.end <= as_of:
            return cls.OVER
        if valid.start > as_of:
            return cls.NOT_BEGUN
        ends_soon = valid.end != OPEN_END and valid.end <= as_of + within_s
        return cls.LAPSES if ends_soon else cls.CURRENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """ "The word of one binds another", and how that stands; without evidence it binds nobody."""

    binds: Binds
    phase: Phase
    ours: bool

    @property
    def counts(self) -> bool:
        """Whether the binder's word counts for the bound party at this moment."""
        return bool(self.binds.evidence) and self.phase in (Phase.CURRENT, Phase.LAPSES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceNow:
    """A presence and how it stands: past its end it is stale, and still a threat.

    `assessed_by` are the assessments valid now that name it; without one it is nobody's current
    word that the party is there, and it threatens all the same.
    """

    presence: Presence
    phase: Phase
    assessed_by: tuple[str, ...]
    ours: bool

    @property
    def is_stale(self) -> bool:
        """Whether its time is over without anybody having looked again."""
        return self.phase is Phase.OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentNow:
    """An instrument that is accepted of the party instead of a guarantee, and how it stands."""

    instrument: Instrument
    phase: Phase
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """What is required of a party for one means, or for passage or consent, in one area.

    `instead` are the ids of the instruments that are accepted for it at this moment; empty: a
    guarantee, and nothing less.
    """

    kind: UndertakingKind
    means: Means | None
    area: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An undertaking that stands now or later, with what keeps it from counting; empty: it counts.

    `faults` are codes of docs/reference/codes.md, under the profile of the cover.
    """

    kept: Kept
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party at one moment; every tuple is in the order of ids unless it says otherwise.

    Parameters
    ----------
    collectives, members : who it belongs to, who belongs to it; neither binds the other by that.
    bound_by, binds : the relations in which it is bound, and in which it binds.
    last_spoke, last_addressed : the latest statement of its own, and the latest addressed to it.
    """

    actor: Actor
    collectives: tuple[Actor, ...]
    members: tuple[Actor, ...]
    bound_by: tuple[Relation, ...]
    binds: tuple[Relation, ...]
    presences: tuple[PresenceNow, ...]
    required: tuple[Required, ...]
    instruments: tuple[InstrumentNow, ...]
    arrangements: tuple[tuple[Arrangement, Phase], ...]
    last_spoke: Statement | None
    last_addressed: Statement | None
    standing: tuple[Standing, ...]
    record: PartyRecord


def parties_of(situation: Situation) -> tuple[str, ...]:
    """The ids of all parties: actors of that kind, and whoever gave or is asked for something."""
    found = {a.id for a in situation.actors.values() if a.kind is ActorKind.PARTY}
    found.update(situation.grants_of)
    found.update(one.party for one in situation.facts(Presence))
    found.update(who for need in situation.facts(ConsentNeed) for who in need.holders)
    return tuple(sorted(found))


def relations(situation: Situation, within_s: int) -> tuple[Relation, ...]:
    """Every relation "P binds Q" with how it stands, those that end first in front."""
    found = [
        Relation(
            binds=one,
            phase=Phase.of(one.valid, situation.as_of, within_s),
            ours=one.id in situation.assumed,
        )
        for one in situation.facts(Binds)
    ]
    return tuple(sorted(found, key=lambda one: (one.binds.valid.end, one.binds.id)))


def party(cover: Cover, id: str, within_s: int) -> Party:
    """Everything that is known of one party at the moment of a cover's situation.

    Parameters
    ----------
    cover : under the profile `default`.
    id : one of `parties_of`.
    within_s : what ends within so many seconds is told as lapsing.
    """
    (found,) = parties(cover, [id], within_s)
    return found


def parties(cover: Cover, ids: Iterable[str], within_s: int) -> tuple[Party, ...]:
    """The same of several parties, in the order asked."""
    asked = tuple(ids)
    bindings = relations(cover.situation, within_s)
    told = records(cover, asked)
    return tuple(_party(cover, one, bindings, within_s) for one in told)


def _party(
    cover: Cover, record: PartyRecord, bindings: tuple[Relation, ...], within_s: int
) -> Party:
    situation, id = cover.situation, record.party
    actor = _actor(situation, id)
    spoke = [one for one in situation.statements if one.actor == id]
    addressed = [one for one in situation.statements if id in one.to]
    return Party(
        actor=actor,
        collectives=tuple(_actor(situation, one) for one in sorted(actor.member_of)),
        members=tuple(
            situation.actors[one]
            for one in sorted(situation.actors)
            if id in situation.actors[one].member_of
        ),
        bound_by=tuple(one for one in bindings if one.binds.bound == id),
        binds=tuple(one for one in bindings if one.binds.binder == id),
        presences=tuple(_presences(situation, id, within_s)),
        required=tuple(_required(situation, id)),
        instruments=tuple(
            InstrumentNow(
                instrument=one,
                phase=Phase.of(one.valid, situation.as_of, within_s),
                ours=one.id in situation.assumed,
            )
            for one in situation.facts(Instrument)
            if one.party == id
        ),
        arrangements=tuple(
            (one, Phase.of(one.valid, situation.as_of, within_s))
            for one in situation.facts(Arrangement)
            if one.party == id
        ),
        last_spoke=spoke[-1] if spoke else None,
        last_addressed=addressed[-1] if addressed else None,
        standing=tuple(_standing(cover, record)),
        record=record,
    )


def _actor(situation: Situation, id: str) -> Actor:
    """The actor of an id; one that nobody recorded goes by its id."""
    return situation.actors.get(id) or Actor(id=id, name=id, kind=ActorKind.PARTY)


def _presences(situation: Situation, id: str, within_s: int) -> Iterable[PresenceNow]:
    now = [one for one in situation.facts(Assessment) if one.valid.contains(situation.as_of)]
    for presence in situation.facts(Presence):
        if presence.party == id:
            yield PresenceNow(
                presence=presence,
                phase=Phase.of(presence.valid, situation.as_of, within_s),
                assessed_by=tuple(one.id for one in now if presence.id in one.presences),
                ours=presence.id in situation.assumed,
            )


def _required(situation: Situation, id: str) -> Iterable[Required]:
    """One line for each means and area in which the party can act, for passages and consents."""
    instead = [
        one
        for one in situation.facts(Instrument)
        if one.party == id and one.valid.contains(situation.as_of)
    ]
    asked: set[tuple[UndertakingKind, Means | None, str]] = set()
    for presence in situation.facts(Presence):
        if presence.party == id and presence.valid.start <= situation.as_of:
            for area in presence.areas:
                asked |= {
                    (UndertakingKind.RESTRAINT, means, area)
                    for means in presence.means - {Means.CHECKPOINT}
                }
                if presence.controls or Means.CHECKPOINT in presence.means:
                    asked.add((UndertakingKind.PASSAGE, None, area))
    for need in situation.facts(ConsentNeed):
        if id in need.holders and need.valid.contains(situation.as_of):
            asked |= {(UndertakingKind.CONSENT, None, area) for area in need.areas}
    for kind, means, area in sorted(asked, key=_in_order):
        accepted = [one.id for one in instead if means in one.means and area in one.areas]
        yield Required(kind=kind, means=means, area=area, instead=tuple(accepted))


def _in_order(asked: tuple[UndertakingKind, Means | None, str]) -> tuple[int, str, str]:
    kind, means, area = asked
    order = (UndertakingKind.RESTRAINT, UndertakingKind.PASSAGE, UndertakingKind.CONSENT)
    return order.index(kind), means.value if means else "", area


def _standing(cover: Cover, record: PartyRecord) -> Iterable[Standing]:
    """The undertakings that stand now or will, with why each does not count where it does not."""
    as_of = cover.situation.as_of
    for one in record.undertakings:
        if one.stood and one.stood.bounds[-1] > as_of and one.state is not State.KEPT:
            standing = cover.standings.by_grant[one.grant.id]
            codes = [fault.code for fault in standing.faults]
            codes += [cut.code.value for cut in standing.cuts if cut.spans.contains(as_of)]
            yield Standing(kept=one, faults=tuple(dict.fromkeys(codes)))


def voices(cover: Cover, id: str) -> tuple[str, ...]:
    """Whose word counts for a party somewhere: itself, and those who bind it at this moment."""
    now = cover.situation.as_of
    binders = {
        one.binder
        for one in cover.situation.bindings()
        if one.bound == id and one.valid.contains(now)
    }
    return (id, *sorted(binders - {id}))
