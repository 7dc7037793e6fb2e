"""The table that a search drives by says what the semantics say: of every piece, at every second.

The oracle is the independent verifier, which asks one piece of ground at one instant, with no sets
of spans. Between two of its borders nothing changes, so the instants at the borders tell it all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given

from safeconduct.cover import Cover, LegProfile
from safeconduct.cover.table import Table, table
from safeconduct.roads.dividing import division_of
from safeconduct.roads.division import Division
from safeconduct.roads.search import GATED
from safeconduct.roads.ways import Pace, ways_of
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Crossing, CrossingOpen, Leg
from tests.laws.asking import (
    bench_of,
    changes,
    in_order,
    judge_of,
    near,
    picks,
    policy,
    seeds,
    some,
)
from tests.verifier.closures import closed_ground
from tests.verifier.known import counted
from tests.verifier.verifier import Verifier
from tests.verifier.words import At
from tests.worlds.world import World

Bounds = list[tuple[int, int]]


class Asked:
    """One leg of a world: its division, its table, and the verifier's opinion of its ground."""

    def __init__(self, world: World, pick: int) -> None:
        bench = bench_of(world)
        self.movement, self.network = bench.movement, world.network
        self.leg: Leg = self.movement.legs[pick % len(self.movement.legs)]
        known = counted(world.records, world.as_of, world.known_at)
        self.verifier = Verifier(known, world.network, world.as_of, world.movements[0], policy())
        self.horizon = Span(self.movement.depart_at - 7_200, self.movement.latest_at + 7_200)
        inside = (
            {*self.verifier.words.borders}
            | {opens.valid.start for opens in known[CrossingOpen]}
            | {opens.valid.end for opens in known[CrossingOpen]}
        )
        self.borders = sorted(
            {self.horizon.start, self.horizon.end}
            | {b for b in inside if self.horizon.start < b < self.horizon.end}
        )
        self.crossings = known[Crossing]
        self.opened = known[CrossingOpen]
        self.division: Division = division_of(world.network)
        leg = LegProfile.of(self.leg)
        self.table: Table = table(bench.cover, self.division, leg, self.movement, self.horizon)

    def open_at(self, grounds: Iterable[tuple[frozenset[str], frozenset[str]]], t: int) -> bool:
        """Whether the verifier has nothing against any of these grounds at this instant."""
        return not any(
            True
            for touched, within in grounds
            for _ in self.verifier.closures(At(self.leg, touched, within, t))
        ) and not any(closed_ground(self.verifier, touched, t) for touched, _ in grounds)

    def crossed(self, place: str, t: int) -> bool:
        """Whether both sides of every crossing at a place are open at this instant."""
        return all(
            any(
                (one.crossing, one.side) == (crossing.id, side) and one.valid.contains(t)
                for one in self.opened
            )
            for crossing in self.crossings
            if crossing.place == place
            for side in crossing.sides
        )

    def stretches(self, flags: list[bool]) -> Bounds:
        """The unbroken stretches of the horizon in which something holds, from its borders."""
        out: Bounds = []
        for here, start, end in zip(flags, self.borders, self.borders[1:], strict=False):
            if here and out and out[-1][1] == start:
                out[-1] = (out[-1][0], end)
            elif here:
                out.append((start, end))
        return out

    def edge(self, number: int) -> Bounds:
        """When every piece of an edge is open."""
        pieces = self.network.pieces(self.network.edges[number].id)
        grounds = [(piece.touched, piece.within) for piece in pieces]
        return self.stretches([self.open_at(grounds, t) for t in self.borders])

    def place(self, number: int) -> Bounds:
        """When a place is open, and every crossing there."""
        place = self.network.places[number]
        ground = [(place.touched, place.within)]
        return self.stretches(
            [self.crossed(place.id, t) and self.open_at(ground, t) for t in self.borders]
        )


def held(row: Bounds, enter: int, arrive: int) -> bool:
    """Whether one closed span of a row holds both moments: what a search asks."""
    at = bisect_right([opens for opens, _ in row], enter) - 1
    return at >= 0 and arrive <= row[at][1]


def moments(asked: Asked, rng: Random) -> list[int]:
    """Instants worth asking: a second around every border, and some in between."""
    near_borders = {b + aside for b in asked.borders for aside in (-2, -1, 0, 1, 2)}
    return sorted(near_borders | {rng.randrange(*_bounds(asked.horizon)) for _ in range(20)})


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


@pytest.mark.law(3, 4, 6, 16)
@some
@given(seeds, changes, picks)
def test_an_edge_is_open_to_the_column_when_every_piece_is_for_all_of_the_time(
    seed: int, count: int, pick: int
) -> None:
    asked, rng = Asked(near(seed, count).world, pick), Random(pick)
    early_s, column_s = rng.choice((0, 0, 60)), rng.choice((1, 1, 45, 600))
    rows = asked.table.gates(early_s, column_s).rows()
    for number in range(asked.division.graph.edges):
        truth = asked.edge(number)
        row = rows[asked.division.edge_bundle[number]]
        for enter in moments(asked, rng):
            arrive = enter + rng.choice((1, 1, 7, 300, 1_800))
            occupied = [
                start + early_s <= enter and arrive + column_s <= end for start, end in truth
            ]
            assert held(row, enter, arrive) == any(occupied)


@pytest.mark.law(3, 4, 6, 16)
@some
@given(seeds, changes, picks)
def test_a_place_is_open_when_its_ground_and_its_crossings_are(
    seed: int, count: int, pick: int
) -> None:
    asked, rng = Asked(near(seed, count).world, pick), Random(pick)
    column_s = rng.choice((1, 45, 600))
    rows = asked.table.gates(0, column_s).rows()
    own = asked.table.own_gates
    for node in range(asked.division.graph.nodes):
        truth = asked.place(node)
        row = rows[own.get(node, asked.table.bundles + asked.division.node_class[node])]
        for t in moments(asked, rng):
            expected = any(start <= t and t + column_s <= end for start, end in truth)
            assert held(row, t, t) == expected


@pytest.mark.law(6)
@some
@given(seeds, changes, picks)
def test_a_node_that_is_not_asked_is_open_whenever_some_road_at_it_is(
    seed: int, count: int, pick: int
) -> None:
    asked = Asked(near(seed, count).world, pick)
    table = asked.table
    ways = ways_of(asked.division, Pace(30), own_gates=table.own_gates)
    rows = table.gates(0, 30).rows()
    tails = [v for v in range(asked.division.graph.nodes) for _ in range(*ways.first[v : v + 2])]
    for tail, head, gate in zip(tails, ways.head, ways.gate, strict=True):
        for node in (tail, head):
            if not ways.flags[node] & GATED:
                row = rows[ways.node_gate[node]]
                assert all(held(row, opens, closes) for opens, closes in rows[gate])


@pytest.mark.law(6, 7)
@some
@given(seeds, changes, picks)
def test_the_table_says_of_every_class_what_the_cover_says_of_it_alone(
    seed: int, count: int, pick: int
) -> None:
    world = near(seed, count).world
    asked, cover = Asked(world, pick), bench_of(world).cover
    leg = LegProfile.of(asked.leg)
    alone = [
        cover.open_spans(cls, leg, asked.movement).within(asked.horizon)
        for cls in range(len(asked.division.classes))
    ]
    assert [*asked.table.classes] == alone
    rows = asked.table.gates().rows()
    for number, bundle in enumerate(asked.division.bundles):
        together = alone[bundle[0]]
        for cls in bundle[1:]:
            together = together & alone[cls]
        assert rows[number] == [(span.start, span.end) for span in together]


@pytest.mark.law(6, 7)
@some
@given(seeds, changes, picks)
def test_a_table_after_a_changed_statement_is_that_of_a_cover_made_anew(
    seed: int, count: int, pick: int
) -> None:
    before, after = in_order(seed).world, near(seed, count).world
    leg = LegProfile.of(before.movement.legs[pick % len(before.movement.legs)])
    horizon = Span(before.movement.depart_at - 7_200, before.movement.latest_at + 7_200)
    division = division_of(before.network)
    cover = bench_of(before).cover
    table(cover, division, leg, before.movement, horizon)
    situation = judge_of(after).situation
    kept = table(cover.in_situation(situation), division, leg, before.movement, horizon)
    anew = Cover(situation, before.network, cover.profile)
    assert [*kept.classes] == [
        anew.open_spans(cls, leg, before.movement).within(horizon)
        for cls in range(len(division.classes))
    ]
