"""Section 6: what may turn a restraint key in the place of a guarantee, and at what price."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import Point, Span
from safeconduct.vocabulary import (
    AckLevel,
    Actor,
    ActorKind,
    BasisKind,
    Incident,
    IncidentReview,
    IncidentState,
    Instrument,
    InstrumentKind,
    LegalBasis,
    NoRecentUse,
    Purpose,
    Report,
)
from tests.worlds.two_towns import (
    BANKS,
    DAY,
    GROUND,
    MONTH,
    MORTARS,
    NOW,
    POLICY,
    TOWNS,
    may,
    said,
)

PROFILES = POLICY.profiles

CONSENT, NOTIFIED, UNREACHABLE = (
    InstrumentKind.CONSENT,
    InstrumentKind.NOTIFICATION,
    InstrumentKind.UNREACHABLE,
)
# The south has everything said but its restraint; fire on the south bank is checked for 7 days.
BARE = TOWNS.without("south-restraint")
QUIET = NoRecentUse(
    id="quiet",
    party="south",
    means=frozenset({GROUND}),
    areas=BANKS,
    during=Span(NOW - 7 * DAY, NOW),
    by="analyst",
)
WHOLE = {"risk_owner": "head of office", "mitigation": "armoured cars", "tried": "by radio, daily"}
SHOTS = Incident(
    id="shots",
    what="shots",
    at=NOW - 7 * DAY,
    means=GROUND,
    areas=("south-bank",),
    attributed_to="south",
)
WING = Actor(id="south-wing", name="a wing", kind=ActorKind.PARTY, member_of=("south",))


def instrument(kind, **changes):
    fields = {
        "id": "instrument",
        "party": "south",
        "means": frozenset({GROUND}),
        "areas": BANKS,
        "instrument": kind,
        "reason": "agreed with the south",
        "valid": MONTH,
    }
    return Instrument(**(fields | (WHOLE if kind is not CONSENT else {}) | changes))


def verdict(*records, world=BARE):
    return world.plus(*records).verdict()


def reported(**changes):
    told = replace(SHOTS, **changes)
    return said("relief", may(6, 7), Report(id="report", party="relief", incident=told))


@pytest.mark.parametrize("kind", list(InstrumentKind))
def test_nothing_is_turned_without_an_instrument(kind):
    assert verdict(QUIET) == "no-go"
    assert (verdict(instrument(kind), QUIET) == "no-go") is (kind is InstrumentKind.GUARANTEE)


def test_consent_in_place_of_a_guarantee_carries_no_risk_owner():
    assert verdict(instrument(CONSENT)) == "go"
    assert verdict(instrument(CONSENT), world=BARE.without("south-consent")) == "no-go"


def test_a_basis_that_replaces_consent_is_no_consent_of_the_party():
    # A resolution opens the road in law; it does not make the south hold its fire.
    resolution = LegalBasis(
        id="resolution",
        basis=BasisKind.RESOLUTION,
        areas=BANKS,
        replaces=("south",),
        valid=MONTH,
        text="relief may cross without the consent of the south",
        purposes=frozenset({Purpose.ANY}),
    )
    world = BARE.without("south-consent").plus(resolution, instrument(CONSENT))
    assert ("A1", "RESTRAINT-MISSING") in world.failing()


@pytest.mark.parametrize("kind", [NOTIFIED, UNREACHABLE])
def test_notification_and_silence_make_it_conditional_and_name_the_risk_owner(kind):
    world = BARE.plus(instrument(kind), QUIET)
    assert world.verdict() == "conditional"
    assert world.judged().codes == ("RISK-OWNER",)
    finding = world.only("N2" if kind is NOTIFIED else "A9")
    assert (finding.status.value, finding.code, finding.risk_owner) == (
        "met",
        "RISK-OWNER",
        "head of office",
    )
    assert "head of office" in finding.says
    told = [f for f in world.judged().as_json()["findings"] if f["risk_owner"]]
    assert [(f["rule"], f["risk_owner"]) for f in told] == [(finding.rule, "head of office")]


@pytest.mark.parametrize(
    ("kind", "blank"),
    [
        (NOTIFIED, "risk_owner"),
        (UNREACHABLE, "risk_owner"),
        (UNREACHABLE, "mitigation"),
        (UNREACHABLE, "tried"),
    ],
)
def test_each_needs_its_risk_owner_and_silence_needs_to_have_been_tried(kind, blank):
    assert verdict(instrument(kind, **{blank: ""}), QUIET) == "no-go"


@pytest.mark.parametrize(
    "changes",
    [
        {"party": "north"},
        {"means": frozenset({MORTARS})},
        {"areas": ("north-bank",)},
        {"valid": Span(may(1), may(6, 9))},
    ],
    ids=lambda changes: next(iter(changes)),
)
@pytest.mark.parametrize("kind", [CONSENT, NOTIFIED, UNREACHABLE])
def test_an_instrument_counts_for_its_own_party_means_place_and_time(kind, changes):
    assert verdict(instrument(kind, **changes), QUIET) == "no-go"


def test_an_instrument_turns_no_passage():
    world = TOWNS.without("south-passage").plus(instrument(UNREACHABLE), QUIET)
    assert ("A1", "PASSAGE-MISSING") in world.failing()


@pytest.mark.parametrize(
    "broken",
    [
        lambda world: world.but("south-acknowledges", acts=()),
        lambda world: world.but("south-received", level=AckLevel.RELAY),
        lambda world: world.but("notice-south", version=2),
        lambda world: world.but("notice-south", to="north"),
    ],
    ids=["not acknowledged", "a relay has it", "of another version", "to another party"],
)
def test_a_notification_counts_once_the_office_of_the_party_has_this_version(broken):
    world = BARE.plus(instrument(NOTIFIED), QUIET)
    assert world.verdict() == "conditional"
    assert ("A1", "RESTRAINT-MISSING") in broken(world).failing()


@pytest.mark.parametrize(
    ("during", "enough"),
    [
        (Span(NOW - 7 * DAY, NOW - DAY), True),  # seven days back, up to one day ago
        (Span(NOW - 7 * DAY + 1, NOW), False),
        (Span(NOW - 7 * DAY, NOW - DAY - 1), False),
    ],
    ids=["exactly", "a second too late", "a second too early"],
)
def test_the_check_for_recent_use_covers_the_days_before(during, enough):
    world = BARE.plus(instrument(UNREACHABLE), replace(QUIET, during=during))
    assert (world.verdict() == "conditional") is enough


@pytest.mark.parametrize(
    "changes",
    [{"party": "north"}, {"means": frozenset({MORTARS})}, {"areas": ("north-bank",)}],
    ids=lambda changes: next(iter(changes)),
)
def test_a_check_of_something_else_is_none(changes):
    assert verdict(instrument(UNREACHABLE), replace(QUIET, **changes)) == "no-go"
    assert verdict(instrument(UNREACHABLE)) == "no-go"


@pytest.mark.parametrize(
    ("changes", "rests"),
    [
        ({}, False),  # seven days ago to the second
        ({"at": NOW - 7 * DAY - 1}, True),
        ({"attributed_to": ""}, False),
        ({"attributed_to": "south-wing"}, False),
        ({"attributed_to": "patron"}, True),
        ({"means": MORTARS}, True),
        ({"areas": ("far-hills",)}, True),
        ({"areas": ()}, False),
        ({"areas": (), "near": Point(0, 0)}, True),
    ],
    ids=[
        *("just within", "just before", "by nobody", "by a member", "by another"),
        *("mortars", "far", "nobody said where", "a point"),
    ],
)
def test_an_instrument_never_counts_where_that_means_was_used_lately(changes, rests):
    world = BARE.plus(instrument(UNREACHABLE), QUIET, WING, reported(**changes))
    assert ("south" not in {f.party for f in world.findings("A1")}) is rests


def test_dismissed_use_is_no_use():
    review = IncidentReview(
        id="review",
        of="shots",
        state=IncidentState.DISMISSED,
        reviewed_at=may(6, 7),
        by="duty officer",
        reason="fireworks",
    )
    assert verdict(instrument(UNREACHABLE), QUIET, reported(), review) == "conditional"


def test_beside_a_full_guarantee_an_instrument_costs_nothing():
    assert verdict(instrument(UNREACHABLE), QUIET, world=TOWNS) == "go"


def test_an_instrument_does_not_make_a_late_word_older():
    # The restraint came an hour before departure; preparation takes a day. Either the word counts
    # (too late, rule T2) or the instrument does (a risk owner): it is no plain GO.
    late = TOWNS.act("south-restraint")
    world = BARE.plus(said("south", may(6, 7), late), instrument(UNREACHABLE), QUIET)
    assert BARE.plus(said("south", may(6, 7), late)).failing() == {("T2", "PREPARATION-TOO-SHORT")}
    assert world.verdict() != "go"


def test_an_instrument_does_not_make_an_open_ended_word_fresh():
    world = TOWNS.given("south-restraint", open_ended=True)
    assert ("T5", "RECONFIRM") in world.failing()
    # With the instrument the key is turned without the stale word, at the price of a risk owner.
    resting = world.plus(instrument(UNREACHABLE), QUIET).judged()
    assert (resting.verdict.value, resting.codes) == ("conditional", ("RISK-OWNER",))


@pytest.mark.parametrize(
    ("kind", "accepting"),
    [
        (CONSENT, {"default", "written-and-unconditional", "un", "ngo", "icrc", "standing"}),
        (UNREACHABLE, {"default", "written-and-unconditional", "un", "ngo", "standing"}),
    ],
)
def test_an_instrument_counts_where_the_profile_accepts_its_kind(kind, accepting):
    profiles = {profile.id.removesuffix("-notification"): profile.id for profile in PROFILES}
    world = BARE.plus(instrument(kind), QUIET)
    turned = {
        name
        for name, id in profiles.items()
        if ("A1", "RESTRAINT-MISSING") not in world.under(id).failing()
    }
    assert turned == accepting


def test_a_receipt_reaches_conditional_at_most_and_only_where_it_is_accepted():
    world = BARE.plus(instrument(NOTIFIED), QUIET)
    assert {profile.id: world.under(profile.id).verdict() for profile in PROFILES} == {
        "default": "conditional",
        "written-and-unconditional": "no-go",
        "un": "no-go",
        "ngo": "no-go",
        "icrc": "no-go",
        "standing-notification": "conditional",
    }
