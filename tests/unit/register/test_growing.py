"""Long rows and indexes say what short ones say, and what they grew from stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.register import growing
from safeconduct.register.growing import LongIndex, LongRow, grown_index, grown_row

numbers = st.lists(st.integers(0, 30), max_size=40)


@pytest.fixture(autouse=True, scope="module")
def _pieces_of_two() -> Iterator[None]:
    with patch.multiple(growing, _LONG=3, _CHUNK=2, _BESIDE=3):
        yield


class Told:
    """A value that equals no other."""

    def __init__(self, at: int) -> None:
        self.at = at


def at(one: Told) -> int:
    return one.at


@given(numbers, numbers)
def test_a_row_that_grows_is_the_sorted_row_and_what_came_last_of_its_like_stands_last(
    begun: list[int], more: list[int]
) -> None:
    held = sorted(map(Told, begun), key=at)
    row = grown_row(tuple(held), Told(15), at)
    held.append(next(one for one in row if one not in held))
    for number in more:
        one = Told(number)
        row = grown_row(row, one, at)
        held.append(one)
    assert list(row) == sorted(held, key=at)
    assert isinstance(row, LongRow) == (len(begun) + len(more) > 3)
    assert (len(row), row[0], row[-1]) == (len(held), min(held, key=at), list(row)[-1])
    assert row[1:-1] == tuple(row)[1:-1]


@given(numbers, numbers)
def test_a_row_tells_what_came_since_another_and_that_one_stays_as_it_was(
    begun: list[int], more: list[int]
) -> None:
    before = LongRow.of([Told(number) for number in sorted(begun)])
    held, came = tuple(before), [Told(number) for number in more]
    row = before
    for one in came:
        row = row.inserted(one, at)
    assert tuple(before) == held
    assert row.since(before) == tuple(one for one in row if one in came)
    assert LongRow.of(tuple(row)).since(before) == row.since(before)
    assert (before.since(row) is None) == bool(came)


def test_of_a_row_that_lost_one_and_won_another_nothing_is_told() -> None:
    kept, lost, won = Told(1), Told(2), Told(3)
    assert LongRow.of((kept, won)).since(LongRow.of((kept, lost))) is None


def test_a_row_equals_a_row_or_tuple_of_the_same_values_and_nothing_else() -> None:
    row, told = LongRow.of((1, 2, 3)), (1, 2, 3)
    assert row == told
    assert told == row
    assert row == LongRow(((1,), (2, 3)))
    assert row != (1, 2) and row != (1, 3, 2) and row != [1, 2, 3]
    for place in (3, -4):
        with pytest.raises(IndexError):
            row[place]


@given(st.dictionaries(st.integers(0, 9), st.integers()), st.lists(st.tuples(st.integers(0, 15))))
def test_an_index_that_grows_is_the_dict_with_the_same_names_in_the_same_order(
    begun: dict[int, int], names: list[tuple[int]]
) -> None:
    index, plain = grown_index(begun, {}), dict(begun)
    for value, (name,) in enumerate(names):
        before, held = index, dict(index)
        index = grown_index(index, {name: value})
        plain[name] = value
        assert dict(before) == held
    assert (index, list(index), len(index)) == (plain, list(plain), len(plain))
    for name in range(16):
        assert (name in index, index.get(name, "none")) == (name in plain, plain.get(name, "none"))
        if name not in plain:
            with pytest.raises(KeyError):
                index[name]


def test_many_changes_beside_an_index_are_brought_into_it() -> None:
    def beside(index: LongIndex[int, str]) -> dict[int, str]:
        return index._beside  # noqa: SLF001  # what it says is the same either way

    index = LongIndex({0: "a"}, {}).grown({1: "b", 2: "c", 3: "d"})
    assert beside(index) == {1: "b", 2: "c", 3: "d"}
    assert beside(index.grown({0: "e"})) == {}
