"""Fields of a movement changed by texts such as `depart_at=2030-05-06 10:00`.

Each text is read as the same field of a case file is.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.adapters.files.paths import inside
from safeconduct.adapters.files.shorthand import spelled_out
from safeconduct.adapters.files.times import IS_TIME, Clock
from safeconduct.errors import UnknownReference, WrongField
from safeconduct.register.codec import decode, encode
from safeconduct.vocabulary import Convoy, Halt, Leg, Movement, Step

_FIXED = frozenset({"id", "version", "legs", "convoy", "sources"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field, with what it was and what it is, as they are written down; None where unset."""

    field: str
    was: Any
    now: Any


def changed(movement: Movement, settings: Iterable[str]) -> tuple[Movement, tuple[Change, ...]]:
    """The movement with its fields set, and what that changed.

    Parameters
    ----------
    settings : `field=value`; a field of the movement, `convoy.<field>`, or `legs.<id>.<field>`.

    Raises
    ------
    WrongField : no such field, a value that cannot be read, a field set twice, no change at all.
    UnknownReference : no such leg. TimeRefused : a time that cannot be read.
    """
    pairs = [_pair(text) for text in settings]
    if not pairs:
        raise WrongField(
            "Nothing is set, so there is nothing to make a new version of.",
            "Say what changes: `--set depart_at=2030-05-06T10:00:00Z`.",
        ).located(field="set")
    _check_once([field for field, _ in pairs])
    zone = dict(pairs).get("zone", movement.zone)
    body: Any = encode(movement)
    with inside("set"):
        for field, value in pairs:
            spot, name, of = _spot(body, movement, field)
            with inside(field):
                spot[name] = _value(of, name, value, zone)
        after = decode(Movement, body)
    return after, _real(movement, after, [field for field, _ in pairs])


def rerouted(
    movement: Movement,
    routes: Mapping[str, tuple[Step, ...]],
    halts: Mapping[str, tuple[Halt, ...]],
) -> tuple[Movement, tuple[Change, ...]]:
    """The movement with these routes and the halts on them, by leg, and what that changed.

    Raises
    ------
    WrongField : it has these routes already.
    """
    legs = tuple(
        replace(leg, route=routes[leg.id], halts=halts.get(leg.id, ())) if leg.id in routes else leg
        for leg in movement.legs
    )
    stood = [leg.id for leg in (*movement.legs, *legs) if leg.halts]
    fields = [f"legs.{id}.route" for id in routes]
    fields += [f"legs.{id}.halts" for id in dict.fromkeys(stood)]
    after = replace(movement, legs=legs)
    return after, _real(movement, after, fields)


def _real(before: Movement, after: Movement, fields: Iterable[str]) -> tuple[Change, ...]:
    """What really changed; WrongField where nothing did."""
    was: Any = encode(before)
    now: Any = encode(after)
    found = [Change(one, _read(was, before, one), _read(now, after, one)) for one in fields]
    real = tuple(one for one in found if one.was != one.now)
    if not real:
        raise WrongField(
            f"Nothing changes: {', '.join(one.field for one in found)} is so already.",
            "Make a new version only of what is different; everybody has to be told of it.",
        ).located(field="set")
    return real


def _pair(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals or not field.strip():
        raise WrongField(
            f'"{text}" sets nothing.', "Write FIELD=VALUE: `--set convoy.vehicles=8`."
        ).located(field="set")
    return field.strip(), value.strip()


def _check_once(fields: list[str]) -> None:
    for field in fields:
        if fields.count(field) > 1:
            raise WrongField(f"{field} is set twice.", "Set it once.").located(field="set")


def _spot(body: Any, movement: Movement, field: str) -> tuple[Any, str, type[Any]]:
    """The part of the body that a field stands in, the field's name there, and the part's class."""
    head, _, rest = field.partition(".")
    if head == "convoy" and rest:
        return _checked(body["convoy"], rest, Convoy, field)
    if head == "legs" and rest:
        id, _, name = rest.rpartition(".")
        ids = [leg.id for leg in movement.legs]
        if id not in ids:
            raise UnknownReference(
                f'Movement {movement.id} has no leg "{id}".',
                f"Write legs.LEG.FIELD, with one of: {', '.join(ids)}.",
                id=id,
            )
        return _checked(body["legs"][ids.index(id)], name, Leg, field)
    return _checked(body, field, Movement, field)


def _checked(spot: Any, name: str, of: type[Any], field: str) -> tuple[Any, str, type[Any]]:
    legal = sorted(set(of.__dataclass_fields__) - _FIXED)
    if name not in legal:
        inside_it = " Inside: convoy.FIELD, legs.LEG.FIELD." if of is Movement else ""
        raise WrongField(
            f'"{field}" is no field that can be set.', f"Legal: {', '.join(legal)}.{inside_it}"
        )
    return spot, name, of


def _value(of: type[Any], name: str, text: str, zone: str) -> Any:
    hint = typing.get_type_hints(of)[name]
    possible = typing.get_args(hint) if typing.get_origin(hint) is types.UnionType else (hint,)
    if not text and type(None) in possible:
        return None
    if name == "route":
        return spelled_out({name: _listed(text)})[name]
    if name == "halts":
        return Clock(zone).read(spelled_out({name: _listed(text)}))[name]
    if IS_TIME.fullmatch(name):
        return Clock(zone).read({name: text})[name]
    if int in possible:
        return (
            int(text) if text.isascii() and text.isdigit() else Clock(zone).read({name: text})[name]
        )
    if typing.get_origin(hint) in (tuple, frozenset):
        return _listed(text)
    return text


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _read(body: Any, movement: Movement, field: str) -> Any:
    spot, name, of = _spot(body, movement, field)
    default = of.__dataclass_fields__[name].default
    return spot.get(name, default)
