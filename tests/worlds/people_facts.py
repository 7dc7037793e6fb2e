"""The papers about people and supplies of a made-up world, with a chance of their own.

What a leg for an evacuation, for patients or for medical supplies asks of rules E1 to E8, M1 and
M2. Everything is in order; much of it so by a second, by a seat, or because a later record of the
same thing replaced a bad one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any

from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    EvacuationCare,
    EvacuationTerms,
    Form,
    GateChoice,
    Guarantee,
    ItemCount,
    LastResort,
    LoadList,
    Movement,
    Patient,
    PatientClearance,
    PatientState,
    PermitState,
    Purpose,
    Removal,
    ReturnTerms,
    Screening,
    Specificity,
    Statement,
    Telling,
    Undertaking,
    UndertakingKind,
    Urgency,
)
from tests.verifier.column import Spot
from tests.worlds.draft import DAY, HOUR, Draft, window

CIVILIANS, PATIENTS = Purpose.CIVILIAN_EVACUATION, Purpose.MEDICAL_EVACUATION
SEATS = 12
GATES = ("un", "watch", "envoy")  # who may be present at a screening
ITEMS = ("surgical kits", "insulin", "dressings")
CARE = ("informed", "consents", "refusal_open", "stayers_protected")
CARE += ("together", "belongings", "no_distinction", "special_care", "services")
FREE = {
    "voluntary": True,
    "forced_route": False,
    "own_choice": True,
    "acceptable_destination": True,
}


def some_leave(plan: Movement, rng: Random) -> Movement:
    """The plan, now and then with civilians leaving on legs that were for patients."""
    legs = tuple(
        replace(leg, purpose=CIVILIANS) if leg.purpose is PATIENTS and rng.random() < 0.4 else leg
        for leg in plan.legs
    )
    return replace(plan, legs=legs)


def put_in_order(
    draft: Draft, plan: Movement, spots: list[Spot], told: tuple[str, ...], rng: Random
) -> None:
    """Every paper that the legs of the plan ask for, recorded before the latest word."""
    papers = _Papers(draft, plan, spots, told, rng)
    purposes = {leg.purpose for leg in plan.legs}
    if purposes & {CIVILIANS, PATIENTS}:
        papers.care()
        papers.screening()
    if CIVILIANS in purposes:
        papers.civilians()
    if PATIENTS in purposes:
        papers.patients()
    if Purpose.MEDICAL_SUPPLIES in purposes or rng.random() < 0.05:
        papers.load()


class _Papers:
    """Writes one movement's papers into a draft."""

    def __init__(
        self,
        draft: Draft,
        plan: Movement,
        spots: list[Spot],
        told: tuple[str, ...],
        rng: Random,
    ) -> None:
        self.draft, self.plan, self.told, self.rng = draft, plan, told, rng
        self.trip = Span(plan.depart_at, max(spot.end for spot in spots))
        sick = [spot for spot in spots if spot.leg.purpose is PATIENTS]
        self.transport_s = max((s.end for s in sick), default=0) - min(
            (s.start for s in sick), default=0
        )

    def note(self, kind: Any, id: str, at: int | None = None, **fields: Any) -> None:
        """One record about the movement, known at once or a little later than it happened."""
        moment = self.before() if at is None else at
        record = kind(id=self.draft.id(id), movement=self.plan.id, **fields)
        self.draft.note(record, moment + self.rng.choice((0, 1, 600)))

    def before(self) -> int:
        """A moment at which papers may have been written."""
        return self.draft.latest_word - 600 - self.rng.randrange(5 * DAY)

    def valid(self) -> Span:
        """A span that holds the trip, often to the second."""
        early, late = (self.rng.choice((0, 0, 1, HOUR)) for _ in range(2))
        return Span(self.trip.start - early, self.trip.end + late)

    # -- who leaves, and how

    def care(self) -> None:
        """All of it by one, or by two who each saw a part."""
        cut = self.rng.choice((0, 0, self.rng.randrange(1, len(CARE))))
        for names in (CARE[:cut], CARE[cut:]):
            if names:
                at = self.before()
                told = dict.fromkeys(names, True)
                self.note(EvacuationCare, "care", at, by="watch", checked_at=at, **told)

    def civilians(self) -> None:
        """Of their own will, as a last resort, with the way home open."""
        self.note(EvacuationTerms, "terms", by="watch", **FREE)
        at = self.before()
        tried = {"tried": "aid in place", "result": "turned back", "by": "un"}
        self.note(LastResort, "resort", at, decided_at=at, **tried)
        terms = {"temporary": True, "papers_kept": True, "waiver_signed": False}
        self.note(ReturnTerms, "home", by="watch", called_by="the people", **terms)

    def screening(self) -> None:
        """None, or one under all its guards, or both looked for and found."""
        if self.rng.random() < 0.6:
            self.note(Screening, "screening", planned=False, by="watch")
            return
        party = self.rng.choice(self.told)
        guards = {"independent": self.rng.choice(GATES), "sign_off": "protection officer"}
        self.note(
            Screening,
            "screening",
            planned=True,
            by="watch",
            party=party,
            guaranteed_in=self._nobody_is_held(party),
            **guards,
        )

    def _nobody_is_held(self, party: str) -> str:
        """The party's word that it detains nobody, given after all its doubts; gives its id."""
        said_at = self.draft.latest_word - self.rng.randrange(600)
        valid = self.valid()
        word = Guarantee(
            id=self.draft.id("held-nobody"),
            party=party,
            undertaking=Undertaking(
                kind=UndertakingKind.DEED,
                areas=self.draft.ground.bases,
                windows=(window(valid.start, valid.end),),
                purposes=frozenset({Purpose.ANY}),
                specificity=Specificity.AREA_AND_TIME,
            ),
        )
        told = Statement(
            id=self.draft.id("said"),
            actor=party,
            said_at=said_at,
            form=Form.WRITTEN,
            telling=Telling.SAID,
            to=("un",),
            paraphrase="made up",
            acts=(word,),
        )
        self.draft.note(told, said_at + self.rng.choice((0, 1, 600)))
        return word.id

    # -- patients

    def patients(self) -> None:
        """One to three cases that travel, at times in all the seats; at times one that stays."""
        left = SEATS
        for rank in range(1, self.rng.choice((2, 2, 3, 4))):
            companions = self.rng.choice((0, 1, 2, left - 1))
            if 0 <= companions < left:
                left -= 1 + companions
                self._case(f"C-{rank}", rank, companions)
        if self.rng.random() < 0.4:
            stays: Any = self.rng.choice(
                (
                    {"travels": False},
                    {"state": PatientState.REFUSED},
                    {"state": PatientState.DIED},
                )
            )
            at = self.before()
            self._patient("C-9", 9, at, **stays)

    def _patient(self, case: str, rank: int, at: int, **known: Any) -> None:
        fields = {"case": case, "rank": rank, "list_owner": "un", "urgency": Urgency.URGENT}
        self.note(Patient, "patient", at, stands_at=at, **fields, **known)

    def _case(self, case: str, rank: int, companions: int) -> None:
        at = self.before()
        clearing = tuple(sorted(self.rng.sample(self.told, min(2, len(self.told)))))
        if self.rng.random() < 0.3:  # it stood otherwise before
            earlier = at - self.rng.choice((1, HOUR))
            self._patient(case, rank, earlier, consents=False, companions=40)
        spare = self.rng.choice((None, 0, 0, 1, HOUR))
        self._patient(
            case,
            rank,
            at,
            companions=companions,
            destination="made up",
            consents=True,
            facility="made up",
            accepted=True,
            deadline_at=None if spare is None else self.trip.end + spare,
            max_transport_s=None if spare is None else self.transport_s + spare,
            cleared_by=clearing,
        )
        for party in clearing:
            self._clear(case, party)

    def _clear(self, case: str, party: str) -> None:
        at = self.before()
        if self.rng.random() < 0.3:
            earlier = at - self.rng.choice((1, HOUR))
            worse = self.rng.choice(
                (
                    {"state": PermitState.REFUSED},
                    {"state": PermitState.OPEN},
                    {"state": PermitState.GRANTED, "tied_to": "an exchange"},
                )
            )
            self._clearance(case, party, earlier, **worse)
        self._clearance(case, party, at, state=PermitState.GRANTED, valid=self.valid())

    def _clearance(self, case: str, party: str, at: int, **stands: Any) -> None:
        self.note(PatientClearance, "cleared", at, case=case, party=party, stands_at=at, **stands)

    # -- supplies

    def load(self) -> None:
        """Loaded as approved; at times after a wrong list, or with something taken out since."""
        at = self.before()
        items = tuple(self._item(name) for name in self.rng.sample(ITEMS, 2))
        if self.rng.random() < 0.3:
            short = (replace(items[0], loaded=items[0].loaded - 1),)
            self._list(short, at - self.rng.choice((1, HOUR)))
        self._list(items, at)
        for removed_at, choice in self._taken(at):
            self.note(
                Removal,
                "removal",
                removed_at,
                item=items[0].item,
                count=1,
                party=self.told[0],
                removed_at=removed_at,
                where="made up",
                choice=choice,
                signed_by="leader" if choice is GateChoice.GO_WITHOUT else "",
            )

    def _item(self, name: str) -> ItemCount:
        count = self.rng.randint(1, 50)
        return ItemCount(item=name, approved=count, loaded=count)

    def _list(self, items: tuple[ItemCount, ...], at: int) -> None:
        fields = {"version": self.plan.version, "by": "watch"}
        self.note(LoadList, "load", at, checked_at=at, items=items, **fields)

    def _taken(self, at: int) -> Iterable[tuple[int, GateChoice]]:
        """Taken out before the list was made, or since and signed for; now and then nothing."""
        without, undecided = GateChoice.GO_WITHOUT, GateChoice.UNDECIDED
        return self.rng.choice(
            (
                (),
                (),
                ((at - 1, undecided),),
                ((at, without),),
                ((at, undecided), (at + 1, without)),
            )
        )
