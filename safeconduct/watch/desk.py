"""A desk with the answers for many movements, to which one record more is brought.

Only the movements that the record can touch are judged again; the others keep their answer. All
answers of a desk are for one moment; time that goes by is a new desk. So is a merge: beside records
it brings how far each writer has been heard, which a desk keeps as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeconduct.clearance import Judge, Judgement
from safeconduct.situation import amended
from safeconduct.vocabulary import Record
from safeconduct.watch.reach import Reach, reach_of
from safeconduct.watch.words import Words


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer and what it depends on; None when the movement could not be judged at all."""

    judgement: Judgement
    reach: Reach | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An answer that was judged again."""

    movement: str
    before: Judgement
    now: Judgement

    @property
    def is_other(self) -> bool:
        """Whether anything in it reads otherwise than before."""
        return self.before.sealed != self.now.sealed


@dataclass(frozen=True, slots=True)
class Desk:
    """The answers for some movements at one moment.

    `answers` has an answer for each movement on the desk, by its id.
    """

    judge: Judge
    answers: Mapping[str, Answered]

    @classmethod
    def of(cls, judge: Judge, movements: Iterable[str]) -> Desk:
        """A desk on which each of these movements has been judged.

        Raises
        ------
        UnknownReference : one of them is not known.
        """
        return cls(judge, {movement: _answered(judge, movement) for movement in movements})

    def with_record(self, record: Record) -> tuple[Desk, tuple[Changed, ...]] | None:
        """The desk on which one record more is known, and the answers that were judged again.

        None where the record takes something away from what was known (an id told twice, an
        assumption): then the picture must be drawn anew.
        """
        situation = amended(self.judge.situation, record)
        if situation is None:
            return None
        judge = self.judge.with_situation(situation)
        touched = self._touched(judge, record)
        fresh = {movement: _answered(judge, movement) for movement in sorted(touched)}
        changed = tuple(
            Changed(movement=m, before=self.answers[m].judgement, now=answered.judgement)
            for m, answered in fresh.items()
        )
        return Desk(judge, {**self.answers, **fresh}), changed

    def _touched(self, judge: Judge, record: Record) -> Iterable[str]:
        """The movements of the desk whose answer the record may change."""
        radius_m = max(profile.incident_radius_m for profile in judge.policy.profiles)
        effect = Words(judge.situation, judge.network, radius_m=radius_m).effect(record)
        return (
            movement
            for movement, answered in self.answers.items()
            if answered.reach is None or effect.touches(answered.reach)
        )


def _answered(judge: Judge, movement: str) -> Answered:
    judgement, bench = judge.judged(movement)
    return Answered(judgement, None if bench is None else reach_of(bench))
