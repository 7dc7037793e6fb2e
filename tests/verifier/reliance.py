"""What is relied on, and since when: rules T2, G4, X3, X5 and E9 of the semantics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import cos, hypot, radians

from safeconduct import vocabulary as v
from safeconduct.policy.rules import Organisation
from safeconduct.spacetime import Point
from tests.verifier.way import Trouble, Way
from tests.verifier.words import Grant, own_word

EVACUATING = (v.Purpose.CIVILIAN_EVACUATION, v.Purpose.MEDICAL_EVACUATION)
METRES_PER_DEGREE = 111_320


def preparation(way: Way) -> Iterator[Trouble]:
    """T2: there was time to prepare after the last word was said that some key cannot do without.

    The first moment at which a sufficient set had been said is the latest, over all keys, of the
    earliest word that turns the key. A column that has left prepares no more.
    """
    if way.under_way:
        return
    if any(not key.words and not key.otherwise for key in way.keys):
        yield Trouble("T2", False, "what was said does not suffice yet")
        return
    by_words = (key for key in way.keys if key.words and not key.otherwise)
    needed = [min(said.said_at for _, (said, _) in key.words) for key in by_words]
    if needed and way.movement.depart_at < max(needed) + way.movement.preparation_s:
        yield Trouble("T2", False, f"the last word that it takes was said at {max(needed)}")


def incidents(way: Way) -> Iterator[Trouble]:
    """G4: somebody looked for incidents on the whole way, and there is none near it."""
    since, now = way.as_of - way.profile.incident_age_s, way.as_of
    fresh = [one for one in way.known[v.IncidentCheck] if since < one.checked_at <= now]
    whole = way.grounds()
    if not any(all(within & {*one.areas} for _, within in whole) for one in fresh):
        yield Trouble("G4", True, "nobody looked for incidents on the whole way of late")
    for act, _ in way.known[v.Report] + way.known[v.Allege]:
        happened = act.incident
        of_late = happened is not None and happened.at >= since and not _dismissed(way, happened)
        if of_late and _is_near(way, happened):
            yield Trouble("G4", False, f"incident {happened.id} is near the way")


def _dismissed(way: Way, incident: v.Incident) -> bool:
    reviews = [one for one in way.known[v.IncidentReview] if one.of == incident.id]
    last = max((one.reviewed_at for one in reviews), default=None)
    states = {one.state for one in reviews if one.reviewed_at == last} or {incident.state}
    return states == {v.IncidentState.DISMISSED}


def _is_near(way: Way, incident: v.Incident) -> bool:
    """Whether it happened on an area of the way, or within the radius; nowhere is everywhere."""
    ahead = {area for touched, _ in way.grounds() for area in touched}
    if incident.areas and (
        way.touches(incident.areas) or way.judge.words.overlap(incident.areas, ahead)
    ):
        return True
    if incident.near is None:
        return not incident.areas
    lines = [way.judge.network.edge(s.edge).line for leg in way.movement.legs for s in leg.route]
    return any(
        not line or _metres_to(incident.near, line) <= way.profile.incident_radius_m
        for line in lines
    )


def _metres_to(point: Point, line: tuple[Point, ...]) -> float:
    """The distance of a point to a line, on a plane that touches the earth at the point."""
    east = METRES_PER_DEGREE * cos(radians(point.lat_e7 / 1e7))
    flat = [
        (
            (one.lon_e7 - point.lon_e7) / 1e7 * east,
            (one.lat_e7 - point.lat_e7) / 1e7 * METRES_PER_DEGREE,
        )
        for one in line
    ]
    nearest = min(hypot(*one) for one in flat)
    for (ax, ay), (bx, by) in pairwise(flat):
        length2 = (bx - ax) ** 2 + (by - ay) ** 2
        along = -(ax * (bx - ax) + ay * (by - ay)) / length2 if length2 else 0.0
        if 0 < along < 1:
            nearest = min(nearest, hypot(ax + along * (bx - ax), ay + along * (by - ay)))
    return nearest


def deadlines(way: Way) -> Iterator[Trouble]:
    """X3: no demand runs out before the column is clear with its margin."""
    clear_at = way.trip.end + way.movement.margin_s
    for act, said in way.known[v.Demand]:
        early = act.deadline_at is not None and act.deadline_at < clear_at
        # What a member of a party demands is its party's demand too.
        posing = way.asked & {act.party, *way.collectives(act.party)}
        if not posing or not early:
            continue
        withdrawn = any(
            back.party == act.party
            and own_word(back, one)
            and act.id in back.of
            and (one.said_at if back.effective_at is None else back.effective_at) <= way.as_of
            for back, one in way.known[v.Withdraw]
        )
        since = all(
            any(way.judge.words.tellings.first(word) > said.said_at for _, (word, _) in key.words)
            for key in way.keys
            if key.party in posing
        )
        if not withdrawn and not since:
            yield Trouble("X3", False, f"the deadline of {act.id} by {act.party} is too early")


def _again(way: Way, grant: Grant, since: int) -> bool:
    """Whether a word was said since then and stands during the trip, somewhere on the way."""
    words, trip = way.judge.words, way.trip
    within = {area for spot in way.spots for _, inside in spot.grounds for area in inside}
    return any(
        words.tellings.first(voucher[0]) >= since
        and words.lies_in(grant, voucher, within)
        and any(words.lives_in(grant, voucher, trip.start, trip.end))
        for voucher in grant.vouchers
    )


def reconfirmed(way: Way) -> Iterator[Trouble]:
    """X5: each party on whose words a key rests said one of them shortly before departure."""
    since = way.movement.depart_at - way.profile.final_reconfirmation_s
    whole = way.whole()  # a last word also counts when its road lies behind
    for party in sorted(way.asked):
        words = way.words_of(party)
        relied = [grant for grant, _ in (*words, *whole.words_of(party))]
        if words and not any(_again(whole, grant, since) for grant in relied):
            yield Trouble("X5", True, f"{party} did not say it again")


def agreed(way: Way) -> Iterator[Trouble]:
    """E9: for the ICRC the parties agreed, for the staff too, and nobody is forced."""
    legs = way.legs_for(*EVACUATING)
    if not legs or not way.is_of(Organisation.ICRC):
        return
    if any(one.rule in {"A1", "A8"} for one in way.judge.core()):
        yield Trouble("E9", False, "a key of A1 or A8 is missing")
    everybody = {mover for leg in legs for mover in leg.movers} | {v.Movers.HUMANITARIAN}
    for party in sorted(way.asked):
        whom = [grant.act.undertaking.for_whom for grant, _ in way.words_of(party)]
        if not any(v.Movers.ANYONE in one or everybody <= one for one in whom):
            yield Trouble("E9", False, f"{party} did not name the staff and all who leave")
    for terms in way.mine(v.EvacuationTerms):
        if terms.voluntary is False or terms.forced_route:
            yield Trouble("E9", False, f"{terms.id} says that it is forced")


ASKED: dict[str, Callable[[Way], Iterator[Trouble]]] = {
    **{"T2": preparation, "G4": incidents, "X3": deadlines, "X5": reconfirmed, "E9": agreed},
}
