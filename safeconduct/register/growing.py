"""Long rows and long indexes that grow by a value at a time, and share all the rest.

A register has a hundred thousand entries, and what is drawn of it changes by one of them. A row or
an index that is copied for that takes milliseconds, and Python's search for circles of objects that
nobody holds then looks through each copy, which takes some milliseconds more. What is short is
copied all the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar, overload

__all__ = ["LongIndex", "LongRow", "grown_index", "grown_row"]

Value = TypeVar("Value")
Name = TypeVar("Name")

_LONG = 4_096
"""What has more values is shared."""
_CHUNK, _BESIDE = 512, 512
"""Values in a piece of a row; changes beside an index before it is copied."""
_MISSING: Any = object()


class LongRow(Sequence[Value]):
    """A row of values in pieces; what grew from it has the same pieces, but for one."""

    __slots__ = ("_pieces", "_size")

    def __init__(self, pieces: tuple[tuple[Value, ...], ...]) -> None:
        self._pieces = pieces
        self._size = sum(map(len, pieces))

    @classmethod
    def of(cls, values: Sequence[Value]) -> LongRow[Value]:
        """A row of these values, itself where it is one."""
        if isinstance(values, LongRow):
            return values
        held = tuple(values)
        return cls(tuple(held[at : at + _CHUNK] for at in range(0, len(held), _CHUNK)))

    def inserted(self, value: Value, order: Callable[[Value], Any]) -> LongRow[Value]:
        """The row with one value more, behind those that are not after it.

        Parameters
        ----------
        order : by what the values of the row rise.
        """
        if not self._pieces:
            return LongRow(((value,),))
        key = order(value)
        at = bisect_right(self._pieces, key, key=lambda piece: order(piece[-1]))
        at = min(at, len(self._pieces) - 1)
        piece = self._pieces[at]
        place = bisect_right(piece, key, key=order)
        more = (*piece[:place], value, *piece[place:])
        halves = (more,) if len(more) <= 2 * _CHUNK else (more[:_CHUNK], more[_CHUNK:])
        return LongRow((*self._pieces[:at], *halves, *self._pieces[at + 1 :]))

    def since(self, before: LongRow[Value]) -> tuple[Value, ...] | None:
        """The values that came to another row, in their order; None where one of those is gone.

        Values are told apart by who they are, and not by what they say.
        """
        known, now = set(map(id, before._pieces)), set(map(id, self._pieces))
        gone = [one for piece in before._pieces if id(piece) not in now for one in piece]
        came = [one for piece in self._pieces if id(piece) not in known for one in piece]
        held = set(map(id, gone))
        more = tuple(one for one in came if id(one) not in held)
        return more if len(more) == len(came) - len(gone) else None

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Value]:
        return chain.from_iterable(self._pieces)

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, at: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        place = at + self._size if at < 0 else at
        if place < 0:
            raise IndexError(at)
        for piece in self._pieces:
            if place < len(piece):
                return piece[place]
            place -= len(piece)
        raise IndexError(at)

    def __eq__(self, other: object) -> bool:
        """Whether the same values stand in another row or tuple, in the same order."""
        if not isinstance(other, LongRow | tuple):
            return NotImplemented
        return self is other or (len(self) == len(other) and tuple(self) == tuple(other))

    __hash__ = None  # type: ignore[assignment]  # as its values may have none


class LongIndex(Mapping[Name, Value], Generic[Name, Value]):
    """An index with a few changes beside it; what grew from it has the same index."""

    __slots__ = ("_beside", "_index", "_size")

    def __init__(self, index: dict[Name, Value], beside: dict[Name, Value]) -> None:
        self._index, self._beside = index, beside
        self._size = len(index) + sum(name not in index for name in beside)

    def grown(self, changes: Mapping[Name, Value]) -> LongIndex[Name, Value]:
        """The index with other values for some names."""
        beside = {**self._beside, **changes}
        if len(beside) > _BESIDE:
            return LongIndex({**self._index, **beside}, {})
        return LongIndex(self._index, beside)

    def __getitem__(self, name: Name) -> Value:
        found: Value = self._beside.get(name, _MISSING)
        return self._index[name] if found is _MISSING else found

    def get(self, name: Name, default: Any = None) -> Any:
        """The value of a name; here and not by an error, since it is asked for all the time."""
        found = self._beside.get(name, _MISSING)
        return self._index.get(name, default) if found is _MISSING else found

    def __contains__(self, name: object) -> bool:
        return name in self._beside or name in self._index

    def __iter__(self) -> Iterator[Name]:
        yield from self._index
        yield from (name for name in self._beside if name not in self._index)

    def __len__(self) -> int:
        return self._size


def grown_row(
    values: Sequence[Value], value: Value, order: Callable[[Value], Any]
) -> Sequence[Value]:
    """The values with one more, in an order by which they rise: a tuple, or where long a row."""
    if isinstance(values, LongRow) or len(values) > _LONG:
        return LongRow.of(values).inserted(value, order)
    at = bisect_right(values, order(value), key=order)
    return (*values[:at], value, *values[at:])


def grown_index(index: Mapping[Name, Value], changes: Mapping[Name, Value]) -> Mapping[Name, Value]:
    """The index with other values for some names: a dict, or where long an index and changes."""
    if isinstance(index, LongIndex):
        return index.grown(changes)
    if len(index) > _LONG and isinstance(index, dict):
        return LongIndex(index, {}).grown(changes)
    return {**index, **changes}
