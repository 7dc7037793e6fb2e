"""Grants that look like one word recorded twice, for a person to look at; nothing links them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safeconduct.situation import Grant, Situation, Wording, differing, wording

WITHIN_S = 3_600
DIFFERING = 1
"""So many seconds apart, and differing in so many fields at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PerhapsTwice:
    """Two grants of a party that may be one word; `differ` has the field and its two values."""

    one: Grant
    other: Grant
    differ: tuple[tuple[str, str, str], ...]


def perhaps_twice(situation: Situation, party: str) -> tuple[PerhapsTwice, ...]:
    """The pairs of a party's grants that may be tellings of one word and that nobody linked.

    Said within an hour of each other, by the same verb, in statements that name no source in
    common, and worded alike but for one field at most.
    """
    return tuple(_pairs(situation, situation.grants_of.get(party, ())))


def _pairs(situation: Situation, grants: tuple[Grant, ...]) -> Iterable[PerhapsTwice]:
    worded = {one.id: _wording(situation, one) for one in grants}
    for number, one in enumerate(grants):
        for other in grants[number + 1 :]:
            if other.at - one.at > WITHIN_S:
                break
            mine, theirs = worded[one.id], worded[other.id]
            if mine["verb"] == theirs["verb"] and _are_apart(situation, one, other):
                differ = tuple(differing(mine, theirs))
                if len(differ) <= DIFFERING:
                    yield PerhapsTwice(one=one, other=other, differ=differ)


def _are_apart(situation: Situation, one: Grant, other: Grant) -> bool:
    """Whether two records tell them, from different sources, and nobody said that they are one."""
    here, there = one.statement, other.statement
    linked = situation.tellings.together.get(here.id, ())
    return here.id != there.id and there.id not in linked and not {*here.sources} & {*there.sources}


def _wording(situation: Situation, grant: Grant) -> Wording:
    act = situation.index.acts[grant.id].act
    return wording(act, grant.statement, situation.tellings.alike)
