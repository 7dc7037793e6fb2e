"""What the words of the parties are worth at one instant: sections 1, 5 and 6 of the semantics.

Plain loops over everything that was said. A limit is taken from whoever tells it and however it is
told; a grant, a deed or an acceptance counts only as the page says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from safeconduct import vocabulary as v
from safeconduct.policy.rules import Profile
from safeconduct.roads.network import Network
from safeconduct.vocabulary import UndertakingKind as Kind
from tests.verifier.known import instants
from tests.verifier.tellings import Tellings

DAY = 86_400
Voucher = tuple[v.Statement, v.Confirm | None]


class At(NamedTuple):
    """One leg, on ground with these areas, at one instant: everything a key can depend on."""

    leg: v.Leg
    touched: frozenset[str]
    within: frozenset[str]
    t: int


class Grant(NamedTuple):
    """An act with an undertaking, when it was first said, its good vouchers and all its ids."""

    act: Any
    said_at: int
    vouchers: list[Voucher]
    names: set[str]


def own_word(act: Any, statement: v.Statement) -> bool:
    """Whether the act's party said it itself and the source did not merely infer it."""
    return bool(act.party == statement.actor) and statement.telling is not v.Telling.INFERRED


class Words:
    """Everything said so far, asked: is this key turned here and now? is this link accepted?"""

    def __init__(self, known: Any, network: Network, as_of: int, profile: Profile) -> None:
        self.known, self.network, self.as_of = known, network, as_of
        self.profile = profile
        self.borders = sorted(set(instants(list(known.values()))))
        self.tellings = Tellings(known, self.borders)
        self.binds = [one for one in known[v.Binds] if one.evidence]
        self.links = {link.id: link for link in known[v.Link]}
        self.incidents = list(self._incidents())
        self.undertaken = [
            (act, said)
            for verb in (v.Announce, v.Guarantee, v.Consent, v.Accept)
            for act, said in known[verb]
            if act.undertaking is not None
        ]
        sound = [grant for act, said in self.undertaken for grant in self._sound(act, said)]
        self.good: set[str] = set()
        while True:  # the least fixed point: nothing is satisfied through itself
            grants = [grant for grant in sound if not self._strings(grant)]
            timed = (grant for grant in grants if grant.act.undertaking.windows)
            good = {grant.act.id for grant in timed if self._ever_lives(grant)}
            if good == self.good:
                break
            self.good = good
        self.grants = grants

    def turned(self, kind: Kind, party: str, means: v.Means | None, at: At) -> bool:
        """Whether some good grant turns this key here and now."""
        return any(True for _ in self.turning(kind, party, means, at))

    def turning(
        self, kind: Kind, party: str, means: v.Means | None, at: At
    ) -> Iterator[tuple[Grant, Voucher]]:
        """Every word that turns this key here and now: a good grant and the voucher that does."""
        for grant in self.grants:
            undertaking, giver = grant.act.undertaking, grant.act.party
            if undertaking.kind is not kind or not fits(undertaking, at.leg, means):
                continue
            if not self._speaks_for(giver, party, at):
                continue
            for voucher in grant.vouchers:
                texts = self._texts(grant, voucher)
                here = all(text.areas is None or at.within & {*text.areas} for text in texts)
                if not here or not self._speaks_for(voucher[0].actor, giver, at):
                    continue
                if self._lives(grant, voucher, means, party, at.t):
                    yield grant, voucher

    def accepted(self, link: v.Link) -> bool:
        """Whether every one concerned accepted the link in its own words and none took it back."""
        accepts = [
            (accept, said)
            for accept, said in self.known[v.Accept]
            if link.id in accept.of and self.tellings.agreed(accept, said)
        ]
        return bool(link.concerned) and all(
            any(
                accept.party == party
                and own_word(accept, said)
                and not any(
                    back.party == party
                    and {link.id, *self.tellings.names(accept, said)} & {*back.of}
                    and said_back.said_at >= self.tellings.first(said)
                    for back, said_back in self.known[v.Reject] + self.known[v.Withdraw]
                )
                for accept, said in accepts
            )
            for party in link.concerned
        )

    def is_open(self, condition: v.Condition, party: str) -> bool:
        """Whether a condition that this party attached is neither met, dropped nor satisfied."""
        dropped = any(
            act.party == party
            and own_word(act, said)
            and condition.id in act.of
            and _from(act, said) <= self.as_of
            for act, said in self.known[v.Withdraw]
        )
        happened = [self._happened(awaited, condition) for awaited in condition.awaits]
        satisfied = bool(happened) and all(happened)
        return not (dropped or satisfied or self._done(condition.id))

    def overlap(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether any two areas share ground; of an area it does not know nobody can say no."""
        pairs = [(one, other) for one in some for other in others]
        return any(
            not {*pair} <= self.network.areas or self.network.overlap(*pair) for pair in pairs
        )

    def _speaks_for(self, speaker: str, party: str, at: At) -> bool:
        return speaker == party or any(
            (one.binder, one.bound) == (speaker, party)
            and at.within & {*one.areas}
            and one.valid.contains(at.t)
            for one in self.binds
        )

    def _sound(self, act: Any, said: v.Statement) -> Iterator[Grant]:
        """The grant, unless a fault of its own makes it cover nothing; conditions come later."""
        if not self.tellings.agreed(act, said):
            return
        names, first = self.tellings.names(act, said), self.tellings.first(said)
        named = [
            (one, where)
            for one, where in self.known[v.Confirm]
            if act.id in one.of and self.tellings.agreed(one, where)
        ]
        vouchers: list[Voucher] = [] if isinstance(act, v.Announce) else [(said, None)]
        vouchers += [
            (one, confirm)
            for confirm, one in named
            if confirm.party == act.party and one.said_at >= said.said_at
        ]
        vouchers = [voucher for voucher in vouchers if self._is_good(voucher[0], act.party)]
        terms = act.undertaking
        # A deed may be promised for any time; only a rule that wants a time of it asks for more.
        timed = (terms.windows or terms.kind is Kind.DEED) and not terms.unresolved
        placed = terms.areas and terms.specificity in self._close_enough
        rejected = any(
            back.party == act.party and names & {*back.of} and one.said_at >= first
            for back, one in self.known[v.Reject]
        )
        grant = Grant(act, first, vouchers, names)
        contested = self._contested(grant, act.party)
        if vouchers and timed and placed and not rejected and not contested:
            yield grant

    def _is_good(self, said: v.Statement, party: str) -> bool:
        own = said.actor == party
        bound = any((one.binder, one.bound) == (said.actor, party) for one in self.binds)
        written = said.form is v.Form.WRITTEN
        noted = (said.noted and said.call_back) or not self.profile.oral_needs_note
        addressed = any(
            one.id in said.to and one.kind is v.ActorKind.HUMANITARIAN
            for one in self.known[v.Actor]
        )
        oral = said.form is v.Form.ORAL and v.Form.ORAL in self.profile.forms and noted
        direct = oral or (written and said.form in self.profile.forms)
        return (own or bound) and direct and addressed and said.telling is not v.Telling.INFERRED

    @property
    def _close_enough(self) -> list[v.Specificity]:
        rising = list(v.Specificity)
        return rising[max(1, rising.index(self.profile.least_specificity)) :]

    def _members(self, party: str) -> set[str]:
        return {one.id for one in self.known[v.Actor] if party in one.member_of}

    def _disowned(self, grant: Grant, party: str) -> list[int]:
        """When the giver, the party it is asked for, or a member of one of them disowned it."""
        act = grant.act
        voices = {act.party, party, *self._members(act.party), *self._members(party)}
        denials = self.known[v.Disown] + self.known[v.Deny]
        return [
            said.said_at
            for denial, said in denials
            if grant.names & {*denial.of} and voices & {denial.party, said.actor}
        ]

    def _contested(self, grant: Grant, party: str) -> bool:
        """Whether some disowning was not followed by a confirm with authority to command."""
        commanded = [
            self.tellings.first(one)
            for one, confirm in grant.vouchers
            if confirm and one.actor == grant.act.party and one.authority is v.Authority.COMMANDS
        ]
        return any(max(commanded, default=at) <= at for at in self._disowned(grant, party))

    def _texts(self, grant: Grant, voucher: Voucher) -> list[Any]:
        """Every text that must hold at once: the grant's, its voucher's, all that narrow it."""
        narrows = [
            narrow
            for narrow, _ in self.known[v.Narrow]
            if narrow.party == grant.act.party and grant.names & {*narrow.of}
        ]
        return [grant.act.undertaking, *narrows, *([voucher[1]] if voucher[1] else [])]

    def _lives(
        self, grant: Grant, voucher: Voucher, means: v.Means | None, party: str, t: int
    ) -> bool:
        """Whether a voucher's word for this party stands at this instant, wherever it does."""
        for text in self._texts(grant, voucher):
            untimed = text is grant.act.undertaking and not text.windows
            timed = text.windows is not None and not untimed
            if timed and not any(w.span.contains(t) for w in text.windows):
                return False
        act, areas, said_at = grant.act, grant.act.undertaking.areas, voucher[0].said_at
        bound = {act.party, party}  # who gave it, and whose word it is to be
        for end, said in self.known[v.Withdraw]:
            named = grant.names & {*end.of} or (
                not end.of and self.overlap(end.areas or areas, areas)
            )
            ended = end.party in bound and grant.said_at <= said.said_at
            if named and ended and _from(end, said) <= t:
                return False
        first = self.tellings.first(voucher[0])
        disowned = any(first <= at for at in self._disowned(grant, party))
        if disowned or self._contested(grant, party):
            return False
        # What takes a word away takes every word said up to it; only what is said after it counts,
        # from then on. A narrower text said afterwards restores no more than itself.
        doubts = []
        for stop, said in self.known[v.Suspend]:
            here = stop.party in bound and self.overlap(stop.areas or areas, areas)
            if here and _from(stop, said) <= t:
                doubts.append(said.said_at)
        for incident in self.incidents:
            of_it = incident.means is means and self.blamed(incident, bound)
            restrained = of_it and act.undertaking.kind is Kind.RESTRAINT
            here = self.overlap(incident.areas or areas, areas)
            if restrained and here and incident.at <= t:
                doubts.append(incident.at)
        return all(at < first and said_at <= t for at in doubts if grant.said_at <= at)

    def unused(self, one: v.Instrument, means: v.Means, at: At) -> bool:
        """Section 6 (a): the means was not used lately, and somebody looked."""
        since = self.as_of - self.profile.recent_use_s
        for incident in self.incidents:
            here = {*one.areas, *at.touched}
            near = self.overlap(incident.areas or here, here)
            by = incident.means is means and self.blamed(incident, [one.party])
            if by and near and incident.at >= since:
                return False
        return any(
            checked.party == one.party
            and means in checked.means
            and at.within & {*checked.areas}
            and checked.during.start <= since
            and checked.during.end >= self.as_of - DAY
            for checked in self.known[v.NoRecentUse]
        )

    def blamed(self, incident: v.Incident, parties: Iterable[str]) -> bool:
        """Whether an incident is one of these parties', a member's of theirs, or nobody's known."""
        theirs = {one for party in parties for one in {party, *self._members(party)}}
        return incident.attributed_to in {"", *theirs}

    def lives_in(self, grant: Grant, voucher: Voucher, start: int, end: int) -> list[bool]:
        """Whether a voucher's word stands at each moment of a span at which anything changes."""
        moments = {start, end - 1} | {t for t in self.borders if start < t < end}
        kinds = grant.act.undertaking.means or (None,)
        giver = grant.act.party
        return [
            any(self._lives(grant, voucher, one, giver, t) for one in kinds)
            for t in sorted(moments)
        ]

    def lies_in(self, grant: Grant, voucher: Voucher, within: set[str]) -> bool:
        """Whether all texts of a word name one of these areas."""
        texts = self._texts(grant, voucher)
        return all(text.areas is None or within & {*text.areas} for text in texts)

    def _ever_lives(self, grant: Grant) -> bool:
        """Whether any second is left of it: what was withdrawn whole satisfies nobody."""
        return any(
            self._lives(grant, voucher, None, "", t)
            for voucher in grant.vouchers
            for t in self.borders
        )

    def _strings(self, grant: Grant) -> list[v.Condition]:
        """The open conditions of a grant, those imposed later included."""
        act = grant.act
        imposed = [
            one.condition
            for one, _ in self.known[v.Impose]
            if one.party == act.party and grant.names & {*one.of}
        ]
        told = [one for one, _ in self.undertaken if one.id in grant.names]
        conditions = [*(c for one in told for c in one.undertaking.conditions), *imposed]
        any_counts = self.profile.unconditional
        return [one for one in conditions if any_counts or self.is_open(one, act.party)]

    def _done(self, id: str) -> bool:
        """Whether a deed with evidence has it done, and none said since has it failed."""
        deeds = [(deed, said) for deed, said in self.known[v.Do] if id in deed.of]
        failed = [said.said_at for deed, said in deeds if deed.failed]
        return any(
            deed.evidence
            and not deed.failed
            and max(failed, default=said.said_at - 1) < said.said_at
            for deed, said in deeds
            if said.telling is not v.Telling.INFERRED
        )

    def _happened(self, awaited: str, condition: v.Condition) -> bool:
        together = condition.order is v.Order.TOGETHER
        link = self.links.get(awaited)
        if link is not None:
            return together and link.order is v.Order.TOGETHER and self.accepted(link)
        if any(act.id == awaited for act, _ in self.undertaken) and self._done(awaited):
            return True
        return together and awaited in self.good

    def _incidents(self) -> Iterator[v.Incident]:
        """The incidents that nobody dismissed, with a means and not only a point on the map."""
        for act, _ in self.known[v.Report] + self.known[v.Allege]:
            incident = act.incident
            if incident is None or incident.means is None:
                continue
            if incident.near is not None and not incident.areas:
                continue
            reviews = [one for one in self.known[v.IncidentReview] if one.of == incident.id]
            latest = max((one.reviewed_at for one in reviews), default=0)
            states = {one.state for one in reviews if one.reviewed_at == latest} or {incident.state}
            if states != {v.IncidentState.DISMISSED}:
                yield incident


def fits(terms: v.Undertaking, leg: v.Leg, means: v.Means | None) -> bool:
    """Whether an undertaking was given against these means, for such a leg and its movers."""
    return bool(
        (means is None or means in terms.means)
        and terms.purposes & {leg.purpose, v.Purpose.ANY}
        and terms.directions & {leg.direction, v.Direction.ANY}
        and (v.Movers.ANYONE in terms.for_whom or leg.movers <= terms.for_whom)
    )


def _from(limit: Any, said: v.Statement) -> int:
    return said.said_at if limit.effective_at is None else int(limit.effective_at)
