"""Who has to be told again of a changed movement, and by when (rules N5 and T3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safeconduct.clearance.bench import Bench
from safeconduct.situation import Situation
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Arrangement, Movement, Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTell:
    """One recipient of a new version.

    Parameters
    ----------
    told_version : the latest version that it was told; None when it was told none.
    by : UTC seconds, until when its arrangement takes the notice; None where it has none.
    too_late : that moment has passed, so only its duty officer's confirmation of this version is
        left (rule T3).
    item_only : under its arrangement a change voids only what was changed.
    """

    party: str
    name: str
    told_version: int | None
    by: int | None
    too_late: bool
    item_only: bool

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "party": self.party,
            "told_version": self.told_version,
            "by": None if self.by is None else utc(self.by),
            "too_late": self.too_late,
            "item_only": self.item_only,
        }


def to_tell(bench: Bench) -> tuple[ToTell, ...]:
    """Everybody who was told an older version, or whose arrangement asks to be told, by party.

    Parameters
    ----------
    bench : the new version, looked at now.
    """
    return _rows(bench.situation, bench.movement, _arrangements(bench))


def to_tell_without_route(situation: Situation, movement: Movement) -> tuple[ToTell, ...]:
    """Everybody who was told an older version of a movement whose route is not adopted, by party.

    Whose arrangement asks to be told is not known before there is a route.

    Parameters
    ----------
    movement : the new version.
    """
    return _rows(situation, movement, {})


def _rows(
    situation: Situation, movement: Movement, asking: Mapping[str, Sequence[Arrangement]]
) -> tuple[ToTell, ...]:
    told: dict[str, int] = {}
    for notice in situation.facts_of(Notice, movement.id):
        told[notice.to] = max(notice.version, told.get(notice.to, 0))
    return tuple(
        _row(situation, movement, party, told.get(party), asking.get(party, ()))
        for party in sorted({*told, *asking})
        if told.get(party) != movement.version
    )


def _arrangements(bench: Bench) -> dict[str, list[Arrangement]]:
    """The arrangements that the departure falls under and the way touches, by party."""
    found: dict[str, list[Arrangement]] = {}
    for one in bench.situation.facts_in(Arrangement, bench.touched):
        if one.valid.contains(bench.movement.depart_at):
            found.setdefault(one.party, []).append(one)
    return found


def _row(
    situation: Situation,
    movement: Movement,
    party: str,
    version: int | None,
    arrangements: Sequence[Arrangement],
) -> ToTell:
    lead = max((one.lead_s for one in arrangements), default=None)
    by = None if lead is None else movement.depart_at - lead
    known = situation.actors.get(party)
    return ToTell(
        party=party,
        name=known.name if known else party,
        told_version=version,
        by=by,
        too_late=by is not None and by < situation.as_of,
        item_only=bool(arrangements) and all(one.change_voids_item_only for one in arrangements),
    )
