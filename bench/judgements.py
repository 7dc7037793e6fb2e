"""How long judging takes as a situation grows: 1x, 10x and 100x.

At 100x: 1,000 parties and 10,000 undertakings in all, 1,000 movements of 60 pieces and 6 parties
each, judged in one process. The world is invented and regular: movement i drives 60 edges through
six areas; six parties can fire on all of them and four of these control one area each. Every key
is turned by one written guarantee, so that every movement goes the long way through every rule.

    python bench/judgements.py            a table for people
    python bench/judgements.py --json     one JSON line: {"scale": {"1": s, "10": s, "100": s}, ...}
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.clearance import Judge, Verdict
from safeconduct.roads import Edge, Network, Place, Stretch
from safeconduct.situation import picture
from safeconduct.spacetime import Span, Window
from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    Assessment,
    Authority,
    Body,
    ConsentNeed,
    Convoy,
    ConvoyWatch,
    Direction,
    Form,
    GateCheck,
    Guarantee,
    IncidentCheck,
    Leg,
    Means,
    Mines,
    Movement,
    Movers,
    Notice,
    Presence,
    Purpose,
    Record,
    Specificity,
    Statement,
    Step,
    Telling,
    Undertaking,
    UndertakingKind,
    Vehicle,
    VehicleSeen,
)

EDGES, AREAS, PARTIES, CONTROLLERS = 60, 6, 6, 4
VEHICLES = 10
DAY_S, HOUR_S = 86_400, 3_600
NOW = 1_800_000_000  # an arbitrary fixed moment in 2027
DEPART = NOW + 2 * HOUR_S
VALID = Span(NOW - 30 * DAY_S, NOW + 30 * DAY_S)
FULL = 1000
"""Movements, and parties, at 100x."""


def network(movements: int) -> Network:
    """One road of 60 edges for each movement, ten to an area, all in the movement's region."""
    places, edges = [], []
    for i in range(movements):
        for k in range(EDGES + 1):
            inside = frozenset({f"region-{i}", f"area-{i}-{min(k // 10, AREAS - 1)}"})
            places.append(Place(id=f"p{i}-{k}", name="", at=None, touched=inside, within=inside))
        for k in range(EDGES):
            stretches = tuple(
                Stretch(area, 0, 5_000) for area in (f"area-{i}-{k // 10}", f"region-{i}")
            )
            edges.append(
                Edge(
                    id=f"e{i}-{k}",
                    a=f"p{i}-{k}",
                    b=f"p{i}-{k + 1}",
                    length_dm=5_000,
                    touched=stretches,
                    within=stretches,
                )
            )
    areas = {f"region-{i}" for i in range(movements)}
    areas |= {f"area-{i}-{j}" for i in range(movements) for j in range(AREAS)}
    return Network(
        id="bench",
        places=tuple(places),
        edges=tuple(edges),
        areas=frozenset(areas),
        label="invented",
    )


def records(movements: int) -> Iterator[Record]:
    """Parties, presences, assessments, guarantees, notices and movements."""
    yield Actor(id="office", name="Office", kind=ActorKind.HUMANITARIAN)
    yield Actor(id="state", name="State", kind=ActorKind.PARTY)
    for p in range(movements):
        yield Actor(id=f"party-{p}", name=f"Party {p}", kind=ActorKind.PARTY)
    for i in range(movements):
        yield from _ground(i, movements)
        yield from _words(i, movements)
        yield _movement(i)
        yield from _column(i)
        for party in (*_parties(i, movements), "state"):
            yield Notice(
                id=f"notice-{i}-{party}",
                movement=f"m{i}",
                version=1,
                to=party,
                sent_at=NOW - 4 * DAY_S,
                legs=("out",),
                listed=tuple(f"truck-{i}-{n}" for n in range(VEHICLES)),
            )


def _parties(i: int, movements: int) -> list[str]:
    """Six parties out of all: each party is on six movements."""
    return [f"party-{(i + 7 * j) % movements}" for j in range(PARTIES)]


def _ground(i: int, movements: int) -> Iterator[Record]:
    for j, party in enumerate(_parties(i, movements)):
        yield Presence(
            id=f"fire-{i}-{j}",
            party=party,
            areas=(f"region-{i}",),
            valid=VALID,
            means=frozenset({Means.GROUND_FIRE, Means.INDIRECT_FIRE}),
        )
        if j < CONTROLLERS:
            yield Presence(
                id=f"control-{i}-{j}",
                party=party,
                areas=(f"area-{i}-{j}",),
                valid=VALID,
                means=frozenset({Means.CHECKPOINT}),
                controls=True,
            )
    names = tuple(f"fire-{i}-{j}" for j in range(PARTIES))
    names += tuple(f"control-{i}-{j}" for j in range(CONTROLLERS))
    yield Assessment(
        id=f"assessment-{i}",
        areas=(f"region-{i}",),
        valid=VALID,
        presences=names,
        mines=Mines.NONE_REPORTED,
        by="office",
        ground="invented",
    )
    yield ConsentNeed(id=f"consent-{i}", areas=(f"region-{i}",), holders=("state",), valid=VALID)
    yield IncidentCheck(
        id=f"check-{i}", areas=(f"region-{i}",), checked_at=NOW - HOUR_S, by="office"
    )


def _words(i: int, movements: int) -> Iterator[Record]:
    means = frozenset({Means.GROUND_FIRE, Means.INDIRECT_FIRE})
    for j, party in enumerate(_parties(i, movements)):
        yield _said(f"restraint-{i}-{j}", party, UndertakingKind.RESTRAINT, f"region-{i}", means)
        if j < CONTROLLERS:
            yield _said(f"passage-{i}-{j}", party, UndertakingKind.PASSAGE, f"area-{i}-{j}")
    yield _said(f"permission-{i}", "state", UndertakingKind.CONSENT, f"region-{i}")


def _said(
    name: str, party: str, kind: UndertakingKind, area: str, means: frozenset[Means] = frozenset()
) -> Statement:
    undertaking = Undertaking(
        kind=kind,
        means=means,
        areas=(area,),
        windows=(Window(VALID, "UTC", "for two months"),),
        purposes=frozenset({Purpose.AID_DELIVERY}),
        directions=frozenset({Direction.ANY}),
        for_whom=frozenset({Movers.HUMANITARIAN}),
        specificity=Specificity.AREA_AND_TIME,
    )
    return Statement(
        id=name,
        actor=party,
        said_at=NOW - 12 * HOUR_S,  # within the day before departure, so that it is a last word
        form=Form.WRITTEN,
        telling=Telling.SAID,
        paraphrase="invented",
        to=("office",),
        authority=Authority.COMMANDS,
        acts=(Guarantee(id=f"{name}/guarantee", party=party, undertaking=undertaking),),
    )


def _movement(i: int) -> Movement:
    leg = Leg(
        id="out",
        purpose=Purpose.AID_DELIVERY,
        direction=Direction.IN,
        movers=frozenset({Movers.HUMANITARIAN}),
        speed_kmh=20,
        route=tuple(Step(edge=f"e{i}-{k}") for k in range(EDGES)),
    )
    return Movement(
        id=f"m{i}",
        version=1,
        title=f"Movement {i}",
        organisation="office",
        legs=(leg,),
        convoy=Convoy(vehicles=VEHICLES, column_m=500),
        depart_at=DEPART,
        latest_at=DEPART + DAY_S,
        zone="UTC",
        one_way="a benchmark",
        margin_s=HOUR_S,
    )


def _column(i: int) -> Iterator[Record]:
    """The list of the vehicles, the look at the gate and who watches over them."""
    seen = [VehicleSeen(plate=f"{i}-{n}", body=Body.CLOSED) for n in range(VEHICLES)]
    for n, one in enumerate(seen):
        yield Vehicle(
            id=f"truck-{i}-{n}",
            movement=f"m{i}",
            version=1,
            number=n,
            plate=one.plate,
            make="invented",
            body=one.body,
            driver=f"badge {n}",
            marked=frozenset({"out"}),
        )
    yield GateCheck(
        id=f"gate-{i}",
        movement=f"m{i}",
        version=1,
        checked_at=NOW - HOUR_S,
        by="office",
        seen=tuple(seen),
        weapons=False,
        armed_beside=False,
        aid_only=True,
    )
    yield ConvoyWatch(
        id=f"watch-{i}",
        movement=f"m{i}",
        version=1,
        leader="leader",
        room="room",
        hand_over=True,
        check_every_s=HOUR_S,
        clearance_lodged=True,
    )


def measure(movements: int) -> dict[str, float]:
    """Seconds to draw the picture and to judge every movement, at one size."""
    road, held = network(movements), tuple(records(movements))
    road.classes  # noqa: B018  # cut once at import, not a part of judging
    policy = core_policy()
    start = time.perf_counter()
    situation = picture(held, as_of=NOW, known_at=NOW)
    drawn = time.perf_counter()
    judge = Judge(situation, road, policy)
    verdicts = [judge.judge(f"m{i}") for i in range(movements)]
    hashes = {judgement.hash for judgement in verdicts}
    judged = time.perf_counter()
    went = sum(j.verdict is Verdict.GO for j in verdicts)
    if went != movements or len(hashes) != movements:
        raise SystemExit(f"only {went} of {movements} movements came out as GO")
    return {"picture_s": drawn - start, "judging_s": judged - drawn, "total_s": judged - start}


def main() -> None:
    """Measure 1x, 10x and 100x and print them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="one JSON line")
    chosen = parser.parse_args()
    figures = {}
    for factor in (1, 10, 100):
        figures[str(factor)] = measure(FULL * factor // 100)
        if not chosen.json:
            one = figures[str(factor)]
            print(
                f"{factor:>4}x  {FULL * factor // 100:>5} movements  "
                f"picture {one['picture_s']:.2f} s  judging {one['judging_s']:.2f} s  "
                f"total {one['total_s']:.2f} s"
            )
    if chosen.json:
        scale = {factor: round(one["total_s"], 3) for factor, one in figures.items()}
        print(json.dumps({"scale": scale, "figures": figures}))


if __name__ == "__main__":
    main()
