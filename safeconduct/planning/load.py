"""What became of a load, item by item: does it add up, and what is missing where?

Approved, loaded, taken out on the way, arrived, given out. A party may inspect a load: that is its
right of control, and no incident. Taking an item out is one (rule M2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from safeconduct.vocabulary import ItemCount, Result

HOME_AGAIN = frozenset({Result.DENIED, Result.CANCELLED, Result.IMPEDED})
"""The results after which what did not arrive came back."""

NOT_SENT = frozenset({Result.DENIED, Result.CANCELLED})
"""The results that a movement can have which never left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item of a load and where it is missing; a surplus is a negative number.

    `not_loaded` of what was approved; `on_the_way` of what was loaded and not taken out; `in_store`
    of what arrived. `faults` are what does not add up, in sentences.
    """

    item: ItemCount
    not_loaded: int
    on_the_way: int
    in_store: int
    faults: tuple[str, ...]

    @property
    def incident(self) -> str:
        """What rule M2 says of an item that was taken out; empty when none was."""
        item = self.item
        if item.removed <= 0:
            return ""
        who = item.removed_by or "a party that is not recorded"
        where = f" at {item.removed_where}" if item.removed_where else ""
        return (
            f"{item.removed:,} of {item.item} taken out by {who}{where}. To inspect is a party's "
            "right of control; to take an item out is an incident (rule M2)."
        )

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        item = self.item
        return {
            "item": item.item,
            "approved": item.approved,
            "loaded": item.loaded,
            "removed": item.removed,
            "arrived": item.arrived,
            "distributed": item.distributed,
            "missing": {
                "not_loaded": self.not_loaded,
                "on_the_way": self.on_the_way,
                "in_store": self.in_store,
            },
            "faults": list(self.faults),
            "note": item.note or None,
            "incident": self.incident or None,
            "removed_by": item.removed_by or None,
            "removed_where": item.removed_where or None,
        }


def lines(items: Iterable[ItemCount], result: Result) -> tuple[Line, ...]:
    """The items of a load, each with what is missing where and what does not add up."""
    return tuple(_line(item, result) for item in items)


def _line(item: ItemCount, result: Result) -> Line:
    return Line(
        item=item,
        not_loaded=item.approved - item.loaded,
        on_the_way=item.loaded - item.removed - item.arrived,
        in_store=item.arrived - item.distributed,
        faults=tuple(_faults(item, result)),
    )


def _faults(item: ItemCount, result: Result) -> Iterator[str]:
    name, gone = item.item, item.loaded - item.removed - item.arrived
    if item.loaded > item.approved:
        yield f"{item.loaded:,} of {name} were loaded, and {item.approved:,} approved"
    if item.removed > item.loaded:
        yield f"{item.removed:,} of {name} were taken out, and {item.loaded:,} loaded"
    elif gone < 0:
        yield (
            f"{item.arrived:,} of {name} arrived, and {item.loaded - item.removed:,} were loaded "
            "and not taken out"
        )
    elif gone > 0 and result not in HOME_AGAIN:
        yield f"{gone:,} of {name} were loaded, not taken out, and did not arrive"
    if item.distributed > item.arrived:
        yield f"{item.distributed:,} of {name} were given out, and {item.arrived:,} arrived"
    if result in NOT_SENT and item.arrived > 0:
        yield f"{item.arrived:,} of {name} arrived, of a movement that was {result.value}"
