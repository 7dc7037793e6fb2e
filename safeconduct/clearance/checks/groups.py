"""Rule A9: groups outside the agreement, and those that cannot be spoken to."""

from __future__ import annotations

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.finding import Finding, Status
from safeconduct.vocabulary import InstrumentKind, Notice


def outside(bench: Bench) -> list[Finding]:
    """Rule A9: unreachable groups rest on a risk owner; groups never asked are named."""
    found = [*_unreachable(bench), *_never_asked(bench)]
    return found or bench.not_applicable(
        "A9", "No group that can act on the way is outside the agreement or unreachable."
    )


def _unreachable(bench: Bench) -> list[Finding]:
    resting = {
        instrument.id: (key.party, instrument)
        for key, used in bench.ledger.risks.items()
        for instrument in used.values()
        if instrument.instrument is InstrumentKind.UNREACHABLE
    }
    return [
        bench.finding(
            "A9",
            Status.MET,
            f"{bench.name(party)} cannot be spoken to ({instrument.tried}); the risk is carried by "
            f"{instrument.risk_owner}: {instrument.mitigation}.",
            code="RISK-OWNER",
            party=party,
            statements=(instrument.id,),
            risk_owner=instrument.risk_owner,
        )
        for party, instrument in (resting[i] for i in sorted(resting))
    ]


def _never_asked(bench: Bench) -> list[Finding]:
    situation = bench.situation
    told = {notice.to for notice in situation.facts_of(Notice, bench.movement.id)}
    return [
        bench.finding(
            "A9",
            Status.UNMET,
            f"{bench.name(party)} can act on the way and is outside the agreement: nothing records "
            "that it was ever asked.",
            code="NEVER-ASKED",
            party=party,
            remedy=f"Speak to {bench.name(party)}; if it cannot be reached, record when and how it "
            "was tried, with a risk owner.",
        )
        for party in bench.ledger.not_turned()
        if party not in told | situation.asked | situation.spoken
        and not situation.grants_of.get(party)
    ]
