"""A movement without an adopted route: NO-GO by itself, CONDITIONAL at best with a proposed one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.errors import RouteRefused, WrongField
from safeconduct.roads.occupancy import itinerary
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Departure, Loosening, Movement, Step
from tests.verifier.verifier import verify
from tests.worlds.two_towns import MOVEMENT, NOW, TOWNS, Towns, may

ENDS = {"in": ("alder", "birch"), "out": ("birch", "alder")}
SAYS = {"says": "Route R1 is proposed.", "remedy": "Adopt route R1."}


def bare(movement: Movement) -> Movement:
    """The movement between the same places, its roads forgotten."""
    legs = tuple(
        replace(leg, route=(), origin=ENDS[leg.id][0], destination=ENDS[leg.id][1])
        for leg in movement.legs
    )
    return replace(movement, legs=legs)


ROUTED = TOWNS.movement()
WITHOUT = TOWNS.but(MOVEMENT, legs=bare(ROUTED).legs)


def proposal(world: Towns = WITHOUT) -> Movement:
    """The movement with the route that the two towns have, put into the known one."""
    legs = zip(world.movement().legs, ROUTED.legs, strict=True)
    return replace(world.movement(), legs=tuple(replace(leg, route=old.route) for leg, old in legs))


def test_by_itself_it_is_no_go_with_the_one_reason_and_what_to_run():
    assert WITHOUT.failing() == {("G2", "ROUTE-NOT-ADOPTED")}
    finding = WITHOUT.only("G2")
    assert "whose word it needs is not known" in finding.says
    assert "`safeconduct plan --movement relief-to-birch`" in finding.remedy
    judged, bench = WITHOUT.judge().judged(MOVEMENT)
    assert (judged.verdict.value, judged.expires, bench) == ("no-go", None, None)


def test_the_independent_verifier_never_says_yes_to_one():
    records = [(one, NOW) for one in WITHOUT.records]
    (objection,) = verify(records, WITHOUT.network, MOVEMENT, NOW)
    assert "no route is adopted" in objection.what


def test_loosening_the_rule_changes_nothing():
    loosened = WITHOUT.plus(
        Loosening(
            id="loose",
            rule="G2",
            profile="default",
            by="head of office",
            why="No road is known yet.",
            decided_at=NOW - 60,
            valid=Span(NOW - 60, NOW + 3600),
        )
    )
    assert loosened.verdict() == "no-go"


def test_under_way_without_a_route_nobody_knows_where_it_is():
    left = Departure(id="left", movement=MOVEMENT, version=1, departed_at=NOW - 60, by="leader")
    world = WITHOUT.plus(left)
    assert (world.verdict(), world.judged().under_way) == ("no-go", True)
    proposed, _ = world.judge().proposed(proposal(world), **SAYS)
    assert proposed.sealed == world.judged().sealed


def test_a_proposed_route_is_judged_by_the_same_rules_and_conditional_at_best():
    judged, bench = WITHOUT.judge().proposed(proposal(), **SAYS)
    assert bench is not None
    assert judged.verdict.value == "conditional"
    assert judged.codes == ("ROUTE-NOT-ADOPTED",)
    beside = [f for f in judged.findings if f.code == "ROUTE-NOT-ADOPTED"]
    rest = tuple(f for f in judged.findings if f not in beside)
    assert [(f.rule, f.level.value, f.says, f.remedy) for f in beside] == [
        ("G2", "COND", "Route R1 is proposed.", "Adopt route R1.")
    ]
    assert rest == TOWNS.judged().findings
    versions, bare_versions = dict(judged.versions), dict(WITHOUT.judged().versions)
    assert versions["movement"] == bare_versions["movement"] != versions["proposal"]


def test_what_is_missing_on_the_proposed_route_is_no_go_as_ever():
    world = WITHOUT.without("north-passage")
    judged, _ = world.judge().proposed(proposal(world), **SAYS)
    assert judged.verdict.value == "no-go"
    assert {"PASSAGE-MISSING", "ROUTE-NOT-ADOPTED"} <= {f.code for f in judged.findings}


@pytest.mark.parametrize("changed", [{"margin_s": 0}, {"depart_at": may(6, 8)}, {"version": 2}])
def test_a_proposal_changes_nothing_but_roads(changed):
    with pytest.raises(WrongField, match="is not that movement with a route for each"):
        WITHOUT.judge().proposed(replace(proposal(), **changed), **SAYS)
    with pytest.raises(WrongField, match="Propose routes for a movement that has none"):
        TOWNS.judge().proposed(ROUTED, **SAYS)


# -- the value


def test_without_a_route_a_leg_names_two_different_places():
    leg = ROUTED.legs[0]
    with pytest.raises(RouteRefused, match="names no road, so it has no end"):
        replace(leg, route=(), origin="alder")
    with pytest.raises(RouteRefused, match="leads from alder to the same place"):
        replace(leg, route=(), origin="alder", destination="alder")


def test_all_legs_have_a_route_or_none_and_those_without_join():
    there, back = bare(ROUTED).legs
    with pytest.raises(RouteRefused, match="leg in has a route and another leg has none"):
        replace(ROUTED, legs=(ROUTED.legs[0], back))
    with pytest.raises(RouteRefused, match="starts at bridge, but the leg before it, in, en"):
        replace(ROUTED, legs=(there, replace(back, origin="bridge")))


def test_a_route_leads_where_its_leg_does():
    for ends, says in (
        ({"origin": "bridge"}, "begins at alder, but the leg begins at bridge"),
        ({"destination": "bridge"}, "ends at birch, but the leg ends at bridge"),
    ):
        legs = (replace(ROUTED.legs[0], **ends), ROUTED.legs[1])
        with pytest.raises(RouteRefused, match=says):
            itinerary(replace(ROUTED, legs=legs), TOWNS.network)
    named = tuple(
        replace(leg, origin=ENDS[leg.id][0], destination=ENDS[leg.id][1]) for leg in ROUTED.legs
    )
    assert itinerary(replace(ROUTED, legs=named), TOWNS.network).entries


def test_where_a_movement_without_route_is_cannot_be_said():
    with pytest.raises(RouteRefused, match="has no adopted route"):
        itinerary(bare(ROUTED), TOWNS.network)
    single = replace(ROUTED.legs[0], route=(Step(edge="river-road"),))
    assert replace(ROUTED, legs=(single, ROUTED.legs[1])).has_route
