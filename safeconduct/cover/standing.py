"""How each grant stands: good or faulty, and in which spans it holds.

Section 5 of docs/reference/semantics.md. Nothing here knows of roads or legs beyond whether two
areas overlap; what fits where is `cover.cover`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from safeconduct.cover.conditions import (
    Reciprocity,
    conditions_of,
    is_done,
    is_dropped,
    reciprocity,
)
from safeconduct.cover.faults import CONDITION_FAULT, Code, Cut, Fault
from safeconduct.cover.keys import ALWAYS
from safeconduct.policy import Profile
from safeconduct.situation import Grant, Situation
from safeconduct.spacetime import NEVER, OPEN_END, Span, Spans
from safeconduct.vocabulary import (
    ActorKind,
    Authority,
    Binds,
    ConditionKind,
    Confirm,
    Deny,
    Disown,
    Form,
    IncidentState,
    Means,
    Narrow,
    Reject,
    Specificity,
    Statement,
    Suspend,
    Telling,
    UndertakingKind,
    Withdraw,
)

Overlap = Callable[[str, str], bool]
DIRECT = frozenset({Form.WRITTEN, Form.ORAL})


@dataclass(frozen=True, slots=True)
class Voucher:
    """A statement that can make a grant count: its own, or a later confirmation by the party."""

    statement: Statement
    areas: frozenset[str]
    spans: Spans
    confirms: bool
    relation: Binds | None = None


@dataclass(frozen=True, slots=True)
class Yield:
    """What one good voucher makes a grant cover: within which areas, in which spans."""

    areas: frozenset[str]
    also_within: frozenset[str]
    spans: Spans
    statement: str
    said_at: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A grant as it stands under one profile.

    `yields` has one sequence per means (restraints) or under None; it is empty when there are
    faults. `natural` are the windows as worded, before anything was cut.
    """

    grant: Grant
    faults: tuple[Fault, ...]
    yields: Mapping[Means | None, tuple[Yield, ...]]
    cuts: tuple[Cut, ...]
    natural: Spans

    @property
    def is_good(self) -> bool:
        """Whether the grant has no fault at all (it may still hold at no time)."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Standings:
    """All grants of a situation under one profile.

    `fire` gives the time for which fire of a party by some means suspends a restraint, whoever
    gave it: a binder's word for a party is cut by that party's fire too.
    """

    by_grant: Mapping[str, Standing]
    reciprocity: Reciprocity
    fire: Callable[[Grant, Means, str], Spans]


def standings(situation: Situation, profile: Profile, overlap: Overlap) -> Standings:
    """How every grant of the situation stands under one profile.

    Parameters
    ----------
    overlap : whether two areas, by id, share ground; pinned in the network.
    """
    reader = _Reader(situation, profile, overlap)
    first = {grant.id: reader.faults(grant) for grant in situation.grants}
    faultless = frozenset(grant_id for grant_id, faults in first.items() if not faults)
    mutual = reciprocity(situation, faultless)
    waiting = {one.grant: one for one in mutual.waiting}
    result = {}
    for grant in situation.grants:
        faults = first[grant.id]
        if grant.id in waiting:
            open_one = waiting[grant.id].condition
            faults = (
                *faults,
                Fault(Code.CONDITION_RECIPROCAL.value, (open_one.id,), open_one.what),
            )
        result[grant.id] = reader.standing(grant, faults)
    return Standings(result, mutual, reader.fire_spans)


class _Reader:
    """Reads grants against the situation and one profile; keeps the party indexes at hand."""

    def __init__(self, situation: Situation, profile: Profile, overlap: Overlap) -> None:
        self.situation, self.profile, self.overlap = situation, profile, overlap
        self.relations: dict[tuple[str, str], list[Binds]] = defaultdict(list)
        for relation in situation.bindings():
            self.relations[relation.binder, relation.bound].append(relation)
        self.humanitarian = {
            actor.id for actor in situation.actors.values() if actor.kind is ActorKind.HUMANITARIAN
        }

    # -- vouchers

    def vouchers(self, grant: Grant) -> list[Voucher]:
        """The grant's own statement (unless it was announced) and its confirmations."""
        areas = frozenset(grant.undertaking.areas)
        spans = Spans.of(window.span for window in grant.undertaking.windows)
        found: list[Voucher] = []
        if not grant.announced:
            found += self._vouched_by(grant, grant.statement, areas, spans, confirms=False)
        for act, statement in self.situation.answers(grant.id, Confirm):
            if act.party == grant.party:
                there = areas if act.areas is None else areas & frozenset(act.areas)
                then = (
                    spans
                    if act.windows is None
                    else (spans & Spans.of(window.span for window in act.windows))
                )
                found += self._vouched_by(grant, statement, there, then, confirms=True)
        return found

    def _vouched_by(
        self, grant: Grant, said: Statement, areas: frozenset[str], spans: Spans, *, confirms: bool
    ) -> list[Voucher]:
        """One voucher for a word of the party's own; one per relation for a binder's word."""
        relations = self.relations.get((said.actor, grant.party), [])
        if said.actor == grant.party or not relations:
            return [Voucher(said, areas, spans, confirms)]
        return [
            Voucher(said, areas, spans & Spans.of([relation.valid]), confirms, relation)
            for relation in relations
        ]

    def voucher_fault(self, grant: Grant, voucher: Voucher) -> Code | None:
        """Why a voucher does not count, or None."""
        said, profile = voucher.statement, self.profile
        if said.telling is Telling.INFERRED:
            return Code.INFERRED
        if said.actor != grant.party and voucher.relation is None:
            return Code.SPOKEN_FOR
        if said.form not in DIRECT:
            return Code.ANNOUNCED_ONLY
        if said.form not in profile.forms:
            return Code.NOT_WRITTEN
        if (
            said.form is Form.ORAL
            and profile.oral_needs_note
            and not (said.noted and said.call_back)
        ):
            return Code.NOT_NOTED
        if not self.humanitarian.intersection(said.to):
            return Code.NOT_ADDRESSED
        return None

    # -- faults

    def faults(self, grant: Grant) -> tuple[Fault, ...]:
        """Every fault but open reciprocal conditions, which need the fixed point."""
        found = [
            *self._voucher_faults(grant),
            *self._wording_faults(grant),
            *self._party_faults(grant),
            *self._condition_faults(grant),
        ]
        return tuple(sorted(found))

    def _voucher_faults(self, grant: Grant) -> Iterable[Fault]:
        """Why none of the vouchers counts: what all of them lack, or else what each one lacks."""
        vouchers = self.vouchers(grant)
        reasons = [self.voucher_fault(grant, voucher) for voucher in vouchers]
        if None in reasons:
            return
        common = list(self._lacking(grant, vouchers))
        codes = common or [reason for reason in reasons if reason is not None]
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
        if not self.humanitarian.intersection(to for s in direct for to in s.to):
            yield Code.NOT_ADDRESSED
        accepted = [s for s in direct if s.form in self.profile.forms]
        if not accepted:
            yield Code.NOT_WRITTEN
        elif all(self._lacks_note(s) for s in accepted):
            yield Code.NOT_NOTED

    def _lacks_note(self, said: Statement) -> bool:
        oral = said.form is Form.ORAL and self.profile.oral_needs_note
        return oral and not (said.noted and said.call_back)

    def _speaks_for(self, actor: str, party: str) -> bool:
        """Whether an actor is the party, or binds it by a recorded relation."""
        return actor == party or (actor, party) in self.relations

    def _wording_faults(self, grant: Grant) -> Iterable[Fault]:
        undertaking = grant.undertaking
        if undertaking.kind is UndertakingKind.DEED:
            return
        if undertaking.unresolved or not undertaking.windows:
            yield Fault(Code.TIME_UNRESOLVED.value, (grant.id,), undertaking.unresolved)
        if not undertaking.areas:
            yield Fault(Code.NO_PLACE.value, (grant.id,))
        ladder = list(Specificity)
        if ladder.index(undertaking.specificity) < ladder.index(self.profile.least_specificity):
            yield Fault(Code.GENERAL.value, (grant.id,))

    def _party_faults(self, grant: Grant) -> Iterable[Fault]:
        rejections = [
            act.id
            for act, s in self.situation.answers(grant.id, Reject)
            if act.party == grant.party and s.said_at >= grant.at
        ]
        if rejections:
            yield Fault(Code.REJECTED.value, tuple(rejections))
        contradiction = self._contradiction(grant)
        if contradiction:
            yield Fault(Code.CONTESTED.value, contradiction)

    def _contradiction(self, grant: Grant) -> tuple[str, ...]:
        """The acts that disown the grant and that no commanding voice has answered since."""
        voices = [
            (act.id, s.said_at)
            for verb in (Disown, Deny)
            for act, s in self.situation.answers(grant.id, verb)
            if self._is_of(s.actor, grant.party) or act.party == grant.party
        ]
        if not voices:
            return ()
        last = max(at for _, at in voices)
        settled = any(
            act.party == grant.party
            and s.actor == grant.party
            and s.authority is Authority.COMMANDS
            and s.said_at > last
            and s.telling is not Telling.INFERRED
            for act, s in self.situation.answers(grant.id, Confirm)
        )
        return () if settled else tuple(sorted(act_id for act_id, _ in voices))

    def _is_of(self, actor: str, party: str) -> bool:
        member = self.situation.actors.get(actor)
        return actor == party or (member is not None and party in member.member_of)

    def _condition_faults(self, grant: Grant) -> Iterable[Fault]:
        conditions = conditions_of(self.situation, grant)
        if conditions and self.profile.unconditional:
            yield Fault(Code.CONDITION_WORDED.value, tuple(sorted(c.id for c in conditions)))
        for condition in conditions:
            if condition.kind is ConditionKind.RECIPROCAL:
                continue
            if not is_done(self.situation, condition.id) and not is_dropped(
                self.situation, condition, grant.party
            ):
                yield Fault(CONDITION_FAULT[condition.kind].value, (condition.id,), condition.what)

    # -- spans

    def standing(self, grant: Grant, faults: tuple[Fault, ...]) -> Standing:
        """The grant with its faults and, where it has none, with what it yields."""
        natural = Spans.of(window.span for window in grant.undertaking.windows)
        good = [v for v in self.vouchers(grant) if self.voucher_fault(grant, v) is None]
        narrowed_areas, narrowed = self._narrowing(grant)
        limits = [*self._withdrawals(grant), *self._suspensions(grant, good)]
        named = sorted(grant.undertaking.means, key=lambda one: one.value)
        means: tuple[Means | None, ...] = tuple(named) or (None,)
        yields, cuts = {}, list(limits)
        for one in means:
            fire = self._fire(grant, one, good, grant.party)
            cuts.extend(fire)
            left = narrowed
            for cut in (*limits, *fire):
                left = left - cut.spans
            yields[one] = (
                ()
                if faults
                else tuple(
                    Yield(
                        v.areas if narrowed_areas is None else v.areas & narrowed_areas,
                        frozenset(v.relation.areas) if v.relation else frozenset(),
                        v.spans & left,
                        v.statement.id,
                        v.statement.said_at,
                    )
                    for v in good
                )
            )
        return Standing(grant, faults, yields, tuple(cuts), natural)

    def _narrowing(self, grant: Grant) -> tuple[frozenset[str] | None, Spans]:
        areas: frozenset[str] | None = None
        spans = ALWAYS
        for act, _ in self.situation.answers(grant.id, Narrow):
            if act.party != grant.party:
                continue
            if act.areas is not None:
                here = frozenset(act.areas)
                areas = here if areas is None else areas & here
            if act.windows is not None:
                spans = spans & Spans.of(window.span for window in act.windows)
        return areas, spans

    def _withdrawals(self, grant: Grant) -> Iterable[Cut]:
        for act, s in self.situation.by_party(grant.party, Withdraw):
            hit = grant.id in act.of if act.of else self._overlaps(act.areas, grant)
            if hit and grant.at <= s.said_at:
                start = s.said_at if act.effective_at is None else act.effective_at
                yield Cut(Code.WITHDRAWN, act.id, Spans.one(start, OPEN_END))

    def _suspensions(self, grant: Grant, good: list[Voucher]) -> Iterable[Cut]:
        for act, s in self.situation.by_party(grant.party, Suspend):
            if grant.at <= s.said_at and self._overlaps(act.areas, grant):
                start = s.said_at if act.effective_at is None else act.effective_at
                spans = _until_reconfirmed(start, s.said_at, good)
                yield Cut(Code.SUSPENDED, act.id, spans)

    def fire_spans(self, grant: Grant, means: Means, party: str) -> Spans:
        """For how long fire by one means of `party` suspends a restraint, whoever gave it."""
        good = [v for v in self.vouchers(grant) if self.voucher_fault(grant, v) is None]
        spans = NEVER
        for cut in self._fire(grant, means, good, party):
            spans = spans | cut.spans
        return spans

    def _fire(
        self, grant: Grant, means: Means | None, good: list[Voucher], party: str
    ) -> list[Cut]:
        """Incidents of one means that suspend this restraint until it is reconfirmed."""
        if means is None:
            return []
        return [
            Cut(
                Code.FIRE_UNEXPLAINED,
                now.incident.id,
                _until_reconfirmed(now.incident.at, now.incident.at, good),
            )
            for now in self.situation.incidents
            if now.incident.means is means
            and grant.at <= now.incident.at
            and now.incident.state is not IncidentState.DISMISSED
            and now.incident.attributed_to in ("", party)
            and now.incident.areas
            and self._overlaps(now.incident.areas, grant)
        ]

    def _overlaps(self, areas: tuple[str, ...], grant: Grant) -> bool:
        """Whether a limit's areas (none: everywhere) share ground with the grant's."""
        if not areas or not grant.undertaking.areas:
            return True
        return any(self.overlap(a, b) for a in areas for b in grant.undertaking.areas)


def _until_reconfirmed(start: int, said: int, good: list[Voucher]) -> Spans:
    """From `start` until the first good confirmation said after `said`; for ever without one."""
    later = [v.statement.said_at for v in good if v.confirms and v.statement.said_at > said]
    end = min(later, default=OPEN_END)
    return Spans.of([Span(start, end)]) if start < end else NEVER
