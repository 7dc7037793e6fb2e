"""Two towns on a river, as values: Alder in the south, Birch in the north, one bridge between them.

The same invented world as the case folder `two_towns/` beside this file, so that a test can take
away, add or change one record and judge again. The relief column leaves Alder on 6 May 2030:

    09:00          leaves Alder; 6 km of bridge road at 30 km/h take 12 min
    09:12          at the bridge, where the south holds it for 10 to 30 min
    09:22 - 09:42  goes on; 9 km of hill road take 18 min
    09:40 - 10:00  in Birch, where unloading takes 2 h
    11:40 - 12:00  leaves Birch
    11:58 - 12:18  at the bridge again, held for 10 to 30 min
    12:08 - 12:48  goes on
    12:20 - 13:00  in Alder; the tail, 1,000 m behind, takes 2 min more: clear at 13:02

With the margin of one hour everything has to hold until 14:02. Both parties have given their word
from 06:00 to 18:00 UTC, and said again on the day before that it stands, the column was looked at
then, and at 07:30 (`NOW`) the answer is GO.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.clearance import Finding, Judge, Judgement, Status
from safeconduct.clearance.bench import Bench
from safeconduct.cover import Cover, Key, LegProfile, Standing
from safeconduct.policy import Organisation, Policy
from safeconduct.roads import Network
from safeconduct.situation import Situation, picture
from safeconduct.spacetime import Spans
from safeconduct.vocabulary import (
    Act,
    Actor,
    ActorKind,
    Binds,
    Guarantee,
    Means,
    Movement,
    Record,
    Statement,
    UndertakingKind,
)
from tests.worlds.two_town_papers import papers
from tests.worlds.two_town_records import (
    AIR,
    BANKS,
    CLEAR,
    CLEAR_WITH_MARGIN,
    CONSENT,
    DAY,
    DEPART,
    GROUND,
    HOUR,
    IN,
    MONTH,
    MORTARS,
    NOW,
    OUT,
    PASSAGE,
    RESTRAINT,
    TEN_DAYS,
    WHOLE_DAY,
    facts,
    guarantee,
    leg,
    may,
    movement,
    network,
    notice,
    restraint,
    said,
    undertaking,
    window,
    words,
)

__all__ = [
    "AIR",
    "BANKS",
    "CLEAR",
    "CLEAR_WITH_MARGIN",
    "CONSENT",
    "DAY",
    "DEPART",
    "ENVOY",
    "FAILING",
    "GROUND",
    "HOUR",
    "IN",
    "MONTH",
    "MORTARS",
    "NOW",
    "OUT",
    "PASSAGE",
    "PATRON",
    "POLICY",
    "RESTRAINT",
    "SPOKEN",
    "TEN_DAYS",
    "TOWNS",
    "WHOLE_DAY",
    "WING",
    "Towns",
    "binds",
    "codes",
    "guarantee",
    "leg",
    "may",
    "notice",
    "restraint",
    "said",
    "undertaking",
    "window",
]

POLICY = core_policy()
FAILING = frozenset({Status.UNMET, Status.UNKNOWN})
MOVEMENT = "relief-to-birch"
# Three who may speak beside the parties: one for them, one above the north, one within it.
ENVOY = Actor(id="envoy", name="The Envoy", kind=ActorKind.MEDIATOR)
PATRON = Actor(id="patron", name="The Patron", kind=ActorKind.PARTY)
WING = Actor(id="wing", name="A wing", kind=ActorKind.POLITICAL, member_of=("north",))


@dataclass(frozen=True, slots=True)
class Towns:
    """The records, the roads, the policy and the moment of asking; changed by making another."""

    records: tuple[Record, ...]
    network: Network
    policy: Policy = POLICY
    now: int = NOW

    # -- changes: each gives another world

    def plus(self, *more: Record) -> Towns:
        """The world with these records too."""
        return replace(self, records=(*self.records, *more))

    def without(self, *ids: str) -> Towns:
        """The world without the records and the acts of these ids; each must be there."""
        missing = set(ids) - self._ids()
        assert not missing, f"nothing to take away: {sorted(missing)}"
        left = [one for one in self.records if one.id not in ids]
        return self._mapped(left, lambda acts: tuple(a for a in acts if a.id not in ids))

    def but(self, id: str, /, **changes: Any) -> Towns:
        """The world in which the record or act of one id reads otherwise."""
        assert id in self._ids(), f"nothing to change: {id}"
        records = [replace(r, **changes) if r.id == id else r for r in self.records]
        return self._mapped(
            records, lambda acts: tuple(replace(a, **changes) if a.id == id else a for a in acts)
        )

    def given(self, act: str, **changes: Any) -> Towns:
        """The world in which the undertaking of one act reads otherwise."""
        found = self.act(act)
        assert isinstance(found, Guarantee) or hasattr(found, "undertaking")
        return self.but(act, undertaking=replace(found.undertaking, **changes))

    def at(self, now: int) -> Towns:
        """The same records, asked at another moment."""
        return replace(self, now=now)

    def under(self, profile: str) -> Towns:
        """The world in which the movement is judged under another profile."""
        return self.but(MOVEMENT, profile=profile)

    def of(self, organisation: Organisation) -> Towns:
        """The world judged by an office of one organisation, which keeps that one's rules too."""
        profiles = tuple(replace(p, organisation=organisation) for p in self.policy.profiles)
        return replace(self, policy=replace(self.policy, profiles=profiles))

    def _ids(self) -> set[str]:
        acts = {a.id for r in self.records if isinstance(r, Statement) for a in r.acts}
        return {record.id for record in self.records} | acts

    def _mapped(
        self, records: Iterable[Record], change: Callable[[tuple[Act, ...]], tuple[Act, ...]]
    ) -> Towns:
        changed = tuple(
            replace(r, acts=change(r.acts)) if isinstance(r, Statement) else r for r in records
        )
        return replace(self, records=changed)

    # -- looking in

    def record(self, id: str) -> Any:
        """The record of one id."""
        return next(one for one in self.records if one.id == id)

    def act(self, id: str) -> Any:
        """The act of one id."""
        spoken = (r for r in self.records if isinstance(r, Statement))
        return next(act for one in spoken for act in one.acts if act.id == id)

    def movement(self, id: str = MOVEMENT) -> Movement:
        """The judged movement."""
        return self.judge().movement(id)

    # -- asking

    def situation(self) -> Situation:
        """The picture at the moment of asking."""
        return picture(self.records, as_of=self.now, known_at=self.now)

    def judge(self, **more: Any) -> Judge:
        """The judge of this world."""
        return Judge(self.situation(), self.network, self.policy, **more)

    def judged(self, id: str = MOVEMENT) -> Judgement:
        """The judgement of the relief movement, or of another."""
        return self.judge().judge(id)

    def bench(self) -> Bench:
        """What the judgement is made on."""
        return self.judge().bench_of(MOVEMENT)

    def verdict(self) -> str:
        """The verdict in one word."""
        return self.judged().verdict.value

    def findings(self, rule: str) -> list[Finding]:
        """What one rule found."""
        return [one for one in self.judged().findings if one.rule == rule]

    def only(self, rule: str) -> Finding:
        """The one finding of a rule."""
        (found,) = self.findings(rule)
        return found

    def failing(self) -> set[tuple[str, str]]:
        """Rule and code of everything that is unmet or unknown."""
        return {(f.rule, f.code) for f in self.judged().findings if f.status in FAILING}

    def waiting(self) -> set[tuple[str, str]]:
        """Rule and code of everything that is not due yet."""
        found = self.judged().findings
        return {(f.rule, f.code) for f in found if f.status is Status.NOT_YET_DUE}

    def cover(self, profile: str = "default") -> Cover:
        """The cover under one profile."""
        return Cover(self.situation(), self.network, self.policy.profile(profile))

    def standing(self, grant: str, profile: str = "default") -> Standing:
        """How one grant stands."""
        return self.cover(profile).standings.by_grant[grant]

    def on(self, where: str) -> int:
        """The class of road of a place, or of the first piece of an edge."""
        if self.network.has_place(where):
            return self.network.place_class(where)
        return self.network.edge_classes(where)[0]

    def turned(
        self,
        kind: UndertakingKind,
        party: str,
        means: Means | None = None,
        *,
        on: str = "hill-road",
        leg: LegProfile = IN,
    ) -> Spans:
        """When one key is turned on a road, for a leg of relief going in unless told other."""
        return self.cover().turned(Key(kind, party, means), self.on(on), leg).spans


def codes(standing: Standing) -> list[str]:
    """The faults of a grant, by code."""
    return [fault.code for fault in standing.faults]


def binds(binder: str, bound: str, *areas: str, **changes: Any) -> Binds:
    """An evidenced relation for the whole of May, unless `changes` say otherwise."""
    fields: dict[str, Any] = {
        "id": f"{binder}-binds-{bound}",
        "valid": MONTH,
        "evidence": "a treaty of the invented world",
    }
    return Binds(binder=binder, bound=bound, areas=areas, **(fields | changes))


# What was said on 4 May, without the last calls and without the papers of the column.
SPOKEN = Towns((*facts(), movement(), *words()), network())
TOWNS = SPOKEN.plus(*papers())
