"""People who leave: rules E1 to E5, E8 and M1 of the semantics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from safeconduct import vocabulary as v
from safeconduct.policy.rules import Organisation
from tests.verifier.column import Spot
from tests.verifier.reliance import EVACUATING
from tests.verifier.way import Trouble, Way, latest
from tests.verifier.words import At, Grant

NEUTRAL = {v.ActorKind.MONITOR, v.ActorKind.HUMANITARIAN}
TOLD = ("informed", "consents", "refusal_open", "stayers_protected")
TREATED = ("together", "belongings", "no_distinction", "special_care", "services")


def _recorded(rule: str, records: list[Any], field: str, wanted: bool) -> Iterator[Trouble]:
    """The trouble with one answer: given otherwise by some record, or by none."""
    answers = {getattr(one, field) for one in records}
    if (not wanted) in answers:
        yield Trouble(rule, False, f"{field} is recorded otherwise")
    elif wanted not in answers:
        yield Trouble(rule, True, f"nobody recorded {field}")


def voluntary(way: Way) -> Iterator[Trouble]:
    """E1: those who leave do so of their own will, and are forced onto no route."""
    for terms in _terms(way):
        yield from _recorded("E1", terms, "voluntary", wanted=True)
        yield from _recorded("E1", terms, "forced_route", wanted=False)


def destination(way: Way) -> Iterator[Trouble]:
    """E2: they choose where to go, and not only into the hands of those who shell the way."""
    for terms in _terms(way):
        yield from _recorded("E2", terms, "own_choice", wanted=True)
        yield from _recorded("E2", terms, "acceptable_destination", wanted=True)
    attackers = {one.party for one in way.known[v.Presence] if _threatens(way, one)}
    for one in way.mine(v.EvacuationTerms) if _civilian(way) else ():
        if one.held_by and {*one.held_by} <= attackers:
            yield Trouble("E2", False, f"{one.id} leads only to those who threaten the way")


def _civilian(way: Way) -> list[v.Leg]:
    return way.legs_for(v.Purpose.CIVILIAN_EVACUATION)


def _terms(way: Way) -> Iterator[list[v.EvacuationTerms]]:
    """For each kind of people that leaves: the terms for it, and those that say it of anybody bad.

    Terms that name movers speak for these; what is bad in them counts for everybody who leaves.
    """
    for mover in sorted({one for leg in _civilian(way) for one in leg.movers}, key=str):
        yield [
            one
            for one in way.mine(v.EvacuationTerms)
            if not one.movers or mover in one.movers or _is_bad(one)
        ]


def _is_bad(one: v.EvacuationTerms) -> bool:
    good = (one.voluntary, one.own_choice, one.acceptable_destination)
    return one.forced_route is True or False in good


def _threatens(way: Way, presence: v.Presence) -> bool:
    """Whether it acts on the way by some fire, from where it does not control the road."""
    if presence.controls or not presence.means - {v.Means.CHECKPOINT}:
        return False
    for spot in way.spots:
        for touched, within in spot.grounds:
            for t in (spot.start, spot.end - 1):
                at = At(spot.leg, touched, within, t)
                acts = presence.valid.start <= t and way.judge.touches(presence.areas, at)
                if acts and not way.judge.has_left(presence, at):
                    return True
    return False


def told_and_asked(way: Way) -> Iterator[Trouble]:
    """E3: they were told and asked, may refuse to the last, and those who stay are protected."""
    for field in TOLD if way.legs_for(*EVACUATING) else ():
        yield from _recorded("E3", way.mine(v.EvacuationCare), field, wanted=True)


def treated(way: Way) -> Iterator[Trouble]:
    """E4: families, belongings, equal treatment, care, and services where they arrive."""
    for field in TREATED if way.legs_for(*EVACUATING) else ():
        yield from _recorded("E4", way.mine(v.EvacuationCare), field, wanted=True)


def monitored(way: Way) -> Iterator[Trouble]:
    """E5: somebody neutral watches every piece and place of the way while they are there."""
    if not way.legs_for(*EVACUATING) or not way.is_of(Organisation.UN):
        return
    neutral = {one.id for one in way.known[v.Actor] if one.kind in NEUTRAL}
    watches = way.mine(v.Monitoring)
    ours = [one for one in watches if one.monitor in neutral]
    others = [one for one in watches if one.monitor not in neutral]
    for spot in way.spots:
        start = max(spot.start, way.judge.not_before)
        for _, within in {*spot.grounds}:
            here = [one for one in ours if within & {*one.areas}]
            if any(one.valid.start <= start and one.valid.end >= spot.end for one in here):
                continue
            only_others = not ours or any(_watches(one, within, start, spot) for one in others)
            what = f"nobody neutral watches {spot.place or 'the road'}"
            yield Trouble("E5", not (others and only_others), what)


def _watches(one: v.Monitoring, within: frozenset[str], start: int, spot: Spot) -> bool:
    here = within & {*one.areas}
    return bool(here) and one.valid.start < spot.end and start < one.valid.end


def screened(way: Way) -> Iterator[Trouble]:
    """E8: whoever is screened is under a guarantee, independent eyes and a named role's sign."""
    if not way.legs_for(*EVACUATING):
        return
    found = way.mine(v.Screening)
    if not found:
        yield Trouble("E8", True, "nobody recorded whether anybody is screened")
    words = way.judge.words
    for one in (one for one in found if one.planned):
        guaranteed = any(
            (grant.act.id, grant.act.party) == (one.guaranteed_in, one.party)
            and (grant.act.id in words.good or _stands_untimed(way, grant))
            for grant in words.grants
        )
        apart = any(
            actor.id == one.independent and actor.kind is not v.ActorKind.PARTY
            for actor in way.known[v.Actor]
        )
        if not guaranteed or not apart or not one.sign_off:
            yield Trouble("E8", False, f"screening {one.id} is not guarded")


def _stands_untimed(way: Way, grant: Grant) -> bool:
    """Whether a promise without hours is taken away at no moment of the trip."""
    if grant.act.undertaking.windows:
        return False
    each = [
        way.judge.words.lives_in(grant, voucher, way.trip.start, way.trip.end)
        for voucher in grant.vouchers
    ]
    return all(any(now) for now in zip(*each, strict=True))


def patients(way: Way) -> Iterator[Trouble]:
    """M1: case by case, those who travel may, can, in time, and each with a seat."""
    if not way.legs_for(v.Purpose.MEDICAL_EVACUATION):
        return
    cases: defaultdict[str, list[v.Patient]] = defaultdict(list)
    for one in way.mine(v.Patient):
        cases[one.case].append(one)
    seats, travelling = 0, False
    for case in cases:
        last = latest(cases[case], "stands_at")
        # At a tie each reading of the case must do.
        waiting = [one for one in last if one.travels and one.state is v.PatientState.WAITING]
        going = [*waiting, *(o for o in last if o.travels and o.state is v.PatientState.TRAVELLED)]
        travelling |= len(going) == len(last)
        seats += max((1 + one.companions for one in going), default=0)
        for one in waiting:
            yield from _case(way, one)
    if not travelling:
        yield Trouble("M1", not cases, "no case travels")
    if seats > way.movement.convoy.passengers:
        yield Trouble("M1", False, f"{seats} seats are needed")


def _case(way: Way, one: v.Patient) -> Iterator[Trouble]:
    if one.consents is not True:
        yield Trouble("M1", one.consents is None, f"{one.case} has not consented")
    if one.accepted is not True or not one.facility:
        yield Trouble("M1", one.accepted is not False, f"{one.case} is accepted nowhere")
    if one.deadline_at is not None and one.deadline_at < way.trip.end:
        yield Trouble("M1", False, f"{one.case} arrives too late")
    evacuating = {leg.id for leg in way.legs_for(v.Purpose.MEDICAL_EVACUATION)}
    spots = [spot for spot in way.judge.spots if spot.leg.id in evacuating]
    takes_s = max(spot.end for spot in spots) - min(spot.start for spot in spots)
    if one.max_transport_s is not None and one.max_transport_s < takes_s:
        yield Trouble("M1", False, f"{one.case} is on the road for {takes_s} s")
    papers = [paper for paper in way.mine(v.PatientClearance) if paper.case == one.case]
    if one.list_owner in {*one.cleared_by, *(paper.party for paper in papers)}:
        yield Trouble("M1", False, f"{one.list_owner} ranks and clears {one.case}")
    for party in one.cleared_by:
        mine = latest((paper for paper in papers if paper.party == party), "stands_at")
        if not mine:
            yield Trouble("M1", True, f"{one.case} is not cleared by {party}")
        for paper in mine:
            yield from _clearance(way, paper)


def _clearance(way: Way, paper: v.PatientClearance) -> Iterator[Trouble]:
    granted = paper.state is v.PermitState.GRANTED
    if paper.tied_to:
        yield Trouble("M1", False, f"{paper.id} is tied to {paper.tied_to}")
    if not granted:
        yield Trouble("M1", paper.state is v.PermitState.OPEN, f"{paper.id} is not granted")
    elif paper.valid is None:  # says nothing of when, so it is as if it had not been given yet
        yield Trouble("M1", True, f"{paper.id} does not say when it is valid")
    elif not way.covers_trip(paper.valid):
        yield Trouble("M1", False, f"{paper.id} is not valid for the whole trip")


ASKED: dict[str, Callable[[Way], Iterator[Trouble]]] = {
    **{"E1": voluntary, "E2": destination, "E3": told_and_asked, "E4": treated},
    **{"E5": monitored, "E8": screened, "M1": patients},
}
