"""Is it enough, and is all of it needed? The asks granted and the own tasks done, before the judge.

As an office would: the road is adopted as a new version, the parties answer in writing, what was
left to do is recorded; then the judge is asked. Then once more for everything on the list, without
that one thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.clearance import Finding, Judge, Judgement, Status
from safeconduct.planning.legroads import Roads
from safeconduct.planning.shortest import propose
from safeconduct.policy import Level
from safeconduct.roads.dividing import division_of
from safeconduct.roads.reference import Reference
from safeconduct.situation import picture
from safeconduct.spacetime import Window
from safeconduct.vocabulary import (
    Ask,
    Authority,
    Consent,
    ConvoyWatch,
    Depth,
    Form,
    GateCheck,
    Guarantee,
    IncidentCheck,
    Movement,
    Notice,
    Record,
    Specificity,
    Statement,
    Telling,
    Undertaking,
    UndertakingKind,
)
from tests.asks.shut_roads import LAND, ShutRoads

POLICY = core_policy()
ASKED_S, NOW_S = 2_700, 1_800
"""Before departure: when the parties answer, and when the judge is asked."""


@dataclass(frozen=True, slots=True)
class Played:
    """What the program proposed, and what the judge said of it."""

    movement: Movement
    asks: tuple[Ask, ...]
    own_tasks: tuple[str, ...]
    records: tuple[Record, ...]

    def verdict(self, world: ShutRoads) -> str:
        """With everything granted and done."""
        return _judged(world, self.records).verdict.value

    def without_one(self, world: ShutRoads) -> list[tuple[str, str]]:
        """The verdict without each of the asks and of the tasks in turn, with what was left out."""
        found = []
        for one in self.records:
            if isinstance(one, Movement):
                continue
            rest = [record for record in self.records if record is not one]
            found.append((one.id, _judged(world, rest).verdict.value))
        return found


def played(world: ShutRoads) -> Played | None:
    """The shortest list of a country carried out; None where no list opens a trip."""
    movement = world.movement
    now = movement.depart_at - ASKED_S
    judge = Judge(picture(world.records, as_of=now, known_at=now), world.network, POLICY)
    found = propose(_roads(world, judge), judge, movement)
    if not found.proposals:
        return None
    (best,) = found.proposals
    assert len(best.asks) == len(best.wanted), "an ask of the list is not needed on its own trip"
    goes, asks, tasks = best.movement, best.asks, best.own_tasks
    records = [goes, *(_answer(ask, now) for ask in asks)]
    undone = [f for f in _judged(world, records).findings if _is_open(f)]
    assert {f.remedy or f.says for f in undone} <= {task.says for task in tasks}
    return Played(
        movement=goes,
        asks=asks,
        own_tasks=tuple(task.says for task in tasks),
        records=(*records, *(_done(finding, goes) for finding in undone)),
    )


def _roads(world: ShutRoads, judge: Judge) -> Roads:
    """The roads as the case has them, all of them."""
    places = enumerate(world.network.places)
    return Roads(
        division=division_of(world.network),
        covers=tuple(judge.cover(profile) for profile in world.movement.profiles),
        nodes={place.id: (number,) for number, place in places},
        judge_on=lambda edges: judge,
        kernel=lambda ways: Reference(),
    )


def _is_open(finding: Finding) -> bool:
    return finding.level is not Level.WARN and finding.status in (
        Status.UNMET,
        Status.UNKNOWN,
        Status.NOT_YET_DUE,
    )


def _judged(world: ShutRoads, more: Iterable[Record]) -> Judgement:
    now = world.movement.depart_at - NOW_S
    records = (*world.records, *more)
    judge = Judge(picture(records, as_of=now, known_at=now), world.network, POLICY)
    return judge.judge(world.movement.id)


def _answer(ask: Ask, at: int) -> Statement:
    given = Undertaking(
        kind=ask.kind,
        means=ask.means,
        areas=ask.areas,
        windows=tuple(Window(span, "UTC", ask.says) for span in ask.spans),
        purposes=ask.purposes,
        directions=ask.directions,
        for_whom=ask.for_whom,
        specificity=Specificity.MOVEMENT,
    )
    verb = Consent if ask.kind is UndertakingKind.CONSENT else Guarantee
    return Statement(
        id=f"letter-{ask.id}",
        actor=ask.party,
        said_at=at,
        form=Form.WRITTEN,
        telling=Telling.SAID,
        to=("relief",),
        authority=Authority.COMMANDS,
        depth=Depth.UNIT,
        paraphrase="as asked",
        acts=(verb(id=f"given-{ask.id}", party=ask.party, undertaking=given),),
    )


def _done(finding: Finding, goes: Movement) -> Record:
    """The record by which the office finishes what a finding asks for."""
    at = goes.depart_at - ASKED_S
    legs = tuple(leg.id for leg in goes.legs)
    if finding.rule == "G4":
        return IncidentCheck(id="looked", areas=(LAND,), checked_at=at, by="duty officer")
    if finding.rule == "N4":
        return Notice(
            id=f"notice-{finding.party}",
            movement=goes.id,
            version=goes.version,
            to=finding.party,
            sent_at=at,
            legs=legs,
        )
    if finding.rule == "V2":
        return ConvoyWatch(
            id="watch",
            movement=goes.id,
            version=goes.version,
            leader="convoy leader",
            room="radio room",
            hand_over=True,
            check_every_s=600,
            clearance_lodged=True,
        )
    if finding.rule == "V3":
        return GateCheck(
            id="gate",
            movement=goes.id,
            version=goes.version,
            checked_at=at,
            by="loading officer",
            seen=(),
            weapons=False,
            armed_beside=False,
            aid_only=True,
        )
    raise AssertionError(f"nobody knows how to finish {finding.rule} {finding.code}")
