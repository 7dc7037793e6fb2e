"""Who is bound to what when: parties against hours, for the whole way."""

from __future__ import annotations

from safeconduct.planning import bound_table
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Instrument, InstrumentKind, Reject
from tests.worlds.two_towns import BANKS, GROUND, MONTH, TOWNS, WHOLE_DAY, may, said, window

DAY = Span(may(6), may(7))
ALL = Spans.of([WHOLE_DAY.span])


def table(world, horizon=DAY):
    return {(row.party, row.what.split()[0]): row for row in bound_table(world.bench(), horizon)}


def test_one_row_for_each_party_and_kind_that_the_way_asks_for():
    assert list(table(TOWNS)) == [
        *(("north", "passage"), ("north", "restraint")),
        *(("south", "consent"), ("south", "passage"), ("south", "restraint")),
    ]
    assert table(TOWNS)["north", "restraint"].what == (
        "restraint from ground fire and indirect fire"
    )


def test_a_party_is_bound_while_every_key_of_the_kind_is_turned_along_the_whole_way():
    for row in table(TOWNS).values():
        assert (row.bound, row.partly, row.offered) == (ALL, NEVER, NEVER)


def test_what_holds_on_a_part_of_the_way_binds_partly():
    row = table(TOWNS.given("north-restraint", areas=("north-bank",)))["north", "restraint"]
    assert (row.bound, row.partly) == (NEVER, ALL)


def test_what_holds_for_a_part_of_the_means_binds_partly():
    world = TOWNS.given("north-restraint", means=frozenset({GROUND}))
    row = table(world)["north", "restraint"]
    assert (row.bound, row.partly) == (NEVER, ALL)


def test_what_was_offered_and_does_not_count_is_shown_apart():
    # The passage was meant until noon and is faulty; the restraint of the same party holds.
    world = TOWNS.given(
        "north-passage", unresolved="or so", windows=(window(may(6, 8), may(6, 12)),)
    )
    row = table(world.without("north-restraint"))["north", "passage"]
    assert (row.bound, row.partly) == (NEVER, NEVER)
    assert row.offered == Spans.one(may(6, 8), may(6, 12))


def test_what_is_outside_the_horizon_is_left_out():
    row = table(TOWNS, Span(may(6, 10), may(6, 11)))["south", "consent"]
    assert row.bound == Spans.one(may(6, 10), may(6, 11))


def test_the_latest_rejection_is_shown():
    rejects = [
        said("north", may(5, h), Reject(id=f"n{h}", party="north", of=("x",))) for h in (9, 8)
    ]
    assert table(TOWNS.plus(*rejects))["north", "passage"].rejected_at == may(5, 9)
    assert table(TOWNS)["north", "passage"].rejected_at is None


def test_an_instrument_binds_too():
    instead = Instrument(
        id="instead",
        party="south",
        means=frozenset({GROUND}),
        areas=BANKS,
        instrument=InstrumentKind.CONSENT,
        reason="as agreed",
        valid=MONTH,
    )
    world = TOWNS.without("south-restraint").plus(instead)
    assert table(world)["south", "restraint"].bound == ALL


def test_a_row_is_told_in_utc():
    body = table(TOWNS)["south", "consent"].as_json()
    assert body["bound"] == [["2030-05-06T06:00:00Z", "2030-05-06T18:00:00Z"]]
    assert (body["partly"], body["offered"], body["rejected_at"]) == ([], [], None)
