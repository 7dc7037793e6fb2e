"""The papers of a made-up column: vehicles, the gate, who watches, escorts, the last words.

Drawn from a source of chance of its own, so that everything else of a world stays as it was. The
last words are said of one second only, and by a voice that settles no contradiction: they cure
nothing that a change takes away.
"""

from __future__ import annotations

from random import Random
from typing import Any

from safeconduct.vocabulary import (
    Authority,
    Body,
    BuildUp,
    Confirm,
    ConvoyWatch,
    Demand,
    Depth,
    Escort,
    Form,
    GateCheck,
    Movement,
    Statement,
    Telling,
    Vehicle,
    VehicleSeen,
    Withdraw,
)
from tests.worlds.draft import DAY, HOUR, Draft, window


def list_of(plan: Movement) -> tuple[str, ...]:
    """The ids of the vehicles of a movement."""
    return tuple(f"{plan.id}-truck-{number}" for number in range(1, plan.convoy.vehicles + 1))


def column(draft: Draft, plan: Movement, rng: Random) -> None:
    """The list of the vehicles, a look at them at the gate, and who watches over them."""
    legs = frozenset(leg.id for leg in plan.legs)
    listed = []
    for number, id in enumerate(list_of(plan), 1):
        bare = frozenset(rng.sample(sorted(legs), rng.choice((0, 0, 1))))
        listed.append(
            Vehicle(
                id=id,
                movement=plan.id,
                version=plan.version,
                number=number,
                plate=f"{number}-{id}",
                make="made up",
                body=rng.choice(tuple(Body)),
                driver=f"badge {number}",
                marked=legs - bare,
                unmarked=bare,
            )
        )
        draft.note(listed[-1], draft.latest_word - rng.randrange(2 * DAY))
    escorted = rng.random() < 0.1
    if escorted:
        _escort(draft, plan)
    at = draft.latest_word - rng.choice((0, 1, HOUR))
    look = GateCheck(
        id="gate-1",
        movement=plan.id,
        version=plan.version,
        checked_at=at,
        by="watch",
        seen=tuple(VehicleSeen(plate=one.plate, body=one.body) for one in listed),
        weapons=False,
        armed_beside=escorted and rng.random() < 0.5,
        aid_only=True,
    )
    draft.note(look, at)
    watch = ConvoyWatch(
        id="watch-1",
        movement=plan.id,
        version=plan.version,
        leader="leader",
        room="room",
        hand_over=True,
        check_every_s=rng.choice((1, HOUR)),
        clearance_lodged=True,
    )
    draft.note(watch, at)


def _escort(draft: Draft, plan: Movement) -> None:
    """An escort along the whole way that has passed its gate."""
    escort = Escort(
        id="escort-1",
        movement=plan.id,
        party="ministry",
        areas=draft.ground.bases,
        alternatives="made up",
        needed=True,
        authorities=True,
        security=True,
        sustainable=True,
    )
    draft.note(escort, draft.latest_word)


def gathering(draft: Draft, plan: Movement, party: str, clear_at: int, rng: Random) -> None:
    """Forces that gather, and an ultimatum that is no hazard any more; not in every world."""
    if rng.random() < 0.1:
        seen_at = draft.as_of - rng.choice((0, HOUR, 3 * DAY, 3 * DAY + 1))
        seen = BuildUp(
            id="build-up-1", areas=draft.ground.bases, seen_at=seen_at, what="made up", by="watch"
        )
        draft.note(seen, seen_at)
    if rng.random() < 0.15:
        withdrawn = rng.random() < 0.5
        deadline_at = plan.depart_at if withdrawn else clear_at + rng.choice((0, 1))
        demand = Demand(
            id="demand-1", party=party, to=("un",), what="made up", deadline_at=deadline_at
        )
        said_at = draft.latest_word - 60
        _say(draft, "said-demand", party, said_at, demand, form=Form.ANNOUNCEMENT)
        if withdrawn:
            back = Withdraw(id="demand-1-back", party=party, of=("demand-1",))
            _say(draft, "said-demand-back", party, said_at + rng.choice((0, 1)), back)


def last_words(
    draft: Draft, given: dict[str, list[tuple[str, int]]], rng: Random, depart_at: int
) -> None:
    """Each party says once more that what it gave stands, for one second in which it is needed.

    Parameters
    ----------
    given : by party, its grants and the first second for which each is needed.
    """
    for party, words in sorted(given.items()):
        at = draft.latest_word
        if depart_at - DAY <= at:
            at = rng.choice((depart_at - DAY, at, at))
        acts = tuple(
            Confirm(id=f"{id}-still", party=party, of=(id,), windows=(window(start, start + 1),))
            for id, start in words
        )
        _say(draft, f"last-word-{party}", party, at, *acts)


def _say(draft: Draft, id: str, actor: str, said_at: int, *acts: Any, **told: Any) -> None:
    fields: dict[str, Any] = {
        "form": Form.WRITTEN,
        "telling": Telling.SAID,
        "authority": Authority.SPEAKS_FOR,
        "depth": Depth.UNIT,
        "to": ("un",),
        "paraphrase": "made up",
    }
    said = Statement(id=id, actor=actor, said_at=said_at, acts=acts, **(fields | told))
    draft.note(said, said_at)
