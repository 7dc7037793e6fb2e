"""Where the column is and when, on two invented towns' roads; 36 km/h are 10 m a second."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.errors import RouteRefused, UnknownReference, WrongField
from safeconduct.register import canonical, digest, encode
from safeconduct.roads import Edge, Itinerary, Network, Place, itinerary
from safeconduct.vocabulary import Halt, Leg
from tests.unit.roads.two_towns import KM, NETWORK, SEVEN, checkpoint, leg, movement


def times(trip: Itinerary) -> dict[str, tuple[int, int]]:
    """When each edge and place is entered and left, in seconds after seven."""
    return {
        entry.edge or entry.place or "": (entry.enter - SEVEN, entry.leave - SEVEN)
        for entry in trip.entries
    }


def test_a_road_is_occupied_from_the_head_entering_to_the_tail_leaving() -> None:
    trip = itinerary(movement(leg("alder-post", "post-birch")), NETWORK)
    assert times(trip) == {
        "alder": (0, 10),  # 100 m of column at 10 m/s
        "alder-post": (0, 210),  # 2,000 m at 10 m/s, and the tail
        "post": (200, 210),  # passed without a stop, and still a place in areas of its own
        "post-birch": (200, 310),
        "birch": (300, 310),
    }
    assert trip.ends_at == SEVEN + 310
    assert trip.duration_s == 310


def test_entries_come_in_driving_order_and_name_their_leg() -> None:
    out = leg("alder-post", "post-birch", service_s=3600)
    back = leg("<bypass", id="back", way="out")
    trip = itinerary(movement(out, back), NETWORK)
    assert [(entry.leg, entry.edge or entry.place) for entry in trip.entries] == [
        ("out", "alder"),
        ("out", "alder-post"),
        ("out", "post"),
        ("out", "post-birch"),
        ("out", "birch"),
        ("back", "bypass"),
        ("back", "alder"),
    ]


def test_driving_times_are_rounded_up_to_a_whole_second_edge_by_edge() -> None:
    trip = itinerary(movement(leg("alder-post", "post-birch", speed_kmh=50)), NETWORK)
    # 2 km at 50 km/h are exactly 144 s, 1 km 72 s, 100 m of column 7.2 s.
    assert times(trip)["birch"] == (216, 224)
    slower = itinerary(movement(leg("alder-post", "post-birch", speed_kmh=35)), NETWORK)
    # 205.7 s and 102.9 s, each rounded up; the column 10.3 s.
    assert times(slower)["birch"] == (206 + 103, 206 + 103 + 11)


def test_a_hold_moves_the_earliest_by_its_shortest_and_the_latest_by_its_longest_time() -> None:
    route = movement(leg("alder-post", "post-birch"))
    assert times(itinerary(route, NETWORK, [checkpoint()])) == {
        "alder": (0, 10),
        "alder-post": (0, 200 + 600 + 10),  # held at its end, the tail still on the road
        "post": (200, 200 + 600 + 10),
        "post-birch": (200 + 60, 300 + 600 + 10),
        "birch": (300 + 60, 300 + 600 + 10),
    }


def test_two_checkpoints_at_one_place_hold_one_after_the_other() -> None:
    route = movement(leg("alder-post", "post-birch"))
    two = [checkpoint(), checkpoint("post-south", least_s=5, most_s=30)]
    assert times(itinerary(route, NETWORK, two))["birch"] == (300 + 65, 300 + 630 + 10)


def test_a_checkpoint_counts_each_time_its_place_is_passed_and_not_at_the_start() -> None:
    there, back = leg("<alder-post"), leg("alder-post", id="back", way="out")
    trip = itinerary(movement(there, back), NETWORK, [checkpoint()])
    # It starts at the post, unheld; 200 s to Alder and 200 s back, and then it is held once.
    assert trip.duration_s == 400 + 600 + 10
    assert [e.leave - SEVEN for e in trip.entries if e.place == "post"] == [10, 1010]


def test_a_checkpoint_elsewhere_holds_nobody() -> None:
    route = movement(leg("bypass"))
    assert itinerary(route, NETWORK, [checkpoint()]) == itinerary(route, NETWORK)


def test_a_hold_that_nobody_knows_is_named_and_counted_as_none() -> None:
    route = movement(leg("alder-post", "post-birch"))
    trip = itinerary(route, NETWORK, [checkpoint(least_s=60, most_s=None)])
    assert trip.unknown_holds == ("post-north",)
    assert trip.duration_s == 310
    assert "post" in times(trip)


def test_a_hold_is_named_once_however_often_it_is_passed() -> None:
    there, back = leg("alder-post"), leg("<alder-post", "alder-post", id="back", way="out")
    trip = itinerary(movement(there, back), NETWORK, [checkpoint(most_s=None)])
    assert trip.unknown_holds == ("post-north",)


def test_a_stop_occupies_its_place_but_not_the_road_behind() -> None:
    out = leg("alder-post", "post-birch", service_s=3600)
    back = leg("<post-birch", "<alder-post", id="back", speed_kmh=18, way="out")
    trip = itinerary(movement(out, back), NETWORK)
    shown = [(e.edge or e.place, e.enter - SEVEN, e.leave - SEVEN) for e in trip.entries]
    assert shown == [
        ("alder", 0, 10),
        ("alder-post", 0, 210),
        ("post", 200, 210),
        ("post-birch", 200, 310),
        ("birch", 300, 3900 + 20),  # leaving at 5 m/s the column takes 20 s to be gone
        ("post-birch", 3900, 4100 + 20),
        ("post", 4100, 4100 + 20),
        ("alder-post", 4100, 4500 + 20),
        ("alder", 4500, 4520),
    ]


def test_a_stop_at_a_checkpoint_has_both_the_hold_and_the_service() -> None:
    out, on = leg("alder-post", service_s=1000), leg("post-birch", id="on")
    trip = itinerary(movement(out, on), NETWORK, [checkpoint()])
    assert times(trip)["alder-post"] == (0, 200 + 600 + 10)
    assert times(trip)["post"] == (200, 200 + 600 + 1000 + 10)
    assert times(trip)["post-birch"] == (200 + 60 + 1000, 1800 + 100 + 10)


def test_a_column_longer_than_its_last_road_blocks_the_one_before_while_it_is_held() -> None:
    # 1,500 m of column: with its head held at Birch, its tail is 500 m before the post.
    route = movement(leg("alder-post", "post-birch"), column_m=1500)
    trip = itinerary(route, NETWORK, [checkpoint("birch-gate", "birch", 0, 7200)])
    # The tail passes the post when the head is 1,500 m past it, 500 m beyond Birch: held first.
    assert times(trip)["alder-post"] == (0, 300 + 7200 + 50)
    assert times(trip)["post-birch"] == (200, 300 + 7200 + 150)
    # It passes Alder when the head is 500 m before the post, 150 s after leaving.
    assert times(trip)["alder"] == (0, 150)


def test_a_tail_that_is_past_when_the_head_is_held_is_not_waited_for() -> None:
    # Exactly as long as the last road: the tail has passed the post as the head reaches Birch.
    route = movement(leg("alder-post", "post-birch"), column_m=1000)
    trip = itinerary(route, NETWORK, [checkpoint("birch-gate", "birch", 0, 7200)])
    assert times(trip)["alder-post"] == (0, 300)


@pytest.mark.parametrize(("first_kmh", "then_kmh"), [(36, 18), (18, 36)])
def test_where_the_speed_changes_the_tail_goes_at_the_lower_one(
    first_kmh: int, then_kmh: int
) -> None:
    out, on = leg("alder-post", speed_kmh=first_kmh), leg("post-birch", id="on", speed_kmh=then_kmh)
    trip = itinerary(movement(out, on), NETWORK)
    arrives = 2000 * 36 // (first_kmh * 10)
    assert times(trip)["alder-post"] == (0, arrives + 20)  # 100 m at 5 m/s
    assert times(trip)["post"] == (arrives, arrives + 20)


@pytest.mark.parametrize("column_m", [0, 1])
def test_even_a_single_vehicle_takes_a_second_to_pass(column_m: int) -> None:
    trip = itinerary(movement(leg("bypass"), column_m=column_m), NETWORK)
    assert times(trip) == {"alder": (0, 1), "bypass": (0, 501), "birch": (500, 501)}


def test_pieces_and_classes_come_in_driving_order_also_backwards() -> None:
    on, back = leg("post-birch", id="on"), leg("<post-birch", id="back", way="out")
    there, again = (e for e in itinerary(movement(on, back), NETWORK).entries if e.edge)
    assert [piece.start_dm for piece in there.pieces] == [0, 400]
    assert again.pieces == there.pieces[::-1]
    assert again.classes == there.classes[::-1]
    for entry in (there, again):
        assert entry.classes == tuple(map(NETWORK.piece_class, entry.pieces))


def test_a_place_has_its_own_class_and_no_pieces() -> None:
    trip = itinerary(movement(leg("alder-post")), NETWORK)
    ends = [entry for entry in trip.entries if entry.place]
    assert [entry.classes for entry in ends] == [
        (NETWORK.place_class("alder"),),
        (NETWORK.place_class("post"),),
    ]
    assert all(entry.pieces == () for entry in ends)


def test_under_way_only_what_is_not_yet_left_remains() -> None:
    trip = itinerary(movement(leg("alder-post", "post-birch")), NETWORK)
    ahead = trip.from_moment(SEVEN + 210)  # the moment at which the tail has left the first road
    assert list(times(ahead)) == ["post-birch", "birch"]
    earlier = trip.from_moment(SEVEN + 209)
    assert list(times(earlier)) == ["alder-post", "post", "post-birch", "birch"]
    assert (ahead.ends_at, ahead.duration_s) == (trip.ends_at, trip.duration_s)
    assert trip.from_moment(trip.ends_at).entries == ()


def test_a_ring_road_can_be_driven_round() -> None:
    ring = Network("ring", (Place("A"),), (Edge("round", "A", "A", 1 * KM),))
    trip = itinerary(movement(leg("round", "<round")), ring)
    assert trip.duration_s == 100 + 100 + 10


def test_steps_that_do_not_join_are_refused_with_both_edges_and_places() -> None:
    with pytest.raises(RouteRefused) as refused:
        itinerary(movement(leg("alder-post", "bypass")), NETWORK)
    assert (
        "in leg out edge bypass starts at alder, but the edge before it, alder-post, ends at post"
        in str(refused.value)
    )
    assert "mark those that are driven backwards" in refused.value.remedy
    assert refused.value.facts["before"] == "alder-post"


def test_legs_that_do_not_join_are_refused_with_both_edges_and_places() -> None:
    back = leg("alder-post", id="back", way="out")
    with pytest.raises(RouteRefused) as refused:
        itinerary(movement(leg("alder-post"), back), NETWORK)
    assert "in leg back edge alder-post starts at alder, but the edge before it" in str(
        refused.value
    )
    assert refused.value.facts["ended_at"] == "post"


def test_an_edge_that_the_network_lacks_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownReference, match=r"the edge 'by-pass'.*Did you mean bypass"):
        itinerary(movement(leg("by-pass")), NETWORK)


@pytest.mark.parametrize(("least_s", "most_s"), [(60, 59), (-1, 5)])
def test_a_hold_from_more_to_less_is_refused(least_s: int, most_s: Any) -> None:
    with pytest.raises(WrongField, match=f"post-north holds a column from {least_s} s to {most_s}"):
        itinerary(movement(leg("bypass")), NETWORK, [checkpoint(least_s=least_s, most_s=most_s)])


def test_a_column_of_negative_length_is_refused() -> None:
    with pytest.raises(WrongField, match="The column of movement relief is -5 m long"):
        itinerary(movement(leg("bypass"), column_m=-5), NETWORK)


# -- halts


def halting(one: Leg, *halts: tuple[str, int]) -> Leg:
    return replace(one, halts=tuple(Halt(place=place, wait_s=wait_s) for place, wait_s in halts))


def test_a_column_that_halts_has_left_the_road_and_stands_at_the_place() -> None:
    route = halting(leg("alder-post", "post-birch"), ("post", 900))
    trip = itinerary(movement(route), NETWORK, [checkpoint()])
    assert times(trip) == {
        "alder": (0, 10),
        "alder-post": (0, 200 + 600 + 10),  # let go at 800 at the latest; the tail comes in
        "post": (200, 800 + 900 + 10),
        "post-birch": (200 + 60 + 900, 1700 + 100 + 10),
        "birch": (1160 + 100, 1800 + 10),
    }
    assert trip.duration_s == 1_810
    assert [(e.place, e.halt_s) for e in trip.entries if e.halt_s] == [("post", 900)]


def test_a_halt_at_the_end_of_a_leg_comes_after_what_is_done_there() -> None:
    out = halting(leg("alder-post", "post-birch", service_s=3_000), ("birch", 600))
    both = leg("alder-post", "post-birch", service_s=3_600)
    back = leg("<post-birch", "<alder-post", id="back", way="out")
    trip, same = (itinerary(movement(one, back), NETWORK) for one in (out, both))
    assert [(e.enter, e.leave) for e in trip.entries] == [(e.enter, e.leave) for e in same.entries]


def test_a_long_column_is_off_the_roads_before_its_halt_and_on_them_after_it() -> None:
    # Of 2,500 m, at the post after 200 s, all have come in 250 s later, and the head waits longer.
    route = halting(leg("alder-post", "post-birch"), ("post", 400))
    found = times(itinerary(movement(route, column_m=2_500), NETWORK))
    assert found["alder-post"] == (0, 450)
    assert found["post"] == (200, 600 + 250)
    # A column that cannot have come in when its head goes on again keeps the road until it has.
    short = halting(leg("alder-post", "post-birch"), ("post", 100))
    assert times(itinerary(movement(short, column_m=2_500), NETWORK))["alder-post"] == (0, 450)


@pytest.mark.parametrize(
    ("steps", "place", "says"),
    [
        (("alder-post", "post-birch"), "alder", "halts at alder, where it begins"),
        (("bypass",), "post", "halts at post, which is not on its route"),
        (("alder-post", "<alder-post"), "alder", "which its route passes 2 times"),
        (("alder-post", "<alder-post", "alder-post", "post-birch"), "post", "passes 2 times"),
    ],
)
def test_a_halt_is_at_a_place_that_the_leg_passes_once(
    steps: tuple[str, ...], place: str, says: str
) -> None:
    with pytest.raises(RouteRefused, match=says) as refused:
        itinerary(movement(halting(leg(*steps), (place, 60))), NETWORK)
    assert refused.value.facts["place"] == place


def test_a_halt_that_says_nothing_is_refused() -> None:
    with pytest.raises(WrongField, match="The halt at post lasts 0 s"):
        Halt(place="post", wait_s=0)
    with pytest.raises(WrongField, match="Leg out halts twice at post"):
        halting(leg("alder-post", "post-birch"), ("post", 5), ("post", 6))
    with pytest.raises(RouteRefused, match="Leg out halts at post, and names no road"):
        replace(halting(leg("alder-post"), ("post", 5)), route=(), origin="a", destination="b")


def test_a_leg_without_halts_is_written_as_it_always_was() -> None:
    written: Any = encode(leg("bypass"))
    assert "halts" not in written
    assert digest(canonical(written)) == (
        "db6b244691f8f039b3d318ab492c47885d58b1243aa9512ee92a58d66b1840c7"
    )
    rested: Any = encode(halting(leg("bypass"), ("birch", 60)))
    assert rested["halts"] == [{"place": "birch", "wait_s": 60}]
