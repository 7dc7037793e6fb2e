"""What is proposed for a movement: the list, the road it opens, and what is left to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Assessment,
    Departure,
    Form,
    Hazard,
    Instrument,
    InstrumentKind,
    Means,
    Mines,
    RoadSpeed,
    SpeedBasis,
    UndertakingKind,
)
from tests.asks.two_roads import (
    ALWAYS,
    DEPART,
    FIELD,
    FIRE,
    HILL,
    LAND,
    ground,
    movement,
    network,
    presence,
    proposed,
    word,
)

RESTRAINT, PASSAGE, CONSENT = (
    UndertakingKind.RESTRAINT,
    UndertakingKind.PASSAGE,
    UndertakingKind.CONSENT,
)


def asked(found):
    """The first list, in short."""
    return [(ask.party, ask.kind.value, *ask.areas) for ask in found.proposals[0].asks]


def road(found):
    return [step.edge for leg in found.proposals[0].movement.legs for step in leg.route]


def test_where_a_road_is_open_nobody_is_asked_for_anything():
    found = proposed(ground(presence("north", HILL)))
    assert asked(found) == []
    assert road(found) == ["field-road", "field-road"]
    assert found.bound is None


def test_fewer_parties_come_before_fewer_asks():
    # Over the hill two parties must hold their fire; in the fields one must, and let it pass too.
    found = proposed(
        ground(
            presence("north", HILL),
            presence("south", HILL),
            presence("west", FIELD, controls=True),
        )
    )
    assert asked(found) == [("west", "passage", FIELD), ("west", "restraint", FIELD)]


def test_fewer_asks_come_before_less_road():
    found = proposed(
        ground(presence("north", HILL), presence("north", FIELD, controls=True)),
        roads=network(hill_dm=2000),
    )
    assert asked(found) == [("north", "restraint", HILL)]


def test_of_equally_many_asks_those_for_less_road_are_proposed():
    both = ground(presence("north", HILL), presence("south", FIELD))
    assert asked(proposed(both, roads=network(hill_dm=1100))) == [("south", "restraint", FIELD)]
    assert asked(proposed(both, roads=network(field_dm=1100))) == [("north", "restraint", HILL)]


def test_of_equal_lists_the_one_that_is_named_first_is_proposed():
    found = proposed(ground(presence("north", HILL), presence("south", FIELD)))
    assert asked(found) == [("north", "restraint", HILL)]


def test_the_next_lists_are_other_ways_to_open_it():
    # The land holds both roads, so that a word about all of it would do as well.
    both = ground(presence("north", HILL), presence("south", FIELD))
    found = proposed(both, lists=4)
    lists = [[(ask.party, *ask.areas) for ask in one.asks] for one in found.proposals]
    assert lists == [
        [("north", HILL)],
        [("north", LAND)],
        [("south", FIELD)],
        [("south", LAND)],
    ]
    assert all(one.proven for one in found.proposals)


def test_an_ask_is_for_all_the_means_and_for_the_time_on_the_road_with_its_margin():
    fires = frozenset({Means.GROUND_FIRE, Means.AIR_STRIKE})
    found = proposed(ground(presence("north", HILL, FIELD, means=fires)), movement(margin_s=7))
    (ask,) = found.proposals[0].asks
    assert ask.means == fires
    # There by 10, back by 20; the tail is a second behind, and all of it may be 7 seconds late.
    assert ask.spans == (Span(DEPART, DEPART + 20 + 1 + 7),)
    assert {way.value for way in ask.directions} == {"in", "out"}
    assert ask.meets == ("A1",)
    assert "said directly to Relief" in ask.says


def test_what_is_given_for_a_part_of_the_day_is_used_and_only_the_rest_is_asked():
    found = proposed(
        ground(
            presence("north", HILL),
            presence("south", FIELD),
            word("north", RESTRAINT, HILL, start=60, end=85),
        )
    )
    assert asked(found) == []
    assert found.proposals[0].movement.depart_at == DEPART + 60


def test_the_way_back_is_part_of_it():
    # The word over the hill lasts for the way there only.
    found = proposed(
        ground(
            presence("north", HILL),
            presence("south", FIELD),
            word("north", RESTRAINT, HILL, start=0, end=12),
        )
    )
    assert asked(found) == [("north", "restraint", HILL)]


def test_what_is_asked_now_is_relied_on_after_the_time_for_preparation():
    found = proposed(ground(presence("north", HILL, FIELD)), movement(preparation_s=1850))
    assert found.proposals[0].movement.depart_at == DEPART + 50
    assert not {task.rule for task in found.proposals[0].own_tasks} & {"T2"}


def test_where_the_time_for_preparation_leaves_none_it_is_said_and_nothing_is_asked():
    found = proposed(ground(presence("north", HILL, FIELD)), movement(preparation_s=7200))
    assert found.proposals == ()
    assert "no time left" in found.why_not


def test_consent_is_asked_where_a_recorded_instrument_lets_it_stand_for_restraint():
    instrument = Instrument(
        id="by-consent",
        party="north",
        means=FIRE,
        areas=(HILL, FIELD),
        instrument=InstrumentKind.CONSENT,
        reason="its consent is an order to its forces",
        valid=ALWAYS,
    )
    found = proposed(ground(presence("north", HILL, FIELD), instrument))
    # Both would do; the kinds stand in the order of their names.
    assert asked(found) == [("north", "consent", FIELD)]
    assert not found.proposals[0].asks[0].means


def test_no_list_opens_a_hazard_but_the_report_that_would_is_named():
    hazard = Hazard(id="mined", hazard="mines.", areas=(HILL, FIELD), from_at=0)
    found = proposed(ground(presence("north", HILL), hazard))
    assert found.proposals == ()
    (task,) = found.own_tasks
    assert (task.rule, task.code) == ("A1", "HAZARD")
    assert task.says.endswith("hill, field is cleared: mines [mined].")


def test_a_road_that_nobody_has_assessed_is_opened_by_no_list():
    found = proposed(ground(presence("north", HILL), assessed=(HILL,)))
    assert found.proposals == ()
    assert [task.code for task in found.own_tasks] == ["NOT-ASSESSED"]
    assert "touches land" in found.own_tasks[0].says


def test_where_nobody_knows_whose_consent_it_needs_that_is_to_be_found_out():
    found = proposed(ground(need=HILL))
    assert found.proposals == ()
    assert [task.code for task in found.own_tasks] == ["CONSENT-HOLDER-UNKNOWN"]


def test_own_tasks_are_not_named_where_a_list_opens_another_road():
    hazard = Hazard(id="mined", hazard="mines", areas=(FIELD,), from_at=0)
    found = proposed(ground(presence("north", HILL), hazard))
    assert asked(found) == [("north", "restraint", HILL)]
    assert found.own_tasks == ()


def test_where_no_trip_ends_in_time_whatever_anybody_grants_it_is_said():
    found = proposed(ground(presence("north", HILL, FIELD)), movement(latest_at=DEPART + 15))
    assert (found.proposals, found.own_tasks) == ((), ())
    assert "whatever anybody grants" in found.why_not


def test_the_adopted_road_has_its_list_and_another_that_needs_less_is_said():
    found = proposed(
        ground(presence("north", HILL), presence("south", HILL), presence("west", FIELD)),
        movement(HILL),
    )
    assert [ask.party for ask in found.adopted.asks] == ["north", "south"]
    assert found.needs_less
    assert asked(found) == [("west", "restraint", FIELD)]
    assert found.proposals[0].movement.version == 2
    assert found.adopted.movement.version == 1


def test_no_other_road_is_praised_where_none_needs_less():
    found = proposed(ground(presence("north", HILL), presence("west", FIELD)), movement(HILL))
    assert len(found.adopted.asks) == 1
    assert not found.needs_less


def test_under_way_only_the_road_that_is_driven_is_asked_for():
    left = Departure(id="left", movement="relief", version=1, departed_at=DEPART, by="leader")
    found = proposed(
        ground(presence("north", HILL), presence("west", FIELD), left),
        movement(HILL),
        now=DEPART + 5,
    )
    assert [(ask.party, *ask.areas) for ask in found.adopted.asks] == [("north", HILL)]
    assert found.proposals == ()


def test_what_is_left_to_do_is_what_the_judge_would_still_miss():
    found = proposed(ground(presence("north", HILL, FIELD)), movement(HILL))
    rules = {task.rule for task in found.adopted.own_tasks}
    assert {"G4", "V2", "V3", "N4"} <= rules
    assert not rules & {"A1", "A8", "G2", "T1"}


def test_a_joint_convoy_asks_for_what_any_of_its_organisations_misses():
    written = word("north", RESTRAINT, HILL, FIELD)
    spoken = replace(written, form=Form.ORAL, noted=True, call_back=True)
    records = ground(presence("north", HILL, FIELD), spoken)
    assert asked(proposed(records)) == []
    strict = movement(joint=("written-and-unconditional",))
    assert len(asked(proposed(records, strict))) == 1


@pytest.mark.parametrize("steps", [1, 5_000])
def test_when_it_is_stopped_nothing_is_called_proven(steps):
    found = proposed(ground(presence("north", HILL), presence("south", FIELD)), steps=steps)
    assert found.bound is not None
    assert not any(one.proven for one in found.proposals)


def test_a_road_that_is_adopted_has_a_list_also_when_the_budget_is_spent():
    found = proposed(ground(presence("north", HILL)), movement(HILL), steps=1)
    assert {ask.party for ask in found.adopted.asks} == {"north"}
    assert not found.adopted.proven


def test_the_body_names_lists_bound_and_solver():
    body = proposed(ground(presence("north", HILL, FIELD)), movement(HILL)).as_json()
    assert body["adopted"]["asks"][0]["party"] == "north"
    assert body["lists"][0]["legs"][0]["route"] == ["field-road"]
    assert (body["bound"], body["needs_less"]) == (None, False)
    assert body["stopped"] == ["NO_U_TURNS"]  # a column does not turn round on the road
    assert body["solver"]["name"] == "implicit hitting set"


def slow(start, end, kmh=1):
    """Every road driven at so many km/h, to seconds after departure."""
    return RoadSpeed(
        id="mud", speed_kmh=kmh, valid=Span(DEPART + start, end), basis=SpeedBasis.CONVOY_LOG
    )


def only_later(start):
    """North on the hill and in the fields, and ground that is assessed from so long on only."""
    return ground(
        presence("north", HILL),
        presence("north", FIELD, controls=True),
        Assessment(
            id="looked",
            areas=(LAND,),
            valid=Span(DEPART + start, ALWAYS.end),
            presences=(f"north-in-{HILL}", f"north-in-{FIELD}"),
            mines=Mines.NONE_REPORTED,
            by="access officer",
            ground="invented",
        ),
        assessed=(),
    )


def test_a_list_is_for_the_speed_at_which_its_trip_departs():
    # It can leave from 30 s on only: 10 s there and 10 s back at 36 km/h, but 360 s at 1 km/h,
    # and there are 120 s.
    fast = proposed(only_later(30))
    assert asked(fast) == [("north", "restraint", HILL)]
    assert fast.proposals[0].movement.depart_at >= DEPART + 30
    mud_to_come = proposed([*only_later(30), slow(20, ALWAYS.end)])
    assert mud_to_come.proposals == ()
    # Only if it were assessed for sooner could it go before the mud.
    assert {task.code for task in mud_to_come.own_tasks} == {"NOT-ASSESSED"}


def test_a_trip_may_leave_once_the_roads_are_fast_again():
    for ends in (20, 50):
        found = proposed([*only_later(30), slow(-600, DEPART + ends)])
        assert asked(found) == [("north", "restraint", HILL)]
        assert found.proposals[0].proven
        assert found.proposals[0].movement.depart_at >= DEPART + max(ends, 30)
        # Nothing is left that a party could still give.
        assert {task.rule for task in found.proposals[0].own_tasks} == {"G4", "N4", "V2", "V3"}


def test_a_trip_that_leaves_before_a_change_keeps_its_speed():
    found = proposed(
        [
            *ground(presence("north", HILL), presence("north", FIELD, controls=True)),
            slow(5, ALWAYS.end),
        ]
    )
    assert asked(found) == [("north", "restraint", HILL)]
    assert DEPART <= found.proposals[0].movement.depart_at < DEPART + 5
