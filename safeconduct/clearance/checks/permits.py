"""Rule C1: permits, step by step."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.finding import Finding, Status
from safeconduct.vocabulary import Permit, PermitNeed, PermitState, Purpose


def steps(bench: Bench) -> list[Finding]:
    """Rule C1: every permit needed on the way is granted in all its steps, for the whole trip."""
    needs = _needs(bench)
    if not needs:
        return bench.not_applicable("C1", "No permit is recorded as needed on this way.")
    found = [finding for need in needs for finding in _need(bench, need)]
    return found or bench.met(
        "C1",
        "Every permit needed on the way is granted in all its steps.",
        statements=tuple(need.id for need in needs),
    )


def needed(bench: Bench) -> Iterator[tuple[PermitNeed, Permit]]:
    """The permits for what is needed on the way, each with its need."""
    held = bench.situation.facts_of(Permit, bench.movement.id)
    return ((need, one) for need in _needs(bench) for one in held if one.need == need.id)


def _needs(bench: Bench) -> list[PermitNeed]:
    purposes = {leg.purpose for leg in bench.movement.legs} | {Purpose.ANY}
    return [
        need
        for need in bench.situation.facts_in(PermitNeed, bench.touched)
        if need.valid.contains(bench.movement.depart_at) and purposes & need.purposes
    ]


def _need(bench: Bench, need: PermitNeed) -> list[Finding]:
    name = bench.name(need.party)
    permits = [p for p in bench.situation.facts_of(Permit, bench.movement.id) if p.need == need.id]
    if not permits:
        return [
            bench.finding(
                "C1",
                Status.UNMET,
                f"{name}: the permit {need.name} has not been granted.",
                code="PERMIT-MISSING",
                party=need.party,
                statements=(need.id,),
                remedy=f"Obtain {need.name} from {name}: {', '.join(need.steps)}.",
            )
        ]
    permit = permits[0]
    now = bench.situation.as_of
    still_open = {
        s.name
        for s in permit.steps
        if s.state is not PermitState.GRANTED or (s.at is not None and s.at > now)
    }
    granted = {s.name for s in permit.steps} - still_open
    lacking = [step for step in need.steps if step not in granted]
    refused = [s.name for s in permit.steps if s.state is PermitState.REFUSED]
    if lacking or refused:
        return [
            bench.finding(
                "C1",
                Status.UNMET,
                f"{name}: the permit {need.name} stands at {len(granted)} of {len(need.steps)} "
                f"steps; "
                + (
                    f"refused: {', '.join(refused)}." if refused else f"open: {', '.join(lacking)}."
                ),
                code="PERMIT-REFUSED" if refused else "PERMIT-OPEN",
                party=need.party,
                statements=(need.id, permit.id),
            )
        ]
    if permit.valid is None or not permit.valid.holds(bench.trip):
        return [
            bench.finding(
                "C1",
                Status.UNMET,
                f"{name}: the permit {need.name} is not valid for the whole trip, "
                f"{bench.period(bench.trip)}.",
                code="PERMIT-NOT-VALID",
                party=need.party,
                statements=(need.id, permit.id),
            )
        ]
    return []
