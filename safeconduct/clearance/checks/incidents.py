"""Rule G4: no new clash, shelling or mine report near the way."""

from __future__ import annotations

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.checks.times import hours
from safeconduct.clearance.finding import Finding, Status, Stretch
from safeconduct.roads import Occupied
from safeconduct.roads.nearness import near_way
from safeconduct.situation import IncidentNow
from safeconduct.vocabulary import IncidentCheck, IncidentState


def recent(bench: Bench) -> list[Finding]:
    """Rule G4: a current check of the whole way, and nothing unresolved near it."""
    found = [_near(bench, now) for now in bench.situation.incidents if _counts(bench, now)]
    found += _check(bench)
    return found or bench.met(
        "G4",
        f"The way was checked in the last {hours(bench.profile.incident_age_s)} and nothing "
        "unresolved is recorded near it.",
        holds_until=_checked_until(bench),
    )


def _checked_until(bench: Bench) -> int:
    """When the first piece of the way has no current check any more."""
    newest: dict[str, int] = {}
    for check in bench.situation.facts_in(IncidentCheck, bench.touched):
        for area in check.areas:
            newest[area] = max(check.checked_at, newest.get(area, check.checked_at))
    classes = {cls for entry in bench.itinerary.entries for cls in entry.classes}
    last = min(
        max(newest[area] for area in bench.network.classes[cls][1] if area in newest)
        for cls in classes
    )
    return last + bench.profile.incident_age_s + 1


def _counts(bench: Bench, now: IncidentNow) -> bool:
    """Whether an incident is young enough, near enough and not dismissed."""
    age = bench.situation.as_of - now.incident.at
    if now.incident.state is IncidentState.DISMISSED or age > bench.profile.incident_age_s:
        return False
    if now.incident.near is not None and near_way(
        bench.network, bench.itinerary, now.incident.near, bench.profile.incident_radius_m
    ):
        return True
    if not now.incident.areas:
        return now.incident.near is None  # nobody said where: it may be anywhere
    return any(bench.cover.overlap(a, b) for a in now.incident.areas for b in bench.touched)


def _near(bench: Bench, now: IncidentNow) -> Finding:
    incident = now.incident
    verified = incident.state is IncidentState.VERIFIED
    due = min(bench.movement.depart_at, incident.at + bench.profile.incident_age_s)
    return bench.finding(
        "G4",
        Status.UNMET if verified else Status.UNKNOWN,
        f"{clause(incident.what)}, {bench.time(incident.at)}, near the way: "
        + ("verified." if verified else "not verified yet."),
        code="INCIDENT" if verified else "HOLD",
        party=incident.attributed_to,
        statements=(incident.id, now.statement.id),
        remedy="Wait until the area is quiet and reconfirmed."
        if verified
        else f"Have a named officer verify or dismiss it, with the reason, by {bench.time(due)}.",
    )


def _check(bench: Bench) -> list[Finding]:
    since = bench.situation.as_of - bench.profile.incident_age_s
    checked = {
        area
        for check in bench.situation.facts_in(IncidentCheck, bench.touched)
        if check.checked_at >= since
        for area in check.areas
    }
    open_entries = [
        entry
        for entry in bench.itinerary.entries
        if any(not bench.network.classes[cls][1] & checked for cls in entry.classes)
    ]
    if not open_entries:
        return []
    place = tuple(dict.fromkeys(_stretch(bench, entry) for entry in open_entries))
    return [
        bench.finding(
            "G4",
            Status.UNKNOWN,
            f"Nobody has recorded a check for incidents in the last "
            f"{hours(bench.profile.incident_age_s)} on {bench.road(place)}.",
            code="NOT-CHECKED",
            place=place,
            waits=True,
            remedy="Check the whole way for clashes, shelling and mines, and record it.",
        )
    ]


def _stretch(bench: Bench, entry: Occupied) -> Stretch:
    """All of an edge, or a place."""
    if entry.edge is None:
        return Stretch(entry.place or "")
    return Stretch(entry.edge, 0, bench.network.edge(entry.edge).length_dm)
