"""Rules V1 to V3: the listed vehicles drive and no others, watched over, and without arms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.checks import escorts
from safeconduct.clearance.checks.deadlines import by
from safeconduct.clearance.checks.notices import latest_notices
from safeconduct.clearance.finding import Finding, Status
from safeconduct.situation import latest
from safeconduct.vocabulary import ConvoyWatch, GateCheck, Notice, Vehicle

SHOWN = 4


def vehicles(bench: Bench) -> tuple[Vehicle, ...]:
    """The vehicles listed for the judged version, by their numbers."""
    movement = bench.movement
    listed = bench.situation.facts_of(Vehicle, movement.id)
    ours = (vehicle for vehicle in listed if vehicle.version == movement.version)
    return tuple(sorted(ours, key=lambda vehicle: (vehicle.number, vehicle.id)))


def gate_checks(bench: Bench) -> tuple[GateCheck, ...]:
    """The latest look at the column of the judged version; several at a tie, all of which count."""
    movement = bench.movement
    return latest(
        check
        for check in bench.situation.facts_of(GateCheck, movement.id)
        if check.version == movement.version
    )


def listed(bench: Bench) -> list[Finding]:
    """Rule V1: the list is whole, every party that was told has it, and the gate saw just that."""
    column = vehicles(bench)
    if not column and not bench.movement.convoy.vehicles and not gate_checks(bench):
        return bench.not_applicable("V1", "No vehicle moves.")
    found = [
        *_number(bench, column),
        *_incomplete(bench, column),
        *_sent(bench, column),
        *_seen(bench, column),
        *_cargo(bench),
    ]
    return found or bench.met(
        "V1",
        f"The {len(column)} vehicles of version {bench.movement.version} are listed, and every "
        "party that was told has this list.",
        statements=tuple(vehicle.id for vehicle in column),
    )


def _number(bench: Bench, column: tuple[Vehicle, ...]) -> Iterable[Finding]:
    movement = bench.movement
    planned = movement.convoy.vehicles
    if len(column) < planned:
        yield bench.finding(
            "V1",
            Status.UNKNOWN,
            f"Version {movement.version} plans {planned} vehicles, and {len(column)} are listed.",
            code="VEHICLES-NOT-LISTED",
            statements=tuple(vehicle.id for vehicle in column),
            waits=True,
            remedy=f"List every vehicle with plate, type, body, driver and marking, "
            f"{by(bench, 'V1')}, or submit a version with fewer.",
        )
    elif len(column) > planned:
        yield bench.finding(
            "V1",
            Status.UNMET,
            f"Version {movement.version} plans {planned} vehicles, but {len(column)} are listed; "
            "what is more than planned is covered by nothing.",
            code="OTHER-VEHICLES",
            statements=tuple(vehicle.id for vehicle in column),
            remedy=f"Submit version {movement.version + 1} with the vehicles that are to drive to "
            f"every party, {by(bench, 'V1')}: drop the vehicle, or submit anew.",
        )


def _incomplete(bench: Bench, column: tuple[Vehicle, ...]) -> Iterable[Finding]:
    legs = {leg.id for leg in bench.movement.legs}
    plates = Counter(vehicle.plate for vehicle in column)
    lacking = {vehicle: _lacks(vehicle, legs, plates) for vehicle in column}
    lacking = {vehicle: lacks for vehicle, lacks in lacking.items() if lacks}
    if lacking:
        told = [f"vehicle {v.number} ({v.plate or v.id}): {lacks}" for v, lacks in lacking.items()]
        yield bench.finding(
            "V1",
            Status.UNKNOWN,
            f"The list is not complete: {_shortened(told, '; ')}.",
            code="VEHICLE-INCOMPLETE",
            statements=tuple(vehicle.id for vehicle in lacking),
            waits=True,
            remedy=f"Complete the list of the vehicles {by(bench, 'V1')}.",
        )


def _lacks(vehicle: Vehicle, legs: set[str], plates: Counter[str]) -> str:
    """What the list does not say of a vehicle, in words; empty when nothing is missing."""
    lacks = [] if vehicle.plate.strip() else ["no plate"]
    if plates[vehicle.plate] > 1:
        lacks.append("the plate of another")
    if not vehicle.driver.strip():
        lacks.append("no driver")
    if open_legs := sorted(legs - vehicle.marked - vehicle.unmarked):
        lacks.append(f"no marking recorded on the leg {' and '.join(open_legs)}")
    return ", ".join(lacks)


def _sent(bench: Bench, column: tuple[Vehicle, ...]) -> Iterable[Finding]:
    """Whether each party that is asked for a key, and was told, was sent just this list."""
    ours = {vehicle.id: vehicle for vehicle in column}
    told = latest_notices(bench)
    for party in bench.ledger.parties:
        for notice in told.get(party, ()):
            strange = sorted(set(notice.listed) - set(ours))
            left_out = [ours[id].plate or id for id in ours if id not in notice.listed]
            if strange or left_out:
                yield _other_list(bench, notice, strange, left_out)


def _other_list(bench: Bench, notice: Notice, strange: list[str], left_out: list[str]) -> Finding:
    name, version = bench.name(notice.to), bench.movement.version
    anew = f"Send {name} the list of version {version} as it will drive, {by(bench, 'V1')}"
    if strange:
        return bench.finding(
            "V1",
            Status.UNMET,
            f"The list that {name} has names vehicles that version {version} does not: "
            f"{_shortened(strange)}.",
            code="OTHER-VEHICLES",
            party=notice.to,
            statements=(notice.id,),
            remedy=f"{anew}: what it does not show is covered by nothing.",
        )
    return bench.finding(
        "V1",
        Status.UNKNOWN,
        f"{name} was told of version {version} without the vehicles {_shortened(left_out)}."
        if notice.listed
        else f"{name} was told of version {version} without a list of its vehicles.",
        code="VEHICLES-NOT-SENT",
        party=notice.to,
        statements=(notice.id,),
        waits=True,
        remedy=f"{anew}.",
    )


def _seen(bench: Bench, column: tuple[Vehicle, ...]) -> Iterable[Finding]:
    """What stood at the gate and is not what is listed."""
    movement = bench.movement
    for check in gate_checks(bench):
        differs = _differs(column, check)
        if differs:
            yield bench.finding(
                "V1",
                Status.UNMET,
                f"The column that {check.by} saw at {bench.time(check.checked_at)} is not the one "
                f"on the list: {_shortened(differs, '; ')}.",
                code="OTHER-VEHICLES",
                statements=(check.id,),
                remedy=f"Let only the vehicles on the list drive and record a new gate check "
                f"{by(bench, 'V3')} (drop what is not on it), or submit the column as version "
                f"{movement.version + 1} to every party (submit anew).",
            )


def _differs(column: tuple[Vehicle, ...], check: GateCheck) -> list[str]:
    """Each vehicle in which the gate and the list differ, in words."""
    on_list = Counter((vehicle.plate, vehicle.body) for vehicle in column)
    at_gate = Counter((vehicle.plate, vehicle.body) for vehicle in check.seen)
    bodies = {plate: body for plate, body in on_list - at_gate}
    differs = []
    for plate, body in at_gate - on_list:
        if plate in bodies:
            differs.append(f"{plate} is {body.value}, but listed as {bodies.pop(plate).value}")
        else:
            differs.append(f"{plate} is not on the list, or there twice")
    return differs + [f"{plate} was not there" for plate in bodies]


def _cargo(bench: Bench) -> Iterable[Finding]:
    for check in gate_checks(bench):
        if check.aid_only:
            continue
        looked = check.aid_only is not None
        yield bench.finding(
            "V1",
            Status.UNMET if looked else Status.UNKNOWN,
            f"At the gate {check.by} saw cargo that is not aid."
            if looked
            else f"When {check.by} checked the column, nobody looked whether it carries aid only.",
            code="NOT-AID-ONLY",
            statements=(check.id,),
            waits=not looked,
            remedy=f"Take off whatever is not aid, look again, and record it {by(bench, 'V3')}.",
        )


def _shortened(words: list[str], joint: str = ", ") -> str:
    """The first few of some words."""
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return joint.join(words[:SHOWN]) + more


def watched(bench: Bench) -> list[Finding]:
    """Rule V2: a leader, a room with hand-over and checks, and the clearance lodged there."""
    movement = bench.movement
    watches = [
        watch
        for watch in bench.situation.facts_of(ConvoyWatch, movement.id)
        if watch.version == movement.version
    ]
    ids = tuple(watch.id for watch in watches)
    lacks = [_unwatched(watch) for watch in watches]
    if [] in lacks:
        whole = watches[lacks.index([])]
        return bench.met(
            "V2",
            f"{whole.leader} leads the column and {whole.room} follows it.",
            statements=(whole.id,),
        )
    refused = any(w.hand_over is False or w.clearance_lodged is False for w in watches)
    least = min(lacks, key=len, default=["no leader", "no room that follows the column"])
    return [
        bench.finding(
            "V2",
            Status.UNMET if refused else Status.UNKNOWN,
            f"Who watches over version {movement.version} is not settled: {', '.join(least)}.",
            code="CONVOY-NOT-WATCHED",
            statements=ids,
            waits=not refused,
            remedy="Record the leader, the room with its hand-over and checks, and that the "
            f"clearance is lodged there, {by(bench, 'V2')}.",
        )
    ]


def _unwatched(watch: ConvoyWatch) -> list[str]:
    """What a record of a watch leaves open, in words."""
    settled = {
        "no leader": bool(watch.leader.strip()),
        "no room that follows the column": bool(watch.room.strip()),
        "no hand-over between watches": watch.hand_over is True,
        "no copy of the clearance lodged": watch.clearance_lodged is True,
        "no checks at set times": bool(watch.check_every_s and watch.check_every_s > 0),
    }
    return [lack for lack, is_settled in settled.items() if not is_settled]


def unarmed(bench: Bench) -> list[Finding]:
    """Rule V3: no weapon in or on the column, and nobody armed beside it but a passed escort."""
    checks = gate_checks(bench)
    if not checks:
        return [_not_checked(bench, "Nobody has recorded a look at the column at the gate.", ())]
    found = [finding for check in checks for finding in _armed(bench, check)]
    return found or bench.met(
        "V3",
        f"At {bench.time(checks[0].checked_at)} {checks[0].by} saw no weapon and no armed person "
        "in or on a vehicle.",
        statements=tuple(check.id for check in checks),
    )


def _not_checked(bench: Bench, says: str, statements: tuple[str, ...]) -> Finding:
    return bench.finding(
        "V3",
        Status.UNKNOWN,
        says,
        code="GATE-NOT-CHECKED",
        statements=statements,
        waits=True,
        remedy="Look at the column as it stands ready, for weapons, for armed persons and at the "
        f"cargo, and record it {by(bench, 'V3')}.",
    )


def _armed(bench: Bench, check: GateCheck) -> Iterable[Finding]:
    if check.weapons is None or check.armed_beside is None:
        what = "for weapons" if check.weapons is None else "for armed persons beside it"
        says = f"When {check.by} checked the column, nobody looked {what}."
        yield _not_checked(bench, says, (check.id,))
    if check.weapons:
        yield bench.finding(
            "V3",
            Status.UNMET,
            f"{check.by} saw a weapon or an armed person in or on a vehicle at "
            f"{bench.time(check.checked_at)}.",
            code="WEAPON-SEEN",
            statements=(check.id,),
            remedy="Stop and report it; the column leaves after a new gate check that sees none.",
        )
    if check.armed_beside and not escorts.any_passed_on_the_way(bench):
        yield bench.finding(
            "V3",
            Status.UNMET,
            f"{check.by} saw armed persons beside the column at {bench.time(check.checked_at)}, "
            "and no escort on this way has passed rule V4.",
            code="ARMED-BESIDE",
            statements=(check.id,),
            remedy="Stop, report them as an incident, and have them leave, or the escort pass rule "
            f"V4, {by(bench, 'V3')}; then look again.",
        )
