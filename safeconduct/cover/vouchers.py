"""Which statements vouch for a grant, and why one of them does not count.

The first half of section 5 of docs/reference/semantics.md: the words that were said, and nothing
of what took them away again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from safeconduct.cover.faults import Code, Fault
from safeconduct.policy import Profile
from safeconduct.situation import Grant, Situation
from safeconduct.spacetime import Spans
from safeconduct.vocabulary import ActorKind, Binds, Form, Statement, Telling

DIRECT = frozenset({Form.WRITTEN, Form.ORAL})


@dataclass(frozen=True, slots=True)
class Voucher:
    """A statement that can make a grant count: its own, or a later confirmation by the party."""

    statement: Statement
    areas: frozenset[str]
    spans: Spans
    confirms: bool
    relation: Binds | None = None

    def contains(self, other: Voucher) -> bool:
        """Whether it says at least what another voucher says, or is that voucher."""
        return self is other or (
            self.relation == other.relation
            and other.areas <= self.areas
            and not other.spans - self.spans
        )


Weighed = tuple[Voucher, Code | None]


class Vouchers:
    """The vouchers of each grant of a situation, weighed under one profile."""

    def __init__(self, situation: Situation, profile: Profile) -> None:
        self._situation, self._profile = situation, profile
        self._relations: dict[tuple[str, str], list[Binds]] = defaultdict(list)
        for relation in situation.bindings():
            self._relations[relation.binder, relation.bound].append(relation)
        self._humanitarian = {
            actor.id for actor in situation.actors.values() if actor.kind is ActorKind.HUMANITARIAN
        }
        self._weighed: dict[str, list[Weighed]] = {}

    def weighed(self, grant: Grant) -> list[Weighed]:
        """Each voucher of a grant with why it does not count, or None; worked out once."""
        if grant.id not in self._weighed:
            self._weighed[grant.id] = [(one, self.fault(grant, one)) for one in self.of(grant)]
        return self._weighed[grant.id]

    def of(self, grant: Grant) -> list[Voucher]:
        """The grant's own statement (unless it was announced) and its confirmations."""
        areas = frozenset(grant.undertaking.areas)
        spans = Spans.of(window.span for window in grant.undertaking.windows)
        found: list[Voucher] = []
        if not grant.announced:
            found += self._vouched_by(grant, grant.statement, areas, spans, confirms=False)
        for act, statement in self._situation.confirms(grant.id):
            if act.party == grant.party and statement.said_at >= grant.at:
                there = areas if act.areas is None else areas & frozenset(act.areas)
                then = (
                    spans
                    if act.windows is None
                    else (spans & Spans.of(window.span for window in act.windows))
                )
                found += self._vouched_by(grant, statement, there, then, confirms=True)
        return found

    def good(self, grant: Grant) -> list[Voucher]:
        """Those of them that count."""
        return [voucher for voucher, fault in self.weighed(grant) if fault is None]

    def _vouched_by(
        self, grant: Grant, said: Statement, areas: frozenset[str], spans: Spans, *, confirms: bool
    ) -> list[Voucher]:
        """One voucher for a word of the party's own; one per relation for a binder's word."""
        relations = self._relations.get((said.actor, grant.party), [])
        if said.actor == grant.party or not relations:
            return [Voucher(said, areas, spans, confirms)]
        return [
            Voucher(said, areas, spans & Spans.of([relation.valid]), confirms, relation)
            for relation in relations
        ]

    def fault(self, grant: Grant, voucher: Voucher) -> Code | None:
        """Why a voucher does not count, or None."""
        said = voucher.statement
        if said.telling is Telling.INFERRED:
            return Code.INFERRED
        if said.actor != grant.party and voucher.relation is None:
            return Code.SPOKEN_FOR
        if said.form not in DIRECT:
            return Code.ANNOUNCED_ONLY
        if said.form not in self._profile.forms:
            return Code.NOT_WRITTEN
        if self._lacks_note(said):
            return Code.NOT_NOTED
        if not self._humanitarian.intersection(said.to):
            return Code.NOT_ADDRESSED
        return None

    def faults(self, grant: Grant) -> Iterable[Fault]:
        """Why none of the vouchers counts: what all of them lack, or else what each one lacks."""
        weighed = self.weighed(grant)
        if any(reason is None for _, reason in weighed):
            return
        common = list(self._lacking(grant, [voucher for voucher, _ in weighed]))
        codes = common or [reason for _, reason in weighed if reason is not None]
        for code in sorted({code.value for code in codes}):
            yield Fault(code, (grant.id,))

    def _lacking(self, grant: Grant, vouchers: list[Voucher]) -> Iterable[Code]:
        said = [voucher.statement for voucher in vouchers]
        told = said or [grant.statement]
        if all(s.telling is Telling.INFERRED for s in told):
            yield Code.INFERRED
        if not any(self._speaks_for(s.actor, grant.party) for s in told):
            yield Code.SPOKEN_FOR
        # What the party said itself is told by its own faults, not by those of who spoke for it.
        own = [s for s in said if self._speaks_for(s.actor, grant.party)]
        direct = [s for s in own or said if s.form in DIRECT]
        if not direct:
            yield Code.ANNOUNCED_ONLY
            return
        if not self._humanitarian.intersection(to for s in direct for to in s.to):
            yield Code.NOT_ADDRESSED
        accepted = [s for s in direct if s.form in self._profile.forms]
        if not accepted:
            yield Code.NOT_WRITTEN
        elif all(self._lacks_note(s) for s in accepted):
            yield Code.NOT_NOTED

    def _lacks_note(self, said: Statement) -> bool:
        oral = said.form is Form.ORAL and self._profile.oral_needs_note
        return oral and not (said.noted and said.call_back)

    def _speaks_for(self, actor: str, party: str) -> bool:
        """Whether an actor is the party, or binds it by a recorded relation."""
        return actor == party or (actor, party) in self._relations


def word_reader(
    situation: Situation, profile: Profile
) -> Callable[[Grant], tuple[tuple[Statement, Code | None], ...]]:
    """What tells of any grant the statements that can vouch for it, and why each does not count.

    The words only, without faults of the grant as a whole and without cuts; a statement of a
    binder is told once for each of its relations.
    """
    vouchers = Vouchers(situation, profile)
    return lambda grant: tuple(
        (voucher.statement, vouchers.fault(grant, voucher)) for voucher in vouchers.of(grant)
    )
