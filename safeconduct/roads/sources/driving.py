"""Which way a road of OpenStreetMap may be driven by a truck, from its tags.

Where tags contradict one another, or say what is not understood, fewer ways are taken: what all
readings allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeconduct.roads.sources.highways import GATES, PASSABLE

__all__ = ["Driving", "blocks", "driving"]

OPEN = frozenset({"yes", "permissive", "designated", "official", "public", "destination"})
CLOSED = frozenset(
    {
        *("no", "private", "permit", "military", "emergency", "customers", "residents", "staff"),
        *("agricultural", "forestry", "agricultural;forestry", "delivery", "bus", "psv", "foot"),
        *("bicycle", "discouraged", "restricted", "employees", "use_sidepath", "private;no"),
    }
)
_KEYS = ("hgv", "goods", "motor_vehicle", "vehicle", "access")
"""From the most particular to the most general; the most particular that is there holds."""

_ACCESS = tuple((key, f"{key}:conditional") for key in _KEYS)

_FORTH = {"yes": (True, False), "true": (True, False), "1": (True, False)}
_BACK = {"-1": (False, True), "reverse": (False, True)}
_BOTH = {"no": (True, True), "false": (True, True), "0": (True, True), "alternating": (True, True)}
_ONEWAY = {**_FORTH, **_BACK, **_BOTH}
_ROUND = frozenset({"roundabout", "circular"})


@dataclass(frozen=True, slots=True)
class Driving:
    """Whether a road may be driven from its first point to its last, and back.

    Parameters
    ----------
    doubt : why less is taken than one reading of the tags allows; empty when they are clear.
    destination : only who stops there may drive there.
    """

    forward: bool
    backward: bool
    doubt: str = ""
    destination: bool = False


def driving(tags: Mapping[str, str]) -> Driving:
    """Which way a truck may drive a road with these tags.

    >>> driving({"highway": "primary", "oneway": "-1"})
    Driving(forward=False, backward=True, doubt='', destination=False)
    >>> driving({"junction": "roundabout", "oneway": "-1"}).doubt
    'a roundabout against its own direction'
    """
    value, conditional = _access(tags)
    if conditional or value not in OPEN:
        known = value in CLOSED and not conditional
        doubt = "" if known else "closed at times, or to whom is not understood"
        return Driving(False, False, doubt)
    forward, backward, doubt = _oneway(tags)
    for key, said in tags.items():
        if key.endswith((":forward", ":backward")) and key.partition(":")[0] in _KEYS:
            forward = forward and (said in OPEN or key.endswith(":backward"))
            backward = backward and (said in OPEN or key.endswith(":forward"))
    return Driving(forward, backward, doubt, value == "destination")


def _access(tags: Mapping[str, str]) -> tuple[str, bool]:
    """The value of access that holds for trucks, and whether at times another does."""
    conditional = False
    for key, at_times in _ACCESS:
        if at_times in tags:
            conditional = conditional or not _only_opens(tags[at_times])
        if key in tags:
            return tags[key], conditional
    return "yes", conditional


def _only_opens(conditional: str) -> bool:
    """Whether each clause of `yes @ (06:00-22:00); destination @ ...` allows something."""
    clauses = conditional.split("@")[:-1]
    values = [clause.rsplit(";", 1)[-1].strip() for clause in clauses]
    return bool(values) and all(value in OPEN for value in values)


def _oneway(tags: Mapping[str, str]) -> tuple[bool, bool, str]:
    round_about = tags.get("junction") in _ROUND
    said = tags.get("oneway")
    if tags.get("oneway:conditional"):
        return False, False, "one way at times"
    if said is None:
        forth_only = round_about or tags.get("highway") in ("motorway", "motorway_link")
        return True, not forth_only, ""
    if said not in _ONEWAY:
        return False, False, f"oneway={said} is not understood"
    forward, backward = _ONEWAY[said]
    if not round_about or (forward, backward) == (True, False):
        return forward, backward, ""
    if forward:
        return True, False, "a roundabout said to be driven both ways"
    return False, False, "a roundabout against its own direction"


def blocks(tags: Mapping[str, str]) -> bool:
    """Whether a point with these tags lets no truck pass.

    >>> blocks({"barrier": "bollard"}), blocks({"barrier": "gate", "access": "yes"})
    (True, False)
    """
    barrier = tags.get("barrier")
    if barrier is None:
        return False
    value, conditional = _access(tags)
    if conditional or value not in OPEN:
        return True
    if barrier in PASSABLE:
        return False
    said = any(key in tags for key in (_KEYS if barrier in GATES else _KEYS[:3]))
    return not said
