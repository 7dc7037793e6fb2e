"""The words that findings share: roads, times, keys, names."""

from __future__ import annotations

import pytest

from safeconduct.clearance import Spot, Stretch
from safeconduct.clearance.bench import clause, named, thing
from safeconduct.clearance.checks.times import hours
from safeconduct.spacetime import NEVER, OPEN_END, Span
from safeconduct.vocabulary import Direction, Means, Purpose, UndertakingKind
from tests.worlds.two_towns import IN, TOWNS, leg, may

BENCH = TOWNS.bench()


def stretches(*roads):
    spots = [
        Spot(entry, cls, IN, NEVER)
        for entry in BENCH.itinerary.entries
        if entry.leg == "in" and (entry.edge or entry.place) in roads
        for cls in dict.fromkeys(entry.classes)
    ]
    return BENCH.stretches(spots)


def test_the_trip_reaches_from_the_departure_until_the_tail_is_clear():
    assert BENCH.trip == Span(may(6, 9), may(6, 13, 2))


def test_a_road_is_named_by_its_name_and_a_long_way_by_its_ends():
    assert BENCH.road(stretches("hill-road")) == "Hill road"
    assert BENCH.road(stretches("bridge-road", "bridge")) == "Bridge road and Bridge"
    whole = stretches("alder", "bridge-road", "bridge", "hill-road", "birch")
    # 6 km of bridge road and 9 km of hill road; the places have no length.
    assert BENCH.road(whole) == "the way from Alder to Birch (5 stretches, 15.0 km)"


def test_a_way_there_and_back_is_counted_once():
    there = stretches("bridge-road", "hill-road", "birch")
    assert BENCH.road((*there, *reversed(there))) == BENCH.road(there)


def test_neighbouring_stretches_of_one_road_are_one():
    entries = {entry.edge: entry for entry in BENCH.itinerary.entries if entry.leg == "in"}
    (bridge_road,) = stretches("bridge-road")
    assert bridge_road == Stretch("bridge-road", 0, 60_000)
    assert len(entries["bridge-road"].pieces) == 1


@pytest.mark.parametrize(
    ("direction", "route"), [(Direction.IN, "river-road"), (Direction.OUT, "-river-road")]
)
def test_pieces_of_one_road_are_one_stretch_in_either_direction(direction, route):
    # The border of the banks cuts the river road at 4 km; its two pieces are told as one.
    by_river = leg("way", direction, route)
    world = TOWNS.but("relief-to-birch", legs=(by_river,)).without("north-restraint")
    finding = next(f for f in world.findings("A1") if f.code == "RESTRAINT-MISSING")
    assert Stretch("river-road", 0, 200_000) in finding.place


def test_times_are_told_in_the_zone_of_the_movement_and_in_utc():
    local = TOWNS.but("relief-to-birch", zone="Asia/Damascus").bench()
    assert local.time(may(6, 9)) == "2030-05-06 12:00 Asia/Damascus (09:00Z)"
    assert BENCH.time(may(6, 9)) == "2030-05-06 09:00 UTC (09:00Z)"


def test_a_period_is_rounded_outwards_to_the_minute():
    span = Span(may(6, 9, 0, 30), may(6, 10, 15, 1))
    assert BENCH.period(span) == "2030-05-06 09:00 to 10:16 UTC (09:00Z to 10:16Z)"


def test_a_period_without_end_says_so():
    assert BENCH.period(Span(may(6, 9), OPEN_END)).startswith("2030-05-06 09:00")


def test_an_actor_without_a_name_is_told_by_its_id():
    assert BENCH.name("north") == "The North"
    assert BENCH.name("nobody") == "nobody"


@pytest.mark.parametrize(
    ("kind", "means", "words"),
    [
        (UndertakingKind.PASSAGE, [None], "passage"),
        (UndertakingKind.CONSENT, [], "consent"),
        (UndertakingKind.RESTRAINT, [Means.AIR_STRIKE], "restraint from air strike"),
        (
            UndertakingKind.RESTRAINT,
            [Means.MINES, Means.AIR_STRIKE, Means.GROUND_FIRE],
            "restraint from air strike, ground fire and mines",
        ),
    ],
)
def test_a_key_in_words(kind, means, words):
    assert thing(kind, means) == words


def test_purposes_in_words():
    assert named([Purpose.MEDICAL_SUPPLIES, Purpose.AID_DELIVERY]) == (
        "aid delivery and medical supplies"
    )


def test_a_clause_loses_its_full_stop():
    assert clause(" a wall fell on it. ") == "a wall fell on it"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 h"), (3_600, "1 h"), (3_601, "1 h 01 min"), (5_400, "1 h 30 min"), (59, "0 h 01 min")],
)
def test_durations_are_rounded_up_to_the_minute(seconds, words):
    assert hours(seconds) == words
