"""What would be left to do if every ask of a list were granted: the judge asked once more.

The grants are made up: each party gives in writing, to a humanitarian actor, exactly what it was
asked for, now. They are in no register and no verdict rests on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safeconduct.clearance import Finding, Judge, Judgement, Status
from safeconduct.errors import WrongField
from safeconduct.planning.asks import OwnTask
from safeconduct.policy import Level
from safeconduct.situation import Situation
from safeconduct.situation.amended import amended
from safeconduct.spacetime import Window
from safeconduct.vocabulary import (
    ActorKind,
    Ask,
    Authority,
    Consent,
    Depth,
    Form,
    Guarantee,
    Movement,
    Record,
    Specificity,
    Statement,
    Telling,
    Undertaking,
    UndertakingKind,
)

__all__ = ["if_granted", "left_to_do"]

_OPEN = (Status.UNMET, Status.UNKNOWN, Status.NOT_YET_DUE)


def if_granted(judge: Judge, movement: Movement, asks: Sequence[Ask]) -> Judgement:
    """The judgement of a movement if every ask were granted to the letter.

    Parameters
    ----------
    movement : a version of one that is known; where it is newer, the newer one is judged.

    Raises
    ------
    WrongField : an ask has the id of something that is on record.
    """
    situation = judge.situation
    more: list[Record] = [] if movement == judge.movement(movement.id) else [movement]
    more += [_answer(situation, ask, movement) for ask in asks]
    for record in more:
        found = amended(situation, record)
        if found is None:
            raise WrongField(
                f"{record.id} is the id of something else on record.",
                "Judge the asks under ids of their own.",
                id=record.id,
            )
        situation = found
    return judge.with_situation(situation).judge(movement.id)


def left_to_do(judgement: Judgement) -> tuple[OwnTask, ...]:
    """What keeps such a judgement from GO; warnings do not."""
    tasks = (
        OwnTask(rule=f.rule, code=f.code, says=f.remedy or f.says)
        for f in _open(judgement.findings)
    )
    return tuple(dict.fromkeys(tasks))


def _open(findings: Iterable[Finding]) -> Iterable[Finding]:
    return (f for f in findings if f.status in _OPEN and f.level is not Level.WARN)


def _answer(situation: Situation, ask: Ask, movement: Movement) -> Statement:
    """The party's word, as strong as a word can be."""
    given = Undertaking(
        kind=ask.kind,
        means=ask.means,
        areas=ask.areas,
        windows=tuple(Window(span, movement.zone, "as asked") for span in ask.spans),
        purposes=ask.purposes,
        directions=ask.directions,
        for_whom=ask.for_whom,
        specificity=Specificity.MOVEMENT,
    )
    verb = Consent if ask.kind is UndertakingKind.CONSENT else Guarantee
    return Statement(
        id=f"if-granted-{ask.id}",
        actor=ask.party,
        said_at=situation.as_of,
        form=Form.WRITTEN,
        telling=Telling.SAID,
        to=_to(situation, movement),
        authority=Authority.COMMANDS,
        depth=Depth.UNIT,
        paraphrase="If it were granted.",
        acts=(verb(id=f"grant-of-{ask.id}", party=ask.party, undertaking=given),),
    )


def _to(situation: Situation, movement: Movement) -> tuple[str, ...]:
    """The organisation that moves, where it is humanitarian; otherwise everybody who is."""
    humanitarian = sorted(
        one.id for one in situation.actors.values() if one.kind is ActorKind.HUMANITARIAN
    )
    return (
        (movement.organisation,) if movement.organisation in humanitarian else tuple(humanitarian)
    )
