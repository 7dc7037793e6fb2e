"""What was known at one moment about a party, an area or any other name, said by another moment.

A picture is drawn of all that was known; this answers for a name or two, out of any number of
entries, without drawing one. A record is about a name when the name stands anywhere in it as a
whole text: so nothing that mentions a party is left out, whatever kind of record comes to be.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from safeconduct.errors import SafeconductError
from safeconduct.register import JSON, Entry
from safeconduct.situation.picture import moment_of
from safeconduct.situation.situation import Identity, identity
from safeconduct.vocabulary import Record

__all__ = ["Chronicle", "names_in"]

_ALWAYS = -(2**62)
"""Stands for the moment of a record that tells of none."""


class Chronicle:
    """The entries of a register that hold records, by every name that stands in them.

    It only grows. What counts at a moment is asked of the register: see `Extent.counts`.
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._records: list[Record | SafeconductError] = []
        self._happens = array("q")
        self._rows: dict[str, array[int]] = defaultdict(lambda: array("L"))
        self._of: dict[Identity, list[int]] = defaultdict(list)
        self._shared: set[int] = set()
        self._in_order = True

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entry: Entry, record: Record | SafeconductError) -> None:
        """Takes an entry, in any order, with the record in it, or why it cannot be read."""
        row = len(self._entries)
        if self._entries and _order(entry) < _order(self._entries[-1]):
            self._in_order = False
        self._entries.append(entry)
        self._records.append(record)
        for name in set(names_in(entry.body)):
            self._rows[name].append(row)
        if isinstance(record, SafeconductError):
            self._happens.append(_ALWAYS)
            return
        moment = moment_of(record)
        self._happens.append(_ALWAYS if moment is None else moment)
        same = self._of[identity(record)]
        same.append(row)
        if len(same) > 1:
            self._shared.update(same)

    def about(
        self, names: Sequence[str], *, as_of: int, counts: Callable[[Entry], bool]
    ) -> tuple[Entry, ...]:
        """The entries that counted and whose record is about each of the names, in their order.

        As in the picture, a record counts from the moment it tells of, an id with two contents
        for nothing, and a record that stands in two entries once.

        Parameters
        ----------
        names : ids of parties, areas, movements, acts; with none of them nothing is found.
        as_of : UTC seconds.
        counts : whether an entry was known at the other moment, and counted.

        Raises
        ------
        WrongField : one of these entries does not hold what its kind says.
        """
        happens, entries = self._happens, self._entries
        rows = [
            row
            for row in self._rows_of(names)
            if happens[row] <= as_of and counts(entries[row]) and self._stands(row, counts)
        ]
        found = [entries[row] for row in rows]
        return tuple(found if self._in_order else sorted(found, key=_order))

    def _rows_of(self, names: Sequence[str]) -> Iterator[int]:
        listed = sorted((self._rows.get(name, array("L")) for name in set(names)), key=len)
        if not listed:
            return iter(())
        fewest, *others = listed
        return (row for row in fewest if all(_holds(other, row) for other in others))

    def _stands(self, row: int, counts: Callable[[Entry], bool]) -> bool:
        """Whether a counted row is the first of its id, and none says something else under it."""
        record = self._records[row]
        if isinstance(record, SafeconductError):
            raise record
        if row not in self._shared:
            return True
        same = [one for one in self._of[identity(record)] if counts(self._entries[one])]
        return same[0] == row and all(self._records[one] == record for one in same)


def names_in(body: JSON) -> Iterator[str]:
    """Every text that stands in a body as a value; keys are none."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict):
        for value in body.values():
            yield from names_in(value)
    elif isinstance(body, list):
        for value in body:
            yield from names_in(value)


def _holds(rows: array[int], row: int) -> bool:
    at = bisect_left(rows, row)
    return at < len(rows) and rows[at] == row


def _order(entry: Entry) -> tuple[int, str, int]:
    return entry.recorded_at, entry.writer, entry.sequence
