"""How each grant stands: good or faulty, and in which spans it holds.

Section 5 of docs/reference/semantics.md. Nothing here knows of roads or legs beyond whether two
areas overlap; what fits where is `cover.cover`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from safeconduct.cover.conditions import (
    Reciprocity,
    Waiting,
    conditions_of,
    is_done,
    is_dropped,
    reciprocity,
)
from safeconduct.cover.faults import CONDITION_FAULT, Code, Cut, Fault
from safeconduct.cover.keys import ALWAYS
from safeconduct.policy import Profile
from safeconduct.situation import Grant, Situation
from safeconduct.spacetime import BEGINNING, NEVER, OPEN_END, Span, Spans
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

    def contains(self, other: Voucher) -> bool:
        """Whether it says at least what another voucher says, or is that voucher."""
        return self is other or (
            self.relation == other.relation
            and other.areas <= self.areas
            and not other.spans - self.spans
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that takes every word said up to `said_at` away, from `start` on, for good.

    A word said later stands, from the moment it was said on; it restores no more than itself.
    """

    code: Code
    act: str
    start: int
    said_at: int

    def takes_from(self, voucher_said_at: int) -> Spans:
        """The time that it takes from a word said at some moment."""
        end = voucher_said_at if voucher_said_at > self.said_at else OPEN_END
        return Spans.of([Span(self.start, end)]) if self.start < end else NEVER

    def shown(self, good: list[Voucher]) -> Cut:
        """The time for which nothing stands, as findings name it."""
        later = [v.statement.said_at for v in good if v.statement.said_at > self.said_at]
        return Cut(self.code, self.act, self.takes_from(min(later, default=self.said_at)))


@dataclass(frozen=True, slots=True)
class Yield:
    """What one good voucher makes a grant cover: within which areas, in which spans.

    `also_within` are the areas of the relation through which a binder spoke, None where the party
    spoke itself; `since` is when the same had first been vouched for, which is what preparation
    counts from.
    """

    areas: frozenset[str]
    also_within: frozenset[str] | None
    spans: Spans
    statement: str
    said_at: int
    since: int


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
    def holds_ever(self) -> bool:
        """Whether it holds at any time at all."""
        return any(one.spans for yields in self.yields.values() for one in yields)

    @property
    def is_good(self) -> bool:
        """Whether the grant has no fault at all (it may still hold at no time)."""
        return not self.faults


class Standings(Mapping[str, Standing]):
    """How the grants of a situation stand under one profile, each worked out when it is asked for.

    A register holds ten thousand grants, and a movement is about a few of them.
    """

    def __init__(self, situation: Situation, profile: Profile, overlap: Overlap) -> None:
        self._situation = situation
        self._reader = _Reader(situation, profile, overlap)
        self._faults: dict[str, tuple[Fault, ...]] = {}
        self._found: dict[str, Standing] = {}

    def __getitem__(self, grant_id: str) -> Standing:
        if grant_id not in self._found:
            grant = self._situation.grant(grant_id)
            if grant is None:
                raise KeyError(grant_id)
            self._found[grant_id] = self._reader.standing(grant, self._all_faults(grant))
        return self._found[grant_id]

    def __iter__(self) -> Iterator[str]:
        return (grant.id for grant in self._situation.grants)

    def __len__(self) -> int:
        return len(self._situation.grants)

    @property
    def by_grant(self) -> Mapping[str, Standing]:
        """The standing of each grant, by the id of its act."""
        return self

    @cached_property
    def reciprocity(self) -> Reciprocity:
        """Which conditions wait for others, by the least fixed point over all grants."""
        return reciprocity(self._situation, self._is_faultless)

    @cached_property
    def _waiting(self) -> Mapping[str, Waiting]:
        return {one.grant: one for one in self.reciprocity.waiting}

    def wording_faults(self, grant: Grant) -> tuple[Fault, ...]:
        """What a word lacks to say when, where and for what, also where a deed is good without."""
        return tuple(self._reader.wording_faults(grant))

    def lost_for(self, grant: Grant, means: Means | None, party: str, said_at: int) -> Spans:
        """What a bound party takes, by its own acts and fire, from its binder's word for it."""
        return self._reader.lost_for(grant, means, party, said_at)

    def _own_faults(self, grant: Grant) -> tuple[Fault, ...]:
        if grant.id not in self._faults:
            self._faults[grant.id] = self._reader.faults(grant)
        return self._faults[grant.id]

    def _all_faults(self, grant: Grant) -> tuple[Fault, ...]:
        faults, waits = self._own_faults(grant), self._waiting.get(grant.id)
        if waits is None:
            return faults
        condition = waits.condition
        return (
            *faults,
            Fault(Code.CONDITION_RECIPROCAL.value, (condition.id,), condition.what),
        )

    def _is_faultless(self, grant: Grant) -> bool:
        # What was withdrawn whole has no fault, but it satisfies nobody either; nor does the
        # promise of a deed that does not say when or where.
        return (
            not self._own_faults(grant)
            and not any(self._reader.wording_faults(grant))
            and self._reader.standing(grant, ()).holds_ever
        )


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
            if act.party == grant.party and statement.said_at >= grant.at:
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
            *(self.wording_faults(grant) if not _is_deed(grant) else ()),
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

    def wording_faults(self, grant: Grant) -> Iterable[Fault]:
        """What a word lacks to say when, where and for what; a deed may be good without it."""
        undertaking = grant.undertaking
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
        contradiction = self._contradiction(grant, grant.party)
        if contradiction:
            yield Fault(Code.CONTESTED.value, contradiction)

    def _contradiction(self, grant: Grant, party: str) -> tuple[str, ...]:
        """The acts by which a party disowns the grant, unless its giver answered them since."""
        voices = self._voices_against(grant, party)
        if not voices:
            return ()
        last = max(at for _, at in voices)
        settled = any(
            act.party == grant.party
            and s.actor == grant.party
            and s.authority is Authority.COMMANDS
            and s.said_at > last
            # Said directly, so that it would count by itself (rule A4).
            and self.voucher_fault(grant, Voucher(s, frozenset(), NEVER, True)) is None
            for act, s in self.situation.answers(grant.id, Confirm)
        )
        return () if settled else tuple(sorted(act_id for act_id, _ in voices))

    def _voices_against(self, grant: Grant, party: str) -> list[tuple[str, int]]:
        """The acts of a party, or of a member of it, that disown or deny the grant."""
        return [
            (act.id, s.said_at)
            for verb in (Disown, Deny)
            for act, s in self.situation.answers(grant.id, verb)
            if any(self.situation.is_of(one, party) for one in (s.actor, act.party))
        ]

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
        doubts = [*self._suspensions(grant), *self._settled_contradictions(grant)]
        ended = list(self._withdrawals(grant))
        named = sorted(grant.undertaking.means, key=lambda one: one.value)
        means: tuple[Means | None, ...] = tuple(named) or (None,)
        yields, cuts = {}, list(ended)
        for one in means:
            against = [*doubts, *self._fire(grant, one, grant.party)]
            cuts += [doubt.shown(good) for doubt in against]
            yields[one] = () if faults else tuple(self._yields(grant, good, against, ended))
        return Standing(grant, faults, yields, tuple(cuts), natural)

    def _yields(
        self, grant: Grant, good: list[Voucher], against: list[Doubt], ended: list[Cut]
    ) -> Iterable[Yield]:
        areas, spans = self._narrowing(grant)
        for cut in ended:
            spans = spans - cut.spans
        for voucher in good:
            left = voucher.spans & spans
            for doubt in against:
                left = left - doubt.takes_from(voucher.statement.said_at)
            yield Yield(
                voucher.areas if areas is None else voucher.areas & areas,
                frozenset(voucher.relation.areas) if voucher.relation else None,
                left,
                voucher.statement.id,
                voucher.statement.said_at,
                min(v.statement.said_at for v in good if v.contains(voucher)),
            )

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

    def _suspensions(self, grant: Grant) -> Iterable[Doubt]:
        for act, s in self.situation.by_party(grant.party, Suspend):
            if grant.at <= s.said_at and self._overlaps(act.areas, grant):
                start = s.said_at if act.effective_at is None else act.effective_at
                yield Doubt(Code.SUSPENDED, act.id, start, s.said_at)

    def _settled_contradictions(self, grant: Grant) -> Iterable[Doubt]:
        """A contradiction that was settled: what had been said up to it stays in doubt."""
        for act_id, at in self._voices_against(grant, grant.party):
            yield Doubt(Code.CONTESTED, act_id, BEGINNING, at)

    def lost_for(self, grant: Grant, means: Means | None, party: str, said_at: int) -> Spans:
        """What `party`, bound by this grant of its binder, takes from it by its own acts.

        Its fire, and whatever it said against it, cut the binder's word as they would its own. What
        it disowned, even before it was said, counts once the binder has answered as for its own.
        """
        if self._contradiction(grant, party):
            return ALWAYS
        theirs = replace(grant, party=party)
        spans = NEVER
        for cut in self._withdrawals(theirs):
            spans = spans | cut.spans
        for doubt in (
            *self._suspensions(theirs),
            *self._settled_contradictions(theirs),
            *self._fire(theirs, means, party),
        ):
            spans = spans | doubt.takes_from(said_at)
        return spans

    def _fire(self, grant: Grant, means: Means | None, party: str) -> list[Doubt]:
        """Incidents of one means that suspend this restraint until it is reconfirmed."""
        if means is None:
            return []
        return [
            Doubt(Code.FIRE_UNEXPLAINED, now.incident.id, now.incident.at, now.incident.at)
            for now in self.situation.incidents
            if now.incident.means is means
            and now.incident.state is not IncidentState.DISMISSED
            and (
                not now.incident.attributed_to
                or self.situation.is_of(now.incident.attributed_to, party)
            )
            and (now.incident.areas or now.incident.near is None)
            and self._overlaps(now.incident.areas, grant)
        ]

    def _overlaps(self, areas: tuple[str, ...], grant: Grant) -> bool:
        """Whether a limit's areas (none: everywhere) share ground with the grant's."""
        if not areas or not grant.undertaking.areas:
            return True
        return any(self.overlap(a, b) for a in areas for b in grant.undertaking.areas)


def word_reader(
    situation: Situation, profile: Profile
) -> Callable[[Grant], tuple[tuple[Statement, Code | None], ...]]:
    """What tells of any grant the statements that can vouch for it, and why each does not count.

    The words only, without faults of the grant as a whole and without cuts; a statement of a
    binder is told once for each of its relations.
    """
    reader = _Reader(situation, profile, lambda one, other: True)
    return lambda grant: tuple(
        (voucher.statement, reader.voucher_fault(grant, voucher))
        for voucher in reader.vouchers(grant)
    )


def _is_deed(grant: Grant) -> bool:
    return grant.undertaking.kind is UndertakingKind.DEED
