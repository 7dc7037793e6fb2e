"""The smallest world in which a column may go: two places, one road, one armed party.

The road is 10 km and driven at 36 km/h, which is 10 m/s: 1,000 s. The column of 100 m passes in
10 s. It leaves at 10,000, so it is at A in [10000, 10010), on the road in [10000, 11010) and at B
in [11000, 11010).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from safeconduct import vocabulary as v
from safeconduct.roads.network import Edge, Network, Place, Stretch
from safeconduct.spacetime import Span, Window
from tests.verifier.verifier import Objection, verify

NOW = 9_000
LEAVES, ENTERS_B, CLEAR = 10_000, 11_000, 11_010
ALWAYS = Span(0, 100_000)
KM = 10_000  # decimetres

NETWORK = Network(
    id="two-places",
    places=tuple(Place(id, touched=frozenset({"x"}), within=frozenset({"x"})) for id in "AB"),
    edges=(
        Edge("road", "A", "B", 10 * KM, (Stretch("x", 0, 10 * KM),), (Stretch("x", 0, 10 * KM),)),
    ),
    areas=frozenset({"x", "y"}),
)
LEG = v.Leg(
    id="in",
    purpose=v.Purpose.AID_DELIVERY,
    direction=v.Direction.IN,
    movers=frozenset({v.Movers.HUMANITARIAN}),
    route=(v.Step(edge="road"),),
    speed_kmh=36,
)
CONVOY = v.Movement(
    id="convoy",
    version=1,
    title="flour",
    organisation="un",
    legs=(LEG,),
    convoy=v.Convoy(vehicles=5, column_m=100),
    depart_at=LEAVES,
    latest_at=CLEAR,
    zone="UTC",
    one_way="a test",
)
PRESENCE = v.Presence(
    id="guns", party="army", areas=("x",), means=frozenset({v.Means.INDIRECT_FIRE}), valid=ALWAYS
)
ASSESSMENT = v.Assessment(
    id="assessed",
    areas=("x",),
    valid=ALWAYS,
    presences=("guns",),
    mines=v.Mines.NONE_REPORTED,
    by="watch",
    ground="seen",
)
NEED = v.ConsentNeed(id="need", areas=("x",), holders=("ministry",), valid=ALWAYS)


def undertaking(kind: str = "restraint", start: int = LEAVES, end: int = CLEAR) -> v.Undertaking:
    """What the party binds itself to, for exactly this span."""
    wanted = v.UndertakingKind(kind)
    held = {v.Means.INDIRECT_FIRE} if wanted is v.UndertakingKind.RESTRAINT else set()
    return v.Undertaking(
        kind=wanted,
        means=frozenset(held),
        areas=("x",),
        windows=(Window(Span(start, end), "UTC", "as written"),),
        purposes=frozenset({v.Purpose.ANY}),
        directions=frozenset({v.Direction.ANY}),
        for_whom=frozenset({v.Movers.ANYONE}),
        specificity=v.Specificity.AREA_AND_TIME,
    )


def said(id: str, actor: str, said_at: int, *acts: v.Act, **told: Any) -> v.Statement:
    """A written statement to the humanitarian side, unless told otherwise."""
    usual: dict[str, Any] = {
        "form": v.Form.WRITTEN,
        "telling": v.Telling.SAID,
        "to": ("un",),
        "paraphrase": "made up",
    }
    return v.Statement(id=id, actor=actor, said_at=said_at, acts=acts, **(usual | told))


GIVEN = v.Guarantee(id="grant", party="army", undertaking=undertaking())
RESTRAINT = said("said-grant", "army", 1_000, GIVEN)
CONSENTED = v.Consent(id="consent", party="ministry", undertaking=undertaking("consent"))
CONSENT = said("said-consent", "ministry", 1_000, CONSENTED)
ACTORS = (
    v.Actor(id="army", name="Army", kind=v.ActorKind.PARTY),
    v.Actor(id="wing", name="A wing", kind=v.ActorKind.POLITICAL, member_of=("army",)),
    v.Actor(id="un", name="United Nations", kind=v.ActorKind.HUMANITARIAN),
)
IN_ORDER: tuple[v.Record, ...] = (
    *ACTORS,
    PRESENCE,
    ASSESSMENT,
    NEED,
    RESTRAINT,
    CONSENT,
    CONVOY,
)


def confirm(said_at: int, **told: Any) -> v.Statement:
    """The army confirms its guarantee."""
    act = v.Confirm(id=f"confirm-{said_at}", party="army", of=("grant",))
    return said(f"said-confirm-{said_at}", "army", said_at, act, **told)


def with_terms(**terms: Any) -> v.Statement:
    """The army's guarantee with other terms."""
    return replace(
        RESTRAINT, acts=(replace(GIVEN, undertaking=replace(GIVEN.undertaking, **terms)),)
    )


def objections(
    *records: v.Record, network: Network = NETWORK, as_of: int = NOW
) -> tuple[Objection, ...]:
    """What the verifier says when these records are all known, each replacing one of its id."""
    known = {one.id: one for one in IN_ORDER} | {one.id: one for one in records}
    return verify([(one, 0) for one in known.values()], network, "convoy", as_of)


def rules(*records: v.Record, network: Network = NETWORK, as_of: int = NOW) -> set[str]:
    """The rules it objects by."""
    return {one.rule for one in objections(*records, network=network, as_of=as_of)}
