"""What can be reached: people as ranges, who is in the way, and nothing borrowed from a notice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.errors import WrongField
from safeconduct.planning.reach import People, Reached, journey, people_of, reach, together
from safeconduct.situation import Situation, picture
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Closure, Direction, Record, Settlement
from tests.worlds.band_roads import finder
from tests.worlds.two_towns import HOUR, MOVEMENT, TOWNS, Towns, may

DAY = Span(may(6, 7, 30), may(6, 18))


def count(id: str, low: int | None, high: int | None, at: int = 1_000) -> Settlement:
    return Settlement(
        id=id, place="birch", counted_at=at, by="council", people_low=low, people_high=high
    )


def then(*records: Record) -> Situation:
    return picture(records, as_of=5_000, known_at=5_000)


def reached(world: Towns, *places: str) -> dict[str, Reached]:
    roads = finder(world).roads
    found = reach(roads, world.movement(), "alder", places or ("birch", "bridge"), DAY)
    return {one.place: one for one in found}


def test_the_last_count_of_a_place_holds() -> None:
    assert people_of(then(count("a", 10, 20), count("b", 30, 40, 2_000)), "birch") == People(30, 40)
    assert people_of(then(count("a", 10, 20), count("b", 30, 40, 6_000)), "birch") == People(10, 20)
    assert people_of(then(count("a", 10, 20)), "alder") is None


def test_of_two_counts_of_one_moment_the_widest_range_holds() -> None:
    assert people_of(then(count("a", 10, 20), count("b", 15, 40)), "birch") == People(10, 40)
    assert people_of(then(count("a", 10, 20), count("b", None, None)), "birch") is None


def test_people_are_added_up_as_ranges_and_the_uncounted_are_told() -> None:
    some = [
        Reached(place="a", people=People(1, 5)),
        Reached(place="b", people=People(10, 20)),
        Reached(place="c", people=None),
    ]
    assert together(some) == (People(11, 25), 1)


@pytest.mark.parametrize(("low", "high"), [(5, 4), (-1, 4), (None, 4), (4, None)])
def test_a_count_that_is_no_range_is_refused(low: int | None, high: int | None) -> None:
    with pytest.raises(WrongField, match="people"):
        count("a", low, high)


def test_in_the_two_towns_everything_is_reached_there_and_back() -> None:
    found = reached(TOWNS)
    assert found["birch"].back and found["bridge"].back
    # 6 km at 30 km/h: 12 min; 10 min at the bridge; 9 km: 18 min. One may leave at once.
    assert found["bridge"].arrives_at == DAY.start + 12 * 60
    assert found["birch"].arrives_at == DAY.start + 40 * 60
    assert found["birch"].leaves_at == DAY.start


def test_who_is_in_the_way_is_named_with_the_road() -> None:
    world = TOWNS.without("north-passage")
    found = reached(world)
    assert not found["birch"].is_reached
    (obstacle,) = [one for one in found["birch"].in_the_way if one.party == "north"]
    assert "passage of The North over River road and Birch" in obstacle.says


def test_a_word_for_the_way_in_alone_leads_there_and_not_back() -> None:
    inwards = {"directions": frozenset({Direction.IN})}
    found = reached(TOWNS.given("north-passage", **inwards))["birch"]
    assert found.is_reached and not found.back
    assert [one.party for one in found.in_the_way] == ["north"]


SHUT = Closure(id="shut", why="snow", edges=("hill-road", "river-road"), valid=Span(may(1), may(9)))


def test_a_closed_road_is_in_the_way_of_what_lies_behind_it() -> None:
    found = reached(TOWNS.plus(SHUT))
    assert found["bridge"].back and not found["birch"].is_reached
    told = found["birch"]
    assert told.no_road or any(one.code == "ROAD-CLOSED" for one in told.in_the_way)


def test_what_is_too_far_for_the_time_is_not_reached() -> None:
    roads = finder(TOWNS).roads
    short = Span(DAY.start, DAY.start + 2 * HOUR)
    found = reach(roads, TOWNS.movement(), "alder", ("birch",), short)
    assert [one.is_reached for one in found] == [False]


def test_the_way_back_is_that_of_the_last_leg_or_the_first_one_turned() -> None:
    both = TOWNS.movement()
    there, back = journey(both, "alder", "birch", DAY, back=True).legs
    assert (there.direction, back.direction) == (Direction.IN, Direction.OUT)
    assert (back.origin, back.destination) == ("birch", "alder")
    single = replace(both, legs=both.legs[:1])
    turned = journey(single, "alder", "birch", DAY, back=True).legs[1]
    assert turned.direction is Direction.OUT and turned.purpose is both.legs[0].purpose


def test_a_notice_of_the_movement_is_none_of_another_journey() -> None:
    assert journey(TOWNS.movement(), "alder", "birch", DAY, back=False).id != MOVEMENT


def test_the_soonest_reached_stands_first_and_what_is_not_reached_last() -> None:
    roads = finder(TOWNS.plus(SHUT)).roads
    movement = TOWNS.movement()
    places = ("birch", "bridge", "alder")
    found = reach(roads, movement, "alder", places, DAY)
    assert [one.place for one in found] == ["bridge", "birch"]
