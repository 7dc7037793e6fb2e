"""How each grant stands: good or faulty, and in which spans it holds.

Section 5 of docs/reference/semantics.md. Nothing here knows of roads or legs beyond whether two
areas overlap; what fits where is `cover.cover`. What was said for a grant stands in
`cover.vouchers`, what was said and done against it in `cover.losses`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
from safeconduct.cover.losses import Doubt, Losses, Overlap
from safeconduct.cover.vouchers import Voucher, Vouchers
from safeconduct.policy import Profile
from safeconduct.situation import Grant, Situation
from safeconduct.spacetime import Spans
from safeconduct.vocabulary import (
    ConditionKind,
    Confirm,
    Means,
    Narrow,
    Reject,
    Specificity,
    UndertakingKind,
)


@dataclass(frozen=True, slots=True)
class Yield:
    """What one good voucher makes a grant cover: within which areas, in which spans.

    `also_within` are the areas of the relation through which a binder spoke, None where the party
    spoke itself. `said_at` is when it was said by the earliest of its tellings, which is what its
    freshness counts from, and `since` when the same had first been vouched for, which is what
    preparation counts from.
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

    def lost_for(self, grant: Grant, means: Means | None, party: str, statement: str) -> Spans:
        """What a bound party takes, by its own acts and fire, from its binder's word for it."""
        return self._reader.losses.lost_for(grant, means, party, statement)

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
    """Reads grants against the situation and one profile: what is for them, and what against."""

    def __init__(self, situation: Situation, profile: Profile, overlap: Overlap) -> None:
        self.situation, self.profile = situation, profile
        self.vouchers = Vouchers(situation, profile)
        self.losses = Losses(situation, self.vouchers, overlap)
        ladder = list(Specificity)
        self._too_general = frozenset(ladder[: ladder.index(profile.least_specificity)])

    # -- faults

    def faults(self, grant: Grant) -> tuple[Fault, ...]:
        """Every fault but open reciprocal conditions, which need the fixed point."""
        found = [
            *self.vouchers.faults(grant),
            *(self.wording_faults(grant) if not _is_deed(grant) else ()),
            *self._party_faults(grant),
            *self._condition_faults(grant),
        ]
        return tuple(sorted(found))

    def wording_faults(self, grant: Grant) -> Iterable[Fault]:
        """What a word lacks to say when, where and for what; a deed may be good without it."""
        undertaking = grant.undertaking
        if undertaking.unresolved or not undertaking.windows:
            yield Fault(Code.TIME_UNRESOLVED.value, (grant.id,), undertaking.unresolved)
        if not undertaking.areas:
            yield Fault(Code.NO_PLACE.value, (grant.id,))
        if undertaking.specificity in self._too_general:
            yield Fault(Code.GENERAL.value, (grant.id,))

    def _party_faults(self, grant: Grant) -> Iterable[Fault]:
        rejections = [
            act.id
            for act, s in self.situation.answers_twins(grant.id, Reject)
            if act.party == grant.party and s.said_at >= self.situation.first_told(grant.statement)
        ]
        if rejections:
            yield Fault(Code.REJECTED.value, tuple(rejections))
        contradiction = self.losses.contradiction(grant, grant.party)
        if contradiction:
            yield Fault(Code.CONTESTED.value, contradiction)
        yield from self._told_differently(grant)

    def _told_differently(self, grant: Grant) -> Iterable[Fault]:
        """In what another telling of it differs, or of the words that it would need."""
        apart = self.situation.tellings.apart
        told = list(apart.get(grant.id, ()))
        if not self.vouchers.good(grant):
            named = (act.id for act, _ in self.situation.answers(grant.id, Confirm))
            told += [one for id in named for one in apart.get(id, ())]
        for one in told:
            acts = (one.act, one.other) if one.other else (one.act,)
            yield Fault(Code.TOLD_DIFFERENTLY.value, acts, one.says)

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
        good = self.vouchers.good(grant)
        doubts = [
            *self.losses.suspensions(grant),
            *self.losses.settled_contradictions(grant),
        ]
        ended = list(self.losses.withdrawals(grant))
        named = sorted(grant.undertaking.means, key=lambda one: one.value)
        means: tuple[Means | None, ...] = tuple(named) or (None,)
        yields, cuts = {}, list(ended)
        for one in means:
            against = [*doubts, *self.losses.fire(grant, one, grant.party)]
            cuts += [doubt.shown(good, self.situation.first_told) for doubt in against]
            yields[one] = () if faults else tuple(self._yields(grant, good, against, ended))
        return Standing(grant, faults, yields, tuple(cuts), natural)

    def _yields(
        self, grant: Grant, good: list[Voucher], against: list[Doubt], ended: list[Cut]
    ) -> Iterable[Yield]:
        areas, spans = self._narrowing(grant)
        for cut in ended:
            spans = spans - cut.spans
        for voucher in good:
            left, said = voucher.spans & spans, voucher.statement
            first = self.situation.first_told(said)
            for doubt in against:
                left = left - doubt.takes_from(said.said_at, first)
            yield Yield(
                voucher.areas if areas is None else voucher.areas & areas,
                frozenset(voucher.relation.areas) if voucher.relation else None,
                left,
                said.id,
                first,
                min(v.statement.said_at for v in good if v.contains(voucher)),
            )

    def _narrowing(self, grant: Grant) -> tuple[frozenset[str] | None, Spans]:
        areas: frozenset[str] | None = None
        spans = ALWAYS
        for act, _ in self.situation.answers_twins(grant.id, Narrow):
            if act.party != grant.party:
                continue
            if act.areas is not None:
                here = frozenset(act.areas)
                areas = here if areas is None else areas & here
            if act.windows is not None:
                spans = spans & Spans.of(window.span for window in act.windows)
        return areas, spans


def _is_deed(grant: Grant) -> bool:
    return grant.undertaking.kind is UndertakingKind.DEED
