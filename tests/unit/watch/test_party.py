"""What is known of a party beside its record: relations, presences, requirements, what stands."""

from __future__ import annotations

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import Assumption, Instrument, InstrumentKind, Means, Position, Suspend
from safeconduct.watch import Phase, parties_of, party, relations, voices
from tests.unit.watch.histories import LATER
from tests.worlds.two_towns import (
    BANKS,
    DAY,
    GROUND,
    MONTH,
    MORTARS,
    NOW,
    PATRON,
    TEN_DAYS,
    TOWNS,
    WING,
    binds,
    may,
    said,
)


def shown(world, id="north", days=7):
    return party(world.cover(), id, days * DAY)


def test_members_and_collectives_are_told_and_bind_nobody_by_that():
    world = TOWNS.plus(WING, PATRON)
    assert [one.id for one in shown(world).members] == ["wing"]
    assert shown(world).bound_by == () and voices(world.cover(), "north") == ("north",)
    assert [one.id for one in shown(world.but("north", member_of=("patron",))).collectives] == [
        "patron"
    ]


@pytest.mark.parametrize(
    ("valid", "phase", "counts"),
    [
        (Span(NOW + 1, NOW + DAY), Phase.NOT_BEGUN, False),
        (Span(NOW - DAY, NOW + 7 * DAY + 1), Phase.CURRENT, True),
        (Span(NOW - DAY, NOW + 7 * DAY), Phase.LAPSES, True),
        (Span(NOW - DAY, NOW + 1), Phase.LAPSES, True),
        (Span(NOW - DAY, NOW), Phase.OVER, False),
    ],
)
def test_a_relation_is_told_with_how_it_stands_to_the_second(valid, phase, counts):
    world = TOWNS.plus(PATRON, binds("patron", "north", *BANKS, valid=valid))
    (one,) = shown(world).bound_by
    assert (one.phase, one.counts) == (phase, counts)
    assert [r.binds.id for r in shown(world, "patron").binds] == ["patron-binds-north"]
    assert ("patron" in voices(world.cover(), "north")) == counts


def test_a_relation_without_evidence_counts_for_nothing():
    world = TOWNS.plus(PATRON, binds("patron", "north", *BANKS, evidence=""))
    assert not shown(world).bound_by[0].counts
    assert voices(world.cover(), "north") == ("north",)


def test_relations_come_with_those_first_that_end_first_and_ours_are_marked():
    late = binds("patron", "south", *BANKS)
    soon = binds("patron", "north", *BANKS, valid=TEN_DAYS)
    ours = Assumption(id="a", rule="A3", what="", why="", supplies=(late.id,))
    told = relations(TOWNS.plus(PATRON, late, soon, ours).situation(), DAY)
    assert [(one.binds.bound, one.ours) for one in told] == [("north", False), ("south", True)]


def test_a_presence_past_its_time_is_stale_and_still_asks_for_its_keys():
    late = TOWNS.at(may(10))
    assert [one.is_stale for one in shown(late).presences] == [True, True]
    assert [one.assessed_by for one in shown(late).presences] == [(), ()]
    assert shown(late).required == shown(TOWNS).required
    assert shown(TOWNS).presences[0].assessed_by == ("both-banks",)


def test_what_is_required_is_told_for_each_means_and_area():
    told = [(r.kind.value, r.means.value if r.means else "", r.area) for r in shown(TOWNS).required]
    assert told == [
        ("restraint", "ground-fire", "north-bank"),
        ("restraint", "indirect-fire", "north-bank"),
        ("restraint", "indirect-fire", "south-bank"),
        ("passage", "", "north-bank"),
    ]
    consents = [r.area for r in shown(TOWNS, "south").required if r.kind.value == "consent"]
    assert consents == ["north-bank", "south-bank"]


def test_an_instrument_stands_instead_of_a_guarantee_while_it_is_valid():
    instead = Instrument(
        id="instead",
        party="north",
        means=frozenset({MORTARS}),
        areas=("north-bank",),
        instrument=InstrumentKind.NOTIFICATION,
        reason="no line to the crews",
        valid=TEN_DAYS,
        risk_owner="head of office",
    )
    now, later = TOWNS.plus(instead), TOWNS.plus(instead).at(may(10))
    marked = {(r.means, r.area): r.instead for r in shown(now).required}
    assert marked[MORTARS, "north-bank"] == ("instead",)
    assert marked[MORTARS, "south-bank"] == marked[GROUND, "north-bank"] == ()
    assert all(r.instead == () for r in shown(later).required)
    assert [one.phase for one in shown(later).instruments] == [Phase.OVER]


def test_who_spoke_last_and_what_stands_now_are_told():
    one = shown(TOWNS)
    assert one.last_spoke is not None and one.last_spoke.id == "north-calls"
    assert one.last_addressed is None
    asked = said("relief", may(5), Position(id="p", party="relief", what="a call"), to=("north",))
    assert shown(TOWNS.plus(asked)).last_addressed == asked
    assert {s.kept.grant.id: s.faults for s in one.standing} == {
        "north-passage": (),
        "north-restraint": (),
    }
    assert shown(LATER).standing == ()


def test_what_stands_and_does_not_count_says_why():
    world = TOWNS.given("north-passage", unresolved="or so")
    faults = {s.kept.grant.id: s.faults for s in shown(world).standing}
    assert faults["north-passage"] == ("TIME-UNRESOLVED",)
    paused = TOWNS.plus(said("north", may(6, 7), Suspend(id="s", party="north", what="")))
    assert shown(paused).standing == ()


def test_arrangements_are_told_with_how_they_stand():
    ((arrangement, phase),) = shown(TOWNS, days=30).arrangements
    assert (arrangement.id, phase) == ("notice-to-the-north", Phase.LAPSES)
    assert arrangement.valid == MONTH


def test_every_party_is_listed_whoever_recorded_it():
    assert parties_of(TOWNS.situation()) == ("north", "south")
    stranger = TOWNS.but("south-garrison", party="river-band")
    assert parties_of(stranger.situation()) == ("north", "river-band", "south")
    assert shown(stranger, "river-band").actor.name == "river-band"
    assert Means.CHECKPOINT in shown(stranger, "river-band").presences[0].presence.means
