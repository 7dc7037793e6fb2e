"""Areas put together from others, without any map."""

from __future__ import annotations

import pytest

from safeconduct.errors import AreaRefused, UnknownReference
from safeconduct.roads import Stretch
from safeconduct.roads.composites import members_of, shared_ground, with_composites
from tests.unit.roads.drawing import composite, declared


def test_members_of_members_count_and_inner_composites_come_first() -> None:
    areas = [composite("all", "half", "c"), composite("half", "a", "b")]
    members = members_of([*areas, *map(declared, "abc")])
    assert members == {"half": {"a", "b"}, "all": {"half", "a", "b", "c"}}
    assert list(members) == ["half", "all"]


def test_a_composite_has_the_stretches_of_its_members_joined() -> None:
    parts = (Stretch("a", 0, 40), Stretch("b", 40, 60), Stretch("c", 80, 90))
    assert with_composites(parts, {"ab": frozenset("ab")}) == (
        Stretch("a", 0, 40),
        Stretch("ab", 0, 60),
        Stretch("b", 40, 60),
        Stretch("c", 80, 90),
    )


def test_a_composite_shares_ground_with_its_members_and_with_what_overlaps_one_of_them() -> None:
    pairs = shared_ground({("b", "x")}, {"ab": frozenset("ab")})
    assert pairs == {("a", "ab"), ("ab", "b"), ("ab", "x"), ("b", "x")}


def test_two_composites_with_one_member_share_its_ground() -> None:
    pairs = shared_ground((), {"ab": frozenset("ab"), "bc": frozenset("bc")})
    assert ("ab", "bc") in pairs
    assert ("ab", "c") not in pairs


def test_a_member_that_nobody_defined_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownReference) as refused:
        members_of([composite("city", "wset"), declared("west")])
    assert "The area city has the member 'wset', which is not defined" in str(refused.value)
    assert refused.value.remedy == "Did you mean west?"


def test_an_area_that_contains_itself_is_refused_with_the_way_round() -> None:
    ring = [composite("a", "b"), composite("b", "c"), composite("c", "a")]
    with pytest.raises(AreaRefused, match="The area a contains itself: a > b > c > a"):
        members_of(ring)
