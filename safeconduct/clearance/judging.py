"""Judging one movement: run every check of the policy, combine, seal.

Whatever goes wrong on the way, the answer is NO-GO with a code; nothing turns an error into GO
(law 17).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from safeconduct.clearance.bench import Bench, planned
from safeconduct.clearance.budget import DEFAULT_STEPS, Budget
from safeconduct.clearance.checks import CHECKS
from safeconduct.clearance.checks.recorded import held
from safeconduct.clearance.finding import Finding, Status
from safeconduct.clearance.joint import Side, strictest, together
from safeconduct.clearance.judgement import (
    Judgement,
    Loosened,
    ProfileVerdict,
    Verdict,
    verdict_of,
)
from safeconduct.clearance.ledger import ledger
from safeconduct.clearance.loosening import apply, in_force, loosenings
from safeconduct.clearance.unjoined import not_joined
from safeconduct.cover import Cover
from safeconduct.errors import BudgetExhausted, SafeconductError, UnknownReference, WrongField
from safeconduct.policy import Level, Phase, Policy, Rule
from safeconduct.register import canonical, digest, encode
from safeconduct.roads import Itinerary, Network
from safeconduct.situation import ClosedEdges, Situation
from safeconduct.spacetime import tz_version
from safeconduct.vocabulary import Departure, Movement

NOT_ADOPTED = "ROUTE-NOT-ADOPTED"

RESIDUAL = (
    "A guarantee is a word; several missions left with approval reported from every party and "
    "still met fire or refusal.",
    "An undertaking binds only those it has reached; see how far down each was confirmed.",
    "This verdict is advice about records. A decision is a named person's.",
)


@dataclass(frozen=True)
class Judge:
    """Judges movements of one situation on one network under one policy.

    Covers are kept per profile, so that judging many movements costs each key once.
    """

    situation: Situation
    network: Network
    policy: Policy
    steps: int = DEFAULT_STEPS

    @cached_property
    def _covers(self) -> dict[str, Cover]:
        return {}

    def cover(self, profile_id: str) -> Cover:
        """The cover under one profile.

        Raises
        ------
        UnknownReference : the policy has no such profile.
        """
        if profile_id not in self._covers:
            profile = self.policy.profile(profile_id)
            self._covers[profile_id] = Cover(self.situation, self.network, profile)
        return self._covers[profile_id]

    def with_situation(self, situation: Situation) -> Judge:
        """The judge of another situation; what has been read of unchanged ground is kept."""
        later = replace(self, situation=situation)
        covers = {profile: cover.in_situation(situation) for profile, cover in self._covers.items()}
        vars(later)["_covers"] = covers
        return later

    def movement(self, movement_id: str) -> Movement:
        """The judged version of a movement.

        Raises
        ------
        UnknownReference : no movement of that id is known; the message lists those that are.
        """
        try:
            return self.situation.movements[movement_id]
        except KeyError:
            known = ", ".join(sorted(self.situation.movements)) or "none"
            raise UnknownReference(
                f"No movement {movement_id} is known at that moment.",
                f"Known movements: {known}.",
                movement=movement_id,
            ) from None

    def judge(self, movement_id: str, *, profile: str | None = None) -> Judgement:
        """The judgement of one movement, under its own profiles or under another one.

        Raises
        ------
        UnknownReference : no movement of that id is known.
        """
        return self.judged(movement_id, profile=profile)[0]

    def judged(
        self, movement_id: str, *, profile: str | None = None
    ) -> tuple[Judgement, Bench | None]:
        """The judgement, and what it was made on under the first of its profiles, if anything.

        Raises
        ------
        UnknownReference : no movement of that id is known.
        """
        movement = self.movement(movement_id)
        profiles = movement.profiles if profile is None else (profile,)
        sides = [self._side(under(movement, one)) for one in profiles]
        return self._sealed(movement, sides), sides[0].bench

    def proposed(
        self, movement: Movement, *, says: str, remedy: str, profile: str | None = None
    ) -> tuple[Judgement, Bench | None]:
        """What a known movement would be told, were a route adopted for it: CONDITIONAL at best.

        Parameters
        ----------
        movement : the known movement with a route, and halts, for every leg; nothing else changed.
        says, remedy : of the finding that the route is not adopted.

        Raises
        ------
        UnknownReference : no movement of that id is known.
        WrongField : it differs from the known one in more than routes, or that one has a route.
        """
        known = self.movement(movement.id)
        _check_proposal(known, movement)
        if self._has_departed(known):  # where it drives is not ours to propose any more
            return self.judged(known.id, profile=profile)
        finding = Finding(
            rule="G2",
            level=Level.COND,
            status=Status.UNMET,
            code=NOT_ADOPTED,
            says=says,
            remedy=remedy,
        )
        profiles = movement.profiles if profile is None else (profile,)
        sides = [self._side(under(movement, one), finding) for one in profiles]
        return self._sealed(known, sides, proposal=movement), sides[0].bench

    def bench_of(self, movement_id: str, *, profile: str | None = None) -> Bench:
        """What the judgement is made on, in a joint convoy by the strictest; raises as `bench`."""
        movement = self.movement(movement_id)
        profiles = movement.profiles if profile is None else (profile,)
        return self._strictest([self.bench(under(movement, one)) for one in profiles])

    def benches_of(self, movement_id: str) -> tuple[Bench, ...]:
        """What the judgement is made on, under each of the movement's profiles; as `bench`."""
        movement = self.movement(movement_id)
        return tuple(self.bench(under(movement, one)) for one in movement.profiles)

    @staticmethod
    def _strictest(benches: Sequence[Bench]) -> Bench:
        """The bench on which most is missing; of equal ones the first."""

        def lacks(bench: Bench) -> tuple[int, bool]:
            late = any(found.status is not Status.MET for found in CHECKS["T1"](bench))
            return sum(map(len, bench.ledger.missing.values())), late

        return benches[0] if len(benches) == 1 else max(benches, key=lacks)

    def bench(self, movement: Movement, budget: Budget | None = None) -> Bench:
        """Everything the checks look at, for one movement.

        Raises
        ------
        BudgetExhausted : the way is longer than the step budget.
        RouteRefused, UnknownReference : the route cannot be driven on this network.
        """
        cover = self.cover(movement.profile)
        trip = planned(movement, self.network, self.situation)
        under_way = self._has_departed(movement)
        if under_way:
            trip = _remaining(trip, self.situation.as_of)
        closed = ClosedEdges(self.situation, self.network.has_edge)
        book = ledger(cover, movement, trip, budget or Budget(self.steps), closed)
        return Bench(
            situation=self.situation,
            network=self.network,
            cover=cover,
            policy=self.policy,
            profile=cover.profile,
            movement=movement,
            itinerary=trip,
            ledger=book,
            under_way=under_way,
            sibling=self._sibling,
        )

    def _sibling(self, movement_id: str) -> Bench | None:
        """The bench of a linked movement, or None when it cannot be judged (which is a doubt)."""
        try:
            return self.bench_of(movement_id)
        except SafeconductError:
            return None

    def _has_departed(self, movement: Movement) -> bool:
        return any(
            departure.version == movement.version
            for departure in self.situation.facts_of(Departure, movement.id)
        )

    # -- findings

    def _side(self, movement: Movement, *beside: Finding) -> Side:
        """What one organisation would be told alone, by the profile of the movement given.

        Parameters
        ----------
        beside : findings that are there whatever the checks find.
        """
        found, under_way, bench = self._findings(movement)
        found = (*beside, *found)
        loosened = loosenings(self.situation, self.policy, movement.profile, movement.zone)
        findings = apply(found, loosened)
        verdict = verdict_of(findings)
        if verdict is Verdict.GO and in_force(loosened):
            verdict = Verdict.CONDITIONAL
        return Side(
            profile=movement.profile,
            findings=findings,
            loosened=loosened,
            verdict=verdict,
            under_way=under_way,
            expires=self._expiry(verdict, movement, findings, in_force(loosened), under_way),
            bench=bench,
        )

    def _findings(self, movement: Movement) -> tuple[tuple[Finding, ...], bool, Bench | None]:
        if not movement.has_route:
            return (_not_adopted(movement),), self._has_departed(movement), None
        try:
            bench = self.bench(movement, Budget(self.steps))
        except BudgetExhausted as error:
            return (self._failed("A1", "STEP-BUDGET", error),), False, None
        except Exception as error:  # law 17: whatever goes wrong is a doubt, not a GO
            return (self._failed("A1", "ERROR", error),), False, None
        if not bench.itinerary.entries:
            return (self._trip_over(),), bench.under_way, bench
        found = [f for rule in self.policy.rules for f in self._checked(rule, bench)]
        doubled = [self._doubled()] if self.situation.doubled else []
        beside = (*doubled, *self._unjoined(bench))
        return (*beside, *(self._phased(f, bench) for f in found)), bench.under_way, bench

    def _checked(self, rule: Rule, bench: Bench) -> Iterable[Finding]:
        if rule.only_for and bench.profile.organisation not in rule.only_for:
            whose = " and ".join(sorted(one.value.upper() for one in rule.only_for))
            return bench.not_applicable(rule.id, f"A rule of {whose}, which this profile is not.")
        if rule.for_profiles and bench.profile.id not in rule.for_profiles:
            whose = " and ".join(sorted(rule.for_profiles))
            return bench.not_applicable(rule.id, f"A rule of the profile {whose} only.")
        check = CHECKS.get(rule.id)
        if check is None and rule.by_record:
            check = partial(held, rule=rule)
        if check is None:
            missing = UnknownReference(
                f"No check exists for rule {rule.id}.", "Use a policy this program knows."
            )
            return [self._failed(rule.id, "NO-CHECK", missing)]
        try:
            return check(bench)
        except Exception as error:  # law 17: whatever a check does wrong is a doubt, not a GO
            return [self._failed(rule.id, "ERROR", error)]

    def _failed(self, rule_id: str, code: str, error: Exception) -> Finding:
        """A rule that could not be checked is unknown, HARD whatever its own level."""
        return Finding(
            rule=rule_id,
            level=Level.HARD,
            status=Status.UNKNOWN,
            code=code,
            says=f"Rule {rule_id} could not be checked: {error}",
            remedy="Mend what is named and judge again; until then the answer is NO-GO.",
        )

    def _doubled(self) -> Finding:
        """Two records of one id that differ: none of them counts, and that may hide a limit."""
        ids = ", ".join(self.situation.doubled)
        return Finding(
            rule="A1",
            level=Level.HARD,
            status=Status.UNKNOWN,
            code="DOUBLED-ID",
            statements=self.situation.doubled,
            says=f"Records that differ share an id, so that neither can be believed: {ids}.",
            remedy="Find out which one holds and record it under an id of its own.",
        )

    def _unjoined(self, bench: Bench) -> Sequence[Finding]:
        try:
            return not_joined(bench)
        except Exception as error:  # law 17, as for the checks
            return [self._failed("A1", "ERROR", error)]

    def _trip_over(self) -> Finding:
        return Finding(
            rule="A1",
            level=self.policy.rule("A1").level,
            status=Status.UNKNOWN,
            code="TRIP-OVER",
            says="By its plan the trip is over; nothing of it is left to judge.",
            remedy="Record what became of it, or a new version of the movement.",
        )

    def _phased(self, finding: Finding, bench: Bench) -> Finding:
        """What is only missing because it is not due yet is not-yet-due, and says when it is.

        What has already gone wrong (an incident, say) does not wait for its rule's phase; rules of
        the road and of afterwards are not due before departure.
        """
        rule = self.policy.rule(finding.rule)
        if finding.status not in (Status.UNMET, Status.UNKNOWN) or bench.under_way:
            return finding
        if rule.phase in (Phase.UNDER_WAY, Phase.AFTER):
            return replace(finding, status=Status.NOT_YET_DUE, due_at=bench.movement.depart_at)
        lead, due = rule.phase.before_departure_s, finding.due_at
        if due is None and lead is not None:
            due = bench.movement.depart_at - lead
        if finding.waits and due is not None and self.situation.as_of < due:
            return replace(finding, status=Status.NOT_YET_DUE, due_at=due)
        return finding

    # -- sealing

    def _sealed(
        self, movement: Movement, sides: Sequence[Side], proposal: Movement | None = None
    ) -> Judgement:
        verdict = strictest(sides)
        findings = together(sides, [rule.id for rule in self.policy.rules])
        loosened = tuple(one for side in sides for one in side.loosened)
        under_way = any(side.under_way for side in sides)
        ends = [side.expires for side in sides if side.expires is not None]
        return Judgement(
            verdict=verdict,
            movement=movement.id,
            movement_version=movement.version,
            title=movement.title,
            as_of=self.situation.as_of,
            known_at=self.situation.known_at,
            codes=_codes(verdict, findings, loosened, under_way),
            expires=None if verdict is Verdict.NO_GO else min(ends),
            next_due=_next_due(findings),
            under_way=under_way,
            findings=findings,
            residual_risk=RESIDUAL,
            depth=self._depth(findings),
            assumptions=tuple(sorted(a.id for a in self.situation.assumptions)),
            versions=self._versions(movement, sides, proposal),
            loosened=loosened,
            by_profile=tuple(
                ProfileVerdict(
                    profile=side.profile,
                    verdict=side.verdict,
                    codes=_codes(side.verdict, side.findings, side.loosened, side.under_way),
                    expires=side.expires,
                )
                for side in sides
            ),
        )

    def _expiry(
        self,
        verdict: Verdict,
        movement: Movement,
        findings: tuple[Finding, ...],
        loosened: tuple[Loosened, ...],
        under_way: bool,
    ) -> int | None:
        """Until when a verdict that lets go may be acted on; under way, until the plan is over."""
        if verdict is Verdict.NO_GO:
            return None
        profile = self.policy.profile(movement.profile)
        reconfirm = movement.depart_at - profile.reconfirm_before_departure_s
        end = reconfirm if self.situation.as_of < reconfirm else movement.depart_at
        if under_way:
            end = movement.latest_at
        lives = [f.holds_until for f in findings if f.holds_until is not None]
        lives += [one.until for one in loosened]
        next_due = _next_due(findings)
        return min([end, *lives, *([] if next_due is None else [next_due])])

    def _depth(self, findings: tuple[Finding, ...]) -> tuple[tuple[str, str, str], ...]:
        """How far down every relied-on grant is confirmed to have reached."""
        relied = {i for f in findings if f.status is Status.MET for i in f.statements}
        grants = (self.situation.grant(i) for i in sorted(relied))
        return tuple((g.party, g.id, g.statement.depth.value) for g in grants if g is not None)

    def _versions(
        self, movement: Movement, sides: Sequence[Side], proposal: Movement | None
    ) -> tuple[tuple[str, str], ...]:
        proposed = [] if proposal is None else [("proposal", digest(canonical(encode(proposal))))]
        return (
            ("movement", digest(canonical(encode(movement)))),
            *proposed,
            ("network", self.network.version),
            ("policy", self.policy.name),
            ("profile", " + ".join(side.profile for side in sides)),
            ("steps", str(self.steps)),
            ("tzdata", tz_version()),
        )


def under(movement: Movement, profile: str) -> Movement:
    """The same movement as one organisation's own, by its profile."""
    return replace(movement, profile=profile, joint=())


def _not_adopted(movement: Movement) -> Finding:
    """Without a route nobody knows whose word is needed; HARD whatever the rule's own level."""
    return Finding(
        rule="G2",
        level=Level.HARD,
        status=Status.UNKNOWN,
        code=NOT_ADOPTED,
        says="No route is adopted for this movement, so whose word it needs is not known.",
        remedy=f"Find a route: `safeconduct plan --movement {movement.id}`; then adopt it.",
    )


def _check_proposal(known: Movement, proposal: Movement) -> None:
    bare = tuple(replace(leg, route=old.route, halts=(), origin=old.origin,
                         destination=old.destination)
                 for leg, old in zip(proposal.legs, known.legs, strict=False))  # fmt: skip
    if known.has_route or len(bare) != len(known.legs) or replace(proposal, legs=bare) != known:
        raise WrongField(
            f"What was proposed for movement {known.id} is not that movement with a route for each "
            "of its legs.",
            "Propose routes for a movement that has none, and change nothing else.",
            movement=known.id,
        )


def _next_due(findings: Iterable[Finding]) -> int | None:
    waiting = [f for f in findings if f.status is Status.NOT_YET_DUE]
    return min((f.due_at for f in waiting if f.due_at is not None), default=None)


def _remaining(trip: Itinerary, now: int) -> Itinerary:
    """What is left of a trip under way: only the time from now on is judged."""
    ahead = trip.from_moment(now)
    entries = tuple(replace(entry, enter=max(entry.enter, now)) for entry in ahead.entries)
    return replace(ahead, entries=entries)


def _codes(
    verdict: Verdict,
    findings: tuple[Finding, ...],
    loosened: tuple[Loosened, ...],
    under_way: bool,
) -> tuple[str, ...]:
    codes = ["UNDER-WAY"] if under_way else []
    codes += ["LOOSENED"] if in_force(loosened) else []
    if verdict is Verdict.NO_GO:
        failing = (Status.UNMET, Status.UNKNOWN)
        codes += sorted({f.code for f in findings if f.status in failing and f.code})
        return tuple(codes)
    if any(f.status is Status.NOT_YET_DUE for f in findings):
        codes.append("ON-TRACK")
    if any(f.risk_owner for f in findings):
        codes.append("RISK-OWNER")
    unmet = {f.code for f in findings if f.level is Level.COND and f.status is Status.UNMET}
    if NOT_ADOPTED in unmet:
        codes.append(NOT_ADOPTED)
    if unmet - {NOT_ADOPTED}:
        codes.append("SIGN-OFF")
    return tuple(codes)


def judge(
    situation: Situation,
    network: Network,
    policy: Policy,
    movement_id: str,
    *,
    profile: str | None = None,
    steps: int = DEFAULT_STEPS,
) -> Judgement:
    """The judgement of one movement; for many movements of one situation keep a `Judge`.

    Raises
    ------
    UnknownReference : no movement of that id is known.
    """
    return Judge(situation, network, policy, steps).judge(movement_id, profile=profile)
