"""What takes a word away that was given: limits of its party, fire, and what that party disowned.

The second half of section 5 of docs/reference/semantics.md. A limit takes away and gives nothing;
what still stands then is worked out in `cover.standing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from safeconduct.cover.faults import Code, Cut
from safeconduct.cover.keys import ALWAYS
from safeconduct.cover.vouchers import Voucher, Vouchers
from safeconduct.situation import Grant, Situation
from safeconduct.spacetime import BEGINNING, NEVER, OPEN_END, Span, Spans
from safeconduct.vocabulary import (
    Authority,
    Deny,
    Disown,
    IncidentState,
    Means,
    Statement,
    Suspend,
    Withdraw,
)

Overlap = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that takes every word said up to `said_at` away, from `start` on, for good.

    A word said later stands, from the moment it was said on; it restores no more than itself.
    """

    code: Code
    act: str
    start: int
    said_at: int

    def takes_from(self, said_at: int, first_told: int) -> Spans:
        """The time that it takes from a word said at some moment, or earlier as others tell it."""
        end = said_at if first_told > self.said_at else OPEN_END
        return Spans.of([Span(self.start, end)]) if self.start < end else NEVER

    def shown(self, good: list[Voucher], first_told: Callable[[Statement], int]) -> Cut:
        """The time for which nothing stands, as findings name it."""
        words = [v.statement for v in good]
        later = [said.said_at for said in words if first_told(said) > self.said_at]
        again = min(later, default=self.said_at)
        return Cut(self.code, self.act, self.takes_from(again, again))


class Losses:
    """What grants of a situation have lost, each by its own party or by another that it binds."""

    def __init__(self, situation: Situation, vouchers: Vouchers, overlap: Overlap) -> None:
        self._situation, self._vouchers, self._overlap = situation, vouchers, overlap

    def withdrawals(self, grant: Grant) -> Iterable[Cut]:
        """What the party took back, by name or by its area, cut from then on for every voucher."""
        named = frozenset(self._situation.twins(grant.id))
        for act, s in self._situation.by_party(grant.party, Withdraw):
            hit = named.intersection(act.of) if act.of else self._overlaps(act.areas, grant)
            if hit and self._said(grant) <= s.said_at:
                start = s.said_at if act.effective_at is None else act.effective_at
                yield Cut(Code.WITHDRAWN, act.id, Spans.one(start, OPEN_END))

    def suspensions(self, grant: Grant) -> Iterable[Doubt]:
        """What the party suspended over its area, until each word is confirmed anew."""
        for act, s in self._situation.by_party(grant.party, Suspend):
            if self._said(grant) <= s.said_at and self._overlaps(act.areas, grant):
                start = s.said_at if act.effective_at is None else act.effective_at
                yield Doubt(Code.SUSPENDED, act.id, start, s.said_at)

    def settled_contradictions(self, grant: Grant) -> Iterable[Doubt]:
        """A contradiction that was settled: what had been said up to it stays in doubt."""
        for act_id, at in self._voices_against(grant, grant.party):
            yield Doubt(Code.CONTESTED, act_id, BEGINNING, at)

    def contradiction(self, grant: Grant, party: str) -> tuple[str, ...]:
        """The acts by which a party disowns the grant, unless its giver answered them since."""
        voices = self._voices_against(grant, party)
        if not voices:
            return ()
        last = max(at for _, at in voices)
        settled = any(
            act.party == grant.party
            and s.actor == grant.party
            and s.authority is Authority.COMMANDS
            and self._situation.first_told(s) > last
            # Said directly, so that it would count by itself (rule A4).
            and self._vouchers.fault(grant, Voucher(s, frozenset(), NEVER, True)) is None
            for act, s in self._situation.confirms(grant.id)
        )
        return () if settled else tuple(sorted(act_id for act_id, _ in voices))

    def _voices_against(self, grant: Grant, party: str) -> list[tuple[str, int]]:
        """The acts of a party, or of a member of it, that disown or deny the grant."""
        return [
            (act.id, s.said_at)
            for verb in (Disown, Deny)
            for act, s in self._situation.answers_twins(grant.id, verb)
            if any(self._situation.is_of(one, party) for one in (s.actor, act.party))
        ]

    def fire(self, grant: Grant, means: Means | None, party: str) -> list[Doubt]:
        """Incidents of one means that suspend this restraint until it is reconfirmed."""
        if means is None:
            return []
        return [
            Doubt(Code.FIRE_UNEXPLAINED, now.incident.id, now.incident.at, now.incident.at)
            for now in self._situation.incidents
            if now.incident.means is means
            and now.incident.state is not IncidentState.DISMISSED
            and (
                not now.incident.attributed_to
                or self._situation.is_of(now.incident.attributed_to, party)
            )
            and (now.incident.areas or now.incident.near is None)
            and self._overlaps(now.incident.areas, grant)
        ]

    def lost_for(self, grant: Grant, means: Means | None, party: str, statement: str) -> Spans:
        """What `party`, bound by this grant of its binder, takes by its own acts from one word.

        Its fire, and whatever it said against it, cut the binder's word as they would its own. What
        it disowned, even before it was said, counts once the binder has answered as for its own.
        """
        if self.contradiction(grant, party):
            return ALWAYS
        said = self._situation.statement(statement) or grant.statement
        first = self._situation.first_told(said)
        theirs = replace(grant, party=party)
        spans = NEVER
        for cut in self.withdrawals(theirs):
            spans = spans | cut.spans
        for doubt in (
            *self.suspensions(theirs),
            *self.settled_contradictions(theirs),
            *self.fire(theirs, means, party),
        ):
            spans = spans | doubt.takes_from(said.said_at, first)
        return spans

    def _said(self, grant: Grant) -> int:
        """When a grant was said by the earliest of its tellings: what came later is against it."""
        return self._situation.first_told(grant.statement)

    def _overlaps(self, areas: tuple[str, ...], grant: Grant) -> bool:
        """Whether a limit's areas (none: everywhere) share ground with the grant's."""
        if not areas or not grant.undertaking.areas:
            return True
        return any(self._overlap(a, b) for a in areas for b in grant.undertaking.areas)
