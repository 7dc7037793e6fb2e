"""Rules T3 and N1 to N5: who was told what, when, in which version, and what that means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.checks.deadlines import by
from safeconduct.clearance.checks.times import hours
from safeconduct.clearance.finding import Finding, Status
from safeconduct.situation import latest
from safeconduct.vocabulary import (
    Arrangement,
    InstrumentKind,
    Notice,
    NotTold,
    Specificity,
)


def _notices(bench: Bench, party: str, version: int | None = None) -> list[Notice]:
    return [
        notice
        for notice in bench.situation.facts_of(Notice, bench.movement.id)
        if notice.to == party and (version is None or notice.version == version)
    ]


def in_force(bench: Bench) -> list[Arrangement]:
    """The arrangements in force at departure on some piece of the way."""
    return [
        a
        for a in bench.situation.facts_in(Arrangement, bench.touched)
        if a.valid.contains(bench.movement.depart_at)
    ]


def arrangements(bench: Bench) -> list[Finding]:
    """Rule T3: told in time, on a submission day, and acknowledged by the party's office."""
    found = [finding for a in in_force(bench) for finding in _arrangement(bench, a)]
    if found:
        return found
    if not in_force(bench):
        return bench.not_applicable("T3", "No party on the way has a recorded arrangement.")
    return bench.met(
        "T3",
        "Every recorded arrangement was met, or a direct confirmation of this version replaces it.",
    )


def _arrangement(bench: Bench, arrangement: Arrangement) -> Iterable[Finding]:
    movement, party = bench.movement, arrangement.party
    due = movement.depart_at - arrangement.lead_s
    notices = _notices(bench, party, movement.version)
    in_time = [n for n in notices if n.sent_at <= due and _on_a_day(arrangement, n.sent_at)]
    lasting = [
        n
        for n in in_time
        if arrangement.clearance_lasts_s is None
        or n.sent_at + arrangement.clearance_lasts_s >= bench.trip.end
    ]
    if any(bench.cover.is_acknowledged(n) for n in lasting):
        return
    if _confirmed_directly(bench, party, notices):
        return
    name = bench.name(party)
    if in_time and not lasting:
        code, why = "CLEARANCE-RUN-OUT", "the clearance has run out before the trip ends"
    elif in_time:
        code, why = "NOT-ACKNOWLEDGED", "its office has not acknowledged the notice"
    elif notices:
        code, why = "NOTICE-TOO-LATE", f"the notice came later than {hours(arrangement.lead_s)}"
    else:
        code, why = "NOT-NOTIFIED", "no notice of this version was sent"
    yield bench.finding(
        "T3",
        Status.UNMET,
        f"{name} asks for {hours(arrangement.lead_s)} notice; {why}.",
        code=code,
        party=party,
        statements=(arrangement.id, *(n.id for n in notices)),
        waits=bench.situation.as_of < due,
        due_at=due,
        remedy=f"Notify {name} in time and obtain its office's acknowledgement, or a direct "
        "confirmation of this version by its duty officer.",
    )


def _on_a_day(arrangement: Arrangement, at: int) -> bool:
    if not arrangement.weekdays:
        return True
    local = dt.datetime.fromtimestamp(at, ZoneInfo(arrangement.zone))
    return local.weekday() in arrangement.weekdays


def _confirmed_directly(bench: Bench, party: str, notices: list[Notice]) -> bool:
    """Whether a good grant for exactly this movement was vouched for after the notice."""
    if not notices:
        return False
    sent = min(n.sent_at for n in notices)
    return any(
        standing.is_good
        and standing.grant.undertaking.specificity is Specificity.MOVEMENT
        and any(
            one.said_at > sent and one.spans.within(bench.trip)
            for yields in standing.yields.values()
            for one in yields
        )
        for grant in bench.situation.grants_of.get(party, ())
        for standing in (bench.cover.standings.by_grant[grant.id],)
    )


def voluntary(bench: Bench) -> list[Finding]:
    """Rule N1: notification is voluntary; what is imposed is a constraint, not law."""
    imposed = [a for a in in_force(bench) if a.imposed]
    if not imposed:
        return bench.not_applicable("N1", "No imposed notification arrangement is recorded here.")
    return [
        bench.finding(
            "N1",
            Status.MET,
            f"The arrangement of {bench.name(a.party)} is imposed: kept as a constraint, not as "
            "law. Protection does not depend on it.",
            code="IMPOSED",
            party=a.party,
            statements=(a.id,),
        )
        for a in imposed
    ]


def receipt_only(bench: Bench) -> list[Finding]:
    """Rule N2: an acknowledgement is receipt; what rests on one rests on a risk owner."""
    resting = {
        instrument.id: (key.party, instrument)
        for key, used in bench.ledger.risks.items()
        for instrument in used.values()
        if instrument.instrument is InstrumentKind.NOTIFICATION
    }
    if not resting:
        return bench.met("N2", "No key rests on an acknowledgement of receipt.")
    return [
        bench.finding(
            "N2",
            Status.MET,
            f"For {bench.name(party)} an acknowledged notification is accepted in place of a "
            f"guarantee ({instrument.reason}); it is receipt only. The risk is carried by "
            f"{instrument.risk_owner}.",
            code="RISK-OWNER",
            party=party,
            statements=(instrument.id,),
            risk_owner=instrument.risk_owner,
        )
        for party, instrument in (resting[i] for i in sorted(resting))
    ]


def submitter(bench: Bench) -> list[Finding]:
    """Rule N3: whoever submitted a notice through a relay is named, and answers for it."""
    relayed = [
        notice
        for notices in latest_notices(bench).values()
        for notice in notices
        if notice.via.strip()
    ]
    if not relayed:
        return bench.not_applicable("N3", "No notice of this version went through a relay.")
    found = [
        bench.finding(
            "N3",
            Status.UNKNOWN,
            f"The notice to {bench.name(notice.to)} went through {clause(notice.via)}, which "
            "answers for nothing in it, and who submitted it is not recorded.",
            code="SUBMITTER-UNKNOWN",
            party=notice.to,
            statements=(notice.id,),
            waits=True,
            remedy=f"Send {bench.name(notice.to)} a notice that names the role that submits it and "
            f"answers for it, {by(bench, 'N3')}.",
        )
        for notice in relayed
        if not notice.submitted_by.strip()
    ]
    return found or bench.met(
        "N3",
        "Whoever submitted a notice through a relay is named, and answers for it.",
        statements=tuple(notice.id for notice in relayed),
    )


def latest_notices(bench: Bench) -> dict[str, tuple[Notice, ...]]:
    """The latest notice of the judged version to each recipient; several at a tie."""
    told: dict[str, list[Notice]] = {}
    for notice in bench.situation.facts_of(Notice, bench.movement.id):
        if notice.version == bench.movement.version:
            told.setdefault(notice.to, []).append(notice)
    return {recipient: latest(notices) for recipient, notices in sorted(told.items())}


def who_was_told(bench: Bench) -> list[Finding]:
    """Rule N4: for every party asked for a key it is recorded whether it was told."""
    movement = bench.movement
    left_out = {n.party: n for n in bench.situation.facts_of(NotTold, movement.id) if n.reason}
    found = []
    for party in bench.ledger.parties:
        if not _notices(bench, party) and party not in left_out:
            name = bench.name(party)
            found.append(
                bench.finding(
                    "N4",
                    Status.UNKNOWN,
                    f"Whether {name} was told of this movement is not recorded.",
                    code="TOLD-UNKNOWN",
                    party=party,
                    waits=True,
                    remedy=f"Notify {name}, or record that it was not told, and why.",
                )
            )
    if found:
        return found
    told = [n.id for p in bench.ledger.parties for n in _notices(bench, p)]
    return bench.met(
        "N4",
        "For every party on the way it is recorded whether it was told.",
        statements=tuple(sorted({*told, *(n.id for n in left_out.values())})),
    )


def versions(bench: Bench) -> list[Finding]:
    """Rule N5: a new version must reach every recipient of an older one."""
    movement = bench.movement
    found = []
    for party in sorted({n.to for n in bench.situation.facts_of(Notice, movement.id)}):
        older = [n for n in _notices(bench, party) if n.version < movement.version]
        if older and not _notices(bench, party, movement.version):
            name = bench.name(party)
            found.append(
                bench.finding(
                    "N5",
                    Status.UNMET,
                    f"{name} was told of version {max(n.version for n in older)} only; the "
                    f"movement is "
                    f"now version {movement.version}, and what changed is not covered.",
                    code="OLD-VERSION",
                    party=party,
                    statements=tuple(n.id for n in older),
                    remedy=f"Send version {movement.version} to {name}.",
                )
            )
    return found or bench.met("N5", "Nobody knows only an older version of this movement.")
