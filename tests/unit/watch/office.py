"""The office between the two towns: contacts, asks, and what came of them, as short values."""

from __future__ import annotations

from typing import Any

from safeconduct.errors import SafeconductError
from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Answer,
    Ask,
    Chase,
    Contact,
    Permit,
    PermitNeed,
    PermitState,
    PermitStep,
    Purpose,
    Reached,
    Reply,
    UndertakingKind,
)
from safeconduct.watch.due import Agenda, due
from safeconduct.watch.item import Desk, Docket
from tests.worlds.two_towns import DAY, MONTH, Towns, may

ASKED, REPLY_DUE = may(4, 9), may(5, 9)


def contact(id: str, party: str = "north", **changes: Any) -> Contact:
    return Contact(**({"id": id, "party": party, "role": f"role of {id}"} | changes))


def tried(contact: str, at: int, *, worked: bool = True) -> Reached:
    return Reached(
        id=f"{contact}-{at}-{worked}", contact=contact, reached_at=at, by="duty", reached=worked
    )


def ask(id: str = "ask", **changes: Any) -> Ask:
    """An ask of the north for passage on its bank, for the whole trip, put on 4 May at 9."""
    fields: dict[str, Any] = {
        "movement": "relief-to-birch",
        "party": "north",
        "kind": UndertakingKind.PASSAGE,
        "areas": ("north-bank",),
        "spans": (Span(may(6, 9), may(6, 15)),),
        "purposes": frozenset({Purpose.AID_DELIVERY}),
        "directions": frozenset(),
        "for_whom": frozenset(),
        "meets": ("A1", "A2", "N4"),
        "asked_at": ASKED,
        "reply_due_at": REPLY_DUE,
    }
    return Ask(id=id, **(fields | changes))


def chase(at: int, of: str = "ask") -> Chase:
    return Chase(id=f"chase-{of}-{at}", ask=of, chased_at=at, by="access officer")


def reply(answer: Answer, at: int, of: str = "ask", **changes: Any) -> Reply:
    fields: dict[str, Any] = {"id": f"reply-{of}-{at}-{answer.value}", "ask": of}
    return Reply(answer=answer, replied_at=at, **(fields | changes))


def letter(*steps: str, **changes: Any) -> PermitNeed:
    fields: dict[str, Any] = {
        "id": "letter",
        "party": "south",
        "name": "Facilitation letter",
        "areas": ("south-bank",),
        "purposes": frozenset({Purpose.AID_DELIVERY}),
        "steps": steps or ("ministry", "governor"),
        "valid": MONTH,
    }
    return PermitNeed(**(fields | changes))


def stands(at: int, **states: int | None) -> Permit:
    """A permit whose named steps were granted then; a step without a moment is open."""
    steps = tuple(
        PermitStep(
            name=name, state=PermitState.OPEN if when is None else PermitState.GRANTED, at=when
        )
        for name, when in states.items()
    )
    return Permit(
        id=f"permit-{at}", need="letter", movement="relief-to-birch", steps=steps, stands_at=at
    )


def dockets(towns: Towns) -> tuple[Docket, ...]:
    judge = towns.judge()
    found = []
    for id in judge.situation.movements:
        try:
            bench = judge.bench_of(id)
        except SafeconductError:
            bench = None
        found.append(Docket(movement=judge.movement(id), judgement=judge.judge(id), bench=bench))
    return tuple(found)


def desk(towns: Towns) -> Desk:
    return Desk(situation=towns.situation(), dockets=dockets(towns))


def agenda(towns: Towns, within_s: int = DAY) -> Agenda:
    return due(towns.situation(), dockets(towns), within_s=within_s)
