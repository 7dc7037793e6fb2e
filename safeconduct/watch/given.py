"""Which words give an undertaking, and how: in writing, orally, or in public only.

"Given" in section 10 of docs/reference/semantics.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from safeconduct.cover import Code, Cover, word_reader
from safeconduct.situation import Grant, Situation
from safeconduct.vocabulary import ActorKind, Form, Statement, Telling


class Given(Enum):
    """How an undertaking was given, by its strongest word."""

    WRITTEN = "written"
    ORAL = "oral"  # said directly, noted by a named officer, called back
    ANNOUNCED = "announced"  # in public only


@dataclass(frozen=True, slots=True)
class Word:
    """A statement that gives an undertaking, and how."""

    statement: Statement
    given: Given


class Words:
    """Finds the words of grants, and knows who may speak for whom."""

    def __init__(self, cover: Cover) -> None:
        self.situation = cover.situation
        self._vouchers = word_reader(cover.situation, cover.profile)
        self.relations = frozenset((one.binder, one.bound) for one in self.situation.bindings())

    def of(self, grant: Grant) -> tuple[Word, ...]:
        """The words of a grant, oldest first; none where it was never given by the party."""
        return united([self._words(grant)])

    def speaks_for(self, actor: str, party: str) -> bool:
        """Whether an actor is the party, or binds it by an evidenced relation."""
        return actor == party or (actor, party) in self.relations

    def is_own(self, actor: str, party: str) -> bool:
        """Whether what an actor tells of the party's own acts is the party's word."""
        return self.situation.is_of(actor, party) or self.speaks_for(actor, party)

    def _words(self, grant: Grant) -> Iterable[Word]:
        ours = self.situation.assumed
        if grant.id in self.situation.doubled or grant.statement.id in ours:
            return
        if grant.announced and self._is_public(grant):
            yield Word(grant.statement, Given.ANNOUNCED)
        for said, fault in self._vouchers(grant):
            if said.id in ours:
                continue
            if fault is None:
                yield Word(said, Given.WRITTEN if said.form is Form.WRITTEN else Given.ORAL)
            elif fault is Code.ANNOUNCED_ONLY and said.form is Form.ANNOUNCEMENT:
                yield Word(said, Given.ANNOUNCED)

    def _is_public(self, grant: Grant) -> bool:
        said = grant.statement
        return (
            said.telling is not Telling.INFERRED
            and self.speaks_for(said.actor, grant.party)
            and said.form is not Form.RELAYED
        )


def united(words: Iterable[Iterable[Word]]) -> tuple[Word, ...]:
    """All of some words, one for each statement, oldest first."""
    found = {word.statement.id: word for some in words for word in some}
    return tuple(sorted(found.values(), key=lambda w: (w.statement.said_at, w.statement.id)))


def strongest(words: Iterable[Word]) -> Given:
    """The label of an undertaking that has these words."""
    order = list(Given)
    return min((word.given for word in words), key=order.index)


def is_independent(situation: Situation, actor: str) -> bool:
    """Whether an actor can see for itself: humanitarian or monitor, and no organ of a party."""
    known = situation.actors.get(actor)
    if known is None or known.kind not in (ActorKind.HUMANITARIAN, ActorKind.MONITOR):
        return False
    above = (situation.actors.get(one) for one in known.member_of)
    return not any(
        one is not None and one.kind in (ActorKind.PARTY, ActorKind.POLITICAL) for one in above
    )
