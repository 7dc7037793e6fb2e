"""What was decided on a movement and what became of it, with the names that are still known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safeconduct.register import Store, encode, reveal
from safeconduct.situation import Situation
from safeconduct.situation.succession import decisions_in_order, outcomes_in_order
from safeconduct.spacetime import show, utc
from safeconduct.vocabulary import Decision, Movement, Outcome

ERASED = "name not kept"
_HIDDEN = "personal:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision as people are shown it: names in place of commitments, where they are kept.

    `is_of_version` is False for a decision on an older version of the movement, which binds
    nobody any more.
    """

    decision: Decision
    person: str
    second_person: str
    is_of_version: bool

    @property
    def word(self) -> str:
        """The decision in capitals, with what nobody may overlook about it."""
        word = self.decision.choice.value.upper().replace("-", " ")
        return f"{word} AGAINST THE ADVICE" if self.decision.against_advice else word

    @property
    def by(self) -> str:
        """Who answers for it: roles, with names in brackets."""
        first = _with_name(self.decision.by, self.person)
        if not self.decision.second and not self.second_person:
            return first
        return f"{first} and {_with_name(self.decision.second, self.second_person)}"

    def says(self, zone: str) -> str:
        """The decision in one line."""
        signed = f", signing for {', '.join(self.decision.signs)}" if self.decision.signs else ""
        void = "" if self.is_of_version else f"; for version {self.decision.version} only"
        when = show(self.decision.decided_at, zone)
        return f"{self.word} by {self.by}{signed}, {when}{void}"

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        one = self.decision
        return {
            "id": one.id,
            "movement": one.movement,
            "version": one.version,
            "is_of_version": self.is_of_version,
            "choice": one.choice.value,
            "against_advice": one.against_advice,
            "by": one.by,
            "person": self.person or None,
            "second": one.second or None,
            "second_person": self.second_person or None,
            "decided_at": utc(one.decided_at),
            "why": one.why,
            "dissent": one.dissent or None,
            "signs": list(one.signs),
            "verdict": one.verdict or None,
            "judged_at": None if one.judged_at is None else utc(one.judged_at),
            "known_at": None if one.known_at is None else utc(one.known_at),
            "follows": one.follows or None,
        }


def _with_name(role: str, name: str) -> str:
    return f"{role} ({name})" if role and name else role or name


def decided(situation: Situation, store: Store, movement: Movement) -> tuple[Decided, ...]:
    """The decisions on a movement, oldest first; the last one holds."""
    found: Iterable[Decision] = situation.facts_of(Decision, movement.id)
    return tuple(
        Decided(
            decision=one,
            person=_name(one.person, store),
            second_person=_name(one.second_person, store),
            is_of_version=one.version == movement.version,
        )
        for one in decisions_in_order(found)
    )


def came_out(situation: Situation, movement: Movement) -> tuple[Outcome, ...]:
    """The outcomes of a movement, oldest first; the last one holds."""
    return outcomes_in_order(situation.facts_of(Outcome, movement.id))


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as every door shows it."""
    return {
        "id": outcome.id,
        "movement": outcome.movement,
        "version": outcome.version,
        "result": outcome.result.value,
        "what": outcome.what,
        "at": None if outcome.at is None else utc(outcome.at),
        "by": outcome.by or None,
        "follows": outcome.follows or None,
        "items": [encode(item) for item in outcome.items],
    }


def _name(kept: str, store: Store) -> str:
    """The name behind a commitment; a replay keeps names in clear."""
    known = reveal(kept, store.personal)
    return ERASED if str(known).startswith(_HIDDEN) else str(known)
