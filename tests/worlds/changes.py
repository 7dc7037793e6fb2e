"""How one record of a world is made to read otherwise: the tools of the near misses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from random import Random
from typing import Any, TypeVar

from safeconduct.spacetime import Span
from safeconduct.vocabulary import Confirm
from tests.worlds.draft import DAY, HOUR
from tests.worlds.world import UNDERTAKEN, World, swap, swap_act

Change = Callable[[World, Random], World | None]
SECONDS = (-DAY, -HOUR, -60, -1, -1, 1, 1, 60, HOUR, DAY)
_T = TypeVar("_T")


def pick(rng: Random, values: Sequence[_T]) -> _T | None:
    """Any of the values; None where there is none."""
    return rng.choice(values) if values else None


def edited(world: World, rng: Random, kind: type, **edits: Callable[[Any], Any]) -> World | None:
    """One record of a kind with these fields changed, each by a function of its old value."""
    old = pick(rng, world.all(kind))
    if old is None:
        return None
    new = replace(old, **{name: edit(getattr(old, name)) for name, edit in edits.items()})
    return None if new == old else swap(world, old, new)


def regranted(world: World, rng: Random, **edits: Callable[[Any], Any]) -> World | None:
    """One undertaking with these fields changed."""
    found = pick(rng, [pair for pair in world.acts(*UNDERTAKEN) if pair[0].undertaking])
    if found is None:
        return None
    act, said = found
    terms = act.undertaking
    new = replace(terms, **{name: edit(getattr(terms, name)) for name, edit in edits.items()})
    return None if new == terms else swap_act(world, said, act, replace(act, undertaking=new))


def retold(world: World, rng: Random, **edits: Any) -> World | None:
    """One statement that grants or confirms, told otherwise."""
    found = pick(rng, world.acts(*UNDERTAKEN, Confirm))
    if found is None:
        return None
    new = replace(found[1], **edits)
    return None if new == found[1] else swap(world, found[1], new)


def less(values: Any) -> Any:
    """The same without the last; of a set, without the one whose name is last."""
    if isinstance(values, tuple):
        return values[:-1]
    return values - {max(values, key=str, default=None)}


def moved(value: Any, rng: Random) -> Any:
    """The value with one of its spans moved at one end."""
    old = pick(rng, _spans(value))
    if old is None:
        return value
    by = rng.choice(SECONDS)
    new = Span(old.start + by, old.end) if rng.random() < 0.5 else Span(old.start, old.end + by)
    return _with(value, old, new)


def _spans(value: Any) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for part in value for span in _spans(part)]
    parts = [getattr(value, f.name) for f in fields(value)] if is_dataclass(value) else []
    return [span for part in parts for span in _spans(part)]


def _with(value: Any, old: Span, new: Span) -> Any:
    if isinstance(value, Span):
        return new if value is old else value
    if isinstance(value, tuple):
        return tuple(_with(part, old, new) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    parts = {f.name: getattr(value, f.name) for f in fields(value)}
    return replace(value, **{name: _with(part, old, new) for name, part in parts.items()})
