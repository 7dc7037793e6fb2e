"""Whether every id that a case uses is defined in it.

What a field refers to goes by its name: `party` is an actor wherever it stands, `areas` are areas.
A misspelt party would otherwise be one that nobody asks, and a misspelt area one that nobody sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from safeconduct.adapters.files.definitions import (
    ANYTHING,
    Definitions,
    Placed,
    field_names,
    parts,
)
from safeconduct.adapters.files.paths import joined
from safeconduct.errors import UnknownReference
from safeconduct.vocabulary import (
    Accept,
    Ask,
    Assess,
    Confirm,
    Contact,
    CrossingOpen,
    Deny,
    Disown,
    Do,
    Evidence,
    HazardCleared,
    Impose,
    IncidentReview,
    Leg,
    Narrow,
    Notice,
    Reject,
    RequiredWriter,
    RoadReopened,
    Vehicle,
    Welcome,
    Withdraw,
)

Kinds = tuple[str, ...]

# By the name of the field, wherever it stands.
_REFERS: Mapping[str, Kinds] = {
    **dict.fromkeys(
        ("actor", "against", "attributed_to", "binder", "bound", "cleared_by", "concerned",
         "held_by", "holders", "independent", "lacking_from", "list_owner", "member_of", "monitor",
         "on", "organisation", "party", "removed_by", "replaces", "to"),
        ("actor",),
    ),
    **dict.fromkeys(("areas", "composite", "members"), ("area",)),
    **dict.fromkeys(("edge", "edges"), ("edge",)),
    "ask": ("ask",),
    "awaits": ("act", "link"),
    "backup": ("contact",),
    "contact": ("contact",),
    "crossing": ("crossing",),
    "follows": ("decision", "outcome"),
    "guaranteed_in": ("act",),
    "movement": ("movement",),
    "movements": ("movement",),
    "need": ("permit need",),
    "notice": ("notice",),
    "place": ("place",),
    "presences": ("presence",),
    "source": ("source",),
    "sources": ("source",),
    "statement": ("statement", "act"),
    "statements": ("statement",),
    "supersedes": ("assessment",),
    "supplies": (ANYTHING,),
    "listed": ("vehicle",),
}  # fmt: skip

_OFFERS: Kinds = ("act", "link", "condition", "movement")

# `of` is the one name that means something else on every value. A statement is never meant by it:
# what is confirmed or withdrawn is one of its acts. Only a file may bear out anything.
_OF: Mapping[type, Kinds] = {
    **dict.fromkeys((Accept, Reject, Welcome, Assess), _OFFERS),
    **dict.fromkeys((Impose, Narrow, Confirm, Disown), ("act",)),
    Deny: (*_OFFERS, "incident"),
    Withdraw: ("act", "condition", "link"),
    Do: ("act", "condition"),
    HazardCleared: ("hazard",),
    RoadReopened: ("closure",),
    IncidentReview: ("incident",),
    Evidence: (ANYTHING,),
}


# The fields that name legs of the movement version that the record is about.
_LEGS: Mapping[type, tuple[str, ...]] = {Notice: ("legs",), Vehicle: ("marked", "unmarked")}

# Other names that mean something else on one kind of value.
_ELSE: Mapping[type, Mapping[str, Kinds]] = {
    Ask: {"to": ("contact",)},
    Contact: {"replaces": ("contact",)},
    RequiredWriter: {"replaces": ("required writer",)},
    Leg: {"origin": ("place",), "destination": ("place",)},
}


def check_references(
    placed: Placed, known: Definitions, but: Mapping[str, Kinds] = MappingProxyType({})
) -> None:
    """Nothing, when every id that a value uses is defined.

    Parameters
    ----------
    but : the kinds of fields that mean something else in this value.

    Raises
    ------
    UnknownReference : one is not; the error has file, line and field, and names what is close.
    """
    for value, path in parts(placed.value, placed.path):
        for step, id, kinds in _references(value, but):
            if not known.has(id, kinds):
                raise placed.refused(known.refusal(id, kinds), joined(path, step))
    value = placed.value
    if {"movement", "version"} <= {*field_names(value)}:
        _check_version(placed, known)
        for name in _LEGS.get(type(value), ()):
            _check_legs(placed, name, known)
    if isinstance(value, CrossingOpen):
        _check_side(placed, known)


def _references(value: Any, but: Mapping[str, Kinds]) -> Iterator[tuple[str, str, Kinds]]:
    """Every id that one value uses: the step to it, the id, the kinds it may be of."""
    but = {**_ELSE.get(type(value), {}), **but}
    for name in field_names(value):
        kinds = _OF.get(type(value)) if name == "of" else but.get(name, _REFERS.get(name))
        named = getattr(value, name) if kinds else None
        if not kinds or not named:  # an optional reference that is left out is empty or None
            continue
        if isinstance(named, str):
            yield name, named, kinds
            continue
        for index, one in enumerate(named):
            yield f"{name}[{index}]", one, kinds


def _check_version(placed: Placed, known: Definitions) -> None:
    id, version = placed.value.movement, placed.value.version
    if known.version(id, version) is None:
        raise placed.refused(
            UnknownReference(
                f"Movement {id} has no version {version}.",
                f"Give one that it has: {', '.join(map(str, known.versions(id)))}.",
                id=id,
                version=version,
            ),
            joined(placed.path, "version"),
        )


def _check_legs(placed: Placed, name: str, known: Definitions) -> None:
    id, version = placed.value.movement, placed.value.version
    movement = known.version(id, version)
    legs = [leg.id for leg in movement.legs] if movement else []
    named = getattr(placed.value, name)
    for index, leg in enumerate(named):
        if leg not in legs:
            # A set has no order, so only a list can say which of its items it was.
            step = f"{name}[{index}]" if isinstance(named, tuple) else name
            raise placed.refused(
                UnknownReference(
                    f"Version {version} of movement {id} has no leg {leg}.",
                    f"Give one that it has: {', '.join(legs)}.",
                    id=leg,
                ),
                joined(placed.path, step),
            )


def _check_side(placed: Placed, known: Definitions) -> None:
    opened: CrossingOpen = placed.value
    sides = known.sides(opened.crossing)
    if opened.side not in sides:
        raise placed.refused(
            UnknownReference(
                f"Crossing {opened.crossing} has no side {opened.side}.",
                f"Give one of its two: {sides[0]} or {sides[1]}.",
                id=opened.side,
            ),
            joined(placed.path, "side"),
        )
