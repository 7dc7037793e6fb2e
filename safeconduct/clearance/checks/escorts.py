"""Rules V4, V5 and X2: armed escorts, on how much of the way, and those that are imposed."""

from __future__ import annotations

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.checks.along import outside
from safeconduct.clearance.checks.deadlines import by
from safeconduct.clearance.finding import Finding, Status
from safeconduct.policy import Level, Organisation
from safeconduct.vocabulary import Escort

CRITERIA = {
    "needed": "need and programme criticality",
    "authorities": "responsible authorities",
    "security": "security",
    "sustainable": "sustainability",
}


def _escorts(bench: Bench) -> tuple[Escort, ...]:
    return bench.situation.facts_of(Escort, bench.movement.id)


def _criteria(escort: Escort, answer: bool | None) -> list[str]:
    """The criteria with this answer, in words."""
    return [says for field, says in CRITERIA.items() if getattr(escort, field) is answer]


def _is_excepted(escort: Escort) -> bool:
    """Whether somebody named wrote down the exception, its reason and how it ends."""
    return all(
        text.strip() for text in (escort.exception_by, escort.exception_why, escort.end_plan)
    )


def _passes(bench: Bench, escort: Escort) -> bool:
    """Whether an escort passes rule V4, by its criteria or by a written exception."""
    if bench.profile.organisation is Organisation.ICRC or not escort.alternatives.strip():
        return False
    return len(_criteria(escort, True)) == len(CRITERIA) or _is_excepted(escort)


def any_passed_on_the_way(bench: Bench) -> bool:
    """Whether an escort that passed rule V4 has its part on this way."""
    return any(
        bench.touched.intersection(escort.areas) and _passes(bench, escort)
        for escort in _escorts(bench)
    )


def last_resort(bench: Bench) -> list[Finding]:
    """Rule V4: alternatives tried and written down, four criteria, or a written exception."""
    found = [_gate(bench, escort) for escort in _escorts(bench)]
    return found or bench.not_applicable("V4", "No armed escort is recorded.")


def _gate(bench: Bench, escort: Escort) -> Finding:
    name, party, statements = bench.name(escort.party), escort.party, (escort.id,)
    if bench.profile.organisation is Organisation.ICRC:
        return bench.finding(
            "V4",
            Status.UNMET,
            f"An armed escort of {name} is planned; under this profile none is used.",
            code="NO-ESCORT-ALLOWED",
            level=Level.HARD,
            party=party,
            statements=statements,
            remedy=f"Go without the escort of {name}, or not at all.",
        )
    if not _passes(bench, escort):
        return _barred(bench, escort)
    if len(_criteria(escort, True)) == len(CRITERIA):
        return bench.finding(
            "V4",
            Status.MET,
            f"The escort of {name} is a last resort, and all four criteria are recorded as met.",
            party=party,
            statements=statements,
        )
    return bench.finding(
        "V4",
        Status.MET,
        f"The escort of {name} rests on a written exception of {escort.exception_by}: "
        f"{clause(escort.exception_why)}; it ends so: {clause(escort.end_plan)}.",
        code="ESCORT-EXCEPTION",
        party=party,
        statements=statements,
        risk_owner=escort.exception_by,
    )


def _barred(bench: Bench, escort: Escort) -> Finding:
    name = bench.name(escort.party)
    failed, unknown = _criteria(escort, False), _criteria(escort, None)
    lacks = [] if escort.alternatives.strip() else ["what else was tried is not written down"]
    lacks += [f"not met: {', '.join(failed)}"] if failed else []
    lacks += [f"not answered: {', '.join(unknown)}"] if unknown else []
    return bench.finding(
        "V4",
        Status.UNMET if failed else Status.UNKNOWN,
        f"The armed escort of {name} has not passed its gate; {'; '.join(lacks)}.",
        code="ESCORT-GATE",
        party=escort.party,
        statements=(escort.id,),
        waits=not failed,
        remedy="Go without it; or write down the alternatives tried and the four criteria, and "
        "where one is not met the exception by the decision maker, why and how it ends, "
        f"{by(bench, 'V4')}.",
    )


def part_of_the_way(bench: Bench) -> list[Finding]:
    """Rule V5: an escort by one side covers only its part of the road."""
    escorts = _escorts(bench)
    if not escorts:
        return bench.not_applicable("V5", "No armed escort is recorded.")
    found = []
    for escort in escorts:
        place = outside(bench, escort.areas)
        if place:
            found.append(
                bench.finding(
                    "V5",
                    Status.UNMET,
                    f"The escort of {bench.name(escort.party)} covers its part of the road only; "
                    f"beyond it lies {bench.road(place)}.",
                    code="ESCORT-PART",
                    party=escort.party,
                    place=place,
                    statements=(escort.id,),
                )
            )
    return found or bench.met(
        "V5",
        "Every escort has the whole way as its part.",
        statements=tuple(escort.id for escort in escorts),
    )


def imposed(bench: Bench) -> list[Finding]:
    """Rule X2: an imposed escort has a risk owner, and what it does to neutrality is written."""
    found = [_imposed(bench, escort) for escort in _escorts(bench) if escort.imposed]
    return found or bench.not_applicable("X2", "No escort is imposed.")


def _imposed(bench: Bench, escort: Escort) -> Finding:
    name, owner = bench.name(escort.party), escort.risk_owner.strip()
    if owner and escort.neutrality.strip():
        return bench.finding(
            "X2",
            Status.MET,
            f"{name} imposes an escort. The risk is carried by {owner}; what it does to "
            f"neutrality: {clause(escort.neutrality)}.",
            code="ESCORT-IMPOSED",
            party=escort.party,
            statements=(escort.id,),
            risk_owner=owner,
        )
    lacks = "what it does to neutrality is not written down" if owner else "nobody owns the risk"
    return bench.finding(
        "X2",
        Status.UNKNOWN,
        f"{name} imposes an escort, and {lacks}.",
        code="ESCORT-IMPOSED",
        party=escort.party,
        statements=(escort.id,),
        waits=True,
        remedy=f"Refuse the escort of {name}, or name who owns the risk and write down what it "
        f"does to neutrality, {by(bench, 'X2')}.",
    )
