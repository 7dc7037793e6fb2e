"""Rules U1 to U4: the United Nations' own security papers."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.checks.along import outside
from safeconduct.clearance.checks.deadlines import by
from safeconduct.clearance.finding import Finding, Status
from safeconduct.policy import Level, RiskTable
from safeconduct.situation import latest
from safeconduct.vocabulary import (
    Criticality,
    Risk,
    RiskAssessment,
    Signer,
    SignOff,
    TravelClearance,
)


def travel(bench: Bench) -> list[Finding]:
    """Rule U1: clearances for the whole way and the whole trip, of every traveller."""
    movement = bench.movement
    papers = [
        paper
        for paper in bench.situation.facts_of(TravelClearance, movement.id)
        if paper.version == movement.version
    ]
    found = [*_short_of_travellers(bench, papers), *_not_cleared(bench, papers)]
    return found or bench.met(
        "U1",
        f"All {sum(paper.travellers for paper in papers)} travellers are cleared for the whole way "
        "and the whole trip.",
        statements=tuple(paper.id for paper in papers),
    )


def _short_of_travellers(bench: Bench, papers: list[TravelClearance]) -> Iterable[Finding]:
    for paper in papers:
        if paper.cleared < paper.travellers:
            yield bench.finding(
                "U1",
                Status.UNMET,
                f"Clearance {paper.id} clears {paper.cleared} of {paper.travellers} travellers.",
                code="TRAVELLERS-MISSING",
                statements=(paper.id,),
                remedy=f"Have {paper.by} clear the others, or submit a version without them, "
                f"{by(bench, 'U1')}.",
            )


def _not_cleared(bench: Bench, papers: list[TravelClearance]) -> Iterable[Finding]:
    lapsing = [paper for paper in papers if not paper.valid.holds(bench.trip)]
    good = [paper for paper in papers if paper.travellers and paper not in lapsing]
    place = outside(bench, (area for paper in good for area in paper.areas))
    if lapsing or place:
        why = f"does not reach {bench.road(place)}" if place else "is not valid for the whole trip"
        yield bench.finding(
            "U1",
            Status.UNKNOWN,
            f"Security clearance for {bench.period(bench.trip)} {why}.",
            code="TRAVEL-NOT-CLEARED",
            place=place,
            span=bench.trip,
            statements=tuple(paper.id for paper in papers),
            waits=True,
            remedy="Obtain the security clearance of every traveller for the whole way, "
            f"{bench.period(bench.trip)}, {by(bench, 'U1')}.",
        )


def risks_now(bench: Bench) -> tuple[RiskAssessment, ...]:
    """The latest assessment of the risk that meets the trip; several at a tie."""
    assessed = bench.situation.facts_of(RiskAssessment, bench.movement.id)
    return latest(one for one in assessed if one.valid.overlaps(bench.trip))


def residual(bench: Bench) -> list[Finding]:
    """Rule U2: the residual risk against what the criticality of the activity allows."""
    risks = risks_now(bench)
    if not risks or not all(one.valid.holds(bench.trip) for one in risks):
        return [
            bench.finding(
                "U2",
                Status.UNKNOWN,
                "No current assessment of the residual risk is valid for the whole trip, "
                f"{bench.period(bench.trip)}.",
                code="RISK-NOT-ASSESSED",
                span=bench.trip,
                statements=tuple(one.id for one in risks),
                waits=True,
                remedy=f"Have the residual risk of the whole trip assessed {by(bench, 'U2')}.",
            )
        ]
    found = [finding for one in risks for finding in _too_high(bench, one)]
    return found or bench.met(
        "U2",
        f"The residual risk is {risks[0].residual.value}, and the activity "
        + (f"is {risks[0].criticality.value}." if risks[0].criticality else "bears it."),
        statements=tuple(one.id for one in risks),
    )


def _too_high(bench: Bench, risk: RiskAssessment) -> Iterable[Finding]:
    if risk.residual is Risk.UNACCEPTABLE:
        yield _refused(
            bench,
            risk,
            "RISK-UNACCEPTABLE",
            f"{risk.by} finds the residual risk unacceptable, which nobody may take.",
            "Lower the risk by other measures and have it assessed again, or do not go.",
        )
    elif risk.criticality is None:
        if risk.residual.height >= Risk.HIGH.height:
            yield _refused(
                bench,
                risk,
                "CRITICALITY-MISSING",
                f"The residual risk is {risk.residual.value}, and how critical the activity is has "
                "not been assessed.",
                f"Have programme criticality assessed {by(bench, 'U2')}.",
            )
    elif bench.profile.risk_table is not None:
        yield from _above(bench, risk, risk.criticality, bench.profile.risk_table)


def _above(
    bench: Bench, risk: RiskAssessment, criticality: Criticality, table: RiskTable
) -> Iterable[Finding]:
    level, most = criticality.value, table.allowed[criticality.value]
    if risk.residual.height > most.height:
        yield _refused(
            bench,
            risk,
            "RISK-ABOVE-ALLOWED",
            f"The residual risk is {risk.residual.value}; {_called(table)} allows {level} no more "
            f"than {most.value}.",
            "Lower the risk by other measures and have it assessed again, or do not go.",
        )
    elif risk.residual is most and criticality in table.headquarters and not risk.headquarters:
        yield _refused(
            bench,
            risk,
            "RISK-ABOVE-ALLOWED",
            f"{_called(table)} allows {level} a risk that is {most.value} only with the approval "
            "of headquarters, which is not recorded.",
            f"Obtain the approval of headquarters {by(bench, 'U2')}.",
        )


def _called(table: RiskTable) -> str:
    """A table by its name, and whether anybody held it against its original."""
    checked = "" if table.verified else ", not verified"
    return f"the table {table.name} (version {table.version}, {table.date}{checked})"


def _refused(bench: Bench, risk: RiskAssessment, code: str, says: str, remedy: str) -> Finding:
    return bench.finding(
        "U2",
        Status.UNMET,
        says[0].upper() + says[1:],
        code=code,
        statements=(risk.id,),
        remedy=remedy,
    )


def table(bench: Bench) -> list[Finding]:
    """Rule U3: the organisation's own table of the risk that it allows is loaded."""
    loaded = bench.profile.risk_table
    if loaded is not None:
        return bench.met("U3", f"Risk is held against {_called(loaded)}.")
    return [
        bench.finding(
            "U3",
            Status.UNKNOWN,
            f"The profile {bench.profile.id} has no table of the highest risk that is allowed for "
            "each level of criticality, so risk is not held against one.",
            code="NOT-ASSESSED",
            level=Level.COND,
            remedy="Load the organisation's own table into the profile, held against its original.",
        )
    ]


def signed(bench: Bench) -> list[Finding]:
    """Rule U4: the designated official, and somebody else for the criticality."""
    movement = bench.movement
    signs = [
        sign
        for sign in bench.situation.facts_of(SignOff, movement.id)
        if sign.version == movement.version
    ]
    officials = [s for s in signs if s.signer is Signer.DESIGNATED_OFFICIAL and s.by.strip()]
    others = [s for s in signs if s.signer is not Signer.DESIGNATED_OFFICIAL and s.by.strip()]
    is_highest = any(one.criticality is Criticality.PC1 for one in risks_now(bench))
    designated = [s for s in others if s.designation.strip() or not is_highest]
    if any(_person(a) != _person(b) for a in officials for b in designated):
        return bench.met(
            "U4",
            f"Version {movement.version} is signed by {officials[0].by} and {designated[0].by}.",
            statements=tuple(sign.id for sign in (*officials, *designated)),
        )
    return [
        bench.finding(
            "U4",
            Status.UNKNOWN,
            f"Version {movement.version} is not signed by both offices: "
            f"{_unsigned(officials, others, designated)}.",
            code="SIGN-OFF-MISSING",
            statements=tuple(sign.id for sign in signs),
            waits=True,
            remedy="Have the designated official sign, and the resident coordinator or head of "
            "mission, another person" + (", with the designation" if is_highest else "") + ", "
            f"{by(bench, 'U4')}.",
        )
    ]


def _person(sign: SignOff) -> str:
    """Who signed, however the name is typed."""
    return " ".join(sign.by.split()).casefold()


def _unsigned(officials: list[SignOff], others: list[SignOff], designated: list[SignOff]) -> str:
    if not officials:
        return "the designated official has not signed"
    if not others:
        return "neither the resident coordinator nor the head of mission has signed"
    if not designated:
        return "at PC1 the signature for criticality needs its separate designation"
    return "one person signed for both"
