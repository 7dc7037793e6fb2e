"""Papers and vehicles: rules T3, N4, N5, C1, V1, V3, U1 and U2 of the semantics.

Each rule is a plain loop over the records of the movement and yields its troubles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from safeconduct import vocabulary as v
from safeconduct.policy.rules import Organisation, RiskTable
from tests.verifier.way import Trouble, Way, latest
from tests.verifier.words import DAY, own_word


def arrangements(way: Way) -> Iterator[Trouble]:
    """T3: each party was told in the way it wants to be, or said yes to this very movement."""
    for one in asked_arrangements(way):
        since = [*_acknowledged(way, one), *_confirmed(way, one.party)]
        lasts_s = one.clearance_lasts_s
        if not since and not _still_in_time(way, one):
            yield Trouble("T3", True, f"{one.party} was not told as {one.id} asks")
        elif since and lasts_s is not None and max(since) + lasts_s < way.trip.end:
            yield Trouble("T3", False, f"the clearance by {one.party} runs out ({one.id})")


def asked_arrangements(way: Way) -> Iterator[v.Arrangement]:
    """Those in force at departure somewhere on the way."""
    for one in way.known[v.Arrangement]:
        if one.valid.contains(way.movement.depart_at) and way.touches(one.areas):
            yield one


def _still_in_time(way: Way, asked: v.Arrangement) -> bool:
    """Whether a notice that is sent now or on a later day can still be what the party asks for."""
    last = way.movement.depart_at - asked.lead_s
    moments = [*range(way.as_of, last + 1, DAY), *([last] if last >= way.as_of else [])]
    return not way.under_way and any(_takes(asked, one) for one in moments)


def _takes(asked: v.Arrangement, moment: int) -> bool:
    """Whether the party takes notices on the day that it is there at a moment."""
    day = datetime.fromtimestamp(moment, ZoneInfo(asked.zone)).weekday()
    return not asked.weekdays or day in asked.weekdays


def _acknowledged(way: Way, asked: v.Arrangement) -> Iterator[int]:
    """When the party's office had each notice that was in time and on one of its days."""
    for notice in way.of_version(v.Notice):
        in_time = notice.sent_at + asked.lead_s <= way.movement.depart_at
        if notice.to != asked.party or not in_time or not _takes(asked, notice.sent_at):
            continue
        for act, said in way.known[v.Acknowledge]:
            by_office = (act.party, act.level) == (asked.party, v.AckLevel.OFFICE)
            if act.notice == notice.id and by_office and own_word(act, said):
                yield said.said_at


def _confirmed(way: Way, party: str) -> Iterator[int]:
    """When the party gave its word for this very movement, after the version was sent to it."""
    sent = [one.sent_at for one in way.of_version(v.Notice) if one.to == party]
    for grant in way.judge.words.grants:
        of_movement = grant.act.undertaking.specificity is v.Specificity.MOVEMENT
        if grant.act.party == party and of_movement and grant.act.id in way.judge.words.good:
            for said, _ in grant.vouchers:
                if sent and way.judge.words.tellings.first(said) > max(sent):
                    yield said.said_at


def told(way: Way) -> Iterator[Trouble]:
    """N4: each party that is asked for a key was told, or it is written down why not."""
    reached = {one.to for one in way.mine(v.Notice)}
    reached |= {one.party for one in way.mine(v.NotTold) if one.reason}
    for party in sorted(way.asked - reached):
        yield Trouble("N4", True, f"{party} was not told, and nobody wrote down why")


def told_anew(way: Way) -> Iterator[Trouble]:
    """N5: whoever was told an older version was told this one."""
    now = {one.to for one in way.of_version(v.Notice)}
    older = {one.to for one in way.mine(v.Notice) if one.version < way.movement.version}
    for party in sorted(older - now):
        yield Trouble("N5", True, f"{party} knows an older version only")


def permits(way: Way) -> Iterator[Trouble]:
    """C1: each permit that is needed is granted in all its steps for the whole trip."""
    for need in needed_permits(way):
        held = latest((one for one in way.mine(v.Permit) if one.need == need.id), "stands_at")
        if not held:
            yield Trouble("C1", True, f"nothing is known of the permit {need.id}")
        for permit in held:
            states = {step.state for step in permit.steps}
            granted = {step.name for step in permit.steps if step.state is v.PermitState.GRANTED}
            if v.PermitState.REFUSED in states:
                yield Trouble("C1", False, f"permit {permit.id} was refused")
            elif states != {v.PermitState.GRANTED} or not granted >= {*need.steps}:
                yield Trouble("C1", True, f"permit {permit.id} is not granted in every step")
            elif not way.covers_trip(permit.valid):
                yield Trouble("C1", False, f"permit {permit.id} is not valid for the whole trip")


def needed_permits(way: Way) -> Iterator[v.PermitNeed]:
    """What is needed at departure somewhere on the way, for what the movement is for."""
    purposes = {leg.purpose for leg in way.movement.legs} | {v.Purpose.ANY}
    for need in way.known[v.PermitNeed]:
        asked = need.valid.contains(way.movement.depart_at) and purposes & need.purposes
        if asked and way.touches(need.areas):
            yield need


def vehicles(way: Way) -> Iterator[Trouble]:
    """V1: the list that was sent is the column that drives, marked and with nothing but aid."""
    listed = way.of_version(v.Vehicle)
    if len(listed) != way.movement.convoy.vehicles:
        wanted = way.movement.convoy.vehicles
        yield Trouble("V1", True, f"{len(listed)} vehicles are listed, not {wanted}")
    legs = {leg.id for leg in way.movement.legs}
    for one in listed:
        if not one.plate or not one.driver or not legs <= one.marked | one.unmarked:
            yield Trouble("V1", True, f"vehicle {one.id} lacks its plate, driver or marking")
    for notice in way.of_version(v.Notice):
        sent = Counter(notice.listed) == Counter(one.id for one in listed)
        if notice.to in way.asked and not sent:
            yield Trouble("V1", True, f"notice {notice.id} lists other vehicles")
    for check in latest(way.of_version(v.GateCheck), "checked_at"):
        seen = Counter((one.plate, one.body) for one in check.seen)
        if seen != Counter((one.plate, one.body) for one in listed):
            yield Trouble("V1", False, f"{check.id} saw other vehicles than are listed")
        if check.aid_only is not True:
            yield Trouble("V1", check.aid_only is None, f"{check.id} did not see aid only")


def at_the_gate(way: Way) -> Iterator[Trouble]:
    """V3: somebody looked, saw no weapon, and no armed person beside but an escort that passes."""
    checks = latest(way.of_version(v.GateCheck), "checked_at")
    if not checks:
        yield Trouble("V3", True, "nobody looked at the column")
    escorted = any(_passes(way, one) for one in way.mine(v.Escort))
    for check in checks:
        if check.weapons is not False:
            yield Trouble("V3", check.weapons is None, f"{check.id} does not rule out weapons")
        if check.armed_beside is None or (check.armed_beside and not escorted):
            yield Trouble("V3", check.armed_beside is None, f"armed persons beside: {check.id}")


def _passes(way: Way, escort: v.Escort) -> bool:
    """Whether an escort is on the way and passes V4."""
    criteria = (escort.needed, escort.authorities, escort.security, escort.sustainable)
    excepted = escort.exception_by and escort.exception_why and escort.end_plan
    passes = escort.alternatives and (all(one is True for one in criteria) or excepted)
    on_the_way = any(within & {*escort.areas} for _, within in way.grounds())
    return bool(passes and on_the_way and not way.is_of(Organisation.ICRC))


def travel(way: Way) -> Iterator[Trouble]:
    """U1: every traveller is cleared for every piece of the way and for the whole trip."""
    if not way.is_of(Organisation.UN):
        return
    papers = way.of_version(v.TravelClearance)
    for one in papers:
        if one.cleared < one.travellers:
            yield Trouble("U1", False, f"{one.id}: not every traveller is cleared")
        if not way.covers_trip(one.valid):
            yield Trouble("U1", True, f"{one.id} is not valid for the trip")
    cleared = {area for one in papers for area in one.areas}
    if not all(within & cleared for _, within in way.grounds()):
        yield Trouble("U1", True, "not every piece of the way is cleared for travel")


def risk(way: Way) -> Iterator[Trouble]:
    """U2: the residual risk is one that the activity's criticality allows."""
    if not way.is_of(Organisation.UN):
        return
    valid = [one for one in way.mine(v.RiskAssessment) if way.covers_trip(one.valid)]
    if not valid:
        yield Trouble("U2", True, "no risk assessment is valid for the trip")
    for one in latest(valid, "assessed_at"):
        if one.residual is v.Risk.UNACCEPTABLE:
            yield Trouble("U2", False, f"{one.id}: the risk is unacceptable")
        if one.criticality is None and one.residual.height >= v.Risk.HIGH.height:
            yield Trouble("U2", False, f"{one.id}: nobody assessed the criticality")
        if way.profile.risk_table and not _allowed(one, way.profile.risk_table):
            yield Trouble("U2", False, f"{one.id}: more risk than the table allows")


def _allowed(one: v.RiskAssessment, table: RiskTable) -> bool:
    if one.criticality is None:
        return True
    approved = one.headquarters or one.criticality not in table.headquarters
    return approved and one.residual.height <= table.allowed[one.criticality.value].height


ASKED: dict[str, Callable[[Way], Iterator[Trouble]]] = {
    **{"T3": arrangements, "N4": told, "N5": told_anew, "C1": permits},
    **{"V1": vehicles, "V3": at_the_gate, "U1": travel, "U2": risk},
}
